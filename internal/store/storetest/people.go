package storetest

import (
	"fmt"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

func workspace(f *fixture) {
	id, team, err := f.s.Workspace(f.Context())
	f.ok(err)
	equal(f, "id", id, f.ws)
	equal(f, "team", team, "")
	f.ok(f.s.Ping(f.Context()))
}

func bindTeam(f *fixture) {
	for range 2 {
		id, err := f.s.BindTeam(f.Context(), "T0ONE")
		f.ok(err)
		equal(f, "workspace", id, f.ws)
	}
	_, team, err := f.s.Workspace(f.Context())
	f.ok(err)
	equal(f, "team", team, "T0ONE")
	for _, other := range []string{"T0TWO", ""} {
		if id, err := f.s.BindTeam(f.Context(), other); err == nil {
			f.Errorf("BindTeam(%q) = %q, want an error", other, id)
		}
	}
}

func ensureLeader(f *fixture) {
	_, err := f.s.Leader(f.Context(), f.ana)
	f.is(err, rapport.ErrNotFound)

	profile := rapport.Profile{Zone: "Asia/Tokyo", Language: rapport.Japanese, At: Now()}
	l, err := f.s.EnsureLeader(f.Context(), f.ana, profile)
	f.ok(err)
	want := rapport.Leader{DigestOn: rapport.AtOnce, Member: rapport.Member{ID: ana, Profile: profile}}
	equal(f, "new leader", l, want)

	older := rapport.Profile{Zone: "Europe/Berlin", At: Now().Add(-time.Hour)}
	l, err = f.s.EnsureLeader(f.Context(), f.ana, older)
	f.ok(err)
	equal(f, "with an older profile", l, want)

	want.Profile = rapport.Profile{Zone: "America/New_York", Guest: true, Bot: true, Gone: true, At: Now().Add(time.Hour)}
	l, err = f.s.EnsureLeader(f.Context(), f.ana, want.Profile)
	f.ok(err)
	equal(f, "with a newer profile", l, want)

	l, err = f.s.EnsureLeader(f.Context(), f.ana, rapport.Profile{})
	f.ok(err)
	equal(f, "without a profile", l, want)
	l, err = f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "read again", l, want)
}

func confirmLeader(f *fixture) {
	f.is(f.s.ConfirmLeader(f.Context(), f.ana, ""), rapport.ErrNotFound)
	f.pair(f.ana, mei)
	for range 2 {
		f.ok(f.s.ConfirmLeader(f.Context(), f.ana, ""))
	}
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "confirmed at", l.ConfirmedAt, Now())
}

func saveSettings(f *fixture) {
	set := store.Settings{
		Language: rapport.English,
		Hours:    rapport.Hours{From: 600, To: 1080},
		Days:     1<<time.Sunday | 1<<time.Monday,
		Country:  "us", PerWeek: new(int), RhythmDays: 21, Digest: "wed", FullText: true,
	}
	f.is(f.s.SaveSettings(f.Context(), f.ana, set, ""), rapport.ErrNotFound)
	f.pair(f.ana, mei)
	f.pair(f.ben, mei)
	f.ok(f.s.SaveSettings(f.Context(), f.ana, set, ""))
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "settings", settingsOf(l), set)
	l, err = f.s.Leader(f.Context(), f.ben)
	f.ok(err)
	equal(f, "another's settings", settingsOf(l), store.Settings{})
	f.ok(f.s.SaveSettings(f.Context(), f.ana, store.Settings{}, ""))
	l, err = f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "defaults again", l, rapport.Leader{DigestOn: rapport.AtOnce, Member: rapport.Member{ID: ana}})
}

func settingsOf(l rapport.Leader) store.Settings {
	return store.Settings{
		Language: l.Language, Hours: l.Hours, Days: l.Days, Country: l.Country, PerWeek: l.PerWeek,
		RhythmDays: l.RhythmDays, Digest: l.Digest, FullText: l.FullText,
	}
}

func channelAndMet(f *fixture) {
	f.is(f.s.SetChannel(f.Context(), f.ws, ana, "D1"), rapport.ErrNotFound)
	f.is(f.s.MarkMet(f.Context(), f.ws, ana, Now()), rapport.ErrNotFound)
	f.pair(f.ana, mei)
	f.ok(f.s.SetChannel(f.Context(), f.ws, ana, "D1"))
	f.ok(f.s.MarkMet(f.Context(), f.ws, ana, Now()))
	f.ok(f.s.MarkMet(f.Context(), f.ws, ana, Now().Add(time.Hour)))
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "leader", l, rapport.Leader{DigestOn: rapport.AtOnce, Member: rapport.Member{ID: ana}, Channel: "D1", MetAt: Now()})
}

func profiles(f *fixture) {
	f.pair(f.ana, mei)
	fresh := rapport.Profile{Zone: "Asia/Tokyo", At: Now()}
	f.ok(f.s.SaveProfile(f.Context(), f.ws, ken, fresh))
	f.ok(f.s.SaveProfile(f.Context(), f.ws, ken, rapport.Profile{Gone: true, At: Now().Add(-time.Hour)}))
	old := rapport.Profile{Language: rapport.English, At: Now().Add(-25 * time.Hour)}
	f.ok(f.s.SaveProfile(f.Context(), f.ws, yuki, old))

	members, err := f.s.Members(f.Context(), f.ws, []string{mei, ken, yuki, "U0NOBODY"})
	f.ok(err)
	equal(f, "members", members, map[string]rapport.Member{
		mei:  {ID: mei},
		ken:  {ID: ken, Profile: fresh},
		yuki: {ID: yuki, Profile: old},
	})

	stale, err := f.s.StaleProfiles(f.Context(), f.ws, []string{yuki, "U0NOBODY", ken, mei}, Now().Add(-24*time.Hour))
	f.ok(err)
	equal(f, "stale", stale, []string{yuki, "U0NOBODY", mei})

	f.ok(f.s.SaveProfile(f.Context(), f.ws, yuki, rapport.Profile{Gone: true}))
	members, err = f.s.Members(f.Context(), f.ws, []string{yuki})
	f.ok(err)
	equal(f, "read now", members[yuki].Profile, rapport.Profile{Gone: true, At: Now()})
}

func leaders(f *fixture) {
	f.pair(f.ana, mei)
	f.pair(f.ana, ken)
	f.pair(f.ben, mei)
	f.ok(f.s.EndPair(f.Context(), f.ana, ken, today(), ""))
	_, err := f.s.EnsureLeader(f.Context(), rapport.Scope{Workspace: f.ws, Actor: yuki}, rapport.Profile{})
	f.ok(err)
	loads, err := f.s.Leaders(f.Context(), f.ws, []string{ana, ben, yuki, ken})
	f.ok(err)
	equal(f, "loads", loads, map[string]store.LeaderLoad{
		ana:  {Leader: rapport.Leader{DigestOn: rapport.AtOnce, Member: rapport.Member{ID: ana}}, People: 1},
		ben:  {Leader: rapport.Leader{DigestOn: rapport.AtOnce, Member: rapport.Member{ID: ben}}, People: 1},
		yuki: {Leader: rapport.Leader{DigestOn: rapport.AtOnce, Member: rapport.Member{ID: yuki}}},
	})
	none, err := f.s.Leaders(f.Context(), f.ws, nil)
	f.ok(err)
	equal(f, "none asked for", len(none), 0)
}

// manyLeaders asks for more ids than one statement holds.
func manyLeaders(f *fixture) {
	var rows []store.RosterRow
	var ids []string
	for i := range 501 {
		id := fmt.Sprintf("U0L%04d", i)
		ids = append(ids, id)
		rows = append(rows, store.RosterRow{Leader: id, Person: mei})
	}
	_, err := f.s.ImportRoster(f.Context(), f.ws, rows, everywhere, false)
	f.ok(err)
	loads, err := f.s.Leaders(f.Context(), f.ws, ids)
	f.ok(err)
	people := 0
	for _, l := range loads {
		people += l.People
	}
	equal(f, "leaders", len(loads), 501)
	equal(f, "people", people, 501)
	stale, err := f.s.StaleProfiles(f.Context(), f.ws, ids, Now())
	f.ok(err)
	equal(f, "stale", stale, ids)
}

func everywhere(string) rapport.Date { return today() }

func pauseAndResume(f *fixture) {
	f.is(f.s.Pause(f.Context(), f.ana, today(), rapport.Date{}, ""), rapport.ErrNotFound)
	_, err := f.s.Resume(f.Context(), f.ana, today(), "")
	f.is(err, rapport.ErrNotFound)

	p, other := f.pair(f.ana, mei), f.pair(f.ben, mei)
	f.talk(p, today(), rapport.Light)
	was, err := f.s.Resume(f.Context(), f.ana, today(), "")
	f.ok(err)
	equal(f, "was paused before", was, false)

	f.ok(f.s.Pause(f.Context(), f.ana, today(), rapport.Date{}, ""))
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "paused on", l.PausedOn, today())
	equal(f, "paused until", l.PausedUntil, rapport.Date{})

	was, err = f.s.Resume(f.Context(), f.ana, today().AddDays(20), "")
	f.ok(err)
	equal(f, "was paused", was, true)
	l, err = f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "paused on, resumed", l.PausedOn, rapport.Date{})
	pace := f.again(p).History.Pace()
	equal(f, "last talk, moved by the pause", pace.Last, today().AddDays(20))
	equal(f, "talks to come at the lightest level", pace.EaseLeft, 1)
	theirs, err := f.s.PairByID(f.Context(), f.ben, other.ID)
	f.ok(err)
	equal(f, "another leader's pair", theirs, other)
}

func pauseAgain(f *fixture) {
	p := f.pair(f.ana, mei)
	f.ok(f.s.Pause(f.Context(), f.ana, today(), today().AddDays(3), ""))
	f.ok(f.s.Pause(f.Context(), f.ana, today().AddDays(2), today().AddDays(9), ""))
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "paused on", l.PausedOn, today())
	equal(f, "paused until", l.PausedUntil, today().AddDays(9))
	equal(f, "events so far", len(f.again(p).History.Events), 0)
	_, err = f.s.Resume(f.Context(), f.ana, today().AddDays(5), "")
	f.ok(err)
	equal(f, "events", f.again(p).History.Events, []rapport.Event{
		{Kind: rapport.EventPause, On: today().AddDays(5), Days: 5},
	})
}

// pauseThatRanOut pauses anew before anybody noticed that the last pause ended.
func pauseThatRanOut(f *fixture) {
	p := f.pair(f.ana, mei)
	f.ok(f.s.Pause(f.Context(), f.ana, today(), today().AddDays(3), ""))
	f.ok(f.s.Pause(f.Context(), f.ana, today().AddDays(10), rapport.Date{}, ""))
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	equal(f, "paused on", l.PausedOn, today().AddDays(10))
	equal(f, "paused until", l.PausedUntil, rapport.Date{})
	equal(f, "events", f.again(p).History.Events, []rapport.Event{
		{Kind: rapport.EventPause, On: today().AddDays(4), Days: 4},
	})
}

func endedPauses(f *fixture) {
	p := f.pair(f.ana, mei)
	f.pair(f.ben, mei)
	yukis := rapport.Scope{Workspace: f.ws, Actor: yuki}
	f.pair(yukis, mei)
	f.ok(f.s.Pause(f.Context(), f.ana, today(), today().AddDays(6), ""))
	f.ok(f.s.Pause(f.Context(), f.ben, today(), today().AddDays(7), ""))
	f.ok(f.s.Pause(f.Context(), yukis, today(), rapport.Date{}, ""))

	tests := []struct {
		on   rapport.Date
		want int
	}{
		{today().AddDays(6), 0},
		{today().AddDays(7), 1}, // the day after the last day of Ana's
		{today().AddDays(7), 0},
		{today().AddDays(30), 1}, // Ben's; Yuki's has no end
	}
	for _, tt := range tests {
		n, err := f.s.EndedPauses(f.Context(), f.ws, func(rapport.Leader) rapport.Date { return tt.on })
		f.ok(err)
		if n != tt.want {
			f.Errorf("EndedPauses on %s = %d, want %d", tt.on, n, tt.want)
		}
	}
	equal(f, "events", f.again(p).History.Events, []rapport.Event{
		{Kind: rapport.EventPause, On: today().AddDays(7), Days: 7},
	})
	l, err := f.s.Leader(f.Context(), yukis)
	f.ok(err)
	equal(f, "paused on, without an end", l.PausedOn, today())
}
