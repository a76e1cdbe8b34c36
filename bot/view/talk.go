package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// TalkForm is what [TalkModal] starts with.
type TalkForm struct {
	Person  string
	Today   rapport.Date
	Due     rapport.Date    // of a promise
	Outcome rapport.Outcome // "" for none yet
	Note    string          // already typed with the command
	Why     string          // the note was not kept, "" for nothing to say
	Notes   rapport.NoteMode
}

// TalkModal asks how a talk went, and on which day. What else there may be to say
// comes last, under words that leave the leader free.
func TalkModal(p *i18n.Printer, ref Ref, f TalkForm) slack.ModalViewRequest {
	blocks := append(because(f.Why),
		section(p.T("talk.with", "Person", p.Person(f.Person))),
		input(inOutcome, p.T("talk.outcome"), outcomeRadio(p, f.Outcome), false),
		input(inDay, p.T("talk.day"), datePicker(inDay, f.Today), false),
		input(inSetting, p.T("talk.setting"), settingSelect(p), true),
	)
	if f.Notes != rapport.NotesOff {
		note := noteInput(p, f.Note)
		blocks = append(blocks, input(inNote, p.T("note.label"), note, true), small(noteHint(p, f.Notes)))
	}
	blocks = append(blocks, slack.NewDividerBlock(), section("*"+p.T("talk.more")+"*\n"+p.T("talk.more_hint")))
	blocks = append(append(blocks, extras(p, f)...), told(p))
	return modal(ModalTalk, ref.String(), p.T("talk.title"), p.T("button.save"), p.T("button.close"), blocks...)
}

// extras are the inputs that nobody has to look at.
func extras(p *i18n.Printer, f TalkForm) []slack.Block {
	blocks := []slack.Block{
		input(inPromise, p.T("promise.label"), words(inPromise, rapport.PromiseMax, ""), true),
		input(inDue, p.T("promise.due"), datePicker(inDue, f.Due), true),
	}
	if f.Notes == rapport.NotesOff {
		return blocks
	}
	tag := func(id, label string) *slack.InputBlock {
		b := input(id, label, words(id, rapport.TagMax, ""), true)
		b.Hint = plain(p.T("talk.tag_hint"))
		return b
	}
	return append(blocks,
		input(inCommon, p.T("common.label"), words(inCommon, rapport.CommonMax, ""), true),
		tag(inInterest, p.T("tag.interest")),
		tag(inStrength, p.T("tag.strength")),
		input(inHope, p.T("talk.hope"), words(inHope, rapport.NoteMax, ""), true),
		input(inSupport, p.T("talk.support"), words(inSupport, rapport.NoteMax, ""), true),
	)
}

// TalkAnswer is what was entered into [TalkModal].
type TalkAnswer struct {
	Outcome rapport.Outcome
	On      rapport.Date
	Setting rapport.Setting
	Note    rapport.NoteText
	Extras
}

// Extras are what a leader may say of a talk besides; "" for nothing. Due is no
// day without a promise.
type Extras struct {
	Promise            rapport.NoteText
	Due                rapport.Date
	Common             rapport.NoteText
	Interest, Strength rapport.NoteText
	Hope, Support      rapport.NoteText
	Told               bool // some of it is about private life, and the person said it may be noted
}

// ReadTalk reads the state of a submitted [TalkModal].
func ReadTalk(s *slack.ViewState) (TalkAnswer, error) {
	outcome, err := readOutcome(s)
	if err != nil {
		return TalkAnswer{}, err
	}
	on, err := readDay(s)
	if err != nil {
		return TalkAnswer{}, err
	}
	setting, err := readSetting(s)
	if err != nil {
		return TalkAnswer{}, err
	}
	note, err := CheckNote(field(s, inNote).Value)
	if err != nil {
		return TalkAnswer{}, err
	}
	extras, err := readExtras(s)
	return TalkAnswer{Outcome: outcome, On: on, Setting: setting, Note: note, Extras: extras}, err
}

func readOutcome(s *slack.ViewState) (rapport.Outcome, error) {
	outcome, err := rapport.ParseOutcome(field(s, inOutcome).SelectedOption.Value)
	if err != nil {
		return "", &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_outcome", Field: "outcome", Err: err}
	}
	return outcome, nil
}

func readDay(s *slack.ViewState) (rapport.Date, error) {
	on, err := rapport.ParseDate(field(s, inDay).SelectedDate)
	if err != nil {
		return on, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_date", Field: "day", Err: err}
	}
	return on, nil
}

func readExtras(s *slack.ViewState) (e Extras, err error) {
	for _, in := range []struct {
		id, field string
		most      int
		to        *rapport.NoteText
	}{
		{inPromise, "promise", rapport.PromiseMax, &e.Promise},
		{inCommon, "common", rapport.CommonMax, &e.Common},
		{inInterest, "interest", rapport.TagMax, &e.Interest},
		{inStrength, "strength", rapport.TagMax, &e.Strength},
		{inHope, "hope", rapport.NoteMax, &e.Hope},
		{inSupport, "support", rapport.NoteMax, &e.Support},
	} {
		if *in.to, err = checkWords(field(s, in.id).Value, in.field, in.most); err != nil {
			return Extras{}, err
		}
	}
	e.Told = readTold(s)
	if e.Promise != "" {
		e.Due, err = readDue(s)
	}
	return e, err
}

// TalkEdit is what [EditTalkModal] starts with, and what it is read as.
type TalkEdit struct {
	On      rapport.Date
	Outcome rapport.Outcome
}

// EditTalkModal changes the day and the outcome of a talk.
func EditTalkModal(p *i18n.Printer, ref Ref, person string, e TalkEdit) slack.ModalViewRequest {
	return modal(ModalEditTalk, ref.String(), p.T("talk.title"), p.T("button.save"), p.T("button.back"),
		section(p.T("talk.with", "Person", p.Person(person))),
		input(inOutcome, p.T("talk.outcome"), outcomeRadio(p, e.Outcome), false),
		input(inDay, p.T("talk.day"), datePicker(inDay, e.On), false),
	)
}

// ReadTalkEdit reads the state of a submitted [EditTalkModal].
func ReadTalkEdit(s *slack.ViewState) (e TalkEdit, err error) {
	if e.Outcome, err = readOutcome(s); err != nil {
		return TalkEdit{}, err
	}
	e.On, err = readDay(s)
	return e, err
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
	blocks := append([]slack.Block{section(s.text(p))}, s.next(p)...)
	return modal(ModalDone, "", p.T("talk.saved"), "", p.T("button.close"), blocks...)
}

// Notice shows a message in a modal, where no message can be answered.
func Notice(p *i18n.Printer, m Message) slack.ModalViewRequest {
	return modal(ModalDone, "", p.T("notice.title"), "", p.T("button.close"), m.Blocks...)
}
