package view

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// usual is the value of the option that leaves things as they are for everybody.
const usual = "usual"

// rhythms are the rhythms that may be chosen, in days.
var rhythms = []int{7, 14, 21, 28}

// choose is a menu of options of which one is chosen: that of the value, else
// the first.
func choose(id, label, value string, options ...*slack.OptionBlockObject) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(label), id, options...)
	e.InitialOption = options[0]
	for _, o := range options {
		if o.Value == value {
			e.InitialOption = o
		}
	}
	return e
}

// chosenOption returns the value of the option chosen, "" for the usual one.
func chosenOption(s *slack.ViewState, id string) string {
	value := field(s, id).SelectedOption.Value
	if value == usual {
		return ""
	}
	return value
}

func tryAgain(field string) error {
	return &rapport.Error{Kind: rapport.Invalid, Key: "error.try_again", Field: field}
}

func perWeekSelect(p *i18n.Printer, f SettingsForm) *slack.SelectBlockElement {
	options := []*slack.OptionBlockObject{option(usual, p.N("settings.per_week_usual", f.Usual.PerWeek))}
	for n := range 6 {
		options = append(options, option(strconv.Itoa(n), p.N("settings.per_week_n", n)))
	}
	value := usual
	if f.PerWeek != nil {
		value = strconv.Itoa(*f.PerWeek)
	}
	return choose(inPerWeek, p.T("settings.per_week"), value, options...)
}

// rhythmSelect names as the usual rhythm the one that runs.
func rhythmSelect(p *i18n.Printer, chosen int, u Usual) *slack.SelectBlockElement {
	options := []*slack.OptionBlockObject{option(usual, p.N("settings.rhythm_usual", max(u.RhythmDays, u.LeastDays)/7))}
	for _, days := range rhythms {
		options = append(options, option(strconv.Itoa(days), p.N("settings.rhythm_n", days/7)))
	}
	return choose(inRhythm, p.T("settings.rhythm"), strconv.Itoa(chosen), options...)
}

// stretched says why a rhythm is longer than was chosen, where it is.
func stretched(p *i18n.Printer, chosen int, u Usual) []slack.Block {
	if u.LeastDays <= cmp.Or(chosen, u.RhythmDays) {
		return nil
	}
	return []slack.Block{small(p.N("add.stretched", u.LeastDays/7))}
}

func readRhythm(s *slack.ViewState) (int, error) {
	value := chosenOption(s, inRhythm)
	if value == "" {
		return 0, nil
	}
	for _, days := range rhythms {
		if value == strconv.Itoa(days) {
			return days, nil
		}
	}
	return 0, tryAgain("rhythm")
}

func digestSelect(p *i18n.Printer, chosen rapport.DigestDay) *slack.SelectBlockElement {
	options := []*slack.OptionBlockObject{
		option(usual, p.T("settings.digest_usual")),
		option(string(rapport.DigestFirst), p.T("settings.digest_first")),
	}
	for _, d := range week[:5] {
		options = append(options, option(dayCodes[d], p.T("date.weekday."+dayCodes[d])))
	}
	options = append(options, option(string(rapport.DigestOff), p.T("settings.digest_off")))
	return choose(inDigest, p.T("settings.digest"), string(chosen), options...)
}

// NoCountry keeps no national holidays at all.
const NoCountry = "none"

func countrySelect(p *i18n.Printer, chosen string, known []string) *slack.SelectBlockElement {
	options := []*slack.OptionBlockObject{option(usual, p.T("settings.country_usual"))}
	known = slices.Clone(known)
	slices.SortFunc(known, func(a, b string) int { return cmp.Compare(p.Country(a), p.Country(b)) })
	for _, code := range known {
		options = append(options, option(code, p.Country(code)))
	}
	options = append(options, option(NoCountry, p.T("settings.country_none")))
	return choose(inCountry, p.T("settings.country"), chosen, options...)
}

var countryCode = regexp.MustCompile(`^(?:[a-z]{2}|none)$`)

func readCountry(s *slack.ViewState) (string, error) {
	value := chosenOption(s, inCountry)
	if value != "" && !countryCode.MatchString(value) {
		return "", tryAgain("country")
	}
	return value, nil
}

func fullTextBox(p *i18n.Printer, chosen bool) *slack.CheckboxGroupsBlockElement {
	box := option("full", p.T("settings.full_text"))
	e := slack.NewCheckboxGroupsBlockElement(inFullText, box)
	if chosen {
		e.InitialOptions = []*slack.OptionBlockObject{box}
	}
	return e
}
