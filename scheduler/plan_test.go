package scheduler

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/calendar"
	"innerview/rapport"
)

// wednesday is an ordinary working day in Tokyo: 25 November 2026, 10:30.
func wednesday() time.Time { return time.Date(2026, time.November, 25, 10, 30, 0, 0, tokyo()) }

func tokyo() *time.Location { return time.FixedZone("Asia/Tokyo", 9*60*60) }

// open is a moment at which nothing hushes.
func open(t *testing.T) moment {
	t.Helper()
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return moment{
		leader: rapport.Leader{ConfirmedAt: wednesday().AddDate(0, -1, 0)},
		local:  wednesday(), window: defaultWindow, perWeek: 2, cal: cal,
	}
}

func day(t *testing.T, s string) rapport.Date {
	t.Helper()
	d, err := rapport.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func at(s string) func(*moment) {
	return func(m *moment) {
		local, err := time.ParseInLocation("2006-01-02 15:04", s, tokyo())
		if err != nil {
			panic(err)
		}
		m.local = local
	}
}

func TestHushSaysTheFirstReason(t *testing.T) {
	t.Parallel()
	today := rapport.DateOf(wednesday())
	weekend := rapport.Weekdays(1<<time.Saturday | 1<<time.Sunday)
	tests := []struct {
		name string
		with func(*moment)
		want Hush
	}{
		{"nothing", func(*moment) {}, HushNothing},
		{"nobody said yes", func(m *moment) { m.leader.ConfirmedAt = time.Time{} }, HushUnconfirmed},
		{"left the company", func(m *moment) { m.leader.Profile.Gone = true }, HushGone},
		{"is a bot", func(m *moment) { m.leader.Profile.Bot = true }, HushGone},
		{"paused until resumed", func(m *moment) { m.leader.PausedOn = today }, HushPaused},
		{"paused, last day", func(m *moment) { m.leader.PausedOn, m.leader.PausedUntil = today.AddDays(-3), today }, HushPaused},
		{"paused, over since yesterday", func(m *moment) {
			m.leader.PausedOn, m.leader.PausedUntil = today.AddDays(-3), today.AddDays(-1)
		}, HushNothing},
		{"the operator sends none", func(m *moment) { m.perWeek = 0 }, HushOff},

		{"Saturday", at("2026-11-28 10:30"), HushDay},
		{"Sunday", at("2026-11-29 10:30"), HushDay},
		{"Labour Thanksgiving", at("2026-11-23 10:30"), HushDay},
		{"the day after it", at("2026-11-24 10:30"), HushNothing},
		{"between two holidays", at("2026-09-22 10:30"), HushDay},
		{"a substitute holiday", at("2027-03-22 10:30"), HushDay},
		{"closed for the new year", at("2026-12-29 10:30"), HushDay},
		{"the first day after it", at("2027-01-04 10:30"), HushNothing},
		{"mid-August", at("2026-08-14 10:30"), HushDay},
		{"one day between days off", at("2027-04-30 10:30"), HushDay},
		{"works on weekends, on Saturday", func(m *moment) { m.leader.Days = weekend; at("2026-11-28 10:30")(m) }, HushNothing},
		{"works on weekends, on Wednesday", func(m *moment) { m.leader.Days = weekend }, HushDay},

		{"before the window", at("2026-11-25 09:29"), HushHour},
		{"its first minute", at("2026-11-25 09:30"), HushNothing},
		{"before lunch", at("2026-11-25 11:59"), HushNothing},
		{"lunch", at("2026-11-25 12:00"), HushHour},
		{"the end of lunch", at("2026-11-25 12:59"), HushHour},
		{"after lunch", at("2026-11-25 13:00"), HushNothing},
		{"the last minute", at("2026-11-25 17:29"), HushNothing},
		{"after the window", at("2026-11-25 17:30"), HushHour},
		{"at night", at("2026-11-25 03:00"), HushHour},
		{"own hours win", func(m *moment) { m.leader.Hours = rapport.Hours{From: 6 * 60, To: 9 * 60}; at("2026-11-25 06:00")(m) }, HushNothing},
		{"over the default", func(m *moment) { m.leader.Hours = rapport.Hours{From: 6 * 60, To: 9 * 60} }, HushHour},
		{"jitter holds the first minutes", func(m *moment) { m.jitter = 4 * time.Minute; at("2026-11-25 09:33")(m) }, HushHour},
		{"and no longer", func(m *moment) { m.jitter = 4 * time.Minute; at("2026-11-25 09:34")(m) }, HushNothing},
		{"jitter holds after lunch too", func(m *moment) { m.jitter = 4 * time.Minute; at("2026-11-25 13:03")(m) }, HushHour},

		{"one went today", func(m *moment) { m.sent = sentOn(today) }, HushToday},
		{"two went this week", func(m *moment) { m.sent = sentOn(today.AddDays(-2), today.AddDays(-1)) }, HushWeek},
		{"today comes before the week", func(m *moment) { m.sent = sentOn(today.AddDays(-2), today) }, HushToday},
		{"confirmation comes before all", func(m *moment) {
			m.leader.ConfirmedAt, m.leader.Profile.Gone, m.leader.PausedOn = time.Time{}, true, today
		}, HushUnconfirmed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := open(t)
			tt.with(&m)
			if _, got := m.decide(); got != tt.want {
				t.Errorf("decide() at %s = %q, want %q", m.local.Format("Mon 2006-01-02 15:04"), got, tt.want)
			}
		})
	}
}

func sentOn(days ...rapport.Date) []rapport.Message {
	var sent []rapport.Message
	for _, d := range days {
		sent = append(sent, rapport.Message{PlannedOn: d, State: rapport.StateSent, Kind: rapport.KindNudge})
	}
	return sent
}

func TestCeilings(t *testing.T) {
	t.Parallel()
	today := rapport.DateOf(wednesday())
	monday, tuesday := today.AddDays(-2), today.AddDays(-1)
	tests := []struct {
		name    string
		perWeek int
		sent    []rapport.Message
		want    Hush
	}{
		{"none yet", 1, nil, HushNothing},
		{"one a week, one went", 1, sentOn(monday), HushWeek},
		{"two a week, one went", 2, sentOn(monday), HushNothing},
		{"two a week, both went", 2, sentOn(monday, tuesday), HushWeek},
		{"five is the ceiling, whatever the setting", 9, sentOn(monday, monday, tuesday, tuesday, tuesday), HushWeek},
		{"four of five", 9, sentOn(monday, monday, tuesday, tuesday), HushNothing},
		{"one that is not settled yet counts for today", 5, []rapport.Message{
			{PlannedOn: today, State: rapport.StatePending, Kind: rapport.KindNudge},
		}, HushToday},
		{"one that may have arrived counts", 1, []rapport.Message{
			{PlannedOn: monday, State: rapport.StateUnsure, Kind: rapport.KindNudge},
		}, HushWeek},
		{"one left over from another day is not sent any more", 1, []rapport.Message{
			{PlannedOn: tuesday, State: rapport.StatePending, Kind: rapport.KindNudge},
		}, HushNothing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := open(t)
			m.perWeek, m.sent = tt.perWeek, tt.sent
			if _, got := m.decide(); got != tt.want {
				t.Errorf("decide() with %d a week and %v sent = %q, want %q", tt.perWeek, tt.sent, got, tt.want)
			}
		})
	}
}

func atlas(t *testing.T) *calendar.Atlas {
	t.Helper()
	a, err := calendar.NewAtlas(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestPick gives the pairs in every order: what is picked must not depend on it.
func TestPick(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-25")
	pair := func(person, next, lastTalk string) rapport.Pair {
		p := rapport.Pair{Person: person, State: rapport.Active, NextOn: day(t, next), History: rapport.NewHistory(false)}
		if lastTalk != "" {
			p.LastTalkOn = day(t, lastTalk)
		}
		return p
	}
	fresh := func(person, created string) rapport.Pair {
		p := pair(person, created, "")
		p.NextOn, p.CreatedOn = rapport.AtOnce, day(t, created)
		return p
	}
	with := func(p rapport.Pair, change func(*rapport.Pair)) rapport.Pair { change(&p); return p }
	declined := func(days ...string) rapport.History {
		h := rapport.NewHistory(false)
		for _, d := range days {
			h = h.Add(rapport.Event{Kind: rapport.EventTalk, On: day(t, d), Outcome: rapport.Declined}, day(t, d))
		}
		return h
	}
	tests := []struct {
		name  string
		pairs []rapport.Pair
		want  string
	}{
		{"nobody", nil, ""},
		{"the earliest next date", []rapport.Pair{pair("a", "2026-11-20", ""), pair("b", "2026-11-19", "")}, "b"},
		{
			"then the oldest talk",
			[]rapport.Pair{pair("a", "2026-11-20", "2026-11-06"), pair("b", "2026-11-20", "2026-10-06")},
			"b",
		},
		{
			"no talk at all is the oldest",
			[]rapport.Pair{pair("a", "2026-11-20", "2026-10-06"), pair("b", "2026-11-20", "")},
			"b",
		},
		{
			"then the person's id",
			[]rapport.Pair{pair("c", "2026-11-20", "2026-11-06"), pair("b", "2026-11-20", "2026-11-06")},
			"b",
		},
		{
			"the next date outweighs the talk",
			[]rapport.Pair{pair("a", "2026-11-20", "2026-01-01"), pair("b", "2026-11-19", "2026-11-05")},
			"b",
		},
		{"one that is not due", []rapport.Pair{pair("a", "2026-11-26", "")}, ""},
		{"one that is due today", []rapport.Pair{pair("a", "2026-11-25", "")}, "a"},
		{"a new pair, at once", []rapport.Pair{fresh("a", "2026-11-25")}, "a"},
		{"a new pair, also before it was made", []rapport.Pair{fresh("a", "2026-12-01")}, "a"},
		{"a new pair behind one that waits longer", []rapport.Pair{fresh("a", "2026-11-25"), pair("b", "2026-11-24", "")}, "b"},
		{"a new pair before one that waits less", []rapport.Pair{fresh("b", "2026-11-23"), pair("a", "2026-11-24", "")}, "b"},

		{"brought up six days ago", []rapport.Pair{
			with(pair("a", "2026-11-20", ""), func(p *rapport.Pair) { p.LastNudge = day(t, "2026-11-19") }),
		}, ""},
		{"brought up seven days ago", []rapport.Pair{
			with(pair("a", "2026-11-20", ""), func(p *rapport.Pair) { p.LastNudge = day(t, "2026-11-18") }),
		}, "a"},
		{"another instead of one brought up lately", []rapport.Pair{
			with(pair("a", "2026-11-01", ""), func(p *rapport.Pair) { p.LastNudge = day(t, "2026-11-19") }), pair("b", "2026-11-24", ""),
		}, "b"},
		{"ended", []rapport.Pair{
			with(pair("a", "2026-11-20", ""), func(p *rapport.Pair) { p.State = rapport.Ended }),
		}, ""},
		{"stepped out", []rapport.Pair{
			with(pair("a", "2026-11-20", ""), func(p *rapport.Pair) { p.State = rapport.OptedOut }),
		}, ""},
		{"declined 13 days ago: they rest", []rapport.Pair{
			with(pair("a", "2026-11-20", ""), func(p *rapport.Pair) { p.History = declined("2026-11-12") }),
		}, ""},
		{"declined 14 days ago", []rapport.Pair{
			with(pair("a", "2026-11-20", ""), func(p *rapport.Pair) { p.History = declined("2026-11-11") }),
		}, "a"},
		{"declined twice: quiet until the leader restarts", []rapport.Pair{
			with(pair("a", "2026-11-20", ""), func(p *rapport.Pair) { p.History = declined("2026-03-01", "2026-06-01") }),
		}, ""},
		{"a person who left", []rapport.Pair{pair("gone", "2026-11-20", "")}, ""},
		{"a person who is a bot", []rapport.Pair{pair("bot", "2026-11-20", "")}, ""},
		{"a person unknown to Slack so far", []rapport.Pair{pair("unknown", "2026-11-20", "")}, "unknown"},
		{"somebody else than who left", []rapport.Pair{pair("gone", "2026-11-01", ""), pair("b", "2026-11-20", "")}, "b"},
	}
	people := map[string]rapport.Member{
		"gone": {ID: "gone", Profile: rapport.Profile{Gone: true}},
		"bot":  {ID: "bot", Profile: rapport.Profile{Bot: true}},
	}
	s := New(nil, nil, nil, atlas(t), nil, "", Options{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for range tt.pairs {
				tt.pairs = append(tt.pairs[1:], tt.pairs[0])
				got, ok := s.pick(tt.pairs, people, today)
				if got.Person != tt.want || ok != (tt.want != "") {
					t.Errorf("pick(%s) = %q, %v; want %q", persons(tt.pairs), got.Person, ok, tt.want)
				}
			}
		})
	}
}

func TestZoneFallsBackToTheDefault(t *testing.T) {
	t.Parallel()
	s := New(nil, nil, nil, nil, nil, "", Options{Zone: tokyo()})
	tests := []struct{ zone, want string }{
		{"", "Asia/Tokyo"},
		{"Nowhere/Atall", "Asia/Tokyo"},
		{"Europe/Berlin", "Europe/Berlin"},
	}
	for _, tt := range tests {
		l := rapport.Leader{Member: rapport.Member{Profile: rapport.Profile{Zone: tt.zone}}}
		if got := s.zone(l).String(); got != tt.want {
			t.Errorf("zone of a leader in %q = %s, want %s", tt.zone, got, tt.want)
		}
	}
	if got := New(nil, nil, nil, nil, nil, "", Options{}); got.o.Zone != time.UTC || got.o.Window != defaultWindow {
		t.Errorf("zero Options became zone %v and window %v, want UTC and 09:30 to 17:30", got.o.Zone, got.o.Window)
	}
	if diff := cmp.Diff(rapport.Hours{From: 570, To: 1050}, defaultWindow); diff != "" {
		t.Errorf("default window (-want +got):\n%s", diff)
	}
}
