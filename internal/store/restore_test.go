package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

func TestRestore(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := begun(t)
	file := copyOf(t, url)
	raw(t, url, "DELETE FROM notes")
	got, err := store.Restore(t.Context(), nil, file, url, keyFile, store.RestoreOptions{Force: true})
	if err != nil || got.Path != url {
		t.Fatalf("Restore = %+v, %v", got, err)
	}
	if got, want := files(t, filepath.Dir(url)), []string{"innerview.db", "innerview.key"}; !cmp.Equal(got, want) {
		t.Errorf("files = %v, want %v", got, want)
	}
	if info, err := os.Stat(url); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v, want 0600", info.Mode(), err)
	}
	s := openStore(t, url, keyFile, true) // also to read only, before anybody has written
	if notes, err := readNotes(t, s, sc); err != nil || len(notes) != 1 || notes[0].Text.Reveal() != "likes ferries" {
		t.Errorf("Notes = %v, %v, want the one", notes, err)
	}
	if got := recorded(t, s)[store.RestoreDone]; got != 1 {
		t.Errorf("%d restores are noted, want one", got)
	}
	if r, err := store.Check(t.Context(), file, keyFile, false); err != nil || r.Err() != nil {
		t.Errorf("the copy afterwards: %v, %v, want it as it was", err, r.Err())
	}
}

// TestRestoreWhereNothingIs begins on a new machine, with a copy of the key.
func TestRestoreWhereNothingIs(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := begun(t)
	file, newURL := copyOf(t, url), filepath.Join(t.TempDir(), "innerview.db")
	// The log of a database that was lost is nobody's log now.
	if err := os.WriteFile(newURL+"-wal", []byte("stale"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), nil, file, newURL, keyFile, store.RestoreOptions{}); err != nil {
		t.Fatalf("Restore: %v", err)
	}
	if notes, err := readNotes(t, openStore(t, newURL, keyFile, false), sc); err != nil || len(notes) != 1 {
		t.Errorf("Notes = %v, %v, want the one", notes, err)
	}
}

// TestRestoreOverABrokenDatabase is what it is for.
func TestRestoreOverABrokenDatabase(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*testing.T, string, string){
		"a damaged page": damagedPage, "cut short": cutShort, "not a database": notADatabase,
		"a newer schema": newerSchema,
	} {
		url, keyFile, sc := begun(t)
		file := copyOf(t, url)
		spoil(t, url, keyFile)
		for _, suffix := range []string{"-wal", "-shm", ".restored", ".restored-wal"} {
			if err := os.WriteFile(url+suffix, []byte("left by a crash"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := store.Restore(t.Context(), nil, file, url, keyFile, store.RestoreOptions{Force: true}); err != nil {
			t.Errorf("%s: Restore: %v", name, err)
			continue
		}
		if notes, err := readNotes(t, openStore(t, url, keyFile, false), sc); err != nil || len(notes) != 1 {
			t.Errorf("%s: Notes = %v, %v, want the one", name, notes, err)
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(t *testing.T, url, keyFile string) // the copy
		want  string
	}{
		{"no copy", noFile, "there is no copy at"},
		{"a folder", folder, "is not a file"},
		{"another key", otherKey, "does not open this database"},
		{"no key", noKey, "put your copy of the key file back"},
		{"a newer schema", newerSchema, "newer than this program"},
		{"a database of somebody else", noSchema, "is no database of Innerview"},
		{"not a database", notADatabase, "is not a database"},
		{"a damaged page", damagedPage, "is damaged"},
		{"a copy cut short", cutShort, "is damaged"},
		{"an index without its rows", staleIndex, "is damaged"},
		{"a data key of another", foreignDataKey, "opens 0 of 1 data keys"},
		{"nothing in it", func(t *testing.T, url, _ string) {
			raw(t, url, "DELETE FROM keys", "DELETE FROM notes", "DELETE FROM pairs", "DELETE FROM leaders",
				"DELETE FROM members", "DELETE FROM workspaces")
		}, "is empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			url, keyFile, sc := begun(t)
			file, copiedKey := copyOf(t, url), fileCopy(t, keyFile)
			tt.spoil(t, file, copiedKey)
			before := files(t, filepath.Dir(url))
			_, err := store.Restore(t.Context(), nil, file, url, copiedKey, store.RestoreOptions{Force: true})
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("Restore = %v, want one sentence with %q", err, tt.want)
			}
			if diff := cmp.Diff(before, files(t, filepath.Dir(url))); diff != "" {
				t.Errorf("files changed (-before +after):\n%s", diff)
			}
			if notes, err := readNotes(t, openStore(t, url, keyFile, false), sc); err != nil || len(notes) != 1 {
				t.Errorf("Notes of what was there = %v, %v, want the one", notes, err)
			}
		})
	}
}

func TestRestoreAsksFirst(t *testing.T) {
	t.Parallel()
	url, keyFile, _ := begun(t)
	file := copyOf(t, url)
	_, err := store.Restore(t.Context(), nil, file, url, keyFile, store.RestoreOptions{})
	if err == nil || !strings.Contains(err.Error(), "with --force it is replaced") {
		t.Errorf("Restore over a database = %v, want a refusal", err)
	}
	_, err = store.Restore(t.Context(), nil, url, url, keyFile, store.RestoreOptions{Force: true})
	if err == nil || !strings.Contains(err.Error(), "is the database itself") {
		t.Errorf("Restore of the database itself = %v, want a refusal", err)
	}
	openStore(t, url, keyFile, true) // somebody reads it, and would go on in a file without a name
	_, err = store.Restore(t.Context(), nil, file, url, keyFile, store.RestoreOptions{Force: true})
	if err == nil || !strings.Contains(err.Error(), "another program has the database") {
		t.Errorf("Restore beside a reader = %v, want a refusal", err)
	}
	if got := strings.Join(files(t, filepath.Dir(url)), " "); strings.Contains(got, "restored") {
		t.Errorf("files = %v", got)
	}
}

// TestRestoreStopped stops a restore before it is done: what was there is whole.
func TestRestoreStopped(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := begun(t)
	file := copyOf(t, url)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Restore(ctx, nil, file, url, keyFile, store.RestoreOptions{Force: true}); err == nil {
		t.Error("Restore: no error")
	}
	if notes, err := readNotes(t, openStore(t, url, keyFile, false), sc); err != nil || len(notes) != 1 {
		t.Errorf("Notes = %v, %v, want the one", notes, err)
	}
}

// TestRestoreDoublesNothing puts back a copy that is a day old. What was sent
// since is not planned again under the same key, and what was under way is not
// sent.
func TestRestoreDoublesNothing(t *testing.T) {
	t.Parallel()
	url, keyFile := paths(t)
	copied := storetest.Now()
	today, now := rapport.DateOf(copied.AddDate(0, 0, 1)), copied.AddDate(0, 0, 1)
	ws := outbox(t, url, keyFile, copied)
	file := copyOf(t, url)

	s := openStore(t, url, keyFile, false)
	sent := planDue(t, s, ws, today) // between the copy and now
	if len(sent) != 2 {
		t.Fatalf("planned %v, want a nudge for each of the two that are due", sent)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := store.Restore(t.Context(), nil, file, url, keyFile,
		store.RestoreOptions{Force: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatalf("Restore: %v", err)
	}
	if want := (store.Restored{Path: url, Unsure: 2, Held: 2}); got != want {
		t.Errorf("Restore = %+v, want %+v", got, want)
	}
	s = openStore(t, url, keyFile, false)
	states := texts(t, store.Reader(s), "SELECT key || ' ' || state FROM messages ORDER BY key")
	if diff := cmp.Diff([]string{"due unsure", "later pending", "sending unsure"}, states); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if next := texts(t, store.Reader(s), "SELECT digest_on FROM leaders"); !cmp.Equal(next, []string{"2026-11-30"}) {
		t.Errorf("digests are thought of again on %v, want the Monday to come", next)
	}
	if due, err := s.DueMessages(t.Context(), ws, now, 10); err != nil || len(due) > 0 {
		t.Errorf("DueMessages = %v, %v, want none", due, err)
	}
	for d := today; d.Before(today.AddDays(rapport.AfterNudge)); d = d.AddDays(1) {
		for _, key := range planDue(t, s, ws, d) {
			if strings.Contains(strings.Join(sent, " "), key) {
				t.Errorf("%s was planned again on %s", key, d)
			}
			if !strings.Contains(key, "U0LATER") {
				t.Errorf("%s was planned within a week of the restore", key)
			}
		}
	}
	week := today.AddDays(rapport.AfterNudge + 1)
	if again := planDue(t, s, ws, week); len(again) != 2 {
		t.Errorf("planned a week later: %v, want both again", again)
	}
}

// TestRestoreHoldsPromises puts back a copy in which somebody was to come up for
// what was promised to them, though it is not their turn. They may have, since.
func TestRestoreHoldsPromises(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s, today := openStore(t, url, keyFile, false), rapport.DateOf(storetest.Now())
	ws, _, err := s.Workspace(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sc := rapport.Scope{Workspace: ws, Actor: "U0ANA"}
	p, _, err := s.AddPair(t.Context(), sc, "U0MEI", store.NewPair{}, today, "")
	if err != nil {
		t.Fatal(err)
	}
	promise := rapport.Promise{Text: "lend the book", MadeOn: today.AddDays(-10), DueOn: today}
	err = errors.Join(s.Snooze(t.Context(), sc, p.ID, today.AddDays(60), ""), s.AddPromise(t.Context(), sc, p.ID, promise, ""), s.Close())
	if err != nil {
		t.Fatal(err)
	}
	file := copyOf(t, url)
	got, err := store.Restore(t.Context(), nil, file, url, keyFile, store.RestoreOptions{Force: true, Now: storetest.Now})
	if want := (store.Restored{Path: url, Held: 1}); err != nil || got != want {
		t.Errorf("Restore = %+v, %v, want %+v", got, err, want)
	}
	s = openStore(t, url, keyFile, false)
	for day, want := range map[int]int{0: 0, 6: 0, 7: 1} {
		if called, err := s.CalledPairs(t.Context(), ws, today.AddDays(day)); err != nil || len(called) != want {
			t.Errorf("%d days later %d pairs are called (%v), want %d", day, len(called), err, want)
		}
	}
}

// TestRestoreAsksNothingTwice puts back a copy with messages that count as sent: the
// note that one of them came back to, and the question that a digest asks, wait
// for no other.
func TestRestoreAsksNothingTwice(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s, now := openStore(t, url, keyFile, false), storetest.Now()
	ws, _, err := s.Workspace(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	today, sc := rapport.DateOf(now), rapport.Scope{Workspace: ws, Actor: "U0ANA"}
	p, _, err := s.AddPair(t.Context(), sc, "U0MEI", store.NewPair{}, today, "")
	if err != nil {
		t.Fatal(err)
	}
	note := rapport.Note{Text: "likes ferries", ExpiresOn: today.AddDays(30), AskOn: today}
	if err := s.AddNote(t.Context(), sc, p.ID, note, ""); err != nil {
		t.Fatal(err)
	}
	followUp := rapport.Message{Kind: rapport.KindFollowUp, At: now.Add(time.Hour)} // folded into the digest
	plan, err := s.CreatePlan(t.Context(), sc, rapport.Plan{Pair: p.ID, At: now.Add(-time.Hour)}, []rapport.Message{followUp}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	at := now.Format("2006-01-02T15:04:05.000000Z")
	raw(t, url, fmt.Sprintf(`
		INSERT INTO messages (workspace, id, key, leader, pair, kind, due_on, planned_on, due_at, state, about, item)
		SELECT '%[1]s', 'm1', 'nudge', 'U0ANA', pair, 'nudge', '%[2]s', '%[2]s', '%[3]s', 'pending', 'note', id FROM notes`, ws, today, at),
		fmt.Sprintf(`
		INSERT INTO messages (workspace, id, key, leader, kind, due_on, planned_on, due_at, state, about, item)
		VALUES ('%[1]s', 'm2', 'digest', 'U0ANA', 'digest', '%[2]s', '%[2]s', '%[3]s', 'pending', 'agenda', '%[4]s')`,
			ws, today, at, rapport.Agenda{Plans: []string{plan.ID}}.String()))
	file := copyOf(t, url)
	got, err := store.Restore(t.Context(), nil, file, url, keyFile, store.RestoreOptions{Force: true, Now: func() time.Time { return now.Add(time.Minute) }})
	if err != nil || got.Unsure != 2 {
		t.Fatalf("Restore = %+v, %v, want two messages that count as sent", got, err)
	}
	db := store.Reader(openStore(t, url, keyFile, false))
	if left := texts(t, db, "SELECT ask_on FROM notes WHERE ask_on IS NOT NULL"); len(left) > 0 {
		t.Errorf("the note is to be come back to again: %v", left)
	}
	if left := texts(t, db, "SELECT kind FROM messages WHERE state = 'pending'"); len(left) > 0 {
		t.Errorf("still to be sent: %v, want nothing", left)
	}
}

// outbox makes a database with two pairs that are due on the next day, one that
// is due later, and messages in every state that is not the last.
func outbox(t *testing.T, url, keyFile string, now time.Time) (workspace string) {
	t.Helper()
	s := openStore(t, url, keyFile, false)
	ws, _, err := s.Workspace(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sc := rapport.Scope{Workspace: ws, Actor: "U0ANA"}
	for _, person := range []string{"U0MEI", "U0KEN", "U0LATER"} {
		if _, _, err := s.AddPair(t.Context(), sc, person, store.NewPair{}, rapport.DateOf(now), ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	at := func(d time.Duration) string { return now.Add(d).UTC().Format("2006-01-02T15:04:05.000000Z") }
	statements := []string{
		fmt.Sprintf("UPDATE pairs SET next_on = '%s' WHERE person = 'U0KEN'", rapport.DateOf(now).AddDays(1)),
		fmt.Sprintf("UPDATE pairs SET next_on = '%s' WHERE person = 'U0LATER'", rapport.DateOf(now).AddDays(4)),
	}
	for key, row := range map[string]string{
		"due": "'pending', '" + at(time.Hour), "sending": "'sending', '" + at(-time.Minute), "later": "'pending', '" + at(48*time.Hour),
	} {
		statements = append(statements, fmt.Sprintf("INSERT INTO messages (id, workspace, key, leader, kind, planned_on, state, due_at) "+
			"VALUES ('%s', '%s', '%s', 'U0ANA', 'reminder', '%s', %s')", key, ws, key, rapport.DateOf(now), row))
	}
	raw(t, url, statements...)
	return ws
}

// planDue plans a nudge for every pair that is due on the day, as a heartbeat
// would in time, and returns what they are known by.
func planDue(t *testing.T, s *store.Store, ws string, today rapport.Date) (keys []string) {
	t.Helper()
	due, err := s.DuePairs(t.Context(), ws, today, 100)
	if err != nil {
		t.Fatalf("DuePairs: %v", err)
	}
	for _, p := range due {
		key := fmt.Sprintf("nudge/%s/%s/%s", p.ID, p.Person, p.DueOn(today))
		planned, err := s.PlanNudge(t.Context(), ws, store.PlannedNudge{
			Pair:    p,
			Message: rapport.Message{Key: key, Kind: rapport.KindNudge, DueOn: p.DueOn(today), At: storetest.Now()},
			NextOn:  today.AddDays(rapport.AfterNudge), Today: today,
		})
		if err != nil {
			t.Fatalf("PlanNudge: %v", err)
		}
		if planned {
			keys = append(keys, key)
		}
	}
	return keys
}
