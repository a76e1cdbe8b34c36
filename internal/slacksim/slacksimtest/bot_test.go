package slacksimtest_test

import (
	"context"
	"log"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
)

// bot is a small app on the real client library: what it does with each payload is the test's to say.
type bot struct {
	api    *slack.Client
	socket *socketmode.Client

	command func(*bot, socketmode.Request, slack.SlashCommand)
	action  func(*bot, socketmode.Request, slack.InteractionCallback)
	event   func(*bot, socketmode.Request, slackevents.EventsAPIEvent)
}

func client(w *slacksimtest.Workspace) *slack.Client {
	return slack.New(slacksim.DemoBotToken,
		slack.OptionAPIURL(w.APIURL()),
		slack.OptionAppLevelToken(slacksim.DemoAppToken),
		slack.OptionHTTPClient(&http.Client{Timeout: 5 * time.Second}))
}

// start connects the bot and waits for the greeting. It ends before the workspace does.
func (b *bot) start(t *testing.T, w *slacksimtest.Workspace) {
	t.Helper()
	b.api = client(w)
	b.socket = socketmode.New(b.api, socketmode.OptionLog(log.New(testLog{}, "", 0)))
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { _ = b.socket.RunContext(ctx) })
	wg.Go(func() { b.serve(ctx) })
	t.Cleanup(func() { cancel(); w.DropSockets(); wg.Wait() })
	w.WaitConnected()
}

func (b *bot) serve(ctx context.Context) {
	for {
		select {
		case e := <-b.socket.Events:
			b.dispatch(e)
		case <-ctx.Done():
			return
		}
	}
}

func (b *bot) dispatch(e socketmode.Event) {
	switch data := e.Data.(type) {
	case slack.SlashCommand:
		b.command(b, *e.Request, data)
	case slack.InteractionCallback:
		b.action(b, *e.Request, data)
	case slackevents.EventsAPIEvent:
		b.event(b, *e.Request, data)
	}
}

func (b *bot) ack(r socketmode.Request, payload ...any) {
	if err := b.socket.Ack(r, payload...); err != nil {
		panic(err)
	}
}

// testLog swallows what the client library logs.
type testLog struct{}

func (testLog) Write(p []byte) (int, error) { return len(p), nil }

func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func ana() slacksim.User {
	return slacksim.User{
		ID: "U0ANA", Name: "ana", DisplayName: "Ana", RealName: "Ana Lima",
		TZ: "Europe/Lisbon", Locale: "en-GB", Email: "ana@example.com",
	}
}

func mei() slacksim.User {
	return slacksim.User{ID: "U0MEI", Name: "mei", DisplayName: "美咲", RealName: "Sato Misaki", TZ: "Asia/Tokyo", Locale: "ja-JP"}
}
