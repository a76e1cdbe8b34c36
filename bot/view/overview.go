package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
)

// PersonLine is one person of a leader's list, in words.
type PersonLine struct {
	Person string
	Pair   string
	Next   string // when they come up: "about Wed 25 Nov", "resting until …"
	Last   string // the last talk, "" for none yet
	Why    string // of who comes up next: why it might be a good moment, "" for others
	// Promise says when something that the leader offered is due, "" for nothing.
	Promise string
}

// OverviewData is a leader's list.
type OverviewData struct {
	People []PersonLine
	Notice string // one line above the list, "" for none: paused, stretched
	// Unconfirmed asks a leader who started alone whether messages may come.
	Unconfirmed bool
	Welcome     bool // nobody yet, and the beginning is open to them
	Outside     bool // nobody, and the operator says who leads
}

// shownInMessage is how many people a message lists; Home has them all.
const shownInMessage = 20

// Overview builds the list of a leader's people.
func Overview(p *i18n.Printer, d OverviewData) Message {
	if len(d.People) == 0 {
		return d.nobody(p)
	}
	blocks := []slack.Block{section(p.T("overview.head"))}
	if d.Notice != "" {
		blocks = append(blocks, small(d.Notice))
	}
	for i, line := range d.People {
		if i == shownInMessage {
			blocks = append(blocks, small(p.N("overview.more", len(d.People)-shownInMessage)))
			break
		}
		s := section(line.text(p))
		s.Accessory = slack.NewAccessory(button(string(ActShow), Ref{Pair: line.Pair}.String(), p.T("button.show")))
		blocks = append(blocks, s)
	}
	if d.Unconfirmed {
		blocks = append(blocks, confirmation(p)...)
	}
	return Message{Text: p.T("overview.neutral"), Blocks: blocks}
}

// nobody is the list of somebody who leads nobody: first what is here for everybody.
// It says the same whether anybody leads them or not.
func (d OverviewData) nobody(p *i18n.Printer) Message {
	blocks := append(forAnybody(p), slack.NewDividerBlock())
	switch {
	case d.Outside:
		blocks = append(blocks, section(p.T("anybody.outside")))
	case d.Welcome:
		blocks = append(blocks, beginning(p)...)
	default:
		blocks = append(blocks, section(p.T("overview.head")))
		if d.Notice != "" {
			blocks = append(blocks, small(d.Notice))
		}
		blocks = append(blocks, section(p.T("overview.empty")))
	}
	return Message{Text: p.T("reply.neutral"), Blocks: blocks}
}

// forAnybody is what Innerview has for people who lead nobody.
func forAnybody(p *i18n.Printer) []slack.Block {
	return []slack.Block{section(p.T("anybody.text")), actions(button(string(ActMe), "me", p.T("button.me")))}
}

// beginning invites to lead.
func beginning(p *i18n.Printer) []slack.Block {
	return []slack.Block{
		section(p.T("anybody.lead")), actions(primary(button(string(ActWelcome), "welcome", p.T("welcome.begin")))),
	}
}

func (l PersonLine) text(p *i18n.Printer) string {
	text := "*" + p.Person(l.Person) + "*\n" + l.Next
	if l.Next != "" && l.Last != "" {
		text += p.T("overview.sep")
	}
	text += l.Last
	for _, line := range []string{l.Why, l.Promise} {
		if line != "" {
			text += "\n" + line
		}
	}
	return text
}

func confirmation(p *i18n.Printer) []slack.Block {
	return []slack.Block{
		section(p.T("confirm.ask")),
		actions(
			primary(button(string(ActConfirm), "confirm", p.T("button.confirm"))),
			button(string(ActSettings), "settings", p.T("button.settings")),
		),
	}
}

// Say builds a message of one sentence or a few, with nothing to press.
func Say(p *i18n.Printer, text string) Message {
	return Message{Text: spoken(p, text), Blocks: []slack.Block{section(text)}}
}

// spoken is the line for notifications and screen readers: the text itself
// unless it names somebody.
func spoken(p *i18n.Printer, text string) string {
	if strings.Contains(text, "<@") {
		return p.T("reply.neutral")
	}
	return text
}

// Confirm builds the answer to the first person added by a leader who started
// alone: nothing is sent unasked before they say yes.
func Confirm(p *i18n.Printer, text string) Message {
	return Message{Text: spoken(p, text), Blocks: append([]slack.Block{section(text)}, confirmation(p)...)}
}

// HomeData is what App Home shows.
type HomeData struct {
	OverviewData
	Coffees []Coffee // planned, the next first
	Page    int      // from 0
	Paused  bool
	MayAdd  bool
	Notes   bool
}

// homePage is how many people a page of Home lists: two blocks each, well below
// Slack's hundred.
const homePage = 30

// Home builds App Home.
func Home(p *i18n.Printer, d HomeData) slack.HomeTabViewRequest {
	blocks := []slack.Block{header(p.T("home.title")), section(p.T("home.lead"))}
	if len(d.People) == 0 {
		blocks = append(append(blocks, slack.NewDividerBlock()), forAnybody(p)...)
	}
	switch {
	case d.Outside:
		return d.home(p, append(blocks, slack.NewDividerBlock(), section(p.T("anybody.outside")), small(p.T("me.purpose"))))
	case d.Welcome:
		return d.home(p, append(append(blocks, slack.NewDividerBlock()), beginning(p)...))
	}
	if d.Notice != "" {
		blocks = append(blocks, small(d.Notice))
	}
	if d.Unconfirmed && len(d.People) > 0 {
		blocks = append(blocks, confirmation(p)...)
	}
	if len(d.People) > 0 {
		blocks = append(blocks, actions(
			button(string(ActWeek), "week", p.T("home.week")), button(string(ActPromises), "promises", p.T("home.promises"))))
	}
	blocks = append(blocks, d.coffees(p)...)
	blocks = append(blocks, slack.NewDividerBlock(), section("*"+p.T("overview.head")+"*"))
	blocks = append(blocks, d.people(p)...)
	if d.MayAdd {
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("home.add")), string(ActAddPerson))
		blocks = append(blocks, actions(pick))
	}
	return d.home(p, blocks)
}

func (d HomeData) home(p *i18n.Printer, blocks []slack.Block) slack.HomeTabViewRequest {
	blocks = append(blocks, slack.NewDividerBlock(), d.footer(p))
	if !d.Outside { // who writes no notes
		blocks = append(blocks, small(p.T("home.privacy")))
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}

// homeCoffees is how many planned moments Home lists.
const homeCoffees = 5

func (d HomeData) coffees(p *i18n.Printer) []slack.Block {
	if len(d.Coffees) == 0 {
		return nil
	}
	blocks := []slack.Block{slack.NewDividerBlock(), section("*" + p.T("home.coffees") + "*")}
	for _, c := range d.Coffees[:min(len(d.Coffees), homeCoffees)] {
		blocks = append(blocks, c.blocks(p, "coffee.calendar")...)
	}
	return blocks
}

func (d HomeData) people(p *i18n.Printer) []slack.Block {
	if len(d.People) == 0 {
		return []slack.Block{section(p.T("home.empty"))}
	}
	pages := (len(d.People) + homePage - 1) / homePage
	page := max(0, min(d.Page, pages-1))
	var blocks []slack.Block
	for _, line := range d.People[page*homePage : min(len(d.People), (page+1)*homePage)] {
		s := section(line.text(p))
		s.Accessory = slack.NewAccessory(d.menu(p, line))
		blocks = append(blocks, s, doors(p, line))
	}
	if pages == 1 {
		return blocks
	}
	var turn []slack.BlockElement
	if page > 0 {
		turn = append(turn, button(ActHomePage.With("back"), strconv.Itoa(page-1), p.T("home.previous")))
	}
	if page < pages-1 {
		turn = append(turn, button(ActHomePage.With("on"), strconv.Itoa(page+1), p.T("home.next")))
	}
	return append(blocks, actions(turn...))
}

// doors leads to what is done often about a person, with one press.
func doors(p *i18n.Printer, line PersonLine) *slack.ActionBlock {
	ref := Ref{Pair: line.Pair}.String()
	return actions(
		button(string(ActShow), ref, p.T("button.show")),
		button(string(ActDetails), ref, p.T("button.talked")),
		button(string(ActBrief), ref, p.T("button.brief")),
		button(string(ActPerson), ref, p.T("button.person")),
	)
}

// menu leads to all else one can do about a person. It stands at the right of their
// name: behind the buttons it would be alone on a line of a narrow screen.
func (d HomeData) menu(p *i18n.Printer, line PersonLine) *slack.OverflowBlockElement {
	ref := Ref{Pair: line.Pair}
	items := []MenuItem{MenuCoffee}
	if d.Notes {
		items = append(items, MenuNote)
	}
	var options []*slack.OptionBlockObject
	for _, item := range append(items, MenuPromise, MenuSnooze, MenuEnd) {
		options = append(options, menuOption(p, item, ref, "menu."+string(item)))
	}
	return slack.NewOverflowBlockElement(string(ActMenu), options...)
}

func (d HomeData) footer(p *i18n.Printer) *slack.ActionBlock {
	quiet := button(string(ActPause), "pause", p.T("button.pause"))
	if d.Paused {
		quiet = button(string(ActResume), "resume", p.T("button.resume"))
	}
	var buttons []slack.BlockElement
	if !d.Outside {
		buttons = append(buttons, button(string(ActSettings), "settings", p.T("button.settings")))
	}
	if len(d.People) > 0 || d.Paused { // nothing comes to who leads nobody
		buttons = append(buttons, quiet)
	}
	if len(d.People) > 0 { // or it stands above already
		buttons = append(buttons, button(string(ActMe), "me", p.T("button.me")))
	}
	return actions(append(buttons,
		button(string(ActPrivacy), "privacy", p.T("button.privacy")), button(string(ActHelp), "help", p.T("button.help")))...)
}

// ParsePage reads the page a [ActHomePage] button leads to.
func ParsePage(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// HelpLine is one command in the list of help.
type HelpLine struct {
	Usage string
	What  string
}

// Help builds the list of commands.
func Help(p *i18n.Printer, lines []HelpLine) Message {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString("`" + Escape(l.Usage) + "`  " + l.What + "\n")
	}
	return Message{Text: p.T("help.head"), Blocks: []slack.Block{
		section(p.T("help.head")), section(strings.TrimSpace(b.String())), small(p.T("help.foot")),
	}}
}
