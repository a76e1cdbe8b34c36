package scheduler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// changes are the moments between two times at which a zone's clocks change.
func changes(zone *time.Location, from, to time.Time) []time.Time {
	offset := func(at time.Time) int {
		_, seconds := at.In(zone).Zone()
		return seconds
	}
	var found []time.Time
	for at := from; at.Before(to); at = at.Add(24 * time.Hour) {
		before, after := at, at.Add(24*time.Hour)
		if offset(before) == offset(after) {
			continue
		}
		for after.Sub(before) > time.Minute {
			if middle := before.Add(after.Sub(before) / 2); offset(middle) == offset(at) {
				before = middle
			} else {
				after = middle
			}
		}
		found = append(found, after.Truncate(time.Minute))
	}
	return found
}

// TestClockChanges has a leader who works by day, and one who works by night, in
// each of many zones, and lets the heart beat through every change of their
// clocks. Nobody answers, so each person is due once a week.
func TestClockChanges(t *testing.T) {
	t.Parallel()
	names, from, to, step := scheduler.OddZones(), 2026, 2027, 2*time.Hour
	switch {
	case scheduler.Long():
		names, from, to, step = scheduler.EveryZone(t), 2024, 2031, time.Hour
	case raceDetector:
		names = names[:5]
	}
	r := &recorder{}
	o := open(t, choices{zone: "UTC", holidays: "none", wrap: func(scheduler.Deliverer) scheduler.Deliverer { return r }})
	o.clock.turn(time.Date(2023, time.December, 1, 0, 0, 0, 0, time.UTC))
	var beats []time.Time
	for i, name := range names {
		zone := must(time.LoadLocation(name))(t)
		o.worker(fmt.Sprintf("UDAY%d", i), name, rapport.Hours{})
		o.worker(fmt.Sprintf("UNIGHT%d", i), name, rapport.Hours{From: 0, To: 4 * 60})
		for _, change := range changes(zone, rapport.NewDate(from, 1, 1).At(0, zone), rapport.NewDate(to, 1, 1).At(0, zone)) {
			for at := -3 * time.Hour; at <= 30*time.Hour; at += step {
				beats = append(beats, change.Add(at))
			}
		}
	}
	slices.SortFunc(beats, time.Time.Compare)
	beats = slices.CompactFunc(beats, time.Time.Equal)
	a := audit{t: t, last: map[string]rapport.Date{}, keys: map[string]bool{}}
	for _, now := range beats {
		r.sent = nil
		o.tick(now)
		for _, d := range r.sent {
			a.check(d, now)
			o.responds(d.Leader.ID, now)
		}
	}
	t.Logf("%d heartbeats, %d nudges to %d leaders", len(beats), len(a.keys), len(a.last))
	if len(a.last) != 2*len(names) {
		t.Errorf("nudges to %d leaders, want to all %d", len(a.last), 2*len(names))
	}
}

// worker is a leader of one person who works every day of the week.
func (o *office) worker(id, zone string, h rapport.Hours) {
	o.t.Helper()
	today := func(string) rapport.Date { return o.today() }
	must(o.store.ImportRoster(o.t.Context(), o.workspace, []store.RosterRow{{Leader: id, Person: mei}}, today, false))(o.t)
	o.profile(id, rapport.Profile{Zone: zone})
	if err := o.store.SaveSettings(o.t.Context(), o.scope(id), store.Settings{Hours: h, Days: 1<<7 - 1}, ""); err != nil {
		o.t.Fatal(err)
	}
}

// audit remembers what was sent and finds what should not have been.
type audit struct {
	t    *testing.T
	last map[string]rapport.Date // by leader
	keys map[string]bool
}

func (a audit) check(d store.Delivery, now time.Time) {
	a.t.Helper()
	local := now.In(must(time.LoadLocation(d.Leader.Profile.Zone))(a.t))
	today := rapport.DateOf(local)
	key := d.Pair.ID + " " + d.Message.DueOn.String()
	if a.keys[key] {
		a.t.Errorf("%s: a second nudge for what was due on %s, at %s", d.Leader.Profile.Zone, d.Message.DueOn, local)
	}
	a.keys[key] = true
	if last, before := a.last[d.Leader.ID]; before && today.Sub(last) < 7 {
		a.t.Errorf("%s: a nudge at %s, after one on %s", d.Leader.Profile.Zone, local, last)
	}
	a.last[d.Leader.ID] = today
	night := strings.HasPrefix(d.Leader.ID, "UNIGHT")
	if minutes := local.Hour()*60 + local.Minute(); night && minutes >= 4*60 || !night && (minutes < 9*60+30 || minutes >= 17*60+30) {
		a.t.Errorf("%s: a nudge to %s at %s, out of hours", d.Leader.Profile.Zone, d.Leader.ID, local)
	}
}
