package view

import (
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// BriefData is what a leader looks at before a talk. It is shown in a modal and
// nowhere else, for it holds what they have written.
type BriefData struct {
	Person, Pair string
	Notice       string // one line above all, "" for none
	Depth        rapport.Depth
	Moved        string // the last change of depth and its reason, "" for none
	MayKeepLight bool   // that change was a rise that can be taken back

	Talks    []BriefTalk // newest first
	Notes    []BriefNote // in any order
	Promises []BriefPromise
	Commons  []rapport.Common
	Tags     []BriefTag
	MayNote  bool // notes are kept in this workspace

	Openings []Card // two at most
	Rest     string // why there are no openings, "" where there are some
}

// BriefTalk is a talk in words.
type BriefTalk struct {
	ID         string
	What, When string
	Open       bool // can still be put right
}

// BriefNote is a note with its days in words.
type BriefNote struct {
	ID            string
	Kind          rapport.NoteKind
	Text          rapport.NoteText
	Word          rapport.NoteText // the person's own, "" for none
	When, Until   string
	AskOn         string // "" for never
	MayKeepLonger bool
}

// BriefPromise is a promise with its day in words.
type BriefPromise struct {
	ID       string
	Text     rapport.NoteText
	State    rapport.PromiseState
	When     string // it is due, or was closed
	Hopeless bool   // better withdrawn honestly
}

// BriefTag is an interest or a strength.
type BriefTag struct {
	Kind  string // "interest" or "strength"
	Words rapport.NoteText
}

// Brief builds the modal before a talk.
func Brief(p *i18n.Printer, d BriefData) slack.ModalViewRequest {
	var blocks []slack.Block
	for _, part := range [][]slack.Block{
		d.head(p), d.openings(p), d.promises(p), d.learnt(p), d.shared(p), d.talks(p),
	} {
		if len(part) > 0 && len(blocks) > 0 {
			blocks = append(blocks, slack.NewDividerBlock())
		}
		blocks = append(blocks, part...)
	}
	return modal(ModalBrief, Ref{Pair: d.Pair}.String(), p.T("brief.title"), "", p.T("button.close"), blocks...)
}

func (d BriefData) head(p *i18n.Printer) []slack.Block {
	var blocks []slack.Block
	if d.Notice != "" {
		blocks = append(blocks, section(d.Notice))
	}
	blocks = append(blocks, section(p.T("brief.with", "Person", p.Person(d.Person))))
	far := p.T("brief.far." + d.Depth.String())
	if d.Moved != "" {
		far += "\n" + d.Moved
	}
	blocks = append(blocks, small(far))
	ref := Ref{Pair: d.Pair}.String()
	buttons := []slack.BlockElement{button(string(ActPromise), ref, p.T("menu.promise"))}
	if d.MayNote {
		buttons = append(buttons, button(string(ActNote), ref, p.T("button.note")))
	}
	buttons = append(buttons, button(string(ActPerson), ref, p.T("button.person")))
	if d.MayKeepLight {
		buttons = append(buttons, button(string(ActKeepLight), ref, p.T("button.keep_light")))
	}
	return append(blocks, actions(buttons...))
}

// openings are two ways to begin, each with the leader's own words first.
func (d BriefData) openings(p *i18n.Printer) []slack.Block {
	blocks := []slack.Block{section("*" + p.T("brief.openings") + "*")}
	if d.Rest != "" {
		return append(blocks, section(d.Rest))
	}
	for _, c := range d.Openings {
		blocks = append(blocks, section(c.brief()))
	}
	return append(blocks, small(p.T("brief.listen")))
}

// brief is a starter as short as it can be said: what to share, then the
// question.
func (c Card) brief() string {
	lang := c.Spoken.Language()
	text, share := c.fill(c.Starter.Text.In(lang)), c.share(lang)
	if c.Starter.Level == 0 {
		return text + "\n" + quote(share)
	}
	return quote(share) + "\n" + quote("*"+text+"*")
}

func (d BriefData) promises(p *i18n.Printer) []slack.Block {
	if len(d.Promises) == 0 {
		return nil
	}
	blocks := []slack.Block{section("*" + p.T("brief.promises") + "*")}
	for _, made := range d.Promises {
		ref := Ref{Promise: made.ID}
		s := typedSection(made.Text)
		if made.State != rapport.PromiseOpen {
			s.Accessory = slack.NewAccessory(slack.NewOverflowBlockElement(string(ActPromiseMenu),
				menuOption(p, MenuRemove, ref, "brief.delete")))
			blocks = append(blocks, s, small(p.T("brief."+string(made.State), "When", made.When)))
			continue
		}
		s.Accessory = slack.NewAccessory(slack.NewOverflowBlockElement(string(ActPromiseMenu),
			menuOption(p, MenuEdit, ref, "brief.edit"), menuOption(p, MenuRemove, ref, "brief.delete")))
		due := p.T("brief.due", "When", made.When)
		if made.Hopeless {
			due += "\n" + p.T("brief.hopeless")
		}
		blocks = append(blocks, s, small(due), closing(p, ref))
	}
	return blocks
}

// learnt are the notes by their layers, from what somebody does to what would
// support them.
func (d BriefData) learnt(p *i18n.Printer) []slack.Block {
	var blocks []slack.Block
	for _, kind := range rapport.NoteKinds() {
		first := true
		for _, n := range d.Notes {
			if n.Kind != kind {
				continue
			}
			if first {
				blocks = append(blocks, section("*"+p.T("note.kind."+string(kind))+"*"))
				first = false
			}
			blocks = append(blocks, n.blocks(p)...)
		}
	}
	return blocks
}

func (n BriefNote) blocks(p *i18n.Printer) []slack.Block {
	ref := Ref{Note: n.ID}
	options := []*slack.OptionBlockObject{
		menuOption(p, MenuEdit, ref, "brief.edit"), menuOption(p, MenuRemove, ref, "brief.delete"),
	}
	if n.MayKeepLonger {
		options = append(options, menuOption(p, MenuKeep, ref, "brief.keep"))
	}
	s := typedSection(n.Text, answered(p, n.Word))
	s.Accessory = slack.NewAccessory(slack.NewOverflowBlockElement(string(ActNoteMenu), options...))
	line := p.T("brief.note", "When", n.When, "Until", n.Until)
	if n.AskOn != "" {
		line += "\n" + p.T("brief.ask_on", "When", n.AskOn)
	}
	return []slack.Block{s, small(line)}
}

func (d BriefData) shared(p *i18n.Printer) []slack.Block {
	var blocks []slack.Block
	for i, c := range d.Commons {
		if i == 0 {
			blocks = append(blocks, section("*"+p.T("brief.commons")+"*"))
		}
		s := typedSection(c.Text)
		s.Accessory = slack.NewAccessory(button(string(ActDropCommon), Ref{Common: c.ID}.String(), p.T("brief.remove")))
		blocks = append(blocks, s)
	}
	for _, tag := range d.Tags {
		s := typedSection(tag.Words)
		s.Accessory = slack.NewAccessory(button(ActDropTag.With(tag.Kind), Ref{Pair: d.Pair}.String(), p.T("brief.remove")))
		blocks = append(blocks, section("*"+p.T("tag."+tag.Kind)+"*"), s)
	}
	return blocks
}

func (d BriefData) talks(p *i18n.Printer) []slack.Block {
	blocks := []slack.Block{section("*" + p.T("brief.talks") + "*")}
	if len(d.Talks) == 0 {
		return append(blocks, section(p.T("overview.no_talk")))
	}
	for _, t := range d.Talks {
		s := section(p.T("brief.talk", "What", t.What, "When", t.When))
		if t.Open {
			ref := Ref{Talk: t.ID}
			s.Accessory = slack.NewAccessory(slack.NewOverflowBlockElement(string(ActTalkMenu),
				menuOption(p, MenuEdit, ref, "brief.change"), menuOption(p, MenuRemove, ref, "brief.remove")))
		}
		blocks = append(blocks, s)
	}
	return blocks
}

// typedSection shows what people typed, as it was typed, a line each.
func typedSection(texts ...rapport.NoteText) *slack.SectionBlock {
	var lines []string
	for _, text := range texts {
		if text != "" {
			lines = append(lines, text.Reveal())
		}
	}
	return slack.NewSectionBlock(plain(strings.Join(lines, "\n")), nil, nil)
}
