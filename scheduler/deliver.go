package scheduler

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

const (
	sendAtOnce = 500 // messages of one heartbeat
	// deliverWithin bounds one post once it has begun, and settleWithin writing
	// down what became of it, also when the program is being stopped. Together they
	// stay below the 15 seconds in which it ends.
	deliverWithin = 12 * time.Second
	settleWithin  = 2 * time.Second
	// doubtsAllowed is how many messages in a row may end in doubt before the rest
	// waits a while: each is lost to its person for a week.
	doubtsAllowed = 3
	breather      = time.Minute
)

// deliverDue sends the messages whose time has come, one after the other, until
// there are none, Slack asks for a break, or ctx ends. A message in flight is
// always settled.
func (s *Scheduler) deliverDue(ctx context.Context, now time.Time) ([]Line, error) {
	if now.Before(s.breakUntil) {
		return nil, nil
	}
	due, err := s.store.DueMessages(ctx, s.workspace, now, sendAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find due messages: %w", err)
	}
	var lines []Line
	doubts := 0 // in a row
	for _, m := range due {
		if ctx.Err() != nil {
			break
		}
		line, receipt, err := s.deliver(ctx, m.ID, now)
		if err != nil {
			return lines, err
		}
		if line != nil {
			lines = append(lines, *line)
		}
		switch {
		case receipt.Stop:
			return lines, errRefused
		case receipt.State == rapport.StatePending:
			s.breakUntil = receipt.RetryAt
			return lines, nil
		case receipt.State != rapport.StateUnsure:
			doubts = 0
			continue
		}
		if doubts++; doubts == doubtsAllowed {
			s.breakUntil = now.Add(breather)
			return lines, nil
		}
	}
	return lines, nil
}

// deliver claims one message, posts it and settles it. The line is nil when
// there was nothing to send.
func (s *Scheduler) deliver(ctx context.Context, id string, now time.Time) (*Line, rapport.Receipt, error) {
	d, err := s.store.Delivery(ctx, s.workspace, id)
	if rapport.KindOf(err) == rapport.NotFound || err == nil && d.Message.State != rapport.StatePending {
		return nil, rapport.Receipt{}, nil // answered, or its pair ended, since the list was read
	}
	if err != nil {
		return nil, rapport.Receipt{}, fmt.Errorf("read a delivery: %w", err)
	}
	switch reason, wait := s.objection(d, now); {
	case wait:
		return nil, rapport.Receipt{}, nil
	case reason != "":
		return nil, rapport.Receipt{}, s.fail(ctx, d, reason, now)
	}
	claimed, ok, err := s.store.Claim(ctx, id, now)
	if err != nil {
		return nil, rapport.Receipt{}, fmt.Errorf("claim a message: %w", err)
	}
	if !ok {
		return nil, rapport.Receipt{}, nil
	}
	d.Message = claimed
	receipt := s.post(ctx, d)
	steady, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	if err := s.settle(steady, d, receipt, now); err != nil {
		return nil, receipt, err
	}
	if receipt.State == rapport.StatePending {
		return nil, receipt, nil
	}
	line := lineOf(d, receipt.State, now.In(s.zone(d.Leader)))
	return &line, receipt, nil
}

func (s *Scheduler) post(ctx context.Context, d store.Delivery) rapport.Receipt {
	steady, cancel := context.WithTimeout(context.WithoutCancel(ctx), deliverWithin)
	defer cancel()
	return s.deliverer.Deliver(steady, d)
}

// objection says why a message that was written down must not go now: for good
// (a reason), or not yet (wait). Messages a leader asked for keep to no window.
func (s *Scheduler) objection(d store.Delivery, now time.Time) (reason string, wait bool) {
	today := s.today(d.Leader, now)
	switch {
	case d.Message.Pair != "" && d.Pair.State != rapport.Active:
		return "ended", false
	case now.Sub(d.Message.At) > tooLate:
		return "late", false
	case d.Message.Kind == rapport.KindReminder && now.After(d.Plan.At):
		return "late", false // they are together already
	case d.Message.Kind == rapport.KindFollowUp:
		return "", s.moment(d.Leader, now).folds()
	case !d.Message.Kind.Unasked():
		return "", false
	case left(d.Message, today):
		return "late", false
	case d.Leader.Paused(today):
		return "paused", false
	}
	m := s.moment(d.Leader, now)
	m.jitter = 0 // it was kept when the message was planned
	return "", !m.open() || m.cal.Quiet(today, m.days())
}

func (s *Scheduler) settle(ctx context.Context, d store.Delivery, r rapport.Receipt, now time.Time) error {
	id := d.Message.ID
	var err error
	switch r.State {
	case rapport.StateSent:
		err = s.store.SettleSent(ctx, id, r.Channel, r.TS, now)
		if err == nil && d.Leader.MetAt.IsZero() && d.Message.Kind.Unasked() { // which carries the introduction
			err = s.store.MarkMet(ctx, s.workspace, d.Leader.ID, now)
		}
	case rapport.StateFailed:
		return s.fail(ctx, d, r.Reason, now)
	case rapport.StatePending:
		err = s.store.Postpone(ctx, id, r.RetryAt)
	default:
		err = s.store.SettleUnsure(ctx, id, now)
	}
	if err != nil {
		return fmt.Errorf("settle message %s: %w", id, err)
	}
	s.settled(d.Message.Kind, r.State)
	return nil
}

// fail settles a message as failed; the pair of an unasked one is due again on
// the leader's next working day after the one it was meant for.
func (s *Scheduler) fail(ctx context.Context, d store.Delivery, reason string, now time.Time) error {
	id := d.Message.ID
	var next rapport.Date
	if d.Message.Kind.Unasked() {
		m := s.moment(d.Leader, now)
		next = m.cal.NextWorking(d.Message.PlannedOn, m.days())
	}
	if err := s.store.SettleFailed(ctx, id, reason, next, now); err != nil {
		return fmt.Errorf("settle message %s: %w", id, err)
	}
	if d.Message.Kind == rapport.KindDigest && next.Monday() == d.Message.PlannedOn.Monday() {
		if err := s.store.SetDigestOn(ctx, s.workspace, d.Message.Leader, next); err != nil {
			return fmt.Errorf("put off a digest: %w", err)
		}
	}
	s.log.Warn("a message was not sent", slog.String("message", id), slog.String("reason", reason))
	s.settled(d.Message.Kind, rapport.StateFailed)
	return nil
}

func (s *Scheduler) settled(kind rapport.MessageKind, state rapport.MessageState) {
	if s.o.Watch != nil {
		s.o.Watch.MessageSettled(string(kind), string(state))
	}
}

func lineOf(d store.Delivery, state rapport.MessageState, local time.Time) Line {
	return Line{
		Leader: d.Message.Leader, Person: d.Pair.Person, Kind: d.Message.Kind,
		Level: d.Offer.Level.String(), Starter: d.Offer.Starter,
		At: local.Format(time.RFC3339), State: string(state),
	}
}
