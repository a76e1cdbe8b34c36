package view

import (
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// Week is what a digest says (docs/method.md, "Digest").
type Week struct {
	Lead     string // the line of intent
	Promises int    // due by the end of the week
	Past     int    // those of them whose day has passed
	Late     bool   // one of them has waited long, so they come first
	People   []WeekLine
	Asked    []WeekLine // coffees that were held
	Going    WeekLine   // the person of a note that goes this week, the zero WeekLine for none
	Intro    bool       // the first message this leader ever gets
	Noted    *Done      // what was just recorded of one of the coffees, nil for nothing
	Said     string     // what a press on it was answered with, "" for nothing
}

// WeekLine is one person in a digest, or one coffee.
type WeekLine struct {
	Ref    Ref
	Person string
	Why    string // in at most eight words; none for a coffee
}

// Digest builds the week ahead: up to three people, and nothing to count.
func Digest(p *i18n.Printer, w Week) Message {
	blocks := append([]slack.Block{section(p.T("digest.neutral"))}, w.noted(p)...)
	lead := []slack.Block{section(w.Lead)}
	if promises := w.promises(p); w.Late {
		blocks = append(append(blocks, promises...), lead...)
	} else {
		blocks = append(append(blocks, lead...), promises...)
	}
	blocks = append(blocks, w.going(p)...)
	blocks = append(blocks, w.asked(p)...)
	blocks = append(blocks, w.people(p)...)
	if w.Intro {
		blocks = append(blocks, intro(p)...)
	}
	return Message{Text: p.T("digest.neutral"), Blocks: blocks}
}

func (w Week) noted(p *i18n.Printer) []slack.Block {
	switch {
	case w.Said != "":
		return []slack.Block{section(w.Said)}
	case w.Noted == nil:
		return nil
	}
	text := p.T("done.neutral") + "\n" + w.Noted.text(p)
	return append([]slack.Block{section(text)}, w.Noted.next(p)...)
}

func (w Week) promises(p *i18n.Printer) []slack.Block {
	if w.Promises == 0 {
		return nil
	}
	key := "digest.promises"
	switch {
	case w.Past >= w.Promises:
		key = "digest.promises_past"
	case w.Past > 0:
		key = "digest.promises_both"
	}
	s := section(p.N(key, w.Promises))
	s.Accessory = slack.NewAccessory(button(string(ActPromises), "promises", p.T("button.view")))
	return []slack.Block{s}
}

// going asks about one note: is it still true, to keep or to let go?
func (w Week) going(p *i18n.Printer) []slack.Block {
	if w.Going.Person == "" {
		return nil
	}
	s := section(p.T("digest.going", "Person", p.Person(w.Going.Person)))
	s.Accessory = slack.NewAccessory(button(string(ActBrief), w.Going.Ref.String(), p.T("button.view")))
	return []slack.Block{s}
}

func (w Week) asked(p *i18n.Printer) []slack.Block {
	var blocks []slack.Block
	for _, a := range w.Asked {
		blocks = append(blocks, section(p.T("followup.ask", "Person", p.Person(a.Person))), outcomeButtons(p, a.Ref))
	}
	return blocks
}

func (w Week) people(p *i18n.Printer) []slack.Block {
	if len(w.People) == 0 {
		return nil
	}
	blocks := []slack.Block{section(p.N("digest.people", len(w.People)))}
	var refs []string
	for _, line := range w.People {
		ref := line.Ref.String()
		refs = append(refs, ref)
		who := p.T("digest.person", "Person", p.Person(line.Person), "Why", line.Why)
		blocks = append(blocks, section(who), actions(
			button(string(ActShow), ref, p.T("button.show")),
			button(string(ActCoffee), ref, p.T("button.moment")),
		))
	}
	return append(blocks, actions(button(string(ActPassWeek), strings.Join(refs, " "), p.T("button.pass"))))
}

// ParseRefs reads the pairs that the button of a digest is about.
func ParseRefs(value string) []Ref {
	var refs []Ref
	for _, word := range strings.Fields(value) {
		refs = append(refs, ParseRef(word))
	}
	return refs
}

// Goodbye builds the one message to a leader who has left all others untouched.
func Goodbye(p *i18n.Printer) Message {
	return Message{Text: p.T("goodbye.text"), Blocks: []slack.Block{
		section(p.T("goodbye.text")),
		actions(button(string(ActWake), "wake", p.T("button.wake")), button(string(ActSettings), "settings", p.T("button.settings"))),
	}}
}

// Invitation builds the one message long after the goodbye.
func Invitation(p *i18n.Printer) Message {
	return Message{Text: p.T("invitation.text"), Blocks: []slack.Block{
		section(p.T("invitation.text")),
		actions(primary(button(string(ActWake), "wake", p.T("button.confirm"))), button(string(ActSettings), "settings", p.T("button.settings"))),
	}}
}

// intentLines is how many lines of intent there are; none comes back within as
// many weeks.
const intentLines = 8

// IntentLine returns the line of intent for the week of a day.
func IntentLine(p *i18n.Printer, on rapport.Date) string {
	week := on.Monday().Sub(rapport.NewDate(2024, 1, 1)) / 7
	keys := [intentLines]string{
		"digest.intent.worth", "digest.intent.feel", "digest.intent.wanting", "digest.intent.share",
		"digest.intent.common", "digest.intent.helped", "digest.intent.not_today", "digest.intent.note",
	}
	return p.T(keys[((week%intentLines)+intentLines)%intentLines])
}
