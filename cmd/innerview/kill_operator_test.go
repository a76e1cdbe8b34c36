package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

// keptKeys is how many data keys the database has: enough for a kill to fall
// among them.
const keptKeys = 300

// vault is a database with many data keys, and what a process needs to find it.
type vault struct {
	t            *testing.T
	url, keyFile string
	env          []string
}

func newVault(t *testing.T) *vault {
	t.Helper()
	v := &vault{t: t}
	v.url, v.keyFile = filledVault.Copy(t, storetest.MemoryDir(t))
	v.env = []string{"INNERVIEW_STORE_URL=" + v.url, "INNERVIEW_KEYS_FILE=" + v.keyFile, "INNERVIEW_LOG_LEVEL=error"}
	return v
}

// filledVault is the database of a vault: a note in each of its pairs.
var filledVault = storetest.NewTemplate(store.Options{}, func(ctx context.Context, s *store.Store) error {
	workspace, _, err := s.Workspace(ctx)
	if err != nil {
		return err
	}
	today := rapport.NewDate(2026, 11, 25)
	scope := rapport.Scope{Workspace: workspace, Actor: "U0ANA"}
	rows := make([]store.RosterRow, keptKeys)
	for i := range rows {
		rows[i] = store.RosterRow{Leader: scope.Actor, Person: fmt.Sprintf("U%05d", i)}
	}
	if _, err := s.ImportRoster(ctx, workspace, rows, func(string) rapport.Date { return today }, false); err != nil {
		return err
	}
	pairs, err := s.Pairs(ctx, scope)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		note := rapport.Note{Text: "likes ferries", ExpiresOn: today.AddDays(180)}
		if err := s.AddNote(ctx, scope, p.ID, note, ""); err != nil {
			return err
		}
	}
	return nil
})

// check fails the test unless the database is whole and every data key opens.
func (v *vault) check(url string) store.Report {
	v.t.Helper()
	r, err := store.Check(v.t.Context(), url, v.keyFile, false)
	if err != nil || r.Err() != nil || r.DataKeys != keptKeys {
		v.t.Fatalf("%v, %v, %d data keys open, want all %d", err, r.Err(), r.DataKeys, keptKeys)
	}
	return r
}

// TestKilledRotationsLoseNothing kills one rotation of the keys after the other
// at a random moment. The key file opens everything each time.
func TestKilledRotationsLoseNothing(t *testing.T) {
	notWhileUpdating(t)
	kills := 5
	if inFull() {
		kills = 200
	}
	v := newVault(t)
	binary := product.path(t)
	life := v.run(binary, "keys", "rotate")
	killed, halfway, whole := 0, 0, 0
	for killed < kills || halfway == 0 {
		p := start(t, binary, v.env, "keys", "rotate")
		began := make(chan struct{})
		close(began)
		if p.killAfter(began, rand.N(life)) {
			killed++
		} else {
			whole++
		}
		if v.check(v.url).MasterKeys > 1 {
			halfway++
		}
	}
	v.run(binary, "keys", "rotate")
	if r := v.check(v.url); r.MasterKeys != 1 {
		t.Errorf("%d master keys at last, want one", r.MasterKeys)
	}
	t.Logf("%d kills within %v, %d left a rotation unfinished, %d rotations ended before", killed, life, halfway, whole)
}

// run runs the program to its end, and returns how long that took.
func (v *vault) run(binary string, args ...string) time.Duration {
	v.t.Helper()
	began := time.Now()
	p := start(v.t, binary, v.env, args...)
	if p.killAfter(nil, 0) {
		v.t.Fatalf("%v, which nobody disturbed, did not end within %v", args, patience)
	}
	return time.Since(began)
}

// TestKilledBackupsAreWholeOrNone kills one copy after the other at a random
// moment. What has the name of a copy is whole.
func TestKilledBackupsAreWholeOrNone(t *testing.T) {
	notWhileUpdating(t)
	unfinished := 3
	if inFull() {
		unfinished = 50
	}
	v := newVault(t)
	binary := product.path(t)
	life := v.run(binary, "backup", filepath.Join(t.TempDir(), "copy.db"))
	killed, parts, whole := 0, 0, 0
	for parts < unfinished {
		file := filepath.Join(t.TempDir(), "copy.db")
		began := make(chan struct{})
		close(began)
		if start(t, binary, v.env, "backup", file).killAfter(began, rand.N(life)) {
			killed++
		}
		found, err := filepath.Glob(file + "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			switch {
			case f == file:
				whole++
				v.check(f)
			case strings.HasSuffix(f, ".partial"):
				parts++
			}
		}
	}
	v.check(v.url)
	t.Logf("%d kills, %d copies are whole, %d were left unfinished", killed, whole, parts)
}

// TestKilledRestoresLeaveAWholeDatabase kills one restore after the other at a
// random moment. There is a whole database at every time.
func TestKilledRestoresLeaveAWholeDatabase(t *testing.T) {
	notWhileUpdating(t)
	kills := 5
	if inFull() {
		kills = 200
	}
	v := newVault(t)
	binary := product.path(t)
	file := filepath.Join(t.TempDir(), "copy.db")
	v.run(binary, "backup", file)
	life := v.run(binary, "restore", file, "--force")
	killed, whole := 0, 0
	for killed < kills {
		began := make(chan struct{})
		close(began)
		if start(t, binary, v.env, "restore", file, "--force").killAfter(began, rand.N(life)) {
			killed++
		} else {
			whole++
		}
		v.check(v.url)
	}
	v.run(binary, "restore", file, "--force")
	v.check(v.url)
	left, err := filepath.Glob(v.url + ".*")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	t.Logf("%d kills within %v, %d restores ended before", killed, life, whole)
}
