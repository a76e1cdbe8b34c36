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
	f.Person, f.Today = "U0MEI", today()
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
			},
			view.TalkAnswer{Outcome: rapport.Opened, On: yesterday, Setting: rapport.Walk, Note: "builds kites"},
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
			func(form, *i18n.Printer) {},
			view.TalkAnswer{Outcome: rapport.Missed, On: today()},
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
			text, kind, err := view.ReadNote(f.state)
			if err != nil || kind != want || text.Reveal() != hostile {
				t.Errorf("read %q as %s (%v), want %q as %s", text.Reveal(), kind, err, hostile, want)
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
		{"a kind that is none", func(f form) { f.forge(p.T("note.kind"), "gossip") }, refusal{Key: "error.try_again", Field: "kind"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := noteForm(t, p)
			tt.enter(f)
			_, _, err := view.ReadNote(f.state)
			f.refused(err, tt.want)
		})
	}
}
