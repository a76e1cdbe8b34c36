package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/i18n"
	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
	"innerview/internal/store"
	"innerview/rapport"
)

// stale are the messages about Mei that may stand in a leader's DM when she steps
// out.
var stale = []struct {
	name string
	make func(f *office, w words, p *i18n.Printer) *slacksimtest.Screen
}{
	{"a card", func(f *office, w words, _ *i18n.Printer) *slacksimtest.Screen {
		f.beats()
		return f.User(w.leader).DM().Expect(w.neutral)
	}},
	{"a card that asks how it went", func(f *office, w words, _ *i18n.Printer) *slacksimtest.Screen {
		f.beats()
		return f.User(w.leader).DM().Expect(w.neutral).Click(w.talked).ExpectButton(w.light)
	}},
	{"what a talk left to do", func(f *office, w words, p *i18n.Printer) *slacksimtest.Screen {
		f.beats()
		return f.User(w.leader).DM().Expect(w.neutral).Click(w.talked).Click(w.light).Expect(p.T("promise.ask"))
	}},
	{"a promise that is due", func(f *office, w words, p *i18n.Printer) *slacksimtest.Screen {
		f.User(w.leader).Runs("/innerview log @mei light")
		f.User(w.leader).Runs("/innerview promise @mei lend the book")
		f.now.Add(int64(14 * 24 * time.Hour))
		f.beats()
		return f.User(w.leader).DM().Expect(p.T("due.promise"))
	}},
	{"a moment that is near", func(f *office, w words, p *i18n.Printer) *slacksimtest.Screen {
		f.User(w.leader).Runs("/innerview coffee @mei 2026-10-07 15:00")
		f.now.Store(time.Date(2026, 10, 7, 14, 20, 0, 0, tokyo).UnixNano())
		f.beats()
		return f.User(w.leader).DM().Expect(p.T("near.neutral"))
	}},
	{"a question how it went", func(f *office, w words, p *i18n.Printer) *slacksimtest.Screen {
		f.User(w.leader).Runs("/innerview coffee @mei 2026-10-07 15:00")
		f.passes(1)
		return f.User(w.leader).DM().Expect(p.T("followup.neutral"))
	}},
	{"the digest", func(f *office, w words, p *i18n.Printer) *slacksimtest.Screen {
		return f.digest(w, p)
	}},
}

// digest lets a week pass and returns the digest of the next.
func (f *office) digest(w words, p *i18n.Printer) *slacksimtest.Screen {
	f.t.Helper()
	scope := rapport.Scope{Workspace: f.id, Actor: w.leader}
	if err := f.store.SaveSettings(f.t.Context(), scope, store.Settings{Digest: rapport.DigestFirst}, ""); err != nil {
		f.t.Fatal(err)
	}
	f.passes(6) // to the Tuesday after a holiday
	return f.User(w.leader).DM().Expect(p.T("digest.neutral"))
}

// TestWhatIsLeftOfWhoSteppedOutSettles presses every button that is left about
// somebody who has stepped out; in the second language, the first of each message.
func TestWhatIsLeftOfWhoSteppedOutSettles(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		p := catalog(t).Printer(w.lang)
		own := map[string]bool{p.T("button.settings"): true, p.T("button.pause"): true} // about nobody
		for _, s := range stale {
			for i := 0; ; i++ {
				f := openOffice(t, bot.Options{})
				f.leads(w.leader, mei)
				left := s.make(f, w, p)
				var labels []string
				for _, c := range f.buttonsAt(w.leader, left) {
					if !own[c.Label] {
						labels = append(labels, c.Label)
					}
				}
				if len(labels) == 0 {
					t.Fatalf("%s has no buttons", s.name)
				}
				if i == len(labels) || i == 1 && w.lang == rapport.Japanese {
					break
				}
				f.looks(selfInBoth[rapport.English]).Click("Step out")
				left.Click(labels[i]).Expect(p.T("error.opted_out"))
				if texts := strings.Join(left.Texts(), "\n"); strings.Contains(texts, "<@"+mei+">") {
					t.Errorf("%s, after %q, still names her:\n%s", s.name, labels[i], texts)
				}
				for _, c := range f.buttonsAt(w.leader, left) {
					if !own[c.Label] {
						t.Errorf("%s, after %q, still has the button %q", s.name, labels[i], c.Label)
					}
				}
				f.User(w.leader).ExpectNoModal()
			}
		}
	})
}

// buttonsAt returns what can be pressed on a message.
func (f *office) buttonsAt(user string, s *slacksimtest.Screen) []slacksim.Control {
	f.t.Helper()
	f.Settle()
	at := s.Target()
	for _, m := range f.Messages(at.Channel) {
		if m.TS == at.TS {
			return m.Buttons()
		}
	}
	f.t.Fatalf("%s has no such message", user)
	return nil
}

// TestADigestGoesOnWithoutWhoSteppedOut: the others of it stay.
func TestADigestGoesOnWithoutWhoSteppedOut(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei, tanaka)
		digest := f.digest(w, p).Expect("<@" + mei + ">").Expect("<@" + tanaka + ">")
		f.looks(selfInBoth[rapport.English]).Click("Step out")
		digest.Click(p.T("button.show")) // the first: Mei's
		digest.Expect(p.T("error.opted_out")).ExpectNoMore("<@" + mei + ">").Expect("<@" + tanaka + ">")
		digest.Click(p.T("button.pass")).Expect(p.T("pass.week"))
	})
}

// TestABriefOfWhoSteppedOutSaysSo: what is open while they go answers alike, and
// keeps nothing.
func TestABriefOfWhoSteppedOutSaysSo(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(w.lang)
		f.leads(w.leader, mei)
		leader := f.User(w.leader)
		leader.Runs("/innerview brief @mei")
		f.looks(selfInBoth[rapport.English]).Click("Step out")
		leader.Modal().Click(p.T("button.note"))
		ctx, stop := context.WithTimeout(t.Context(), f.Patience)
		defer stop()
		if err := f.Await(ctx, func() bool { return len(f.Modals(w.leader)) == 2 }); err != nil {
			t.Fatal("the press is not answered")
		}
		leader.Modal().Expect(p.T("error.opted_out"))
	})
	t.Run("a form", func(t *testing.T) {
		t.Parallel()
		f := openOffice(t, bot.Options{})
		p := catalog(t).Printer(rapport.English)
		f.leads(sarah, mei)
		f.User(sarah).Runs("/innerview promise @mei")
		form := f.User(sarah).Modal()
		f.looks(selfInBoth[rapport.English]).Click("Step out")
		form.Fill(p.T("promise.label"), "lend the book").Submit().ExpectError(p.T("promise.due"), p.T("error.opted_out"))
	})
}
