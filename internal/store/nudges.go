package store

import (
	"context"
	"errors"
	"fmt"

	"innerview/rapport"
)

// PlannedNudge is one unasked message, decided on and not yet written down.
type PlannedNudge struct {
	Pair    rapport.Pair    // as it was read when it was decided on
	Message rapport.Message // key, kind, due day and time; the store fills in the rest
	Offer   rapport.Offer   // what it carries; none without a starter
	NextOn  rapport.Date    // when the pair is due again if nobody answers
	Today   rapport.Date    // the leader's day the message is meant for
}

// PlanNudge writes a nudge into the outbox and moves its pair on, both or
// neither, and reports whether it did. It did not when the pair has ended or its
// next date has changed since it was read, or when the key was used before; in
// that last case the pair moves on all the same, or it would stay due for ever.
func (s *Store) PlanNudge(ctx context.Context, workspace string, p PlannedNudge) (planned bool, err error) {
	err = s.inTx(ctx, func(a access) error {
		pair, err := claimPair(ctx, a, workspace, p)
		if errors.Is(err, rapport.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if p.Message.About == rapport.AboutPromise {
			if err := broughtUp(ctx, a, pair.ID, p.Today); err != nil {
				return err
			}
		}
		planned, err = s.writeNudge(ctx, a, workspace, pair, p)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("plan nudge: %w", err)
	}
	return planned, nil
}

// claimPair moves the pair to its next date if that is still as it was read.
func claimPair(ctx context.Context, a access, workspace string, p PlannedNudge) (rapport.Pair, error) {
	return one(ctx, a, scanPair, `
		UPDATE pairs
		SET next_on = $4
		WHERE id = $1 AND workspace = $2 AND state = 'active' AND next_on = $3
		RETURNING`+pairColumns,
		p.Pair.ID, workspace, day(p.Pair.NextOn), day(p.NextOn))
}

func (s *Store) writeNudge(ctx context.Context, a access, workspace string, pair rapport.Pair, p PlannedNudge,
) (bool, error) {
	m, o := p.Message, p.Offer
	m.ID, m.Leader, m.Pair, m.PlannedOn = newID(), pair.Leader, pair.ID, p.Today
	if o.Starter != "" {
		o.ID, o.Pair, o.Swaps = newID(), pair.ID, 0
		o.Root, m.Offer = o.ID, o.ID
		if o.ShownOn.IsZero() {
			o.ShownOn = p.Today
		}
		o = s.shown(o)
	}
	written, err := insertMessage(ctx, a, workspace, m)
	if err != nil || !written {
		return false, err
	}
	if o.ID != "" {
		if err := insertOffer(ctx, a, o); err != nil {
			return false, err
		}
		pair = pair.Offered(o.Level, p.Today)
	}
	pair.LastNudge = p.Today
	if m.Kind == rapport.KindWelcomeBack {
		pair = pair.Welcomed()
	}
	return true, savePair(ctx, a, pair)
}
