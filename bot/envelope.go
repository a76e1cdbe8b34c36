package bot

import (
	"sync"
	"time"
)

// Answer is what goes back to Slack with an acknowledgement: nil for an empty
// one.
type Answer any

// envelope acknowledges one payload, once.
type envelope struct {
	mu   sync.Mutex
	done bool
	ack  func(Answer)
}

// answer acknowledges with a, and reports whether it came first.
func (e *envelope) answer(a Answer) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.done {
		return false
	}
	e.done = true
	e.ack(a)
	return true
}

// within acknowledges emptily once so much time has passed, so that Slack does
// not report a slow answer as a failed one. Call stop when the handler is done.
func (e *envelope) within(d time.Duration) (stop func() bool) {
	return time.AfterFunc(d, func() { e.answer(nil) }).Stop
}
