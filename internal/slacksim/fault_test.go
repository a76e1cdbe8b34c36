package slacksim_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

// rough posts a message and tells what came back as one word, however broken.
func (w *workspace) rough(text string) string {
	w.t.Helper()
	body := url.Values{"token": {slacksim.DemoBotToken}, "channel": {"U0ANA"}, "text": {text}}.Encode()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.APIURL()+"chat.postMessage", strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return "lost"
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		return "lost"
	}
	return strings.Join([]string{resp.Status[:3], resp.Header.Get("Retry-After"), string(out)}, " ")
}

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		fault   slacksim.Fault
		answer  string // begins with
		without string // does not contain
		arrives bool
		code    string
		status  int
	}{
		{"rate limited", slacksim.Fault{Kind: slacksim.RateLimited, RetryAfter: 30 * time.Second}, `429 30 {"error":"ratelimited"`, "", false, "ratelimited", 429},
		{"rate limited for a moment", slacksim.Fault{Kind: slacksim.RateLimited, RetryAfter: time.Millisecond}, "429 1 ", "", false, "ratelimited", 429},
		{"500 before", slacksim.Fault{Kind: slacksim.Status500Before}, "500  <html>", "", false, "status_500_before", 500},
		{"500 after", slacksim.Fault{Kind: slacksim.Status500After}, "500  <html>", "", true, "status_500_after", 500},
		{"lost", slacksim.Fault{Kind: slacksim.LoseAnswer}, "lost", "", true, "lose_answer", 0},
		{"refused", slacksim.Fault{Kind: slacksim.Refuse, Error: "fatal_error"}, `200  {"error":"fatal_error","ok":false}`, "", false, "fatal_error", 200},
		{"refused without a reason", slacksim.Fault{Kind: slacksim.Refuse}, `200  {"error":"internal_error"`, "", false, "internal_error", 200},
		{"refused after", slacksim.Fault{Kind: slacksim.RefuseAfter}, `200  {"error":"internal_error"`, "", true, "internal_error", 200},
		{"truncated", slacksim.Fault{Kind: slacksim.Truncated}, `200  {"`, `"ts"`, true, "truncated", 200},
		{"no ts", slacksim.Fault{Kind: slacksim.NoTS}, `200  {"channel":`, `"ts"`, true, "ok", 200},
		{"slow", slacksim.Fault{Latency: time.Millisecond}, `200  {"channel":`, "", true, "ok", 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			tt.fault.Method = "chat.postMessage"
			w.Fault(tt.fault)
			got := w.rough("hi")
			if !strings.HasPrefix(got, tt.answer) || tt.without != "" && strings.Contains(got, tt.without) {
				t.Errorf("answer = %q, want %q without %q", got, tt.answer, tt.without)
			}
			if arrived := len(w.Feed("U0ANA")) == 1; arrived != tt.arrives {
				t.Errorf("the message arrived: %t", arrived)
			}
			r := w.Requests()[0]
			if r.Code != tt.code || r.Status != tt.status || r.Fault != tt.fault.Kind {
				t.Errorf("request = %+v", r)
			}
			if again := w.rough("again"); !strings.HasPrefix(again, "200") {
				t.Errorf("the fault struck twice: %q", again)
			}
			w.wantRules()
		})
	}
}

func TestFaultsByMethodAndNumber(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	w.Fault(slacksim.Fault{Method: "auth.test", Kind: slacksim.Refuse, Error: "one", Times: 2})
	w.Fault(slacksim.Fault{Method: "*", Kind: slacksim.Refuse, Error: "two", Times: -1})
	var got []string
	for range 3 {
		got = append(got, w.form("auth.test").Errored)
	}
	got = append(got, w.form("users.list").Errored)
	w.ClearFaults()
	got = append(got, w.form("auth.test").Errored)
	if diff := cmp.Diff([]string{"one", "one", "two", "two", ""}, got); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

func TestFaultsByChance(t *testing.T) {
	t.Parallel()
	draw := func(seed uint64) string {
		w := serve(t, slacksim.Options{})
		w.Fault(slacksim.Fault{Method: "*", Kind: slacksim.Refuse, Error: "x", Times: -1, Probability: 0.3, Seed: seed})
		out := ""
		for range 60 {
			out += map[bool]string{true: "x", false: "."}[w.form("auth.test").Errored == "x"]
		}
		return out
	}
	first := draw(1)
	if again := draw(1); again != first {
		t.Errorf("the same seed gave %s and %s", first, again)
	}
	if other := draw(2); other == first {
		t.Errorf("two seeds gave %s", first)
	}
	if struck := strings.Count(first, "x"); struck < 6 || struck > 32 {
		t.Errorf("%d of 60 calls were struck at 30 %%", struck)
	}
}

func TestSlowCallKeepsTheWorkspaceBusy(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	w.Fault(slacksim.Fault{Method: "auth.test", Latency: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.APIURL()+"auth.test", nil)
		if err != nil {
			return
		}
		resp, err := http.DefaultClient.Do(r)
		if err == nil {
			resp.Body.Close()
			t.Error("a call of an hour was answered")
		}
	}()
	gone, stop := context.WithCancel(t.Context())
	stop()
	busy := func() bool { return w.Idle(gone) != nil } // a cancelled wait tells how it is now
	if err := w.Await(t.Context(), busy); err != nil {
		t.Fatal("the workspace is idle while a call is served")
	}
	cancel()
	<-done
	if err := w.Idle(t.Context()); err != nil {
		t.Errorf("idle after the client left: %v", err)
	}
}
