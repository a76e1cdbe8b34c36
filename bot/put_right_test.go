package bot_test

import (
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/store"
	"innerview/rapport"
)

// outcomeIs reports what the one talk with somebody is recorded as.
func (f *office) outcomeIs(leader string, want rapport.Outcome) {
	f.t.Helper()
	if got := f.talks(leader, mei); len(got) != 1 || got[0].Outcome != want {
		f.t.Errorf("talks = %+v, want one, %s", got, want)
	}
}

// TestAWrongTapIsPutRightOnItsCard: the rest that a talk brought which was never
// declined is gone, and so is the block; the next date is the usual one.
func TestAWrongTapIsPutRightOnItsCard(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		today := rapport.DateOf(f.Now())
		card := leader.DM().Expect(w.neutral).Click(w.talked).Click(p.T("outcome.declined")).Expect(p.T("warm.declined"))
		before := f.pair(w.leader, mei)
		if before.History.Pace().MayOffer(today) {
			t.Fatal("a talk that was declined brings no rest")
		}
		card.Click(p.T("button.put_right"))
		leader.Modal().Expect(p.T("talk.title")).Choose(p.T("talk.outcome"), p.T("outcome.opened")).Submit()
		leader.ExpectNoModal()
		next := p.T("done.next", "When", p.Date(rapport.NewDate(2026, 10, 21)))
		card.Expect(p.T("outcome.opened")).Expect(p.T("warm.opened")).Expect(next).Expect(p.T("promise.ask")).
			ExpectNoMore(p.T("warm.declined")).ExpectButton(p.T("button.put_right")).ExpectButton(p.T("button.settings"))
		f.outcomeIs(w.leader, rapport.Opened)
		pair := f.pair(w.leader, mei)
		past := must(f.store.Past(t.Context(), f.id, pair, today))(t)
		if !pair.History.Pace().MayOffer(today) || len(past.Blocked) > 0 || pair.NextOn != rapport.NewDate(2026, 10, 21) {
			t.Errorf("may offer %t, blocked %v, next %v; want no rest, no block and 21 October",
				pair.History.Pace().MayOffer(today), past.Blocked, pair.NextOn)
		}
		f.passes(14)
		leader.DM().ExpectCount(2)
	})
}

// TestATalkIsPutRightWhereverItIsNoted: under a command, in a modal and in the brief;
// the card in the DM says the same.
func TestATalkIsPutRightWhereverItIsNoted(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		card := leader.DM().Expect(w.neutral)
		typed := leader.Runs("/innerview log @mei missed").Expect(p.T("warm.missed"))
		card.Expect(p.T("warm.missed"))
		to := func(o rapport.Outcome) {
			t.Helper()
			leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome."+string(o))).Submit()
			f.outcomeIs(w.leader, o)
		}
		typed.Click(p.T("button.put_right"))
		to(rapport.Light)
		leader.ExpectNoModal()
		typed.Expect(p.T("warm.light")).ExpectNoMore(p.T("warm.missed"))
		card.Expect(p.T("warm.light")).ExpectNoMore(p.T("warm.missed"))

		leader.Runs("/innerview brief @mei")
		leader.Modal().Click(p.T("brief.change"))
		to(rapport.Declined)
		leader.Modal().Expect(p.T("brief.title")).Close()
		card.Expect(p.T("warm.declined")).ExpectNoMore(p.T("warm.light")).ExpectNoMore(p.T("promise.ask"))

		typed.Click(p.T("button.put_right"))
		to(rapport.Light)
		typed.Click(p.T("button.promise")) // the card and what is promised are told together
		leader.Modal().Fill(p.T("promise.label"), secret).Submit().Close()
		kept := p.T("promise.saved", "When", p.Date(rapport.NewDate(2026, 10, 21)))
		typed.Expect(kept).Click(p.T("button.put_right"))
		to(rapport.Opened)
		typed.Expect(kept).Expect(p.T("warm.opened")).ExpectNoMore(p.T("promise.ask"))
		f.nothingPosted(secret)
	})
}

// TestATalkIsPutRightInAModal: where it was recorded from Home.
func TestATalkIsPutRightInAModal(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.OpensHome().Click(p.T("button.talked"))
		leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.declined")).Submit().Expect(p.T("warm.declined")).
			Click(p.T("button.put_right"))
		leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.light")).Submit().Expect(p.T("warm.light")).
			ExpectButton(p.T("button.put_right")).Close()
		leader.ExpectNoModal()
		f.outcomeIs(w.leader, rapport.Light)
	})
}

// TestASecondDeclineIsPutRight: the quiet that it brings is gone as well, and comes
// back when it was no mistake.
func TestASecondDeclineIsPutRight(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview log @mei declined")
		f.now.Add(int64(24 * time.Hour))
		typed := leader.Runs("/innerview log @mei declined").Expect(p.T("warm.quiet"))
		typed.Click(p.T("button.put_right"))
		leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.missed")).Submit()
		typed.Expect(p.T("warm.missed")).ExpectNoMore(p.T("warm.quiet")).Click(p.T("button.put_right"))
		leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.declined")).Submit()
		typed.Expect(p.T("warm.quiet"))
		if f.pair(w.leader, mei).History.Pace().QuietSince.IsZero() {
			t.Error("two talks that were declined bring no quiet")
		}
	})
}

func TestACardIsPutRightForSevenDays(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		card := leader.DM().Expect(w.neutral).Click(w.talked).Click(w.light)
		f.now.Add(int64(7 * 24 * time.Hour))
		card.Click(p.T("button.put_right"))
		form := leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened"))
		f.now.Add(int64(time.Minute))
		form.Submit()
		form.ExpectError(p.T("talk.day"), p.T("error.talk_settled")).Close()
		card.Click(p.T("button.put_right"))
		leader.ExpectNoModal()
		leader.DM().Expect(p.T("error.talk_settled"))
		f.outcomeIs(w.leader, rapport.Light)
	})
}

// TestWhatWasRecordedElsewhereSettlesTheQuestion: a press on the reminder of a coffee,
// or on the question after it, says that it is recorded, and the message says what.
func TestWhatWasRecordedElsewhereSettlesTheQuestion(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview coffee @mei 2026-10-07 15:00")
		f.now.Store(time.Date(2026, 10, 7, 14, 20, 0, 0, tokyo).UnixNano())
		f.beats()
		near := leader.LastMessage().Expect(p.T("near.neutral"))
		f.now.Store(time.Date(2026, 10, 8, 10, 30, 0, 0, tokyo).UnixNano())
		f.beats()
		asked := leader.LastMessage().Expect(p.T("followup.neutral"))
		leader.Runs("/innerview log @mei 2026-10-07 light")

		asked.Click(w.light) // the very outcome, a moment ago
		leader.DM().Expect(p.T("error.talk_twice"))
		asked.Expect(p.T("warm.light")).ExpectNoButton(w.details).ExpectButton(p.T("button.put_right"))
		near.Click(p.T("button.talked"))
		leader.ExpectNoModal()
		leader.DM().Expect(p.T("error.already_answered"))
		near.Expect(p.T("warm.light")).ExpectNoButton(p.T("button.talked")).ExpectNoButton(p.T("button.call_off"))
		f.outcomeIs(w.leader, rapport.Light)

		near.Click(p.T("button.put_right"))
		leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened")).Submit()
		near.Expect(p.T("warm.opened"))
		f.outcomeIs(w.leader, rapport.Opened)
	})
}

// TestADigestIsPutRight: it goes on saying and asking all else.
func TestADigestIsPutRight(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := f.words(w)
		f.leads(w.leader, mei, tanaka)
		scope := rapport.Scope{Workspace: f.id, Actor: w.leader}
		if err := f.store.SaveSettings(t.Context(), scope, store.Settings{Digest: rapport.DigestFirst}, ""); err != nil {
			t.Fatal(err)
		}
		leader := f.User(w.leader)
		f.beats()
		leader.Runs("/innerview coffee @mei 2026-10-09 15:00")
		f.passes(6)
		digest := leader.DM().Expect(p.T("digest.neutral")).Click(p.T("outcome.declined")).Expect(p.T("warm.declined"))
		digest.Click(p.T("button.put_right"))
		leader.Modal().Choose(p.T("talk.outcome"), w.light).Submit()
		digest.Expect(p.T("warm.light")).ExpectNoMore(p.T("warm.declined")).Expect(p.T("digest.neutral")).ExpectButton(p.T("button.pass"))
		f.outcomeIs(w.leader, rapport.Light)
	})
}
