package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
)

// verdict is what an audit finds: figures, and a line for each fault.
type verdict struct {
	posts, sent, unsure int

	doubled []string // posted twice: the same message, the same person and due day, or within a week
	lost    []string // said to be sent, and never taken
	untrue  []string // taken, though the database says otherwise
	open    []string // neither sent nor given up
	stuck   []string // pairs whose next date is not what the rule says
}

func (v *verdict) report(t *testing.T) {
	t.Helper()
	for what, found := range map[string][]string{
		"doubled": v.doubled, "lost": v.lost, "untrue": v.untrue, "open": v.open, "stuck": v.stuck,
	} {
		for _, f := range found {
			t.Errorf("%s: %s", what, f)
		}
	}
}

// audit lets a week pass in which nothing goes wrong, and compares the posts that
// Slack took with the database.
func (c *company) audit() *verdict {
	c.t.Helper()
	c.sim.ClearFaults()
	calmSince := c.day
	for range 5 {
		c.nextDay()
		c.undisturbed()
	}
	c.server.Close() // waits for posts that outlived their sweep
	for _, b := range c.sim.Breaches() {
		c.t.Errorf("Slack would not have it: %s", b)
	}
	path := filepath.Join(c.folder, "innerview.db")
	checkIntegrity(c.t, path)
	ctx := c.t.Context()
	st, err := store.Open(ctx, nil, path, filepath.Join(c.folder, "innerview.key"), store.Options{ReadOnly: true})
	if err != nil {
		c.t.Fatal(err)
	}
	defer st.Close()
	workspace, _, err := st.Workspace(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	a := &auditor{company: c, store: st, workspace: workspace, verdict: new(verdict), calmSince: calmSince}
	for i := range killLeaders {
		a.leader(ctx, leaderID(i))
	}
	return a.verdict
}

func checkIntegrity(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var word string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&word); err != nil || word != "ok" {
		t.Errorf("the database is %q (%v), want ok", word, err)
	}
}

type auditor struct {
	*company
	*verdict
	store     *store.Store
	workspace string
	calmSince rapport.Date
}

func (a *auditor) leader(ctx context.Context, leader string) {
	a.t.Helper()
	scope := rapport.Scope{Workspace: a.workspace, Actor: leader}
	taken := a.taken(ctx, scope)
	rows, err := a.store.Sent(ctx, a.workspace, leader, mustDate(a.t, "2000-01-01"))
	if err != nil {
		a.t.Fatal(err)
	}
	for _, row := range rows {
		a.row(row, taken[row.ID])
	}
	pairs, err := a.store.Pairs(ctx, scope)
	if err != nil || len(pairs) != killPeople {
		a.t.Fatalf("%s has %d people (%v), want %d", leader, len(pairs), err, killPeople)
	}
	for _, p := range pairs {
		a.pair(p)
	}
}

// taken returns the posts to a leader that Slack took, by the message they carry.
func (a *auditor) taken(ctx context.Context, scope rapport.Scope) map[string][]slacksim.Message {
	a.t.Helper()
	taken := map[string][]slacksim.Message{}
	last := map[string]rapport.Message{} // by pair
	channel, _ := a.sim.DM(scope.Actor)
	for _, post := range a.sim.Messages(channel) {
		a.posts++
		row, err := a.store.MessageOfOffer(ctx, scope, offerIn(post))
		if rapport.KindOf(err) == rapport.NotFound { // the offer of a failed message is taken away
			a.untrue = append(a.untrue, fmt.Sprintf("a post to %s at %s was taken and has failed, or never was", scope.Actor, post.TS))
			continue
		}
		if err != nil {
			a.t.Fatal(err)
		}
		taken[row.ID] = append(taken[row.ID], post)
		before, again := last[row.Pair]
		last[row.Pair] = row
		switch {
		case len(taken[row.ID]) > 1:
			a.doubled = append(a.doubled, "the message "+row.Key)
		case again && before.DueOn == row.DueOn:
			a.doubled = append(a.doubled, fmt.Sprintf("%s and %s, one due day", before.Key, row.Key))
		case again && row.PlannedOn.Sub(before.PlannedOn) < rapport.OnePerPerson:
			a.doubled = append(a.doubled, fmt.Sprintf("%s and %s, less than a week apart", before.Key, row.Key))
		}
		if row.State != rapport.StateSent && row.State != rapport.StateUnsure {
			a.untrue = append(a.untrue, fmt.Sprintf("%s was taken and is %s", row.Key, row.State))
		}
	}
	return taken
}

// offerIn returns the offer that a post's buttons speak of: one, or none.
func offerIn(post slacksim.Message) string {
	var offers []string
	for _, b := range post.Buttons() {
		if offer, ok := strings.CutPrefix(b.Value, "o:"); ok {
			offers = append(offers, offer)
		}
	}
	slices.Sort(offers)
	if offers = slices.Compact(offers); len(offers) == 1 {
		return offers[0]
	}
	return ""
}

func (a *auditor) row(row rapport.Message, posts []slacksim.Message) {
	switch row.State {
	case rapport.StateSent:
		a.sent++
		if len(posts) == 0 || posts[0].TS != row.TS || posts[0].Channel != row.Channel {
			a.lost = append(a.lost, row.Key)
		}
	case rapport.StateUnsure:
		a.unsure++
	default:
		a.open = append(a.open, fmt.Sprintf("%s is %s", row.Key, row.State))
	}
}

// pair checks that the pair comes up again a week after its last message, and
// that it had its turn in the calm week if it was due when that began.
func (a *auditor) pair(p rapport.Pair) {
	if p.NextOn != p.LastNudge.AddDays(rapport.AfterNudge) || !p.NextOn.After(a.calmSince) {
		a.stuck = append(a.stuck, fmt.Sprintf("%s and %s: last message %s, next date %s, calm since %s",
			p.Leader, p.Person, p.LastNudge, p.NextOn, a.calmSince))
	}
}
