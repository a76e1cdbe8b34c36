package calendar_test

import (
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

func TestAfterBreak(t *testing.T) {
	t.Parallel()
	c, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, day string
		days      rapport.Weekdays
		want      bool
	}{
		{"the first day after the new year", "2027-01-04", 0, true},
		{"three days on", "2027-01-07", 0, true},
		{"no longer news", "2027-01-08", 0, false},
		{"after Golden Week", "2026-05-07", 0, true},
		{"the Monday after it, a weekend later", "2026-05-11", 0, false},
		{"after five days in September", "2026-09-24", 0, true},
		{"after a weekend", "2026-11-16", 0, false},
		{"after a long weekend", "2026-11-24", 0, false},
		{"the day before a break", "2026-05-01", 0, false},
		{"who works on Tuesdays only", "2026-11-24", 1 << time.Tuesday, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			on, err := rapport.ParseDate(tt.day)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.AfterBreak(on, tt.days); got != tt.want {
				t.Errorf("AfterBreak(%s) = %t, want %t", tt.day, got, tt.want)
			}
		})
	}
}
