package calendar

import (
	"sync"
	"sync/atomic"
	"time"

	"innerview/rapport"
)

// Options says whose days off hold. The zero Options are Japan's.
type Options struct {
	// Country is an ISO 3166 code in either case, "" for "jp", or "none" for no
	// national holidays at all.
	Country string
	// DaysOff are the company's own, beside the national ones.
	DaysOff []rapport.Date
}

// Calendar answers which days are worked. It is safe for concurrent use.
type Calendar struct {
	land land
	own  map[rapport.Date]bool

	mu    sync.Mutex // for filling in a year
	years atomic.Pointer[map[int]*year]
}

// year holds the days off of a calendar year; index 0 is 1 January.
type year struct {
	first rapport.Date
	off   [366]bool
}

// horizon bounds the search for a working day, in days.
const horizon = 366

// New returns the calendar of a country. An unknown country is an error that
// names some known ones.
func New(o Options) (*Calendar, error) {
	land, err := landOf(o.Country)
	if err != nil {
		return nil, err
	}
	own := make(map[rapport.Date]bool, len(o.DaysOff))
	for _, d := range o.DaysOff {
		own[d] = true
	}
	return newCalendar(land, own), nil
}

// newCalendar keeps own and never writes to it.
func newCalendar(land land, own map[rapport.Date]bool) *Calendar {
	c := &Calendar{land: land, own: own}
	c.years.Store(&map[int]*year{})
	return c
}

// DayOff reports whether nobody works on the day: a national holiday or its
// substitute, the closed days around the Japanese new year, or one of the
// company's own days off. Weekends are no days off: who works on them is each
// leader's choice.
func (c *Calendar) DayOff(d rapport.Date) bool {
	y := c.year(d.Year())
	return y.off[d.Sub(y.first)]
}

// Working reports whether somebody with these days works on d. No days at all
// mean Monday to Friday.
func (c *Calendar) Working(d rapport.Date, days rapport.Weekdays) bool {
	return orDefault(days).Has(d.Weekday()) && !c.DayOff(d)
}

// Quiet reports whether no unasked message goes out on d: it is not worked, it
// lies in the middle of August in Japan, or it is a single working day between
// days off, which many take off as well.
func (c *Calendar) Quiet(d rapport.Date, days rapport.Weekdays) bool {
	return !c.Working(d, days) || c.land.quiet(d) || c.bridge(d, orDefault(days))
}

// bridge reports whether d stands alone between days that are not worked. One
// of its neighbours has to be a day off that would have been worked: to somebody
// who works on Wednesdays only, a Wednesday is an ordinary day.
func (c *Calendar) bridge(d rapport.Date, days rapport.Weekdays) bool {
	before, after := d.AddDays(-1), d.AddDays(1)
	if c.Working(before, days) || c.Working(after, days) {
		return false
	}
	return days.Has(before.Weekday()) || days.Has(after.Weekday())
}

// NextWorking returns the first working day strictly after the given one. If a
// year holds none, it returns the day a year later, for the caller to look
// again then.
func (c *Calendar) NextWorking(after rapport.Date, days rapport.Weekdays) rapport.Date {
	for i := 1; i < horizon; i++ {
		if d := after.AddDays(i); c.Working(d, days) {
			return d
		}
	}
	return after.AddDays(horizon)
}

// A break is so many days in a row without work, some of them days off and not
// only ends of weeks. For some days after it people have just come back.
const (
	breakDays  = 5
	breakOff   = 2
	afterBreak = 4
)

// AfterBreak reports whether somebody with these days has just come back from a
// break that all had, as after the new year or Golden Week.
func (c *Calendar) AfterBreak(d rapport.Date, days rapport.Weekdays) bool {
	idle, off := 0, 0
	for i := 1; i < horizon; i++ {
		day := d.AddDays(-i)
		if c.Working(day, days) {
			if i >= afterBreak {
				return false
			}
			idle, off = 0, 0
			continue
		}
		idle++
		if orDefault(days).Has(day.Weekday()) {
			off++
		}
		if idle >= breakDays && off >= breakOff {
			return true
		}
	}
	return false
}

// year returns a year, computing it on first use. Reading takes no lock: a plan
// for many pairs asks for the same few years millions of times.
func (c *Calendar) year(n int) *year {
	if y, ok := (*c.years.Load())[n]; ok {
		return y
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	old := *c.years.Load()
	if y, ok := old[n]; ok {
		return y
	}
	known := make(map[int]*year, len(old)+1)
	for k, y := range old {
		known[k] = y
	}
	known[n] = c.compute(n)
	c.years.Store(&known)
	return known[n]
}

// compute needs c.mu, because the holiday data it calls is not safe for
// concurrent use.
func (c *Calendar) compute(n int) *year {
	y := &year{first: rapport.NewDate(n, time.January, 1)}
	days := rapport.NewDate(n+1, time.January, 1).Sub(y.first)
	holidays := c.land.daysOff(n)
	for i := range days {
		d := y.first.AddDays(i)
		y.off[i] = holidays[d] || c.own[d]
	}
	return y
}

func orDefault(days rapport.Weekdays) rapport.Weekdays {
	if days&everyDay == 0 {
		return rapport.MondayToFriday
	}
	return days
}

const everyDay rapport.Weekdays = 1<<(time.Saturday+1) - 1
