package calendar

import (
	"fmt"
	"strings"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"

	"innerview/rapport"
)

const (
	defaultCountry = "jp"
	noCountry      = "none" // no national holidays at all
)

// dates is a set of days.
type dates map[rapport.Date]bool

// land is what a country adds to the ordinary week.
type land interface {
	// daysOff returns the days off of the year; others may be among them.
	daysOff(year int) dates
	// quiet reports a working day on which no unasked message goes out.
	quiet(d rapport.Date) bool
}

func landOf(code string) (land, error) {
	code = codeOf(code)
	switch code {
	case defaultCountry:
		return newJapan(), nil
	case noCountry:
		return country{}, nil
	}
	if lists, ok := regionalHolidays()[code]; ok {
		return newRegions(lists), nil
	}
	list, ok := nationalHolidays()[code]
	if !ok {
		return nil, fmt.Errorf("country %q: no holidays known; use one of %s, or none", code, strings.Join(Countries(), ", "))
	}
	return country{newHolidays(list...)}, nil
}

// codeOf returns a code as it is known here: in lower case, the default for "".
func codeOf(code string) string {
	if code == "" {
		return defaultCountry
	}
	return strings.ToLower(code)
}

func nationalHolidays() map[string][]*cal.Holiday {
	return map[string][]*cal.Holiday{
		"ar": ar.Holidays, "at": at.Holidays, "be": be.Holidays, "bg": bg.Holidays,
		"br": br.Holidays, "ca": ca.Holidays, "cz": cz.Holidays,
		"de": de.Holidays, "dk": dk.Holidays, "es": es.Holidays, "fr": fr.Holidays,
		"gb": gb.Holidays, "gr": gr.Holidays, "hr": hr.Holidays, "ie": ie.Holidays,
		"it": it.Holidays, "lt": lt.Holidays, "lv": lv.Holidays, "mw": mw.Holidays,
		"nc": nc.Holidays, "nl": nl.Holidays, "no": no.Holidays, "nz": nz.Holidays,
		"pl": pl.Holidays, "ro": ro.Holidays, "ru": ru.Holidays, "se": se.Holidays,
		"si": si.Holidays, "sk": sk.Holidays, "ua": ua.Holidays, "us": us.Holidays,
		"za": za.Holidays,
	}
}

// country is a land whose holidays the library knows completely. The zero
// country has none.
type country struct {
	holidays holidays
}

// daysOff takes both the holiday and the day on which it is observed.
func (c country) daysOff(year int) dates {
	off := dates{}
	// A neighbouring year's holiday may be observed in this one: a New Year's
	// Day on a Saturday on 31 December.
	for y := year - 1; y <= year+1; y++ {
		c.holidays.each(y, func(actual, observed rapport.Date) { off[actual], off[observed] = true, true })
	}
	return off
}

func (country) quiet(rapport.Date) bool { return false }

// holidays are the library's rules for one country, copied: some of them write
// to themselves when asked for a year.
type holidays []*cal.Holiday

func newHolidays(list ...*cal.Holiday) holidays {
	own := make(holidays, len(list))
	for i, h := range list {
		own[i] = h.Clone(nil)
	}
	return own
}

func (hs holidays) each(year int, do func(actual, observed rapport.Date)) {
	for _, h := range hs {
		actual, observed := h.Calc(year)
		if !actual.IsZero() {
			do(dateOf(actual), dateOf(observed))
		}
	}
}

// dateOf turns the library's midnight into a day. It looks at noon, because in
// the machine's zone that midnight may have been skipped by a clock change.
func dateOf(midnight time.Time) rapport.Date {
	return rapport.DateOf(midnight.Add(12 * time.Hour))
}
