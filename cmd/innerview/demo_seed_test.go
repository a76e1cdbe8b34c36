package main

import (
	"path/filepath"
	"testing"

	"innerview/internal/store"
	"innerview/rapport"
)

// TestDemoPairsAreOlderThanTheirTalks: nobody in the demo has talked with somebody
// before they were on the list.
func TestDemoPairsAreOlderThanTheirTalks(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), t.TempDir()
	st, err := store.Open(ctx, nil, filepath.Join(dir, "innerview.db"), filepath.Join(dir, "innerview.key"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	workspace, err := st.BindTeam(ctx, "T1")
	if err != nil {
		t.Fatal(err)
	}
	d := &demo{house: &house{store: st, workspace: workspace}}
	today := rapport.NewDate(2026, 11, 25)
	if err := d.seed(ctx, today); err != nil {
		t.Fatal(err)
	}
	talked := 0
	for _, want := range demoPairs() {
		scope := rapport.Scope{Workspace: workspace, Actor: want.leader}
		pair, err := st.Pair(ctx, scope, want.person)
		if err != nil {
			t.Fatalf("%s and %s: %v", want.leader, want.person, err)
		}
		talks, err := st.Talks(ctx, scope, pair.ID, today, 100)
		if err != nil || len(talks) != len(want.talks) {
			t.Fatalf("%s and %s: %d talks, %v, want %d", want.leader, want.person, len(talks), err, len(want.talks))
		}
		for _, talk := range talks {
			if talked++; talk.On.Before(pair.CreatedOn) {
				t.Errorf("%s and %s talked on %s and are a pair since %s", want.leader, want.person, talk.On, pair.CreatedOn)
			}
		}
	}
	if talked == 0 {
		t.Error("nobody has talked in the demo")
	}
}
