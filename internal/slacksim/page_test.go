package slacksim_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

func (w *workspace) get(path string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.url+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.do(r)
}

// act posts what the page posts.
func (w *workspace) act(path string, body m) reply {
	w.t.Helper()
	return w.post(w.url+path, "application/json", string(raw(w.t, body)))
}

func (w *workspace) unread(user string) any {
	w.t.Helper()
	return w.get("/sim/users/" + user).Body["user"].(m)["unread"]
}

func TestPageState(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Lang: "ja", Gallery: func() any { return m{"views": l{}} }})
	got := w.get("/sim/state").Body
	users := got["users"].(l)
	delete(got, "users")
	want := m{
		"team": m{"name": "Demo workspace"}, "now": "2026-11-25T09:30:00Z", "advance": false, "gallery": true,
		"ahead": false, "command": "/innerview", "bot": m{"name": "Innerview"}, "lang": "ja",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	wantUser := m{
		"id": "U0ANA", "name": "ana", "real_name": "Ana Lima", "display_name": "Ana", "title": "",
		"tz": "Europe/Lisbon", "locale": "en-GB", "is_bot": false, "deleted": false, "unread": 0.0,
	}
	if diff := cmp.Diff(any(wantUser), users[0]); diff != "" || len(users) != 5 {
		t.Errorf("%d users, the first (-want +got):\n%s", len(users), diff)
	}
	if got := w.get("/sim/gallery"); got.Code != 200 {
		t.Errorf("gallery = %d", got.Code)
	}
}

func TestPageMember(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	fresh := w.get("/sim/users/U0ANA").Body
	if fresh["channel"] != "" || fresh["home"] != nil || len(fresh["modals"].(l)) != 0 || len(fresh["messages"].(l)) != 0 {
		t.Errorf("fresh member = %v", fresh)
	}
	if got := w.get("/sim/users/U9"); got.Code != 404 {
		t.Errorf("nobody = %d", got.Code)
	}

	id := w.open(a, form(nil, input("b", "a", m{"initial_value": "start"})))
	w.act("/sim/submit", m{"user": "U0ANA", "view_id": id, "state": m{"b": m{"a": m{"type": "plain_text_input", "value": nil}}}})
	w.json("views.publish", m{"user_id": "U0ANA", "view": m{"type": "home", "blocks": l{}}})
	ch := w.dm("U0ANA")
	w.form("chat.postMessage", "channel", ch, "text", "hi")

	got := w.get("/sim/users/U0ANA").Body
	if got["channel"] != ch || got["home"].(m)["type"] != "home" {
		t.Errorf("member = %v", got)
	}
	v := got["modals"].(l)[0].(m)
	if v["id"] != id || v["hash"] == "" || v["callback_id"] != "c" ||
		v["errors"].(m)["b"] != "Please complete this required field." {
		t.Errorf("modal = %v", v)
	}
	if diff := cmp.Diff(any(m{"b": m{"a": m{"type": "plain_text_input"}}}), v["state"]); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	messages := got["messages"].(l)
	typed, sent := messages[0].(m), messages[1].(m)
	if typed["own"] != true || typed["text"] != "/innerview" || typed["user"] != "U0ANA" || typed["ephemeral"] != true {
		t.Errorf("typed = %v", typed)
	}
	if sent["own"] != false || sent["user"] != slacksim.BotID || sent["time"] != "2026-11-25T09:30:00Z" || sent["edited"] != false {
		t.Errorf("sent = %v", sent)
	}
}

func TestPageActions(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	answered := func(path string, payload any, body m) (reply, envelope) {
		t.Helper()
		var got reply
		e := a.answer(payload, func() { got = w.act(path, body) })
		return got, e
	}

	got, e := answered("/sim/command", m{"text": "here"}, m{"user": "U0ANA", "text": "/innerview list"})
	if got.Body["ok"] != true || e.Payload["text"] != "list" {
		t.Errorf("command = %v, %v", got.Body, e.Payload)
	}
	if got := w.act("/sim/command", m{"user": "U0ANA", "text": "/other"}); got.Errored != "unknown_command" {
		t.Errorf("another command = %v", got.Body)
	}
	if got := w.act("/sim/command", m{"user": "U9", "text": "list"}); got.Body["ok"] != false || got.Errored == "" {
		t.Errorf("command of nobody = %v", got.Body)
	}

	id := w.open(a, form(m{"notify_on_close": true}, input("b", "a", nil),
		m{"type": "actions", "block_id": "x", "elements": l{m{"type": "button", "action_id": "go", "text": pt("Go")}}}))
	state := m{"b": m{"a": m{"type": "plain_text_input", "value": "typed"}}}
	_, e = answered("/sim/action", nil, m{
		"user": "U0ANA", "container": m{"type": "view", "view_id": id}, "block_id": "x", "action_id": "go",
		"value": m{"type": "button"}, "state": state,
	})
	sent := e.Payload["view"].(m)["state"].(m)["values"].(m)["b"].(m)["a"].(m)
	if sent["value"] != "typed" {
		t.Errorf("the form did not travel with the click: %v", sent)
	}
	got, _ = answered("/sim/submit", m{"response_action": "errors", "errors": m{"b": "No."}}, m{"user": "U0ANA", "view_id": id, "state": state})
	if diff := cmp.Diff(m{"ok": false, "errors": m{"b": "No."}}, got.Body); diff != "" {
		t.Errorf("submit (-want +got):\n%s", diff)
	}
	got, e = answered("/sim/close", nil, m{"user": "U0ANA", "view_id": id})
	if got.Body["ok"] != true || e.Payload["type"] != "view_closed" {
		t.Errorf("close = %v", got.Body)
	}
	got, e = answered("/sim/home", nil, m{"user": "U0ANA", "tab": "home"})
	if got.Body["ok"] != true || e.Payload["event"].(m)["tab"] != "home" {
		t.Errorf("home = %v", got.Body)
	}
	answered("/sim/home", nil, m{"user": "U0ANA", "tab": "messages"})
	if got := w.act("/sim/home", m{"user": "U0ANA", "tab": "about"}); got.Body["ok"] != false {
		t.Errorf("another tab = %v", got.Body)
	}
	w.form("chat.postMessage", "channel", "U0ANA", "text", "hi")
	if got := w.act("/sim/read", m{"user": "U0ANA"}); got.Body["ok"] != true || w.unread("U0ANA") != 0.0 {
		t.Errorf("read = %v", got.Body)
	}
	if got := w.post(w.url+"/sim/read", "application/json", "{"); got.Code != 400 {
		t.Errorf("broken body = %d", got.Code)
	}
	w.wantRules()
}

func TestPageValues(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	w.json("views.publish", m{"user_id": "U0ANA", "view": everything("home")})
	home, _ := w.Home("U0ANA")
	for _, value := range []m{
		{"type": "datetimepicker", "value": 1732500000.0},
		{"type": "checkboxes", "values": l{"1", "2"}},
		{"type": "static_select", "value": "1"},
		{"type": "static_select", "value": nil},
	} {
		var got reply
		a.answer(nil, func() {
			got = w.act("/sim/action", m{
				"user": "U0ANA", "container": m{"type": "view", "view_id": home.ID},
				"block_id": "b", "action_id": value["type"], "value": value,
			})
		})
		state := w.get("/sim/users/U0ANA").Body["home"].(m)["state"].(m)["b"].(m)
		shown := state[value["type"].(string)].(m)
		diff := cmp.Diff(with(value, m{"value": value["value"]}), shown) // null is absent
		if got.Body["ok"] != true || diff != "" {
			t.Errorf("%v: %v (-want +got):\n%s", value, got.Body, diff)
		}
	}
	if got := w.act("/sim/action", m{"user": "U0ANA", "value": m{"value": l{}}}); got.Code != 400 {
		t.Errorf("a list for a value = %d", got.Code)
	}
}

func TestPageAdvancesTheClock(t *testing.T) {
	t.Parallel()
	var w *workspace
	w = serve(t, slacksim.Options{Advance: func(_ context.Context, days int) error {
		if days == 7 {
			return errors.New("the week is too long")
		}
		w.clock.pass(time.Duration(days) * 24 * time.Hour)
		return nil
	}})
	if got := w.act("/sim/advance", m{"days": 1}).Body; got["ok"] != true || got["now"] != "2026-11-26T09:30:00Z" {
		t.Errorf("advance = %v", got)
	}
	if got := w.act("/sim/advance", m{"days": 7}); got.Errored != "the week is too long" {
		t.Errorf("failed advance = %v", got.Body)
	}
	if got := w.act("/sim/advance", m{"days": 2}); got.Body["ok"] != false {
		t.Errorf("two days = %v", got.Body)
	}
	still := serve(t, slacksim.Options{})
	if got := still.act("/sim/advance", m{"days": 1}); got.Body["ok"] != false {
		t.Errorf("without Advance = %v", got.Body)
	}
	if got := still.get("/sim/gallery"); got.Code != 404 {
		t.Errorf("without a gallery = %d", got.Code)
	}
}

func TestPageYearAhead(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Ahead: func(_ context.Context, user string) (any, error) {
		if user != "U0ANA" {
			return nil, errors.New("no year")
		}
		return m{"days": l{user}}, nil
	}})
	if w.get("/sim/state").Body["ahead"] != true {
		t.Error("the page is not told that there is a year ahead")
	}
	if got := w.get("/sim/users/U0ANA/ahead"); got.Code != 200 || got.Body["days"].(l)[0] != "U0ANA" {
		t.Errorf("year = %d, %v", got.Code, got.Body)
	}
	if got := w.get("/sim/users/W0MEI/ahead"); got.Code != 500 || got.Errored != "no_answer" {
		t.Errorf("failed year = %d, %v", got.Code, got.Body)
	}
	if got := w.get("/sim/users/U9/ahead"); got.Code != 404 {
		t.Errorf("year of nobody = %d", got.Code)
	}
	without := serve(t, slacksim.Options{})
	if got := without.get("/sim/users/U0ANA/ahead"); got.Code != 404 {
		t.Errorf("without a year = %d", got.Code)
	}
}

func TestPageOfAnotherOriginIsRefused(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	tests := []struct {
		origin string
		want   int
	}{
		{"", 200},
		{w.url, 200},
		{"https://evil.example", 403},
		{"null", 403},
	}
	for _, tt := range tests {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/sim/read", strings.NewReader(`{"user":"U0ANA"}`))
		if err != nil {
			t.Fatal(err)
		}
		if tt.origin != "" {
			r.Header.Set("Origin", tt.origin)
		}
		if got := w.do(r); got.Code != tt.want {
			t.Errorf("origin %q = %d, want %d", tt.origin, got.Code, tt.want)
		}
	}
}

func fetch(t *testing.T, url string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

func TestPageEvents(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Advance: func(context.Context, int) error { return nil }})
	resp := fetch(t, w.url+"/sim/events?user=U0ANA")
	defer resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("content type = %q", kind)
	}
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		t.Helper()
		var event []string
		for lines.Scan() && lines.Text() != "" {
			event = append(event, lines.Text())
		}
		return strings.Join(event, "|")
	}
	if got := next(); got != `event: change|data: {"user":"U0ANA"}` {
		t.Errorf("first event = %q", got)
	}
	w.form("chat.postMessage", "channel", "W0MEI", "text", "hi")
	if got := next(); got != `event: change|data: {"user":"W0MEI"}` {
		t.Errorf("after a message = %q", got)
	}
	w.act("/sim/advance", m{"days": 1})
	if got := next(); got != "event: clock|data: {}" {
		t.Errorf("after a day = %q", got)
	}
}

func TestStaticPageAndDump(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Page: fstest.MapFS{
		"index.html": {Data: []byte("<title>demo</title>")}, "static/a.js": {Data: []byte("1")},
	}})
	body := func(path string) string {
		t.Helper()
		resp := fetch(t, w.url+path)
		defer resp.Body.Close()
		out, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	if got := body("/"); got != "<title>demo</title>" {
		t.Errorf("/ = %q", got)
	}
	if got := body("/static/a.js"); got != "1" {
		t.Errorf("/static/a.js = %q", got)
	}
	w.form("chat.postMessage", "channel", "U0ANA", "text", "dumped")
	dump := body("/state")
	if !strings.Contains(dump, `"text": "dumped"`) || strings.Contains(dump, slacksim.DemoBotToken) {
		t.Errorf("/state = %s", dump)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	t.Parallel()
	sim := slacksim.New(slacksim.Options{})
	sim.AddUser(slacksim.User{ID: "U0ANA"})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- sim.Serve(ctx, l) }()
	base := "http://" + l.Addr().String()
	resp := fetch(t, base+"/sim/events") // a stream that only ends with the server
	defer resp.Body.Close()
	if got := sim.APIURL(); got != base+"/api/" {
		t.Errorf("APIURL = %q", got)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("serve = %v", err)
	}
}
