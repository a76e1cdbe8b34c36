package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"

	"github.com/google/uuid"
	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/internal/store"
	"innerview/rapport"
)

// explain turns an error into what the person reads: a sentence under the input
// it belongs to, or one ephemeral sentence. An error that is ours shows a short
// reference, which the log line carries too; its text never reaches Slack.
func (b *Bot) explain(r *request, kind string, err error) reply {
	var e *rapport.Error
	if !errors.As(err, &e) {
		reference := uuid.NewString()[:8]
		b.log.Error("a payload could not be handled", slog.String("payload", kind),
			slog.String("reference", reference), slog.Any("error", err))
		e = &rapport.Error{Key: "error.internal", Args: map[string]any{"Reference": reference}}
	}
	text := sentence(r.p, e)
	if kind != "modal" {
		m := view.Say(r.p, text)
		return reply{say: &m}
	}
	block := view.FieldBlock(e.Field)
	if block == "" {
		block = firstInput(r.state)
	}
	if block == "" {
		m := view.Say(r.p, text)
		return reply{say: &m}
	}
	return reply{errors: map[string]string{block: text}}
}

func sentence(p *i18n.Printer, e *rapport.Error) string {
	var pairs []any
	for name, value := range e.Args {
		if u, ok := value.(usageOf); ok {
			value = u.in(p.Language())
		}
		pairs = append(pairs, name, value)
	}
	return p.T(e.Key, pairs...)
}

// firstInput returns the block of any input of a submitted modal, so that
// trouble with the whole keeps the modal open too.
func firstInput(s *slack.ViewState) string {
	first := ""
	if s == nil {
		return first
	}
	for block := range s.Values {
		if first == "" || block < first {
			first = block
		}
	}
	return first
}

// ephemeral is the answer to a command, seen by the actor alone.
func ephemeral(m view.Message) Answer {
	return map[string]any{"response_type": "ephemeral", "text": m.Text, "blocks": m.Blocks}
}

// finish says and shows what a handler wants, and tells people, once Slack has its
// acknowledgement. What was recorded is safe by then, so trouble here is only
// logged.
func (b *Bot) finish(ctx context.Context, r *request, out reply) {
	var errs []error
	if out.say != nil && !out.said {
		errs = append(errs, b.say(ctx, r, *out.say))
	}
	if out.replace != nil {
		errs = append(errs, b.replace(ctx, r, out))
	}
	if m := cmp.Or(out.other, out.replace, out.say); out.also != nil && m != nil {
		errs = append(errs, b.redraw(ctx, r, *out.also, *m))
	}
	for _, at := range out.cards {
		errs = append(errs, b.redraw(ctx, r, at, *out.card))
	}
	if out.brief != nil {
		errs = append(errs, b.refreshBrief(ctx, r, *out.brief))
	}
	if out.redo != nil {
		errs = append(errs, b.redo(ctx, r, *out.redo))
	}
	if out.home {
		errs = append(errs, b.refreshHome(ctx, r))
	}
	if r.learnt {
		b.remember(ctx, r.scope.Actor, r.profile)
	}
	if r.scope.Actor != "" {
		errs = append(errs, b.store.Respond(ctx, r.scope, r.pressedOn(), r.today))
	}
	errs = append(errs, b.tellNow(ctx, r, out.tell))
	if err := errors.Join(errs...); err != nil {
		b.log.Warn("an answer could not be shown", slog.Any("error", err))
	}
}

// pressedOn returns where the message stands that was acted on, "" for none of
// the messages that come by themselves.
func (r *request) pressedOn() string {
	if r.fleeting {
		return ""
	}
	return r.ts
}

// say answers through the response_url where there is one. Home has none: what is
// said there is shown in a modal.
func (b *Bot) say(ctx context.Context, r *request, m view.Message) error {
	if r.response != "" {
		return b.respond(ctx, r.response, &slack.WebhookMessage{
			Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, ResponseType: slack.ResponseTypeEphemeral,
		})
	}
	if r.trigger == "" {
		return errors.New("nowhere to answer")
	}
	_, err := b.open(ctx, r, view.Notice(r.p, m))
	return err
}

// replace draws a message anew: by its response_url when it is ephemeral, else
// in its place.
func (b *Bot) replace(ctx context.Context, r *request, out reply) error {
	m := *out.replace
	if r.fleeting && r.response != "" {
		return b.respond(ctx, r.response, &slack.WebhookMessage{
			Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, ReplaceOriginal: true,
			ResponseType: slack.ResponseTypeEphemeral,
		})
	}
	at := posted{r.channel, r.ts}
	if out.replied != nil {
		at = *out.replied
	}
	if at.channel == "" || at.ts == "" {
		return b.say(ctx, r, m)
	}
	return b.redraw(ctx, r, at, m)
}

// redraw draws a message anew in its place. The first one that a leader ever got
// stays their introduction.
func (b *Bot) redraw(ctx context.Context, r *request, at posted, m view.Message) error {
	first, err := b.store.IsFirst(ctx, r.scope, at.ts)
	if err != nil {
		return fmt.Errorf("read a message: %w", err)
	}
	if first {
		m = view.Introduced(r.p, m)
	}
	if _, _, _, err := b.api.UpdateMessageContext(ctx, at.channel, at.ts, body(m)...); err != nil {
		return fmt.Errorf("chat.update: %w", err)
	}
	return nil
}

// redo shows a modal anew, which the person may have closed meanwhile.
func (b *Bot) redo(ctx context.Context, r *request, v slack.ModalViewRequest) error {
	id := cmp.Or(r.modalID, r.beneath)
	if id == "" {
		return nil
	}
	_, err := b.api.UpdateViewContext(ctx, v, "", "", id)
	var refused slack.SlackErrorResponse
	if err == nil || errors.As(err, &refused) && refused.Err == "not_found" {
		return nil
	}
	return fmt.Errorf("views.update: %w", err)
}

func (b *Bot) respond(ctx context.Context, address string, m *slack.WebhookMessage) error {
	if err := slack.PostWebhookCustomHTTPContext(ctx, address, b.http, m); err != nil {
		var at *url.Error // which names the address, and that is a key to the channel
		if errors.As(err, &at) {
			err = at.Err
		}
		return fmt.Errorf("response_url: %w", err)
	}
	return nil
}

// body is a message as chat.update takes it.
func body(m view.Message) []slack.MsgOption {
	return []slack.MsgOption{slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...)}
}

// fresh is a message as chat.postMessage takes it: links in it stay small.
func fresh(m view.Message) []slack.MsgOption {
	return append(body(m), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
}

// open shows a modal: over the one that was acted in, or in the place of a notice,
// for a few presses would fill the stack, which holds three. It comes before all
// that could wait: a trigger lives for three seconds.
func (b *Bot) open(ctx context.Context, r *request, v slack.ModalViewRequest) (reply, error) {
	var err error
	switch r.modal {
	case "":
		_, err = b.api.OpenViewContext(ctx, r.trigger, v)
	case view.ModalDone:
		_, err = b.api.UpdateViewContext(ctx, v, "", "", r.modalID)
	default:
		_, err = b.api.PushViewContext(ctx, r.trigger, v)
	}
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) && refused.Err == "exchanged_trigger_id" {
		return reply{}, store.ErrSeen // the same payload has opened it before
	}
	if errors.As(err, &refused) && refused.Err == "expired_trigger_id" {
		return reply{}, &rapport.Error{Kind: rapport.Unavailable, Key: "error.slow", Err: err}
	}
	if err != nil {
		return reply{}, fmt.Errorf("open a modal: %w", err)
	}
	return reply{}, nil
}
