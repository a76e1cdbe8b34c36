package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"innerview/internal/store"
)

// Run ticks at the times the cron spec names (as "@every 5m") until ctx ends,
// and returns once the tick under way has settled what it was sending. It also
// ticks once at the start. before, when not nil, runs ahead of each tick; its
// error is logged and the tick goes on. A failing disk ends Run with its error.
func (s *Scheduler) Run(ctx context.Context, spec string, clock func() time.Time,
	before func(context.Context, time.Time) error,
) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	beat := func() {
		if err := s.beat(ctx, clock(), before); store.IsFatal(err) {
			fail(err)
		}
	}
	schedule, err := ParseHeartbeat(spec)
	if err != nil {
		return err
	}
	alarm := cron.New(cron.WithChain(cron.Recover(cronLog{s.log}), cron.SkipIfStillRunning(cron.DiscardLogger)))
	alarm.Schedule(schedule, cron.FuncJob(beat))
	beat()
	alarm.Start()
	<-ctx.Done()
	<-alarm.Stop().Done()
	if cause := context.Cause(ctx); store.IsFatal(cause) {
		return cause
	}
	return nil
}

// ParseHeartbeat reads a cron spec of five fields or an "@every" descriptor.
// Specs that name a zone are refused: the heartbeat has none, and cron's parser
// panics on some of them.
func ParseHeartbeat(spec string) (schedule cron.Schedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			schedule, err = nil, fmt.Errorf("parse heartbeat %q: not a cron spec", spec)
		}
	}()
	schedule, err = cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("parse heartbeat %q: %w", spec, err)
	}
	return schedule, nil
}

func (s *Scheduler) beat(ctx context.Context, now time.Time, before func(context.Context, time.Time) error) error {
	start := time.Now()
	if before != nil {
		if err := before(ctx, now); err != nil && ctx.Err() == nil {
			s.log.Warn("member profiles could not be refreshed", slog.Any("error", err))
		}
	}
	lines, err := s.Tick(ctx, now)
	if err == nil {
		err = s.store.Tidy(ctx, s.workspace, now)
	}
	result := "ok"
	if err != nil && !errors.Is(err, context.Canceled) {
		result = "error"
		s.log.Error("the heartbeat stopped early", slog.Any("error", err))
	}
	if s.o.Watch != nil {
		s.o.Watch.HeartbeatDone(result, time.Since(start), len(lines))
	}
	return err
}

// cronLog lets cron tell us of a panic it caught.
type cronLog struct{ log *slog.Logger }

func (cronLog) Info(string, ...any) {}

// Error logs that a heartbeat panicked. The values are left out: they may hold
// anything.
func (c cronLog) Error(error, string, ...any) { c.log.Error("the heartbeat panicked") }
