package i18n_test

import (
	"testing"
	"time"

	"innerview/internal/i18n"
	"innerview/rapport"
)

func load(t testing.TB) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPrinterSpeaksTheLanguageAskedFor(t *testing.T) {
	t.Parallel()
	c := load(t)
	tests := []struct {
		ask, want rapport.Language
	}{
		{rapport.English, rapport.English},
		{rapport.Japanese, rapport.Japanese},
		{"", rapport.English},
		{"fr", rapport.English},
	}
	for _, tt := range tests {
		if got := c.Printer(tt.ask).Language(); got != tt.want {
			t.Errorf("Printer(%q).Language() = %q, want %q", tt.ask, got, tt.want)
		}
	}
}

func TestTSaysAMissingSentenceAsItsKey(t *testing.T) {
	t.Parallel()
	p := load(t).Printer(rapport.Japanese)
	tests := []struct {
		name string
		got  string
		want string
	}{
		{"known", p.T("person.mention", "ID", "U1"), "<@U1>さん"},
		{"known, from a map", p.T("person.mention", map[string]any{"ID": "U1"}), "<@U1>さん"},
		{"unknown key", p.T("no.such"), "⟦no.such⟧"},
		{"unknown key with a count", p.N("no.such", 2), "⟦no.such⟧"},
		{"value not given", p.T("person.mention"), "⟦person.mention⟧"},
		{"name without a value", p.T("person.mention", "ID", "U1", "Odd"), "⟦person.mention⟧"},
		{"name that is no text", p.T("person.mention", 1, "U1"), "⟦person.mention⟧"},
		{"one argument that is no map", p.T("person.mention", "ID"), "⟦person.mention⟧"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestTDoesNotKeepItsArguments(t *testing.T) {
	t.Parallel()
	args := map[string]any{"ID": "U1"}
	load(t).Printer("").N("person.mention", 3, args)
	if len(args) != 1 {
		t.Errorf("N changed its caller's map to %v", args)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	c := load(t)
	en, ja := c.Printer(rapport.English), c.Printer(rapport.Japanese)
	wed := rapport.NewDate(2026, time.November, 25)
	tests := []struct {
		name, got, want string
	}{
		{"en", en.Date(wed), "Wed 25 Nov"},
		{"ja", ja.Date(wed), "11月25日（水）"},
		{"en with year", en.DateYear(wed), "Wed 25 Nov 2026"},
		{"ja with year", ja.DateYear(wed), "2026年11月25日（水）"},
		{"en no day", en.Date(rapport.Date{}), ""},
		{"ja no day", ja.DateYear(rapport.Date{}), ""},
		{"en weekday", en.Weekday(time.Sunday), "Sunday"},
		{"ja weekday", ja.Weekday(time.Saturday), "土曜"},
		{"en person", en.Person("U1"), "<@U1>"},
		{"ja person", ja.Person("U1"), "<@U1>さん"},
		{"en clock", en.Clock(time.Date(2026, 11, 25, 9, 5, 0, 0, time.UTC)), "09:05"},
		{"ja clock", ja.Clock(time.Date(2026, 11, 25, 15, 4, 0, 0, time.FixedZone("", 9*3600))), "15:04"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestEveryMonthAndWeekdayHasAName(t *testing.T) {
	t.Parallel()
	c := load(t)
	seen := map[string]bool{}
	for i := range 366 {
		d := rapport.NewDate(2028, time.January, 1).AddDays(i)
		for _, lang := range []rapport.Language{rapport.English, rapport.Japanese} {
			text := c.Printer(lang).Date(d)
			if seen[text] {
				t.Errorf("Date(%v) = %q, like another day of the year", d, text)
			}
			seen[text] = true
		}
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	c := load(t)
	en, ja := c.Printer(rapport.English), c.Printer(rapport.Japanese)
	today := rapport.NewDate(2026, time.November, 25) // a Wednesday
	tests := []struct {
		ahead  int
		en, ja string
	}{
		{-331, "Mon 29 Dec 2025", "2025年12月29日（月）"},
		{-330, "Tue 30 Dec", "12月30日（火）"},
		{-2, "Mon 23 Nov", "11月23日（月）"},
		{-1, "yesterday", "昨日"},
		{0, "today", "今日"},
		{1, "tomorrow", "明日"},
		{2, "Friday", "金曜"},
		{6, "Tuesday", "火曜"},
		{7, "Wed 2 Dec", "12月2日（水）"},
		{330, "Thu 21 Oct", "10月21日（木）"},
		{331, "Fri 22 Oct 2027", "2027年10月22日（金）"},
	}
	for _, tt := range tests {
		d := today.AddDays(tt.ahead)
		if got := en.Near(d, today); got != tt.en {
			t.Errorf("en.Near(%v, %v) = %q, want %q", d, today, got, tt.en)
		}
		if got := ja.Near(d, today); got != tt.ja {
			t.Errorf("ja.Near(%v, %v) = %q, want %q", d, today, got, tt.ja)
		}
	}
	if got := en.Near(rapport.Date{}, today); got != "" {
		t.Errorf("Near of no day = %q, want nothing", got)
	}
}

// TestPrinterIsSafeForConcurrentUse is for the race detector: sentences are
// parsed when they are first said.
func TestPrinterIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	p := load(t).Printer(rapport.Japanese)
	done := make(chan string)
	for range 8 {
		go func() { done <- p.Date(rapport.NewDate(2026, time.May, 6)) }()
	}
	for range 8 {
		if got, want := <-done, "5月6日（水）"; got != want {
			t.Errorf("Date = %q, want %q", got, want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

func BenchmarkT(b *testing.B) {
	p := load(b).Printer(rapport.Japanese)
	for b.Loop() {
		p.T("person.mention", "ID", "U1")
	}
}
