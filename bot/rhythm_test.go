package bot_test

import (
	"fmt"
	"testing"

	"innerview/bot"
	"innerview/internal/slacksim"
	"innerview/rapport"
)

// TestEveryPlaceNamesTheRhythmThatRuns: who leads more people than a week has ideas
// reads the same everywhere, and why.
func TestEveryPlaceNamesTheRhythmThatRuns(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		var more []slacksim.User
		people := []string{mei, tanaka}
		for i := range 3 {
			id := fmt.Sprint("U3", i, "MORE")
			more, people = append(more, member(id, fmt.Sprint("more", i), "en-US")), append(people, id)
		}
		f := openOffice(t, bot.Options{}, append(more, member("U39LAST", "last", "en-US"))...)
		leader, p := f.User(w.leader), f.words(w)
		because, runs, usual := p.N("add.stretched", 3), p.N("settings.rhythm_usual", 3), p.N("settings.rhythm_usual", 2)
		f.leads(w.leader, people[:4]...) // two a week: each in two weeks, as usual
		leader.OpensHome().ExpectNot(because)
		leader.Runs("/innerview settings")
		leader.Modal().Expect(usual).ExpectNot(because).Close()
		leader.Runs("/innerview add @more2").Expect(because)

		leader.Runs("/innerview list").Expect(because)
		leader.OpensHome().Expect(because).Click(p.T("button.person"))
		leader.Modal().Expect(runs).Expect(because).ExpectNot(usual).Choose(p.T("person.rhythm"), p.N("settings.rhythm_n", 4)).Submit().Close()
		leader.Runs("/innerview settings")
		form := leader.Modal().Expect(runs).Expect(because).ExpectNot(usual)
		form.Submit().Expect(p.T("settings.saved")).Expect(because).Close()
		leader.Runs("/innerview log @tanaka light").Expect(p.T("done.next", "When", p.Date(rapport.NewDate(2026, 10, 28))))
		leader.Runs("/innerview settings")
		leader.Modal().Choose(p.T("settings.per_week"), p.N("settings.per_week_n", 4)).Submit().ExpectNot(because).Close()
		leader.Home().ExpectNoMore(because)
		leader.Runs("/innerview settings")
		leader.Modal().Expect(usual).ExpectNot(because).Close()
	})
}
