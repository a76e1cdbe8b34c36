package slacksim

import (
	"fmt"
	"log/slog"
	"time"
)

// Breach is one thing the client did that a correct client does not do. States of the workspace (a
// deactivated person, a stale hash, a rate limit) are refusals but no breaches.
type Breach struct {
	Time   time.Time `json:"time"`
	Where  string    `json:"where"` // a method, or the kind of payload that was being answered
	Rule   string    `json:"rule"`  // Slack's error code, or the simulator's name for the rule
	Detail string    `json:"detail"`
}

// String is the breach as one line.
func (b Breach) String() string {
	return fmt.Sprintf("%s: %s: %s", b.Where, b.Rule, b.Detail)
}

// Request is one call of the Web API.
type Request struct {
	Time   time.Time         `json:"time"`
	Method string            `json:"method"`
	Args   map[string]string `json:"args"`   // without the token; structured ones as JSON, a whole post under payload
	Code   string            `json:"code"`   // "ok", or the error answered
	Status int               `json:"status"` // of HTTP
	Fault  FaultKind         `json:"fault"`  // what was done to it on purpose, if anything
}

// breach records a mistake of the client. Call it with the lock held.
func (s *Sim) breach(where, rule, format string, args ...any) {
	b := Breach{Time: s.opt.Now().UTC(), Where: where, Rule: rule, Detail: fmt.Sprintf(format, args...)}
	s.st.Breaches = append(s.st.Breaches, b)
	// The detail may quote what people wrote, so it stays out of the log.
	s.log.Warn("slack rule broken", slog.String("where", where), slog.String("rule", rule))
	s.touch()
}
