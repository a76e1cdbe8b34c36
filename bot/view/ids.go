package view

import (
	"strings"

	"github.com/slack-go/slack"

	"innerview/internal/i18n"
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
	ActOwn       Action = "own_words"    // share something of one's own in place of the bank's
	ActWelcome   Action = "welcome"
	ActCallOff   Action = "call_off"
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
	ActPassWeek  Action = "pass_week"     // everybody of a digest; followed by a dot and PassOne: one person
	ActWake      Action = "wake"          // after the goodbye
	ActPromises  Action = "show_promises" // all of them, in a modal
	ActWeek      Action = "this_week"     // the digest, now
	ActPerson    Action = "person_settings"
	ActPromise   Action = "make_promise" // the modal for something they said they would do
	ActKeepLight Action = "keep_light"   // take the last rise in depth back
	ActBrief     Action = "open_brief"   // what to look at before a talk
	ActPutRight  Action = "put_right"    // the modal for a talk that was recorded otherwise than it was
	ActHelp      Action = "help"
	ActPrivacy   Action = "privacy"
)

// The actions of the brief. A menu's choice carries what it is about.
const (
	ActTalkMenu    Action = "talk_menu"
	ActNoteMenu    Action = "note_menu"
	ActPromiseMenu Action = "promise_menu"
	ActKept        Action = "promise_kept"
	ActWithdraw    Action = "promise_withdrawn"
	ActDropCommon  Action = "remove_common"
	ActDropTag     Action = "remove_tag" // followed by a dot and the kind of tag
)

// The actions of what is kept about whoever presses them.
const (
	ActMe        Action = "about_me"      // what is kept about whoever presses it
	ActMePage    Action = "about_me_page" // followed by a dot and back or on
	ActMeRemove  Action = "about_me_remove"
	ActMeTopics  Action = "about_me_topics"
	ActMeRest    Action = "about_me_rest"
	ActMeRestEnd Action = "about_me_rest_end"
	ActMeOut     Action = "about_me_step_out"
	ActMeBack    Action = "about_me_come_back"
	ActMeErase   Action = "about_me_erase"
	ActMeWord    Action = "about_me_word" // the modal for a word of their own on a note
)

// Actions lists every action, for the check that each has its handler.
func Actions() []Action {
	return []Action{
		ActTalked, ActBack, ActOutcome, ActDetails, ActAnother, ActLighter, ActCoffee, ActPass, ActIntent,
		ActNote, ActSettings, ActPause, ActResume, ActConfirm, ActShow, ActAddPerson, ActMenu, ActHomePage,
		ActPassWeek, ActWake, ActPromises, ActWeek, ActPerson,
		ActPromise, ActKeepLight, ActPutRight, ActBrief, ActHelp, ActPrivacy,
		ActTalkMenu, ActNoteMenu, ActPromiseMenu, ActKept, ActWithdraw, ActDropCommon, ActDropTag,
		ActOwn, ActWelcome, ActCallOff, ActMe, ActMePage, ActMeRemove, ActMeTopics, ActMeRest, ActMeRestEnd, ActMeOut, ActMeBack, ActMeErase, ActMeWord,
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
	ModalPromise  Callback = "promise"
	ModalEditNote Callback = "edit_note"
	ModalEditTalk Callback = "edit_talk"
	ModalBrief    Callback = "brief"    // nothing to submit
	ModalPromises Callback = "promises" // likewise

	ModalTopics Callback = "topics"
	ModalRest   Callback = "rest"
	ModalDone   Callback = "done"     // says something; nothing to submit
	ModalMe     Callback = "about_me" // nor here

	ModalWelcome Callback = "welcome"
	ModalOwn     Callback = "own_words"
	ModalWord    Callback = "word" // a person's own, on a note about them
)

// Callbacks lists every modal that can be submitted.
func Callbacks() []Callback {
	return []Callback{
		ModalTalk, ModalNote, ModalCoffee, ModalSettings, ModalPerson, ModalPromise, ModalEditNote, ModalEditTalk,
		ModalTopics, ModalRest, ModalWelcome, ModalOwn, ModalWord,
	}
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
	inLength  = "in_length"
	inLang    = "in_language"
	inFrom    = "in_from"
	inTo      = "in_to"
	inDays    = "in_days"
	inUntil   = "in_until"
	inWelcome = "in_welcome"
	inBlocked = "in_blocked"
	inIntent  = "in_intent"
	inPeople  = "in_people"
	inOwn     = "in_own"
	inWord    = "in_word"

	inCountry    = "in_country"
	inPerWeek    = "in_per_week"
	inRhythm     = "in_rhythm"
	inDigest     = "in_digest"
	inFullText   = "in_full_text"
	inAwayFrom   = "in_away_from"
	inAwayUntil  = "in_away_until"
	inProbation  = "in_probation"
	inEvaluation = "in_evaluation"

	inPromise  = "in_promise"
	inDue      = "in_due"
	inCommon   = "in_common"
	inHope     = "in_hope"
	inSupport  = "in_support"
	inInterest = "in_interest"
	inStrength = "in_strength"
	inAsk      = "in_ask"
	inTold     = "in_told"
)

// fieldBlocks names the input under which the trouble with a field is shown.
var fieldBlocks = map[string]string{
	"outcome": inOutcome, "day": inDay, "setting": inSetting, "note": inNote, "kind": inKind,
	"date": inDate, "time": inTime, "length": inLength, "language": inLang, "from": inFrom, "to": inTo, "days": inDays,
	"country": inCountry, "per_week": inPerWeek, "rhythm": inRhythm, "digest": inDigest, "full_text": inFullText,
	"away_from": inAwayFrom, "away_until": inAwayUntil, "probation": inProbation, "evaluation": inEvaluation,
	"promise": inPromise, "due": inDue, "common": inCommon, "hope": inHope, "support": inSupport,
	"interest": inInterest, "strength": inStrength, "ask": inAsk, "told": inTold,
	"until": inUntil, "welcome": inWelcome, "blocked": inBlocked, "intent": inIntent, "people": inPeople, "own": inOwn, "word": inWord,
}

// FieldBlock returns the block id of an error's field, "" for none.
func FieldBlock(field string) string { return fieldBlocks[field] }

// Ref says what a control is about: an offer, a planned coffee, a pair, or
// something that hangs on a pair. It is opaque to everyone but the store.
type Ref struct {
	Offer   string
	Plan    string
	Pair    string
	Talk    string
	Note    string
	Promise string
	Common  string

	// Brief marks a modal that lies over the brief, which is shown anew when it
	// is done.
	Brief bool
	// Card is the card that a modal was opened from, to be drawn anew when it is
	// done; "" for none.
	Card string
}

// overBrief stands before a ref of which Brief holds, fromCard before the card of
// one that has one.
const (
	overBrief = "b/"
	fromCard  = "@"
)

// String returns the ref as it travels in a button's value.
func (r Ref) String() string {
	over := ""
	if r.Brief {
		over = overBrief
	}
	if r.Card != "" {
		over += fromCard + r.Card + "/"
	}
	switch {
	case r.Offer != "":
		return over + "o:" + r.Offer
	case r.Plan != "":
		return over + "c:" + r.Plan
	case r.Talk != "":
		return over + "t:" + r.Talk
	case r.Note != "":
		return over + "n:" + r.Note
	case r.Promise != "":
		return over + "w:" + r.Promise
	case r.Common != "":
		return over + "s:" + r.Common
	}
	return over + "p:" + r.Pair
}

// ParseRef reads what [Ref.String] wrote. Anything else is the zero Ref.
func ParseRef(s string) Ref {
	s, over := strings.CutPrefix(s, overBrief)
	var r Ref
	if from, ok := strings.CutPrefix(s, fromCard); ok {
		r.Card, s, _ = strings.Cut(from, "/")
	}
	switch kind, id, _ := strings.Cut(s, ":"); kind {
	case "o":
		r.Offer = id
	case "c":
		r.Plan = id
	case "t":
		r.Talk = id
	case "n":
		r.Note = id
	case "w":
		r.Promise = id
	case "s":
		r.Common = id
	case "p":
		r.Pair = id
	default:
		return Ref{}
	}
	r.Brief = over
	return r
}

// Intent is what a leader wants from a talk about values.
type Intent string

// The three intents (docs/method.md, "Intent").
const (
	IntentUnderstand  Intent = "understand"
	IntentSupport     Intent = "support"
	IntentInformation Intent = "information" // a meeting is kinder
)

// MenuItem is a choice of a menu.
type MenuItem string

// The items of the menu beside a person on Home.
const (
	MenuNote    MenuItem = "note"
	MenuPromise MenuItem = "promise"
	MenuCoffee  MenuItem = "coffee"
	MenuSnooze  MenuItem = "snooze"
	MenuEnd     MenuItem = "end"
)

// The items of the menus of the brief.
const (
	MenuEdit   MenuItem = "edit"
	MenuRemove MenuItem = "remove"
	MenuKeep   MenuItem = "keep" // a note, beyond its time
)

// ParseMenu splits a menu option's value into item and ref.
func ParseMenu(value string) (MenuItem, Ref) {
	item, ref, _ := strings.Cut(value, "/")
	return MenuItem(item), ParseRef(ref)
}

func menuOption(p *i18n.Printer, item MenuItem, ref Ref, key string) *slack.OptionBlockObject {
	return option(string(item)+"/"+ref.String(), p.T(key))
}

func outcomeAction(o rapport.Outcome) string { return ActOutcome.With(string(o)) }
