package storetest

import (
	"innerview/internal/store"
	"innerview/rapport"
)

// called are the pairs that promises bring up by the day, with the day from which
// they do.
func (f *fixture) called(by rapport.Date) map[string]rapport.Date {
	f.Helper()
	pairs, err := f.s.CalledPairs(f.Context(), f.ws, by)
	f.ok(err)
	days := map[string]rapport.Date{}
	for _, p := range pairs {
		days[p.Person] = p.CallOn
	}
	return days
}

func promisesCall(f *fixture) {
	ctx := f.Context()
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	late := f.promise(p, "lend the book", today().AddDays(9))
	soon := f.promise(p, "ask about the desk", today().AddDays(2))
	f.promise(other, "of another pair", today())
	type days = map[string]rapport.Date
	equal(f, "on the day it was made", f.called(today()), days{})
	equal(f, "the day after", f.called(today().AddDays(1)), days{ken: today().AddDays(1)})
	equal(f, "later", f.called(today().AddDays(30)), days{ken: today().AddDays(1), mei: today().AddDays(2)})
	first, err := f.s.CalledPairs(ctx, f.ws, today().AddDays(1))
	f.ok(err)
	first[0].CallOn = rapport.Date{}
	equal(f, "the pair itself", first[0], f.again(other))
	elsewhere, err := f.s.CalledPairs(ctx, "another", today().AddDays(30))
	f.ok(err)
	equal(f, "another workspace's", len(elsewhere), 0)

	f.ok(f.s.ClosePromise(ctx, f.ana, soon.ID, rapport.PromiseKept, today(), ""))
	equal(f, "kept", f.called(today().AddDays(30))[mei], today().AddDays(9))
	late.DueOn = today().AddDays(12)
	f.ok(f.s.EditPromise(ctx, f.ana, late, ""))
	equal(f, "for another day", f.called(today().AddDays(30))[mei], today().AddDays(12))
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today().AddDays(20), ""))
	equal(f, "left alone until later", f.called(today().AddDays(30))[mei], today().AddDays(20))
	late.Text = "lend both books"
	f.ok(f.s.EditPromise(ctx, f.ana, late, ""))
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today().AddDays(5), ""))
	equal(f, "in other words, and never sooner", f.called(today().AddDays(30))[mei], today().AddDays(20))

	of, err := f.s.PromiseDays(ctx, f.ana, today())
	f.ok(err)
	equal(f, "days", [2]rapport.Date{of[p.ID].DueOn, of[p.ID].CallOn}, [2]rapport.Date{today().AddDays(12), today().AddDays(20)})
	equal(f, "pairs with promises", len(of), 2)
	none, err := f.s.PromiseDays(ctx, f.ben, today())
	f.ok(err)
	equal(f, "another leader's", len(none), 0)

	personal := rapport.Promise{Text: "for the family", MadeOn: today(), DueOn: today().AddDays(1)}.Personal(today())
	f.ok(f.s.AddPromise(ctx, f.ana, p.ID, personal, ""))
	equal(f, "what touches private life, on its last day", f.called(personal.ExpiresOn)[mei], personal.DueOn)
	equal(f, "and the day after", f.called(personal.ExpiresOn.AddDays(1))[mei], today().AddDays(20))

	f.ok(f.s.EndPair(ctx, f.ana, mei, today(), ""))
	equal(f, "of a pair that ended", f.called(today().AddDays(30)), days{ken: today().AddDays(1)})
}

func promisesBroughtUp(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	first := f.promise(p, "lend the book", today())
	second := f.promise(p, "ask about the desk", today().AddDays(5))
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today().AddDays(1), ""))
	on := today().AddDays(1)
	p = f.again(p)
	n := nudgeOf(p, on)
	n.Offer, n.Message.About, n.Message.Item = rapport.Offer{}, rapport.AboutPromise, first.ID
	planned, err := f.s.PlanNudge(ctx, f.ws, n)
	f.ok(err)
	equal(f, "planned", planned, true)
	calls, err := f.s.Calls(ctx, p.ID, today())
	f.ok(err)
	equal(f, "calls of the first and the second", []rapport.Date{calls[0].CallOn, calls[1].CallOn}, []rapport.Date{{}, second.DueOn})
	equal(f, "their days", []rapport.Date{calls[0].DueOn, calls[1].DueOn}, []rapport.Date{first.DueOn, second.DueOn})

	f.ok(f.s.SettleFailed(ctx, f.message(n.Message.Key).ID, "msg_too_long", on.AddDays(1), Now()))
	equal(f, "after a message that did not arrive", f.called(today().AddDays(30))[mei], on.AddDays(1))
	f.ok(f.s.PromisesSeen(ctx, f.ana, p.ID, today().AddDays(4)))
	equal(f, "once it was looked at", f.called(today().AddDays(30))[mei], second.DueOn)
}

// promisesWaitAgain plans messages about promises that never arrive, while
// something else is said of the promise or the pair.
func promisesWaitAgain(f *fixture) {
	ctx, far := f.Context(), today().AddDays(60)
	due := func(person string) (rapport.Pair, rapport.Promise, string) {
		p := f.pair(f.ana, person)
		made := f.promise(p, "lend the book", today())
		n := nudgeOf(p, today().AddDays(1))
		n.Offer, n.Message.About, n.Message.Item = rapport.Offer{}, rapport.AboutPromise, made.ID
		planned, err := f.s.PlanNudge(ctx, f.ws, n)
		f.ok(err)
		equal(f, "planned", planned, true)
		return p, made, f.message(n.Message.Key).ID
	}
	failed := func(id string) { f.ok(f.s.SettleFailed(ctx, id, "late", today().AddDays(2), Now())) }

	_, moved, id := due(mei)
	moved.DueOn = today().AddDays(20)
	f.ok(f.s.EditPromise(ctx, f.ana, moved, ""))
	d, err := f.s.Delivery(ctx, f.ws, id)
	f.ok(err)
	equal(f, "nothing is said before another day", d.Over, true)
	failed(id)
	equal(f, "for another day", f.called(far)[mei], moved.DueOn)

	p, _, id := due(ken)
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today().AddDays(28), ""))
	failed(id)
	equal(f, "left alone until later", f.called(far)[ken], today().AddDays(28))

	p, _, id = due(yuki)
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today().AddDays(28), ""))
	_, ok, err := f.s.Claim(ctx, id, Now().AddDate(1, 0, 0))
	f.ok(err)
	equal(f, "claimed", ok, true)
	f.ok(f.s.SettleSent(ctx, id, "D1", "1.2", Now()))
	equal(f, "left alone, but it came", f.called(far)[yuki], rapport.Date{})

	resting := rapport.Scope{Workspace: f.ws, Actor: ben}
	due(ben)
	f.ok(f.s.Rest(ctx, resting, today().AddDays(10), ""))
	equal(f, "stopped by a rest", f.called(far)[ben], today().AddDays(2))

	due("U0RIO")
	f.ok(f.s.EndPair(ctx, f.ana, "U0RIO", today(), ""))
	_, _, err = f.s.AddPair(ctx, f.ana, "U0RIO", store.NewPair{}, today(), "")
	f.ok(err)
	equal(f, "stopped by an end, and back on the list", f.called(far)["U0RIO"], today().AddDays(2))
}
