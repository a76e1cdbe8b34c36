package calendar_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/calendar"
	"innerview/rapport"
)

// TestJapaneseHolidays compares whole years with the list the Cabinet Office
// publishes: holidays, substitutes and the days between. The closed days around
// the new year are no holidays and stand apart.
func TestJapaneseHolidays(t *testing.T) {
	t.Parallel()
	tests := map[int][]string{
		2024: {
			"01-01", "01-08", "02-11", "02-12", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06",
			"07-15", "08-11", "08-12", "09-16", "09-22", "09-23", "10-14", "11-03", "11-04", "11-23",
		},
		2025: {
			"01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06",
			"07-21", "08-11", "09-15", "09-23", "10-13", "11-03", "11-23", "11-24",
		},
		2026: {
			"01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06",
			"07-20", "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23",
		},
		2027: {
			"01-01", "01-11", "02-11", "02-23", "03-21", "03-22", "04-29", "05-03", "05-04", "05-05",
			"07-19", "08-11", "09-20", "09-23", "10-11", "11-03", "11-23",
		},
	}
	c := newCalendar(t, calendar.Options{})
	for year, want := range tests {
		if diff := cmp.Diff(want, holidays(c, year)); diff != "" {
			t.Errorf("holidays of %d (-want +got):\n%s", year, diff)
		}
	}
}

// holidays lists a year's days off as MM-DD, without the closed days.
func holidays(c *calendar.Calendar, year int) []string {
	var found []string
	for d := rapport.NewDate(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
		newYear := d.Month() == time.January && d.Day() == 1
		if c.DayOff(d) && (newYear || !closed(d)) {
			found = append(found, d.String()[len("2006-"):])
		}
	}
	return found
}

func TestJapaneseDaysOff(t *testing.T) {
	t.Parallel()
	tests := []struct {
		date string
		want bool
		why  string
	}{
		{"2026-11-23", true, "Labour Thanksgiving Day, a Monday"},
		{"2026-11-24", false, "the Tuesday after it"},
		{"2026-09-21", true, "Respect for the Aged Day"},
		{"2026-09-22", true, "the day between two holidays"},
		{"2026-09-23", true, "the autumnal equinox"},
		{"2026-09-24", false, "the Thursday after them"},
		{"2026-05-06", true, "the substitute for Constitution Day on a Sunday, past two more holidays"},
		{"2026-05-07", false, "one substitute is enough"},
		{"2027-03-22", true, "the substitute for the vernal equinox on a Sunday"},
		{"2027-04-30", false, "quiet, but no day off"},
		{"2049-09-21", true, "a day between that no list names"},
		{"2026-12-28", false, "the last Monday of the year"},
		{"2026-12-29", true, "closed"},
		{"2026-12-31", true, "closed"},
		{"2027-01-02", true, "closed"},
		{"2027-01-03", true, "closed"},
		{"2027-01-04", false, "open again"},
	}
	c := newCalendar(t, calendar.Options{})
	for _, tt := range tests {
		if got := c.DayOff(day(t, tt.date)); got != tt.want {
			t.Errorf("DayOff(%s) = %v, want %v: %s", tt.date, got, tt.want, tt.why)
		}
	}
}
