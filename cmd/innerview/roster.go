package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"innerview/config"
	"innerview/internal/store"
	"innerview/rapport"
)

func (p *program) roster() *cobra.Command {
	var dry bool
	load := &cobra.Command{
		Use:   "import FILE",
		Short: "Take over leaders and people from a CSV file",
		Long: "Take over leaders and people from a CSV file. For each leader named in it, pairs that an\n" +
			"earlier import made and that it no longer names end. An empty language or rhythm leaves\n" +
			"alone what the leader chose.",
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.importRoster(cmd.Context(), args[0], dry) },
	}
	load.Flags().BoolVar(&dry, "dry-run", false, "only say what would change")
	dump := &cobra.Command{
		Use:   "export",
		Short: "Print the pairs as CSV",
		Args:  exactly(0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.exportRoster(cmd.Context()) },
	}
	group := &cobra.Command{
		Use: "roster", Short: "Import or export who leads whom", Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return usageError{errors.New("say import or export"), cmd} },
	}
	group.AddCommand(load, dump)
	return group
}

func (p *program) importRoster(ctx context.Context, file string, dry bool) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the roster: %w", pathless(err))
	}
	now := time.Now()
	lines, err := readRoster(raw, rapport.DateOf(now.UTC()).AddDays(1))
	if err != nil {
		return fmt.Errorf("%s: nothing was imported:\n%w", file, err)
	}
	rows, err := (&house{c: c}).resolve(ctx, lines)
	if err != nil {
		return fmt.Errorf("%s: nothing was imported:\n%w", file, err)
	}
	h, done, err := p.openRoster(ctx, c, dry)
	if err != nil {
		return err
	}
	defer done()
	workspace, _, err := h.store.Workspace(ctx)
	if err != nil {
		return err
	}
	today, err := h.todays(ctx, workspace, rows, now)
	if err != nil {
		return err
	}
	report, err := h.store.ImportRoster(ctx, workspace, rows, today, dry)
	if err != nil {
		return err
	}
	return printReport(p.stdout, report, dry)
}

// openRoster opens the store for an import. A dry run leaves no trace: it only
// reads the database, and where there is none it looks at an empty one.
func (p *program) openRoster(ctx context.Context, c config.Config, dry bool) (h *house, done func(), err error) {
	remove := func() {}
	_, err = os.Stat(c.Store.URL)
	missing := errors.Is(err, fs.ErrNotExist)
	if dry && missing {
		folder, err := os.MkdirTemp("", "innerview-dry-run-")
		if err != nil {
			return nil, nil, fmt.Errorf("make a temporary folder: %w", err)
		}
		remove = func() { os.RemoveAll(folder) }
		c.Store.URL, c.Keys.File = filepath.Join(folder, "innerview.db"), filepath.Join(folder, "innerview.key")
		c.Log.Level = "warn"
	}
	h, err = p.open(ctx, c, store.Options{ReadOnly: dry && !missing})
	if err != nil {
		remove()
		return nil, nil, err
	}
	if !dry {
		p.announceKey(h)
	}
	return h, func() { h.close(); remove() }, nil
}

// todays returns the day it is for each leader of a roster, in their own zone
// where it is known.
func (h *house) todays(ctx context.Context, workspace string, rows []store.RosterRow, now time.Time,
) (func(string) rapport.Date, error) {
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.Leader)
	}
	known, err := h.store.Members(ctx, workspace, ids)
	if err != nil {
		return nil, err
	}
	return func(leader string) rapport.Date {
		zone := h.zone
		if loc, err := time.LoadLocation(known[leader].Profile.Zone); err == nil && known[leader].Profile.Zone != "" {
			zone = loc
		}
		return rapport.DateOf(now.In(zone))
	}, nil
}

func printReport(w io.Writer, r store.RosterReport, dry bool) error {
	var b bytes.Buffer
	list := func(what string, changes []store.RosterChange) {
		for _, c := range changes {
			fmt.Fprintf(&b, "%-8s %s leads %s", what, c.Leader, c.Person)
			if len(c.Columns) > 0 {
				fmt.Fprintf(&b, " (%s)", strings.Join(c.Columns, ", "))
			}
			b.WriteByte('\n')
		}
	}
	list("added", r.Added)
	list("changed", r.Changed)
	list("ended", r.Ended)
	fmt.Fprintf(&b, "%d added, %d changed, %d ended, %d unchanged", len(r.Added), len(r.Changed), len(r.Ended), r.Unchanged)
	if dry {
		b.WriteString("; a dry run: nothing was written")
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

func (p *program) exportRoster(ctx context.Context) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	h, err := p.open(ctx, c, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer h.close()
	workspace, _, err := h.store.Workspace(ctx)
	if err != nil && rapport.KindOf(err) != rapport.NotFound {
		return err
	}
	rows, err := h.store.Roster(ctx, workspace)
	if err != nil {
		return err
	}
	out := csv.NewWriter(p.stdout)
	out.Write(rosterColumns)
	for _, r := range rows {
		rhythm := ""
		if r.RhythmDays != 0 {
			rhythm = fmt.Sprint(r.RhythmDays)
		}
		out.Write([]string{r.Leader, r.Person, string(r.Language), rhythm, r.Since.String()})
	}
	out.Flush()
	return out.Error()
}
