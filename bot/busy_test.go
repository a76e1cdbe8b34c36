package bot_test

import (
	"database/sql"
	"errors"
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/slacksim/slacksimtest"
)

// TestModalsOpenBesideABusyDatabase: somebody else holds the lock for writing all
// the while, and what is known of the leader is too old. The store waits five
// seconds for a lock, a trigger lives for three.
func TestModalsOpenBesideABusyDatabase(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.beats()
	leader := f.User(sarah)
	card := leader.LastMessage()
	leader.Runs("/innerview note @mei likes slow coffee")
	home := leader.OpensHome()
	f.now.Add(int64(25 * time.Hour))
	f.lockStore()

	command := func(text string) func() { return func() { leader.Runs("/innerview " + text) } }
	click := func(s *slacksimtest.Screen, label string) func() { return func() { s.Click(label) } }
	tests := []struct {
		name string
		open func()
	}{
		{"note", command("note @mei")},
		{"log", command("log @mei")},
		{"coffee", command("coffee @mei")},
		{"coffee at a time long gone", command("coffee @mei 2020-01-01 10:00")},
		{"brief", command("brief @mei")},
		{"settings", command("settings")},
		{"me", command("me")},
		{"coffee of a card", click(card, "Plan a coffee")},
		{"settings of Home", click(home, "Settings")},
	}
	for _, tt := range tests {
		begun := time.Now()
		tt.open()
		leader.Modal().Close()
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%s: the modal opened after %v, so it waited for the database", tt.name, took)
		}
	}
}

// lockStore takes the lock for writing, as another process may, until the test
// ends.
func (f *office) lockStore() {
	f.t.Helper()
	db := must(sql.Open("sqlite", "file:"+f.path+"?_pragma=busy_timeout(5000)"))(f.t)
	conn := must(db.Conn(f.t.Context()))(f.t)
	if _, err := conn.ExecContext(f.t.Context(), "BEGIN IMMEDIATE"); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() {
		if err := errors.Join(conn.Close(), db.Close()); err != nil {
			f.t.Error(err)
		}
	})
}
