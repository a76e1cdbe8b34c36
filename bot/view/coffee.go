package view

import (
	"time"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// Near builds the message before a coffee the leader planned: when, and the
// starter they had in mind, if any.
func Near(p *i18n.Printer, when string, pair, person string, c *Card) Message {
	text := p.T("near.neutral")
	if c != nil {
		card := *c
		card.Lead, card.Who = text, p.T("near.plain", "Person", p.Person(person), "When", when)
		return Message{Text: text, Blocks: append(card.body(p), outcomeLine(p, Ref{Offer: card.Offer})...)}
	}
	blocks := []slack.Block{section(text), section(p.T("near.plain", "Person", p.Person(person), "When", when))}
	return Message{Text: text, Blocks: append(blocks, outcomeLine(p, Ref{Pair: pair})...)}
}

// outcomeLine is the one button under a planned moment: recording can wait until
// it has happened.
func outcomeLine(p *i18n.Printer, ref Ref) []slack.Block {
	return []slack.Block{actions(
		button(string(ActDetails), ref.String(), p.T("button.talked")),
		button(string(ActCoffee), ref.String(), p.T("button.move")),
	)}
}

// HowItWent builds the one question after a planned coffee.
func HowItWent(p *i18n.Printer, ref Ref, person string) Message {
	return Message{Text: p.T("followup.neutral"), Blocks: []slack.Block{
		section(p.T("followup.neutral")),
		section(p.T("followup.ask", "Person", p.Person(person))),
		outcomeButtons(p, ref),
		actions(button(string(ActDetails), ref.String(), p.T("button.details"))),
	}}
}

// CoffeeModal asks for day, time and setting. Date and clock are what the pickers
// start with.
func CoffeeModal(p *i18n.Printer, ref Ref, person string, on rapport.Date, minutes int) slack.ModalViewRequest {
	day := slack.NewDatePickerBlockElement(inDate)
	day.InitialDate = on.String()
	clock := slack.NewTimePickerBlockElement(inTime)
	clock.InitialTime = clockText(minutes)
	return modal(ModalCoffee, ref.String(), p.T("coffee.title"), p.T("coffee.submit"), p.T("button.close"),
		section(p.T("coffee.with", "Person", p.Person(person))),
		input(inDate, p.T("coffee.date"), day, false),
		input(inTime, p.T("coffee.time"), clock, false),
		input(inSetting, p.T("talk.setting"), settingSelect(p), true),
	)
}

// CoffeeAnswer is what was entered into [CoffeeModal].
type CoffeeAnswer struct {
	On      rapport.Date
	Minutes int // after midnight
	Setting rapport.Setting
}

// ReadCoffee reads the state of a submitted [CoffeeModal].
func ReadCoffee(s *slack.ViewState) (CoffeeAnswer, error) {
	on, err := rapport.ParseDate(field(s, inDate).SelectedDate)
	if err != nil {
		return CoffeeAnswer{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_date", Field: "date", Err: err}
	}
	minutes, err := readClock(s, inTime, "time")
	if err != nil {
		return CoffeeAnswer{}, err
	}
	setting, err := readSetting(s)
	if err != nil {
		return CoffeeAnswer{}, err
	}
	return CoffeeAnswer{On: on, Minutes: minutes, Setting: setting}, nil
}

// readClock reads a time picker, in minutes after midnight.
func readClock(s *slack.ViewState, id, name string) (int, error) {
	t, err := time.Parse("15:04", field(s, id).SelectedTime)
	if err != nil {
		return 0, &rapport.Error{Kind: rapport.Invalid, Key: "error.pick_time", Field: name, Err: err}
	}
	return t.Hour()*60 + t.Minute(), nil
}

func settingSelect(p *i18n.Printer) *slack.SelectBlockElement {
	var options []*slack.OptionBlockObject
	for _, v := range rapport.Settings() {
		options = append(options, option(string(v), p.T("setting."+string(v))))
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("talk.setting_pick")), inSetting, options...)
}

func readSetting(s *slack.ViewState) (rapport.Setting, error) {
	value := field(s, inSetting).SelectedOption.Value
	if value == "" {
		return "", nil
	}
	v, err := rapport.ParseSetting(value)
	if err != nil {
		return "", &rapport.Error{Kind: rapport.Invalid, Key: "error.try_again", Field: "setting", Err: err}
	}
	return v, nil
}

// field returns what was entered into one input; a zero action where nothing was.
func field(s *slack.ViewState, id string) slack.BlockAction {
	if s == nil {
		return slack.BlockAction{}
	}
	return s.Values[id][id]
}

func clockText(minutes int) string {
	return time.Date(2000, 1, 1, minutes/60, minutes%60, 0, 0, time.UTC).Format("15:04")
}
