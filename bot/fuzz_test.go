package bot_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"innerview/bot"
	"innerview/rapport"
)

// hostileTexts are what nobody types and somebody sends.
func hostileTexts() []string {
	return []string{
		"", " ", "　", "\x00", "log\x00<@U0MEI>", "list\u202etsil", "\u200f\u200e", "\ufeffhelp", "\xff\xfe", "log <@U0MEI",
		"log <@U0MEI|" + strings.Repeat("|", 300) + "> opened", "snooze <@U0MEI> 999999999999999999999", "２０２６年１１月２５日",
		"pause 9999-12-31", "pause 0000-01-01", "log <@U0MEI> 0/0", "log <@U0MEI> 少し 昨日 メモ", "e\u0301\u0301\u0301",
		strings.Repeat("あ", 40_000), strings.Repeat("<@U1>", 5_000), strings.Repeat("\u0300", 40_000), strings.Repeat("7 ", 20_000),
	}
}

// FuzzArgs takes a command's text apart in every way a handler does. Nothing panics,
// what is taken and what is left are parts of what was given, and a day that was
// read is a day.
func FuzzArgs(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	today := rapport.NewDate(2026, 11, 25)
	f.Fuzz(func(t *testing.T, text string) {
		word, rest := bot.SplitWord(text)
		if strings.ContainsFunc(word, unicode.IsSpace) || !strings.Contains(text, word) || !strings.HasSuffix(strings.TrimSpace(text), rest.Rest()) {
			t.Errorf("splitWord(%q) = %q, %q", text, word, rest.Rest())
		}
		if n := utf8.RuneCountInString(word) + utf8.RuneCountInString(rest.Rest()); n > utf8.RuneCountInString(text) {
			t.Errorf("splitWord(%q) gives more than it takes", text)
		}
		takes := []func(*bot.Args) bool{
			func(a *bot.Args) bool { user, ok := a.Person(); return !ok || isUser(user) },
			func(a *bot.Args) bool { o, ok := a.Outcome(); return !ok || slices.Contains(rapport.Outcomes(), o) },
			func(a *bot.Args) bool { d, ok := a.Day(today); return !ok || aDay(d) },
			func(a *bot.Args) bool { d, ok := a.Until(today); return !ok || aDay(d) },
			func(a *bot.Args) bool {
				d, err := a.QuietUntil(today, rapport.Date{})
				return err != nil || d.IsZero() || d.After(today) && d.Sub(today) <= 366
			},
			func(a *bot.Args) bool { return !strings.ContainsFunc(a.Word(), unicode.IsSpace) },
		}
		for i, take := range takes {
			a := bot.NewArgs(rest.Rest())
			if !take(a) || !strings.HasSuffix(rest.Rest(), a.Rest()) {
				t.Errorf("reading %d of %q leaves %q, or makes no sense", i, rest.Rest(), a.Rest())
			}
		}
	})
}

func isUser(id string) bool {
	return len(id) > 1 && (id[0] == 'U' || id[0] == 'W') && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

func aDay(d rapport.Date) bool {
	return !d.IsZero() && d == rapport.NewDate(d.Year(), d.Month(), d.Day())
}

// FuzzCommand runs texts that no command takes: an answer for the person, or the
// help, and never more of what was typed than the nearest word.
func FuzzCommand(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, _ := newBot(t, bot.Options{})
		word, _ := bot.SplitWord(text)
		if found, ok := bot.FindCommand(word); word == "" || ok && found != "help" {
			return // it would reach the store
		}
		_, err := b.Run(t.Context(), printers(t)[0], text)
		if err != nil && rapport.KindOf(err) != rapport.Invalid {
			t.Errorf("%q: %v, want an answer for the person", text, err)
		}
	})
}

// FuzzWhen reads any text as a moment. Nothing panics, what is settled is ahead, and
// spaces around it mean nothing.
func FuzzWhen(f *testing.F) {
	for _, text := range append(hostileTexts(), "fri 15:00", "来週火曜 15時半", "１１／２７（金）１５：００〜１６：００",
		"next tue 3pm", "tomorrow at 02:30", "31日の朝9時", "in 999 weeks", "十二月二十一日 二十時十五分", "0000-12-31 00:00", "9999-12-31 23:59") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range zones {
			for _, clock := range []string{"2026-03-28 12:00", "2028-02-29 23:59"} {
				now := clockIn(t, zone(t, name), clock)
				got := bot.ParseWhen(text, now)
				if wrong := sensible(now, got); wrong != "" {
					t.Errorf("at %s, parseWhen(%q) = %s: %s", now, text, inWords(got), wrong)
				}
				if spaced := bot.ParseWhen(" "+text+"　", now); len(text) < 200 && spaced != got {
					t.Errorf("at %s, parseWhen(%q) = %s, but between spaces it is %s", now, text, inWords(got), inWords(spaced))
				}
			}
		}
	})
}
