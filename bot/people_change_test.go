package bot_test

import (
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/slacksim"
	"innerview/rapport"
)

// turns changes an account, which Slack tells the bot of.
func (f *office) turns(u slacksim.User, change func(*slacksim.User)) {
	f.t.Helper()
	change(&u)
	f.UpdateUser(u)
	f.Settle()
}

// account is a member as every story begins with them.
func (f *office) account(id string) slacksim.User {
	f.t.Helper()
	for _, u := range f.Users() {
		if u.ID == id {
			return u
		}
	}
	f.t.Fatalf("nobody has the id %s", id)
	return slacksim.User{}
}

func TestWhoIsDeactivatedComesUpNoMore(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview coffee @mei 2026-10-09 15:00").Expect("15:00")
		f.turns(f.account(mei), func(u *slacksim.User) { u.Deleted = true })
		for _, word := range []string{"next", "coffee", "note", "brief", "log", "promise", "snooze", "add"} {
			leader.Runs("/innerview " + word + " @mei").Expect(p.T("error.person_gone"))
		}
		leader.Runs("/innerview end @mei").Expect(p.T("error.end_nobody"))
		leader.Runs("/innerview list").Expect(p.T("overview.empty")).ExpectNot(mei)
		f.passes(7)
		leader.DM().ExpectNone(w.neutral)
		leader.DM().ExpectNone(p.T("followup.neutral"))
	})
}

func TestALeaderWhoIsDeactivatedHearsNothing(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.turns(f.account(w.leader), func(u *slacksim.User) { u.Deleted = true })
		f.passes(14)
		f.User(w.leader).DM().ExpectCount(0)
		_, err := f.store.Pair(t.Context(), rapport.Scope{Workspace: f.id, Actor: w.leader}, mei)
		if rapport.KindOf(err) != rapport.NotFound {
			t.Errorf("the pair is still there (%v)", err)
		}
	})
}

// TestWhoIsRenamedStaysThemselves: people are known by what does not change.
func TestWhoIsRenamedStaysThemselves(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview note @mei likes ferries")
		f.turns(f.account(mei), func(u *slacksim.User) { u.Name, u.DisplayName, u.RealName = "meiko", "Meiko", "Meiko Abe" })
		leader.Runs("/innerview brief @meiko")
		leader.Modal().Expect("likes ferries").Expect(p.Person(mei)).Close()
		leader.Runs("/innerview log @meiko opened").Expect(w.warm)
		leader.Runs("/innerview note @mei likes boats").Expect(p.T("error.usage.note", "Usage", bot.Usage("note", w.lang)))
	})
}

// TestWhoBecomesAGuestRests: as somebody who could not see what is kept; and comes up
// again as a full member.
func TestWhoBecomesAGuestRests(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader, before := f.User(w.leader), f.account(mei)
		for name, change := range map[string]func(*slacksim.User){
			"of channels":             func(u *slacksim.User) { u.Restricted = true },
			"of a channel":            func(u *slacksim.User) { u.UltraRestricted = true },
			"of another organisation": func(u *slacksim.User) { u.TeamID = "T0ELSEWHERE" },
		} {
			f.turns(before, change)
			f.beats()
			leader.DM().ExpectNone(w.neutral)
			leader.Runs("/innerview next @mei").Expect(p.T("error.person_guest_now"))
			leader.Runs("/innerview next").Expect(p.T("error.all_resting"))
			leader.Runs("/innerview").Expect(p.T("overview.quiet"))
			f.User(mei).Runs("/innerview me").Expect(catalog(t).Printer(rapport.English).T("error.guest"))
			if t.Failed() {
				t.Fatalf("a guest %s", name)
			}
		}
		f.turns(before, func(*slacksim.User) {})
		f.beats()
		leader.DM().Expect(w.neutral)
	})
}

// TestALeaderWhoBecomesAGuestHearsNothing: they could answer nothing.
func TestALeaderWhoBecomesAGuestHearsNothing(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader, before := f.User(w.leader), f.account(w.leader)
		f.turns(before, func(u *slacksim.User) { u.Restricted = true })
		f.passes(14)
		leader.DM().ExpectCount(0)
		leader.Runs("/innerview").Expect(p.T("error.guest"))
		f.turns(before, func(*slacksim.User) {})
		f.passes(1)
		leader.DM().Expect(w.neutral)
	})
}

// TestAnAccountThatBecomesAnAppIsLeftAlone: nothing is suggested, and it can be ended.
func TestAnAccountThatBecomesAnAppIsLeftAlone(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		f.turns(f.account(mei), func(u *slacksim.User) { u.IsBot = true })
		f.beats()
		leader := f.User(w.leader)
		leader.Runs("/innerview next @mei").Expect(p.T("error.person_left"))
		leader.Runs("/innerview end @mei").Expect(p.T("end.done", "Person", p.Person(mei)))
		leader.Runs("/innerview add @mei").Expect(p.T("error.person_bot"))
		leader.DM().ExpectNone(w.neutral)
	})
}

// TestAMoveMovesTheHours: messages come at a good time of where the leader is now, and
// what they type is read there.
func TestAMoveMovesTheHours(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		leader := f.User(w.leader)
		f.turns(f.account(w.leader), func(u *slacksim.User) { u.TZ = "Europe/Berlin" })
		f.beats() // half past three there
		leader.DM().ExpectCount(0)
		leader.Runs("/innerview coffee @tanaka " + coffeeInBoth[w.lang].clear).Expect("15:00")
		want := time.Date(2026, 10, 9, 15, 0, 0, 0, mustLoad("Europe/Berlin"))
		if plans := f.plansOf(w.leader); len(plans) != 1 || !plans[0].At.Equal(want) {
			t.Errorf("plans = %+v, want one for %s", plans, want)
		}
		f.now.Add(int64(7 * time.Hour))
		f.beats()
		leader.DM().Expect(w.neutral).Expect("<@" + mei + ">")
	})
}

// TestALocaleThatChangesChangesTheLanguage: for who has chosen none.
func TestALocaleThatChangesChangesTheLanguage(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		other := map[rapport.Language]rapport.Language{rapport.English: rapport.Japanese, rapport.Japanese: rapport.English}[w.lang]
		f.leads(w.leader, mei)
		f.turns(f.account(w.leader), func(u *slacksim.User) { u.Locale = map[rapport.Language]string{"en": "en-GB", "ja": "ja-JP"}[other] })
		f.User(w.leader).Runs("/innerview").Expect(catalog(t).Printer(other).T("overview.head"))
	})
}

// TestWhoCannotBeChosenIsSaidAlsoWherePeopleArePicked: on Home, and at the beginning.
func TestWhoCannotBeChosenIsSaidAlsoWherePeopleArePicked(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{}, unsuitable()...)
		p := catalog(t).Printer(w.lang)
		leader := f.User(w.leader)
		leader.OpensHome().Click(p.T("welcome.begin"))
		form := leader.Modal()
		for id, key := range map[string]string{
			w.leader: "error.person_self", "U21GONE": "error.person_gone", "U22GUEST": "error.person_guest",
			"U23APP": "error.person_bot", "U24FAR": "error.person_guest",
		} {
			form.Choose(p.T("welcome.people"), id, tanaka).Submit().ExpectError(p.T("welcome.people"), p.T(key))
		}
		form.Close()
		leader.Runs("/innerview add @mei")
		home := leader.OpensHome()
		for id, key := range map[string]string{
			w.leader: "error.person_self", "U21GONE": "error.person_gone", "U22GUEST": "error.person_guest",
			"U23APP": "error.person_bot", "U24FAR": "error.person_guest",
		} {
			home.Choose("add_person", id)
			leader.Modal().Expect(p.T(key)).Close()
		}
		if pairs := must(f.store.Pairs(t.Context(), rapport.Scope{Workspace: f.id, Actor: w.leader}))(t); len(pairs) != 1 {
			t.Errorf("pairs = %+v, want one", pairs)
		}
	})
}

// unsuitable are members with whom no pair can be.
func unsuitable() []slacksim.User {
	gone, guest, app := member("U21GONE", "gone", "en-US"), member("U22GUEST", "guest", "en-US"), member("U23APP", "app", "en-US")
	far, stranger := member("U24FAR", "far", "en-US"), member("U25STRANGER", "stranger", "en-US")
	gone.Deleted, guest.Restricted, app.IsBot, far.TeamID, stranger.Stranger = true, true, true, "T0ELSEWHERE", true
	return []slacksim.User{gone, guest, app, far, stranger, member("USLACKBOT", "slackbot", "")}
}
