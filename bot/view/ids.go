package view

import (
	"strings"

	"innerview/rapport"
)

// Action is the id of a control that answers at once.
type Action string

// The actions, each with one handler in package bot.
const (
	ActTalked    Action = "talked"       // on a card: show the five outcomes
	ActBack      Action = "back"         // and back to the card
	ActOutcome   Action = "outcome"      // followed by a dot and the outcome's code
	ActDetails   Action = "talk_details" // the modal, for a note and the day
	ActAnother   Action = "another"      // swap the starter
	ActLighter   Action = "lighter"      // swap it for a lighter one
	ActCoffee    Action = "plan_coffee"  // the modal with day and time
	ActPass      Action = "not_this_week"
	ActIntent    Action = "intent" // followed by a dot and the intent
	ActNote      Action = "write_note"
	ActSettings  Action = "open_settings"
	ActPause     Action = "pause_all"
	ActResume    Action = "resume_all"
	ActConfirm   Action = "confirm_start"
	ActShow      Action = "show_starter" // a starter for one person, from a list
	ActAddPerson Action = "add_person"
	ActMenu      Action = "person_menu" // the overflow menu of a person on Home
	ActHomePage  Action = "home_page"
	ActPassWeek  Action = "pass_week" // everybody of a digest
	ActWake      Action = "wake"      // after the goodbye
	ActPromises  Action = "show_promises"
	ActPerson    Action = "person_settings"
	ActMe        Action = "about_me"      // what is kept about whoever presses it
	ActMePage    Action = "about_me_page" // followed by a dot and back or on
	ActMeRemove  Action = "about_me_remove"
	ActMeTopics  Action = "about_me_topics"
	ActMeRest    Action = "about_me_rest"
	ActMeRestEnd Action = "about_me_rest_end"
	ActMeOut     Action = "about_me_step_out"
	ActMeBack    Action = "about_me_come_back"
	ActMeErase   Action = "about_me_erase"
)

// Actions lists every action, for the check that each has its handler.
func Actions() []Action {
	return []Action{
		ActTalked, ActBack, ActOutcome, ActDetails, ActAnother, ActLighter, ActCoffee, ActPass, ActIntent,
		ActNote, ActSettings, ActPause, ActResume, ActConfirm, ActShow, ActAddPerson, ActMenu, ActHomePage,
		ActPassWeek, ActWake, ActPromises, ActPerson,
		ActMe, ActMePage, ActMeRemove, ActMeTopics, ActMeRest, ActMeRestEnd, ActMeOut, ActMeBack, ActMeErase,
	}
}

// With returns the action's id for one of its variants.
func (a Action) With(variant string) string { return string(a) + "." + variant }

// ParseAction splits an action id into the action and its variant, "" for none.
func ParseAction(id string) (Action, string) {
	name, variant, _ := strings.Cut(id, ".")
	return Action(name), variant
}

// Callback is the id of a modal that is submitted.
type Callback string

// The modals, each with one handler in package bot.
const (
	ModalTalk     Callback = "talk"
	ModalNote     Callback = "note"
	ModalCoffee   Callback = "coffee"
	ModalSettings Callback = "settings"
	ModalPerson   Callback = "person" // the circumstances of one person
	ModalTopics   Callback = "topics"
	ModalRest     Callback = "rest"
	ModalDone     Callback = "done"     // says something; nothing to submit
	ModalMe       Callback = "about_me" // nor here
)

// Callbacks lists every modal that can be submitted.
func Callbacks() []Callback {
	return []Callback{ModalTalk, ModalNote, ModalCoffee, ModalSettings, ModalPerson, ModalTopics, ModalRest}
}

// The inputs of the modals. The block id is the action id too.
const (
	inOutcome = "in_outcome"
	inDay     = "in_day"
	inSetting = "in_setting"
	inNote    = "in_note"
	inKind    = "in_kind"
	inDate    = "in_date"
	inTime    = "in_time"
	inLang    = "in_language"
	inFrom    = "in_from"
	inTo      = "in_to"
	inDays    = "in_days"
	inUntil   = "in_until"
	inWelcome = "in_welcome"
	inBlocked = "in_blocked"

	inCountry    = "in_country"
	inPerWeek    = "in_per_week"
	inRhythm     = "in_rhythm"
	inDigest     = "in_digest"
	inFullText   = "in_full_text"
	inAwayFrom   = "in_away_from"
	inAwayUntil  = "in_away_until"
	inProbation  = "in_probation"
	inEvaluation = "in_evaluation"
)

// fieldBlocks names the input under which the trouble with a field is shown.
var fieldBlocks = map[string]string{
	"outcome": inOutcome, "day": inDay, "setting": inSetting, "note": inNote, "kind": inKind,
	"date": inDate, "time": inTime, "language": inLang, "from": inFrom, "to": inTo, "days": inDays,
	"country": inCountry, "per_week": inPerWeek, "rhythm": inRhythm, "digest": inDigest, "full_text": inFullText,
	"away_from": inAwayFrom, "away_until": inAwayUntil, "probation": inProbation, "evaluation": inEvaluation,
	"until": inUntil, "welcome": inWelcome, "blocked": inBlocked,
}

// FieldBlock returns the block id of an error's field, "" for none.
func FieldBlock(field string) string { return fieldBlocks[field] }

// Ref says what a control is about: an offer, a planned coffee, or a pair. It is
// opaque to everyone but the store.
type Ref struct {
	Offer string
	Plan  string
	Pair  string
}

// String returns the ref as it travels in a button's value.
func (r Ref) String() string {
	if r.Offer != "" {
		return "o:" + r.Offer
	}
	if r.Plan != "" {
		return "c:" + r.Plan
	}
	return "p:" + r.Pair
}

// ParseRef reads what [Ref.String] wrote. Anything else is the zero Ref.
func ParseRef(s string) Ref {
	switch kind, id, _ := strings.Cut(s, ":"); kind {
	case "o":
		return Ref{Offer: id}
	case "c":
		return Ref{Plan: id}
	case "p":
		return Ref{Pair: id}
	}
	return Ref{}
}

// Intent is what a leader wants from a talk about values.
type Intent string

// The three intents (docs/method.md, "Intent").
const (
	IntentUnderstand  Intent = "understand"
	IntentSupport     Intent = "support"
	IntentInformation Intent = "information" // a meeting is kinder
)

// MenuItem is a choice of the menu beside a person on Home.
type MenuItem string

// The menu's items.
const (
	MenuStarter MenuItem = "starter"
	MenuTalked  MenuItem = "talked"
	MenuCoffee  MenuItem = "coffee"
	MenuNote    MenuItem = "note"
	MenuSnooze  MenuItem = "snooze"
)

// ParseMenu splits a menu option's value into item and ref.
func ParseMenu(value string) (MenuItem, Ref) {
	item, ref, _ := strings.Cut(value, "/")
	return MenuItem(item), ParseRef(ref)
}

func outcomeAction(o rapport.Outcome) string { return ActOutcome.With(string(o)) }
