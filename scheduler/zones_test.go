package scheduler

import (
	"archive/zip"
	"go/build"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

// Long reports whether the tests are to run at full size.
func Long() bool { return os.Getenv("INNERVIEW_LONG") != "" }

// OddZones change their clocks at midnight, by half an hour or by two hours, in
// the south, or far from UTC; the oddest come first.
func OddZones() []string {
	return []string{
		"Africa/Cairo", "America/Havana", "Antarctica/Troll", "Australia/Lord_Howe", "America/Santiago",
		"America/New_York", "Africa/Casablanca", "Asia/Beirut", "Europe/Dublin", "Pacific/Chatham",
	}
}

// EveryZone returns the names of all time zones Go knows.
func EveryZone(t *testing.T) []string {
	t.Helper()
	archive, err := zip.OpenReader(filepath.Join(build.Default.GOROOT, "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var names []string
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, "/") && f.Name != "Factory" {
			names = append(names, f.Name)
		}
	}
	if len(names) < 300 {
		t.Fatalf("found %d time zones, want at least 300", len(names))
	}
	slices.Sort(names)
	return names
}

// TestEveryZone lives through the years 2024 to 2030 in each zone, hour by hour
// (in a sample of them every other hour), with a leader who works by day and one
// who works by night. Nobody answers, so there is to be a nudge every seventh day.
func TestEveryZone(t *testing.T) {
	t.Parallel()
	every, step := EveryZone(t), time.Hour
	if !Long() {
		sample := OddZones()
		for i := 0; i < len(every); i += 60 {
			sample = append(sample, every[i])
		}
		every, step = sample, 2*time.Hour
	}
	atlas, err := calendar.NewAtlas(calendar.Options{Country: "none"})
	if err != nil {
		t.Fatal(err)
	}
	s := New(nil, nil, nil, atlas, nil, "", Options{PerWeek: unaskedPerWeek})
	for _, name := range every {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, hours := range []rapport.Hours{{}, {From: 0, To: 4 * 60}} {
			l := life{Scheduler: s, zone: zone, hours: hours}
			if fault := l.live(2024, 2031, step); fault != "" {
				t.Errorf("%s, hours %v: %s", name, hours, fault)
			}
		}
	}
	t.Logf("%d zones, every %v", len(every), step)
}

// life is that of a leader of one person.
type life struct {
	*Scheduler
	zone  *time.Location
	hours rapport.Hours
	pair  rapport.Pair
	sent  []rapport.Message
	last  time.Time
}

// live goes from the beginning of one year to that of another, and says what was
// wrong on the way.
func (l *life) live(from, to int, step time.Duration) (fault string) {
	begin := rapport.NewDate(from, time.January, 1)
	l.pair = rapport.Pair{State: rapport.Active, NextOn: rapport.AtOnce, CreatedOn: begin, History: rapport.NewHistory(false)}
	end := rapport.NewDate(to, time.January, 1).At(0, l.zone)
	for at := begin.At(0, l.zone); at.Before(end); at = at.Add(step) {
		if fault := l.beat(at); fault != "" {
			return fault
		}
	}
	if days := rapport.NewDate(to, time.January, 1).Sub(begin); len(l.sent) != (days+6)/7 {
		return "the number of nudges is off"
	}
	return ""
}

func (l *life) beat(at time.Time) (fault string) {
	m := l.moment(rapport.Leader{ConfirmedAt: at, Hours: l.hours, Days: 1<<7 - 1}, at)
	m.local, m.sent = at.In(l.zone), l.sent[max(0, len(l.sent)-2):]
	if _, why := m.decide(); why != HushNothing {
		return ""
	}
	p, ok := l.pick([]rapport.Pair{l.pair}, nil, m.today())
	if !ok {
		return ""
	}
	if !l.last.IsZero() && rapport.DateOf(m.local).Sub(rapport.DateOf(l.last)) != 7 {
		return "a nudge at " + m.local.String() + " after one at " + l.last.String()
	}
	if hour := m.local.Hour(); l.hours.IsZero() && (hour < 9 || hour >= 18) || hour >= 4 && !l.hours.IsZero() {
		return "a nudge out of hours, at " + m.local.String()
	}
	l.last = m.local
	l.sent = append(l.sent, rapport.Message{PlannedOn: m.today(), DueOn: p.DueOn(m.today())})
	l.pair.NextOn, l.pair.LastNudge = m.today().AddDays(rapport.AfterNudge), m.today()
	return ""
}
