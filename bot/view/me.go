package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// Me is everything that is kept about somebody, for their own eyes.
type Me struct {
	SteppedOut string // the day since when, in words, "" for not
	Resting    string // the last day of a rest, in words, "" for none
	Welcome    []string
	Blocked    []string // topics to leave alone, with every leader
	Saved      string   // what was just saved, in words, "" for nothing
	Leaders    []KeptBy
	Page       int    // from 0
	Around     string // id of a note whose page is shown in place of Page, "" for none
}

// KeptBy is what one leader keeps about somebody.
type KeptBy struct {
	Lines []string // who, since when, how far the two have come: in words of ours
	Items []KeptItem
}

// KeptItem is one thing that is kept. Its text is a leader's, or "".
type KeptItem struct {
	Kind, ID string // what to remove, no kind for nothing
	Head     string // what it is, and until when it is kept
	Text     rapport.NoteText

	Word   rapport.NoteText // their own, on a note: "" for none
	MayAdd bool             // one, or other words in its place
}

// mePage is how many blocks a page holds, the frame around it aside: Slack takes
// a hundred in all.
const mePage = 80

// itemBlocks is how many blocks one thing takes at most.
const itemBlocks = 2

// MeModal shows somebody what is kept about them, each thing with a way to
// remove it, and what they may choose.
func MeModal(p *i18n.Printer, m Me) slack.ModalViewRequest {
	var blocks []slack.Block
	if m.Saved != "" {
		blocks = append(blocks, section(m.Saved), slack.NewDividerBlock())
	}
	blocks = append(blocks, section(p.T("me.purpose")))
	switch {
	case m.SteppedOut != "":
		blocks = append(blocks, section(p.T("me.stepped_out", "When", m.SteppedOut)))
	case len(m.Leaders) == 0:
		blocks = append(blocks, section(p.T("me.nothing")))
	}
	blocks = append(append(blocks, m.made(p)...), m.choices(p))
	pages, page := m.pages(p)
	page = max(0, min(page, len(pages)-1))
	if len(pages) > 0 {
		blocks = append(blocks, pages[page]...)
		blocks = append(blocks, turn(p, page, len(pages))...)
		blocks = append(blocks, slack.NewDividerBlock(), small(p.T("me.foot")))
	}
	return modal(ModalMe, strconv.Itoa(page), p.T("me.title"), "", p.T("button.close"), blocks...)
}

// made are the choices that somebody has made so far.
func (m Me) made(p *i18n.Printer) []slack.Block {
	var lines []string
	if m.Resting != "" {
		lines = append(lines, p.T("me.resting", "When", m.Resting))
	}
	if len(m.Welcome) > 0 {
		lines = append(lines, p.T("me.welcome", "Topics", Escape(TopicNames(p, m.Welcome))))
	}
	if len(m.Blocked) > 0 {
		lines = append(lines, p.T("me.blocked", "Topics", Escape(TopicNames(p, m.Blocked))))
	}
	var blocks []slack.Block
	for i, line := range lines {
		if i == 0 {
			line = "*" + p.T("me.choices") + "*\n" + line
		}
		blocks = append(blocks, section(line))
	}
	return blocks
}

// choices are the buttons under the purpose.
func (m Me) choices(p *i18n.Printer) *slack.ActionBlock {
	topics := button(string(ActMeTopics), "topics", p.T("me.button.topics"))
	if m.SteppedOut != "" {
		return actions(topics, primary(button(string(ActMeBack), "back", p.T("me.button.back"))))
	}
	rest := button(string(ActMeRest), "rest", p.T("me.button.rest"))
	if m.Resting != "" {
		rest = button(string(ActMeRestEnd), "rest", p.T("me.button.rest_end"))
	}
	all := []slack.BlockElement{topics, rest, stepOut(p)}
	if len(m.Leaders) > 0 {
		erase := button(string(ActMeErase), "erase", p.T("me.button.erase"))
		erase.Confirm = ask(p.T("me.erase.title"), p.T("me.erase.text"), p.T("me.erase.yes"), p.T("button.back"))
		all = append(all, erase)
	}
	return actions(all...)
}

func stepOut(p *i18n.Printer) *slack.ButtonBlockElement {
	out := button(string(ActMeOut), "out", p.T("me.button.out"))
	out.Confirm = ask(p.T("me.out.title"), p.T("me.out.text"), p.T("me.out.yes"), p.T("button.back"))
	return out
}

// pages parts what is kept into pages, each beginning with the leader it is by.
// It returns which one to show, too.
func (m Me) pages(p *i18n.Printer) (pages [][]slack.Block, shown int) {
	var page []slack.Block
	shown = m.Page
	for _, by := range m.Leaders {
		head := []slack.Block{slack.NewDividerBlock(), section(strings.Join(by.Lines, "\n"))}
		if len(page)+len(head)+itemBlocks > mePage {
			pages, page = append(pages, page), nil
		}
		page = append(page, head...)
		for _, it := range by.Items {
			blocks := it.blocks(p)
			if len(page)+len(blocks) > mePage {
				pages, page = append(pages, page), head[1:]
			}
			page = append(page, blocks...)
			if m.Around != "" && it.ID == m.Around {
				shown = len(pages)
			}
		}
	}
	if len(page) > 0 {
		pages = append(pages, page)
	}
	return pages, shown
}

// blocks draws one thing; what a leader wrote is plain text, and so is what was
// added to it.
func (it KeptItem) blocks(p *i18n.Printer) []slack.Block {
	text := it.Head
	if it.Text != "" {
		text += "\n" + p.T("me.quoted", "Text", it.Text.Reveal())
	}
	if it.Word != "" {
		text += "\n" + p.T("word.mine", "Text", it.Word.Reveal())
	}
	s := slack.NewSectionBlock(plain(text), nil, nil)
	if it.Kind != "" {
		s.Accessory = slack.NewAccessory(button(string(ActMeRemove), it.Kind+"/"+it.ID, p.T("me.button.remove")))
	}
	if words := it.words(p); len(words) > 0 {
		return []slack.Block{s, actions(words...)}
	}
	return []slack.Block{s}
}

// ParseKept reads what the button of a [KeptItem] says.
func ParseKept(value string) (kind, id string) {
	kind, id, _ = strings.Cut(value, "/")
	return kind, id
}

func turn(p *i18n.Printer, page, pages int) []slack.Block {
	var turn []slack.BlockElement
	if page > 0 {
		turn = append(turn, button(ActMePage.With("back"), strconv.Itoa(page-1), p.T("home.previous")))
	}
	if page < pages-1 {
		turn = append(turn, button(ActMePage.With("on"), strconv.Itoa(page+1), p.T("home.next")))
	}
	if len(turn) == 0 {
		return nil
	}
	return []slack.Block{actions(turn...)}
}

func ask(title, text, yes, no string) *slack.ConfirmationBlockObject {
	return slack.NewConfirmationBlockObject(plain(title), plain(text), plain(yes), plain(no))
}

// RestModal asks through which day somebody wants to be left alone.
func RestModal(p *i18n.Printer, until rapport.Date) slack.ModalViewRequest {
	return modal(ModalRest, "", p.T("me.rest.title"), p.T("button.save"), p.T("button.back"),
		section(p.T("me.rest.text")),
		input(inUntil, p.T("me.rest.until"), datePicker(inUntil, until), false),
	)
}

// ReadRest reads the state of a submitted [RestModal].
func ReadRest(s *slack.ViewState) (rapport.Date, error) {
	until, err := rapport.ParseDate(field(s, inUntil).SelectedDate)
	if err != nil {
		return rapport.Date{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_date", Field: "until", Err: err}
	}
	return until, nil
}
