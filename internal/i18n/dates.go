package i18n

import (
	"time"

	"innerview/rapport"
)

// nearAhead is how many days from today a weekday alone says which day is
// meant.
const nearAhead = 6

// Date returns the day with its weekday: "Wed 25 Nov", 「11月25日（水）」. No day
// is "".
func (p *Printer) Date(d rapport.Date) string { return p.date("date.day", d) }

// DateYear returns the day with its weekday and year: "Wed 25 Nov 2026",
// 「2026年11月25日（水）」. No day is "".
func (p *Printer) DateYear(d rapport.Date) string { return p.date("date.day_year", d) }

// soonEnough is how many days away a day needs no year to be told from that of
// another.
const soonEnough = 330

// Day returns the day as [Printer.Date] does, and with its year where it lies so far
// from today that it may be taken for another.
func (p *Printer) Day(d, today rapport.Date) string {
	if away := d.Sub(today); away > soonEnough || away < -soonEnough {
		return p.DateYear(d)
	}
	return p.Date(d)
}

// Near returns the day as one would say it today: "today", "tomorrow",
// "yesterday", "Friday" within the next six days, and otherwise as [Printer.Day]
// does. It is a noun: the sentence around it supplies "on" or 「に」.
func (p *Printer) Near(d, today rapport.Date) string {
	if d.IsZero() {
		return ""
	}
	switch ahead := d.Sub(today); {
	case ahead == 0:
		return p.T("date.today")
	case ahead == 1:
		return p.T("date.tomorrow")
	case ahead == -1:
		return p.T("date.yesterday")
	case ahead > 1 && ahead <= nearAhead:
		return p.Weekday(d.Weekday())
	}
	return p.Day(d, today)
}

// Weekday returns the name of a day of the week: "Friday", 「金曜」.
func (p *Printer) Weekday(w time.Weekday) string {
	return p.T("date.weekday." + weekdays[w])
}

// Clock returns the time of day in t's own location, 24 hours: "09:30".
func (p *Printer) Clock(t time.Time) string { return t.Format("15:04") }

// Person returns a mention of a Slack user as a sentence names them: "<@U1>",
// 「<@U1>さん」.
func (p *Printer) Person(id string) string { return p.T("person.mention", "ID", id) }

func (p *Printer) date(key string, d rapport.Date) string {
	if d.IsZero() {
		return ""
	}
	return p.T(key,
		"Year", d.Year(),
		"Month", p.T("date.month."+months[d.Month()-1]),
		"Day", d.Day(),
		"Weekday", p.T("date.short."+weekdays[d.Weekday()]),
	)
}

var (
	weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	months   = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)
