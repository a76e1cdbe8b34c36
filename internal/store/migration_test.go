package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

// TestPromisesOfAnOlderDatabase opens a database from before promises brought
// anybody up: each begins as it would today.
func TestPromisesOfAnOlderDatabase(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s, today := openStore(t, url, keyFile, false), rapport.DateOf(storetest.Now())
	ws, _, err := s.Workspace(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sc := rapport.Scope{Workspace: ws, Actor: "U0ANA"}
	for person, p := range map[string]rapport.Promise{
		"U0AHEAD": {MadeOn: today.AddDays(-1), DueOn: today.AddDays(3)},
		"U0PAST":  {MadeOn: today.AddDays(-40), DueOn: today.AddDays(-20)},
		"U0SAME":  {MadeOn: today, DueOn: today},
		"U0SAID":  {MadeOn: today.AddDays(-9), DueOn: today.AddDays(-2)},
		"U0KEPT":  {MadeOn: today.AddDays(-9), DueOn: today.AddDays(-2)},
	} {
		pair, _, err := s.AddPair(t.Context(), sc, person, store.NewPair{}, today, "")
		if err != nil {
			t.Fatal(err)
		}
		if p.Text = "lend the book"; s.AddPromise(t.Context(), sc, pair.ID, p, "") != nil {
			t.Fatal("AddPromise failed")
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, url,
		"DROP INDEX promises_call", "ALTER TABLE promises DROP COLUMN call_on", "DELETE FROM goose_db_version WHERE version_id = 9",
		"UPDATE pairs SET last_nudge = '"+today.AddDays(-2).String()+"' WHERE person = 'U0SAID'",
		"UPDATE pairs SET last_nudge = '"+today.AddDays(-30).String()+"' WHERE person = 'U0PAST'",
		"UPDATE promises SET state = 'kept', closed_on = due_on WHERE pair = (SELECT id FROM pairs WHERE person = 'U0KEPT')")
	called, err := openStore(t, url, keyFile, false).CalledPairs(t.Context(), ws, today.AddDays(9))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, p := range called {
		got[p.Person] = p.CallOn.Sub(today)
	}
	if diff := cmp.Diff(map[string]int{"U0AHEAD": 3, "U0PAST": -20, "U0SAME": 1}, got); diff != "" {
		t.Errorf("called in so many days (-want +got):\n%s", diff)
	}
}
