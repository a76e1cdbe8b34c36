package storetest

import (
	"sync"
	"time"

	"innerview/rapport"
)

func createPlan(f *fixture) {
	p := f.pair(f.ana, mei)
	at := Now().Add(30 * time.Hour)
	plan, err := f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: at, Setting: rapport.Coffee},
		[]rapport.Message{
			{Kind: rapport.KindReminder, At: at.Add(-45 * time.Minute), DueOn: today().AddDays(1), PlannedOn: today()},
			{Kind: rapport.KindFollowUp, At: at.Add(24 * time.Hour), Key: "my own"},
		}, "")
	f.ok(err)
	want := rapport.Plan{ID: plan.ID, Pair: p.ID, At: at, Minutes: 30, Setting: rapport.Coffee, CreatedAt: Now()}
	equal(f, "plan", plan, want)
	read, err := f.s.Plan(f.Context(), f.ana, plan.ID)
	f.ok(err)
	equal(f, "read again", read, want)
	got := f.pending()
	if len(got) != 2 {
		f.Fatalf("messages = %d, want 2", len(got))
	}
	equal(f, "messages", got, []rapport.Message{
		{
			ID: got[0].ID, Key: plan.ID + "/reminder", Leader: ana, Pair: p.ID, Plan: plan.ID, Kind: rapport.KindReminder,
			At: at.Add(-45 * time.Minute), DueOn: today().AddDays(1), PlannedOn: today(), State: rapport.StatePending,
		},
		{
			ID: got[1].ID, Key: "my own", Leader: ana, Pair: p.ID, Plan: plan.ID, Kind: rapport.KindFollowUp,
			At: at.Add(24 * time.Hour), PlannedOn: today().AddDays(2), State: rapport.StatePending,
		},
	})
}

func createPlanReplaces(f *fixture) {
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	plan := func(p rapport.Pair, at time.Time) rapport.Plan {
		plan, err := f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: at}, []rapport.Message{
			{Kind: rapport.KindReminder, At: at}, {Kind: rapport.KindFollowUp, At: at.Add(time.Hour)},
		}, "")
		f.ok(err)
		return plan
	}
	over := plan(p, Now().Add(-3*time.Hour)) // one that began lately may be moved
	elsewhere := plan(other, Now().Add(time.Hour))
	first := plan(p, Now().Add(2*time.Hour))
	reminder, claimed, err := f.s.Claim(f.Context(), f.message(first.ID+"/reminder").ID, Now().Add(2*time.Hour))
	f.ok(err)
	equal(f, "claimed", claimed, true)
	second := plan(p, Now().Add(3*time.Hour))

	var plans []string
	for _, m := range f.pending() {
		plans = append(plans, m.Plan)
	}
	equal(f, "plans of the messages left", plans, []string{over.ID, over.ID, elsewhere.ID, elsewhere.ID, second.ID, second.ID})
	for _, tt := range []struct {
		plan rapport.Plan
		want bool
	}{{over, false}, {elsewhere, false}, {first, true}, {second, false}} {
		got, err := f.s.Plan(f.Context(), f.ana, tt.plan.ID)
		f.ok(err)
		equal(f, "cancelled", got.Cancelled, tt.want)
	}
	f.ok(f.s.SettleSent(f.Context(), reminder.ID, "D1", "1.1", Now())) // on its way already
}

func planNudge(f *fixture) {
	p := f.pair(f.ana, mei)
	n := nudgeOf(p, today())
	planned, err := f.s.PlanNudge(f.Context(), f.ws, n)
	f.ok(err)
	equal(f, "planned", planned, true)

	m := f.message(n.Message.Key)
	want := n.Message
	want.ID, want.Offer = m.ID, m.Offer
	want.Leader, want.Pair, want.PlannedOn, want.State = ana, p.ID, today(), rapport.StatePending
	equal(f, "message", m, want)
	o, err := f.s.Offer(f.Context(), f.ana, m.Offer)
	f.ok(err)
	offer := n.Offer
	offer.ID, offer.Root, offer.Pair, offer.State = o.ID, o.ID, p.ID, rapport.OfferShown
	offer.ShownOn, offer.ShownAt = today(), Now()
	equal(f, "offer", o, offer)
	after := p.Offered(rapport.Causative, today())
	after.NextOn, after.LastNudge = today().AddDays(7), today()
	equal(f, "pair", f.again(p), after)

	bare := nudgeOf(f.pair(f.ana, ken), today())
	bare.Offer = rapport.Offer{}
	planned, err = f.s.PlanNudge(f.Context(), f.ws, bare)
	f.ok(err)
	equal(f, "planned without a starter", planned, true)
	equal(f, "offer of none", f.message(bare.Message.Key).Offer, "")
}

func planNudgeGivesWay(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	f.ok(f.s.Snooze(ctx, f.ana, p.ID, today().AddDays(3), ""))
	planned, err := f.s.PlanNudge(ctx, f.ws, nudgeOf(p, today()))
	f.ok(err)
	equal(f, "planned after the leader changed the date", planned, false)
	equal(f, "next on", f.again(p).NextOn, today().AddDays(3))

	ended := f.pair(f.ana, ken)
	f.ok(f.s.EndPair(ctx, f.ana, ken, today(), ""))
	planned, err = f.s.PlanNudge(ctx, f.ws, nudgeOf(ended, today()))
	f.ok(err)
	equal(f, "planned after the end", planned, false)
	planned, err = f.s.PlanNudge(ctx, "another", nudgeOf(f.again(p), today()))
	f.ok(err)
	equal(f, "planned for another workspace", planned, false)
	equal(f, "messages", len(f.pending()), 0)

	f.nudge(f.again(p), today())
	before := f.again(p)
	n := nudgeOf(before, today()) // the same key as before
	n.NextOn = today().AddDays(20)
	planned, err = f.s.PlanNudge(ctx, f.ws, n)
	f.ok(err)
	equal(f, "planned under a key that was used", planned, false)
	equal(f, "messages", len(f.pending()), 1)
	after := before
	after.NextOn = today().AddDays(20)
	equal(f, "pair moved on, else unchanged", f.again(p), after)
}

// claimOnce lets many claim many messages at the same time.
func claimOnce(f *fixture) {
	const messages, workers = 20, 8
	var ids []string
	for i := range messages {
		p := f.pair(f.ana, "U0P"+string(rune('A'+i)))
		ids = append(ids, f.nudge(p, today()).ID)
	}
	at := today().At(90, time.UTC)
	var mu sync.Mutex
	claims := map[string]int{}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for _, id := range ids {
				m, claimed, err := f.s.Claim(f.Context(), id, at)
				if err != nil {
					f.Errorf("Claim: %v", err)
				}
				if !claimed {
					continue
				}
				if m.State != rapport.StateSending || m.Attempts != 1 || m.ID != id {
					f.Errorf("claimed message %v", m)
				}
				mu.Lock()
				claims[id]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	equal(f, "messages claimed", len(claims), messages)
	for id, n := range claims {
		if n != 1 {
			f.Errorf("message %s was claimed %d times, want once", id, n)
		}
	}
	_, claimed, err := f.s.Claim(f.Context(), "none", at)
	f.ok(err)
	equal(f, "claimed what is not there", claimed, false)
}

// claim takes a message for sending.
func (f *fixture) claim(m rapport.Message) rapport.Message {
	f.Helper()
	got, claimed, err := f.s.Claim(f.Context(), m.ID, m.At)
	f.ok(err)
	if !claimed {
		f.Fatalf("Claim(%s) = false, want true", m.Key)
	}
	return got
}

func (f *fixture) delivery(id string) rapport.Message {
	f.Helper()
	d, err := f.s.Delivery(f.Context(), f.ws, id)
	f.ok(err)
	return d.Message
}

func settle(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	m := f.nudge(p, today())
	if err := f.s.SettleSent(ctx, m.ID, "D1", "1.1", Now()); err == nil {
		f.Error("SettleSent of a message that was not claimed: no error")
	}
	if err := f.s.SettleUnsure(ctx, m.ID, Now()); err == nil {
		f.Error("SettleUnsure of a message that was not claimed: no error")
	}
	_, claimed, err := f.s.Claim(ctx, m.ID, m.At.Add(-time.Second))
	f.ok(err)
	equal(f, "claimed before its time", claimed, false)

	m = f.claim(m)
	later := m.At.Add(time.Hour)
	f.ok(f.s.Postpone(ctx, m.ID, later))
	_, claimed, err = f.s.Claim(ctx, m.ID, m.At)
	f.ok(err)
	equal(f, "claimed before the new time", claimed, false)
	m.At, m.State = later, rapport.StatePending
	equal(f, "postponed", f.delivery(m.ID), m)

	m = f.claim(m)
	equal(f, "attempts", m.Attempts, 2)
	f.ok(f.s.SettleSent(ctx, m.ID, "D1", "1.1", Now()))
	m.State, m.Channel, m.TS, m.SettledAt = rapport.StateSent, "D1", "1.1", Now()
	equal(f, "sent", f.delivery(m.ID), m)
	for name, err := range map[string]error{
		"SettleSent":   f.s.SettleSent(ctx, m.ID, "D2", "2.2", Now()),
		"SettleUnsure": f.s.SettleUnsure(ctx, m.ID, Now()),
		"SettleFailed": f.s.SettleFailed(ctx, m.ID, "late", today(), Now()),
		"Postpone":     f.s.Postpone(ctx, m.ID, later),
	} {
		if err == nil {
			f.Errorf("%s of a message that was sent: no error", name)
		}
	}
	equal(f, "sent, and left alone", f.delivery(m.ID), m)

	unsure := f.claim(f.nudge(f.pair(f.ana, ken), today()))
	f.ok(f.s.SettleUnsure(ctx, unsure.ID, Now()))
	unsure.State, unsure.SettledAt = rapport.StateUnsure, Now()
	equal(f, "unsure", f.delivery(unsure.ID), unsure)
}

func settleFailed(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	first := f.claim(f.nudge(p, today()))
	f.ok(f.s.SettleSent(ctx, first.ID, "D1", "1.1", Now()))

	m := f.claim(f.nudge(f.again(p), today().AddDays(7)))
	f.ok(f.s.SettleFailed(ctx, m.ID, "channel_not_found", today().AddDays(8), Now()))
	_, err := f.s.Offer(ctx, f.ana, m.Offer)
	f.is(err, rapport.ErrNotFound) // nobody has seen the starter
	m.State, m.Reason, m.SettledAt, m.Offer = rapport.StateFailed, "channel_not_found", Now(), ""
	equal(f, "message", f.delivery(m.ID), m)
	got := f.again(p)
	equal(f, "next on", got.NextOn, today().AddDays(8))
	equal(f, "last nudge, back to the one that arrived", got.LastNudge, today())

	late := f.nudge(got, today().AddDays(8)) // never claimed
	f.ok(f.s.SettleFailed(ctx, late.ID, "late", rapport.Date{}, Now()))
	equal(f, "next on, left alone", f.again(p).NextOn, today().AddDays(15))

	only := f.claim(f.nudge(f.pair(f.ana, ken), today()))
	f.ok(f.s.SettleFailed(ctx, only.ID, "late", rapport.Date{}, Now()))
	kens, err := f.s.Pair(ctx, f.ana, ken)
	f.ok(err)
	equal(f, "last nudge, when none arrived", kens.LastNudge, rapport.Date{})
}

// settleFailedKeeps: what the leader did while a nudge was on its way stands.
func settleFailedKeeps(f *fixture) {
	ctx := f.Context()
	tests := []struct {
		name, person string
		does         func(p rapport.Pair)
		want         rapport.Date
	}{
		{"snoozed", mei, func(p rapport.Pair) {
			f.ok(f.s.Snooze(ctx, f.ana, p.ID, today().AddDays(30), ""))
		}, today().AddDays(30)},
		{"talked", ken, func(p rapport.Pair) { f.talk(p, today(), rapport.Light) }, today().AddDays(rapport.DefaultRhythm)},
		{"missed, and due on the day the nudge had set", yuki, func(p rapport.Pair) {
			f.talk(p, today(), rapport.Missed)
		}, today().AddDays(rapport.AfterNudge)},
	}
	for _, tt := range tests {
		p := f.pair(f.ana, tt.person)
		m := f.nudge(p, today())
		tt.does(p)
		f.ok(f.s.SettleFailed(ctx, m.ID, "late", today().AddDays(1), Now()))
		equal(f, tt.name, f.again(p).NextOn, tt.want)
	}
}

func dueMessages(f *fixture) {
	var want []rapport.Message
	for i, person := range []string{mei, ken, yuki} {
		want = append(want, f.nudge(f.pair(f.ana, person), today().AddDays(i)))
	}
	tests := []struct {
		name  string
		now   time.Time
		limit int
		due   int
	}{
		{"before all", want[0].At.Add(-time.Microsecond), 10, 0},
		{"at the first", want[0].At, 10, 1},
		{"after the first", want[0].At.Add(time.Microsecond), 10, 1},
		{"at the last", want[2].At, 10, 3},
		{"no more than asked for", want[2].At, 2, 2},
	}
	for _, tt := range tests {
		due, err := f.s.DueMessages(f.Context(), f.ws, tt.now, tt.limit)
		f.ok(err)
		equal(f, tt.name+": due", due, first(want, tt.due))
	}
	f.claim(want[0])
	due, err := f.s.DueMessages(f.Context(), f.ws, Now().AddDate(1, 0, 0), 10)
	f.ok(err)
	equal(f, "due, without the claimed one", due, want[1:])
}

// first returns the first n messages, nil for none, as the store does.
func first(messages []rapport.Message, n int) []rapport.Message {
	return append([]rapport.Message(nil), messages[:n]...)
}

func abandoned(f *fixture) {
	claimed := f.claim(f.nudge(f.pair(f.ana, mei), today()))
	pending := f.nudge(f.pair(f.ana, ken), today())
	for _, want := range []int{1, 0} {
		n, err := f.s.Abandoned(f.Context(), f.ws, Now())
		f.ok(err)
		equal(f, "abandoned", n, want)
	}
	equal(f, "state", f.delivery(claimed.ID).State, rapport.StateUnsure)
	equal(f, "settled at", f.delivery(claimed.ID).SettledAt, Now())
	equal(f, "state of one not claimed", f.delivery(pending.ID).State, rapport.StatePending)
}

func sent(f *fixture) {
	ctx := f.Context()
	var keys []string
	nudge := func(sc rapport.Scope, person string, on rapport.Date) rapport.Message {
		m := f.nudge(f.pair(sc, person), on)
		keys = append(keys, m.Key)
		return m
	}
	nudge(f.ana, "U0BEFORE", today().AddDays(-1))
	first := nudge(f.ana, mei, today())
	f.claim(first)
	f.ok(f.s.SettleUnsure(ctx, first.ID, Now()))
	failed := nudge(f.ana, ken, today())
	f.ok(f.s.SettleFailed(ctx, failed.ID, "late", rapport.Date{}, Now()))
	nudge(f.ana, yuki, today().AddDays(1))
	nudge(f.ben, mei, today())
	_, err := f.s.CreatePlan(ctx, f.ana, rapport.Plan{Pair: first.Pair, At: Now().Add(time.Hour)}, []rapport.Message{
		{Kind: rapport.KindReminder, At: Now()}, {Kind: rapport.KindFollowUp, At: Now()},
	}, "")
	f.ok(err)
	got, err := f.s.Sent(ctx, f.ws, ana, today())
	f.ok(err)
	var gotKeys []string
	for _, m := range got {
		gotKeys = append(gotKeys, m.Key)
	}
	equal(f, "sent", gotKeys, []string{keys[1], keys[3]})
}

func delivery(f *fixture) {
	ctx := f.Context()
	p := f.pair(f.ana, mei)
	m := f.nudge(p, today())
	got, err := f.s.Delivery(ctx, f.ws, m.ID)
	f.ok(err)
	leader, err := f.s.Leader(ctx, f.ana)
	f.ok(err)
	offer, err := f.s.Offer(ctx, f.ana, m.Offer)
	f.ok(err)
	equal(f, "message", got.Message, m)
	equal(f, "leader", got.Leader, leader)
	equal(f, "pair", got.Pair, f.again(p))
	equal(f, "offer", got.Offer, offer)
	equal(f, "plan", got.Plan, rapport.Plan{})

	plan, err := f.s.CreatePlan(ctx, f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Hour)},
		[]rapport.Message{{Kind: rapport.KindReminder, At: Now()}}, "")
	f.ok(err)
	got, err = f.s.Delivery(ctx, f.ws, f.message(plan.ID+"/reminder").ID)
	f.ok(err)
	equal(f, "plan of a reminder", got.Plan, plan)
	equal(f, "offer of a reminder", got.Offer, rapport.Offer{})
	_, err = f.s.Delivery(ctx, "another", m.ID)
	f.is(err, rapport.ErrNotFound)
	_, err = f.s.Delivery(ctx, f.ws, "none")
	f.is(err, rapport.ErrNotFound)
}

// microseconds checks that a time read equals the time written, whatever its
// zone and however fine it was.
func microseconds(f *fixture) {
	at := time.Date(2026, time.December, 1, 23, 59, 59, 999999999, time.FixedZone("", -11*60*60))
	plan, err := f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: f.pair(f.ana, mei).ID, At: at}, nil, "")
	f.ok(err)
	want := time.Date(2026, time.December, 2, 10, 59, 59, 999999000, time.UTC)
	read, err := f.s.Plan(f.Context(), f.ana, plan.ID)
	f.ok(err)
	if plan.At != want || read.At != want {
		f.Errorf("At = %v, read again %v, want %v", plan.At, read.At, want)
	}
}
