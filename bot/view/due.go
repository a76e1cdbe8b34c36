package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
)

// PassOne is the variant of [ActPassWeek] on a message about one person.
const PassOne = "one"

// Due is a message about something a leader has written down and wanted to come
// back to. It never says what: that stands in the brief.
type Due struct {
	Person, Pair string
	Promise      string // its id, for a promise
	Intro        bool   // the first message this leader ever gets
}

// PromiseDue builds the message about a promise whose day has come.
func PromiseDue(p *i18n.Printer, d Due) Message {
	return d.message(p, p.T("due.promise"), p.T("due.promise_to", "Person", p.Person(d.Person)))
}

// NoteDue builds the message about a note that the leader wanted to come back to.
func NoteDue(p *i18n.Printer, d Due) Message {
	return d.message(p, p.T("due.note"), p.T("due.note_on", "Person", p.Person(d.Person)))
}

func (d Due) message(p *i18n.Printer, neutral, text string) Message {
	ref := Ref{Pair: d.Pair}.String()
	buttons := []slack.BlockElement{primary(button(string(ActBrief), ref, p.T("button.view")))}
	if d.Promise != "" {
		buttons = append(buttons, closing(p, Ref{Promise: d.Promise}).Elements.ElementSet...)
	} else {
		buttons = append(buttons, button(string(ActDetails), ref, p.T("button.talked")))
	}
	buttons = append(buttons, button(ActPassWeek.With(PassOne), ref, p.T("button.pass")))
	blocks := []slack.Block{section(neutral), section(text), actions(buttons...)}
	if d.Intro {
		blocks = append(blocks, intro(p)...)
	}
	return Message{Text: neutral, Blocks: blocks}
}

// DuePromise is an open promise in the list of all.
type DuePromise struct {
	BriefPromise
	Person string
}

// shownPromises is how many promises the list shows, three blocks each.
const shownPromises = 25

// Promises builds the list of everything a leader said they would do, to anybody.
// It is shown in a modal and nowhere else.
// The notice stands above it, "" for none.
func Promises(p *i18n.Printer, notice string, all []DuePromise) slack.ModalViewRequest {
	var blocks []slack.Block
	if notice != "" {
		blocks = append(blocks, section(notice))
	}
	for i, made := range all {
		if i == shownPromises {
			blocks = append(blocks, small(p.N("promises.more", len(all)-i)))
			break
		}
		due := p.Person(made.Person) + p.T("overview.sep") + p.T("brief.due", "When", made.When)
		if made.Hopeless {
			due += "\n" + p.T("brief.hopeless")
		}
		blocks = append(blocks, typedSection(made.Text), small(due), closing(p, Ref{Promise: made.ID}))
	}
	if len(all) == 0 {
		blocks = append(blocks, section(p.T("promise.none")))
	}
	return modal(ModalPromises, "", p.T("promises.title"), "", p.T("button.close"), blocks...)
}

// closing are the two ways in which a promise ends.
func closing(p *i18n.Printer, ref Ref) *slack.ActionBlock {
	return actions(
		button(string(ActKept), ref.String(), p.T("button.kept")),
		button(string(ActWithdraw), ref.String(), p.T("button.withdraw")),
	)
}
