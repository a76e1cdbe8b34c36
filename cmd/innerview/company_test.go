package main

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/internal/slacksim"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

// The company whose sweeps are killed: each of the leaders leads the next four.
// At five messages a week, who missed a turn gets it soon.
const (
	killLeaders = 10
	killPeople  = 4
)

// company is a workspace, a roster and a database that outlive every sweep.
type company struct {
	t       *testing.T
	sim     *slacksim.Sim
	laggard *laggard
	server  *httptest.Server
	binary  string
	folder  string
	env     []string
	cal     *calendar.Calendar
	day     rapport.Date
	today   int // sweeps begun on this day
	ended   int // of the killed sweeps, those that came to their end before
}

func found(t *testing.T) *company {
	t.Helper()
	cal, err := calendar.New(calendar.Options{Country: "jp"})
	if err != nil {
		t.Fatal(err)
	}
	c := &company{
		t: t, sim: slacksim.New(slacksim.Options{}), binary: product.path(t), folder: storetest.MemoryDir(t), cal: cal,
	}
	t.Cleanup(c.sim.Close)
	c.laggard = &laggard{next: c.sim.Handler()}
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
	c.change("UPDATE leaders SET digest_day = 'off'") // so that every message is a nudge
}

// spoil has Slack fail in every way it can.
func (c *company) spoil() {
	for _, f := range []slacksim.Fault{
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
		f.Times, f.Seed = -1, rand.Uint64()
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
// time from its start on, three once they speak to Slack, and one in the middle of
// a post, so that kills fall between plan and settlement however slow the machine
// is. It reports whether the kill came before the sweep's own end.
func (c *company) killSweep() bool {
	c.t.Helper()
	begun := make(chan struct{})
	calls, life := c.laggard.nextCall("/api/auth.test"), rand.N(killWithin)
	when := rand.IntN(5)
	if when == 4 {
		calls, life = c.laggard.nextCall(postPath), rand.N(2*lag)
	}
	p := c.sweep()
	if when == 0 {
		close(begun)
		calls = begun
	}
	killed := p.killAfter(calls, life)
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

// nextDay ends the day. Its leaders touch every message in the evening, so that
// they go on getting some.
func (c *company) nextDay() {
	c.t.Helper()
	c.change("UPDATE messages SET answer = 'given' WHERE answer = ''")
	c.day, c.today = c.cal.NextWorking(c.day, rapport.MondayToFriday), 0
}

// change changes the database past the program, between two of its runs.
func (c *company) change(statements ...string) {
	c.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(c.folder, "innerview.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.ExecContext(c.t.Context(), s); err != nil {
			c.t.Fatalf("%s: %v", s, err)
		}
	}
}
