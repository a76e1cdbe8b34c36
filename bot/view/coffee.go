package view

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// Near builds the message before a coffee the leader planned: when, and the
// starter they had in mind, if any.
func Near(p *i18n.Printer, when string, plan, pair, person string, c *Card) Message {
	text := p.T("near.neutral")
	if c != nil {
		card := *c
		card.Lead, card.Who = text, p.T("near.plain", "Person", p.Person(person), "When", when)
		return Message{Text: text, Blocks: append(card.body(p), outcomeLine(p, Ref{Offer: card.Offer}, plan)...)}
	}
	blocks := []slack.Block{section(text), section(p.T("near.plain", "Person", p.Person(person), "When", when))}
	return Message{Text: text, Blocks: append(blocks, outcomeLine(p, Ref{Pair: pair}, plan)...)}
}

// outcomeLine is what stands under a planned moment: recording it can wait until it
// has happened. It is recorded of the plan, so that it is once, here or where it
// is asked after.
func outcomeLine(p *i18n.Printer, ref Ref, plan string) []slack.Block {
	return []slack.Block{actions(
		button(string(ActDetails), Ref{Plan: plan}.String(), p.T("button.talked")),
		button(string(ActCoffee), ref.String(), p.T("button.move")),
		button(string(ActCallOff), Ref{Plan: plan}.String(), p.T("button.call_off")),
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

// CoffeeForm is what [CoffeeModal] starts with.
type CoffeeForm struct {
	Person  string
	On      rapport.Date
	Minutes int // after midnight
	Length  int // 0 for the usual
	Setting rapport.Setting
	Said    string // what was typed behind the command
	Doubt   string // why it is asked for again, a sentence
}

// CoffeeModal asks for day, time, length and setting.
func CoffeeModal(p *i18n.Printer, ref Ref, f CoffeeForm) slack.ModalViewRequest {
	clock := slack.NewTimePickerBlockElement(inTime)
	clock.InitialTime = clockText(f.Minutes)
	where := settingSelect(p)
	for _, o := range where.Options {
		if o.Value == string(f.Setting) {
			where.InitialOption = o
		}
	}
	blocks := []slack.Block{section(p.T("coffee.with", "Person", p.Person(f.Person)))}
	if f.Doubt != "" {
		blocks = append(blocks, section(f.Doubt))
	}
	if f.Said != "" {
		blocks = append(blocks, slack.NewContextBlock("", plain(p.T("coffee.said", "Text", f.Said))))
	}
	blocks = append(blocks,
		input(inDate, p.T("coffee.date"), datePicker(inDate, f.On), false),
		input(inTime, p.T("coffee.time"), clock, false),
		input(inLength, p.T("coffee.length"), lengthSelect(p, f.Length), false),
		input(inSetting, p.T("talk.setting"), where, true),
	)
	return modal(ModalCoffee, ref.String(), p.T("coffee.title"), p.T("coffee.submit"), p.T("button.close"), blocks...)
}

// CoffeeAnswer is what was entered into [CoffeeModal].
type CoffeeAnswer struct {
	On      rapport.Date
	Minutes int // after midnight
	Length  int
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
	length, err := readLength(s)
	if err != nil {
		return CoffeeAnswer{}, err
	}
	setting, err := readSetting(s)
	if err != nil {
		return CoffeeAnswer{}, err
	}
	return CoffeeAnswer{On: on, Minutes: minutes, Length: length, Setting: setting}, nil
}

// readLength takes a form without a length, as one that was open when the program
// was replaced by a newer one, for one of the usual length.
func readLength(s *slack.ViewState) (int, error) {
	value := field(s, inLength).SelectedOption.Value
	if value == "" {
		return rapport.PlanMinutes, nil
	}
	length, err := strconv.Atoi(value)
	if err != nil || !slices.Contains(rapport.PlanLengths(), length) {
		return 0, tryAgain("length")
	}
	return length, nil
}

func lengthSelect(p *i18n.Printer, chosen int) *slack.SelectBlockElement {
	if chosen == 0 {
		chosen = rapport.PlanMinutes
	}
	var options []*slack.OptionBlockObject
	var initial *slack.OptionBlockObject
	for _, n := range rapport.PlanLengths() {
		o := option(strconv.Itoa(n), p.N("coffee.minutes", n))
		if options = append(options, o); n == chosen {
			initial = o
		}
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("coffee.length")), inLength, options...)
	e.InitialOption = initial
	return e
}

// Coffee is a planned moment.
type Coffee struct {
	Plan    string // id
	Text    string // with whom and when
	At      time.Time
	Minutes int
	Setting rapport.Setting // "" for none
}

// Planned builds the answer to a plan: with whom and when, that inviting them is the
// leader's, the way into a calendar, and the ways out.
func Planned(p *i18n.Printer, c Coffee) Message {
	return Message{Text: spoken(p, c.Text), Blocks: c.blocks(p, "coffee.invite")}
}

// PlannedModal says the same where there is no message to say it in.
func PlannedModal(p *i18n.Printer, c Coffee) slack.ModalViewRequest {
	return modal(ModalDone, "", p.T("talk.saved"), "", p.T("button.close"), c.blocks(p, "coffee.invite")...)
}

// blocks are what a planned moment is drawn with; calendar is the key of the line
// that leads into one.
func (c Coffee) blocks(p *i18n.Printer, calendar string) []slack.Block {
	google, outlook := c.calendars(p.T("coffee.event." + string(cmp.Or(c.Setting, rapport.Coffee))))
	ref := Ref{Plan: c.Plan}.String()
	return []slack.Block{
		section(c.Text),
		small(p.T(calendar, "Google", Escape(google), "Outlook", Escape(outlook))),
		actions(
			button(string(ActCoffee), ref, p.T("button.move")),
			button(string(ActCallOff), ref, p.T("button.call_off")),
		),
	}
}

// calendars returns the addresses that put the moment into a calendar. They name
// nobody: a calendar may be read by others.
func (c Coffee) calendars(what string) (google, outlook string) {
	from := c.At.UTC()
	to := from.Add(time.Duration(c.Minutes) * time.Minute)
	const compact = "20060102T150405Z"
	google = "https://calendar.google.com/calendar/render?" + url.Values{
		"action": {"TEMPLATE"}, "text": {what}, "dates": {from.Format(compact) + "/" + to.Format(compact)},
	}.Encode()
	outlook = "https://outlook.office.com/calendar/0/deeplink/compose?" + url.Values{
		"path": {"/calendar/action/compose"}, "rru": {"addevent"}, "subject": {what},
		"startdt": {from.Format(time.RFC3339)}, "enddt": {to.Format(time.RFC3339)},
	}.Encode()
	return google, outlook
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
