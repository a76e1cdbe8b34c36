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
