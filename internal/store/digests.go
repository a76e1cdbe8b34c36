package store

import (
	"context"
	"fmt"
	"time"

	"innerview/rapport"
)

const digestLeaders = `
	SELECT` + leaderColumns + `
	FROM leaders
	JOIN members ON members.workspace = leaders.workspace AND members.id = leaders.id
	WHERE leaders.workspace = $1 AND leaders.digest_on <= $2
	ORDER BY leaders.digest_on, leaders.id
	LIMIT 0 + $3`

// DigestLeaders returns the leaders of whom it is to be asked, on the day or
// before, whether there is a digest for them, at most limit of them. What it
// costs follows how many there are, not how many lead.
func (s *Store) DigestLeaders(ctx context.Context, workspace string, upTo rapport.Date, limit int,
) ([]rapport.Leader, error) {
	found, err := all(ctx, s.read(), scanLeader, digestLeaders, workspace, day(upTo), limit)
	if err != nil {
		return nil, fmt.Errorf("read leaders due a digest: %w", err)
	}
	return found, nil
}

// SetDigestOn notes when it is next to be asked whether there is a digest for
// the leader.
func (s *Store) SetDigestOn(ctx context.Context, workspace, leader string, on rapport.Date) error {
	err := s.inTx(ctx, func(a access) error { return setDigestOn(ctx, a, workspace, leader, on) })
	return wrap("set the day of the next digest", err)
}

func setDigestOn(ctx context.Context, a access, workspace, leader string, on rapport.Date) error {
	return a.must(ctx, "UPDATE leaders SET digest_on = $3 WHERE workspace = $1 AND id = $2", workspace, leader, day(on))
}

// WeekAhead is what a digest may speak of.
type WeekAhead struct {
	Pairs     []rapport.Pair    // active pairs of the leader with no moment planned or to be asked about
	FollowUps []rapport.Message // waiting questions how a coffee went
	Promises  int               // open, and due by the end of the week
	Going     string            // id of the pair whose note goes first by then, "" for none
}

// WeekAhead returns what a digest for the leader may speak of on the day: promises
// due by the end of the week, follow-ups due by now.
func (s *Store) WeekAhead(ctx context.Context, workspace, leader string, today rapport.Date, now time.Time,
) (WeekAhead, error) {
	w, err := s.weekAhead(ctx, workspace, leader, today, now)
	if err != nil {
		return WeekAhead{}, fmt.Errorf("read the week ahead: %w", err)
	}
	return w, nil
}

func (s *Store) weekAhead(ctx context.Context, workspace, leader string, today rapport.Date, now time.Time,
) (w WeekAhead, err error) {
	until := today.Monday().AddDays(6)
	if w.Pairs, err = freePairs(ctx, s.read(), workspace, leader, today); err != nil {
		return w, err
	}
	w.FollowUps, err = all(ctx, s.read(), scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE workspace = $1 AND leader = $2 AND state = 'pending' AND kind = $3 AND due_at <= $4 AND plan IS NOT NULL
		ORDER BY due_at, id`,
		workspace, leader, rapport.KindFollowUp, timestamp(now))
	if err != nil {
		return w, err
	}
	promised, err := promisesDue(ctx, s.read(), workspace, leader, until, today)
	if err != nil {
		return w, err
	}
	w.Promises = promised.due
	w.Going, err = s.noteGoing(ctx, workspace, leader, today, until)
	return w, err
}

// noteGoing returns the pair of the leader's live note that goes first, if that
// is by the day and it may still be kept: one question a week is enough.
func (s *Store) noteGoing(ctx context.Context, workspace, leader string, today, until rapport.Date) (string, error) {
	if s.noteDays == 0 {
		return "", nil
	}
	going, err := all(ctx, s.read(), scanNote, noteRows+`
		JOIN pairs ON pairs.id = notes.pair
		WHERE pairs.workspace = $1
		  AND pairs.leader = $2
		  AND pairs.state = 'active'
		  AND NOT notes.renewed
		  AND notes.expires_on <= $3
		  AND notes.expires_on >= $4
		ORDER BY notes.expires_on, notes.id`,
		workspace, leader, day(until), day(today))
	for _, n := range going {
		if _, may := n.note.Renew(s.noteDays); may {
			return n.note.Pair, err
		}
	}
	return "", err
}

// promised counts open promises: those due by a day, those of them whose day was
// before today, and those that have come to hold back a depth.
type promised struct{ due, past, late int }

func promisesDue(ctx context.Context, a access, workspace, leader string, until, today rapport.Date) (n promised, err error) {
	days, err := all(ctx, a, scanDay, `
		SELECT promises.due_on
		FROM promises
		JOIN pairs ON pairs.id = promises.pair
		WHERE pairs.workspace = $1
		  AND pairs.leader = $2
		  AND pairs.state = 'active'
		  AND promises.state = 'open'
		  AND promises.due_on <= $3`+lasting("promises", "$4"),
		workspace, leader, day(until), day(today))
	for _, on := range days {
		n.due++
		if on.Before(today) {
			n.past++
		}
		if (rapport.Promise{State: rapport.PromiseOpen, DueOn: on}).Late(today) {
			n.late++
		}
	}
	return n, err
}

func scanDay(row scanner) (d rapport.Date, err error) {
	err = row.Scan((*day)(&d))
	return d, err
}

// PlannedDigest is a digest, decided on and not yet written down.
type PlannedDigest struct {
	Message rapport.Message
	Folded  []string     // ids of the follow-ups it asks in their stead
	NextOn  rapport.Date // when the next digest is to be thought of
}

// foldedFor is how long the follow-ups that a digest asks in their stead wait for
// it: they go by themselves when it could not.
const foldedFor = time.Hour

// PlanDigest writes a digest into the outbox, holds back the follow-ups it
// stands for, and moves its leader on, or nothing of it. It reports whether it
// did: a leader gets one digest a day.
func (s *Store) PlanDigest(ctx context.Context, workspace string, p PlannedDigest) (planned bool, err error) {
	err = s.inTx(ctx, func(a access) error {
		p.Message.ID = newID()
		if planned, err = insertMessage(ctx, a, workspace, p.Message); err != nil {
			return err
		}
		if err := setDigestOn(ctx, a, workspace, p.Message.Leader, p.NextOn); err != nil || !planned {
			return err
		}
		for _, id := range p.Folded {
			_, err := a.exec(ctx, "UPDATE messages SET due_at = $2 WHERE id = $1 AND state = 'pending'",
				id, timestamp(p.Message.At.Add(foldedFor)))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return planned, wrap("plan a digest", err)
}

// DigestNow returns what a digest for the actor would say on the day, as if it
// had been planned just now.
func (s *Store) DigestNow(ctx context.Context, sc rapport.Scope, today rapport.Date) (Delivery, error) {
	d, err := s.digestNow(ctx, sc, today)
	if err != nil {
		return Delivery{}, fmt.Errorf("read a digest: %w", err)
	}
	return d, nil
}

func (s *Store) digestNow(ctx context.Context, sc rapport.Scope, today rapport.Date) (d Delivery, err error) {
	d.Message = rapport.Message{Kind: rapport.KindDigest, Leader: sc.Actor, PlannedOn: today}
	if d.Leader, err = readLeader(ctx, s.read(), sc.Workspace, sc.Actor); err != nil {
		return d, err
	}
	if d.Pairs, err = freePairs(ctx, s.read(), sc.Workspace, sc.Actor, today); err != nil {
		return d, err
	}
	if err = s.readOwnWords(ctx, sc.Workspace, &d); err != nil {
		return d, err
	}
	err = s.readWeek(ctx, s.read(), sc.Workspace, &d)
	return d, err
}

// IsFirst reports whether the message that stands at the ts is the one with which
// the actor met Innerview.
func (s *Store) IsFirst(ctx context.Context, sc rapport.Scope, ts string) (bool, error) {
	n, err := one(ctx, s.read(), scanInt, `
		SELECT COUNT(*)
		FROM messages
		JOIN leaders ON leaders.workspace = messages.workspace AND leaders.id = messages.leader
		WHERE messages.workspace = $1
		  AND messages.leader = $2
		  AND messages.ts = $3
		  AND messages.state = 'sent'
		  AND messages.kind NOT IN ($4, $5)
		  AND messages.settled_at = leaders.met_at`,
		sc.Workspace, sc.Actor, ts, rapport.KindReminder, rapport.KindFollowUp)
	return n > 0, wrap("look for the first message", err)
}

// DigestAt returns the digest that was sent to the actor and stands at the ts, as
// it would be said now: what was answered or called off since is not asked any
// more. Any other message is [rapport.ErrNotFound].
func (s *Store) DigestAt(ctx context.Context, sc rapport.Scope, ts string) (Delivery, error) {
	id, err := one(ctx, s.read(), scanString, `
		SELECT id
		FROM messages
		WHERE workspace = $1 AND leader = $2 AND kind = $3 AND state = 'sent' AND ts = $4`,
		sc.Workspace, sc.Actor, rapport.KindDigest, ts)
	if err != nil {
		return Delivery{}, fmt.Errorf("find a digest: %w", err)
	}
	return s.Delivery(ctx, sc.Workspace, id)
}
