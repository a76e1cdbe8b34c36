package bot

import (
	"context"
	"fmt"
	"time"

	"innerview/bot/view"
	"innerview/questions"
	"innerview/rapport"
)

const (
	coffeeAt     = 15 * 60 // the time the picker starts with, in minutes
	remindBefore = 45 * time.Minute
	planAhead    = 120 // days
)

func (b *Bot) cmdCoffee(ctx context.Context, r *request, a args) (reply, error) {
	pair, err := b.pairWith(ctx, r, &a, "coffee")
	if err != nil {
		return reply{}, err
	}
	ref := view.Ref{Pair: pair.ID}
	if a.empty() {
		return b.openCoffee(ctx, r, ref, pair)
	}
	said := parseWhen(typed(a.rest), r.local)
	at := said.Day.At(said.Minutes, r.local.Location())
	if !said.settled() || b.refuse(r, at) != nil {
		return b.openDoubtful(ctx, r, ref, pair, typed(a.rest), said)
	}
	offer, err := b.lastOffer(ctx, r, pair)
	if err != nil {
		return reply{}, err
	}
	before, err := b.standing(ctx, r, pair)
	if err != nil {
		return reply{}, err
	}
	if before.At.Equal(at) {
		return say(view.Planned(r.p, plannedBefore(r, pair, before)))
	}
	c, err := b.plan(ctx, r, pair, offer, rapport.Plan{Pair: pair.ID, At: at}, before)
	if err != nil {
		return reply{}, err
	}
	out, err := say(view.Planned(r.p, c))
	b.showOnCard(ctx, r, pair, offer, &out)
	return out, err
}

// openDoubtful opens the modal with what could be read of what was typed, and says
// what could not.
func (b *Bot) openDoubtful(ctx context.Context, r *request, ref view.Ref, pair rapport.Pair, text string, said whenRead) (reply, error) {
	f := b.coffeeForm(r, pair)
	f.Said = shortened(text)
	switch {
	case said.Doubt != noDoubt:
		f.Doubt = r.p.T("coffee.doubt." + string(said.Doubt))
	case said.Day.IsZero() && !said.Timed:
		f.Doubt = r.p.T("coffee.doubt.unreadable")
	case said.Day.IsZero():
		f.Doubt = r.p.T("coffee.doubt.day")
	case !said.Timed:
		f.Doubt = r.p.T("coffee.doubt.time")
	default:
		f.Doubt = r.p.T("error.too_far")
	}
	if !said.Day.IsZero() {
		f.On = said.Day
	}
	if said.Timed {
		f.Minutes = said.Minutes
	}
	return b.open(ctx, r, view.CoffeeModal(r.p, ref, f))
}

// shortened keeps what was typed to a length that a form has room for.
func shortened(text string) string {
	const room = 200
	if runes := []rune(text); len(runes) > room {
		return string(runes[:room]) + "…"
	}
	return text
}

// actCoffee opens the modal to plan a coffee, or to move one.
func (b *Bot) actCoffee(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	return b.openCoffee(ctx, r, p.ref, pair)
}

// openCoffee opens the modal: with what is planned with the person, if anything.
func (b *Bot) openCoffee(ctx context.Context, r *request, ref view.Ref, pair rapport.Pair) (reply, error) {
	f := b.coffeeForm(r, pair)
	before, err := b.standing(ctx, r, pair)
	if err != nil {
		return reply{}, err
	}
	if before.At.After(r.local) {
		f.On, f.Minutes = rapport.DateOf(before.At), before.At.Hour()*60+before.At.Minute()
		f.Length, f.Setting = before.Minutes, before.Setting
	}
	return b.open(ctx, r, view.CoffeeModal(r.p, ref, f))
}

// standing returns what is planned with a person and what another moment would take
// the place of, in the actor's zone: still ahead, or only just begun. It is the zero
// Plan for nothing.
func (b *Bot) standing(ctx context.Context, r *request, pair rapport.Pair) (rapport.Plan, error) {
	plans, err := b.store.Plans(ctx, r.scope)
	if err != nil {
		return rapport.Plan{}, fmt.Errorf("read the plans: %w", err)
	}
	for _, plan := range plans {
		if plan.Pair == pair.ID {
			plan.At = plan.At.In(r.local.Location())
			return plan, nil
		}
	}
	return rapport.Plan{}, nil
}

// plannedBefore says that a moment is planned already, and when it is.
func plannedBefore(r *request, pair rapport.Pair, p rapport.Plan) view.Coffee {
	text := r.p.T("coffee.already", "Person", r.p.Person(pair.Person), "When", moment(r, p.At))
	return view.Coffee{Plan: p.ID, Text: text, At: p.At, Minutes: p.Minutes, Setting: p.Setting}
}

// coffeeForm begins with the afternoon of the next working day.
func (b *Bot) coffeeForm(r *request, pair rapport.Pair) view.CoffeeForm {
	return view.CoffeeForm{
		Person: pair.Person, On: b.calendarOf(r.leader).NextWorking(r.today, r.days()), Minutes: coffeeAt,
	}
}

// submitCoffee plans the moment that was entered.
func (b *Bot) submitCoffee(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	a, err := view.ReadCoffee(r.state)
	if err != nil {
		return reply{}, err
	}
	at := a.On.At(a.Minutes, r.local.Location())
	if err := b.refuse(r, at); err != nil {
		return reply{}, err
	}
	pair, offer, err := b.about(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	before, err := b.standing(ctx, r, pair)
	if err != nil {
		return reply{}, err
	}
	if before.At.Equal(at) && before.Minutes == a.Length && before.Setting == a.Setting {
		v := view.PlannedModal(r.p, plannedBefore(r, pair, before))
		return reply{view: &v}, nil
	}
	c, err := b.plan(ctx, r, pair, offer, rapport.Plan{Pair: pair.ID, At: at, Minutes: a.Length, Setting: a.Setting}, before)
	if err != nil {
		return reply{}, err
	}
	v := view.PlannedModal(r.p, c)
	out := reply{view: &v, home: true}
	b.showOnCard(ctx, r, pair, offer, &out)
	return out, nil
}

// refuse returns why nothing can be planned for the moment, or nil.
func (b *Bot) refuse(r *request, at time.Time) error {
	switch {
	case rapport.DateOf(at).Before(r.today):
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.past_day", Field: "date"}
	case !at.After(r.local):
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.past", Field: "time"}
	case rapport.DateOf(at).Sub(r.today) > planAhead:
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.too_far", Field: "date"}
	}
	return nil
}

// plan plans a moment and, in the same transaction, the message before it and the
// question after it. What stood before gives way, and the answer says so.
func (b *Bot) plan(ctx context.Context, r *request, pair rapport.Pair, offer rapport.Offer, p, before rapport.Plan) (view.Coffee, error) {
	at := p.At
	offer, err := b.starterFor(ctx, r, pair, offer, p)
	if err != nil {
		return view.Coffee{}, err
	}
	p, err = b.store.CreatePlan(ctx, r.scope, p, b.around(r, pair, offer, at), r.key)
	if err != nil {
		return view.Coffee{}, fmt.Errorf("plan a coffee: %w", err)
	}
	done := r.p.T("coffee.done", "Person", r.p.Person(pair.Person), "When", moment(r, at))
	if at.Sub(r.local) <= remindBefore {
		done = r.p.T("coffee.done_soon", "Person", r.p.Person(pair.Person), "When", moment(r, at))
	}
	if before.ID != "" && !before.At.Equal(at) {
		done = joined(done, r.p.T("coffee.instead", "When", moment(r, before.At)))
	}
	return view.Coffee{Plan: p.ID, Text: done, At: at, Minutes: p.Minutes, Setting: p.Setting}, nil
}

// starterFor returns the starter that the reminder of a coffee shows: the
// unanswered one of the last days, else one for its day, hour and setting. There is
// none where the two are better left alone, and where something that was promised
// or noted comes first.
func (b *Bot) starterFor(ctx context.Context, r *request, pair rapport.Pair, offer rapport.Offer, p rapport.Plan) (rapport.Offer, error) {
	if offer.State == rapport.OfferShown {
		return offer, nil
	}
	if err := b.mayOffer(ctx, r, pair); rapport.KindOf(err) == rapport.Invalid {
		return rapport.Offer{}, nil
	} else if err != nil {
		return rapport.Offer{}, err
	}
	past, err := b.store.Past(ctx, b.workspace, pair, rapport.DateOf(p.At))
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	if open := unanswered(past, r.today); open.ID != "" || past.Promise != "" || past.AskAfter != "" {
		return open, nil
	}
	people, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("read the pairs: %w", err)
	}
	ask := questions.RequestFor(pair, past, b.rhythm(r.leader, pair, len(people)), p.At)
	ask.Setting = p.Setting
	beforeIntent(pair, &ask)
	chosen, err := b.store.CreateOffer(ctx, r.scope, newOffer(r, pair, b.bank.Choose(ask)), "") // who asks twice finds it unanswered
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("save an offer: %w", err)
	}
	return chosen, nil
}

// beforeIntent keeps a choice from the first starter about values, which comes with
// its question, on a card.
func beforeIntent(pair rapport.Pair, ask *questions.Request) {
	if needsIntent(pair, rapport.Values) && (ask.Limit == 0 || ask.Limit > rapport.Causative) {
		ask.Limit = rapport.Causative
	}
}

// coffees returns what is planned, in words for Home.
func (b *Bot) coffees(ctx context.Context, r *request, people []view.PersonLine) ([]view.Coffee, error) {
	plans, err := b.store.Plans(ctx, r.scope)
	if err != nil {
		return nil, fmt.Errorf("read the plans: %w", err)
	}
	persons := make(map[string]string, len(people))
	for _, line := range people {
		persons[line.Pair] = line.Person
	}
	var coffees []view.Coffee
	for _, p := range plans {
		at := p.At.In(r.local.Location())
		coffees = append(coffees, view.Coffee{
			Plan: p.ID, At: at, Minutes: p.Minutes, Setting: p.Setting,
			Text: r.p.T("home.coffee", "Person", r.p.Person(persons[p.Pair]), "When", moment(r, at)),
		})
	}
	return coffees, nil
}

// actCallOff calls a planned moment off.
func (b *Bot) actCallOff(ctx context.Context, r *request, p press) (reply, error) {
	pair, offer, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	if err := b.store.CancelPlan(ctx, r.scope, p.ref.Plan, r.today, r.key); err != nil {
		return reply{}, fmt.Errorf("call a coffee off: %w", err)
	}
	text := r.p.T("coffee.off", "Person", r.p.Person(pair.Person))
	out := reply{home: true}
	switch {
	case r.modal != "":
		v := view.Saved(r.p, view.Done{Warm: text})
		out.redo = &v
	case r.channel != "":
		m := view.Say(r.p, text)
		out.replace = &m
	}
	b.showOnCard(ctx, r, pair, offer, &out)
	return out, nil
}

// around returns the two messages a planned moment brings: shortly before it, at
// once if that is past; and one question on the next working morning.
func (b *Bot) around(r *request, pair rapport.Pair, offer rapport.Offer, at time.Time) []rapport.Message {
	on := rapport.DateOf(at)
	before := at.Add(-remindBefore)
	if before.Before(r.local) {
		before = r.local
	}
	after := b.calendarOf(r.leader).NextWorking(on, r.days()).At(b.hours(r).From, r.local.Location())
	message := rapport.Message{
		Leader: pair.Leader, Pair: pair.ID, DueOn: on, PlannedOn: r.today, State: rapport.StatePending, Offer: offer.ID,
	}
	near, followUp := message, message
	near.Kind, near.At = rapport.KindReminder, before
	followUp.Kind, followUp.At = rapport.KindFollowUp, after
	return []rapport.Message{near, followUp}
}

// showOnCard has the card in the DM show the moment that is planned with the
// person, or no longer show it.
func (b *Bot) showOnCard(ctx context.Context, r *request, pair rapport.Pair, offer rapport.Offer, out *reply) {
	at, ok := b.messageOf(ctx, r, offer)
	if !ok || offer.State != rapport.OfferShown || at == (posted{r.channel, r.ts}) {
		return
	}
	c, err := b.cardFor(ctx, r, pair, offer)
	if err != nil {
		return // its starter has left the bank; the plan stands all the same
	}
	m := drawCard(r, pair, c)
	out.also, out.other = &at, &m
}

// moment puts a day and a time into words.
func moment(r *request, at time.Time) string {
	return r.p.T("coffee.when", "Day", r.p.Date(rapport.DateOf(at)), "Clock", r.p.Clock(at))
}

func (r *request) days() rapport.Weekdays {
	if r.leader.Days == 0 {
		return rapport.MondayToFriday
	}
	return r.leader.Days
}

func (b *Bot) hours(r *request) rapport.Hours {
	if r.leader.Hours.IsZero() {
		return b.o.Window
	}
	return r.leader.Hours
}
