package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
)

func TestBackup(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false) // somebody uses it meanwhile
	sc := addNote(t, s, "likes ferries")
	file := filepath.Join(t.TempDir(), "it's a copy.db")
	if err := store.Backup(t.Context(), url, file); err != nil {
		t.Fatalf("Backup: %v", err)
	}
	if got, want := files(t, filepath.Dir(file)), []string{"it's a copy.db"}; !cmp.Equal(got, want) {
		t.Errorf("files = %v, want %v", got, want)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v, want 0600", info.Mode(), err)
	}
	if inFiles(t, file, []byte("likes ferries")) {
		t.Error("the text of a note is in the copy")
	}
	copied := openStore(t, file, keyFile, false)
	if notes, err := readNotes(t, copied, sc); err != nil || len(notes) != 1 || notes[0].Text.Reveal() != "likes ferries" {
		t.Errorf("Notes of the copy = %v, %v, want the one", notes, err)
	}
}

// TestRelativePaths copies and puts back beside the working directory.
func TestRelativePaths(t *testing.T) {
	t.Chdir(t.TempDir())
	sc := create(t, "innerview.db", "innerview.key")
	if err := store.Backup(t.Context(), "innerview.db", "copy.db"); err != nil {
		t.Fatalf("Backup: %v", err)
	}
	if r, err := store.Check(t.Context(), "copy.db", "innerview.key", false); err != nil || r.Err() != nil {
		t.Errorf("Check: %v, %v", err, r.Err())
	}
	_, err := store.Restore(t.Context(), nil, "copy.db", "innerview.db", "innerview.key", store.RestoreOptions{Force: true})
	if err != nil {
		t.Fatalf("Restore: %v", err)
	}
	if notes, err := readNotes(t, openStore(t, "innerview.db", "innerview.key", false), sc); err != nil || len(notes) != 1 {
		t.Errorf("Notes = %v, %v, want the one", notes, err)
	}
}

// TestBackupLeavesTheDeletedBehind looks for a destroyed key in a copy.
func TestBackupLeavesTheDeletedBehind(t *testing.T) {
	t.Parallel()
	url, keyFile, _ := begun(t)
	s := openStore(t, url, keyFile, false)
	wrapped := texts(t, store.Reader(s), "SELECT wrapped FROM keys")[0]
	raw(t, url, "PRAGMA secure_delete = 0", "DELETE FROM keys")
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := store.Backup(t.Context(), url, file); err != nil {
		t.Fatalf("Backup: %v", err)
	}
	if !inFiles(t, url, []byte(wrapped)) {
		t.Fatal("the key is not in the database any longer: the search finds nothing")
	}
	if inFiles(t, file, []byte(wrapped)) {
		t.Error("the destroyed key is in the copy")
	}
}

func TestBackupRefuses(t *testing.T) {
	t.Parallel()
	url, _, _ := begun(t)
	dir := t.TempDir()
	write := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	there := write("there.db")
	half := strings.TrimSuffix(write("half.db.partial"), ".partial")
	dangling := filepath.Join(dir, "link.db")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), dangling); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.db")
	notADatabase(t, broken, "")
	damaged, _, _ := begun(t)
	orphan(t, damaged, "")
	tests := []struct {
		name, url, file, want string
	}{
		{"a file that is there", url, there, "is there already, and a copy never overwrites"},
		{"a link to nowhere", url, dangling, "is there already"},
		{"the database itself", url, url, "is there already"},
		{"half a copy", url, half, "half.db.partial is there already: another copy is being written"},
		{"no folder", url, filepath.Join(dir, "no", "copy.db"), "does not exist: create it"},
		{"no database", filepath.Join(dir, "none.db"), filepath.Join(dir, "copy.db"), "there is no such file: check store.url"},
		{"not a database", broken, filepath.Join(dir, "copy.db"), "not a database"},
		{"a damaged database", damaged, filepath.Join(dir, "copy.db"), "the database " + damaged + " is damaged"},
		{"Postgres", "postgres://host/db", filepath.Join(dir, "copy.db"), "SQLite"},
	}
	before := files(t, dir)
	for _, tt := range tests {
		err := store.Backup(t.Context(), tt.url, tt.file)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Backup = %v, want %q in it", tt.name, err, tt.want)
		}
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Errorf("files changed (-before +after):\n%s", diff)
	}
	if text, err := os.ReadFile(there); err != nil || string(text) != "precious" {
		t.Errorf("the file that was there = %q, %v", text, err)
	}
}

// TestBackupStopped ends a copy before it is whole.
func TestBackupStopped(t *testing.T) {
	t.Parallel()
	url, _, _ := begun(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	if err := store.Backup(ctx, url, filepath.Join(dir, "copy.db")); err == nil {
		t.Error("Backup: no error")
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("files left = %v, want none", left)
	}
}

// TestBackupUnderLoad copies again and again while somebody writes. Each copy is
// whole, and has what had been written when it began.
func TestBackupUnderLoad(t *testing.T) {
	t.Parallel()
	url, keyFile, _ := begun(t)
	s := openStore(t, url, keyFile, false)
	ctx, stop := context.WithCancel(t.Context())
	written, done := make(chan int), make(chan struct{})
	go func() {
		defer close(done)
		for i := 1; ; i++ {
			err := s.Record(ctx, store.Operation(fmt.Sprint("load ", i)))
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				t.Errorf("Record: %v", err)
				return
			}
			select {
			case written <- i:
			case <-ctx.Done():
				return
			default:
			}
		}
	}()
	dir := t.TempDir()
	for i := range 8 {
		least := <-written
		file := filepath.Join(dir, fmt.Sprint(i))
		if err := store.Backup(t.Context(), url, file); err != nil {
			t.Fatalf("Backup %d: %v", i, err)
		}
		r, err := store.Check(t.Context(), file, keyFile, false)
		if err != nil || r.Err() != nil {
			t.Errorf("copy %d: %v, %v", i, err, r.Err())
		}
		got := len(texts(t, store.Reader(openStore(t, file, keyFile, false)), "SELECT kind FROM operations"))
		if got < least {
			t.Errorf("copy %d has %d rows, want at least %d", i, got, least)
		}
	}
	stop()
	<-done
}

func TestBackupInto(t *testing.T) {
	t.Parallel()
	url, _, _ := begun(t)
	o := store.Options{Now: func() time.Time { // 30 December in UTC
		return time.Date(2026, 12, 31, 1, 2, 3, 0, time.FixedZone("", 9*60*60))
	}}
	stays := []string{
		"innerview-20261126-000000.db",         // 34 days
		"innerview-20261126-000000.db.partial", // of somebody who writes it still, perhaps
		"innerview-20270101-000000.db",         // of a clock that was ahead
		"innerview-20261325-000000.db",         // no such month
		"innerview-20200101-000000.db.gz",
		"innerview-20200101-000000",
		"innerview-20200101.db",
		"innerview-2020010x-000000.db",
		"other-20200101-000000.db",
		"my innerview-20200101-000000.db",
		"innerview.db",
	}
	goes := []string{
		"innerview-20200101-000000.db",
		"innerview-20261124-120000.db.partial",
		"innerview-20261125-235959.db", // 35 days
	}
	dir := t.TempDir()
	for _, name := range append(stays, goes...) {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	folder := "innerview-20190101-000000.db"
	if err := os.Mkdir(filepath.Join(dir, folder), 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := store.BackupInto(t.Context(), url, dir, o)
	if err != nil {
		t.Fatalf("BackupInto: %v", err)
	}
	want := store.BackupReport{Written: filepath.Join(dir, "innerview-20261230-160203.db")}
	for _, name := range goes {
		want.Removed = append(want.Removed, filepath.Join(dir, name))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	for _, name := range append(stays, folder, "innerview-20261230-160203.db") {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			t.Errorf("%s: %v, want it to be there", name, err)
		}
	}
	if got, want := len(files(t, dir)), len(stays)+2; got != want {
		t.Errorf("%d files are left, want %d", got, want)
	}
	if _, err := store.BackupInto(t.Context(), url, dir, o); err == nil {
		t.Error("BackupInto twice in a second: no error")
	}
}

func TestBackupIntoRefuses(t *testing.T) {
	t.Parallel()
	url, _, _ := begun(t)
	for _, folder := range []string{filepath.Join(t.TempDir(), "none"), url} {
		_, err := store.BackupInto(t.Context(), url, folder, store.Options{})
		if err == nil || !strings.Contains(err.Error(), "is not a folder") {
			t.Errorf("BackupInto(%q) = %v, want a sentence about the folder", folder, err)
		}
	}
	// Where no copy can be written, the old ones stay.
	dir := t.TempDir()
	old := filepath.Join(dir, "innerview-20200101-000000.db")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.BackupInto(t.Context(), filepath.Join(dir, "none.db"), dir, store.Options{}); err == nil {
		t.Error("BackupInto of no database: no error")
	}
	if _, err := os.Stat(old); err != nil {
		t.Errorf("the old copy: %v", err)
	}
}
