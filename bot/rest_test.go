package bot_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/rapport"
)

// slackIDs are the ids that Slack gives to blocks by itself.
var slackIDs = regexp.MustCompile(`"block_id":"[^"]*"`)

// askedFor has a leader look at everything in which Mei's state could show, save
// with some commands, and returns every byte of what they see.
func (f *office) askedFor(leader string, but ...string) map[string]string {
	f.t.Helper()
	seen := map[string]string{}
	u := f.User(leader)
	u.OpensHome().Expect("<@" + mei + ">")
	home, _ := f.Home(leader)
	seen["home"] = slackIDs.ReplaceAllString(string(home.Raw), "")
	for _, command := range []string{
		"", "list", "next", "next @mei", "add @mei", "digest", "brief @mei", "note @mei", "log @mei", "promise @mei",
		"coffee @mei", "snooze @mei",
	} {
		if slices.Contains(but, command) {
			continue
		}
		u.Runs("/innerview " + command)
		if modals := f.Modals(leader); len(modals) > 0 {
			seen[command] = slackIDs.ReplaceAllString(string(modals[0].Raw), "")
			u.Modal().Close()
			continue
		}
		feed := f.Feed(leader)
		last := feed[len(feed)-1]
		seen[command] = last.Text + slackIDs.ReplaceAllString(string(last.Blocks), "")
	}
	for _, command := range []string{"", "next @mei", "brief @mei", "note @mei", "log @mei"} {
		if !strings.Contains(seen[command], "<@"+mei+">") && !strings.Contains(seen[command], `\u003c@`+mei) {
			f.t.Errorf("what %q brings does not speak of her: %s", command, seen[command])
		}
	}
	return seen
}

// TestNothingTellsARestFromALaterDate: what a leader sees of a person who rests is,
// byte for byte, what they see of one who was snoozed until the same day.
func TestNothingTellsARestFromALaterDate(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		for _, others := range [][]string{nil, {tanaka}} {
			f := openOffice(t, bot.Options{})
			f.leads(w.leader, append(others, mei)...)
			leader := rapport.Scope{Workspace: f.id, Actor: w.leader}
			person := rapport.Scope{Workspace: f.id, Actor: mei}
			f.User(w.leader).Runs("/innerview log @mei opened yesterday")
			back := rapport.DateOf(f.Now()).AddDays(40)

			if err := f.store.Rest(t.Context(), person, back.AddDays(-1), ""); err != nil {
				t.Fatal(err)
			}
			resting := f.askedFor(w.leader)
			if err := f.store.Rest(t.Context(), person, rapport.Date{}, ""); err != nil {
				t.Fatal(err)
			}
			if err := f.store.Snooze(t.Context(), leader, f.pair(w.leader, mei).ID, back, ""); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(f.askedFor(w.leader), resting); diff != "" {
				t.Errorf("with %d more people, a rest looks unlike a later date (-later +resting):\n%s", len(others), diff)
			}
		}
	})
}

// TestNothingTellsARestOfSomebodyNew: a new pair has no later date to look like, so
// it looks like any new one.
func TestNothingTellsARestOfSomebodyNew(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		person := rapport.Scope{Workspace: f.id, Actor: mei}
		leader := rapport.Scope{Workspace: f.id, Actor: w.leader}
		pair := f.pair(w.leader, mei)
		if err := f.store.Rest(t.Context(), person, rapport.DateOf(f.Now()).AddDays(40), ""); err != nil {
			t.Fatal(err)
		}
		resting := f.askedFor(w.leader, "snooze @mei")
		if err := f.store.Rest(t.Context(), person, rapport.Date{}, ""); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(f.askedFor(w.leader, "snooze @mei"), resting); diff != "" {
			t.Errorf("a rest of somebody new shows (-none +resting):\n%s", diff)
		}
		if after := must(f.store.PairByID(t.Context(), leader, pair.ID))(t); after.NextOn != rapport.AtOnce {
			t.Errorf("the next date is %s, want it as it was", after.NextOn)
		}
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
