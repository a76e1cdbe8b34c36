package store

import (
	"context"
	"fmt"
	"time"

	"innerview/rapport"
)

// correctable is for how long a talk can be changed or removed after it was
// recorded.
const correctable = rapport.Correctable * 24 * time.Hour

// Correction is how a recorded talk really was.
type Correction struct {
	Talk       string // id
	On         rapport.Date
	Outcome    rapport.Outcome
	RhythmDays int // in force for the pair
	Today      rapport.Date
}

// recordedTalk is a talk and what it began with.
type recordedTalk struct {
	rapport.Talk
	offer, topic string
}

func scanRecordedTalk(row scanner) (recordedTalk, error) {
	var t recordedTalk
	err := row.Scan(&t.ID, &t.Pair, (*day)(&t.On), &t.Outcome, &t.Setting, &t.Starter, (*timestamp)(&t.RecordedAt),
		(*ref)(&t.offer), &t.topic)
	return t, err
}

// Talk returns a talk of one of the actor's active pairs that is kept on the day.
func (s *Store) Talk(ctx context.Context, sc rapport.Scope, id string, today rapport.Date) (rapport.Talk, error) {
	t, err := one(ctx, s.read(), scanTalk, `
		SELECT`+talkColumns+`
		FROM talks
		WHERE id = $1`+ofActor("talks"),
		id, sc.Workspace, sc.Actor)
	if err == nil && today.After(t.KeptUntil()) {
		err = rapport.ErrNotFound
	}
	if err != nil {
		return rapport.Talk{}, fmt.Errorf("read talk: %w", err)
	}
	return t, nil
}

// ChangeTalk gives a talk of one of the actor's active pairs another day or
// outcome, as if it had been recorded so: pace and dates are played again, under
// the circumstances of that day, and a topic is blocked or not. It is [rapport.Conflict] more than
// [rapport.Correctable] days after the talk was recorded.
func (s *Store) ChangeTalk(ctx context.Context, sc rapport.Scope, c Correction, key string) (Recorded, error) {
	done, err := s.correct(ctx, sc, c.Talk, c.RhythmDays, key, func(a access, t *recordedTalk, p rapport.Pair) (rapport.History, error) {
		around, err := circumstances(ctx, a, p, c.On)
		if err != nil {
			return p.History, err
		}
		h, ok := p.History.Replace(rapport.Event{
			Kind: rapport.EventTalk, On: c.On, Talk: t.ID, Outcome: c.Outcome, Circumstances: around,
		}, c.Today)
		if !ok {
			return h, tooLate()
		}
		t.On, t.Outcome = c.On, c.Outcome
		err = a.must(ctx, "UPDATE talks SET on_day = $2, outcome = $3 WHERE id = $1", t.ID, day(c.On), c.Outcome)
		if err == nil && t.Outcome == rapport.Declined && t.topic != "" {
			err = blockTopic(ctx, a, t.Pair, t.topic)
		}
		return h, err
	})
	return done, wrap("change talk", err)
}

// RemoveTalk takes a talk of one of the actor's active pairs back, as if it had
// never been recorded; the starter it came from is unanswered again. The bounds
// are those of [Store.ChangeTalk].
func (s *Store) RemoveTalk(ctx context.Context, sc rapport.Scope, id string, rhythmDays int, key string) (Recorded, error) {
	done, err := s.correct(ctx, sc, id, rhythmDays, key, func(a access, t *recordedTalk, p rapport.Pair) (rapport.History, error) {
		h, ok := p.History.Remove(t.ID)
		if !ok {
			return h, tooLate()
		}
		if err := a.must(ctx, "DELETE FROM talks WHERE id = $1", t.ID); err != nil {
			return h, err
		}
		_, err := a.exec(ctx, "UPDATE offers SET state = 'shown' WHERE id = $1 AND state = 'used'", t.offer)
		return h, err
	})
	return done, wrap("remove talk", err)
}

// correct plays a pair's history again with one talk put right.
func (s *Store) correct(ctx context.Context, sc rapport.Scope, id string, rhythm int, key string,
	fix func(access, *recordedTalk, rapport.Pair) (rapport.History, error),
) (done Recorded, err error) {
	err = s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockOwner(ctx, a, sc, "talks", id)
		if err != nil {
			return err
		}
		t, err := one(ctx, a, scanRecordedTalk, "SELECT"+talkColumns+", offer, topic FROM talks WHERE id = $1", id)
		if err != nil {
			return err
		}
		if s.now().Sub(t.RecordedAt) > correctable {
			return tooLate()
		}
		was := t.Outcome
		h, err := fix(a, &t, pair)
		if err != nil {
			return err
		}
		if was == rapport.Declined {
			if err := unblock(ctx, a, pair.ID, t.topic); err != nil {
				return err
			}
		}
		done = Recorded{Before: pair, Talk: t.Talk}
		if done.After, err = s.held(ctx, a, pair.Corrected(h, rhythm)); err != nil {
			return err
		}
		return savePair(ctx, a, done.After)
	})
	if err != nil {
		return Recorded{}, err
	}
	return done, nil
}

func tooLate() error { return &rapport.Error{Kind: rapport.Conflict, Key: "error.talk_settled"} }
