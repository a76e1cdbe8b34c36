package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// WordForm is what [WordModal] starts with.
type WordForm struct {
	Leader string
	Note   rapport.Note // with the word that stands on it
}

// WordModal takes a person's own words on a note about them.
func WordModal(p *i18n.Printer, f WordForm) slack.ModalViewRequest {
	e := slack.NewPlainTextInputBlockElement(plain(p.T("word.placeholder")), inWord)
	e.Multiline, e.MaxLength, e.InitialValue = true, rapport.NoteMax, f.Note.Word.Text.Reveal()
	tick := slack.NewCheckboxGroupsBlockElement(inTold, option("yes", p.T("word.tick")))
	return modal(ModalWord, Ref{Note: f.Note.ID}.String(), p.T("word.title"), p.T("button.save"), p.T("button.back"),
		typedSection(rapport.NoteText(p.T("me.quoted", "Text", f.Note.Text.Reveal()))),
		input(inWord, p.T("word.label"), e, false),
		input(inTold, p.T("told.label"), tick, true),
		small(p.T("word.hint", "Person", p.Person(f.Leader))),
	)
}

// WordAnswer is what was entered into [WordModal].
type WordAnswer struct {
	Text  rapport.NoteText
	Meant bool // it is about private life, and they want it read
}

// ReadWord reads the state of a submitted [WordModal].
func ReadWord(s *slack.ViewState) (WordAnswer, error) {
	text, err := checkWords(field(s, inWord).Value, "word", rapport.NoteMax)
	if err == nil && text == "" {
		err = &rapport.Error{Kind: rapport.Invalid, Key: "error.note_empty", Field: "word"}
	}
	if err != nil {
		return WordAnswer{}, err
	}
	return WordAnswer{Text: text, Meant: readTold(s)}, nil
}

// words are the buttons under a note: to add words of one's own, to change them,
// and to take them back.
func (it KeptItem) words(p *i18n.Printer) []slack.BlockElement {
	var buttons []slack.BlockElement
	if it.MayAdd {
		label := p.T("word.button.add")
		if it.Word != "" {
			label = p.T("word.button.change")
		}
		buttons = append(buttons, button(string(ActMeWord), Ref{Note: it.ID}.String(), label))
	}
	if it.Word != "" {
		buttons = append(buttons, button(string(ActMeRemove), "word/"+it.ID, p.T("word.button.remove")))
	}
	return buttons
}

// answered is what the leader reads under a note, "" for nothing.
func answered(p *i18n.Printer, word rapport.NoteText) rapport.NoteText {
	if word == "" {
		return ""
	}
	return rapport.NoteText(p.T("word.theirs", "Text", word.Reveal()))
}
