package bot

import (
	"context"
	"errors"
	"fmt"

	"innerview/bot/view"
	"innerview/internal/discretion"
	"innerview/internal/store"
	"innerview/rapport"
)

// written is something somebody wrote about a person, and the field it stands in.
type written struct {
	field string
	text  rapport.NoteText
}

// discreet refuses what had better not be stored, with a sentence under the field
// it stands in, and returns those of the texts that touch private life: these
// need the leader's word that the person told them and that they may be noted.
// What is refused goes nowhere, so it is in no error either.
func (b *Bot) discreet(told bool, texts ...written) (personal []rapport.NoteText, err error) {
	for _, w := range texts {
		found := discretion.Check(w.text.Reveal())
		switch {
		case found.Class == discretion.None:
			continue
		case found.Class == discretion.Amber && told:
			personal = append(personal, w.text)
			continue
		}
		if w.field == "word" {
			return nil, b.indiscreetWord(found)
		}
		return nil, b.indiscreet(w.field, found)
	}
	return personal, nil
}

func (b *Bot) indiscreet(field string, f discretion.Finding) error {
	e := &rapport.Error{Kind: rapport.Invalid, Field: field}
	switch {
	case f.Disclosure:
		e.Key = "error.disclosed"
	case f.Class == discretion.Red && field == "promise":
		e.Key = "error.private_promise"
	case f.Class == discretion.Red:
		e.Key = "error.private"
	case f.Class == discretion.Label:
		e.Key = "error.label"
	default:
		e.Key = "error.personal"
		e.Args = map[string]any{"Days": b.personalDays()}
	}
	return e
}

// indiscreetWord says to the person a note is about what had better not stand in
// the words they add to it.
func (b *Bot) indiscreetWord(f discretion.Finding) error {
	e := &rapport.Error{Kind: rapport.Invalid, Field: "word"}
	switch {
	case f.Disclosure:
		e.Key = "error.word_disclosed"
	case f.Class == discretion.Red:
		e.Key = "error.word_private"
	case f.Class == discretion.Label:
		e.Key = "error.word_label"
	default:
		e.Key = "error.word_personal"
		e.Args = map[string]any{"Days": b.personalDays()}
	}
	return e
}

// discreetOwn refuses what a leader writes for themselves and had better not be
// stored: no list of words can tell whom it is about, and it comes back to them in
// messages, which Slack keeps. Private life is their own to tell, so it passes,
// and so does what stood there before.
func (b *Bot) discreetOwn(ctx context.Context, r *request, kind store.OwnKind, starter string, w written) error {
	e := &rapport.Error{Kind: rapport.Invalid, Field: w.field}
	switch discretion.Check(w.text.Reveal()).Class {
	case discretion.Red:
		e.Key = "error.own_private"
	case discretion.Label:
		e.Key = "error.own_label"
	default:
		return nil
	}
	before, err := b.store.OwnWords(ctx, r.scope, kind, starter)
	if err != nil {
		return fmt.Errorf("read own words: %w", err)
	}
	if w.text == before {
		return nil
	}
	return e
}

// personalDays is for how long at most a text about private life is kept.
func (b *Bot) personalDays() int {
	if b.o.Notes == rapport.NotesOff { // it is a promise, then
		return rapport.PersonalDays
	}
	return min(rapport.PersonalDays, b.o.NoteDays)
}

// reconsider answers a text typed behind a command that cannot be kept as it is: a
// form opens that holds it, so that nothing is lost, and says why. The answer says
// so without the text. Any other error, and what belongs to no field, is
// returned.
func (b *Bot) reconsider(ctx context.Context, r *request, refused error, form func(why string) (reply, error)) (reply, error) {
	var e *rapport.Error
	if !errors.As(refused, &e) || e.Kind == rapport.Invalid && e.Field == "" {
		return reply{}, refused
	}
	if out, err := form(sentence(r.p, e)); err != nil {
		return out, err
	}
	m := view.Say(r.p, r.p.T("discreet.opened"))
	return reply{say: &m}, nil
}

// written are all texts of a talk.
func (t talk) written() []written {
	return []written{
		{"note", t.Note},
		{"promise", t.Promise},
		{"common", t.Common},
		{"interest", t.Interest},
		{"strength", t.Strength},
		{"hope", t.Hope},
		{"support", t.Support},
	}
}
