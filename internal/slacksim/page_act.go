package slacksim

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

func done() map[string]any { return map[string]any{"ok": true} }

func (s *Sim) pageCommand(r *http.Request, req pageRequest) (map[string]any, error) {
	if text := strings.TrimSpace(req.Text); strings.HasPrefix(text, "/") {
		word, _, _ := strings.Cut(text, " ")
		if word != s.opt.Command {
			return nil, Refusal{Code: "unknown_command"}
		}
	}
	_, err := s.RunCommand(r.Context(), req.User, req.Text)
	return done(), err
}

func (s *Sim) pageClick(r *http.Request, req pageRequest) (map[string]any, error) {
	at := Target{Channel: req.Container.Channel, TS: req.Container.TS, ViewID: req.Container.ViewID}
	err := s.click(r.Context(), req.User, at, req.BlockID, req.ActionID, req.Value, req.State)
	return done(), err
}

func (s *Sim) pageSubmit(r *http.Request, req pageRequest) (map[string]any, error) {
	result, err := s.Submit(r.Context(), req.User, req.ViewID, req.State)
	if err == nil && len(result.Errors) > 0 {
		return map[string]any{"ok": false, "errors": result.Errors}, nil
	}
	return done(), err
}

func (s *Sim) pageClose(r *http.Request, req pageRequest) (map[string]any, error) {
	return done(), s.CloseView(r.Context(), req.User, req.ViewID)
}

func (s *Sim) pageTab(r *http.Request, req pageRequest) (map[string]any, error) {
	switch req.Tab {
	case "home":
		return done(), s.OpenHome(r.Context(), req.User)
	case "messages":
		return done(), s.OpenMessages(r.Context(), req.User)
	}
	return nil, fmt.Errorf("there is no tab %q", req.Tab)
}

func (s *Sim) pageRead(_ *http.Request, req pageRequest) (map[string]any, error) {
	return done(), s.Read(req.User)
}

// pageAdvance turns the calendar. One turn at a time: the next waits for it.
func (s *Sim) pageAdvance(r *http.Request, req pageRequest) (map[string]any, error) {
	if s.opt.Advance == nil {
		return nil, Refusal{Code: "clock_cannot_be_moved"}
	}
	if req.Days != 1 && req.Days != 7 {
		return nil, fmt.Errorf("the calendar turns by 1 or 7 days, not %d", req.Days)
	}
	s.advancing.Lock()
	defer s.advancing.Unlock()
	err := s.opt.Advance(r.Context(), req.Days)
	s.mu.Lock()
	defer s.mu.Unlock()
	for w := range s.watchers {
		w.tick()
	}
	return map[string]any{"ok": true, "now": s.opt.Now().UTC().Format(time.RFC3339)}, err
}
