package slacksim

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"time"
)

// routePage serves the web page and its JSON. What changes something is refused to pages of other
// origins, so that a site open in the same browser cannot act in the workspace.
func (s *Sim) routePage(mux *http.ServeMux) {
	own := http.NewCrossOriginProtection()
	post := func(path string, act func(*http.Request, pageRequest) (map[string]any, error)) {
		mux.Handle("POST "+path, own.Handler(s.pageAction(act)))
	}
	mux.HandleFunc("GET /sim/state", s.pageState)
	mux.HandleFunc("GET /sim/users/{user}", s.pageUser)
	mux.HandleFunc("GET /sim/users/{user}/ahead", s.pageAhead)
	mux.HandleFunc("GET /sim/events", s.pageEvents)
	mux.HandleFunc("GET /sim/gallery", s.pageGallery)
	post("/sim/command", s.pageCommand)
	post("/sim/action", s.pageClick)
	post("/sim/submit", s.pageSubmit)
	post("/sim/close", s.pageClose)
	post("/sim/home", s.pageTab)
	post("/sim/read", s.pageRead)
	post("/sim/advance", s.pageAdvance)
	if s.opt.Page != nil {
		mux.Handle("/", http.FileServerFS(s.opt.Page))
	}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "answer cannot be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}

func (s *Sim) pageState(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	users := []any{}
	for _, u := range s.st.Users {
		users = append(users, s.pageMember(*u))
	}
	out := map[string]any{
		"team": map[string]any{"name": s.opt.Team.Name},
		"lang": s.opt.Lang,
		"now":  s.opt.Now().UTC().Format(time.RFC3339), "advance": s.opt.Advance != nil,
		"ahead": s.opt.Ahead != nil, "gallery": s.opt.Gallery != nil, "command": s.opt.Command,
		"bot": map[string]any{"name": s.opt.BotName}, "users": users,
	}
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, out)
}

func (s *Sim) pageMember(u User) map[string]any {
	unread := 0
	if ch := s.st.dm(u.ID); ch != nil {
		unread = ch.unread()
	}
	return map[string]any{
		"id": u.ID, "name": u.Name, "real_name": u.RealName, "display_name": u.DisplayName,
		"title": u.Title, "tz": u.TZ, "locale": u.Locale, "is_bot": u.IsBot, "deleted": u.Deleted,
		"unread": unread,
	}
}

func (s *Sim) pageUser(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("user")
	s.mu.Lock()
	u := s.st.user(id)
	if u == nil {
		s.mu.Unlock()
		writeJSON(w, http.StatusNotFound, map[string]any{"ok": false, "error": "user_not_found"})
		return
	}
	out := map[string]any{
		"user": s.pageMember(*u), "channel": "", "messages": s.pageMessages(id),
		"home": nil, "modals": []any{},
	}
	if ch := s.st.dm(id); ch != nil {
		out["channel"] = ch.ID
	}
	if v := s.st.Homes[id]; v != nil {
		out["home"] = pageView(v)
	}
	modals := []any{}
	for _, v := range s.st.Stacks[id] {
		modals = append(modals, pageView(v))
	}
	out["modals"] = modals
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, out)
}

func (s *Sim) pageMessages(userID string) []any {
	out := []any{}
	for _, m := range s.feed(userID) {
		author := m.BotID
		if m.Own {
			author = m.User
		}
		blocks := m.blocks
		if blocks == nil {
			blocks = []any{}
		}
		out = append(out, map[string]any{
			"ts": m.TS, "user": author, "own": m.Own, "text": m.Text, "blocks": blocks,
			"ephemeral": m.Ephemeral, "edited": m.Edited, "time": m.Time.Format(time.RFC3339),
			"channel": m.Channel, "state": m.State.clone(),
		})
	}
	return out
}

func pageView(v *View) map[string]any {
	out := maps.Clone(v.doc)
	out["id"], out["hash"] = v.ID, v.Hash
	out["state"] = v.State.clone()
	errs := maps.Clone(v.Errors)
	if errs == nil {
		errs = map[string]string{}
	}
	out["errors"] = errs
	return out
}

func (s *Sim) pageGallery(w http.ResponseWriter, _ *http.Request) {
	if s.opt.Gallery == nil {
		writeJSON(w, http.StatusNotFound, map[string]any{"ok": false, "error": "no_gallery"})
		return
	}
	writeJSON(w, http.StatusOK, s.opt.Gallery())
}

// pageAhead answers with what the app says of a member's year. It asks the app without the lock: looking
// a year ahead takes its time.
func (s *Sim) pageAhead(w http.ResponseWriter, r *http.Request) {
	if s.opt.Ahead == nil {
		writeJSON(w, http.StatusNotFound, map[string]any{"ok": false, "error": "no_year_ahead"})
		return
	}
	id := r.PathValue("user")
	s.mu.Lock()
	known := s.st.user(id) != nil
	s.mu.Unlock()
	if !known {
		writeJSON(w, http.StatusNotFound, map[string]any{"ok": false, "error": "user_not_found"})
		return
	}
	year, err := s.opt.Ahead(r.Context(), id)
	if err != nil {
		s.opt.Logger.Error("the year ahead could not be shown", slog.Any("error", err))
		writeJSON(w, http.StatusInternalServerError, map[string]any{"ok": false, "error": "no_answer"})
		return
	}
	writeJSON(w, http.StatusOK, year)
}

// pageRequest is the body of everything the page asks for.
type pageRequest struct {
	User      string        `json:"user"`
	Text      string        `json:"text"`
	Tab       string        `json:"tab"`
	Days      int           `json:"days"`
	Container pageContainer `json:"container"`
	ViewID    string        `json:"view_id"`
	BlockID   string        `json:"block_id"`
	ActionID  string        `json:"action_id"`
	Value     Value         `json:"value"`
	State     FormState     `json:"state"`
}

type pageContainer struct {
	Type    string `json:"type"`
	Channel string `json:"channel"`
	TS      string `json:"ts"`
	ViewID  string `json:"view_id"`
}

// pageAction answers what a person did on the page. What Slack would show the person comes back as the
// error; only a body nobody can read is an HTTP error.
func (s *Sim) pageAction(act func(*http.Request, pageRequest) (map[string]any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
		var req pageRequest
		if err != nil || json.Unmarshal(raw, &req) != nil {
			writeJSON(w, http.StatusBadRequest, map[string]any{"ok": false, "error": "invalid_json"})
			return
		}
		out, err := act(r, req)
		if err != nil {
			out = map[string]any{"ok": false, "error": pageError(err)}
		}
		writeJSON(w, http.StatusOK, out)
	})
}

func pageError(err error) string {
	var refused Refusal
	if errors.As(err, &refused) {
		return refused.Code
	}
	return err.Error()
}
