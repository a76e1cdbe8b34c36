package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"innerview/rapport"
)

// Report is what a look at a database found. An error in it is a sentence for
// the operator; nil says that all is well.
type Report struct {
	Path          string
	Team          string // the Slack team it is bound to, "" for none yet
	Schema, Known int64  // of the database, and the newest this program knows
	Damage        error  // pages, indexes or references
	Age           error  // of a schema newer than the program
	Key           error  // the key file is missing, broken or another one
	MasterKeys    int    // in the key file: more than one while a rotation is not finished
	DataKeys      int    // that the key file opens
	ExportedAt    time.Time
	RotatedAt     time.Time
}

// Err returns the first thing that is wrong, nil where nothing is.
func (r Report) Err() error {
	for _, err := range []error{r.Damage, r.Age, r.Key} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Check looks at the database at the url and at its key file, and changes
// nothing; others may use it meanwhile. A quick look leaves out whether the
// indexes agree with their tables. The error says that there was nothing to look
// at.
func Check(ctx context.Context, url, keyFile string, quick bool) (Report, error) {
	path, err := existing(url)
	if err != nil {
		return Report{}, err
	}
	pragma := "integrity_check"
	if quick {
		pragma = "quick_check"
	}
	return check(ctx, path, "rw", keyFile, pragma)
}

// check looks at a file, opened in the mode rw or ro. Only the owner of a file
// in WAL mode needs rw, to read the log beside it.
func check(ctx context.Context, path, mode, keyFile, pragma string) (r Report, err error) {
	r.Path = path
	err = withDatabase(path, mode+"&_pragma=query_only(1)", func(db *sql.DB) error {
		if r.Damage = findDamage(ctx, db, path, pragma); r.Damage != nil {
			return nil // what else is read there may be anything
		}
		if r.Schema, r.Known, r.Age = findAge(ctx, db, path); r.Age != nil {
			return nil
		}
		return r.read(ctx, access{db}, keyFile)
	})
	return r, err
}

// findDamage asks SQLite whether the file is whole. A few of its findings say
// enough: what is damaged is put back, not mended.
func findDamage(ctx context.Context, db *sql.DB, path, pragma string) error {
	found, err := all(ctx, access{db}, scanString, "PRAGMA "+pragma+"(3)")
	switch {
	case sqliteCode(err) == sqliteNotADatabase:
		return fmt.Errorf("%s is not a database", path)
	case err != nil:
		return unreadable(path, err)
	case len(found) == 0 || found[0] != "ok":
		return damaged(path, strings.ReplaceAll(strings.Join(found, ", "), "\n", ", "))
	}
	orphans, err := all(ctx, access{db}, scanOrphan, "PRAGMA foreign_key_check")
	if err != nil {
		return unreadable(path, err)
	}
	if len(orphans) > 0 {
		return damaged(path, fmt.Sprintf("%d rows refer to what is not there, the first in %s", len(orphans), orphans[0]))
	}
	return nil
}

func unreadable(path string, err error) error {
	if sqliteCode(err) == sqliteCorrupt {
		return damaged(path, "a page makes no sense")
	}
	return fmt.Errorf("the database %s cannot be read: %w", path, err)
}

func damaged(path, how string) error {
	return fmt.Errorf("the database %s is damaged (%s): put back a copy with innerview restore", path, how)
}

// scanOrphan reads the table of a row that refers to nothing.
func scanOrphan(row scanner) (table string, err error) {
	var id sql.NullInt64
	var parent string
	var key int
	err = row.Scan(&table, &id, &parent, &key)
	return table, err
}

// findAge compares the schema with what the program knows. An older one is no
// fault: it is brought up to date when the database is opened to write.
func findAge(ctx context.Context, db *sql.DB, path string) (have, known int64, err error) {
	migrations, err := fs.Sub(sqliteMigrations, "migrations/sqlite")
	if err != nil {
		return 0, 0, fmt.Errorf("find migrations: %w", err)
	}
	if known, err = newestMigration(migrations); err != nil {
		return 0, 0, err
	}
	have, err = schemaVersion(ctx, db)
	switch {
	case err != nil:
		return 0, known, fmt.Errorf("read schema of %s: %w", path, err)
	case have == 0:
		return 0, known, fmt.Errorf("%s is no database of Innerview", path)
	case have > known:
		return have, known, tooNew(path, have, known)
	}
	return have, known, nil
}

// read fills in what the rows say.
func (r *Report) read(ctx context.Context, a access, keyFile string) error {
	w, err := readWorkspace(ctx, a)
	if errors.Is(err, rapport.ErrNotFound) {
		return nil // nobody has written anything yet
	}
	if err != nil {
		return fmt.Errorf("read workspace: %w", err)
	}
	r.Team = w.team
	if r.Key, err = r.readKeys(ctx, a, keyFile, w); err != nil {
		return fmt.Errorf("read data keys: %w", err)
	}
	return r.readOperations(ctx, a)
}

func (r *Report) readKeys(ctx context.Context, a access, keyFile string, w workspace) (wrong, err error) {
	keyring, wrong := loadKeyring(keyFile)
	if wrong != nil {
		return wrong, nil
	}
	if wrong := prove(ctx, a, keyring, keyFile, w); wrong != nil {
		return wrong, nil
	}
	r.MasterKeys = keyring.Keys()
	open, shut, err := tryDataKeys(ctx, a, keyring)
	r.DataKeys = open
	if shut > 0 {
		wrong = fmt.Errorf("the key in %s opens %d of %d data keys: put back a copy of the database "+
			"with innerview restore", keyFile, open, open+shut)
	}
	return wrong, err
}

func (r *Report) readOperations(ctx context.Context, a access) error {
	kept, err := one(ctx, a, scanInt, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'operations'")
	if err != nil || kept == 0 {
		return wrap("read operations", err) // of a schema that did not keep them yet
	}
	if r.ExportedAt, err = lastTime(ctx, a, KeyExport); err == nil {
		r.RotatedAt, err = lastTime(ctx, a, KeyRotation)
	}
	return wrap("read operations", err)
}

// Holder returns who holds the [Lock] of the database at the url, "" for nobody.
// It is a guess at the moment after.
func Holder(url string) string {
	path, err := lockPath(url)
	if err != nil {
		return ""
	}
	// A lock that was let go leaves an empty file. Not to touch the lock then keeps
	// a look from getting in the way of somebody who starts.
	if text, err := os.ReadFile(path); err != nil || len(text) == 0 {
		return ""
	}
	lock := flock.New(path, flock.SetFlag(os.O_RDWR))
	free, err := lock.TryRLock()
	if err != nil {
		return ""
	}
	if free {
		_ = lock.Unlock()
		return ""
	}
	return lockHolder(path)
}
