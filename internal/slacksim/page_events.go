package slacksim

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
)

// watcher collects what changed since a page last looked, so that a slow page gets few events and none
// is lost.
type watcher struct {
	mu    sync.Mutex
	dirty map[string]bool
	moved bool
	wake  chan struct{}
}

func (w *watcher) mark(users ...string) {
	if len(users) == 0 {
		return
	}
	w.mu.Lock()
	for _, u := range users {
		w.dirty[u] = true
	}
	w.mu.Unlock()
	w.rouse()
}

func (w *watcher) tick() {
	w.mu.Lock()
	w.moved = true
	w.mu.Unlock()
	w.rouse()
}

func (w *watcher) rouse() {
	select {
	case w.wake <- struct{}{}:
	default: // it is awake already
	}
}

func (w *watcher) take() (users []string, moved bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	users, moved = slices.Sorted(maps.Keys(w.dirty)), w.moved
	w.dirty, w.moved = map[string]bool{}, false
	return users, moved
}

// pageEvents tells a page, as server-sent events, whose things changed and that the clock moved. Changes
// of all members are told, because the page marks unread messages of all; the first event comes at
// once: of the member in the query or, without one, of the clock.
func (s *Sim) pageEvents(rw http.ResponseWriter, r *http.Request) {
	w := &watcher{dirty: map[string]bool{}, wake: make(chan struct{}, 1)}
	if user := r.URL.Query().Get("user"); user != "" {
		w.mark(user)
	} else {
		w.tick()
	}
	s.mu.Lock()
	s.watchers[w] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.watchers, w)
		s.mu.Unlock()
	}()
	rw.Header().Set("Content-Type", "text/event-stream")
	rw.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(rw)
	for {
		select {
		case <-w.wake:
		case <-r.Context().Done():
			return
		case <-s.life.Done():
			return
		}
		if !w.write(rw) || out.Flush() != nil {
			return
		}
	}
}

func (w *watcher) write(out io.Writer) bool {
	users, moved := w.take()
	var err error
	for _, u := range users {
		_, err = fmt.Fprintf(out, "event: change\ndata: %s\n\n", encode(map[string]any{"user": u}))
	}
	if moved {
		_, err = fmt.Fprint(out, "event: clock\ndata: {}\n\n")
	}
	return err == nil
}
