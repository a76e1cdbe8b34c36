package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

const (
	// patience is how long Slack is kept waiting; it gives up after three seconds.
	patience = 2 * time.Second
	// thorough bounds the handling of one payload, its late answer included.
	thorough = 20 * time.Second
)

// handler reads one payload of a known person, changes what it asks to, and says
// what to answer.
type handler func(ctx context.Context, r *request) (reply, error)

// Command answers a slash command: what it says goes with the acknowledgement.
func (b *Bot) Command(ctx context.Context, c slack.SlashCommand, ack func(Answer)) {
	ctx, cancel := context.WithTimeout(ctx, thorough)
	defer cancel()
	e := &envelope{ack: ack}
	defer e.within(patience)()
	r, out := b.handle(ctx, "command", who{team: c.TeamID, user: c.UserID}, func(ctx context.Context, r *request) (reply, error) {
		r.key = "command/" + c.TriggerID
		r.trigger, r.response = c.TriggerID, c.ResponseURL
		return b.runCommand(ctx, r, c.Text)
	})
	if out.say != nil && e.answer(ephemeral(*out.say)) {
		out.said = true
	}
	e.answer(nil)
	b.finish(ctx, r, out)
}

// Interaction answers a button, a menu or a submitted modal.
func (b *Bot) Interaction(ctx context.Context, i slack.InteractionCallback, ack func(Answer)) {
	ctx, cancel := context.WithTimeout(ctx, thorough)
	defer cancel()
	e := &envelope{ack: ack}
	switch {
	case i.Type == slack.InteractionTypeViewSubmission:
		b.submission(ctx, i, e)
	case i.Type == slack.InteractionTypeBlockActions && len(i.ActionCallback.BlockActions) > 0:
		b.blockAction(ctx, i, e)
	}
	e.answer(nil)
}

// Event answers an event. The acknowledgement follows the effect: an event whose
// effect was lost comes again.
func (b *Bot) Event(ctx context.Context, event slackevents.EventsAPIEvent, ack func(Answer)) {
	ctx, cancel := context.WithTimeout(ctx, thorough)
	defer cancel()
	e := &envelope{ack: ack}
	defer e.within(patience)()
	if event.TeamID == b.team {
		switch inner := event.InnerEvent.Data.(type) {
		case *slackevents.AppHomeOpenedEvent:
			if inner.Tab == "home" {
				b.homeOpened(ctx, inner.User)
			}
		case *slackevents.UserChangeEvent:
			b.userChanged(ctx, &inner.User)
		}
	}
	e.answer(nil)
}

// blockAction acknowledges after the commit and before the message is drawn
// anew.
func (b *Bot) blockAction(ctx context.Context, i slack.InteractionCallback, e *envelope) {
	defer e.within(patience)()
	action := i.ActionCallback.BlockActions[0]
	r, out := b.handle(ctx, "action", who{team: i.Team.ID, user: i.User.ID}, func(ctx context.Context, r *request) (reply, error) {
		r.key = fmt.Sprintf("action/%s/%s%s/%s/%s", i.User.ID, i.Container.MessageTs, i.View.ID, action.ActionTs, action.ActionID)
		r.trigger, r.response = i.TriggerID, i.ResponseURL
		r.channel, r.ts, r.fleeting = i.Container.ChannelID, i.Container.MessageTs, i.Container.IsEphemeral
		r.modal, r.root = view.Callback(i.View.CallbackID), i.View.RootViewID
		if i.View.Type == slack.VTModal {
			r.modalID, r.page = i.View.ID, view.ParsePage(i.View.PrivateMetadata)
			r.held = view.ParseRef(i.View.PrivateMetadata)
		}
		return b.runAction(ctx, r, action)
	})
	e.answer(nil)
	b.finish(ctx, r, out)
}

// submission is the promise that a modal keeps: it closes only when what was
// typed is safe, and otherwise stays open with a sentence. So the store gets no
// more time than Slack gives us.
func (b *Bot) submission(ctx context.Context, i slack.InteractionCallback, e *envelope) {
	brief, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// A database that is busy may not even hear that time is up.
	late := time.AfterFunc(patience, func() {
		e.answer(slack.NewErrorsViewSubmissionResponse(map[string]string{
			firstInput(i.View.State): b.speak(ctx, i.User.ID).T("error.not_saved"),
		}))
	})
	defer late.Stop()
	by := who{team: i.Team.ID, user: i.User.ID, state: i.View.State}
	r, out := b.handle(brief, "modal", by, func(ctx context.Context, r *request) (reply, error) {
		// A form that was drawn anew in its place keeps its id, but not its hash.
		r.key, r.root = "view/"+i.View.ID+"/"+i.View.Hash, i.View.RootViewID
		r.beneath, r.held = i.View.PreviousViewID, view.ParseRef(i.View.PrivateMetadata)
		return b.runModal(ctx, r, view.Callback(i.View.CallbackID), r.held)
	})
	switch {
	case len(out.errors) > 0:
		e.answer(slack.NewErrorsViewSubmissionResponse(out.errors))
	case out.view != nil:
		e.answer(slack.NewUpdateViewSubmissionResponse(out.view))
	default:
		e.answer(nil)
	}
	b.finish(ctx, r, out)
}

// handle identifies the actor, runs the handler and turns its error into words.
// A payload that was delivered before gets no second answer.
func (b *Bot) handle(ctx context.Context, kind string, w who, h handler) (*request, reply) {
	start := time.Now()
	r, out, err := b.attempt(ctx, w, h)
	if r == nil {
		r = &request{p: b.speak(ctx, w.user), state: w.state}
	}
	if b.o.Watch != nil {
		b.o.Watch.PayloadHandled(kind, resultOf(err), time.Since(start))
	}
	b.heed(err)
	switch {
	case errors.Is(err, store.ErrSeen):
		return r, reply{}
	case err != nil:
		return r, b.explain(r, kind, err)
	}
	return r, out.aloud(r.leader)
}

// aloud says all of it in the texts for notifications, for who chose so.
func (out reply) aloud(l rapport.Leader) reply {
	for _, m := range []*view.Message{out.say, out.replace, out.other, out.card} {
		if m != nil && l.FullText {
			*m = m.Aloud()
		}
	}
	return out
}

// heed ends [Bot.Listen] on trouble that the database may not survive: whether
// a commit took hold is not known any more until it is opened again.
func (b *Bot) heed(err error) {
	if !store.IsFatal(err) {
		return
	}
	select {
	case b.fatal <- err:
	default:
	}
}

// attempt runs a handler and turns a panic into an error: no payload may take
// the bot down. What was panicked with is not logged, for it may hold anything.
func (b *Bot) attempt(ctx context.Context, w who, h handler) (r *request, out reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			b.log.Error("a handler panicked", slog.String("stack", string(debug.Stack())))
			err = errors.New("handler panicked")
		}
	}()
	if r, err = b.identify(ctx, w); err != nil {
		return r, reply{}, err
	}
	out, err = h(ctx, r)
	return r, out, err
}

// resultOf names an outcome of handling from a closed set, for metrics.
func resultOf(err error) string {
	if err == nil {
		return "ok"
	}
	if kind := rapport.KindOf(err); kind != "" {
		return string(kind)
	}
	return "internal"
}
