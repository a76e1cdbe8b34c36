package view_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/rapport"
)

func office() view.SettingsForm {
	return view.SettingsForm{Hours: rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}, Days: rapport.MondayToFriday}
}

// TestSettingsComeBackUnchanged: what is shown and not touched is what is saved.
func TestSettingsComeBackUnchanged(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for _, lang := range []rapport.Language{"", rapport.English, rapport.Japanese} {
			for days := rapport.Weekdays(1); days < 1<<7; days++ {
				want := view.SettingsForm{Language: lang, Hours: rapport.Hours{From: int(days), To: int(days) + 60}, Days: days}
				got, err := view.ReadSettings(open(t, view.SettingsModal(p, want)).state)
				if diff := cmp.Diff(want, got); err != nil || diff != "" {
					t.Fatalf("%s (%v) (-want +got):\n%s", p.Language(), err, diff)
				}
			}
		}
	}
}

func TestSettingsAreReadAsTheyWereEntered(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		f := open(t, view.SettingsModal(p, office()))
		f.pick(p.T("settings.language"), "日本語")
		f.enter(p.T("settings.from"), "08:00")
		f.enter(p.T("settings.to"), "12:15")
		f.pick(p.T("settings.days"), p.T("date.weekday.sun"), p.T("date.weekday.wed"))
		want := view.SettingsForm{
			Language: rapport.Japanese, Hours: rapport.Hours{From: 8 * 60, To: 12*60 + 15}, Days: 1<<time.Sunday | 1<<time.Wednesday,
		}
		got, err := view.ReadSettings(f.state)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: (%v) (-want +got):\n%s", p.Language(), err, diff)
		}
		f.pick(p.T("settings.language"), p.T("settings.language_auto"))
		if got, err := view.ReadSettings(f.state); err != nil || got.Language != "" {
			t.Errorf("%s: read the language %q (%v), want Slack's", p.Language(), got.Language, err)
		}
	}
}

func TestSettingsAreRefused(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.English)
	hours := func(from, to string) func(form) {
		return func(f form) {
			f.enter(p.T("settings.from"), from)
			f.enter(p.T("settings.to"), to)
		}
	}
	tests := []struct {
		name  string
		enter func(f form)
		want  refusal
	}{
		{"no language", func(f form) { f.forge(p.T("settings.language"), "") }, refusal{Key: "error.try_again", Field: "language"}},
		{"no such language", func(f form) { f.forge(p.T("settings.language"), "tlh") }, refusal{Key: "error.try_again", Field: "language"}},
		{"no beginning", hours("", "17:00"), refusal{Key: "error.pick_time", Field: "from"}},
		{"no end", hours("09:00", "5pm"), refusal{Key: "error.pick_time", Field: "to"}},
		{"under an hour", hours("09:00", "09:59"), refusal{Key: "error.hours", Field: "to"}},
		{"no time at all", hours("09:00", "09:00"), refusal{Key: "error.hours_order", Field: "to"}},
		{"backwards", hours("22:00", "06:00"), refusal{Key: "error.hours_order", Field: "to"}},
		{"no days", func(f form) { f.pick(p.T("settings.days")) }, refusal{Key: "error.no_days", Field: "days"}},
		{"no such day", func(f form) { f.forge(p.T("settings.days"), "someday") }, refusal{Key: "error.try_again", Field: "days"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := open(t, view.SettingsModal(p, office()))
			tt.enter(f)
			_, err := view.ReadSettings(f.state)
			f.refused(err, tt.want)
		})
	}
}

// TestDecodersTakeAnEmptyState: a state with nothing in it is refused like one
// with nothing entered.
func TestDecodersTakeAnEmptyState(t *testing.T) {
	t.Parallel()
	for _, state := range []*slack.ViewState{nil, {}, {Values: map[string]map[string]slack.BlockAction{"in_day": nil}}} {
		_, talk := view.ReadTalk(state)
		_, note := view.ReadNote(state)
		_, promise := view.ReadPromise(state)
		_, edit := view.ReadTalkEdit(state)
		_, coffee := view.ReadCoffee(state)
		_, settings := view.ReadSettings(state)
		for name, err := range map[string]error{
			"talk": talk, "note": note, "coffee": coffee, "settings": settings, "promise": promise, "edit": edit,
		} {
			if rapport.KindOf(err) != rapport.Invalid {
				t.Errorf("%s of %v: the error is %v, want one for the person", name, state, err)
			}
		}
	}
}
