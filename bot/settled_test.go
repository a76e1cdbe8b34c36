package bot_test

import (
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/rapport"
)

// TestTheFirstCardStaysAnIntroduction: what Innerview is, and how to change or pause
// it, stands under the first card whatever is done with it, and under no other.
func TestTheFirstCardStaysAnIntroduction(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		introduced := func() {
			t.Helper()
			leader.DM().Expect(p.T("intro.line")).ExpectButton(p.T("button.settings")).ExpectButton(p.T("button.pause"))
		}
		introduced()
		card := leader.DM().Expect(w.neutral)
		card.Click(w.talked)
		introduced()
		card.Click(p.T("button.back"))
		introduced()
		card.Click(w.talked).Click(w.light).Expect(p.T("warm.light"))
		introduced()
		card.Click(p.T("button.promise"))
		leader.Modal().Fill(p.T("promise.label"), secret).Submit().Close()
		introduced()
		if n := strings.Count(strings.Join(leader.LastMessage().Texts(), "\n"), p.T("intro.line")); n != 1 {
			t.Errorf("the introduction stands %d times under the card, want once", n)
		}
		f.passes(14)
		leader.DM().ExpectCount(2)
		next := leader.LastMessage().ExpectNot(p.T("intro.line"))
		next.Click(p.T("button.pass")).ExpectNot(p.T("intro.line"))
	})
}

// TestASettledCardSaysTheDay: it is read again days later.
func TestASettledCardSaysTheDay(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		card := leader.DM().Expect(w.neutral).Click(w.talked).Click(w.light)
		card.Expect(p.Date(rapport.NewDate(2026, 10, 7))).ExpectNot(p.T("date.today"))
	})
}

// TestACardAsksForAPromiseUntilThereIsOne: the card on which it was asked says that it
// is kept, in the DM, in a digest and under a command, and asks no more.
func TestACardAsksForAPromiseUntilThereIsOne(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		p := catalog(t).Printer(w.lang)
		kept := p.T("promise.saved", "When", p.Date(rapport.NewDate(2026, 10, 21)))
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		f.beats()
		leader := f.User(w.leader)
		answers := func() {
			leader.Modal().Fill(p.T("promise.label"), secret).Submit().Close()
		}
		inDM := leader.DM().Expect(w.neutral).Click(w.talked).Click(w.light).Expect(p.T("promise.ask"))
		inDM.Click(p.T("button.promise"))
		answers()
		inDM.Expect(kept).Expect(p.T("warm.light")).Expect(p.Person(mei)).ExpectNoMore(p.T("promise.ask")).ExpectButton(p.T("button.note"))

		typed := leader.Runs("/innerview log @tanaka " + "opened").Expect(p.T("promise.ask"))
		typed.Click(p.T("button.promise"))
		answers()
		typed.Expect(kept).Expect(p.T("warm.opened")).Expect(p.Person(tanaka)).ExpectNoMore(p.T("promise.ask"))
		f.nothingPosted(secret, "ferries")
	})
}

// TestAPromiseThatIsDoneSettlesItsCards: wherever it is said, a sentence answers, and
// no card goes on asking.
func TestAPromiseThatIsDoneSettlesItsCards(t *testing.T) {
	for _, how := range []string{"on the card", "in the brief", "in the list", "under next"} {
		t.Run(how, func(t *testing.T) {
			inBoth(t, func(t *testing.T, w words) {
				f := openOffice(t, bot.Options{})
				f.leads(w.leader, mei)
				leader, p := f.User(w.leader), f.words(w)
				leader.Runs("/innerview log @mei light")
				leader.Runs("/innerview promise @mei " + secret)
				f.now.Add(int64(14 * 24 * time.Hour))
				f.beats()
				card := leader.DM().Expect(p.T("due.promise"))
				switch how {
				case "on the card":
					card.Click(p.T("button.kept"))
				case "in the brief":
					card.Click(p.T("button.view"))
					leader.Modal().Click(p.T("button.kept")).Expect(p.T("due.kept")).Close()
				case "in the list":
					leader.OpensHome().Click(p.T("home.promises"))
					leader.Modal().Click(p.T("button.kept")).Expect(p.T("due.kept")).Expect(p.T("promise.none")).Close()
				case "under next":
					leader.Runs("/innerview next @mei").Click(p.T("button.kept")).Expect(p.T("due.kept"))
				}
				card.Expect(p.T("due.kept")).ExpectNoButton(p.T("button.kept")).ExpectNoButton(p.T("button.withdraw"))
			})
		})
	}
}

// TestPromisesStandOnHome: with their day, and never with their words.
func TestPromisesStandOnHome(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview log @mei light")
		leader.Runs("/innerview promise @mei " + secret)
		due := rapport.NewDate(2026, 10, 21)
		leader.OpensHome().Expect(p.T("overview.promise", "When", p.Date(due)))
		leader.Runs("/innerview list").Expect(p.T("overview.promise", "When", p.Date(due)))
		f.now.Add(int64(14 * 24 * time.Hour))
		leader.OpensHome().Expect(p.T("overview.promise", "When", p.T("date.today")))
		f.now.Add(int64(24 * time.Hour))
		leader.OpensHome().Expect(p.T("overview.promise_past", "When", p.Date(due)))
		leader.Home().ExpectNot(secret)
		leader.Runs("/innerview digest").Expect(p.N("digest.promises_past", 1))
	})
}

// TestWhoMeetsAnywayIsNotNamed in the week ahead, nor as the next on Home.
func TestWhoMeetsAnywayIsNotNamed(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview digest").Expect(p.Person(mei)).Expect(p.Person(tanaka))
		leader.Runs("/innerview coffee @mei 2026-10-07 15:00") // today, a Wednesday
		leader.Runs("/innerview digest").ExpectNot(p.Person(mei)).Expect(p.Person(tanaka))
		f.now.Store(time.Date(2026, 10, 12, 11, 0, 0, 0, tokyo).UnixNano()) // she would be due on the 14th
		leader.Runs("/innerview digest").ExpectNot(p.Person(mei)).Expect(p.Person(tanaka))
		f.now.Store(time.Date(2026, 10, 14, 11, 0, 0, 0, tokyo).UnixNano())
		leader.Runs("/innerview digest").Expect(p.Person(mei))
	})
}

// TestACardOfAnEarlierDayStaysItsOwn: a talk of last week, recorded after one of
// today, is what its answer goes on telling of.
func TestACardOfAnEarlierDayStaysItsOwn(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview log @mei opened")
		f.now.Add(int64(time.Minute))
		typed := leader.Runs("/innerview log @mei light 10/1").Expect(p.Date(rapport.NewDate(2026, 10, 1)))
		typed.Click(p.T("button.promise"))
		leader.Modal().Fill(p.T("promise.label"), secret).Submit().Close()
		typed.ExpectNoMore(p.T("promise.ask")).Expect(p.T("outcome.light")).Expect(p.Date(rapport.NewDate(2026, 10, 1)))
	})
}

// TestAPromiseIsAskedForInOnePlace: a talk that is recorded beside its card is on the
// card too, which asks nothing that is asked already.
func TestAPromiseIsAskedForInOnePlace(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		card := leader.DM().Expect(w.neutral)
		leader.Runs("/innerview log @mei opened").Expect(p.T("promise.ask"))
		card.Expect(w.warm).ExpectNot(p.T("promise.ask")).ExpectButton(p.T("button.note"))
	})
}
