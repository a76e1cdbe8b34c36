package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
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
		leader.OpensHome().Expect(p.T("anybody.lead")).Click(p.T("welcome.begin"))
		leader.Modal().Expect("Asia/Tokyo").Close() // and left
		leader.Runs("/innerview").Expect(p.T("anybody.lead")).Click(p.T("welcome.begin"))
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

// TestWhoLeadsNobodyReadsTheirOwnPartFirst: what is here for them comes before the
// invitation to lead, and tells nothing of who leads them.
func TestWhoLeadsNobodyReadsTheirOwnPartFirst(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		w := selfInBoth[leader.lang]
		p := catalog(t).Printer(leader.lang)
		for _, rosterOnly := range []bool{false, true} {
			f := openOffice(t, bot.Options{RosterOnly: rosterOnly})
			person := f.User(w.person)
			before := f.own(w.person)
			f.leads(leader.leader, w.person)
			f.User(leader.leader).Runs("/innerview log " + named[w.person] + " opened yesterday likes ferries").Expect(leader.warm)
			if diff := cmp.Diff(before, f.own(w.person)); diff != "" {
				t.Errorf("roster only %t: who is on a list reads something else (-before +after):\n%s", rosterOnly, diff)
			}
			second := p.T("anybody.lead")
			if rosterOnly {
				second = p.T("anybody.outside")
			}
			for _, s := range []*slacksimtest.Screen{person.OpensHome(), person.Runs("/innerview"), person.Runs("/innerview list")} {
				all := strings.Join(s.Texts(), "\n")
				first := strings.Index(all, p.T("anybody.text"))
				if first < 0 || strings.Index(all, second) < first {
					t.Errorf("roster only %t: want %q, and then %q, in:\n%s", rosterOnly, p.T("anybody.text"), second, all)
				}
				s.Click(p.T("button.me"))
				person.Modal().Expect("<@" + leader.leader + ">").Close()
			}
		}
	})
}

// own returns every byte of what somebody sees who looks at their list.
func (f *office) own(user string) []string {
	f.t.Helper()
	f.User(user).OpensHome()
	home, _ := f.Home(user)
	seen := []string{slackIDs.ReplaceAllString(string(home.Raw), "")}
	for _, command := range []string{"/innerview", "/innerview list"} {
		f.User(user).Runs(command)
		feed := f.Feed(user)
		last := feed[len(feed)-1]
		seen = append(seen, last.Text+slackIDs.ReplaceAllString(string(last.Blocks), ""))
	}
	return seen
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
	f.User(mei).Runs("/innerview").Expect("decides who gets ideas").ExpectNot("Nobody here yet").ExpectNoButton("Let's begin")
	f.User(mei).OpensHome().Expect("decides who gets ideas").ExpectNoButton("Let's begin").ExpectNoButton("Settings").
		Click("What's kept about me")
	f.User(mei).Modal().Expect("About you")
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
	leader.Runs("/innerview").Click(p.T("welcome.begin"))
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
