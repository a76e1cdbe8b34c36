package rapport

import (
	"fmt"
	"time"
)

// Date is a civil day in somebody's calendar, without a zone or a time of day.
// The zero Date means "no day". Dates are comparable with ==.
type Date struct {
	n int32 // days since 0000-12-31, so that 0001-01-01 is 1 and zero is no day
}

const secondsPerDay = 24 * 60 * 60

// dayZero is the Unix second at which the day before 0001-01-01 begins.
var dayZero = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC).Unix()

// NewDate returns the day; values outside their usual ranges are carried over
// as in [time.Date].
func NewDate(year int, month time.Month, day int) Date {
	return Date{int32((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() - dayZero) / secondsPerDay)}
}

// DateOf returns the day on which t falls in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return NewDate(y, m, d)
}

// ParseDate reads YYYY-MM-DD. Anything else is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("parse date %q: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether d is no day at all.
func (d Date) IsZero() bool { return d.n == 0 }

// AddDays returns the day n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return Date{d.n + int32(n)} }

// Sub returns how many days d lies after e.
func (d Date) Sub(e Date) int { return int(d.n - e.n) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Compare orders days: -1, 0 or 1.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Month returns the month of the year.
func (d Date) Month() time.Month { return d.utc().Month() }

// Day returns the day of the month.
func (d Date) Day() int { return d.utc().Day() }

// Year returns the year.
func (d Date) Year() int { return d.utc().Year() }

// ISOWeek returns the ISO 8601 year and week in which d lies.
func (d Date) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// Monday returns the first day of d's ISO week.
func (d Date) Monday() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// At returns the moment on d at the given minutes after midnight in loc. Where
// a clock change skips that moment, it is the one [time.Date] falls back to.
func (d Date) At(minutes int, loc *time.Location) time.Time {
	y, m, day := d.utc().Date()
	return time.Date(y, m, day, minutes/60, minutes%60, 0, 0, loc)
}

// String returns YYYY-MM-DD, or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText returns YYYY-MM-DD, or nothing for no day.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(b))
	*d = parsed
	return err
}

func (d Date) utc() time.Time { return time.Unix(int64(d.n)*secondsPerDay+dayZero, 0).UTC() }
