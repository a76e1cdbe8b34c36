package calendar_test

import (
	"encoding/csv"
	"os"
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

// TestJapaneseDaysOffAgreeWithAnIndependentList looks at every day of nine
// years: off are the days of the list, the closed days, and no others.
func TestJapaneseDaysOffAgreeWithAnIndependentList(t *testing.T) {
	t.Parallel()
	names := readHolidays(t, "testdata/holidays_jp_2022_2030.csv")
	c := newCalendar(t, calendar.Options{})
	first, last := rapport.NewDate(2022, time.January, 1), rapport.NewDate(2030, time.December, 31)
	for d := first; !d.After(last); d = d.AddDays(1) {
		name, listed := names[d]
		switch off := c.DayOff(d); {
		case off && !listed && !closed(d):
			t.Errorf("DayOff(%v) = true, want false: a %v on no list", d, d.Weekday())
		case !off && listed:
			t.Errorf("DayOff(%v) = false, want true: %s", d, name)
		case !off && closed(d):
			t.Errorf("DayOff(%v) = false, want true: closed around the new year", d)
		}
		delete(names, d)
	}
	for d, name := range names {
		t.Errorf("the list holds %v (%s), outside of its years", d, name)
	}
}

// readHolidays returns the names of the days in a file of dates and names. Each
// year has at least the sixteen holidays of the Act.
func readHolidays(t *testing.T, file string) map[rapport.Date]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment, r.FieldsPerRecord = '#', 2
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	names, count := map[rapport.Date]string{}, map[int]int{}
	for _, row := range rows[1:] { // the first names the columns
		d := day(t, row[0])
		if names[d] != "" || row[1] == "" {
			t.Errorf("%s: %v is listed twice or has no name", file, d)
		}
		names[d] = row[1]
		count[d.Year()]++
	}
	for y := 2022; y <= 2030; y++ {
		if count[y] < 16 {
			t.Errorf("%s: %d days in %d, want 16 or more", file, count[y], y)
		}
	}
	return names
}

// closed reports the days around the new year on which offices are shut though
// only 1 January is a holiday.
func closed(d rapport.Date) bool {
	return d.Month() == time.January && d.Day() <= 3 || d.Month() == time.December && d.Day() >= 29
}
