package storetest

import (
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

func addPair(f *fixture) {
	n := store.NewPair{
		Language:   rapport.English,
		RhythmDays: 21,
		Since:      rapport.NewDate(2025, time.April, 1),
		HeadStart:  true,
	}
	got, added, err := f.s.AddPair(f.Context(), f.ana, mei, n, today(), "")
	f.ok(err)
	equal(f, "added", added, true)
	want := rapport.Pair{
		ID: got.ID, Leader: ana, Person: mei, State: rapport.Active, Origin: rapport.FromLeader,
		Language: rapport.English, RhythmDays: 21, Since: n.Since, HeadStart: true,
		CreatedOn: today(), NextOn: rapport.AtOnce, History: rapport.NewHistory(true),
	}
	equal(f, "new pair", got, want)
	equal(f, "read by id", f.again(got), want)
	byPerson, err := f.s.Pair(f.Context(), f.ana, mei)
	f.ok(err)
	equal(f, "read by person", byPerson, want)
}

func addPairAgain(f *fixture) {
	first := f.pair(f.ana, mei)
	second, added, err := f.s.AddPair(f.Context(), f.ana, mei, store.NewPair{RhythmDays: 7}, today().AddDays(1), "")
	f.ok(err)
	equal(f, "added", added, false)
	equal(f, "pair", second, first)
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "who adds somebody has not said yes to messages", l.Confirmed(), false)
}

// addPairs: somebody who stepped out keeps the others from being added, until they
// are left out.
func addPairs(f *fixture) {
	ctx := f.Context()
	f.pair(f.ana, ken)
	f.pair(f.ben, yuki)
	f.ok(f.s.StepOut(ctx, rapport.Scope{Workspace: f.ws, Actor: yuki}, today(), ""))
	_, err := f.s.AddPairs(ctx, f.ana, []string{mei, yuki}, store.NewPair{}, today(), "key")
	f.kind(err, rapport.Forbidden, "error.opted_out")
	_, err = f.s.Pair(ctx, f.ana, mei)
	f.is(err, rapport.ErrNotFound)
	added, err := f.s.AddPairs(ctx, f.ana, []string{mei, ken}, store.NewPair{}, today(), "key")
	f.ok(err)
	equal(f, "added", added, []string{mei})
	p, err := f.s.Pair(ctx, f.ana, mei)
	f.ok(err)
	equal(f, "origin", p.Origin, rapport.FromLeader)
	_, err = f.s.AddPairs(ctx, f.ana, []string{mei}, store.NewPair{}, today(), "key")
	f.is(err, store.ErrSeen)
}

func pairThatEnded(f *fixture) {
	tests := []struct {
		name     string
		after    int
		restored bool
	}{
		{"the same day", 0, true},
		{"after 29 days", 29, true},
		{"after 30 days", 30, false},
	}
	for _, tt := range tests {
		first := f.pair(f.ana, mei)
		f.talk(first, today(), rapport.Opened)
		f.ok(f.s.AddNote(f.Context(), f.ana, first.ID, rapport.Note{Text: "likes ferries", ExpiresOn: today().AddDays(180)}, ""))
		f.ok(f.s.EndPair(f.Context(), f.ana, mei, today(), ""))
		_, err := f.s.Pair(f.Context(), f.ana, mei)
		f.is(err, rapport.ErrNotFound)
		_, err = f.s.PairByID(f.Context(), f.ana, first.ID)
		f.is(err, rapport.ErrNotFound)
		f.is(f.s.EndPair(f.Context(), f.ana, mei, today(), ""), rapport.ErrNotFound)

		on := today().AddDays(tt.after)
		second, added, err := f.s.AddPair(f.Context(), f.ana, mei, store.NewPair{RhythmDays: 28}, on, "")
		f.ok(err)
		notes, err := f.s.Notes(f.Context(), f.ana, second.ID, today())
		f.ok(err)
		if !added {
			f.Errorf("%s: added = false, want true", tt.name)
		}
		if restored := second.ID == first.ID && len(notes) == 1 && second.LastTalkOn == today(); restored != tt.restored {
			f.Errorf("%s: restored = %t, want %t", tt.name, restored, tt.restored)
		}
		equal(f, tt.name+": rhythm said anew", second.RhythmDays, 28)
		equal(f, tt.name+": ended on", second.EndedOn, rapport.Date{})
		equal(f, tt.name+": read again", f.again(second), second)
		f.ok(f.s.EndPair(f.Context(), f.ana, mei, today().AddDays(-30), "")) // clears the way for the next
	}
}

func pairsInOrder(f *fixture) {
	a, b, c := f.pair(f.ana, mei), f.pair(f.ana, ken), f.pair(f.ana, yuki)
	f.pair(f.ben, mei)
	f.ok(f.s.Snooze(f.Context(), f.ana, c.ID, today().AddDays(-1), ""))
	got, err := f.s.Pairs(f.Context(), f.ana)
	f.ok(err)
	c.NextOn = today().AddDays(-1)
	equal(f, "pairs", got, []rapport.Pair{c, b, a})

	f.ok(f.s.EndPair(f.Context(), f.ana, ken, today(), ""))
	got, err = f.s.Pairs(f.Context(), f.ana)
	f.ok(err)
	equal(f, "without the ended one", got, []rapport.Pair{c, a})
	got, err = f.s.Pairs(f.Context(), rapport.Scope{Workspace: f.ws, Actor: "U0NOBODY"})
	f.ok(err)
	equal(f, "of nobody", len(got), 0)
}

func endPairStops(f *fixture) {
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	m := f.nudge(p, today())
	kept := f.nudge(other, today())
	f.ok(f.s.EndPair(f.Context(), f.ana, mei, today(), ""))
	equal(f, "pending", f.pending(), []rapport.Message{kept})
	_, claimed, err := f.s.Claim(f.Context(), m.ID, m.At)
	f.ok(err)
	equal(f, "claimed", claimed, false)
	d, err := f.s.Delivery(f.Context(), f.ws, m.ID)
	f.ok(err)
	equal(f, "state", d.Message.State, rapport.StateFailed)
	equal(f, "reason", d.Message.Reason, "pair_ended")
	equal(f, "settled", d.Message.SettledAt, Now())
}

func snoozeRestartIntent(f *fixture) {
	p := f.pair(f.ana, mei)
	f.ok(f.s.Snooze(f.Context(), f.ana, p.ID, today().AddDays(7), ""))
	f.ok(f.s.SetIntent(f.Context(), f.ana, p.ID, today(), ""))
	p.NextOn, p.IntentOn = today().AddDays(7), today()
	equal(f, "snoozed, with an intent", f.again(p), p)

	first := f.talk(p, today(), rapport.Declined)
	f.talk(first.After, today().AddDays(10), rapport.Declined)
	on := today().AddDays(10 + 60)
	equal(f, "quiet", f.again(p).History.Pace().MayRestart(on), true)
	f.ok(f.s.Restart(f.Context(), f.ana, p.ID, on, ""))
	got := f.again(p)
	equal(f, "next on", got.NextOn, on)
	equal(f, "may be offered again", got.History.Pace().MayOffer(on), true)
}

func duePairs(f *fixture) {
	a, b, c := f.pair(f.ana, mei), f.pair(f.ana, ken), f.pair(f.ben, yuki)
	ended := f.pair(f.ben, ken)
	f.ok(f.s.EndPair(f.Context(), f.ben, ended.Person, today(), ""))
	f.ok(f.s.Snooze(f.Context(), f.ana, a.ID, today(), ""))
	f.ok(f.s.Snooze(f.Context(), f.ana, b.ID, today().AddDays(1), ""))
	a.NextOn, b.NextOn = today(), today().AddDays(1)
	tests := []struct {
		name  string
		upTo  rapport.Date
		limit int
		want  []rapport.Pair
	}{
		{"long ago only the new one", today().AddDays(-900), 10, []rapport.Pair{c}},
		{"today", today(), 10, []rapport.Pair{c, a}},
		{"tomorrow", today().AddDays(1), 10, []rapport.Pair{c, a, b}},
		{"no more than asked for", today().AddDays(1), 2, []rapport.Pair{c, a}},
	}
	for _, tt := range tests {
		got, err := f.s.DuePairs(f.Context(), f.ws, tt.upTo, tt.limit)
		f.ok(err)
		equal(f, tt.name, got, tt.want)
	}
	got, err := f.s.DuePairs(f.Context(), "another", today(), 10)
	f.ok(err)
	equal(f, "another workspace", len(got), 0)
}
