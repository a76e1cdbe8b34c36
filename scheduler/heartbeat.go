package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"innerview/internal/store"
	"innerview/rapport"
)

// Run ticks at the times the cron spec names (as "@every 5m") until ctx ends,
// and returns once the tick under way has settled what it was sending. It also
// ticks once at the start. before, when not nil, runs ahead of each tick; its
// error is logged and the tick goes on. A failing disk ends Run with its error.
func (s *Scheduler) Run(ctx context.Context, spec string, clock func() time.Time,
	before func(context.Context, time.Time) error,
) error {
	schedule, err := ParseHeartbeat(spec)
	if err != nil {
		return err
	}
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	beat := func() {
		// Caught here and not by cron: its SkipIfStillRunning takes a heartbeat that
		// panicked for one that still runs, and skips all that follow.
		defer s.survive()
		if err := s.beat(ctx, clock(), before); store.IsFatal(err) {
			fail(err)
		}
	}
	alarm := cron.New(cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger)))
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
// Specs that name a zone are refused, for the heartbeat has none and cron's parser
// panics on some of them; so are specs that never come, as 31 February.
func ParseHeartbeat(spec string) (cron.Schedule, error) {
	if strings.HasPrefix(spec, "TZ=") || strings.HasPrefix(spec, "CRON_TZ=") {
		return nil, fmt.Errorf("parse heartbeat %q: it has no zone; leave out what stands before the first space", spec)
	}
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("parse heartbeat %q: %w", spec, err)
	}
	if schedule.Next(time.Unix(0, 0)).IsZero() {
		return nil, fmt.Errorf("parse heartbeat %q: there is no such day", spec)
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
	s.count(ctx)
	_, err := s.Tick(ctx, now)
	if err == nil {
		err = s.tidy(ctx, now)
	}
	result := "ok"
	if err != nil && !errors.Is(err, context.Canceled) {
		result = "error"
		s.log.Error("the heartbeat stopped early", slog.Any("error", err))
	}
	if s.o.Watch != nil {
		s.o.Watch.HeartbeatDone(result, time.Since(start), s.found())
	}
	return err
}

// count tells of how many leaders what is told is: of none where that cannot be
// known.
func (s *Scheduler) count(ctx context.Context) {
	if s.o.Watch == nil {
		return
	}
	n, err := s.store.CountLeaders(ctx, s.workspace)
	if err != nil && ctx.Err() == nil {
		s.log.Warn("leaders could not be counted", slog.Any("error", err))
	}
	s.o.Watch.Leaders(n)
}

// tidy destroys what has been kept long enough, once a day: it looks at every
// pair, and nothing it does is a matter of minutes.
func (s *Scheduler) tidy(ctx context.Context, now time.Time) error {
	today := rapport.DateOf(now.UTC())
	if today == s.tidiedOn {
		return nil
	}
	if err := s.store.Tidy(ctx, s.workspace, now); err != nil {
		return fmt.Errorf("tidy: %w", err)
	}
	s.tidiedOn = today
	return nil
}

// survive keeps a panic from ending the program: the next heartbeat may do
// better. What was panicked with is not logged, for it may hold anything.
func (s *Scheduler) survive() {
	if recover() != nil {
		s.log.Error("the heartbeat panicked", slog.String("stack", string(debug.Stack())))
	}
}
