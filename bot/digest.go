package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// week puts a digest into words, in the leader's language; noted is what was just
// recorded with a press on it, nil for nothing.
func (b *Bot) week(d store.Delivery, noted *view.Done) view.Week {
	p := b.printer(d.Leader.Language, d.Leader.Profile)
	w := view.Week{
		Lead: view.IntentLine(p, d.Message.PlannedOn), Promises: d.PromisesDue, Past: d.PromisesPast, Late: d.PromisesLate > 0,
		Noted: noted,
	}
	if d.Going.ID != "" {
		w.Going = view.WeekLine{Ref: view.Ref{Pair: d.Going.ID}, Person: d.Going.Person}
	}
	if d.Intent != "" {
		w.Lead = p.T("digest.own_intent", "Text", view.Escape(d.Intent.Reveal()))
	}
	for _, pair := range d.Pairs {
		w.People = append(w.People, view.WeekLine{
			Ref: view.Ref{Pair: pair.ID}, Person: pair.Person, Why: p.T(whyNow(pair, d.Message.PlannedOn)),
		})
	}
	persons := make(map[string]string, len(d.AskedAbout))
	for _, pair := range d.AskedAbout {
		persons[pair.ID] = pair.Person
	}
	for _, plan := range d.Plans {
		w.Asked = append(w.Asked, view.WeekLine{Ref: view.Ref{Plan: plan.ID}, Person: persons[plan.Pair]})
	}
	return w
}

// whyNow is the key of the reason for naming somebody: about the last talk, never
// about the person or the days that have gone by.
func whyNow(pair rapport.Pair, on rapport.Date) string {
	log := pair.History.Forget(on).Pace().Log
	switch {
	case pair.CameBack:
		return "digest.why.back"
	case rapport.Rhythm{Since: pair.Since}.IsNew(on):
		return "digest.why.new"
	case len(log) == 0:
		return "digest.why.first"
	}
	switch log[len(log)-1].Outcome {
	case rapport.Opened:
		return "digest.why.opened"
	case rapport.Missed:
		return "digest.why.missed"
	case rapport.Guarded, rapport.Declined:
		return "digest.why.gently"
	}
	return "digest.why.light"
}

func (b *Bot) cmdDigest(ctx context.Context, r *request, _ args) (reply, error) {
	if r.leader.ID == "" {
		return reply{}, &rapport.Error{Kind: rapport.NotFound, Key: "error.nobody_yet"}
	}
	d, err := b.store.DigestNow(ctx, r.scope, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read the week: %w", err)
	}
	people, err := b.people(ctx, d.Pairs)
	if err != nil {
		return reply{}, err
	}
	d.Pairs = rapport.ThisWeek(d.Pairs, people, r.today)
	if len(d.Pairs)+d.PromisesDue == 0 && d.Going.ID == "" {
		return say(view.Say(r.p, r.p.T("digest.nothing")))
	}
	return say(view.Digest(r.p, b.week(d, nil)))
}

func persons(pairs []rapport.Pair) []string {
	ids := make([]string, 0, len(pairs))
	for _, p := range pairs {
		ids = append(ids, p.Person)
	}
	return ids
}

// answered draws the message anew in which it was pressed how a coffee went. A
// digest says and asks all else as before.
func (b *Bot) answered(ctx context.Context, r *request, done view.Done) reply {
	settled := view.Settled(r.p, done)
	d, err := b.digestPressed(ctx, r)
	switch {
	case err == nil:
		week := view.Digest(r.p, b.week(d, &done))
		return reply{replace: &week, home: true}
	case rapport.KindOf(err) == rapport.NotFound:
		return reply{replace: &settled, home: true}
	}
	b.log.Warn("a digest could not be drawn anew", slog.Any("error", err))
	return reply{say: &settled, home: true} // what was recorded is safe
}

// digestPressed returns the digest that was acted on, with those of its people who
// still come up this week.
func (b *Bot) digestPressed(ctx context.Context, r *request) (store.Delivery, error) {
	return b.digestAt(ctx, r, r.pressedOn())
}

func (b *Bot) digestAt(ctx context.Context, r *request, ts string) (store.Delivery, error) {
	d, err := b.store.DigestAt(ctx, r.scope, ts)
	if err != nil {
		return store.Delivery{}, fmt.Errorf("read a digest: %w", err)
	}
	people, err := b.people(ctx, d.Pairs)
	if err != nil {
		return store.Delivery{}, err
	}
	d.Pairs = rapport.ThisWeek(d.Pairs, people, r.today)
	return d, nil
}

// actPassWeek lets everybody whom a digest names, or the person whom another message
// is about, come up a week later.
func (b *Bot) actPassWeek(ctx context.Context, r *request, p press) (reply, error) {
	if p.variant == view.PassOne {
		return b.passOne(ctx, r, p)
	}
	next := r.today.AddDays(rapport.AfterNudge)
	refs := view.ParseRefs(p.value)
	missing := make([]error, 0, len(refs))
	for _, ref := range refs {
		err := b.store.Snooze(ctx, r.scope, ref.Pair, next, fmt.Sprintf("%s/%s", r.key, ref.Pair))
		switch {
		case rapport.KindOf(err) == rapport.NotFound:
			missing = append(missing, err)
		case err != nil:
			return reply{}, fmt.Errorf("snooze a pair: %w", err)
		}
	}
	if len(missing) > 0 && len(missing) == len(refs) {
		return reply{}, fmt.Errorf("snooze pairs: %w", errors.Join(missing...))
	}
	return b.passed(ctx, r)
}

// passOne says until when the person of a message does not come up.
func (b *Bot) passOne(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	until := r.today.AddDays(rapport.AfterNudge)
	if err := b.store.Snooze(ctx, r.scope, pair.ID, until, r.key); err != nil {
		return reply{}, fmt.Errorf("snooze a pair: %w", err)
	}
	said := r.p.T("snooze.done", "Person", r.p.Person(pair.Person), "When", r.p.Date(until))
	return replace(view.Settled(r.p, view.Done{Warm: said}))
}

// passed says in a digest that nobody comes up; what else it says and asks stays.
func (b *Bot) passed(ctx context.Context, r *request) (reply, error) {
	said := r.p.T("pass.week")
	d, err := b.digestPressed(ctx, r)
	switch {
	case rapport.KindOf(err) == rapport.NotFound, err == nil && len(d.Plans)+d.PromisesDue == 0 && d.Going.ID == "":
		return replace(view.Say(r.p, said))
	case err != nil:
		b.log.Warn("a digest could not be drawn anew", slog.Any("error", err))
		return replace(view.Say(r.p, said)) // they come up later all the same
	}
	w := b.week(d, nil)
	w.Said = said
	return replace(view.Digest(r.p, w))
}

// actWake begins again with a leader who had been left in peace.
func (b *Bot) actWake(ctx context.Context, r *request, _ press) (reply, error) {
	if err := b.store.Wake(ctx, r.scope, r.key); err != nil {
		return reply{}, fmt.Errorf("wake: %w", err)
	}
	return replace(view.Say(r.p, r.p.T("wake.done")))
}
