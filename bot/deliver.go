package bot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// postWithin bounds one post.
const postWithin = 10 * time.Second

// retryAfter is when to try again what certainly was not posted and where Slack
// named no time.
const retryAfter = time.Minute

// Deliver posts one message from the outbox and says what became of it. It posts
// at most once: whatever leaves doubt is [rapport.StateUnsure]
// (docs/architecture.md, "Delivery").
func (b *Bot) Deliver(ctx context.Context, d store.Delivery) rapport.Receipt {
	d, err := b.asOfNow(ctx, d)
	if err != nil {
		return b.later(retryAfter) // nothing has left this machine
	}
	m, err := b.render(d)
	if err != nil {
		return failed("not_rendered")
	}
	if d.Leader.FullText {
		m = m.Aloud()
	}
	if err := b.posts.Wait(ctx); err != nil {
		return b.later(retryAfter)
	}
	channel, err := b.channel(ctx, d.Leader.ID, d.Leader.Channel)
	if err != nil {
		return b.notOpened(err)
	}
	ctx, cancel := context.WithTimeout(ctx, postWithin)
	defer cancel()
	at, ts, err := b.api.PostMessageContext(ctx, channel, fresh(m)...)
	if err != nil {
		return b.notPosted(err)
	}
	if ts == "" {
		return rapport.Receipt{State: rapport.StateUnsure, Channel: at}
	}
	return rapport.Receipt{State: rapport.StateSent, Channel: at, TS: ts}
}

// asOfNow leaves out what is not to be said any more, for somebody may have begun to
// rest since the message was written: a digest names who still comes up, and the
// reminder of a coffee comes without an idea about them. Nor does it bring the first
// one about values, before which a question stands.
func (b *Bot) asOfNow(ctx context.Context, d store.Delivery) (store.Delivery, error) {
	today := rapport.DateOf(b.o.Now().In(b.zone(d.Leader.Profile)))
	switch d.Message.Kind {
	case rapport.KindDigest:
		people, err := b.people(ctx, d.Pairs)
		d.Pairs = rapport.ThisWeek(d.Pairs, people, today)
		return d, err
	case rapport.KindReminder:
		people, err := b.people(ctx, []rapport.Pair{d.Pair})
		if !d.Pair.Approachable(people[d.Pair.Person], today) || needsIntent(d.Pair, d.Offer.Level) {
			d.Offer = rapport.Offer{}
		}
		return d, err
	}
	return d, nil
}

// channel returns the DM with a leader, opening it the first time.
func (b *Bot) channel(ctx context.Context, user, known string) (string, error) {
	if known != "" {
		return known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, postWithin)
	defer cancel()
	dm, _, _, err := b.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
	if err != nil {
		return "", fmt.Errorf("conversations.open: %w", err)
	}
	if err := b.store.SetChannel(ctx, b.workspace, user, dm.ID); err != nil {
		return "", fmt.Errorf("save a channel: %w", err)
	}
	return dm.ID, nil
}

// tokenRefusals are the answers after which nothing else can be sent either.
var tokenRefusals = []string{
	"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required",
}

// mayHaveWorked are refusals that admit that something may have happened.
var mayHaveWorked = []string{"internal_error", "fatal_error", "request_timeout", "service_unavailable"}

// notOpened settles a message whose DM could not be opened: nothing was posted,
// so what is unclear is simply tried again.
func (b *Bot) notOpened(err error) rapport.Receipt {
	r := b.notPosted(err)
	if r.State == rapport.StateUnsure {
		return b.later(retryAfter)
	}
	return r
}

// notPosted tells a definite refusal from an answer that leaves doubt.
func (b *Bot) notPosted(err error) rapport.Receipt {
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		return b.later(limited.RetryAfter)
	}
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" {
		return b.later(retryAfter) // nothing has left this machine
	}
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) || slices.Contains(mayHaveWorked, refused.Err) {
		return rapport.Receipt{State: rapport.StateUnsure}
	}
	if refused.Err == "ratelimited" || refused.Err == "rate_limited" {
		return b.later(retryAfter)
	}
	r := failed(refused.Err)
	r.Stop = slices.Contains(tokenRefusals, refused.Err)
	return r
}

func failed(reason string) rapport.Receipt {
	return rapport.Receipt{State: rapport.StateFailed, Reason: reason}
}

func (b *Bot) later(wait time.Duration) rapport.Receipt {
	return rapport.Receipt{State: rapport.StatePending, RetryAt: b.o.Now().Add(wait)}
}

// render draws a message in the two languages: frame in the leader's, starter in
// the pair's. What a leader asked for comes without a starter where that has left
// the bank.
func (b *Bot) render(d store.Delivery) (view.Message, error) {
	p := b.printer(d.Leader.Language, d.Leader.Profile)
	switch d.Message.Kind {
	case rapport.KindDigest:
		w := b.week(d, nil)
		w.Intro = d.Leader.MetAt.IsZero()
		return view.Digest(p, w), nil
	case rapport.KindGoodbye:
		return view.Goodbye(p), nil
	case rapport.KindInvitation:
		return view.Invitation(p), nil
	}
	if d.Over {
		return view.Message{}, errors.New("what it speaks of is settled")
	}
	due := view.Due{Person: d.Pair.Person, Pair: d.Pair.ID, Intro: d.Leader.MetAt.IsZero()}
	switch d.Message.About {
	case rapport.AboutPromise:
		due.Promise = d.Message.Item
		return view.PromiseDue(p, due), nil
	case rapport.AboutNote:
		return view.NoteDue(p, due), nil
	}
	var card *view.Card
	if d.Offer.ID != "" {
		c, err := b.cardOf(d)
		switch {
		case err == nil:
			card = &c
		case d.Message.Kind.Unasked():
			return view.Message{}, err
		}
	}
	local := d.Plan.At.In(b.zone(d.Leader.Profile))
	when := moment(&request{p: p}, local)
	switch {
	case d.Message.Kind == rapport.KindReminder:
		if d.Offer.State != rapport.OfferShown {
			card = nil
		}
		return view.Near(p, when, d.Plan.ID, d.Pair.ID, d.Pair.Person, card), nil
	case d.Message.Kind == rapport.KindFollowUp:
		return view.HowItWent(p, view.Ref{Plan: d.Plan.ID}, d.Pair.Person), nil
	case card == nil:
		return view.Message{}, errors.New("a nudge without a starter")
	}
	card.Intro = d.Leader.MetAt.IsZero()
	return drawCard(&request{p: p}, d.Pair, *card), nil
}
