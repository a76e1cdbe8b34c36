package view_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/rapport"
)

func talkForm(t *testing.T, p *i18n.Printer, f view.TalkForm) form {
	f.Person, f.Today, f.Due = "U0MEI", today(), today().AddDays(14)
	return open(t, view.TalkModal(p, view.Ref{Pair: "pair-7"}, f))
}

func TestTalkIsReadAsItWasEntered(t *testing.T) {
	t.Parallel()
	yesterday := today().AddDays(-1)
	tests := []struct {
		name  string
		begin view.TalkForm
		enter func(f form, p *i18n.Printer)
		want  view.TalkAnswer
	}{
		{
			"as little as can be",
			view.TalkForm{Notes: rapport.NotesOpen},
			func(f form, p *i18n.Printer) { f.pick(p.T("talk.outcome"), p.T("outcome.light")) },
			view.TalkAnswer{Outcome: rapport.Light, On: today()},
		},
		{
			"everything",
			view.TalkForm{Notes: rapport.NotesPrivate},
			func(f form, p *i18n.Printer) {
				f.pick(p.T("talk.outcome"), p.T("outcome.opened"))
				f.enter(p.T("talk.day"), yesterday.String())
				f.pick(p.T("talk.setting"), p.T("setting.walk"))
				f.enter(p.T("note.label"), "  builds kites \n")
				f.enter(p.T("promise.label"), " lend the book ")
				f.enter(p.T("promise.due"), today().AddDays(3).String())
				f.enter(p.T("common.label"), "both row")
				f.enter(p.T("tag.interest"), "kites")
				f.enter(p.T("tag.strength"), "maps")
				f.enter(p.T("talk.hope"), "to lead")
				f.enter(p.T("talk.support"), hostile)
			},
			view.TalkAnswer{
				Outcome: rapport.Opened, On: yesterday, Setting: rapport.Walk, Note: "builds kites",
				Extras: view.Extras{
					Promise: "lend the book", Due: today().AddDays(3), Common: "both row", Interest: "kites",
					Strength: "maps", Hope: "to lead", Support: hostile,
				},
			},
		},
		{
			"as the command began it",
			view.TalkForm{Notes: rapport.NotesOpen, Outcome: rapport.Guarded, Note: hostile},
			func(form, *i18n.Printer) {},
			view.TalkAnswer{Outcome: rapport.Guarded, On: today(), Note: hostile},
		},
		{
			"no notes in this workspace",
			view.TalkForm{Notes: rapport.NotesOff, Outcome: rapport.Missed},
			func(f form, p *i18n.Printer) { f.enter(p.T("promise.label"), "call back") },
			view.TalkAnswer{Outcome: rapport.Missed, On: today(), Extras: view.Extras{Promise: "call back", Due: today().AddDays(14)}},
		},
		{
			"a note of 280 characters",
			view.TalkForm{Notes: rapport.NotesOpen, Outcome: rapport.Light},
			func(f form, p *i18n.Printer) { f.enter(p.T("note.label"), strings.Repeat("凧", 280)) },
			view.TalkAnswer{Outcome: rapport.Light, On: today(), Note: rapport.NoteText(strings.Repeat("凧", 280))},
		},
	}
	for _, p := range printers(t) {
		for _, tt := range tests {
			f := talkForm(t, p, tt.begin)
			tt.enter(f, p)
			got, err := view.ReadTalk(f.state)
			if err != nil {
				t.Errorf("%s, %s: %v", tt.name, p.Language(), err)
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateComparable(rapport.Date{})); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", tt.name, p.Language(), diff)
			}
		}
	}
}

func TestEveryOutcomeAndSettingIsRead(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.Japanese)
	for _, outcome := range rapport.Outcomes() {
		for _, setting := range rapport.Settings() {
			f := talkForm(t, p, view.TalkForm{})
			f.pick(p.T("talk.outcome"), p.T("outcome."+string(outcome)))
			f.pick(p.T("talk.setting"), p.T("setting."+string(setting)))
			got, err := view.ReadTalk(f.state)
			if err != nil || got.Outcome != outcome || got.Setting != setting {
				t.Errorf("read %s, %s (%v), want %s, %s", got.Outcome, got.Setting, err, outcome, setting)
			}
		}
	}
}

func TestTalkIsRefused(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.English)
	tests := []struct {
		name  string
		enter func(f form)
		want  refusal
	}{
		{"no outcome", func(form) {}, refusal{Key: "error.pick_outcome", Field: "outcome"}},
		{
			"an outcome that is none", func(f form) { f.forge(p.T("talk.outcome"), "great") },
			refusal{Key: "error.pick_outcome", Field: "outcome"},
		},
		{"no day", func(f form) {
			f.pick(p.T("talk.outcome"), p.T("outcome.light"))
			f.enter(p.T("talk.day"), "")
		}, refusal{Key: "error.pick_date", Field: "day"}},
		{"a day no calendar has", func(f form) {
			f.pick(p.T("talk.outcome"), p.T("outcome.light"))
			f.enter(p.T("talk.day"), "2026-02-30")
		}, refusal{Key: "error.pick_date", Field: "day"}},
		{"a setting that is none", func(f form) {
			f.pick(p.T("talk.outcome"), p.T("outcome.light"))
			f.forge(p.T("talk.setting"), "sauna")
		}, refusal{Key: "error.try_again", Field: "setting"}},
		{"a note too long", func(f form) {
			f.pick(p.T("talk.outcome"), p.T("outcome.light"))
			f.enter(p.T("note.label"), strings.Repeat("凧", 281))
		}, refusal{Key: "error.note_long", Field: "note", Args: map[string]any{"Length": 281, "Max": 280}}},
		{"a promise too long", func(f form) {
			f.pick(p.T("talk.outcome"), p.T("outcome.light"))
			f.enter(p.T("promise.label"), strings.Repeat("凧", 81))
		}, refusal{Key: "error.words_long", Field: "promise", Args: map[string]any{"Length": 81, "Max": 80}}},
		{"a promise without a day", func(f form) {
			f.pick(p.T("talk.outcome"), p.T("outcome.light"))
			f.enter(p.T("promise.label"), "x")
			f.enter(p.T("promise.due"), "")
		}, refusal{Key: "error.pick_date", Field: "due"}},
		{"an interest that is a story", func(f form) {
			f.pick(p.T("talk.outcome"), p.T("outcome.light"))
			f.enter(p.T("tag.interest"), strings.Repeat("a", 41))
		}, refusal{Key: "error.words_long", Field: "interest", Args: map[string]any{"Length": 41, "Max": 40}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := talkForm(t, p, view.TalkForm{Notes: rapport.NotesOpen})
			tt.enter(f)
			_, err := view.ReadTalk(f.state)
			f.refused(err, tt.want)
		})
	}
}

func noteForm(t *testing.T, p *i18n.Printer) form {
	return open(t, view.NoteModal(p, view.Ref{Pair: "pair-7"}, view.NoteForm{
		Person: "U0MEI", Kind: rapport.NoteFact, Notes: rapport.NotesOpen,
	}))
}

func TestNoteIsReadAsItWasEntered(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for _, want := range []rapport.NoteKind{
			rapport.NoteFact, rapport.NoteCause, rapport.NoteValue, rapport.NoteHope, rapport.NoteSupport,
		} {
			f := noteForm(t, p)
			f.enter(p.T("note.label"), " "+hostile+" ")
			if want != rapport.NoteFact { // which the form begins with
				f.pick(p.T("note.kind"), p.T("note.kind."+string(want)))
			}
			got, err := view.ReadNote(f.state)
			if err != nil || got != (view.NoteAnswer{Text: hostile, Kind: want}) {
				t.Errorf("read %+v (%v), want %q as %s", got, err, hostile, want)
			}
			f.enter(p.T("note.ask"), today().String())
			if got, err = view.ReadNote(f.state); err != nil || got.AskOn != today() {
				t.Errorf("to ask on %v (%v), want %v", got.AskOn, err, today())
			}
		}
	}
}

func TestNoteIsRefused(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.English)
	tests := []struct {
		name  string
		enter func(f form)
		want  refusal
	}{
		{"nothing", func(form) {}, refusal{Key: "error.note_empty", Field: "note"}},
		{"only space", func(f form) { f.enter(p.T("note.label"), " \u3000\n") }, refusal{Key: "error.note_empty", Field: "note"}},
		{"too long", func(f form) { f.enter(p.T("note.label"), strings.Repeat("a", 281)) }, refusal{
			Key: "error.note_long", Field: "note", Args: map[string]any{"Length": 281, "Max": 280},
		}},
		{"a day no calendar has", func(f form) {
			f.enter(p.T("note.label"), "x")
			f.enter(p.T("note.ask"), "2026-02-30")
		}, refusal{Key: "error.pick_date", Field: "ask"}},
		{"a kind that is none", func(f form) { f.forge(p.T("note.kind"), "gossip") }, refusal{Key: "error.try_again", Field: "kind"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := noteForm(t, p)
			tt.enter(f)
			_, err := view.ReadNote(f.state)
			f.refused(err, tt.want)
		})
	}
}

// TestWhatIsEditedBeginsAsItWas: an edit form that is submitted as it opens changes
// nothing.
func TestWhatIsEditedBeginsAsItWas(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		note := view.NoteAnswer{Text: hostile, Kind: rapport.NoteHope, AskOn: today().AddDays(3)}
		f := open(t, view.EditNoteModal(p, view.Ref{Note: "note-1"}, "U0MEI", note, "", rapport.NotesOpen))
		if got, err := view.ReadNote(f.state); err != nil || got != note {
			t.Errorf("%s: the note is read as %+v (%v), want %+v", p.Language(), got, err, note)
		}
		promise := view.PromiseAnswer{Text: hostile, Due: today()}
		f = open(t, view.PromiseModal(p, view.Ref{Promise: "promise-1"}, "U0MEI", promise))
		if got, err := view.ReadPromise(f.state); err != nil || got != promise {
			t.Errorf("%s: the promise is read as %+v (%v), want %+v", p.Language(), got, err, promise)
		}
		for _, outcome := range rapport.Outcomes() {
			talk := view.TalkEdit{On: today().AddDays(-2), Outcome: outcome}
			f = open(t, view.EditTalkModal(p, view.Ref{Talk: "talk-1"}, "U0MEI", talk))
			if got, err := view.ReadTalkEdit(f.state); err != nil || got != talk {
				t.Errorf("%s: the talk is read as %+v (%v), want %+v", p.Language(), got, err, talk)
			}
		}
	}
}

func TestPromiseIsRefused(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.English)
	tests := []struct {
		name, text, due string
		want            refusal
	}{
		{"nothing", " ", today().String(), refusal{Key: "error.promise_empty", Field: "promise"}},
		{"no day", "x", "", refusal{Key: "error.pick_date", Field: "due"}},
		{"too long", strings.Repeat("a", 81), today().String(), refusal{
			Key: "error.words_long", Field: "promise", Args: map[string]any{"Length": 81, "Max": 80},
		}},
	}
	for _, tt := range tests {
		f := open(t, view.PromiseModal(p, view.Ref{Pair: "pair-7"}, "U0MEI", view.PromiseAnswer{Due: today()}))
		f.enter(p.T("promise.label"), tt.text)
		f.enter(p.T("promise.due"), tt.due)
		_, err := view.ReadPromise(f.state)
		f.refused(err, tt.want)
	}
}
