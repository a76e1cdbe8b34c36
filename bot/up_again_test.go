package bot_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/rapport"
)

// TestTheAnswerToATalkKnowsOfARest: three talks that were better kept short bring a
// rest of 30 days, and the answer names no day that lies in it.
func TestTheAnswerToATalkKnowsOfARest(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		for range 2 {
			leader.Runs("/innerview log @mei guarded")
			f.now.Add(int64(3 * 24 * time.Hour))
		}
		back := p.Date(rapport.DateOf(f.Now()).AddDays(30))
		leader.Runs("/innerview log @mei guarded").Expect(p.T("done.next", "When", back))
		leader.Runs("/innerview").Expect(p.T("overview.next", "When", back))
	})
}

// TestTheAnswerToATalkKnowsOfAnAbsence: nobody comes up while they are away.
func TestTheAnswerToATalkKnowsOfAnAbsence(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		away := func(until string) {
			leader.OpensHome().Click(p.T("button.person"))
			leader.Modal().Fill(p.T("person.away_from"), "2026-10-12").Fill(p.T("person.away_until"), until).Submit().Close()
		}
		away("2026-11-05")
		leader.Runs("/innerview log @mei light").Expect(p.T("done.next", "When", p.Date(rapport.NewDate(2026, 11, 6))))
		away("")
		unknown, after, _ := strings.Cut(p.T("done.next", "When", "|"), "|")
		leader.Runs("/innerview log @mei light yesterday").Expect(w.light).ExpectNot(cmp.Or(unknown, after))
	})
}

// TestTheListKnowsOfAPause: nobody comes up before it is over, and while nobody
// knows when that is, no day is named.
func TestTheListKnowsOfAPause(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview log @mei light")
		leader.Runs("/innerview list").Expect(p.T("overview.next", "When", p.Date(rapport.NewDate(2026, 10, 21))))
		leader.Runs("/innerview pause 2026-11-05")
		leader.Runs("/innerview list").Expect(p.T("overview.next", "When", p.Date(rapport.NewDate(2026, 11, 6))))
		leader.Runs("/innerview pause")
		named, after, _ := strings.Cut(p.T("overview.next", "When", "|"), "|")
		leader.Runs("/innerview list").Expect(p.T("overview.paused")).ExpectNot(cmp.Or(named, after))
	})
}
