package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"innerview/rapport"
)

// Recording is all that a leader says of one talk.
type Recording struct {
	Pair  string       // id
	Talk  rapport.Talk // day, outcome, setting; the store fills in the rest
	Offer string       // id of the starter it was recorded from, "" for none
	Plan  string       // id of the planned moment it answers for, "" for none

	Note     rapport.NoteText // "" for none
	NoteKind rapport.NoteKind // "" for a fact
	NoteDays int              // for how many days notes are kept, from today

	// What else was learnt or said; "" for nothing.
	Hope       rapport.NoteText // kept as a note
	Support    rapport.NoteText // likewise
	Common     rapport.NoteText
	Interest   rapport.NoteText // a tag, in place of the one before
	Strength   rapport.NoteText
	Promise    rapport.NoteText
	PromiseDue rapport.Date

	// Personal are those of the texts above that touch private life: they are
	// kept for [rapport.PersonalDays] at most.
	Personal []rapport.NoteText

	RhythmDays int // in force for the pair
	Today      rapport.Date
}

// Recorded is what a recording did.
type Recorded struct {
	Before, After rapport.Pair
	Talk          rapport.Talk
	Promises      int // open ones of the pair, after it
}

const talkColumns = `
	id,
	pair,
	on_day,
	outcome,
	setting,
	starter,
	recorded_at`

func scanTalk(row scanner) (rapport.Talk, error) {
	var t rapport.Talk
	err := row.Scan(&t.ID, &t.Pair, (*day)(&t.On), &t.Outcome, &t.Setting, &t.Starter, (*timestamp)(&t.RecordedAt))
	return t, err
}

// RecordTalk keeps a talk of one of the actor's active pairs and everything that
// follows from it, or nothing at all: the pace and the next date move, the
// offer it came from is used, a topic that was declined is blocked, the note is
// sealed like all else that was said, and nobody is asked any more how the coffee
// went. A promise that was long overdue on the day of the talk holds the depth, one
// made in this talk does not. An offer from which a talk was recorded before is a
// [rapport.Conflict], and so is a planned moment that was answered for; one note
// or one promise too many is [rapport.Invalid].
func (s *Store) RecordTalk(ctx context.Context, sc rapport.Scope, r Recording, key string) (Recorded, error) {
	var done Recorded
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockPair(ctx, a, sc, r.Pair)
		if err != nil {
			return err
		}
		offer, err := useOffer(ctx, a, pair.ID, r.Offer)
		if err != nil {
			return err
		}
		if err := answerPlan(ctx, a, pair.ID, r.Plan); err != nil {
			return err
		}
		around, err := circumstances(ctx, a, pair, r.Talk.On)
		if err != nil {
			return err
		}
		talk := r.Talk
		talk.ID, talk.Pair, talk.RecordedAt = newID(), pair.ID, s.now()
		if offer.ID != "" {
			talk.Starter = offer.Starter
		}
		done = Recorded{Before: pair, Talk: talk}
		if done.After, err = s.held(ctx, a, pair.Record(talk, r.RhythmDays, r.Today, around)); err != nil {
			return err
		}
		if err := s.keep(ctx, a, sc.Workspace, r, done, offer); err != nil {
			return err
		}
		done.Promises, err = openPromises(ctx, a, pair.ID, r.Today)
		return err
	})
	if err != nil {
		return Recorded{}, fmt.Errorf("record talk: %w", err)
	}
	return done, nil
}

// circumstances returns what held the depth of a pair where it was on the day.
func circumstances(ctx context.Context, a access, p rapport.Pair, on rapport.Date) (rapport.Circumstances, error) {
	around := p.Circumstances(on)
	var err error
	around.PromiseLate, err = promiseLate(ctx, a, p.ID, on)
	return around, err
}

// useOffer settles the offer a talk came from. One that was swapped away or
// passed may have led to a talk all the same.
func useOffer(ctx context.Context, a access, pair, id string) (rapport.Offer, error) {
	if id == "" {
		return rapport.Offer{}, nil
	}
	o, err := one(ctx, a, scanOffer, `
		SELECT`+offerColumns+`
		FROM offers
		WHERE id = $1 AND pair = $2`,
		id, pair)
	if err != nil {
		return rapport.Offer{}, err
	}
	n, err := a.exec(ctx, "UPDATE offers SET state = 'used' WHERE id = $1 AND state <> 'used'", id)
	if err == nil && n == 0 {
		err = alreadyAnswered()
	}
	return o, err
}

// keep writes a recording.
func (s *Store) keep(ctx context.Context, a access, workspace string, r Recording, done Recorded, from rapport.Offer,
) error {
	if err := s.told(ctx, a, workspace, done.Talk.Pair); err != nil {
		return err
	}
	if err := insertTalk(ctx, a, done.Talk, from, r.Plan); err != nil {
		return err
	}
	if err := savePair(ctx, a, done.After); err != nil {
		return err
	}
	if topic := asked(from); done.Talk.Outcome == rapport.Declined && topic != "" {
		if err := blockTopic(ctx, a, done.Talk.Pair, topic); err != nil {
			return err
		}
	}
	if err := s.keepWords(ctx, a, workspace, r); err != nil {
		return err
	}
	return dropFollowUps(ctx, a, done.Talk)
}

// keepWords seals everything that was written with a recording.
func (s *Store) keepWords(ctx context.Context, a access, workspace string, r Recording) error {
	for _, n := range r.notes() {
		if err := s.addNote(ctx, a, workspace, r.Pair, n, r.Today); err != nil {
			return err
		}
	}
	for kind, words := range map[TagKind]rapport.NoteText{Interest: r.Interest, Strength: r.Strength} {
		if words == "" {
			continue
		}
		if err := s.setTag(ctx, a, workspace, r.Pair, Tag{Kind: kind, Text: words, ExpiresOn: r.lastDay(words)}); err != nil {
			return err
		}
	}
	if r.Common != "" {
		c := rapport.Common{Text: r.Common, ExpiresOn: r.lastDay(r.Common)}
		if err := s.addCommon(ctx, a, workspace, r.Pair, c, r.Today); err != nil {
			return err
		}
	}
	if r.Promise == "" {
		return nil
	}
	return s.addPromise(ctx, a, workspace, r.Pair, rapport.Promise{
		Text: r.Promise, MadeOn: r.Today, DueOn: r.PromiseDue, ExpiresOn: r.lastDay(r.Promise),
	})
}

// lastDay returns how long a text is kept that touches private life, and no day
// for the others.
func (r Recording) lastDay(words rapport.NoteText) rapport.Date {
	if slices.Contains(r.Personal, words) {
		return r.Today.AddDays(rapport.PersonalDays)
	}
	return rapport.Date{}
}

// asked returns the topic that an offer asked about: a thank-you or a greeting asks
// about nothing, so nothing of it is left alone afterwards.
func asked(o rapport.Offer) string {
	if o.Level == 0 {
		return ""
	}
	return o.Topic
}

func (r Recording) notes() []rapport.Note {
	var kept []rapport.Note
	for _, n := range []rapport.Note{
		{Kind: r.NoteKind, Text: r.Note},
		{Kind: rapport.NoteHope, Text: r.Hope},
		{Kind: rapport.NoteSupport, Text: r.Support},
	} {
		if n.Text != "" {
			n.ExpiresOn = r.Today.AddDays(r.NoteDays)
			if slices.Contains(r.Personal, n.Text) {
				n = n.Personal(r.Today)
			}
			kept = append(kept, n)
		}
	}
	return kept
}

func insertTalk(ctx context.Context, a access, t rapport.Talk, from rapport.Offer, plan string) error {
	_, err := a.exec(ctx, `
		INSERT INTO talks (id, pair, on_day, outcome, setting, offer, starter, topic, recorded_at, plan)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.ID, t.Pair, day(t.On), t.Outcome, t.Setting, ref(from.ID), t.Starter, asked(from), timestamp(t.RecordedAt),
		ref(plan))
	return err
}

// dropFollowUps deletes the questions how a coffee went that the talk answers.
func dropFollowUps(ctx context.Context, a access, t rapport.Talk) error {
	_, err := a.exec(ctx, `
		DELETE FROM messages
		WHERE pair = $1
		  AND state = 'pending'
		  AND kind = $3
		  AND plan IN (SELECT id FROM plans WHERE pair = $1 AND on_day <= $2)`,
		t.Pair, day(t.On), rapport.KindFollowUp)
	return err
}

// Talks returns the talks of one of the actor's active pairs that are kept on the
// day, newest first, at most limit of them.
func (s *Store) Talks(ctx context.Context, sc rapport.Scope, pairID string, today rapport.Date, limit int) ([]rapport.Talk, error) {
	if _, err := ownPair(ctx, s.read(), sc, pairID); err != nil {
		return nil, fmt.Errorf("read pair: %w", err)
	}
	talks, err := lastTalks(ctx, s.read(), pairID, today, limit)
	if err != nil {
		return nil, fmt.Errorf("read talks: %w", err)
	}
	return talks, nil
}

// keptTalks is the condition that a talk is kept. Its arguments are the second to
// the fifth: those of [keptTalksOn].
const keptTalks = " AND on_day >= $2 AND (on_day >= $3 OR outcome NOT IN ($4, $5))"

// keptTalksOn returns the arguments with which [keptTalks] picks the talks of a
// pair that are kept on the day.
func keptTalksOn(pair string, today rapport.Date) []any {
	return []any{
		pair, day(today.AddDays(-keepPast)), day(today.AddDays(-keepDenied)), rapport.Guarded, rapport.Declined,
	}
}

func lastTalks(ctx context.Context, a access, pair string, today rapport.Date, limit int) ([]rapport.Talk, error) {
	return all(ctx, a, scanTalk, `
		SELECT`+talkColumns+`
		FROM talks
		WHERE pair = $1`+keptTalks+`
		ORDER BY on_day DESC, recorded_at DESC, id DESC
		LIMIT 0 + $6`,
		append(keptTalksOn(pair, today), limit)...)
}

// TalkAt returns the talk with the person of one of the actor's active pairs that was
// recorded from the message that stands at the ts, from its starter, or in answer to
// how a planned moment went, and is kept on the day.
func (s *Store) TalkAt(ctx context.Context, sc rapport.Scope, pairID, ts string, today rapport.Date) (rapport.Talk, error) {
	talk, err := s.talkAt(ctx, sc, pairID, ts)
	if err == nil && today.After(talk.KeptUntil()) {
		talk, err = rapport.Talk{}, rapport.ErrNotFound
	}
	return talk, wrap("read the talk of a message", err)
}

func (s *Store) talkAt(ctx context.Context, sc rapport.Scope, pairID, ts string) (rapport.Talk, error) {
	if _, err := ownPair(ctx, s.read(), sc, pairID); err != nil {
		return rapport.Talk{}, err
	}
	m, err := one(ctx, s.read(), scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE workspace = $1 AND leader = $2 AND ts = $3 AND state = 'sent'`,
		sc.Workspace, sc.Actor, ts)
	if err != nil {
		return rapport.Talk{}, err
	}
	for _, plan := range append(rapport.ParseAgenda(m.Item).Plans, m.Plan) {
		talk, err := one(ctx, s.read(), scanTalk, `
			SELECT`+talkColumns+`
			FROM talks
			WHERE pair = $1
			  AND (plan = $2 OR offer IN (SELECT id FROM offers WHERE pair = $1 AND root = $3))
			ORDER BY recorded_at DESC
			LIMIT 1`,
			pairID, plan, m.Offer)
		if !errors.Is(err, rapport.ErrNotFound) {
			return talk, err
		}
	}
	return rapport.Talk{}, rapport.ErrNotFound
}

// TalkOfPlan returns the talk from which it is known how one of the actor's planned
// moments went, if it is kept on the day: the one recorded for it, else the first of
// its day or a later one.
func (s *Store) TalkOfPlan(ctx context.Context, sc rapport.Scope, planID string, today rapport.Date) (rapport.Talk, error) {
	plan, err := ownPlan(ctx, s.read(), sc, planID)
	if err != nil {
		return rapport.Talk{}, fmt.Errorf("read plan: %w", err)
	}
	talk, err := one(ctx, s.read(), scanTalk, `
		SELECT`+talkColumns+`
		FROM talks
		WHERE pair = $1 AND (plan = $2 OR on_day >= (SELECT plans.on_day FROM plans WHERE plans.id = $2))
		ORDER BY CASE WHEN plan = $2 THEN 0 ELSE 1 END, on_day, recorded_at, id
		LIMIT 1`,
		plan.Pair, plan.ID)
	if err == nil && today.After(talk.KeptUntil()) {
		err = rapport.ErrNotFound
	}
	if err != nil {
		return rapport.Talk{}, fmt.Errorf("read the talk of a plan: %w", err)
	}
	return talk, nil
}

// MessagesOfTalk returns the messages to the actor that have arrived and brought the
// starter of a talk, or the planned moment it answers for, the oldest first. Digests,
// which speak of more, are not among them.
func (s *Store) MessagesOfTalk(ctx context.Context, sc rapport.Scope, talkID string) ([]rapport.Message, error) {
	sent, err := all(ctx, s.read(), scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE workspace = $1
		  AND leader = $2
		  AND state = 'sent'
		  AND (
			plan = (SELECT talks.plan FROM talks WHERE talks.id = $3)
			OR kind NOT IN ($4, $5)
			AND offer IN (
				SELECT offers.root
				FROM offers
				JOIN talks ON talks.offer = offers.id
				WHERE talks.id = $3))
		ORDER BY planned_on, id`,
		sc.Workspace, sc.Actor, talkID, rapport.KindReminder, rapport.KindFollowUp)
	return sent, wrap("read the messages of a talk", err)
}
