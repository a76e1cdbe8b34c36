package bot_test

import (
	"strings"
	"testing"

	"innerview/bot"
	"innerview/internal/slacksim/slacksimtest"
	"innerview/internal/store"
	"innerview/rapport"
)

// TestAPersonAddsTheirOwnWords: what is kept can be answered, not only erased, and
// the leader reads the answer under the note, and nowhere else.
func TestAPersonAddsTheirOwnWords(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{})
		w, lead := selfInBoth[leader.lang], f.User(leader.leader)
		p := f.words(leader)
		first, second := "Only in summer, really", "冬の船も好きです"
		name := map[string]string{mei: "@mei", tanaka: "@tanaka"}[w.person]
		f.leads(leader.leader, w.person)
		lead.Runs("/innerview note " + name + " likes ferries")

		me := f.looks(w)
		me.ExpectNoButton(p.T("word.button.remove")).Click(p.T("word.button.add"))
		form := f.User(w.person).Modal().Expect("likes ferries").Expect("<@" + leader.leader + ">")
		form.Fill(p.T("word.label"), " \n").Submit().ExpectError(p.T("word.label"), p.T("error.note_empty"))
		form.Fill(p.T("word.label"), first).Submit()
		me.Expect(p.T("word.mine", "Text", first)).ExpectNoButton(p.T("word.button.add"))
		lead.DM().ExpectCount(1) // the answer to what they typed themselves

		lead.Runs("/innerview brief " + name)
		lead.Modal().Expect("likes ferries").Expect(p.T("word.theirs", "Text", first)).Close()
		lead.Runs("/innerview note " + name)
		lead.Modal().Expect(p.T("word.theirs", "Text", first)).Close()
		f.editsTheNote(lead, name, p.T("brief.edit")).Expect(p.T("word.theirs", "Text", first)).Close()
		lead.Modal().Close()

		me.Click(p.T("word.button.change"))
		form = f.User(w.person).Modal()
		f.holds(w.person, "in_word", first)
		form.Fill(p.T("word.label"), second).Submit()
		me.Expect(second).ExpectNoMore(first)
		me.Click(p.T("word.button.remove")).ExpectNoMore(second).Expect(w.quote).ExpectButton(p.T("word.button.add"))
		lead.Runs("/innerview brief " + name)
		lead.Modal().Expect("likes ferries").ExpectNot(second).Close()
		f.nothingPosted(first, second, "likes ferries")
	})
}

// editsTheNote opens the form that edits the only note of a leader's on somebody.
func (f *office) editsTheNote(leader *slacksimtest.Person, name, edit string) *slacksimtest.Screen {
	f.t.Helper()
	leader.Runs("/innerview brief " + name)
	leader.Modal().Choose("note_menu", edit)
	return leader.Modal()
}

func TestTheirOwnWordsAreLookedAtToo(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{})
		w, p, text := selfInBoth[leader.lang], f.words(leader), touchyIn[leader.lang]
		name := map[string]string{mei: "@mei", tanaka: "@tanaka"}[w.person]
		f.leads(leader.leader, w.person)
		f.User(leader.leader).Runs("/innerview note " + name + " likes ferries")
		me := f.looks(w)
		me.Click(p.T("word.button.add"))
		form := f.User(w.person).Modal()
		for _, in := range []struct{ text, refusal string }{
			{text.red, p.T("error.word_private")},
			{text.disclosed, p.T("error.word_disclosed")},
			{text.label, p.T("error.word_label")},
			{text.amber, p.T("error.word_personal", "Days", rapport.PersonalDays)},
		} {
			form.Fill(p.T("word.label"), in.text).Submit().ExpectError(p.T("word.label"), in.refusal)
			f.holds(w.person, "in_word", in.text)
		}
		form.Choose(p.T("told.label"), p.T("word.tick")).Submit()
		me.Expect(text.amber)
		if got, want := f.kept(w.person)["likes ferries"], rapport.DateOf(f.Now()).AddDays(rapport.PersonalDays); got != want {
			t.Errorf("the note is kept until %v, want %v, as its answer touches private life", got, want)
		}
		me.Click(p.T("word.button.change")) // and may be saved as it is
		f.User(w.person).Modal().Submit()
		me.Expect(text.amber)
		f.nothingPosted(text.red, text.disclosed, text.amber)
	})
}

func TestNoWordsOnNotesTheyCannotRead(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{Notes: rapport.NotesPrivate, NoteDays: 180})
	f.leads(sarah, mei)
	f.User(sarah).Runs("/innerview note @mei likes ferries")
	w, p := selfInBoth[rapport.English], f.words(bothLanguages[0])
	f.looks(w).ExpectButton(w.remove).ExpectNoButton(p.T("word.button.add"))
}

// TestAWordOnALaterPage: after saving, the page that holds the note is shown.
func TestAWordOnALaterPage(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	leaders := []string{sarah, kimura, tanaka}
	for i, leader := range leaders {
		f.leads(leader, mei)
		sc := rapport.Scope{Workspace: f.id, Actor: leader}
		for range 26 {
			record := store.Recording{
				Pair: f.pair(leader, mei).ID, RhythmDays: 14, Today: rapport.DateOf(f.Now()),
				Talk: rapport.Talk{On: rapport.DateOf(f.Now()), Outcome: rapport.Light},
			}
			if _, err := f.store.RecordTalk(t.Context(), sc, record, ""); err != nil {
				t.Fatal(err)
			}
		}
		for range 8 {
			n := rapport.Note{Text: rapport.NoteText(strings.Repeat("x", i+1)), ExpiresOn: rapport.DateOf(f.Now()).AddDays(9)}
			if err := f.store.AddNote(t.Context(), sc, f.pair(leader, mei).ID, n, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := f.words(bothLanguages[0])
	me := f.looks(selfInBoth[rapport.English])
	me.ExpectNot("“xxx”").Click(p.T("home.next")).Expect("“xxx”").Click(p.T("word.button.add"))
	f.User(mei).Modal().Fill(p.T("word.label"), "only in summer").Submit()
	me.Expect("only in summer").Expect("“xxx”").ExpectButton(p.T("home.previous"))
}

// TestAWordHasAsMuchRoomAsANote counts characters, and not bytes.
func TestAWordHasAsMuchRoomAsANote(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.User(sarah).Runs("/innerview note @mei likes ferries")
	p := f.words(bothLanguages[0])
	me := f.looks(selfInBoth[rapport.English])
	me.Click(p.T("word.button.add"))
	form := f.User(mei).Modal()
	form.Fill(p.T("word.label"), strings.Repeat("あ", rapport.NoteMax)).Submit()
	me.Expect(strings.Repeat("あ", rapport.NoteMax))
}
