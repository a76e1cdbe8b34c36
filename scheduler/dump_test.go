package scheduler_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"innerview/rapport"
)

// dump returns every row of the database, a line each, as another program would
// read them.
func (o *office) dump() string {
	o.t.Helper()
	tables := o.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
	var b strings.Builder
	for _, table := range tables {
		for _, row := range o.query("SELECT * FROM " + table + " ORDER BY 1, 2") {
			fmt.Fprintf(&b, "%s: %s\n", table, row)
		}
	}
	return b.String()
}

// query runs a statement and returns its rows, columns parted by spaces. The
// connection is one of its own: what the store has not committed stays unseen.
func (o *office) query(statement string) []string {
	o.t.Helper()
	if o.reader == nil {
		o.reader = must(sql.Open("sqlite", "file:"+o.path+"?_pragma=busy_timeout(5000)"))(o.t)
		o.t.Cleanup(func() { _ = o.reader.Close() }) // it only looked
	}
	rows := must(o.reader.QueryContext(o.t.Context(), statement))(o.t)
	defer rows.Close()
	columns := must(rows.Columns())(o.t)
	var out []string
	for rows.Next() {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			o.t.Fatal(err)
		}
		out = append(out, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	if err := rows.Err(); err != nil {
		o.t.Fatal(err)
	}
	return out
}

// messages are the rows of the outbox in the order of their time: whom they are
// about, kind, state, and the reason of a failure.
func (o *office) messages() []string {
	o.t.Helper()
	rows := o.query(`
		SELECT substr(pairs.leader, -3), substr(pairs.person, -3), kind, messages.state || ' ' || reason
		FROM messages JOIN pairs ON pairs.id = messages.pair
		ORDER BY planned_on, messages.id`)
	for i := range rows {
		rows[i] = strings.TrimSpace(rows[i])
	}
	return rows
}

func TestDumpSeesEveryChange(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	before := o.dump()
	if !strings.Contains(before, mei) {
		t.Fatalf("the dump does not hold %s:\n%s", mei, before)
	}
	if err := o.store.Snooze(t.Context(), o.scope(ana), o.pair(ana, mei).ID, rapport.NewDate(2027, 1, 1), ""); err != nil {
		t.Fatal(err)
	}
	if before == o.dump() {
		t.Error("a snooze changed nothing in the dump")
	}
}
