package bot_test

import (
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
)

// TestWhoeverComesFirstIsWelcomed: nothing is sent before they say yes, and the
// first idea is the one they were shown.
func TestWhoeverComesFirstIsWelcomed(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		leader := f.User(w.leader)
		leader.OpensHome().Expect(p.T("welcome.hello")).Click(p.T("welcome.begin"))
		leader.Modal().Expect("Asia/Tokyo").Close() // and left
		leader.Runs("/innerview").ExpectGone()
		form := leader.Modal().Expect(p.T("welcome.hello"))
		form.Fill(p.T("welcome.intent"), "heard, and a little lighter").Choose(p.T("welcome.people"), mei, w.leader).Submit()
		form.ExpectError(p.T("welcome.people"), p.T("error.person_self"))
		form.Choose(p.T("welcome.people"), mei, tanaka).Submit()
		form.Expect(p.T("welcome.preview")).Expect(p.T("confirm.ask"))
		f.beats()
		leader.DM().ExpectNone(w.neutral)

		shown := f.starter(form, w.lang)
		leader.Home().Expect("<@" + tanaka + ">").ExpectButton(p.T("button.confirm"))
		form.Click(p.T("button.confirm"))
		f.beats()
		card := leader.DM().Expect(w.neutral)
		if got := f.starter(card, w.lang); got.ID != shown.ID {
			t.Errorf("the first idea is %s, want %s as it was shown", got.ID, shown.ID)
		}
		leader.Runs("/innerview").Expect("<@" + mei + ">")
	})
}

func TestTheIntentComesBackOnceAMonth(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader := f.User(sarah)
	leader.Runs("/innerview settings")
	label := catalog(t).Printer(rapport.English).T("welcome.intent")
	leader.Modal().Fill(label, "heard <!channel>").Submit().Expect("from now on")
	leader.Runs("/innerview settings")
	leader.Modal().Close()
	intent := must(f.store.OwnWords(t.Context(), rapport.Scope{Workspace: f.id, Actor: sarah}, store.OwnIntent, ""))(t)
	if intent != "heard <!channel>" {
		t.Errorf("the intent kept is %q", intent.Reveal())
	}
	leader.Runs("/innerview digest").Expect("“heard &lt;!channel&gt;”") // Wednesday of the first full week of October
	f.now.Store(time.Date(2026, 10, 14, 10, 30, 0, 0, tokyo).UnixNano())
	leader.Runs("/innerview digest").ExpectNot("heard")
	f.User(mei).Runs("/innerview settings")
	f.User(mei).Modal().ExpectNot("heard")
}

func TestOwnWordsStandOnTheCard(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview log @mei opened yesterday") // or the first card would be a hello
		f.passes(14)
		card := leader.DM().Expect(w.neutral)
		card.Click(p.T("button.own"))
		form := leader.Modal()
		form.Fill(p.T("own.label"), strings.Repeat("a", 121)).Submit().ExpectError(p.T("own.label"), "")
		form.Fill(p.T("own.label"), "I once burnt <!here> a pan").Submit().Expect(p.T("own.saved"))
		card.Expect("I once burnt &lt;!here&gt; a pan").ExpectNot("<!here>")
		starter := f.starter(card, w.lang)
		card.ExpectNot(starter.Share.In(w.lang))
		leader.Runs("/innerview next @mei").Expect("I once burnt")
		card.Click(p.T("button.own"))
		leader.Modal().Fill(p.T("own.label"), "").Submit().Expect(p.T("own.gone"))
		card.Expect(starter.Share.In(w.lang)).ExpectNoMore("I once burnt")
	})
}

func TestOnlyTheRosterIsWelcomedWhereTheOperatorSaysSo(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{RosterOnly: true})
	f.User(mei).Runs("/innerview").Expect("Nobody here yet")
	f.User(mei).OpensHome().ExpectNoButton("Let's begin").ExpectButton("What's kept about me")
	f.leads(sarah, mei)
	f.User(sarah).Runs("/innerview").Expect("<@" + mei + ">")
	f.User(sarah).OpensHome().ExpectNoButton("Let's begin")
}

// TestTheWelcomeIsSavedBeforeAnybodyIsTold: a slow Slack takes nothing of what was
// typed, and everybody hears of it all the same.
func TestTheWelcomeIsSavedBeforeAnybodyIsTold(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{TellPeople: true})
	p := catalog(t).Printer(rapport.English)
	leader := f.User(sarah)
	leader.Runs("/innerview")
	form := leader.Modal()
	form.Fill(p.T("welcome.intent"), "heard").Choose(p.T("welcome.people"), mei, tanaka, kimura)
	f.Fault(slacksim.Fault{Method: "conversations.open", Latency: 800 * time.Millisecond, Times: 3})
	form.Submit()
	form.Expect(p.T("welcome.preview"))
	for _, person := range []string{mei, tanaka, kimura} {
		f.User(person).DM().Expect("<@" + sarah + ">")
	}
	f.beats()
	for _, person := range []string{mei, tanaka, kimura} {
		f.User(person).DM().ExpectCount(1)
	}
}
