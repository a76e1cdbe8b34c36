package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"innerview/internal/seal"
	"innerview/internal/store"
	"innerview/rapport"
)

// readsAll opens a database and reads every note in it.
func readsAll(ctx context.Context, url, keyFile string, sc rapport.Scope) (err error) {
	s, err := store.Open(ctx, nil, url, keyFile, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	pairs, err := s.Pairs(ctx, sc)
	if err != nil || len(pairs) == 0 {
		return fmt.Errorf("%d pairs, %w", len(pairs), err)
	}
	for _, p := range pairs {
		notes, err := s.Notes(ctx, sc, p.ID, someday)
		if err != nil || len(notes) != 1 || !strings.HasPrefix(notes[0].Text.Reveal(), "likes ") {
			return fmt.Errorf("%d notes about %s, %w", len(notes), p.Person, errors.Join(errUnread, err))
		}
	}
	return nil
}

// errUnread is a database that opens although a note in it does not.
var errUnread = errors.New("a note cannot be read")

// company makes a database with so many pairs, each with a data key and a note.
func company(t *testing.T, pairs int) (url, keyFile string, sc rapport.Scope) {
	t.Helper()
	url, keyFile, sc = begun(t) // with one
	s := openStore(t, url, keyFile, false)
	for i := range pairs - 1 {
		person := fmt.Sprintf("U%04d", i)
		p, _, err := s.AddPair(t.Context(), sc, person, store.NewPair{}, someday, "")
		if err != nil {
			t.Fatalf("AddPair: %v", err)
		}
		note := rapport.Note{Text: rapport.NoteText("likes " + person), ExpiresOn: someday.AddDays(180)}
		if err := s.AddNote(t.Context(), sc, p.ID, note, ""); err != nil {
			t.Fatalf("AddNote: %v", err)
		}
	}
	return url, keyFile, sc
}

func masterKeys(t *testing.T, keyFile string) int {
	t.Helper()
	k, err := seal.Load(keyFile)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return k.Keys()
}

func TestRotate(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := company(t, 3)
	before, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	wrapped := texts(t, store.Reader(openStore(t, url, keyFile, true)), "SELECT wrapped FROM keys")
	got, err := store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{})
	if err != nil || got != (store.Rotated{DataKeys: 3}) {
		t.Fatalf("Rotate = %+v, %v, want 3 data keys", got, err)
	}
	if err := readsAll(t.Context(), url, keyFile, sc); err != nil {
		t.Errorf("after the rotation: %v", err)
	}
	if n := masterKeys(t, keyFile); n != 1 {
		t.Errorf("%d master keys, want one", n)
	}
	r, err := store.Check(t.Context(), url, keyFile, false)
	if err != nil || r.Err() != nil || r.DataKeys != 3 || r.RotatedAt.IsZero() {
		t.Errorf("Check = %+v, %v", r, err)
	}
	for _, text := range wrapped {
		if inFiles(t, url, []byte(text)) {
			t.Error("a data key wrapped with the old key is still in the files")
		}
	}
	// The old key is of no use any longer.
	if err := os.WriteFile(keyFile, before, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := readsAll(t.Context(), url, keyFile, sc); err == nil || !strings.Contains(err.Error(), "does not open this database") {
		t.Errorf("with the old key: %v, want a sentence", err)
	}
}

var errPowerCut = errors.New("power cut")

// steps runs a rotation and returns what it did, step by step.
func steps(t *testing.T, url, keyFile string, each func(n int) error) (names []string, err error) {
	t.Helper()
	_, err = store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{Batch: 2, Step: func(name string) error {
		names = append(names, name)
		return each(len(names))
	}})
	return names, err
}

// TestRotateCutAtEveryStep interrupts a rotation after each of its steps, and
// what finishes it as well. Nothing is lost at any time.
func TestRotateCutAtEveryStep(t *testing.T) {
	t.Parallel()
	const people = 3 // more than one batch
	master, masterKey, sc := company(t, people)
	all, err := steps(t, copyOf(t, master), fileCopy(t, masterKey), func(int) error { return nil })
	if err != nil || len(all) < 6 {
		t.Fatalf("steps = %q, %v, want at least six", all, err)
	}
	for first := 1; first <= len(all); first++ {
		url, keyFile := copyOf(t, master), fileCopy(t, masterKey)
		cut := func(at int) error {
			_, err := steps(t, url, keyFile, func(n int) error {
				if n == at {
					return errPowerCut
				}
				return nil
			})
			return err
		}
		if err := cut(first); !errors.Is(err, errPowerCut) {
			t.Fatalf("cut after step %d: %v", first, err)
		}
		if err := readsAll(t.Context(), url, keyFile, sc); err != nil {
			t.Errorf("cut after %q: %v", all[first-1], err)
		}
		if err := cut(1); !errors.Is(err, errPowerCut) { // what there is to do depends on the first cut
			t.Fatalf("cut after step %d and again: %v", first, err)
		}
		if err := readsAll(t.Context(), url, keyFile, sc); err != nil {
			t.Errorf("cut after %q, and again: %v", all[first-1], err)
		}
		got, err := store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{})
		if err != nil || got.DataKeys != people {
			t.Errorf("cut after %q: Rotate at last = %+v, %v", all[first-1], got, err)
		}
		if err := readsAll(t.Context(), url, keyFile, sc); err != nil || masterKeys(t, keyFile) != 1 {
			t.Errorf("cut after %q, at last: %v, %d keys", all[first-1], err, masterKeys(t, keyFile))
		}
	}
}

func copyOf(t *testing.T, url string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "innerview.db")
	if err := store.Backup(t.Context(), url, file); err != nil {
		t.Fatalf("Backup: %v", err)
	}
	return file
}

func fileCopy(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "innerview.key")
	if err := os.WriteFile(other, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return other
}

// TestEveryKeyWithEveryDatabase opens databases at each stage of a rotation with
// the key files of each stage: all notes are read, or it says why not.
func TestEveryKeyWithEveryDatabase(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := company(t, 3)
	_, otherFile := empty.Copy(t, t.TempDir())
	keys := map[string]string{
		"old": fileCopy(t, keyFile), "another": otherFile, "none": filepath.Join(t.TempDir(), "none.key"),
	}
	databases := map[string]string{"old": copyOf(t, url)}
	names, err := steps(t, url, keyFile, func(n int) error {
		switch n {
		case 1:
			keys["both"] = fileCopy(t, keyFile)
		case 2:
			databases["marked"] = copyOf(t, url)
		case 3:
			databases["half wrapped"] = copyOf(t, url)
		}
		return nil
	})
	if err != nil || names[0] != "key added" || names[1] != "marked" || names[2] != "batch wrapped" {
		t.Fatalf("steps = %q, %v", names, err)
	}
	keys["new"], databases["new"] = fileCopy(t, keyFile), copyOf(t, url)
	opens := map[string]string{ // by database
		"old": "old both", "marked": "both", "half wrapped": "both", "new": "both new",
	}
	for database, path := range databases {
		for key, file := range keys {
			copied := file
			if key != "none" {
				copied = fileCopy(t, file)
			}
			err := readsAll(t.Context(), path, copied, sc)
			switch want := strings.Contains(" "+opens[database]+" ", " "+key+" "); {
			case want && err != nil:
				t.Errorf("%s database, %s key: %v", database, key, err)
			case !want && (err == nil || errors.Is(err, errUnread)):
				t.Errorf("%s database, %s key: opens, and then: %v", database, key, err)
			case !want && !strings.Contains(err.Error(), "put"):
				t.Errorf("%s database, %s key: %v, want what to do", database, key, err)
			}
		}
	}
	if _, err := os.Stat(keys["none"]); err == nil {
		t.Error("a key file was made where it was missing")
	}
}

// TestRotateBesideABrokenDataKey does not drop the old key.
func TestRotateBesideABrokenDataKey(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := company(t, 2)
	raw(t, url, "INSERT INTO keys (workspace, owner, wrapped, created_at) SELECT workspace, 'zzz', x'00', '' FROM keys LIMIT 1")
	for range 2 {
		_, err := store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{})
		if err == nil || !strings.Contains(err.Error(), "no key was dropped") {
			t.Errorf("Rotate = %v, want a sentence", err)
		}
		if err := readsAll(t.Context(), url, keyFile, sc); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	}
	if n := masterKeys(t, keyFile); n != 2 {
		t.Errorf("%d master keys, want both", n)
	}
}

// TestRotateBesideAnOldProgram meets a data key that somebody wraps with the old
// key while the others are wrapped with the new one.
func TestRotateBesideAnOldProgram(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := company(t, 2)
	old, err := seal.Load(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	wrapped, err := old.NewDataKey(sc.Workspace, "000")
	if err != nil {
		t.Fatal(err)
	}
	names, err := steps(t, url, keyFile, func(n int) error {
		if n == 3 {
			raw(t, url, fmt.Sprintf("INSERT INTO keys (workspace, owner, wrapped, created_at) VALUES ('%s', '000', x'%x', '')",
				sc.Workspace, wrapped))
		}
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "the new key does not open 1 data keys") || names[2] != "batch wrapped" {
		t.Errorf("Rotate = %q, %v, want it to notice", names, err)
	}
	if err := readsAll(t.Context(), url, keyFile, sc); err != nil || masterKeys(t, keyFile) != 2 {
		t.Errorf("afterwards: %v, %d keys, want both", err, masterKeys(t, keyFile))
	}
	got, err := store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{})
	if want := (store.Rotated{DataKeys: 3, Resumed: true}); err != nil || got != want {
		t.Errorf("Rotate again = %+v, %v, want %+v", got, err, want)
	}
}

func TestRotateRefuses(t *testing.T) {
	t.Parallel()
	url, keyFile := paths(t)
	if _, err := store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{}); err == nil ||
		!strings.Contains(err.Error(), "no such file") {
		t.Errorf("Rotate without a database = %v", err)
	}
	if left := files(t, filepath.Dir(url)); len(left) > 0 {
		t.Errorf("files = %v, want none", left)
	}
	create(t, url, keyFile)
	otherKey(t, url, keyFile)
	before := fileCopy(t, keyFile)
	if _, err := store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{}); err == nil ||
		!strings.Contains(err.Error(), "does not open this database") {
		t.Errorf("Rotate with another key = %v", err)
	}
	if a, b := masterKeys(t, keyFile), masterKeys(t, before); a != b {
		t.Errorf("the key file has %d keys, want it untouched with %d", a, b)
	}
}
