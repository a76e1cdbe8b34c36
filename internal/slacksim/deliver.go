package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Refusal is what Slack shows a person instead of the app's answer, such as operation_timeout.
type Refusal struct{ Code string }

// Error is the code in a sentence.
func (r Refusal) Error() string { return "slack shows the person " + r.Code }

// Refusals a person meets when the app does not answer.
var (
	errLate     = Refusal{Code: "operation_timeout"}
	errNoSocket = Refusal{Code: "dispatch_failed"}
	errLost     = errors.New("the connection ended before the acknowledgement")
)

// The kinds of envelope.
const (
	kindCommand     = "slash_commands"
	kindInteractive = "interactive"
	kindEvent       = "events_api"
)

// payload is something the app is told. It may be sent more than once.
type payload struct {
	Kind    string          `json:"kind"`
	What    string          `json:"what"` // the type within the kind: block_actions, app_home_opened …
	Body    json.RawMessage `json:"body"`
	Accepts bool            `json:"accepts_response_payload"`
	Acked   bool            `json:"acked"`
	Ack     json.RawMessage `json:"ack,omitempty"` // what the acknowledgement carried

	trigger string
	// apply shows what the acknowledgement carried. It runs once for each acknowledgement, with the lock
	// held; again says whether it also runs when the payload was sent again on purpose.
	apply func(ack json.RawMessage)
	again bool
}

// user is who acted, "" for an event.
func (p *payload) user() string {
	var who struct {
		ID   string              `json:"user_id"`
		User struct{ ID string } `json:"user"`
	}
	if json.Unmarshal(p.Body, &who) != nil { // an event's user is a text
		return who.ID
	}
	return orDefault(who.ID, who.User.ID)
}

func (p *payload) where() string { return p.Kind + " " + p.What }

// delivery is one sending of a payload, until it is acknowledged, late or lost.
type delivery struct {
	p        *payload
	envelope string
	to       *socket
	resent   bool
	orphan   bool // the connection ended; nobody can be blamed for a late acknowledgement
	err      error
	done     chan struct{}
}

// deliver sends a payload on one connection and waits for the acknowledgement.
func (s *Sim) deliver(ctx context.Context, p *payload, attempt int, reason string) error {
	d, err := s.register(p, attempt > 0)
	if err != nil {
		return err
	}
	if err := d.to.send(d.frame(attempt, reason)); err != nil {
		s.log.Warn("payload not written", slog.Any("error", err))
		d.to.cut() // its reader notices and takes the delivery back
	}
	timer := time.NewTimer(s.opt.AckWithin)
	defer timer.Stop()
	select {
	case <-d.done:
	case <-timer.C:
		s.expire(d, errLate)
	case <-ctx.Done():
		s.expire(d, ctx.Err())
	case <-s.life.Done():
		s.expire(d, context.Canceled)
	}
	<-d.done
	return d.err
}

// register picks the connection, each in its turn, and begins to wait.
func (s *Sim) register(p *payload, resent bool) (*delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ready := s.readySockets()
	if len(ready) == 0 {
		return nil, errNoSocket
	}
	s.turn++
	d := &delivery{
		p: p, envelope: uuid.NewString(), to: ready[s.turn%len(ready)],
		resent: resent, done: make(chan struct{}),
	}
	s.awaiting[d.envelope] = d
	s.touch()
	return d, nil
}

func (d *delivery) frame(attempt int, reason string) map[string]any {
	frame := map[string]any{
		"envelope_id": d.envelope, "type": d.p.Kind, "payload": d.p.Body,
		"accepts_response_payload": d.p.Accepts,
	}
	if d.p.Kind == kindEvent {
		frame["retry_attempt"], frame["retry_reason"] = attempt, reason
	}
	return frame
}

// acknowledge ends a delivery as the client wishes. Call it with the lock held.
func (s *Sim) acknowledge(envelope string, ack json.RawMessage) {
	d := s.awaiting[envelope]
	if d == nil {
		s.acknowledgeAgain(envelope)
		return
	}
	d.p.Acked, d.p.Ack = true, ack
	switch {
	case !d.p.Accepts && !emptyAck(ack):
		s.breach(d.p.where(), "ack_payload", "this payload takes no answer in its acknowledgement")
	case d.p.apply != nil && (!d.resent || d.p.again):
		d.p.apply(ack)
	}
	s.settle(d, nil)
}

// acknowledgeAgain judges an acknowledgement nobody waits for.
func (s *Sim) acknowledgeAgain(envelope string) {
	d := s.settled[envelope]
	switch {
	case d == nil:
		s.breach("socket", "unknown_envelope", "no such envelope was sent")
	case d.err == nil:
		s.breach(d.p.where(), "acked_twice", "an envelope is acknowledged once")
	default:
		d.p.Acked = true // late or after a lost connection; that was judged when it happened
	}
}

// settle ends a delivery. Call it with the lock held.
func (s *Sim) settle(d *delivery, err error) {
	if s.awaiting[d.envelope] != d {
		return
	}
	delete(s.awaiting, d.envelope)
	s.settled[d.envelope] = d
	d.err = err
	close(d.done)
	s.touch()
}

// expire gives up waiting. Only a late acknowledgement is the client's fault.
func (s *Sim) expire(d *delivery, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.awaiting[d.envelope] != d {
		return
	}
	if errors.Is(err, errLate) && !d.orphan {
		s.breach(d.p.where(), "late_ack", "not acknowledged within %v", s.opt.AckWithin)
	}
	s.settle(d, err)
}

// lose takes back what an ended connection carried. Call it with the lock held.
func (s *Sim) lose(d *delivery) {
	if d.p.Kind == kindEvent {
		s.settle(d, errLost)
		return
	}
	d.orphan = true
}

// remember keeps a payload for [Sim.Redeliver]. Call it with the lock held.
func (s *Sim) remember(p *payload) *payload {
	s.st.Payloads = append(s.st.Payloads, p)
	return p
}

// Redeliver sends the last n payloads again, oldest first, each in a new envelope with the same content,
// and waits for the acknowledgements. Slack does so with events, which then carry retry_attempt; that
// commands and interactions come twice is forced, for those who want to know what would happen.
func (s *Sim) Redeliver(ctx context.Context, n int) error {
	s.mu.Lock()
	sent := s.st.Payloads[max(0, len(s.st.Payloads)-n):]
	sent = slices.Clone(sent)
	for _, p := range sent {
		if t := s.st.Triggers[p.trigger]; t != nil {
			t.Resent = true
		}
	}
	s.mu.Unlock()
	for _, p := range sent {
		if err := s.deliver(ctx, p, 1, "timeout"); err != nil {
			return err
		}
	}
	return nil
}
