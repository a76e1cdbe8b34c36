package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"innerview/internal/discretion"
)

// workers is how many payloads are handled at once. The socket's reader never
// waits for one.
const workers = 256

// drain is how long payloads under way may take to end when the bot stops.
const drain = 8 * time.Second

// Listen answers what comes through Socket Mode until ctx ends, and then waits for
// the handlers under way. It reconnects by itself; it returns an error only when
// Slack refuses the app's token for good.
func (b *Bot) Listen(ctx context.Context) error {
	go discretion.Warm() // or the first note would wait for the lists of words
	client := socketmode.New(b.api, socketmode.OptionLog(log.New(io.Discard, "", 0)))
	// The socket outlives ctx for a moment: what was clicked before a stop is
	// still answered.
	steady, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	stopped := make(chan error, 1)
	go func() { stopped <- client.RunContext(steady) }()
	var wg sync.WaitGroup
	slots := make(chan struct{}, workers)
	for {
		select {
		case event := <-client.Events:
			b.note(event)
			wg.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				b.dispatch(steady, client, event)
			})
		case err := <-stopped:
			b.connected(false)
			return fmt.Errorf("socket mode: %w", err)
		case err := <-b.fatal:
			hangUp()
			<-stopped
			b.connected(false)
			return fmt.Errorf("the disk fails: %w", err)
		case <-ctx.Done():
			wait(&wg, drain)
			hangUp()
			<-stopped
			b.connected(false)
			return nil
		}
	}
}

// note keeps the state of the connection for health and metrics.
func (b *Bot) note(event socketmode.Event) {
	switch event.Type {
	case socketmode.EventTypeHello:
		b.connected(true)
		b.log.Info("connected to slack")
	case socketmode.EventTypeConnectionError:
		b.connected(false)
		b.log.Warn("no connection to slack; trying again")
	case socketmode.EventTypeDisconnect, socketmode.EventTypeConnecting:
		b.connected(false)
	case socketmode.EventTypeErrorBadMessage:
		b.log.Warn("slack sent something unreadable")
	}
}

func (b *Bot) connected(yes bool) {
	if b.online.Swap(yes) != yes && b.o.Watch != nil {
		b.o.Watch.SocketConnected(yes)
	}
}

// Connected reports whether Slack has greeted the present connection.
func (b *Bot) Connected() bool { return b.online.Load() }

// dispatch hands an envelope to its handler. Envelopes of other kinds are
// acknowledged and left at that.
func (b *Bot) dispatch(ctx context.Context, client *socketmode.Client, event socketmode.Event) {
	envelope := envelopeOf(event)
	if envelope == "" {
		return
	}
	defer b.survive()
	ack := func(a Answer) {
		if err := acknowledge(ctx, client, envelope, a); err != nil {
			b.log.Warn("slack did not get an acknowledgement", slog.Any("error", err))
		}
	}
	switch data := event.Data.(type) {
	case slack.SlashCommand:
		b.Command(ctx, data, ack)
	case slack.InteractionCallback:
		b.Interaction(ctx, data, ack)
	case slackevents.EventsAPIEvent:
		b.Event(ctx, data, ack)
	default:
		ack(nil)
	}
}

// envelopeOf returns the id to acknowledge, "" for none. What could not be read
// has one too, and would come again and again without an answer.
func envelopeOf(event socketmode.Event) string {
	if event.Request != nil {
		return event.Request.EnvelopeID
	}
	bad, ok := event.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return ""
	}
	var frame struct {
		EnvelopeID string `json:"envelope_id"`
	}
	if json.Unmarshal(bad.Message, &frame) != nil {
		return ""
	}
	return frame.EnvelopeID
}

// survive keeps a panic from taking the bot down. What was panicked with is not
// logged, for it may hold anything.
func (b *Bot) survive() {
	if recover() != nil {
		b.log.Error("handling a payload panicked", slog.String("stack", string(debug.Stack())))
	}
}

func acknowledge(ctx context.Context, client *socketmode.Client, envelope string, a Answer) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return client.AckCtx(ctx, envelope, a)
}

// wait waits for the group, at most so long.
func wait(wg *sync.WaitGroup, atMost time.Duration) {
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(atMost):
	}
}
