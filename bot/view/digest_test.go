package view_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"innerview/bot/view"
	"innerview/rapport"
)

var anyMention = regexp.MustCompile(`<@\w+>`)

// TestDigestIsShort: at most 90 words in English and 220 characters in Japanese,
// buttons aside, however much there is to say (docs/method.md, "Digest").
func TestDigestIsShort(t *testing.T) {
	t.Parallel()
	drawn := 0
	for _, p := range printers(t) {
		for week := range 8 * 3 {
			w := view.Week{
				Lead: view.IntentLine(p, today().AddDays(7*(week%8))), Promises: 2, Past: week / 8, Going: view.WeekLine{Person: "U0MEI"},
			}
			for _, why := range []string{"back", "new", "light"} {
				w.People = append(w.People, view.WeekLine{Person: "U0MEI", Why: p.T("digest.why." + why)})
			}
			text := anyMention.ReplaceAllString(strings.Join(sections(view.Digest(p, w)), " "), "Tanaka")
			if words := len(strings.Fields(text)); p.Language() == rapport.English && words > 90 {
				t.Errorf("%d words: %s", words, text)
			}
			if n := utf8.RuneCountInString(text); p.Language() == rapport.Japanese && n > 220 {
				t.Errorf("%d characters: %s", n, text)
			}
			drawn++
		}
	}
	if drawn != 48 {
		t.Errorf("%d digests, want 48", drawn)
	}
}

// TestM15IntentLinesRotate: each digest has one, and none comes back within eight
// weeks, at the turn of a year too.
func TestM15IntentLinesRotate(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		last := map[string]rapport.Date{}
		for on := rapport.NewDate(2026, 1, 1); on.Year() < 2028; on = on.AddDays(1) {
			line := view.IntentLine(p, on)
			if strings.Contains(line, "⟦") {
				t.Fatalf("%s: no line on %s", p.Language(), on)
			}
			if before, again := last[line]; again && before != on.Monday() && on.Monday().Sub(before) < 56 {
				t.Errorf("%s: %q in the weeks of %s and %s", p.Language(), line, before, on.Monday())
			}
			last[line] = on.Monday()
		}
		if len(last) != 8 {
			t.Errorf("%s: %d lines, want 8", p.Language(), len(last))
		}
	}
}

// TestM18CardSaysWhenToStop: short answers are no reason to go on.
func TestM18CardSaysWhenToStop(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for _, l := range levels() {
			doc := encode(t, view.Starter(p, mei().card(p, l.Starter)))
			if got, want := strings.Contains(string(doc), p.T("card.leave")), l.Level != 0; got != want {
				t.Errorf("%s, %s: says when to stop: %t, want %t", l.state, p.Language(), got, want)
			}
		}
	}
}

// TestM28NoteScreenAsksWhetherTheyMayRead: where they can, the screen says so.
func TestM28NoteScreenAsksWhetherTheyMayRead(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for mode, key := range map[rapport.NoteMode]string{rapport.NotesOpen: "note.hint", rapport.NotesPrivate: "note.hint_private"} {
			f := view.NoteForm{Person: "U0MEI", Notes: mode}
			if doc := string(encode(t, view.NoteModal(p, view.Ref{Pair: "pair-7"}, f))); !strings.Contains(doc, p.T(key)) {
				t.Errorf("%s, %s: the note screen does not say who may read", mode, p.Language())
			}
		}
	}
}
