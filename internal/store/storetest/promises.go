package storetest

import (
	"errors"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// wordChecks are the tests of what leaders write, and of putting records right.
func wordChecks() []check {
	return []check{
		{"RecordTalkWithWords", recordTalkWithWords},
		{"LatePromiseHoldsTheDepth", lateHolds},
		{"CircumstancesAreThePairs", circumstancesHold},
		{"ChangeAndRemoveTalk", changeTalk},
		{"ChangeTalkMovesThePace", changeTalkMovesThePace},
		{"ChangeTalkLiftsTheBlock", changeTalkLiftsTheBlock},
		{"CorrectionsEnd", correctionsEnd},
		{"UndoRise", undoRise},
		{"NotesChange", notesChange},
		{"Promises", promises},
		{"PromisesBringTheirPairUp", promisesCall},
		{"PromisesAreBroughtUpOnce", promisesBroughtUp},
		{"PromisesWaitAgain", promisesWaitAgain},
		{"Commons", commons},
		{"PrivateLife", privateLife},
		{"PayloadsAboutWordsActOnce", wordsActOnce},
		{"OthersSeeNoWords", othersSeeNoWords},
		{"MessagesAboutWhatIsSettled", settledSince},
	}
}

// promise keeps a promise of one of Ana's pairs and returns it.
func (f *fixture) promise(p rapport.Pair, text rapport.NoteText, due rapport.Date) rapport.Promise {
	f.Helper()
	f.ok(f.s.AddPromise(f.Context(), f.ana, p.ID, rapport.Promise{Text: text, MadeOn: today(), DueOn: due}, ""))
	for _, made := range f.promises(p) {
		if made.Text == text {
			return made
		}
	}
	f.Fatal("the promise is not there")
	return rapport.Promise{}
}

func (f *fixture) promises(p rapport.Pair) []rapport.Promise {
	f.Helper()
	all, err := f.s.Promises(f.Context(), f.ana, p.ID, today())
	f.ok(err)
	return all
}

func promises(f *fixture) {
	ctx := f.Context()
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	equal(f, "none", f.promises(p), nil)
	late := f.promise(p, "lend the book 凧", today().AddDays(9))
	soon := f.promise(p, "ask about the desk", today().AddDays(2))
	equal(f, "by their day", f.promises(p), []rapport.Promise{soon, late})
	equal(f, "one", late, rapport.Promise{
		ID: late.ID, Pair: p.ID, Text: "lend the book 凧", State: rapport.PromiseOpen, MadeOn: today(), DueOn: today().AddDays(9),
	})
	err := f.s.AddPromise(ctx, f.ana, p.ID, rapport.Promise{Text: "x", DueOn: today()}, "")
	f.kind(err, rapport.Invalid, "error.promises_full")
	f.promise(other, "of another pair", today())

	open, err := f.s.OpenPromises(ctx, f.ana, today())
	f.ok(err)
	if len(open) != 3 || open[0].Text != "of another pair" || open[2] != late {
		f.Errorf("open promises = %+v, want all three by their day", open)
	}
	none, err := f.s.OpenPromises(ctx, f.ben, today())
	f.ok(err)
	equal(f, "another leader's", len(none), 0)

	f.ok(f.s.ClosePromise(ctx, f.ana, soon.ID, rapport.PromiseKept, today().AddDays(1), ""))
	soon.State, soon.ClosedOn = rapport.PromiseKept, today().AddDays(1)
	late.Text, late.DueOn = "lend both books", today().AddDays(12)
	f.ok(f.s.EditPromise(ctx, f.ana, late, ""))
	equal(f, "open first", f.promises(p), []rapport.Promise{late, soon})
	got, err := f.s.Promise(ctx, f.ana, late.ID, today())
	f.ok(err)
	equal(f, "read alone", got, late)

	for _, err := range []error{
		f.s.ClosePromise(ctx, f.ana, soon.ID, rapport.PromiseWithdrawn, today(), ""), f.s.EditPromise(ctx, f.ana, soon, ""),
	} {
		f.kind(err, rapport.Conflict, "error.promise_closed")
	}
	f.ok(f.s.ClosePromise(ctx, f.ana, late.ID, rapport.PromiseWithdrawn, today().AddDays(2), ""))
	equal(f, "the newest of the closed first", f.promises(p)[0].ID, late.ID)
	f.ok(f.s.DeletePromise(ctx, f.ana, late.ID, ""))
	equal(f, "left", f.promises(p), []rapport.Promise{soon})

	equal(f, "of the other pair", len(f.promises(other)), 1)
	f.ok(f.s.Tidy(ctx, f.ws, Now().AddDate(0, 0, 32))) // 31 days after closing: the day may still last somewhere
	equal(f, "30 days after closing", len(f.promises(p)), 1)
	f.ok(f.s.Tidy(ctx, f.ws, Now().AddDate(0, 0, 33)))
	equal(f, "and then", len(f.promises(p)), 0)
	equal(f, "an open one stays", len(f.promises(other)), 1)
}

func commons(f *fixture) {
	ctx := f.Context()
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	kept := func(p rapport.Pair) []rapport.Common {
		all, err := f.s.Commons(ctx, f.ana, p.ID, today())
		f.ok(err)
		return all
	}
	equal(f, "none", kept(p), nil)
	f.ok(f.sharing(p, "both row ☕"))
	f.ok(f.sharing(p, "same bakery"))
	f.ok(f.sharing(other, "of another pair"))
	all := kept(p)
	if len(all) != 2 || all[0].Text != "same bakery" || all[1].Text != "both row ☕" || all[0].CreatedOn != today() {
		f.Fatalf("commons = %+v, want the two, newest first", all)
	}
	one, err := f.s.Common(ctx, f.ana, all[1].ID, today())
	f.ok(err)
	equal(f, "its pair", one.Pair, p.ID)
	f.ok(f.s.DeleteCommon(ctx, f.ana, all[1].ID, ""))
	equal(f, "left", kept(p), all[:1])
	for range rapport.CommonsPerPair - 1 {
		f.ok(f.sharing(p, "x"))
	}
	f.kind(f.sharing(p, "x"), rapport.Invalid, "error.commons_full")
	equal(f, "of the other pair", len(kept(other)), 1)
}

// privateLife is destroyed after its last day, whatever kind of text it is, and
// what is not private stays.
func privateLife(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	r := recording(p, today(), rapport.Opened)
	r.Note, r.Hope, r.NoteDays, r.Common, r.Interest, r.Strength = "a", "b", 180, "c", "d", "e"
	r.Promise, r.PromiseDue = "f", today().AddDays(14)
	r.Personal = []rapport.NoteText{"a", "c", "d", "f"}
	_, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	last := today().AddDays(rapport.PersonalDays)
	sc := rapport.Scope{Workspace: f.ws, Actor: mei}
	days := func() map[rapport.NoteText]rapport.Date {
		kept, err := f.s.KeptAboutMe(ctx, sc, rapport.NotesOpen, today())
		f.ok(err)
		found := map[rapport.NoteText]rapport.Date{}
		for _, n := range kept[0].Notes {
			found[n.Text] = n.ExpiresOn
		}
		for _, made := range kept[0].Promises {
			found[made.Text] = made.KeptUntil()
		}
		for _, c := range kept[0].Commons {
			found[c.Text] = c.ExpiresOn
		}
		for _, t := range kept[0].Tags {
			found[t.Text] = t.ExpiresOn
		}
		return found
	}
	ordinary := map[rapport.NoteText]rapport.Date{"b": today().AddDays(180), "e": {}}
	equal(f, "kept until", days(), map[rapport.NoteText]rapport.Date{
		"a": last, "b": ordinary["b"], "c": last, "d": last, "e": {}, "f": last,
	})
	notes, err := f.s.Notes(ctx, f.ana, p.ID, today())
	f.ok(err)
	for _, n := range notes {
		if n.Text == "a" {
			f.kind(f.s.RenewNote(ctx, f.ana, n.ID, 180, ""), rapport.Conflict, "error.note_renewed")
		}
	}
	f.ok(f.s.Tidy(ctx, f.ws, last.At(23*60, time.UTC)))
	equal(f, "on the last day", len(days()), 6)
	f.ok(f.s.Tidy(ctx, "another", last.AddDays(9).At(0, time.UTC)))
	equal(f, "elsewhere", len(days()), 6)
	f.ok(f.s.Tidy(ctx, f.ws, last.AddDays(1).At(12*60, time.UTC)))
	equal(f, "when it is over everywhere", days(), ordinary)

	// What replaces it is not private.
	f.ok(f.s.SetTag(ctx, f.ana, p.ID, store.Interest, "x", ""))
	equal(f, "a new interest", days()["x"], rapport.Date{})
}

func notesChange(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	f.ok(f.s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "first", ExpiresOn: today().AddDays(90), AskOn: today()}, ""))
	f.ok(f.s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "second", ExpiresOn: today().AddDays(90)}, ""))
	notes, err := f.s.Notes(ctx, f.ana, p.ID, today())
	f.ok(err)
	second, n := notes[0], notes[1]
	equal(f, "worth coming back to", n.AskOn, today())

	n.Text, n.Kind, n.AskOn = "first, and more", rapport.NoteHope, today().AddDays(3)
	edited := n
	edited.ExpiresOn = today().AddDays(300) // which editing does not change
	f.ok(f.s.EditNote(ctx, f.ana, edited, ""))
	got, err := f.s.Note(ctx, f.ana, n.ID, today())
	f.ok(err)
	equal(f, "edited", got, n)

	f.ok(f.s.RenewNote(ctx, f.ana, n.ID, 90, ""))
	n.ExpiresOn, n.Renewed = today().AddDays(180), true
	got, err = f.s.Note(ctx, f.ana, n.ID, today())
	f.ok(err)
	equal(f, "renewed", got, n)
	f.kind(f.s.RenewNote(ctx, f.ana, n.ID, 90, ""), rapport.Conflict, "error.note_renewed")

	f.ok(f.s.DeleteNote(ctx, f.ana, n.ID, ""))
	notes, err = f.s.Notes(ctx, f.ana, p.ID, today())
	f.ok(err)
	equal(f, "left", notes, []rapport.Note{second})
	f.is(f.s.EditNote(ctx, f.ana, n, ""), rapport.ErrNotFound)
}

func recordTalkWithWords(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	r := recording(p, today(), rapport.Opened)
	r.Note, r.Hope, r.Support, r.NoteDays = "note", "hope", "support", 30
	r.Common, r.Interest, r.Strength = "common", "kites", "maps"
	r.Promise, r.PromiseDue = "promise", today().AddDays(14)
	rec, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	equal(f, "open promises", rec.Promises, 1)
	notes, err := f.s.Notes(ctx, f.ana, p.ID, today())
	f.ok(err)
	kinds := map[rapport.NoteKind]string{}
	for _, n := range notes {
		kinds[n.Kind] = n.Text.Reveal()
		equal(f, "kept until", n.ExpiresOn, today().AddDays(30))
	}
	equal(f, "notes", kinds, map[rapport.NoteKind]string{
		rapport.NoteFact: "note", rapport.NoteHope: "hope", rapport.NoteSupport: "support",
	})
	interest, strength, err := f.s.Tags(ctx, f.ws, p.ID, today())
	f.ok(err)
	equal(f, "tags", interest+" "+strength, "kites maps")
	commons, err := f.s.Commons(ctx, f.ana, p.ID, today())
	f.ok(err)
	equal(f, "commons", len(commons), 1)
	made := f.promises(p)
	equal(f, "promise", made, []rapport.Promise{{
		ID: made[0].ID, Pair: p.ID, Text: "promise", State: rapport.PromiseOpen, MadeOn: today(), DueOn: today().AddDays(14),
	}})

	// A third promise undoes all of it.
	f.promise(p, "second", today())
	before := f.again(p)
	_, err = f.s.RecordTalk(ctx, f.ana, r, "")
	f.kind(err, rapport.Invalid, "error.promises_full")
	equal(f, "pair", f.again(p), before)
	commons, err = f.s.Commons(ctx, f.ana, p.ID, today())
	f.ok(err)
	equal(f, "commons", len(commons), 1)
}

// lateHolds tells the same story twice: with and without a promise that nobody
// has come back to.
func lateHolds(f *fixture) {
	tests := []struct {
		name   string
		person string
		due    int // days before the last talk, 0 for no promise
		want   rapport.Depth
	}{
		{"no promise", mei, 0, rapport.Causative},
		{"one a while ago", ken, 14, rapport.Causative},
		{"one long ago", yuki, 15, rapport.Factual},
	}
	for _, tt := range tests {
		p := f.pair(f.ana, tt.person)
		if tt.due > 0 {
			f.promise(p, "x", today().AddDays(-tt.due))
		}
		var rec store.Recorded
		for _, ago := range []int{28, 14, 0} {
			rec = f.talk(p, today().AddDays(-ago), rapport.Opened)
		}
		equal(f, tt.name, rec.After.History.Pace().Depth, tt.want)
	}
}

func circumstancesHold(f *fixture) {
	p := f.pair(f.ana, mei)
	rec := f.talk(p, today(), rapport.Light)
	held := rec.After.History.Events[0].Circumstances.HoldValues
	equal(f, "without circumstances", held, false)
	// A promise made in the talk itself is not late, whatever its day.
	r := recording(p, today(), rapport.Light)
	r.Promise, r.PromiseDue = "x", today().AddDays(-20)
	rec, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.ok(err)
	last := rec.After.History.Events[len(rec.After.History.Events)-1]
	equal(f, "late", last.Circumstances.PromiseLate, false)
}

// othersSeeNoWords is [othersSeeNothing] for what hangs on a pair.
func othersSeeNoWords(f *fixture) {
	ctx, s := f.Context(), f.s
	p := f.pair(f.ana, mei)
	r := recording(p, today(), rapport.Light)
	r.Note, r.NoteDays, r.Common, r.Promise, r.PromiseDue = "x", 30, "x", "x", today()
	rec, err := s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	notes, err := s.Notes(ctx, f.ana, p.ID, today())
	f.ok(err)
	commons, err := s.Commons(ctx, f.ana, p.ID, today())
	f.ok(err)
	note, common, promise := notes[0], commons[0], f.promises(p)[0]
	for _, sc := range []rapport.Scope{f.ben, {Workspace: "another", Actor: ana}, {Workspace: f.ws, Actor: mei}} {
		_, noNote := s.Note(ctx, sc, note.ID, today())
		_, noCommon := s.Common(ctx, sc, common.ID, today())
		_, noPromise := s.Promise(ctx, sc, promise.ID, today())
		_, noTalk := s.Talk(ctx, sc, rec.Talk.ID, today())
		_, noCommons := s.Commons(ctx, sc, p.ID, today())
		_, noPromises := s.Promises(ctx, sc, p.ID, today())
		_, noUndo := s.UndoRise(ctx, sc, p.ID, today(), "")
		_, noChange := s.ChangeTalk(ctx, sc, store.Correction{Talk: rec.Talk.ID, On: today(), Outcome: rapport.Missed, Today: today()}, "")
		_, noRemoval := s.RemoveTalk(ctx, sc, rec.Talk.ID, 14, "")
		for name, err := range map[string]error{
			"Note": noNote, "Common": noCommon, "Promise": noPromise, "Talk": noTalk, "Commons": noCommons,
			"Promises": noPromises, "UndoRise": noUndo, "ChangeTalk": noChange, "RemoveTalk": noRemoval,
			"AddPromise":    s.AddPromise(ctx, sc, p.ID, promise, ""),
			"EditNote":      s.EditNote(ctx, sc, note, ""),
			"EditPromise":   s.EditPromise(ctx, sc, promise, ""),
			"PromisesSeen":  s.PromisesSeen(ctx, sc, p.ID, today()),
			"ClosePromise":  s.ClosePromise(ctx, sc, promise.ID, rapport.PromiseKept, today(), ""),
			"RenewNote":     s.RenewNote(ctx, sc, note.ID, 90, ""),
			"DeleteNote":    s.DeleteNote(ctx, sc, note.ID, ""),
			"DeletePromise": s.DeletePromise(ctx, sc, promise.ID, ""),
			"DeleteCommon":  s.DeleteCommon(ctx, sc, common.ID, ""),
		} {
			if !errors.Is(err, rapport.ErrNotFound) {
				f.Errorf("%+v: %s = %v, want %v", sc, name, err, rapport.ErrNotFound)
			}
		}
	}
	again, err := s.Note(ctx, f.ana, note.ID, today())
	f.ok(err)
	equal(f, "the note, untouched", again, note)
	equal(f, "the promise, untouched", f.promises(p), []rapport.Promise{promise})
	equal(f, "the pair, untouched", f.again(p), rec.After)
}

func wordsActOnce(f *fixture) {
	ctx, s, p := f.Context(), f.s, f.pair(f.ana, mei)
	f.ok(s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "x", ExpiresOn: today()}, ""))
	f.ok(s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "x", ExpiresOn: today()}, ""))
	notes, err := s.Notes(ctx, f.ana, p.ID, today())
	f.ok(err)
	f.ok(f.sharing(p, "x"))
	shared, err := s.Commons(ctx, f.ana, p.ID, today())
	f.ok(err)
	vow, talk := f.promise(p, "x", today()), f.talk(p, today(), rapport.Light).Talk
	removed := f.talk(p, today(), rapport.Light).Talk
	f.repeat(p, []payload{
		{"EditNote", func(key string) error { return s.EditNote(ctx, f.ana, notes[0], key) }},
		{"RenewNote", func(key string) error { return s.RenewNote(ctx, f.ana, notes[0].ID, 30, key) }},
		{"DeleteNote", func(key string) error { return s.DeleteNote(ctx, f.ana, notes[1].ID, key) }},
		{"AddPromise", func(key string) error { return s.AddPromise(ctx, f.ana, p.ID, vow, key) }},
		{"EditPromise", func(key string) error { return s.EditPromise(ctx, f.ana, vow, key) }},
		{"ClosePromise", func(key string) error {
			return s.ClosePromise(ctx, f.ana, vow.ID, rapport.PromiseKept, today(), key)
		}},
		{"DeletePromise", func(key string) error { return s.DeletePromise(ctx, f.ana, vow.ID, key) }},
		{"DeleteCommon", func(key string) error { return s.DeleteCommon(ctx, f.ana, shared[0].ID, key) }},
		{"ChangeTalk", func(key string) error {
			_, err := s.ChangeTalk(ctx, f.ana, correction(talk, today(), rapport.Missed), key)
			return err
		}},
		{"RemoveTalk", func(key string) error {
			_, err := s.RemoveTalk(ctx, f.ana, removed.ID, rapport.DefaultRhythm, key)
			return err
		}},
	})
}

// settledSince plans a message about a promise and one about a note, and settles
// both before they are sent.
func settledSince(f *fixture) {
	ctx, p, other := f.Context(), f.pair(f.ana, mei), f.pair(f.ana, ken)
	made := f.promise(p, "x", today())
	f.ok(f.s.AddNote(ctx, f.ana, other.ID, rapport.Note{Text: "x", ExpiresOn: today().AddDays(30), AskOn: today()}, ""))
	notes, err := f.s.Notes(ctx, f.ana, other.ID, today())
	f.ok(err)
	over := func(p rapport.Pair, about rapport.About, item string) func() bool {
		n := nudgeOf(p, today())
		n.Offer, n.Message.About, n.Message.Item = rapport.Offer{}, about, item
		planned, err := f.s.PlanNudge(ctx, f.ws, n)
		f.ok(err)
		equal(f, "planned", planned, true)
		id := f.message(n.Message.Key).ID
		return func() bool {
			d, err := f.s.Delivery(ctx, f.ws, id)
			f.ok(err)
			return d.Over
		}
	}
	promise, note := over(p, rapport.AboutPromise, made.ID), over(other, rapport.AboutNote, notes[0].ID)
	equal(f, "open", [2]bool{promise(), note()}, [2]bool{false, false})
	f.ok(f.s.ClosePromise(ctx, f.ana, made.ID, rapport.PromiseKept, today(), ""))
	equal(f, "kept", [2]bool{promise(), note()}, [2]bool{true, false})
	f.ok(f.s.DeleteNote(ctx, f.ana, notes[0].ID, ""))
	equal(f, "and deleted", [2]bool{promise(), note()}, [2]bool{true, true})
}
