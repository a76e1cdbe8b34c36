package bot

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"innerview/bot/view"
	"innerview/rapport"
)

// fleetingFor is for how long Slack takes another answer in the place of an
// ephemeral message.
const fleetingFor = 30 * time.Minute

// fleeting remembers where ephemeral cards can be drawn anew from a modal that was
// opened from them: by an address that is a key, so that it is not sent along. What
// is lost with the program is only the redrawing.
type fleeting struct {
	mu    sync.Mutex
	cards map[string]fleetingCard
}

type fleetingCard struct {
	address string
	at      time.Time
}

// fleetingMark stands before the name of an ephemeral card.
const fleetingMark = "e-"

// keep returns a name for the card that an address leads to.
func (f *fleeting) keep(address string, now time.Time) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cards == nil {
		f.cards = make(map[string]fleetingCard)
	}
	for name, c := range f.cards {
		if now.Sub(c.at) > fleetingFor {
			delete(f.cards, name)
		}
	}
	name := fleetingMark + uuid.NewString()
	f.cards[name] = fleetingCard{address, now}
	return name
}

// take returns the address of a card, once.
func (f *fleeting) take(name string) (address string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, ok := f.cards[name]
	delete(f.cards, name)
	return c.address, ok
}

// askedOn names the card that was acted on, for a modal that answers what it asks;
// "" where that is no card.
func (b *Bot) askedOn(r *request) string {
	switch {
	case r.modal != "" || r.ts == "":
		return ""
	case r.fleeting && r.response == "":
		return ""
	case r.fleeting:
		return b.fleeting.keep(r.response, b.o.Now())
	}
	return r.ts
}

// settleAsked has the card on which it was asked whether anything was promised say
// that it is kept, and ask no more.
func (b *Bot) settleAsked(ctx context.Context, r *request, card string, pair rapport.Pair, saved string, out *reply) {
	if card == "" {
		return
	}
	done := view.Done{Saved: saved}
	standing, err := b.people(ctx, []rapport.Pair{pair})
	if err != nil {
		b.log.Warn("a card could not be drawn anew", slog.Any("error", err))
		return
	}
	talk, err := b.askedTalk(ctx, r, card, pair)
	if err == nil {
		done = b.doneAgain(r, pair.Resting(standing[pair.Person]), talk)
		done.Saved = saved
	} else if rapport.KindOf(err) != rapport.NotFound {
		b.log.Warn("a card could not be drawn anew", slog.Any("error", err))
		return
	}
	b.drawAsked(ctx, r, card, done, out)
}

// drawAsked has the card say what is done from which a modal was opened, and reports
// whether it can.
func (b *Bot) drawAsked(ctx context.Context, r *request, card string, done view.Done, out *reply) bool {
	m := view.Settled(r.p, done)
	if card == "" {
		return false
	}
	if strings.HasPrefix(card, fleetingMark) {
		if r.response, r.fleeting = b.fleeting.take(card); r.fleeting {
			out.replace = &m
		}
		return r.fleeting
	}
	if d, err := b.digestAt(ctx, r, card); err == nil {
		m = view.Digest(r.p, b.week(d, &done))
	}
	out.replace, out.replied = &m, &posted{r.leader.Channel, card}
	return true
}

// askedTalk is the talk that a card tells of; that of an ephemeral one was recorded
// last, of whatever day it is.
func (b *Bot) askedTalk(ctx context.Context, r *request, card string, pair rapport.Pair) (rapport.Talk, error) {
	if !strings.HasPrefix(card, fleetingMark) {
		return b.store.TalkAt(ctx, r.scope, pair.ID, card, r.today)
	}
	talks, err := b.store.Talks(ctx, r.scope, pair.ID, r.today, lastTalks)
	if err == nil && len(talks) == 0 {
		err = rapport.ErrNotFound
	}
	if err != nil {
		return rapport.Talk{}, err
	}
	return slices.MaxFunc(talks, func(s, t rapport.Talk) int { return s.RecordedAt.Compare(t.RecordedAt) }), nil
}
