package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"innerview/internal/seal"
	"innerview/internal/store"
	"innerview/rapport"
)

func (p *program) subject() *cobra.Command {
	group := &cobra.Command{
		Use: "subject", Short: "Print or erase what is kept about somebody", Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return usageError{errors.New("say export or erase"), cmd} },
	}
	group.AddCommand(p.subjectExport(), p.subjectErase())
	return group
}

func (p *program) subjectExport() *cobra.Command {
	var user, to string
	cmd := &cobra.Command{
		Use:   "export --user U… [--to AGE_RECIPIENT]",
		Short: "Print what is kept about somebody, for who has no Slack",
		Long: "Print what is kept about somebody, as JSON: kinds and dates. With --to, all texts too, so that\n" +
			"only the recipient can read it: age --decrypt -i IDENTITY FILE opens it. That it was done is\n" +
			"recorded. Who has Slack sees all of it with /innerview me.",
		Args: exactly(0),
	}
	cmd.Flags().StringVar(&user, "user", "", "Slack member id, U…")
	cmd.Flags().StringVar(&to, "to", "", "the public key of the recipient's age identity, age1…")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := checkUser(user); err != nil {
			return usageError{err, cmd}
		}
		if !cmd.Flags().Changed("to") {
			return p.exportSubject(cmd.Context(), user, nil)
		}
		recipient, err := seal.ParseRecipient(to)
		if err != nil {
			return usageError{fmt.Errorf("--to: %w", err), cmd}
		}
		return p.exportSubject(cmd.Context(), user, &recipient)
	}
	return cmd
}

func (p *program) subjectErase() *cobra.Command {
	var user string
	var forget bool
	cmd := &cobra.Command{
		Use:   "erase --user U… [--forget]",
		Short: "Erase what is kept about somebody, also while serve runs",
		Long: "Erase what is kept about somebody, as a person, as a leader and as a member, with its keys, also\n" +
			"while serve runs. That it was done is recorded, and not about whom. Of somebody who stepped out,\n" +
			"the id and the day stay, so that nobody can add them again.",
		Args: exactly(0),
	}
	cmd.Flags().StringVar(&user, "user", "", "Slack member id, U…")
	cmd.Flags().BoolVar(&forget, "forget", false, "forget also that they stepped out")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := checkUser(user); err != nil {
			return usageError{err, cmd}
		}
		return p.eraseSubject(cmd.Context(), user, forget)
	}
	return cmd
}

func checkUser(user string) error {
	if !slackID.MatchString(user) {
		return errors.New("--user: want a Slack member id such as U012AB3CD (in Slack: profile, ⋮, Copy member ID)")
	}
	return nil
}

// onStore runs fn on the database that is there.
func (p *program) onStore(ctx context.Context, fn func(s *store.Store, workspace string) error) error {
	c, err := p.settings()
	if err != nil {
		return err
	}
	log, err := p.logger(c)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, log, c.Store.URL, c.Keys.File, store.Options{Existing: true})
	if err != nil {
		return err
	}
	workspace, _, err := s.Workspace(ctx)
	if err == nil {
		err = fn(s, workspace)
	}
	return errors.Join(err, s.Close())
}

// subjectReport is what subject export prints.
type subjectReport struct {
	User  string        `json:"user"`
	At    time.Time     `json:"at"`
	Texts bool          `json:"texts"` // they are in it
	Items []subjectItem `json:"items"`
}

// subjectItem is a [store.SubjectItem] as JSON; fields that do not apply are
// absent.
type subjectItem struct {
	Role   string            `json:"role"`
	With   string            `json:"with,omitempty"`
	Kind   string            `json:"kind"`
	On     rapport.Date      `json:"on,omitzero"`
	Until  rapport.Date      `json:"until,omitzero"`
	Detail map[string]string `json:"detail,omitempty"`
	Text   string            `json:"text,omitempty"`
}

func (p *program) exportSubject(ctx context.Context, user string, to *seal.Recipient) error {
	return p.onStore(ctx, func(s *store.Store, workspace string) error {
		now := time.Now()
		items, err := s.Subject(ctx, workspace, user, to != nil, now)
		if err != nil {
			return err
		}
		r := subjectReport{User: user, At: now.UTC().Truncate(time.Second), Texts: to != nil, Items: []subjectItem{}}
		for _, it := range items {
			r.Items = append(r.Items, subjectItem{it.Role, it.With, it.Kind, it.On, it.Until, it.Detail, it.Text.Reveal()})
		}
		return writeSubject(p.stdout, r, to)
	})
}

func writeSubject(w io.Writer, r subjectReport, to *seal.Recipient) error {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(r); err != nil {
		return fmt.Errorf("write what is kept: %w", err)
	}
	if to != nil {
		return to.Write(w, text.Bytes())
	}
	_, err := w.Write(text.Bytes())
	return err
}

func (p *program) eraseSubject(ctx context.Context, user string, forget bool) error {
	return p.onStore(ctx, func(s *store.Store, workspace string) error {
		done, err := s.EraseSubject(ctx, workspace, user, forget)
		if err != nil {
			return err
		}
		now := time.Now()
		_, err = io.WriteString(p.stdout, sayErased(user, done, now))
		return err
	})
}

// sayErased says what is gone, and what is not.
func sayErased(user string, done store.Erased, now time.Time) string {
	said := fmt.Sprintf("erased all that was kept about %s; pairs destroyed, each with its key: %d\n", user, done.Pairs)
	if !done.Known {
		said = fmt.Sprintf("nothing was kept about %s\n", user)
	}
	if on := done.SteppedOutOn; !on.IsZero() {
		said += fmt.Sprintf("they stepped out on %s: their id and that day stay, so that nobody can add them again; "+
			"--forget erases that too\n", on)
	} else {
		said += "a leader can add them again, unless they step out with /innerview me\n"
	}
	return said + fmt.Sprintf("copies of the database made until now still hold what they held: those in backup.dir go by %s "+
		"(%d days), others are yours to remove\n", now.UTC().AddDate(0, 0, store.KeepBackups).Format(time.DateOnly), store.KeepBackups) +
		"what was posted in Slack stays there\n"
}
