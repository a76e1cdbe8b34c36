package page_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"innerview/internal/slacksim/page"
)

type object = map[string]any

// stub answers the page's requests from canned data and keeps what the page
// sent. It has no app behind it: a test says what changes and when.
type stub struct {
	URL string

	mu      sync.Mutex
	state   object
	members map[string]object
	years   map[string]object
	posts   []post
	answers map[string]object        // path → what a POST to it is answered
	then    map[string]func()        // path → what happens before that answer
	holds   map[string]chan struct{} // path → what its answers wait for
	sentOne *sync.Cond               // told of every POST
	streams map[chan struct{}]string // open event streams
	modal   object                   // a modal in the gallery
	away    bool
}

type post struct {
	Path string
	Body object
}

// startStub serves the page and the canned workspace on loopback.
func startStub(t *testing.T) *stub {
	t.Helper()
	s := &stub{
		state:   readObject(t, "state.json"),
		members: map[string]object{},
		years:   map[string]object{},
		answers: map[string]object{},
		then:    map[string]func(){},
		holds:   map[string]chan struct{}{},
		streams: map[chan struct{}]string{},
	}
	s.sentOne = sync.NewCond(&s.mu)
	for _, raw := range s.state["users"].([]any) {
		user := raw.(object)
		s.members[user["id"].(string)] = object{"user": user, "channel": "", "messages": []any{}, "home": nil, "modals": []any{}}
	}
	s.modal = readObject(t, "modal.json")
	s.modal["type"] = "modal"
	first := readObject(t, "member.json")
	first["user"] = s.members["U01"]["user"]
	s.members["U01"] = first

	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(page.Files()))
	mux.HandleFunc("GET /sim/state", s.serveState)
	mux.HandleFunc("GET /sim/users/{id}", s.serveMember)
	mux.HandleFunc("GET /sim/users/{id}/ahead", s.serveYear)
	mux.HandleFunc("GET /sim/events", s.serveEvents)
	mux.HandleFunc("GET /sim/gallery", s.serveGallery)
	mux.HandleFunc("POST /sim/", s.servePost)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.gone() {
			http.Error(w, "away", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		s.dropStreams()
		server.Close()
	})
	s.URL = server.URL
	return s
}

func readObject(t *testing.T, name string) object {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		t.Fatalf("decode %s: %v", name, err)
	}
	return o
}

func (s *stub) gone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.away
}

// goAway makes the server answer nothing but errors, until it comes back.
func (s *stub) goAway(away bool) {
	s.mu.Lock()
	s.away = away
	s.mu.Unlock()
	if away {
		s.dropStreams()
	}
}

func (s *stub) dropStreams() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for stream := range s.streams {
		close(stream)
		delete(s.streams, stream)
	}
}

// change alters the data and tells every open page so.
func (s *stub) change(alter func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	alter()
	s.tell()
}

// tell wakes the streams; s.mu is held.
func (s *stub) tell() {
	for stream := range s.streams {
		select {
		case stream <- struct{}{}:
		default: // already woken
		}
	}
}

// on answers POSTs to a path, after doing something to the data.
func (s *stub) on(path string, answer object, then func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path], s.then[path] = answer, then
}

// hold makes POSTs to a path wait until release is closed.
func (s *stub) hold(path string, release chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holds[path] = release
}

// waitFor waits until a path was posted to so many times.
func (s *stub) waitFor(t *testing.T, path string, times int) {
	t.Helper()
	late := time.AfterFunc(patience, func() { t.Errorf("%s was not posted to %d times", path, times); s.sentOne.Broadcast() })
	defer late.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.count(path) < times && !t.Failed() {
		s.sentOne.Wait()
	}
}

// forget drops what was posted to a path so far.
func (s *stub) forget(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts = slices.DeleteFunc(s.posts, func(p post) bool { return p.Path == path })
}

func (s *stub) count(path string) int {
	n := 0
	for _, p := range s.posts {
		if p.Path == path {
			n++
		}
	}
	return n
}

// sent returns the bodies posted to a path so far.
func (s *stub) sent(path string) []object {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []object
	for _, p := range s.posts {
		if p.Path == path {
			out = append(out, p.Body)
		}
	}
	return out
}

// openModal puts the canned modal on a member's stack; s.mu is held.
func (s *stub) openModal(t *testing.T, user, id string) {
	modal := readObject(t, "modal.json")
	modal["id"] = id
	s.members[user]["modals"] = append(s.members[user]["modals"].([]any), modal)
}

func (s *stub) serveState(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	answer(w, s.state)
}

func (s *stub) serveMember(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	answer(w, s.members[r.PathValue("id")])
}

// serveGallery shows a view of each sort.
func (s *stub) serveGallery(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.members["U01"]
	in := func(doc any) object { return object{"en": doc, "ja": doc} }
	answer(w, object{
		"people": []any{object{"id": "U0STRANGER", "display_name": "Noor"}},
		"views": []any{
			object{"name": "home", "states": []any{object{"name": "three people", "in": in(first["home"])}}},
			object{"name": "nudge", "states": []any{
				object{"name": "the first", "in": in(first["messages"].([]any)[0])},
				object{"name": "about somebody else", "in": in(object{"text": "One line.", "blocks": []any{
					object{"type": "section", "block_id": "b", "text": object{"type": "mrkdwn", "text": "About <@U0STRANGER>"}},
				}})},
			}},
			object{"name": "talk_form", "states": []any{object{"name": "empty", "in": in(s.modal)}}},
		},
	})
}

// serveYear answers with a year, or with that of somebody who leads nobody.
func (s *stub) serveYear(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	year := object{"leaders": []any{"U01", "U02"}, "days": []any{}}
	if days, there := s.years[r.PathValue("id")]; there {
		year = days
	}
	answer(w, year)
}

func (s *stub) servePost(w http.ResponseWriter, r *http.Request) {
	var body object
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts = append(s.posts, post{r.URL.Path, body})
	s.sentOne.Broadcast()
	if hold := s.holds[r.URL.Path]; hold != nil {
		s.mu.Unlock()
		<-hold
		s.mu.Lock()
	}
	if then := s.then[r.URL.Path]; then != nil {
		then()
		s.tell()
	}
	result := s.answers[r.URL.Path]
	if result == nil {
		result = object{"ok": true}
	}
	answer(w, result)
}

func (s *stub) serveEvents(w http.ResponseWriter, r *http.Request) {
	user := r.URL.Query().Get("user")
	wake := make(chan struct{}, 1)
	wake <- struct{}{}
	s.mu.Lock()
	s.streams[wake] = user
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.streams, wake)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		select {
		case <-r.Context().Done():
			return
		case _, open := <-wake:
			if !open {
				return
			}
			fmt.Fprintf(w, "event: change\ndata: {\"user\":%q}\n\n", user)
			w.(http.Flusher).Flush()
		}
	}
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// message is a plain message of the bot.
func message(ts, text string, more ...object) object {
	m := object{"ts": ts, "user": "UBOT", "own": false, "ephemeral": false, "edited": false, "time": "2026-11-25T01:29:00Z", "text": text, "blocks": []any{}}
	for _, o := range more {
		maps.Copy(m, o)
	}
	return m
}

// post adds a message to a member's feed; s.mu is held.
func (s *stub) post(user string, m object) {
	s.members[user]["messages"] = append(s.members[user]["messages"].([]any), m)
}
