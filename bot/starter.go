package bot

import (
	"context"
	"fmt"
	"slices"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
)

// reuseFor is for how many days an unanswered starter is shown again, rather
// than a new one spent.
const reuseFor = 7

func (b *Bot) cmdNext(ctx context.Context, r *request, a args) (reply, error) {
	pair, err := b.whoIsNext(ctx, r, &a)
	if err != nil {
		return reply{}, err
	}
	return b.showStarter(ctx, r, pair)
}

// whoIsNext returns the person named, or the one who comes up first.
func (b *Bot) whoIsNext(ctx context.Context, r *request, a *args) (rapport.Pair, error) {
	if !a.empty() {
		return b.pairWith(ctx, r, a, "next")
	}
	pairs, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return rapport.Pair{}, fmt.Errorf("read the pairs: %w", err)
	}
	people, err := b.people(ctx, pairs)
	if err != nil {
		return rapport.Pair{}, err
	}
	promised, err := b.store.PromiseDays(ctx, r.scope, r.today)
	if err != nil {
		return rapport.Pair{}, fmt.Errorf("read the days of promises: %w", err)
	}
	for i := range pairs {
		pairs[i].CallOn = promised[pairs[i].ID].CallOn
	}
	slices.SortFunc(pairs, rapport.FirstCalled(r.today))
	for _, p := range pairs {
		if p.Approachable(people[p.Person], r.today) {
			return p, nil
		}
	}
	if len(pairs) > 0 {
		return rapport.Pair{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.all_resting"}
	}
	return rapport.Pair{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.nobody_yet"}
}

// showStarter answers with a card for the pair, unless the two are better left
// alone.
func (b *Bot) showStarter(ctx context.Context, r *request, pair rapport.Pair) (reply, error) {
	if err := b.mayOffer(ctx, r, pair); err != nil {
		return reply{}, err
	}
	if before, ok, err := b.beforeStarter(ctx, r, pair); err != nil || ok {
		return before, err
	}
	offer, err := b.offerFor(ctx, r, pair)
	if err != nil {
		return reply{}, err
	}
	m, err := b.card(ctx, r, pair, offer)
	if err != nil {
		return reply{}, err
	}
	return say(m)
}

// beforeStarter answers with what comes before any new question: a promise whose
// day has come, or a note to come back to.
func (b *Bot) beforeStarter(ctx context.Context, r *request, pair rapport.Pair) (out reply, ok bool, err error) {
	past, err := b.store.Past(ctx, b.workspace, pair, r.today)
	if err != nil {
		return reply{}, false, fmt.Errorf("read the past of a pair: %w", err)
	}
	switch {
	case pair.CameBack: // a welcome comes before anything else
		return reply{}, false, nil
	case past.Promise != "":
		if err := b.store.PromisesSeen(ctx, r.scope, pair.ID, r.today); err != nil {
			return reply{}, false, fmt.Errorf("save a promise: %w", err)
		}
		out, err = say(view.PromiseDue(r.p, view.Due{Person: pair.Person, Pair: pair.ID, Promise: past.Promise}))
	case past.AskAfter != "":
		if err := b.store.NoteAsked(ctx, r.scope, past.AskAfter); err != nil {
			return reply{}, false, fmt.Errorf("save a note: %w", err)
		}
		out, err = say(view.NoteDue(r.p, view.Due{Person: pair.Person, Pair: pair.ID}))
	default:
		return reply{}, false, nil
	}
	return out, true, err
}

// offerFor returns the pair's unanswered starter of the last days, or a new one.
func (b *Bot) offerFor(ctx context.Context, r *request, pair rapport.Pair) (rapport.Offer, error) {
	past, err := b.store.Past(ctx, b.workspace, pair, r.today)
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	if offer := unanswered(past, r.today); offer.ID != "" {
		return offer, nil
	}
	people, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("read the pairs: %w", err)
	}
	choice := b.bank.Choose(questions.RequestFor(pair, past, b.rhythm(r.leader, pair, len(people)), r.local, b.occasions(r)...))
	offer, err := b.store.CreateOffer(ctx, r.scope, newOffer(r, pair, choice), r.key)
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("save an offer: %w", err)
	}
	return offer, nil
}

// mayOffer says why a person is not brought up now, though the actor asked for them.
func (b *Bot) mayOffer(ctx context.Context, r *request, pair rapport.Pair) error {
	people, err := b.people(ctx, []rapport.Pair{pair})
	if err != nil {
		return err
	}
	if refused := leftAlone(r, pair, people[pair.Person]); refused != nil {
		return refused
	}
	return nil
}

// leftAlone says why two people are better left alone on the day, nil where they are
// not.
func leftAlone(r *request, pair rapport.Pair, person rapport.Member) *rapport.Error {
	pace := pair.History.Pace()
	if pair.Approachable(person, r.today) {
		return nil
	}
	key, args := "error.resting", map[string]any(nil)
	switch {
	case !pace.MayOffer(r.today):
		key = restKey(pace)
	case person.Profile.Gone || person.Profile.Bot:
		key = "error.person_left"
	case person.Profile.Guest:
		key = "error.person_guest_now"
	case pair.Away(r.today):
		key, args = "error.away", map[string]any{"Button": r.p.T("button.person")}
	}
	return &rapport.Error{Kind: rapport.Invalid, Key: key, Args: args}
}

// restKey names the sentence that says why two people are left alone.
func restKey(pace rapport.Pace) string {
	if !pace.QuietSince.IsZero() {
		return "error.quiet"
	}
	return "error.resting"
}

// people returns what is known of the persons of pairs, by id.
func (b *Bot) people(ctx context.Context, pairs []rapport.Pair) (map[string]rapport.Member, error) {
	people, err := b.store.Members(ctx, b.workspace, persons(pairs))
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	return people, nil
}

func newOffer(r *request, pair rapport.Pair, c questions.Choice) rapport.Offer {
	return rapport.Offer{
		Pair: pair.ID, Starter: c.Starter.ID, Level: c.Level, Topic: c.Starter.Topic,
		State: rapport.OfferShown, ShownOn: r.today, ShownAt: r.local,
	}
}

// swap shows another starter in place of an offer; lighter than it when asked.
func (b *Bot) swap(ctx context.Context, r *request, offerID string, lighter bool) (reply, error) {
	offer, pair, err := b.offered(ctx, r, offerID)
	if err != nil {
		return reply{}, err
	}
	if err := b.mayOffer(ctx, r, pair); err != nil {
		return reply{}, err
	}
	past, err := b.store.Past(ctx, b.workspace, pair, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	people, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return reply{}, fmt.Errorf("read the pairs: %w", err)
	}
	past.Offers = upTo(past.Offers, offer)
	ask := questions.RequestFor(pair, past, b.rhythm(r.leader, pair, len(people)), r.local)
	ask.Swap = true
	if lighter {
		ask.Lighter = offer.Level
	}
	next, err := b.store.SwapOffer(ctx, r.scope, offer.ID, newOffer(r, pair, b.bank.Choose(ask)), r.key)
	if err != nil {
		return reply{}, fmt.Errorf("swap an offer: %w", err)
	}
	m, err := b.card(ctx, r, pair, next)
	if err != nil {
		return reply{}, err
	}
	out, err := replace(m)
	out.also = b.elsewhere(ctx, r, next)
	return out, err
}

// upTo returns the offers from the one on: what a newer card shows does not bear
// on an older one.
func upTo(offers []rapport.Offer, from rapport.Offer) []rapport.Offer {
	i := slices.IndexFunc(offers, func(o rapport.Offer) bool { return o.ID == from.ID })
	return offers[max(0, i):]
}

// offered returns an offer of the actor's and its pair.
func (b *Bot) offered(ctx context.Context, r *request, offerID string) (rapport.Offer, rapport.Pair, error) {
	offer, err := b.store.Offer(ctx, r.scope, offerID)
	if err != nil {
		return rapport.Offer{}, rapport.Pair{}, fmt.Errorf("read an offer: %w", err)
	}
	pair, err := b.store.PairByID(ctx, r.scope, offer.Pair)
	if err != nil {
		return rapport.Offer{}, rapport.Pair{}, fmt.Errorf("read a pair: %w", err)
	}
	return offer, pair, nil
}

// card draws an offer: the starter with its buttons, or the question that stands
// before the first starter about values.
func (b *Bot) card(ctx context.Context, r *request, pair rapport.Pair, offer rapport.Offer) (view.Message, error) {
	c, err := b.cardFor(ctx, r, pair, offer)
	if err != nil {
		return view.Message{}, err
	}
	return drawCard(r, pair, c), nil
}

func drawCard(r *request, pair rapport.Pair, c view.Card) view.Message {
	if needsIntent(pair, c.Starter.Level) {
		return view.AskIntent(r.p, c)
	}
	return view.Starter(r.p, c)
}

// needsIntent reports whether the leader has yet to say what a values talk with
// this person is for (docs/method.md, "Intent").
func needsIntent(pair rapport.Pair, level rapport.Depth) bool {
	return level == rapport.Values && pair.IntentOn.IsZero()
}

// cardFor gathers what a card shows to the actor.
func (b *Bot) cardFor(ctx context.Context, r *request, pair rapport.Pair, offer rapport.Offer) (view.Card, error) {
	interest, strength, err := b.store.Tags(ctx, b.workspace, pair.ID, r.today)
	if err != nil {
		return view.Card{}, fmt.Errorf("read the tags: %w", err)
	}
	own, err := b.store.OwnWords(ctx, r.scope, store.OwnShare, offer.Starter)
	if err != nil {
		return view.Card{}, fmt.Errorf("read own words: %w", err)
	}
	c, err := b.cardOf(store.Delivery{
		Leader: leaderIs(r), Pair: pair, Offer: offer, Interest: interest, Strength: strength, Share: own,
	})
	if err != nil {
		return view.Card{}, err
	}
	planned, err := b.standing(ctx, r, pair)
	if planned.At.After(r.local) {
		c.Coffee = r.p.T("coffee.line", "When", moment(r, planned.At))
	}
	return c, err
}

// leaderIs is the actor as a leader, with what Slack says of them now.
func leaderIs(r *request) rapport.Leader {
	l := r.leader
	l.Profile = r.profile
	return l
}

// cardOf gathers what a card shows. The two speak the pair's language; the frame
// is in the leader's. A starter about something the leader has learnt is gone
// once they have taken that back.
func (b *Bot) cardOf(d store.Delivery) (view.Card, error) {
	starter, known := b.bank.Starter(d.Offer.Starter)
	filled, ok := starter.Fill(d.Interest, d.Strength)
	if !known || !ok {
		return view.Card{}, &rapport.Error{Kind: rapport.Conflict, Key: "error.starter_gone"}
	}
	return view.Card{
		Person: d.Pair.Person, Offer: d.Offer.ID, Starter: starter, Filled: filled, Own: d.Share,
		Spoken: b.spoken(d.Leader, d.Leader.Profile, d.Pair),
	}, nil
}

// occasions are those of the leader's day.
func (b *Bot) occasions(r *request) []string {
	if b.calendarOf(r.leader).AfterBreak(r.today, r.days()) {
		return []string{questions.OccasionBackFromBreak}
	}
	return nil
}

// spoken are the words in the language that two people speak together.
func (b *Bot) spoken(l rapport.Leader, profile rapport.Profile, pair rapport.Pair) *i18n.Printer {
	if pair.Language != "" {
		return b.catalog.Printer(pair.Language)
	}
	return b.printer(l.Language, profile)
}
