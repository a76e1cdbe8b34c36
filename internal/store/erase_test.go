package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// fillAll leaves a row in every table that names somebody or hangs on a pair of
// theirs.
func fillAll(t *testing.T, s *store.Store, url, user string) rapport.Scope {
	t.Helper()
	ctx := t.Context()
	sc := addNote(t, s, "likes ferries")
	own := rapport.Scope{Workspace: sc.Workspace, Actor: user}
	p, err := s.Pair(ctx, sc, user)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = s.AddPair(ctx, own, "U0KEN", store.NewPair{}, someday, "")
	for _, step := range []error{
		err,
		s.AddPromise(ctx, sc, p.ID, rapport.Promise{Text: "lend the book", MadeOn: someday, DueOn: someday}, ""),
		s.SetTag(ctx, sc, p.ID, store.Interest, "ferries", ""),
		s.SetWishes(ctx, own, store.Wishes{Welcome: []string{"topicofwish"}}, "action/"+user+"/17/4/x"),
		s.SetOwnWords(ctx, own, store.OwnIntent, "", "to be heard", ""),
		s.SaveProfile(ctx, sc.Workspace, user, rapport.Profile{Zone: "Pacific/Chatham"}),
		addWord(t, s, own, p),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	if ok, err := s.ClaimNotice(ctx, sc.Workspace, user, someday.At(0, time.UTC)); err != nil || !ok {
		t.Fatalf("ClaimNotice = %t, %v", ok, err)
	}
	r := store.Recording{Pair: p.ID, Talk: rapport.Talk{On: someday, Outcome: rapport.Light}, Common: "both sail", RhythmDays: 14, Today: someday}
	if _, err := s.RecordTalk(ctx, sc, r, ""); err != nil {
		t.Fatal(err)
	}
	at := someday.At(15*60, time.UTC)
	if _, err := s.CreatePlan(ctx, sc, rapport.Plan{Pair: p.ID, At: at}, []rapport.Message{{Kind: rapport.KindReminder, At: at}}, ""); err != nil {
		t.Fatal(err)
	}
	const stamp = "'2026-11-25T00:00:00.000000Z'"
	raw(t, url,
		"INSERT INTO topics (pair, topic, stance) VALUES ('"+p.ID+"', 'topicofpair', 'blocked')",
		"INSERT INTO offers (id, root, pair, starter, level, state, shown_on, shown_at) "+
			"SELECT 'offer-1', 'offer-1', id, 'F-001', 1, 'shown', '2026-11-25', "+stamp+" FROM pairs WHERE person = '"+user+"'",
		"UPDATE leaders SET channel = 'D0CHANNEL' WHERE id = '"+user+"'",
		"INSERT INTO messages (id, workspace, key, leader, kind, planned_on, due_at, state, channel, ts) "+
			"SELECT 'digest-1', id, 'digest-1', '"+user+"', 'digest', '2026-11-25', "+stamp+", 'sent', 'D0CHANNEL', '17.4' FROM workspaces",
	)
	return sc
}

// addWord has a person add a word to every note that is kept about them.
func addWord(t *testing.T, s *store.Store, of rapport.Scope, p rapport.Pair) (err error) {
	t.Helper()
	notes, err := s.Notes(t.Context(), rapport.Scope{Workspace: of.Workspace, Actor: p.Leader}, p.ID, someday)
	for _, n := range notes {
		err = errors.Join(err, s.AddMyWord(t.Context(), of, store.Addition{Note: n.ID, Text: "only in summer", Today: someday}, ""))
	}
	return err
}

// TestEraseLeavesNothing looks past the store: no table, no page and no log holds
// anything of somebody who was erased, and nothing of others went.
func TestEraseLeavesNothing(t *testing.T) {
	t.Parallel()
	const user = "U0MEI"
	url, keyFile := empty.Copy(t, t.TempDir())
	serving := openStore(t, url, keyFile, false) // goes on using the database
	sc := fillAll(t, serving, url, user)
	traces := []string{user, "U0KEN", "topicofpair", "topicofwish", "Pacific/Chatham", "D0CHANNEL", "offer-1"}
	traces = append(traces, texts(t, store.Reader(serving), "SELECT id FROM pairs UNION SELECT id FROM notes UNION SELECT id FROM messages")...)
	for _, table := range ownTables(t, store.Reader(serving)) {
		if n := rows(t, serving, table); n == 0 {
			if table == "operations" {
				continue // holds nothing about anybody
			}
			t.Errorf("%s is empty before: the test does not see what is left there", table)
		}
	}
	if left := found(t, url, traces); len(left) != len(traces) {
		t.Fatalf("before, the files hold %q, want all of %q", left, traces)
	}

	operator := openStore(t, url, keyFile, false)
	done, err := operator.EraseSubject(t.Context(), sc.Workspace, user, false)
	if err != nil || !done.Known || done.Pairs != 2 {
		t.Fatalf("EraseSubject = %+v, %v", done, err)
	}
	if left := found(t, url, traces); len(left) > 0 {
		t.Errorf("the files hold %q afterwards", left)
	}
	want := map[string]int{"workspaces": 1, "members": 1, "leaders": 1, "operations": 1}
	for _, table := range ownTables(t, store.Reader(serving)) {
		if n := rows(t, serving, table); n != want[table] {
			t.Errorf("%s has %d rows, want %d", table, n, want[table])
		}
	}
	addNote(t, serving, "begins anew") // who serves sees it and goes on
}

// TestEraseWaitsForReaders: while a read is under way the log cannot be emptied,
// and the operator is told rather than left to think that it was.
func TestEraseWaitsForReaders(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	sc := addNote(t, s, "likes ferries")
	read, err := store.Reader(openStore(t, url, keyFile, false)).QueryContext(t.Context(), "SELECT id FROM members")
	if err != nil || !read.Next() {
		t.Fatalf("begin to read: %v", err)
	}
	erased := make(chan error, 1)
	go func() {
		_, err := s.EraseSubject(t.Context(), sc.Workspace, "U0MEI", false)
		erased <- err
	}()
	select {
	case err := <-erased:
		t.Fatalf("EraseSubject = %v while somebody reads, want it to wait", err)
	case <-time.After(200 * time.Millisecond):
	}
	if err := read.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-erased; err != nil {
		t.Errorf("EraseSubject = %v", err)
	}
	if left := found(t, url, []string{"U0MEI"}); len(left) > 0 {
		t.Errorf("the files hold %q", left)
	}
}

func rows(t *testing.T, s *store.Store, table string) (n int) {
	t.Helper()
	if err := store.Reader(s).QueryRowContext(t.Context(), fmt.Sprintf("SELECT COUNT(*) FROM %q", table)).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// found returns those of the traces that stand in any file of the database.
func found(t *testing.T, url string, traces []string) (left []string) {
	t.Helper()
	files, err := filepath.Glob(url + "*")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no files (%v)", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, trace := range traces {
			if bytes.Contains(raw, []byte(trace)) && !slices.Contains(left, trace) {
				left = append(left, trace)
			}
		}
	}
	slices.SortFunc(left, strings.Compare)
	return left
}
