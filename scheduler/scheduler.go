package scheduler

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
)

// Deliverer posts one message and says what became of it. It never posts twice.
type Deliverer interface {
	Deliver(ctx context.Context, d store.Delivery) rapport.Receipt
}

// Options are the defaults for leaders who have chosen nothing themselves.
type Options struct {
	Zone    *time.Location    // of a leader whose own is unknown; nil is UTC
	PerWeek int               // nudges a week, 0 to 5; 0 sends none
	Rhythm  int               // days; 0 is [rapport.DefaultRhythm]
	Window  rapport.Hours     // zero is 09:30 to 17:30
	Digest  rapport.DigestDay // "" sends none
	// Jitter spreads the first messages of the morning over ten minutes.
	Jitter bool
	// Watch, when set, is told of every settled message and every heartbeat.
	Watch Watcher
}

// Watcher is told what the heartbeat does, in words from closed sets.
type Watcher interface {
	Leaders(n int) // how many there are, before anything of a heartbeat is told
	MessageSettled(kind, state string)
	HeartbeatDone(result string, took time.Duration, due int)
}

// defaultWindow is 09:30 to 17:30 (docs/method.md, "Quiet").
var defaultWindow = rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}

// Scheduler plans and delivers. Its methods are safe for concurrent use; one
// tick waits for the other.
type Scheduler struct {
	ticking    sync.Mutex
	breakUntil time.Time    // Slack wants no message before; guarded by ticking
	due        int          // pairs that the last tick found due; guarded by ticking
	tidiedOn   rapport.Date // guarded by the one heartbeat that runs at a time
	log        *slog.Logger
	store      *store.Store
	bank       *questions.Bank
	atlas      *calendar.Atlas
	deliverer  Deliverer
	o          Options
	workspace  string
}

// New returns a scheduler for one workspace.
func New(log *slog.Logger, st *store.Store, bank *questions.Bank, atlas *calendar.Atlas,
	d Deliverer, workspace string, o Options,
) *Scheduler {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Window.IsZero() {
		o.Window = defaultWindow
	}
	return &Scheduler{
		log: log, store: st, bank: bank, atlas: atlas, deliverer: d, o: o, workspace: workspace,
	}
}

// Line is one message as `sweep` prints it.
type Line struct {
	Leader  string              `json:"leader"`
	Person  string              `json:"person,omitempty"`
	Kind    rapport.MessageKind `json:"kind"`
	Level   string              `json:"level,omitempty"`
	Starter string              `json:"starter,omitempty"`
	At      string              `json:"at"` // RFC 3339, in the leader's offset
	State   string              `json:"state"`
}

// zone returns the leader's own zone, or the default where it is not known.
func (s *Scheduler) zone(l rapport.Leader) *time.Location {
	if l.Profile.Zone == "" {
		return s.o.Zone
	}
	loc, err := time.LoadLocation(l.Profile.Zone)
	if err != nil {
		return s.o.Zone
	}
	return loc
}

// Today returns the day it is for the leader.
func (s *Scheduler) today(l rapport.Leader, now time.Time) rapport.Date {
	return rapport.DateOf(now.In(s.zone(l)))
}

// perWeek returns how many nudges a week the leader wants.
func (s *Scheduler) perWeek(l rapport.Leader) int {
	if l.PerWeek != nil {
		return *l.PerWeek
	}
	return s.o.PerWeek
}

func (s *Scheduler) rhythm(l rapport.Leader, p rapport.Pair, people int) rapport.Rhythm {
	return rapport.Rhythm{
		Own: p.RhythmDays, Default: cmp.Or(l.RhythmDays, s.o.Rhythm), People: people,
		PerWeek: s.perWeek(l), Since: p.Since,
	}
}
