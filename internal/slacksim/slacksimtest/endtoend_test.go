package slacksimtest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
)

func TestCommandIsAnsweredInTheAcknowledgement(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana(), mei())
	var got slack.SlashCommand
	b := &bot{command: func(b *bot, r socketmode.Request, c slack.SlashCommand) {
		got = c
		b.ack(r, map[string]any{"text": "Here you are"})
	}}
	b.start(t, w)

	w.User("U0ANA").Runs("/innerview log @mei it went <well> & good").Expect("Here you are")

	if want := "log <@U0MEI> it went &lt;well&gt; &amp; good"; got.Text != want {
		t.Errorf("command text = %q, want %q", got.Text, want)
	}
	if got.UserID != "U0ANA" || got.Command != "/innerview" || got.TriggerID == "" || got.ResponseURL == "" {
		t.Errorf("command = %+v", got)
	}
	feed := w.Feed("U0ANA")
	if len(feed) != 2 || !feed[0].Own || !feed[1].Ephemeral {
		t.Errorf("feed = %+v, want the typed line and an ephemeral answer", feed)
	}
}

func TestMessageWithButtonIsUpdated(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	b := &bot{action: func(b *bot, r socketmode.Request, c slack.InteractionCallback) {
		a := c.ActionCallback.BlockActions[0]
		_, _, _, err := b.api.UpdateMessage(c.Channel.ID, c.Container.MessageTs,
			slack.MsgOptionText("Noted: "+a.Value, false), slack.MsgOptionBlocks())
		if err != nil {
			t.Errorf("update: %v", err)
		}
		b.ack(r)
	}}
	b.start(t, w)
	post(t, b.api, "U0ANA", "How was it?", slack.NewButtonBlockElement("talked", "pair-7", plain("We talked")))

	w.User("U0ANA").DM().Expect("How was it?").ExpectButton("We talked").Click("We talked").Expect("Noted: pair-7").ExpectNoButton("We talked")
}

// post opens the direct message and posts text with elements below it.
func post(t *testing.T, api *slack.Client, user, text string, elements ...slack.BlockElement) (string, string) {
	t.Helper()
	ch, _, _, err := api.OpenConversationContext(t.Context(), &slack.OpenConversationParameters{Users: []string{user}, ReturnIM: true})
	if err != nil {
		t.Fatalf("open conversation: %v", err)
	}
	blocks := []slack.Block{slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, text, false, false), nil, nil)}
	if len(elements) > 0 {
		blocks = append(blocks, slack.NewActionBlock("actions", elements...))
	}
	_, ts, err := api.PostMessageContext(t.Context(), ch.ID, slack.MsgOptionText(text, false), slack.MsgOptionBlocks(blocks...))
	if err != nil {
		t.Fatalf("post: %v", err)
	}
	return ch.ID, ts
}

func talkModal() slack.ModalViewRequest {
	note := slack.NewPlainTextInputBlockElement(plain("…"), "text")
	note.MaxLength = 20
	note.Multiline = true
	outcome := slack.NewRadioButtonsBlockElement("choice",
		slack.NewOptionBlockObject("light", plain("Light"), nil), slack.NewOptionBlockObject("opened", plain("Opened up"), nil))
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain("Record a talk"), Submit: plain("Save"), Close: plain("Cancel"),
		CallbackID: "talk", PrivateMetadata: "pair-7", NotifyOnClose: true,
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("outcome", plain("How was it?"), nil, outcome),
			&slack.InputBlock{Type: slack.MBTInput, BlockID: "note", Label: plain("Note"), Element: note, Optional: true},
			&slack.InputBlock{Type: slack.MBTInput, BlockID: "day", Label: plain("Day"), Element: &slack.DatePickerBlockElement{
				Type: slack.METDatepicker, ActionID: "date", InitialDate: "2026-11-20",
			}},
		}},
	}
}

func TestModalIsFilledRefusedAndSubmitted(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	var submitted []slack.InteractionCallback
	b := &bot{
		command: func(b *bot, r socketmode.Request, c slack.SlashCommand) {
			if _, err := b.api.OpenViewContext(t.Context(), c.TriggerID, talkModal()); err != nil {
				t.Errorf("open view: %v", err)
			}
			b.ack(r)
		},
		action: func(b *bot, r socketmode.Request, c slack.InteractionCallback) {
			submitted = append(submitted, c)
			if c.View.State.Values["outcome"]["choice"].SelectedOption.Value == "light" {
				b.ack(r, slack.NewErrorsViewSubmissionResponse(map[string]string{"outcome": "Are you sure?"}))
				return
			}
			b.ack(r)
		},
	}
	b.start(t, w)
	p := w.User("U0ANA")
	p.Runs("log").ExpectGone()

	modal := p.Modal().Expect("Record a talk")
	modal.Fill("Note", "much longer than twenty characters").Submit().
		ExpectError("outcome", "required").ExpectError("Note", "at most 20")
	modal.Choose("How was it?", "Light").Fill("Note", "short").Submit().ExpectError("outcome", "Are you sure?")
	modal.Choose("How was it?", "Opened up").Submit().ExpectGone()

	if len(submitted) != 2 {
		t.Fatalf("%d submissions arrived, want 2: the first was stopped by the client", len(submitted))
	}
	last := submitted[1].View
	got := map[string]string{
		"choice": last.State.Values["outcome"]["choice"].SelectedOption.Value,
		"note":   last.State.Values["note"]["text"].Value,
		"day":    last.State.Values["day"]["date"].SelectedDate,
		"meta":   last.PrivateMetadata,
	}
	want := map[string]string{"choice": "opened", "note": "short", "day": "2026-11-20", "meta": "pair-7"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("submitted (-want +got):\n%s", diff)
	}
}

func TestHomeIsPublishedWhenOpened(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	var hashes []string
	b := &bot{event: func(b *bot, r socketmode.Request, e slackevents.EventsAPIEvent) {
		opened := e.InnerEvent.Data.(*slackevents.AppHomeOpenedEvent)
		req := slack.PublishViewContextRequest{UserID: opened.User, View: slack.HomeTabViewRequest{
			Type: slack.VTHomeTab,
			Blocks: slack.Blocks{BlockSet: []slack.Block{
				slack.NewHeaderBlock(plain("Your people")),
			}},
		}}
		if opened.View != nil {
			req.Hash = &opened.View.Hash
			hashes = append(hashes, opened.View.Hash)
		}
		if opened.Tab == "home" {
			if _, err := b.api.PublishViewContext(t.Context(), req); err != nil {
				t.Errorf("publish: %v", err)
			}
		}
		b.ack(r)
	}}
	b.start(t, w)
	p := w.User("U0ANA")
	p.OpensHome().Expect("Your people")
	if err := w.OpenMessages(t.Context(), "U0ANA"); err != nil {
		t.Errorf("open messages: %v", err)
	}
	p.OpensHome()
	if len(hashes) != 1 {
		t.Errorf("%d events carried the published view, want 1: not the first, not the messages tab", len(hashes))
	}
}

func TestEventIsRedeliveredWithTheSameID(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	type seen struct {
		id      string
		attempt int
	}
	var got []seen
	b := &bot{event: func(b *bot, r socketmode.Request, e slackevents.EventsAPIEvent) {
		got = append(got, seen{e.Data.(*slackevents.EventsAPICallbackEvent).EventID, r.RetryAttempt})
		b.ack(r)
	}}
	b.start(t, w)
	changed := ana()
	changed.TZ = "Asia/Tokyo"
	w.UpdateUser(changed)
	w.Settle()
	if err := w.Redeliver(t.Context(), 1); err != nil {
		t.Fatalf("redeliver: %v", err)
	}
	if len(got) != 2 || got[0].id != got[1].id || got[0].attempt != 0 || got[1].attempt != 1 {
		t.Errorf("events = %v, want the same twice, the second as attempt 1", got)
	}
}

func TestFaultsReachTheClientLibrary(t *testing.T) {
	t.Parallel()
	w := slacksimtest.Start(t, slacksim.Options{}, ana())
	api := client(w)
	channel, _ := post(t, api, "U0ANA", "first")
	say := func(text string) error {
		_, _, err := api.PostMessageContext(t.Context(), channel, slack.MsgOptionText(text, false))
		return err
	}

	w.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.RateLimited, RetryAfter: 1500 * time.Millisecond})
	var limited *slack.RateLimitedError
	if err := say("limited"); !errors.As(err, &limited) || limited.RetryAfter != 2*time.Second {
		t.Errorf("rate limited: %v, want to wait two whole seconds", err)
	}
	w.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.LoseAnswer})
	if err := say("lost"); err == nil {
		t.Error("a lost answer is no error")
	}
	w.Fault(slacksim.Fault{Method: "*", Kind: slacksim.Status500After})
	var status slack.StatusCodeError
	if err := say("after"); !errors.As(err, &status) || status.Code != 500 {
		t.Errorf("500: %v", err)
	}
	w.Fault(slacksim.Fault{Method: "*", Kind: slacksim.Truncated})
	if err := say("truncated"); err == nil {
		t.Error("half an answer is no error")
	}
	w.Fault(slacksim.Fault{Method: "*", Kind: slacksim.Refuse, Error: "fatal_error"})
	var refused slack.SlackErrorResponse
	if err := say("refused"); !errors.As(err, &refused) || refused.Err != "fatal_error" {
		t.Errorf("refuse: %v", err)
	}
	if err := say("last"); err != nil {
		t.Errorf("after the faults: %v", err)
	}

	var got []string
	for _, m := range w.Messages(channel) {
		got = append(got, m.Text)
	}
	if diff := cmp.Diff([]string{"first", "lost", "after", "truncated", "last"}, got); diff != "" {
		t.Errorf("messages that arrived (-want +got):\n%s", diff)
	}
}

func TestClientReconnects(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		lose func(*slacksimtest.Workspace)
	}{
		{"refresh requested", func(w *slacksimtest.Workspace) { w.RefreshSockets() }},
		{"warning", func(w *slacksimtest.Workspace) { w.WarnSockets() }},
		{"connection cut", func(w *slacksimtest.Workspace) { w.DropSockets() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := slacksimtest.Start(t, slacksim.Options{}, ana())
			b := &bot{command: func(b *bot, r socketmode.Request, _ slack.SlashCommand) {
				b.ack(r, map[string]any{"text": "still here"})
			}}
			b.start(t, w)
			tt.lose(w)
			w.WaitConnected()
			w.User("U0ANA").Runs("list").Expect("still here")
		})
	}
}
