package storetest

import (
	"slices"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

func subjectSide() []check {
	return []check{
		{"Subject", subject},
		{"SubjectOfNobody", subjectOfNobody},
		{"SubjectTellsOfNoRest", subjectTellsOfNoRest},
		{"EraseSubject", eraseSubject},
		{"EraseWhoSteppedOut", eraseWhoSteppedOut},
	}
}

// subjectTellsOfNoRest: a leader who asks for what is kept does not learn that the
// person rests, or what they leave alone, from the messages that did not go.
func subjectTellsOfNoRest(f *fixture) {
	ctx := f.Context()
	for i, stop := range []func(sc rapport.Scope) error{
		func(sc rapport.Scope) error { return f.s.Rest(ctx, sc, today().AddDays(9), "") },
		func(sc rapport.Scope) error {
			return f.s.SetWishes(ctx, sc, store.Wishes{Blocked: []string{"craft"}}, "")
		},
		func(sc rapport.Scope) error { return f.s.EndPair(ctx, f.ana, sc.Actor, today(), "") },
	} {
		person := []string{mei, ken, yuki}[i]
		f.nudge(f.pair(f.ana, person), today())
		f.ok(stop(rapport.Scope{Workspace: f.ws, Actor: person}))
	}
	reasons := func(user string) (found []string) {
		items, err := f.s.Subject(ctx, f.ws, user, true, Now())
		f.ok(err)
		for _, it := range items {
			if it.Kind == "message" {
				found = append(found, it.Detail["state"]+" "+it.Detail["reason"])
			}
		}
		return found
	}
	equal(f, "to the leader", reasons(ana), []string{"failed ", "failed ", "failed "})
	equal(f, "to the person", reasons(mei), []string{"failed resting"})
}

// everywhereKnown makes Mei a person of Ana's and a leader of Ken's, with something
// of each kind.
func (f *fixture) everywhereKnown() (asPerson, asLeader rapport.Pair) {
	f.Helper()
	ctx, sc := f.Context(), f.meis()
	asPerson = f.pair(f.ana, mei)
	f.wrote(asPerson)
	f.add(f.notes(asPerson)[0].ID, "only in summer")
	asLeader = f.pair(sc, ken)
	f.ok(f.s.AddNote(ctx, sc, asLeader.ID, rapport.Note{Text: "builds kites", ExpiresOn: today().AddDays(90)}, "action/"+mei+"/1/2"))
	f.ok(f.s.SetOwnWords(ctx, sc, store.OwnIntent, "", "to be heard", ""))
	f.ok(f.s.SetOwnWords(ctx, sc, store.OwnShare, "F-001", "my own lunch", ""))
	f.ok(f.s.SetWishes(ctx, sc, store.Wishes{Welcome: []string{"craft"}, Blocked: []string{"music"}}, ""))
	f.ok(f.s.Rest(ctx, sc, today().AddDays(3), ""))
	f.claimNotice(mei, Now(), true)
	f.ok(f.s.SaveProfile(ctx, f.ws, mei, rapport.Profile{Zone: "Asia/Tokyo", Language: rapport.Japanese, At: Now()}))
	return asPerson, asLeader
}

func subject(f *fixture) {
	f.everywhereKnown()
	ctx := f.Context()
	bare, err := f.s.Subject(ctx, f.ws, mei, false, Now())
	f.ok(err)
	full, err := f.s.Subject(ctx, f.ws, mei, true, Now())
	f.ok(err)
	equal(f, "as many with texts", len(full), len(bare))
	var kinds, words []string
	for i, it := range full {
		kinds = append(kinds, it.Role+" "+it.Kind)
		if it.Text != "" {
			words = append(words, it.Text.Reveal())
		}
		it.Detail, it.Text = nil, ""
		equal(f, "without texts", bare[i], it)
	}
	slices.Sort(kinds)
	equal(f, "kinds", slices.Compact(kinds), []string{
		"leader note", "leader own_intent", "leader own_share", "leader pair", "leader settings",
		"member notice", "member profile", "member rest", "member topic_left_alone", "member topic_welcome",
		"person coffee", "person idea", "person in_common", "person interest", "person message", "person note",
		"person pair", "person promise", "person talk", "person topic_left_alone", "person word_on_note",
	})
	slices.Sort(words)
	equal(f, "texts", words, []string{
		"both sail", "builds kites", "ferries", "lend the book", "likes ferries", "my own lunch", "only in summer", "to be heard",
	})
	for _, it := range full {
		switch {
		case it.Kind == "note" && it.Role == "person":
			equal(f, "a note", it, store.SubjectItem{
				Role: "person", With: ana, Kind: "note", On: today(), Until: today().AddDays(180),
				Detail: map[string]string{"kind": "fact"}, Text: "likes ferries",
			})
		case it.Kind == "pair" && it.Role == "leader":
			equal(f, "a pair", it, store.SubjectItem{
				Role: "leader", With: ken, Kind: "pair", On: today(), Detail: map[string]string{
					"state": "active", "origin": "leader", "next_on": rapport.AtOnce.String(), "may_be_asked": "factual",
				},
			})
		}
	}
}

func subjectOfNobody(f *fixture) {
	f.pair(f.ana, mei)
	items, err := f.s.Subject(f.Context(), f.ws, "U0NOBODY", true, Now())
	f.ok(err)
	equal(f, "items", len(items), 0)
	items, err = f.s.Subject(f.Context(), "another", mei, true, Now())
	f.ok(err)
	equal(f, "items of another workspace", len(items), 0)
	done, err := f.s.EraseSubject(f.Context(), f.ws, "U0NOBODY", false)
	f.ok(err)
	equal(f, "erased", done, store.Erased{})
	f.again(f.pair(f.ana, mei))
}

func eraseSubject(f *fixture) {
	ctx := f.Context()
	gone, led := f.everywhereKnown()
	other := f.pair(f.ana, yuki)
	f.ok(f.s.AddNote(ctx, f.ana, other.ID, rapport.Note{Text: "sings", ExpiresOn: today().AddDays(9)}, ""))
	f.ok(f.s.EndPair(ctx, f.meis(), ken, today(), ""))
	done, err := f.s.EraseSubject(ctx, f.ws, mei, false)
	f.ok(err)
	equal(f, "erased", done, store.Erased{Known: true, Pairs: 2})
	items, err := f.s.Subject(ctx, f.ws, mei, true, Now())
	f.ok(err)
	equal(f, "left", items, nil)
	members, err := f.s.Members(ctx, f.ws, []string{mei, ken, yuki})
	f.ok(err)
	equal(f, "members", len(members), 1) // nobody else keeps Ken in mind
	notes, err := f.s.Notes(ctx, f.ana, other.ID, today())
	f.ok(err)
	equal(f, "notes on others", len(notes), 1)

	// They are nobody special: they can be added, and begin anew.
	fresh := f.pair(f.ana, mei)
	if fresh.ID == gone.ID || fresh.ID == led.ID {
		f.Error("an erased pair came back")
	}
	about := f.about(rapport.NotesOpen, 1)[0]
	equal(f, "kept of the new pair", len(about.Notes)+len(about.Talks)+len(about.Blocked), 0)
	f.ok(f.s.Snooze(ctx, f.ana, fresh.ID, today(), "action/"+mei+"/1/2"))
}

func eraseWhoSteppedOut(f *fixture) {
	ctx := f.Context()
	f.everywhereKnown()
	f.ok(f.s.StepOut(ctx, f.meis(), today().AddDays(-7), ""))
	for range 2 {
		done, err := f.s.EraseSubject(ctx, f.ws, mei, false)
		f.ok(err)
		equal(f, "stepped out", done.SteppedOutOn, today().AddDays(-7))
		members, err := f.s.Members(ctx, f.ws, []string{mei})
		f.ok(err)
		equal(f, "member", members[mei], rapport.Member{ID: mei, SteppedOutOn: today().AddDays(-7)})
	}
	_, _, err := f.s.AddPair(ctx, f.ana, mei, store.NewPair{}, today(), "")
	f.kind(err, rapport.Forbidden, "error.opted_out")
	f.ok(f.s.Tidy(ctx, f.ws, Now().Add(900*24*time.Hour)))
	_, _, err = f.s.AddPair(ctx, f.ana, mei, store.NewPair{}, today(), "")
	f.kind(err, rapport.Forbidden, "error.opted_out")

	done, err := f.s.EraseSubject(ctx, f.ws, mei, true)
	f.ok(err)
	equal(f, "forgotten", done, store.Erased{Known: true})
	items, err := f.s.Subject(ctx, f.ws, mei, true, Now())
	f.ok(err)
	equal(f, "left", items, nil)
	f.pair(f.ana, mei)
}
