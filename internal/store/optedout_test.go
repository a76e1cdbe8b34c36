package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
	"innerview/rapport"
)

// TestOptedOut checks that who stepped out is brought back by nobody.
func TestOptedOut(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	sc := addNote(t, s, "likes ferries")
	raw(t, url, "UPDATE pairs SET state = 'opted_out', origin = 'roster'")

	_, added, err := s.AddPair(t.Context(), sc, "U0MEI", store.NewPair{}, someday.AddDays(900), "")
	if got, want := kindAndKey(err), "forbidden: error.opted_out"; got != want || added {
		t.Errorf("AddPair = %t, %s, want %s", added, got, want)
	}
	today := func(string) rapport.Date { return someday }
	rows := []store.RosterRow{{Leader: "U0ANA", Person: "U0MEI"}, {Leader: "U0ANA", Person: "U0KEN"}}
	want := store.RosterReport{Added: []store.RosterChange{{Leader: "U0ANA", Person: "U0KEN"}}, Unchanged: 1}
	for range 2 {
		got, err := s.ImportRoster(t.Context(), sc.Workspace, rows, today, false)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("ImportRoster: error %v, report (-want +got):\n%s", err, diff)
		}
		want = store.RosterReport{Unchanged: 2}
	}
	got, err := s.ImportRoster(t.Context(), sc.Workspace, rows[1:], today, false)
	if diff := cmp.Diff(store.RosterReport{Unchanged: 1}, got); err != nil || diff != "" {
		t.Errorf("ImportRoster without the one who stepped out: error %v, report (-want +got):\n%s", err, diff)
	}
	if due, err := s.DuePairs(t.Context(), sc.Workspace, someday, 10); err != nil || len(due) != 1 {
		t.Errorf("DuePairs = %v, %v, want Ken's alone", due, err)
	}
	if err := s.Tidy(t.Context(), sc.Workspace, someday.AddDays(9000).At(0, time.UTC)); err != nil {
		t.Errorf("Tidy: %v", err)
	}
	if _, _, err := s.AddPair(t.Context(), sc, "U0MEI", store.NewPair{}, someday, ""); rapport.KindOf(err) != rapport.Forbidden {
		t.Errorf("AddPair after Tidy = %v, want it forbidden still", err)
	}
}

// TestStepOutDestroysEverything looks past the store: no row and no key is left
// of what hung on the pair.
func TestStepOutDestroysEverything(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	leader := addNote(t, s, "likes ferries")
	raw(t, url,
		"INSERT INTO promises (id, pair, text, state, made_on, due_on, closed_on, created_at) "+
			"SELECT 'promise-1', id, X'00', 'kept', '2026-11-01', '2026-11-05', '2026-11-04', '2026-11-01T00:00:00.000000Z' FROM pairs",
		"INSERT INTO commons (id, pair, text, created_at) SELECT 'common-1', id, X'00', '2026-11-01T00:00:00.000000Z' FROM pairs",
		"INSERT INTO commons (id, pair, text, created_at) SELECT 'common-2', id, X'00', '2026-11-02T00:00:00.000000Z' FROM pairs",
	)
	sc := rapport.Scope{Workspace: leader.Workspace, Actor: "U0MEI"}
	kept, err := s.KeptAboutMe(t.Context(), sc, rapport.NotesPrivate, someday)
	if err != nil || len(kept) != 1 || len(kept[0].Promises) != 1 || len(kept[0].Commons) != 2 {
		t.Fatalf("KeptAboutMe = %+v, %v, want a promise and two things in common", kept, err)
	}
	if got, want := kept[0].Promises[0].KeptUntil(), rapport.NewDate(2026, time.December, 4); got != want {
		t.Errorf("the promise is kept until %s, want %s", got, want)
	}
	if _, err := s.KeptAboutMe(t.Context(), sc, rapport.NotesOpen, someday); err == nil {
		t.Error("KeptAboutMe opened what was never sealed")
	}
	if err := s.DeleteAboutMe(t.Context(), sc, store.Item{Kind: store.ItemCommon, ID: "common-1"}, ""); err != nil {
		t.Errorf("DeleteAboutMe: %v", err)
	}
	if err := s.StepOut(t.Context(), sc, someday, ""); err != nil {
		t.Fatal(err)
	}
	db := store.Reader(s)
	for _, table := range []string{"notes", "promises", "commons", "tags", "topics", "talks", "offers", "plans", "keys"} {
		if rows := texts(t, db, "SELECT CAST(COUNT(*) AS TEXT) FROM "+table); rows[0] != "0" {
			t.Errorf("%s rows are left in %s", rows[0], table)
		}
	}
}

// TestNothingIsKeptBeforeTheyAreTold: with TellFirst, neither a talk nor a text is
// kept about somebody whose notice has not gone out.
func TestNothingIsKeptBeforeTheyAreTold(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s, err := store.Open(t.Context(), nil, url, keyFile, store.Options{TellFirst: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	ws, _, err := s.Workspace(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sc := rapport.Scope{Workspace: ws, Actor: "U0ANA"}
	p, _, err := s.AddPair(t.Context(), sc, "U0MEI", store.NewPair{}, someday, "")
	if err != nil {
		t.Fatal(err)
	}
	keep := map[string]func() error{
		"a note": func() error {
			return s.AddNote(t.Context(), sc, p.ID, rapport.Note{Text: "likes ferries", ExpiresOn: someday.AddDays(9000)}, "")
		},
		"a tag": func() error { return s.SetTag(t.Context(), sc, p.ID, store.Interest, "ferries", "") },
		"a talk": func() error {
			_, err := s.RecordTalk(t.Context(), sc, store.Recording{
				Pair: p.ID, Talk: rapport.Talk{On: someday, Outcome: rapport.Light}, RhythmDays: 14, Today: someday,
			}, "")
			return err
		},
	}
	for what, keep := range keep {
		if got, want := kindAndKey(keep()), "conflict: error.untold"; got != want {
			t.Errorf("keeping %s before they are told: %s, want %s", what, got, want)
		}
	}
	if ok, err := s.ClaimNotice(t.Context(), ws, "U0MEI", time.Now()); !ok || err != nil {
		t.Fatalf("ClaimNotice = %t, %v", ok, err)
	}
	if err := s.SettleNotice(t.Context(), ws, "U0MEI", rapport.Receipt{State: rapport.StateUnsure}, time.Now()); err != nil {
		t.Fatal(err)
	}
	for what, keep := range keep {
		if err := keep(); err != nil {
			t.Errorf("keeping %s once they are told: %v", what, err)
		}
	}
}
