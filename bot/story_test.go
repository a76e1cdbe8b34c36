package bot_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/internal/calendar"
	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/questions"
	"innerview/rapport"
	"innerview/scheduler"
)

// The people of every story.
const (
	kimura = "U01KIMURA" // leads in Japanese
	sarah  = "U02SARAH"  // leads in English
	mei    = "U11MEI"
	tanaka = "U12TANAKA"
)

var tokyo = mustLoad("Asia/Tokyo")

func mustLoad(zone string) *time.Location {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	return loc
}

// office is a workspace with the bot of serve in it, on a clock the test turns.
type office struct {
	*slacksimtest.Workspace
	t         *testing.T
	store     *store.Store
	scheduler *scheduler.Scheduler
	bot       *bot.Bot
	bank      *questions.Bank
	id        string
	now       *atomic.Int64
	path      string // of the database
}

func member(id, name, locale string) slacksim.User {
	return slacksim.User{ID: id, Name: name, DisplayName: name, RealName: name, TZ: "Asia/Tokyo", Locale: locale}
}

// emptyStore is the database with which an office begins.
var emptyStore = storetest.NewTemplate(store.Options{}, nil)

// openOffice begins on Wednesday 7 October 2026, 10:30 in Tokyo.
func openOffice(t *testing.T, o bot.Options, more ...slacksim.User) *office {
	t.Helper()
	return openOfficeThrough(t, http.DefaultTransport, o, more...)
}

// openOfficeThrough is [openOffice] with something between the bot and Slack.
func openOfficeThrough(t *testing.T, between http.RoundTripper, o bot.Options, more ...slacksim.User) *office {
	t.Helper()
	f := &office{t: t, now: new(atomic.Int64)}
	f.now.Store(time.Date(2026, 10, 7, 10, 30, 0, 0, tokyo).UnixNano())
	f.Workspace = slacksimtest.Start(t, slacksim.Options{Now: f.Now}, append([]slacksim.User{
		member(kimura, "kimura", "ja-JP"), member(sarah, "sarah", "en-US"),
		member(mei, "mei", "en-US"), member(tanaka, "tanaka", "ja-JP"),
	}, more...)...)
	log := slog.New(slog.DiscardHandler)
	url, keyFile := emptyStore.Copy(t, storetest.MemoryDir(t))
	f.path = url
	f.store = must(store.Open(t.Context(), log, url, keyFile, store.Options{Now: f.Now, TellFirst: o.TellPeople}))(t)
	t.Cleanup(func() { f.store.Close() })
	client := &http.Client{Timeout: 5 * time.Second, Transport: between}
	api := slack.New(slacksim.DemoBotToken, slack.OptionAPIURL(f.APIURL()),
		slack.OptionAppLevelToken(slacksim.DemoAppToken), slack.OptionHTTPClient(client))
	auth := must(api.AuthTestContext(t.Context()))(t)
	f.id = must(f.store.BindTeam(t.Context(), auth.TeamID))(t)
	f.bank = must(loadBank())(t)
	cal := must(calendar.NewAtlas(calendar.Options{Country: "jp"}))(t)
	o.Now, o.Zone, o.PerWeek, o.Rhythm = f.Now, tokyo, 2, 14
	o.Window = rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}
	if o.Notes == "" {
		o.Notes, o.NoteDays = rapport.NotesOpen, 180
	}
	f.bot = bot.New(log, api, client, f.store, f.bank, catalog(t), cal, bot.Workspace{ID: f.id, Team: auth.TeamID}, o)
	f.scheduler = scheduler.New(log, f.store, f.bank, cal, f.bot, f.id, scheduler.Options{Zone: tokyo, PerWeek: 2, Rhythm: 14})
	f.listen()
	return f
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (f *office) listen() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f.bot.Listen(ctx) }()
	f.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			f.t.Errorf("Listen: %v", err)
		}
	})
	f.WaitConnected()
}

func (f *office) Now() time.Time { return time.Unix(0, f.now.Load()).In(tokyo) }

// leads puts a pair on the operator's roster.
func (f *office) leads(leader string, people ...string) {
	f.t.Helper()
	var rows []store.RosterRow
	for _, p := range people {
		rows = append(rows, store.RosterRow{Leader: leader, Person: p})
	}
	today := func(string) rapport.Date { return rapport.DateOf(f.Now()) }
	if _, err := f.store.ImportRoster(f.t.Context(), f.id, rows, today, false); err != nil {
		f.t.Fatal(err)
	}
}

// passes moves the clock by whole days, with a heartbeat at half past ten each.
func (f *office) passes(days int) {
	f.t.Helper()
	for range days {
		f.now.Add(int64(24 * time.Hour))
		f.beats()
	}
}

func (f *office) beats() {
	f.t.Helper()
	if err := f.bot.Prepare(f.t.Context(), f.Now()); err != nil {
		f.t.Fatal(err)
	}
	if _, err := f.scheduler.Tick(f.t.Context(), f.Now()); err != nil {
		f.t.Fatal(err)
	}
}

func (f *office) pair(leader, person string) rapport.Pair {
	f.t.Helper()
	return must(f.store.Pair(f.t.Context(), rapport.Scope{Workspace: f.id, Actor: leader}, person))(f.t)
}

func (f *office) talks(leader, person string) []rapport.Talk {
	f.t.Helper()
	scope := rapport.Scope{Workspace: f.id, Actor: leader}
	return must(f.store.Talks(f.t.Context(), scope, f.pair(leader, person).ID, rapport.DateOf(f.Now()), 50))(f.t)
}

// level returns the level of the starter on a screen, 0 for a card without one.
func (f *office) level(s *slacksimtest.Screen, lang rapport.Language) rapport.Depth {
	f.t.Helper()
	return f.starter(s, lang).Level
}

// question returns the words of the starter on a screen.
func (f *office) question(s *slacksimtest.Screen, lang rapport.Language) string {
	f.t.Helper()
	return f.starter(s, lang).Text.In(lang)
}

func (f *office) starter(s *slacksimtest.Screen, lang rapport.Language) questions.Starter {
	f.t.Helper()
	seen := strings.Join(s.Texts(), "\n")
	for _, starter := range f.bank.All() {
		if strings.Contains(seen, starter.Text.In(lang)) {
			return starter
		}
	}
	f.t.Fatalf("no starter of the bank in:\n%s", seen)
	return questions.Starter{}
}

// words are what a leader presses and reads, in both languages.
type words struct {
	leader                                         string
	lang                                           rapport.Language
	neutral, talked, opened, light, warm, another  string
	lighter, pass, passed, coffee, deeper, details string
}

var bothLanguages = []words{
	{
		sarah, rapport.English, "A small idea for a conversation is here.", "We talked", "It opened up",
		"We talked a little", "A talk like that stays with people", "Another", "Lighter", "Not this week",
		"I'll bring it up again in a week", "Plan a coffee", "what drew them", "Another day, or a note",
	},
	{
		kimura, rapport.Japanese, "会話のきっかけをひとつお届けします。", "話せました", "話が広がりました",
		"少し話せました", "こういう会話は", "別のきっかけ", "もっと軽い話題", "今週は見送り", "またそっとお声がけします",
		"コーヒーの予定を立てる", "きっかけなども聞いてみて", "日付やメモも入れる",
	},
}

// inBoth tells a story once in each language.
func inBoth(t *testing.T, story func(t *testing.T, w words)) {
	t.Parallel()
	for _, w := range bothLanguages {
		t.Run(string(w.lang), func(t *testing.T) {
			t.Parallel()
			story(t, w)
		})
	}
}

func TestThreeTalksOverThreeWeeksReachCauses(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader := f.User(w.leader)
		for talk, press := range []string{w.opened, w.light, w.light} {
			card := leader.DM().Expect(w.neutral)
			if got := f.level(card, w.lang); got > rapport.Factual {
				t.Fatalf("talk %d began with a %v starter, want factual or a hello", talk+1, got)
			}
			card.Click(w.talked).Click(press)
			if talk == 0 {
				card.Expect(w.warm).ExpectNoButton(w.talked)
			}
			if talk == 2 {
				card.Expect(w.deeper)
			}
			f.passes(14)
		}
		leader.DM().ExpectCount(4)
		if got := f.level(leader.LastMessage(), w.lang); got != rapport.Causative {
			t.Errorf("the fourth starter is %v, want causative", got)
		}
		if got := f.pair(w.leader, mei).History.Pace().Depth; got != rapport.Causative {
			t.Errorf("depth %v after three talks over 28 days, want causative", got)
		}
	})
}

func TestAnotherTwiceThenJustHello(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		card := f.User(w.leader).DM().Expect(w.neutral)
		for range 2 {
			question := f.question(card, w.lang)
			card.Click(w.another).ExpectNoMore(question).ExpectButton(w.another)
		}
		card.Click(w.another).ExpectNoButton(w.another).ExpectButton(w.talked)
		if got := f.level(card, w.lang); got != 0 {
			t.Errorf("after two swaps a %v starter, want just hello", got)
		}
	})
}

func TestNotThisWeekComesBackInSevenDays(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader := f.User(w.leader)
		leader.DM().Expect(w.neutral).Click(w.pass).Expect(w.passed).ExpectNoButton(w.talked)
		f.passes(6)
		leader.DM().ExpectCount(1)
		f.passes(1)
		leader.DM().ExpectCount(2)
	})
}

func TestTheModalKeepsWhatWasTypedUntilItIsSafe(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.beats()
	leader := f.User(sarah)
	card := leader.DM().Expect("A small idea")
	card.Click("We talked").Click("Another day, or a note")
	form := leader.Modal().Fill("A note, in your words", "likes the early train")
	form.Choose("How did it go?", "It opened up").Fill("On which day?", "2026-08-01").Submit()
	form.ExpectError("On which day?", "last 14 days")
	if n := len(f.talks(sarah, mei)); n != 0 {
		t.Fatalf("%d talks recorded by a refused form", n)
	}
	form.Fill("On which day?", "2026-10-06").Submit()
	leader.ExpectNoModal()
	card.Expect("It opened up").Expect("Tue 6 Oct")
	if got := f.talks(sarah, mei); len(got) != 1 || got[0].On != rapport.NewDate(2026, 10, 6) {
		t.Errorf("talks = %+v, want one of 6 October", got)
	}
	leader.Runs("/innerview note @mei")
	leader.Modal().Expect("likes the early train")
}

func TestLogNoteAndListByCommand(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei, tanaka)
	leader := f.User(sarah)
	leader.Runs("/innerview log @mei opened yesterday loves early trains").
		Expect("It opened up").Expect("Tue 6 Oct").ExpectNot("early trains")
	leader.Runs("/innerview LOG @tanaka 少し").Expect("We talked a little")
	leader.Runs("/innerview note @mei hopes to lead a project").ExpectNot("project")
	leader.Runs("/innerview note @mei")
	leader.Modal().Expect("loves early trains").Expect("hopes to lead a project").Close()
	leader.Runs("/innerview").Expect("<@" + mei + ">").Expect("last talk yesterday")
	leader.Runs("/innerview log @mei")
	leader.Modal().Choose("How did it go?", "It didn't happen").Submit().Expect("Weeks are like that")
	if n := len(f.talks(sarah, mei)); n != 2 {
		t.Errorf("%d talks with mei, want 2", n)
	}
}

func TestTheSamePayloadTwiceHasOneEffect(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei, tanaka)
	f.beats()
	leader := f.User(sarah)
	card := leader.DM().Expect("A small idea")
	leader.Runs("/innerview log @tanaka opened")
	for range 3 {
		if err := f.Redeliver(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(f.talks(sarah, tanaka)); n != 1 {
		t.Errorf("%d talks after the command came four times, want 1", n)
	}
	card.Click("We talked").Click("We talked a little").Expect("Small talks")
	for range 3 {
		if err := f.Redeliver(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(f.talks(sarah, mei)); n != 1 {
		t.Errorf("%d talks after the button came four times, want 1", n)
	}
}

func TestACoffeeIsPlannedRememberedAndAskedAfterOnce(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.beats()
	leader := f.User(sarah)
	card := leader.DM().Expect("A small idea")
	card.Click("Plan a coffee")
	form := leader.Modal().Fill("Day", "2026-10-07").Fill("Time", "09:00")
	form.Submit()
	form.ExpectError("Time", "has passed")
	form.Fill("Day", "2026-10-08").Fill("Time", "18:30").Choose("Where", "Over coffee").Submit()
	card.Expect("Thu 8 Oct, 18:30").ExpectButton("We talked")
	f.now.Store(time.Date(2026, 10, 8, 17, 40, 0, 0, tokyo).UnixNano())
	f.beats()
	leader.DM().ExpectCount(1)
	f.now.Store(time.Date(2026, 10, 8, 17, 45, 0, 0, tokyo).UnixNano())
	f.beats()
	leader.LastMessage().Expect("A moment you planned is near").Expect("18:30")
	f.now.Store(time.Date(2026, 10, 9, 9, 30, 0, 0, tokyo).UnixNano())
	f.beats()
	leader.LastMessage().Expect("Did you get a moment").Click("It opened up").Expect("stays with people")
	f.passes(5)
	leader.DM().ExpectCount(3)
	if got := f.talks(sarah, mei); len(got) != 1 || got[0].Outcome != rapport.Opened {
		t.Errorf("talks = %+v, want one that opened up", got)
	}
}

func TestNobodyIsAskedAfterACoffeeThatIsRecorded(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.beats()
	leader := f.User(sarah)
	leader.DM().Expect("A small idea").Click("Plan a coffee")
	leader.Modal().Fill("Day", "2026-10-07").Fill("Time", "15:00").Submit()
	f.now.Store(time.Date(2026, 10, 7, 16, 0, 0, 0, tokyo).UnixNano())
	f.beats()
	leader.Runs("/innerview log @mei light")
	f.passes(3)
	leader.DM().ExpectNone("Did you get a moment")
}

func TestWhoStartsAloneIsAskedFirst(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	leader := f.User(sarah)
	answer := leader.Runs("/innerview add @mei").Expect("is on your list").ExpectButton("Yes, send me ideas")
	f.beats()
	leader.DM().ExpectNone("A small idea")
	answer.Click("Yes, send me ideas").Expect("The first one comes")
	f.beats()
	leader.DM().Expect("A small idea")
}

func TestSomePeopleCannotBeAdded(t *testing.T) {
	t.Parallel()
	gone, guest, app := member("U21GONE", "gone", ""), member("U22GUEST", "guest", ""), member("U23APP", "app", "")
	gone.Deleted, guest.Restricted, app.IsBot = true, true, true
	f := openOffice(t, bot.Options{}, gone, guest, app, member("USLACKBOT", "slackbot", ""))
	leader := f.User(sarah)
	for text, want := range map[string]string{
		"add @gone": "isn't active", "add @guest": "guest", "add @app": "an app", "add @sarah": "That's you",
		"add @slackbot": "an app", "add mei": "Type @", "add": "Type @",
		"lgo @mei": "/innerview log", "xyzzy": "help", "log @mei opened": "not on your list",
		"log @mei opend": "not on your list", "end @mei": "not on your list",
	} {
		leader.Runs("/innerview " + text).Expect(want)
	}
	if got := must(f.store.Pairs(t.Context(), rapport.Scope{Workspace: f.id, Actor: sarah}))(t); len(got) != 0 {
		t.Errorf("pairs = %+v, want none", got)
	}
}

func TestSettingsChangeLanguageAndHours(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader := f.User(sarah)
	leader.Runs("/innerview settings")
	form := leader.Modal().Fill("Not before", "14:00").Fill("Not after", "14:30")
	form.Submit()
	form.ExpectError("Not after", "an hour")
	form.Fill("Not after", "16:00").Choose("Language", "日本語").Submit().Expect("保存しました")
	f.beats()
	leader.DM().ExpectCount(0)
	f.now.Store(time.Date(2026, 10, 7, 14, 5, 0, 0, tokyo).UnixNano())
	f.beats()
	leader.DM().Expect("会話のきっかけ").ExpectButton("話せました")
}

func TestPauseSilencesAndResumeEndsIt(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader := f.User(sarah)
	leader.Runs("/innerview pause 2 weeks").Expect("Wed 21 Oct")
	f.passes(13)
	leader.DM().ExpectNone("A small idea")
	leader.Runs("/innerview 再開").Expect("gently")
	leader.Runs("/innerview resume").Expect("wasn't paused")
	f.passes(1)
	leader.DM().Expect("A small idea")
}

func TestHomeShowsEveryoneAndActs(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei, tanaka)
		leader := f.User(w.leader)
		home := leader.OpensHome()
		home.Expect("<@" + mei + ">").Expect("<@" + tanaka + ">")
		leader.Runs("/innerview end @tanaka")
		leader.Home().ExpectNoMore("<@" + tanaka + ">")
	})
}

func TestGuestsAndStrangersAreRefused(t *testing.T) {
	t.Parallel()
	guest := member("U22GUEST", "guest", "en-US")
	guest.Restricted = true
	f := openOffice(t, bot.Options{}, guest)
	f.User("U22GUEST").Runs("/innerview").Expect("full members")
	f.User("U22GUEST").Runs("/innerview add @mei").Expect("full members")
}

func TestNobodySeesAnothersPeople(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.leads(kimura, tanaka)
	f.User(kimura).Runs("/innerview log @mei opened").Expect("一覧にいない")
	f.User(kimura).Runs("/innerview").ExpectNot(mei)
	f.User(mei).Runs("/innerview list").Expect("For you").ExpectNot(sarah).ExpectNot(tanaka)
	f.User(mei).Runs("/innerview").Click("Let's begin")
	f.User(mei).Modal().Expect("never a checklist").ExpectNot(sarah).ExpectNot(tanaka)
}

func TestATalkRecordedByHandAnswersTheCardInTheDM(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	f.beats()
	leader := f.User(sarah)
	card := leader.DM().Expect("A small idea")
	question := f.question(card, rapport.English)
	leader.Runs("/innerview next @mei").Expect(question)
	leader.Runs("/innerview log @mei light").Expect("Small talks")
	card.Expect("Small talks").ExpectNoButton("We talked")
	if got := f.talks(sarah, mei); len(got) != 1 || got[0].Starter == "" {
		t.Errorf("talks = %+v, want one that began with the starter of the card", got)
	}
}
