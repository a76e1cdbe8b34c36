package view

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// TalkForm is what [TalkModal] starts with.
type TalkForm struct {
	Person  string
	Today   rapport.Date
	Outcome rapport.Outcome // "" for none yet
	Note    string          // already typed with the command
	Notes   rapport.NoteMode
}

// TalkModal asks how a talk went, and on which day.
func TalkModal(p *i18n.Printer, ref Ref, f TalkForm) slack.ModalViewRequest {
	blocks := []slack.Block{
		section(p.T("talk.with", "Person", p.Person(f.Person))),
		input(inOutcome, p.T("talk.outcome"), outcomeRadio(p, f.Outcome), false),
		input(inDay, p.T("talk.day"), datePicker(inDay, f.Today), false),
		input(inSetting, p.T("talk.setting"), settingSelect(p), true),
	}
	if f.Notes != rapport.NotesOff {
		note := noteInput(p, f.Note)
		blocks = append(blocks, input(inNote, p.T("note.label"), note, true), small(noteHint(p, f.Notes)))
	}
	return modal(ModalTalk, ref.String(), p.T("talk.title"), p.T("button.save"), p.T("button.close"), blocks...)
}

// TalkAnswer is what was entered into [TalkModal].
type TalkAnswer struct {
	Outcome rapport.Outcome
	On      rapport.Date
	Setting rapport.Setting
	Note    rapport.NoteText
}

// ReadTalk reads the state of a submitted [TalkModal].
func ReadTalk(s *slack.ViewState) (TalkAnswer, error) {
	outcome, err := rapport.ParseOutcome(field(s, inOutcome).SelectedOption.Value)
	if err != nil {
		return TalkAnswer{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_outcome", Field: "outcome", Err: err}
	}
	on, err := rapport.ParseDate(field(s, inDay).SelectedDate)
	if err != nil {
		return TalkAnswer{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_date", Field: "day", Err: err}
	}
	setting, err := readSetting(s)
	if err != nil {
		return TalkAnswer{}, err
	}
	note, err := CheckNote(field(s, inNote).Value)
	return TalkAnswer{Outcome: outcome, On: on, Setting: setting, Note: note}, err
}

// NoteForm is what [NoteModal] starts with.
type NoteForm struct {
	Person string
	Kind   rapport.NoteKind
	Notes  rapport.NoteMode
	Kept   []KeptNote
}

// KeptNote is a note in words: its layer, its day, and its text.
type KeptNote struct {
	Kind rapport.NoteKind
	When string
	Text rapport.NoteText
}

// NoteModal shows the notes on a person and takes another.
func NoteModal(p *i18n.Printer, ref Ref, f NoteForm) slack.ModalViewRequest {
	kinds := make([]*slack.OptionBlockObject, 0, 5)
	var initial *slack.OptionBlockObject
	for _, k := range []rapport.NoteKind{
		rapport.NoteFact, rapport.NoteCause, rapport.NoteValue, rapport.NoteHope, rapport.NoteSupport,
	} {
		o := option(string(k), p.T("note.kind."+string(k)))
		if kinds = append(kinds, o); k == f.Kind {
			initial = o
		}
	}
	layer := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("note.kind")), inKind, kinds...)
	layer.InitialOption = initial
	blocks := []slack.Block{
		section(p.T("note.about", "Person", p.Person(f.Person))),
		input(inNote, p.T("note.label"), noteInput(p, ""), false),
		input(inKind, p.T("note.kind"), layer, false),
		small(noteHint(p, f.Notes)),
	}
	if len(f.Kept) > 0 {
		blocks = append(blocks, slack.NewDividerBlock(), section(p.T("note.kept")))
	}
	for _, n := range f.Kept {
		blocks = append(blocks, small(p.T("note.line", "Kind", p.T("note.kind."+string(n.Kind)), "When", n.When)),
			slack.NewSectionBlock(plain(n.Text.Reveal()), nil, nil))
	}
	return modal(ModalNote, ref.String(), p.T("note.title"), p.T("button.save"), p.T("button.close"), blocks...)
}

// ReadNote reads the state of a submitted [NoteModal].
func ReadNote(s *slack.ViewState) (rapport.NoteText, rapport.NoteKind, error) {
	kind := rapport.NoteKind(field(s, inKind).SelectedOption.Value)
	switch kind {
	case rapport.NoteFact, rapport.NoteCause, rapport.NoteValue, rapport.NoteHope, rapport.NoteSupport:
	default:
		return "", "", &rapport.Error{Kind: rapport.Invalid, Key: "error.try_again", Field: "kind"}
	}
	note, err := CheckNote(field(s, inNote).Value)
	if err == nil && note == "" {
		err = &rapport.Error{Kind: rapport.Invalid, Key: "error.note_empty", Field: "note"}
	}
	return note, kind, err
}

// CheckNote trims a note and holds it to its 280 characters.
func CheckNote(text string) (rapport.NoteText, error) {
	text = strings.TrimSpace(text)
	if n := max(utf8.RuneCountInString(text), len(utf16.Encode([]rune(text)))); n > rapport.NoteMax {
		return "", &rapport.Error{
			Kind: rapport.Invalid, Key: "error.note_long", Field: "note",
			Args: map[string]any{"Length": n, "Max": rapport.NoteMax},
		}
	}
	return rapport.NoteText(text), nil
}

func noteHint(p *i18n.Printer, mode rapport.NoteMode) string {
	if mode == rapport.NotesPrivate {
		return p.T("note.hint_private")
	}
	return p.T("note.hint")
}

func noteInput(p *i18n.Printer, text string) *slack.PlainTextInputBlockElement {
	e := slack.NewPlainTextInputBlockElement(plain(p.T("note.placeholder")), inNote)
	e.Multiline, e.MaxLength, e.InitialValue = true, rapport.NoteMax, text
	return e
}

func outcomeRadio(p *i18n.Printer, chosen rapport.Outcome) *slack.RadioButtonsBlockElement {
	var options []*slack.OptionBlockObject
	var initial *slack.OptionBlockObject
	for _, o := range rapport.Outcomes() {
		opt := option(string(o), p.T("outcome."+string(o)))
		if options = append(options, opt); o == chosen {
			initial = opt
		}
	}
	e := slack.NewRadioButtonsBlockElement(inOutcome, options...)
	e.InitialOption = initial
	return e
}

func datePicker(id string, initial rapport.Date) *slack.DatePickerBlockElement {
	e := slack.NewDatePickerBlockElement(id)
	e.InitialDate = initial.String()
	return e
}

// Saved is the modal that says that something was recorded, where there is no
// message to say it in.
func Saved(p *i18n.Printer, s Done) slack.ModalViewRequest {
	return modal(ModalDone, "", p.T("talk.saved"), "", p.T("button.close"), section(s.text(p)))
}

// Notice shows a message in a modal, where no message can be answered.
func Notice(p *i18n.Printer, m Message) slack.ModalViewRequest {
	return modal(ModalDone, "", p.T("notice.title"), "", p.T("button.close"), m.Blocks...)
}
