package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

// Circumstances are what a leader says of a person that bears on when and how
// deep to talk. Zero values say nothing.
type Circumstances struct {
	Language       rapport.Language // the two speak together
	RhythmDays     int
	Country        string // whose holidays the person keeps
	AwayOn         rapport.Date
	AwayUntil      rapport.Date
	ProbationUntil rapport.Date
	EvaluationOn   rapport.Date
}

// SetCircumstances replaces what is known of the circumstances of one of the
// actor's active pairs. An absence that is taken away, or over, ends on the day:
// the clock of silence stood still meanwhile.
func (s *Store) SetCircumstances(ctx context.Context, sc rapport.Scope, pairID string, c Circumstances, today rapport.Date,
	key string,
) error {
	err := s.changePair(ctx, sc, pairID, key, func(p *rapport.Pair) {
		*p = absent(*p, c.AwayOn, c.AwayUntil, today)
		p.Language, p.RhythmDays, p.Country = c.Language, c.RhythmDays, c.Country
		p.ProbationUntil, p.EvaluationOn = c.ProbationUntil, c.EvaluationOn
	})
	if err != nil {
		return fmt.Errorf("set circumstances: %w", err)
	}
	return nil
}

// absent gives a pair's person an absence of those days in place of the one they
// had. One that is over by then ends at once, so nothing is left to end later.
func absent(p rapport.Pair, from, until, today rapport.Date) rapport.Pair {
	over := !until.IsZero() && until.Before(today)
	if over {
		p.AwayOn, p.AwayUntil = from, until
	}
	begun := !p.AwayOn.IsZero() && !p.AwayOn.After(today)
	if over || begun && (from.IsZero() || from.After(today)) {
		p = p.Return(today)
	}
	if !over {
		p.AwayOn, p.AwayUntil = from, until
	}
	return p
}

const absencesWithEnd = `
	SELECT` + pairColumns + `
	FROM pairs
	WHERE workspace = $1 AND away_until IS NOT NULL`

// Absences returns the pairs whose person is, or was, away until a certain day.
func (s *Store) Absences(ctx context.Context, workspace string) ([]rapport.Pair, error) {
	away, err := all(ctx, s.read(), scanPair, absencesWithEnd, workspace)
	if err != nil {
		return nil, fmt.Errorf("read absences: %w", err)
	}
	return away, nil
}

// EndedAbsences lets every person return whose absence is over on their
// leader's today, and returns how many did.
func (s *Store) EndedAbsences(ctx context.Context, workspace string, today func(rapport.Leader) rapport.Date) (int, error) {
	away, err := s.Absences(ctx, workspace)
	if err != nil {
		return 0, err
	}
	ended := 0
	for _, p := range away {
		l, err := readLeader(ctx, s.read(), workspace, p.Leader)
		if err != nil {
			return ended, fmt.Errorf("read leader: %w", err)
		}
		if on := today(l); p.AwayUntil.Before(on) {
			if err := s.endAbsence(ctx, workspace, p, on); err != nil {
				return ended, fmt.Errorf("end an absence: %w", err)
			}
			ended++
		}
	}
	return ended, nil
}

// endAbsence reads the pair again: the leader may have said otherwise meanwhile.
func (s *Store) endAbsence(ctx context.Context, workspace string, p rapport.Pair, on rapport.Date) error {
	return s.inTx(ctx, func(a access) error {
		again, err := lockPair(ctx, a, rapport.Scope{Workspace: workspace, Actor: p.Leader}, p.ID)
		if rapport.KindOf(err) == rapport.NotFound || err == nil && !again.AwayUntil.Before(on) {
			return nil
		}
		if err != nil {
			return err
		}
		return savePair(ctx, a, again.Return(on))
	})
}
