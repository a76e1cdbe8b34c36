package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"innerview/rapport"
)

// How long things are kept, in days. Notes say so themselves.
const (
	keepSeen   = 7
	keepPast   = 395 // offers, and talks that took place or were missed
	keepDenied = 120 // talks that were guarded or declined
	keepClosed = 30  // promises, once they are closed

	keepStrangers = 30 // what Slack says of who is part of nothing
)

// tidyBatch is how many rows one transaction removes, so that nobody waits long
// for a turn to write.
const tidyBatch = 500

// lastZone is how far the last place on earth to begin a day is behind UTC: a
// day is over everywhere once it is over there.
const lastZone = 12 * time.Hour

// overEverywhere returns the last day on earth at the time: the days before it are
// over everywhere.
func overEverywhere(now time.Time) rapport.Date { return rapport.DateOf(now.UTC().Add(-lastZone)) }

// Tidy destroys what has been kept long enough: payload keys after 7 days, notes
// once they expire, promises 30 days after they are closed, what touches private
// life after its last day, ended pairs and their keys after 30 days, what Slack
// says of members who are part of nothing after 30, offers, plans, messages and
// talks after 395 days, guarded and declined talks after 120, from the histories
// of pairs as well. What is destroyed is overwritten, in the log too.
func (s *Store) Tidy(ctx context.Context, workspace string, now time.Time) error {
	today := overEverywhere(now)
	if err := s.purgeSeen(ctx, workspace, now.AddDate(0, 0, -keepSeen)); err != nil {
		return fmt.Errorf("forget payloads: %w", err)
	}
	if err := s.purgeNotes(ctx, workspace, today); err != nil {
		return fmt.Errorf("destroy notes: %w", err)
	}
	if err := s.purgePromises(ctx, workspace, today.AddDays(-keepClosed)); err != nil {
		return fmt.Errorf("destroy promises: %w", err)
	}
	if err := s.purgePersonal(ctx, workspace, today); err != nil {
		return fmt.Errorf("destroy private life: %w", err)
	}
	if err := s.endRests(ctx, workspace, today); err != nil {
		return fmt.Errorf("end rests: %w", err)
	}
	if err := s.destroyEnded(ctx, workspace, today.AddDays(-restorable)); err != nil {
		return fmt.Errorf("destroy ended pairs: %w", err)
	}
	if err := s.purgeTalks(ctx, workspace, today); err != nil {
		return fmt.Errorf("destroy talks: %w", err)
	}
	if err := s.purgeSent(ctx, workspace, today.AddDays(-keepPast)); err != nil {
		return fmt.Errorf("destroy what was sent and planned: %w", err)
	}
	if err := s.purgeStrangers(ctx, workspace, now.AddDate(0, 0, -keepStrangers)); err != nil {
		return fmt.Errorf("forget strangers: %w", err)
	}
	if err := s.purgeOffers(ctx, workspace, today.AddDays(-keepPast)); err != nil {
		return fmt.Errorf("destroy offers: %w", err)
	}
	if err := s.forgetOutcomes(ctx, workspace, today); err != nil {
		return fmt.Errorf("forget outcomes: %w", err)
	}
	return wrap("wipe log", s.wipe(ctx))
}

// purge runs a deletion of at most a batch until it finds nothing more.
func (s *Store) purge(ctx context.Context, deletion string, args ...any) error {
	for {
		var n int
		err := s.inTx(ctx, func(a access) (err error) {
			n, err = a.exec(ctx, deletion, args...)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

func (s *Store) purgeSeen(ctx context.Context, workspace string, before time.Time) error {
	return s.purge(ctx, `
		DELETE FROM seen
		WHERE workspace = $1
		  AND key IN (SELECT key FROM seen WHERE workspace = $1 AND at < $2 LIMIT $3)`,
		workspace, timestamp(before), tidyBatch)
}

func (s *Store) purgeNotes(ctx context.Context, workspace string, before rapport.Date) error {
	return s.purge(ctx, `
		DELETE FROM notes
		WHERE id IN (
			SELECT notes.id
			FROM notes
			JOIN pairs ON pairs.id = notes.pair
			WHERE pairs.workspace = $1 AND notes.expires_on < $2
			LIMIT $3)`,
		workspace, day(before), tidyBatch)
}

func (s *Store) purgePromises(ctx context.Context, workspace string, before rapport.Date) error {
	return s.purge(ctx, `
		DELETE FROM promises
		WHERE id IN (
			SELECT promises.id
			FROM promises
			JOIN pairs ON pairs.id = promises.pair
			WHERE pairs.workspace = $1 AND promises.closed_on < $2
			LIMIT $3)`,
		workspace, day(before), tidyBatch)
}

// purgePersonal destroys what touches private life and has had its last day. Notes
// have theirs all the same.
func (s *Store) purgePersonal(ctx context.Context, workspace string, before rapport.Date) error {
	for _, table := range []string{"promises", "commons", "tags"} {
		err := s.purge(ctx, `
			DELETE FROM `+table+`
			WHERE expires_on < $2
			  AND pair IN (
				SELECT `+table+`.pair
				FROM `+table+`
				JOIN pairs ON pairs.id = `+table+`.pair
				WHERE pairs.workspace = $1 AND `+table+`.expires_on < $2
				LIMIT $3)`,
			workspace, day(before), tidyBatch)
		if err != nil {
			return err
		}
	}
	return nil
}

// endRests forgets the dates of those who are no longer resting.
func (s *Store) endRests(ctx context.Context, workspace string, today rapport.Date) error {
	return s.inTx(ctx, func(a access) error {
		_, err := a.exec(ctx, "UPDATE members SET resting_until = NULL WHERE workspace = $1 AND resting_until < $2",
			workspace, day(today))
		return err
	})
}

func (s *Store) purgeTalks(ctx context.Context, workspace string, today rapport.Date) error {
	return s.purge(ctx, `
		DELETE FROM talks
		WHERE id IN (
			SELECT talks.id
			FROM talks
			JOIN pairs ON pairs.id = talks.pair
			WHERE pairs.workspace = $1
			  AND (talks.on_day < $2 OR (talks.on_day < $3 AND talks.outcome IN ($4, $5)))
			LIMIT $6)`,
		workspace, day(today.AddDays(-keepPast)), day(today.AddDays(-keepDenied)),
		rapport.Guarded, rapport.Declined, tidyBatch)
}

func (s *Store) purgeOffers(ctx context.Context, workspace string, before rapport.Date) error {
	return s.purge(ctx, `
		DELETE FROM offers
		WHERE id IN (
			SELECT offers.id
			FROM offers
			JOIN pairs ON pairs.id = offers.pair
			WHERE pairs.workspace = $1 AND offers.shown_on < $2
			LIMIT $3)`,
		workspace, day(before), tidyBatch)
}

// purgeSent destroys what the outbox says of messages, and plans.
func (s *Store) purgeSent(ctx context.Context, workspace string, before rapport.Date) error {
	err := s.purge(ctx, `
		DELETE FROM messages
		WHERE id IN (
			SELECT id
			FROM messages
			WHERE workspace = $1 AND planned_on < $2 AND state NOT IN ('pending', 'sending')
			LIMIT $3)`,
		workspace, day(before), tidyBatch)
	if err != nil {
		return err
	}
	return s.purge(ctx, `
		DELETE FROM plans
		WHERE id IN (
			SELECT plans.id
			FROM plans
			JOIN pairs ON pairs.id = plans.pair
			WHERE pairs.workspace = $1 AND plans.on_day < $2
			LIMIT $3)`,
		workspace, day(before), tidyBatch)
}

// purgeStrangers forgets members who once looked and are part of nothing.
func (s *Store) purgeStrangers(ctx context.Context, workspace string, before time.Time) error {
	return s.purge(ctx, `
		DELETE FROM members
		WHERE workspace = $1
		  AND id IN (
			SELECT id
			FROM members
			WHERE members.workspace = $1
			  AND profile_at < $2
			  AND stepped_out_on IS NULL
			  AND resting_until IS NULL
			  AND NOT EXISTS (SELECT 1 FROM wishes WHERE wishes.workspace = $1 AND wishes.person = members.id)
			  AND NOT EXISTS (SELECT 1 FROM leaders WHERE leaders.workspace = $1 AND leaders.id = members.id)
			  AND NOT EXISTS (SELECT 1 FROM pairs WHERE pairs.workspace = $1 AND pairs.person = members.id)
			LIMIT $3)`,
		workspace, timestamp(before), tidyBatch)
}

// forgetOutcomes takes old outcomes out of the histories of all pairs. It reads
// them page by page and writes the few in which there is something to forget.
func (s *Store) forgetOutcomes(ctx context.Context, workspace string, today rapport.Date) error {
	for last := ""; ; {
		pairs, err := all(ctx, s.read(), scanPair, `
			SELECT`+pairColumns+`
			FROM pairs
			WHERE workspace = $1 AND id > $2
			ORDER BY id
			LIMIT $3`,
			workspace, last, tidyBatch)
		if err != nil || len(pairs) == 0 {
			return err
		}
		for _, p := range pairs {
			if last = p.ID; !forgets(p.History, today) {
				continue
			}
			if err := s.inTx(ctx, func(a access) error { return forgetOutcomes(ctx, a, p.ID, today) }); err != nil {
				return err
			}
		}
	}
}

// forgets reports whether there is anything to forget. Playing the recent events
// again is how forgetting begins, so the outcomes are counted after that.
func forgets(h rapport.History, today rapport.Date) bool {
	was, left := h.Pace(), h.Forget(today).Pace()
	return len(left.Log) < len(was.Log) || !slices.Equal(left.Moves, was.Moves)
}

// forgetOutcomes reads the pair again: a talk may have been recorded meanwhile.
func forgetOutcomes(ctx context.Context, a access, id string, today rapport.Date) error {
	h, err := one(ctx, a, scanHistory, "UPDATE pairs SET head_start = head_start WHERE id = $1 RETURNING history", id)
	if err != nil {
		return err
	}
	return a.must(ctx, "UPDATE pairs SET history = $2 WHERE id = $1", id, history(h.Forget(today)))
}

func scanHistory(row scanner) (h rapport.History, err error) {
	err = row.Scan((*history)(&h))
	return h, err
}

// destroyEnded destroys the pairs that ended on the day or before, each in a
// transaction of its own, since everything that hangs on a pair goes with it.
func (s *Store) destroyEnded(ctx context.Context, workspace string, upTo rapport.Date) error {
	ended, err := all(ctx, s.read(), scanString, `
		SELECT id
		FROM pairs
		WHERE workspace = $1 AND state = 'ended' AND ended_on <= $2`,
		workspace, day(upTo))
	if err != nil {
		return err
	}
	for _, id := range ended {
		if err := s.inTx(ctx, func(a access) error { return destroyEndedPair(ctx, a, workspace, id) }); err != nil {
			return err
		}
	}
	return nil
}

// destroyEndedPair leaves a pair alone that was brought back meanwhile.
func destroyEndedPair(ctx context.Context, a access, workspace, id string) error {
	n, err := one(ctx, a, scanInt, "SELECT COUNT(*) FROM pairs WHERE id = $1 AND state = 'ended'", id)
	if err != nil || n == 0 {
		return err
	}
	return destroyPair(ctx, a, workspace, id)
}
