package scheduler_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
	"innerview/scheduler"
)

// ahead returns a scheduler that only looks ahead: it has no store.
func ahead(t testing.TB, o scheduler.Options) *scheduler.Scheduler {
	t.Helper()
	cal, err := calendar.NewAtlas(calendar.Options{Country: "jp"})
	if err != nil {
		t.Fatal(err)
	}
	bank, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if o.Zone, err = time.LoadLocation("Asia/Tokyo"); err != nil {
		t.Fatal(err)
	}
	return scheduler.New(slog.New(slog.DiscardHandler), nil, bank, cal, nil, "", o)
}

// years is how many random years the property test lives: 2,000 in full.
func years() int {
	switch {
	case scheduler.Long():
		return 2000
	case raceDetector:
		return 10
	}
	return 60
}

// A year of any roster keeps every promise about quiet and depth.
func TestSimulatedYearsKeepTheRules(t *testing.T) {
	t.Parallel()
	from := rapport.NewDate(2026, 11, 24)
	for seed := range years() {
		perWeek := 1 + seed%5
		s := ahead(t, scheduler.Options{PerWeek: perWeek, Jitter: seed%2 == 0})
		people := 1 + (seed*7)%12
		var rows []store.RosterRow
		for i := range people {
			rows = append(rows, store.RosterRow{
				Leader: "U1L", Person: fmt.Sprintf("U2P%02d", i), RhythmDays: []int{0, 7, 14, 21, 28}[(seed+i)%5],
				Since: from.AddDays(-((seed*31 + i*11) % 400)),
			})
		}
		year, err := s.Simulate(t.Context(), scheduler.NewWorld(rows, from), from, 365, uint64(seed))
		if err != nil {
			t.Fatal(err)
		}
		a := newYearAudit(t, seed, perWeek)
		for _, l := range year.Lines {
			a.line(l)
		}
		a.everybodyComesUp(rows, year.Lines, from, perWeek)
	}
}

// yearAudit holds a simulated year against the rules.
type yearAudit struct {
	t        *testing.T
	seed     int
	perWeek  int
	cal      *calendar.Calendar
	lastDay  rapport.Date
	weeks    map[rapport.Date]int
	last     map[string]rapport.Date // message about a person
	first    map[string]rapport.Date
	values   map[string]rapport.Date
	previous map[string]string // level
	shown    map[string]rapport.Date
}

func newYearAudit(t *testing.T, seed, perWeek int) *yearAudit {
	cal, err := calendar.New(calendar.Options{Country: "jp"})
	if err != nil {
		t.Fatal(err)
	}
	return &yearAudit{
		t: t, seed: seed, perWeek: perWeek, cal: cal,
		weeks: map[rapport.Date]int{}, last: map[string]rapport.Date{}, first: map[string]rapport.Date{},
		values: map[string]rapport.Date{}, previous: map[string]string{}, shown: map[string]rapport.Date{},
	}
}

func (a *yearAudit) line(l scheduler.Line) {
	a.t.Helper()
	at, err := time.Parse(time.RFC3339, l.At)
	if err != nil {
		a.t.Fatal(err)
	}
	on := rapport.DateOf(at)
	breaks := func(rule string, broken bool) {
		a.t.Helper()
		if broken {
			a.t.Errorf("seed %d: %s: %+v", a.seed, rule, l)
		}
	}
	breaks("two on one day", on == a.lastDay)
	a.lastDay = on
	a.weeks[on.Monday()]++
	breaks("too many in a week", a.weeks[on.Monday()] > a.perWeek)
	breaks("on a quiet day", a.cal.Quiet(on, rapport.MondayToFriday))
	breaks("outside hours", !calendar.Open(at, rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}))
	breaks("twice in seven days", !a.last[l.Person].IsZero() && on.Sub(a.last[l.Person]) < 7)
	a.last[l.Person] = on
	if a.first[l.Person].IsZero() {
		a.first[l.Person] = on
		breaks("a first starter that is not light", l.Level != "" && l.Level != "factual")
	}
	if l.Level == "values" {
		breaks("values before day 90", on.Sub(a.first[l.Person]) < 90)
		breaks("values within 42 days", !a.values[l.Person].IsZero() && on.Sub(a.values[l.Person]) < 42)
		breaks("values twice in a row", a.previous[l.Person] == "values")
		a.values[l.Person] = on
	}
	if l.Level != "" {
		a.previous[l.Person] = l.Level
	}
	again := l.Person + l.Starter
	breaks("a starter again", l.Kind == rapport.KindNudge && !a.shown[again].IsZero())
	a.shown[again] = on
}

// everybodyComesUp: nobody on a roster is forgotten. With many people the turn
// comes round as the stretch says, and the longest closed days are three weeks
// with the weekends around them.
func (a *yearAudit) everybodyComesUp(rows []store.RosterRow, lines []scheduler.Line, from rapport.Date, perWeek int) {
	a.t.Helper()
	stretch := 7 * ((len(rows) + perWeek - 1) / perWeek)
	for _, r := range rows {
		if a.first[r.Person].IsZero() {
			a.t.Errorf("seed %d: %s never came up", a.seed, r.Person)
			continue
		}
		if wait := a.first[r.Person].Sub(from); wait > stretch+21 {
			a.t.Errorf("seed %d: %s first came up after %d days, stretch %d", a.seed, r.Person, wait, stretch)
		}
	}
}

func TestTheSameSeedGivesTheSameYear(t *testing.T) {
	t.Parallel()
	s := ahead(t, scheduler.Options{PerWeek: 2})
	from := rapport.NewDate(2027, 1, 4)
	rows := []store.RosterRow{{Leader: "U1", Person: "U2"}, {Leader: "U1", Person: "U3"}, {Leader: "U4", Person: "U2"}}
	for seed := range uint64(5) {
		var years [2]scheduler.Year
		for i := range years {
			var err error
			if years[i], err = s.Simulate(t.Context(), scheduler.NewWorld(rows, from), from, 200, seed); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(years[0].Lines, years[1].Lines); diff != "" {
			t.Errorf("seed %d gives two different years:\n%s", seed, diff)
		}
	}
}

func TestAYearSaysWhyItsQuietDaysAreQuiet(t *testing.T) {
	t.Parallel()
	s := ahead(t, scheduler.Options{PerWeek: 1})
	from := rapport.NewDate(2026, 12, 28)
	rows := []store.RosterRow{{Leader: "U1", Person: "U2", RhythmDays: 7}, {Leader: "U1", Person: "U3", RhythmDays: 7}}
	year, err := s.Simulate(t.Context(), scheduler.NewWorld(rows, from), from, 14, 1)
	if err != nil {
		t.Fatal(err)
	}
	days := len(year.Lines)
	for _, n := range year.Quiet {
		days += n
	}
	if days != 14 {
		t.Errorf("%d days are accounted for, want 14: %v", days, year.Quiet)
	}
	// 29 December to 3 January is closed, and leaves Monday the 28th alone between
	// days off: five days that are no weekend's.
	if year.Quiet[scheduler.HushHoliday] != 5 || year.Quiet[scheduler.HushWeekend] != 4 || year.Quiet[scheduler.HushWeek] == 0 {
		t.Errorf("quiet days: %v", year.Quiet)
	}
}

// BenchmarkSimulateYear lives a year of 10,000 pairs.
func BenchmarkSimulateYear(b *testing.B) {
	s := ahead(b, scheduler.Options{PerWeek: 2})
	from := rapport.NewDate(2026, 11, 24)
	var rows []store.RosterRow
	for i := range 10_000 {
		rows = append(rows, store.RosterRow{Leader: fmt.Sprintf("U%05d", i/7), Person: fmt.Sprintf("U1%05d", i)})
	}
	for b.Loop() {
		year, err := s.Simulate(context.Background(), scheduler.NewWorld(rows, from), from, 365, 1)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(year.Lines)), "messages")
	}
}
