package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"innerview/internal/store"
)

func TestLock(t *testing.T) {
	t.Parallel()
	tests := []struct {
		url, lock string
	}{
		{"innerview.db", "innerview.lock"},
		{"innerview", "innerview.lock"},
		{"notes.sqlite", "notes.sqlite.lock"},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		url, file := filepath.Join(dir, tt.url), filepath.Join(dir, tt.lock)
		release, err := store.Lock(url, "innerview serve")
		if err != nil {
			t.Fatalf("Lock(%q): %v", tt.url, err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		who := "innerview serve, pid " + strconv.Itoa(os.Getpid()) + ", since "
		if !strings.HasPrefix(string(text), who) {
			t.Errorf("%s says %q, want %q in front", tt.lock, text, who)
		}
		if _, err := os.Stat(url); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Lock(%q) touched the database: %v", tt.url, err)
		}
		if _, err := store.Lock(url, "innerview sweep"); err == nil || !strings.Contains(err.Error(), who) {
			t.Errorf("second Lock(%q) = %v, want %q in it", tt.url, err, who)
		}
		release()
		again, err := store.Lock(url, "innerview sweep")
		if err != nil {
			t.Fatalf("Lock(%q) after release: %v", tt.url, err)
		}
		again()
	}
}

func TestLockRefuses(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "postgres://host/db", filepath.Join(t.TempDir(), "no", "folder", "x.db")} {
		if release, err := store.Lock(url, "test"); err == nil {
			release()
			t.Errorf("Lock(%q): no error", url)
		}
	}
}

// TestLockHindersNobodyElse opens a database that another program has locked.
func TestLockHindersNobodyElse(t *testing.T) {
	t.Parallel()
	url, keyFile := paths(t)
	release, err := store.Lock(url, "innerview serve")
	if err != nil {
		t.Fatalf("Lock: %v", err)
	}
	defer release()
	addNote(t, openStore(t, url, keyFile, false), "likes ferries")
}
