package main

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdDump writes every row of a database into a file, for a comparison of
// before and after.
func cmdDump(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) == 2, "dump DATABASE FILE")
	text, err := dumpDatabase(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// dumpDatabase returns the schema and every row of an SQLite file, as text.
func dumpDatabase(path string) (string, error) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro")
	if err != nil {
		return "", err
	}
	defer db.Close()
	tables, err := texts(db, "SELECT name || ' ' || sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, t := range tables {
		b.WriteString(t + "\n")
	}
	names, err := texts(db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
	if err != nil {
		return "", err
	}
	for _, name := range names {
		rows, err := tableRows(db, name)
		if err != nil {
			return "", fmt.Errorf("dump %s: %w", name, err)
		}
		slices.Sort(rows)
		fmt.Fprintf(&b, "-- %s: %d rows\n%s\n", name, len(rows), strings.Join(rows, "\n"))
	}
	return b.String(), nil
}

func tableRows(db *sql.DB, table string) ([]string, error) {
	rows, err := db.Query(fmt.Sprintf("SELECT * FROM %q", table))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all []string
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, fmt.Sprintf("%q", values))
	}
	return all, rows.Err()
}

func texts(db *sql.DB, query string) ([]string, error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// TestDumpSeesEveryChange makes sure that "unchanged" can fail.
func TestDumpSeesEveryChange(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/a.db"
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	seen := map[string]string{}
	for _, step := range []string{
		"CREATE TABLE a (n INTEGER, words TEXT)",
		"INSERT INTO a VALUES (1, 'x')",
		"INSERT INTO a VALUES (1, 'x')",
		"UPDATE a SET words = 'y' WHERE rowid = 2",
		"UPDATE a SET words = NULL WHERE rowid = 2",
		"CREATE INDEX a_words ON a (words)",
	} {
		if _, err := db.Exec(step); err != nil {
			t.Fatal(err)
		}
		text, err := dumpDatabase(path)
		if err != nil {
			t.Fatal(err)
		}
		if before, same := seen[text]; same {
			t.Errorf("the dump is the same after %q as after %q", step, before)
		}
		seen[text] = step
	}
}
