package storetest

import (
	"innerview/internal/store"
	"innerview/rapport"
)

func ownWords(f *fixture) {
	set := func(kind store.OwnKind, starter string, words rapport.NoteText) error {
		return f.s.SetOwnWords(f.Context(), f.ana, kind, starter, words, "")
	}
	get := func(sc rapport.Scope, kind store.OwnKind, starter string) rapport.NoteText {
		f.Helper()
		words, err := f.s.OwnWords(f.Context(), sc, kind, starter)
		f.ok(err)
		return words
	}
	f.is(set(store.OwnIntent, "", "heard"), rapport.ErrNotFound)
	equal(f, "nothing yet", get(f.ana, store.OwnIntent, ""), "")
	f.pair(f.ana, mei)
	f.ok(set(store.OwnIntent, "", "heard"))
	f.ok(set(store.OwnIntent, "", "heard, and glad"))
	f.ok(set(store.OwnShare, "F-001", "I bake"))
	f.ok(set(store.OwnShare, "F-002", "I row"))
	f.ok(set(store.OwnShare, "F-002", ""))
	equal(f, "intent", get(f.ana, store.OwnIntent, ""), "heard, and glad")
	equal(f, "share", get(f.ana, store.OwnShare, "F-001"), "I bake")
	equal(f, "share taken away", get(f.ana, store.OwnShare, "F-002"), "")
	equal(f, "another's", get(f.ben, store.OwnIntent, ""), "")

	f.ok(f.s.EndMember(f.Context(), f.ws, ana, today()))
	equal(f, "of who has left", get(f.ana, store.OwnIntent, ""), "")
}

// ownWordsTravel: a message brings what the leader wrote for themselves.
func ownWordsTravel(f *fixture) {
	p := f.pair(f.ana, mei)
	f.ok(f.s.SetOwnWords(f.Context(), f.ana, store.OwnShare, "C-001", "I bake", ""))
	f.ok(f.s.SetOwnWords(f.Context(), f.ana, store.OwnIntent, "", "heard", ""))
	d, err := f.s.Delivery(f.Context(), f.ws, f.nudge(p, today()).ID)
	f.ok(err)
	equal(f, "share", d.Share, "I bake")
	equal(f, "intent in a nudge", d.Intent, "")
	for on, want := range map[rapport.Date]rapport.NoteText{
		rapport.NewDate(2026, 12, 1): "",      // the week of 30 November
		rapport.NewDate(2026, 12, 7): "heard", // the first Monday
		rapport.NewDate(2027, 1, 8):  "heard", // the week of 4 January
		rapport.NewDate(2027, 1, 11): "",
	} {
		d, err := f.s.DigestNow(f.Context(), f.ana, on)
		f.ok(err)
		equal(f, "intent on "+on.String(), d.Intent, want)
	}
}
