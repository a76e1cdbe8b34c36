package calendar

import (
	"time"

	"github.com/rickar/cal/v2/jp"

	"innerview/rapport"
)

// japan follows the Act on National Holidays (Act No. 178 of 1948), article 3,
// and the custom of closing from 29 December to 3 January.
//
// The library lists the holidays themselves. Substitutes and in-between days are
// worked out here: the library shifts each holiday by a fixed number of days and
// lists the in-between days by hand up to 2032.
type japan struct {
	holidays holidays
}

func newJapan() japan {
	return japan{newHolidays(
		jp.NewYear, jp.ComingOfAgeDay, jp.NationalFoundationDay, jp.TheEmperorsBirthday,
		jp.VernalEquinoxDay, jp.ShowaDay, jp.ConstitutionMemorialDay, jp.GreeneryDay,
		jp.ChildrensDay, jp.MarineDay, jp.MountainDay, jp.RespectForTheAgedDay,
		jp.AutumnalEquinoxDay, jp.SportsDay, jp.CultureDay, jp.LaborThanksgivingDay,
		jp.TheNewEmperorEnthronementDay, jp.TheNewEmperorEnthronementCeremony,
	)}
}

func (j japan) daysOff(year int) dates {
	national := dates{}
	for y := year - 1; y <= year+1; y++ {
		j.holidays.each(y, func(actual, _ rapport.Date) { national[actual] = true })
	}
	off := dates{}
	for d := range national {
		off[d] = true
		if d.Weekday() == time.Sunday {
			off[substitute(d, national)] = true
		}
		if between := d.AddDays(1); national[between.AddDays(1)] {
			off[between] = true
		}
	}
	for day := 29; day <= 31; day++ {
		off[rapport.NewDate(year, time.December, day)] = true
	}
	for day := 1; day <= 3; day++ {
		off[rapport.NewDate(year, time.January, day)] = true
	}
	return off
}

// substitute returns the day off for a holiday on a Sunday: the nearest day
// after it that is no national holiday (article 3, paragraph 2).
func substitute(sunday rapport.Date, national dates) rapport.Date {
	d := sunday.AddDays(1)
	for national[d] {
		d = d.AddDays(1)
	}
	return d
}

// quiet is the middle of August, when many are away though offices are open.
func (japan) quiet(d rapport.Date) bool {
	return d.Month() == time.August && d.Day() >= 13 && d.Day() <= 16
}
