package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"innerview/bot"
)

func (p *program) manifest() *cobra.Command {
	var email bool
	cmd := &cobra.Command{Use: "manifest", Short: "Print the Slack app manifest, as JSON", Args: exactly(0)}
	cmd.Flags().BoolVar(&email, "email", false, "ask for e-mail addresses too, for a roster that names people by them")
	cmd.RunE = func(*cobra.Command, []string) error {
		out := json.NewEncoder(p.stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		if err := out.Encode(bot.Manifest(email)); err != nil {
			return fmt.Errorf("print the manifest: %w", err)
		}
		return nil
	}
	return cmd
}
