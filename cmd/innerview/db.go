package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"innerview/internal/store"
)

func (p *program) db() *cobra.Command {
	look := &cobra.Command{
		Use:   "check",
		Short: "Look whether the database is whole and opens with its key, also while serve runs",
		Args:  exactly(0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.checkDatabase(cmd.Context()) },
	}
	group := &cobra.Command{
		Use: "db", Short: "Check the database", Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return usageError{errors.New("say check"), cmd} },
	}
	group.AddCommand(look)
	return group
}

func (p *program) checkDatabase(ctx context.Context) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	r, err := store.Check(ctx, c.Store.URL, c.Keys.File, false)
	if err == nil {
		err = r.Err()
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s is whole\nschema: %s\nkey: %s\n", r.Path, schemaIn(r), keyIn(r))
	return err
}

func schemaIn(r store.Report) string {
	if r.Schema < r.Known {
		return fmt.Sprintf("%d, which innerview serve brings up to %d", r.Schema, r.Known)
	}
	return fmt.Sprint(r.Schema)
}

func keyIn(r store.Report) string {
	switch {
	case r.MasterKeys == 0:
		return "none yet"
	case r.MasterKeys > 1:
		return unfinishedRotation
	}
	return "opens all data keys" // how many would tell of how many people a lone leader has written
}
