package view

import (
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// WelcomeForm is what [WelcomeModal] starts with.
type WelcomeForm struct {
	Intent   rapport.NoteText
	Language rapport.Language // "" for Slack's
	Hours    rapport.Hours
	Days     rapport.Weekdays
	Zone     string   // the times are of, as Slack names it
	People   []string // Slack user ids
}

// WelcomeModal is all that somebody is asked before they begin: one line for
// themselves, whom they keep in mind, and when it suits.
func WelcomeModal(p *i18n.Printer, f WelcomeForm) slack.ModalViewRequest {
	from, to := slack.NewTimePickerBlockElement(inFrom), slack.NewTimePickerBlockElement(inTo)
	from.InitialTime, to.InitialTime = clockText(f.Hours.From), clockText(f.Hours.To)
	people := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, plain(p.T("welcome.pick")), inPeople)
	people.InitialUsers = f.People
	return modal(ModalWelcome, "", p.T("welcome.title"), p.T("welcome.submit"), p.T("button.close"),
		section(p.T("welcome.hello")),
		intentInput(p, f.Intent),
		small(p.T("welcome.intent_hint")),
		input(inPeople, p.T("welcome.people"), people, false),
		input(inLang, p.T("settings.language"), languageSelect(p, f.Language), false),
		input(inFrom, p.T("settings.from"), from, false),
		input(inTo, p.T("settings.to"), to, false),
		input(inDays, p.T("settings.days"), dayBoxes(p, f.Days), false),
		small(p.T("welcome.zone", "Zone", f.Zone)),
		small(p.T("welcome.kept", "Button", p.T("welcome.submit"))),
	)
}

func intentInput(p *i18n.Printer, intent rapport.NoteText) slack.Block {
	return input(inIntent, p.T("welcome.intent"), words(inIntent, rapport.OwnWordsMax, intent.Reveal()), true)
}

// ReadWelcome reads the state of a submitted [WelcomeModal]; the zone is not in it.
func ReadWelcome(s *slack.ViewState) (WelcomeForm, error) {
	var f WelcomeForm
	var err error
	if f.Intent, err = checkWords(field(s, inIntent).Value, "intent", rapport.OwnWordsMax); err != nil {
		return WelcomeForm{}, err
	}
	if f.People = field(s, inPeople).SelectedUsers; len(f.People) == 0 {
		return WelcomeForm{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.no_people", Field: "people"}
	}
	if f.Language, err = readLanguage(s); err != nil {
		return WelcomeForm{}, err
	}
	if f.Hours, err = readHours(s); err != nil {
		return WelcomeForm{}, err
	}
	f.Days, err = readDays(s)
	return f, err
}

// Preview shows the first idea as it will look in a DM, and asks who started
// alone whether it may come. A preview has nothing to press of the card: nothing
// is written down yet. Without a card there is nothing to show today.
func Preview(p *i18n.Printer, c *Card, confirmed bool) slack.ModalViewRequest {
	var blocks []slack.Block
	if c != nil {
		blocks = append(blocks, section(p.T("welcome.preview")), slack.NewDividerBlock())
		blocks = append(blocks, c.body(p)...)
		blocks = append(blocks, small(p.T("welcome.buttons", "Buttons", c.labels(p))), slack.NewDividerBlock())
	}
	if confirmed {
		blocks = append(blocks, section(p.T("confirm.done")))
	} else {
		blocks = append(blocks, confirmation(p)...)
	}
	return modal(ModalDone, "", p.T("welcome.title"), "", p.T("button.close"), blocks...)
}

// labels names the buttons under a card.
func (c Card) labels(p *i18n.Printer) string {
	keys := []string{"button.talked", "button.another", "button.lighter", "button.coffee", "button.pass", "button.own"}
	if c.Starter.Level == 0 {
		keys = []string{"button.talked", "button.coffee", "button.pass"}
	}
	var labels []string
	for _, key := range keys {
		labels = append(labels, p.T(key))
	}
	return strings.Join(labels, p.T("overview.sep"))
}

// OwnModal asks what the leader would share of themselves with a starter, in
// place of what the bank suggests.
func OwnModal(p *i18n.Printer, c Card) slack.ModalViewRequest {
	lang := c.Spoken.Language()
	return modal(ModalOwn, Ref{Offer: c.Offer}.String(), p.T("own.title"), p.T("button.save"), p.T("button.close"),
		section(quote("*"+c.fill(c.Starter.Text.In(lang))+"*")),
		input(inOwn, p.T("own.label"), words(inOwn, rapport.OwnWordsMax, c.Own.Reveal()), true),
		small(p.T("own.hint", "Text", c.fill(c.Starter.Share.In(lang)))),
	)
}

// ReadOwn reads the state of a submitted [OwnModal]: no words for the bank's.
func ReadOwn(s *slack.ViewState) (rapport.NoteText, error) {
	return checkWords(field(s, inOwn).Value, "own", rapport.OwnWordsMax)
}
