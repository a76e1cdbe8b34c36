package slacksimtest_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
)

// These tests hold that the client library reads what the simulator writes.

func TestLibraryReadsPeople(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana(), mei(), slacksim.User{ID: "U0OLD", Deleted: true})
	api := client(w)

	who, err := api.AuthTestContext(t.Context())
	if err != nil || who.UserID != slacksim.BotUserID || who.BotID != slacksim.BotID {
		t.Errorf("auth.test = %+v, %v", who, err)
	}
	u, err := api.GetUserInfoContext(t.Context(), "U0MEI")
	if err != nil || u.TZ != "Asia/Tokyo" || u.TZOffset != 32400 || u.Locale != "ja-JP" || u.Profile.DisplayName != "美咲" {
		t.Errorf("users.info = %+v, %v", u, err)
	}
	all, err := api.GetUsersContext(t.Context(), slack.GetUsersOptionLimit(2))
	if err != nil {
		t.Fatalf("users.list: %v", err)
	}
	var ids []string
	for _, u := range all {
		ids = append(ids, u.ID)
	}
	want := []string{slacksim.SlackbotID, "U0ANA", "U0MEI", "U0OLD", slacksim.BotUserID}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("users.list (-want +got):\n%s", diff)
	}
	_, err = api.GetUserInfoContext(t.Context(), "U9")
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) || refused.Err != "user_not_found" {
		t.Errorf("users.info of nobody = %v", err)
	}
}

func TestLibraryReadsScopes(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	w.AllowBreaches()
	_, err := client(w).GetUserByEmailContext(t.Context(), "ana@example.com")
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) || refused.Err != "missing_scope" || refused.Needed != "users:read.email" || refused.Provided == "" {
		t.Errorf("error = %#v", err)
	}
}

func TestLibraryReadsBlockErrors(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	w.AllowBreaches()
	_, _, err := client(w).PostMessageContext(t.Context(), "U0ANA", slack.MsgOptionText("t", false), slack.MsgOptionBlocks(slack.NewHeaderBlock(plain(""))))
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) || refused.Err != "invalid_blocks" {
		t.Fatalf("error = %#v", err)
	}
	want := []string{"[ERROR] must be at least 1 characters [json-pointer:/blocks/0/text/text]"}
	if diff := cmp.Diff(want, refused.ResponseMetadata.Messages); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

// allElements is one of each element that stands in an actions block.
func allElements() []slack.BlockElement {
	one, two := slack.NewOptionBlockObject("1", plain("One"), nil), slack.NewOptionBlockObject("2", plain("Two"), nil)
	return []slack.BlockElement{
		slack.NewButtonBlockElement("button", "v", plain("Go")).WithConfirm(
			slack.NewConfirmationBlockObject(plain("Sure?"), plain("Really?"), plain("Yes"), plain("No"))),
		slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("Pick"), "select", one, two),
		slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain("Who"), "user"),
		slack.NewOverflowBlockElement("menu", one, two),
		slack.NewCheckboxGroupsBlockElement("boxes", one, two),
		slack.NewRadioButtonsBlockElement("radio", one, two),
		slack.NewDatePickerBlockElement("date"),
		slack.NewTimePickerBlockElement("time"),
		slack.NewDateTimePickerBlockElement("moment"),
	}
}

func TestLibraryReadsEveryElement(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana(), mei())
	var got slack.InteractionCallback
	b := &bot{action: func(b *bot, r socketmode.Request, c slack.InteractionCallback) {
		got = c
		b.ack(r)
	}}
	b.start(t, w)
	channel, ts := post(t, b.api, "U0ANA", "All of them", allElements()...)
	message := w.User("U0ANA").DM().Expect("All of them")

	use := func(act func()) slack.BlockAction {
		t.Helper()
		got = slack.InteractionCallback{}
		act()
		if len(got.ActionCallback.BlockActions) != 1 {
			t.Fatalf("actions = %+v", got.ActionCallback)
		}
		return *got.ActionCallback.BlockActions[0]
	}
	if a := use(func() { message.Click("Go") }); a.Value != "v" || a.Text.Text != "Go" || a.ActionTs == "" {
		t.Errorf("button = %+v", a)
	}
	if a := use(func() { message.Choose("Pick", "Two") }); a.SelectedOption.Value != "2" {
		t.Errorf("select = %+v", a)
	}
	if a := use(func() { message.Choose("Who", "U0MEI") }); a.SelectedUser != "U0MEI" {
		t.Errorf("users_select = %+v", a)
	}
	if a := use(func() { message.Click("Two") }); a.ActionID != "menu" || a.SelectedOption.Value != "2" {
		t.Errorf("overflow = %+v", a)
	}
	if a := use(func() { message.Choose("boxes", "One", "Two") }); len(a.SelectedOptions) != 2 {
		t.Errorf("checkboxes = %+v", a)
	}
	if a := use(func() { message.Choose("radio", "One") }); a.SelectedOption.Value != "1" {
		t.Errorf("radio = %+v", a)
	}
	if a := use(func() { message.Fill("date", "2026-11-25") }); a.SelectedDate != "2026-11-25" {
		t.Errorf("date = %+v", a)
	}
	if a := use(func() { message.Fill("time", "15:00") }); a.SelectedTime != "15:00" {
		t.Errorf("time = %+v", a)
	}
	if a := use(func() { message.Fill("moment", "1732500000") }); a.SelectedDateTime != 1732500000 {
		t.Errorf("moment = %+v", a)
	}
	if got.Channel.ID != channel || got.Container.MessageTs != ts || got.Message.Text != "All of them" || got.User.ID != "U0ANA" {
		t.Errorf("callback = %+v", got)
	}
	state := got.BlockActionState.Values["actions"]
	if state["select"].SelectedOption.Value != "2" || state["date"].SelectedDate != "2026-11-25" {
		t.Errorf("state = %+v", state)
	}
}

func TestLibraryUsesResponseURLs(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	var url string
	b := &bot{
		command: func(b *bot, r socketmode.Request, c slack.SlashCommand) {
			b.ack(r)
			_, _, err := b.api.PostMessageContext(t.Context(), "", slack.MsgOptionText("one moment", false),
				slack.MsgOptionBlocks(slack.NewActionBlock("a", slack.NewButtonBlockElement("ok", "1", plain("OK")))),
				slack.MsgOptionResponseURL(c.ResponseURL, slack.ResponseTypeEphemeral))
			if err != nil {
				t.Errorf("answer: %v", err)
			}
		},
		action: func(b *bot, r socketmode.Request, c slack.InteractionCallback) {
			url = c.ResponseURL
			_, _, err := b.api.PostMessageContext(t.Context(), "", slack.MsgOptionText("done", false), slack.MsgOptionReplaceOriginal(url))
			if err != nil {
				t.Errorf("replace: %v", err)
			}
			b.ack(r)
		},
	}
	b.start(t, w)
	p := w.User("U0ANA")
	p.Runs("list").ExpectButton("OK").Click("OK").Expect("done").ExpectNoButton("OK")
	err := slack.PostWebhookContext(t.Context(), url, &slack.WebhookMessage{DeleteOriginal: true})
	if err != nil {
		t.Errorf("delete: %v", err)
	}
	p.DM().ExpectCount(0)
}

func TestLibraryUpdatesViews(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	closed := make(chan slack.InteractionCallback, 1)
	b := &bot{
		command: func(b *bot, r socketmode.Request, c slack.SlashCommand) {
			first, err := b.api.OpenViewContext(t.Context(), c.TriggerID, talkModal())
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			b.ack(r)
			next := talkModal()
			next.Title = plain("Updated")
			_, err = b.api.UpdateViewContext(t.Context(), next, "", "0.stale", first.ID)
			var refused slack.SlackErrorResponse
			if !errors.As(err, &refused) || refused.Err != "hash_conflict" {
				t.Errorf("update with a stale hash = %v", err)
			}
			if _, err := b.api.UpdateViewContext(t.Context(), next, "", first.Hash, first.ID); err != nil {
				t.Errorf("update: %v", err)
			}
		},
		action: func(b *bot, r socketmode.Request, c slack.InteractionCallback) {
			b.ack(r)
			closed <- c
		},
	}
	b.start(t, w)
	p := w.User("U0ANA")
	p.Runs("log")
	p.Modal().Expect("Updated").Fill("Note", "half").Close()
	p.ExpectNoModal()
	if c := <-closed; c.Type != slack.InteractionTypeViewClosed || c.IsCleared || c.View.CallbackID != "talk" {
		t.Errorf("closed = %+v", c)
	}
}

func TestLibraryReadsEvents(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	var got []any
	b := &bot{event: func(b *bot, r socketmode.Request, e slackevents.EventsAPIEvent) {
		got = append(got, e.InnerEvent.Data)
		b.ack(r)
	}}
	b.start(t, w)
	w.UpdateUser(slacksim.User{ID: "U0ANA", Name: "ana", Deleted: true})
	w.Settle()
	if err := w.Uninstall(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 {
		t.Fatalf("events = %+v", got)
	}
	if e, ok := got[0].(*slackevents.UserChangeEvent); !ok || e.User.ID != "U0ANA" || !e.User.Deleted {
		t.Errorf("user_change = %+v", got[0])
	}
	kinds := map[bool]int{}
	for _, e := range got[1:] {
		_, revoked := e.(*slackevents.TokensRevokedEvent)
		_, uninstalled := e.(*slackevents.AppUninstalledEvent)
		kinds[revoked || uninstalled]++
	}
	if kinds[true] != 2 {
		t.Errorf("events = %+v", got[1:])
	}
	if err := b.socket.RunContext(t.Context()); err == nil || err.Error() != "account_inactive" {
		t.Errorf("a new connection = %v, want the end", err)
	}
}
