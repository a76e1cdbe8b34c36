package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"innerview/internal/store"
	"innerview/rapport"
)

// BenchmarkDuePairs reads a thousand due pairs from among many more: the figures
// of its cases are to be alike.
func BenchmarkDuePairs(b *testing.B) {
	for _, bb := range []struct {
		name  string
		pairs int
		full  bool // takes long to prepare
	}{
		{"10k", 10_000, false},
		{"100k", 100_000, false},
		{"1M", 1_000_000, true},
	} {
		b.Run(bb.name, func(b *testing.B) {
			if bb.full && os.Getenv("INNERVIEW_BENCH_FULL") == "" {
				b.Skipf("NOT MEASURED: %d pairs take a while to write; set INNERVIEW_BENCH_FULL=1", bb.pairs)
			}
			s := newStore(b)
			ws := fill(b, s, bb.pairs, 1000)
			for b.Loop() {
				pairs, err := s.DuePairs(b.Context(), ws, someday, 2000)
				if err != nil || len(pairs) != 1000 {
					b.Fatalf("DuePairs = %d pairs, %v, want 1000", len(pairs), err)
				}
			}
		})
	}
}

// fill writes pairs, ten a leader, in one transaction. So many are due on
// someday, spread over all of them; the others come later.
func fill(b *testing.B, s *store.Store, pairs, due int) (workspace string) {
	b.Helper()
	ctx := b.Context()
	workspace, _, err := s.Workspace(ctx)
	if err != nil {
		b.Fatalf("Workspace: %v", err)
	}
	tx, err := store.Writer(s).BeginTx(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	add := statements(b, tx, map[string]string{
		"member": "INSERT INTO members (workspace, id) VALUES ($1, $2)",
		"leader": "INSERT INTO leaders (workspace, id) VALUES ($1, $2)",
		"pair": `
			INSERT INTO pairs (id, workspace, leader, person, state, origin, created_on, next_on, history)
			VALUES ($1, $2, $3, $4, 'active', 'roster', '2026-01-05', $5, $6)`,
	})
	past := aged()
	leader := ""
	for i := range pairs {
		if i%10 == 0 {
			leader = fmt.Sprintf("UL%08d", i/10)
			add("member", workspace, leader)
			add("leader", workspace, leader)
		}
		next := someday.AddDays(1 + i%28)
		if i%(pairs/due) == 0 {
			next = someday.AddDays(-i % 7)
		}
		person := fmt.Sprintf("UP%08d", i)
		add("member", workspace, person)
		add("pair", fmt.Sprintf("pair-%08d", i), workspace, leader, person, next.String(), past)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return workspace
}

// statements prepares statements and returns a function that runs them by name.
func statements(b *testing.B, tx *sql.Tx, texts map[string]string) func(name string, args ...any) {
	b.Helper()
	prepared := map[string]*sql.Stmt{}
	for name, text := range texts {
		stmt, err := tx.PrepareContext(b.Context(), text)
		if err != nil {
			b.Fatal(err)
		}
		prepared[name] = stmt
	}
	return func(name string, args ...any) {
		if _, err := prepared[name].ExecContext(b.Context(), args...); err != nil {
			b.Fatalf("%s: %v", name, err)
		}
	}
}

// aged returns the history of two people who have talked for half a year.
func aged() string {
	h := rapport.NewHistory(false)
	for i := range 12 {
		on := someday.AddDays(14 * (i - 12))
		h = h.Add(rapport.Event{
			Kind: rapport.EventTalk, On: on, Outcome: rapport.Light, Talk: "0193dc6f-0000-7000-8000-000000000000",
		}, on)
	}
	text, err := json.Marshal(h)
	if err != nil {
		panic(err) // plain values always marshal
	}
	return string(text)
}

// talkers is among how many pairs the talks of a benchmark are spread, so that
// no history grows without end.
const talkers = 1000

// BenchmarkRecordTalk records talks with everything that follows from them.
// Compare with BenchmarkBareTransaction.
func BenchmarkRecordTalk(b *testing.B) {
	s := newStore(b)
	ws := fill(b, s, talkers, talkers)
	for i := 0; b.Loop(); i++ {
		sc := rapport.Scope{Workspace: ws, Actor: fmt.Sprintf("UL%08d", i%talkers/10)}
		r := store.Recording{
			Pair:       fmt.Sprintf("pair-%08d", i%talkers),
			Talk:       rapport.Talk{On: someday.AddDays(i / talkers), Outcome: rapport.Light},
			RhythmDays: rapport.DefaultRhythm,
			Today:      someday.AddDays(i / talkers),
		}
		if _, err := s.RecordTalk(b.Context(), sc, r, fmt.Sprintf("payload-%d", i)); err != nil {
			b.Fatalf("RecordTalk: %v", err)
		}
	}
}

// BenchmarkBareTransaction writes the rows that BenchmarkRecordTalk writes, with
// the same durability, and does nothing else: it neither reads nor decides.
func BenchmarkBareTransaction(b *testing.B) {
	s := newStore(b)
	ws := fill(b, s, talkers, talkers)
	past := aged()
	for i := 0; b.Loop(); i++ {
		if err := bare(b.Context(), store.Writer(s), ws, past, i); err != nil {
			b.Fatal(err)
		}
	}
}

func bare(ctx context.Context, db *sql.DB, ws, past string, i int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	const at = "2026-11-25T01:30:00.123456Z"
	pair, on := fmt.Sprintf("pair-%08d", i%talkers), someday.AddDays(i/talkers)
	if _, err := tx.ExecContext(ctx, "INSERT INTO seen (workspace, key, at) VALUES ($1, $2, $3)",
		ws, fmt.Sprintf("payload-%d", i), at); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO talks (id, pair, on_day, outcome, recorded_at)
		VALUES ($1, $2, $3, 'light', $4)`,
		fmt.Sprintf("0193dc6f-0000-7000-8000-%012d", i), pair, on.String(), at); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `
		UPDATE pairs SET
			next_on = $2,
			last_talk_on = $3,
			history = $4
		WHERE id = $1`,
		pair, on.AddDays(14).String(), on.String(), past); err != nil {
		return err
	}
	return tx.Commit()
}
