package slacksim_test

import (
	"errors"
	"testing"
	"time"

	"innerview/internal/slacksim"
)

func TestNobodyIsConnected(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	_, err := w.RunCommand(t.Context(), "U0ANA", "list")
	if want := (slacksim.Refusal{Code: "dispatch_failed"}); !errors.Is(err, want) {
		t.Errorf("person sees %v, want %v", err, want)
	}
	if err := w.OpenHome(t.Context(), "U0ANA"); err == nil {
		t.Error("opening Home reached somebody")
	}
	if err := w.Idle(t.Context()); err != nil {
		t.Errorf("idle: %v", err)
	}
	a := w.connect()
	if e := a.next(); e.Payload["event"].(m)["type"] != "app_home_opened" || e.Attempt != 0 {
		t.Errorf("after connecting = %+v, want the event that waited", e)
	}
}

func TestUnacknowledgedEventsComeAgain(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{
		AckWithin: 20 * time.Millisecond, EventRetries: []time.Duration{0, time.Millisecond, time.Millisecond},
	})
	a := w.connect()
	if err := w.OpenHome(t.Context(), "U0ANA"); err == nil {
		t.Error("nobody acknowledged, and yet no error")
	}
	var ids []any
	for want := range 4 {
		e := a.next()
		if e.Attempt != want || (e.Retried == "timeout") != (want > 0) {
			t.Errorf("attempt %d = %+v", want, e)
		}
		ids = append(ids, e.Payload["event_id"])
	}
	for _, id := range ids {
		if id != ids[0] || id == nil {
			t.Errorf("event ids = %v, want one", ids)
		}
	}
	if err := w.Idle(t.Context()); err != nil {
		t.Error(err)
	}
	w.wantRules("late_ack", "late_ack", "late_ack", "late_ack")
}

func TestLostConnection(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{EventRetries: []time.Duration{0}})
	a := w.connect()
	changed := slacksim.User{ID: "U0ANA", Name: "ana", TZ: "Asia/Tokyo"}
	w.UpdateUser(changed)
	first := a.next()
	w.DropSockets()
	a.ended()

	b := w.connect()
	again := b.next()
	if again.Payload["event_id"] != first.Payload["event_id"] || again.Attempt != 1 || again.Retried != "connection_failed" {
		t.Errorf("after the loss = %+v", again)
	}
	b.ack(again, nil)
	if err := w.Idle(t.Context()); err != nil {
		t.Error(err)
	}
	user := again.Payload["event"].(m)["user"].(m)
	if again.Payload["event"].(m)["type"] != "user_change" || user["tz"] != "Asia/Tokyo" {
		t.Errorf("event = %v", again.Payload)
	}
	w.wantRules()
}

func TestRedeliver(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	first := a.answer(m{"text": "one"}, func() { _, _ = w.RunCommand(t.Context(), "U0ANA", "list") })
	w.json("views.open", m{"trigger_id": first.Payload["trigger_id"], "view": modal("M", nil)})
	again := a.answer(m{"text": "two"}, func() {
		if err := w.Redeliver(t.Context(), 1); err != nil {
			t.Error(err)
		}
	})
	if again.ID == first.ID || again.Payload["trigger_id"] != first.Payload["trigger_id"] {
		t.Errorf("first %+v, again %+v, want the same content in a new envelope", first, again)
	}
	got := w.json("views.open", m{"trigger_id": again.Payload["trigger_id"], "view": modal("M", nil)})
	if got.Errored != "exchanged_trigger_id" {
		t.Errorf("views.open again = %v", got.Body)
	}
	if feed := w.Feed("U0ANA"); len(feed) != 3 {
		t.Errorf("feed = %+v, want both answers", feed)
	}
	w.wantRules() // forced twice: the second exchange is nobody's mistake
}

func TestUninstallTellsTheApp(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	done := make(chan error, 1)
	go func() { done <- w.Uninstall(t.Context()) }()
	got := map[any]bool{}
	for range 2 {
		e := a.next()
		got[e.Payload["event"].(m)["type"]] = true
		a.ack(e, nil)
	}
	if err := <-done; err != nil || !got["tokens_revoked"] || !got["app_uninstalled"] {
		t.Errorf("uninstall = %v, events %v", err, got)
	}
}

func TestUnsubscribedEventsAreNotSent(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Events: []string{"user_change"}})
	w.connect()
	if err := w.OpenHome(t.Context(), "U0ANA"); err != nil {
		t.Errorf("open home: %v", err)
	}
}
