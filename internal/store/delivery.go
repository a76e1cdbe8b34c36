package store

import (
	"context"
	"errors"
	"fmt"

	"innerview/rapport"
)

// Delivery is everything needed to say a message. What the message does not
// speak of is zero.
type Delivery struct {
	Message rapport.Message
	Leader  rapport.Leader
	Pair    rapport.Pair
	Offer   rapport.Offer
	Plan    rapport.Plan

	// Of a digest: the pairs and coffees of its agenda that are still there, and
	// how many promises come due by the end of the week, how many of them long ago.
	Pairs        []rapport.Pair
	Plans        []rapport.Plan
	AskedAbout   []rapport.Pair // the pairs of the plans
	PromisesDue  int
	PromisesPast int // those of them whose day was before that of the message
	PromisesLate int
	Going        rapport.Pair // of the note that goes first this week, the zero Pair for none

	// Of the pair, where there is an offer that may speak of them.
	Interest, Strength string

	// Over tells that the promise or note it speaks of needs no message any more.
	Over bool

	// What the leader has written for themselves: what they share first, and of a
	// digest in the first week of a month their intent.
	Share, Intent rapport.NoteText
}

// Delivery returns a message with everything it speaks of.
func (s *Store) Delivery(ctx context.Context, workspace, messageID string) (Delivery, error) {
	d, err := s.readDelivery(ctx, s.read(), workspace, messageID)
	if err == nil {
		err = s.readOwnWords(ctx, workspace, &d)
	}
	if err == nil && d.Offer.ID != "" {
		d.Interest, d.Strength, err = s.Tags(ctx, workspace, d.Offer.Pair, s.day(d.Message))
	}
	if err != nil {
		return Delivery{}, fmt.Errorf("read delivery: %w", err)
	}
	return d, nil
}

func (s *Store) readDelivery(ctx context.Context, a access, workspace, id string) (d Delivery, err error) {
	d.Message, err = one(ctx, a, scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE id = $1 AND workspace = $2`,
		id, workspace)
	if err != nil {
		return d, err
	}
	if d.Leader, err = readLeader(ctx, a, workspace, d.Message.Leader); err != nil {
		return d, err
	}
	if d.Message.Pair != "" {
		d.Pair, err = one(ctx, a, scanPair, "SELECT"+pairColumns+" FROM pairs WHERE id = $1", d.Message.Pair)
		if err != nil {
			return d, err
		}
	}
	if d.Message.Offer != "" {
		d.Offer, err = one(ctx, a, scanOffer, "SELECT"+offerColumns+" FROM offers WHERE id = $1", d.Message.Offer)
		if err != nil {
			return d, err
		}
	}
	if d.Message.Plan != "" {
		d.Plan, err = one(ctx, a, scanPlan, "SELECT"+planColumns+" FROM plans WHERE id = $1", d.Message.Plan)
		if err != nil {
			return d, err
		}
	}
	if d.Message.Kind == rapport.KindDigest {
		err = s.readAgenda(ctx, a, workspace, &d)
	}
	if err == nil {
		d.Over, err = isOver(ctx, a, d.Message, s.day(d.Message))
	}
	return d, err
}

// day is the day on which a message is said: the one it was planned for, unless it
// is late.
func (s *Store) day(m rapport.Message) rapport.Date {
	if today := s.today(); today.After(m.PlannedOn) {
		return today
	}
	return m.PlannedOn
}

// isOver reports whether what a message speaks of was settled since it was planned,
// put off to a later day, or has gone by the day.
func isOver(ctx context.Context, a access, m rapport.Message, today rapport.Date) (bool, error) {
	query := ""
	switch m.About {
	case rapport.AboutPromise:
		query = "SELECT COUNT(*) FROM promises WHERE id = $1 AND state = 'open' AND due_on <= $2" + lasting("promises", "$2")
	case rapport.AboutNote:
		query = "SELECT COUNT(*) FROM notes WHERE id = $1" + lasting("notes", "$2")
	default:
		return false, nil
	}
	n, err := one(ctx, a, scanInt, query, m.Item, day(today))
	return n == 0, err
}

// readAgenda leaves out what has gone since the digest was planned, or was
// answered.
func (s *Store) readAgenda(ctx context.Context, a access, workspace string, d *Delivery) error {
	agenda := rapport.ParseAgenda(d.Message.Item)
	sc := rapport.Scope{Workspace: workspace, Actor: d.Message.Leader}
	meeting, err := meetings(ctx, a, sc.Workspace, sc.Actor, d.Message.PlannedOn)
	if err != nil {
		return err
	}
	for _, id := range agenda.Pairs {
		if meeting[id] {
			continue // planned since
		}
		p, err := ownPair(ctx, a, sc, id)
		if errors.Is(err, rapport.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		d.Pairs = append(d.Pairs, p)
	}
	for _, id := range agenda.Plans {
		p, err := askedPlan(ctx, a, sc, id)
		if errors.Is(err, rapport.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if d.Message.State == rapport.StatePending || d.Message.State == rapport.StateSending {
			asked, err := askedAlready(ctx, a, p.ID)
			if err != nil {
				return err
			}
			if asked {
				continue
			}
		}
		pair, err := ownPair(ctx, a, sc, p.Pair)
		if err != nil {
			return err
		}
		d.Plans, d.AskedAbout = append(d.Plans, p), append(d.AskedAbout, pair)
	}
	return s.readWeek(ctx, a, workspace, d)
}

// readWeek looks at what comes due in the week of the message.
func (s *Store) readWeek(ctx context.Context, a access, workspace string, d *Delivery) error {
	sunday := d.Message.PlannedOn.Monday().AddDays(6)
	n, err := promisesDue(ctx, a, workspace, d.Message.Leader, sunday, d.Message.PlannedOn)
	if err != nil {
		return err
	}
	d.PromisesDue, d.PromisesPast, d.PromisesLate = n.due, n.past, n.late
	going, err := s.noteGoing(ctx, workspace, d.Message.Leader, d.Message.PlannedOn, sunday)
	if err != nil || going == "" {
		return err
	}
	d.Going, err = ownPair(ctx, a, rapport.Scope{Workspace: workspace, Actor: d.Message.Leader}, going)
	return err
}

// askedAlready reports whether the question how a coffee went waits no longer: it
// was asked by itself, or somebody has told.
func askedAlready(ctx context.Context, a access, plan string) (bool, error) {
	waiting, err := one(ctx, a, scanInt, "SELECT COUNT(*) FROM messages WHERE plan = $1 AND kind = $2 AND state = 'pending'",
		plan, rapport.KindFollowUp)
	return waiting == 0, err
}
