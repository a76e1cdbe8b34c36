package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/questions"
	"innerview/rapport"
)

// Card is one starter about one person, as it stands in a DM or under a command.
type Card struct {
	Person  string // Slack user id
	Offer   string
	Starter questions.Starter
	Filled  map[string]string // what goes into the starter's slots
	Own     rapport.NoteText  // what the leader shares in their own words, "" for the bank's
	Spoken  *i18n.Printer     // the language the two speak together
	Intro   bool              // the first message this leader ever gets
	Coffee  string            // a planned moment in words, "" for none
	Lead    string            // one line above the card in place of the usual one, "" for that
	Who     string            // the line that says about whom, "" for the usual one
}

// Starter builds the card with its buttons: a share-first line above one
// question (docs/method.md, "Choosing").
func Starter(p *i18n.Printer, c Card) Message {
	blocks := c.body(p)
	buttons := []slack.BlockElement{primary(c.button(p, ActTalked, "button.talked"))}
	if c.Starter.Level != 0 {
		buttons = append(buttons, c.button(p, ActAnother, "button.another"), c.button(p, ActLighter, "button.lighter"))
	}
	buttons = append(buttons, c.button(p, ActCoffee, "button.coffee"), c.button(p, ActPass, "button.pass"))
	if c.Starter.Level != 0 {
		buttons = append(buttons, c.button(p, ActOwn, "button.own"))
	}
	blocks = append(blocks, actions(buttons...))
	if c.Intro {
		blocks = append(blocks, intro(p)...)
	}
	return Message{Text: p.T("card.neutral"), Blocks: blocks}
}

// AskOutcome builds the card with the five outcomes in place of its buttons.
func AskOutcome(p *i18n.Printer, c Card) Message {
	blocks := append(c.body(p), section(p.T("card.how")))
	blocks = append(blocks, outcomeButtons(p, Ref{Offer: c.Offer}), actions(
		c.button(p, ActDetails, "button.details"), c.button(p, ActBack, "button.back")))
	return Message{Text: p.T("card.neutral"), Blocks: blocks}
}

// AskIntent builds what stands before the first values starter with a person:
// what is the talk for (docs/method.md, "Intent").
func AskIntent(p *i18n.Printer, c Card) Message {
	ref := Ref{Offer: c.Offer}.String()
	return Message{Text: p.T("card.neutral"), Blocks: []slack.Block{
		section(p.T("card.neutral")),
		section(p.T("intent.ask", "Person", p.Person(c.Person))),
		actions(
			button(ActIntent.With(string(IntentUnderstand)), ref, p.T("intent.understand")),
			button(ActIntent.With(string(IntentSupport)), ref, p.T("intent.support")),
			button(ActIntent.With(string(IntentInformation)), ref, p.T("intent.information")),
		),
	}}
}

// WithLead returns the message with another first line.
func WithLead(m Message, lead string) Message {
	blocks := append([]slack.Block{section(lead)}, m.Blocks[1:]...)
	return Message{Text: m.Text, Blocks: blocks}
}

// Settled builds what is left of a card once it is answered: who, what was
// recorded, and one warm sentence.
func Settled(p *i18n.Printer, s Done) Message {
	blocks := append([]slack.Block{section(p.T("done.neutral")), section(s.text(p))}, s.next(p)...)
	return Message{Text: p.T("done.neutral"), Blocks: blocks}
}

// Done is what to say after something was recorded.
type Done struct {
	Person string
	Pair   string
	Talk   string // id of the talk that was recorded, to put it right; "" for none
	What   string // the outcome's words, "" for none
	When   string
	Warm   string // one warm sentence
	Next   string // when the person comes up again, in words
	Note   bool   // offer to write a note

	Promise bool   // ask whether they said they would do something
	Saved   string // what they said they would do is kept, in a sentence; "" for nothing
	Light   bool   // offer to take a rise in depth back
}

func (s Done) text(p *i18n.Printer) string {
	var lines []string
	if s.What != "" {
		lines = append(lines, p.T("done.head", "Person", p.Person(s.Person), "What", s.What, "When", s.When))
	}
	for _, line := range []string{s.Warm, s.Next, s.Saved} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// next is what may follow a record.
func (s Done) next(p *i18n.Printer) []slack.Block {
	ref := Ref{Pair: s.Pair}.String()
	var blocks []slack.Block
	var buttons []slack.BlockElement
	if s.Promise {
		blocks = append(blocks, section(p.T("promise.ask")))
		buttons = append(buttons, button(string(ActPromise), ref, p.T("button.promise")))
	}
	if s.Note {
		buttons = append(buttons, button(string(ActNote), ref, p.T("button.note")))
	}
	if s.Light {
		buttons = append(buttons, button(string(ActKeepLight), ref, p.T("button.keep_light")))
	}
	if s.Talk != "" {
		buttons = append(buttons, button(string(ActPutRight), Ref{Talk: s.Talk}.String(), p.T("button.put_right")))
	}
	if len(buttons) > 0 && s.Pair != "" {
		blocks = append(blocks, actions(buttons...))
	}
	return blocks
}

// body is the part of a card above its buttons. The first line is neutral: it
// may show on a lock screen.
func (c Card) body(p *i18n.Printer) []slack.Block {
	lead := c.Lead
	if lead == "" {
		lead = p.T("card.neutral")
	}
	who := c.Who
	if who == "" {
		who = p.T("card.person", "Person", p.Person(c.Person))
	}
	blocks := []slack.Block{section(lead), section(who)}
	if c.Coffee != "" {
		blocks = append(blocks, small(c.Coffee))
	}
	blocks = append(blocks, c.words(p)...)
	if hints := c.hints(p); hints != "" {
		blocks = append(blocks, small(hints))
	}
	return blocks
}

func (c Card) words(p *i18n.Printer) []slack.Block {
	lang := c.Spoken.Language()
	text, share := c.fill(c.Starter.Text.In(lang)), c.share(lang)
	if c.Starter.Level == 0 {
		return []slack.Block{section(text), section(p.T("card.say") + "\n" + quote(share))}
	}
	return []slack.Block{
		section(p.T("card.share") + "\n" + quote(share)),
		section(p.T("card.ask") + "\n" + quote("*"+text+"*")),
	}
}

// share is what the leader might say of themselves.
func (c Card) share(lang rapport.Language) string {
	if c.Own != "" {
		return Escape(c.Own.Reveal())
	}
	return c.fill(c.Starter.Share.In(lang))
}

func (c Card) hints(p *i18n.Printer) string {
	var lines []string
	if follow := c.Starter.Follow.In(c.Spoken.Language()); len(follow) > 0 {
		lines = append(lines, p.T("card.follow", "Text", c.fill(strings.Join(follow, " / "))))
	}
	if s := c.Starter.Listen.In(p.Language()); s != "" {
		lines = append(lines, p.T("card.listen", "Text", c.fill(s)))
	}
	if s := c.Starter.Avoid.In(p.Language()); s != "" {
		lines = append(lines, p.T("card.avoid", "Text", c.fill(s)))
	}
	if c.Starter.Level != 0 {
		lines = append(lines, p.T("card.leave"))
	}
	return strings.Join(lines, "\n")
}

// fill puts tags into the slots of a starter. A tag is a text a person typed, and
// a starter may be one an operator wrote: neither may mention or link. What looks
// like a slot inside a tag is left as it is.
func (c Card) fill(text string) string {
	var slots []string
	for slot, tag := range c.Filled {
		slots = append(slots, "{"+slot+"}", Escape(tag))
	}
	return strings.NewReplacer(slots...).Replace(Escape(text))
}

func (c Card) button(p *i18n.Printer, a Action, key string) *slack.ButtonBlockElement {
	return button(string(a), Ref{Offer: c.Offer}.String(), p.T(key))
}

// Introduced returns the message with the lines that introduce Innerview, which the
// first message to a leader keeps whatever becomes of it.
func Introduced(p *i18n.Printer, m Message) Message {
	m.Blocks = append(slices.Clone(m.Blocks), intro(p)...)
	return m
}

func intro(p *i18n.Printer) []slack.Block {
	return []slack.Block{
		slack.NewDividerBlock(),
		small(p.T("intro.line")),
		actions(
			button(string(ActSettings), "settings", p.T("button.settings")),
			button(string(ActPause), "pause", p.T("button.pause")),
		),
	}
}

func outcomeButtons(p *i18n.Printer, ref Ref) *slack.ActionBlock {
	var buttons []slack.BlockElement
	for _, o := range rapport.Outcomes() {
		buttons = append(buttons, button(outcomeAction(o), ref.String(), p.T("outcome."+string(o))))
	}
	return actions(buttons...)
}
