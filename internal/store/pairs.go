package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"innerview/rapport"
)

const pairColumns = `
	id,
	leader,
	person,
	state,
	origin,
	language,
	rhythm_days,
	since,
	head_start,
	created_on,
	ended_on,
	next_on,
	last_talk_on,
	last_nudge,
	intent_on,
	country,
	away_on,
	away_until,
	came_back,
	probation_until,
	evaluation_on,
	history`

func scanPair(row scanner) (rapport.Pair, error) {
	var p rapport.Pair
	err := row.Scan(&p.ID, &p.Leader, &p.Person, &p.State, &p.Origin, &p.Language, &p.RhythmDays,
		(*day)(&p.Since), &p.HeadStart, (*day)(&p.CreatedOn), (*day)(&p.EndedOn), (*day)(&p.NextOn),
		(*day)(&p.LastTalkOn), (*day)(&p.LastNudge), (*day)(&p.IntentOn),
		&p.Country, (*day)(&p.AwayOn), (*day)(&p.AwayUntil), &p.CameBack,
		(*day)(&p.ProbationUntil), (*day)(&p.EvaluationOn), (*history)(&p.History))
	return p, err
}

// Pairs returns the actor's active pairs, those due longest first.
func (s *Store) Pairs(ctx context.Context, sc rapport.Scope) ([]rapport.Pair, error) {
	pairs, err := activePairs(ctx, s.read(), sc.Workspace, sc.Actor)
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	return pairs, nil
}

func activePairs(ctx context.Context, a access, workspace, leader string) ([]rapport.Pair, error) {
	pairs, err := all(ctx, a, scanPair, `
		SELECT`+pairColumns+`
		FROM pairs
		WHERE workspace = $1 AND leader = $2 AND state = 'active'`,
		workspace, leader)
	slices.SortFunc(pairs, func(p, q rapport.Pair) int {
		return cmp.Or(p.DueSince().Compare(q.DueSince()), cmp.Compare(p.Person, q.Person))
	})
	return pairs, err
}

// Pair returns the actor's active pair with the person.
func (s *Store) Pair(ctx context.Context, sc rapport.Scope, person string) (rapport.Pair, error) {
	p, err := one(ctx, s.read(), scanPair, `
		SELECT`+pairColumns+`
		FROM pairs
		WHERE workspace = $1 AND leader = $2 AND person = $3 AND state = 'active'`,
		sc.Workspace, sc.Actor, person)
	if err != nil {
		return rapport.Pair{}, fmt.Errorf("read pair: %w", err)
	}
	return p, nil
}

// PairByID returns the actor's active pair with the id.
func (s *Store) PairByID(ctx context.Context, sc rapport.Scope, id string) (rapport.Pair, error) {
	p, err := ownPair(ctx, s.read(), sc, id)
	if err != nil {
		return rapport.Pair{}, fmt.Errorf("read pair: %w", err)
	}
	return p, nil
}

func ownPair(ctx context.Context, a access, sc rapport.Scope, id string) (rapport.Pair, error) {
	return one(ctx, a, scanPair, `
		SELECT`+pairColumns+`
		FROM pairs
		WHERE id = $1 AND workspace = $2 AND leader = $3 AND state = 'active'`,
		id, sc.Workspace, sc.Actor)
}

// lockPair is ownPair for a pair that is going to be saved. It is an UPDATE that
// changes nothing, so that where writes run side by side, the next one waits
// and then reads what this one wrote.
func lockPair(ctx context.Context, a access, sc rapport.Scope, id string) (rapport.Pair, error) {
	return one(ctx, a, scanPair, `
		UPDATE pairs
		SET head_start = head_start
		WHERE id = $1 AND workspace = $2 AND leader = $3 AND state = 'active'
		RETURNING`+pairColumns,
		id, sc.Workspace, sc.Actor)
}

func createPair(ctx context.Context, a access, workspace string, p rapport.Pair) error {
	_, err := a.exec(ctx, `
		INSERT INTO pairs (
			workspace, id, leader, person, state, origin, language, rhythm_days, since, head_start,
			created_on, ended_on, next_on, last_talk_on, last_nudge, intent_on, history)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		workspace, p.ID, p.Leader, p.Person, p.State, p.Origin, p.Language, p.RhythmDays, day(p.Since), p.HeadStart,
		day(p.CreatedOn), day(p.EndedOn), day(p.NextOn), day(p.LastTalkOn), day(p.LastNudge), day(p.IntentOn),
		history(p.History))
	return err
}

// savePair writes all of a pair that can change.
func savePair(ctx context.Context, a access, p rapport.Pair) error {
	return a.must(ctx, `
		UPDATE pairs SET
			state = $2,
			origin = $3,
			language = $4,
			rhythm_days = $5,
			since = $6,
			head_start = $7,
			ended_on = $8,
			next_on = $9,
			last_talk_on = $10,
			last_nudge = $11,
			intent_on = $12,
			country = $13,
			away_on = $14,
			away_until = $15,
			came_back = $16,
			probation_until = $17,
			evaluation_on = $18,
			history = $19
		WHERE id = $1`,
		p.ID, p.State, p.Origin, p.Language, p.RhythmDays, day(p.Since), p.HeadStart,
		day(p.EndedOn), day(p.NextOn), day(p.LastTalkOn), day(p.LastNudge), day(p.IntentOn),
		p.Country, day(p.AwayOn), day(p.AwayUntil), p.CameBack, day(p.ProbationUntil), day(p.EvaluationOn),
		history(p.History))
}

// changePair is what a payload does to one pair and nothing else.
func (s *Store) changePair(ctx context.Context, sc rapport.Scope, id, key string, change func(*rapport.Pair)) error {
	return s.once(ctx, sc.Workspace, key, func(a access) error {
		p, err := lockPair(ctx, a, sc, id)
		if err != nil {
			return err
		}
		change(&p)
		return savePair(ctx, a, p)
	})
}

// Snooze keeps quiet about a pair until the day, when it is due again. What was
// promised waits as long.
func (s *Store) Snooze(ctx context.Context, sc rapport.Scope, pairID string, until rapport.Date, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		p, err := lockPair(ctx, a, sc, pairID)
		if err != nil {
			return err
		}
		if err := holdUntil(ctx, a, p.ID, until); err != nil {
			return err
		}
		return holdCalls(ctx, a, p.ID, until)
	})
	if err != nil {
		return fmt.Errorf("snooze: %w", err)
	}
	return nil
}

// Restart ends the quiet after a second decline; the pair is due on the day.
func (s *Store) Restart(ctx context.Context, sc rapport.Scope, pairID string, on rapport.Date, key string) error {
	err := s.changePair(ctx, sc, pairID, key, func(p *rapport.Pair) {
		p.History = p.History.Add(rapport.Event{Kind: rapport.EventRestart, On: on}, on)
		p.NextOn = on
	})
	if err != nil {
		return fmt.Errorf("restart: %w", err)
	}
	return nil
}

// UndoRise takes back the last rise in depth of one of the actor's active pairs, on
// the day, and returns the pair. A rise that cannot be taken back any more, or
// has been, is [rapport.Conflict].
func (s *Store) UndoRise(ctx context.Context, sc rapport.Scope, pairID string, on rapport.Date, key string,
) (pair rapport.Pair, err error) {
	err = s.once(ctx, sc.Workspace, key, func(a access) error {
		if pair, err = lockPair(ctx, a, sc, pairID); err != nil {
			return err
		}
		if _, ok := pair.History.Pace().Risen(on); !ok {
			return &rapport.Error{Kind: rapport.Conflict, Key: "error.undo_late"}
		}
		pair.History = pair.History.Add(rapport.Event{Kind: rapport.EventUndo, On: on}, on)
		return savePair(ctx, a, pair)
	})
	if err != nil {
		return rapport.Pair{}, fmt.Errorf("undo rise: %w", err)
	}
	return pair, nil
}

// SetIntent notes the day on which the leader said what a values talk with the
// person is for.
func (s *Store) SetIntent(ctx context.Context, sc rapport.Scope, pairID string, on rapport.Date, key string) error {
	err := s.changePair(ctx, sc, pairID, key, func(p *rapport.Pair) { p.IntentOn = on })
	if err != nil {
		return fmt.Errorf("set intent: %w", err)
	}
	return nil
}

const duePairs = `
	SELECT` + pairColumns + `
	FROM pairs
	WHERE workspace = $1 AND state = 'active' AND next_on <= $2
	ORDER BY next_on, id
	LIMIT 0 + $3`

// DuePairs returns the active pairs of all leaders whose next date is on or
// before the day, earliest first, at most limit of them. What it costs follows
// how many are due, not how many there are.
func (s *Store) DuePairs(ctx context.Context, workspace string, upTo rapport.Date, limit int) ([]rapport.Pair, error) {
	pairs, err := all(ctx, s.read(), scanPair, duePairs, workspace, day(upTo), limit)
	if err != nil {
		return nil, fmt.Errorf("read due pairs: %w", err)
	}
	return pairs, nil
}
