package bot_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"innerview/bot"
	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// deed is something that somebody may do with an id in it, made for one id.
type deed struct {
	name string
	adds bool // somebody to a list, perhaps
	do   func(w *world, actor, id string, ack func(bot.Answer))
}

// turn is a number that nobody has used before.
func (w *world) turn() string { w.turns++; return fmt.Sprint(w.turns) }

// sheet is a place from which a button is pressed.
type sheet string

// The sheets.
const (
	onMessage   sheet = "message"
	onEphemeral sheet = "ephemeral"
	onHome      sheet = "home"
)

// sheets are all places: messages, Home, and each modal.
func sheets() []sheet {
	all := []sheet{onMessage, onEphemeral, onHome}
	for _, c := range append(view.Callbacks(), view.ModalBrief, view.ModalPromises, view.ModalDone, view.ModalMe) {
		all = append(all, sheet(c))
	}
	return all
}

// press presses a button, or picks from a menu, on a sheet.
func (w *world) press(actor, team string, on sheet, actionID string, a slack.BlockAction, ack func(bot.Answer)) {
	a.ActionID, a.ActionTs = actionID, w.turn()
	i := slack.InteractionCallback{
		Type: slack.InteractionTypeBlockActions, TriggerID: "trigger", Team: slack.Team{ID: team}, User: slack.User{ID: actor},
		ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{&a}},
	}
	switch on {
	case onMessage, onEphemeral:
		i.ResponseURL = "http://slack.test/response/1"
		i.Container = slack.Container{ChannelID: "D1", MessageTs: "1.1", IsEphemeral: on == onEphemeral}
	case onHome:
		i.View = slack.View{ID: "VHOME", Type: slack.VTHomeTab}
	default:
		i.View = slack.View{ID: "VMODAL", Type: slack.VTModal, CallbackID: string(on), RootViewID: "VROOT"}
	}
	w.bot.Interaction(context.Background(), i, ack)
}

// submit submits a modal that carries the ref, filled in.
func (w *world) submit(actor, team string, callback view.Callback, ref string, ack func(bot.Answer)) {
	w.submitState(actor, team, callback, ref, filledIn(), ack)
}

// submitState submits a modal that carries the ref.
func (w *world) submitState(actor, team string, callback view.Callback, ref string, state *slack.ViewState, ack func(bot.Answer)) {
	w.bot.Interaction(context.Background(), slack.InteractionCallback{
		Type: slack.InteractionTypeViewSubmission, TriggerID: "trigger", Team: slack.Team{ID: team}, User: slack.User{ID: actor},
		View: slack.View{
			ID: "V" + w.turn(), RootViewID: "VROOT", PreviousViewID: "VUNDER", CallbackID: string(callback), PrivateMetadata: ref,
			State: state,
		},
	}, ack)
}

// run types a command.
func (w *world) run(actor, team, text string, ack func(bot.Answer)) {
	w.bot.Command(context.Background(), slack.SlashCommand{
		TeamID: team, UserID: actor, Command: bot.Slash, Text: text, TriggerID: "t" + w.turn(),
		ResponseURL: "http://slack.test/response/1",
	}, ack)
}

// opensHome opens the Home tab.
func (w *world) opensHome(actor, team string, ack func(bot.Answer)) {
	w.bot.Event(context.Background(), slackevents.EventsAPIEvent{
		TeamID: team, InnerEvent: slackevents.EventsAPIInnerEvent{Data: &slackevents.AppHomeOpenedEvent{User: actor, Tab: "home"}},
	}, ack)
}

// filledIn is the state of every input of every modal, each with something that
// it takes.
func filledIn() *slack.ViewState {
	today := rapport.DateOf(now().In(tokyo))
	state := &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}
	pick := func(value string) slack.BlockAction {
		o := slack.OptionBlockObject{Value: value}
		return slack.BlockAction{SelectedOption: o, SelectedOptions: []slack.OptionBlockObject{o}}
	}
	for block, a := range map[string]slack.BlockAction{
		"in_outcome": pick("light"), "in_setting": pick("walk"), "in_kind": pick("fact"), "in_length": pick("30"),
		"in_language": pick("auto"), "in_days": pick("mon"), "in_per_week": pick("2"), "in_rhythm": pick("14"),
		"in_digest": pick("mon"), "in_country": pick("jp"), "in_full_text": {}, "in_told": {}, "in_welcome": {}, "in_blocked": {},
		"in_day": {SelectedDate: today.String()}, "in_date": {SelectedDate: today.AddDays(2).String()}, "in_time": {SelectedTime: "15:00"},
		"in_from": {SelectedTime: "09:00"}, "in_to": {SelectedTime: "18:00"}, "in_until": {SelectedDate: today.AddDays(9).String()},
		"in_due": {SelectedDate: today.AddDays(3).String()}, "in_note": {Value: "typed"}, "in_promise": {Value: "typed"},
		"in_own": {Value: "typed"}, "in_word": {Value: "typed"}, "in_intent": {Value: "typed"}, "in_people": {SelectedUsers: []string{accessNobody[0]}},
		"in_away_from": {}, "in_away_until": {}, "in_probation": {}, "in_evaluation": {}, "in_common": {}, "in_hope": {},
		"in_support": {}, "in_interest": {}, "in_strength": {}, "in_ask": {},
	} {
		state.Values[block] = map[string]slack.BlockAction{block: a}
	}
	return state
}

// variantsOf are the endings that an action's id may have.
func variantsOf(a view.Action) []string {
	switch a {
	case view.ActOutcome:
		var all []string
		for _, o := range rapport.Outcomes() {
			all = append(all, string(o))
		}
		return all
	case view.ActIntent:
		return []string{string(view.IntentUnderstand), string(view.IntentSupport), string(view.IntentInformation)}
	case view.ActHomePage, view.ActMePage:
		return []string{"back", "on"}
	case view.ActDropTag:
		return []string{string(store.Interest), string(store.Strength)}
	}
	return []string{""}
}

// valuesOf are the forms in which a control may carry an id of a kind: as a ref or,
// where there is a choice, in a menu, or as a thing that is kept.
func valuesOf(a view.Action, kind string) []string {
	ref := kind + ":%s"
	switch a {
	default:
		return []string{ref}
	case view.ActMenu, view.ActNoteMenu, view.ActPromiseMenu, view.ActTalkMenu, view.ActMeRemove:
	}
	all := []string{ref, "b/" + ref}
	for _, item := range []view.MenuItem{
		view.MenuNote, view.MenuPromise, view.MenuCoffee, view.MenuSnooze, view.MenuEnd, view.MenuEdit, view.MenuRemove, view.MenuKeep,
	} {
		all = append(all, string(item)+"/"+ref)
	}
	for _, item := range []store.ItemKind{
		store.ItemNote, store.ItemWord, store.ItemPromise, store.ItemCommon, store.ItemTalk, store.ItemInterest, store.ItemStrength, store.ItemTopics,
	} {
		all = append(all, string(item)+"/%s")
	}
	return all
}

// deedsOn are the things somebody may do with an id of a kind: press every button
// with it, in every form, and submit every modal that carries it.
func (w *world) deedsOn(kind string, on sheet) []deed {
	var all []deed
	actions, modals := w.bot.Handled()
	for _, action := range actions {
		for _, variant := range variantsOf(action) {
			id := string(action)
			if variant != "" {
				id = action.With(variant)
			}
			for _, form := range valuesOf(action, kind) {
				all = append(all, deed{"press " + id + " " + form + " on " + string(on), false, func(w *world, actor, thing string, ack func(bot.Answer)) {
					w.press(actor, accessTeam, on, id, slack.BlockAction{Value: strings.ReplaceAll(form, "%s", thing)}, ack)
				}})
			}
		}
	}
	for _, modal := range modals {
		for _, ref := range []string{kind + ":", "b/" + kind + ":"} {
			all = append(all, deed{"submit " + string(modal) + " " + ref, false, func(w *world, actor, thing string, ack func(bot.Answer)) {
				w.submit(actor, accessTeam, modal, ref+thing, ack)
			}})
		}
	}
	return all
}

// deedsAbout are the things somebody may do with a person's id: type every command
// about them, and pick them where people are picked.
func (w *world) deedsAbout(on sheet) []deed {
	var all []deed
	for _, c := range bot.Commands() {
		for _, more := range []string{"", " opened yesterday", " a few words", " 3", " fri 15:00"} {
			all = append(all, deed{"run " + c.Word + " @person" + more, true, func(w *world, actor, person string, ack func(bot.Answer)) {
				w.run(actor, accessTeam, c.Word+" <@"+person+">"+more, ack)
			}})
		}
	}
	actions, _ := w.bot.Handled()
	for _, action := range actions {
		all = append(all, deed{"pick a person for " + string(action), true, func(w *world, actor, person string, ack func(bot.Answer)) {
			w.press(actor, accessTeam, on, string(action), slack.BlockAction{SelectedUser: person, Value: "p:" + person}, ack)
		}})
	}
	return all
}

// fresh is what is new each time: ids, and what people are given to find a line of
// the log by.
var fresh = regexp.MustCompile(`\b[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?\b|"trigger_id":"\w+"`)

// answer does a deed with an id, and returns what Slack is told with the id taken
// out.
func (w *world) answer(t testing.TB, d deed, actor, id string) (plain, raw string) {
	raw = w.told(t, func(ack func(bot.Answer)) { d.do(w, actor, id, ack) })
	if d.adds {
		w.undo(t, actor)
	}
	return fresh.ReplaceAllString(strings.ReplaceAll(raw, id, "ID"), "FRESH"), raw
}

// leaks returns what the actor is told that is not theirs to know: a text of two
// others, a text in a message that belongs into a modal, the id of another's thing.
func (w *world) leaks(actor, sentID, told string) []string {
	var found []string
	for _, m := range regexp.MustCompile(`only/(\w+)/(\w+)/\w+`).FindAllStringSubmatch(told, -1) {
		if m[1] != actor && m[2] != actor {
			found = append(found, m[0])
		}
	}
	for part := range strings.SplitSeq(told, "\n\n") {
		inView := strings.HasPrefix(part, "views.") || strings.HasPrefix(part, `ack {"response_action"`)
		// A starter may speak of a tag, and a digest of the leader's own intent.
		part = regexp.MustCompile(`only/\w*/\w*/(?:intent|interest|strength)`).ReplaceAllString(part, "")
		if strings.Contains(part, "only/") && !inView && !strings.Contains(part, "/intent") {
			found = append(found, "a text outside a modal: "+part)
		}
	}
	for _, th := range w.things {
		if th.leader != actor && th.person != actor && th.id != sentID && strings.Contains(told, th.id) {
			found = append(found, "the id of a thing of "+th.leader+"'s")
		}
	}
	return found
}
