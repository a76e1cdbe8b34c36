package scheduler_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// twoLeaders is a roster of two leaders.
func twoLeaders() []store.RosterRow {
	return []store.RosterRow{{Leader: "U1", Person: "U2"}, {Leader: "U1", Person: "U3"}, {Leader: "U4", Person: "U2"}}
}

// TestAYearKnowsEveryDay: each leader's days add up to the year, a day holds its
// message or the reason there is none, and the parts add up to the whole.
func TestAYearKnowsEveryDay(t *testing.T) {
	t.Parallel()
	s := ahead(t, scheduler.Options{PerWeek: 2})
	from := rapport.NewDate(2026, 12, 28)
	const days = 120
	year, err := s.Simulate(t.Context(), scheduler.NewWorld(twoLeaders(), from), from, days, 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"U1", "U4"}, year.Who()); diff != "" {
		t.Errorf("leaders (-want +got):\n%s", diff)
	}
	if first, last := year.Span(); first != from || last != from.AddDays(days-1) {
		t.Errorf("the year goes from %s to %s", first, last)
	}
	var lines int
	quiet := map[scheduler.Hush]int{}
	for _, leader := range year.Who() {
		part := year.Of(leader)
		lines += len(part.Lines)
		for why, n := range part.Quiet {
			quiet[why] += n
		}
		got := messagesOf(t, year.Days(leader), from, days)
		if diff := cmp.Diff(part.Lines, got); diff != "" {
			t.Errorf("%s: the days' messages (-of the part +of the days):\n%s", leader, diff)
		}
	}
	if lines == 0 || lines != len(year.Lines) {
		t.Errorf("the leaders have %d messages, the year %d", lines, len(year.Lines))
	}
	if diff := cmp.Diff(year.Quiet, quiet); diff != "" {
		t.Errorf("quiet days (-of the year +of the leaders):\n%s", diff)
	}
	if nobody := year.Of("U9"); len(nobody.Lines)+nobody.Leaders != 0 || len(year.Days("U9")) != 0 {
		t.Errorf("somebody who leads nobody has %+v", nobody)
	}
}

// messagesOf returns the messages of a leader's days, after a look at each day.
func messagesOf(t *testing.T, days []scheduler.Day, from rapport.Date, n int) []scheduler.Line {
	t.Helper()
	if len(days) != n {
		t.Fatalf("%d days, want %d", len(days), n)
	}
	var lines []scheduler.Line
	for i, d := range days {
		if d.On != from.AddDays(i) {
			t.Fatalf("day %d is %s", i, d.On)
		}
		if (d.Line != nil) != (d.Why == scheduler.HushNothing) {
			t.Errorf("%s: message %v, and the reason for none: %q", d.On, d.Line, d.Why)
		}
		if d.Line != nil {
			lines = append(lines, *d.Line)
		}
	}
	return lines
}

// TestJitterTakesNoDigestAway: a digest waits for ten o'clock and the leader's few
// minutes more, as it does on a real Monday.
func TestJitterTakesNoDigestAway(t *testing.T) {
	t.Parallel()
	from := rapport.NewDate(2026, 11, 24)
	var digests [2]int
	for i, jitter := range []bool{false, true} {
		s := ahead(t, scheduler.Options{PerWeek: 2, Jitter: jitter, Digest: rapport.DigestFirst})
		year, err := s.Simulate(t.Context(), scheduler.NewWorld(twoLeaders(), from), from, 365, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range year.Lines {
			if l.Kind == rapport.KindDigest {
				digests[i]++
			}
		}
		if n := year.Quiet[scheduler.HushHour]; n > 0 {
			t.Errorf("jitter %t: %d working days have no open hours", jitter, n)
		}
	}
	if digests[0] == 0 || digests[0] != digests[1] {
		t.Errorf("%d digests without jitter, %d with it", digests[0], digests[1])
	}
}
