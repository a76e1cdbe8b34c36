package store

import (
	"context"
	"errors"
	"fmt"

	"innerview/rapport"
)

// ItemKind is a kind of thing that is kept about a person.
type ItemKind string

// The kinds of [Item].
const (
	ItemNote     ItemKind = "note"
	ItemWord     ItemKind = "word" // what they added to a note, whose ID it is
	ItemPromise  ItemKind = "promise"
	ItemCommon   ItemKind = "common"
	ItemTalk     ItemKind = "talk"
	ItemInterest ItemKind = "interest" // the ID is the pair's
	ItemStrength ItemKind = "strength" // the ID is the pair's
	ItemTopics   ItemKind = "topics"   // all of a pair, whose ID it is
)

// Item names one thing that is kept about a person.
type Item struct {
	Kind ItemKind
	ID   string
}

// DeleteAboutMe erases one thing that is kept about the actor, whoever wrote it
// down. A talk that is erased leaves the pace of the two as it is. What is not
// about the actor is [rapport.ErrNotFound].
func (s *Store) DeleteAboutMe(ctx context.Context, sc rapport.Scope, it Item, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error { return deleteItem(ctx, a, sc, it) })
	if err != nil {
		return fmt.Errorf("delete about me: %w", err)
	}
	return wrap("wipe log", s.wipe(ctx))
}

// ofMine picks the rows of the pairs in which the actor is the person.
const ofMine = "pair IN (SELECT id FROM pairs WHERE workspace = $2 AND person = $3)"

func deleteItem(ctx context.Context, a access, sc rapport.Scope, it Item) error {
	switch it.Kind {
	case ItemNote:
		return a.must(ctx, "DELETE FROM notes WHERE id = $1 AND "+ofMine, it.ID, sc.Workspace, sc.Actor)
	case ItemWord:
		return a.must(ctx, "DELETE FROM corrections WHERE note = $1 AND note IN (SELECT id FROM notes WHERE "+ofMine+")",
			it.ID, sc.Workspace, sc.Actor)
	case ItemPromise:
		return a.must(ctx, "DELETE FROM promises WHERE id = $1 AND "+ofMine, it.ID, sc.Workspace, sc.Actor)
	case ItemCommon:
		return a.must(ctx, "DELETE FROM commons WHERE id = $1 AND "+ofMine, it.ID, sc.Workspace, sc.Actor)
	case ItemTalk:
		return a.must(ctx, "DELETE FROM talks WHERE id = $1 AND "+ofMine, it.ID, sc.Workspace, sc.Actor)
	case ItemTopics:
		return a.must(ctx, "DELETE FROM topics WHERE pair = $1 AND "+ofMine, it.ID, sc.Workspace, sc.Actor)
	case ItemInterest, ItemStrength:
		return a.must(ctx, "DELETE FROM tags WHERE pair = $1 AND kind = $4 AND "+ofMine,
			it.ID, sc.Workspace, sc.Actor, it.Kind)
	}
	return rapport.ErrNotFound
}

// EraseAllAboutMe erases all that any leader has kept about the actor, and the
// keys it was sealed with. Their pairs go on as if the two had never talked; a
// rest or a quiet lasts, and topics to leave alone stay so. Pairs that ended are
// destroyed.
func (s *Store) EraseAllAboutMe(ctx context.Context, sc rapport.Scope, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pairs, err := pairsAbout(ctx, a, sc)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			if p.State == rapport.Ended {
				err = destroyPair(ctx, a, sc.Workspace, p.ID)
			} else {
				err = s.erasePair(ctx, a, sc.Workspace, p)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("erase all about me: %w", err)
	}
	return wrap("wipe log", s.wipe(ctx))
}

// pairsAbout returns the pairs in which the actor is the person, whatever their
// state, by leader.
func pairsAbout(ctx context.Context, a access, sc rapport.Scope) ([]rapport.Pair, error) {
	return all(ctx, a, scanPair, `
		SELECT`+pairColumns+`
		FROM pairs
		WHERE workspace = $1 AND person = $2
		ORDER BY leader`,
		sc.Workspace, sc.Actor)
}

// erasePair destroys the pair's key and all that hangs on the pair, save the
// topics to leave alone and what was sent. What was still to be sent is not.
func (s *Store) erasePair(ctx context.Context, a access, workspace string, p rapport.Pair) error {
	if err := s.dropMessages(ctx, a, p.ID); err != nil {
		return err
	}
	if _, err := a.exec(ctx, "DELETE FROM keys WHERE workspace = $1 AND owner = $2", workspace, p.ID); err != nil {
		return err
	}
	for _, table := range []string{"notes", "promises", "commons", "tags", "talks", "offers", "plans"} {
		if _, err := a.exec(ctx, "DELETE FROM "+table+" WHERE pair = $1", p.ID); err != nil {
			return err
		}
	}
	if _, err := a.exec(ctx, "DELETE FROM topics WHERE pair = $1 AND stance <> 'blocked'", p.ID); err != nil {
		return err
	}
	return savePair(ctx, a, p.Erase())
}

// StepOut takes the actor out of Innerview from the day on: all that is kept
// about them is erased and its keys destroyed, what was to be sent about them is
// not, and nobody can add them until [Store.ComeBack]. They need not be known
// before.
func (s *Store) StepOut(ctx context.Context, sc rapport.Scope, on rapport.Date, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pairs, err := pairsAbout(ctx, a, sc)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			if err := s.optOut(ctx, a, sc.Workspace, p, on); err != nil {
				return err
			}
		}
		if err := ensureMember(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		return a.must(ctx, `
			UPDATE members SET
				stepped_out_on = COALESCE(stepped_out_on, $3),
				resting_until = NULL
			WHERE workspace = $1 AND id = $2`,
			sc.Workspace, sc.Actor, day(on))
	})
	if err != nil {
		return fmt.Errorf("step out: %w", err)
	}
	return wrap("wipe log", s.wipe(ctx))
}

// optOut leaves nothing of a pair but that there is none.
func (s *Store) optOut(ctx context.Context, a access, workspace string, p rapport.Pair, on rapport.Date) error {
	if err := s.erasePair(ctx, a, workspace, p); err != nil {
		return err
	}
	if _, err := a.exec(ctx, "DELETE FROM topics WHERE pair = $1", p.ID); err != nil {
		return err
	}
	p = p.Erase()
	p.State, p.EndedOn, p.History = rapport.OptedOut, on, rapport.NewHistory(false)
	p.AwayOn, p.AwayUntil, p.CameBack = rapport.Date{}, rapport.Date{}, false
	return savePair(ctx, a, p)
}

// ComeBack lets the actor be added again. The pairs they once were part of do not
// come back by themselves.
func (s *Store) ComeBack(ctx context.Context, sc rapport.Scope, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		if err := ensureMember(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		// First, or the last pair to go would leave nobody to come back.
		err := a.must(ctx, "UPDATE members SET stepped_out_on = NULL WHERE workspace = $1 AND id = $2",
			sc.Workspace, sc.Actor)
		if err != nil {
			return err
		}
		pairs, err := pairsAbout(ctx, a, sc)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			if p.State != rapport.OptedOut {
				continue
			}
			if err := destroyPair(ctx, a, sc.Workspace, p.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("come back: %w", err)
	}
	return nil
}

// Rest leaves the actor alone through the day: nobody is sent to them, and
// nobody is told. No day ends the rest. What was going to be sent about them counts
// as never planned: a promise, or a welcome, comes when the rest is over.
func (s *Store) Rest(ctx context.Context, sc rapport.Scope, until rapport.Date, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		if err := ensureMember(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		err := a.must(ctx, "UPDATE members SET resting_until = $3 WHERE workspace = $1 AND id = $2",
			sc.Workspace, sc.Actor, day(until))
		if err != nil || until.IsZero() {
			return err
		}
		held, err := all(ctx, a, scanMessage, `
			UPDATE messages SET
				state = 'failed',
				reason = $3,
				settled_at = $4
			WHERE state = 'pending'
			  AND kind NOT IN ($5, $6)
			  AND pair IN (SELECT id FROM pairs WHERE workspace = $1 AND person = $2)
			RETURNING`+messageColumns,
			sc.Workspace, sc.Actor, reasonResting, timestamp(s.now()), rapport.KindReminder, rapport.KindFollowUp)
		for _, m := range held {
			// The day after: the one it was planned for has named a message.
			err = errors.Join(err, neverArrived(ctx, a, m, m.PlannedOn.AddDays(1), rapport.Date{}))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("rest: %w", err)
	}
	return nil
}

// reasonResting stands at a message that was not sent because its person wants
// to be left alone.
const reasonResting = "resting"

// steppedOut reports whether a person wants no part in Innerview.
func steppedOut(ctx context.Context, a access, workspace, person string) (bool, error) {
	n, err := one(ctx, a, scanInt, `
		SELECT COUNT(*)
		FROM members
		WHERE workspace = $1 AND id = $2 AND stepped_out_on IS NOT NULL`,
		workspace, person)
	return n > 0, err
}

// SteppedOut reports whether one of the actor's pairs is with somebody who has
// stepped out: the pair with the id, or the one that the message was about which
// was sent to the actor and stands at the ts. Either may be "".
func (s *Store) SteppedOut(ctx context.Context, sc rapport.Scope, pairID, ts string) (bool, error) {
	n, err := one(ctx, s.read(), scanInt, `
		SELECT COUNT(*)
		FROM pairs
		WHERE workspace = $1
		  AND leader = $2
		  AND state = $3
		  AND (id = $4 OR id IN (
			SELECT messages.pair
			FROM messages
			WHERE messages.workspace = $1
			  AND messages.leader = $2
			  AND messages.state = 'sent'
			  AND messages.ts = $5))`,
		sc.Workspace, sc.Actor, rapport.OptedOut, pairID, ts)
	if err != nil {
		return false, fmt.Errorf("ask who stepped out: %w", err)
	}
	return n > 0, nil
}

// allSteppedOut returns everybody who wants no part in Innerview.
func allSteppedOut(ctx context.Context, a access, workspace string) (map[string]bool, error) {
	ids, err := all(ctx, a, scanString,
		"SELECT id FROM members WHERE workspace = $1 AND stepped_out_on IS NOT NULL", workspace)
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
