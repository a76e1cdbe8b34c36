package calendar_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

func newAtlas(t testing.TB, o calendar.Options) *calendar.Atlas {
	t.Helper()
	a, err := calendar.NewAtlas(o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAtlasGivesEachCountryItsOwnDays(t *testing.T) {
	t.Parallel()
	company := day(t, "2026-06-15")
	a := newAtlas(t, calendar.Options{Country: "DE", DaysOff: []rapport.Date{company}})
	const (
		unity    = "2026-10-03" // Germany
		marine   = "2026-07-20" // Japan
		thanks   = "2026-11-26" // United States
		national = "2026-08-01" // Switzerland
	)
	tests := []struct {
		country, holiday string
	}{
		{"", unity},
		{"de", unity},
		{"jp", marine},
		{"JP", marine},
		{"us", thanks},
		{"ch", national},
		{"none", ""},
		{"atlantis", unity},
		{"german", unity},
		{" jp", unity}, // no code
	}
	for _, tt := range tests {
		c := a.For(tt.country)
		for _, date := range []string{unity, marine, thanks, national} {
			if got, want := c.DayOff(day(t, date)), date == tt.holiday; got != want {
				t.Errorf("For(%q).DayOff(%s) = %v, want %v", tt.country, date, got, want)
			}
		}
		if !c.DayOff(company) {
			t.Errorf("For(%q).DayOff(%v) = false, want true, a day of the company", tt.country, company)
		}
	}
}

func TestAtlasKeepsOneCalendarPerCountry(t *testing.T) {
	t.Parallel()
	for _, home := range []string{"", "jp", "SE", "none"} {
		a := newAtlas(t, calendar.Options{Country: home})
		codes := append(calendar.Countries(), "none")
		owner := map[*calendar.Calendar]string{}
		for _, code := range codes {
			c := a.For(code)
			if c != a.For(code) || c != a.For(strings.ToUpper(code)) {
				t.Errorf("home %q: For(%q) differs from one call to the next", home, code)
			}
			if other, taken := owner[c]; taken {
				t.Errorf("home %q: For(%q) is the calendar of %q", home, code, other)
			}
			owner[c] = code
		}
		want := strings.ToLower(home)
		if want == "" {
			want = "jp"
		}
		if got := owner[a.For("")]; got != want {
			t.Errorf("home %q: For(\"\") is the calendar of %q, want %q", home, got, want)
		}
	}
}

// TestAtlasAgreesWithNew compares a year of every country.
func TestAtlasAgreesWithNew(t *testing.T) {
	t.Parallel()
	a := newAtlas(t, calendar.Options{})
	for _, code := range append(calendar.Countries(), "none", "") {
		alone := newCalendar(t, calendar.Options{Country: code})
		for d := rapport.NewDate(2026, time.January, 1); d.Year() == 2026; d = d.AddDays(1) {
			if got, want := a.For(code).DayOff(d), alone.DayOff(d); got != want {
				t.Errorf("For(%q).DayOff(%v) = %v, want %v as without an atlas", code, d, got, want)
			}
		}
	}
}

func TestNewAtlasWantsAKnownHome(t *testing.T) {
	t.Parallel()
	_, err := calendar.NewAtlas(calendar.Options{Country: "atlantis"})
	if err == nil || !strings.Contains(err.Error(), "atlantis") {
		t.Errorf("NewAtlas(atlantis) = %v, want an error that names it", err)
	}
}

func TestCountries(t *testing.T) {
	t.Parallel()
	got := calendar.Countries()
	if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("Countries() = %v, want them sorted, each once", got)
	}
	for _, code := range []string{"au", "ch", "de", "gb", "jp", "us"} {
		if !slices.Contains(got, code) {
			t.Errorf("Countries() lacks %q", code)
		}
	}
	for _, code := range got {
		if len(code) != 2 || code != strings.ToLower(code) {
			t.Errorf("Countries() holds %q, want two small letters", code)
		}
		if _, err := calendar.New(calendar.Options{Country: code}); err != nil {
			t.Errorf("Countries() holds %q: %v", code, err)
		}
	}
	got[0] = "xx"
	if again := calendar.Countries(); again[0] == "xx" {
		t.Error("Countries() gives its callers the same slice")
	}
}

// TestAtlasIsSafeForConcurrentUse is for the race detector: two atlases fill in
// the same years of every country at once.
func TestAtlasIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	shared := newAtlas(t, calendar.Options{})
	newYear := day(t, "2026-01-01")
	var done sync.WaitGroup
	for range 3 {
		own := newAtlas(t, calendar.Options{Country: "us"})
		done.Go(func() {
			for _, code := range calendar.Countries() {
				if !shared.For(code).DayOff(newYear) || !own.For(code).DayOff(newYear) {
					t.Errorf("For(%q).DayOff(%v) = false, want true", code, newYear)
				}
			}
		})
	}
	done.Wait()
}

func TestAtlasLooksUpWithoutAllocating(t *testing.T) {
	a := newAtlas(t, calendar.Options{})
	for _, code := range []string{"", "us", "atlantis"} {
		if got := testing.AllocsPerRun(100, func() { a.For(code) }); got != 0 {
			t.Errorf("For(%q) allocates %v times, want 0", code, got)
		}
	}
}

func BenchmarkAtlasFor(b *testing.B) {
	a := newAtlas(b, calendar.Options{})
	for b.Loop() {
		a.For("us")
	}
}

func BenchmarkNewAtlas(b *testing.B) {
	for b.Loop() {
		newAtlas(b, calendar.Options{})
	}
}
