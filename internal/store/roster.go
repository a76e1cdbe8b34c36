package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"innerview/rapport"
)

// RosterRow says that one leads the other, and what else the operator knows of
// the two.
type RosterRow struct {
	Leader, Person string // Slack user ids
	Language       rapport.Language
	RhythmDays     int
	Since          rapport.Date
}

// RosterChange is a pair that an import adds, changes or ends, and, where it
// changes, in which columns of the roster.
type RosterChange struct {
	Leader, Person string
	Columns        []string
}

// RosterReport says what an import does, or would do, in the order of the
// roster; ended pairs by leader and person.
type RosterReport struct {
	Added, Changed, Ended []RosterChange
	Unchanged             int
}

// ImportRoster makes the pairs of the leaders in the roster what the roster
// says, all or nothing. Leaders named become confirmed. Pairs that an import
// made and that are no longer named end; a pair that a leader made stays the
// leader's, and who stepped out stays out. A row without a language or a rhythm
// leaves the leader's choice alone. With dryRun nothing is changed. Today gives the day in a leader's calendar.
//
// A second import of the same roster changes nothing. A row that comes twice is
// an error.
func (s *Store) ImportRoster(ctx context.Context, workspace string, rows []RosterRow, today func(leader string) rapport.Date, dryRun bool,
) (RosterReport, error) {
	if err := checkRoster(rows); err != nil {
		return RosterReport{}, fmt.Errorf("import roster: %w", err)
	}
	if dryRun {
		plan, err := planImport(ctx, s.read(), workspace, rows, today)
		return plan.report, wrap("plan import", err)
	}
	var plan importPlan
	err := s.inTx(ctx, func(a access) (err error) {
		if plan, err = planImport(ctx, a, workspace, rows, today); err != nil {
			return err
		}
		return s.carryOut(ctx, a, workspace, plan, today)
	})
	if err != nil {
		return RosterReport{}, fmt.Errorf("import roster: %w", err)
	}
	return plan.report, nil
}

func checkRoster(rows []RosterRow) error {
	type couple struct{ leader, person string }
	seen := make(map[couple]bool, len(rows))
	for _, r := range rows {
		c := couple{r.Leader, r.Person}
		switch {
		case r.Leader == "" || r.Person == "" || r.Leader == r.Person:
			return fmt.Errorf("leader %q and person %q are not two people", r.Leader, r.Person)
		case seen[c]:
			return fmt.Errorf("leader %s and person %s come twice", r.Leader, r.Person)
		}
		seen[c] = true
	}
	return nil
}

// importPlan is what an import will do.
type importPlan struct {
	report  RosterReport
	leaders []string
	add     []RosterRow
	save    []rapport.Pair
	end     []rapport.Pair
}

// planImport compares the roster with what is there.
func planImport(ctx context.Context, a access, workspace string, rows []RosterRow, today func(string) rapport.Date,
) (importPlan, error) {
	var plan importPlan
	for _, r := range rows {
		plan.leaders = append(plan.leaders, r.Leader)
	}
	slices.Sort(plan.leaders)
	plan.leaders = slices.Compact(plan.leaders)
	out, err := allSteppedOut(ctx, a, workspace)
	if err != nil {
		return plan, err
	}
	pairs := map[string]map[string]rapport.Pair{} // by leader, by person
	for _, leader := range plan.leaders {
		found, err := pairsOf(ctx, a, workspace, leader)
		if err != nil {
			return plan, err
		}
		pairs[leader] = found
	}
	for _, r := range rows {
		p, there := pairs[r.Leader][r.Person]
		if out[r.Person] {
			p.State, there = rapport.OptedOut, true
		}
		plan.row(r, p, there, today(r.Leader))
		delete(pairs[r.Leader], r.Person)
	}
	for _, leader := range plan.leaders {
		plan.ending(pairs[leader])
	}
	return plan, nil
}

func pairsOf(ctx context.Context, a access, workspace, leader string) (map[string]rapport.Pair, error) {
	found, err := all(ctx, a, scanPair, `
		SELECT`+pairColumns+`
		FROM pairs
		WHERE workspace = $1 AND leader = $2`,
		workspace, leader)
	pairs := make(map[string]rapport.Pair, len(found))
	for _, p := range found {
		pairs[p.Person] = p
	}
	return pairs, err
}

// row decides about one row of the roster.
func (plan *importPlan) row(r RosterRow, p rapport.Pair, there bool, today rapport.Date) {
	change := RosterChange{Leader: r.Leader, Person: r.Person}
	switch {
	case !there || p.State == rapport.Ended:
		plan.add = append(plan.add, r)
		plan.report.Added = append(plan.report.Added, change)
	case p.State == rapport.OptedOut:
		plan.report.Unchanged++
	default:
		p, change.Columns = followRoster(p, r)
		if len(change.Columns) == 0 {
			plan.report.Unchanged++
			return
		}
		plan.save = append(plan.save, p)
		plan.report.Changed = append(plan.report.Changed, change)
	}
}

// ending ends what an import made and the roster no longer names.
func (plan *importPlan) ending(left map[string]rapport.Pair) {
	var gone []rapport.Pair
	for _, p := range left {
		if p.State == rapport.Active && p.Origin == rapport.FromRoster {
			gone = append(gone, p)
		}
	}
	slices.SortFunc(gone, func(p, q rapport.Pair) int { return cmp.Compare(p.Person, q.Person) })
	plan.end = append(plan.end, gone...)
	for _, p := range gone {
		plan.report.Ended = append(plan.report.Ended, RosterChange{Leader: p.Leader, Person: p.Person})
	}
}

// followRoster returns the pair as the roster wants it and the columns in which
// that differs. Language and rhythm are the leader's to choose too, so there an
// empty field says nothing. Of the day they began it rules the pairs that an import
// made, empty or not.
func followRoster(p rapport.Pair, r RosterRow) (rapport.Pair, []string) {
	var columns []string
	if r.Language != "" && p.Language != r.Language {
		p.Language = r.Language
		columns = append(columns, "language")
	}
	if r.RhythmDays != 0 && p.RhythmDays != r.RhythmDays {
		p.RhythmDays = r.RhythmDays
		columns = append(columns, "rhythm_days")
	}
	if (p.Origin == rapport.FromRoster || !r.Since.IsZero()) && p.Since != r.Since {
		p.Since = r.Since
		columns = append(columns, "since")
	}
	return p, columns
}

// carryOut writes what planImport decided.
func (s *Store) carryOut(ctx context.Context, a access, workspace string, plan importPlan, today func(string) rapport.Date,
) error {
	for _, leader := range plan.leaders {
		if err := ensureLeader(ctx, a, workspace, leader); err != nil {
			return err
		}
		if err := confirmLeader(ctx, a, workspace, leader, s.now()); err != nil {
			return err
		}
	}
	for _, r := range plan.add {
		n := NewPair{Language: r.Language, RhythmDays: r.RhythmDays, Since: r.Since, Origin: rapport.FromRoster}
		sc := rapport.Scope{Workspace: workspace, Actor: r.Leader}
		p, _, err := addPair(ctx, a, sc, r.Person, n, today(r.Leader))
		if err != nil {
			return err
		}
		if p, columns := followRoster(p, r); len(columns) > 0 { // one that came back
			plan.save = append(plan.save, p)
		}
	}
	for _, p := range plan.save {
		if err := savePair(ctx, a, p); err != nil {
			return err
		}
	}
	for _, p := range plan.end {
		if err := s.endPair(ctx, a, p, today(p.Leader)); err != nil {
			return err
		}
	}
	return nil
}

// Roster returns all active pairs as a roster, by leader and person. Importing
// it again changes nothing.
func (s *Store) Roster(ctx context.Context, workspace string) ([]RosterRow, error) {
	rows, err := all(ctx, s.read(), scanRosterRow, `
		SELECT
			leader,
			person,
			language,
			rhythm_days,
			since
		FROM pairs
		WHERE workspace = $1 AND state = 'active'
		ORDER BY leader, person`,
		workspace)
	if err != nil {
		return nil, fmt.Errorf("read roster: %w", err)
	}
	return rows, nil
}

func scanRosterRow(row scanner) (r RosterRow, err error) {
	err = row.Scan(&r.Leader, &r.Person, &r.Language, &r.RhythmDays, (*day)(&r.Since))
	return r, err
}
