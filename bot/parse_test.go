package bot_test

import (
	"strings"
	"testing"

	"innerview/bot"
	"innerview/rapport"
)

func TestSplitWord(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, word, rest string }{
		{"", "", ""},
		{"  \t", "", ""},
		{"list", "list", ""},
		{"log <@U0MEI> opened", "log", "<@U0MEI> opened"},
		{"  log   <@U0MEI>  ", "log", "<@U0MEI>"},
		{"記録　<@U0MEI>　広がった", "記録", "<@U0MEI>　広がった"}, // U+3000, which Japanese input leaves
		{"　一覧　", "一覧", ""},
		{"note\u00a0x", "note", "x"}, // a space that does not break
		{"note\nfirst\nsecond", "note", "first\nsecond"},
		{"log\u200bx", "log\u200bx", ""}, // no space, though it looks like none or one
	}
	for _, tt := range tests {
		word, rest := bot.SplitWord(tt.text)
		if word != tt.word || rest.Rest() != tt.rest {
			t.Errorf("splitWord(%q) = %q, %q, want %q, %q", tt.text, word, rest.Rest(), tt.word, tt.rest)
		}
	}
}

func TestPersonIsTaken(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, user, rest string }{
		{"<@U0MEI>", "U0MEI", ""},
		{"<@U0MEI|mei>", "U0MEI", ""},
		{"<@U0MEI|> opened", "U0MEI", "opened"},
		{"<@W012AB3|k. & co> 7", "W012AB3", "7"}, // ids of larger organisations begin with W
		{"<@U0MEI>さん 広がった", "U0MEI", "広がった"},
		{"<@U0MEI>さん、広がった", "U0MEI", "広がった"},
		{"<@U0MEI>、広がった", "U0MEI", "広がった"},
		{"<@U0MEI>, opened", "U0MEI", "opened"},
		{"<@U0MEI>opened", "U0MEI", "opened"},
		{"<@U0MEI>　明日", "U0MEI", "明日"},
		{"<@U0MEI> <@U0KEN>", "U0MEI", "<@U0KEN>"}, // one person at a time
	}
	for _, tt := range tests {
		a := bot.NewArgs(tt.text)
		if user, ok := a.Person(); !ok || user != tt.user || a.Rest() != tt.rest {
			t.Errorf("person of %q = %q, %t, leaving %q; want %q, leaving %q", tt.text, user, ok, a.Rest(), tt.user, tt.rest)
		}
	}
}

func TestPersonIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "@mei", "mei", "U0MEI", "<@>", "<@|mei>", "<@U0MEI", "<#C0MEI>", "<!channel>", "<!subteam^S01>", "<@S0MEI>",
		"<@u0mei>", "&lt;@U0MEI&gt;", "x <@U0MEI>", "<@U0ＭＥＩ>",
	} {
		a := bot.NewArgs(text)
		if user, ok := a.Person(); ok || a.Rest() != text {
			t.Errorf("person of %q = %q, %t, leaving %q; want none, and nothing taken", text, user, ok, a.Rest())
		}
	}
}

func TestOutcomeIsTaken(t *testing.T) {
	t.Parallel()
	tests := map[string]rapport.Outcome{
		"light": rapport.Light, "LIGHT": rapport.Light, "少し": rapport.Light, "少し話せた": rapport.Light,
		"opened": rapport.Opened, "Open": rapport.Opened, "広がった": rapport.Opened, "話が広がった": rapport.Opened,
		"guarded": rapport.Guarded, "短め": rapport.Guarded,
		"missed": rapport.Missed, "見送り": rapport.Missed,
		"declined": rapport.Declined, "控えたい": rapport.Declined,
		"opened up": rapport.Opened, "It opened up": rapport.Opened, "We talked a little": rapport.Light,
		"they’d rather not": rapport.Declined, "It didn't happen": rapport.Missed, "話が広がりました": rapport.Opened,
		"今回は見送りました": rapport.Missed, "better to keep it short": rapport.Guarded,
	}
	taken := map[rapport.Outcome]bool{}
	for word, want := range tests {
		taken[want] = true
		for _, text := range []string{word, word + " and more", word + "　続き"} {
			a := bot.NewArgs(text)
			if got, ok := a.Outcome(); !ok || got != want || strings.HasPrefix(a.Rest(), word) {
				t.Errorf("outcome of %q = %q, %t, leaving %q; want %q", text, got, ok, a.Rest(), want)
			}
		}
	}
	if len(taken) != len(rapport.Outcomes()) {
		t.Errorf("there are words for %d outcomes, want %d", len(taken), len(rapport.Outcomes()))
	}
	for _, text := range []string{"", "great", "opened,", "light-hearted", "少しだけ", "outcome.light", "open\x00"} {
		a := bot.NewArgs(text)
		if got, ok := a.Outcome(); ok || a.Rest() != text {
			t.Errorf("outcome of %q = %q, want none, and nothing taken", text, got)
		}
	}
}

func date(t testing.TB, s string) rapport.Date {
	t.Helper()
	d, err := rapport.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDayIsTaken(t *testing.T) {
	t.Parallel()
	tests := []struct{ today, text, want string }{
		{"2026-11-25", "today", "2026-11-25"},
		{"2026-11-25", "Yesterday", "2026-11-24"},
		{"2026-11-25", "昨日", "2026-11-24"},
		{"2026-11-25", "きのう", "2026-11-24"},
		{"2026-11-25", "一昨日", "2026-11-23"},
		{"2026-11-25", "おととい", "2026-11-23"},
		{"2026-11-25", "明日", "2026-11-26"},
		{"2026-11-25", "明後日", "2026-11-27"},
		{"2026-11-25", "2026-11-25", "2026-11-25"},
		{"2026-11-25", "2026/11/25", "2026-11-25"},
		{"2026-11-25", "2026/1/5", "2026-01-05"},
		{"2026-11-25", "2026年11月25日", "2026-11-25"},
		{"2026-11-25", "11/25", "2026-11-25"},
		{"2026-11-25", "11/5", "2026-11-05"},
		{"2026-11-25", "11月25日", "2026-11-25"},
		{"2026-11-25", "11月25", "2026-11-25"},
		{"2026-11-25", "１１月２５日", "2026-11-25"}, // wide digits, as Japanese input leaves them
		{"2026-11-25", "１１／２５", "2026-11-25"},
		{"2026-11-25", "11/25 a good talk", "2026-11-25"},
		{"2026-11-25", "本日", "2026-11-25"},

		// A weekday is the last such day, a Wednesday's on a Wednesday too.
		{"2026-11-25", "friday", "2026-11-20"},
		{"2026-11-25", "Fri", "2026-11-20"},
		{"2026-11-25", "金", "2026-11-20"},
		{"2026-11-25", "金曜", "2026-11-20"},
		{"2026-11-25", "金曜日", "2026-11-20"},
		{"2026-11-25", "tues", "2026-11-24"},
		{"2026-11-25", "wed", "2026-11-25"},
		{"2026-11-25", "水曜", "2026-11-25"},
		{"2026-11-25", "thursday", "2026-11-19"},
		{"2026-11-25", "sun", "2026-11-22"},
		{"2026-11-25", "日曜", "2026-11-22"},
		{"2026-11-25", "fri a good talk", "2026-11-20"},
		{"2026-11-25", "saturday by the river", "2026-11-21"},
		{"2027-01-02", "木曜", "2026-12-31"},

		// With its week it is that week's, Monday to Sunday.
		{"2026-11-25", "last fri", "2026-11-20"},
		{"2026-11-25", "Last　Friday", "2026-11-20"},
		{"2026-11-25", "先週金曜", "2026-11-20"},
		{"2026-11-25", "先週の金曜日", "2026-11-20"},
		{"2026-11-25", "先週 金曜", "2026-11-20"},
		{"2026-11-25", "先週の　金", "2026-11-20"},
		{"2026-11-25", "last mon", "2026-11-16"}, // not two days ago
		{"2026-11-25", "last wed", "2026-11-18"},
		{"2026-11-25", "this mon", "2026-11-23"},
		{"2026-11-25", "今週月曜", "2026-11-23"},
		{"2026-11-29", "last sun", "2026-11-22"},
		{"2026-11-30", "先週日曜", "2026-11-29"},
		{"2026-11-25", "last fri a good talk", "2026-11-20"},

		// Without a year it is the day nearest to today.
		{"2027-01-04", "12/28", "2026-12-28"},
		{"2026-12-28", "1/4", "2027-01-04"},
		{"2027-01-01", "昨日", "2026-12-31"},
		{"2026-12-31", "明日", "2027-01-01"},
		{"2027-01-04", "1/4", "2027-01-04"},
		{"2028-03-01", "2/29", "2028-02-29"},
		{"2027-12-31", "2/29", "2028-02-29"},
	}
	for _, tt := range tests {
		a := bot.NewArgs(tt.text)
		if got, ok := a.Day(date(t, tt.today)); !ok || got.String() != tt.want || strings.HasPrefix(a.Rest(), tt.text) {
			t.Errorf("on %s, %q is %s, %t, leaving %q; want %s", tt.today, tt.text, got, ok, a.Rest(), tt.want)
		}
	}
}

func TestDayIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "soon", "friyay", "fri,", "曜日", "金曜会", "11-25", "13/1", "0/5", "11/0", "11/31", "2/30", "2026-02-29", "2026-13-01", "26-11-25",
		"2026-11-25T10:00", "11/25/2026", "11.25", "2/29", "11月", "25日", "１１月", "10-11", "昨日の", "0000-12-31", "-1/5",
		"Sat by the river", "sun and rain", // how a note begins
		"last", "last talk was short", "先週", "先週 旅行した", "last  ", "lastfri", "先週　の金曜",
		"this fri she moves", "今週金曜", "next fri", "来週火曜 引っ越し", // no talk was on a day to come
	} {
		a := bot.NewArgs(text)
		if got, ok := a.Day(date(t, "2026-11-25")); ok || a.Rest() != text {
			t.Errorf("%q is %s, leaving %q; want no day, and nothing taken", text, got, a.Rest())
		}
	}
}

func TestUntilIsTaken(t *testing.T) {
	t.Parallel()
	tests := []struct{ today, text, want, rest string }{
		{"2026-11-25", "10", "2026-12-05", ""},
		{"2026-11-25", "10d", "2026-12-05", ""},
		{"2026-11-25", "10 days", "2026-12-05", ""},
		{"2026-11-25", "1 day", "2026-11-26", ""},
		{"2026-11-25", "2 weeks", "2026-12-09", ""},
		{"2026-11-25", "2W", "2026-12-09", ""},
		{"2026-11-25", "1 Week", "2026-12-02", ""},
		{"2026-11-25", "3日", "2026-11-28", ""},
		{"2026-11-25", "3日間", "2026-11-28", ""},
		{"2026-11-25", "2週間", "2026-12-09", ""},
		{"2026-11-25", "2週", "2026-12-09", ""},
		{"2026-11-25", "２週間", "2026-12-09", ""},
		{"2026-11-25", "10　日", "2026-12-05", ""},
		{"2026-11-25", "10 working days", "2026-12-05", "working days"},
		{"2026-11-25", "2 weekends", "2026-11-27", "weekends"}, // no unit of ours
		{"2026-11-25", "10d weeks", "2026-12-05", "weeks"},     // one unit is enough
		{"2026-11-25", "0", "2026-11-25", ""},
		{"2026-11-25", "2026-12-24", "2026-12-24", ""},
		{"2026-11-25", "明日", "2026-11-26", ""},

		// A weekday is the next one, after today.
		{"2026-11-25", "fri", "2026-11-27", ""},
		{"2026-11-25", "金曜日", "2026-11-27", ""},
		{"2026-11-25", "Tuesday", "2026-12-01", ""},
		{"2026-11-25", "wed", "2026-12-02", ""},
		{"2026-11-25", "水", "2026-12-02", ""},
		{"2026-11-25", "sat", "2026-11-28", ""},
		{"2026-11-25", "sun and rain", "2026-11-29", "and rain"}, // no note follows a silence
		{"2026-11-25", "this fri", "2026-11-27", ""},
		{"2026-11-25", "next fri", "2026-12-04", ""},
		{"2026-11-25", "来週火曜", "2026-12-01", ""},
		{"2026-11-25", "来週の 火曜", "2026-12-01", ""},
		{"2026-11-25", "再来週火曜", "2026-12-08", ""},
		{"2026-12-31", "fri", "2027-01-01", ""},

		// A silence ends in the future: without a year it is the next such day.
		{"2026-11-25", "12/24", "2026-12-24", ""},
		{"2026-11-25", "1/4", "2027-01-04", ""},
		{"2026-11-25", "6/1", "2027-06-01", ""}, // nearer last June than next
		{"2026-11-25", "11/24", "2027-11-24", ""},
		{"2026-11-25", "11/25", "2027-11-25", ""},
		{"2026-12-31", "1月4日", "2027-01-04", ""},
		{"2027-12-01", "2/29", "2028-02-29", ""},
	}
	for _, tt := range tests {
		a := bot.NewArgs(tt.text)
		if got, ok := a.Until(date(t, tt.today)); !ok || got.String() != tt.want || a.Rest() != tt.rest {
			t.Errorf("on %s, until %q is %s, %t, leaving %q; want %s, leaving %q",
				tt.today, tt.text, got, ok, a.Rest(), tt.want, tt.rest)
		}
	}
}

func TestSilenceHasAnEnd(t *testing.T) {
	t.Parallel()
	today := date(t, "2026-11-25")
	week := today.AddDays(7)
	accepted := map[string]string{"": "2026-12-02", "1": "2026-11-26", "366": "2027-11-26", "52 weeks": "2027-11-24", "11/25": "2027-11-25", "wed": "2026-12-02"}
	for text, want := range accepted {
		if got, err := bot.NewArgs(text).QuietUntil(today, week); err != nil || got.String() != want {
			t.Errorf("until %q is %s (%v), want %s", text, got, err, want)
		}
	}
	span := refusal{Kind: rapport.Invalid, Key: "error.quiet_span"}
	usage := refusal{
		Kind: rapport.Invalid, Key: "error.usage.snooze",
		Args: map[string]any{"Usage": bot.UsageOf("snooze")},
	}
	for text, want := range map[string]refusal{
		"0": span, "today": span, "昨日": span, "last fri": span, "this mon": span, "2026-11-25": span, "2025-01-01": span, "367": span, "999 weeks": span, "2036-01-01": span,
		"soon": usage, "7 or 8": usage, "1000": usage, "2/30": usage, "-3": usage, "2 weekends": usage, "1.5 days": usage,
	} {
		_, err := bot.NewArgs(text).QuietUntil(today, week)
		refused(t, err, want)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		word       string
		candidates []string
		within     int
		want       string
	}{
		{"lsit", []string{"next", "list"}, 2, "list"},
		{"LIST", []string{"list"}, 2, "list"},
		{"opend", []string{"opened", "open"}, 2, "opened"}, // as near as open, and listed first
		{"広がっだ", []string{"広がった"}, 1, "広がった"},
		{"over", []string{"open"}, 1, ""},
		{"over", []string{"open"}, 2, "open"},
		{"how", []string{"log"}, 2, ""}, // shares a single letter
		{"lgo", []string{"log"}, 2, "log"},
		{"x", []string{"次"}, 2, ""}, // nothing of it is left
		{"", []string{"次", "list"}, 2, ""},
		{"salary", []string{"list", "help"}, 2, ""},
		{strings.Repeat("a", 40_000), []string{"add"}, 2, ""},
	}
	for _, tt := range tests {
		if got := bot.Nearest(tt.word, tt.candidates, tt.within); got != tt.want {
			t.Errorf("nearest(%.10q, %q, %d) = %q, want %q", tt.word, tt.candidates, tt.within, got, tt.want)
		}
	}
}

func TestTypedNote(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{Notes: rapport.NotesOpen})
	tests := map[string]string{
		"":                           "",
		"  likes maps ":              "likes maps",
		"R&amp;D, 1 &lt; 2 &gt; 0":   "R&D, 1 < 2 > 0", // Slack hands & < > over as entities
		"&amp;lt;":                   "&lt;",           // which were typed so
		strings.Repeat("&amp;", 280): strings.Repeat("&", 280),
	}
	for text, want := range tests {
		if got, err := b.TypedNote(text); err != nil || got.Reveal() != want {
			t.Errorf("note %.20q = %.20q (%v), want %.20q", text, got.Reveal(), err, want)
		}
	}
	_, err := b.TypedNote(strings.Repeat("凧", 281))
	refused(t, err, refusal{rapport.Invalid, "error.note_long", map[string]any{"Length": 281, "Max": 280}})

	off, _ := newBot(t, bot.Options{Notes: rapport.NotesOff})
	if _, err := off.TypedNote(" "); err != nil {
		t.Errorf("no note where there are none is refused: %v", err)
	}
	_, err = off.TypedNote("likes maps")
	refused(t, err, refusal{Kind: rapport.Invalid, Key: "error.notes_off"})
}
