package slacksim

import (
	"context"
	"fmt"
)

// Await returns once cond holds. It asks again after every change of the workspace, so it neither polls
// nor sleeps; cond may call any method of the Sim. The error is that of ctx.
func (s *Sim) Await(ctx context.Context, cond func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Connected waits until the app has a socket that was greeted and is not being replaced.
func (s *Sim) Connected(ctx context.Context) error {
	if err := s.Await(ctx, func() bool { return s.socketCount() > 0 }); err != nil {
		return fmt.Errorf("wait for a socket: %w", err)
	}
	return nil
}

// Idle waits until every payload sent is acknowledged (or given up) and no API call is being served.
// Work the app begins by itself after its acknowledgement is not seen; wait for its effect with Await.
func (s *Sim) Idle(ctx context.Context) error {
	if err := s.Await(ctx, s.quiet); err != nil {
		return fmt.Errorf("wait for quiet: %w", err)
	}
	return nil
}

func (s *Sim) quiet() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	deliverable := s.queued > 0 && len(s.readySockets()) > 0
	return s.busy == 0 && len(s.awaiting) == 0 && !deliverable
}

// enter and leave count work that Idle waits for.
func (s *Sim) enter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy++
	s.touch()
}

func (s *Sim) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy--
	s.touch()
}
