package scheduler_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// outbox is the message with its pair and its offer, as the database has them.
const outbox = `
	SELECT messages.state, attempts, due_on, planned_on, ts <> '', pairs.next_on, last_nudge, offers.state
	FROM messages
	JOIN pairs ON pairs.id = messages.pair
	JOIN offers ON offers.id = messages.offer`

// TestWrittenDownBeforePosted looks at the database at the moment a message is
// handed over, and again afterwards.
func TestWrittenDownBeforePosted(t *testing.T) {
	t.Parallel()
	var o *office
	var during []string
	o = open(t, choices{wrap: func(d scheduler.Deliverer) scheduler.Deliverer {
		return hook{d, func(store.Delivery) { during = o.query(outbox) }}
	}})
	o.lead(ana, mei)
	lines := o.tickAt("2026-11-25 10:30")
	if diff := cmp.Diff([]string{"sending 1 2026-11-24 2026-11-25 0 2026-12-02 2026-11-25 shown"}, during); diff != "" {
		t.Errorf("database while the message is posted (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"sent 1 2026-11-24 2026-11-25 1 2026-12-02 2026-11-25 shown"}, o.query(outbox)); diff != "" {
		t.Errorf("database afterwards (-want +got):\n%s", diff)
	}
	if len(lines) != 1 || len(o.posts(ana)) != 1 {
		t.Fatalf("%d lines and %d posts, want one of each", len(lines), len(o.posts(ana)))
	}
	want := scheduler.Line{
		Leader: ana, Person: mei, Kind: rapport.KindNudge, Level: "factual", Starter: lines[0].Starter,
		At: "2026-11-25T10:30:00+09:00", State: "sent",
	}
	if diff := cmp.Diff(want, lines[0]); diff != "" {
		t.Errorf("line (-want +got):\n%s", diff)
	}
	if _, known := o.bank.Starter(lines[0].Starter); !known {
		t.Errorf("starter %q is not in the bank", lines[0].Starter)
	}
}

// TestWrittenDownWholeOrNotAtAll lets the last of the writes fail.
func TestWrittenDownWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.query("CREATE TRIGGER broken BEFORE UPDATE OF last_nudge ON pairs BEGIN SELECT RAISE(ABORT, 'broken'); END")
	before := o.dump()
	o.clock.turn(o.at("2026-11-25 10:30"))
	if _, err := o.scheduler.Tick(t.Context(), o.clock.now()); err == nil {
		t.Error("Tick succeeded, want the error of the broken table")
	}
	if diff := cmp.Diff(before, o.dump()); diff != "" {
		t.Errorf("a tick that failed left something behind (-before +after):\n%s", diff)
	}
	if posts := o.posts(ana); len(posts) > 0 {
		t.Errorf("%d messages posted that are not written down", len(posts))
	}
	o.query("DROP TRIGGER broken")
	if got := o.tickAt("2026-11-25 10:35"); len(got) != 1 {
		t.Errorf("%d messages once the table is whole again, want 1", len(got))
	}
}

// TestTurns shows three weeks of a leader who never says how it went: at most two a week on
// days apart, those first who wait longest, nobody twice in seven days, nobody on
// a weekend.
func TestTurns(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken, yui)
	o.talked(ana, mei, "2026-11-09", rapport.Light) // due on the 23rd, a holiday: waits longest
	var got []string
	for _, now := range o.beats("2026-11-23 08:00", "2026-12-12 00:00") {
		for _, l := range o.tick(now) {
			got = append(got, now.Format("Mon 2 Jan ")+l.Person)
			o.responds(ana, now)
		}
	}
	want := []string{
		"Tue 24 Nov " + mei, "Wed 25 Nov " + ken,
		"Mon 30 Nov " + yui, "Tue 1 Dec " + mei,
		"Mon 7 Dec " + ken, "Tue 8 Dec " + yui,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("who came up when (-want +got):\n%s", diff)
	}
}

// TestNewPairComesUpAtOnce also when the sweep is told a day before the import.
func TestNewPairComesUpAtOnce(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"2026-11-24 09:30", "2026-11-25 10:30", "2026-11-20 10:30", "2025-11-20 10:30"} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			o.lead(ana, mei)
			if got := o.tickAt(at); len(got) != 1 {
				t.Fatalf("%d messages at %s for a pair imported on 2026-11-24, want 1", len(got), at)
			}
			if next := o.pair(ana, mei).NextOn; next != date(t, at[:10]).AddDays(7) {
				t.Errorf("next date %s, want a week after %s", next, at[:10])
			}
		})
	}
}

// TestStretch gives a leader of eight people two nudges a week, and answers each:
// everyone comes up every four weeks, nobody sooner.
func TestStretch(t *testing.T) {
	t.Parallel()
	o := open(t, choices{holidays: "none"})
	var people []string
	for i := range 8 {
		people = append(people, fmt.Sprintf("U000P%d", i))
	}
	o.lead(ana, people...)
	came := map[string][]rapport.Date{}
	for day := o.at("2026-11-30 10:00"); day.Before(o.at("2027-01-23 00:00")); day = day.AddDate(0, 0, 1) {
		for _, l := range o.tick(day) {
			came[l.Person] = append(came[l.Person], rapport.DateOf(day))
			o.runs(ana, "log <@"+l.Person+"> light")
		}
	}
	for _, p := range people {
		if days := came[p]; len(days) != 2 || days[1].Sub(days[0]) != 28 {
			t.Errorf("%s came up on %v, want twice, 28 days apart", p, days)
		}
	}
}

func TestWhoIsLeftAlone(t *testing.T) {
	t.Parallel()
	gone := rapport.Profile{Gone: true}
	tests := []struct {
		name string
		with func(*office)
		want string
	}{
		{"nobody", func(*office) {}, ken},
		{"a person who left", func(o *office) { o.profile(ken, gone) }, mei},
		{"a person who is a bot", func(o *office) { o.profile(ken, rapport.Profile{Bot: true}) }, mei},
		{"everyone left", func(o *office) { o.profile(ken, gone); o.profile(mei, gone) }, ""},
		{"a leader who left", func(o *office) { o.profile(ana, gone) }, ""},
		{"a leader who is paused", func(o *office) { o.runs(ana, "pause") }, ""},
		{"a leader who is back", func(o *office) { o.runs(ana, "pause"); o.runs(ana, "resume") }, ken},
		{"a snoozed person", func(o *office) { o.runs(ana, "snooze <@"+ken+">") }, mei},
		{"an ended pair", func(o *office) { o.runs(ana, "end <@"+ken+">") }, mei},
		{"a pair at rest", func(o *office) { o.runs(ana, "log <@"+ken+"> declined") }, mei},
		{"a leader whose day it is not yet", func(o *office) { o.profile(ana, rapport.Profile{Zone: "America/New_York"}) }, ""},
		{"nobody far away, with a day of their own", func(o *office) { o.profile(ken, rapport.Profile{Zone: "America/New_York"}) }, ken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			o.lead(ana, mei, ken)
			tt.with(o)
			got := ""
			for _, l := range o.tickAt("2026-11-25 10:30") {
				got += l.Person
			}
			if got != tt.want {
				t.Errorf("brought up %q, want %q", got, tt.want)
			}
		})
	}
}

// TestFarFromUTC has somebody due on the very day, at hours of it that belong to
// another day in UTC.
func TestFarFromUTC(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ zone, at string }{
		{"Pacific/Kiritimati", "2026-11-25 09:30"},
		{"Pacific/Auckland", "2026-11-25 09:30"},
		{"America/Los_Angeles", "2026-11-25 17:00"},
		{"Pacific/Niue", "2026-11-25 17:00"},
	} {
		t.Run(tt.zone, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{zone: tt.zone, holidays: "none"})
			o.lead(ana, mei)
			o.talked(ana, mei, "2026-11-11", rapport.Light)
			if got := o.tick(o.at(tt.at).AddDate(0, 0, -1)); len(got) != 0 {
				t.Errorf("%d messages on the day before, want none", len(got))
			}
			if got := o.tickAt(tt.at); len(got) != 1 {
				t.Errorf("%d messages at %s, want 1", len(got), tt.at)
			}
		})
	}
}

// TestUnconfirmedLeader begins alone: no nudge before they say yes.
func TestUnconfirmedLeader(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.hire(ana)
	o.hire(mei)
	o.runs(ana, "add <@"+mei+">")
	if got := o.tickAt("2026-11-25 10:30"); len(got) != 0 {
		t.Errorf("%d messages before the leader has said yes, want none", len(got))
	}
	if err := o.store.ConfirmLeader(t.Context(), o.scope(ana), ""); err != nil {
		t.Fatal(err)
	}
	if got := o.tickAt("2026-11-25 10:35"); len(got) != 1 {
		t.Errorf("%d messages afterwards, want 1", len(got))
	}
}

// TestPauseThatRunsOut comes back by itself, and lets the clock of silence stand
// still meanwhile.
func TestPauseThatRunsOut(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.talked(ana, mei, "2026-11-10", rapport.Light)
	o.clock.turn(o.at("2026-11-25 09:00"))
	o.runs(ana, "pause 2026-12-15")
	if got := o.tickAt("2026-12-15 10:30"); len(got) != 0 {
		t.Errorf("%d messages on the last day of the pause, want none", len(got))
	}
	if got := o.tickAt("2026-12-16 10:30"); len(got) != 1 {
		t.Errorf("%d messages on the day after, want 1", len(got))
	}
	if last := o.pair(ana, mei).History.Pace().Last; last != date(t, "2026-12-01") {
		t.Errorf("silence counts from %s, want 2026-12-01: 21 days later than the talk", last)
	}
}

// TestManyStuckPairs puts a crowd of pairs at the head of the queue whose leader
// is away: those behind come up all the same.
func TestManyStuckPairs(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.lead(bea, ken)
	o.runs(ana, "pause")
	o.query(`
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
		INSERT INTO members (workspace, id) SELECT (SELECT id FROM workspaces), 'UX' || i FROM n`)
	o.query(`
		INSERT INTO pairs (id, workspace, leader, person, state, origin, created_on, next_on, history)
		SELECT '00' || members.id, pairs.workspace, leader, members.id, pairs.state, origin, created_on, next_on, history
		FROM members JOIN pairs ON leader = '` + ana + `' WHERE members.id LIKE 'UX%'`)
	got := o.tickAt("2026-11-25 10:30")
	if len(got) != 1 || got[0].Person != ken {
		t.Errorf("sent %v, want one about %s", got, ken)
	}
}

// TestIntroduction says who speaks in the first message that a leader did not
// ask for, and in no other.
func TestIntroduction(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken, yui)
	o.clock.turn(o.at("2026-11-24 08:00"))
	o.plansCoffee(ana, yui, "2026-11-24 09:20")
	var got []string
	for _, at := range []string{"2026-11-24 08:40", "2026-11-24 10:30", "2026-11-25 10:30"} {
		for _, l := range o.tickAt(at) {
			got = append(got, string(l.Kind))
		}
	}
	if diff := cmp.Diff([]string{"reminder", "nudge", "followup", "nudge"}, got); diff != "" {
		t.Fatalf("sent (-want +got):\n%s", diff)
	}
	for i, m := range o.posts(ana) {
		if introduced := strings.Contains(strings.Join(m.Texts(), "\n"), "I'm Innerview"); introduced != (i == 1) {
			t.Errorf("message %d, a %s, introduces Innerview: %v", i+1, got[i], introduced)
		}
	}
}
