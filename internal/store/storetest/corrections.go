package storetest

import (
	"innerview/internal/store"
	"innerview/rapport"
)

func correction(t rapport.Talk, on rapport.Date, o rapport.Outcome) store.Correction {
	return store.Correction{Talk: t.ID, On: on, Outcome: o, RhythmDays: rapport.DefaultRhythm, Today: today()}
}

func changeTalk(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	first := f.talk(p, today().AddDays(-10), rapport.Light)
	second := f.talk(p, today().AddDays(-3), rapport.Light)
	done, err := f.s.ChangeTalk(ctx, f.ana, correction(second.Talk, today().AddDays(-4), rapport.Guarded), "")
	f.ok(err)
	want := second.Talk
	want.On, want.Outcome = today().AddDays(-4), rapport.Guarded
	equal(f, "talk", done.Talk, want)
	got, err := f.s.Talk(ctx, f.ana, want.ID, today())
	f.ok(err)
	equal(f, "read again", got, want)
	equal(f, "before", done.Before, second.After)
	after := f.again(p)
	equal(f, "after", done.After, after)
	if after.LastTalkOn != want.On || after.NextOn != want.On.AddDays(21) {
		f.Errorf("last talk %s, next %s", after.LastTalkOn, after.NextOn)
	}

	done, err = f.s.RemoveTalk(ctx, f.ana, want.ID, rapport.DefaultRhythm, "")
	f.ok(err)
	equal(f, "without it", done.After.NextOn, first.After.NextOn)
	talks, err := f.s.Talks(ctx, f.ana, p.ID, today(), 5)
	f.ok(err)
	equal(f, "talks", talks, []rapport.Talk{first.Talk})
	equal(f, "log", len(f.again(p).History.Pace().Log), 1)
	_, err = f.s.RemoveTalk(ctx, f.ana, want.ID, rapport.DefaultRhythm, "")
	f.is(err, rapport.ErrNotFound)
}

func changeTalkMovesThePace(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	var rec store.Recorded
	for _, ago := range []int{14, 7, 0} {
		rec = f.talk(p, today().AddDays(-ago), rapport.Declined)
	}
	if rec.After.History.Pace().QuietSince.IsZero() {
		f.Fatal("three declined talks leave the pair as it was")
	}
	talks, err := f.s.Talks(ctx, f.ana, p.ID, today(), 5)
	f.ok(err)
	for _, t := range talks {
		_, err := f.s.ChangeTalk(ctx, f.ana, correction(t, t.On, rapport.Light), "")
		f.ok(err)
	}
	pace := f.again(p).History.Pace()
	if !pace.QuietSince.IsZero() || !pace.MayOffer(today()) || len(pace.Counted) != 3 {
		f.Errorf("pace = %+v, want that of three light talks", pace)
	}
}

func changeTalkLiftsTheBlock(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	declined := func() rapport.Talk {
		o := f.offer(p, rapport.Offer{Topic: "food"})
		r := recording(p, today(), rapport.Declined)
		r.Offer = o.ID
		rec, err := f.s.RecordTalk(ctx, f.ana, r, "")
		f.ok(err)
		return rec.Talk
	}
	one, other := declined(), declined()
	blocked := func(what string, want ...string) {
		f.Helper()
		equal(f, what, f.past(p).Blocked, want)
	}
	blocked("after two", "food")
	_, err := f.s.ChangeTalk(ctx, f.ana, correction(one, today(), rapport.Light), "")
	f.ok(err)
	blocked("while another talk declined it", "food")
	_, err = f.s.ChangeTalk(ctx, f.ana, correction(other, today().AddDays(-1), rapport.Declined), "")
	f.ok(err)
	blocked("of another day, declined all the same", "food")
	_, err = f.s.RemoveTalk(ctx, f.ana, other.ID, rapport.DefaultRhythm, "")
	f.ok(err)
	blocked("after both were put right")
	_, err = f.s.ChangeTalk(ctx, f.ana, correction(one, today(), rapport.Declined), "")
	f.ok(err)
	blocked("declined after all", "food")
	for _, o := range f.past(p).Offers {
		want := rapport.OfferShown // of the removed talk
		if o.Starter == one.Starter && o.State == rapport.OfferUsed {
			want = rapport.OfferUsed
		}
		equal(f, "offer", o.State, want)
	}
}

func correctionsEnd(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	old := f.talk(p, today().AddDays(-40), rapport.Light) // too old to be played again
	f.talk(p, today(), rapport.Light)
	_, err := f.s.ChangeTalk(ctx, f.ana, correction(old.Talk, today(), rapport.Opened), "")
	f.kind(err, rapport.Conflict, "error.talk_settled")
	_, err = f.s.RemoveTalk(ctx, f.ana, old.Talk.ID, rapport.DefaultRhythm, "")
	f.kind(err, rapport.Conflict, "error.talk_settled")
	talks, err := f.s.Talks(ctx, f.ana, p.ID, today(), 5)
	f.ok(err)
	equal(f, "talks", len(talks), 2)
}

func undoRise(f *fixture) {
	ctx := f.Context()
	p, _, err := f.s.AddPair(ctx, f.ana, mei, store.NewPair{HeadStart: true}, today(), "")
	f.ok(err)
	_, err = f.s.UndoRise(ctx, f.ana, p.ID, today(), "")
	f.kind(err, rapport.Conflict, "error.undo_late")
	rec := f.talk(p, today(), rapport.Opened)
	equal(f, "risen", rec.After.History.Pace().Depth, rapport.Causative)
	_, err = f.s.UndoRise(ctx, f.ana, p.ID, today().AddDays(8), "")
	f.kind(err, rapport.Conflict, "error.undo_late")
	got, err := f.s.UndoRise(ctx, f.ana, p.ID, today().AddDays(7), "")
	f.ok(err)
	equal(f, "taken back", got.History.Pace().Depth, rapport.Factual)
	equal(f, "read again", f.again(p), got)
	_, err = f.s.UndoRise(ctx, f.ana, p.ID, today().AddDays(7), "")
	f.kind(err, rapport.Conflict, "error.undo_late")
}
