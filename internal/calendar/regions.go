package calendar

import (
	"maps"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/ch"

	"innerview/rapport"
)

// regionalHolidays are the countries whose states or cantons each have their own
// list and which have no list of the whole country to rely on.
func regionalHolidays() map[string][][]*cal.Holiday {
	return map[string][][]*cal.Holiday{
		"au": {
			au.HolidaysACT, au.HolidaysNSW, au.HolidaysNT, au.HolidaysQLD,
			au.HolidaysSA, au.HolidaysTAS, au.HolidaysVIC, au.HolidaysWA,
		},
		"ch": {
			ch.HolidaysAG, ch.HolidaysAI, ch.HolidaysAR, ch.HolidaysBE, ch.HolidaysBL,
			ch.HolidaysBS, ch.HolidaysFR, ch.HolidaysGE, ch.HolidaysGL, ch.HolidaysGR,
			ch.HolidaysJU, ch.HolidaysLU, ch.HolidaysNE, ch.HolidaysNW, ch.HolidaysOW,
			ch.HolidaysSG, ch.HolidaysSH, ch.HolidaysSO, ch.HolidaysSZ, ch.HolidaysTG,
			ch.HolidaysTI, ch.HolidaysUR, ch.HolidaysVD, ch.HolidaysVS, ch.HolidaysZG,
			ch.HolidaysZH,
		},
	}
}

// regions is a land whose days off are those that all of its regions share. Its
// regional ones go into the company's own days off.
type regions []country

func newRegions(lists [][]*cal.Holiday) regions {
	var rs regions
	for _, list := range lists {
		rs = append(rs, country{newHolidays(list...)})
	}
	return rs
}

func (rs regions) daysOff(year int) dates {
	shared := rs[0].daysOff(year)
	for _, r := range rs[1:] {
		off := r.daysOff(year)
		maps.DeleteFunc(shared, func(d rapport.Date, _ bool) bool { return !off[d] })
	}
	return shared
}

func (regions) quiet(rapport.Date) bool { return false }
