package bot

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/rapport"
)

// cmdPromise keeps something the leader said they would do. What was typed is not
// repeated: a message is no place for it.
func (b *Bot) cmdPromise(ctx context.Context, r *request, a args) (reply, error) {
	pair, err := b.pairWith(ctx, r, &a, "promise")
	if err != nil {
		return reply{}, err
	}
	due := r.today.AddDays(rapport.PromiseDays)
	if a.empty() {
		return b.openPromise(ctx, r, pair, view.PromiseAnswer{Due: due})
	}
	text, err := view.CheckPromise(typed(a.rest))
	if err == nil {
		_, err = b.discreet(false, written{"promise", text})
	}
	if err != nil {
		return b.reconsider(ctx, r, err, func(why string) (reply, error) {
			return b.openPromise(ctx, r, pair, view.PromiseAnswer{Text: text, Due: due, Why: why})
		})
	}
	if err := b.promise(ctx, r, pair, view.PromiseAnswer{Text: text, Due: due}); err != nil {
		return reply{}, err
	}
	return say(view.Say(r.p, r.p.T("promise.done", "When", r.p.Date(due))))
}

func (b *Bot) actPromise(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	return b.openPromise(ctx, r, pair, view.PromiseAnswer{Due: r.today.AddDays(rapport.PromiseDays)})
}

func (b *Bot) openPromise(ctx context.Context, r *request, pair rapport.Pair, begin view.PromiseAnswer) (reply, error) {
	ref := r.over(view.Ref{Pair: pair.ID, Card: b.askedOn(r)})
	return b.open(ctx, r, view.PromiseModal(r.p, ref, pair.Person, begin))
}

// submitPromise keeps a new promise, or changes one.
func (b *Bot) submitPromise(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	a, err := view.ReadPromise(r.state)
	if err != nil {
		return reply{}, err
	}
	if ref.Promise != "" {
		return b.changePromise(ctx, r, ref, a)
	}
	pair, _, err := b.about(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	if err := b.promise(ctx, r, pair, a); err != nil {
		return reply{}, err
	}
	v := view.Saved(r.p, view.Done{Warm: r.p.T("promise.done", "When", r.p.Date(a.Due))})
	out := back(ref, pair.ID, reply{view: &v, home: true})
	b.settleAsked(ctx, r, ref.Card, pair, r.p.T("promise.saved", "When", r.p.Date(a.Due)), &out)
	return out, nil
}

func (b *Bot) promise(ctx context.Context, r *request, pair rapport.Pair, a view.PromiseAnswer) error {
	if err := checkDue(a.Due, r.today); err != nil {
		return err
	}
	made := rapport.Promise{Text: a.Text, MadeOn: r.today, DueOn: a.Due}
	personal, err := b.discreet(a.Told, written{"promise", a.Text})
	if err != nil {
		return err
	}
	if len(personal) > 0 {
		made = made.Personal(r.today)
	}
	if err := b.promisedBefore(ctx, r, pair, a.Text); err != nil {
		return err
	}
	if err := b.store.AddPromise(ctx, r.scope, pair.ID, made, r.key); err != nil {
		return fmt.Errorf("keep a promise: %w", err)
	}
	return nil
}

// promisedBefore refuses a promise that is open already, word for word.
func (b *Bot) promisedBefore(ctx context.Context, r *request, pair rapport.Pair, text rapport.NoteText) error {
	promises, err := b.store.Promises(ctx, r.scope, pair.ID, r.today)
	if err != nil {
		return fmt.Errorf("read the promises: %w", err)
	}
	same := func(p rapport.Promise) bool { return p.State == rapport.PromiseOpen && p.Text == text }
	if slices.ContainsFunc(promises, same) {
		return &rapport.Error{Kind: rapport.Conflict, Key: "error.promise_twice", Field: "promise"}
	}
	return nil
}

// changePromise leaves a day that has passed alone: its words can still be put
// right.
func (b *Bot) changePromise(ctx context.Context, r *request, ref view.Ref, a view.PromiseAnswer) (reply, error) {
	made, err := b.store.Promise(ctx, r.scope, ref.Promise, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read a promise: %w", err)
	}
	if a.Due != made.DueOn {
		if err := checkDue(a.Due, r.today); err != nil {
			return reply{}, err
		}
	}
	// Words that stay were looked at when they were written.
	personal, err := b.discreet(a.Told || a.Text == made.Text, written{"promise", a.Text})
	if err != nil {
		return reply{}, err
	}
	if len(personal) > 0 && a.Text != made.Text {
		made = made.Personal(r.today)
	}
	made.Text, made.DueOn = a.Text, a.Due
	if err := b.store.EditPromise(ctx, r.scope, made, r.key); err != nil {
		return reply{}, fmt.Errorf("change a promise: %w", err)
	}
	v := view.Saved(r.p, view.Done{Warm: r.p.T("promise.changed")})
	return back(ref, made.Pair, reply{view: &v}), nil
}

func checkDue(due, today rapport.Date) error {
	if due.Before(today) || due.Sub(today) > rapport.PromiseDaysMax {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.promise_day", Field: "due"}
	}
	return nil
}

// openPromises shows what the leader said they would do, to anybody.
func (b *Bot) openPromises(ctx context.Context, r *request) (reply, error) {
	v, err := b.promisesView(ctx, r, "")
	if err != nil {
		return reply{}, err
	}
	return b.open(ctx, r, v)
}

// promisesView lists what is open, with a line above it or none.
func (b *Bot) promisesView(ctx context.Context, r *request, notice string) (slack.ModalViewRequest, error) {
	open, err := b.store.OpenPromises(ctx, r.scope, r.today)
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("read the promises: %w", err)
	}
	pairs, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("read the pairs: %w", err)
	}
	people := make(map[string]string, len(pairs))
	for _, p := range pairs {
		people[p.ID] = p.Person
	}
	var all []view.DuePromise
	for _, made := range open {
		all = append(all, view.DuePromise{BriefPromise: briefPromise(r, made), Person: people[made.Pair]})
	}
	return view.Promises(r.p, notice, all), nil
}

// briefPromise puts the day of a promise into words: when it is due, or when it
// was closed.
func briefPromise(r *request, made rapport.Promise) view.BriefPromise {
	when := made.DueOn
	if made.State != rapport.PromiseOpen {
		when = made.ClosedOn
	}
	return view.BriefPromise{
		ID: made.ID, Text: made.Text, State: made.State, When: r.p.Near(when, r.today), Hopeless: made.Hopeless(r.today),
	}
}
