package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

func TestParseHours(t *testing.T) {
	t.Parallel()
	accepted := map[string]rapport.Hours{
		"09:30-17:30":   {From: 9*60 + 30, To: 17*60 + 30},
		"00:00-23:59":   {From: 0, To: 23*60 + 59},
		"9:00 - 17:00":  {From: 9 * 60, To: 17 * 60},
		" 08:15-08:16 ": {From: 8*60 + 15, To: 8*60 + 16},
	}
	for text, want := range accepted {
		if got, err := calendar.ParseHours(text); err != nil || got != want {
			t.Errorf("ParseHours(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	rejected := map[string]string{
		"":                  "empty",
		"09:30":             "one time",
		"17:30-09:30":       "backwards",
		"09:30-09:30":       "no time at all",
		"9-17":              "no minutes",
		"09:60-17:00":       "no such minute",
		"09:00-24:00":       "no such hour",
		"09:00-12:00-17:00": "three times",
		"-09:00-17:00":      "a sign",
	}
	for text, why := range rejected {
		if got, err := calendar.ParseHours(text); err == nil {
			t.Errorf("ParseHours(%q) = %v, want an error: %s", text, got, why)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	hours := rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}
	tests := map[string]bool{
		"09:29:59": false,
		"09:30:00": true,
		"11:59:59": true,
		"12:00:00": false,
		"12:59:59": false,
		"13:00:00": true,
		"17:29:59": true,
		"17:30:00": false,
		"00:00:00": false,
	}
	for clock, want := range tests {
		local, err := time.Parse(time.TimeOnly, clock)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.Open(local, hours); got != want {
			t.Errorf("Open(%s) = %v, want %v", clock, got, want)
		}
	}
}

func TestOpenLooksAtTheLocalClock(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)
	hours := rapport.Hours{From: 9 * 60, To: 12 * 60}
	if !calendar.Open(noon.In(time.FixedZone("JST", 9*60*60)), hours) {
		t.Error("Open at 10:00 in Tokyo = false, want true")
	}
	if calendar.Open(noon, hours) {
		t.Error("Open at 01:00 in UTC = true, want false")
	}
}

func TestJitter(t *testing.T) {
	t.Parallel()
	today := rapport.NewDate(2026, time.November, 25)
	var early, late int
	for i := range 1000 {
		pair := fmt.Sprintf("pair-%d", i)
		got := calendar.Jitter(pair, today)
		if got < 0 || got >= 10*time.Minute {
			t.Fatalf("Jitter(%s) = %v, want from 0 to under 10 minutes", pair, got)
		}
		if got != calendar.Jitter(pair, today) {
			t.Fatalf("Jitter(%s) differs from one call to the next", pair)
		}
		if got < 5*time.Minute {
			early++
		} else {
			late++
		}
	}
	if early < 400 || late < 400 {
		t.Errorf("of 1000 pairs %d go out in the first five minutes and %d in the last, want about half each", early, late)
	}
	if calendar.Jitter("pair-1", today) == calendar.Jitter("pair-1", today.AddDays(1)) {
		t.Error("Jitter is the same on two days, want it to move")
	}
}
