package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"innerview/config"
	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// TestEveryDayHasAMark: whatever a day may hold has a mark in the calendar, and
// every reason for silence is said in words.
func TestEveryDayHasAMark(t *testing.T) {
	t.Parallel()
	known := reasons()
	for _, why := range scheduler.Hushes() {
		if why == scheduler.HushNothing {
			continue
		}
		if r := known[why]; len(r.mark) != 1 || r.words == "" {
			t.Errorf("%q is marked %q and said as %q", why, r.mark, r.words)
		}
	}
	seen := map[string]rapport.MessageKind{}
	for kind, mark := range kindMarks() {
		if other, taken := seen[mark]; taken {
			t.Errorf("%s and %s have the same mark", kind, other)
		}
		seen[mark] = kind
	}
	for why, r := range known {
		if kind, taken := seen[r.mark]; taken {
			t.Errorf("%q has the mark of %s", why, kind)
		}
	}
}

// TestManyLeadersAreShownTogether: a calendar and an account of each leader for
// up to twenty, and one account for all beyond.
func TestManyLeadersAreShownTogether(t *testing.T) {
	t.Parallel()
	for _, leaders := range []int{1, 20, 21} {
		text := printed(t, leaders)
		rows, accounts := 0, 0
		calendar, _, _ := strings.Cut(text, "Summary")
		for line := range strings.Lines(calendar) {
			if width := len(line) - 1; width > 80 {
				t.Errorf("%d leaders: a line is %d wide: %s", leaders, width, line)
			}
		}
		for line := range strings.Lines(text) {
			fields := strings.Fields(line)
			if len(fields) > 20 && strings.HasPrefix(fields[0], "U00") {
				rows++
			}
			if len(fields) > 2 && strings.HasPrefix(fields[0], "U00") && strings.HasSuffix(fields[0], ":") {
				accounts++
			}
		}
		want := leaders
		if leaders > inDetail {
			want = 0
		}
		if rows != want || accounts != want {
			t.Errorf("%d leaders have %d rows and %d accounts, want %d:\n%s", leaders, rows, accounts, want, text)
		}
		together := fmt.Sprintf("  all %d leaders: ", leaders)
		if got := strings.Contains(text, together); got != (leaders > 1) {
			t.Errorf("%d leaders: an account of all together: %t", leaders, got)
		}
	}
}

// printed is January 2027 of so many leaders.
func printed(t *testing.T, leaders int) string {
	t.Helper()
	ahead, err := lookAhead(config.Default())
	if err != nil {
		t.Fatal(err)
	}
	var rows []store.RosterRow
	for i := range leaders {
		rows = append(rows, store.RosterRow{Leader: fmt.Sprintf("U00%02d", i), Person: fmt.Sprintf("U01%02d", i)})
	}
	from := rapport.NewDate(2027, 1, 1)
	year, err := ahead.Simulate(t.Context(), scheduler.NewWorld(rows, from), from, 31, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(year.Lines, func(l scheduler.Line) bool { return l.Kind == rapport.KindDigest }) {
		t.Fatal("no digest in January: this looks at none")
	}
	var b bytes.Buffer
	if err := printYear(&b, year); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
