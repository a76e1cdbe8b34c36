package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/config"
	"innerview/internal/calendar"
	"innerview/internal/i18n"
	"innerview/internal/store"
	"innerview/internal/telemetry"
	"innerview/questions"
	"innerview/rapport"
	"innerview/scheduler"
)

// askWithin bounds every request to Slack.
const askWithin = 10 * time.Second

// house is everything that runs, put together by hand in the order in which it
// starts.
type house struct {
	c         config.Config
	log       *slog.Logger
	metrics   *telemetry.Metrics
	store     *store.Store
	bank      *questions.Bank
	calendar  *calendar.Atlas
	zone      *time.Location
	window    rapport.Hours
	api       *slack.Client
	http      *http.Client
	bot       *bot.Bot
	scheduler *scheduler.Scheduler
	clock     func() time.Time
	workspace string      // in the store, once Slack has been met
	met       atomic.Bool // bot and scheduler are there
}

// open opens what stands on this machine: settings, store, bank and calendar.
// The caller closes the store.
func (p *program) open(ctx context.Context, c config.Config, o store.Options) (*house, error) {
	h := &house{c: c, clock: o.Now, metrics: telemetry.NewMetrics()}
	if h.clock == nil {
		h.clock = time.Now
	}
	var err error
	if h.log, err = p.logger(c); err != nil {
		return nil, err
	}
	if h.zone, err = time.LoadLocation(c.Zone); err != nil {
		return nil, fmt.Errorf("zone %s: %w", c.Zone, err)
	}
	if h.window, err = calendar.ParseHours(c.Nudges.Window); err != nil {
		return nil, fmt.Errorf("nudges.window: %w", err)
	}
	if h.calendar, err = openCalendar(c); err != nil {
		return nil, err
	}
	if h.bank, err = questions.Open(c.Questions.Dir); err != nil {
		return nil, err
	}
	o.TellFirst = c.People.Notice == "dm"
	if c.Notes.Mode != rapport.NotesOff {
		o.NoteDays = c.Notes.KeepDays
	}
	if h.store, err = store.Open(ctx, h.log, c.Store.URL, c.Keys.File, o); err != nil {
		return nil, err
	}
	return h, nil
}

func (p *program) logger(c config.Config) (*slog.Logger, error) {
	return telemetry.NewLogger(telemetry.LogOptions{Level: c.Log.Level, Format: c.Log.Format, Writer: p.stderr})
}

// announceKey says loudly that a key was made, or that there are two.
func (p *program) announceKey(h *house) {
	if h.store.MasterKeys() > 1 {
		fmt.Fprintf(p.stderr, "innerview: %s\n", unfinishedRotation)
	}
	if h.store.CreatedKey() {
		fmt.Fprintf(p.stderr, "innerview: made a new key in %s. Keep a copy of it apart from the database: "+
			"without it, no note can be read again, by anyone.\n", h.c.Keys.File)
	}
}

func (h *house) close() {
	if h != nil && h.store != nil {
		if err := h.store.Close(); err != nil {
			h.log.Error("the database did not close cleanly", slog.Any("error", err))
		}
	}
}

func openCalendar(c config.Config) (*calendar.Atlas, error) {
	o := calendar.Options{Country: c.Nudges.Holidays}
	if c.Nudges.DaysOffFile != "" {
		file, err := os.Open(c.Nudges.DaysOffFile)
		if err != nil {
			return nil, fmt.Errorf("nudges.days_off_file: %w", pathless(err))
		}
		defer file.Close()
		if o.DaysOff, err = calendar.ReadDaysOff(file); err != nil {
			return nil, fmt.Errorf("nudges.days_off_file %s: %w", c.Nudges.DaysOffFile, err)
		}
	}
	atlas, err := calendar.NewAtlas(o)
	if err != nil {
		return nil, fmt.Errorf("nudges.holidays: %w", err)
	}
	return atlas, nil
}

// pathless keeps the reason of a file error: the path stands before it already.
func pathless(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return fmt.Errorf("%s: %w", pe.Path, pe.Err)
	}
	return err
}

// dial makes the client for Slack. Nothing is re-sent by it: whether a lost
// answer may be asked for again is decided where the question is understood.
func (h *house) dial() {
	h.http = &http.Client{Timeout: askWithin}
	h.api = slack.New(h.c.Slack.BotToken.Reveal(),
		slack.OptionAPIURL(h.c.Slack.APIURL),
		slack.OptionAppLevelToken(h.c.Slack.AppToken.Reveal()),
		slack.OptionHTTPClient(h.http),
	)
}

// meet asks Slack which workspace the token belongs to, binds the database to
// it, and builds bot and scheduler for it.
func (h *house) meet(ctx context.Context) error {
	who, err := h.api.AuthTestContext(ctx)
	if err != nil {
		return unmetError{err}
	}
	workspace, err := h.store.BindTeam(ctx, who.TeamID)
	if err != nil {
		return err
	}
	h.workspace = workspace
	return h.furnish(bot.Workspace{ID: workspace, Team: who.TeamID}, true)
}

// unmetError is why Slack could not be met.
type unmetError struct{ err error }

func (e unmetError) Error() string {
	if code := e.refusal(); code != "" {
		return fmt.Sprintf("slack refuses the bot token (%s): check slack.bot_token", code)
	}
	return fmt.Sprintf("slack could not be reached: %v", e.err)
}

func (e unmetError) Unwrap() error { return e.err }

// refusal returns the code with which Slack refuses the token, "" where trying
// again may help: the way to Slack, or Slack itself, has a bad moment.
func (e unmetError) refusal() string {
	var refused slack.SlackErrorResponse
	if !errors.As(e.err, &refused) {
		return ""
	}
	switch refused.Err {
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited":
		return ""
	}
	return refused.Err
}

// furnish builds the bot and the scheduler. jitter spreads the first messages of
// a morning.
func (h *house) furnish(w bot.Workspace, jitter bool) error {
	catalog, err := i18n.Load()
	if err != nil {
		return err
	}
	language := rapport.Language(h.c.Language)
	if h.c.Language == "auto" {
		language = ""
	}
	h.bot = bot.New(h.log, h.api, h.http, h.store, h.bank, catalog, h.calendar, w, bot.Options{
		Now: h.clock, Zone: h.zone, Language: language, Window: h.window,
		PerWeek: h.c.Nudges.PerWeek, Rhythm: h.c.Nudges.RhythmDays, Digest: h.c.Digest.Day,
		Notes: h.c.Notes.Mode, NoteDays: h.c.Notes.KeepDays,
		RosterOnly: h.c.People.Leaders == "roster", TellPeople: h.c.People.Notice == "dm", Watch: h.metrics,
	})
	h.plan(w.ID, jitter)
	return nil
}

// plan builds the scheduler alone, which is all that looking ahead needs.
func (h *house) plan(workspace string, jitter bool) {
	var post scheduler.Deliverer
	if h.bot != nil {
		post = h.bot
	}
	h.scheduler = scheduler.New(h.log, h.store, h.bank, h.calendar, post, workspace, scheduler.Options{
		Zone: h.zone, PerWeek: h.c.Nudges.PerWeek, Rhythm: h.c.Nudges.RhythmDays, Window: h.window,
		Digest: h.c.Digest.Day, Jitter: jitter, Watch: h.metrics,
	})
}

// alone reads the settings for a command that needs the database to itself. The
// caller lets go of it.
func (p *program) alone(as string) (config.Config, *slog.Logger, func(), error) {
	c, err := p.settings()
	if err != nil {
		return c, nil, nil, err
	}
	log, err := p.logger(c)
	if err != nil {
		return c, nil, nil, err
	}
	release, err := store.Lock(c.Store.URL, as)
	return c, log, release, err
}
