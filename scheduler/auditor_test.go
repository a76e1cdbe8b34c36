package scheduler_test

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// auditor watches a company. What it knows of the rules is its own: it asks
// neither the calendar nor the pace, and works out for itself when each pair is
// due.
type auditor struct {
	o       *office
	couples []*couple
	unasked map[string][]rapport.Date // by leader: when a message went or may have gone
	nudges  map[string][]rapport.Date // those of them that were about somebody
	digests int
	again   map[string]rapport.Date // by leader: when a digest comes that was refused
	until   map[string]rapport.Date // by leader: the last day of the pause
	levels  map[string]int          // of the nudges
	unsure  int
	sure    int // messages that certainly went, asked for or not
	longest int // wait, in days beyond what is excused

	promised int // messages about something promised
}

// couple is a leader and a person as the auditor sees them.
type couple struct {
	leader, person string
	own            int // rhythm, in days
	since          rapport.Date
	people         int // whom the leader leads

	due      rapport.Date
	excused  int // days since then on which a rule kept them waiting
	nudged   rapport.Date
	talks    []rapport.Entry
	first    rapport.Date // talk that counts
	values   rapport.Date // last question about values
	rest     rapport.Date // until then, nobody is asked about
	quiet    rapport.Date // since then
	nudges   int
	declined []rapport.Date

	promises []*offered // open, by their day
	late     int        // days on which a rule kept what was promised waiting
}

// offered is something a leader said they would do.
type offered struct {
	due  rapport.Date
	call rapport.Date // from then it brings the person up; no day once it has
}

const auditedPerWeek = 2

func newAuditor(o *office, rows []store.RosterRow, today rapport.Date) *auditor {
	a := &auditor{o: o, unasked: map[string][]rapport.Date{}, nudges: map[string][]rapport.Date{}, until: map[string]rapport.Date{}, again: map[string]rapport.Date{}, levels: map[string]int{}}
	for _, r := range rows {
		a.couples = append(a.couples, &couple{
			leader: r.Leader, person: r.Person, own: r.RhythmDays, since: r.Since, people: leaders()[r.Leader], due: today,
		})
	}
	return a
}

func (a *auditor) couple(leader, person string) *couple {
	return a.couples[slices.IndexFunc(a.couples, func(c *couple) bool { return c.leader == leader && c.person == person })]
}

func (a *auditor) faultf(format string, args ...any) {
	a.o.t.Helper()
	a.o.t.Errorf(format, args...)
}

// sent looks at a message on its way out.
func (a *auditor) sent(l scheduler.Line, now time.Time) {
	local := now.In(a.o.zone)
	day := rapport.DateOf(local)
	if l.State == "sent" {
		a.sure++
	} else if l.State == "unsure" {
		a.unsure++
	}
	if !l.Kind.Unasked() {
		return
	}
	if l.Person == "" {
		a.toLeader(l, local)
		return
	}
	c := a.couple(l.Leader, l.Person)
	if l.State == "failed" {
		c.refusedMessage(l, day)
		return
	}
	a.moment(l, local)
	a.ceilings(c, day)
	a.depth(c, l, day)
	a.silence(c, l, day)
	a.unasked[c.leader] = append(a.unasked[c.leader], day)
	a.nudges[c.leader] = append(a.nudges[c.leader], day)
	c.nudges++
	c.nudged = day
	c.broughtUp(l, day)
	if next := day.AddDays(7); next.After(c.due) {
		c.dueFrom(next)
	}
}

// refusedMessage: the person is due the next working day, unless it was not their
// turn yet, and what was promised comes up then.
func (c *couple) refusedMessage(l scheduler.Line, day rapport.Date) {
	c.broughtUp(l, day)
	if !c.due.After(day.AddDays(7)) {
		c.dueFrom(nextWorking(day))
	}
	if aboutPromise(l) {
		c.promises[0].call = nextWorking(day)
	}
}

// aboutPromise: nobody here comes back to a note, so what has no starter is about
// a promise.
func aboutPromise(l scheduler.Line) bool { return l.Starter == "" }

// broughtUp: what was promised brings nobody up twice before their turn.
func (c *couple) broughtUp(l scheduler.Line, day rapport.Date) {
	for _, p := range c.promises {
		if aboutPromise(l) && !p.due.After(day) {
			p.call, c.late = rapport.Date{}, 0
		}
	}
}

// called returns the day since when something that was promised brings the person
// up, no day for none.
func (c *couple) called() (since rapport.Date) {
	for _, p := range c.promises {
		if !p.call.IsZero() && (since.IsZero() || p.call.Before(since)) {
			since = p.call
		}
	}
	return since
}

// toLeader looks at a message that is about nobody: the digest comes on the first
// working day of a week, from ten, or on the next when Slack refused it; nobody here is so silent as to be bid goodbye.
func (a *auditor) toLeader(l scheduler.Line, local time.Time) {
	day := rapport.DateOf(local)
	if l.State == "failed" {
		a.again[l.Leader] = nextWorking(day)
		return
	}
	a.moment(l, local)
	a.perDay(l.Leader, day)
	first := day.Monday()
	for a.off(first) {
		first = first.AddDays(1)
	}
	if l.Kind != rapport.KindDigest || day != first && day != a.again[l.Leader] || local.Hour() < 10 {
		a.faultf("a %s at %s", l.Kind, local.Format("Mon 2006-01-02 15:04"))
	}
	a.digests++
	a.unasked[l.Leader] = append(a.unasked[l.Leader], day)
}

// moment: working days, 09:30 to 17:30, not at lunch.
func (a *auditor) moment(l scheduler.Line, local time.Time) {
	minutes := local.Hour()*60 + local.Minute()
	if a.off(rapport.DateOf(local)) || minutes < 9*60+30 || minutes >= 17*60+30 || local.Hour() == 12 {
		a.faultf("a %s at %s", l.Kind, local.Format("Mon 2006-01-02 15:04"))
	}
}

// ceilings: one a day, so many a week, one about a person in seven days.
func (a *auditor) ceilings(c *couple, day rapport.Date) {
	a.perDay(c.leader, day)
	week := 0
	for _, other := range a.nudges[c.leader] {
		if day.Sub(other) <= (int(day.Weekday())+6)%7 {
			week++
		}
	}
	if week >= auditedPerWeek {
		a.faultf("unasked message number %d to %s in the week of %s", week+1, c.leader, day)
	}
	if !c.nudged.IsZero() && day.Sub(c.nudged) < 7 {
		a.faultf("%s about %s on %s and on %s", c.leader, c.person, c.nudged, day)
	}
}

func (a *auditor) perDay(leader string, day rapport.Date) {
	if slices.Contains(a.unasked[leader], day) {
		a.faultf("a second unasked message to %s on %s", leader, day)
	}
}

// depth: values not before the ninetieth day, and 42 days apart.
func (a *auditor) depth(c *couple, l scheduler.Line, day rapport.Date) {
	a.levels[l.Level]++
	if l.Level != "values" {
		return
	}
	if c.first.IsZero() || day.Sub(c.first) < 90 {
		a.faultf("a question about values on %s for %s and %s, who first talked on %s", day, c.leader, c.person, c.first)
	}
	if !c.values.IsZero() && day.Sub(c.values) < 42 {
		a.faultf("questions about values for %s and %s on %s and on %s", c.leader, c.person, c.values, day)
	}
	c.values = day
}

// silence: not before the date, not while the leader is paused, not after a no.
func (a *auditor) silence(c *couple, l scheduler.Line, day rapport.Date) {
	since := c.called()
	called := !since.IsZero() && !day.Before(since)
	if day.Before(c.due) && !called {
		a.faultf("%s about %s on %s, due on %s", c.leader, c.person, day, c.due)
	}
	if open := len(c.promises) > 0 && !c.promises[0].due.After(day); open != aboutPromise(l) {
		a.faultf("%s about %s on %s with the starter %q, while something promised is due: %t", c.leader, c.person, day, l.Starter, open)
	}
	for _, other := range a.couples {
		if at := other.called(); other.leader != c.leader || at.IsZero() || day.Before(at) || called {
			continue
		}
		if a.rule(other, day) == "" && (other.nudged.IsZero() || day.Sub(other.nudged) >= 7) {
			a.faultf("%s about %s on %s, although something promised to %s is due", c.leader, c.person, day, other.person)
		}
	}
	a.promised += map[bool]int{true: 1}[aboutPromise(l)]
	if why := a.rule(c, day); why != "" {
		a.faultf("%s about %s on %s: %s", c.leader, c.person, day, why)
	}
}

// rule says why nobody is to be asked about a person on the day, if so.
func (a *auditor) rule(c *couple, day rapport.Date) string {
	switch {
	case !a.until[c.leader].Before(day):
		return "the leader is paused"
	case !c.quiet.IsZero():
		return "a second no"
	case day.Before(c.rest):
		return "at rest"
	}
	return ""
}

// evening compares the dates in the store with the auditor's, and sees who waits.
func (a *auditor) evening(day rapport.Date) {
	a.o.t.Helper()
	for leader := range leaders() {
		pairs := must(a.o.store.Pairs(a.o.t.Context(), a.o.scope(leader)))(a.o.t)
		for _, p := range pairs {
			c := a.couple(leader, p.Person)
			if next := p.DueSince(); next != c.due {
				a.faultf("on %s, %s and %s are due on %s, want %s", day, leader, p.Person, next, c.due)
			}
		}
	}
	for _, c := range a.couples {
		a.waiting(c, day)
		a.waitingFor(c, day)
	}
}

// waiting: everyone who is due comes up within a week, and as many more as there
// are people for each nudge of a week, or a rule says why not.
func (a *auditor) waiting(c *couple, day rapport.Date) {
	from := c.due
	if again := c.nudged.AddDays(7); !c.nudged.IsZero() && again.After(from) {
		from = again
	}
	if day.Before(from) {
		return
	}
	if a.rule(c, day) != "" || a.off(day) && !weekend(day) {
		c.excused++
	}
	wait := day.Sub(from) - c.excused
	a.longest = max(a.longest, wait)
	if wait > 7+c.stretch() {
		a.faultf("on %s, %s and %s have been due since %s, %d days of which are excused", day, c.leader, c.person, from, c.excused)
	}
}

// waitingFor: what was promised is brought up within as long.
func (a *auditor) waitingFor(c *couple, day rapport.Date) {
	from := c.called()
	if again := c.nudged.AddDays(7); !c.nudged.IsZero() && again.After(from) && !from.IsZero() {
		from = again
	}
	if from.IsZero() || day.Before(from) {
		return
	}
	if a.rule(c, day) != "" || a.off(day) && !weekend(day) {
		c.late++
	}
	if wait := day.Sub(from) - c.late; wait > 7+c.stretch() {
		a.faultf("on %s, something promised by %s to %s has been due since %s, %d days of which are excused", day, c.leader, c.person, from, c.late)
	}
}

// offers: a leader says they will do something in two weeks; two things are open
// at most.
func (a *auditor) offers(leader, person string, day rapport.Date) {
	if c := a.couple(leader, person); len(c.promises) < 2 {
		c.promises = append(c.promises, &offered{due: day.AddDays(14), call: day.AddDays(14)})
	}
}

// keeps: what a message spoke of is done.
func (a *auditor) keeps(leader, person string) {
	c := a.couple(leader, person)
	c.promises, c.late = c.promises[1:], 0
}

func (c *couple) dueFrom(day rapport.Date) { c.due, c.excused = day, 0 }

func (c *couple) stretch() int { return 7 * ((c.people + auditedPerWeek - 1) / auditedPerWeek) }

func (c *couple) rhythm(day rapport.Date) int {
	days := 14
	if c.own > 0 {
		days = c.own
	}
	if !c.since.IsZero() && day.Sub(c.since) < 28 {
		days = 7
	}
	return max(days, c.stretch())
}

// talked: when the two come up again after a talk.
func (a *auditor) talked(leader, person string, day rapport.Date, o rapport.Outcome) {
	c := a.couple(leader, person)
	twice := len(c.talks) > 0 && c.talks[len(c.talks)-1].Outcome == rapport.Missed
	c.talks = append(c.talks, rapport.Entry{On: day, Outcome: o})
	days := c.rhythm(day)
	switch o {
	case rapport.Guarded:
		days = days * 3 / 2
		c.guarded(day)
	case rapport.Missed:
		if days = 7; twice {
			days = 2 * c.rhythm(day)
		}
	case rapport.Declined:
		days = 14
		c.refused(day)
	default:
		if c.first.IsZero() {
			c.first = day
		}
	}
	c.dueFrom(day.AddDays(days))
}

// guarded: three of the last five bring a rest.
func (c *couple) guarded(day rapport.Date) {
	n, seen := 0, 0
	for _, e := range slices.Backward(c.talks) {
		if e.Outcome == rapport.Missed {
			continue
		}
		if seen++; seen > 5 {
			break
		}
		if e.Outcome == rapport.Guarded {
			n++
		}
	}
	if n >= 3 {
		c.rest = day.AddDays(30)
	}
}

// refused: one no brings a rest, a second one within 120 days silence.
func (c *couple) refused(day rapport.Date) {
	c.declined = append(c.declined, day)
	c.rest = day.AddDays(14)
	if n := len(c.declined); n > 1 && day.Sub(c.declined[n-2]) <= 120 {
		c.quiet = day
	}
}

func (a *auditor) passed(leader, person string, day rapport.Date) {
	a.snoozed(leader, person, day.AddDays(7))
}

// coffee: nobody needs a nudge about somebody they are about to meet.
func (a *auditor) coffee(leader, person string, on rapport.Date) {
	a.held(a.couple(leader, person), on.AddDays(7))
}

// snoozed: later, never sooner.
func (a *auditor) snoozed(leader, person string, until rapport.Date) {
	c := a.couple(leader, person)
	for _, p := range c.promises {
		if !p.call.IsZero() && until.After(p.call) {
			p.call = until
		}
	}
	a.held(c, until)
}

// held keeps a person from coming up by themselves before the day.
func (a *auditor) held(c *couple, until rapport.Date) {
	if until.After(c.due) {
		c.dueFrom(until)
	}
}

func (a *auditor) paused(leader string, until rapport.Date) { a.until[leader] = until }

// restarted ends a silence that has lasted 60 days, and reports whether there was
// one.
func (a *auditor) restarted(leader, person string, day rapport.Date) bool {
	c := a.couple(leader, person)
	if c.quiet.IsZero() || day.Sub(c.quiet) < 60 {
		return false
	}
	c.quiet, c.rest = rapport.Date{}, rapport.Date{}
	c.dueFrom(day)
	return true
}

var offerValue = regexp.MustCompile(`"value":"(o:[^"]+)"`)

// closing compares everything that Slack has taken with what was said to be
// sent: nothing twice.
func (a *auditor) closing() {
	a.o.t.Helper()
	posted, carried := 0, map[string]bool{}
	for _, r := range a.o.calls("chat.postMessage") {
		if r.Code != "ok" && r.Fault != slacksim.Status500After && r.Fault != slacksim.LoseAnswer {
			continue
		}
		posted++
		if m := offerValue.FindStringSubmatch(r.Args["blocks"]); m != nil {
			if carried[m[1]] {
				a.faultf("two messages carry the starter %s", m[1])
			}
			carried[m[1]] = true
		}
	}
	if posted < a.sure || posted > a.sure+a.unsure {
		a.faultf("Slack has taken %d messages, while %d are sure and %d are not", posted, a.sure, a.unsure)
	}
	nudges := 0
	for _, c := range a.couples {
		nudges += c.nudges
		if c.nudges == 0 {
			a.faultf("%s was never asked about %s", c.leader, c.person)
		}
	}
	if a.promised == 0 {
		a.faultf("nothing that was promised came up")
	}
	if len(carried) == 0 || len(carried) > nudges-a.promised {
		a.faultf("%d starters in %d nudges", len(carried), nudges)
	}
}

// figures sums up, for the reader of a log.
func (a *auditor) figures() string {
	return fmt.Sprintf("%d sent, %d of them digests, %d about promises, %d unsure, levels %v, longest wait %d days",
		a.sure, a.digests, a.promised, a.unsure, a.levels, a.longest)
}

func weekend(d rapport.Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// holidays are the working days on which nobody worked in Japan, from April 2026
// to April 2027.
func holidays() []string {
	return []string{
		"2026-04-29", "2026-05-04", "2026-05-05", "2026-05-06", "2026-07-20", "2026-08-11", "2026-09-21", "2026-09-22",
		"2026-09-23", "2026-10-12", "2026-11-03", "2026-11-23", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01",
		"2027-01-11", "2027-02-11", "2027-02-23", "2027-03-22",
	}
}

// lulls are the days worked by some, but on which nobody is written to: in the
// middle of August, and alone between days off.
func lulls() []string {
	return []string{
		"2026-08-13", "2026-08-14", "2026-08-10", "2026-11-02", "2026-12-28", "2027-02-12", "2027-02-22",
	}
}

func (a *auditor) off(d rapport.Date) bool {
	return weekend(d) || slices.Contains(holidays(), d.String()) || slices.Contains(lulls(), d.String())
}

func nextWorking(d rapport.Date) rapport.Date {
	for d = d.AddDays(1); weekend(d) || slices.Contains(holidays(), d.String()); {
		d = d.AddDays(1)
	}
	return d
}
