package storetest

import (
	"time"

	"innerview/rapport"
)

// coffees is what is planned.
func coffees() []check {
	return []check{
		{"CreatePlan", createPlan},
		{"CreatePlanReplaces", createPlanReplaces},
		{"Plans", plans},
		{"CancelPlan", cancelPlan},
		{"RecordTalkAnswersAPlanOnce", planAnswered},
		{"QuestionAfter", questionAfter},
		{"TalkOfPlan", talkOfPlan},
		{"MessagesOfTalk", messagesOfTalk},
		{"CancelPlanThatWasMoved", cancelMoved},
		{"CancelPlanThatIsOver", cancelOver},
		{"CreatePlanSooner", createSooner},
		{"TalksLeaveTheHold", talksLeaveTheHold},
		{"Meetings", meetings},
	}
}

// plan has Ana plan a coffee, with both messages about it.
func (f *fixture) plan(p rapport.Pair, at time.Time) rapport.Plan {
	f.Helper()
	plan, err := f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: at, Minutes: 45}, []rapport.Message{
		{Kind: rapport.KindReminder, At: at.Add(-time.Hour)}, {Kind: rapport.KindFollowUp, At: at.AddDate(0, 0, 1)},
	}, "")
	f.ok(err)
	return plan
}

// meetings: whom a digest does not name, for they meet anyhow.
func meetings(f *fixture) {
	ctx := f.Context()
	for _, tt := range []struct {
		name string
		days int // from today to the coffee
		then func(rapport.Pair, rapport.Plan)
		want bool
	}{
		{"tomorrow", 1, nil, true},
		{"in some weeks", 20, nil, true},
		{"six days ago, and nobody has told how it went", -6, nil, true},
		{"a week ago", -7, nil, false},
		{"called off", 1, func(_ rapport.Pair, plan rapport.Plan) {
			f.ok(f.s.CancelPlan(ctx, f.ana, plan.ID, today(), ""))
		}, false},
		{"yesterday, and told of", -1, func(p rapport.Pair, plan rapport.Plan) {
			r := recording(p, today().AddDays(-1), rapport.Missed)
			r.Plan = plan.ID
			_, err := f.s.RecordTalk(ctx, f.ana, r, "")
			f.ok(err)
		}, false},
		{"tomorrow, after a talk today", 1, func(p rapport.Pair, _ rapport.Plan) { f.talk(p, today(), rapport.Light) }, true},
	} {
		p := f.pair(f.ana, "U0"+tt.name)
		plan := f.plan(p, Now().AddDate(0, 0, tt.days))
		if tt.then != nil {
			tt.then(p, plan)
		}
		found, err := f.s.Meetings(ctx, f.ana, today())
		f.ok(err)
		equal(f, tt.name, found[p.ID], tt.want)
		now, err := f.s.DigestNow(ctx, f.ana, today())
		f.ok(err)
		named := false
		for _, other := range now.Pairs {
			named = named || other.ID == p.ID
		}
		equal(f, tt.name+": may be named", named, !tt.want)
	}
	none, err := f.s.Meetings(ctx, f.ben, today())
	f.ok(err)
	equal(f, "another leader's", len(none), 0)
}

func plans(f *fixture) {
	meis, kens, yukis := f.pair(f.ana, mei), f.pair(f.ana, ken), f.pair(f.ana, yuki)
	later := f.plan(meis, Now().AddDate(0, 0, 3))
	sooner := f.plan(kens, Now().Add(time.Hour))
	ended := f.plan(yukis, Now().Add(2*time.Hour))
	f.ok(f.s.EndPair(f.Context(), f.ana, yuki, today(), ""))
	got, err := f.s.Plans(f.Context(), f.ana)
	f.ok(err)
	equal(f, "plans", got, []rapport.Plan{sooner, later})
	equal(f, "minutes", got[0].Minutes, 45)
	theirs, err := f.s.Plans(f.Context(), f.ben)
	f.ok(err)
	equal(f, "another's plans", len(theirs), 0)
	f.is(f.s.CancelPlan(f.Context(), f.ana, ended.ID, today(), ""), rapport.ErrNotFound)
}

func cancelPlan(f *fixture) {
	p := f.pair(f.ana, mei)
	plan := f.plan(p, Now().AddDate(0, 0, 20))
	equal(f, "next, held by the coffee", f.again(p).NextOn, today().AddDays(27))
	f.is(f.s.CancelPlan(f.Context(), f.ben, plan.ID, today(), ""), rapport.ErrNotFound)
	f.ok(f.s.CancelPlan(f.Context(), f.ana, plan.ID, today(), ""))
	f.kind(f.s.CancelPlan(f.Context(), f.ana, plan.ID, today(), ""), rapport.Conflict, "error.plan_off")
	equal(f, "next, once it is off", f.again(p).NextOn, today().AddDays(7))
	equal(f, "messages to come", len(f.pending()), 0)
	left, err := f.s.Plans(f.Context(), f.ana)
	f.ok(err)
	equal(f, "plans left", len(left), 0)

	f.ok(f.s.Snooze(f.Context(), f.ana, p.ID, today().AddDays(60), ""))
	plan = f.plan(p, Now().AddDate(0, 0, 20))
	f.ok(f.s.CancelPlan(f.Context(), f.ana, plan.ID, today(), ""))
	equal(f, "next, held by a snooze", f.again(p).NextOn, today().AddDays(60))
}

// planAnswered: a press that comes twice, and one that comes after the talk was
// recorded by hand.
func planAnswered(f *fixture) {
	ctx := f.Context()
	meis, kens := f.pair(f.ana, mei), f.pair(f.ana, ken)
	coffee := f.plan(meis, Now().AddDate(0, 0, -3))
	r := recording(meis, today().AddDays(-3), rapport.Declined)
	r.Plan = coffee.ID
	done, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	_, err = f.s.RecordTalk(ctx, f.ana, r, "")
	f.kind(err, rapport.Conflict, "error.already_answered")
	_, err = f.s.ChangeTalk(ctx, f.ana, correction(done.Talk, today().AddDays(-4), rapport.Light), "")
	f.ok(err)
	_, err = f.s.RecordTalk(ctx, f.ana, r, "") // the talk was of that coffee, whatever its day
	f.kind(err, rapport.Conflict, "error.already_answered")
	_, err = f.s.RemoveTalk(ctx, f.ana, done.Talk.ID, rapport.DefaultRhythm, "")
	f.ok(err)
	_, err = f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)

	r = recording(kens, today().AddDays(-3), rapport.Light)
	r.Plan = coffee.ID
	_, err = f.s.RecordTalk(ctx, f.ana, r, "") // another person's
	f.is(err, rapport.ErrNotFound)
	r.Plan = f.plan(kens, Now().AddDate(0, 0, -3)).ID
	f.talk(kens, today().AddDays(-4), rapport.Light)
	_, err = f.s.RecordTalk(ctx, f.ana, r, "") // of the day before it
	f.ok(err)
	r.Plan = f.plan(kens, Now().AddDate(0, 0, -2)).ID
	f.talk(kens, today().AddDays(-1), rapport.Light)
	_, err = f.s.RecordTalk(ctx, f.ana, r, "")
	f.kind(err, rapport.Conflict, "error.already_answered")
}

func questionAfter(f *fixture) {
	ctx := f.Context()
	coffee := f.plan(f.pair(f.ana, mei), Now().AddDate(0, 0, -1))
	_, err := f.s.QuestionAfter(ctx, f.ana, coffee.ID) // not asked yet
	f.is(err, rapport.ErrNotFound)
	m := f.claim(f.message(coffee.ID + "/followup"))
	f.ok(f.s.SettleSent(ctx, m.ID, "D1", "1.1", Now()))
	got, err := f.s.QuestionAfter(ctx, f.ana, coffee.ID)
	f.ok(err)
	equal(f, "where it stands", got.Channel+" "+got.TS, "D1 1.1")
	_, err = f.s.QuestionAfter(ctx, f.ben, coffee.ID)
	f.is(err, rapport.ErrNotFound)
}

// talkOfPlan: the talk that was recorded for it comes before one of its day.
func talkOfPlan(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	coffee := f.plan(p, Now().AddDate(0, 0, -3))
	f.talk(p, today().AddDays(-4), rapport.Light)
	_, err := f.s.TalkOfPlan(ctx, f.ana, coffee.ID, today())
	f.is(err, rapport.ErrNotFound)
	r := recording(p, today().AddDays(-3), rapport.Opened)
	r.Plan = coffee.ID
	done, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	_, err = f.s.ChangeTalk(ctx, f.ana, correction(done.Talk, today().AddDays(-5), rapport.Light), "")
	f.ok(err)
	byHand := f.talk(p, today().AddDays(-2), rapport.Missed).Talk
	f.talk(p, today().AddDays(-1), rapport.Missed)
	got, err := f.s.TalkOfPlan(ctx, f.ana, coffee.ID, today())
	f.ok(err)
	equal(f, "recorded for it", got.ID, done.Talk.ID)
	_, err = f.s.RemoveTalk(ctx, f.ana, done.Talk.ID, rapport.DefaultRhythm, "")
	f.ok(err)
	got, err = f.s.TalkOfPlan(ctx, f.ana, coffee.ID, today())
	f.ok(err)
	equal(f, "recorded by hand", got, byHand)
	_, err = f.s.TalkOfPlan(ctx, f.ana, coffee.ID, byHand.KeptUntil().AddDays(1))
	f.is(err, rapport.ErrNotFound)
	_, err = f.s.TalkOfPlan(ctx, f.ben, coffee.ID, today())
	f.is(err, rapport.ErrNotFound)
}

func messagesOfTalk(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	of := func(t rapport.Talk) (ids []string) {
		f.Helper()
		sent, err := f.s.MessagesOfTalk(ctx, f.ana, t.ID)
		f.ok(err)
		for _, m := range sent {
			ids = append(ids, m.ID)
		}
		return ids
	}
	nudge := f.nudge(p, today())
	swapped, err := f.s.SwapOffer(ctx, f.ana, nudge.Offer, rapport.Offer{Starter: "F-009"}, "")
	f.ok(err)
	coffee := f.plan(p, Now().AddDate(0, 0, -1))
	r := recording(p, today(), rapport.Light)
	r.Offer, r.Plan = swapped.ID, coffee.ID
	near := f.claim(f.message(coffee.ID + "/reminder"))
	f.ok(f.s.SettleSent(ctx, near.ID, "D1", "1.1", Now()))
	done, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	equal(f, "before the card is sent", of(done.Talk), []string{near.ID})
	f.ok(f.s.SettleSent(ctx, f.claim(nudge).ID, "D1", "1.2", Now()))
	equal(f, "both", len(of(done.Talk)), 2)
	equal(f, "of another talk", of(f.talk(p, today(), rapport.Missed).Talk), []string(nil))
	sent, err := f.s.MessagesOfTalk(ctx, f.ben, done.Talk.ID)
	f.ok(err)
	equal(f, "somebody else's", len(sent), 0)
}

// cancelMoved: what is pressed on an old message reaches what it was moved to, and
// nothing else.
func cancelMoved(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	first, second := f.plan(p, Now().AddDate(0, 0, 2)), f.plan(p, Now().AddDate(0, 0, 3))
	third := f.plan(p, Now().AddDate(0, 0, 4))
	f.ok(f.s.CancelPlan(ctx, f.ana, first.ID, today(), ""))
	got, err := f.s.Plan(ctx, f.ana, third.ID)
	f.ok(err)
	equal(f, "the one it came to be is off", got.Cancelled, true)
	next := f.plan(p, Now().AddDate(0, 0, 5))
	for _, off := range []rapport.Plan{first, second, third} {
		f.kind(f.s.CancelPlan(ctx, f.ana, off.ID, today(), ""), rapport.Conflict, "error.plan_off")
	}
	left, err := f.s.Plans(ctx, f.ana)
	f.ok(err)
	equal(f, "plans left", left, []rapport.Plan{next})
}

func cancelOver(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	over := f.plan(p, Now().Add(-2*time.Hour))
	next := f.plan(p, Now().AddDate(0, 0, 5))
	f.kind(f.s.CancelPlan(ctx, f.ana, over.ID, today(), ""), rapport.Conflict, "error.plan_over")
	left, err := f.s.Plans(ctx, f.ana)
	f.ok(err)
	equal(f, "plans left", left, []rapport.Plan{next})
	f.ok(f.s.CancelPlan(ctx, f.ana, next.ID, today(), ""))
	begun := f.plan(p, Now().Add(-time.Hour))
	f.ok(f.s.CancelPlan(ctx, f.ana, begun.ID, today(), ""))
}

// createSooner: a coffee that was moved closer no longer holds the pair as long as
// it did.
func createSooner(f *fixture) {
	p := f.pair(f.ana, mei)
	f.plan(p, Now().AddDate(0, 0, 100))
	soon := f.plan(p, Now().AddDate(0, 0, 2))
	equal(f, "next, held by the coffee as it is now", f.again(p).NextOn, today().AddDays(9))
	f.ok(f.s.CancelPlan(f.Context(), f.ana, soon.ID, today(), ""))
	equal(f, "next, once it is off", f.again(p).NextOn, today().AddDays(7))

	f.ok(f.s.Snooze(f.Context(), f.ana, p.ID, today().AddDays(60), ""))
	f.plan(p, Now().AddDate(0, 0, 20))
	f.plan(p, Now().AddDate(0, 0, 2))
	equal(f, "next, held by a snooze", f.again(p).NextOn, today().AddDays(60))
}

// talksLeaveTheHold: two who have a coffee planned need no nudge, whatever is
// recorded or put right meanwhile.
func talksLeaveTheHold(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	coffee := f.plan(p, Now().AddDate(0, 0, 20))
	held := today().AddDays(27)
	done := f.talk(p, today(), rapport.Light)
	equal(f, "next, as it is told", done.After.NextOn, held)
	equal(f, "next, after a talk", f.again(p).NextOn, held)
	changed, err := f.s.ChangeTalk(ctx, f.ana, correction(done.Talk, today().AddDays(-1), rapport.Guarded), "")
	f.ok(err)
	equal(f, "next, after it was changed", changed.After.NextOn, held)
	_, err = f.s.RemoveTalk(ctx, f.ana, done.Talk.ID, rapport.DefaultRhythm, "")
	f.ok(err)
	equal(f, "next, without it", f.again(p).NextOn, held)
	f.ok(f.s.CancelPlan(ctx, f.ana, coffee.ID, today(), ""))
	equal(f, "next, once it is off", f.again(p).NextOn, today().AddDays(7))

	other := f.pair(f.ana, ken)
	f.plan(other, Now().Add(-time.Hour))
	equal(f, "next, after the talk of the coffee", f.talk(other, today(), rapport.Light).After.NextOn, today().AddDays(14))
}
