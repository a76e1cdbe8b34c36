package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"innerview/config"
	"innerview/internal/seal"
	"innerview/internal/store"
)

// unfinishedRotation is what there is to say while the key file has two keys.
const unfinishedRotation = "a rotation of the keys was interrupted; nothing is lost: run innerview keys rotate to finish it"

func (p *program) keys() *cobra.Command {
	rotate := &cobra.Command{
		Use:   "rotate",
		Short: "Exchange the key",
		Long: "Exchange the key. Interrupted at any moment, nothing is lost: run it again to finish. Copies of\n" +
			"the database that are older open with the old key only.",
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.rotateKeys(cmd.Context()) },
	}
	group := &cobra.Command{
		Use: "keys", Short: "Exchange the key, or write its recovery copy", Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return usageError{errors.New("say rotate or export"), cmd} },
	}
	group.AddCommand(rotate, p.keysExport())
	return group
}

func (p *program) keysExport() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use:   "export --to AGE_RECIPIENT",
		Short: "Print the recovery copy of the key, which only the recipient can read",
		Long: "Print the recovery copy of the key, which only the recipient can read. Whoever has the age\n" +
			"identity gets the key file back with: age --decrypt -i IDENTITY COPY > innerview.key",
		Args: exactly(0),
	}
	cmd.Flags().StringVar(&to, "to", "", "the public key of an age identity, age1…")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		recipient, err := seal.ParseRecipient(to)
		if err != nil {
			return usageError{fmt.Errorf("--to: %w", err), cmd}
		}
		return p.exportKey(cmd.Context(), recipient)
	}
	return cmd
}

func (p *program) rotateKeys(ctx context.Context) error {
	c, log, release, err := p.alone("innerview keys rotate")
	if err != nil {
		return err
	}
	defer release()
	done, err := store.Rotate(ctx, log, c.Store.URL, c.Keys.File, store.RotateOptions{})
	if err != nil {
		return err
	}
	return p.sayRotated(c, done)
}

func (p *program) sayRotated(c config.Config, done store.Rotated) error {
	what := "there is a new key in"
	if done.Resumed {
		what = "finished the rotation that was interrupted; the new key is in"
	}
	_, err := fmt.Fprintf(p.stdout, "%s %s, and all data keys are wrapped with it\n"+
		"copies of the database made before open with the old key only: keep its recovery copy for %d days more\n"+
		"the new key has no recovery copy yet: innerview keys export --to AGE_RECIPIENT\n",
		what, c.Keys.File, store.KeepBackups)
	return err
}

func (p *program) exportKey(ctx context.Context, to seal.Recipient) error {
	return p.onStore(ctx, func(s *store.Store, _ string) error { return s.ExportKey(ctx, p.stdout, to) })
}
