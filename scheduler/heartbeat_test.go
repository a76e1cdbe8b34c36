package scheduler_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/scheduler"
)

// running is a scheduler that runs in a bubble, with a heartbeat every five
// minutes.
type running struct {
	*office
	stop func()
	done chan error
	mu   sync.Mutex
	at   []time.Time // of the heartbeats
}

// start runs a scheduler from half past ten of a working day on. Ana leads two
// people, and Bea one. Before each heartbeat, before is told which it is, from 1.
func start(t *testing.T, c choices, before func(n int) error) *running {
	t.Helper()
	c.realTime, c.zone, c.holidays = true, "UTC", "none"
	r := &running{office: open(t, c), done: make(chan error, 1)}
	r.lead(ana, mei, ken)
	r.lead(bea, ken)
	<-time.After(time.Until(time.Date(2000, time.January, 4, 10, 30, 0, 0, time.UTC)))
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() {
		r.done <- r.scheduler.Run(ctx, "@every 5m", time.Now, func(_ context.Context, now time.Time) error {
			r.mu.Lock()
			r.at = append(r.at, now)
			n := len(r.at)
			r.mu.Unlock()
			return before(n)
		})
	}()
	return r
}

// minutes are those of the heartbeats so far, counted from the start.
func (r *running) minutes() []int {
	r.mu.Lock()
	defer r.mu.Unlock()
	var minutes []int
	for _, at := range r.at {
		minutes = append(minutes, int(at.Sub(r.at[0]).Minutes()))
	}
	return minutes
}

// ends stops the scheduler and waits until it has.
func (r *running) ends() {
	r.t.Helper()
	r.stop()
	if err := <-r.done; err != nil {
		r.t.Errorf("Run = %v, want nil", err)
	}
}

func fine(int) error { return nil }

func TestRunBeats(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, choices{}, fine)
		<-time.After(16 * time.Minute)
		r.ends()
		if diff := cmp.Diff([]int{0, 5, 10, 15}, r.minutes()); diff != "" {
			t.Errorf("minutes of the heartbeats (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"ANA KEN nudge sent", "BEA KEN nudge sent"}, r.messages()); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}
		<-time.After(time.Hour)
		if n := len(r.minutes()); n != 4 {
			t.Errorf("%d heartbeats an hour after the end, want 4", n)
		}
	})
}

// TestRunSettlesWhatIsInFlight stops while a post is under way.
func TestRunSettlesWhatIsInFlight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		posting := make(chan struct{})
		r := start(t, choices{wrap: func(d scheduler.Deliverer) scheduler.Deliverer {
			return hook{d, func(store.Delivery) { close(posting); <-time.After(5 * time.Second) }}
		}}, fine)
		<-posting
		r.stop()
		synctest.Wait()
		if got := r.messages(); len(r.done) != 0 || !strings.HasSuffix(got[0], "sending") {
			t.Errorf("while the post is under way, the outbox is %q and Run has ended: %v", got, len(r.done) == 1)
		}
		r.ends()
		if diff := cmp.Diff([]string{"ANA KEN nudge sent", "BEA KEN nudge pending"}, r.messages()); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}
	})
}

// TestRunSkipsWhileOneStillRuns has the second heartbeat take twelve minutes.
func TestRunSkipsWhileOneStillRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, choices{}, func(n int) error {
			if n == 2 {
				<-time.After(12 * time.Minute)
			}
			return nil
		})
		<-time.After(26 * time.Minute)
		r.ends()
		if diff := cmp.Diff([]int{0, 5, 20, 25}, r.minutes()); diff != "" {
			t.Errorf("minutes of the heartbeats (-want +got):\n%s", diff)
		}
	})
}

// TestRunSurvivesPanics in its first heartbeat, in a later one, and in the middle
// of a post.
func TestRunSurvivesPanics(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		posts := 0
		r := start(t, choices{
			log: slog.New(slog.NewTextHandler(&log, nil)),
			wrap: func(d scheduler.Deliverer) scheduler.Deliverer {
				return hook{d, func(store.Delivery) {
					if posts++; posts == 1 {
						panic("a secret of the post")
					}
				}}
			},
		}, func(n int) error {
			if n == 1 || n == 3 {
				panic(errors.New("a secret of the heartbeat"))
			}
			return nil
		})
		<-time.After(21 * time.Minute)
		r.ends()
		if n := len(r.minutes()); n != 5 {
			t.Errorf("%d heartbeats in 21 minutes, want 5", n)
		}
		if diff := cmp.Diff([]string{"ANA KEN nudge sending", "BEA KEN nudge sent"}, r.messages()); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}
		if n := strings.Count(log.String(), "the heartbeat panicked"); n != 3 {
			t.Errorf("%d panics logged, want 3:\n%s", n, &log)
		}
		if strings.Contains(log.String(), "secret") {
			t.Errorf("the log holds what was panicked with:\n%s", &log)
		}
	})
}

// TestRunGoesOn when profiles cannot be read, and when a heartbeat fails; both
// are logged.
func TestRunGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		var r *running
		w := watcher{}
		armed := make(chan struct{})
		r = start(t, choices{
			log: slog.New(slog.NewTextHandler(&log, nil)), scheduler: scheduler.Options{Watch: w},
		}, func(n int) error {
			<-armed
			if n == 1 {
				return errTest
			}
			return nil
		})
		r.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.Refuse, Error: "token_revoked"})
		close(armed)
		<-time.After(6 * time.Minute)
		r.ends()
		want := []string{"ANA KEN nudge failed token_revoked", "BEA KEN nudge sent", "ANA MEI nudge sent"}
		if diff := cmp.Diff(want, r.messages()); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}
		// Three pairs are due at the first heartbeat, and at the second Ana's other.
		told := watcher{"leaders": 2, "nudge sent": 2, "nudge failed": 1, "heartbeat ok": 1, "heartbeat error": 1, "due": 3 + 1}
		if diff := cmp.Diff(told, w); diff != "" {
			t.Errorf("the watcher was told (-want +got):\n%s", diff)
		}
		for _, said := range []string{"profiles could not be refreshed", "slack refuses the bot token"} {
			if strings.Count(log.String(), said) != 1 {
				t.Errorf("the log does not say once %q:\n%s", said, &log)
			}
		}
	})
}

// watcher counts what it is told.
type watcher map[string]int

func (w watcher) Leaders(n int) { w["leaders"] = n }

func (w watcher) MessageSettled(kind, state string) { w[kind+" "+state]++ }

func (w watcher) HeartbeatDone(result string, _ time.Duration, due int) {
	w["heartbeat "+result]++
	w["due"] += due
}

func TestRunRefusesASpec(t *testing.T) {
	t.Parallel()
	s := scheduler.New(nil, nil, nil, nil, nil, "", scheduler.Options{})
	err := s.Run(t.Context(), "often", time.Now, nil)
	if err == nil || !strings.Contains(err.Error(), `parse heartbeat "often"`) {
		t.Errorf("Run = %v, want an error about the heartbeat", err)
	}
}

func TestParseHeartbeatAccepts(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, time.November, 25, 10, 31, 0, 0, time.Local)
	tests := []struct {
		spec string
		want time.Duration // until the next
	}{
		{"@every 5m", 5 * time.Minute},
		{"@every 1h30m", 90 * time.Minute},
		{"@hourly", 29 * time.Minute},
		{"*/5 * * * *", 4 * time.Minute},
		{"*/15 9-17 * * MON-FRI", 14 * time.Minute},
		{"@every 1ms", time.Second}, // cron's shortest
	}
	for _, tt := range tests {
		schedule, err := scheduler.ParseHeartbeat(tt.spec)
		if err != nil {
			t.Errorf("ParseHeartbeat(%q): %v", tt.spec, err)
			continue
		}
		if got := schedule.Next(from).Sub(from); got != tt.want {
			t.Errorf("ParseHeartbeat(%q) beats after %v, want %v", tt.spec, got, tt.want)
		}
	}
}

func TestParseHeartbeatRefuses(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{
		"", " ", "often", "5m", "@every", "@every five minutes", "@reboot", "* * * *", "* * * * * *", "61 * * * *", "*/0 * * * *",
		"TZ=", "TZ=0", "CRON_TZ=", "TZ=America/New_York", // cron's parser panics on these
		"TZ=Asia/Tokyo 30 9 * * *", "CRON_TZ=UTC @every 5m", // and takes these
		"0 0 31 2 *", // never comes
	} {
		if _, err := scheduler.ParseHeartbeat(spec); err == nil || !strings.HasPrefix(err.Error(), "parse heartbeat ") {
			t.Errorf("ParseHeartbeat(%q) = %v, want an error", spec, err)
		}
	}
}

// FuzzParseHeartbeat never panics, and what it accepts goes on for ever.
func FuzzParseHeartbeat(f *testing.F) {
	for _, spec := range []string{"@every 5m", "*/5 * * * *", "TZ=0", "CRON_TZ=UTC * * * * *", "0 0 29 2 *", "@midnight", "1-5/2,7 * * JAN 0"} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		schedule, err := scheduler.ParseHeartbeat(spec)
		if err != nil {
			return
		}
		if strings.Contains(spec, "TZ=") {
			t.Errorf("ParseHeartbeat(%q) took a zone", spec)
		}
		now := time.Date(2026, time.November, 25, 10, 30, 0, 0, time.Local)
		for range 3 {
			next := schedule.Next(now)
			if !next.After(now) {
				t.Fatalf("ParseHeartbeat(%q): after %s comes %s", spec, now, next)
			}
			now = next
		}
	})
}

// TestOneTickWaitsForTheOther runs many at once. Each message goes once.
func TestOneTickWaitsForTheOther(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	for _, leader := range []string{ana, bea, cem} {
		o.lead(leader, mei, ken)
	}
	o.clock.turn(o.at("2026-11-25 10:30"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := o.scheduler.Tick(t.Context(), o.clock.now()); err != nil {
				t.Errorf("Tick: %v", err)
			}
		})
	}
	wg.Wait()
	want := []string{"ANA KEN nudge sent", "BEA KEN nudge sent", "CEM KEN nudge sent"}
	if diff := cmp.Diff(want, o.messages()); diff != "" {
		t.Errorf("outbox (-want +got):\n%s", diff)
	}
	if n := len(o.calls("chat.postMessage")); n != 3 {
		t.Errorf("%d posts, want 3", n)
	}
}
