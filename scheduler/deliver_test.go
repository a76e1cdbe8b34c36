package scheduler_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// TestAnswersOfSlack spoils the first post in every way and then lets a
// week pass. What Slack may have taken is never posted again, and the person comes
// up on the seventh day; what it refused comes up on the next working day; what it
// put off is posted once.
func TestAnswersOfSlack(t *testing.T) {
	t.Parallel()
	const friday = "2026-11-27 10:30"
	tests := []struct {
		name   string
		method string // "" is chat.postMessage
		fault  slacksim.Fault
		state  string // of the first message
		taken  int    // posts that Slack has taken, at first
		next   string // when the next message is posted
	}{
		{"taken", "", slacksim.Fault{Kind: slacksim.Slow}, "sent", 1, "2026-12-04 09:30"},
		{"5xx, nothing done", "", slacksim.Fault{Kind: slacksim.Status500Before}, "unsure", 0, "2026-12-04 09:30"},
		{"5xx, done all the same", "", slacksim.Fault{Kind: slacksim.Status500After}, "unsure", 1, "2026-12-04 09:30"},
		{"lost answer", "", slacksim.Fault{Kind: slacksim.LoseAnswer}, "unsure", 1, "2026-12-04 09:30"},
		{"half an answer", "", slacksim.Fault{Kind: slacksim.Truncated}, "unsure", 1, "2026-12-04 09:30"},
		{"ok without ts", "", slacksim.Fault{Kind: slacksim.NoTS}, "unsure", 1, "2026-12-04 09:30"},
		{"internal_error, done all the same", "", slacksim.Fault{Kind: slacksim.RefuseAfter}, "unsure", 1, "2026-12-04 09:30"},
		{"fatal_error", "", slacksim.Fault{Kind: slacksim.Refuse, Error: "fatal_error"}, "unsure", 0, "2026-12-04 09:30"},
		{"channel_not_found", "", slacksim.Fault{Kind: slacksim.Refuse, Error: "channel_not_found"}, "failed channel_not_found", 0, "2026-11-30 09:30"},
		{"is_archived", "", slacksim.Fault{Kind: slacksim.Refuse, Error: "is_archived"}, "failed is_archived", 0, "2026-11-30 09:30"},
		{"429", "", slacksim.Fault{Kind: slacksim.RateLimited, RetryAfter: time.Minute}, "pending", 0, "2026-11-27 11:00"},
		{"429 in the body", "", slacksim.Fault{Kind: slacksim.Refuse, Error: "ratelimited"}, "pending", 0, "2026-11-27 11:00"},
		{
			"no DM, for reasons unknown", "conversations.open",
			slacksim.Fault{Kind: slacksim.LoseAnswer},
			"pending", 0, "2026-11-27 11:00",
		},
		{
			"no DM with somebody who left", "conversations.open",
			slacksim.Fault{Kind: slacksim.Refuse, Error: "user_disabled"},
			"failed user_disabled", 0, "2026-11-30 09:30",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			o.lead(ana, mei)
			tt.fault.Method = tt.method
			if tt.method == "" {
				tt.fault.Method = "chat.postMessage"
			}
			o.sim.Fault(tt.fault)
			o.tickAt(friday)
			if got := o.messages(); len(got) != 1 || !strings.HasSuffix(got[0], " nudge "+tt.state) {
				t.Errorf("outbox %q, want one nudge %s", got, tt.state)
			}
			if got := len(o.posts(ana)); got != tt.taken {
				t.Fatalf("Slack has taken %d messages, want %d", got, tt.taken)
			}
			due := "2026-12-04"
			if strings.HasPrefix(tt.state, "failed") {
				due = "2026-11-30" // a Monday
			}
			if got := o.pair(ana, mei).NextOn; got != date(t, due) {
				t.Errorf("the pair is due on %s, want %s", got, due)
			}
			next := "never"
			for _, now := range o.beats(friday, "2026-12-05 00:00")[1:] {
				if o.tick(now); len(o.posts(ana)) > tt.taken {
					next = now.Format("2006-01-02 15:04")
					break
				}
			}
			if posted := len(o.posts(ana)) - tt.taken; next != tt.next || posted != 1 {
				t.Errorf("%d messages posted next, at %s; want one at %s", posted, next, tt.next)
			}
		})
	}
}

// TestWhatCounts has two people due. A message that may have arrived is the one
// of its day; one that certainly did not leaves room for the other person.
func TestWhatCounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind slacksim.FaultKind
		want []string
	}{
		{slacksim.Slow, []string{"ANA KEN nudge sent"}},
		{slacksim.Status500Before, []string{"ANA KEN nudge unsure"}},
		{slacksim.Refuse, []string{"ANA KEN nudge failed channel_not_found", "ANA MEI nudge sent"}},
	}
	for _, tt := range tests {
		t.Run(name(tt.kind), func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			o.lead(ana, mei, ken)
			o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: tt.kind, Error: "channel_not_found"})
			for _, at := range []string{"10:30", "10:35", "13:00", "17:25"} {
				o.tickAt("2026-11-25 " + at)
			}
			if diff := cmp.Diff(tt.want, o.messages()); diff != "" {
				t.Errorf("outbox at the end of the day (-want +got):\n%s", diff)
			}
		})
	}
}

func name(k slacksim.FaultKind) string {
	if k == slacksim.Slow {
		return "taken"
	}
	return string(k)
}

// TestRetryAfter holds everything back, not only the message that was refused: the
// limit is the workspace's.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	for _, leader := range []string{ana, bea, cem} {
		o.lead(leader, mei)
	}
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.RateLimited, RetryAfter: 10 * time.Minute})
	got := map[string]int{}
	for _, at := range []string{"10:30", "10:35", "10:39", "10:40"} {
		got[at] = len(o.tickAt("2026-11-25 " + at))
	}
	if diff := cmp.Diff(map[string]int{"10:30": 0, "10:35": 0, "10:39": 0, "10:40": 3}, got); diff != "" {
		t.Errorf("messages sent by the minute (-want +got):\n%s", diff)
	}
	if got := len(o.calls("chat.postMessage")); got != 4 {
		t.Errorf("%d posts tried, want one refused and three taken", got)
	}
}

// TestTokenRefused stops at once: the other messages stay due, and go out once
// the token is right again.
func TestTokenRefused(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"token_revoked", "invalid_auth", "account_inactive", "not_authed", "token_expired"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			for _, leader := range []string{ana, bea, cem} {
				o.lead(leader, mei)
			}
			o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.Refuse, Error: code})
			o.clock.turn(o.at("2026-11-25 10:30"))
			lines, err := o.scheduler.Tick(t.Context(), o.clock.now())
			if err == nil || !strings.Contains(err.Error(), "token") || strings.Contains(err.Error(), slacksim.DemoBotToken) {
				t.Errorf("Tick: %v, want a sentence about the token that does not hold it", err)
			}
			if len(lines) != 1 || lines[0].State != "failed" {
				t.Errorf("lines %v, want the one that failed", lines)
			}
			want := []string{"ANA MEI nudge failed " + code, "BEA MEI nudge pending", "CEM MEI nudge pending"}
			if diff := cmp.Diff(want, o.messages()); diff != "" {
				t.Errorf("outbox after the refusal (-want +got):\n%s", diff)
			}
			o.tickAt("2026-11-25 10:35")
			want[1], want[2] = "BEA MEI nudge sent", "CEM MEI nudge sent"
			if diff := cmp.Diff(want, o.messages()); diff != "" {
				t.Errorf("outbox once the token is right (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOneLeaderUnreachable does not keep the others waiting.
func TestOneLeaderUnreachable(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	for _, leader := range []string{ana, bea, cem} {
		o.lead(leader, mei)
	}
	o.tickAt("2026-11-25 10:30") // all DMs are open now
	o.sim.AddUser(slacksim.User{ID: bea, Name: "bea", Deleted: true})
	got := o.tickAt("2026-12-02 10:30")
	states := map[string]string{}
	for _, l := range got {
		states[l.Leader] = l.State
	}
	if diff := cmp.Diff(map[string]string{ana: "sent", bea: "failed", cem: "sent"}, states); diff != "" {
		t.Errorf("a week later (-want +got):\n%s", diff)
	}
	if next := o.pair(bea, mei).NextOn; next != date(t, "2026-12-03") {
		t.Errorf("the pair of the one who cannot be reached is due on %s, want the next working day", next)
	}
}

// TestNotSentOnItsDay is put off until the window has closed. It does not join
// the message of another day; its pair comes up again.
func TestNotSentOnItsDay(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken)
	o.tickAt("2026-11-25 17:25") // ken
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.RateLimited, RetryAfter: 10 * time.Minute})
	o.tickAt("2026-11-26 17:25") // mei, put off
	for _, now := range o.beats("2026-11-26 17:35", "2026-11-28 00:00") {
		o.tick(now)
	}
	want := []string{"ANA KEN nudge sent", "ANA MEI nudge failed late", "ANA MEI nudge sent"}
	if diff := cmp.Diff(want, o.messages()); diff != "" {
		t.Errorf("outbox (-want +got):\n%s", diff)
	}
	var days []string
	for _, m := range o.posts(ana) {
		days = append(days, m.Time.In(o.zone).Format("2006-01-02"))
	}
	if diff := cmp.Diff([]string{"2026-11-25", "2026-11-27"}, days); diff != "" {
		t.Errorf("posted on (-want +got):\n%s", diff)
	}
}

// TestLate drops what waited over a day, such as through an outage of our own: a
// nudge, whose pair then comes up again, and a question a leader asked for.
func TestLate(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken)
	o.clock.turn(o.at("2026-11-25 10:00"))
	o.plansCoffee(ana, ken, "2026-11-25 11:00") // near at 10:15, and asked about on the 26th
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.RateLimited, RetryAfter: time.Minute})
	o.tickAt("2026-11-25 10:10")
	o.tickAt("2026-11-27 10:20")
	want := []string{"ANA KEN reminder failed late", "ANA KEN followup failed late", "ANA MEI nudge failed late"}
	if diff := cmp.Diff(want, o.messages()); diff != "" {
		t.Errorf("outbox two days later (-want +got):\n%s", diff)
	}
	if got := o.tickAt("2026-11-27 10:25"); len(got) != 1 || got[0].Kind != rapport.KindNudge {
		t.Errorf("then sent %v, want the nudge for the same person", got)
	}
}

// TestSilencedBetweenPlanAndPost has the message written down and put off by
// Slack. What is said meanwhile holds.
func TestSilencedBetweenPlanAndPost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		with   func(*office)
		outbox string
		next   string // due date of the pair, "" when it is no longer one
	}{
		{"pause", func(o *office) { o.runs(ana, "pause") }, "failed paused", "2026-11-26"},
		{"end", func(o *office) { o.runs(ana, "end <@"+mei+">") }, "failed pair_ended", ""},
		{"a working day no longer", func(o *office) { o.works(ana, 1<<time.Monday) }, "pending", "2026-12-02"},
		{"the person stepped out", func(o *office) { o.query("UPDATE pairs SET state = 'opted_out'") }, "failed ended", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			o.lead(ana, mei)
			o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.RateLimited, RetryAfter: time.Minute})
			o.tickAt("2026-11-25 10:30")
			tt.with(o)
			for _, at := range []string{"10:35", "11:00", "17:25"} {
				o.tickAt("2026-11-25 " + at)
			}
			if diff := cmp.Diff([]string{"ANA MEI nudge " + tt.outbox}, o.messages()); diff != "" {
				t.Errorf("outbox (-want +got):\n%s", diff)
			}
			if got := len(o.posts(ana)); got != 0 {
				t.Errorf("%d messages posted, want none", got)
			}
			if tt.next == "" {
				return
			}
			if next := o.pair(ana, mei).NextOn; next != date(t, tt.next) {
				t.Errorf("due again on %s, want %s", next, tt.next)
			}
		})
	}
}

// works are the days on which a leader works from now on.
func (o *office) works(leader string, days rapport.Weekdays) {
	o.t.Helper()
	if err := o.store.SaveSettings(o.t.Context(), o.scope(leader), store.Settings{Days: days}, ""); err != nil {
		o.t.Fatal(err)
	}
}

// TestSlackInTrouble lets three messages in a row end in doubt. The others wait a
// minute rather than share their fate.
func TestSlackInTrouble(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	var leaders []string
	for _, name := range []string{"1", "2", "3", "4", "5", "6"} {
		leaders = append(leaders, "U0000LEAD"+name)
		o.lead("U0000LEAD"+name, mei)
	}
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.Slow}) // one is well
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.Status500Before, Times: -1})
	states := func(lines []scheduler.Line) (s []string) {
		for _, l := range lines {
			s = append(s, l.State)
		}
		return s
	}
	if diff := cmp.Diff([]string{"sent", "unsure", "unsure", "unsure"}, states(o.tickAt("2026-11-25 10:30"))); diff != "" {
		t.Errorf("while Slack is in trouble (-want +got):\n%s", diff)
	}
	o.sim.ClearFaults()
	if got := o.tick(o.at("2026-11-25 10:30").Add(59 * time.Second)); len(got) != 0 {
		t.Errorf("%d messages within the minute, want none", len(got))
	}
	if diff := cmp.Diff([]string{"sent", "sent"}, states(o.tickAt("2026-11-25 10:31"))); diff != "" {
		t.Errorf("a minute later (-want +got):\n%s", diff)
	}
	if n := len(o.calls("chat.postMessage")); n != len(leaders) {
		t.Errorf("%d posts tried, want one for each leader", n)
	}
}

// TestAnsweredDuringTheTick ends the pair of one message, and answers the
// question of another, while a third is being posted. Those two are not posted,
// and what comes behind them is.
func TestAnsweredDuringTheTick(t *testing.T) {
	t.Parallel()
	const dan = "U0000DAN"
	var o *office
	o = open(t, choices{wrap: func(d scheduler.Deliverer) scheduler.Deliverer {
		return hook{d, func(d store.Delivery) {
			if d.Message.Kind == rapport.KindReminder && d.Leader.ID == ana {
				o.runs(bea, "end <@"+mei+">")
				o.runs(cem, "log <@"+mei+"> light yesterday")
			}
		}}
	}})
	for _, leader := range []string{ana, bea, cem, dan} {
		o.lead(leader, mei)
	}
	o.talked(ana, mei, "2026-11-20", rapport.Light)
	o.talked(cem, mei, "2026-11-20", rapport.Light)
	o.clock.turn(o.at("2026-11-25 09:00"))
	o.plansCoffee(cem, mei, "2026-11-25 09:50") // asked about on the 26th, 09:30
	o.plansCoffee(ana, mei, "2026-11-26 10:14") // near on the 26th, 09:29
	o.tickAt("2026-11-25 09:10")
	var got []string
	for _, l := range o.tickAt("2026-11-26 09:30") {
		got = append(got, l.Leader+" "+string(l.Kind))
	}
	if diff := cmp.Diff([]string{ana + " reminder", dan + " nudge"}, got); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	want := []string{
		"CEM MEI reminder sent", "ANA MEI reminder sent", "ANA MEI followup pending",
		"BEA MEI nudge failed pair_ended", "DAN MEI nudge sent",
	}
	if diff := cmp.Diff(want, o.messages()); diff != "" {
		t.Errorf("outbox (-want +got):\n%s", diff)
	}
}
