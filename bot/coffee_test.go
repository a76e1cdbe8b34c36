package bot_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/internal/store"
	"innerview/rapport"
)

// plansOf returns what a leader has planned.
func (f *office) plansOf(leader string) []rapport.Plan {
	f.t.Helper()
	return must(f.store.Plans(f.t.Context(), rapport.Scope{Workspace: f.id, Actor: leader}))(f.t)
}

// coffeeWords are what a leader types about a coffee, in both languages.
type coffeeWords struct {
	command, clear, unclear, half string // of the afternoon of Friday 9 October
}

var coffeeInBoth = map[rapport.Language]coffeeWords{
	rapport.English:  {"coffee", "fri 15:00", "fri 3", "friday"},
	rapport.Japanese: {"コーヒー", "金曜 15時", "金曜 3時", "金曜"},
}

func TestACoffeeByCommandIsPlannedAtOnce(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		c := coffeeInBoth[w.lang]
		f.leads(w.leader, mei)
		f.beats()
		leader := f.User(w.leader)
		card := leader.DM().Expect(w.neutral)
		answer := leader.Runs("/innerview " + c.command + " @mei " + c.clear)
		answer.Expect("20261009T060000Z").Expect("outlook.office.com").ExpectNot("mei")
		card.Expect("15:00")
		want := time.Date(2026, 10, 9, 15, 0, 0, 0, tokyo)
		plans := f.plansOf(w.leader)
		if len(plans) != 1 || !plans[0].At.Equal(want) || plans[0].Minutes != 30 {
			t.Fatalf("plans = %+v, want one for %s", plans, want)
		}
		leader.OpensHome().Expect(p.T("home.coffees")).Expect("15:00")

		answer.Click(p.T("button.move"))
		leader.Modal().Fill(p.T("coffee.time"), "16:30").Choose(p.T("coffee.length"), p.N("coffee.minutes", 60)).Submit().
			Expect("20261009T073000Z")
		card.Expect("16:30").ExpectNoMore("15:00")
		leader.Modal().Click(p.T("button.move")) // in the form that was drawn anew, and so once more
		leader.Modal().Fill(p.T("coffee.time"), "17:00").Submit().Expect("20261009T080000Z")
		card.Expect("17:00").ExpectNoMore("16:30")
		leader.Modal().Click(p.T("button.move"))
		leader.Modal().Fill(p.T("coffee.time"), "16:30").Submit().Expect("20261009T073000Z").Close()
		if plans = f.plansOf(w.leader); len(plans) != 1 || plans[0].Minutes != 60 {
			t.Fatalf("plans = %+v, want the one that was moved", plans)
		}
		leader.Home().Expect("16:30").Click(p.T("button.call_off")).ExpectNoMore(p.T("home.coffees"))
		card.ExpectNoMore("16:30")
		answer.Click(p.T("button.call_off"))
		leader.DM().Expect(p.T("error.plan_off"))
		f.passes(6)
		leader.DM().ExpectNone(p.T("near.neutral"))

		first := leader.Runs("/innerview " + c.command + " @mei " + c.clear)
		leader.Runs("/innerview " + c.command + " @mei 2026-10-20 11:00").Expect("11:00")
		first.Click(p.T("button.call_off")) // of what has been moved since
		if plans = f.plansOf(w.leader); len(plans) != 0 {
			t.Errorf("plans = %+v, want none", plans)
		}
	})
}

func TestADoubtfulCoffeeIsAskedFor(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		c := coffeeInBoth[w.lang]
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		for text, doubt := range map[string]string{
			c.unclear: "coffee.doubt.ambiguous", c.half: "coffee.doubt.time", "15:00 blue moon": "coffee.doubt.unreadable",
			"2026-10-01 15:00": "coffee.doubt.past", "2027-09-01 15:00": "error.too_far",
		} {
			leader.Runs("/innerview " + c.command + " @mei " + text).ExpectGone()
			leader.Modal().Expect(p.T(doubt)).Expect(strings.Fields(text)[0]).Close()
		}
		leader.Runs("/innerview " + c.command + " @mei " + c.unclear)
		leader.Modal().Submit().Expect("15:00")
		if plans := f.plansOf(w.leader); len(plans) != 1 || !plans[0].At.Equal(time.Date(2026, 10, 9, 15, 0, 0, 0, tokyo)) {
			t.Errorf("plans = %+v, want the likeliest reading", plans)
		}
		leader.Modal().Click(p.T("button.call_off")).ExpectNoButton(p.T("button.call_off"))
		leader.Runs("/innerview " + c.command + " @mei")
		leader.Modal().ExpectNot(p.T("coffee.doubt.unreadable")).ExpectNot("fri").Submit()
		if plans := f.plansOf(w.leader); len(plans) != 1 {
			t.Errorf("plans = %+v, want one", plans)
		}
	})
}

// TestAQuestionIsAnsweredWithTheForm: it shows what was recorded, in its own place,
// and the form does not record it twice.
func TestAQuestionIsAnsweredWithTheForm(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview coffee @mei 2026-10-07 15:00")
		f.passes(1)
		asked := leader.DM().Expect(p.T("followup.neutral"))
		asked.Click(w.details)
		leader.Modal().Choose(p.T("talk.outcome"), w.opened).Submit()
		leader.ExpectNoModal()
		asked.Expect(w.warm).ExpectNoButton(w.details)
		if got := f.talks(w.leader, mei); len(got) != 1 || got[0].On != rapport.NewDate(2026, 10, 7) {
			t.Errorf("talks = %+v, want one of the coffee's day", got)
		}
	})
}

// TestAnOldMessageCallsNothingElseOff: what is over stays as it was, and so does
// what was planned since.
func TestAnOldMessageCallsNothingElseOff(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		old := leader.Runs("/innerview coffee @mei 2026-10-07 15:00")
		f.passes(2)
		leader.Runs("/innerview coffee @mei 2026-10-20 11:00")
		old.Click(p.T("button.call_off"))
		leader.DM().Expect(p.T("error.plan_over"))
		if plans := f.plansOf(w.leader); len(plans) != 1 {
			t.Errorf("plans = %+v, want the one that is ahead", plans)
		}
	})
}

// TestADigestKeepsWhatWasNotAnswered: one answer takes one question away, and
// nothing else.
func TestADigestKeepsWhatWasNotAnswered(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		const yui = "U13YUI"
		f := openOffice(t, bot.Options{}, member(yui, "yui", "ja-JP"))
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei, tanaka, yui)
		scope := rapport.Scope{Workspace: f.id, Actor: w.leader}
		if err := f.store.SaveSettings(t.Context(), scope, store.Settings{Digest: rapport.DigestFirst}, ""); err != nil {
			t.Fatal(err)
		}
		leader := f.User(w.leader)
		f.beats()
		leader.Runs("/innerview coffee @mei 2026-10-09 15:00")
		leader.Runs("/innerview coffee @tanaka 2026-10-09 16:00")
		f.passes(6) // to the Tuesday after a holiday
		digest := leader.DM().Expect(p.T("digest.neutral")).ExpectButton(p.T("button.pass"))
		withMei, withTanaka := p.T("followup.ask", "Person", p.Person(mei)), p.T("followup.ask", "Person", p.Person(tanaka))
		digest.Expect(withMei).Expect(withTanaka)
		also := p.T("digest.person", "Person", p.Person(yui), "Why", p.T("digest.why.first"))
		digest.Click(w.opened).Expect(w.warm).ExpectNoMore(withMei).Expect(withTanaka).Expect(also).ExpectButton(p.T("button.pass"))
		digest.Click(w.light).Expect(p.T("warm.light")).ExpectNoMore(withTanaka).Expect(also).ExpectButton(p.T("button.pass"))
		if a, b := f.talks(w.leader, mei), f.talks(w.leader, tanaka); len(a) != 1 || len(b) != 1 {
			t.Errorf("talks = %+v and %+v, want one each", a, b)
		}
		digest.Click(p.T("button.pass")).Expect(p.T("pass.week"))
	})
}

// TestACoffeeIsCalledOffAtTheLastMoment: from the message that says it is near.
func TestACoffeeIsCalledOffAtTheLastMoment(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview coffee @mei 2026-10-08 11:00")
		f.passes(1)
		near := leader.DM().Expect(p.T("near.neutral")).ExpectButton(p.T("button.move"))
		near.Click(p.T("button.call_off")).Expect(p.T("coffee.off", "Person", p.Person(mei)))
		if plans := f.plansOf(w.leader); len(plans) != 0 {
			t.Errorf("plans = %+v, want none", plans)
		}
		f.passes(3)
		leader.DM().ExpectNone(p.T("followup.neutral"))
	})
}

// TestAReminderRecordsOnce: what was recorded from the reminder is asked after no
// more, and a second press has no second effect.
func TestAReminderRecordsOnce(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview coffee @mei 2026-10-07 15:00")
		f.now.Store(time.Date(2026, 10, 7, 14, 20, 0, 0, tokyo).UnixNano())
		f.beats()
		near := leader.LastMessage().Expect(p.T("near.neutral"))
		if f.level(near, w.lang) != rapport.Factual {
			t.Error("the reminder shows no starter of facts")
		}
		near.Click(p.T("button.talked"))
		leader.Modal().Choose(p.T("talk.outcome"), w.light).Submit().Close()
		near.Click(p.T("button.talked")).Expect(p.T("warm.light")).ExpectNoButton(p.T("button.talked"))
		leader.ExpectNoModal()
		if n := len(f.talks(w.leader, mei)); n != 1 {
			t.Fatalf("%d talks, want one", n)
		}
		f.passes(3)
		leader.DM().ExpectNone(p.T("followup.neutral"))
	})
}

// TestACoffeeTypedTwiceIsPlannedOnce: the second answer says that it stands, and leads
// out of it.
func TestACoffeeTypedTwiceIsPlannedOnce(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p, c := catalog(t).Printer(w.lang), coffeeInBoth[w.lang]
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		typed := "/innerview " + c.command + " @mei "
		when := p.T("coffee.when", "Day", p.Date(rapport.NewDate(2026, 10, 9)), "Clock", p.Clock(time.Date(2026, 10, 9, 15, 0, 0, 0, tokyo)))
		again := p.T("coffee.already", "Person", p.Person(mei), "When", when)
		invites, _, _ := strings.Cut(p.T("coffee.invite", "Google", "", "Outlook", ""), "<")

		leader.Runs(typed + c.clear).Expect(when).Expect(invites).ExpectNot(again)
		leader.Runs(typed).ExpectGone()
		leader.Modal().Choose(p.T("talk.setting"), p.T("setting.lunch")).Submit().
			Expect(url.QueryEscape(p.T("coffee.event.lunch"))).ExpectNot(again).Close()
		plans := f.plansOf(w.leader)
		answer := leader.Runs(typed + c.clear).Expect(again).Expect(url.QueryEscape(p.T("coffee.event.lunch")))
		leader.Runs(typed).ExpectGone()
		leader.Modal().Submit().Expect(again).Close()
		if diff := cmp.Diff(plans, f.plansOf(w.leader)); diff != "" || len(plans) != 1 {
			t.Fatalf("typed and submitted again, the plans (-before +after):\n%s", diff)
		}
		leader.Runs(typed + "2026-10-20 11:00").Expect("11:00").Expect(p.T("coffee.instead", "When", when))
		answer.Click(p.T("button.call_off")).ExpectNoButton(p.T("button.call_off"))
		if plans = f.plansOf(w.leader); len(plans) != 0 {
			t.Errorf("plans = %+v, want none", plans)
		}
	})
}

// TestACoffeeThatHasBegunGivesWayAloud: it is asked after no more, so the answer says
// what became of it.
func TestACoffeeThatHasBegunGivesWayAloud(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview coffee @mei 2026-10-07 11:00")
		f.now.Add(int64(75 * time.Minute))
		begun := time.Date(2026, 10, 7, 11, 0, 0, 0, tokyo)
		instead := p.T("coffee.instead", "When", p.T("coffee.when", "Day", p.Date(rapport.DateOf(begun)), "Clock", p.Clock(begun)))
		leader.Runs("/innerview coffee @mei")
		form := leader.Modal() // which begins with a day that can still be chosen
		form.Submit().Expect(instead).Close()
		if plans := f.plansOf(w.leader); len(plans) != 1 {
			t.Errorf("plans = %+v, want one", plans)
		}
	})
}

// TestACardKeepsThePlannedMoment: whatever else is done on it.
func TestACardKeepsThePlannedMoment(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p, c := catalog(t).Printer(w.lang), coffeeInBoth[w.lang]
		f.leads(w.leader, mei)
		f.beats()
		leader := f.User(w.leader)
		card := leader.DM().Expect(w.neutral)
		leader.Runs("/innerview " + c.command + " @mei " + c.clear)
		card.Expect("15:00").Click(w.talked).ExpectButton(w.light)
		card.Click(p.T("button.back")).ExpectNoButton(w.light).Expect("15:00")
		question := f.question(card, w.lang)
		card.Click(w.another).ExpectNoMore(question).Expect("15:00")
		card.Click(p.T("button.own"))
		leader.Modal().Fill(p.T("own.label"), "I plant tomatoes").Submit().Close()
		card.Expect("I plant tomatoes").Expect("15:00")
	})
}
