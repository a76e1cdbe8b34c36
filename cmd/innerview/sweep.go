package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"innerview/internal/store"
	"innerview/rapport"
)

func (p *program) sweep() *cobra.Command {
	var at string
	var dry bool
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Plan and deliver once, and end",
		Args:  exactly(0),
	}
	cmd.Flags().StringVar(&at, "at", "", "as at this time, such as 2026-11-25T10:30:00+09:00 (default now)")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only read the database, and print what would be sent")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		now := time.Now()
		if at != "" {
			var err error
			if now, err = time.Parse(time.RFC3339, at); err != nil {
				return usageError{fmt.Errorf("--at %q: want a time such as 2026-11-25T10:30:00+09:00", at), cmd}
			}
		}
		if dry {
			return p.previewSweep(cmd.Context(), now)
		}
		return p.runSweep(cmd.Context(), now)
	}
	return cmd
}

// runSweep sends what is due, and prints a line for each message.
func (p *program) runSweep(ctx context.Context, now time.Time) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	if err := c.RequireSlack(); err != nil {
		return err
	}
	release, err := store.Lock(c.Store.URL, "innerview sweep")
	if err != nil {
		return err
	}
	defer release()
	h, err := p.open(ctx, c, store.Options{Now: func() time.Time { return now }})
	if err != nil {
		return err
	}
	defer h.close()
	p.announceKey(h)
	h.dial()
	if err := h.meet(ctx); err != nil {
		return err
	}
	h.plan(h.workspace, false)
	if err := h.scheduler.Recover(ctx, now); err != nil {
		return err
	}
	if err := h.bot.Prepare(ctx, now); err != nil {
		fmt.Fprintln(p.stderr, "innerview: some member profiles could not be read, or some people not be told; what was known stands")
	}
	lines, err := h.scheduler.Tick(ctx, now)
	if printed := printLines(p.stdout, lines); err != nil || printed != nil {
		return errors.Join(printed, err)
	}
	return p.drain(ctx, h, &now)
}

// sweepPatience is how long a sweep waits for Slack in all. What is still due
// then is due at the next.
const sweepPatience = 2 * time.Minute

// drain sends what is left, and waits where Slack asks for a break. The time of
// the sweep moves on with the waiting.
func (p *program) drain(ctx context.Context, h *house, now *time.Time) error {
	for left := sweepPatience; ; {
		lines, err := h.scheduler.Drain(ctx, *now)
		if printed := printLines(p.stdout, lines); err != nil || printed != nil {
			return errors.Join(printed, err)
		}
		wait := h.scheduler.BreakUntil().Sub(*now)
		if wait <= 0 {
			return nil
		}
		if left -= wait; left < 0 {
			return errors.New("slack wants a longer break: some messages are still due, run sweep again later")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
			*now = now.Add(wait)
		}
	}
}

// previewSweep prints what would be sent. It opens the database to read, beside
// a running serve if there is one.
func (p *program) previewSweep(ctx context.Context, now time.Time) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	h, err := p.open(ctx, c, store.Options{ReadOnly: true, Now: func() time.Time { return now }})
	if err != nil {
		return err
	}
	defer h.close()
	workspace, _, err := h.store.Workspace(ctx)
	if rapport.KindOf(err) == rapport.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	h.plan(workspace, false)
	lines, err := h.scheduler.Preview(ctx, now)
	return errors.Join(printLines(p.stdout, lines), err)
}
