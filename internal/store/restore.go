package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"innerview/rapport"
)

// RestoreOptions are what may be chosen about putting a copy back; the zero
// value serves.
type RestoreOptions struct {
	// Force allows a database that is there to be replaced.
	Force bool
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
}

// Restored is what putting a copy back did.
type Restored struct {
	Path   string // of the database
	Unsure int    // messages that were due
	Held   int    // pairs that were due, and come up again in a week
}

// Restore puts a copy of a database in the place of the one at the url. Nothing
// there changes before the copy has been read as a whole, its schema is known
// and the key file opens it; then it takes the place at once. Nobody else may
// use the database meanwhile: the caller holds [Lock].
//
// Between the copy and now, messages may have been sent of which the copy knows
// nothing. So whatever it has as due counts as sent: its messages are unsure,
// and its pairs, promises and digests come up again a week from now.
func Restore(ctx context.Context, logger *slog.Logger, file, url, keyFile string, o RestoreOptions) (Restored, error) {
	path, err := databasePath(url)
	if err != nil {
		return Restored{}, err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // what lies beside a database lies beside the file, not beside a link to it
	}
	if err := mayReplace(path, file, o.Force); err != nil {
		return Restored{}, err
	}
	if err := usable(ctx, file, keyFile); err != nil {
		return Restored{}, err
	}
	fresh := path + ".restored"
	if err := removeDatabase(fresh); err != nil { // of somebody who was interrupted
		return Restored{}, fmt.Errorf("restore: %w", err)
	}
	done, err := prepareCopy(ctx, logger, file, fresh, keyFile, o.Now)
	if err == nil {
		err = replaceDatabase(ctx, fresh, path)
	}
	if err != nil {
		return Restored{}, errors.Join(fmt.Errorf("restore: %w", err), removeDatabase(fresh))
	}
	done.Path = path
	return done, nil
}

// mayReplace refuses to overwrite a database unasked, or with itself.
func mayReplace(path, file string, force bool) error {
	copied, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no copy at %s", file)
	case err != nil:
		return fmt.Errorf("look at the copy: %w", err)
	case !copied.Mode().IsRegular():
		return fmt.Errorf("%s is not a file", file)
	}
	there, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look at the database: %w", err)
	case os.SameFile(there, copied):
		return fmt.Errorf("%s is the database itself, not a copy", file)
	case !force:
		return fmt.Errorf("there is a database at %s: with --force it is replaced, and what it has that the copy has not is lost", path)
	}
	return nil
}

// usable makes sure that a copy is whole, is one of ours, and opens with the key
// file.
func usable(ctx context.Context, file, keyFile string) error {
	r, err := check(ctx, file, "ro", keyFile, "integrity_check")
	if err == nil {
		err = r.Err()
	}
	if err == nil && r.MasterKeys == 0 {
		err = fmt.Errorf("%s is empty: nobody has written anything into it yet", file)
	}
	if err != nil {
		return fmt.Errorf("the copy cannot be used, and nothing was changed: %w", err)
	}
	return nil
}

// prepareCopy writes the copy beside its place and makes it ready.
func prepareCopy(ctx context.Context, logger *slog.Logger, file, fresh, keyFile string, now func() time.Time,
) (done Restored, err error) {
	if err := reserve(fresh); err != nil {
		return done, err
	}
	if err := copyDatabase(ctx, file, "ro", fresh); err != nil {
		return done, err
	}
	s, err := Open(ctx, logger, fresh, keyFile, Options{Now: now})
	if err != nil {
		return done, err
	}
	done, err = s.calm(ctx)
	if err = errors.Join(err, s.Close()); err != nil {
		return done, err
	}
	// Closing moved the log into the file; a log that is still there would be lost.
	if _, err := os.Lstat(fresh + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return done, errors.New("the copy is in use by another program")
	}
	return done, syncFile(fresh)
}

// farthestZone is how far the first place on earth to begin a day is ahead of
// UTC.
const farthestZone = 14 * time.Hour

// calm lets everything that is due count as sent.
func (s *Store) calm(ctx context.Context) (done Restored, err error) {
	now := s.now()
	today := rapport.DateOf(now.UTC().Add(farthestZone))
	again := today.AddDays(rapport.AfterNudge)
	err = s.inTx(ctx, func(a access) error {
		if done.Unsure, err = arrived(ctx, a, `
			UPDATE messages SET
				state = 'unsure',
				settled_at = $1
			WHERE state = 'sending' OR (state = 'pending' AND due_at <= $1)
			RETURNING`+messageColumns,
			timestamp(now)); err != nil {
			return err
		}
		if done.Held, err = holdDue(ctx, a, today, again); err != nil {
			return err
		}
		if _, err := a.exec(ctx, `
			UPDATE leaders
			SET digest_on = $2
			WHERE digest_on <= $1`,
			day(today), day(today.Monday().AddDays(7))); err != nil {
			return err
		}
		return record(ctx, a, RestoreDone, now)
	})
	if err != nil {
		return Restored{}, fmt.Errorf("settle what was due: %w", err)
	}
	return done, nil
}

// holdDue puts off until the day what is due by today: the turns of pairs, and what
// was promised. It returns how many active pairs would have come up.
func holdDue(ctx context.Context, a access, today, until rapport.Date) (pairs int, err error) {
	pairs, err = one(ctx, a, scanInt, `
		SELECT COUNT(*)
		FROM pairs
		WHERE state = 'active'
		  AND (next_on <= $1 OR id IN (SELECT pair FROM promises WHERE promises.state = 'open' AND call_on <= $1))`,
		day(today))
	if err != nil {
		return 0, err
	}
	if _, err := a.exec(ctx, "UPDATE promises SET call_on = $2 WHERE call_on <= $1", day(today), day(until)); err != nil {
		return 0, err
	}
	_, err = a.exec(ctx, `
		UPDATE pairs
		SET next_on = $2
		WHERE state = 'active' AND next_on <= $1`,
		day(today), day(until))
	return pairs, err
}

// replaceDatabase puts a whole database in the place of another. Whenever it is
// interrupted, one of the two is there and whole.
func replaceDatabase(ctx context.Context, fresh, path string) error {
	like, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		like, err = os.Stat(filepath.Dir(path))
	}
	if err != nil {
		return err
	}
	if err := giveTo(fresh, like); err != nil {
		return err
	}
	if err := retire(ctx, path); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// retire empties the log of a database and takes it away: beside a file that
// takes the place of this one, it would be taken for that one's log. It fails
// where another program has the database open, for the same reason.
func retire(ctx context.Context, path string) error {
	_, err := os.Stat(path)
	if err == nil {
		err = withDatabase(path, "rw", func(db *sql.DB) error {
			_, err := one(ctx, access{db}, scanString, "PRAGMA journal_mode = DELETE")
			return err
		})
		if rapport.KindOf(err) == rapport.Unavailable {
			return fmt.Errorf("another program has the database %s open: end it first", path)
		}
		// Whatever else is wrong with it: it goes.
	}
	var errs []error
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		errs = append(errs, removeIfThere(path+suffix))
	}
	return errors.Join(errs...)
}

// removeDatabase removes a database with what lies beside it.
func removeDatabase(path string) error {
	var errs []error
	for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
		errs = append(errs, removeIfThere(path+suffix))
	}
	return errors.Join(errs...)
}
