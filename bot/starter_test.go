package bot_test

import (
	"testing"

	"innerview/bot"
	"innerview/internal/store"
	"innerview/rapport"
)

// TestNextLeavesAloneWhoIsNotThere: neither by itself nor by name is anybody brought
// up who is away or has left.
func TestNextLeavesAloneWhoIsNotThere(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		const yui = "U13YUI"
		f := openOffice(t, bot.Options{}, member(yui, "yui", "ja-JP"))
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei, tanaka, yui)
		scope := rapport.Scope{Workspace: f.id, Actor: w.leader}
		away := store.Circumstances{AwayOn: rapport.NewDate(2026, 10, 1)}
		if err := f.store.SetCircumstances(t.Context(), scope, f.pair(w.leader, mei).ID, away, rapport.DateOf(f.Now()), ""); err != nil {
			t.Fatal(err)
		}
		if err := f.store.SaveProfile(t.Context(), f.id, tanaka, rapport.Profile{Gone: true, At: f.Now()}); err != nil {
			t.Fatal(err)
		}
		leader := f.User(w.leader)
		leader.Runs("/innerview next").Expect(p.Person(yui))
		leader.Runs("/innerview next @mei").Expect(p.T("error.away", "Button", p.T("button.person")))
		leader.Runs("/innerview next @tanaka").Expect(p.T("error.person_left"))
		leader.Runs("/innerview log @yui declined")
		leader.Runs("/innerview next").Expect(p.T("error.all_resting"))
	})
}

// TestNextKeepsANoteForAfterTheRest: what there is to come back to waits as the
// starters do.
func TestNextKeepsANoteForAfterTheRest(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		scope, today := rapport.Scope{Workspace: f.id, Actor: w.leader}, rapport.DateOf(f.Now())
		pair := f.pair(w.leader, mei)
		note := rapport.Note{Text: "moves house", ExpiresOn: today.AddDays(90), AskOn: today}
		if err := f.store.AddNote(t.Context(), scope, pair.ID, note, ""); err != nil {
			t.Fatal(err)
		}
		promise := rapport.Promise{Text: "lend the book", MadeOn: today, DueOn: today}
		if err := f.store.AddPromise(t.Context(), scope, pair.ID, promise, ""); err != nil {
			t.Fatal(err)
		}
		leader := f.User(w.leader)
		leader.Runs("/innerview log @mei declined")
		leader.Runs("/innerview next @mei").Expect(p.T("error.resting"))
		past := must(f.store.Past(t.Context(), f.id, pair, today))(t)
		if past.AskAfter == "" || past.Promise == "" {
			t.Errorf("past = %+v, want note and promise as they were", past)
		}
	})
}
