package bot_test

import (
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/store"
	"innerview/rapport"
)

// TestNotThisWeekOnACardAboutOnePersonNamesThem: it is no list, and what was to be come
// back to is not forgotten for it.
func TestNotThisWeekOnACardAboutOnePersonNamesThem(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview promise @mei lend the book")
		f.now.Add(int64(14 * 24 * time.Hour))
		f.beats()
		due := leader.DM().Expect(p.T("due.promise"))
		until := p.Date(rapport.DateOf(f.Now()).AddDays(7))
		due.Click(p.T("button.pass")).Expect(p.T("snooze.done", "Person", p.Person(mei), "When", until)).ExpectNot(p.T("pass.week"))
		if made := f.promises(w.leader, mei); len(made) != 1 || made[0].State != rapport.PromiseOpen {
			t.Errorf("promises = %+v, want the one, open", made)
		}
	})
}

// TestNotThisWeekKeepsTheRestOfADigest: nobody comes up, but it is still asked how a
// coffee went, once.
func TestNotThisWeekKeepsTheRestOfADigest(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei, tanaka)
		scope := rapport.Scope{Workspace: f.id, Actor: w.leader}
		if err := f.store.SaveSettings(t.Context(), scope, store.Settings{Digest: rapport.DigestFirst}, ""); err != nil {
			t.Fatal(err)
		}
		leader := f.User(w.leader)
		leader.Runs("/innerview coffee @mei 2026-10-09 15:00")
		f.passes(6) // to the Tuesday after a holiday
		asked := p.T("followup.ask", "Person", p.Person(mei))
		digest := leader.DM().Expect(p.T("digest.neutral")).Expect(asked).Expect(p.Person(tanaka))
		digest.Click(p.T("button.pass")).Expect(p.T("pass.week")).Expect(asked).ExpectNot(p.Person(tanaka)).ExpectNoButton(p.T("button.pass"))
		digest.Click(w.light).Expect(p.T("warm.light")).ExpectNoMore(asked)
		if got := f.talks(w.leader, mei); len(got) != 1 || got[0].On != rapport.NewDate(2026, 10, 9) {
			t.Errorf("talks = %+v, want that of the coffee", got)
		}
		if n := strings.Count(strings.Join(digest.Texts(), "\n"), asked); n != 0 {
			t.Errorf("it is asked %d times more", n)
		}
	})
}
