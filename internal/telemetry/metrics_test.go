package telemetry_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/telemetry"
)

func ready(context.Context) error { return nil }

// get returns what the handler answers.
func get(t *testing.T, h http.Handler, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, nil))
	return w
}

// scrape returns the lines of the metrics that are ours.
func scrape(t *testing.T, m *telemetry.Metrics) map[string]bool {
	t.Helper()
	w := get(t, telemetry.Handler(ready, m), http.MethodGet, "/metrics")
	if w.Code != http.StatusOK {
		t.Fatalf("/metrics answers %d: %s", w.Code, w.Body)
	}
	lines := map[string]bool{}
	for line := range strings.Lines(w.Body.String()) {
		lines[strings.TrimSpace(line)] = true
	}
	return lines
}

func TestMetricsCountWhatTheyAreTold(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics()
	m.Leaders(5)
	m.MessageSettled("nudge", "sent")
	m.MessageSettled("nudge", "sent")
	m.MessageSettled("followup", "unsure")
	m.PayloadHandled("modal", "invalid", 40*time.Millisecond)
	m.PayloadHandled("command", "ok", 2*time.Second)
	m.HeartbeatDone("ok", 70*time.Millisecond, 12)
	m.SocketConnected(true)
	lines := scrape(t, m)
	for _, want := range []string{
		`innerview_messages_settled_total{kind="nudge",state="sent"} 2`,
		`innerview_messages_settled_total{kind="followup",state="unsure"} 1`,
		`innerview_messages_settled_total{kind="nudge",state="failed"} 0`,
		`innerview_payloads_handled_total{result="invalid",type="modal"} 1`,
		`innerview_payload_seconds_bucket{le="0.05"} 1`,
		`innerview_payload_seconds_sum 2.04`,
		`innerview_heartbeats_total{result="ok"} 1`,
		`innerview_heartbeats_total{result="error"} 0`,
		`innerview_heartbeat_seconds_count 1`,
		`innerview_due_pairs 12`,
		`innerview_socket_connected 1`,
	} {
		if !lines[want] {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	m.SocketConnected(false)
	if !scrape(t, m)[`innerview_socket_connected 0`] {
		t.Error("innerview_socket_connected is not 0 after the socket went")
	}
}

// TestMetricsTellNothingOfFew: with fewer than five leaders, what they do leaves no
// trace, and what goes wrong is still counted. What was held back then is not
// told later.
func TestMetricsTellNothingOfFew(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics()
	used := func() {
		for _, kind := range []string{"command", "action", "modal", "event"} {
			for _, result := range []string{"ok", "invalid", "not_found", "forbidden", "conflict"} {
				m.PayloadHandled(kind, result, time.Second)
			}
		}
		for _, kind := range []string{"nudge", "thanks", "hello", "welcome_back", "reminder", "followup", "digest"} {
			m.MessageSettled(kind, "sent")
		}
		m.HeartbeatDone("ok", time.Millisecond, 3)
	}
	stripped := func() []string {
		var lines []string
		for line := range scrape(t, m) {
			if strings.HasPrefix(line, "innerview_") && !strings.HasPrefix(line, "innerview_heartbeat") {
				lines = append(lines, line)
			}
		}
		slices.Sort(lines)
		return lines
	}
	for _, leaders := range []int{0, 1, 4} {
		m.Leaders(leaders)
		before := stripped()
		used()
		if diff := cmp.Diff(before, stripped()); diff != "" {
			t.Errorf("%d leaders: /metrics tells what they did (-before +after):\n%s", leaders, diff)
		}
	}
	m.PayloadHandled("modal", "internal", time.Second)
	m.MessageSettled("reminder", "failed")
	lines := scrape(t, m)
	for _, want := range []string{
		`innerview_payloads_handled_total{result="internal",type="other"} 1`,
		`innerview_messages_settled_total{kind="other",state="failed"} 1`,
		`innerview_payload_seconds_count 0`,
		`innerview_due_pairs NaN`,
	} {
		if !lines[want] {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	m.Leaders(5)
	used()
	lines = scrape(t, m)
	for _, want := range []string{
		`innerview_payloads_handled_total{result="ok",type="command"} 1`,
		`innerview_messages_settled_total{kind="reminder",state="sent"} 1`,
		`innerview_payload_seconds_count 20`,
		`innerview_due_pairs 3`,
	} {
		if !lines[want] {
			t.Errorf("five leaders: /metrics lacks %s", want)
		}
	}
	m.Leaders(4)
	m.HeartbeatDone("ok", time.Millisecond, 3)
	if !scrape(t, m)[`innerview_due_pairs NaN`] {
		t.Error("when one of five leaves, the pairs that are due are still told")
	}
}

func TestMetricsTakeNoWordsFromOutside(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics()
	m.Leaders(5)
	m.MessageSettled("U0SENTINEL", "U0SENTINEL")
	m.PayloadHandled("U0SENTINEL", "U0SENTINEL", time.Second)
	m.HeartbeatDone("U0SENTINEL", time.Second, 0)
	for line := range scrape(t, m) {
		if strings.Contains(line, "SENTINEL") {
			t.Errorf("a label took a word from outside its set: %s", line)
		}
	}
	if want := `innerview_messages_settled_total{kind="other",state="other"} 1`; !scrape(t, m)[want] {
		t.Errorf("/metrics lacks %s", want)
	}
}

func TestMetricsOfProcessAndGo(t *testing.T) {
	t.Parallel()
	var found int
	for line := range scrape(t, telemetry.NewMetrics()) {
		if strings.HasPrefix(line, "go_goroutines ") || strings.HasPrefix(line, "process_start_time_seconds ") {
			found++
		}
	}
	if found != 2 {
		t.Errorf("found %d of go_goroutines and process_start_time_seconds, want both", found)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	secret := errors.New("open /data/innerview.db: note text")
	tests := []struct {
		name, method, path string
		ready              error
		status             int
		body               string
	}{
		{"alive", "GET", "/healthz", telemetry.Database, 200, "ok\n"},
		{"alive, asked shortly", "HEAD", "/healthz", nil, 200, "ok\n"},
		{"ready", "GET", "/readyz", nil, 200, "ok\n"},
		{"no database", "GET", "/readyz", telemetry.Database, 503, "database\n"},
		{"no socket, wrapped", "GET", "/readyz", fmt.Errorf("%w: %w", telemetry.Socket, secret), 503, "socket\n"},
		{"another error", "GET", "/readyz", secret, 503, "other\n"},
		{"a word of one's own", "GET", "/readyz", telemetry.Reason("note text"), 503, "other\n"},
		{"another path", "GET", "/", nil, 404, "404 page not found\n"},
		{"another method", "POST", "/healthz", nil, 405, "Method Not Allowed\n"},
	}
	for _, tt := range tests {
		h := telemetry.Handler(func(context.Context) error { return tt.ready }, telemetry.NewMetrics())
		w := get(t, h, tt.method, tt.path)
		if w.Code != tt.status || w.Body.String() != tt.body {
			t.Errorf("%s: %s %s answers %d %q, want %d %q", tt.name, tt.method, tt.path, w.Code, w.Body, tt.status, tt.body)
		}
	}
}

func TestReadinessIsNotWaitedForWithoutEnd(t *testing.T) {
	t.Parallel()
	var bounded bool
	h := telemetry.Handler(func(ctx context.Context) error {
		_, bounded = ctx.Deadline()
		return nil
	}, telemetry.NewMetrics())
	get(t, h, http.MethodGet, "/readyz")
	if !bounded {
		t.Error("the check of readiness has no deadline")
	}
}

// TestMetricsAreSafeForConcurrentUse is for the race detector.
func TestMetricsAreSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics()
	m.Leaders(5)
	var done sync.WaitGroup
	for range 4 {
		done.Go(func() {
			m.MessageSettled("nudge", "sent")
			m.SocketConnected(true)
		})
	}
	done.Wait()
	if want := `innerview_messages_settled_total{kind="nudge",state="sent"} 4`; !scrape(t, m)[want] {
		t.Errorf("/metrics lacks %s", want)
	}
}
