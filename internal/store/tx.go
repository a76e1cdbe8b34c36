package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"innerview/rapport"
)

// querier is what a pool and a transaction have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// access runs statements and answers with the domain's errors, not the
// driver's.
type access struct {
	q querier
}

// scanner is a row whose columns can be read.
type scanner interface {
	Scan(dest ...any) error
}

// read runs statements outside a transaction, each seeing what was committed
// before it began.
func (s *Store) read() access { return access{s.reader} }

// inTx runs fn in a transaction: committed when fn returns nil, rolled back
// otherwise. A commit that fails is the error, though its effect may still be
// found after a restart (see [IsFatal]).
func (s *Store) inTx(ctx context.Context, fn func(access) error) error {
	if s.writer == nil {
		return errReadOnly
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return domainError(err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := fn(access{tx}); err != nil {
		return err
	}
	return domainError(tx.Commit())
}

// once is inTx for the answer to a payload: it notes the payload's key along
// with what fn does, and gives [ErrSeen] if the key was there.
func (s *Store) once(ctx context.Context, workspace, key string, fn func(access) error) error {
	return s.inTx(ctx, func(a access) error {
		if key != "" {
			n, err := a.exec(ctx, `
				INSERT INTO seen (workspace, key, at)
				VALUES ($1, $2, $3)
				ON CONFLICT (workspace, key) DO NOTHING`,
				workspace, key, timestamp(s.now()))
			if err != nil {
				return err
			}
			if n == 0 {
				return ErrSeen
			}
		}
		return fn(a)
	})
}

// exec runs a statement and returns how many rows it changed.
func (a access) exec(ctx context.Context, query string, args ...any) (int, error) {
	result, err := a.q.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, domainError(err)
	}
	n, err := result.RowsAffected()
	return int(n), domainError(err)
}

// must is exec for a statement that is to change a row: none is
// [rapport.ErrNotFound].
func (a access) must(ctx context.Context, query string, args ...any) error {
	n, err := a.exec(ctx, query, args...)
	if err == nil && n == 0 {
		err = rapport.ErrNotFound
	}
	return err
}

// one reads the first row; none is [rapport.ErrNotFound].
func one[T any](ctx context.Context, a access, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	item, err := scan(a.q.QueryRowContext(ctx, query, args...))
	return item, domainError(err)
}

// all reads every row.
func all[T any](ctx context.Context, a access, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := a.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, domainError(err)
	}
	defer func() { _ = rows.Close() }() // rows.Err tells all there is to tell
	var items []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, domainError(err)
		}
		items = append(items, item)
	}
	return items, domainError(rows.Err())
}

// wrap adds what was being done to an error, if there is one.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func scanInt(row scanner) (n int, err error)       { err = row.Scan(&n); return }
func scanString(row scanner) (v string, err error) { err = row.Scan(&v); return }
func scanBytes(row scanner) (b []byte, err error)  { err = row.Scan(&b); return }

// inChunks calls fn with so many ids at a time as one statement may name.
func inChunks(ids []string, fn func(ids []string) error) error {
	const most = 500
	for len(ids) > 0 {
		n := min(most, len(ids))
		if err := fn(ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// among returns the placeholders for ids as the second and later arguments of a
// statement whose first is the workspace, and all those arguments.
func among(workspace string, ids []string) (placeholders string, args []any) {
	var b strings.Builder
	args = append(args, workspace)
	for i, id := range ids {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+2)
		args = append(args, id)
	}
	return b.String(), args
}
