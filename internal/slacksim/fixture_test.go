package slacksim_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"innerview/internal/slacksim"
)

// clock stands still until a test moves it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// workspace is a served simulator, called without any client library.
type workspace struct {
	*slacksim.Sim
	t     *testing.T
	url   string
	clock *clock
}

// serve starts a workspace with two members, Ana and Mei, one deactivated and one out of reach.
func serve(t *testing.T, opt slacksim.Options) *workspace {
	t.Helper()
	c := newClock()
	opt.Now = c.Now
	sim := slacksim.New(opt)
	for _, u := range []slacksim.User{
		{ID: "U0ANA", Name: "ana", DisplayName: "Ana", RealName: "Ana Lima", TZ: "Europe/Lisbon", Locale: "en-GB", Email: "ana@example.com"},
		{ID: "W0MEI", Name: "mei", DisplayName: "美咲", RealName: "Sato Misaki", TZ: "Asia/Tokyo", Locale: "ja-JP"},
		{ID: "U0OLD", Name: "old", TZ: "Asia/Tokyo", Deleted: true},
		{ID: "U0FAR", Name: "far", Stranger: true},
		{ID: "U0BOT", Name: "otherbot", IsBot: true},
	} {
		sim.AddUser(u)
	}
	server := httptest.NewServer(sim.Handler())
	sim.SetBaseURL(server.URL)
	t.Cleanup(func() {
		sim.Close()
		server.CloseClientConnections()
		server.Close()
	})
	return &workspace{Sim: sim, t: t, url: server.URL, clock: c}
}

// reply is an answer of the Web API.
type reply struct {
	Code    int
	Header  http.Header
	Body    m
	Errored string // the error field
}

// form calls a method with a form; the pairs are names and values.
func (w *workspace) form(method string, pairs ...string) reply {
	w.t.Helper()
	values := url.Values{"token": {slacksim.DemoBotToken}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return w.send(method, "application/x-www-form-urlencoded", values.Encode(), "")
}

// json calls a method with a JSON body.
func (w *workspace) json(method string, body m) reply {
	w.t.Helper()
	return w.send(method, "application/json; charset=utf-8", string(raw(w.t, body)), slacksim.DemoBotToken)
}

func (w *workspace) send(method, kind, body, token string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.APIURL()+method, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return w.do(r)
}

func (w *workspace) do(r *http.Request) reply {
	w.t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatalf("%s: %v", r.URL.Path, err)
	}
	defer resp.Body.Close()
	out := reply{Code: resp.StatusCode, Header: resp.Header}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		if err := json.NewDecoder(resp.Body).Decode(&out.Body); err != nil {
			w.t.Fatalf("%s: decode answer: %v", r.URL.Path, err)
		}
		out.Errored, _ = out.Body["error"].(string)
	}
	return out
}

// dm opens the direct message with a member.
func (w *workspace) dm(user string) string {
	w.t.Helper()
	r := w.form("conversations.open", "users", user)
	ch, _ := r.Body["channel"].(m)
	id, _ := ch["id"].(string)
	if id == "" {
		w.t.Fatalf("conversations.open: %v", r.Body)
	}
	return id
}

// rules names the breaches so far.
func (w *workspace) rules() []string {
	var out []string
	for _, b := range w.Breaches() {
		out = append(out, b.Rule)
	}
	return out
}

func (w *workspace) wantRules(want ...string) {
	w.t.Helper()
	if diff := cmp.Diff(want, w.rules()); diff != "" {
		w.t.Errorf("breaches (-want +got):\n%s\n%v", diff, w.Breaches())
	}
}

// envelope is what the app gets on its socket.
type envelope struct {
	ID      string `json:"envelope_id"`
	Type    string `json:"type"`
	Reason  string `json:"reason"`
	Payload m      `json:"payload"`
	Accepts bool   `json:"accepts_response_payload"`
	Attempt int    `json:"retry_attempt"`
	Retried string `json:"retry_reason"`
	Count   int    `json:"num_connections"`
}

// app is the far end of one socket.
type app struct {
	t   *testing.T
	ws  *websocket.Conn
	got chan envelope // closed when the connection ends
}

// connect opens a socket and waits for the greeting.
func (w *workspace) connect() *app {
	w.t.Helper()
	a := w.dial(w.socketURL())
	if e := a.next(); e.Type != "hello" {
		w.t.Fatalf("first frame = %+v, want hello", e)
	}
	if err := w.Connected(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *workspace) socketURL() string {
	w.t.Helper()
	r := w.send("apps.connections.open", "application/json", "", slacksim.DemoAppToken)
	address, _ := r.Body["url"].(string)
	if address == "" {
		w.t.Fatalf("apps.connections.open: %v", r.Body)
	}
	return address
}

func (w *workspace) dial(address string) *app {
	w.t.Helper()
	ws, resp, err := websocket.DefaultDialer.DialContext(w.t.Context(), address, http.Header{"Origin": {"https://api.slack.com"}})
	if err != nil {
		w.t.Fatalf("dial: %v", err)
	}
	resp.Body.Close()
	a := &app{t: w.t, ws: ws, got: make(chan envelope, 100)}
	go func() {
		defer close(a.got)
		for {
			var e envelope
			if ws.ReadJSON(&e) != nil {
				return
			}
			a.got <- e
		}
	}()
	w.t.Cleanup(func() { ws.Close() })
	return a
}

// next is the next frame; the test fails if none comes.
func (a *app) next() envelope {
	a.t.Helper()
	select {
	case e, ok := <-a.got:
		if !ok {
			a.t.Fatal("the connection ended")
		}
		return e
	case <-time.After(5 * time.Second):
		a.t.Fatal("no frame came")
	}
	return envelope{}
}

// ended waits until the connection is closed.
func (a *app) ended() {
	a.t.Helper()
	for range a.got {
		a.t.Log("a frame was left")
	}
}

// ack acknowledges an envelope, with a payload if it is not nil.
func (a *app) ack(e envelope, payload any) {
	a.t.Helper()
	frame := m{"envelope_id": e.ID}
	if payload != nil {
		frame["payload"] = payload
	}
	a.write(frame)
}

func (a *app) write(frame any) {
	a.t.Helper()
	if err := a.ws.WriteJSON(frame); err != nil {
		a.t.Errorf("write: %v", err)
	}
}

// answer acknowledges the next envelope with the payload while act runs, and returns the envelope.
func (a *app) answer(payload any, act func()) envelope {
	a.t.Helper()
	return a.handle(func(e envelope) any { return payload }, act)
}

// handle acknowledges the next envelope with what respond makes of it while act runs.
func (a *app) handle(respond func(envelope) any, act func()) envelope {
	a.t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); act() }()
	e := a.next()
	a.ack(e, respond(e))
	<-done
	return e
}
