package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/slacksim"
	"innerview/rapport"
)

func (f *office) notes(leader, person string) []rapport.Note {
	f.t.Helper()
	scope := rapport.Scope{Workspace: f.id, Actor: leader}
	return must(f.store.Notes(f.t.Context(), scope, f.pair(leader, person).ID, rapport.DateOf(f.Now())))(f.t)
}

func TestBriefOffersTwoOpeningsAndSpendsNone(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		past := must(f.store.Past(t.Context(), f.id, f.pair(w.leader, mei), rapport.DateOf(f.Now())))(t)
		leader.Runs("/innerview 準備 @mei")
		brief := leader.Modal().Expect(p.T("brief.openings")).Expect(p.T("brief.listen")).Expect(p.T("overview.no_talk"))
		var shown []string
		seen := strings.Join(brief.Texts(), "\n")
		for _, s := range f.bank.All() {
			if strings.Contains(seen, s.Text.In(w.lang)) {
				shown = append(shown, s.ID)
			}
		}
		if len(shown) != 2 {
			t.Errorf("the brief shows the starters %v, want two", shown)
		}
		if now := must(f.store.Past(t.Context(), f.id, f.pair(w.leader, mei), rapport.DateOf(f.Now())))(t); len(now.Offers) != len(past.Offers) {
			t.Errorf("%d offers after looking, %d before", len(now.Offers), len(past.Offers))
		}
		brief.Close()
		f.beats()
		question := f.question(leader.DM().Expect(w.neutral), w.lang)
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(question).Close() // what is on the card already

		leader.Runs("/innerview log @mei declined")
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(p.T("error.resting")).ExpectNot(p.T("brief.listen"))
	})
}

func TestNotesAreEditedKeptAndDeletedInTheBrief(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview note @mei " + secret)
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(secret).Click(p.T("brief.edit"))
		form := leader.Modal().Fill(p.T("note.label"), "hopes to see Naoshima").Choose(p.T("note.kind"), p.T("note.kind.hope"))
		form.Fill(p.T("note.ask"), "2026-10-01").Submit()
		form.ExpectError(p.T("note.ask"), p.T("error.ask_day"))
		form.Fill(p.T("note.ask"), "2026-10-30").Submit()
		brief := leader.Modal().Expect("hopes to see Naoshima").Expect(p.T("note.kind.hope")).ExpectNot(secret)
		brief.Expect(p.T("brief.ask_on", "When", p.Date(rapport.NewDate(2026, 10, 30))))

		until := rapport.NewDate(2026, 10, 7).AddDays(360)
		brief.Click(p.T("brief.keep")).Expect(p.DateYear(until))
		if got := f.notes(w.leader, mei); len(got) != 1 || got[0].ExpiresOn != until || got[0].Kind != rapport.NoteHope {
			t.Errorf("notes = %+v, want the one, kept until %v", got, until)
		}
		brief.Click(p.T("brief.delete")).ExpectNoMore("hopes to see Naoshima")
		if got := f.notes(w.leader, mei); len(got) != 0 {
			t.Errorf("%d notes after deleting, want none", len(got))
		}
		brief.Click(p.T("button.note"))
		leader.Modal().Fill(p.T("note.label"), "a second one").Submit()
		leader.Modal().Expect(p.T("brief.with", "Person", p.Person(mei))).Expect("a second one").Close()
		leader.ExpectNoModal()
		f.nothingPosted(secret, "Naoshima", "second one")
	})
}

func TestPromisesEndInTheBrief(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.Runs("/innerview promise @mei lend the book")
		f.passes(44) // 30 days beyond its day
		leader.Runs("/innerview brief @mei")
		brief := leader.Modal().Expect("lend the book").Expect(p.T("brief.hopeless"))
		brief.Click(p.T("brief.edit"))
		form := leader.Modal().Fill(p.T("promise.label"), "lend both books") // its day has passed, and may stay
		form.Submit()
		brief = leader.Modal().Expect("lend both books").Click(p.T("button.withdraw"))
		brief.Expect(p.T("brief.withdrawn", "When", p.T("date.today"))).ExpectNoButton(p.T("button.kept"))
		brief.Click(p.T("menu.promise"))
		leader.Modal().Fill(p.T("promise.label"), "ask about the desk").Submit()
		brief = leader.Modal().Expect("ask about the desk")
		brief.Click(p.T("button.kept")).Expect(p.T("brief.kept", "When", p.T("date.today")))
		made := f.promises(w.leader, mei)
		if len(made) != 2 || made[0].State == rapport.PromiseOpen || made[1].State == rapport.PromiseOpen {
			t.Errorf("promises = %+v, want both closed", made)
		}
		brief.Close()
		f.nothingPosted("both books", "the desk")
	})
}

func TestWhatIsSharedCanBeTakenBack(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), f.words(bothLanguages[0])
	leader.Runs("/innerview log @mei")
	leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened")).Fill(p.T("common.label"), "both row").
		Fill(p.T("tag.interest"), "kites").Submit().Close()
	leader.Runs("/innerview brief @mei")
	brief := leader.Modal().Expect("both row").Expect("kites")
	brief.Click(p.T("brief.remove")).ExpectNoMore("both row").Expect("kites")
	brief.Click(p.T("brief.remove")).ExpectNoMore("kites")
}

// TestATagIsSpokenOf: a starter about what the leader has learnt carries it, and
// never its empty slot.
func TestATagIsSpokenOf(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), f.words(bothLanguages[0])
	leader.Runs("/innerview log @mei")
	leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened")).Fill(p.T("tag.interest"), "kites").
		Fill(p.T("tag.strength"), "maps").Submit().Close()
	spoken := false
	for range 12 {
		f.passes(7)
		said := strings.Join(leader.Runs("/innerview next @mei").Expect("<@"+mei+">").Texts(), "\n")
		if strings.ContainsAny(said, "{}") {
			t.Fatalf("an empty slot:\n%s", said)
		}
		spoken = spoken || strings.Contains(said, "kites") || strings.Contains(said, "maps")
		leader.Runs("/innerview log @mei light")
	}
	if !spoken {
		t.Error("in twelve weeks no starter spoke of what the leader had learnt")
	}
}

func TestTalksArePutRight(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		leader.DM().Expect(w.neutral).Click(w.talked).Click(p.T("outcome.declined"))
		pair := f.pair(w.leader, mei)
		past := must(f.store.Past(t.Context(), f.id, pair, rapport.DateOf(f.Now())))(t)
		if len(past.Blocked) != 1 || pair.History.Pace().MayOffer(rapport.DateOf(f.Now())) {
			t.Fatalf("blocked = %v, want the topic of the card, and a rest", past.Blocked)
		}
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(p.T("outcome.declined")).Click(p.T("brief.change"))
		form := leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened")).Fill(p.T("talk.day"), "2026-09-01")
		form.Submit()
		form.ExpectError(p.T("talk.day"), p.T("error.talk_day"))
		form.Choose(p.T("talk.outcome"), p.T("outcome.opened")).Fill(p.T("talk.day"), "2026-10-06").Submit()
		brief := leader.Modal().Expect(p.T("outcome.opened")).ExpectNoMore(p.T("outcome.declined")).Expect(p.T("brief.listen"))
		pair = f.pair(w.leader, mei)
		past = must(f.store.Past(t.Context(), f.id, pair, rapport.DateOf(f.Now())))(t)
		if len(past.Blocked) != 0 || pair.LastTalkOn != rapport.NewDate(2026, 10, 6) || pair.NextOn != rapport.NewDate(2026, 10, 20) {
			t.Errorf("blocked %v, last talk %v, next %v; want none, 6 and 20 October", past.Blocked, pair.LastTalkOn, pair.NextOn)
		}
		brief.Click(p.T("brief.remove")).Expect(p.T("talk.removed")).Expect(p.T("overview.no_talk")).Close()
		if n := len(f.talks(w.leader, mei)); n != 0 {
			t.Errorf("%d talks, want none", n)
		}
	})
}

func TestACorrectionThatMovesTheDepthSaysSo(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		for _, outcome := range []string{"opened", "light"} {
			leader.Runs("/innerview log @mei " + outcome)
			f.passes(14)
		}
		leader.Runs("/innerview log @mei guarded")
		leader.Runs("/innerview brief @mei")
		leader.Modal().Click(p.T("brief.change"))
		leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.light")).Submit()
		brief := leader.Modal().Expect(p.T("brief.far.causative")).ExpectButton(p.T("button.keep_light"))
		brief.Click(p.T("brief.remove")).Expect(p.T("corrected.lighter")).Expect(p.T("brief.far.factual")).Close()

		f.now.Add(int64(7*24*time.Hour + time.Minute))
		leader.Runs("/innerview log @mei light")
		f.now.Add(int64(7*24*time.Hour + time.Minute))
		leader.Runs("/innerview brief @mei")
		brief = leader.Modal().Expect(p.T("outcome.light"))
		for _, c := range brief.Texts() {
			if c == p.T("brief.change") {
				t.Error("a talk recorded more than seven days ago can still be changed")
			}
		}
		brief.Close()
	})
}

func TestATalkCannotBePutRightForEver(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), f.words(bothLanguages[0])
	leader.Runs("/innerview log @mei light")
	leader.Runs("/innerview brief @mei")
	brief := leader.Modal()
	f.now.Add(int64(7*24*time.Hour + time.Minute))
	brief.Click(p.T("brief.remove")).ExpectGone() // on a screen that has stood open for a week
	leader.Modal().Expect(p.T("error.talk_settled"))
	if n := len(f.talks(sarah, mei)); n != 1 {
		t.Errorf("%d talks, want 1", n)
	}
}

func TestARiseIsTakenBackInTheBrief(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader, p := f.User(sarah), f.words(bothLanguages[0])
	for i, outcome := range []string{"opened", "light", "light"} {
		if i > 0 {
			f.passes(14)
		}
		leader.Runs("/innerview log @mei " + outcome)
	}
	leader.Runs("/innerview brief @mei")
	leader.Modal().Click(p.T("button.keep_light")).Expect(p.T("light.done", "Person", p.Person(mei))).
		Expect(p.T("brief.far.factual")).ExpectNoButton(p.T("button.keep_light"))
}

func TestHomeLeadsToEverythingAboutAPerson(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		home := leader.OpensHome()
		for _, door := range []struct{ label, title string }{
			{"button.show", "notice.title"},
			{"button.talked", "talk.title"},
			{"button.brief", "brief.title"},
			{"menu.note", "note.title"},
			{"menu.promise", "promise.title"},
			{"menu.coffee", "coffee.title"},
			{"button.person", "person.title"},
			{"menu.snooze", "notice.title"},
		} {
			home.Click(p.T(door.label))
			leader.Modal().Expect(p.T(door.title)).Close()
		}
		home.Expect(p.T("overview.next", "When", p.Date(rapport.NewDate(2026, 10, 14))))
		home.Click(p.T("menu.end"))
		leader.Modal().Expect(p.T("end.done", "Person", p.Person(mei))).Close()
		leader.Home().Expect(p.T("home.empty"))
	})
}

func TestNobodyReadsAnothersBrief(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.leads(kimura, tanaka)
	for _, text := range []string{"brief @mei", "promise @mei something"} {
		f.User(kimura).Runs("/innerview " + text).Expect("一覧にいない")
	}
	f.User(kimura).ExpectNoModal()
}

// TestANoticeGivesWay: what is said where there is no message to say it in does not
// pile up, for Slack lays three modals over each other and no more.
func TestANoticeGivesWay(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.OpensHome().Click(p.T("button.show"))
		notice := leader.Modal().Expect(p.T("card.neutral"))
		question := f.question(notice, w.lang)
		notice.Click(w.another).ExpectNoMore(question).Click(w.talked).Expect(p.T("card.how"))
		notice.Click(p.T("button.back")).Click(w.talked).Click(w.light).Expect(p.T("promise.ask"))
		notice.Click(p.T("button.promise")).Expect(p.T("promise.hint"))
		notice.Fill(p.T("promise.label"), "lend the book").Submit().Expect(p.T("promise.done", "When", p.Date(rapport.NewDate(2026, 10, 21))))
		notice.Close()
		leader.ExpectNoModal()
		if n := len(f.talks(w.leader, mei)); n != 1 {
			t.Errorf("%d talks, want 1", n)
		}
	})
}

// TestHomeStaysOnItsPage: what is done about somebody on the second page does not
// turn back to the first.
func TestHomeStaysOnItsPage(t *testing.T) {
	t.Parallel()
	var people []string
	var members []slacksim.User
	for i := range 31 {
		id := fmt.Sprintf("U3%04d", i)
		people, members = append(people, id), append(members, member(id, "member"+id, "en-US"))
	}
	f := openOffice(t, bot.Options{}, members...)
	f.leads(sarah, people...)
	leader, p := f.User(sarah), f.words(bothLanguages[0])
	home := leader.OpensHome().Click(p.T("home.next")).ExpectButton(p.T("home.previous"))
	home.Click(p.T("button.brief"))
	leader.Modal().Expect(p.T("brief.title")).Close()
	home.Click(p.T("menu.snooze")).Expect(p.T("overview.next", "When", p.Date(rapport.NewDate(2026, 10, 14))))
	home.ExpectButton(p.T("home.previous"))
}
