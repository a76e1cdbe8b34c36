package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"innerview/internal/store"
)

func (p *program) restore() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a copy of the database back",
		Long: "Put a copy of the database back. Whatever the copy has as due may have been sent since it\n" +
			"was made, so it counts as sent: nobody gets a message twice.",
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.runRestore(cmd.Context(), args[0], force) },
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the database that is there")
	return cmd
}

func (p *program) runRestore(ctx context.Context, file string, force bool) error {
	c, log, release, err := p.alone("innerview restore")
	if err != nil {
		return err
	}
	defer release()
	done, err := store.Restore(ctx, log, file, c.Store.URL, c.Keys.File, store.RestoreOptions{Force: force})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "put %s back at %s\n"+
		"messages that were due and count as sent: %d\n"+
		"people who were due and come up again in a week: %d\n", file, done.Path, done.Unsure, done.Held)
	return err
}
