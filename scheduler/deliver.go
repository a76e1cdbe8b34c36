package scheduler

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/rapport"
)

const (
	sendAtOnce = 500 // messages of one heartbeat
	// settleWithin bounds one post and its settlement once they have begun, also
	// when the program is being stopped.
	settleWithin = 13 * time.Second
)

// deliverDue sends the messages whose time has come, one after the other, until
// there are none or ctx ends. A message in flight is always settled.
func (s *Scheduler) deliverDue(ctx context.Context, now time.Time) ([]Line, error) {
	due, err := s.store.DueMessages(ctx, s.workspace, now, sendAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find due messages: %w", err)
	}
	var lines []Line
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
		if receipt.Stop {
			return lines, errRefused
		}
	}
	return lines, nil
}

// deliver claims one message, posts it and settles it. The line is nil when
// there was nothing to send.
func (s *Scheduler) deliver(ctx context.Context, id string, now time.Time) (*Line, rapport.Receipt, error) {
	d, err := s.store.Delivery(ctx, s.workspace, id)
	if err != nil {
		return nil, rapport.Receipt{}, fmt.Errorf("read a delivery: %w", err)
	}
	switch reason, wait := s.objection(d, now); {
	case wait:
		return nil, rapport.Receipt{}, nil
	case reason != "":
		return nil, rapport.Receipt{}, s.fail(ctx, id, reason, now)
	}
	claimed, ok, err := s.store.Claim(ctx, id, now)
	if err != nil {
		return nil, rapport.Receipt{}, fmt.Errorf("claim a message: %w", err)
	}
	if !ok {
		return nil, rapport.Receipt{}, nil
	}
	d.Message = claimed
	steady, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	receipt := s.deliverer.Deliver(steady, d)
	if err := s.settle(steady, d, receipt, now); err != nil {
		return nil, receipt, err
	}
	return s.line(d, receipt, now), receipt, nil
}

// objection says why a message that was written down must not go now: for good
// (a reason), or not yet (wait). Messages a leader asked for keep to no window.
func (s *Scheduler) objection(d store.Delivery, now time.Time) (reason string, wait bool) {
	today := s.today(d.Leader, now)
	switch {
	case d.Pair.State != rapport.Active:
		return "ended", false
	case !d.Message.Kind.Unasked():
		return "", false
	case d.Leader.Paused(today):
		return "paused", false
	}
	m := moment{leader: d.Leader, local: now.In(s.zone(d.Leader)), window: s.o.Window}
	return "", !m.open() || s.calendar.Quiet(today, m.days()) && calendar.Open(m.local, s.o.Window)
}

func (s *Scheduler) settle(ctx context.Context, d store.Delivery, r rapport.Receipt, now time.Time) error {
	id := d.Message.ID
	var err error
	switch r.State {
	case rapport.StateSent:
		err = s.store.SettleSent(ctx, id, r.Channel, r.TS, now)
		if err == nil && d.Leader.MetAt.IsZero() {
			err = s.store.MarkMet(ctx, s.workspace, d.Leader.ID, now)
		}
	case rapport.StateFailed:
		return s.fail(ctx, id, r.Reason, now)
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
// the leader's next working day.
func (s *Scheduler) fail(ctx context.Context, id, reason string, now time.Time) error {
	d, err := s.store.Delivery(ctx, s.workspace, id)
	if err != nil {
		return fmt.Errorf("read a delivery: %w", err)
	}
	var next rapport.Date
	if d.Message.Kind.Unasked() {
		m := moment{leader: d.Leader}
		next = s.calendar.NextWorking(s.today(d.Leader, now), m.days())
	}
	if err := s.store.SettleFailed(ctx, id, reason, next, now); err != nil {
		return fmt.Errorf("settle message %s: %w", id, err)
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

func (s *Scheduler) line(d store.Delivery, r rapport.Receipt, now time.Time) *Line {
	if r.State == rapport.StatePending {
		return nil
	}
	return &Line{
		Leader: d.Leader.ID, Person: d.Pair.Person, Kind: d.Message.Kind,
		Level: d.Offer.Level.String(), Starter: d.Offer.Starter,
		At: now.In(s.zone(d.Leader)).Format(time.RFC3339), State: string(r.State),
	}
}
