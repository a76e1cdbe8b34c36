package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"innerview/internal/seal"
	"innerview/rapport"
)

// ErrSeen says that a payload with the same key has acted already; nothing was
// changed this time.
var ErrSeen = &rapport.Error{Kind: rapport.Conflict, Key: "error.seen"}

// errReadOnly is what a writing method answers in a store opened to read.
var errReadOnly = errors.New("the store was opened to read only")

// Options are what may be chosen about a [Store]; the zero value serves.
type Options struct {
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// ReadOnly opens what is there and changes nothing: no file is created and
	// no schema brought up to date.
	ReadOnly bool
	// NoteDays is for how many days notes are kept; 0 where none are.
	NoteDays int
	// Existing refuses to make a database where there is none.
	Existing bool
	// TellFirst keeps nothing about anybody before their notice has gone out.
	TellFirst bool
}

// Store is the database of one Innerview. It is safe for concurrent use.
type Store struct {
	logger     *slog.Logger
	now        func() time.Time
	writer     *sql.DB // nil when read only
	reader     *sql.DB
	keyring    *seal.Keyring
	keyErr     error // why there is no keyring, when read only
	createdKey bool
	tellFirst  bool
	noteDays   int
}

// Open opens the database at the url, a path, and the key file beside it. Both
// are created where there is no database yet; the key file is never created for
// a database that has been written with another key. An older schema is brought
// up to date, a newer one refused. With [Options.ReadOnly] nothing is created
// or changed, and the key file may be missing until a sealed text is read.
//
// The errors are sentences for the operator. The caller closes the store.
func Open(ctx context.Context, logger *slog.Logger, url, keyFile string, o Options) (*Store, error) {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	now := o.Now
	if now == nil {
		now = time.Now
	}
	path, err := databasePath(url)
	if err != nil {
		return nil, err
	}
	s := &Store{
		logger:    logger,
		now:       func() time.Time { return moment(now()) },
		tellFirst: o.TellFirst,
		noteDays:  o.NoteDays,
	}
	if o.Existing {
		if _, err := existing(url); err != nil {
			return nil, err
		}
	}
	if err := s.open(ctx, path, keyFile, o.ReadOnly); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path, keyFile string, readOnly bool) error {
	var err error
	if s.writer, s.reader, err = openSQLite(ctx, path, readOnly); err != nil {
		return fmt.Errorf("open database %s: %w", path, err)
	}
	if err := s.migrate(ctx, path); err != nil {
		return err
	}
	return s.unlock(ctx, keyFile)
}

// CreatedKey reports whether opening the store made a new key file. A copy of
// it belongs apart from the database, and the operator wants to be told.
func (s *Store) CreatedKey() bool { return s.createdKey }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	_, err := one(ctx, s.read(), scanInt, "SELECT COUNT(*) FROM workspaces")
	if err != nil {
		return fmt.Errorf("ping database: %w", err)
	}
	return nil
}

// Close releases the database. The store is of no use afterwards.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

func (s *Store) today() rapport.Date { return rapport.DateOf(s.now()) }
