package bot_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/rapport"
)

// slackIDs are the ids that Slack gives to blocks by itself.
var slackIDs = regexp.MustCompile(`"block_id":"[^"]*"`)

// said returns what a leader reads after a command, byte for byte.
func (f *office) said(leader, command string) string {
	f.t.Helper()
	f.User(leader).Runs("/innerview " + command)
	feed := f.Feed(leader)
	last := feed[len(feed)-1]
	return last.Text + slackIDs.ReplaceAllString(string(last.Blocks), "")
}

// TestARestOfTheirOwnIsLikeAnyOther: Tanaka rests because he would rather not, Mei
// because she chose so. The leader reads the same of both, and gets an idea about
// neither, nor one in place of another.
func TestARestOfTheirOwnIsLikeAnyOther(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		p, leader := catalog(t).Printer(w.lang), f.User(w.leader)
		leader.Runs("/innerview log @mei opened yesterday")
		leader.Runs("/innerview next @mei")
		card := leader.LastMessage()
		leader.Runs("/innerview log @tanaka declined")
		until := rapport.DateOf(f.Now()).AddDays(13)
		if err := f.store.Rest(t.Context(), rapport.Scope{Workspace: f.id, Actor: mei}, until, ""); err != nil {
			t.Fatal(err)
		}

		if diff := cmp.Diff(f.said(w.leader, "next @tanaka"), f.said(w.leader, "next @mei")); diff != "" {
			t.Errorf("next tells a rest of hers from one that the talks brought (-talks +hers):\n%s", diff)
		}
		card.Click(w.another)
		leader.LastMessage().Expect(p.T("error.resting"))
		if got := f.said(w.leader, "next"); !strings.Contains(got, p.T("error.all_resting")) {
			t.Errorf("next brings %s, want that all rest", got)
		}
		later := p.T("overview.next", "When", p.Date(until.AddDays(1)))
		for what, seen := range map[string]string{
			"the list": f.said(w.leader, "list"), "Home": strings.Join(leader.OpensHome().Texts(), "\n"),
		} {
			if n := strings.Count(seen, later); n != 2 {
				t.Errorf("%s says %q %d times, want it of both:\n%s", what, later, n, seen)
			}
		}
		for _, person := range []string{"@mei", "@tanaka"} {
			leader.Runs("/innerview brief " + person)
			leader.Modal().Expect(p.T("error.resting")).Close()
		}
	})
}

// TestARestIsNobodysToEnd: what a leader does meanwhile brings her up no sooner.
func TestARestIsNobodysToEnd(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		until := rapport.DateOf(f.Now()).AddDays(40)
		if err := f.store.Rest(t.Context(), rapport.Scope{Workspace: f.id, Actor: mei}, until, ""); err != nil {
			t.Fatal(err)
		}
		leader := f.User(w.leader)
		for _, command := range []string{"add @mei", "snooze @mei 1", "promise @mei lend the book"} {
			leader.Runs("/innerview " + command)
		}
		f.passes(40)
		for _, m := range f.Feed(w.leader) {
			if !m.Ephemeral && strings.Contains(string(m.Blocks), mei) {
				t.Errorf("a message about who rests came: %s", m.Blocks)
			}
		}
		f.passes(7)
		leader.DM().Expect("<@" + mei + ">")
	})
}

// TestATalkDuringARestIsAnsweredWithTheLaterDay: the answer agrees with the list.
func TestATalkDuringARestIsAnsweredWithTheLaterDay(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		person := rapport.Scope{Workspace: f.id, Actor: mei}
		until := rapport.NewDate(2026, time.November, 18)
		if err := f.store.Rest(t.Context(), person, until, ""); err != nil {
			t.Fatal(err)
		}
		p := catalog(t).Printer(w.lang)
		back := p.Date(until.AddDays(1))
		f.User(w.leader).Runs("/innerview log @mei opened").Expect(p.T("done.next", "When", back))
		f.User(w.leader).Runs("/innerview").Expect(p.T("overview.next", "When", back))
	})
}

// TestTheFirstIdeaDoesNotTellWhoRests: whoever begins with somebody who rests sees
// an idea all the same, and nothing comes by itself.
func TestTheFirstIdeaDoesNotTellWhoRests(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		if err := f.store.Rest(t.Context(), rapport.Scope{Workspace: f.id, Actor: mei}, rapport.NewDate(2026, time.November, 18), ""); err != nil {
			t.Fatal(err)
		}
		p := catalog(t).Printer(w.lang)
		leader := f.User(w.leader)
		leader.OpensHome().Click(p.T("welcome.begin"))
		form := leader.Modal()
		form.Choose(p.T("welcome.people"), mei).Submit().Expect(p.T("welcome.preview"))
		form.Click(p.T("button.confirm"))
		f.passes(14)
		leader.DM().ExpectCount(0)
	})
}
