package slacksim

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"time"
)

// FaultKind is what goes wrong with a call of the Web API.
type FaultKind string

const (
	// Slow only delays the call, by Fault.Latency.
	Slow FaultKind = ""
	// RateLimited answers 429 with Retry-After and does nothing.
	RateLimited FaultKind = "rate_limited"
	// Status500Before answers 500 and does nothing.
	Status500Before FaultKind = "status_500_before"
	// Status500After does what was asked and then answers 500.
	Status500After FaultKind = "status_500_after"
	// LoseAnswer does what was asked and then cuts the connection.
	LoseAnswer FaultKind = "lose_answer"
	// Refuse answers ok:false with Fault.Error and does nothing.
	Refuse FaultKind = "refuse"
	// RefuseAfter does what was asked and then answers ok:false with Fault.Error: Slack documents of
	// internal_error and fatal_error that some of the operation may have succeeded.
	RefuseAfter FaultKind = "refuse_after"
	// Truncated does what was asked and answers half of the JSON.
	Truncated FaultKind = "truncated"
	// NoTS does what was asked and answers without ts and message.
	NoTS FaultKind = "no_ts"
)

// Fault spoils calls of the Web API. Of several armed faults that fit a call, the first armed counts.
type Fault struct {
	// Method is the method's name, or "*" for all.
	Method string    `json:"method"`
	Kind   FaultKind `json:"kind"`
	// RetryAfter goes with RateLimited; 0 is one second.
	RetryAfter time.Duration `json:"retry_after"`
	// Error goes with Refuse and RefuseAfter; empty is internal_error.
	Error string `json:"error"`
	// Times is how many calls it spoils; 0 is one, below zero is no end.
	Times int `json:"times"`
	// Probability, between 0 and 1, spoils only that share of the calls, drawn from Seed; 0 is all.
	Probability float64 `json:"probability"`
	Seed        uint64  `json:"seed"`
	// Latency passes before the call is looked at, whatever the kind.
	Latency time.Duration `json:"latency"`
}

// armedFault is a fault with what is left of it.
type armedFault struct {
	Fault
	Left int `json:"left"`
	dice *rand.Rand
}

// Fault arms a fault.
func (s *Sim) Fault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Error = orDefault(f.Error, "internal_error")
	f.RetryAfter = orDefault(f.RetryAfter, time.Second)
	s.st.Faults = append(s.st.Faults, &armedFault{
		Fault: f,
		Left:  orDefault(f.Times, 1),
		dice:  rand.New(rand.NewPCG(f.Seed, 0)),
	})
}

// ClearFaults disarms all faults.
func (s *Sim) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.st.Faults = nil
}

// strike returns the fault that spoils this call, or the zero Fault.
func (s *Sim) strike(method string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.st.Faults {
		if f.Left == 0 || f.Method != "*" && f.Method != method {
			continue
		}
		if f.Probability > 0 && f.dice.Float64() >= f.Probability {
			continue
		}
		if f.Left > 0 {
			f.Left--
		}
		return f.Fault
	}
	return Fault{}
}

// pause waits, and reports whether the client is still there afterwards.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// before is the answer of a fault that keeps the call from being run, or nil.
func (f Fault) before() *answer {
	switch f.Kind {
	case RateLimited:
		return &answer{code: "ratelimited", retryAfter: f.RetryAfter}
	case Refuse:
		return &answer{code: f.Error}
	case Status500Before:
		return &answer{code: "internal_error"}
	}
	return nil
}

// spoil writes the body as the fault leaves it.
func (f Fault) spoil(w http.ResponseWriter, body map[string]any) {
	switch f.Kind {
	case Status500Before, Status500After:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte("<html>Server Error</html>"))
		return
	case LoseAnswer:
		panic(http.ErrAbortHandler) // how net/http cuts a connection
	case RefuseAfter:
		body = map[string]any{"ok": false, "error": f.Error}
	case NoTS:
		delete(body, "ts")
		delete(body, "message_ts")
		delete(body, "message")
	}
	raw, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "answer cannot be written", http.StatusInternalServerError)
		return
	}
	if f.Kind == Truncated {
		raw = raw[:len(raw)/2]
	}
	_, _ = w.Write(raw)
}

// code and status are what the client could have read, for the request log.
func (f Fault) code(answered string) string {
	switch f.Kind {
	case RefuseAfter:
		return f.Error
	case Status500Before, Status500After, LoseAnswer, Truncated:
		return string(f.Kind)
	}
	return answered
}

func (f Fault) status(a answer) int {
	switch {
	case f.Kind == Status500Before || f.Kind == Status500After:
		return http.StatusInternalServerError
	case f.Kind == LoseAnswer:
		return 0
	case a.retryAfter > 0:
		return http.StatusTooManyRequests
	}
	return http.StatusOK
}
