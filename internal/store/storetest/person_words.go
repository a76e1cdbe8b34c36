package storetest

import (
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

func myWords() []check {
	return []check{
		{"AddMyWord", addMyWord},
		{"AddMyWordIsForThePerson", addMyWordIsTheirs},
		{"AddMyWordOnPrivateLife", addMyWordPersonal},
		{"MyWordGoesWithItsNote", myWordGoes},
	}
}

// noted leaves a note of Ana's about a pair, and returns it.
func (f *fixture) noted(p rapport.Pair, text rapport.NoteText, days int) rapport.Note {
	f.Helper()
	f.ok(f.s.AddNote(f.Context(), f.ana, p.ID, rapport.Note{Text: text, ExpiresOn: today().AddDays(days)}, ""))
	for _, n := range f.notes(p) {
		if n.Text == text {
			return n
		}
	}
	f.Fatal("the note is not there")
	return rapport.Note{}
}

func (f *fixture) notes(p rapport.Pair) []rapport.Note {
	f.Helper()
	notes, err := f.s.Notes(f.Context(), f.ana, p.ID, today())
	f.ok(err)
	return notes
}

// add has Mei add a word to a note.
func (f *fixture) add(note string, text rapport.NoteText) {
	f.Helper()
	f.ok(f.s.AddMyWord(f.Context(), f.meis(), store.Addition{Note: note, Text: text, Today: today()}, ""))
}

func addMyWord(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	other := f.noted(p, "sings", 180)
	want := f.noted(p, "likes ferries", 180)
	f.add(want.ID, "only in summer")
	f.add(want.ID, "and only small ones")
	want.Word = rapport.Word{Text: "and only small ones", AddedAt: Now()}
	got, err := f.s.Note(ctx, f.ana, want.ID, today())
	f.ok(err)
	equal(f, "the leader's note", got, want)
	equal(f, "the leader's notes", f.notes(p), []rapport.Note{want, other})
	got, leader, err := f.s.NoteAboutMe(ctx, f.meis(), want.ID, today())
	f.ok(err)
	equal(f, "whose note it is", leader, ana)
	equal(f, "their own view", got, want)
	equal(f, "what is kept", f.about(rapport.NotesOpen, 1)[0].Notes, []rapport.Note{want, other})

	// Where the leader's words are held back, their own are not.
	for _, mode := range []rapport.NoteMode{rapport.NotesPrivate, rapport.NotesOff} {
		bare := want
		bare.Text = ""
		equal(f, "with "+string(mode), f.about(mode, 1)[0].Notes[0], bare)
	}

	edited := want
	edited.Text, edited.Kind = "likes ships", rapport.NoteValue
	f.ok(f.s.EditNote(ctx, f.ana, edited, ""))
	got, err = f.s.Note(ctx, f.ana, want.ID, today())
	f.ok(err)
	equal(f, "under an edited note", got, edited)

	f.ok(f.s.DeleteAboutMe(ctx, f.meis(), store.Item{Kind: store.ItemWord, ID: want.ID}, ""))
	edited.Word = rapport.Word{}
	equal(f, "without it", f.notes(p), []rapport.Note{edited, other})
	f.is(f.s.DeleteAboutMe(ctx, f.meis(), store.Item{Kind: store.ItemWord, ID: want.ID}, ""), rapport.ErrNotFound)

	f.ok(f.s.AddMyWord(ctx, f.meis(), store.Addition{Note: want.ID, Text: "once", Today: today()}, "view/1"))
	f.is(f.s.AddMyWord(ctx, f.meis(), store.Addition{Note: want.ID, Text: "twice", Today: today()}, "view/1"), store.ErrSeen)
	equal(f, "said once", f.notes(p)[0].Word.Text, "once")
}

// addMyWordIsTheirs: nobody else has a way to a word, and there is none to a note
// that is no more.
func addMyWordIsTheirs(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	f.pair(f.ana, ken)
	n := f.noted(p, "likes ferries", 180)
	f.add(n.ID, "only in summer")
	word := store.Addition{Note: n.ID, Text: "not mine", Today: today()}
	kens := rapport.Scope{Workspace: f.ws, Actor: ken}
	elsewhere := rapport.Scope{Workspace: "another", Actor: mei}
	for _, sc := range []rapport.Scope{f.ana, f.ben, kens, elsewhere} {
		f.is(f.s.AddMyWord(ctx, sc, word, ""), rapport.ErrNotFound)
		f.is(f.s.DeleteAboutMe(ctx, sc, store.Item{Kind: store.ItemWord, ID: n.ID}, ""), rapport.ErrNotFound)
		_, _, err := f.s.NoteAboutMe(ctx, sc, n.ID, today())
		f.is(err, rapport.ErrNotFound)
	}
	word.Note = "x"
	f.is(f.s.AddMyWord(ctx, f.meis(), word, ""), rapport.ErrNotFound)
	word.Note, word.Today = n.ID, n.ExpiresOn.AddDays(1)
	f.is(f.s.AddMyWord(ctx, f.meis(), word, ""), rapport.ErrNotFound)
	f.ok(f.s.EndPair(ctx, f.ana, mei, today(), ""))
	word.Today = today()
	f.is(f.s.AddMyWord(ctx, f.meis(), word, ""), rapport.ErrNotFound)
	left := f.about(rapport.NotesOpen, 1)[0].Notes[0].Word
	equal(f, "of a pair that ended", left.Text, "only in summer")
	f.ok(f.s.DeleteAboutMe(ctx, f.meis(), store.Item{Kind: store.ItemWord, ID: n.ID}, ""))
}

func addMyWordPersonal(f *fixture) {
	p := f.pair(f.ana, mei)
	long, short := f.noted(p, "hums", 180), f.noted(p, "sings", 10)
	for _, n := range []rapport.Note{long, short} {
		word := store.Addition{Note: n.ID, Text: "my family does", Personal: true, Today: today()}
		f.ok(f.s.AddMyWord(f.Context(), f.meis(), word, ""))
	}
	until := map[string]rapport.Date{long.ID: today().AddDays(rapport.PersonalDays), short.ID: short.ExpiresOn}
	for _, n := range f.notes(p) {
		equal(f, "the last day", n.ExpiresOn, until[n.ID])
		equal(f, "never longer", n.Renewed, true)
	}
}

func myWordGoes(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	again := func(days int) string {
		n := f.noted(p, "likes ferries", days)
		f.add(n.ID, "only in summer")
		return n.ID
	}
	// gone checks that a word is not there, were its note written anew.
	gone := func(what string) {
		f.Helper()
		items, err := f.s.Subject(ctx, f.ws, mei, true, Now())
		f.ok(err)
		for _, it := range items {
			if it.Kind == "word_on_note" {
				f.Errorf("%s: the word is still there", what)
			}
		}
	}
	f.ok(f.s.DeleteNote(ctx, f.ana, again(9), ""))
	gone("the leader deleted the note")
	f.ok(f.s.DeleteAboutMe(ctx, f.meis(), store.Item{Kind: store.ItemNote, ID: again(9)}, ""))
	gone("the person deleted the note")
	again(2)
	f.ok(f.s.Tidy(ctx, f.ws, today().AddDays(5).At(0, time.UTC)))
	gone("the note expired")
	again(9)
	f.ok(f.s.EraseAllAboutMe(ctx, f.meis(), ""))
	gone("all was erased")
	again(9)
	_, err := f.s.EraseSubject(ctx, f.ws, mei, true)
	f.ok(err)
	gone("the operator erased all")
	p = f.pair(f.ana, mei)
	again(9)
	f.ok(f.s.StepOut(ctx, f.meis(), today(), ""))
	gone("they stepped out")
}
