package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"innerview/rapport"
)

// oldestSQLite is the first release without a fault that can lose data in WAL
// mode and with everything the statements use.
const oldestSQLite = "3.53.4"

// readers is how many reads may run side by side. Writes run one at a time.
const readers = 4

//go:embed migrations/sqlite/*.sql
var sqliteMigrations embed.FS

// databasePath returns the absolute path that a store.url names.
func databasePath(storeURL string) (string, error) {
	if strings.HasPrefix(storeURL, "postgres://") || strings.HasPrefix(storeURL, "postgresql://") {
		return "", errors.New("this version keeps its data in SQLite: give store.url the path of a file")
	}
	if storeURL == "" {
		return "", errors.New("store.url is empty: give it the path of a file")
	}
	path, err := filepath.Abs(storeURL)
	if err != nil {
		return "", fmt.Errorf("find database: %w", err)
	}
	return path, nil
}

// openSQLite opens one connection that writes and a pool that reads. Read only,
// there is no writer and the file must be there.
//
// Writes begin with the write lock in hand: a transaction that reads first and
// writes later would otherwise fail beside another. Every commit reaches the
// disk before it returns, because a lost "sending" row is a message sent twice.
// The file: form with an escaped path matters; with a plain one the settings
// behind the question mark are cut off.
func openSQLite(ctx context.Context, path string, readOnly bool) (writer, reader *sql.DB, err error) {
	const common = "&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)"
	file := fileURI(path, "rw")
	if err := prepareFile(path, readOnly); err != nil {
		return nil, nil, err
	}
	if name := networkFileSystem(path); name != "" {
		return nil, nil, fmt.Errorf("it is on a network file system (%s), where locks cannot be relied upon: "+
			"keep it on a local disk", name)
	}
	if !readOnly {
		writer, err = pool(ctx, 1, file+common+
			"&_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)")
		if err != nil {
			return writer, nil, err
		}
	}
	reader, err = pool(ctx, readers, file+common+"&_pragma=query_only(1)")
	return writer, reader, err
}

// fileURI names a file to SQLite, to be opened in the mode rw or ro, never to be
// created. Settings may follow, each behind an ampersand.
func fileURI(path, mode string) string {
	escaped := (&url.URL{Path: strings.TrimPrefix(filepath.ToSlash(path), "/")}).EscapedPath()
	return "file:///" + escaped + "?mode=" + mode
}

// prepareFile sees to it that there is a file to open, readable by its owner
// alone. It never opens one that is there: closing it again would drop the locks
// of every connection this process has to it.
func prepareFile(path string, readOnly bool) error {
	_, err := os.Stat(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if readOnly {
		return errors.New("there is no such file: check store.url, or start innerview serve once to create it")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil // somebody else was faster
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("its folder does not exist: create it, or check store.url")
	case err != nil:
		return err
	}
	return f.Close()
}

func pool(ctx context.Context, size int, dsn string) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(keeping{connector})
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, patiently(ctx, func() error { return assertSettings(ctx, db) })
}

// How long opening a database waits for others who open it. The switch of a new
// file to WAL fails at once where somebody else makes it, whatever busy_timeout
// says.
const (
	openWithin = 10 * time.Second
	openAgain  = 50 * time.Millisecond
)

// patiently tries again while the database is busy.
func patiently(ctx context.Context, try func() error) error {
	ctx, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	for {
		err := try()
		if err == nil || sqliteCode(err) != sqliteBusy {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(openAgain):
		}
	}
}

// assertSettings makes sure that the settings in the DSN took hold: SQLite
// ignores what it does not understand, and some file systems refuse WAL.
func assertSettings(ctx context.Context, db *sql.DB) error {
	var mode, version string
	var foreignKeys bool
	err := errors.Join(
		db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode),
		db.QueryRowContext(ctx, "PRAGMA foreign_keys").Scan(&foreignKeys),
		db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version),
	)
	switch {
	case err != nil:
		return domainError(err)
	case mode != "wal":
		return fmt.Errorf("journal mode is %s, not wal: keep the database on a local disk", mode)
	case !foreignKeys:
		return errors.New("foreign keys are not enforced")
	case versionLess(version, oldestSQLite):
		return fmt.Errorf("SQLite is %s, older than %s", version, oldestSQLite)
	}
	return nil
}

// versionLess compares dotted numbers.
func versionLess(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range bs {
		if i >= len(as) {
			return true
		}
		x, errX := strconv.Atoi(as[i])
		y, errY := strconv.Atoi(bs[i])
		if errX != nil || errY != nil {
			return true
		}
		if x != y {
			return x < y
		}
	}
	return false
}

// migrate brings the schema up to date. Two programs may do so at once: the
// slower one finds its work done.
func (s *Store) migrate(ctx context.Context, path string) error {
	migrations, err := fs.Sub(sqliteMigrations, "migrations/sqlite")
	if err != nil {
		return fmt.Errorf("find migrations: %w", err)
	}
	known, err := newestMigration(migrations)
	if err != nil {
		return err
	}
	failed := errors.New("it stayed as it was")
	for range 3 {
		have, err := schemaVersion(ctx, s.reader)
		switch {
		case err != nil:
			return fmt.Errorf("read schema of %s: %w", path, err)
		case have == known:
			return nil
		case have > known:
			return tooNew(path, have, known)
		case s.writer == nil:
			return fmt.Errorf("the database %s is older than this program (schema %d, wanted %d): "+
				"start innerview serve once to bring it up to date", path, have, known)
		}
		if err := s.migrateUp(ctx, migrations); err != nil {
			failed = err
		}
	}
	return fmt.Errorf("bring database %s up to date: %w", path, failed)
}

func tooNew(path string, have, known int64) error {
	return fmt.Errorf("the database %s is newer than this program (schema %d, this one knows %d): "+
		"run the version of innerview that wrote it, or a newer one", path, have, known)
}

func (s *Store) migrateUp(ctx context.Context, migrations fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.writer, migrations,
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	done, err := provider.Up(ctx)
	for _, m := range done {
		s.logger.InfoContext(ctx, "schema migrated", "version", m.Source.Version, "elapsed", m.Duration)
	}
	return err
}

func newestMigration(migrations fs.FS) (newest int64, err error) {
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return 0, fmt.Errorf("list migrations: %w", err)
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("number of migration %s: %w", name, err)
		}
		newest = max(newest, version)
	}
	return newest, nil
}

// schemaVersion returns the number of the newest migration that was applied, 0
// for an empty database.
func schemaVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var tables int
	err := db.QueryRowContext(ctx,
		"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'").Scan(&tables)
	if err != nil || tables == 0 {
		return 0, domainError(err)
	}
	var version sql.NullInt64
	err = db.QueryRowContext(ctx, "SELECT MAX(version_id) FROM goose_db_version").Scan(&version)
	return version.Int64, domainError(err)
}

// wipe moves what was written into the database file and empties the log, so
// that what was deleted is in neither. A read that is under way may keep the log
// for now; the next wipe takes it.
func (s *Store) wipe(ctx context.Context) error {
	var busy, pages, moved int
	return domainError(s.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved))
}

// The primary result codes of SQLite that mean something to us.
const (
	sqliteBusy         = 5
	sqliteLocked       = 6
	sqliteIOError      = 10
	sqliteCorrupt      = 11
	sqliteFull         = 13
	sqliteNotADatabase = 26
)

// domainError turns an error of the driver into one of the domain. What the
// person can do nothing about stays as it is.
func domainError(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rapport.ErrNotFound
	}
	switch sqliteCode(err) {
	case sqliteBusy, sqliteLocked, sqliteFull:
		return &rapport.Error{Kind: rapport.Unavailable, Key: "error.not_saved", Err: err}
	}
	return err
}

// IsFatal reports whether the process must end because the disk failed under
// the database: a commit that failed may yet be durable, and only a fresh start
// finds out. The keys of messages and payloads make that start safe.
func IsFatal(err error) bool { return sqliteCode(err) == sqliteIOError }

// sqliteCode returns the primary result code in err's chain, 0 for none.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// SQLiteVersion returns the version of SQLite the program is built with.
func SQLiteVersion() string { return sqlite3.SQLITE_VERSION }
