package storetest

import (
	"errors"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

func offers(f *fixture) {
	p := f.pair(f.ana, mei)
	o := rapport.Offer{
		Pair: p.ID, Starter: "V-003", Level: rapport.Values, Topic: "pride", Setting: rapport.Walk,
		ShownOn: today(), ShownAt: Now().Add(-time.Minute), State: rapport.OfferUsed, Swaps: 4, ID: "mine", Root: "mine",
	}
	got, err := f.s.CreateOffer(f.Context(), f.ana, o, "")
	f.ok(err)
	want := o
	want.ID, want.Root, want.State, want.Swaps = got.ID, got.ID, rapport.OfferShown, 0
	equal(f, "offer", got, want)
	if got.ID == "" || got.ID == "mine" {
		f.Errorf("offer id = %q, want one of the store's", got.ID)
	}
	read, err := f.s.Offer(f.Context(), f.ana, got.ID)
	f.ok(err)
	equal(f, "read again", read, want)
	pace := f.again(p).History.Pace()
	equal(f, "level noted in the pace", pace.LastValues, today())

	bare, err := f.s.CreateOffer(f.Context(), f.ana, rapport.Offer{Pair: p.ID, Starter: "H-001"}, "")
	f.ok(err)
	equal(f, "shown at", bare.ShownAt, Now())
	equal(f, "shown on", bare.ShownOn, today())
	equal(f, "events, since a card without a level is none", len(f.again(p).History.Events), 1)
}

func swapOffer(f *fixture) {
	p := f.pair(f.ana, mei)
	first := f.offer(p, rapport.Offer{Starter: "F-001", Level: rapport.Factual})
	second, err := f.s.SwapOffer(f.Context(), f.ana, first.ID, rapport.Offer{
		Starter: "F-002", Level: rapport.Factual, ShownOn: today(),
	}, "")
	f.ok(err)
	want := rapport.Offer{
		ID: second.ID, Root: first.ID, Pair: p.ID, Starter: "F-002", Level: rapport.Factual,
		State: rapport.OfferShown, Swaps: 1, ShownOn: today(), ShownAt: Now(),
	}
	equal(f, "second", second, want)
	old, err := f.s.Offer(f.Context(), f.ana, first.ID)
	f.ok(err)
	equal(f, "old one", old.State, rapport.OfferSwapped)

	_, err = f.s.SwapOffer(f.Context(), f.ana, first.ID, rapport.Offer{Starter: "F-003"}, "")
	f.kind(err, rapport.Conflict, "error.already_answered")
	third, err := f.s.SwapOffer(f.Context(), f.ana, second.ID, rapport.Offer{Starter: "H-001"}, "")
	f.ok(err)
	equal(f, "swaps of the third", third.Swaps, 2)
	equal(f, "root of the third", third.Root, first.ID)
	past, err := f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "offers kept; the refused swap left nothing", len(past.Offers), 3)
}

func passOffer(f *fixture) {
	p := f.pair(f.ana, mei)
	o := f.offer(p, rapport.Offer{})
	next := today().AddDays(7)
	f.ok(f.s.PassOffer(f.Context(), f.ana, o.ID, next, ""))
	got, err := f.s.Offer(f.Context(), f.ana, o.ID)
	f.ok(err)
	equal(f, "state", got.State, rapport.OfferPassed)
	equal(f, "next on", f.again(p).NextOn, next)
	f.kind(f.s.PassOffer(f.Context(), f.ana, o.ID, next.AddDays(7), ""), rapport.Conflict, "error.already_answered")
	equal(f, "next on, after the refusal", f.again(p).NextOn, next)
}

func messageOfOffer(f *fixture) {
	p := f.pair(f.ana, mei)
	_, err := f.s.MessageOfOffer(f.Context(), f.ana, f.offer(p, rapport.Offer{}).ID)
	f.is(err, rapport.ErrNotFound)

	m := f.nudge(p, today())
	swapped, err := f.s.SwapOffer(f.Context(), f.ana, m.Offer, rapport.Offer{Starter: "F-009"}, "")
	f.ok(err)
	// A coffee planned from the card speaks of the same offer and is not it.
	_, err = f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Hour)},
		[]rapport.Message{{Kind: rapport.KindReminder, At: Now(), Offer: m.Offer}}, "")
	f.ok(err)
	asked := f.offer(p, rapport.Offer{}) // by command, and a coffee from it
	_, err = f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Hour)},
		[]rapport.Message{{Kind: rapport.KindReminder, At: Now(), Offer: asked.ID}}, "")
	f.ok(err)
	_, err = f.s.MessageOfOffer(f.Context(), f.ana, asked.ID)
	f.is(err, rapport.ErrNotFound)
	for _, id := range []string{m.Offer, swapped.ID} {
		got, err := f.s.MessageOfOffer(f.Context(), f.ana, id)
		f.ok(err)
		equal(f, "message", got, m)
	}
}

func past(f *fixture) {
	p, other, ended := f.pair(f.ana, mei), f.pair(f.ana, ken), f.pair(f.ana, yuki)
	foreign := f.pair(f.ben, mei)
	empty, err := f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "empty", empty, rapport.Past{})

	var want rapport.Past
	f.offer(p, rapport.Offer{ShownOn: today().AddDays(-396)})
	for _, ago := range []int{395, 10, 0} {
		o := f.offer(p, rapport.Offer{ShownOn: today().AddDays(-ago)})
		want.Offers = append([]rapport.Offer{o}, want.Offers...)
	}
	f.offer(other, rapport.Offer{ShownOn: today().AddDays(-22)})
	want.LeaderOffers = []rapport.Offer{f.offer(other, rapport.Offer{ShownOn: today().AddDays(-21)})}
	f.offer(ended, rapport.Offer{})
	f.ok(f.s.EndPair(f.Context(), f.ana, yuki, today(), ""))
	_, err = f.s.CreateOffer(f.Context(), f.ben, rapport.Offer{Pair: foreign.ID, Starter: "F-001", ShownOn: today()}, "")
	f.ok(err)

	for i, topic := range []string{"", "food", "sea", "craft", "", "music"} {
		r := recording(p, today().AddDays(i-10), rapport.Light)
		if topic != "" {
			o, err := f.s.CreateOffer(f.Context(), f.ana, rapport.Offer{
				Pair: p.ID, Starter: "F-00" + topic, Level: rapport.Factual, Topic: topic, ShownOn: today().AddDays(-500),
			}, "")
			f.ok(err)
			r.Offer = o.ID
		}
		rec, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
		f.ok(err)
		want.Talks = append([]rapport.Talk{rec.Talk}, want.Talks...)
	}
	want.Talks = want.Talks[:5]
	want.TalkTopics = []string{"music"}

	f.declined(p, "food", today().AddDays(-100))
	f.ok(f.s.SetWishes(f.Context(), f.meis(), store.Wishes{Welcome: []string{"food", "sport"}}, ""))
	want.Blocked, want.Welcome = []string{"food"}, []string{"sport"}
	for _, words := range []rapport.NoteText{"ferries", "old ferries"} {
		f.ok(f.s.SetTag(f.Context(), f.ana, p.ID, store.Interest, words, ""))
	}
	f.ok(f.s.SetTag(f.Context(), f.ana, p.ID, store.Strength, "calm", ""))
	want.Interest, want.Strength = "old ferries", "calm"

	got, err := f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "past", got, want)
	f.ok(f.s.SetTag(f.Context(), f.ana, p.ID, store.Strength, "", ""))
	got, err = f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "strength taken away", got.Strength, "")
}

// othersSeeNothing asks for Ana's things in the name of Ben, of Ana in another
// workspace, and for things that never were: the answers are all the same.
func othersSeeNothing(f *fixture) {
	p := f.pair(f.ana, mei)
	f.pair(f.ben, ken)
	o := f.offer(p, rapport.Offer{})
	plan, err := f.s.CreatePlan(f.Context(), f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Hour)}, nil, "")
	f.ok(err)
	before := f.again(p)

	type ask struct {
		who               string
		sc                rapport.Scope
		pair, offer, plan string
		person            string
	}
	asks := []ask{
		{"another leader", f.ben, p.ID, o.ID, plan.ID, mei},
		{"another workspace", rapport.Scope{Workspace: "another", Actor: ana}, p.ID, o.ID, plan.ID, mei},
		{"a stranger", rapport.Scope{Workspace: f.ws, Actor: "U0NOBODY"}, p.ID, o.ID, plan.ID, mei},
		{"what never was", f.ana, "none", "none", "none", "U0NOBODY"},
	}
	for _, a := range asks {
		for name, err := range f.everyScoped(a.sc, a.pair, a.offer, a.plan, a.person) {
			if !errors.Is(err, rapport.ErrNotFound) {
				f.Errorf("%s: %s = %v, want %v", a.who, name, err, rapport.ErrNotFound)
			}
		}
	}
	equal(f, "the pair, untouched", f.again(p), before)
}

// everyScoped calls every method that takes a scope and names a thing.
func (f *fixture) everyScoped(sc rapport.Scope, pair, offer, plan, person string) map[string]error {
	ctx, s := f.Context(), f.s
	errs := map[string]error{
		"EndPair":     s.EndPair(ctx, sc, person, today(), ""),
		"Snooze":      s.Snooze(ctx, sc, pair, today(), ""),
		"Restart":     s.Restart(ctx, sc, pair, today(), ""),
		"SetIntent":   s.SetIntent(ctx, sc, pair, today(), ""),
		"PassOffer":   s.PassOffer(ctx, sc, offer, today(), ""),
		"AddNote":     s.AddNote(ctx, sc, pair, rapport.Note{Text: "x", ExpiresOn: today()}, ""),
		"SetTag":      s.SetTag(ctx, sc, pair, store.Interest, "x", ""),
		"SetTag none": s.SetTag(ctx, sc, pair, store.Interest, "", ""),
	}
	_, errs["Pair"] = s.Pair(ctx, sc, person)
	_, errs["PairByID"] = s.PairByID(ctx, sc, pair)
	_, errs["Offer"] = s.Offer(ctx, sc, offer)
	_, errs["MessageOfOffer"] = s.MessageOfOffer(ctx, sc, offer)
	_, errs["CreateOffer"] = s.CreateOffer(ctx, sc, rapport.Offer{Pair: pair, Starter: "F-001"}, "")
	_, errs["SwapOffer"] = s.SwapOffer(ctx, sc, offer, rapport.Offer{Starter: "F-001"}, "")
	_, errs["RecordTalk"] = s.RecordTalk(ctx, sc, recording(rapport.Pair{ID: pair}, today(), rapport.Light), "")
	_, errs["Talks"] = s.Talks(ctx, sc, pair, today(), 5)
	_, errs["Notes"] = s.Notes(ctx, sc, pair, today())
	_, errs["CreatePlan"] = s.CreatePlan(ctx, sc, rapport.Plan{Pair: pair, At: Now()}, nil, "")
	_, errs["Plan"] = s.Plan(ctx, sc, plan)
	_, errs["TalkOfPlan"] = s.TalkOfPlan(ctx, sc, plan, today())
	return errs
}
