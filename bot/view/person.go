package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// PersonForm is what a leader says of a person that bears on when and how deep
// to talk. Nothing of it says why.
type PersonForm struct {
	Language       rapport.Language // the two speak together, "" for the leader's
	RhythmDays     int              // 0 for the usual
	Country        string           // whose holidays they keep, "" for the usual
	AwayOn         rapport.Date
	AwayUntil      rapport.Date
	ProbationUntil rapport.Date
	EvaluationOn   rapport.Date

	Person string // shown, and not read back
	Usual  Usual
}

// PersonModal shows how it is with one person: rhythm, language, absence, and
// times in which talks had better stay light.
func PersonModal(p *i18n.Printer, ref Ref, f PersonForm) slack.ModalViewRequest {
	blocks := []slack.Block{
		section(p.T("person.about", "Person", p.Person(f.Person))),
		input(inRhythm, p.T("person.rhythm"), rhythmSelect(p, f.RhythmDays, f.Usual), false),
	}
	blocks = append(append(blocks, stretched(p, f.RhythmDays, f.Usual)...),
		input(inLang, p.T("person.language"), languageOf(p, f.Language), false),
		input(inCountry, p.T("person.country"), countrySelect(p, f.Country, f.Usual.Countries), false),
		small(p.T("person.away_hint")),
		input(inAwayFrom, p.T("person.away_from"), maybeDate(inAwayFrom, f.AwayOn), true),
		input(inAwayUntil, p.T("person.away_until"), maybeDate(inAwayUntil, f.AwayUntil), true),
		small(p.T("person.light_hint")),
		input(inProbation, p.T("person.probation"), maybeDate(inProbation, f.ProbationUntil), true),
		input(inEvaluation, p.T("person.evaluation"), maybeDate(inEvaluation, f.EvaluationOn), true),
	)
	return modal(ModalPerson, ref.String(), p.T("person.title"), p.T("button.save"), p.T("button.close"), blocks...)
}

// ReadPerson reads the state of a submitted [PersonModal].
func ReadPerson(s *slack.ViewState) (f PersonForm, err error) {
	if f.RhythmDays, err = readRhythm(s); err != nil {
		return PersonForm{}, err
	}
	if f.Language, err = readLanguage(s); err != nil {
		return PersonForm{}, err
	}
	if f.Country, err = readCountry(s); err != nil {
		return PersonForm{}, err
	}
	dates := []struct {
		id, name string
		to       *rapport.Date
	}{
		{inAwayFrom, "away_from", &f.AwayOn},
		{inAwayUntil, "away_until", &f.AwayUntil},
		{inProbation, "probation", &f.ProbationUntil},
		{inEvaluation, "evaluation", &f.EvaluationOn},
	}
	for _, d := range dates {
		if *d.to, err = readMaybeDate(s, d.id, d.name); err != nil {
			return PersonForm{}, err
		}
	}
	switch {
	case f.AwayOn.IsZero() && !f.AwayUntil.IsZero():
		return PersonForm{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.away_from", Field: "away_from"}
	case !f.AwayUntil.IsZero() && f.AwayUntil.Before(f.AwayOn):
		return PersonForm{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.away_until", Field: "away_until"}
	}
	return f, nil
}

func languageOf(p *i18n.Printer, chosen rapport.Language) *slack.SelectBlockElement {
	return choose(inLang, p.T("person.language"), string(chosen),
		option(languageAuto, p.T("person.language_mine")),
		option(string(rapport.English), "English"), option(string(rapport.Japanese), "日本語"))
}

func maybeDate(id string, chosen rapport.Date) *slack.DatePickerBlockElement {
	if chosen.IsZero() {
		return slack.NewDatePickerBlockElement(id)
	}
	return datePicker(id, chosen)
}

// readMaybeDate reads a date that may be left out.
func readMaybeDate(s *slack.ViewState, id, name string) (rapport.Date, error) {
	text := field(s, id).SelectedDate
	if text == "" {
		return rapport.Date{}, nil
	}
	d, err := rapport.ParseDate(text)
	if err != nil {
		return rapport.Date{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_date", Field: name, Err: err}
	}
	return d, nil
}
