package storetest

import (
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// roster is what an operator might import.
func roster() []store.RosterRow {
	return []store.RosterRow{
		{Leader: ana, Person: mei, Language: rapport.English, RhythmDays: 21, Since: rapport.NewDate(2026, time.April, 1)},
		{Leader: ben, Person: ana},
		{Leader: ana, Person: ken},
	}
}

func importRoster(f *fixture) {
	ctx := f.Context()
	own := f.pair(f.ana, mei) // made by Ana herself, and named in the roster
	kept := f.pair(f.ana, yuki)
	report, err := f.s.ImportRoster(ctx, f.ws, roster(), everywhere, false)
	f.ok(err)
	equal(f, "report", report, store.RosterReport{
		Added:   []store.RosterChange{{Leader: ben, Person: ana}, {Leader: ana, Person: ken}},
		Changed: []store.RosterChange{{Leader: ana, Person: mei, Columns: []string{"language", "rhythm_days", "since"}}},
	})
	own.Language, own.RhythmDays, own.Since = rapport.English, 21, rapport.NewDate(2026, time.April, 1)
	equal(f, "the leader's own pair", f.again(own), own)
	added, err := f.s.Pair(ctx, f.ana, ken)
	f.ok(err)
	equal(f, "new pair", added, rapport.Pair{
		ID: added.ID, Leader: ana, Person: ken, State: rapport.Active, Origin: rapport.FromRoster,
		CreatedOn: today(), NextOn: rapport.AtOnce, History: rapport.NewHistory(false),
	})
	for _, sc := range []rapport.Scope{f.ana, f.ben} {
		l, err := f.s.Leader(ctx, sc)
		f.ok(err)
		equal(f, "confirmed", l.ConfirmedAt, Now())
	}

	// Ana is named, without Ken; Ben is not named. Yuki was never the roster's.
	m := f.nudge(added, today())
	report, err = f.s.ImportRoster(ctx, f.ws, []store.RosterRow{{Leader: ana, Person: mei}}, everywhere, false)
	f.ok(err)
	equal(f, "second report", report, store.RosterReport{
		Ended: []store.RosterChange{{Leader: ana, Person: ken}}, Unchanged: 1,
	})
	_, err = f.s.Pair(ctx, f.ana, ken)
	f.is(err, rapport.ErrNotFound)
	equal(f, "its message", f.delivery(m.ID).State, rapport.StateFailed)
	equal(f, "pair the roster never named", f.again(kept), kept)
	_, err = f.s.Pair(ctx, f.ben, ana)
	f.ok(err)
}

func importRosterTwice(f *fixture) {
	ctx := f.Context()
	_, err := f.s.ImportRoster(ctx, f.ws, roster(), everywhere, false)
	f.ok(err)
	before, err := f.s.Roster(ctx, f.ws)
	f.ok(err)
	equal(f, "exported", before, []store.RosterRow{
		{Leader: ana, Person: ken},
		{Leader: ana, Person: mei, Language: rapport.English, RhythmDays: 21, Since: rapport.NewDate(2026, time.April, 1)},
		{Leader: ben, Person: ana},
	})
	tomorrow := func(string) rapport.Date { return today().AddDays(1) }
	for _, rows := range [][]store.RosterRow{roster(), before} {
		report, err := f.s.ImportRoster(ctx, f.ws, rows, tomorrow, false)
		f.ok(err)
		equal(f, "report", report, store.RosterReport{Unchanged: 3})
	}
}

// importRosterLeavesChoices: what a leader chose for a pair stands until the roster
// says something of its own.
func importRosterLeavesChoices(f *fixture) {
	ctx := f.Context()
	imports := func(what string, rows []store.RosterRow, want store.RosterReport) {
		f.Helper()
		report, err := f.s.ImportRoster(ctx, f.ws, rows, everywhere, false)
		f.ok(err)
		equal(f, what, report, want)
	}
	_, err := f.s.ImportRoster(ctx, f.ws, roster(), everywhere, false)
	f.ok(err)
	kens, err := f.s.Pair(ctx, f.ana, ken)
	f.ok(err)
	chosen := store.Circumstances{Language: rapport.Japanese, RhythmDays: 28}
	f.ok(f.s.SetCircumstances(ctx, f.ana, kens.ID, chosen, today(), ""))
	imports("empty cells", roster(), store.RosterReport{Unchanged: 3})
	equal(f, "rhythm and language", [2]any{f.again(kens).RhythmDays, f.again(kens).Language}, [2]any{28, rapport.Japanese})

	exported, err := f.s.Roster(ctx, f.ws)
	f.ok(err)
	imports("what was exported", exported, store.RosterReport{Unchanged: 3})

	rows := roster()
	rows[0].Language, rows[0].RhythmDays, rows[0].Since = "", 0, rapport.Date{}
	rows[2].RhythmDays = 7
	imports("a filled cell", rows, store.RosterReport{
		Changed: []store.RosterChange{
			{Leader: ana, Person: mei, Columns: []string{"since"}}, {Leader: ana, Person: ken, Columns: []string{"rhythm_days"}},
		},
		Unchanged: 1,
	})
	imports("a second time", rows, store.RosterReport{Unchanged: 3})
	equal(f, "the roster's rhythm", f.again(kens).RhythmDays, 7)
}

func importRosterDryRun(f *fixture) {
	ctx := f.Context()
	f.pair(f.ana, mei)
	dry, err := f.s.ImportRoster(ctx, f.ws, roster(), everywhere, true)
	f.ok(err)
	rows, err := f.s.Roster(ctx, f.ws)
	f.ok(err)
	equal(f, "roster after a dry run", rows, []store.RosterRow{{Leader: ana, Person: mei}})
	l, err := f.s.Leader(ctx, f.ana)
	f.ok(err)
	equal(f, "confirmed by a dry run", l.Confirmed(), false)
	wet, err := f.s.ImportRoster(ctx, f.ws, roster(), everywhere, false)
	f.ok(err)
	equal(f, "dry and wet reports", dry, wet)
}

func importRosterRefuses(f *fixture) {
	good := store.RosterRow{Leader: ana, Person: mei}
	tests := []struct {
		name string
		rows []store.RosterRow
	}{
		{"twice the same two", []store.RosterRow{good, {Leader: ana, Person: mei, RhythmDays: 7}}},
		{"leading oneself", []store.RosterRow{good, {Leader: ana, Person: ana}}},
		{"no leader", []store.RosterRow{good, {Person: ken}}},
		{"no person", []store.RosterRow{good, {Leader: ana}}},
	}
	for _, tt := range tests {
		if _, err := f.s.ImportRoster(f.Context(), f.ws, tt.rows, everywhere, false); err == nil {
			f.Errorf("%s: no error", tt.name)
		}
	}
	rows, err := f.s.Roster(f.Context(), f.ws)
	f.ok(err)
	equal(f, "roster after refusals", len(rows), 0)
}

func importRosterRestores(f *fixture) {
	ctx := f.Context()
	own, _, err := f.s.AddPair(ctx, f.ana, ken, store.NewPair{Language: rapport.Japanese, RhythmDays: 7}, today(), "")
	f.ok(err)
	f.talk(own, today(), rapport.Opened)
	f.ok(f.s.EndPair(ctx, f.ana, ken, today(), ""))
	rows := []store.RosterRow{{Leader: ana, Person: ken, RhythmDays: 14}}
	report, err := f.s.ImportRoster(ctx, f.ws, rows, everywhere, false)
	f.ok(err)
	equal(f, "added", report.Added, []store.RosterChange{{Leader: ana, Person: ken}})
	got := f.again(own)
	equal(f, "origin", got.Origin, rapport.FromRoster)
	equal(f, "language, of which the roster says nothing", got.Language, rapport.Japanese)
	equal(f, "rhythm", got.RhythmDays, 14)
	equal(f, "last talk", got.LastTalkOn, today())
	report, err = f.s.ImportRoster(ctx, f.ws, rows, everywhere, false)
	f.ok(err)
	equal(f, "second import", report, store.RosterReport{Unchanged: 1})
}

func tidyForgets(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today(), "payload"))
	f.ok(f.s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "short", ExpiresOn: today().AddDays(3)}, ""))
	f.ok(f.s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "long", ExpiresOn: today().AddDays(30)}, ""))
	o := f.offer(p, rapport.Offer{})
	r := recording(p, today(), rapport.Light)
	r.Offer = o.ID
	_, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	f.talk(p, today(), rapport.Guarded)
	f.talk(p, today(), rapport.Declined)
	f.talk(p, today(), rapport.Missed)
	f.talk(p, today(), rapport.Opened)

	// Notes are looked for long ago, so that those expired and not destroyed show.
	counts := func() [4]int {
		notes, err := f.s.Notes(ctx, f.ana, p.ID, today().AddDays(-900))
		f.ok(err)
		talks, err := f.s.Talks(ctx, f.ana, p.ID, today(), 10)
		f.ok(err)
		return [4]int{len(notes), len(talks), len(f.past(p).Offers), len(f.again(p).History.Pace().Log)}
	}
	f.ok(f.s.Tidy(ctx, "another", Now().AddDate(9, 0, 0)))
	tests := []struct {
		name  string
		after int
		want  [4]int // notes, talks, offers, outcomes in the history
	}{
		{"at once", 0, [4]int{2, 5, 1, 5}},
		{"on the last day of a note", 3, [4]int{2, 5, 1, 5}},
		{"while that day lasts somewhere", 4, [4]int{2, 5, 1, 5}},
		{"when that day is over everywhere", 5, [4]int{1, 5, 1, 5}},
		{"120 days", 120, [4]int{0, 5, 1, 5}},
		{"122 days", 122, [4]int{0, 3, 1, 3}},
		{"395 days", 395, [4]int{0, 3, 1, 3}},
		{"397 days", 397, [4]int{0, 0, 0, 0}},
	}
	for _, tt := range tests {
		f.ok(f.s.Tidy(ctx, f.ws, Now().AddDate(0, 0, tt.after)))
		equal(f, tt.name, counts(), tt.want)
		err := f.s.Snooze(ctx, f.ana, p.ID, today(), "payload")
		if tt.after <= 7 {
			f.is(err, store.ErrSeen)
		}
	}
	f.ok(f.s.Tidy(ctx, "another", Now().AddDate(9, 0, 0)))
	f.is(f.s.Snooze(ctx, f.ana, p.ID, today(), "payload"), store.ErrSeen) // kept anew above
	f.ok(f.s.Tidy(ctx, f.ws, Now().AddDate(0, 0, 8)))
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today(), "payload"))
}

func tidyDestroys(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	f.ok(f.s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "x", ExpiresOn: today().AddDays(300)}, ""))
	f.talk(p, today(), rapport.Light)
	f.declined(p, "food", today())
	f.ok(f.s.SetTag(ctx, f.ana, p.ID, store.Interest, "x", ""))
	_, err := f.s.CreatePlan(ctx, f.ana, rapport.Plan{Pair: p.ID, At: Now()}, nil, "")
	f.ok(err)
	m := f.nudge(f.again(p), today())
	active := f.pair(f.ana, ken)
	led := f.pair(f.ana, ben)
	f.pair(f.ben, ken)
	f.ok(f.s.EndPair(ctx, f.ana, mei, today(), ""))
	f.ok(f.s.EndPair(ctx, f.ana, ben, today(), ""))

	f.ok(f.s.Tidy(ctx, f.ws, Now().AddDate(0, 0, 29)))
	f.delivery(m.ID) // still there
	f.ok(f.s.Tidy(ctx, f.ws, Now().AddDate(0, 0, 31)))
	_, err = f.s.Delivery(ctx, f.ws, m.ID)
	f.is(err, rapport.ErrNotFound)
	equal(f, "the other pair", f.again(active), active)
	members, err := f.s.Members(ctx, f.ws, []string{mei, ken, ben})
	f.ok(err)
	equal(f, "members left: one is led, one leads", members, map[string]rapport.Member{ken: {ID: ken}, ben: {ID: ben}})
	for _, person := range []string{mei, ben} {
		again, added, err := f.s.AddPair(ctx, f.ana, person, store.NewPair{}, today(), "")
		f.ok(err)
		equal(f, "added", added, true)
		if again.ID == p.ID || again.ID == led.ID {
			f.Errorf("pair with %s came back", person)
		}
		equal(f, "past of the new pair", f.past(again).Blocked, nil)
	}
}
