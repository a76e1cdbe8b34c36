package calendar_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

func day(t testing.TB, s string) rapport.Date {
	t.Helper()
	d, err := rapport.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newCalendar(t testing.TB, o calendar.Options) *calendar.Calendar {
	t.Helper()
	c, err := calendar.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func weekdays(days ...time.Weekday) rapport.Weekdays {
	var w rapport.Weekdays
	for _, d := range days {
		w |= 1 << d
	}
	return w
}

func TestNewKnowsCountries(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "jp", "JP", "none", "us", "gb", "de", "fr", "au", "ca", "ch", "nz", "nl", "se"} {
		if _, err := calendar.New(calendar.Options{Country: code}); err != nil {
			t.Errorf("New(%q): %v", code, err)
		}
	}
	_, err := calendar.New(calendar.Options{Country: "atlantis"})
	if err == nil {
		t.Fatal("New(atlantis) = nil error, want one")
	}
	for _, want := range []string{"atlantis", "jp", "us", "none"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("New(atlantis): %q does not name %q", err, want)
		}
	}
}

func TestDaysOffByCountry(t *testing.T) {
	t.Parallel()
	tests := []struct {
		country, date string
		want          bool
	}{
		{"none", "2026-01-01", false},
		{"us", "2026-07-03", true}, // Independence Day on a Saturday, observed on Friday
		{"us", "2026-07-06", false},
		{"us", "2027-12-31", true}, // the next New Year's Day is a Saturday
		{"us", "2026-12-29", false},
		{"gb", "2026-12-28", true},  // Boxing Day on a Saturday
		{"au", "2026-01-26", true},  // Australia Day
		{"au", "2026-03-09", false}, // Labour Day in Victoria alone
		{"ch", "2026-08-01", true},  // Swiss National Day
		{"ch", "2026-03-19", false}, // St Joseph's Day in some cantons
		{"de", "2026-10-03", true},
	}
	for _, tt := range tests {
		c := newCalendar(t, calendar.Options{Country: tt.country})
		if got := c.DayOff(day(t, tt.date)); got != tt.want {
			t.Errorf("%s: DayOff(%s) = %v, want %v", tt.country, tt.date, got, tt.want)
		}
	}
}

func TestOwnDaysOff(t *testing.T) {
	t.Parallel()
	founding := day(t, "2026-06-15")
	for _, country := range []string{"jp", "none"} {
		c := newCalendar(t, calendar.Options{Country: country, DaysOff: []rapport.Date{founding}})
		if !c.DayOff(founding) {
			t.Errorf("%s: DayOff(%v) = false, want true", country, founding)
		}
		if c.DayOff(founding.AddDays(1)) {
			t.Errorf("%s: DayOff(%v) = true, want false", country, founding.AddDays(1))
		}
	}
}

func TestWorking(t *testing.T) {
	t.Parallel()
	c := newCalendar(t, calendar.Options{})
	tests := []struct {
		date string
		days rapport.Weekdays
		want bool
	}{
		{"2026-11-20", 0, true}, // a Friday; no days mean Monday to Friday
		{"2026-11-21", 0, false},
		{"2026-11-21", weekdays(time.Saturday), true},
		{"2026-11-20", weekdays(time.Saturday), false},
		{"2026-11-23", rapport.MondayToFriday, false}, // a holiday
		{"2026-11-20", 1 << 7, true},                  // no day of any week, so the usual ones
	}
	for _, tt := range tests {
		if got := c.Working(day(t, tt.date), tt.days); got != tt.want {
			t.Errorf("Working(%s, %07b) = %v, want %v", tt.date, tt.days, got, tt.want)
		}
	}
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	company := []rapport.Date{day(t, "2026-06-16")}
	tests := []struct {
		name, country, date string
		days                rapport.Weekdays
		want                bool
	}{
		{"an ordinary Wednesday", "jp", "2026-11-25", 0, false},
		{"a weekend", "jp", "2026-11-28", 0, true},
		{"a holiday", "jp", "2026-11-23", 0, true},
		{"before the middle of August", "jp", "2026-08-12", 0, false},
		{"the middle of August begins", "jp", "2027-08-13", 0, true},
		{"the middle of August ends", "jp", "2027-08-16", 0, true},
		{"after the middle of August", "jp", "2027-08-17", 0, false},
		{"the middle of August elsewhere", "de", "2027-08-16", 0, false},
		{"Friday between holiday and weekend", "jp", "2027-04-30", 0, true},
		{"Monday between weekend and holiday", "jp", "2026-11-02", 0, true},
		{"Monday before the closed days", "jp", "2026-12-28", 0, true},
		{"two working days between days off", "jp", "2026-04-30", 0, false},
		{"Monday before a company day", "none", "2026-06-15", 0, true},
		{"Wednesday after a company day", "none", "2026-06-17", 0, false},
		{"whoever works on Wednesdays only", "jp", "2026-11-25", weekdays(time.Wednesday), false},
		{"their Wednesday beside a holiday", "jp", "2026-11-04", weekdays(time.Wednesday), false},
		{"Saturday worker, holiday on Friday", "jp", "2026-03-21", weekdays(time.Friday, time.Saturday), true},
	}
	for _, tt := range tests {
		c := newCalendar(t, calendar.Options{Country: tt.country, DaysOff: company})
		if got := c.Quiet(day(t, tt.date), tt.days); got != tt.want {
			t.Errorf("%s: Quiet(%s) = %v, want %v", tt.name, tt.date, got, tt.want)
		}
	}
}

func TestNextWorking(t *testing.T) {
	t.Parallel()
	c := newCalendar(t, calendar.Options{})
	tests := []struct {
		after string
		days  rapport.Weekdays
		want  string
	}{
		{"2026-11-24", 0, "2026-11-25"},
		{"2026-11-20", 0, "2026-11-24"}, // over the weekend and Labour Thanksgiving Day
		{"2026-09-18", 0, "2026-09-24"}, // over the three days of September
		{"2026-12-28", 0, "2027-01-04"}, // over the new year
		{"2026-11-25", weekdays(time.Wednesday), "2026-12-02"},
		{"2026-11-20", weekdays(time.Sunday), "2026-11-22"},
	}
	for _, tt := range tests {
		if got := c.NextWorking(day(t, tt.after), tt.days); got != day(t, tt.want) {
			t.Errorf("NextWorking(%s, %07b) = %v, want %s", tt.after, tt.days, got, tt.want)
		}
	}
}

func TestNextWorkingEndsWhereNobodyWorks(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-25")
	var always []rapport.Date
	for i := range 1000 {
		always = append(always, today.AddDays(i))
	}
	c := newCalendar(t, calendar.Options{DaysOff: always})
	if got, want := c.NextWorking(today, 0), today.AddDays(366); got != want {
		t.Errorf("NextWorking(%v) = %v, want %v, a year later", today, got, want)
	}
}

// TestAnyDayHasAnAnswer holds for days no conversation falls on as well, such as
// the one that stands for "at once".
func TestAnyDayHasAnAnswer(t *testing.T) {
	t.Parallel()
	c := newCalendar(t, calendar.Options{})
	for _, d := range []rapport.Date{{}, rapport.AtOnce, day(t, "9999-12-31")} {
		if next := c.NextWorking(d, 0); !next.After(d) {
			t.Errorf("NextWorking(%v) = %v, want a later day", d, next)
		}
	}
}

// TestCalendarIsSafeForConcurrentUse is for the race detector: years are filled
// in when they are first asked for, by several calendars at once.
func TestCalendarIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	shared := newCalendar(t, calendar.Options{})
	equinox := day(t, "2026-03-20")
	var done sync.WaitGroup
	for range 4 {
		own := newCalendar(t, calendar.Options{})
		done.Go(func() {
			for y := range 20 {
				shared.DayOff(rapport.NewDate(2020+y, time.May, 1))
			}
			if !own.DayOff(equinox) || !shared.DayOff(equinox) {
				t.Errorf("DayOff(%v) = false, want true", equinox)
			}
		})
	}
	done.Wait()
}

func BenchmarkQuiet(b *testing.B) {
	c := newCalendar(b, calendar.Options{})
	d := day(b, "2026-11-25")
	for b.Loop() {
		c.Quiet(d, rapport.MondayToFriday)
	}
}
