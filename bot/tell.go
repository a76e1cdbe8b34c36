package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/rapport"
)

// noticesAtOnce bounds what one heartbeat tells people, in messages.
const noticesAtOnce = 200

// Prepare does what goes ahead of each heartbeat: profiles are read anew, and
// people are told that somebody keeps them in mind.
func (b *Bot) Prepare(ctx context.Context, now time.Time) error {
	return errors.Join(b.RefreshProfiles(ctx, now), b.tellPeople(ctx, now))
}

// tellPeople sends everybody whom somebody keeps in mind their one notice, where
// the operator has chosen so (docs/method.md, "Dignity"). It stops when Slack
// wants a break.
func (b *Bot) tellPeople(ctx context.Context, now time.Time) error {
	if !b.o.TellPeople {
		return nil
	}
	due, err := b.store.DueNotices(ctx, b.workspace, now, noticesAtOnce)
	if err != nil {
		return fmt.Errorf("find due notices: %w", err)
	}
	for _, n := range due {
		if goOn, err := b.tell(ctx, n, now); err != nil || !goOn {
			return err
		}
	}
	return nil
}

// tell sends one notice, at most once and in the person's working hours, and
// reports whether others may follow. What certainly was not sent is tried again.
func (b *Bot) tell(ctx context.Context, n store.Notice, now time.Time) (goOn bool, err error) {
	profile, err := b.profile(ctx, n.Person)
	if err != nil {
		return false, err
	}
	local := now.In(b.zone(profile))
	quiet := b.atlas.For("").Quiet(rapport.DateOf(local), rapport.MondayToFriday)
	if profile.Outside() || quiet || !calendar.Open(local, b.o.Window) {
		return true, nil
	}
	claimed, err := b.store.ClaimNotice(ctx, b.workspace, n.Person, now)
	if err != nil || !claimed {
		return true, err
	}
	steady, cancel := context.WithTimeout(context.WithoutCancel(ctx), thorough)
	defer cancel()
	receipt := b.postTo(steady, n.Person, view.Told(b.printer("", profile), n.Leader, b.o.Notes))
	if err := b.store.SettleNotice(steady, b.workspace, n.Person, receipt, now); err != nil {
		return false, fmt.Errorf("settle a notice: %w", err)
	}
	if receipt.State == rapport.StateFailed {
		b.log.Warn("a notice was not sent", slog.String("reason", receipt.Reason))
	}
	return receipt.State != rapport.StatePending && !receipt.Stop, nil
}

// postTo posts a message to somebody who need not lead anybody.
func (b *Bot) postTo(ctx context.Context, user string, m view.Message) rapport.Receipt {
	if err := b.posts.Wait(ctx); err != nil {
		return b.later(retryAfter)
	}
	ctx, cancel := context.WithTimeout(ctx, postWithin)
	defer cancel()
	dm, _, _, err := b.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
	if err != nil {
		return b.notOpened(err)
	}
	at, ts, err := b.api.PostMessageContext(ctx, dm.ID, fresh(m)...)
	switch {
	case err != nil:
		return b.notPosted(err)
	case ts == "":
		return rapport.Receipt{State: rapport.StateUnsure, Channel: at}
	}
	return rapport.Receipt{State: rapport.StateSent, Channel: at, TS: ts}
}

// tellNow lets people know at once that the actor keeps them in mind. Whoever is
// not reached is for the next heartbeat.
func (b *Bot) tellNow(ctx context.Context, r *request, people []string) error {
	if !b.o.TellPeople {
		return nil
	}
	for _, person := range people {
		goOn, err := b.tell(ctx, store.Notice{Person: person, Leader: r.scope.Actor}, r.local)
		if err != nil {
			return fmt.Errorf("tell a person: %w", err)
		}
		if !goOn || ctx.Err() != nil {
			return nil
		}
	}
	return nil
}
