package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// PromiseAnswer is what [PromiseModal] starts with, and what was entered into it.
type PromiseAnswer struct {
	Text rapport.NoteText
	Due  rapport.Date
	Told bool   // it is about private life, and the person said it may be noted
	Why  string // the text was not kept, "" for nothing to say
}

// PromiseModal asks what a leader said they would do for a person, and by when.
func PromiseModal(p *i18n.Printer, ref Ref, person string, a PromiseAnswer) slack.ModalViewRequest {
	return modal(ModalPromise, ref.String(), p.T("promise.title"), p.T("button.save"), p.T("button.close"), append(because(a.Why),
		section(p.T("promise.to", "Person", p.Person(person))),
		input(inPromise, p.T("promise.label"), words(inPromise, rapport.PromiseMax, a.Text.Reveal()), false),
		input(inDue, p.T("promise.due"), datePicker(inDue, a.Due), false),
		told(p),
		small(p.T("promise.hint")),
	)...)
}

// ReadPromise reads the state of a submitted [PromiseModal].
func ReadPromise(s *slack.ViewState) (PromiseAnswer, error) {
	text, err := CheckPromise(field(s, inPromise).Value)
	if err == nil && text == "" {
		err = &rapport.Error{Kind: rapport.Invalid, Key: "error.promise_empty", Field: "promise"}
	}
	if err != nil {
		return PromiseAnswer{}, err
	}
	due, err := readDue(s)
	return PromiseAnswer{Text: text, Due: due, Told: readTold(s)}, err
}

// CheckPromise trims a promise and holds it to its 80 characters.
func CheckPromise(text string) (rapport.NoteText, error) {
	return checkWords(text, "promise", rapport.PromiseMax)
}

func readDue(s *slack.ViewState) (rapport.Date, error) {
	due, err := rapport.ParseDate(field(s, inDue).SelectedDate)
	if err != nil {
		return due, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_date", Field: "due", Err: err}
	}
	return due, nil
}
