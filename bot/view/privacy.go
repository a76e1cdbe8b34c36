package view

import (
	"innerview/internal/i18n"
	"innerview/rapport"
)

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
