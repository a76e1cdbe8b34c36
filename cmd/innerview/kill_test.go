package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/internal/slacksim"
	"innerview/rapport"
)

// The company whose sweeps are killed: each of the leaders leads the next four.
// At five messages a week, who missed a turn gets it soon.
const (
	killLeaders = 10
	killPeople  = 4
)

// TestKilledSweepsDoubleNothing kills one sweep after the other at a random
// moment, while Slack loses answers and answers badly, and then compares what
// Slack took with what the database says of it.
func TestKilledSweepsDoubleNothing(t *testing.T) {
	notWhileUpdating(t)
	kills := 100
	if inFull() {
		kills = 1000
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	c := found(t, seed)
	c.spoil()
	killed := 0
	for killed < kills {
		if c.killSweep() {
			killed++
		} else {
			c.nextDay()
		}
	}
	v := c.audit()
	t.Logf("%d kills, %d sweeps ended before, %d posts accepted, %d messages sent, %d unsure, %d doubled", killed, c.ended, v.posts, v.sent, v.unsure, len(v.doubled))
	v.report(t)
	if v.posts == 0 || v.sent == 0 || v.unsure == 0 {
		t.Error("the test saw too little to judge")
	}
}

// stoppedEarly is what a sweep says that was asked to end before its time.
const stoppedEarly = "innerview: stopped before everything was done: run it again for the rest\n"

// TestStoppedSweepsSettleWhatTheySend asks one sweep after the other to end in
// the middle of a post. Where Slack answers, nothing may be left in doubt.
func TestStoppedSweepsSettleWhatTheySend(t *testing.T) {
	notWhileUpdating(t)
	t.Parallel()
	stops := 5
	if inFull() {
		stops = 200
	}
	c := found(t, rand.Uint64())
	for stopped := 0; stopped < stops; c.nextDay() {
		posting := c.laggard.nextCall(postPath)
		p := c.sweep()
		select {
		case <-p.ended: // nobody was due
		case <-posting:
			stopped++
		}
		p.interrupt()
		if said := p.stderr.String(); p.err != nil && said != stoppedEarly {
			t.Fatalf("a sweep ended with %v:\n%swant\n%s", p.err, said, stoppedEarly)
		}
		c.undisturbed()
	}
	v := c.audit()
	t.Logf("%d stops, %d posts accepted, %d messages sent, %d unsure", stops, v.posts, v.sent, v.unsure)
	v.report(t)
	if v.posts < stops || v.posts != v.sent || v.unsure > 0 {
		t.Error("want every message sent, and nothing in doubt")
	}
}

// company is a workspace, a roster and a database that outlive every sweep.
type company struct {
	t       *testing.T
	sim     *slacksim.Sim
	laggard *laggard
	server  *httptest.Server
	binary  string
	folder  string
	env     []string
	dice    *rand.Rand
	cal     *calendar.Calendar
	day     rapport.Date
	today   int // sweeps begun on this day
	ended   int // of the killed sweeps, those that came to their end before
}

func found(t *testing.T, seed uint64) *company {
	t.Helper()
	cal, err := calendar.New(calendar.Options{Country: "jp"})
	if err != nil {
		t.Fatal(err)
	}
	c := &company{
		t: t, sim: slacksim.New(slacksim.Options{}), binary: product.path(t), folder: t.TempDir(),
		dice: rand.New(rand.NewPCG(seed, 0)), cal: cal,
	}
	c.laggard = &laggard{next: c.sim.Handler(), dice: rand.New(rand.NewPCG(seed, 1))}
	c.server = httptest.NewServer(c.laggard)
	t.Cleanup(c.server.Close)
	c.sim.SetBaseURL(c.server.URL)
	c.env = []string{
		"INNERVIEW_SLACK_API_URL=" + c.sim.APIURL(),
		"INNERVIEW_SLACK_BOT_TOKEN=" + slacksim.DemoBotToken,
		"INNERVIEW_SLACK_APP_TOKEN=" + slacksim.DemoAppToken,
		"INNERVIEW_STORE_URL=" + filepath.Join(c.folder, "innerview.db"),
		"INNERVIEW_KEYS_FILE=" + filepath.Join(c.folder, "innerview.key"),
		"INNERVIEW_NUDGES_PER_WEEK=5", "INNERVIEW_LOG_LEVEL=error",
	}
	c.day = cal.NextWorking(mustDate(t, "2025-05-11"), rapport.MondayToFriday)
	c.employ()
	return c
}

func mustDate(t testing.TB, text string) rapport.Date {
	t.Helper()
	d, err := rapport.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func leaderID(i int) string { return fmt.Sprintf("U%02dLEADER", i%killLeaders) }

// employ fills the workspace and imports the roster.
func (c *company) employ() {
	c.t.Helper()
	var roster bytes.Buffer
	w := csv.NewWriter(&roster)
	w.Write([]string{"leader", "person"})
	for i := range killLeaders {
		c.sim.AddUser(slacksim.User{ID: leaderID(i), Name: leaderID(i), TZ: "Asia/Tokyo", Locale: "en-US"})
		for j := range killPeople {
			w.Write([]string{leaderID(i), leaderID(i + j + 1)})
		}
	}
	w.Flush()
	file := filepath.Join(c.folder, "roster.csv")
	if err := os.WriteFile(file, roster.Bytes(), 0o600); err != nil {
		c.t.Fatal(err)
	}
	load := exec.Command(c.binary, "roster", "import", file)
	load.Env = c.env
	if said, err := load.CombinedOutput(); err != nil {
		c.t.Fatalf("import the roster: %v\n%s", err, said)
	}
}

// spoil has Slack fail in every way it can.
func (c *company) spoil() {
	for i, f := range []slacksim.Fault{
		{Kind: slacksim.LoseAnswer, Probability: 0.05},
		{Kind: slacksim.Status500Before, Probability: 0.03},
		{Kind: slacksim.Status500After, Probability: 0.03},
		{Kind: slacksim.RefuseAfter, Error: "internal_error", Probability: 0.03},
		{Kind: slacksim.Truncated, Probability: 0.03},
		{Kind: slacksim.NoTS, Probability: 0.03},
		{Kind: slacksim.Refuse, Error: "channel_not_found", Probability: 0.03},
		{Kind: slacksim.RateLimited, RetryAfter: time.Second, Probability: 0.03},
		{Method: "conversations.open", Kind: slacksim.LoseAnswer, Probability: 0.2},
	} {
		if f.Method == "" {
			f.Method = "chat.postMessage"
		}
		f.Times, f.Seed = -1, c.dice.Uint64()+uint64(i)
		c.sim.Fault(f)
	}
}

// sweep begins a sweep, each one a minute after the one before.
func (c *company) sweep() *process {
	c.t.Helper()
	at := c.day.At(9*60+45+c.today%100, time.FixedZone("", 9*60*60))
	c.today++
	return start(c.t, c.binary, c.env, "sweep", "--at", at.Format(time.RFC3339))
}

// killSweep runs a sweep and kills it at a random moment: one in five at any
// time from its start on, the others once they speak to Slack, so that kills fall
// between plan and settlement however slow the machine is. It reports whether
// the kill came before the sweep's own end.
func (c *company) killSweep() bool {
	c.t.Helper()
	begun := make(chan struct{})
	calls := c.laggard.nextCall("/api/auth.test")
	p := c.sweep()
	if c.dice.IntN(5) == 0 {
		close(begun)
		calls = begun
	}
	killed := p.killAfter(calls, time.Duration(c.dice.Int64N(int64(killWithin))))
	if !killed {
		c.ended++
	}
	return killed
}

// killWithin bounds the life of a sweep that is killed.
const killWithin = 150 * time.Millisecond

// undisturbed runs a sweep to its end.
func (c *company) undisturbed() {
	c.t.Helper()
	if c.sweep().killAfter(nil, 0) {
		c.t.Fatalf("a sweep that nobody disturbed did not end within %v", patience)
	}
}

func (c *company) nextDay() {
	c.day, c.today = c.cal.NextWorking(c.day, rapport.MondayToFriday), 0
}

// laggard is a Slack that takes its time, and goes on with what it was asked
// when whoever asked has died.
type laggard struct {
	next   http.Handler
	mu     sync.Mutex
	dice   *rand.Rand
	await  string        // the path somebody waits for
	called chan struct{} // closed when it is called
}

const postPath = "/api/chat.postMessage"

// nextCall returns a channel that the next call of the path closes.
func (l *laggard) nextCall(path string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.await, l.called = path, make(chan struct{})
	return l.called
}

func (l *laggard) tell(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.called != nil && path == l.await {
		close(l.called)
		l.called = nil
	}
}

const lag = 12 * time.Millisecond // at most, before a post is taken, and again before it is answered

func (l *laggard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.tell(r.URL.Path)
	if r.URL.Path != postPath {
		l.next.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // it never arrived as a whole
	}
	r = r.WithContext(context.WithoutCancel(r.Context()))
	r.Body = io.NopCloser(bytes.NewReader(body))
	l.pause()
	answer := httptest.NewRecorder()
	defer func() {
		l.pause()
		if cut := recover(); cut != nil {
			panic(cut)
		}
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	}()
	l.next.ServeHTTP(answer, r)
}

func (l *laggard) pause() {
	l.mu.Lock()
	d := time.Duration(l.dice.Int64N(int64(lag)))
	l.mu.Unlock()
	<-time.After(d)
}
