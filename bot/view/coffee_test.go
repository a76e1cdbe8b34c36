package view_test

import (
	"testing"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/rapport"
)

func coffeeForm(t *testing.T, p *i18n.Printer) form {
	return open(t, view.CoffeeModal(p, view.Ref{Pair: "pair-7"}, "U0MEI", today().AddDays(1), 15*60))
}

func TestCoffeeIsReadAsItWasEntered(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		f := coffeeForm(t, p)
		want := view.CoffeeAnswer{On: today().AddDays(1), Minutes: 15 * 60}
		if got, err := view.ReadCoffee(f.state); err != nil || got != want {
			t.Errorf("%s: as it begins, read %v (%v), want %v", p.Language(), got, err, want)
		}
		f.enter(p.T("coffee.date"), "2027-01-04")
		f.enter(p.T("coffee.time"), "00:05")
		f.pick(p.T("talk.setting"), p.T("setting.lunch"))
		want = view.CoffeeAnswer{On: rapport.NewDate(2027, 1, 4), Minutes: 5, Setting: rapport.Lunch}
		if got, err := view.ReadCoffee(f.state); err != nil || got != want {
			t.Errorf("%s: read %v (%v), want %v", p.Language(), got, err, want)
		}
	}
}

func TestCoffeeIsRefused(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.English)
	tests := []struct {
		name  string
		enter func(f form)
		want  refusal
	}{
		{"no day", func(f form) { f.enter(p.T("coffee.date"), "") }, refusal{Key: "error.pick_date", Field: "date"}},
		{"no day of a calendar", func(f form) { f.enter(p.T("coffee.date"), "2026-13-01") }, refusal{Key: "error.pick_date", Field: "date"}},
		{"no time", func(f form) { f.enter(p.T("coffee.time"), "") }, refusal{Key: "error.pick_time", Field: "time"}},
		{"no time of a clock", func(f form) { f.enter(p.T("coffee.time"), "24:00") }, refusal{Key: "error.pick_time", Field: "time"}},
		{"no such setting", func(f form) { f.forge(p.T("talk.setting"), "sauna") }, refusal{Key: "error.try_again", Field: "setting"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := coffeeForm(t, p)
			tt.enter(f)
			_, err := view.ReadCoffee(f.state)
			f.refused(err, tt.want)
		})
	}
}
