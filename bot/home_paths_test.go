package bot_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/internal/i18n"
	"innerview/internal/slacksim/slacksimtest"
	"innerview/rapport"
)

// path is how one gets from Home to what a command does, and what one finds there.
type path struct {
	begin string // a command that is run first, "" for none
	walk  func(home *slacksimtest.Screen, p *i18n.Printer)
	key   string // of words that are found
	args  []any
	stays bool // on Home; otherwise a modal opens
}

// press is a path of one button.
func press(button, finds string, args ...any) path {
	return path{walk: func(home *slacksimtest.Screen, p *i18n.Printer) { home.Click(p.T(button)) }, key: finds, args: args}
}

// pick is a path through the menu beside a person.
func pick(item, finds string, args ...any) path {
	return path{walk: func(home *slacksimtest.Screen, p *i18n.Printer) { home.Choose("person_menu", p.T(item)) }, key: finds, args: args}
}

// homePaths are the ways from Home to what each command does, with one person on the
// list.
func homePaths(p *i18n.Printer) map[string]path {
	who := []any{"Person", p.Person(mei)}
	paths := map[string]path{
		"list":     {walk: func(*slacksimtest.Screen, *i18n.Printer) {}, key: "overview.head", stays: true},
		"next":     press("button.show", "card.neutral"),
		"log":      press("button.talked", "talk.outcome"),
		"brief":    press("button.brief", "brief.with", who...),
		"note":     pick("menu.note", "note.label"),
		"promise":  pick("menu.promise", "promise.to", who...),
		"coffee":   pick("menu.coffee", "coffee.with", who...),
		"end":      pick("menu.end", "end.done", who...),
		"snooze":   pick("menu.snooze", "snooze.done", append(who, "When", p.Date(rapport.NewDate(2026, 10, 14)))...),
		"pause":    press("button.pause", "pause.open"),
		"resume":   press("button.resume", "resume.done"),
		"digest":   press("home.week", "digest.neutral"),
		"settings": press("button.settings", "settings.language"),
		"me":       press("button.me", "me.title"),
		"privacy":  press("button.privacy", "privacy.head"),
		"help":     press("button.help", "help.head"),
		"add": {
			walk: func(home *slacksimtest.Screen, _ *i18n.Printer) { home.Choose("add_person", tanaka) },
			key:  "add.done", args: []any{"Person", p.Person(tanaka)},
		},
	}
	resume := paths["resume"]
	resume.begin = "pause"
	paths["resume"] = resume
	return paths
}

// TestHomeLeadsToEveryCommand: whatever can be typed can be pressed, too.
func TestHomeLeadsToEveryCommand(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		p := catalog(t).Printer(w.lang)
		paths := homePaths(p)
		var typed []string
		for _, c := range bot.Commands() {
			typed = append(typed, c.Word)
		}
		slices.Sort(typed)
		if diff := cmp.Diff(typed, slices.Sorted(maps.Keys(paths))); diff != "" {
			t.Errorf("commands (-) and ways from Home (+):\n%s", diff)
		}
		for word, way := range paths {
			t.Run(word, func(t *testing.T) {
				t.Parallel()
				f := openOffice(t, bot.Options{})
				f.leads(w.leader, mei)
				leader := f.User(w.leader)
				if way.begin != "" {
					leader.Runs("/innerview " + way.begin)
				}
				home := leader.OpensHome()
				way.walk(home, p)
				found := home
				if !way.stays {
					found = leader.Modal()
				}
				found.Expect(p.T(way.key, way.args...))
			})
		}
	})
}
