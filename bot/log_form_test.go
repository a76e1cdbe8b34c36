package bot_test

import (
	"strings"
	"testing"

	"innerview/bot"
	"innerview/rapport"
)

// TestWhatFollowsLogIsNotLost: what is typed without an outcome stands in the form,
// as it was typed, and what does not fit there is refused in words.
func TestWhatFollowsLogIsNotLost(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), catalog(t).Printer(rapport.English)
	leader.Runs("/innerview log @mei over lunch: R&D, <b> & ferries") // over is near open, and no outcome
	leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.light")).Submit().Expect(p.T("warm.light"))
	leader.Runs("/innerview note @mei")
	leader.Modal().Expect("over lunch: R&D, <b> & ferries").Close()

	leader.Runs("/innerview log @mei " + strings.Repeat("凧 ", 150)).
		Expect(p.T("error.note_long", "Length", 299, "Max", 280))
	leader.ExpectNoModal()
	leader.Runs("/innerview log @mei opend well").Expect("/innerview log @person")
	leader.ExpectNoModal()
	if n := len(f.talks(sarah, mei)); n != 1 {
		t.Errorf("%d talks, want 1", n)
	}
}

func TestNoNoteIsTakenWhereThereAreNone(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{Notes: rapport.NotesOff})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), catalog(t).Printer(rapport.English)
	leader.Runs("/innerview log @mei we talked of ferries").Expect(p.T("error.notes_off"))
	leader.ExpectNoModal()
	leader.Runs("/innerview log @mei")
	leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened")).Submit().Expect(p.T("warm.opened"))
}
