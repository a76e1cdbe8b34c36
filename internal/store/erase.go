package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"innerview/rapport"
)

// Erased is what [Store.EraseSubject] found.
type Erased struct {
	Known bool // there was something about them
	Pairs int  // destroyed, each with its key

	// SteppedOutOn is the day on which they stepped out, where that was kept so
	// that nobody can add them again.
	SteppedOutOn rapport.Date
}

// EraseSubject destroys all that is kept about somebody, in whatever role, and the
// keys of it, and writes the database anew so that no page and no log holds any
// of it. Copies of the database are not touched. Of somebody who stepped out,
// the id and that day are kept unless these are to be forgotten too. It is
// recorded that it was done, and not about whom. Others may use the database
// meanwhile.
func (s *Store) EraseSubject(ctx context.Context, workspace, user string, forget bool) (Erased, error) {
	var done Erased
	err := s.inTx(ctx, func(a access) (err error) {
		if done, err = eraseSubject(ctx, a, workspace, user, forget); err != nil {
			return err
		}
		return record(ctx, a, SubjectErase, s.now())
	})
	if err != nil {
		return Erased{}, fmt.Errorf("erase: %w", err)
	}
	return done, wrap("write the database anew", s.scour(ctx))
}

func eraseSubject(ctx context.Context, a access, workspace, user string, forget bool) (Erased, error) {
	pairs, err := pairsWith(ctx, a, workspace, user)
	if err != nil {
		return Erased{}, err
	}
	out, err := outSince(ctx, a, workspace, user, pairs)
	if err != nil {
		return Erased{}, err
	}
	known, err := one(ctx, a, scanInt, "SELECT COUNT(*) FROM members WHERE workspace = $1 AND id = $2", workspace, user)
	if err != nil {
		return Erased{}, err
	}
	for _, p := range pairs {
		if err := destroyPair(ctx, a, workspace, p.ID); err != nil {
			return Erased{}, err
		}
	}
	if err := forgetMember(ctx, a, workspace, user); err != nil {
		return Erased{}, err
	}
	done := Erased{Known: known > 0 || len(pairs) > 0, Pairs: len(pairs)}
	if out.IsZero() || forget {
		return done, nil
	}
	done.SteppedOutOn = out
	_, err = a.exec(ctx, "INSERT INTO members (workspace, id, stepped_out_on) VALUES ($1, $2, $3)", workspace, user, day(out))
	return done, err
}

// outSince returns the day on which somebody stepped out, no day for who did not.
func outSince(ctx context.Context, a access, workspace, user string, pairs []rapport.Pair) (rapport.Date, error) {
	scan := func(row scanner) (on rapport.Date, err error) {
		err = row.Scan((*day)(&on))
		return on, err
	}
	on, err := one(ctx, a, scan, "SELECT stepped_out_on FROM members WHERE workspace = $1 AND id = $2", workspace, user)
	if err != nil && !errors.Is(err, rapport.ErrNotFound) {
		return on, err
	}
	for _, p := range pairs {
		if on.IsZero() && p.Person == user && p.State == rapport.OptedOut {
			on = p.EndedOn
		}
	}
	return on, nil
}

// forgetMember destroys all about a member who is in no pair.
func forgetMember(ctx context.Context, a access, workspace, user string) error {
	if err := forgetOwnWords(ctx, a, workspace, user); err != nil {
		return err
	}
	for _, deletion := range []string{
		"DELETE FROM messages WHERE workspace = $1 AND leader = $2",
		"DELETE FROM leaders WHERE workspace = $1 AND id = $2",
		"DELETE FROM wishes WHERE workspace = $1 AND person = $2",
		"DELETE FROM notices WHERE workspace = $1 AND person = $2",
		"DELETE FROM members WHERE workspace = $1 AND id = $2",
	} {
		if _, err := a.exec(ctx, deletion, workspace, user); err != nil {
			return err
		}
	}
	// The keys of what they pressed name them.
	_, err := a.exec(ctx, "DELETE FROM seen WHERE workspace = $1 AND key LIKE $2", workspace, "action/"+user+"/%")
	return err
}

// scourWithin is how long a database that others read may keep its log. Their
// reads take milliseconds.
const scourWithin = 10 * time.Second

// scour writes the database anew, page by page, and empties the log: what was
// deleted stands nowhere any more.
func (s *Store) scour(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, scourWithin)
	defer cancel()
	err := patiently(ctx, func() error {
		_, err := s.writer.ExecContext(ctx, "VACUUM")
		return err
	})
	if err != nil {
		return domainError(err)
	}
	for {
		var busy, pages, moved int
		err := s.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
		if err != nil || busy == 0 {
			return domainError(err)
		}
		select {
		case <-ctx.Done():
			return errors.New("it is erased, but somebody else reads the database and keeps its log: do it again in a moment")
		case <-time.After(openAgain):
		}
	}
}
