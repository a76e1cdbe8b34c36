package scheduler

import (
	"testing"
	"time"

	"innerview/rapport"
)

// TestDigestDay holds the days of docs/method.md, "Quiet", and what is around
// them, for a leader in Japan.
func TestDigestDay(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, week string
		chosen     rapport.DigestDay
		days       rapport.Weekdays
		want       string // "" for none
	}{
		{"an ordinary week", "2026-11-18", "first", 0, "2026-11-16"},
		{"Monday is a holiday", "2026-11-25", "first", 0, "2026-11-24"},
		{"three days off, one between two holidays", "2026-09-25", "first", 0, "2026-09-24"},
		{"substitute holiday on Wednesday", "2026-05-07", "first", 0, "2026-05-07"},
		{"substitute holiday on Monday", "2027-03-22", "first", 0, "2027-03-23"},
		{"before Golden Week", "2027-04-26", "first", 0, "2027-04-26"},
		{"a single working Monday before a holiday is quiet", "2026-08-10", "first", 0, "2026-08-12"},
		{"mid-August but for the Friday", "2029-08-13", "first", 0, "2029-08-17"},
		{"a single working day before the new year is quiet", "2026-12-28", "first", 0, ""},
		{"the first after the new year", "2027-01-04", "first", 0, "2027-01-04"},
		{"none of their days", "2024-12-30", "first", 1<<time.Monday | 1<<time.Tuesday, ""},
		{"works from Wednesday on", "2026-11-18", "first", 1<<time.Wednesday | 1<<time.Thursday, "2026-11-18"},
		{"works on Sundays", "2026-11-18", "first", 1 << time.Sunday, "2026-11-22"},
		{"Wednesday chosen", "2026-11-23", "wed", 0, "2026-11-25"},
		{"Monday chosen, a holiday: the next day", "2026-11-23", "mon", 0, "2026-11-24"},
		{"Friday chosen, a single day between days off", "2027-04-26", "fri", 0, "2027-04-28"},
		{"Friday chosen, works Monday to Thursday", "2026-11-18", "fri", 1<<time.Monday | 1<<time.Thursday, "2026-11-19"},
		{"none wanted", "2026-11-18", rapport.DigestOff, 0, ""},
		{"none by default", "2026-11-18", "", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := open(t)
			m.digest, m.leader.Days = tt.chosen, tt.days
			got, ok := m.digestIn(day(t, tt.week))
			if got.String() != tt.want || ok != (tt.want != "") {
				t.Errorf("digestIn(%s) = %s, %t; want %q", tt.week, got, ok, tt.want)
			}
			next := m.nextDigest(day(t, tt.week).AddDays(-7).Monday().AddDays(6))
			if want := tt.want; want != "" && next.String() != want {
				t.Errorf("nextDigest before that week = %s, want %s", next, want)
			}
		})
	}
}

// TestDigestHour: ten o'clock, or the window of who is only there before.
func TestDigestHour(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, at string
		hours    rapport.Hours
		jitter   time.Duration
		kind     rapport.MessageKind
		why      Hush
	}{
		{"the window is open", "2026-11-16 09:30", rapport.Hours{}, 0, "", HushHour},
		{"a minute before ten", "2026-11-16 09:59", rapport.Hours{}, 0, "", HushHour},
		{"ten", "2026-11-16 10:00", rapport.Hours{}, 0, rapport.KindDigest, HushNothing},
		{"ten, spread", "2026-11-16 10:00", rapport.Hours{}, time.Minute, "", HushHour},
		{"and a minute later", "2026-11-16 10:01", rapport.Hours{}, time.Minute, rapport.KindDigest, HushNothing},
		{"lunch", "2026-11-16 12:30", rapport.Hours{}, 0, "", HushHour},
		{"an early bird", "2026-11-16 07:00", rapport.Hours{From: 7 * 60, To: 9 * 60}, 0, rapport.KindDigest, HushNothing},
		{"a late riser", "2026-11-16 14:00", rapport.Hours{From: 14 * 60, To: 18 * 60}, 0, rapport.KindDigest, HushNothing},
		{"another day", "2026-11-17 09:30", rapport.Hours{}, 0, rapport.KindNudge, HushNothing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := open(t)
			m.digest, m.leader.Hours, m.jitter = rapport.DigestFirst, tt.hours, tt.jitter
			m.leader.MetAt = m.local
			m.local = must(time.ParseInLocation("2006-01-02 15:04", tt.at, tokyo()))
			if kind, why := m.decide(); kind != tt.kind || why != tt.why {
				t.Errorf("decide() = %q, %q; want %q, %q", kind, why, tt.kind, tt.why)
			}
		})
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
