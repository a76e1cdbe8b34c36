package slacksim_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"innerview/internal/slacksim"
)

func TestSocketURLWorksOnceAndNotForLong(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	refused := func(url string) bool {
		t.Helper()
		ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), url, nil)
		if err == nil {
			ws.Close()
			return false
		}
		return resp != nil && resp.StatusCode == http.StatusForbidden
	}

	used := w.socketURL()
	w.dial(used).next()
	if !refused(used) {
		t.Error("a socket URL works twice")
	}
	w.wantRules("url_used_twice")
	old := w.socketURL()
	w.clock.pass(31 * time.Second)
	if !refused(old) {
		t.Error("an old socket URL works")
	}
	if !refused(strings.Replace(w.socketURL(), "/socket/", "/socket/x", 1)) {
		t.Error("an invented socket URL works")
	}
	w.wantRules("url_used_twice")
}

func TestHelloCountsConnectionsUpToTen(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	for i := 1; i <= 10; i++ {
		if e := w.dial(w.socketURL()).next(); e.Type != "hello" || e.Count != i {
			t.Fatalf("greeting %d = %+v", i, e)
		}
	}
	eleventh := w.dial(w.socketURL())
	if e := eleventh.next(); e.Type != "disconnect" || e.Reason != "too_many_websockets" {
		t.Errorf("eleventh = %+v", e)
	}
	eleventh.ended()
}

func TestPingsComeByThemselves(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{PingEvery: time.Millisecond})
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), w.socketURL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	defer ws.Close()
	pings := 0
	ws.SetPingHandler(func(string) error {
		if pings++; pings == 3 {
			return errors.New("enough")
		}
		return nil
	})
	for err == nil {
		_, _, err = ws.ReadMessage()
	}
	if pings != 3 {
		t.Errorf("%d pings came before %v, want 3", pings, err)
	}
}

func TestEachPayloadGoesToOneConnectionInTurn(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	apps := []*app{w.connect(), w.connect()}
	got := map[int]int{}
	for range 4 {
		done := make(chan error, 1)
		go func() {
			_, err := w.RunCommand(t.Context(), "U0ANA", "list")
			done <- err
		}()
		var e envelope
		select {
		case e = <-apps[0].got:
			got[0]++
		case e = <-apps[1].got:
			got[1]++
		}
		apps[got[0]%2].ack(e, nil) // an acknowledgement may take another connection
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if got[0] != 2 || got[1] != 2 {
		t.Errorf("payloads by connection = %v, want two each", got)
	}
	w.wantRules()
}

func TestAcknowledgements(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		ack  func(a *app, e envelope)
		want []string
	}{
		{"plain", func(a *app, e envelope) { a.ack(e, nil) }, nil},
		{"empty payload", func(a *app, e envelope) { a.ack(e, m{}) }, nil},
		{"twice", func(a *app, e envelope) { a.ack(e, nil); a.ack(e, nil) }, []string{"acked_twice"}},
		{"unknown envelope", func(a *app, e envelope) { a.write(m{"envelope_id": "none"}); a.ack(e, nil) }, []string{"unknown_envelope"}},
		{"no envelope", func(a *app, e envelope) { a.write(m{"payload": m{}}); a.ack(e, nil) }, []string{"not_an_ack"}},
		{"too large", func(a *app, e envelope) { a.ack(e, m{"text": x(20 * 1024)}); a.ack(e, nil) }, []string{"ack_too_large"}},
		{"answer that is no message", func(a *app, e envelope) { a.ack(e, l{"text"}) }, []string{"invalid_command_response"}},
		{"answer with bad blocks", func(a *app, e envelope) { a.ack(e, m{"text": "t", "blocks": l{m{"type": "x"}}}) }, []string{"invalid_blocks"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			a := w.connect()
			done := make(chan error, 1)
			go func() {
				_, err := w.RunCommand(t.Context(), "U0ANA", "list")
				done <- err
			}()
			tt.ack(a, a.next())
			err := <-done
			var shown slacksim.Refusal
			if bad := strings.HasPrefix(tt.name, "answer"); bad != errors.As(err, &shown) {
				t.Errorf("person sees %v", err)
			}
			// A second command comes after whatever was written before it.
			a.answer(nil, func() { _, _ = w.RunCommand(t.Context(), "U0ANA", "list") })
			w.wantRules(tt.want...)
		})
	}
}

func TestAnswersOnlyWhereTheyAreTaken(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	e := a.answer(m{"text": "thanks"}, func() { _ = w.OpenHome(t.Context(), "U0ANA") })
	if e.Accepts || e.Type != "events_api" {
		t.Errorf("envelope = %+v", e)
	}
	w.wantRules("ack_payload")
}

func TestLateAcknowledgement(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{AckWithin: 20 * time.Millisecond})
	a := w.connect()
	_, err := w.RunCommand(t.Context(), "U0ANA", "list")
	if want := (slacksim.Refusal{Code: "operation_timeout"}); !errors.Is(err, want) {
		t.Errorf("person sees %v, want %v", err, want)
	}
	w.wantRules("late_ack")
	e := a.next()
	a.ack(e, m{"text": "sorry"})
	a.write(m{"envelope_id": "none"}) // read after the late one
	if err := w.Await(t.Context(), func() bool { return len(w.Breaches()) > 1 }); err != nil {
		t.Fatal(err)
	}
	w.wantRules("late_ack", "unknown_envelope")
	if feed := w.Feed("U0ANA"); len(feed) != 1 {
		t.Errorf("the late answer is shown: %+v", feed)
	}
}

func TestCommandSurvivesANewConnection(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	done := make(chan error, 1)
	go func() {
		_, err := w.RunCommand(t.Context(), "U0ANA", "list")
		done <- err
	}()
	e := a.next()
	w.DropSockets()
	w.connect().ack(e, m{"text": "here"})
	if err := <-done; err != nil {
		t.Error(err)
	}
	if feed := w.Feed("U0ANA"); len(feed) != 2 || feed[1].Text != "here" {
		t.Errorf("feed = %+v", feed)
	}
	w.wantRules()
}

func TestLostCommandIsNobodysFault(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{AckWithin: time.Second})
	a := w.connect()
	done := make(chan error, 1)
	go func() {
		_, err := w.RunCommand(t.Context(), "U0ANA", "list")
		done <- err
	}()
	a.next()
	w.DropSockets()
	if err := <-done; err == nil {
		t.Error("the person sees no error")
	}
	w.wantRules()
}

func TestDismissedConnectionsGetNothingMore(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		act    func(*workspace)
		reason string
		cut    bool
	}{
		{"refresh", func(w *workspace) { w.RefreshSockets() }, "refresh_requested", false},
		{"warning", func(w *workspace) { w.WarnSockets() }, "warning", false},
		{"link disabled", func(w *workspace) { w.DisableLink() }, "link_disabled", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			a := w.connect()
			tt.act(w)
			if e := a.next(); e.Type != "disconnect" || e.Reason != tt.reason {
				t.Errorf("frame = %+v, want %s", e, tt.reason)
			}
			if tt.cut {
				a.ended()
				r := w.send("apps.connections.open", "application/json", "", slacksim.DemoAppToken)
				if r.Errored != "link_disabled" {
					t.Errorf("a new URL = %v", r.Body)
				}
				w.EnableLink()
			}
			if _, err := w.RunCommand(t.Context(), "U0ANA", "list"); err == nil {
				t.Error("a dismissed connection got a payload")
			}
			w.connect().answer(nil, func() {
				if _, err := w.RunCommand(t.Context(), "U0ANA", "list"); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestWaitsEndWithTheirContext(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Connected(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("connected = %v", err)
	}
	a := w.connect()
	done := make(chan error, 1)
	busy, stop := context.WithCancel(t.Context())
	go func() {
		_, err := w.RunCommand(busy, "U0ANA", "list")
		done <- err
	}()
	a.next()
	if err := w.Idle(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("idle while a command waits = %v", err)
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("command = %v", err)
	}
	w.wantRules()
}
