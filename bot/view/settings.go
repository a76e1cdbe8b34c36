package view

import (
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// SettingsForm is what a leader has chosen, or the defaults in force.
type SettingsForm struct {
	Language   rapport.Language // "" for Slack's
	Hours      rapport.Hours
	Days       rapport.Weekdays
	PerWeek    *int              // nil for the usual
	RhythmDays int               // 0 for the usual
	Digest     rapport.DigestDay // "" for the usual
	Country    string            // "" for the usual
	FullText   bool
	Intent     rapport.NoteText // for the leader's eyes alone

	Usual Usual // shown, and not read back
}

// Usual is what holds for who chooses nothing.
type Usual struct {
	PerWeek    int
	RhythmDays int
	LeastDays  int      // that the number of people leaves between two suggestions, 0 for any
	Countries  []string // whose holidays are known, ISO 3166 codes
}

// week is the order in which days are offered.
var week = []time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

var dayCodes = map[time.Weekday]string{
	time.Monday: "mon", time.Tuesday: "tue", time.Wednesday: "wed", time.Thursday: "thu",
	time.Friday: "fri", time.Saturday: "sat", time.Sunday: "sun",
}

const languageAuto = "auto"

// SettingsModal shows language, hours and days.
func SettingsModal(p *i18n.Printer, f SettingsForm) slack.ModalViewRequest {
	from, to := slack.NewTimePickerBlockElement(inFrom), slack.NewTimePickerBlockElement(inTo)
	from.InitialTime, to.InitialTime = clockText(f.Hours.From), clockText(f.Hours.To)
	blocks := []slack.Block{
		input(inLang, p.T("settings.language"), languageSelect(p, f.Language), false),
		input(inFrom, p.T("settings.from"), from, false),
		input(inTo, p.T("settings.to"), to, false),
		input(inDays, p.T("settings.days"), dayBoxes(p, f.Days), false),
		small(p.T("settings.hint")),
		input(inPerWeek, p.T("settings.per_week"), perWeekSelect(p, f), false),
		input(inRhythm, p.T("settings.rhythm"), rhythmSelect(p, f.RhythmDays, f.Usual), false),
	}
	blocks = append(append(blocks, stretched(p, f.RhythmDays, f.Usual)...),
		input(inDigest, p.T("settings.digest"), digestSelect(p, f.Digest), false),
		input(inCountry, p.T("settings.country"), countrySelect(p, f.Country, f.Usual.Countries), false),
		input(inFullText, p.T("settings.notification"), fullTextBox(p, f.FullText), true),
		intentInput(p, f.Intent),
		small(p.T("welcome.intent_hint")),
	)
	return modal(ModalSettings, "", p.T("settings.title"), p.T("button.save"), p.T("button.close"), blocks...)
}

// ReadSettings reads the state of a submitted [SettingsModal].
func ReadSettings(s *slack.ViewState) (SettingsForm, error) {
	var f SettingsForm
	var err error
	if f.Language, err = readLanguage(s); err != nil {
		return SettingsForm{}, err
	}
	if f.Hours, err = readHours(s); err != nil {
		return SettingsForm{}, err
	}
	if f.Days, err = readDays(s); err != nil {
		return SettingsForm{}, err
	}
	if err := f.readHowOften(s); err != nil {
		return SettingsForm{}, err
	}
	f.FullText = len(field(s, inFullText).SelectedOptions) > 0
	f.Intent, err = checkWords(field(s, inIntent).Value, "intent", rapport.OwnWordsMax)
	return f, err
}

// readHours reads the two times, between which there is an hour at least.
func readHours(s *slack.ViewState) (h rapport.Hours, err error) {
	if h.From, err = readClock(s, inFrom, "from"); err != nil {
		return h, err
	}
	if h.To, err = readClock(s, inTo, "to"); err != nil {
		return h, err
	}
	if h.To <= h.From {
		return h, &rapport.Error{Kind: rapport.Invalid, Key: "error.hours_order", Field: "to"}
	}
	if openMinutes(h) < 60 {
		return h, &rapport.Error{Kind: rapport.Invalid, Key: "error.hours", Field: "to"}
	}
	return h, nil
}

func (f *SettingsForm) readHowOften(s *slack.ViewState) error {
	if value := chosenOption(s, inPerWeek); value != "" {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 5 {
			return tryAgain("per_week")
		}
		f.PerWeek = &n
	}
	var err error
	if f.RhythmDays, err = readRhythm(s); err != nil {
		return err
	}
	if value := chosenOption(s, inDigest); value != "" {
		if f.Digest, err = rapport.ParseDigestDay(value); err != nil {
			return tryAgain("digest")
		}
	}
	f.Country, err = readCountry(s)
	return err
}

func readLanguage(s *slack.ViewState) (rapport.Language, error) {
	switch value := field(s, inLang).SelectedOption.Value; value {
	case languageAuto:
		return "", nil
	case string(rapport.English), string(rapport.Japanese):
		return rapport.Language(value), nil
	}
	return "", tryAgain("language")
}

func readDays(s *slack.ViewState) (days rapport.Weekdays, err error) {
	for _, o := range field(s, inDays).SelectedOptions {
		i := slices.IndexFunc(week, func(d time.Weekday) bool { return dayCodes[d] == o.Value })
		if i < 0 {
			return 0, tryAgain("days")
		}
		days |= 1 << week[i]
	}
	if days == 0 {
		return 0, &rapport.Error{Kind: rapport.Invalid, Key: "error.no_days", Field: "days"}
	}
	return days, nil
}

func languageSelect(p *i18n.Printer, chosen rapport.Language) *slack.SelectBlockElement {
	options := []*slack.OptionBlockObject{
		option(languageAuto, p.T("settings.language_auto")),
		option(string(rapport.English), "English"),
		option(string(rapport.Japanese), "日本語"),
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("settings.language")), inLang, options...)
	e.InitialOption = options[0]
	for _, o := range options[1:] {
		if o.Value == string(chosen) {
			e.InitialOption = o
		}
	}
	return e
}

func dayBoxes(p *i18n.Printer, chosen rapport.Weekdays) *slack.CheckboxGroupsBlockElement {
	var options, initial []*slack.OptionBlockObject
	for _, d := range week {
		o := option(dayCodes[d], p.T("date.weekday."+dayCodes[d]))
		if options = append(options, o); chosen.Has(d) {
			initial = append(initial, o)
		}
	}
	e := slack.NewCheckboxGroupsBlockElement(inDays, options...)
	e.InitialOptions = initial
	return e
}

// openMinutes counts the minutes in which a message may come: all but lunch.
func openMinutes(h rapport.Hours) int {
	const lunchFrom, lunchTo = 12 * 60, 13 * 60
	return h.To - h.From - max(0, min(h.To, lunchTo)-max(h.From, lunchFrom))
}
