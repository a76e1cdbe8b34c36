package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// Told builds the one message to somebody whom a leader keeps in mind.
func Told(p *i18n.Printer, leader string, notes rapport.NoteMode) Message {
	text := p.T("told.text", "Person", p.Person(leader))
	switch notes {
	case rapport.NotesPrivate: // nobody can put right what they cannot read
		text = p.T("told.text_private", "Person", p.Person(leader))
	case rapport.NotesOff:
		text = p.T("told.text_off", "Person", p.Person(leader))
	}
	return Message{Text: p.T("told.neutral"), Blocks: []slack.Block{
		section(p.T("told.neutral")), section(text),
		actions(button(string(ActMe), "me", p.T("told.see")), stepOut(p)),
	}}
}

// Privacy says in short what is kept, who reads it, for how long, and what is
// never done.
func Privacy(p *i18n.Printer, notes rapport.NoteMode, noteDays int) Message {
	reads, lasts := p.T("privacy.notes_open"), p.T("privacy.lasts", "Days", noteDays)
	switch notes {
	case rapport.NotesPrivate:
		reads = p.T("privacy.notes_private")
	case rapport.NotesOff:
		reads, lasts = p.T("privacy.notes_off"), p.T("privacy.lasts_off")
	}
	m := Say(p, p.T("privacy.head"))
	for _, text := range []string{p.T("privacy.kept"), reads, lasts, p.T("privacy.never"), p.T("privacy.me")} {
		m.Blocks = append(m.Blocks, section(text))
	}
	m.Blocks = append(m.Blocks, actions(button(string(ActMe), "me", p.T("button.me"))))
	return m
}
