package scheduler_test

import (
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"innerview/rapport"
	"innerview/scheduler"
)

// TestDecade lives ten years (half a year in short) through the real store, with
// the clock of a bubble: it wakes only at the moments at which something can be
// due, the opening of the window, ten o'clock and the end of lunch. The leader
// answers most things and leaves the rest; each message is held to the working
// days and the one a day, and its key is unique in the store.
func TestDecade(t *testing.T) {
	t.Parallel()
	withoutDetector(t)
	years := 0.5
	if scheduler.Long() {
		years = 10
	}
	synctest.Test(t, func(t *testing.T) {
		c := withDigest()
		c.realTime = true
		o := open(t, c)
		o.lead(ana, mei, ken, yui)
		rng := rand.New(rand.NewPCG(10, 0))
		last, quiet := rapport.Date{}, 0
		kinds := map[rapport.MessageKind]int{}
		end := time.Now().AddDate(0, int(12*years), 0)
		for time.Now().Before(end) {
			<-time.After(time.Until(o.nextMoment()))
			now := time.Now()
			today := rapport.DateOf(now.In(o.zone))
			for _, l := range must(o.scheduler.Tick(t.Context(), now))(t) {
				if today == last || o.calendar.For("").Quiet(today, rapport.MondayToFriday) {
					t.Errorf("a %s on %s, after one on %s", l.Kind, today, last)
				}
				last = today
				kinds[l.Kind]++
				if rng.IntN(3) == 0 {
					continue
				}
				if l.Kind.IsNudge() {
					o.talked(ana, l.Person, today.String(), []rapport.Outcome{rapport.Light, rapport.Opened, rapport.Missed}[rng.IntN(3)])
				}
				o.responds(ana, now.In(o.zone))
			}
			if quiet = today.Sub(last); !last.IsZero() && quiet > 60 {
				t.Fatalf("%s: nothing since %s", today, last)
			}
		}
		t.Logf("%.1f years: %v", years, kinds)
		if kinds[rapport.KindDigest] < int(10*years) || kinds[rapport.KindNudge] < int(10*years) {
			t.Errorf("in %.1f years came %v", years, kinds)
		}
	})
}

// nextMoment is the next time of day in the office at which something new may go.
func (o *office) nextMoment() time.Time {
	now := time.Now().In(o.zone)
	for day := rapport.DateOf(now); ; day = day.AddDays(1) {
		for _, minutes := range []int{9*60 + 30, 10 * 60, 13 * 60} {
			if at := day.At(minutes, o.zone); at.After(now) {
				return at
			}
		}
	}
}
