package slacksim

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// emit sends an event if the app subscribes to it, and again until it is acknowledged or the retries are
// used up. The channel gets the outcome of the first attempt; nobody needs to read it.
func (s *Sim) emit(event map[string]any) <-chan error {
	first := make(chan error, 1)
	what := str(event, "type")
	if !slices.Contains(s.opt.Events, what) {
		first <- nil
		return first
	}
	s.mu.Lock()
	p := s.remember(s.eventPayload(what, event))
	s.busy++
	s.mu.Unlock()
	tell := sync.OnceFunc(s.leave)
	s.jobs.Go(func() {
		defer tell()
		s.insist(p, func(err error) {
			select {
			case first <- err:
			default: // the first outcome was told
			}
			tell()
		})
	})
	return first
}

// insist delivers an event as often as it takes. Waiting for a connection is no attempt.
func (s *Sim) insist(p *payload, outcome func(error)) {
	reason := ""
	for attempt := 0; attempt <= len(s.opt.EventRetries); {
		err := s.deliver(s.life, p, attempt, reason)
		outcome(err)
		if err == nil || s.life.Err() != nil {
			return
		}
		if errors.Is(err, errNoSocket) {
			if s.queue(s.life) != nil {
				return
			}
			continue
		}
		reason = "timeout"
		if errors.Is(err, errLost) {
			reason = "connection_failed"
		}
		if attempt == len(s.opt.EventRetries) || !pause(s.life, s.opt.EventRetries[attempt]) || s.isAcked(p) {
			return
		}
		attempt++
	}
}

// queue waits for a connection. From the moment there is one, Idle waits for the event.
func (s *Sim) queue(ctx context.Context) error {
	s.mu.Lock()
	s.queued++
	s.mu.Unlock()
	err := s.Connected(ctx)
	s.mu.Lock()
	s.queued--
	s.mu.Unlock()
	return err
}

func (s *Sim) isAcked(p *payload) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return p.Acked
}

// eventPayload wraps an event as the Events API does.
func (s *Sim) eventPayload(what string, event map[string]any) *payload {
	return &payload{Kind: kindEvent, What: what, Body: encode(map[string]any{
		"token": "simulated", "team_id": s.opt.Team.ID, "api_app_id": AppID,
		"type": "event_callback", "event": event,
		"event_id": s.st.id("Ev"), "event_time": s.opt.Now().Unix(),
		"event_context": "4-" + s.st.id("E"), "is_ext_shared_channel": false,
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": s.opt.Team.ID, "user_id": BotUserID,
			"is_bot": true, "is_enterprise_install": false,
		}},
	})}
}

// Uninstall takes the app out of the workspace: tokens_revoked and app_uninstalled are sent, and every
// call is refused with account_inactive from now on. It waits for the first attempts.
func (s *Sim) Uninstall(ctx context.Context) error {
	s.mu.Lock()
	s.st.Revoked = true
	s.touch()
	s.mu.Unlock()
	outcomes := []<-chan error{
		s.emit(map[string]any{"type": "tokens_revoked", "tokens": map[string]any{
			"oauth": []string{}, "bot": []string{BotUserID},
		}}),
		s.emit(map[string]any{"type": "app_uninstalled"}),
	}
	var errs []error
	for _, outcome := range outcomes {
		errs = append(errs, await(ctx, outcome))
	}
	return errors.Join(errs...)
}

func await(ctx context.Context, outcome <-chan error) error {
	select {
	case err := <-outcome:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
