package store_test

import (
	"testing"
	"time"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

// TestConfirmedOnce confirms a leader again while the clock goes on.
func TestConfirmedOnce(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	now := storetest.Now()
	s, err := store.Open(t.Context(), nil, url, keyFile, store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	defer s.Close()
	sc := addNote(t, s, "likes ferries")
	again := []func() error{
		func() error { return s.ConfirmLeader(t.Context(), sc, "") },
		func() error { return s.ConfirmLeader(t.Context(), sc, "") },
		func() error {
			_, err := s.ImportRoster(t.Context(), sc.Workspace, []store.RosterRow{{Leader: "U0ANA", Person: "U0MEI"}},
				func(string) rapport.Date { return someday }, false)
			return err
		},
	}
	for i, confirm := range again {
		if err := confirm(); err != nil {
			t.Fatalf("confirmation %d: %v", i, err)
		}
		now = now.Add(time.Hour)
	}
	if l, err := s.Leader(t.Context(), sc); err != nil || l.ConfirmedAt != storetest.Now() {
		t.Errorf("confirmed at %v, %v, want %v", l.ConfirmedAt, err, storetest.Now())
	}
}
