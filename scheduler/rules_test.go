package scheduler

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
)

// TestRulesOfAYear lives the year of a leader drawn at random, with random
// people and random histories, day by day, and holds every rule of
// docs/method.md about depth and quiet against it. rapid prints how to live a
// year that broke one again.
func TestRulesOfAYear(t *testing.T) {
	t.Parallel()
	bank, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	atlas := atlas(t)
	rapid.Check(t, func(t *rapid.T) {
		from := rapport.NewDate(2026, time.January, rapid.IntRange(1, 365).Draw(t, "first day"))
		o := Options{
			Zone: tokyo(), PerWeek: rapid.IntRange(0, 5).Draw(t, "a week"), Jitter: rapid.Bool().Draw(t, "jitter"),
			Digest: rapid.SampledFrom([]rapport.DigestDay{"", "first", "tue", "fri"}).Draw(t, "digest"),
		}
		s := New(nil, nil, bank, atlas, nil, "", o)
		world := anyWorld(t, from)
		y := newYear(t, s.newFuture(world, rapid.Uint64().Draw(t, "seed")))
		for on := from; on.Sub(from) < 365; on = on.AddDays(1) {
			y.live(on)
		}
	})
}

// anyWorld is a leader with one to nine people.
func anyWorld(t *rapid.T, from rapport.Date) LeaderWorld {
	countries := rapid.SampledFrom([]string{"", "", "us", "de", "none"})
	lw := LeaderWorld{Leader: rapport.Leader{
		Member:      rapport.Member{ID: "ULEADER", Country: countries.Draw(t, "country")},
		ConfirmedAt: from.At(0, time.UTC),
		Days:        rapid.SampledFrom([]rapport.Weekdays{0, 0, 1<<7 - 1, 1<<time.Tuesday | 1<<time.Thursday}).Draw(t, "days"),
		Hours: rapid.SampledFrom([]rapport.Hours{
			{}, {}, {From: 7 * 60, To: 9 * 60}, {From: 11*60 + 30, To: 13*60 + 30},
		}).Draw(t, "hours"),
	}}
	lw.Leader.Profile.Zone = rapid.SampledFrom([]string{"", "America/New_York", "Africa/Cairo"}).Draw(t, "zone")
	if rapid.Bool().Draw(t, "met") {
		lw.Leader.MetAt = from.At(0, time.UTC)
	}
	for i := range rapid.IntRange(1, 9).Draw(t, "people") {
		id := fmt.Sprintf("P%d", i)
		p := rapport.Pair{
			ID: id, Leader: "ULEADER", Person: "U" + id, State: rapport.Active, CreatedOn: from, NextOn: rapport.AtOnce,
			RhythmDays: rapid.SampledFrom([]int{0, 7, 14, 21, 28}).Draw(t, "rhythm "+id), Country: countries.Draw(t, "country "+id),
			History: rapport.NewHistory(rapid.Bool().Draw(t, "head start "+id)),
		}
		p = withPast(t, p, from)
		if rapid.IntRange(0, 3).Draw(t, "absence "+id) == 0 {
			p.AwayOn = from.AddDays(rapid.IntRange(-20, 200).Draw(t, "away "+id))
			p.AwayUntil = p.AwayOn.AddDays(rapid.IntRange(0, 90).Draw(t, "for "+id))
		}
		if rapid.IntRange(0, 3).Draw(t, "probation "+id) == 0 {
			p.ProbationUntil = from.AddDays(rapid.IntRange(0, 200).Draw(t, "probation until "+id))
		}
		if rapid.IntRange(0, 3).Draw(t, "evaluation "+id) == 0 {
			p.EvaluationOn = from.AddDays(rapid.IntRange(0, 300).Draw(t, "evaluation on "+id))
		}
		lw.Pairs = append(lw.Pairs, PairWorld{Pair: p, Person: rapport.Member{ID: p.Person}, Promises: anyPromises(t, id, from)})
	}
	return lw
}

// promisesAtMost is how many promises a leader of a drawn world has made: each
// comes up once before anybody's turn.
const promisesAtMost = 9 * 3

// anyPromises are up to three things that are offered to one person, by their day.
func anyPromises(t *rapid.T, pair string, from rapport.Date) (calls []store.Call) {
	due := from.AddDays(-20)
	for i := range rapid.IntRange(0, 3).Draw(t, "promises "+pair) {
		due = due.AddDays(rapid.IntRange(0, 120).Draw(t, "promise for "+pair))
		calls = append(calls, store.Call{Promise: fmt.Sprint(pair, "-", i), DueOn: due, CallOn: due})
	}
	return calls
}

// withPast gives the two up to twelve talks before the first day.
func withPast(t *rapid.T, p rapport.Pair, from rapport.Date) rapport.Pair {
	on := from.AddDays(-rapid.IntRange(0, 500).Draw(t, "since "+p.ID))
	p.CreatedOn = on
	if rapid.Bool().Draw(t, "since known "+p.ID) {
		p.Since = on
	}
	for range rapid.IntRange(0, 12).Draw(t, "talks "+p.ID) {
		on = on.AddDays(rapid.IntRange(1, 60).Draw(t, "later "+p.ID))
		if !on.Before(from) {
			break
		}
		o := rapid.SampledFrom(rapport.Outcomes()).Draw(t, "outcome "+p.ID)
		p = p.Record(rapport.Talk{On: on, Outcome: o}, 14, on, rapport.Circumstances{})
	}
	return p
}

// lived is a year as it goes by.
type lived struct {
	*future
	t      *rapid.T
	values map[string]rapport.Date // by pair: when values were last asked about
	light  map[string]int          // by pair: counted talks to go on facts since a no
	last   map[string]rapport.Date // by pair: last message
	waits  map[string]int          // by pair: days on which it could have come up, and did not
	days   map[rapport.Date]int
	nudges map[rapport.Date]int // by week
}

func newYear(t *rapid.T, f *future) *lived {
	return &lived{
		future: f, t: t, values: map[string]rapport.Date{}, light: map[string]int{}, last: map[string]rapport.Date{},
		waits: map[string]int{}, days: map[rapport.Date]int{}, nudges: map[rapport.Date]int{},
	}
}

// live lives a day and looks at what came of it.
func (y *lived) live(on rapport.Date) {
	y.thaw(on) // as the day itself does first, so that before and after compare
	before := map[string]rapport.Pair{}
	for _, p := range y.lw.Pairs {
		before[p.Pair.ID] = p.Pair
	}
	n := len(y.out.at)
	promised := y.lw.promises(on)
	why := y.day(on)
	sent := y.out.at[n:]
	if len(sent) > 1 || len(sent) == 1 && why != HushNothing {
		y.t.Fatalf("%s: %d messages, hushed by %q", on, len(sent), why)
	}
	for _, l := range sent {
		y.moment(l)
		if l.Person != "" {
			i := slices.IndexFunc(y.lw.Pairs, func(p PairWorld) bool { return p.Pair.Person == l.Person })
			y.about(before[y.lw.Pairs[i].Pair.ID], y.lw.Pairs[i].Pair, l, on)
			y.promise(before, before[y.lw.Pairs[i].Pair.ID], l, on, promised > y.lw.promises(on))
		}
	}
	y.waiting(before, sent, on, why)
}

// moment: the leader's days, hours and holidays, and the ceilings.
func (y *lived) moment(l timed) {
	leader, on := y.lw.Leader, rapport.DateOf(l.at)
	hours := leader.Hours
	if hours.IsZero() {
		hours = rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}
	}
	days := leader.Days
	if days == 0 {
		days = rapport.MondayToFriday
	}
	if !calendar.Open(l.at, hours) || y.atlas.For(leader.Country).Quiet(on, days) {
		y.t.Fatalf("a %s at %s", l.Kind, l.at)
	}
	if y.days[on]++; y.days[on] > 1 {
		y.t.Fatalf("a second message on %s", on)
	}
	if l.Kind.IsNudge() {
		y.nudges[on.Monday()]++
	}
	week := 0
	for i := range 7 {
		week += y.days[on.Monday().AddDays(i)]
	}
	if y.nudges[on.Monday()] > y.o.PerWeek || week > 5 {
		y.t.Fatalf("%d nudges and %d messages in the week of %s", y.nudges[on.Monday()], week, on)
	}
}

// about: what one person may be asked, and what a talk does.
func (y *lived) about(before, after rapport.Pair, l timed, on rapport.Date) {
	if last := y.last[before.ID]; !last.IsZero() && on.Sub(last) < 7 {
		y.t.Fatalf("%s on %s and on %s", before.ID, last, on)
	}
	y.last[before.ID] = on
	if before.Away(on) || y.calendarOf(before, rapport.Member{}).DayOff(on) {
		y.t.Fatalf("%s on %s, who is not there", before.ID, on)
	}
	pace := before.History.Pace().Settle(on)
	if !pace.MayOffer(on) {
		y.t.Fatalf("%s on %s, at rest", before.ID, on)
	}
	y.level(before, pace, l, on)
	now := after.History.Pace()
	if now.Depth > pace.Depth+1 {
		y.t.Fatalf("%s: from %s to %s on %s", before.ID, pace.Depth, now.Depth, on)
	}
	switch o := now.Log[len(now.Log)-1].Outcome; {
	case o == rapport.Declined:
		y.light[before.ID] = 2
	case o.Counts():
		y.light[before.ID]--
	}
}

// promise: what was promised comes before any question to anybody, and somebody
// whose turn it is not comes up for that alone.
func (y *lived) promise(before map[string]rapport.Pair, of rapport.Pair, l timed, on rapport.Date, about bool) {
	if about == (l.Starter != "") {
		y.t.Fatalf("%s on %s: a message about a promise: %t, with the starter %q", of.ID, on, about, l.Starter)
	}
	if of.NextOn.After(on) && !about {
		y.t.Fatalf("%s on %s with %s, due on %s", of.ID, on, l.Starter, of.NextOn)
	}
	if about && of.Called(on) {
		return
	}
	for _, p := range y.lw.Pairs {
		was := before[p.Pair.ID]
		able := was.Suggestible(p.Person, on, on) && !y.calendarOf(was, p.Person).DayOff(on)
		if was.Called(on) && able {
			y.t.Fatalf("%s on %s, although a promise to %s came up on %s", of.ID, on, was.ID, was.CallOn)
		}
	}
}

// level: offered at most effective, effective at most depth; values rarely.
func (y *lived) level(p rapport.Pair, pace rapport.Pace, l timed, on rapport.Date) {
	level := map[string]rapport.Depth{"": 0, "factual": rapport.Factual, "causative": rapport.Causative, "values": rapport.Values}[l.Level]
	rhythm := y.rhythm(y.lw.Leader, p, len(y.lw.Pairs)).Days(on)
	effective := pace.Effective(on, rhythm, p.Limit(on))
	if level > effective || effective > pace.Depth {
		y.t.Fatalf("%s on %s: offered %s, effective %s, depth %s", p.ID, on, level, effective, pace.Depth)
	}
	if y.light[p.ID] > 0 && level > rapport.Factual {
		y.t.Fatalf("%s on %s: %s with %d light talks to go", p.ID, on, level, y.light[p.ID])
	}
	if level != rapport.Values {
		return
	}
	if young := on.Sub(pace.First) < 90; young && !slices.ContainsFunc(pace.Moves, func(m rapport.Move) bool { return m.Why == rapport.ReasonLongSilence }) {
		y.t.Fatalf("%s: values on %s, first talk on %s", p.ID, on, pace.First)
	}
	if last := y.values[p.ID]; !last.IsZero() && on.Sub(last) < 42 {
		y.t.Fatalf("%s: values on %s and on %s", p.ID, last, on)
	}
	y.values[p.ID] = on
}

// waiting: whoever is due comes up before the leader's other people have each
// come up twice, counting only days on which a nudge may go.
func (y *lived) waiting(before map[string]rapport.Pair, sent []timed, on rapport.Date, why Hush) {
	nudged := len(sent) == 1 && sent[0].Kind.IsNudge()
	if y.o.PerWeek == 0 || !nudged && why != HushNobody {
		return
	}
	for _, p := range y.lw.Pairs {
		was := before[p.Pair.ID]
		able := was.Suggestible(p.Person, on, on) && !y.calendarOf(was, p.Person).DayOff(on)
		switch {
		case !able || nudged && sent[0].Person == was.Person:
			y.waits[was.ID] = 0
		case !nudged:
			y.t.Fatalf("%s: nobody came up although %s was due since %s", on, was.ID, was.DueSince())
		default:
			if y.waits[was.ID]++; y.waits[was.ID] > 2*len(y.lw.Pairs)+promisesAtMost {
				y.t.Fatalf("%s: %d nudges went to others while %s was due", on, y.waits[was.ID], was.ID)
			}
		}
	}
}
