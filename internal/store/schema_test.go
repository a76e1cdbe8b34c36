package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
)

// raw runs statements on a database past the store.
func raw(tb testing.TB, url string, statements ...string) {
	tb.Helper()
	db, err := sql.Open("sqlite", url)
	if err != nil {
		tb.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.ExecContext(tb.Context(), s); err != nil {
			tb.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
}

// texts reads a column of texts.
func texts(tb testing.TB, db *sql.DB, query string, args ...any) (list []string) {
	tb.Helper()
	rows, err := db.QueryContext(tb.Context(), query, args...)
	if err != nil {
		tb.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			tb.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return list
}

// TestColumns holds the list of everything that is kept about anybody. A column
// that is not here needs a reason that would convince the person it is about;
// where they live, how old they are, their family, faith or health have none.
func TestColumns(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"workspaces": "id team canary created_at",
		// What Slack says of a member, to write at a good time in the right language.
		"members": "workspace id zone language gone bot guest profile_at stepped_out_on resting_until",
		// What a leader chose.
		// and how long they have left messages untouched, so that there are fewer.
		"leaders": "workspace id language hours_from hours_to days confirmed_at channel met_at paused_on paused_until " +
			"country per_week rhythm_days digest_day full_text ignored answered answered_on goodbye_on invited_on digest_on",
		// Who keeps whom in mind, since when, and when next. History is pace: days,
		// outcomes and a depth.
		"pairs": "id workspace leader person state origin language rhythm_days since head_start " +
			"created_on ended_on next_on last_talk_on last_nudge intent_on history " +
			"country away_on away_until came_back probation_until evaluation_on",
		"offers": "id root pair starter level topic setting state swaps shown_on shown_at",
		"talks":  "id pair on_day outcome setting offer starter topic recorded_at plan",
		// Text is sealed in all of them.
		"notes": "id pair kind text created_at expires_on ask_on renewed",
		// What the person adds to a note about them, so that it is put right by them.
		"corrections": "note text created_at",
		"promises":    "id pair text state made_on due_on closed_on created_at expires_on call_on",
		"commons":     "id pair text created_at expires_on",
		"own_words":   "workspace leader kind starter text",
		"tags":        "pair kind text expires_on",
		"topics":      "pair topic stance",
		"wishes":      "workspace person topic stance",
		"plans":       "id pair at on_day setting cancelled created_at minutes moved_to",
		// The outbox: what was sent when, not what it said.
		"messages": "id workspace key leader pair kind due_on planned_on due_at state attempts " +
			"offer plan reason channel ts settled_at about item answer",
		// Who has been told that somebody keeps them in mind.
		"notices": "workspace person state retry_at at",
		"seen":    "workspace key at",
		"keys":    "workspace owner wrapped created_at",
		// What operators did, not to whom.
		"operations": "id kind at",
	}
	db := store.Reader(newStore(t))
	got := map[string]string{}
	for _, table := range ownTables(t, db) {
		got[table] = strings.Join(texts(t, db, "SELECT name FROM pragma_table_info($1) ORDER BY cid", table), " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("columns differ (-want +got):\n%s", diff)
	}
}

func ownTables(tb testing.TB, db *sql.DB) []string {
	tb.Helper()
	return texts(tb, db, `
		SELECT name FROM sqlite_master
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version'`)
}

// TestTables checks what holds for every table: it is strict, and each reference
// finds its children by an index, or destroying a pair would read every row.
func TestTables(t *testing.T) {
	t.Parallel()
	db := store.Reader(newStore(t))
	tables := ownTables(t, db)
	if len(tables) == 0 {
		t.Fatal("no tables")
	}
	for _, table := range tables {
		if got := texts(t, db, "SELECT strict FROM pragma_table_list($1)", table); !slices.Equal(got, []string{"1"}) {
			t.Errorf("%s: strict = %v, want 1", table, got)
		}
		for _, id := range texts(t, db, "SELECT DISTINCT id FROM pragma_foreign_key_list($1)", table) {
			columns := texts(t, db, `SELECT "from" FROM pragma_foreign_key_list($1) WHERE CAST(id AS TEXT) = $2 ORDER BY seq`, table, id)
			query := fmt.Sprintf("SELECT 1 FROM %s WHERE %s = 'x'", table, strings.Join(columns, " = 'x' AND "))
			if how := plan(t, db, query); !strings.Contains(how, "SEARCH") {
				t.Errorf("%s (%s): %s", table, strings.Join(columns, ", "), how)
			}
		}
	}
}

// plan says how SQLite goes about a query.
func plan(tb testing.TB, db *sql.DB, query string, args ...any) string {
	tb.Helper()
	rows, err := db.QueryContext(tb.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		tb.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			tb.Fatal(err)
		}
		steps = append(steps, detail)
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return strings.Join(steps, "; ")
}

// TestHeartbeatUsesItsIndexes checks that what every heartbeat asks costs what
// is due, and that nothing has to be sorted.
func TestHeartbeatUsesItsIndexes(t *testing.T) {
	t.Parallel()
	db := store.Reader(newStore(t))
	tests := []struct {
		name, query, want string
	}{
		{"due pairs", store.DuePairsQuery, "SEARCH pairs USING INDEX pairs_due (workspace=? AND next_on<?)"},
		{"due messages", store.DueMessagesQuery, "SEARCH messages USING INDEX messages_due (workspace=? AND due_at<?)"},
		{"abandoned messages", store.AbandonedQuery, "SEARCH messages USING INDEX messages_sending (workspace=? AND state=?)"},
		{"ended pauses", store.EndedPausesQuery, "SEARCH leaders USING INDEX leaders_paused (workspace=? AND paused_until>?); SEARCH members"},
	}
	called := plan(t, db, store.CalledPairsQuery, "w", "2026-11-25")
	for _, want := range []string{"promises USING INDEX promises_call (call_on<?)", "SEARCH pairs USING INDEX sqlite_autoindex_pairs_1 (id=?)"} {
		if !strings.Contains(called, want) {
			t.Errorf("called pairs: %s, want %s in it", called, want)
		}
	}
	for _, tt := range tests {
		if got := plan(t, db, tt.query, "w", "2026-11-25", 10); !strings.HasPrefix(got, tt.want) || strings.Contains(got, "ORDER BY") {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
