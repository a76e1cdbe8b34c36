package slacksim_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"innerview/internal/slacksim"
)

// responseURL has Ana run the command and returns the response URL it came with.
func (w *workspace) responseURL(a *app) string {
	w.t.Helper()
	e := a.answer(nil, func() {
		if _, err := w.RunCommand(w.t.Context(), "U0ANA", ""); err != nil {
			w.t.Errorf("run command: %v", err)
		}
	})
	return e.Payload["response_url"].(string)
}

func (w *workspace) post(url, kind, body string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	return w.do(r)
}

func TestResponseURLWorksFiveTimes(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	url := w.responseURL(w.connect())
	for range 5 {
		if got := w.post(url, "application/json", `{"text":"more"}`); got.Code != 200 {
			t.Fatalf("answer = %d %v", got.Code, got.Body)
		}
	}
	if got := w.post(url, "application/json", `{"text":"more"}`); got.Code != 404 || got.Errored != "used_url" {
		t.Errorf("sixth = %d %v", got.Code, got.Body)
	}
	w.wantRules("used_url")
	feed := w.Feed("U0ANA")
	if len(feed) != 6 || !feed[5].Ephemeral || feed[5].Own {
		t.Errorf("feed = %+v, want the typed line and five answers only Ana sees", feed)
	}
}

func TestResponseURLRefusals(t *testing.T) {
	t.Parallel()
	const kind = "application/json"
	tests := []struct {
		name  string
		after time.Duration
		path  string
		kind  string
		body  string
		want  string
	}{
		{"in time", 30 * time.Minute, "", kind, `{"text":"t"}`, ""},
		{"too late", 30*time.Minute + time.Second, "", kind, `{"text":"t"}`, "expired_url"},
		{"unknown", 0, "x", kind, `{"text":"t"}`, "no_such_url"},
		{"form", 0, "", "application/x-www-form-urlencoded", "text=t", "invalid_payload"},
		{"broken", 0, "", kind, "{", "invalid_payload"},
		{"empty", 0, "", kind, "{}", "no_text"},
		{"bad blocks", 0, "", kind, `{"text":"t","blocks":[{"type":"x"}]}`, "invalid_blocks"},
		{"what a library writes", 0, "", kind, `{"text":"t","blocks":null,"metadata":{"event_type":"","event_payload":null},"replace_original":false,"delete_original":false}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			url := w.responseURL(w.connect()) + tt.path
			w.clock.pass(tt.after)
			if got := w.post(url, tt.kind, tt.body); got.Errored != tt.want {
				t.Errorf("answer = %d %v, want %q", got.Code, got.Body, tt.want)
			}
			if breached := len(w.Breaches()) > 0; breached != (tt.want != "") {
				t.Errorf("breaches = %v", w.Breaches())
			}
		})
	}
}

func TestResponseURLOfAMessage(t *testing.T) {
	t.Parallel()
	const body = `[{"type":"actions","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}]`
	tests := []struct {
		name, method, answer string
		want                 []string // texts in Ana's feed
		edited               bool
	}{
		{"replace", "chat.postMessage", `{"text":"new","replace_original":true}`, []string{"new"}, true},
		{"replace what only she sees", "chat.postEphemeral", `{"text":"new","replace_original":true}`, []string{"new"}, true},
		{"delete", "chat.postMessage", `{"delete_original":true}`, nil, false},
		{"delete what only she sees", "chat.postEphemeral", `{"delete_original":true}`, nil, false},
		{"add", "chat.postMessage", `{"text":"new"}`, []string{"Go", "new"}, false},
		{"add for everybody in the channel", "chat.postMessage", `{"text":"new","response_type":"in_channel"}`, []string{"Go", "new"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			a := w.connect()
			args := []string{"channel", w.dm("U0ANA"), "text", "old", "blocks", body}
			if tt.method == "chat.postEphemeral" {
				args = append(args, "user", "U0ANA")
			}
			w.form(tt.method, args...)
			at := w.Feed("U0ANA")[0]
			e := a.answer(nil, func() {
				err := w.Click(t.Context(), "U0ANA", slacksim.Target{Channel: at.Channel, TS: at.TS}, "go", slacksim.Value{})
				if err != nil {
					t.Errorf("click: %v", err)
				}
			})
			if hidden := e.Payload["message"] == nil; hidden != at.Ephemeral {
				t.Errorf("payload carries a message: %t, ephemeral: %t", !hidden, at.Ephemeral)
			}
			w.post(e.Payload["response_url"].(string), "application/json", tt.answer)
			var got []string
			for _, msg := range w.Feed("U0ANA") {
				got = append(got, msg.Texts()[0])
			}
			if strings.Join(got, ",") != strings.Join(tt.want, ",") {
				t.Errorf("feed = %q, want %q", got, tt.want)
			}
			if len(got) > 0 && w.Feed("U0ANA")[0].Edited != tt.edited {
				t.Errorf("edited = %t", !tt.edited)
			}
			w.wantRules()
		})
	}
}
