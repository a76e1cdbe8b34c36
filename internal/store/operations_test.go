package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
)

// recorded counts what operators did, as the table has it: the program shows only
// what bears on the key ([store.Report]).
func recorded(t *testing.T, s *store.Store) map[store.Operation]int {
	t.Helper()
	rows, err := store.Reader(s).QueryContext(t.Context(), "SELECT kind, COUNT(*) FROM operations WHERE at <> '' GROUP BY kind")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	done := map[store.Operation]int{}
	for rows.Next() {
		var op store.Operation
		var n int
		if err := rows.Scan(&op, &n); err != nil {
			t.Fatal(err)
		}
		done[op] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return done
}

// TestWhatOperatorsDoIsRecorded for good, and of whom it was about nothing.
func TestWhatOperatorsDoIsRecorded(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx, sc := t.Context(), addNote(t, s, "likes ferries")
	if got := recorded(t, s); len(got) > 0 {
		t.Errorf("before anything was done: %v", got)
	}
	for range 2 {
		if err := s.Record(ctx, store.KeyExport); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Subject(ctx, sc.Workspace, "U0MEI", true, someday.At(0, time.UTC)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.EraseSubject(ctx, sc.Workspace, "U0MEI", false); err != nil {
		t.Fatal(err)
	}
	if err := s.Tidy(ctx, sc.Workspace, someday.AddDays(800).At(0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	want := map[store.Operation]int{store.KeyExport: 2, store.SubjectExport: 2, store.SubjectErase: 1}
	if diff := cmp.Diff(want, recorded(t, s)); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
}
