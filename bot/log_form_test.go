package bot_test

import (
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/rapport"
)

// TestWhatFollowsLogIsNotLost: what is typed without an outcome stands in the form,
// as it was typed, and what is too long to keep may be shortened there.
func TestWhatFollowsLogIsNotLost(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), catalog(t).Printer(rapport.English)
	leader.Runs("/innerview log @mei over lunch: R&D, <b> & ferries") // over is near open, and no outcome
	leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.light")).Submit().Expect(p.T("warm.light"))
	leader.Runs("/innerview note @mei")
	leader.Modal().Expect("over lunch: R&D, <b> & ferries").Close()

	leader.Runs("/innerview log @mei " + strings.Repeat("凧 ", 150))
	form := leader.Modal().Expect(p.T("error.note_long", "Length", 299, "Max", 280))
	form.Choose(p.T("talk.outcome"), p.T("outcome.light")).Submit()
	form.ExpectError(p.T("note.label"), p.T("error.note_long", "Length", 299, "Max", 280)).Close()
	leader.Runs("/innerview log @mei light " + strings.Repeat("凧", 3001)).
		Expect(p.T("error.note_long", "Length", 3001, "Max", 280)) // more than a form has room for
	leader.ExpectNoModal()
	leader.Runs("/innerview log @mei opend well").Expect(p.T("error.outcome_near", "Word", "opened"))
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

// TestTheDayThatWasTypedStandsInTheForm: with the note behind it; and a day that cannot
// be is asked for again, with all that was typed.
func TestTheDayThatWasTypedStandsInTheForm(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		word := map[rapport.Language]struct{ yesterday, opened string }{
			rapport.English: {"yesterday", "opened"}, rapport.Japanese: {"昨日", "広がった"},
		}[w.lang]
		for text, want := range map[string]struct{ day, note string }{
			word.yesterday:                       {"2026-10-06", ""},
			word.yesterday + " early trains":     {"2026-10-06", "early trains"},
			"2026-10-01 early trains":            {"2026-10-01", "early trains"},
			"early trains":                       {"2026-10-07", "early trains"},
			"2026-09-01 early trains":            {"2026-09-01", "early trains"},
			word.opened + " 2026-09-01 early on": {"2026-09-01", "early on"},
		} {
			leader.Runs("/innerview log @mei " + text)
			form := leader.Modal()
			f.holds(w.leader, "in_note", want.note)
			f.holds(w.leader, "in_day", want.day)
			if strings.Contains(text, "09-01") {
				form.Expect(p.T("error.talk_day"))
			} else {
				form.ExpectNot(p.T("error.talk_day"))
			}
			form.Close()
		}
		leader.Runs("/innerview log @mei " + word.yesterday + " " + word.opened + " early trains").Expect(w.warm).ExpectNot("early")
		if got := f.talks(w.leader, mei); len(got) != 1 || got[0].On != rapport.NewDate(2026, 10, 6) || got[0].Outcome != rapport.Opened {
			t.Errorf("talks = %+v, want one of yesterday, when it opened up", got)
		}
	})
}

// TestATalkTypedTwiceIsRecordedOnce: two that were declined would silence a pair for
// months. What is new is not lost.
func TestATalkTypedTwiceIsRecordedOnce(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview log @mei declined").Expect(p.T("warm.declined"))
		leader.Runs("/innerview log @mei declined").Expect(p.T("error.talk_twice"))
		leader.Runs("/innerview log @mei declined likes ferries").Expect(p.T("discreet.opened")).ExpectNot("ferries")
		form := leader.Modal().Expect(p.T("error.talk_twice"))
		f.holds(w.leader, "in_note", "likes ferries")
		form.Submit().Expect(p.T("note.done", "Person", p.Person(mei))).Close()
		if n := len(f.talks(w.leader, mei)); n != 1 {
			t.Errorf("%d talks, want one", n)
		}
		f.now.Add(int64(16 * time.Minute)) // another talk
		leader.Runs("/innerview log @mei declined").Expect(p.T("warm.quiet"))
	})
}
