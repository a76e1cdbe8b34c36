package view_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/rapport"
)

func coffeeForm(t *testing.T, p *i18n.Printer) form {
	return open(t, view.CoffeeModal(p, view.Ref{Pair: "pair-7"}, view.CoffeeForm{
		Person: "U0MEI", On: today().AddDays(1), Minutes: 15 * 60,
	}))
}

func TestCoffeeIsReadAsItWasEntered(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		f := coffeeForm(t, p)
		want := view.CoffeeAnswer{On: today().AddDays(1), Minutes: 15 * 60, Length: 30}
		if got, err := view.ReadCoffee(f.state); err != nil || got != want {
			t.Errorf("%s: as it begins, read %v (%v), want %v", p.Language(), got, err, want)
		}
		f.enter(p.T("coffee.date"), "2027-01-04")
		f.enter(p.T("coffee.time"), "00:05")
		f.pick(p.T("talk.setting"), p.T("setting.lunch"))
		f.pick(p.T("coffee.length"), p.N("coffee.minutes", 45))
		want = view.CoffeeAnswer{On: rapport.NewDate(2027, 1, 4), Minutes: 5, Length: 45, Setting: rapport.Lunch}
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
		{"no such length", func(f form) { f.forge(p.T("coffee.length"), "600") }, refusal{Key: "error.try_again", Field: "length"}},
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

// TestCalendarsSayWhatIsPlanned: in the leader's language, and with the word for where
// it is to be.
func TestCalendarsSayWhatIsPlanned(t *testing.T) {
	t.Parallel()
	titles := map[rapport.Language][]string{
		rapport.English:  {"Coffee", "Coffee", "Lunch", "A walk", "A quick chat", "A call", "A chat on the way"},
		rapport.Japanese: {"コーヒー", "コーヒー", "ランチ", "散歩", "立ち話", "オンラインでの会話", "移動中の会話"},
	}
	for _, p := range printers(t) {
		for i, setting := range append([]rapport.Setting{""}, rapport.Settings()...) {
			m := view.Planned(p, view.Coffee{Plan: "plan-1", Text: "with <@U0MEI>", At: time.Unix(0, 0), Minutes: 30, Setting: setting})
			line := m.Blocks[1].(*slack.ContextBlock).ContextElements.Elements[0].(*slack.TextBlockObject).Text
			title := titles[p.Language()][i]
			for _, want := range []string{url.Values{"text": {title}}.Encode(), url.Values{"subject": {title}}.Encode()} {
				if !strings.Contains(line, want+"|") && !strings.Contains(line, want+"&amp;") {
					t.Errorf("%s, %q: the line is %s, want %s in it", p.Language(), setting, line, want)
				}
			}
		}
	}
}

// TestCalendarsLearnOnlyTheTime: a calendar may be read by others.
func TestCalendarsLearnOnlyTheTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 27, 15, 0, 0, 0, time.FixedZone("", 9*60*60))
	wants := map[rapport.Language][]string{
		rapport.English: {
			"https://calendar.google.com/calendar/render?action=TEMPLATE&dates=20261127T060000Z%2F20261127T064500Z&text=Coffee",
			"https://outlook.office.com/calendar/0/deeplink/compose?enddt=2026-11-27T06%3A45%3A00Z&path=%2Fcalendar%2Faction%2Fcompose" +
				"&rru=addevent&startdt=2026-11-27T06%3A00%3A00Z&subject=Coffee",
		},
		rapport.Japanese: {
			"https://calendar.google.com/calendar/render?action=TEMPLATE&dates=20261127T060000Z%2F20261127T064500Z" +
				"&text=%E3%82%B3%E3%83%BC%E3%83%92%E3%83%BC",
		},
	}
	for _, p := range printers(t) {
		m := view.Planned(p, view.Coffee{Plan: "plan-1", Text: "with <@U0MEI>", At: at, Minutes: 45})
		line := m.Blocks[1].(*slack.ContextBlock).ContextElements.Elements[0].(*slack.TextBlockObject).Text
		for _, want := range wants[p.Language()] {
			if !strings.Contains(line, "<"+view.Escape(want)+"|") {
				t.Errorf("%s: the line is %s, want %s in it", p.Language(), line, want)
			}
		}
	}
}
