package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
	"innerview/rapport"
)

// paths returns the database and the key file of a test.
func paths(t *testing.T) (url, keyFile string) {
	t.Helper()
	dir := t.TempDir()
	return filepath.Join(dir, "innerview.db"), filepath.Join(dir, "innerview.key")
}

// create makes a database with one note in it and closes it again.
func create(t *testing.T, url, keyFile string) rapport.Scope {
	t.Helper()
	s, err := store.Open(t.Context(), nil, url, keyFile, store.Options{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	sc := addNote(t, s, "likes ferries")
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	return sc
}

var someday = rapport.NewDate(2026, 11, 25)

func addNote(t *testing.T, s *store.Store, text rapport.NoteText) rapport.Scope {
	t.Helper()
	ws, _, err := s.Workspace(t.Context())
	if err != nil {
		t.Fatalf("Workspace: %v", err)
	}
	sc := rapport.Scope{Workspace: ws, Actor: "U0ANA"}
	p, _, err := s.AddPair(t.Context(), sc, "U0MEI", store.NewPair{}, someday, "")
	if err != nil {
		t.Fatalf("AddPair: %v", err)
	}
	if err := s.AddNote(t.Context(), sc, p.ID, rapport.Note{Text: text, ExpiresOn: someday.AddDays(180)}, ""); err != nil {
		t.Fatalf("AddNote: %v", err)
	}
	return sc
}

func readNotes(t *testing.T, s *store.Store, sc rapport.Scope) ([]rapport.Note, error) {
	t.Helper()
	p, err := s.Pair(t.Context(), sc, "U0MEI")
	if err != nil {
		t.Fatalf("Pair: %v", err)
	}
	return s.Notes(t.Context(), sc, p.ID, someday)
}

func TestOpenCreatesOnce(t *testing.T) {
	t.Parallel()
	// Signs that mean something in a URI are plain letters in a path.
	dir := filepath.Join(t.TempDir(), "a b%20c?mode=memory#d&e")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	url, keyFile := filepath.Join(dir, "innerview.db"), filepath.Join(dir, "innerview.key")
	for i, want := range []bool{true, false, false} {
		s := openStore(t, url, keyFile, false)
		if got := s.CreatedKey(); got != want {
			t.Errorf("opening %d: CreatedKey = %t, want %t", i, got, want)
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Errorf("Ping: %v", err)
		}
	}
	for _, file := range []string{url, keyFile} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("mode of %s = %v, want 0600", filepath.Base(file), info.Mode())
		}
	}
}

func TestOpenTakesAKeyThatIsThere(t *testing.T) {
	t.Parallel()
	url, keyFile := paths(t)
	create(t, filepath.Join(t.TempDir(), "other.db"), keyFile)
	if s := openStore(t, url, keyFile, false); s.CreatedKey() {
		t.Error("CreatedKey = true for a key file that was there")
	}
}

// TestOpenAtOnce opens a database that is not there yet many times at the same
// time, as programs do that are started together.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	url, keyFile := paths(t)
	const programs = 4
	var mu sync.Mutex
	created := 0
	workspaces := map[string]bool{}
	var wg sync.WaitGroup
	for range programs {
		wg.Go(func() {
			s, err := store.Open(t.Context(), nil, url, keyFile, store.Options{})
			if err != nil {
				t.Errorf("Open: %v", err)
				return
			}
			id, _, err := s.Workspace(t.Context())
			if err = errors.Join(err, s.Close()); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			workspaces[id] = true
			if s.CreatedKey() {
				created++
			}
		})
	}
	wg.Wait()
	if created != 1 || len(workspaces) != 1 {
		t.Errorf("%d keys and %d workspaces were made, want one of each", created, len(workspaces))
	}
}

func TestSettingsHold(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	tests := []struct {
		pragma         string
		writer, reader string
	}{
		{"journal_mode", "wal", "wal"},
		{"synchronous", "2", "2"},
		{"foreign_keys", "1", "1"},
		{"busy_timeout", "5000", "5000"},
		{"trusted_schema", "0", "0"},
		{"secure_delete", "1", "0"},
		{"query_only", "0", "1"},
	}
	for _, tt := range tests {
		var writer, reader string
		err := errors.Join(
			store.Writer(s).QueryRowContext(t.Context(), "PRAGMA "+tt.pragma).Scan(&writer),
			store.Reader(s).QueryRowContext(t.Context(), "PRAGMA "+tt.pragma).Scan(&reader))
		if err != nil || writer != tt.writer || reader != tt.reader {
			t.Errorf("%s = %s and %s, %v, want %s and %s", tt.pragma, writer, reader, err, tt.writer, tt.reader)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		readOnly bool
		spoil    func(t *testing.T, url, keyFile string)
		want     string
	}{
		{"another key", false, otherKey, "does not open this database"},
		{"another key, to read", true, otherKey, "does not open this database"},
		{"no key", false, noKey, "put your copy of the key file back"},
		{"a key others may read", false, openKey, "may be read by others"},
		{"a newer schema", false, newerSchema, "newer than this program"},
		{"a newer schema, to read", true, newerSchema, "newer than this program"},
		{"an older schema, to read", true, noSchema, "older than this program"},
		{"no file, to read", true, noFile, "no such file"},
		{"not a database", false, notADatabase, "not a database"},
		{"a folder", false, folder, "unable to open"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			url, keyFile, _ := begun(t)
			tt.spoil(t, url, keyFile)
			before := files(t, filepath.Dir(url))
			s, err := store.Open(t.Context(), nil, url, keyFile, store.Options{ReadOnly: tt.readOnly})
			if err == nil {
				_ = s.Close()
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open = %v, want %q in it", err, tt.want)
			}
			if diff := cmp.Diff(before, files(t, filepath.Dir(url))); diff != "" {
				t.Errorf("files changed (-before +after):\n%s", diff)
			}
		})
	}
}

// files lists a folder.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func otherKey(t *testing.T, _, keyFile string) {
	_, other := empty.Copy(t, t.TempDir())
	if err := os.Rename(other, keyFile); err != nil {
		t.Fatal(err)
	}
}

func noKey(t *testing.T, _, keyFile string) {
	if err := os.Remove(keyFile); err != nil {
		t.Fatal(err)
	}
}

func openKey(t *testing.T, _, keyFile string) {
	if err := os.Chmod(keyFile, 0o644); err != nil {
		t.Fatal(err)
	}
}

func newerSchema(t *testing.T, url, _ string) {
	raw(t, url, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
}

func noSchema(t *testing.T, url, _ string) {
	noFile(t, url, "")
	raw(t, url, "PRAGMA journal_mode = WAL", "CREATE TABLE other (id TEXT)")
}

func noFile(t *testing.T, url, _ string) {
	if err := os.Remove(url); err != nil {
		t.Fatal(err)
	}
}

func notADatabase(t *testing.T, url, _ string) {
	if err := os.WriteFile(url, []byte(strings.Repeat("not at all ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func folder(t *testing.T, url, _ string) {
	noFile(t, url, "")
	if err := os.Mkdir(url, 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefusesURLs(t *testing.T) {
	t.Parallel()
	_, keyFile := paths(t)
	for url, want := range map[string]string{
		"postgres://host/db":   "SQLite",
		"postgresql://host/db": "SQLite",
		"":                     "empty",
		filepath.Join(t.TempDir(), "no", "folder", "x.db"): "folder does not exist",
	} {
		_, err := store.Open(t.Context(), nil, url, keyFile, store.Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q) = %v, want %q in it", url, err, want)
		}
	}
	if _, err := os.Stat(keyFile); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key file was made for a database that was not: %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := begun(t)
	s := openStore(t, url, keyFile, true)
	if notes, err := readNotes(t, s, sc); err != nil || len(notes) != 1 || notes[0].Text.Reveal() != "likes ferries" {
		t.Errorf("Notes = %v, %v, want the one", notes, err)
	}
	p, err := s.Pair(t.Context(), sc, "U0MEI")
	if err != nil {
		t.Fatalf("Pair: %v", err)
	}
	if err := s.Snooze(t.Context(), sc, p.ID, someday, "k"); err == nil || !strings.Contains(err.Error(), "read only") {
		t.Errorf("Snooze = %v, want a refusal", err)
	}
	if _, err := s.ImportRoster(t.Context(), sc.Workspace, []store.RosterRow{{Leader: "U0ANA", Person: "U0KEN"}},
		func(string) rapport.Date { return someday }, true); err != nil {
		t.Errorf("ImportRoster, dry: %v", err)
	}

	beside := openStore(t, url, keyFile, false)
	if err := beside.Snooze(t.Context(), sc, p.ID, someday, ""); err != nil {
		t.Fatalf("Snooze: %v", err)
	}
	if p, err = s.Pair(t.Context(), sc, "U0MEI"); err != nil || p.NextOn != someday {
		t.Errorf("next on = %s, %v, want what was written beside", p.NextOn, err)
	}
}

// TestReadOnlyWithoutKey reads everything but the sealed texts.
func TestReadOnlyWithoutKey(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := begun(t)
	noKey(t, url, keyFile)
	s := openStore(t, url, keyFile, true)
	p, err := s.Pair(t.Context(), sc, "U0MEI")
	if err != nil {
		t.Fatalf("Pair: %v", err)
	}
	if _, err := s.Past(t.Context(), sc.Workspace, p, someday); err != nil {
		t.Errorf("Past: %v", err)
	}
	if _, err := readNotes(t, s, sc); err == nil || !strings.Contains(err.Error(), "there is no key") {
		t.Errorf("Notes = %v, want a sentence about the key", err)
	}
	if got := files(t, filepath.Dir(url)); strings.Contains(strings.Join(got, " "), "innerview.key") {
		t.Errorf("files = %v: a key was made", got)
	}
}

func TestVersionLess(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{"3.53.4", "3.53.4", false},
		{"3.53.3", "3.53.4", true},
		{"3.9.9", "3.53.4", true},
		{"3.53.10", "3.53.4", false},
		{"4.0.0", "3.53.4", false},
		{"3.53", "3.53.4", true},
		{"", "3.53.4", true},
	}
	for _, tt := range tests {
		if got := store.VersionLess(tt.a, tt.b); got != tt.want {
			t.Errorf("VersionLess(%q, %q) = %t, want %t", tt.a, tt.b, got, tt.want)
		}
	}
}
