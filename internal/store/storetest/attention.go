package storetest

import (
	"slices"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// unasked puts a message to Ana into the outbox and settles it as sent.
func (f *fixture) unasked(kind rapport.MessageKind, key string, on rapport.Date) string {
	f.Helper()
	m := rapport.Message{Key: key, Leader: ana, Kind: kind, DueOn: on, PlannedOn: on, At: Now()}
	planned, err := f.s.PlanDigest(f.Context(), f.ws, store.PlannedDigest{Message: m, NextOn: on.AddDays(7)})
	f.ok(err)
	equal(f, "planned", planned, true)
	due, err := f.s.DueMessages(f.Context(), f.ws, Now(), 1)
	f.ok(err)
	_, _, err = f.s.Claim(f.Context(), due[0].ID, Now())
	f.ok(err)
	f.ok(f.s.SettleSent(f.Context(), due[0].ID, "D1", key, Now()))
	return due[0].ID
}

func (f *fixture) attention() rapport.Attention {
	f.Helper()
	l, err := f.s.Leader(f.Context(), f.ana)
	f.ok(err)
	return l.Attention
}

func respondAndIgnore(f *fixture) {
	f.pair(f.ana, mei)
	ignored := func(on rapport.Date) int {
		f.Helper()
		n, err := f.s.Ignored(f.Context(), f.ws, on, func(rapport.Leader) rapport.Date { return on })
		f.ok(err)
		return n
	}
	f.unasked(rapport.KindDigest, "1", today())
	f.unasked(rapport.KindNudge, "2", today())
	f.unasked(rapport.KindGoodbye, "3", today()) // wants no answer
	equal(f, "ignored after six days", ignored(today().AddDays(6)), 0)
	equal(f, "ignored after seven days", ignored(today().AddDays(7)), 2)
	equal(f, "counted once", ignored(today().AddDays(8)), 0)
	equal(f, "attention", f.attention(), rapport.Attention{Ignored: 2})

	f.unasked(rapport.KindNudge, "4", today())
	f.unasked(rapport.KindNudge, "5", today())
	f.ok(f.s.Respond(f.Context(), f.ben, "4", today())) // not Ben's, who leads nobody
	f.ok(f.s.Respond(f.Context(), f.ana, "4", today()))
	f.ok(f.s.Respond(f.Context(), f.ana, "4", today()))       // again
	f.ok(f.s.Respond(f.Context(), f.ana, "nowhere", today())) // what answers nothing counts once a day
	equal(f, "attention, one message answered", f.attention(), rapport.Attention{Answered: 1, LastOn: today()})
	equal(f, "the other is ignored", ignored(today().AddDays(7)), 1)

	f.unasked(rapport.KindNudge, "6", today())
	f.ok(f.s.Respond(f.Context(), f.ana, "", today().AddDays(1)))
	equal(f, "attention, answered by a command", f.attention(), rapport.Attention{Answered: 1, LastOn: today().AddDays(1)})
	equal(f, "nothing is left open", ignored(today().AddDays(30)), 0)
	f.ok(f.s.Respond(f.Context(), f.ana, "4", today().AddDays(2)))
	equal(f, "attention, a late press", f.attention(), rapport.Attention{Answered: 2, LastOn: today().AddDays(2)})

	f.unasked(rapport.KindNudge, "7", today())
	f.ok(f.s.Pause(f.Context(), f.ana, today(), rapport.Date{}, ""))
	equal(f, "ignored while paused", ignored(today().AddDays(30)), 0)
}

func parting(f *fixture) {
	f.pair(f.ana, mei)
	say := func(kind rapport.MessageKind, on rapport.Date) bool {
		f.Helper()
		planned, err := f.s.PlanParting(f.Context(), f.ws, rapport.Message{
			Key: string(kind) + on.String(), Leader: ana, Kind: kind, DueOn: on, PlannedOn: on, At: Now(),
		})
		f.ok(err)
		return planned
	}
	equal(f, "goodbye to who answers", say(rapport.KindGoodbye, today()), false)
	for i := range 6 {
		f.unasked(rapport.KindNudge, "n"+string(rune('0'+i)), today().AddDays(-20+i))
	}
	_, err := f.s.Ignored(f.Context(), f.ws, today(), func(rapport.Leader) rapport.Date { return today() })
	f.ok(err)
	equal(f, "goodbye", say(rapport.KindGoodbye, today()), true)
	equal(f, "a second goodbye", say(rapport.KindGoodbye, today().AddDays(1)), false)
	equal(f, "said on", f.attention().GoodbyeOn, today())
	equal(f, "invitation the day after", say(rapport.KindInvitation, today().AddDays(1)), false)
	equal(f, "invitation", say(rapport.KindInvitation, today().AddDays(90)), true)

	due, err := f.s.DueMessages(f.Context(), f.ws, Now(), 10)
	f.ok(err)
	for _, m := range due {
		f.ok(f.s.SettleFailed(f.Context(), m.ID, "channel_not_found", rapport.Date{}, Now()))
	}
	equal(f, "neither arrived", f.attention(), rapport.Attention{Ignored: 6})
	f.ok(f.s.Wake(f.Context(), f.ana, ""))
	equal(f, "awake", f.attention(), rapport.Attention{})
}

func absences(f *fixture) {
	p := f.pair(f.ana, mei)
	said := store.Circumstances{
		Language: rapport.Japanese, RhythmDays: 21, Country: "us", AwayOn: today(), AwayUntil: today().AddDays(20),
		ProbationUntil: today().AddDays(50), EvaluationOn: today().AddDays(9),
	}
	f.is(f.s.SetCircumstances(f.Context(), f.ben, p.ID, said, today(), ""), rapport.ErrNotFound)
	f.ok(f.s.SetCircumstances(f.Context(), f.ana, p.ID, said, today(), ""))
	read := func() rapport.Pair {
		f.Helper()
		got, err := f.s.PairByID(f.Context(), f.ana, p.ID)
		f.ok(err)
		return got
	}
	got := read()
	equal(f, "circumstances", store.Circumstances{
		Language: got.Language, RhythmDays: got.RhythmDays, Country: got.Country, AwayOn: got.AwayOn,
		AwayUntil: got.AwayUntil, ProbationUntil: got.ProbationUntil, EvaluationOn: got.EvaluationOn,
	}, said)
	ended := func(on rapport.Date) int {
		f.Helper()
		n, err := f.s.EndedAbsences(f.Context(), f.ws, func(rapport.Leader) rapport.Date { return on })
		f.ok(err)
		return n
	}
	equal(f, "ended on the last day", ended(today().AddDays(20)), 0)
	equal(f, "ended the day after", ended(today().AddDays(21)), 1)
	equal(f, "ended twice", ended(today().AddDays(22)), 0)
	got = read()
	equal(f, "back", got.CameBack && got.AwayOn.IsZero() && got.AwayUntil.IsZero(), true)
	equal(f, "due", got.NextOn, today().AddDays(21))

	said.AwayUntil = rapport.Date{}
	f.ok(f.s.SetCircumstances(f.Context(), f.ana, p.ID, said, today(), ""))
	equal(f, "an open end does not end", ended(today().AddDays(300)), 0)
	said.AwayOn = rapport.Date{}
	f.ok(f.s.SetCircumstances(f.Context(), f.ana, p.ID, said, today().AddDays(300), ""))
	equal(f, "taken away, they are back", read().CameBack, true)
}

// absenceOverOnce: an absence that is ended by its last day counts once, also when
// that day is said late, put right, or said of an absence nobody had heard of.
func absenceOverOnce(f *fixture) {
	ctx := f.Context()
	start, last := today().AddDays(-40), today().AddDays(-3)
	open := store.Circumstances{AwayOn: start}
	closed := store.Circumstances{AwayOn: start, AwayUntil: last}
	tests := []struct {
		name, person string
		said         []store.Circumstances
	}{
		{"open, then its last day", mei, []store.Circumstances{open, closed}},
		{"only its last day", ken, []store.Circumstances{closed}},
		{"said twice", yuki, []store.Circumstances{open, closed, closed}},
		{"another first day before", ben, []store.Circumstances{{AwayOn: start.AddDays(9), AwayUntil: today().AddDays(9)}, closed}},
	}
	for _, tt := range tests {
		p := f.pair(f.ana, tt.person)
		f.talk(p, start.AddDays(-5), rapport.Light)
		for _, c := range tt.said {
			f.ok(f.s.SetCircumstances(ctx, f.ana, p.ID, c, today(), ""))
		}
		n, err := f.s.EndedAbsences(ctx, f.ws, func(rapport.Leader) rapport.Date { return today() })
		f.ok(err)
		equal(f, tt.name+": left to end", n, 0)
		got := f.again(p)
		equal(f, tt.name+": away", []rapport.Date{got.AwayOn, got.AwayUntil}, []rapport.Date{{}, {}})
		equal(f, tt.name+": silence counted from", got.History.Pace().Last, last.AddDays(1-5))
		equal(f, tt.name+": back", got.CameBack, true)
		equal(f, tt.name+": due", got.NextOn, last.AddDays(1))
	}
}

// welcomeAfterMistake: a talk that is taken back has welcomed nobody; a message
// has.
func welcomeAfterMistake(f *fixture) {
	ctx := f.Context()
	gone := store.Circumstances{AwayOn: today().AddDays(-20), AwayUntil: today().AddDays(-1)}
	for _, tt := range []struct {
		name, person string
		welcome      bool
		want         bool
	}{{"nobody was told", mei, false, true}, {"the leader was told", ken, true, false}} {
		p := f.pair(f.ana, tt.person)
		f.ok(f.s.SetCircumstances(ctx, f.ana, p.ID, gone, today(), ""))
		if tt.welcome {
			n := nudgeOf(f.again(p), today())
			n.Message.Kind = rapport.KindWelcomeBack
			planned, err := f.s.PlanNudge(ctx, f.ws, n)
			f.ok(err)
			equal(f, "planned", planned, true)
		}
		rec := f.talk(p, today(), rapport.Light)
		equal(f, tt.name+": after a talk", rec.After.CameBack, false)
		_, err := f.s.RemoveTalk(ctx, f.ana, rec.Talk.ID, rapport.DefaultRhythm, "")
		f.ok(err)
		equal(f, tt.name+": without it", f.again(p).CameBack, tt.want)
	}
}

func digest(f *fixture) {
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	leaders, err := f.s.DigestLeaders(f.Context(), f.ws, today(), 10)
	f.ok(err)
	equal(f, "leaders", len(leaders), 1)
	plan, err := f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Minute)}, []rapport.Message{
		{Kind: rapport.KindFollowUp, At: Now().Add(time.Hour)}, {Kind: rapport.KindReminder, At: Now().Add(time.Hour)},
	}, "")
	f.ok(err)
	early, err := f.s.WeekAhead(f.Context(), f.ws, ana, today(), Now())
	f.ok(err)
	equal(f, "follow-ups that are not due", len(early.FollowUps), 0)
	ahead, err := f.s.WeekAhead(f.Context(), f.ws, ana, today(), Now().Add(2*time.Hour))
	f.ok(err)
	equal(f, "ahead", []int{len(ahead.Pairs), len(ahead.FollowUps), ahead.Promises}, []int{1, 1, 0})
	equal(f, "who has no coffee to be asked about", ahead.Pairs[0].ID, other.ID)
	d := store.PlannedDigest{
		Message: rapport.Message{
			Key: "digest", Leader: ana, Kind: rapport.KindDigest, DueOn: today(), PlannedOn: today(), At: Now(),
			About: rapport.AboutAgenda, Item: rapport.Agenda{Pairs: []string{p.ID}, Plans: []string{plan.ID}}.String(),
		},
		Folded: []string{ahead.FollowUps[0].ID}, NextOn: today().AddDays(5),
	}
	for i, want := range []bool{true, false} {
		planned, err := f.s.PlanDigest(f.Context(), f.ws, d)
		f.ok(err)
		equal(f, "planned, time "+string(rune('1'+i)), planned, want)
	}
	waiting := func() (kinds []rapport.MessageKind) {
		f.Helper()
		due, err := f.s.DueMessages(f.Context(), f.ws, Now().Add(2*time.Hour), 10)
		f.ok(err)
		for _, m := range due {
			kinds = append(kinds, m.Kind)
		}
		slices.Sort(kinds)
		return kinds
	}
	equal(f, "held back", waiting(), []rapport.MessageKind{rapport.KindDigest, rapport.KindFollowUp, rapport.KindReminder})
	due, err := f.s.DueMessages(f.Context(), f.ws, Now(), 10)
	f.ok(err)
	_, _, err = f.s.Claim(f.Context(), due[0].ID, Now())
	f.ok(err)
	f.ok(f.s.SettleSent(f.Context(), due[0].ID, "D1", "1.1", Now()))
	equal(f, "asked in the digest", waiting(), []rapport.MessageKind{rapport.KindReminder})
	leaders, err = f.s.DigestLeaders(f.Context(), f.ws, today().AddDays(4), 10)
	f.ok(err)
	equal(f, "leaders before the next day", len(leaders), 0)
}

func digestDelivery(f *fixture) {
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	for _, due := range []int{-20, 3, 30} {
		f.ok(f.s.AddPromise(f.Context(), f.ana, map[bool]string{true: p.ID, false: other.ID}[due < 10],
			rapport.Promise{Text: "x", MadeOn: today(), DueOn: today().AddDays(due)}, ""))
	}
	_, err := f.s.PlanDigest(f.Context(), f.ws, store.PlannedDigest{Message: rapport.Message{
		Key: "digest", Leader: ana, Kind: rapport.KindDigest, PlannedOn: today(), At: Now(),
		About: rapport.AboutAgenda, Item: rapport.Agenda{Pairs: []string{other.ID, p.ID}}.String(),
	}, NextOn: today().AddDays(7)})
	f.ok(err)
	f.ok(f.s.EndPair(f.Context(), f.ana, ken, today(), ""))
	due, err := f.s.DueMessages(f.Context(), f.ws, Now(), 10)
	f.ok(err)
	d, err := f.s.Delivery(f.Context(), f.ws, due[0].ID)
	f.ok(err)
	equal(f, "pairs that are still there", len(d.Pairs), 1)
	equal(f, "whom", d.Pairs[0].ID, p.ID)
	equal(f, "promises", []int{d.PromisesDue, d.PromisesPast, d.PromisesLate}, []int{2, 1, 1})
}

// digestAfterAnAnswer: a digest asks only what it does not know yet, also when it is
// drawn anew where it stands.
func digestAfterAnAnswer(f *fixture) {
	ctx, meis, kens, yukis := f.Context(), f.pair(f.ana, mei), f.pair(f.ana, ken), f.pair(f.ana, yuki)
	first, second := f.plan(meis, Now().AddDate(0, 0, -1)), f.plan(kens, Now().AddDate(0, 0, -1))
	ends := f.pair(f.ana, "U0RIN")
	off := f.plan(ends, Now().Add(time.Hour))
	agenda := rapport.Agenda{Pairs: []string{yukis.ID}, Plans: []string{first.ID, second.ID, off.ID}}
	_, err := f.s.PlanDigest(ctx, f.ws, store.PlannedDigest{Message: rapport.Message{
		Key: "digest", Leader: ana, Kind: rapport.KindDigest, PlannedOn: today(), At: Now(),
		About: rapport.AboutAgenda, Item: agenda.String(),
	}, NextOn: today().AddDays(7)})
	f.ok(err)
	_, err = f.s.DigestAt(ctx, f.ana, "")
	f.is(err, rapport.ErrNotFound)
	m := f.claim(f.message("digest"))
	f.ok(f.s.SettleSent(ctx, m.ID, "D1", "1.1", Now()))
	f.ok(f.s.CancelPlan(ctx, f.ana, off.ID, today(), ""))
	r := recording(meis, today().AddDays(-1), rapport.Light)
	r.Plan = first.ID
	_, err = f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	d, err := f.s.DigestAt(ctx, f.ana, "1.1")
	f.ok(err)
	equal(f, "pairs", len(d.Pairs), 1)
	equal(f, "coffees asked after", d.Plans, []rapport.Plan{second})
	equal(f, "with whom", d.AskedAbout[0].ID, kens.ID)
	_, err = f.s.DigestAt(ctx, f.ben, "1.1")
	f.is(err, rapport.ErrNotFound)
	nudge := f.claim(f.nudge(yukis, today()))
	f.ok(f.s.SettleSent(ctx, nudge.ID, "D1", "2.2", Now()))
	_, err = f.s.DigestAt(ctx, f.ana, "2.2")
	f.is(err, rapport.ErrNotFound)
}
