package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests name zones that a bare machine lacks

	"pgregory.net/rapid"

	"innerview/bot"
	"innerview/rapport"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// clockIn reads the time a leader in a zone sees.
func clockIn(t testing.TB, loc *time.Location, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// inWords writes what was read: the day, the time, and the doubt in brackets.
func inWords(w bot.When) string {
	words := []string{"-", "-"}
	if !w.Day.IsZero() {
		words[0] = w.Day.String()
	}
	if w.Timed {
		words[1] = fmt.Sprintf("%02d:%02d", w.Minutes/60, w.Minutes%60)
	}
	if w.Doubt != bot.NoDoubt {
		words = append(words, "("+string(w.Doubt)+")")
	}
	return strings.Join(words, " ")
}

// reading is a text, and what it says on a Wednesday in Tokyo at two in the afternoon.
type reading struct{ text, want string }

func checkReadings(t *testing.T, now time.Time, tests []reading) {
	t.Helper()
	for _, tt := range tests {
		got := bot.ParseWhen(tt.text, now)
		if inWords(got) != tt.want {
			t.Errorf("parseWhen(%q) = %s, want %s", tt.text, inWords(got), tt.want)
		}
		if want := !strings.ContainsAny(tt.want, "(") && !strings.Contains(tt.want+" ", "- "); bot.Settled(got) != want {
			t.Errorf("parseWhen(%q) is settled: %t, want %t", tt.text, !want, want)
		}
	}
}

const wednesday = "2026-11-25 14:00"

func TestWhenIsSettled(t *testing.T) {
	t.Parallel()
	checkReadings(t, clockIn(t, zone(t, "Asia/Tokyo"), wednesday), []reading{
		// What the help shows.
		{"fri 15:00", "2026-11-27 15:00"},
		{"tomorrow 10:00", "2026-11-26 10:00"},
		{"2026-11-27 15:00", "2026-11-27 15:00"},
		{"金曜 15時", "2026-11-27 15:00"},
		{"明日 10:00", "2026-11-26 10:00"},
		{"来週火曜 15時半", "2026-12-01 15:30"},

		// Days from today.
		{"today 15:00", "2026-11-25 15:00"},
		{"今日15時", "2026-11-25 15:00"},
		{"本日 15時", "2026-11-25 15:00"},
		{"あす10時", "2026-11-26 10:00"},
		{"あした 10時", "2026-11-26 10:00"},
		{"明後日10:30", "2026-11-27 10:30"},
		{"あさっての10時", "2026-11-27 10:00"},
		{"しあさって10時", "2026-11-28 10:00"},
		{"the day after tomorrow at 10:00", "2026-11-27 10:00"},
		{"tmrw 10am", "2026-11-26 10:00"},
		{"3日後 15時", "2026-11-28 15:00"},
		{"3日後の15時", "2026-11-28 15:00"},
		{"2週間後の15時", "2026-12-09 15:00"},
		{"in 3 days at 15:00", "2026-11-28 15:00"},
		{"in a week, 15:00", "2026-12-02 15:00"},
		{"in 2 hours", "2026-11-25 16:00"},
		{"in an hour", "2026-11-25 15:00"},
		{"in 30 min", "2026-11-25 14:30"},
		{"30分後", "2026-11-25 14:30"},
		{"1時間半後", "2026-11-25 15:30"},
		{"15時間後", "2026-11-26 05:00"}, // no hour of the day

		// Weekdays: the next one, and today's for a time still to come.
		{"Friday 15:00", "2026-11-27 15:00"},
		{"Fri. 15:00", "2026-11-27 15:00"},
		{"on thurs at 10:00", "2026-11-26 10:00"},
		{"金曜日の15時", "2026-11-27 15:00"},
		{"金 15:00", "2026-11-27 15:00"},
		{"（金）15:00", "2026-11-27 15:00"},
		{"今度の金曜 15時", "2026-11-27 15:00"},
		{"次の金曜15時", "2026-11-27 15:00"},
		{"coming fri 15:00", "2026-11-27 15:00"},
		{"tue 15:00", "2026-12-01 15:00"},
		{"wed 15:00", "2026-11-25 15:00"},
		{"水曜15時", "2026-11-25 15:00"},
		{"wed 14:00", "2026-12-02 14:00"}, // it is two already
		{"水曜10時", "2026-12-02 10:00"},
		{"日曜15時", "2026-11-29 15:00"}, // 日 is Sunday, behind a figure it is a day
		{"15:00 fri", "2026-11-27 15:00"},
		{"15時、金曜", "2026-11-27 15:00"},

		// Weeks, from Monday to Sunday.
		{"this fri 15:00", "2026-11-27 15:00"},
		{"今週金曜15時", "2026-11-27 15:00"},
		{"今週の日曜15時", "2026-11-29 15:00"},
		{"next tue 15:00", "2026-12-01 15:00"},
		{"next tuesday 15:00", "2026-12-01 15:00"},
		{"next week tue 15:00", "2026-12-01 15:00"},
		{"tue next week 15:00", "2026-12-01 15:00"},
		{"next fri 15:00", "2026-12-04 15:00"}, // not the day after tomorrow
		{"来週の火曜日15時", "2026-12-01 15:00"},
		{"来週 火曜 15時", "2026-12-01 15:00"},
		{"再来週の火曜 15:00", "2026-12-08 15:00"},
		{"tue of the week after next, 15:00", "2026-12-08 15:00"},

		// Dates. Without a year the nearest one, and a day of the month the next.
		{"11/27 15:00", "2026-11-27 15:00"},
		{"12/1 15:00", "2026-12-01 15:00"},
		{"1/4 15:00", "2027-01-04 15:00"},
		{"2026/12/1 15:00", "2026-12-01 15:00"},
		{"2026-11-27T15:00", "2026-11-27 15:00"},
		{"2026年12月1日15時", "2026-12-01 15:00"},
		{"12月1日15時", "2026-12-01 15:00"},
		{"12月1日（火）15時", "2026-12-01 15:00"}, // the weekday is right, and adds nothing
		{"11/27(金) 15:00", "2026-11-27 15:00"},
		{"11/27 (Fri) 15:00", "2026-11-27 15:00"},
		{"明日(木) 15:00", "2026-11-26 15:00"},
		{"来週12/1 15:00", "2026-12-01 15:00"},
		{"27日 15時", "2026-11-27 15:00"},
		{"27日（金）15時", "2026-11-27 15:00"},
		{"25日15時", "2026-11-25 15:00"},
		{"24日15時", "2026-12-24 15:00"},
		{"31日15時", "2026-12-31 15:00"}, // November has none
		{"the 27th at 15:00", "2026-11-27 15:00"},
		{"nov 27 15:00", "2026-11-27 15:00"},
		{"December 1st, 15:00", "2026-12-01 15:00"},
		{"1 dec 15:00", "2026-12-01 15:00"},
		{"1st of December 15:00", "2026-12-01 15:00"},
		{"may 5 15:00", "2027-05-05 15:00"},
		{"2027-09-03 15:00:00", "2027-09-03 15:00"},

		// Times.
		{"fri 9:00", "2026-11-27 09:00"},
		{"fri 7:00", "2026-11-27 07:00"},
		{"fri 03:00", "2026-11-27 03:00"}, // with two digits it is meant
		{"fri 3pm", "2026-11-27 15:00"},
		{"fri 3 PM", "2026-11-27 15:00"},
		{"fri 3:30 p.m.", "2026-11-27 15:30"},
		{"fri 330pm", "2026-11-27 15:30"},
		{"fri 9am", "2026-11-27 09:00"},
		{"fri 12pm", "2026-11-27 12:00"},
		{"fri 12am", "2026-11-27 00:00"},
		{"fri at 15", "2026-11-27 15:00"},
		{"fri @ 15", "2026-11-27 15:00"},
		{"fri at 9", "2026-11-27 09:00"},
		{"fri at 1530", "2026-11-27 15:30"},
		{"fri 10 o'clock", "2026-11-27 10:00"},
		{"fri noon", "2026-11-27 12:00"},
		{"金曜の正午", "2026-11-27 12:00"},
		{"fri 12:30", "2026-11-27 12:30"},
		{"金曜12時", "2026-11-27 12:00"},
		{"金曜0時", "2026-11-27 00:00"},
		{"金曜15時15分", "2026-11-27 15:15"},
		{"金曜15時5分", "2026-11-27 15:05"},
		{"金曜15時30", "2026-11-27 15:30"},
		{"金曜10時半", "2026-11-27 10:30"},
		{"金曜午後3時", "2026-11-27 15:00"},
		{"金曜の午後3時半", "2026-11-27 15:30"},
		{"金午後3時", "2026-11-27 15:00"},
		{"金曜 午後3:30", "2026-11-27 15:30"},
		{"金曜午前9時", "2026-11-27 09:00"},
		{"金曜午後0時", "2026-11-27 12:00"},
		{"金曜午後15時", "2026-11-27 15:00"}, // often said twice
		{"金曜の朝9時", "2026-11-27 09:00"},
		{"金曜の昼1時", "2026-11-27 13:00"},
		{"金曜お昼12時", "2026-11-27 12:00"},
		{"金曜夕方5時", "2026-11-27 17:00"},
		{"金曜の夜8時", "2026-11-27 20:00"},
		{"今夜8時", "2026-11-25 20:00"},
		{"tonight at 8", "2026-11-25 20:00"},
		{"tomorrow morning 9", "2026-11-26 09:00"},
		{"3 in the afternoon", "2026-11-25 15:00"},
		{"tomorrow afternoon 3:00", "2026-11-26 15:00"},

		// The end of a talk is not kept.
		{"fri 15:00-15:30", "2026-11-27 15:00"},
		{"fri 15:00 - 16:00", "2026-11-27 15:00"},
		{"fri 3pm to 4pm", "2026-11-27 15:00"},
		{"金曜15時〜16時", "2026-11-27 15:00"},
		{"金曜15:00～15:30", "2026-11-27 15:00"},
		{"金曜15時から16時まで", "2026-11-27 15:00"},
		{"金曜午前11時〜午後1時", "2026-11-27 11:00"},

		// How it is typed: together, apart, wide, in capitals, with particles.
		{"明日10:00", "2026-11-26 10:00"},
		{"金曜15時", "2026-11-27 15:00"},
		{"fri15:00", "2026-11-27 15:00"},
		{"  FRI   15:00 ", "2026-11-27 15:00"},
		{"金曜　１５：００", "2026-11-27 15:00"},
		{"１１／２７（金）１５時半", "2026-11-27 15:30"},
		{"ｆｒｉ　３ｐｍ", "2026-11-27 15:00"},
		{"と明日10:00に", "2026-11-26 10:00"},
		{"明日10時に会う", "2026-11-26 10:00"},
		{"明日10時から", "2026-11-26 10:00"},
		{"明日10時より", "2026-11-26 10:00"},
		{"明日10:00〜", "2026-11-26 10:00"},
		{"明日10時ごろ", "2026-11-26 10:00"},
		{"around 15:00 on fri", "2026-11-27 15:00"},
		{"来週の火曜、十五時半", "2026-12-01 15:30"},
		{"十二月一日十時", "2026-12-01 10:00"},
		{"十二月二十一日 二十時十五分", "2026-12-21 20:15"},

		// A time alone is today's.
		{"15:00", "2026-11-25 15:00"},
		{"15時", "2026-11-25 15:00"},
		{"at 15", "2026-11-25 15:00"},
		{"3pm", "2026-11-25 15:00"},
	})
}

// What is said in part is no doubt: the form asks for the rest.
func TestWhenIsSaidInPart(t *testing.T) {
	t.Parallel()
	checkReadings(t, clockIn(t, zone(t, "Asia/Tokyo"), wednesday), []reading{
		{"", "- -"},
		{" \t　", "- -"},
		{"fri", "2026-11-27 -"},
		{"金曜", "2026-11-27 -"},
		{"金曜に", "2026-11-27 -"},
		{"wed", "2026-12-02 -"}, // strictly after today
		{"水", "2026-12-02 -"},
		{"today", "2026-11-25 -"},
		{"25日", "2026-11-25 -"},
		{"12/1", "2026-12-01 -"},
		{"3日後", "2026-11-28 -"},
		{"in 2 weeks", "2026-12-09 -"},
		{"明日の午後", "2026-11-26 -"},
		{"tomorrow morning", "2026-11-26 -"},
		{"tonight", "2026-11-25 -"},
		{"morning", "- -"},
		{"next week", "- -"},
		{"来週", "- -"},
		{"next week 15:00", "- 15:00"}, // not today's, whatever the time
		{"来週の午後3時", "- 15:00"},
	})
}

func TestWhenIsAmbiguous(t *testing.T) {
	t.Parallel()
	checkReadings(t, clockIn(t, zone(t, "Asia/Tokyo"), wednesday), []reading{
		// Which half of the day?
		{"fri 3:00", "2026-11-27 15:00 (ambiguous)"},
		{"金曜3時", "2026-11-27 15:00 (ambiguous)"},
		{"金曜三時", "2026-11-27 15:00 (ambiguous)"},
		{"金曜3時半", "2026-11-27 15:30 (ambiguous)"},
		{"fri at 3", "2026-11-27 15:00 (ambiguous)"},
		{"fri 6:59", "2026-11-27 18:59 (ambiguous)"},
		{"3:00", "2026-11-25 15:00 (ambiguous)"},
		{"金曜3時〜4時", "2026-11-27 15:00 (ambiguous)"},
		{"fri 3:00-4:00pm", "2026-11-27 15:00 (ambiguous)"}, // 11:00-4:00pm begins in the morning
		{"金曜午後12時", "2026-11-27 12:00 (ambiguous)"},         // noon to most, midnight by the law
		{"金曜午前12時", "2026-11-27 12:00 (ambiguous)"},
		{"金曜午前15時", "2026-11-27 15:00 (ambiguous)"},
		{"金曜夜12時", "2026-11-27 12:00 (ambiguous)"}, // midnight, of which day?
		{"fri morning 3", "2026-11-27 15:00 (ambiguous)"},

		// A number alone: an hour, or a day?
		{"5", "2026-11-25 17:00 (ambiguous)"},
		{"15", "2026-11-25 15:00 (ambiguous)"},
		{"fri 15", "2026-11-27 15:00 (ambiguous)"},
		{"fri 1500", "2026-11-27 15:00 (ambiguous)"},
		{"2026", "2026-11-25 20:26 (ambiguous)"},
		{"fri 3-4", "2026-11-27 15:00 (ambiguous)"},
		{"fri 3-4pm", "2026-11-27 15:00 (ambiguous)"},

		// A time alone that is over today.
		{"10:00", "2026-11-26 10:00 (ambiguous)"},
		{"14:00", "2026-11-26 14:00 (ambiguous)"},
		{"2時", "2026-11-26 14:00 (ambiguous)"},
		{"25日10時", "2026-12-25 10:00 (ambiguous)"}, // a month from now?

		// Said twice, and not the same.
		{"11/27(木) 15:00", "2026-11-27 15:00 (ambiguous)"},
		{"fri 11/26 15:00", "2026-11-26 15:00 (ambiguous)"},
		{"明日金曜15時", "2026-11-26 15:00 (ambiguous)"},
		{"27日木曜15時", "2026-11-27 15:00 (ambiguous)"},
		{"12/1 2日 15時", "2026-12-01 15:00 (ambiguous)"},
		{"来週11/27 15:00", "2026-11-27 15:00 (ambiguous)"},
		{"今週来週 金曜15時", "2026-11-27 15:00 (ambiguous)"},
		{"11/27 11/30 15:00", "2026-11-27 15:00 (ambiguous)"},
		{"thu fri 15:00", "2026-11-26 15:00 (ambiguous)"},
		{"27日28日15時", "2026-11-27 15:00 (ambiguous)"},
		{"fri 15:00 16:00", "2026-11-27 15:00 (ambiguous)"},
		{"fri 4 15:00", "2026-11-27 15:00 (ambiguous)"}, // 4 is no hour beside a time
		{"fri 10am 3pm", "2026-11-27 10:00 (ambiguous)"},
	})
}

func TestWhenIsPast(t *testing.T) {
	t.Parallel()
	checkReadings(t, clockIn(t, zone(t, "Asia/Tokyo"), wednesday), []reading{
		{"yesterday 10:00", "2026-11-24 10:00 (past)"},
		{"昨日10時", "2026-11-24 10:00 (past)"},
		{"yesterday", "2026-11-24 - (past)"},
		{"today 10:00", "2026-11-25 10:00 (past)"},
		{"今日14:00", "2026-11-25 14:00 (past)"}, // it is two
		{"今日の朝9時", "2026-11-25 09:00 (past)"},
		{"今日2時", "2026-11-25 14:00 (past)"}, // either half of the day
		{"今週月曜15時", "2026-11-23 15:00 (past)"},
		{"今週月曜", "2026-11-23 - (past)"},
		{"this mon 15:00", "2026-11-23 15:00 (past)"},
		{"last fri 15:00", "2026-11-20 15:00 (past)"},
		{"先週の金曜15時", "2026-11-20 15:00 (past)"},
		{"先週", "- - (past)"},
		{"last week 15:00", "- 15:00 (past)"},
		{"sept 3 15:00", "2026-09-03 15:00 (past)"},
		{"11/20 15:00", "2026-11-20 15:00 (past)"}, // the nearest; a year ahead is no plan
		{"2025-11-27 15:00", "2025-11-27 15:00 (past)"},
		{"in 0 min", "2026-11-25 14:00 (past)"},
	})
}

func TestWhenIsUnreadable(t *testing.T) {
	t.Parallel()
	checkReadings(t, clockIn(t, zone(t, "Asia/Tokyo"), wednesday), []reading{
		{"soon", "- - (unreadable)"},
		{"そのうち", "- - (unreadable)"},
		{"の", "- - (unreadable)"}, // of what?
		{"at", "- - (unreadable)"},
		{"fri 25:00", "2026-11-27 - (unreadable)"},
		{"金曜24時", "2026-11-27 - (unreadable)"},
		{"fri 15:77", "2026-11-27 - (unreadable)"},
		{"fri 15h", "2026-11-27 15:00 (unreadable)"},
		{"2/30 15:00", "- 15:00 (unreadable)"},
		{"13/1 15:00", "- 15:00 (unreadable)"},
		{"0日15時", "- 15:00 (unreadable)"},
		{"32日15時", "- 15:00 (unreadable)"},
		{"11月", "- - (unreadable)"},       // and no Monday
		{"月末15時", "- 15:00 (unreadable)"}, // nor here
		{"土日15時", "- 15:00 (unreadable)"},
		{"第一月曜15時", "- 15:00 (unreadable)"},
		{"11/27/2026 15:00", "2026-11-27 15:00 (unreadable)"},
		{"fri 15:00 at the café", "2026-11-27 15:00 (unreadable)"}, // what was read begins the form
		{"明日10:00 カフェで", "2026-11-26 10:00 (unreadable)"},
		{"金曜15時か16時", "2026-11-27 15:00 (unreadable)"},
		{"fri 00930", "2026-11-27 - (unreadable)"},
		{"金曜〜15時", "2026-11-27 15:00 (unreadable)"},
		{"金曜15時まで", "2026-11-27 15:00 (unreadable)"}, // an end, and no beginning
		{"15:00 UTC", "- 15:00 (unreadable)"},
		{"2026-11-27T15:00+09:00", "2026-11-27 15:00 (unreadable)"},
		{"half past 3", "- 15:00 (unreadable)"},
		{"every fri 15:00", "2026-11-27 15:00 (unreadable)"},
		{"not fri 15:00", "2026-11-27 15:00 (unreadable)"},
		{"friyay 15:00", "- 15:00 (unreadable)"},
		{"next 15:00", "- 15:00 (unreadable)"},
		{"来月3日15時", "2026-12-03 15:00 (unreadable)"},
		{"週明け15時", "- 15:00 (unreadable)"},
		{"111:00", "- - (unreadable)"},
		{"fri 15:00 " + strings.Repeat(" ", 300), "- - (unreadable)"},
		{"\xff\xfe", "- - (unreadable)"},
	})
}

// TestWhenTurnsWithTheDay reads the same words on other days.
func TestWhenTurnsWithTheDay(t *testing.T) {
	t.Parallel()
	tests := []struct{ zone, now, text, want string }{
		// A weekday on that very day, before and after the time.
		{"Asia/Tokyo", "2026-11-27 14:59", "fri 15:00", "2026-11-27 15:00"},
		{"Asia/Tokyo", "2026-11-27 15:00", "fri 15:00", "2026-12-04 15:00"},
		{"Asia/Tokyo", "2026-11-27 15:01", "金曜15時", "2026-12-04 15:00"},
		{"Asia/Tokyo", "2026-11-27 16:00", "金曜3時", "2026-12-04 15:00 (ambiguous)"},
		{"Asia/Tokyo", "2026-11-27 16:00", "今週金曜15時", "2026-11-27 15:00 (past)"},
		{"Asia/Tokyo", "2026-11-27 09:00", "next fri 15:00", "2026-12-04 15:00"},

		// Sunday ends the week, Monday begins it.
		{"Asia/Tokyo", "2026-11-29 09:00", "this fri 15:00", "2026-11-27 15:00 (past)"},
		{"Asia/Tokyo", "2026-11-29 09:00", "next mon 15:00", "2026-11-30 15:00"},
		{"Asia/Tokyo", "2026-11-29 09:00", "来週日曜15時", "2026-12-06 15:00"},
		{"Asia/Tokyo", "2026-11-30 09:00", "next mon 15:00", "2026-12-07 15:00"},
		{"Asia/Tokyo", "2026-11-30 09:00", "今週日曜15時", "2026-12-06 15:00"},

		// The end of a month and of a year.
		{"Asia/Tokyo", "2026-12-31 23:30", "明日10:00", "2027-01-01 10:00"},
		{"Asia/Tokyo", "2026-12-31 23:30", "in 1 hour", "2027-01-01 00:30"},
		{"Asia/Tokyo", "2026-12-31 23:30", "来週火曜10時", "2027-01-05 10:00"},
		{"Asia/Tokyo", "2026-12-28 09:00", "1/4 15:00", "2027-01-04 15:00"},
		{"Asia/Tokyo", "2027-01-04 09:00", "12/28 15:00", "2026-12-28 15:00 (past)"},
		{"Asia/Tokyo", "2027-01-31 16:00", "31日15時", "2027-03-31 15:00 (ambiguous)"}, // February has none
		{"Asia/Tokyo", "2027-01-31 16:00", "30日15時", "2027-03-30 15:00"},
		{"Asia/Tokyo", "2028-02-01 09:00", "2/29 15:00", "2028-02-29 15:00"},

		// Clocks go forward: 02:30 is none, and in São Paulo the day began at one.
		{"Europe/Berlin", "2026-03-28 12:00", "tomorrow 01:30", "2026-03-29 01:30"},
		{"Europe/Berlin", "2026-03-28 12:00", "tomorrow 02:30", "2026-03-29 03:30 (ambiguous)"},
		{"Europe/Berlin", "2026-03-28 12:00", "tomorrow 03:30", "2026-03-29 03:30"},
		{"America/New_York", "2026-03-07 12:00", "sun 02:30", "2026-03-08 01:30 (ambiguous)"},
		{"Australia/Lord_Howe", "2026-10-03 12:00", "tomorrow 02:15", "2026-10-04 02:45 (ambiguous)"}, // by half an hour
		{"America/Sao_Paulo", "2018-11-03 12:00", "tomorrow 00:30", "2018-11-03 23:30 (ambiguous)"},
		{"America/Sao_Paulo", "2018-11-03 23:40", "tomorrow 00:30", "2018-11-03 23:30 (past)"},

		// Clocks go back: the hour that comes twice is the first of the two.
		{"Europe/Berlin", "2026-10-24 12:00", "tomorrow 02:30", "2026-10-25 02:30"},
		{"Europe/Berlin", "2026-10-25 01:30", "in 1 hour", "2026-10-25 02:30"},
	}
	for _, tt := range tests {
		got := bot.ParseWhen(tt.text, clockIn(t, zone(t, tt.zone), tt.now))
		if inWords(got) != tt.want {
			t.Errorf("at %s in %s, parseWhen(%q) = %s, want %s", tt.now, tt.zone, tt.text, inWords(got), tt.want)
		}
	}
}

// zones are those the properties are tried in: without clock changes, with them, and
// with one of half an hour.
var zones = []string{"Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}

// anyNow draws a moment in any of the zones.
func anyNow(t *rapid.T) time.Time {
	loc, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return from.Add(time.Duration(rapid.IntRange(0, 3*366*24*60*60).Draw(t, "now")) * time.Second).In(loc)
}

// renderings writes a moment to come in every way that means it and nothing else.
func renderings(now, at time.Time) []string {
	today, on := rapport.DateOf(now), rapport.DateOf(at)
	days := on.Sub(today)
	kanji := []string{"日", "月", "火", "水", "木", "金", "土"}[on.Weekday()]
	clocks := []string{at.Format("15:04"), at.Format("3:04pm"), at.Format("03:04 PM"), at.Format("15時04分"), at.Format(" at 15:04")}
	if h := at.Hour() % 12; h > 0 {
		clocks = append(clocks, fmt.Sprintf("%s%d時%02d分", map[bool]string{true: "午前", false: "午後"}[at.Hour() < 12], h, at.Minute()))
	}
	names := []string{
		at.Format("2006-01-02 "), at.Format("2006年1月2日"), at.Format("1/2 "), at.Format("1月2日"), at.Format("1/2") + "（" + kanji + "）",
		at.Format("Mon, Jan 2, "), at.Format("2 January, "), fmt.Sprintf("in %d days, ", days), fmt.Sprintf("%d日後の", days),
	}
	if days == 0 || days <= 28 && on.Day() != today.Day() {
		names = append(names, at.Format("2日"), at.Format("2日")+"("+kanji+")")
	}
	weeks := on.Monday().Sub(today.Monday()) / 7
	if weeks <= 2 {
		names = append(names, []string{"今週", "来週の", "再来週"}[weeks]+kanji+"曜", []string{"this ", "next ", "week after next, "}[weeks]+at.Format("Mon "))
	}
	if days < 7 || days == 7 && !at.After(now.AddDate(0, 0, 7)) {
		names = append(names, at.Format("Mon"), at.Format("Monday "), kanji+"曜", kanji+"曜日の", kanji+" ")
	}
	if days <= 2 {
		names = append(names, []string{"today ", "tomorrow", "day after tomorrow "}[days], []string{"今日", "明日", "あさっての"}[days])
	}
	var all []string
	for _, name := range names {
		for _, c := range clocks {
			all = append(all, name+c, strings.ToUpper(name+c), wide(name+c))
		}
	}
	return all
}

// wide writes a text as Japanese input may leave it.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '　'
		case r > ' ' && r <= '~':
			return r - '!' + '！'
		}
		return r
	}, text)
}

func TestMomentIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := anyNow(t)
		at := now.Truncate(time.Minute).Add(time.Duration(rapid.IntRange(1, 120*24*60).Draw(t, "minutes ahead")) * time.Minute)
		if rapid.Bool().Draw(t, "soon") {
			at = now.Truncate(time.Minute).Add(time.Duration(rapid.IntRange(1, 8*24*60).Draw(t, "minutes to it")) * time.Minute)
		}
		on, minutes := rapport.DateOf(at), at.Hour()*60+at.Minute()
		if !on.At(minutes, now.Location()).Equal(at) {
			t.Skip("the second of an hour that comes twice has no name of its own")
		}
		want := bot.When{Day: on, Minutes: minutes, Timed: true}
		ways := rapid.SampledFrom(renderings(now, at))
		for _, text := range rapid.SliceOfN(ways, 10, 10).Draw(t, "ways") {
			if got := bot.ParseWhen(text, now); got != want {
				t.Fatalf("at %s, parseWhen(%q) = %s, want %s", now.Format("Mon 2006-01-02 15:04:05"), text, inWords(got), inWords(want))
			}
		}
	})
}

// phrases are parts of what is typed, to be thrown together.
var phrases = []string{
	"fri", "Wed", "sunday", "月", "火曜", "日曜日", "（金）", "next", "last ", "this", "week", "来週", "先週の", "再来週", "今週", "week after next",
	"today", "tomorrow", "yesterday", "今日", "明日", "昨日", "あさって", "3日後", "in 2 hours", "in 3 days", "30分後", "11/27", "2/29", "12月1日",
	"2026-11-27", "2026年1月5日", "nov 5", "5 may", "27日", "31日", "1st", "15:00", "3:00", "03:30", "2:30", "15時", "3時半", "0時", "24時", "99:99",
	"15", "3", "5", "1500", "0", "am", "pm", "午前", "午後", "朝", "夜", "tonight", "noon", "正午", "at", "@", "の", "に", "から", "〜", "-16:00", "まで",
	"十五時", "二十日", "x", "カフェ", "/", ":", "日", "\xff",
}

// sensible reports what is wrong with a reading, "" for nothing: a settled one is
// ahead, and its time is on the clocks of its day; a day alone is not over.
func sensible(now time.Time, got bot.When) string {
	at := got.Day.At(got.Minutes, now.Location())
	switch {
	case got.Minutes < 0 || got.Minutes >= 24*60 || !got.Timed && got.Minutes != 0:
		return "no time of day"
	case !got.Day.IsZero() && !aDay(got.Day):
		return "no day"
	case got.Doubt != bot.NoDoubt || got.Day.IsZero():
		return ""
	case got.Day.Before(rapport.DateOf(now)) || got.Timed && !at.After(now):
		return "past, and no doubt of it"
	case got.Timed && (rapport.DateOf(at) != got.Day || at.Hour()*60+at.Minute() != got.Minutes):
		return "on no clock, and no doubt of it"
	}
	return ""
}

func TestAnyTextIsReadSensibly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := anyNow(t)
		words := rapid.SliceOfN(rapid.SampledFrom(phrases), 0, 5).Draw(t, "phrases")
		text := strings.Join(words, rapid.SampledFrom([]string{"", " ", "　", ", "}).Draw(t, "between"))
		got := bot.ParseWhen(text, now)
		if wrong := sensible(now, got); wrong != "" {
			t.Fatalf("at %s, parseWhen(%q) = %s: %s", now, text, inWords(got), wrong)
		}
		if narrow := bot.ParseWhen(wide(text), now); narrow != got {
			t.Fatalf("at %s, parseWhen(%q) = %s, but typed wide it is %s", now, text, inWords(got), inWords(narrow))
		}
	})
}
