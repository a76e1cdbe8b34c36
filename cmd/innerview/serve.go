package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/slack-go/slack"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"innerview/config"
	"innerview/internal/store"
	"innerview/internal/telemetry"
	"innerview/scheduler"
)

func (p *program) serve() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Run the bot",
		Args:  exactly(0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.runServe(cmd.Context()) },
	}
}

func (p *program) runServe(ctx context.Context) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	if err := checkServe(c); err != nil {
		return err
	}
	release, err := store.Lock(c.Store.URL, "innerview serve")
	if err != nil {
		return err
	}
	defer release()
	h, err := p.open(ctx, c, store.Options{})
	if err != nil {
		return err
	}
	defer h.close()
	p.announceKey(h)
	h.dial()
	listener, err := net.Listen("tcp", c.HTTP.Addr)
	if err != nil {
		return fmt.Errorf("http.addr %s is not free: stop what uses it, or choose another", c.HTTP.Addr)
	}
	return h.serve(ctx, listener)
}

func checkServe(c config.Config) error {
	if err := c.RequireSlack(); err != nil {
		return err
	}
	if _, err := scheduler.ParseHeartbeat(c.Schedule.Heartbeat); err != nil {
		return fmt.Errorf("schedule.heartbeat: %w", err)
	}
	return nil
}

// serve runs health, the socket and the heartbeat until ctx ends or one of them
// cannot go on. What is under way is finished first.
func (h *house) serve(ctx context.Context, listener net.Listener) error {
	group, ctx := errgroup.WithContext(ctx)
	server := &http.Server{
		Handler:           telemetry.Handler(h.ready, h.metrics),
		ReadHeaderTimeout: askWithin,
	}
	group.Go(func() error { return serveHTTP(ctx, server, listener) })
	group.Go(func() error {
		if err := h.reach(ctx); err != nil {
			return err
		}
		return h.live(ctx)
	})
	err := group.Wait()
	if err == nil || errors.Is(err, context.Canceled) {
		h.log.Info("stopped")
		return nil
	}
	return err
}

// reach meets Slack, again and again while it cannot be reached: an outage at
// the start heals by itself like any other.
func (h *house) reach(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := h.meet(ctx)
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		var unmet unmetError
		if !errors.As(err, &unmet) || unmet.refusal() != "" {
			return err
		}
		h.log.Warn("slack cannot be reached; trying again", slog.Duration("wait", wait))
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// live runs the socket and the heartbeat.
func (h *house) live(ctx context.Context) error {
	if ctx.Err() != nil {
		return nil
	}
	if err := h.scheduler.Recover(ctx, h.clock()); err != nil {
		return err
	}
	h.met.Store(true)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return h.listen(ctx) })
	group.Go(func() error {
		return h.scheduler.Run(ctx, h.c.Schedule.Heartbeat, h.clock, h.bot.Prepare)
	})
	return group.Wait()
}

// listen answers Slack until ctx ends, or Slack refuses the app token for good.
func (h *house) listen(ctx context.Context) error {
	err := h.bot.Listen(ctx)
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refusedSocket(refused)
	}
	return err
}

func refusedSocket(why slack.SlackErrorResponse) error {
	return fmt.Errorf("slack refuses the app token (%s): check slack.app_token, and that Socket Mode is on", why.Err)
}

// ready names what is missing, in a word, or nothing.
func (h *house) ready(ctx context.Context) error {
	if err := h.store.Ping(ctx); err != nil {
		return telemetry.Database
	}
	if !h.met.Load() {
		return telemetry.Starting
	}
	if !h.bot.Connected() {
		return telemetry.Socket
	}
	return nil
}

func serveHTTP(ctx context.Context, s *http.Server, l net.Listener) error {
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("http: %w", err)
	case <-ctx.Done():
		brief, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		if err := s.Shutdown(brief); err != nil {
			return s.Close()
		}
		return nil
	}
}
