package calendar

import (
	"maps"
	"slices"
	"strings"
)

// Atlas holds the calendars of every known country, for a company that works in
// several of them. They share the company's own days off. It never changes once
// made and is safe for concurrent use.
type Atlas struct {
	home      *Calendar
	calendars map[string]*Calendar
}

// NewAtlas returns the calendars of every country, with o.Country as the one
// for whoever has named none. An unknown o.Country is an error that names some
// known ones.
//
// All of them are made here, so that looking one up takes no lock: a calendar
// whose years nobody asks for costs next to nothing.
func NewAtlas(o Options) (*Atlas, error) {
	home, err := New(o)
	if err != nil {
		return nil, err
	}
	a := &Atlas{home: home, calendars: map[string]*Calendar{}}
	for _, code := range append(Countries(), noCountry) {
		land, err := landOf(code)
		if err != nil {
			return nil, err
		}
		a.calendars[code] = newCalendar(land, home.own)
	}
	a.calendars[codeOf(o.Country)] = home
	return a, nil
}

// For returns the calendar of a country, given by its ISO 3166 code in either
// case or as "none" for no national holidays. "" and an unknown code give the
// calendar of the Options the atlas was made with. The same country always
// gives the same calendar.
func (a *Atlas) For(country string) *Calendar {
	if country == "" {
		return a.home
	}
	if c, ok := a.calendars[strings.ToLower(country)]; ok {
		return c
	}
	return a.home
}

// Countries returns the ISO 3166 codes, in lower case and sorted, of all
// countries whose holidays are known. The caller may change the slice.
func Countries() []string {
	codes := slices.Collect(maps.Keys(nationalHolidays()))
	codes = slices.AppendSeq(codes, maps.Keys(regionalHolidays()))
	codes = append(codes, defaultCountry)
	slices.Sort(codes)
	return codes
}
