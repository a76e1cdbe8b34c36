package bot

import (
	"context"
	"fmt"

	"innerview/bot/view"
	"innerview/rapport"
)

// unlessSteppedOut lets what a press or a form brought stand, unless what it was
// about is gone because somebody stepped out: then it is answered with the one
// neutral line, which takes the place of the card. value is the one pressed.
func (b *Bot) unlessSteppedOut(ctx context.Context, r *request, value string, out reply, err error) (reply, error) {
	if rapport.KindOf(err) != rapport.NotFound {
		return out, err
	}
	gone, unread := b.steppedOut(ctx, r, value)
	if unread != nil {
		return reply{}, unread
	}
	if !gone {
		return out, err
	}
	if r.channel == "" || r.fleeting {
		return reply{}, &rapport.Error{Kind: rapport.Forbidden, Key: "error.opted_out", Err: err}
	}
	line := r.p.T("error.opted_out")
	d, err := b.digestPressed(ctx, r)
	switch {
	case rapport.KindOf(err) == rapport.NotFound:
		return replace(view.Say(r.p, line))
	case err != nil:
		return reply{}, err
	}
	w := b.week(d, nil)
	w.Said = line
	return replace(view.Digest(r.p, w))
}

// steppedOut reports whether somebody whom a control is about has stepped out:
// what it names may be erased, but not where its message stands.
func (b *Bot) steppedOut(ctx context.Context, r *request, value string) (bool, error) {
	_, chosen := view.ParseMenu(value)
	for _, ref := range append(view.ParseRefs(value), chosen, r.held) {
		out, err := b.store.SteppedOut(ctx, r.scope, ref.Pair, r.pressedOn())
		if err != nil {
			return false, fmt.Errorf("find who stepped out: %w", err)
		}
		if out {
			return true, nil
		}
	}
	return false, nil
}
