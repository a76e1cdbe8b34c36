package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite/vfs"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

func kindAndKey(err error) string {
	var e *rapport.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	return string(e.Kind) + ": " + e.Key
}

// TestDiskFull lets the database grow no further, and then again.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	sc := addNote(t, s, "likes ferries")
	p, err := s.Pair(t.Context(), sc, "U0MEI")
	if err != nil {
		t.Fatalf("Pair: %v", err)
	}
	pragma(t, s, "max_page_count = 1") // as many as there are, no more
	r := store.Recording{
		Pair: p.ID, Talk: rapport.Talk{On: someday, Outcome: rapport.Opened},
		Note: rapport.NoteText(strings.Repeat("long ", 20_000)), NoteDays: 30, Today: someday,
	}
	_, err = s.RecordTalk(t.Context(), sc, r, "payload")
	if got, want := kindAndKey(err), "unavailable: error.not_saved"; got != want {
		t.Errorf("RecordTalk on a full disk = %s, want %s", got, want)
	}
	if store.IsFatal(err) {
		t.Error("a full disk is fatal")
	}
	if notes, err := readNotes(t, s, sc); err != nil || len(notes) != 1 {
		t.Errorf("Notes on a full disk = %v, %v, want the one", notes, err)
	}
	if got, err := s.Pair(t.Context(), sc, "U0MEI"); err != nil || !got.LastTalkOn.IsZero() {
		t.Errorf("last talk = %s, %v, want none", got.LastTalkOn, err)
	}
	pragma(t, s, "max_page_count = 1000000")
	if _, err := s.RecordTalk(t.Context(), sc, r, "payload"); err != nil {
		t.Errorf("RecordTalk with room again: %v", err)
	}
}

func pragma(t *testing.T, s *store.Store, text string) {
	t.Helper()
	if _, err := store.Writer(s).ExecContext(t.Context(), "PRAGMA "+text); err != nil {
		t.Fatalf("PRAGMA %s: %v", text, err)
	}
}

// TestBusy writes while another program holds the write lock for too long.
func TestBusy(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	sc := addNote(t, s, "likes ferries")
	pragma(t, s, "busy_timeout = 1")
	other := store.Writer(openStore(t, url, keyFile, false))
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	err = s.ConfirmLeader(t.Context(), sc, "payload")
	if got, want := kindAndKey(err), "unavailable: error.not_saved"; got != want {
		t.Errorf("ConfirmLeader = %s, want %s", got, want)
	}
	if _, err := s.Leader(t.Context(), sc); err != nil {
		t.Errorf("Leader while another writes: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := s.ConfirmLeader(t.Context(), sc, "payload"); err != nil {
		t.Errorf("ConfirmLeader afterwards: %v", err)
	}
}

// brokenDisk is a file system on which every read fails.
type brokenDisk struct{}

func (brokenDisk) Open(name string) (fs.File, error) { return brokenFile{}, nil }

type brokenFile struct{}

func (brokenFile) Stat() (fs.FileInfo, error)        { return os.Stat(os.DevNull) }
func (brokenFile) Read([]byte) (int, error)          { return 0, errors.New("broken disk") }
func (brokenFile) Seek(int64, int) (int64, error)    { return 0, errors.New("broken disk") }
func (brokenFile) ReadAt([]byte, int64) (int, error) { return 0, errors.New("broken disk") }
func (brokenFile) Close() error                      { return nil }

func TestIsFatal(t *testing.T) {
	t.Parallel()
	name, disk, err := vfs.New(brokenDisk{})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	db, err := sql.Open("sqlite", "file:x.db?vfs="+name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, broken := db.ExecContext(t.Context(), "SELECT COUNT(*) FROM sqlite_master")
	_, wrong := store.Writer(newStore(t)).ExecContext(t.Context(), "SELEKT")
	tests := []struct {
		name string
		err  error
		want bool
	}{
		{"a disk that fails", broken, true},
		{"the same, wrapped", fmt.Errorf("record talk: %w", broken), true},
		{"the same beside another", errors.Join(fs.ErrClosed, broken), true},
		{"a statement that is wrong", wrong, false},
		{"something else", fs.ErrClosed, false},
		{"nothing", nil, false},
	}
	for _, tt := range tests {
		if got := store.IsFatal(tt.err); got != tt.want {
			t.Errorf("%s: IsFatal(%v) = %t, want %t", tt.name, tt.err, got, tt.want)
		}
	}
}

// TestTextsAreSealed looks for all that a leader can write in the files themselves.
func TestTextsAreSealed(t *testing.T) {
	t.Parallel()
	const canary = "canary-ferries-of-naoshima"
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	sc := addNote(t, s, canary)
	p, err := s.Pair(t.Context(), sc, "U0MEI")
	if err != nil {
		t.Fatalf("Pair: %v", err)
	}
	if err := s.SetTag(t.Context(), sc, p.ID, store.Interest, canary, ""); err != nil {
		t.Fatalf("SetTag: %v", err)
	}
	if _, err := s.RecordTalk(t.Context(), sc, store.Recording{
		Pair: p.ID, Talk: rapport.Talk{On: someday, Outcome: rapport.Light},
		Note: canary, NoteDays: 30, Today: someday,
		Hope: canary, Support: canary, Common: canary, Strength: canary, Promise: canary, PromiseDue: someday,
	}, ""); err != nil {
		t.Fatalf("RecordTalk: %v", err)
	}
	made, err := s.Promises(t.Context(), sc, p.ID, someday)
	if err != nil || len(made) != 1 {
		t.Fatalf("Promises = %d, %v, want one", len(made), err)
	}
	if err := s.EditPromise(t.Context(), sc, rapport.Promise{ID: made[0].ID, Text: canary, DueOn: someday}, ""); err != nil {
		t.Fatalf("EditPromise: %v", err)
	}
	if !inFiles(t, url, []byte(p.ID)) {
		t.Fatal("the id of the pair is not in the files: the search finds nothing")
	}
	if inFiles(t, url, []byte(canary)) {
		t.Error("the text of a note is in the files")
	}
}

// inFiles looks for bytes in the database and its log.
func inFiles(t *testing.T, url string, want []byte) bool {
	t.Helper()
	found := false
	for _, suffix := range []string{"", "-wal", "-shm"} {
		text, err := os.ReadFile(url + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		found = found || bytes.Contains(text, want)
	}
	return found
}

// TestDestroyedIsGone looks for what was destroyed in the files themselves.
func TestDestroyedIsGone(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	sc := addNote(t, s, "likes ferries")
	db := store.Reader(s)
	remains := append(
		texts(t, db, "SELECT wrapped FROM keys"),
		texts(t, db, "SELECT text FROM notes")...)
	remains = append(remains, texts(t, db, "SELECT id FROM notes")...)
	if len(remains) != 3 {
		t.Fatalf("found %d things to destroy, want 3", len(remains))
	}
	for _, text := range remains {
		if !inFiles(t, url, []byte(text)) {
			t.Fatal("what is to be destroyed is not in the files: the search finds nothing")
		}
	}
	if err := s.EndPair(t.Context(), sc, "U0MEI", someday, ""); err != nil {
		t.Fatalf("EndPair: %v", err)
	}
	if err := s.Tidy(t.Context(), sc.Workspace, storetest.Now().AddDate(0, 0, 32)); err != nil {
		t.Fatalf("Tidy: %v", err)
	}
	for i, text := range remains {
		if inFiles(t, url, []byte(text)) {
			t.Errorf("remain %d is still in the files", i)
		}
	}
}

// TestSwappedTexts puts the sealed text of one note into another row.
func TestSwappedTexts(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	sc := addNote(t, s, "likes ferries")
	addNote(t, s, "likes trains")
	raw(t, url, `
		UPDATE notes SET text = (SELECT other.text FROM notes AS other WHERE other.id <> notes.id)`)
	if notes, err := readNotes(t, s, sc); err == nil || len(notes) != 0 || strings.Contains(err.Error(), "likes") {
		t.Errorf("Notes = %v, %v, want an error without a text", notes, err)
	}
}

// TestReopen closes and opens the store between writing and reading.
func TestReopen(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := begun(t)
	s := openStore(t, url, keyFile, false)
	if notes, err := readNotes(t, s, sc); err != nil || len(notes) != 1 || notes[0].Text.Reveal() != "likes ferries" {
		t.Errorf("Notes = %v, %v, want the one", notes, err)
	}
	claim := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	if n, err := s.Abandoned(t.Context(), sc.Workspace, claim); err != nil || n != 0 {
		t.Errorf("Abandoned = %d, %v, want none", n, err)
	}
}
