package scheduler_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// TestYear lives through a year of one company: three leaders, fourteen people,
// talks that go well or badly or not at all, pauses, holidays, and a Slack that
// fails now and then, all drawn from a seed. An auditor watches what is sent and
// what becomes due. INNERVIEW_LONG=1 lives fifty years; INNERVIEW_SEED=7 lives
// that one again, and prints it.
func TestYear(t *testing.T) {
	t.Parallel()
	first, last, days := uint64(1), uint64(1), 364
	switch seed := os.Getenv("INNERVIEW_SEED"); {
	case seed != "":
		first = must(strconv.ParseUint(seed, 10, 64))(t)
		last = first
	case scheduler.Long():
		last = 50
	case raceDetector:
		days = 100 // past the ninetieth: each step costs thirty times as much
	}
	for seed := first; seed <= last; seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			c := found(t, seed)
			c.live(days)
			c.auditor.closing()
			if t.Failed() || os.Getenv("INNERVIEW_SEED") != "" {
				t.Logf("INNERVIEW_SEED=%d go test ./scheduler -run TestYear lives this year again:\n%s",
					seed, strings.Join(c.diary, "\n"))
			}
			t.Logf("%d days: %s", days, c.auditor.figures())
		})
	}
}

// TestYearReplays lives the same weeks twice: a seed must tell all.
func TestYearReplays(t *testing.T) {
	t.Parallel()
	var diaries [2][]string
	for i := range diaries {
		c := found(t, 7)
		c.live(21)
		diaries[i] = c.diary
	}
	if len(diaries[0]) < 10 {
		t.Errorf("the diary of three weeks has %d lines", len(diaries[0]))
	}
	if diff := cmp.Diff(diaries[0], diaries[1]); diff != "" {
		t.Errorf("two lives of one seed differ:\n%s", diff)
	}
}

// company is an office with people in it who have a will of their own.
type company struct {
	*office
	rng     *rand.Rand
	day     rapport.Date
	auditor *auditor
	later   map[rapport.Date][]func() // what is done in the evening of a day
	diary   []string
}

// leaders, and how many people each leads.
func leaders() map[string]int { return map[string]int{ana: 3, bea: 5, cem: 6} }

// found makes the company of a seed, on a Monday in April.
func found(t *testing.T, seed uint64) *company {
	t.Helper()
	c := &company{
		office: open(t, withDigest()), rng: rand.New(rand.NewPCG(seed, 0)), day: date(t, "2026-04-06"),
		later: map[rapport.Date][]func(){},
	}
	c.clock.turn(c.day.At(8*60, c.zone))
	var rows []store.RosterRow
	for _, leader := range []string{ana, bea, cem} {
		for i := range leaders()[leader] {
			row := store.RosterRow{Leader: leader, Person: fmt.Sprintf("UP%d%s", i, leader[len(leader)-3:])}
			switch c.rng.IntN(5) {
			case 0:
				row.Since = c.day.AddDays(-c.rng.IntN(28)) // new
			case 1:
				row.RhythmDays = 7 * (1 + c.rng.IntN(4))
			}
			rows = append(rows, row)
		}
	}
	c.roster(rows...)
	// The starter is drawn from the pair's id: it must be the same in each life.
	c.query("UPDATE pairs SET id = leader || '-' || person")
	c.auditor = newAuditor(c.office, rows, c.day)
	return c
}

// live lets so many days pass.
func (c *company) live(days int) {
	for range days {
		for _, minutes := range c.beats() {
			c.beat(c.day.At(minutes, c.zone))
		}
		c.clock.turn(c.day.At(18*60+30, c.zone))
		c.evening()
		c.auditor.evening(c.day)
		if c.t.Failed() {
			return
		}
		c.day = c.day.AddDays(1)
	}
}

// beats are the minutes of the day at which the heart beats: at night, in the
// morning, at lunch, in the afternoon and in the evening.
func (c *company) beats() []int {
	spans := [][2]int{{0, 570}, {570, 720}, {720, 780}, {780, 1050}, {1050, 1440}}
	if c.auditor.off(c.day) {
		spans = spans[1:2]
	}
	var beats []int
	for _, s := range spans {
		beats = append(beats, s[0]+c.rng.IntN(s[1]-s[0]))
	}
	return beats
}

func (c *company) beat(now time.Time) {
	morning := now.Hour() < 12
	if morning && c.rng.IntN(25) == 0 {
		c.sim.Fault(c.fault())
	}
	for _, l := range c.tick(now) {
		c.note("%s %s %s %s %s %s", l.At, l.Leader, l.Person, l.Kind, l.Level+l.Starter, l.State)
		c.auditor.sent(l, now)
		if l.State == "sent" && l.Kind.IsNudge() {
			c.answer(l)
		}
	}
	c.sim.ClearFaults()
}

func (c *company) note(format string, args ...any) {
	c.diary = append(c.diary, fmt.Sprintf(format, args...))
}

// fault is one thing that goes wrong with one post.
func (c *company) fault() slacksim.Fault {
	faults := []slacksim.Fault{
		{Kind: slacksim.RateLimited, RetryAfter: time.Minute},
		{Kind: slacksim.Status500Before},
		{Kind: slacksim.Status500After},
		{Kind: slacksim.LoseAnswer},
		{Kind: slacksim.Refuse, Error: "channel_not_found"},
	}
	f := faults[c.rng.IntN(len(faults))]
	f.Method = "chat.postMessage"
	return f
}

// answer is what a leader does about a nudge, in the evening of the day or of one
// soon after, or never.
func (c *company) answer(l scheduler.Line) {
	posts := c.posts(l.Leader)
	card := posts[len(posts)-1]
	on := c.day.AddDays(max(0, c.rng.IntN(6)-2))
	if aboutPromise(l) {
		c.keep(l, card.TS, on)
		return
	}
	switch n := c.rng.IntN(100); {
	case n < 15:
	case n < 22:
		c.later[on] = append(c.later[on], func() { c.press(l, card.TS, "not_this_week") })
	default:
		outcome := c.outcome()
		c.later[on] = append(c.later[on], func() { c.tell(l, card.TS, outcome) })
	}
}

// keep is what a leader does about something they promised: it is done, or puts
// it off, or nothing.
func (c *company) keep(l scheduler.Line, ts string, on rapport.Date) {
	switch n := c.rng.IntN(10); {
	case n < 6:
		c.later[on] = append(c.later[on], func() {
			c.press(l, ts, []string{"promise_kept", "promise_withdrawn"}[n%2])
			c.note("%s %s keeps what was promised to %s", c.day, l.Leader, l.Person)
			c.auditor.keeps(l.Leader, l.Person)
		})
	case n < 8:
		c.later[on] = append(c.later[on], func() { c.press(l, ts, "pass_week.one") })
	}
}

// outcome is drawn as it is for people of an ordinary sort (docs/method.md,
// "Pace").
func (c *company) outcome() rapport.Outcome {
	switch n := c.rng.IntN(100); {
	case n < 45:
		return rapport.Light
	case n < 78:
		return rapport.Opened
	case n < 84:
		return rapport.Guarded
	case n < 98:
		return rapport.Missed
	}
	return rapport.Declined
}

// press presses a button of a card if it is still there, and reports whether it
// was.
func (c *company) press(l scheduler.Line, ts, actionID string) bool {
	at := slices.IndexFunc(c.posts(l.Leader), func(m slacksim.Message) bool { return m.TS == ts })
	card := c.posts(l.Leader)[at]
	if !slices.ContainsFunc(card.Controls(), func(x slacksim.Control) bool { return x.ActionID == actionID }) {
		return false
	}
	c.presses(l.Leader, actionID, card)
	if actionID == "not_this_week" || actionID == "pass_week.one" {
		c.note("%s %s passes %s", c.day, l.Leader, l.Person)
		c.auditor.passed(l.Leader, l.Person, c.day)
	}
	return true
}

// tell records a talk from a card: now and then after another starter was asked
// for, and through the question that stands before the first about values.
func (c *company) tell(l scheduler.Line, ts string, outcome rapport.Outcome) {
	c.press(l, ts, []string{"intent.understand", "intent.support", "intent.information"}[c.rng.IntN(3)])
	if c.rng.IntN(6) == 0 {
		c.press(l, ts, []string{"another", "lighter"}[c.rng.IntN(2)])
	}
	if !c.press(l, ts, "talked") || !c.press(l, ts, "outcome."+string(outcome)) {
		return // answered by hand meanwhile, or the pair is at rest
	}
	c.note("%s %s tells of %s: %s", c.day, l.Leader, l.Person, outcome)
	c.auditor.talked(l.Leader, l.Person, c.day, outcome)
}

// evening is when leaders do things of their own accord.
func (c *company) evening() {
	for _, act := range c.later[c.day] {
		act()
	}
	for _, leader := range []string{ana, bea, cem} {
		c.accord(leader)
		if c.rng.IntN(3) == 0 {
			// They are there, whatever they leave open, so that nobody backs off; what
			// happens to who is not, TestBackingOff shows.
			c.responds(leader, c.day.At(18*60, c.zone))
		}
	}
}

func (c *company) accord(leader string) {
	person := fmt.Sprintf("UP%d%s", c.rng.IntN(leaders()[leader]), leader[len(leader)-3:])
	switch n := c.rng.IntN(1000); {
	case n < 40:
		outcome := c.outcome()
		c.types(leader, "log <@%s> %s", person, outcome)
		c.auditor.talked(leader, person, c.day, outcome)
	case n < 48:
		until := c.day.AddDays(1 + c.rng.IntN(30))
		c.types(leader, "pause %s", until)
		c.auditor.paused(leader, until)
	case n < 53:
		c.types(leader, "resume")
		c.auditor.paused(leader, c.day)
	case n < 61:
		until := c.day.AddDays(1 + c.rng.IntN(21))
		c.types(leader, "snooze <@%s> %s", person, until)
		c.auditor.snoozed(leader, person, until)
	case n < 71 && !c.auditor.off(c.day.AddDays(1)):
		c.note("%s %s plans a coffee with %s", c.day, leader, person)
		c.plansCoffee(leader, person, c.day.AddDays(1).String()+" 15:00")
		c.auditor.coffee(leader, person, c.day.AddDays(1))
	case n < 85:
		c.types(leader, "promise <@%s> lend book number %d", person, len(c.diary)) // the same twice is one
		c.auditor.offers(leader, person, c.day)
	case n < 114:
		if c.auditor.restarted(leader, person, c.day) {
			c.types(leader, "add <@%s>", person)
		}
	}
}

func (c *company) types(leader, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	c.note("%s %s types %s", c.day, leader, text)
	c.runs(leader, text)
}
