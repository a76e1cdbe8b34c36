package view

import (
	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// PromiseDue builds the message about something a leader said they would do. It
// stands in place of a question, and does not repeat the words.
func PromiseDue(p *i18n.Printer, person, pair, promise string) Message {
	ref := Ref{Promise: promise}.String()
	return Message{Text: p.T("due.neutral"), Blocks: []slack.Block{
		section(p.T("due.neutral")),
		section(p.T("due.promise", "Person", p.Person(person))),
		actions(
			button(string(ActBrief), Ref{Pair: pair}.String(), p.T("button.view")),
			button(string(ActKept), ref, p.T("button.kept")),
			button(string(ActWithdraw), ref, p.T("button.withdraw")),
			button(string(ActPass), Ref{Pair: pair}.String(), p.T("button.pass")),
		),
	}}
}

// AskAfter builds the message about a note that a leader wanted to come back to:
// what somebody told them goes before a new question.
func AskAfter(p *i18n.Printer, person, pair string) Message {
	ref := Ref{Pair: pair}.String()
	return Message{Text: p.T("card.neutral"), Blocks: []slack.Block{
		section(p.T("card.neutral")),
		section(p.T("due.note", "Person", p.Person(person))),
		actions(
			primary(button(string(ActBrief), ref, p.T("button.view"))),
			button(string(ActDetails), ref, p.T("button.talked")),
			button(string(ActCoffee), ref, p.T("button.coffee")),
			button(string(ActPass), ref, p.T("button.pass")),
		),
	}}
}

// Promises is the modal with what a leader said they would do, for everybody.
func Promises(p *i18n.Printer, all []PromiseTo) slack.ModalViewRequest {
	var blocks []slack.Block
	for _, to := range all {
		blocks = append(blocks, section(p.T("promise.to", "Person", p.Person(to.Person))))
		blocks = append(blocks, to.BriefPromise.blocks(p)...)
	}
	if len(blocks) == 0 {
		blocks = append(blocks, section(p.T("due.none")))
	}
	return modal(ModalPromises, "", p.T("promise.title"), "", p.T("button.close"), blocks...)
}

// PromisesMax is how many promises a modal shows, within Slack's hundred blocks.
const PromisesMax = 20

// PromiseTo is a promise and whom it was made to.
type PromiseTo struct {
	Person string
	BriefPromise
}

// blocks are a promise's words, its day, and what may become of it.
func (made BriefPromise) blocks(p *i18n.Printer) []slack.Block {
	ref := Ref{Promise: made.ID}
	s := typedSection(made.Text)
	if made.State != rapport.PromiseOpen {
		s.Accessory = slack.NewAccessory(slack.NewOverflowBlockElement(string(ActPromiseMenu),
			menuOption(p, MenuRemove, ref, "brief.delete")))
		return []slack.Block{s, small(p.T("brief."+string(made.State), "When", made.When))}
	}
	s.Accessory = slack.NewAccessory(slack.NewOverflowBlockElement(string(ActPromiseMenu),
		menuOption(p, MenuEdit, ref, "brief.edit"), menuOption(p, MenuRemove, ref, "brief.delete")))
	due := p.T("brief.due", "When", made.When)
	if made.Hopeless {
		due += "\n" + p.T("brief.hopeless")
	}
	return []slack.Block{s, small(due), actions(
		button(string(ActKept), ref.String(), p.T("button.kept")),
		button(string(ActWithdraw), ref.String(), p.T("button.withdraw")),
	)}
}
