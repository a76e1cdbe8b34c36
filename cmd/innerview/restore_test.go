package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// TestRestoreOfAnOldCopyDoublesNothing works on for a day after a copy was made,
// puts the copy back, and works on. Nobody is brought up twice in a week.
func TestRestoreOfAnOldCopyDoublesNothing(t *testing.T) {
	notWhileUpdating(t)
	t.Parallel()
	c := found(t)
	var posts []nudged
	work := func(days int) {
		for range days {
			c.undisturbed()
			posts = c.newPosts(posts)
			c.nextDay()
		}
	}
	work(2)
	url, keyFile := filepath.Join(c.folder, "innerview.db"), filepath.Join(c.folder, "innerview.key")
	file := filepath.Join(c.folder, "copy.db")
	if err := store.Backup(t.Context(), url, file); err != nil {
		t.Fatal(err)
	}
	before := len(posts)
	work(1)
	lost := posts[before:]
	if len(lost) == 0 {
		t.Fatal("nothing was sent between the copy and now: the test sees nothing")
	}
	now := c.day.At(8*60, time.FixedZone("", 9*60*60))
	done, err := store.Restore(t.Context(), nil, file, url, keyFile,
		store.RestoreOptions{Force: true, Now: func() time.Time { return now }})
	if err != nil || done.Held < len(lost) {
		t.Fatalf("Restore = %+v, %v, want at least the %d held that have had their turn", done, err, len(lost))
	}
	before = len(posts)
	work(14) // leaders who do not answer are left alone for two weeks
	if len(posts) == before {
		t.Error("nobody was brought up again: want it to go on")
	}
	for i, p := range posts {
		for _, q := range posts[:i] {
			if p.leader == q.leader && p.person == q.person && p.on.Sub(q.on) < rapport.OnePerPerson {
				t.Errorf("%s was asked about %s on %s and on %s", p.leader, p.person, q.on, p.on)
			}
		}
	}
	t.Logf("%d nudges, %d of them between the copy and its return, %d held", len(posts), len(lost), done.Held)
}

// nudged is one nudge that Slack took.
type nudged struct {
	leader, person, ts string
	on                 rapport.Date
}

var mention = regexp.MustCompile(`<@(U[0-9]+LEADER)>`)

// newPosts adds the nudges that Slack took today to what it took before.
func (c *company) newPosts(known []nudged) []nudged {
	c.t.Helper()
	for i := range killLeaders {
		channel, _ := c.sim.DM(leaderID(i))
		for _, post := range c.sim.Messages(channel) {
			old := func(n nudged) bool { return n.leader == leaderID(i) && n.ts == post.TS }
			if offerIn(post) == "" || slices.ContainsFunc(known, old) {
				continue
			}
			said := mention.FindStringSubmatch(strings.Join(post.Texts(), "\n"))
			if said == nil {
				c.t.Fatalf("a nudge names nobody: %s", fmt.Sprint(post.Texts()))
			}
			known = append(known, nudged{leaderID(i), said[1], post.TS, c.day})
		}
	}
	return known
}
