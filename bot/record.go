package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// backdated is for how many past days a talk may be recorded.
const backdated = 14

// lastTalks is among how many talks one is looked for that was recorded just now.
const lastTalks = 30

// lastOffer returns the pair's unanswered starter of the last days, or the zero
// Offer: whoever records a talk by hand has answered it.
func (b *Bot) lastOffer(ctx context.Context, r *request, pair rapport.Pair) (rapport.Offer, error) {
	past, err := b.store.Past(ctx, b.workspace, pair, r.today)
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	return unanswered(past, r.today), nil
}

func unanswered(past rapport.Past, today rapport.Date) rapport.Offer {
	if len(past.Offers) == 0 {
		return rapport.Offer{}
	}
	last := past.Offers[0]
	stale := today.Sub(last.ShownOn) >= reuseFor || slices.Contains(past.Blocked, last.Topic)
	if last.State != rapport.OfferShown || stale {
		return rapport.Offer{}
	}
	return last
}

// elsewhere returns where an offer's message stands, when it is not the message
// that was acted on.
func (b *Bot) elsewhere(ctx context.Context, r *request, offer rapport.Offer) *posted {
	at, ok := b.messageOf(ctx, r, offer)
	if !ok || at == (posted{r.channel, r.ts}) {
		return nil
	}
	return &at
}

// settleElsewhere has the message of an offer, where it is not the one that was acted
// on, say what was recorded. What is asked after a talk is asked once, so not there.
func (b *Bot) settleElsewhere(ctx context.Context, r *request, offer rapport.Offer, done view.Done, out *reply) {
	done.Promise = false
	m := view.Settled(r.p, done)
	out.also, out.other = b.elsewhere(ctx, r, offer), &m
}

func (b *Bot) openTalk(ctx context.Context, r *request, ref view.Ref, f view.TalkForm) (reply, error) {
	f.Due, f.Notes = r.today.AddDays(rapport.PromiseDays), b.o.Notes
	return b.open(ctx, r, view.TalkModal(r.p, ref, f))
}

// actDetails opens the modal for day, setting and note.
func (b *Bot) actDetails(ctx context.Context, r *request, p press) (reply, error) {
	if p.ref.Plan != "" {
		answered := &rapport.Error{Kind: rapport.Conflict, Key: "error.already_answered"}
		if out, err := b.settleAnswered(ctx, r, p.ref, answered); rapport.KindOf(err) != rapport.Conflict {
			return out, err
		}
	}
	pair, offer, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	if offer.State != rapport.OfferShown {
		if offer, err = b.lastOffer(ctx, r, pair); err != nil {
			return reply{}, err
		}
	}
	on, ref := r.today, view.Ref{Offer: offer.ID, Pair: pair.ID}
	if p.ref.Plan != "" {
		ref = view.Ref{Plan: p.ref.Plan}
		if _, on, err = b.aboutPlan(ctx, r, p.ref); err != nil {
			return reply{}, err
		}
	}
	return b.openTalk(ctx, r, ref, view.TalkForm{Person: pair.Person, Today: on})
}

// actOutcome records a talk with one press: of today, or of the day of the coffee
// that is asked after.
func (b *Bot) actOutcome(ctx context.Context, r *request, p press) (reply, error) {
	outcome, err := rapport.ParseOutcome(p.variant)
	if err != nil {
		return reply{}, err
	}
	pair, offer, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	on := r.today
	if p.ref.Plan != "" {
		if _, on, err = b.aboutPlan(ctx, r, p.ref); err != nil {
			return reply{}, err
		}
	}
	done, err := b.record(ctx, r, pair, talk{Outcome: outcome, On: on, Offer: offer, Plan: p.ref.Plan})
	if err != nil {
		return b.settleAnswered(ctx, r, p.ref, err)
	}
	out := b.answered(ctx, r, done)
	b.settleElsewhere(ctx, r, offer, done, &out)
	return out, nil
}

func (b *Bot) submitTalk(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	a, err := view.ReadTalk(r.state)
	if err != nil {
		return reply{}, err
	}
	pair, offer, err := b.about(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	done, err := b.record(ctx, r, pair, talk{a.Outcome, a.On, a.Setting, a.Note, a.Extras, offer, ref.Plan})
	if err != nil {
		return reply{}, err
	}
	m := view.Settled(r.p, done)
	if at, ok := b.questionAfter(ctx, r, ref.Plan); ok {
		out := reply{replace: &m, replied: &at, home: true}
		b.settleElsewhere(ctx, r, offer, done, &out)
		return out, nil
	}
	if at, ok := b.messageOf(ctx, r, offer); ok {
		return reply{replace: &m, replied: &at, home: true}, nil
	}
	v := view.Saved(r.p, done)
	return reply{view: &v, home: true}, nil
}

// messageOf returns where an offer's message stands, if it has one.
func (b *Bot) messageOf(ctx context.Context, r *request, offer rapport.Offer) (posted, bool) {
	if offer.ID == "" {
		return posted{}, false
	}
	m, err := b.store.MessageOfOffer(ctx, r.scope, offer.ID)
	if err != nil || m.TS == "" {
		return posted{}, false
	}
	return posted{m.Channel, m.TS}, true
}

// questionAfter returns where the question stands how a planned moment went, if it
// was asked in a message of its own.
func (b *Bot) questionAfter(ctx context.Context, r *request, plan string) (posted, bool) {
	if plan == "" {
		return posted{}, false
	}
	m, err := b.store.QuestionAfter(ctx, r.scope, plan)
	if err != nil || m.TS == "" {
		return posted{}, false
	}
	return posted{m.Channel, m.TS}, true
}

// talk is what a leader says of one.
type talk struct {
	Outcome rapport.Outcome
	On      rapport.Date
	Setting rapport.Setting
	Note    rapport.NoteText
	view.Extras
	Offer rapport.Offer // it began with, the zero Offer for none
	Plan  string        // id of the planned moment it is the answer for, "" for none
}

// record writes a talk down in one transaction and finds the words for it.
func (b *Bot) record(ctx context.Context, r *request, pair rapport.Pair, t talk) (view.Done, error) {
	if err := checkTalkDay(t.On, r.today); err != nil {
		return view.Done{}, err
	}
	if t.Promise != "" {
		if err := checkDue(t.Due, r.today); err != nil {
			return view.Done{}, err
		}
	}
	personal, err := b.discreet(t.Told, t.written()...)
	if err != nil {
		return view.Done{}, err
	}
	if err := b.recordedJustNow(ctx, r, pair, t); err != nil {
		return view.Done{}, err
	}
	people, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return view.Done{}, fmt.Errorf("read the pairs: %w", err)
	}
	standing, err := b.people(ctx, []rapport.Pair{pair})
	if err != nil {
		return view.Done{}, err
	}
	recorded, err := b.store.RecordTalk(ctx, r.scope, store.Recording{
		Pair: pair.ID,
		Talk: rapport.Talk{
			Pair: pair.ID, On: t.On, Outcome: t.Outcome, Setting: t.Setting, Starter: t.Offer.Starter,
			RecordedAt: b.o.Now(),
		},
		Offer: t.Offer.ID, Plan: t.Plan, Note: t.Note, NoteKind: noteKind(t.Offer.Level), NoteDays: b.o.NoteDays,
		Hope: t.Hope, Support: t.Support, Common: t.Common, Interest: t.Interest, Strength: t.Strength,
		Promise: t.Promise, PromiseDue: t.Due, Personal: personal,
		RhythmDays: b.rhythm(r.leader, pair, len(people)).Days(r.today), Today: r.today,
	}, r.key)
	if err != nil {
		return view.Done{}, fmt.Errorf("record a talk: %w", err)
	}
	recorded.After = recorded.After.Resting(standing[pair.Person])
	return b.done(r, recorded, t), nil
}

// alike is for how long a second talk of the same day and outcome is taken for the
// first one, recorded again: in another window, or by who was not sure.
const alike = 15 * time.Minute

// recordedJustNow refuses a talk that was recorded a moment ago: two that were
// declined would silence a pair for months.
func (b *Bot) recordedJustNow(ctx context.Context, r *request, pair rapport.Pair, t talk) error {
	talks, err := b.store.Talks(ctx, r.scope, pair.ID, r.today, lastTalks)
	if err != nil {
		return fmt.Errorf("read the talks: %w", err)
	}
	for _, before := range talks {
		if before.On == t.On && before.Outcome == t.Outcome && b.o.Now().Sub(before.RecordedAt) < alike {
			return &rapport.Error{Kind: rapport.Conflict, Key: "error.talk_twice"}
		}
	}
	return nil
}

// done is the answer to a record: one warm sentence, and when the person comes
// up again.
func (b *Bot) done(r *request, rec store.Recorded, t talk) view.Done {
	pair := rec.After
	before, after := rec.Before.History.Pace(), pair.History.Pace()
	warm, light := r.p.T("warm."+string(t.Outcome)), false
	switch move, fresh := moved(before, after); {
	case fresh && move.To > move.From:
		warm = joined(why(r.p, move), r.p.T("warm.deeper."+move.To.String()))
		_, light = after.Risen(r.today)
	case !after.QuietSince.IsZero() && before.QuietSince.IsZero():
		warm = r.p.T("warm.quiet")
	case fresh:
		warm = joined(warm, why(r.p, move))
	}
	return view.Done{
		Person: pair.Person, Pair: pair.ID, Talk: rec.Talk.ID,
		What: r.p.T("outcome." + string(t.Outcome)), When: r.p.Date(t.On),
		Warm: warm, Next: b.upAgain(r, pair), Light: light,
		Note:    b.o.Notes != rapport.NotesOff && t.Outcome.Counts() && t.Note == "",
		Promise: t.Outcome.Counts() && t.Promise == "" && rec.Promises < rapport.PromisesPerPair,
	}
}

// doneAgain is [Bot.done] for a talk that was recorded before.
func (b *Bot) doneAgain(r *request, pair rapport.Pair, t rapport.Talk) view.Done {
	pace := pair.History.Pace()
	warm, light := r.p.T("warm."+string(t.Outcome)), false
	switch move, ok := pace.LastMove(); {
	case t.Outcome == rapport.Declined && !pace.QuietSince.IsZero():
		warm = r.p.T("warm.quiet")
	case !ok || move.On != t.On:
	case move.To > move.From:
		warm = joined(why(r.p, move), r.p.T("warm.deeper."+move.To.String()))
		_, light = pace.Risen(r.today)
	case move.Why == rapport.ReasonGuardedTwice || move.Why == rapport.ReasonDeclinedTwice:
		warm = joined(warm, why(r.p, move))
	}
	return view.Done{
		Person: pair.Person, Pair: pair.ID, Talk: t.ID, What: r.p.T("outcome." + string(t.Outcome)), When: r.p.Date(t.On),
		Warm: warm, Next: b.upAgain(r, pair), Light: light,
		Note: b.o.Notes != rapport.NotesOff && t.Outcome.Counts(),
	}
}

// upAgain says when a person comes up again: after a rest and an absence, too. It is
// "" where nobody knows.
func (b *Bot) upAgain(r *request, pair rapport.Pair) string {
	pace := pair.History.Pace()
	next := later(pair.NextOn, pace.RestUntil)
	away := pair.Away(next)
	switch {
	case !pace.QuietSince.IsZero(), away && pair.AwayUntil.IsZero():
		return ""
	case away:
		next = pair.AwayUntil.AddDays(1)
	}
	return r.p.T("done.next", "When", r.p.Day(b.working(r, next), r.today))
}

func checkTalkDay(on, today rapport.Date) error {
	if on.After(today) || today.Sub(on) > backdated {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.talk_day", Field: "day"}
	}
	return nil
}

// noteKind is the layer of a note taken with a talk: that of the starter.
func noteKind(level rapport.Depth) rapport.NoteKind {
	switch level {
	case rapport.Causative:
		return rapport.NoteCause
	case rapport.Values:
		return rapport.NoteValue
	}
	return rapport.NoteFact
}
