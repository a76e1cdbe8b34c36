package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"innerview/rapport"
)

// restorable is for how many days an ended pair can be brought back. After
// that it is destroyed, with its key.
const restorable = 30

// isDestroyed reports whether a pair that ended is to be there no more on the day.
func isDestroyed(p rapport.Pair, today rapport.Date) bool {
	return p.State == rapport.Ended && today.Sub(p.EndedOn) >= restorable
}

// reasonEnded stands at a message that was not sent because its pair ended.
const reasonEnded = "pair_ended"

// NewPair is what may be said of a pair when it is made; the zero value will do.
type NewPair struct {
	Language   rapport.Language
	RhythmDays int          // 0 for the default
	Since      rapport.Date // when they began to work together, if known
	HeadStart  bool
	Origin     rapport.Origin // "" for [rapport.FromLeader]
}

// AddPair makes the person one the actor keeps in mind, and reports whether they
// were not yet. A pair that ended fewer than 30 days ago comes back with its
// history. Who stepped out stays out: the error is of kind
// [rapport.Forbidden]. Leader and person need not be known before.
func (s *Store) AddPair(ctx context.Context, sc rapport.Scope, person string, n NewPair, today rapport.Date, key string,
) (pair rapport.Pair, added bool, err error) {
	err = s.once(ctx, sc.Workspace, key, func(a access) error {
		if err := ensureLeader(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		var err error
		pair, added, err = addPair(ctx, a, sc, person, n, today)
		return err
	})
	if err != nil {
		return rapport.Pair{}, false, fmt.Errorf("add pair: %w", err)
	}
	return pair, added, nil
}

// AddPairs is [Store.AddPair] for many people, all or nobody. It returns those who
// were not yet there.
func (s *Store) AddPairs(ctx context.Context, sc rapport.Scope, people []string, n NewPair, today rapport.Date, key string,
) (added []string, err error) {
	err = s.once(ctx, sc.Workspace, key, func(a access) error {
		if err := ensureLeader(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		for _, person := range people {
			_, fresh, err := addPair(ctx, a, sc, person, n, today)
			if err != nil {
				return err
			}
			if fresh {
				added = append(added, person)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("add pairs: %w", err)
	}
	return added, nil
}

func addPair(ctx context.Context, a access, sc rapport.Scope, person string, n NewPair, today rapport.Date,
) (pair rapport.Pair, added bool, err error) {
	if n.Origin == "" {
		n.Origin = rapport.FromLeader
	}
	if out, err := steppedOut(ctx, a, sc.Workspace, person); err != nil || out {
		return rapport.Pair{}, false, cmp.Or(err, error(&rapport.Error{Kind: rapport.Forbidden, Key: "error.opted_out"}))
	}
	old, err := anyPair(ctx, a, sc, person)
	switch {
	case errors.Is(err, rapport.ErrNotFound):
		pair, err = beginPair(ctx, a, sc, person, n, today)
		return pair, true, err
	case err != nil:
		return rapport.Pair{}, false, err
	case old.State == rapport.OptedOut:
		return rapport.Pair{}, false, &rapport.Error{Kind: rapport.Forbidden, Key: "error.opted_out"}
	case old.State == rapport.Active:
		return old, false, nil
	case today.Sub(old.EndedOn) < restorable:
		pair = restored(old, n)
		return pair, true, savePair(ctx, a, pair)
	}
	if err := destroyPair(ctx, a, sc.Workspace, old.ID); err != nil {
		return rapport.Pair{}, false, err
	}
	pair, err = beginPair(ctx, a, sc, person, n, today)
	return pair, true, err
}

// anyPair returns the actor's pair with the person whatever its state.
func anyPair(ctx context.Context, a access, sc rapport.Scope, person string) (rapport.Pair, error) {
	return one(ctx, a, scanPair, `
		SELECT`+pairColumns+`
		FROM pairs
		WHERE workspace = $1 AND leader = $2 AND person = $3`,
		sc.Workspace, sc.Actor, person)
}

func beginPair(ctx context.Context, a access, sc rapport.Scope, person string, n NewPair, today rapport.Date,
) (rapport.Pair, error) {
	if err := ensureMember(ctx, a, sc.Workspace, person); err != nil {
		return rapport.Pair{}, err
	}
	p := rapport.Pair{
		ID:         newID(),
		Leader:     sc.Actor,
		Person:     person,
		State:      rapport.Active,
		Origin:     n.Origin,
		Language:   n.Language,
		RhythmDays: n.RhythmDays,
		Since:      n.Since,
		HeadStart:  n.HeadStart,
		CreatedOn:  today,
		NextOn:     rapport.AtOnce,
		History:    rapport.NewHistory(n.HeadStart),
	}
	return p, createPair(ctx, a, sc.Workspace, p)
}

// restored is an ended pair in use again. What was said anew replaces what was
// said before; a head start is a thing of the beginning.
func restored(p rapport.Pair, n NewPair) rapport.Pair {
	p.State, p.EndedOn, p.Origin = rapport.Active, rapport.Date{}, n.Origin
	if n.Language != "" {
		p.Language = n.Language
	}
	if n.RhythmDays != 0 {
		p.RhythmDays = n.RhythmDays
	}
	if !n.Since.IsZero() {
		p.Since = n.Since
	}
	return p
}

// EndPair hides the actor's pair with the person from the day on; what was to
// be sent about it is not. It can be added again for 30 days.
func (s *Store) EndPair(ctx context.Context, sc rapport.Scope, person string, on rapport.Date, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		p, err := anyPair(ctx, a, sc, person)
		if err == nil && p.State != rapport.Active {
			err = rapport.ErrNotFound
		}
		if err != nil {
			return err
		}
		return s.endPair(ctx, a, p, on)
	})
	if err != nil {
		return fmt.Errorf("end pair: %w", err)
	}
	return nil
}

// EndMember ends every active pair of somebody who has left the workspace, as
// leader and as person, on the day. What they wrote for themselves goes at once.
func (s *Store) EndMember(ctx context.Context, workspace, member string, on rapport.Date) error {
	err := s.inTx(ctx, func(a access) error {
		pairs, err := all(ctx, a, scanPair, `
			SELECT`+pairColumns+`
			FROM pairs
			WHERE workspace = $1 AND state = 'active' AND (leader = $2 OR person = $2)
			ORDER BY id`,
			workspace, member)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			if err := s.endPair(ctx, a, p, on); err != nil {
				return err
			}
		}
		return forgetOwnWords(ctx, a, workspace, member)
	})
	if err != nil {
		return fmt.Errorf("end member: %w", err)
	}
	return nil
}

func (s *Store) endPair(ctx context.Context, a access, p rapport.Pair, on rapport.Date) error {
	p.State, p.EndedOn = rapport.Ended, on
	if err := savePair(ctx, a, p); err != nil {
		return err
	}
	if err := callUnsaid(ctx, a, "pair = $1", p.ID); err != nil {
		return err
	}
	return s.dropMessages(ctx, a, p.ID)
}

// dropMessages settles what was still to be sent about a pair.
func (s *Store) dropMessages(ctx context.Context, a access, pair string) error {
	_, err := a.exec(ctx, `
		UPDATE messages SET
			state = 'failed',
			reason = $2,
			settled_at = $3
		WHERE pair = $1 AND state = 'pending'`,
		pair, reasonEnded, timestamp(s.now()))
	return err
}

// destroyPair removes a pair and everything that hangs on it, its key first of
// all. The person is forgotten unless somebody else keeps them in mind, they
// lead, or they have said what they wish.
func destroyPair(ctx context.Context, a access, workspace, id string) error {
	if _, err := a.exec(ctx, "DELETE FROM keys WHERE workspace = $1 AND owner = $2", workspace, id); err != nil {
		return err
	}
	person, err := one(ctx, a, scanString,
		"DELETE FROM pairs WHERE workspace = $1 AND id = $2 RETURNING person", workspace, id)
	if err != nil {
		return err
	}
	_, err = a.exec(ctx, `
		DELETE FROM members
		WHERE workspace = $1 AND id = $2
		  AND stepped_out_on IS NULL
		  AND resting_until IS NULL
		  AND NOT EXISTS (SELECT 1 FROM wishes WHERE wishes.workspace = $1 AND wishes.person = $2)
		  AND NOT EXISTS (SELECT 1 FROM leaders WHERE leaders.workspace = $1 AND leaders.id = $2)
		  AND NOT EXISTS (SELECT 1 FROM pairs WHERE pairs.workspace = $1 AND pairs.person = $2)`,
		workspace, person)
	return err
}
