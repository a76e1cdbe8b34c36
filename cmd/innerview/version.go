package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"innerview/internal/store"
)

// version is set by the build of a release.
var version = "0.2.0"

func (p *program) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  exactly(0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.stdout, "innerview %s\ncommit %s\n%s\nsqlite %s\n",
				version, commit(), runtime.Version(), store.SQLiteVersion())
			return err
		},
	}
}

// commit is what the Go tool recorded of the source, where it did.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "unknown"
}
