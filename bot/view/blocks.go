package view

import (
	"strings"

	"github.com/slack-go/slack"
)

// Message is what is posted: the blocks, and the one line that notifications and
// screen readers use. The line names nobody and no topic (docs/method.md,
// "Dignity").
type Message struct {
	Text   string
	Blocks []slack.Block
}

// aloudMax is how much of a message its text may carry, in bytes: Slack advises
// against more than 4,000 characters.
const aloudMax = 3900

// Aloud returns the message with all it says in its text, for leaders who chose
// to have it in notifications and read to them (docs/method.md, "Dignity").
func (m Message) Aloud() Message {
	var lines []string
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case *slack.SectionBlock:
			if b.Text != nil {
				lines = append(lines, b.Text.Text)
			}
		case *slack.ContextBlock:
			for _, e := range b.ContextElements.Elements {
				if t, ok := e.(*slack.TextBlockObject); ok {
					lines = append(lines, t.Text)
				}
			}
		}
	}
	if text := strings.Join(lines, "\n"); text != "" && len(text) <= aloudMax {
		m.Text = text
	}
	return m
}

// Escape makes a text that a person typed harmless in mrkdwn: it can neither
// mention nor link.
func Escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func mrkdwn(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, false)
}

func section(text string) *slack.SectionBlock {
	return slack.NewSectionBlock(mrkdwn(text), nil, nil)
}

func header(text string) *slack.HeaderBlock { return slack.NewHeaderBlock(plain(text)) }

func small(text string) *slack.ContextBlock { return slack.NewContextBlock("", mrkdwn(text)) }

func actions(elements ...slack.BlockElement) *slack.ActionBlock {
	return slack.NewActionBlock("", elements...)
}

func button(actionID, value, text string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(actionID, value, plain(text))
}

func primary(b *slack.ButtonBlockElement) *slack.ButtonBlockElement {
	return b.WithStyle(slack.StylePrimary)
}

func option(value, text string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(text), nil)
}

// input puts one element under a label. Its block id is the element's action id.
func input(id, label string, e slack.BlockElement, optional bool) *slack.InputBlock {
	return slack.NewInputBlock(id, plain(label), nil, e).WithOptional(optional)
}

func quote(text string) string { return "> " + strings.ReplaceAll(text, "\n", "\n> ") }

func modal(id Callback, ref, title, submit, closeText string, blocks ...slack.Block) slack.ModalViewRequest {
	v := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: string(id), PrivateMetadata: ref,
		Title: plain(title), Close: plain(closeText), Blocks: slack.Blocks{BlockSet: blocks},
	}
	if submit != "" {
		v.Submit = plain(submit)
	}
	return v
}
