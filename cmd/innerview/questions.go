package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"innerview/questions"
	"innerview/rapport"
)

func (p *program) questions() *cobra.Command {
	group := &cobra.Command{
		Use: "questions", Short: "Check or list conversation starters", Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return usageError{errors.New("say lint or list"), cmd} },
	}
	group.AddCommand(p.lintQuestions(), p.listQuestions())
	return group
}

func (p *program) lintQuestions() *cobra.Command {
	return &cobra.Command{
		Use:   "lint [DIR]",
		Short: "Check a folder of starters, or the built-in ones",
		Args:  atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			findings := questions.LintBuiltin()
			if len(args) == 1 {
				var err error
				if findings, err = questions.LintDir(args[0]); err != nil {
					return err
				}
			}
			for _, f := range findings {
				fmt.Fprintln(p.stdout, f)
			}
			switch len(findings) {
			case 0:
				return nil
			case 1:
				return errors.New("1 finding")
			}
			return fmt.Errorf("%d findings", len(findings))
		},
	}
}

func (p *program) listQuestions() *cobra.Command {
	var level, lang string
	cmd := &cobra.Command{Use: "list", Short: "Print the starters", Args: exactly(0)}
	cmd.Flags().StringVar(&level, "level", "", "only factual, causative or values")
	cmd.Flags().StringVar(&lang, "lang", "en", "en or ja")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if lang != "en" && lang != "ja" {
			return usageError{fmt.Errorf("--lang %q: want en or ja", lang), cmd}
		}
		var depth rapport.Depth
		if level != "" {
			var err error
			if depth, err = rapport.ParseDepth(level); err != nil {
				return usageError{fmt.Errorf("--level %q: want factual, causative or values", level), cmd}
			}
		}
		return p.printStarters(depth, rapport.Language(lang))
	}
	return cmd
}

// printStarters prints a line a starter: id, kind or level, and the text.
func (p *program) printStarters(depth rapport.Depth, lang rapport.Language) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	bank, err := questions.Open(c.Questions.Dir)
	if err != nil {
		return err
	}
	for _, s := range bank.All() {
		if depth != 0 && s.Level != depth {
			continue
		}
		kind := s.Level.String()
		if s.Level == 0 {
			kind = string(s.Kind)
		}
		if _, err := fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", s.ID, kind, s.Text.In(lang)); err != nil {
			return err
		}
	}
	return nil
}
