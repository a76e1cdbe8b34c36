package bot

import (
	"context"
	"fmt"
	"time"

	"innerview/bot/view"
	"innerview/rapport"
)

const (
	coffeeAt     = 15 * 60 // the time the picker starts with, in minutes
	remindBefore = 45 * time.Minute
	planAhead    = 120 // days
)

// actCoffee opens the modal to plan a coffee, or to move one.
func (b *Bot) actCoffee(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	on := b.calendarOf(r.leader).NextWorking(r.today, r.days())
	return b.open(ctx, r, view.CoffeeModal(r.p, p.ref, pair.Person, on, coffeeAt))
}

// submitCoffee plans the moment and, in the same transaction, the message before
// it and the question after it.
func (b *Bot) submitCoffee(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	a, err := view.ReadCoffee(r.state)
	if err != nil {
		return reply{}, err
	}
	at := a.On.At(a.Minutes, r.local.Location())
	switch {
	case !at.After(r.local):
		return reply{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.past", Field: "time"}
	case a.On.Sub(r.today) > planAhead:
		return reply{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.too_far", Field: "date"}
	}
	pair, offer, err := b.about(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	plan := rapport.Plan{Pair: pair.ID, At: at, Setting: a.Setting, CreatedAt: b.o.Now()}
	if _, err := b.store.CreatePlan(ctx, r.scope, plan, b.around(r, pair, offer, at), r.key); err != nil {
		return reply{}, fmt.Errorf("plan a coffee: %w", err)
	}
	done := r.p.T("coffee.done", "Person", r.p.Person(pair.Person), "When", moment(r, at))
	if at.Sub(r.local) <= remindBefore {
		done = r.p.T("coffee.done_soon", "Person", r.p.Person(pair.Person), "When", moment(r, at))
	}
	return b.planned(ctx, r, pair, offer, done, moment(r, at))
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

// planned shows the moment on the card it was planned from, or in the modal.
func (b *Bot) planned(ctx context.Context, r *request, pair rapport.Pair, offer rapport.Offer, done, when string) (reply, error) {
	v := view.Saved(r.p, view.Done{Warm: done})
	out := reply{view: &v, home: true}
	at, ok := b.messageOf(ctx, r, offer)
	if !ok || offer.State != rapport.OfferShown {
		return out, nil
	}
	c, err := b.cardFor(ctx, r, pair, offer)
	if err != nil {
		return out, nil
	}
	c.Coffee = r.p.T("coffee.line", "When", when)
	m := drawCard(r, pair, c)
	out.replace, out.replied = &m, &at
	return out, nil
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

// modalHandlers has one handler for every modal that is submitted.
func (b *Bot) modalHandlers() map[view.Callback]func(context.Context, *request, view.Ref) (reply, error) {
	return map[view.Callback]func(context.Context, *request, view.Ref) (reply, error){
		view.ModalTalk:     b.submitTalk,
		view.ModalNote:     b.submitNote,
		view.ModalCoffee:   b.submitCoffee,
		view.ModalSettings: b.submitSettings,
		view.ModalPerson:   b.submitPerson,
		view.ModalPromise:  b.submitPromise,
		view.ModalEditNote: b.submitEditNote,
		view.ModalEditTalk: b.submitEditTalk,
		view.ModalTopics:   b.submitTopics,
		view.ModalRest:     b.submitRest,
	}
}

func (b *Bot) runModal(ctx context.Context, r *request, id view.Callback, ref view.Ref) (reply, error) {
	run, ok := b.modalHandlers()[id]
	if !ok {
		return reply{}, fmt.Errorf("no handler for a modal")
	}
	return run(ctx, r, ref)
}
