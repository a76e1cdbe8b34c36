package storetest

import (
	"fmt"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// personSide is what concerns the one who is spoken about.
func personSide() []check {
	return []check{
		{"KeptAboutMe", keptAboutMe},
		{"DeleteAboutMe", deleteAboutMe},
		{"EraseAllAboutMe", eraseAllAboutMe},
		{"StepOut", stepOut},
		{"StepOutBeforehand", stepOutBeforehand},
		{"SteppedOut", steppedOut},
		{"Rest", rest},
		{"RestHoldsPromises", restHoldsPromises},
		{"Wishes", wishes},
		{"WishesHold", wishesHold},
		{"OwnWords", ownWords},
		{"OwnWordsTravel", ownWordsTravel},
		{"Notices", notices},
		{"NoticesOnce", noticesOnce},
	}
}

// meis is the scope of the person in most of these tests.
func (f *fixture) meis() rapport.Scope { return rapport.Scope{Workspace: f.ws, Actor: mei} }

// about returns what is kept about Mei, and checks for how many leaders.
func (f *fixture) about(mode rapport.NoteMode, leaders int) []store.Kept {
	f.Helper()
	kept, err := f.s.KeptAboutMe(f.Context(), f.meis(), mode, today())
	f.ok(err)
	if len(kept) != leaders {
		f.Fatalf("KeptAboutMe = %+v, want %d leaders", kept, leaders)
	}
	return kept
}

// wrote leaves one thing of each kind about a pair of Ana's.
func (f *fixture) wrote(p rapport.Pair) {
	f.Helper()
	offer := f.offer(p, rapport.Offer{Starter: "F-010", Level: rapport.Factual, Topic: "lunch"})
	r := recording(p, today(), rapport.Declined)
	r.Offer = offer.ID
	_, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.ok(err)
	opened := recording(p, today(), rapport.Opened)
	opened.Common = "both sail"
	_, err = f.s.RecordTalk(f.Context(), f.ana, opened, "")
	f.ok(err)
	f.ok(f.s.AddNote(f.Context(), f.ana, p.ID, rapport.Note{Text: "likes ferries", ExpiresOn: today().AddDays(180)}, ""))
	f.ok(f.s.SetTag(f.Context(), f.ana, p.ID, store.Interest, "ferries", ""))
	f.ok(f.s.AddPromise(f.Context(), f.ana, p.ID, rapport.Promise{Text: "lend the book", MadeOn: today(), DueOn: today().AddDays(14)}, ""))
	_, err = f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Hour)},
		[]rapport.Message{{Kind: rapport.KindReminder, At: Now()}}, "")
	f.ok(err)
}

func keptAboutMe(f *fixture) {
	f.about(rapport.NotesOpen, 0)
	p := f.pair(f.ana, mei)
	f.pair(f.ana, ken)
	other := f.pair(f.ben, mei)
	f.wrote(p)
	f.ok(f.s.EndPair(f.Context(), f.ben, mei, today(), ""))

	kept := f.about(rapport.NotesOpen, 2)
	k := kept[0]
	equal(f, "leader", k.Pair.Leader, ana)
	equal(f, "talks", len(k.Talks), 2)
	if len(k.Notes) != 1 || k.Notes[0].Text != "likes ferries" || k.Notes[0].ExpiresOn != today().AddDays(180) {
		f.Errorf("notes = %+v, want one, with its words", k.Notes)
	}
	if len(k.Promises) != 1 || k.Promises[0].Text != "lend the book" || len(k.Commons) != 1 || k.Commons[0].Text != "both sail" {
		f.Errorf("promises = %+v, commons = %+v, want one of each, with its words", k.Promises, k.Commons)
	}
	equal(f, "tags", k.Tags, []store.Tag{{Kind: store.Interest, Text: "ferries"}})
	equal(f, "blocked", k.Blocked, []string{"lunch"})
	equal(f, "plans", len(k.Plans), 1)
	equal(f, "the pair that ended", kept[1].Pair.ID, other.ID)

	for _, mode := range []rapport.NoteMode{rapport.NotesPrivate, rapport.NotesOff} {
		k := f.about(mode, 2)[0]
		if len(k.Notes) != 1 || k.Notes[0].Text != "" || k.Notes[0].CreatedAt.IsZero() {
			f.Errorf("notes with %s = %+v, want one without its words", mode, k.Notes)
		}
		words := map[rapport.NoteMode]rapport.NoteText{rapport.NotesOff: "lend the book"}
		if k.Promises[0].Text != words[mode] || k.Commons[0].Text != "" {
			f.Errorf("with %s the words of a promise are %q", mode, k.Promises[0].Text.Reveal())
		}
		equal(f, "tags with "+string(mode), k.Tags, []store.Tag{{Kind: store.Interest}})
	}
}

func deleteAboutMe(f *fixture) {
	p := f.pair(f.ana, mei)
	f.wrote(p)
	k := f.about(rapport.NotesOpen, 1)[0]
	pace := f.again(p).History
	for _, it := range []store.Item{
		{Kind: store.ItemNote, ID: k.Notes[0].ID},
		{Kind: store.ItemPromise, ID: k.Promises[0].ID},
		{Kind: store.ItemCommon, ID: k.Commons[0].ID},
		{Kind: store.ItemTalk, ID: k.Talks[0].ID},
		{Kind: store.ItemInterest, ID: p.ID},
		{Kind: store.ItemTopics, ID: p.ID},
	} {
		kens := rapport.Scope{Workspace: f.ws, Actor: ken}
		f.is(f.s.DeleteAboutMe(f.Context(), kens, it, ""), rapport.ErrNotFound)
		f.is(f.s.DeleteAboutMe(f.Context(), f.ana, it, ""), rapport.ErrNotFound)
		f.ok(f.s.DeleteAboutMe(f.Context(), f.meis(), it, ""))
		f.is(f.s.DeleteAboutMe(f.Context(), f.meis(), it, ""), rapport.ErrNotFound)
	}
	for _, it := range []store.Item{
		{Kind: store.ItemStrength, ID: p.ID}, {Kind: store.ItemPromise, ID: "x"}, {Kind: store.ItemCommon, ID: "x"}, {},
	} {
		f.is(f.s.DeleteAboutMe(f.Context(), f.meis(), it, ""), rapport.ErrNotFound)
	}
	left := f.about(rapport.NotesOpen, 1)[0]
	equal(f, "talks left", len(left.Talks), 1)
	equal(f, "notes left", len(left.Notes), 0)
	equal(f, "tags left", len(left.Tags), 0)
	equal(f, "topics left", len(left.Blocked), 0)
	equal(f, "the leader's pace", f.again(p).History, pace)
}

func eraseAllAboutMe(f *fixture) {
	f.ok(f.s.EraseAllAboutMe(f.Context(), f.meis(), ""))
	p, kens := f.pair(f.ana, mei), f.pair(f.ana, ken)
	f.wrote(p)
	f.wrote(kens)
	f.pair(f.ben, mei)
	f.ok(f.s.EndPair(f.Context(), f.ben, mei, today(), ""))
	f.ok(f.s.EraseAllAboutMe(f.Context(), f.meis(), ""))

	k := f.about(rapport.NotesOpen, 1)[0]
	equal(f, "what is left", store.Kept{Pair: k.Pair, Blocked: []string{"lunch"}}, k)
	pace := f.again(p).History.Pace()
	equal(f, "log", len(pace.Log), 0)
	equal(f, "rest", pace.RestUntil, today().AddDays(14))
	equal(f, "last talk", f.again(p).LastTalkOn, rapport.Date{})
	equal(f, "messages to come", len(f.pending()), 1) // about Ken

	f.ok(f.s.AddNote(f.Context(), f.ana, p.ID, rapport.Note{Text: "a new page", ExpiresOn: today()}, ""))
	notes, err := f.s.Notes(f.Context(), f.ana, kens.ID, today())
	f.ok(err)
	equal(f, "notes about somebody else", len(notes), 1)
}

func stepOut(f *fixture) {
	p := f.pair(f.ana, mei)
	f.wrote(p)
	f.nudge(f.again(p), today())
	f.pair(f.ben, mei)
	f.ok(f.s.EndPair(f.Context(), f.ben, mei, today(), ""))
	for range 2 {
		f.ok(f.s.StepOut(f.Context(), f.meis(), today(), ""))
	}
	f.about(rapport.NotesOpen, 0)
	equal(f, "messages to come", len(f.pending()), 0)
	members, err := f.s.Members(f.Context(), f.ws, []string{mei})
	f.ok(err)
	equal(f, "stepped out on", members[mei].SteppedOutOn, today())
	_, err = f.s.PairByID(f.Context(), f.ana, p.ID)
	f.is(err, rapport.ErrNotFound)

	yukis := rapport.Scope{Workspace: f.ws, Actor: yuki}
	for _, leader := range []rapport.Scope{f.ana, f.ben, yukis} {
		_, _, err := f.s.AddPair(f.Context(), leader, mei, store.NewPair{}, today(), "")
		f.kind(err, rapport.Forbidden, "error.opted_out")
	}
	rows := []store.RosterRow{{Leader: ana, Person: mei}, {Leader: yuki, Person: mei}, {Leader: yuki, Person: ken}}
	report, err := f.s.ImportRoster(f.Context(), f.ws, rows, everywhere, false)
	f.ok(err)
	equal(f, "report", report, store.RosterReport{
		Added: []store.RosterChange{{Leader: yuki, Person: ken}}, Unchanged: 2,
	})

	f.ok(f.s.Tidy(f.Context(), f.ws, Now().AddDate(9, 0, 0)))
	_, _, err = f.s.AddPair(f.Context(), yukis, mei, store.NewPair{}, today().AddDays(9*365), "")
	f.kind(err, rapport.Forbidden, "error.opted_out")

	f.ok(f.s.ComeBack(f.Context(), f.meis(), ""))
	f.about(rapport.NotesOpen, 0)
	again := f.pair(f.ana, mei)
	if again.ID == p.ID || !again.LastTalkOn.IsZero() {
		f.Errorf("the pair added again is %+v, want a new one", again)
	}
}

// steppedOut asks after what is left of Mei: her pair with Ana, and a message.
func steppedOut(f *fixture) {
	p := f.pair(f.ana, mei)
	m := f.nudge(p, today())
	_, _, err := f.s.Claim(f.Context(), m.ID, Now().AddDate(0, 0, 2))
	f.ok(err)
	f.ok(f.s.SettleSent(f.Context(), m.ID, "D1", "1.1", Now()))
	kens := f.pair(f.ana, ken)
	for _, out := range []bool{false, true} {
		for _, tt := range []struct {
			of       rapport.Scope
			pair, ts string
			want     bool
		}{
			{f.ana, p.ID, "", out},
			{f.ana, "", "1.1", out},
			{f.ana, kens.ID, "1.1", out},
			{f.ana, kens.ID, "", false},
			{f.ana, "", "", false},
			{f.ana, "", "1.2", false},
			{f.ben, p.ID, "1.1", false},
			{rapport.Scope{Workspace: "elsewhere", Actor: ana}, p.ID, "1.1", false},
		} {
			got, err := f.s.SteppedOut(f.Context(), tt.of, tt.pair, tt.ts)
			f.ok(err)
			equal(f, fmt.Sprintf("SteppedOut(%+v) when out is %t", tt, out), got, tt.want)
		}
		f.ok(f.s.StepOut(f.Context(), f.meis(), today(), ""))
	}
}

// stepOutBeforehand is for who is on nobody's list yet.
func stepOutBeforehand(f *fixture) {
	f.ok(f.s.ComeBack(f.Context(), f.meis(), ""))
	f.ok(f.s.StepOut(f.Context(), f.meis(), today(), ""))
	_, _, err := f.s.AddPair(f.Context(), f.ana, mei, store.NewPair{}, today(), "")
	f.kind(err, rapport.Forbidden, "error.opted_out")
	f.ok(f.s.ComeBack(f.Context(), f.meis(), ""))
	f.pair(f.ana, mei)
}

func rest(f *fixture) {
	until := today().AddDays(30)
	p := f.pair(f.ana, mei)
	f.nudge(p, today())
	f.nudge(f.pair(f.ana, ken), today())
	f.ok(f.s.Rest(f.Context(), f.meis(), until, ""))
	equal(f, "messages to come", len(f.pending()), 1) // about Ken
	resting := func() rapport.Date {
		members, err := f.s.Members(f.Context(), f.ws, []string{mei})
		f.ok(err)
		return members[mei].RestingUntil
	}
	equal(f, "resting until", resting(), until)
	f.ok(f.s.Tidy(f.Context(), f.ws, until.AddDays(1).At(0, time.UTC)))
	equal(f, "on the last day", resting(), until)
	f.ok(f.s.Tidy(f.Context(), f.ws, until.AddDays(3).At(0, time.UTC)))
	equal(f, "once it is over", resting(), rapport.Date{})
	f.ok(f.s.Rest(f.Context(), f.meis(), until, ""))
	f.ok(f.s.Rest(f.Context(), f.meis(), rapport.Date{}, ""))
	equal(f, "ended", resting(), rapport.Date{})
}

// restHoldsPromises: what was about to be said of a promise is said when the rest is
// over, and what was about to be asked counts as never asked.
func restHoldsPromises(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	made := f.promise(p, "lend the book", today())
	on := today().AddDays(1)
	n := nudgeOf(f.again(p), on)
	n.Offer, n.Message.About, n.Message.Item = rapport.Offer{}, rapport.AboutPromise, made.ID
	_, err := f.s.PlanNudge(ctx, f.ws, n)
	f.ok(err)
	f.nudge(f.pair(f.ben, mei), on)
	equal(f, "called while the message waits", len(f.called(on.AddDays(30))), 0)
	f.ok(f.s.Rest(ctx, f.meis(), on.AddDays(5), ""))
	equal(f, "called in the rest", f.called(on.AddDays(30))[mei], on.AddDays(1))
	for _, by := range []rapport.Scope{f.ana, f.ben} {
		pair, err := f.s.Pair(ctx, by, mei)
		f.ok(err)
		equal(f, "last nudge about her", pair.LastNudge, rapport.Date{})
		past, err := f.s.Past(ctx, f.ws, pair, on)
		f.ok(err)
		equal(f, "starters that nobody has seen", len(past.Offers), 0)
	}
}

func wishes(f *fixture) {
	w := store.Wishes{Welcome: []string{"craft", "lunch", "tools"}, Blocked: []string{"city", "lunch"}}
	f.ok(f.s.SetWishes(f.Context(), f.meis(), w, ""))
	got, err := f.s.Wishes(f.Context(), f.meis())
	f.ok(err)
	equal(f, "wishes", got, store.Wishes{Welcome: []string{"craft", "tools"}, Blocked: []string{"city", "lunch"}})

	p := f.pair(f.ana, mei)
	f.declined(p, "craft", today())
	past, err := f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "blocked", past.Blocked, []string{"city", "craft", "lunch"})
	equal(f, "welcome", past.Welcome, []string{"tools"})
	theirs, err := f.s.Past(f.Context(), f.ws, f.pair(f.ana, ken), today())
	f.ok(err)
	equal(f, "somebody else's", len(theirs.Blocked)+len(theirs.Welcome), 0)

	f.ok(f.s.EndPair(f.Context(), f.ana, mei, today(), ""))
	f.ok(f.s.Tidy(f.Context(), f.ws, Now().AddDate(1, 0, 0)))
	got, err = f.s.Wishes(f.Context(), f.meis())
	f.ok(err)
	equal(f, "wishes of who is on no list", len(got.Blocked), 2)
}

// wishesHold takes a topic out of what is already written down.
func wishesHold(f *fixture) {
	p := f.pair(f.ana, mei)
	f.nudge(p, today()) // about craft
	offer := f.offer(p, rapport.Offer{Starter: "C-001", Level: rapport.Causative, Topic: "craft"})
	_, err := f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Hour)},
		[]rapport.Message{{Kind: rapport.KindReminder, At: Now(), Offer: offer.ID}}, "")
	f.ok(err)
	f.nudge(f.pair(f.ana, ken), today())
	f.ok(f.s.SetWishes(f.Context(), f.meis(), store.Wishes{Blocked: []string{"craft"}}, ""))
	for _, m := range f.pending() {
		if m.Pair == p.ID && (m.Kind != rapport.KindReminder || m.Offer != "") {
			f.Errorf("a message about a topic to leave alone is still to be sent: %+v", m)
		}
	}
	equal(f, "messages to come", len(f.pending()), 2)
}

func (f *fixture) dueNotices(now time.Time) []store.Notice {
	f.Helper()
	due, err := f.s.DueNotices(f.Context(), f.ws, now, 10)
	f.ok(err)
	return due
}

func (f *fixture) claimNotice(person string, now time.Time, want bool) {
	f.Helper()
	got, err := f.s.ClaimNotice(f.Context(), f.ws, person, now)
	f.ok(err)
	equal(f, "claimed the notice of "+person, got, want)
}

func notices(f *fixture) {
	equal(f, "due at first", len(f.dueNotices(Now())), 0)
	f.pair(f.ana, mei)
	f.pair(f.ben, mei)
	f.pair(f.ben, ken)
	f.pair(f.ben, yuki)
	f.ok(f.s.EndPair(f.Context(), f.ben, yuki, today(), ""))
	equal(f, "due", f.dueNotices(Now()), []store.Notice{{Person: ken, Leader: ben}, {Person: mei, Leader: ana}})

	f.claimNotice(mei, Now(), true)
	f.claimNotice(mei, Now(), false)
	equal(f, "due while one is being sent", f.dueNotices(Now()), []store.Notice{{Person: ken, Leader: ben}})
	f.ok(f.s.SettleNotice(f.Context(), f.ws, mei, rapport.Receipt{State: rapport.StateSent}, Now()))
	f.is(f.s.SettleNotice(f.Context(), f.ws, mei, rapport.Receipt{State: rapport.StateFailed}, Now()), rapport.ErrNotFound)
	f.claimNotice(mei, Now().AddDate(9, 0, 0), false)

	f.claimNotice(ken, Now(), true)
	later := rapport.Receipt{State: rapport.StatePending, RetryAt: Now().Add(time.Minute)}
	f.ok(f.s.SettleNotice(f.Context(), f.ws, ken, later, Now()))
	equal(f, "due before its time", len(f.dueNotices(Now())), 0)
	f.claimNotice(ken, Now(), false)
	f.claimNotice(ken, Now().Add(time.Minute), true)
	f.ok(f.s.SettleNotice(f.Context(), f.ws, ken, rapport.Receipt{State: rapport.StateFailed}, Now()))
	equal(f, "due within a day of a refusal", len(f.dueNotices(Now().Add(23*time.Hour))), 0)
	equal(f, "due a day after it", len(f.dueNotices(Now().Add(25*time.Hour))), 1)
}

// noticesOnce: what an interrupted run was sending is never sent again, and
// somebody forgotten is somebody new.
func noticesOnce(f *fixture) {
	f.pair(f.ana, mei)
	f.claimNotice(mei, Now(), true)
	_, err := f.s.Abandoned(f.Context(), f.ws, Now())
	f.ok(err)
	equal(f, "due after an interrupted run", len(f.dueNotices(Now().AddDate(1, 0, 0))), 0)
	f.claimNotice(mei, Now().AddDate(1, 0, 0), false)
	f.ok(f.s.EndPair(f.Context(), f.ana, mei, today(), ""))
	f.ok(f.s.Tidy(f.Context(), f.ws, Now().AddDate(1, 0, 0)))
	f.pair(f.ana, mei)
	equal(f, "due once forgotten", len(f.dueNotices(Now())), 1)
}
