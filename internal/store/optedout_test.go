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
	url, keyFile := paths(t)
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
