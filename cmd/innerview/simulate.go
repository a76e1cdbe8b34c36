package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"innerview/config"
	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
	"innerview/scheduler"
)

type simulateOptions struct {
	from   string
	days   int
	roster string
	seed   uint64
	format string
}

func (p *program) simulate() *cobra.Command {
	var o simulateOptions
	cmd := &cobra.Command{
		Use:   "simulate --from DATE --days N",
		Short: "Print every message of the days to come, with no Slack and no writes",
		Args:  exactly(0),
	}
	cmd.Flags().StringVar(&o.from, "from", "", "the first day, YYYY-MM-DD")
	cmd.Flags().IntVar(&o.days, "days", 0, "how many days, 1 to 3660")
	cmd.Flags().StringVar(&o.roster, "roster", "", "a roster to begin with, as a CSV file (default the stored state)")
	cmd.Flags().Uint64Var(&o.seed, "seed", 1, "draws how the talks go")
	cmd.Flags().StringVar(&o.format, "format", "text", "text or json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		from, err := o.check()
		if err != nil {
			return usageError{err, cmd}
		}
		return p.runSimulate(cmd.Context(), o, from)
	}
	return cmd
}

func (o simulateOptions) check() (rapport.Date, error) {
	from, err := rapport.ParseDate(o.from)
	switch {
	case o.from == "":
		return from, fmt.Errorf("say when to begin, as in --from 2027-01-04")
	case err != nil:
		return from, fmt.Errorf("--from %q: want a day such as 2027-01-04", o.from)
	case o.days < 1 || o.days > 3660:
		return from, fmt.Errorf("--days %d: want 1 to 3660", o.days)
	case o.format != "text" && o.format != "json":
		return from, fmt.Errorf("--format %q: want text or json", o.format)
	}
	return from, nil
}

func (p *program) runSimulate(ctx context.Context, o simulateOptions, from rapport.Date) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	ahead, err := lookAhead(c)
	if err != nil {
		return err
	}
	var world scheduler.World
	if o.roster != "" {
		world, err = rosterWorld(o.roster, from)
	} else {
		world, err = p.storedWorld(ctx, c, from)
	}
	if err != nil {
		return err
	}
	year, err := ahead.Simulate(ctx, world, from, o.days, o.seed)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(p.stdout)
	if o.format == "json" {
		err = printLines(out, year.Lines)
	} else {
		err = printYear(out, year)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// lookAhead is a scheduler that has no store and posts nothing.
func lookAhead(c config.Config) (*scheduler.Scheduler, error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return nil, fmt.Errorf("zone %s: %w", c.Zone, err)
	}
	window, err := calendar.ParseHours(c.Nudges.Window)
	if err != nil {
		return nil, fmt.Errorf("nudges.window: %w", err)
	}
	cal, err := openCalendar(c)
	if err != nil {
		return nil, err
	}
	bank, err := questions.Open(c.Questions.Dir)
	if err != nil {
		return nil, err
	}
	return scheduler.New(slog.New(slog.DiscardHandler), nil, bank, cal, nil, "", scheduler.Options{
		Zone: zone, PerWeek: c.Nudges.PerWeek, Rhythm: c.Nudges.RhythmDays, Window: window,
		Digest: c.Digest.Day,
	}), nil
}

// rosterWorld begins with a roster. People may stand in it by e-mail address:
// nobody is looked up.
func rosterWorld(file string, from rapport.Date) (scheduler.World, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the roster: %w", pathless(err))
	}
	lines, err := readRoster(raw, from)
	if err != nil {
		return nil, fmt.Errorf("%s:\n%w", file, err)
	}
	rows := make([]store.RosterRow, 0, len(lines))
	for _, l := range lines {
		rows = append(rows, l.row)
	}
	return scheduler.NewWorld(rows, from), nil
}

func (p *program) storedWorld(ctx context.Context, c config.Config, from rapport.Date) (scheduler.World, error) {
	h, err := p.open(ctx, c, store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer h.close()
	workspace, _, err := h.store.Workspace(ctx)
	if rapport.KindOf(err) == rapport.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return scheduler.ReadWorld(ctx, h.store, workspace, from)
}

func printLines(w io.Writer, lines []scheduler.Line) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, l := range lines {
		if err := out.Encode(l); err != nil {
			return fmt.Errorf("print a line: %w", err)
		}
	}
	return nil
}
