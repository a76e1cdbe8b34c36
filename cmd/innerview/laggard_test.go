package main

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// laggard is a Slack that takes its time, and goes on with what it was asked
// when whoever asked has died.
type laggard struct {
	next   http.Handler
	mu     sync.Mutex
	await  string        // the path somebody waits for
	called chan struct{} // closed when it is called
}

const postPath = "/api/chat.postMessage"

// nextCall returns a channel that the next call of the path closes.
func (l *laggard) nextCall(path string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.await, l.called = path, make(chan struct{})
	return l.called
}

func (l *laggard) tell(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.called != nil && path == l.await {
		close(l.called)
		l.called = nil
	}
}

const lag = 12 * time.Millisecond // at most, before a post is taken, and again before it is answered

func (l *laggard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.tell(r.URL.Path)
	if r.URL.Path != postPath {
		l.next.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // it never arrived as a whole
	}
	r = r.WithContext(context.WithoutCancel(r.Context()))
	r.Body = io.NopCloser(bytes.NewReader(body))
	pause()
	answer := httptest.NewRecorder()
	defer func() {
		pause()
		if cut := recover(); cut != nil {
			panic(cut)
		}
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	}()
	l.next.ServeHTTP(answer, r)
}

func pause() { <-time.After(rand.N(lag)) }
