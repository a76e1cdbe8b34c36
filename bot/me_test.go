package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/bot/view"
	"innerview/internal/slacksim/slacksimtest"
	"innerview/internal/store"
	"innerview/rapport"
)

// selfWords are what a person reads and presses about themselves, in both
// languages.
type selfWords struct {
	person, command                             string
	nothing, opened, quote, remove, light       string
	out, outSince, back, erase, topics, rest    string
	leave, lunch, until, resting, rested, twice string
	welcome, done, refused                      string
}

var selfInBoth = map[rapport.Language]selfWords{
	rapport.English: {
		mei, "me", "no leader keeps anything about you", "The talk opened up", "“likes ferries”", "Remove", "light, everyday topics",
		"Step out", "You stepped out on", "Come back", "Erase everything", "Choose topics", "Take a break",
		"Please leave these alone", "Lunch", "Up to and including", "You're taking a break", "End the break", "both lists",
		"These are welcome", "Save", "aren't part of Innerview",
	},
	rapport.Japanese: {
		tanaka, "自分", "リーダーが残した記録は何もありません", "話が広がりました", "「likes ferries」", "消す", "ふだんの軽い話題",
		"参加をやめる", "参加をやめています", "参加を再開する", "すべて消す", "話題を選ぶ", "しばらくお休みする",
		"ふれないでほしい話題", "お昼ごはん", "いつまでお休みしますか", "お休み中です", "お休みを終える", "どちらか一方",
		"歓迎の話題", "保存", "参加していません",
	},
}

// named is how people are typed in a command.
var named = map[string]string{mei: "@mei", tanaka: "@tanaka"}

// looks opens what is kept about a member.
func (f *office) looks(w selfWords) *slacksimtest.Screen {
	f.t.Helper()
	f.User(w.person).Runs("/innerview " + w.command)
	return f.User(w.person).Modal()
}

// TestThePersonSeesAndErasesWhatIsKept walks through the rights of somebody spoken
// about; their leader speaks the other language.
func TestThePersonSeesAndErasesWhatIsKept(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{})
		w := selfInBoth[leader.lang]
		f.looks(w).Expect(w.nothing).Close()
		f.leads(leader.leader, w.person)
		name := named[w.person]
		f.User(leader.leader).Runs("/innerview log " + name + " opened yesterday likes ferries")

		me := f.looks(w)
		me.Expect("<@" + leader.leader + ">").Expect(w.quote).Expect(w.opened).Expect(w.light).ExpectNot(w.nothing)
		me.Click(w.remove).ExpectNoMore(w.quote).Expect(w.opened)
		me.Click(w.remove).ExpectNoMore(w.opened).ExpectNoButton(w.remove)
		if got := f.talks(leader.leader, w.person); len(got) != 0 {
			t.Errorf("talks = %+v, want none", got)
		}
		me.Close()
		f.User(leader.leader).Runs("/innerview log " + name + " opened today likes ferries")
		f.looks(w).Expect(w.quote).Click(w.erase).ExpectNoMore(w.quote).Expect("<@" + leader.leader + ">")
		if got := f.pair(leader.leader, w.person).LastTalkOn; !got.IsZero() {
			t.Errorf("the last talk is on %s, want no day", got)
		}
		f.User(leader.leader).DM().ExpectCount(2) // what they asked for themselves
	})
}

func TestSteppingOutAndComingBack(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{})
		w := selfInBoth[leader.lang]
		f.leads(leader.leader, w.person)
		f.User(leader.leader).Runs("/innerview log " + named[w.person] + " opened today likes ferries").Expect(leader.warm)
		home := f.User(leader.leader).OpensHome().Expect("<@" + w.person + ">")
		me := f.looks(w)
		me.Click(w.out).Expect(w.outSince).ExpectNoMore(w.quote).ExpectNoButton(w.rest)
		f.passes(20)
		f.User(leader.leader).DM().ExpectNone(leader.neutral)
		f.User(leader.leader).OpensHome()
		home.ExpectNot("<@" + w.person + ">")
		name := named[w.person]
		for _, word := range []string{"add ", "next ", "log ", "note "} {
			f.User(leader.leader).Runs("/innerview " + word + name).Expect(w.refused[:len(w.refused)/2])
		}
		f.leads(leader.leader, w.person)
		f.User(leader.leader).Runs("/innerview").ExpectNot("<@" + w.person + ">")

		me.Click(w.back).Expect(w.nothing)
		f.User(leader.leader).Runs("/innerview add " + name)
		if got := f.pair(leader.leader, w.person); !got.LastTalkOn.IsZero() {
			t.Errorf("the pair came back with %+v, want a new one", got)
		}
	})
}

func TestSteppingOutBeforeAnybodyAsks(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.looks(selfInBoth[rapport.English]).Click("Step out").Expect("You stepped out on")
	f.User(sarah).Runs("/innerview add @mei").Expect("aren't part of Innerview")
	f.leads(kimura, mei)
	f.User(kimura).Runs("/innerview").ExpectNot(mei)
}

func TestARestIsKeptQuietly(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{})
		w := selfInBoth[leader.lang]
		f.leads(leader.leader, w.person)
		me := f.looks(w)
		me.Click(w.rest)
		form := f.User(w.person).Modal()
		form.Fill(w.until, "2026-10-07").Submit().ExpectError(w.until, "")
		form.Fill(w.until, "2026-10-20").Submit()
		me.Expect(w.resting)
		f.passes(13) // through the last day of the rest
		f.User(leader.leader).DM().ExpectCount(0)
		f.passes(1)
		f.User(leader.leader).DM().Expect(leader.neutral)
		me.Close()
		me = f.looks(w).ExpectNot(w.resting)
		me.Click(w.rest)
		f.User(w.person).Modal().Fill(w.until, "2026-12-20").Submit()
		me.Click(w.rested).ExpectNoMore(w.resting).ExpectButton(w.rest)
	})
}

func TestWishesReachTheChooser(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{})
		w := selfInBoth[leader.lang]
		f.leads(leader.leader, w.person)
		me := f.looks(w)
		me.Click(w.topics)
		form := f.User(w.person).Modal()
		form.Choose(w.leave, w.lunch).Choose(w.welcome, w.lunch).Submit().ExpectError(w.welcome, w.twice)
		form.Choose(w.leave, w.lunch, "snack").Choose(w.welcome, "desk").Submit()
		p := catalog(t).Printer(leader.lang)
		me.Expect("<@" + leader.leader + ">").Expect(view.TopicsSaved(p, []string{"desk"}, []string{"lunch", "snack"})).
			Expect(p.T("me.welcome", "Topics", p.T("topic.desk"))).
			Expect(p.T("me.blocked", "Topics", p.T("topic.lunch")+p.T("me.sep")+p.T("topic.snack")))
		pair := f.pair(leader.leader, w.person)
		past := must(f.store.Past(t.Context(), f.id, pair, pair.CreatedOn))(t)
		if got := strings.Join(past.Blocked, " ") + "/" + strings.Join(past.Welcome, " "); got != "lunch snack/desk" {
			t.Errorf("the chooser knows of %s, want lunch snack/desk", got)
		}
		me.Click(w.topics)
		f.User(w.person).Modal().Choose(w.leave).Submit()
		me.Expect(view.TopicsSaved(p, []string{"desk"}, nil)).ExpectNoMore(p.T("topic.lunch"))
		wishes := must(f.store.Wishes(t.Context(), rapport.Scope{Workspace: f.id, Actor: w.person}))(t)
		if len(wishes.Blocked) != 0 || len(wishes.Welcome) != 1 {
			t.Errorf("wishes = %+v, want what was taken away to be gone, and the rest there", wishes)
		}
	})
}

// TestAPrivateNoteShowsNoWords: with notes for their author alone, the person sees
// that there is one, and whom to ask.
func TestAPrivateNoteShowsNoWords(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{Notes: rapport.NotesPrivate, NoteDays: 90})
	f.leads(sarah, mei)
	f.User(sarah).Runs("/innerview note @mei likes ferries")
	f.looks(selfInBoth[rapport.English]).Expect("Something you do or like · Wed 7 Oct").Expect("Only <@" + sarah + "> can read").ExpectNot("ferries")
}

// TestAboutYouIsTrue reads the sentences whose truth hangs on how notes are kept
// here, and on whether anything comes about somebody at all.
func TestAboutYouIsTrue(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		w, p := selfInBoth[leader.lang], catalog(t).Printer(leader.lang)
		ask, off := p.T("me.ask", "Person", p.Person(leader.leader)), p.T("me.off")
		for _, tt := range []struct {
			mode             rapport.NoteMode
			noted            bool
			said             string
			unsaid           []string
			promise, pottery bool // their words are shown
		}{
			{rapport.NotesOpen, true, "", []string{ask, off}, true, true},
			{rapport.NotesPrivate, true, ask, []string{off}, false, false},
			{rapport.NotesPrivate, false, ask, []string{off}, false, false},
			{rapport.NotesOff, true, off, []string{ask}, true, false},
			{rapport.NotesOff, false, "", []string{ask, off}, true, false},
		} {
			f := openOffice(t, bot.Options{Notes: tt.mode, NoteDays: 180})
			f.leads(leader.leader, w.person)
			f.User(leader.leader).Runs("/innerview promise " + named[w.person] + " lend the book")
			if tt.noted { // before notes were switched off, perhaps
				scope := rapport.Scope{Workspace: f.id, Actor: leader.leader}
				n := rapport.Note{Kind: rapport.NoteFact, Text: "enjoys pottery", ExpiresOn: rapport.DateOf(f.Now()).AddDays(9)}
				if err := f.store.AddNote(t.Context(), scope, f.pair(leader.leader, w.person).ID, n, ""); err != nil {
					t.Fatal(err)
				}
			}
			all := strings.Join(f.looks(w).Expect(w.light).Texts(), "\n")
			for text, want := range map[string]bool{tt.said: true, "lend the book": tt.promise, "enjoys pottery": tt.pottery} {
				if strings.Contains(all, text) != want {
					t.Errorf("notes %s, noted %t: %q is there: %t, want %t in:\n%s", tt.mode, tt.noted, text, !want, want, all)
				}
			}
			for _, text := range tt.unsaid {
				if strings.Contains(all, text) {
					t.Errorf("notes %s, noted %t: %q is there, in:\n%s", tt.mode, tt.noted, text, all)
				}
			}
			f.User(w.person).Modal().Close()

			f.User(leader.leader).Runs("/innerview log " + named[w.person] + " declined")
			f.looks(w).Expect(p.T("me.depth_none")).ExpectNot(w.light).Close()
			f.User(leader.leader).Runs("/innerview end " + named[w.person])
			f.looks(w).Expect(p.T("me.leader_ended", "Person", p.Person(leader.leader), "When", p.Date(rapport.DateOf(f.Now())))).
				ExpectNot(p.T("me.depth_none")).ExpectNot(w.light)
		}
	})
}

func TestHomeLeadsToWhatIsKept(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.User(mei).OpensHome().Click("What's kept about me")
	f.User(mei).Modal().Expect("no leader keeps anything about you")
}

// TestAnothersThingsCannotBeRemoved: a forged value reaches nothing.
func TestAnothersThingsCannotBeRemoved(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei, tanaka)
	f.User(sarah).Runs("/innerview log @tanaka opened")
	talk := f.talks(sarah, tanaka)[0]
	err := f.store.DeleteAboutMe(t.Context(), rapport.Scope{Workspace: f.id, Actor: mei},
		store.Item{Kind: store.ItemTalk, ID: talk.ID}, "")
	if rapport.KindOf(err) != rapport.NotFound || len(f.talks(sarah, tanaka)) != 1 {
		t.Errorf("removing another's talk: %v", err)
	}
}

func TestEveryTopicOfTheBankHasAName(t *testing.T) {
	t.Parallel()
	bank, err := loadBank()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	var all []string
	for _, p := range printers(t) {
		for _, s := range bank.All() {
			if s.Level == 0 {
				continue
			}
			named[s.Topic] = true
			all = append(all, s.Topic)
			if !p.Has("topic." + s.Topic) {
				t.Errorf("%s: the topic %s has no name", p.Language(), s.Topic)
			}
		}
	}
	if got := view.TopicName(printers(t)[0], "an_operators_own"); got != "an operators own" {
		t.Errorf("a topic without a name is called %q", got)
	}
	if len(named) < 90 {
		t.Errorf("the bank has %d topics, want at least 90", len(named))
	}
	offered := 0
	for _, g := range view.Themed(append(all, "an_operators_own")) {
		offered += len(g.Topics)
		if own := slices.Equal(g.Topics, []string{"an_operators_own"}); (g.Theme == view.ThemeMore) != own {
			t.Errorf("the theme %s has the topics %v", g.Theme, g.Topics)
		}
		if len(g.Topics) > 18 {
			t.Errorf("the theme %s has %d topics, which is more than one looks through", g.Theme, len(g.Topics))
		}
	}
	if offered != len(named)+1 {
		t.Errorf("%d topics are offered, want each of the %d once", offered, len(named)+1)
	}
}

func TestPrivacyLeadsToWhatIsKept(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.User(mei).Runs("/innerview privacy").Expect("a note is shown to whoever wrote it and to the person").
		Expect("notes 180 days").Click("What's kept about me")
	f.User(mei).Modal().Expect("no leader keeps anything about you")
	f.User(tanaka).Runs("/innerview プライバシー").Expect("書いた人と、ご本人の画面だけです")
}

func TestPeopleAreToldOnceBeforeAnythingIsKept(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{TellPeople: true})
		w := selfInBoth[leader.lang]
		p := catalog(t).Printer(leader.lang)
		name := named[w.person]
		f.now.Store(time.Date(2026, 10, 7, 19, 0, 0, 0, tokyo).UnixNano()) // after hours
		f.User(leader.leader).Runs("/innerview add " + name)
		f.User(leader.leader).Runs("/innerview log " + name + " opened").Expect(p.T("error.untold"))
		f.beats()
		f.User(w.person).DM().ExpectCount(0)
		f.now.Store(time.Date(2026, 10, 8, 9, 30, 0, 0, tokyo).UnixNano())
		f.beats()
		told := f.User(w.person).DM().Expect(p.T("told.neutral")).Expect("<@" + leader.leader + ">")
		told.Click(p.T("told.see"))
		f.User(w.person).Modal().Expect(w.light).Close()
		f.User(leader.leader).Runs("/innerview log " + name + " opened").Expect(leader.warm)
		f.leads(map[string]string{sarah: kimura, kimura: sarah}[leader.leader], w.person) // another one, later
		f.passes(5)
		f.User(w.person).DM().ExpectCount(1)
		told.Click(w.out).Expect(p.T("me.out.done"))
		f.looks(w).Expect(w.outSince)
	})
}

// TestWhoIsAddedInTheDayIsToldAtOnce: there is no waiting for a heartbeat.
func TestWhoIsAddedInTheDayIsToldAtOnce(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{TellPeople: true})
	f.User(sarah).Runs("/innerview add @mei").Expect("I'll let them know, once")
	f.User(mei).DM().ExpectCount(1)
	f.beats()
	f.User(mei).DM().ExpectCount(1)
	// She is told after the answer to the command, so that it is settled a moment
	// later.
	scope, pair := rapport.Scope{Workspace: f.id, Actor: sarah}, f.pair(sarah, mei)
	for {
		err := f.store.AddNote(t.Context(), scope, pair.ID, rapport.Note{Text: "likes tea", ExpiresOn: rapport.DateOf(f.Now()).AddDays(9)}, "")
		if err == nil {
			break
		}
		select {
		case <-t.Context().Done():
			t.Fatal("nothing can be kept although she has been told: ", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	f.User(sarah).Runs("/innerview note @mei likes ferries").Expect("Saved, encrypted")
}

// TestALongTimeAgoHasItsYear: a day of another year is not taken for one of this.
func TestALongTimeAgoHasItsYear(t *testing.T) {
	inBoth(t, func(t *testing.T, leader words) {
		f := openOffice(t, bot.Options{})
		w, p := selfInBoth[leader.lang], catalog(t).Printer(leader.lang)
		out := rapport.DateOf(f.Now())
		f.looks(w).Click(w.out).Expect(p.T("me.stepped_out", "When", p.Date(out))).Close()
		other := map[string]string{mei: tanaka, tanaka: mei}[w.person]
		f.leads(leader.leader, other)
		f.User(leader.leader).Runs("/innerview promise " + named[other] + " lend the book")
		f.now.Add(int64(400 * 24 * time.Hour))
		f.looks(w).Expect(p.T("me.stepped_out", "When", p.DateYear(out)))
		f.User(leader.leader).Runs("/innerview").Expect(p.T("overview.promise_past", "When", p.DateYear(out.AddDays(rapport.PromiseDays))))
	})
}
