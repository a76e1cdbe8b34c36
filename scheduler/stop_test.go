package scheduler_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/scheduler"
)

// TestSlowSlack opens the DM slowly and then never answers the post. The message
// is given up in time, and what became of it is written down.
func TestSlowSlack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := open(t, choices{realTime: true, zone: "UTC"})
		o.lead(ana, mei)
		o.sim.Fault(slacksim.Fault{Method: "conversations.open", Latency: 9 * time.Second})
		o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Latency: time.Hour})
		start := time.Date(2000, time.January, 4, 10, 30, 0, 0, time.UTC) // the bubble's clock begins on the 1st
		<-time.After(time.Until(start))
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, stop) // as a SIGTERM in the middle of it
		if _, err := o.scheduler.Tick(ctx, start); err != nil {
			t.Errorf("Tick: %v", err)
		}
		if took := time.Since(start); took > 14*time.Second {
			t.Errorf("Tick took %v, want it to end below 14 seconds", took)
		}
		if diff := cmp.Diff([]string{"ANA MEI nudge unsure"}, o.messages()); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}
	})
}

// TestStopInFlight ends the context while one message is being posted: that one
// is settled, the next is left for later.
func TestStopInFlight(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	o := open(t, choices{wrap: func(d scheduler.Deliverer) scheduler.Deliverer {
		return hook{d, func(store.Delivery) { stop() }}
	}})
	o.lead(ana, mei)
	o.lead(bea, mei)
	o.clock.turn(o.at("2026-11-25 10:30"))
	if _, err := o.scheduler.Tick(ctx, o.clock.now()); err != nil {
		t.Errorf("Tick: %v", err)
	}
	if diff := cmp.Diff([]string{"ANA MEI nudge sent", "BEA MEI nudge pending"}, o.messages()); diff != "" {
		t.Errorf("outbox (-want +got):\n%s", diff)
	}
}

// TestRecover finds a message whose sender died in the middle. Nobody knows
// whether it arrived, so it is never posted again.
func TestRecover(t *testing.T) {
	t.Parallel()
	died := false
	o := open(t, choices{wrap: func(d scheduler.Deliverer) scheduler.Deliverer {
		return hook{d, func(store.Delivery) {
			if !died {
				died = true
				panic(errTest)
			}
		}}
	}})
	o.lead(ana, mei)
	func() {
		defer func() { _ = recover() }()
		o.tickAt("2026-11-25 10:30")
	}()
	if diff := cmp.Diff([]string{"ANA MEI nudge sending"}, o.messages()); diff != "" {
		t.Fatalf("outbox after the death (-want +got):\n%s", diff)
	}
	if err := o.scheduler.Recover(t.Context(), o.at("2026-11-25 10:31")); err != nil {
		t.Fatal(err)
	}
	for _, now := range o.beats("2026-11-25 10:35", "2026-12-02 09:00") {
		o.tick(now)
	}
	if diff := cmp.Diff([]string{"ANA MEI nudge unsure"}, o.messages()); diff != "" {
		t.Errorf("outbox a week later (-want +got):\n%s", diff)
	}
	if got := o.tickAt("2026-12-02 09:35"); len(got) != 1 {
		t.Errorf("%d messages on the seventh day, want the pair to come up again", len(got))
	}
}
