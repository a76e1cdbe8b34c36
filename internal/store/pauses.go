package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

// Pause silences everything unasked for the actor from the day on, through the
// last day, or until resumed when that is no day. Asking again while paused
// moves the end; the beginning stays.
func (s *Store) Pause(ctx context.Context, sc rapport.Scope, on, until rapport.Date, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		l, err := readLeader(ctx, a, sc.Workspace, sc.Actor)
		if err != nil {
			return err
		}
		if l.Paused(on) {
			on = l.PausedOn
		} else if _, err := resume(ctx, a, sc.Workspace, l, on); err != nil {
			return err // of a pause that ran out unnoticed
		}
		return setPause(ctx, a, sc.Workspace, l.ID, on, until)
	})
	if err != nil {
		return fmt.Errorf("pause: %w", err)
	}
	return nil
}

// Resume ends the actor's pause on the day, and reports whether there was one.
// For each of their pairs the clock of silence stood still meanwhile.
func (s *Store) Resume(ctx context.Context, sc rapport.Scope, on rapport.Date, key string) (wasPaused bool, err error) {
	err = s.once(ctx, sc.Workspace, key, func(a access) error {
		l, err := readLeader(ctx, a, sc.Workspace, sc.Actor)
		if err != nil {
			return err
		}
		wasPaused, err = resume(ctx, a, sc.Workspace, l, on)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("resume: %w", err)
	}
	return wasPaused, nil
}

const pausesWithEnd = `
	SELECT` + leaderColumns + `
	FROM leaders
	JOIN members ON members.workspace = leaders.workspace AND members.id = leaders.id
	WHERE leaders.workspace = $1 AND leaders.paused_until IS NOT NULL`

// EndedPauses resumes every leader whose pause has run out on their own today,
// and returns how many.
func (s *Store) EndedPauses(ctx context.Context, workspace string, today func(rapport.Leader) rapport.Date,
) (int, error) {
	paused, err := all(ctx, s.read(), scanLeader, pausesWithEnd, workspace)
	if err != nil {
		return 0, fmt.Errorf("read pauses: %w", err)
	}
	ended := 0
	for _, l := range paused {
		on := today(l)
		if l.Paused(on) {
			continue
		}
		done, err := s.endPause(ctx, workspace, l.ID, on)
		if err != nil {
			return ended, fmt.Errorf("end pause: %w", err)
		}
		if done {
			ended++
		}
	}
	return ended, nil
}

// endPause reads the leader again: they may have paused anew meanwhile.
func (s *Store) endPause(ctx context.Context, workspace, leader string, on rapport.Date) (done bool, err error) {
	err = s.inTx(ctx, func(a access) error {
		l, err := readLeader(ctx, a, workspace, leader)
		if err != nil || l.Paused(on) {
			return err
		}
		done, err = resume(ctx, a, workspace, l, on)
		return err
	})
	return done, err
}

// resume clears a pause and lets the pairs' clocks of silence stand still for
// as long as it lasted.
func resume(ctx context.Context, a access, workspace string, l rapport.Leader, on rapport.Date,
) (wasPaused bool, err error) {
	if l.PausedOn.IsZero() {
		return false, nil
	}
	end := on
	if !l.PausedUntil.IsZero() && l.PausedUntil.Before(on) {
		end = l.PausedUntil.AddDays(1)
	}
	if days := end.Sub(l.PausedOn); days > 0 {
		if err := pausePairs(ctx, a, workspace, l.ID, end, days, on); err != nil {
			return false, err
		}
	}
	return true, setPause(ctx, a, workspace, l.ID, rapport.Date{}, rapport.Date{})
}

func pausePairs(ctx context.Context, a access, workspace, leader string, end rapport.Date, days int, today rapport.Date,
) error {
	pairs, err := activePairs(ctx, a, workspace, leader)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		p.History = p.History.Add(rapport.Event{Kind: rapport.EventPause, On: end, Days: days}, today)
		if err := savePair(ctx, a, p); err != nil {
			return err
		}
	}
	return nil
}

func setPause(ctx context.Context, a access, workspace, leader string, on, until rapport.Date) error {
	return a.must(ctx, `
		UPDATE leaders SET
			paused_on = $3,
			paused_until = $4
		WHERE workspace = $1 AND id = $2`,
		workspace, leader, day(on), day(until))
}
