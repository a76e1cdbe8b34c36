package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"innerview/config"
)

// The exit codes of the program.
const (
	exitDone  = 0
	exitCould = 1 // could not
	exitUsage = 2 // wrong use
)

// program is what every subcommand works with.
type program struct {
	env            []string
	stdout, stderr io.Writer
	configFile     string
}

// usageError is wrong use of the program, answered with the usage.
type usageError struct {
	err error
	cmd *cobra.Command
}

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// run runs the program and returns its exit code.
func run(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	p := &program{env: env, stdout: stdout, stderr: stderr}
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var wrong usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "innerview: %v\n\n%s", err, wrong.cmd.UsageString())
		return exitUsage
	case errors.Is(err, context.Canceled):
		err = errors.New("stopped before everything was done: run it again for the rest")
	}
	fmt.Fprintf(stderr, "innerview: %v\n", err)
	return exitCould
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:                   "innerview COMMAND [flags]",
		DisableFlagsInUseLine: true,
		Short:                 "Innerview prompts leaders toward regular, casual talks with the people they lead.",
		SilenceUsage:          true,
		SilenceErrors:         true,
		Args:                  noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{errors.New("say what to do"), cmd}
		},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usageError{err, cmd} })
	root.PersistentFlags().StringVar(&p.configFile, "config", "", "settings file (default innerview.yaml where there is one)")
	root.AddCommand(p.demo(), p.serve(), p.sweep(), p.simulate(), p.roster(), p.questions(), p.manifest(), p.version(),
		p.doctor(), p.backup(), p.restore(), p.db(), p.keys(), p.subject())
	root.SetHelpCommand(p.help())
	return root
}

// help stands in place of cobra's, which takes an unknown command for none.
func (p *program) help() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err == nil {
				err = noSuchCommand(about, rest)
			}
			if err != nil {
				return err
			}
			return about.Help()
		},
	}
}

// noSuchCommand refuses what is left when no subcommand matches.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("no command %q", args[0])
	cmd.SuggestionsMinimumDistance = 2 // letters; left at 0, nothing is ever near
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("no command %q; did you mean %s", args[0], strings.Join(near, " or "))
	}
	return usageError{err, cmd}
}

// exactly and atMost check the number of arguments as wrong use.
func exactly(n int) cobra.PositionalArgs { return checked(cobra.ExactArgs(n)) }

func atMost(n int) cobra.PositionalArgs { return checked(cobra.MaximumNArgs(n)) }

func checked(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err, cmd}
		}
		return nil
	}
}

// settings loads the configuration, and says on stderr what was odd about it.
func (p *program) settings() (config.Config, error) {
	c, err := config.Load(p.configFile, p.env)
	if err != nil {
		return c, err
	}
	for _, w := range c.Warnings {
		fmt.Fprintf(p.stderr, "innerview: %s\n", w)
	}
	return c, nil
}
