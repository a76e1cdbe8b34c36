package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"innerview/internal/store"
)

func (p *program) backup() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Copy the database, also while serve runs",
		Long: "Copy the database into a new file, also while serve runs. The key is not in the copy.\n" +
			"Without a file the copy goes into backup.dir, and copies made so are removed from\n" +
			fmt.Sprintf("there after %d days.", store.KeepBackups),
		Args: atMost(1),
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := p.settings()
		if err != nil {
			return err
		}
		switch {
		case len(args) == 1:
			return p.backupTo(cmd.Context(), c.Store.URL, args[0])
		case c.Backup.Dir == "":
			return usageError{errors.New("say where to: give a file, or set backup.dir"), cmd}
		}
		return p.backupInto(cmd.Context(), c.Store.URL, c.Backup.Dir)
	}
	return cmd
}

func (p *program) backupTo(ctx context.Context, url, file string) error {
	if err := store.Backup(ctx, url, file); err != nil {
		return err
	}
	return p.sayWritten(file)
}

func (p *program) backupInto(ctx context.Context, url, folder string) error {
	report, err := store.BackupInto(ctx, url, folder, store.Options{})
	if report.Written != "" {
		err = errors.Join(p.sayWritten(report.Written), err)
	}
	for _, old := range report.Removed {
		fmt.Fprintf(p.stdout, "removed %s, kept for %d days\n", old, store.KeepBackups)
	}
	return err
}

func (p *program) sayWritten(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return fmt.Errorf("look at the copy: %w", err)
	}
	_, err = fmt.Fprintf(p.stdout, "wrote %s, %d bytes\n", file, info.Size())
	return err
}
