package bot

import (
	"context"
	"fmt"

	"innerview/bot/view"
	"innerview/rapport"
)

const (
	snoozeDays = 7
	longest    = 366 // days a snooze or a pause may last
)

func (b *Bot) cmdSnooze(ctx context.Context, r *request, a args) (reply, error) {
	pair, err := b.pairWith(ctx, r, &a, "snooze")
	if err != nil {
		return reply{}, err
	}
	until, err := a.quietUntil(r.today, r.today.AddDays(snoozeDays), "snooze")
	if err != nil {
		return reply{}, err
	}
	return b.snooze(ctx, r, pair, until)
}

func (b *Bot) snooze(ctx context.Context, r *request, pair rapport.Pair, until rapport.Date) (reply, error) {
	if err := b.store.Snooze(ctx, r.scope, pair.ID, until, r.key); err != nil {
		return reply{}, fmt.Errorf("snooze a pair: %w", err)
	}
	return say(view.Say(r.p, r.p.T("snooze.done", "Person", r.p.Person(pair.Person), "When", r.p.Day(until, r.today))))
}

func (b *Bot) cmdPause(ctx context.Context, r *request, a args) (reply, error) {
	if _, one := a.person(); one {
		return reply{}, misused("error.pause_one", "snooze")
	}
	until, err := a.quietUntil(r.today, rapport.Date{}, "pause")
	if err != nil {
		return reply{}, err
	}
	return b.pause(ctx, r, until)
}

// pause silences everything until a day, or until resumed.
func (b *Bot) pause(ctx context.Context, r *request, until rapport.Date) (reply, error) {
	if err := b.store.Pause(ctx, r.scope, r.today, until, r.key); err != nil {
		return reply{}, startFirst(err)
	}
	if until.IsZero() {
		return say(view.Say(r.p, r.p.T("pause.open")))
	}
	return say(view.Say(r.p, r.p.T("pause.until", "When", r.p.Day(until, r.today))))
}

func (b *Bot) cmdResume(ctx context.Context, r *request, a args) (reply, error) {
	if _, one := a.person(); one {
		return reply{}, misused("error.resume_one", "next")
	}
	return b.resume(ctx, r)
}

func (b *Bot) resume(ctx context.Context, r *request) (reply, error) {
	paused, err := b.store.Resume(ctx, r.scope, r.today, r.key)
	if err != nil {
		return reply{}, startFirst(err)
	}
	if !paused {
		return say(view.Say(r.p, r.p.T("resume.not_paused")))
	}
	return say(view.Say(r.p, r.p.T("resume.done")))
}

// quietUntil reads the end of a silence: after today, and within a year.
func (a *args) quietUntil(today, otherwise rapport.Date, word string) (rapport.Date, error) {
	if a.empty() {
		return otherwise, nil
	}
	until, ok := a.until(today)
	if !ok || !a.empty() {
		return until, wrongUse(word)
	}
	if !until.After(today) || until.Sub(today) > longest {
		return until, &rapport.Error{Kind: rapport.Invalid, Key: "error.quiet_span"}
	}
	return until, nil
}

// startFirst says how to begin to somebody who is no leader yet.
func startFirst(err error) error {
	if rapport.KindOf(err) == rapport.NotFound {
		return &rapport.Error{Kind: rapport.NotFound, Key: "error.start_first", Err: err}
	}
	return fmt.Errorf("read the leader: %w", err)
}
