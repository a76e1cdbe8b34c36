package scheduler_test

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/internal/calendar"
	"innerview/internal/i18n"
	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/questions"
	"innerview/rapport"
	"innerview/scheduler"
)

// The people of the tests. Leaders speak English unless a test says otherwise.
const (
	ana  = "U0000ANA"
	bea  = "U0000BEA"
	cem  = "U0000CEM"
	mei  = "U000MEI"
	ken  = "U000KEN"
	yui  = "U000YUI"
	team = "T0SIM000001"
)

// choices are what a test may want different in its [office].
type choices struct {
	zone      string // of leaders whose own is unknown; "" is Asia/Tokyo
	holidays  string // a country; "" is jp
	scheduler scheduler.Options
	// wrap stands between scheduler and bot.
	wrap func(scheduler.Deliverer) scheduler.Deliverer
	// realTime leaves the clock to the time package, for a synctest bubble.
	realTime bool
	log      *slog.Logger
}

// office is one company: a real store, the real bot on the real Slack client,
// and a simulated Slack that is reached without a network, so that a synctest
// bubble can hold all of it.
type office struct {
	t         testing.TB
	zone      *time.Location
	path      string // of the database
	workspace string
	clock     *clock
	sim       *slacksim.Sim
	store     *store.Store
	calendar  *calendar.Atlas
	bank      *questions.Bank
	bot       *bot.Bot
	scheduler *scheduler.Scheduler
	acts      int     // presses so far
	reader    *sql.DB // of the tests' own, once they look
}

// clock is the time of an office: what a test set it to, or else the real one.
type clock struct {
	mu  sync.Mutex
	set time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.set.IsZero() {
		return time.Now()
	}
	return c.set
}

func (c *clock) turn(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set = to
}

// What is the same for every office is made once.
var (
	builtin    = sync.OnceValues(questions.Builtin)
	catalog    = sync.OnceValues(i18n.Load)
	emptyStore = storetest.NewTemplate(store.Options{}, nil)
)

func open(t testing.TB, c choices) *office {
	t.Helper()
	o := &office{t: t, clock: &clock{}}
	if !c.realTime {
		o.clock.turn(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	}
	o.zone = must(time.LoadLocation(cmp.Or(c.zone, "Asia/Tokyo")))(t)
	o.calendar = must(calendar.NewAtlas(calendar.Options{Country: c.holidays}))(t)
	o.bank = must(builtin())(t)
	var keyFile string
	o.path, keyFile = emptyStore.Copy(t, storetest.MemoryDir(t))
	o.store = must(store.Open(t.Context(), nil, o.path, keyFile, store.Options{Now: o.clock.now}))(t)
	t.Cleanup(func() {
		if err := o.store.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	o.workspace = must(o.store.BindTeam(t.Context(), team))(t)
	o.connect(c)
	return o
}

// connect puts the bot and the scheduler between the store and a new simulator.
func (o *office) connect(c choices) {
	o.t.Helper()
	o.sim = slacksim.New(slacksim.Options{Now: o.clock.now})
	o.sim.SetBaseURL("http://slack.test")
	o.t.Cleanup(func() {
		o.sim.Close()
		for _, b := range o.sim.Breaches() {
			o.t.Errorf("Slack would not have it: %s", b)
		}
	})
	log := c.log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	client := &http.Client{Transport: inProcess{o.sim.Handler()}, Timeout: 30 * time.Second}
	api := slack.New(slacksim.DemoBotToken, slack.OptionAPIURL(o.sim.APIURL()), slack.OptionHTTPClient(client))
	window := rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}
	if c.scheduler.PerWeek == 0 {
		c.scheduler.PerWeek = 2
	}
	c.scheduler.Zone = o.zone
	o.bot = bot.New(log, api, client, o.store, o.bank, must(catalog())(o.t), o.calendar,
		bot.Workspace{ID: o.workspace, Team: team},
		bot.Options{
			Now: o.clock.now, Zone: o.zone, Window: window, PerWeek: c.scheduler.PerWeek,
			Rhythm: c.scheduler.Rhythm, Notes: rapport.NotesOpen, NoteDays: 180,
			PostsPerSecond: 1e6, // how fast is the bot's to test
		})
	var d scheduler.Deliverer = o.bot
	if c.wrap != nil {
		d = c.wrap(d)
	}
	o.scheduler = scheduler.New(log, o.store, o.bank, o.calendar, d, o.workspace, c.scheduler)
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// inProcess answers requests by calling the handler: no sockets, no network.
type inProcess struct{ handler http.Handler }

// RoundTrip fails as a network does when the handler cuts the connection or the
// caller gives up.
func (p inProcess) RoundTrip(r *http.Request) (res *http.Response, err error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	defer func() {
		if cut := recover(); cut != nil {
			if cut != http.ErrAbortHandler {
				panic(cut)
			}
			res, err = nil, io.ErrUnexpectedEOF
		}
	}()
	in := r.Clone(r.Context())
	in.Host = r.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	p.handler.ServeHTTP(w, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.Result(), nil
}

// lead makes the people those whom the leader keeps in mind, as an operator's
// roster would, and members of the workspace.
func (o *office) lead(leader string, people ...string) {
	o.t.Helper()
	var rows []store.RosterRow
	for _, p := range people {
		rows = append(rows, store.RosterRow{Leader: leader, Person: p})
	}
	o.roster(rows...)
}

func (o *office) roster(rows ...store.RosterRow) {
	o.t.Helper()
	today := func(string) rapport.Date { return o.today() }
	must(o.store.ImportRoster(o.t.Context(), o.workspace, rows, today, false))(o.t)
	for _, r := range rows {
		o.hire(r.Leader)
		o.hire(r.Person)
	}
}

func (o *office) hire(id string) {
	o.sim.AddUser(slacksim.User{ID: id, Name: strings.ToLower(id), TZ: o.zone.String(), Locale: "en-US"})
}

// profile is what Slack says of a member from now on.
func (o *office) profile(id string, p rapport.Profile) {
	o.t.Helper()
	p.At = o.clock.now()
	if err := o.store.SaveProfile(o.t.Context(), o.workspace, id, p); err != nil {
		o.t.Fatal(err)
	}
}

// beats are the times of a heartbeat, thinned out: at every hour of the day at
// which something may go wrong. The first and the last time are among them.
func (o *office) beats(from, to string) []time.Time {
	o.t.Helper()
	var beats []time.Time
	for day := o.at(from[:10] + " 00:00"); !day.After(o.at(to)); day = day.AddDate(0, 0, 1) {
		for _, clock := range []string{"00:05", "05:00", "09:25", "09:30", "11:00", "12:30", "17:25", "17:35"} {
			beat := o.at(day.Format("2006-01-02 ") + clock)
			if beat.After(o.at(from)) && beat.Before(o.at(to)) {
				beats = append(beats, beat)
			}
		}
	}
	return append(append([]time.Time{o.at(from)}, beats...), o.at(to))
}

func (o *office) today() rapport.Date { return rapport.DateOf(o.clock.now().In(o.zone)) }

// at is a time in the office's zone, such as 2026-11-25 10:30.
func (o *office) at(s string) time.Time {
	o.t.Helper()
	return must(time.ParseInLocation("2006-01-02 15:04", s, o.zone))(o.t)
}

// tick turns the clock to the time and lets the heart beat.
func (o *office) tick(now time.Time) []scheduler.Line {
	o.t.Helper()
	o.clock.turn(now)
	return must(o.scheduler.Tick(o.t.Context(), now))(o.t)
}

func (o *office) tickAt(s string) []scheduler.Line {
	o.t.Helper()
	return o.tick(o.at(s))
}

func (o *office) scope(leader string) rapport.Scope {
	return rapport.Scope{Workspace: o.workspace, Actor: leader}
}

// responds does something that is no answer to anything in particular.
func (o *office) responds(leader string, now time.Time) {
	o.t.Helper()
	if err := o.store.Respond(o.t.Context(), o.scope(leader), "", rapport.DateOf(now)); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) pair(leader, person string) rapport.Pair {
	o.t.Helper()
	return must(o.store.Pair(o.t.Context(), o.scope(leader), person))(o.t)
}

// talked records a talk of the pair on the day, as of that day.
func (o *office) talked(leader, person, day string, outcome rapport.Outcome) {
	o.t.Helper()
	on := date(o.t, day)
	must(o.store.RecordTalk(o.t.Context(), o.scope(leader), store.Recording{
		Pair: o.pair(leader, person).ID, Talk: rapport.Talk{On: on, Outcome: outcome}, RhythmDays: 14, Today: on,
	}, ""))(o.t)
}

func date(t testing.TB, s string) rapport.Date {
	t.Helper()
	return must(rapport.ParseDate(s))(t)
}

// posts are the messages Slack has taken for a person.
func (o *office) posts(user string) []slacksim.Message {
	channel, ok := o.sim.DM(user)
	if !ok {
		return nil
	}
	return o.sim.Messages(channel)
}

// calls are the requests of a method so far.
func (o *office) calls(method string) []slacksim.Request {
	return slices.DeleteFunc(o.sim.Requests(), func(r slacksim.Request) bool { return r.Method != method })
}

// presses presses a button of a message, as the leader.
func (o *office) presses(leader, actionID string, m slacksim.Message) {
	o.t.Helper()
	at := slices.IndexFunc(m.Controls(), func(c slacksim.Control) bool { return c.ActionID == actionID })
	if at < 0 {
		o.t.Fatalf("no control %s in %q", actionID, m.Texts())
	}
	button := m.Controls()[at]
	o.acts++
	o.interacts(leader, slack.InteractionCallback{
		Type:      slack.InteractionTypeBlockActions,
		Container: slack.Container{Type: "message", MessageTs: m.TS, ChannelID: m.Channel},
		ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{
			ActionID: actionID, BlockID: button.BlockID, Value: button.Value,
			ActionTs: o.clock.now().Add(time.Duration(o.acts)).Format(time.RFC3339Nano),
		}}},
	})
}

func (o *office) interacts(leader string, i slack.InteractionCallback) {
	o.t.Helper()
	i.Team.ID, i.User.ID = team, leader
	acked := make(chan bot.Answer, 1)
	o.bot.Interaction(o.t.Context(), i, func(a bot.Answer) { acked <- a })
	if refused, ok := (<-acked).(*slack.ViewSubmissionResponse); ok && len(refused.Errors) > 0 {
		o.t.Fatalf("refused: %v", refused.Errors)
	}
}

// runs types a command, as the leader.
func (o *office) runs(leader, text string) {
	o.t.Helper()
	o.acts++
	acked := make(chan bot.Answer, 1)
	o.bot.Command(o.t.Context(), slack.SlashCommand{
		TeamID: team, UserID: leader, Command: "/innerview", Text: text,
		TriggerID: o.clock.now().Add(time.Duration(o.acts)).Format(time.RFC3339Nano),
	}, func(a bot.Answer) { acked <- a })
	<-acked
}

// hook is a [scheduler.Deliverer] that lets a test act before a message goes.
type hook struct {
	scheduler.Deliverer
	before func(store.Delivery)
}

func (h hook) Deliver(ctx context.Context, d store.Delivery) rapport.Receipt {
	h.before(d)
	return h.Deliverer.Deliver(ctx, d)
}

// recorder is a [scheduler.Deliverer] that only remembers.
type recorder struct {
	sent []store.Delivery
}

func (r *recorder) Deliver(_ context.Context, d store.Delivery) rapport.Receipt {
	r.sent = append(r.sent, d)
	return rapport.Receipt{State: rapport.StateSent, Channel: "D1", TS: "1"}
}

var errTest = errors.New("a test's own")
