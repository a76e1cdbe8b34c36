package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/i18n"
	"innerview/rapport"
)

// secret is what somebody writes that no message may ever hold.
const secret = "凧の本 <b> & ferries"

func (f *office) words(w words) *i18n.Printer { return catalog(f.t).Printer(w.lang) }

func (f *office) promises(leader, person string) []rapport.Promise {
	f.t.Helper()
	scope := rapport.Scope{Workspace: f.id, Actor: leader}
	return must(f.store.Promises(f.t.Context(), scope, f.pair(leader, person).ID, rapport.DateOf(f.Now())))(f.t)
}

// nothingPosted fails if a message to anybody holds what was written.
func (f *office) nothingPosted(written ...string) {
	f.t.Helper()
	f.Settle()
	checked := 0
	for _, u := range f.Users() {
		for _, m := range f.Feed(u.ID) {
			checked++
			said := strings.Join(m.Texts(), "\n")
			if i := slices.IndexFunc(written, func(w string) bool { return strings.Contains(said, w) }); i >= 0 && !m.Own {
				f.t.Errorf("a message to %s holds %q:\n%s", u.ID, written[i], said)
			}
		}
	}
	if checked == 0 {
		f.t.Error("there is no message at all")
	}
}

func TestAPromiseIsKeptAndNeverPosted(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{Notes: rapport.NotesOff}) // promises are no notes
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview promise @mei " + secret).Expect(p.T("promise.done", "When", p.Date(rapport.NewDate(2026, 10, 21))))
		leader.Runs("/innerview 約束 @mei")
		form := leader.Modal()
		form.Fill(p.T("promise.label"), "ask about the desk").Fill(p.T("promise.due"), "2026-11-07").Submit()
		form.ExpectError(p.T("promise.due"), p.T("error.promise_day"))
		form.Fill(p.T("promise.due"), "2026-11-06").Submit().Expect(p.T("promise.done", "When", p.Date(rapport.NewDate(2026, 11, 6))))
		form.Close()
		made := f.promises(w.leader, mei)
		if len(made) != 2 || made[0].Text.Reveal() != secret || made[1].Text.Reveal() != "ask about the desk" {
			t.Fatalf("kept %d promises, want the two as they were typed", len(made))
		}
		leader.Runs("/innerview promise @mei one more").Expect(p.T("error.promises_full"))
		leader.Runs("/innerview promise @mei " + strings.Repeat("凧", 81)).Expect(p.T("discreet.opened"))
		form = leader.Modal().Submit() // as it was typed
		form.ExpectError(p.T("promise.label"), p.T("error.words_long", "Length", 81, "Max", 80)).Close()
		f.nothingPosted(secret, "kite", "ferries", "desk")
	})
}

func TestAfterATalkOnePromiseIsAskedFor(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		card := leader.DM().Expect(w.neutral)
		card.Click(w.talked).Click(w.light).Expect(p.T("promise.ask")).Click(p.T("button.promise"))
		leader.Modal().Fill(p.T("promise.label"), secret).Submit().Close()
		if made := f.promises(w.leader, mei); len(made) != 1 || made[0].DueOn != rapport.NewDate(2026, 10, 21) {
			t.Fatalf("promises = %+v, want one for in two weeks", made)
		}
		leader.Runs("/innerview log @tanaka missed").ExpectNot(p.T("promise.ask"))
		leader.Runs("/innerview log @mei opened").Expect(p.T("promise.ask"))
		leader.Runs("/innerview promise @mei another")
		leader.Runs("/innerview log @mei light yesterday").Expect(w.light).ExpectNot(p.T("promise.ask")) // there is no room for a third
		f.nothingPosted(secret, "ferries")
	})
}

func TestATalkTakesAllThereIsToSay(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview log @mei")
		form := leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened"))
		form.Fill(p.T("promise.label"), secret+" 1").Fill(p.T("promise.due"), "2027-01-01").Submit()
		form.ExpectError(p.T("promise.due"), p.T("error.promise_day"))
		for key, text := range map[string]string{
			"promise.due": "2026-10-20", "note.label": secret + " 2", "common.label": secret + " 3",
			"talk.hope": secret + " 4", "talk.support": secret + " 5", "tag.strength": "maps",
		} {
			form.Fill(p.T(key), text)
		}
		form.Choose(p.T("talk.outcome"), p.T("outcome.opened")).Fill(p.T("promise.label"), secret+" 1").Submit()
		form.Expect(p.T("warm.opened")).ExpectNoButton(p.T("button.promise")).Close()
		leader.Runs("/innerview brief @mei")
		brief := leader.Modal()
		for _, n := range []string{"1", "2", "3", "4", "5"} {
			brief.Expect(secret + " " + n)
		}
		brief.Expect("maps").Expect(p.T("note.kind.hope")).Expect(p.T("note.kind.support"))
		brief.Expect(p.T("brief.due", "When", p.Date(rapport.NewDate(2026, 10, 20))))
		f.nothingPosted(secret, "ferries", "maps")
	})
}

func TestAPromiseComesBackOnItsDay(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview promise @mei " + secret)
		leader.Runs("/innerview promise @tanaka ask about the desk")
		f.now.Add(int64(14 * 24 * time.Hour))
		f.beats()
		due := leader.DM().Expect(p.T("due.promise")).ExpectNot(secret)
		due.Click(p.T("button.view"))
		brief := leader.Modal().Expect(p.T("brief.promises"))
		brief.Click(p.T("button.kept")).ExpectNoButton(p.T("button.kept")).Close()

		leader.Runs("/innerview digest").Click(p.T("button.view"))
		list := leader.Modal().Expect(p.T("promises.title"))
		list.Click(p.T("button.withdraw")).Expect(p.T("promise.none")).Close()
		for _, person := range []string{mei, tanaka} {
			if made := f.promises(w.leader, person); len(made) != 1 || made[0].State == rapport.PromiseOpen {
				t.Errorf("promises to %s = %+v, want one that is closed", person, made)
			}
		}
		f.nothingPosted(secret, "ferries", "the desk")
	})
}

func TestANoteComesBackWhenItWasMeantTo(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview note @mei")
		leader.Modal().Fill(p.T("note.label"), secret).Fill(p.T("note.ask"), "2026-10-07").Submit().Close()
		f.beats()
		leader.DM().Expect(p.T("due.note")).Click(p.T("button.view"))
		leader.Modal().Expect(secret).Close()
		f.nothingPosted(secret, "ferries")
		f.passes(8)
		leader.DM().Expect(w.neutral) // a starter follows: a note comes back once
	})
}

func TestWhereNotesAreOffOnlyAPromiseIsTaken(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{Notes: rapport.NotesOff})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), catalog(t).Printer(rapport.English)
	leader.Runs("/innerview log @mei")
	form := leader.Modal()
	for _, key := range []string{"note.label", "common.label", "talk.hope", "talk.support", "tag.interest", "tag.strength"} {
		form.ExpectNot(p.T(key))
	}
	form.Choose(p.T("talk.outcome"), p.T("outcome.light")).Fill(p.T("promise.label"), "lend the book").Submit()
	form.Expect(p.T("warm.light"))
	if made := f.promises(sarah, mei); len(made) != 1 {
		t.Errorf("%d promises, want 1", len(made))
	}
}

func TestALatePromiseHoldsTheDepth(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader := f.User(sarah)
	leader.Runs("/innerview promise @mei lend the book")
	for range 4 {
		leader.Runs("/innerview log @mei opened")
		f.passes(14)
	}
	if got := f.pair(sarah, mei).History.Pace().Depth; got != rapport.Causative {
		t.Fatalf("depth %v while the promise was not late, want causative", got)
	}
	late := openOffice(t, bot.Options{})
	late.leads(sarah, mei)
	late.User(sarah).Runs("/innerview promise @mei lend the book")
	late.passes(29) // 15 days beyond its day
	for range 4 {
		late.User(sarah).Runs("/innerview log @mei opened")
		late.passes(14)
	}
	if got := late.pair(sarah, mei).History.Pace().Depth; got != rapport.Factual {
		t.Errorf("depth %v while a promise is late, want factual", got)
	}
}

func TestARiseSaysWhyAndCanBeTakenBack(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		because := map[rapport.Language]string{
			rapport.English:  "Three talks over a month, and one of them opened up.",
			rapport.Japanese: "ひと月ほどで3回話せて、そのうち1回は話が広がりました。",
		}[w.lang]
		leader.Runs("/innerview log @mei opened")
		f.passes(14)
		leader.Runs("/innerview log @mei light").ExpectNoButton(p.T("button.keep_light"))
		f.passes(14)
		answer := leader.Runs("/innerview log @mei light").Expect(because).Expect(p.T("warm.deeper.causative"))
		leader.Runs("/innerview brief @mei")
		brief := leader.Modal().Expect(because).Expect(p.T("brief.far.causative"))
		brief.Close()
		answer.Click(p.T("button.keep_light")).Expect(p.T("light.done", "Person", p.Person(mei)))
		if got := f.pair(w.leader, mei).History.Pace().Depth; got != rapport.Factual {
			t.Errorf("depth %v after the rise was taken back, want factual", got)
		}
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(p.T("why.undone")).Expect(p.T("brief.far.factual")).ExpectNoButton(p.T("button.keep_light"))
	})
}

func TestAFallSaysWhy(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		for _, outcome := range []string{"opened", "light", "light"} {
			leader.Runs("/innerview log @mei " + outcome)
			f.passes(14)
		}
		leader.Runs("/innerview log @mei guarded").ExpectNot(p.T("why.guarded"))
		f.passes(21)
		leader.Runs("/innerview log @mei guarded").Expect(p.T("warm.guarded")).Expect(p.T("why.guarded"))
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(p.T("why.guarded")).ExpectNoButton(p.T("button.keep_light")).Close()

		silent := openOffice(t, bot.Options{})
		silent.leads(w.leader, mei)
		leader = silent.User(w.leader)
		for _, outcome := range []string{"opened", "light", "light"} {
			leader.Runs("/innerview log @mei " + outcome)
			silent.passes(14)
		}
		silent.passes(50)
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(p.T("why.silence")).Expect(p.T("brief.far.factual")).Close()
		leader.Runs("/innerview log @mei light").Expect(p.T("why.silence"))
	})
}
