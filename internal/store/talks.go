package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

// Recording is all that a leader says of one talk.
type Recording struct {
	Pair  string       // id
	Talk  rapport.Talk // day, outcome, setting; the store fills in the rest
	Offer string       // id of the starter it was recorded from, "" for none

	Note     rapport.NoteText // "" for none
	NoteKind rapport.NoteKind // "" for a fact
	NoteDays int              // for how many days the note is kept, from today

	RhythmDays    int // in force for the pair
	Today         rapport.Date
	Circumstances rapport.Circumstances
}

// Recorded is what a recording did.
type Recorded struct {
	Before, After rapport.Pair
	Talk          rapport.Talk
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
// sealed, and nobody is asked any more how the coffee went. An offer from which
// a talk was recorded before is a [rapport.Conflict]; one note too many is
// [rapport.Invalid].
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
		talk := r.Talk
		talk.ID, talk.Pair, talk.RecordedAt = newID(), pair.ID, s.now()
		if offer.ID != "" {
			talk.Starter = offer.Starter
		}
		done = Recorded{
			Before: pair,
			After:  pair.Record(talk, r.RhythmDays, r.Today, r.Circumstances),
			Talk:   talk,
		}
		return s.keep(ctx, a, sc.Workspace, r, done, offer)
	})
	if err != nil {
		return Recorded{}, fmt.Errorf("record talk: %w", err)
	}
	return done, nil
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
	if err := insertTalk(ctx, a, done.Talk, from); err != nil {
		return err
	}
	if err := savePair(ctx, a, done.After); err != nil {
		return err
	}
	if done.Talk.Outcome == rapport.Declined && from.Topic != "" {
		if err := setTopic(ctx, a, done.Talk.Pair, from.Topic, Blocked); err != nil {
			return err
		}
	}
	if r.Note != "" {
		n := rapport.Note{Kind: r.NoteKind, Text: r.Note, ExpiresOn: r.Today.AddDays(r.NoteDays)}
		if err := s.addNote(ctx, a, workspace, done.Talk.Pair, n, r.Today); err != nil {
			return err
		}
	}
	return dropFollowUps(ctx, a, done.Talk)
}

func insertTalk(ctx context.Context, a access, t rapport.Talk, from rapport.Offer) error {
	_, err := a.exec(ctx, `
		INSERT INTO talks (id, pair, on_day, outcome, setting, offer, starter, topic, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		t.ID, t.Pair, day(t.On), t.Outcome, t.Setting, ref(from.ID), t.Starter, from.Topic, timestamp(t.RecordedAt))
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

// Talks returns the talks of one of the actor's active pairs, newest first, at
// most limit of them.
func (s *Store) Talks(ctx context.Context, sc rapport.Scope, pairID string, limit int) ([]rapport.Talk, error) {
	if _, err := ownPair(ctx, s.read(), sc, pairID); err != nil {
		return nil, fmt.Errorf("read pair: %w", err)
	}
	talks, err := lastTalks(ctx, s.read(), pairID, limit)
	if err != nil {
		return nil, fmt.Errorf("read talks: %w", err)
	}
	return talks, nil
}

func lastTalks(ctx context.Context, a access, pair string, limit int) ([]rapport.Talk, error) {
	return all(ctx, a, scanTalk, `
		SELECT`+talkColumns+`
		FROM talks
		WHERE pair = $1
		ORDER BY on_day DESC, recorded_at DESC, id DESC
		LIMIT $2`,
		pair, limit)
}
