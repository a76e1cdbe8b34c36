package store_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"modernc.org/sqlite"

	"innerview/internal/store"
)

// prepared counts how often each statement is prepared, and how many are open.
type prepared struct {
	driver.Connector
	often map[string]int
	open  int
}

func (p *prepared) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return countedConn{c.(fullConn), p}, nil
}

type fullConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type countedConn struct {
	fullConn
	counts *prepared
}

func (c countedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	s, err := c.fullConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	c.counts.often[query]++
	c.counts.open++
	return countedStmt{s.(fullStmt), c.counts}, nil
}

type fullStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type countedStmt struct {
	fullStmt
	counts *prepared
}

func (s countedStmt) Close() error {
	s.counts.open--
	return s.fullStmt.Close()
}

// keepingDB is a database of one connection, with a table of three numbers.
func keepingDB(t *testing.T) (*sql.DB, *prepared) {
	t.Helper()
	connector, err := sqlite.NewConnector(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	counts := &prepared{Connector: connector, often: map[string]int{}}
	db := sql.OpenDB(store.Keeping(counts))
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil || counts.open != 0 {
			t.Errorf("Close = %v, and %d statements are open", err, counts.open)
		}
	})
	for _, q := range []string{
		"PRAGMA journal_mode = WAL", "CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT",
		"INSERT INTO numbers VALUES (1), (2), (3)",
	} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	clear(counts.often)
	return db, counts
}

func numbers(t *testing.T, rows *sql.Rows) (found []int) {
	t.Helper()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		found = append(found, n)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	return found
}

const upFrom = "\n\tSELECT\n\tn FROM numbers WHERE n >= $1 ORDER BY n LIMIT 0 + $2"

func query(t *testing.T, db interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, args ...any,
) *sql.Rows {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), upFrom, args...)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestStatementsArePreparedOnce runs the same texts again and again, in
// transactions and outside, and after each kind of trouble.
func TestStatementsArePreparedOnce(t *testing.T) {
	t.Parallel()
	db, counts := keepingDB(t)
	const insert = "INSERT INTO numbers VALUES ($1)"
	for n := 4; n < 8; n++ {
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = tx.ExecContext(t.Context(), insert, n); err != nil {
			t.Fatal(err)
		}
		if got := numbers(t, query(t, tx, n-1, 10)); !cmp.Equal(got, []int{n - 1, n}) {
			t.Errorf("in a transaction: %v, want %d and %d", got, n-1, n)
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		if got := numbers(t, query(t, db, 1, n)); len(got) != n {
			t.Errorf("%v, want %d numbers", got, n)
		}
	}
	if diff := cmp.Diff(map[string]int{insert: 1, upFrom: 1}, counts.often); diff != "" {
		t.Errorf("prepared (-want +got):\n%s", diff)
	}
}

// TestStatementsAfterTrouble: what failed is prepared anew, and nothing of it is
// left in the way of those who come later.
func TestStatementsAfterTrouble(t *testing.T) {
	t.Parallel()
	db, counts := keepingDB(t)
	const insert = "INSERT INTO numbers VALUES ($1) RETURNING n"
	for n, want := range map[int]bool{1: false, 4: true, 2: false, 5: true} {
		var got int
		err := db.QueryRowContext(t.Context(), insert, n).Scan(&got)
		if (err == nil) != want || want && got != n {
			t.Errorf("insert %d: %d, %v, want success %t", n, got, err, want)
		}
		if _, err := db.ExecContext(t.Context(), insert, n); err == nil {
			t.Errorf("insert %d again: want a refusal", n)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.QueryContext(ended, upFrom, 1, 9); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v, want %v", err, context.Canceled)
	}
	if got := numbers(t, query(t, db, 2, 2)); !cmp.Equal(got, []int{2, 3}) {
		t.Errorf("%v, want 2 and 3", got)
	}
	if _, err := db.ExecContext(t.Context(), "ALTER TABLE numbers ADD COLUMN name TEXT"); err != nil {
		t.Fatal(err)
	}
	if got := numbers(t, query(t, db, 2, 3)); !cmp.Equal(got, []int{2, 3, 4}) || counts.often[upFrom] != 1 {
		t.Errorf("after the schema changed: %v, prepared %d times, want 2, 3, 4 and once", got, counts.often[upFrom])
	}
}

// TestStatementsAtOnce runs one text while its rows are still being read.
func TestStatementsAtOnce(t *testing.T) {
	t.Parallel()
	db, counts := keepingDB(t)
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	outer := query(t, tx, 1, 9)
	for want := 1; outer.Next(); want++ {
		var n int
		if err := outer.Scan(&n); err != nil || n != want {
			t.Fatalf("%d, %v, want %d", n, err, want)
		}
		if got := numbers(t, query(t, tx, n, 1)); !cmp.Equal(got, []int{n}) {
			t.Errorf("meanwhile: %v, want %d", got, n)
		}
	}
	if err := errors.Join(outer.Err(), outer.Close(), tx.Commit()); err != nil {
		t.Fatal(err)
	}
	if counts.often[upFrom] != 2 || counts.open != 1+1 { // and the insertion of keepingDB
		t.Errorf("prepared %d times, %d open, want 2 and 2", counts.often[upFrom], counts.open)
	}
}

// TestStatementsAreBounded runs more texts than are kept. None of them keeps the
// log from being emptied.
func TestStatementsAreBounded(t *testing.T) {
	t.Parallel()
	db, counts := keepingDB(t)
	for i := range store.KeptStatements + 50 {
		var n int
		if err := db.QueryRowContext(t.Context(), fmt.Sprintf("SELECT n + %d FROM numbers", i)).Scan(&n); err != nil || n != i+1 {
			t.Fatalf("%d, %v, want %d", n, err, i+1)
		}
	}
	if counts.open != store.KeptStatements {
		t.Errorf("%d statements are open, want %d", counts.open, store.KeptStatements)
	}
	var busy, pages, moved int
	err := db.QueryRowContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	if err != nil || busy != 0 {
		t.Errorf("the log could not be emptied: %d, %v", busy, err)
	}
}

// TestCloseEmptiesTheLog: a store that closes leaves one file, whatever it ran.
func TestCloseEmptiesTheLog(t *testing.T) {
	t.Parallel()
	url, keyFile := paths(t)
	create(t, url, keyFile)
	if _, err := os.Stat(url + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the log is still there (%v)", err)
	}
}
