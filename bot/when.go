package bot

import (
	"time"

	"innerview/rapport"
)

// doubt is why a moment somebody typed is asked for again.
type doubt string

const (
	noDoubt    doubt = ""
	unreadable doubt = "unreadable" // some of it says neither a day nor a time
	ambiguous  doubt = "ambiguous"  // it may mean more than one moment
	inThePast  doubt = "past"       // it means one that is over
)

// whenRead is what a text says of a moment to come. With a doubt, Day and Minutes
// are the likeliest reading, to begin a form with; but for [inThePast] they are the
// day and the time that were said.
type whenRead struct {
	Day     rapport.Date // zero when no day was said
	Minutes int          // after midnight on Day, 0 to 1439; 0 unless Timed
	Timed   bool         // a time was said
	Doubt   doubt
}

// settled reports whether a day and a time were said that leave nothing to ask.
func (w whenRead) settled() bool { return w.Timed && !w.Day.IsZero() && w.Doubt == noDoubt }

// parseWhen reads a day and a time in English or Japanese, in either order: `fri
// 15:00`, 「来週火曜 15時半」. now is in the zone the text was typed in. Its rules:
//
//   - A weekday by its name is the next one: today's only for a time still to come.
//     With "next" or 「来週」 it is that of the week after this one, Monday to Sunday.
//   - A day without a year is the one nearest to today, a day of the month the next.
//   - An hour is taken as said from 7 on, with two digits (03:00), or with the half
//     of the day. Otherwise it is likely an afternoon, and ambiguous. A number
//     alone is ambiguous, except behind "at".
//   - A time without a day is today's. One that is over is ambiguous, and likely
//     tomorrow's.
//   - 午前12時 and 午後12時 are ambiguous: both are said of noon.
//   - A time that a change of the clocks skips is ambiguous, and likely the one that
//     [rapport.Date.At] falls back to.
func parseWhen(text string, now time.Time) whenRead {
	s := said{now: now, today: rapport.DateOf(now)}
	s.read(text)
	r, sure := s.moment()
	switch {
	case s.unread:
		r.Doubt = unreadable
	case s.over(r):
		r.Doubt = inThePast
	case !sure:
		r.Doubt = ambiguous
	}
	return r
}

// said is what the words of a text say, one by one.
type said struct {
	now   time.Time
	today rapport.Date

	days        []rapport.Date // said outright: a date, a day from today
	daysOfMonth []int
	weekdays    []time.Weekday
	weeks       []int // from this one
	clocks      []clock
	parts       []part
	hourly      bool // a number alone is an hour: "at 3"
	unread      bool // there is something else
}

// clock is a time as it was typed.
type clock struct {
	Hour, Minute int
	Padded       bool // with two digits for the hour
	Bare         bool // a number alone
}

// part is a part of the day: the hours, first and last, it may mean.
type part struct {
	From, To int
	NoTwelve bool // said with 12 it has no agreed meaning
}

// moment puts together what was said. sure is false when it may mean something else.
func (s *said) moment() (r whenRead, sure bool) {
	minutes, timed, sure := s.minutes()
	r = whenRead{Minutes: minutes, Timed: timed}
	day, sureDay := s.day(r)
	r.Day, sure = day, sure && sureDay
	if !r.Timed || r.Day.IsZero() {
		return r, sure
	}
	at := r.Day.At(r.Minutes, s.now.Location())
	if got := at.Hour()*60 + at.Minute(); got != r.Minutes || rapport.DateOf(at) != r.Day {
		return whenRead{Day: rapport.DateOf(at), Minutes: got, Timed: true}, false
	}
	return r, sure
}

// minutes returns the time after midnight.
func (s *said) minutes() (minutes int, timed, sure bool) {
	if len(s.clocks) == 0 {
		return 0, false, true
	}
	c := s.clocks[0]
	for _, other := range s.clocks {
		if c.Bare && !other.Bare {
			c = other
		}
	}
	hour, sure := s.hour(c)
	return hour*60 + c.Minute, true, sure && same(s.clocks)
}

// hour returns the hour that is meant, of 24.
func (s *said) hour(c clock) (hour int, sure bool) {
	likely := c.Hour
	if c.Hour > 0 && c.Hour < 7 && !c.Padded {
		likely += 12
	}
	if len(s.parts) == 0 {
		return likely, likely == c.Hour && (!c.Bare || s.hourly)
	}
	var fit []int
	for _, h := range halves(c.Hour) {
		if s.fits(h) {
			fit = append(fit, h)
		}
	}
	if len(fit) != 1 || c.Hour == 12 && s.parts[0].NoTwelve {
		return likely, false
	}
	return fit[0], true
}

// halves returns the hours of 24 that an hour may mean.
func halves(hour int) []int {
	if hour > 12 {
		return []int{hour}
	}
	return []int{hour, (hour + 12) % 24}
}

func (s *said) fits(hour int) bool {
	for _, p := range s.parts {
		if hour < p.From || hour > p.To {
			return false
		}
	}
	return true
}

// day returns the day, given the time: that of a weekday may be today's.
func (s *said) day(r whenRead) (on rapport.Date, sure bool) {
	sure = true
	switch {
	case len(s.days) > 0:
		on = s.days[0]
	case len(s.daysOfMonth) > 0:
		on, sure = s.nextOfMonth(r, s.daysOfMonth[0])
	case len(s.weekdays) > 0 && len(s.weeks) > 0:
		on = inWeek(s.today, s.weeks[0], s.weekdays[0])
	case len(s.weekdays) > 0:
		on = s.nextWeekday(r, s.weekdays[0])
	case len(s.weeks) == 0 && r.Timed && !s.unread: // what is not read may be the day
		if r.Day = s.today; s.over(r) {
			return s.today.AddDays(1), false
		}
		on = s.today
	}
	return on, sure && s.agrees(on)
}

// nextWeekday returns the next such day: today only for a time still to come.
func (s *said) nextWeekday(r whenRead, w time.Weekday) rapport.Date {
	if r.Day = s.today; w == s.today.Weekday() && r.Timed && !s.over(r) {
		return s.today
	}
	return weekdayAfter(s.today, w)
}

// nextOfMonth returns the next such day of a month that has it. It is not sure for
// today's when its time is over: the month after is a long way.
func (s *said) nextOfMonth(r whenRead, day int) (on rapport.Date, sure bool) {
	for month := s.today.Month(); ; month++ {
		r.Day = rapport.NewDate(s.today.Year(), month, day)
		if r.Day.Day() == day && !s.over(r) {
			return r.Day, s.today.Day() != day || r.Day == s.today
		}
	}
}

// agrees reports whether everything that was said of the day holds for it.
func (s *said) agrees(d rapport.Date) bool {
	if !same(s.days) || !same(s.daysOfMonth) || !same(s.weekdays) || !same(s.weeks) {
		return false
	}
	if d.IsZero() {
		return true
	}
	return (len(s.daysOfMonth) == 0 || d.Day() == s.daysOfMonth[0]) &&
		(len(s.weekdays) == 0 || d.Weekday() == s.weekdays[0]) &&
		(len(s.weeks) == 0 || d.Monday() == s.today.Monday().AddDays(7*s.weeks[0]))
}

// over reports whether the moment, or without a time the whole day, is past; without
// a day, the week.
func (s *said) over(r whenRead) bool {
	if r.Day.IsZero() {
		return len(s.weeks) > 0 && s.weeks[0] < 0
	}
	if r.Timed {
		return !r.Day.At(r.Minutes, s.now.Location()).After(s.now)
	}
	return r.Day.Before(s.today)
}

// same reports whether all are the same.
func same[T comparable](all []T) bool {
	for _, v := range all {
		if v != all[0] {
			return false
		}
	}
	return true
}
