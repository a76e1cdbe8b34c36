package view

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// NoteForm is what [NoteModal] starts with.
type NoteForm struct {
	Person string
	Kind   rapport.NoteKind
	Notes  rapport.NoteMode
	Kept   []KeptNote

	Text rapport.NoteText // already typed with the command
	Why  string           // it was not kept, "" for nothing to say
}

// KeptNote is a note in words: its layer, its day, and its text.
type KeptNote struct {
	Kind rapport.NoteKind
	When string
	Text rapport.NoteText
	Word rapport.NoteText // the person's own, "" for none
}

// NoteModal shows the notes on a person and takes another.
func NoteModal(p *i18n.Printer, ref Ref, f NoteForm) slack.ModalViewRequest {
	blocks := append(because(f.Why),
		section(p.T("note.about", "Person", p.Person(f.Person))),
		input(inNote, p.T("note.label"), noteInput(p, f.Text.Reveal()), false),
		input(inKind, p.T("note.kind"), kindSelect(p, f.Kind), false),
		input(inAsk, p.T("note.ask"), datePicker(inAsk, rapport.Date{}), true),
		told(p),
		small(noteHint(p, f.Notes)),
	)
	if len(f.Kept) > 0 {
		blocks = append(blocks, slack.NewDividerBlock(), section(p.T("note.kept")))
	}
	for _, n := range f.Kept {
		blocks = append(blocks, small(p.T("note.line", "Kind", p.T("note.kind."+string(n.Kind)), "When", n.When)),
			typedSection(n.Text, answered(p, n.Word)))
	}
	return modal(ModalNote, ref.String(), p.T("note.title"), p.T("button.save"), p.T("button.close"), blocks...)
}

// NoteAnswer is what was entered into [NoteModal] or [EditNoteModal].
type NoteAnswer struct {
	Text  rapport.NoteText
	Kind  rapport.NoteKind
	AskOn rapport.Date // no day for never
	Told  bool         // it is about private life, and the person said it may be noted
}

// EditNoteModal changes a note, to which the person may have added a word.
func EditNoteModal(p *i18n.Printer, ref Ref, person string, n NoteAnswer, word rapport.NoteText, mode rapport.NoteMode) slack.ModalViewRequest {
	blocks := []slack.Block{section(p.T("note.about", "Person", p.Person(person)))}
	if word != "" {
		blocks = append(blocks, typedSection(answered(p, word)))
	}
	blocks = append(blocks,
		input(inNote, p.T("note.label"), noteInput(p, n.Text.Reveal()), false),
		input(inKind, p.T("note.kind"), kindSelect(p, n.Kind), false),
		input(inAsk, p.T("note.ask"), datePicker(inAsk, n.AskOn), true),
		told(p),
		small(noteHint(p, mode)),
	)
	return modal(ModalEditNote, ref.String(), p.T("note.title"), p.T("button.save"), p.T("button.back"), blocks...)
}

// ReadNote reads the state of a submitted [NoteModal] or [EditNoteModal].
func ReadNote(s *slack.ViewState) (NoteAnswer, error) {
	kind, err := rapport.ParseNoteKind(field(s, inKind).SelectedOption.Value)
	if err != nil {
		return NoteAnswer{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.try_again", Field: "kind", Err: err}
	}
	text, err := CheckNote(field(s, inNote).Value)
	if err == nil && text == "" {
		err = &rapport.Error{Kind: rapport.Invalid, Key: "error.note_empty", Field: "note"}
	}
	if err != nil {
		return NoteAnswer{}, err
	}
	n := NoteAnswer{Text: text, Kind: kind, Told: readTold(s)}
	if day := field(s, inAsk).SelectedDate; day != "" {
		if n.AskOn, err = rapport.ParseDate(day); err != nil {
			return NoteAnswer{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_date", Field: "ask", Err: err}
		}
	}
	return n, nil
}

func kindSelect(p *i18n.Printer, chosen rapport.NoteKind) *slack.SelectBlockElement {
	var options []*slack.OptionBlockObject
	var initial *slack.OptionBlockObject
	for _, k := range rapport.NoteKinds() {
		o := option(string(k), p.T("note.kind."+string(k)))
		if options = append(options, o); k == chosen {
			initial = o
		}
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("note.kind")), inKind, options...)
	e.InitialOption = initial
	return e
}

// CheckNote trims a note and holds it to its 280 characters.
func CheckNote(text string) (rapport.NoteText, error) {
	return checkLength(text, "note", "error.note_long", rapport.NoteMax)
}

// checkWords trims a short text and holds it to so many characters.
func checkWords(text, name string, most int) (rapport.NoteText, error) {
	return checkLength(text, name, "error.words_long", most)
}

// checkLength returns the trimmed text also where it is too long, for the form in
// which it may be shortened. What no form has room for belongs to no field.
func checkLength(text, name, key string, most int) (rapport.NoteText, error) {
	text = strings.TrimSpace(text)
	n := length(text)
	if n <= most {
		return rapport.NoteText(text), nil
	}
	if n > inputMax {
		name = ""
	}
	return rapport.NoteText(text), &rapport.Error{
		Kind: rapport.Invalid, Key: key, Field: name, Args: map[string]any{"Length": n, "Max": most},
	}
}

// inputMax is the longest text that an input of Slack takes.
const inputMax = 3000

// room is how many characters an input takes: more than there may be in the end
// where it begins with more, or Slack would not open the form.
func room(most int, text string) int { return min(max(most, length(text)), inputMax) }

// length counts characters as people do, or as Slack does where that is more.
func length(text string) int {
	return max(utf8.RuneCountInString(text), len(utf16.Encode([]rune(text))))
}

// words is an input of one line.
func words(id string, most int, text string) *slack.PlainTextInputBlockElement {
	e := slack.NewPlainTextInputBlockElement(nil, id)
	e.MaxLength, e.InitialValue = room(most, text), text
	return e
}

func noteHint(p *i18n.Printer, mode rapport.NoteMode) string {
	if mode == rapport.NotesPrivate {
		return p.T("note.hint_private")
	}
	return p.T("note.hint")
}

func noteInput(p *i18n.Printer, text string) *slack.PlainTextInputBlockElement {
	e := slack.NewPlainTextInputBlockElement(plain(p.T("note.placeholder")), inNote)
	e.Multiline, e.MaxLength, e.InitialValue = true, room(rapport.NoteMax, text), text
	return e
}
