package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"innerview/rapport"
	"innerview/scheduler"
)

// inDetail is up to how many leaders a year is shown leader by leader. More
// would hide the year.
const inDetail = 20

// kindMarks are what stands in the calendar for a message.
func kindMarks() map[rapport.MessageKind]string {
	return map[rapport.MessageKind]string{
		rapport.KindNudge: "N", rapport.KindThanks: "T", rapport.KindHello: "H", rapport.KindWelcomeBack: "W",
		rapport.KindDigest: "D", rapport.KindGoodbye: "G", rapport.KindInvitation: "I",
	}
}

// reason is why a day is quiet: its mark in the calendar, and in words.
type reason struct{ mark, words string }

func reasons() map[scheduler.Hush]reason {
	return map[scheduler.Hush]reason{
		scheduler.HushWeekend:     {"-", "weekend"},
		scheduler.HushHoliday:     {"x", "holiday, bridge day or company day off"},
		scheduler.HushDay:         {"x", "day off"},
		scheduler.HushWeek:        {"=", "enough this week"},
		scheduler.HushNobody:      {".", "nobody due"},
		scheduler.HushBackOff:     {"~", "backing off: earlier messages were left untouched"},
		scheduler.HushToday:       {"'", "one that day already"},
		scheduler.HushPaused:      {"p", "paused"},
		scheduler.HushOff:         {"o", "no nudges wanted"},
		scheduler.HushHour:        {"h", "no open hours that day"},
		scheduler.HushUnconfirmed: {"?", "has not said yes yet"},
		scheduler.HushGone:        {"!", "has left the workspace"},
	}
}

// almanac prints a year for people: month by month a calendar and the messages,
// and in the end a summary.
type almanac struct {
	io.Writer
	year    scheduler.Year
	leaders []string // shown one by one, or nobody
	width   int      // of an id
	days    map[string][]scheduler.Day
}

func printYear(w io.Writer, y scheduler.Year) error {
	a := almanac{Writer: w, year: y, width: len("leader"), days: make(map[string][]scheduler.Day)}
	if y.Leaders <= inDetail {
		a.leaders = y.Who()
	}
	for _, id := range a.leaders {
		a.days[id] = y.Days(id)
	}
	for _, l := range y.Lines {
		a.width = max(a.width, utf8.RuneCountInString(l.Leader), utf8.RuneCountInString(l.Person))
	}
	if err := a.months(); err != nil {
		return err
	}
	a.summary()
	return nil
}

// months prints every month with a day in the calendar or with a message.
func (a almanac) months() error {
	a.legend()
	rest := a.year.Lines
	for _, month := range a.begun() {
		fmt.Fprintf(a, "%s %d\n", month.Month(), month.Year())
		a.grid(month)
		n, err := messagesOf(rest, month)
		if err != nil {
			return err
		}
		a.messages(rest[:n])
		rest = rest[n:]
	}
	return nil
}

// begun returns the first day of each month in the year.
func (a almanac) begun() []rapport.Date {
	var firsts []rapport.Date
	first, last := a.year.Span()
	for on := first; !on.After(last); on = on.AddDays(1) {
		if len(firsts) == 0 || on.Day() == 1 {
			firsts = append(firsts, on.AddDays(1-on.Day()))
		}
	}
	return firsts
}

// messagesOf returns how many of the lines, which are in order, lie in the month.
// Leaders' zones differ, so that a line of the next month may stand before one
// of this: it is printed a little early.
func messagesOf(lines []scheduler.Line, month rapport.Date) (int, error) {
	n := 0
	for i, l := range lines {
		on, err := dayOf(l)
		if err != nil {
			return 0, err
		}
		if on.Month() == month.Month() && on.Year() == month.Year() {
			n = i + 1
		}
		if on.Sub(month) > 32 {
			break
		}
	}
	return n, nil
}

func dayOf(l scheduler.Line) (rapport.Date, error) {
	at, err := time.Parse(time.RFC3339, l.At)
	if err != nil {
		return rapport.Date{}, fmt.Errorf("read a line: %w", err)
	}
	return rapport.DateOf(at), nil
}

// grid prints a month with a row for each leader and a column for each day.
func (a almanac) grid(month rapport.Date) {
	if len(a.leaders) == 0 {
		return
	}
	var numbers, names strings.Builder
	for on := month; on.Month() == month.Month(); on = on.AddDays(1) {
		gap := ""
		if on.Weekday() == time.Monday && on.Day() > 1 {
			gap = " "
		}
		number := "  "
		if on.Day() == 1 || on.Weekday() == time.Monday {
			number = fmt.Sprintf("%-2d", on.Day())
		}
		numbers.WriteString(gap + number)
		names.WriteString(gap + on.Weekday().String()[:1] + " ")
	}
	a.row("", numbers.String())
	a.row("", names.String())
	for _, id := range a.leaders {
		a.row(id, a.marks(id, month))
	}
	fmt.Fprintln(a)
}

func (a almanac) row(name, cells string) {
	fmt.Fprintln(a, strings.TrimRight(fmt.Sprintf("  %s  %s", padded(name, a.width), cells), " "))
}

// marks are a leader's days of a month; a day outside the year is blank.
func (a almanac) marks(leader string, month rapport.Date) string {
	days := a.days[leader]
	var b strings.Builder
	for on := month; on.Month() == month.Month(); on = on.AddDays(1) {
		if on.Weekday() == time.Monday && on.Day() > 1 {
			b.WriteString(" ")
		}
		mark := " "
		if i := on.Sub(days[0].On); i >= 0 && i < len(days) {
			mark = markOf(days[i])
		}
		b.WriteString(mark + " ")
	}
	return b.String()
}

func markOf(d scheduler.Day) string {
	if d.Line != nil {
		return cmp.Or(kindMarks()[d.Line.Kind], "M")
	}
	return cmp.Or(reasons()[d.Why].mark, "?")
}

// messages prints messages under their days.
func (a almanac) messages(lines []scheduler.Line) {
	day := ""
	for _, l := range lines {
		at, err := time.Parse(time.RFC3339, l.At)
		if err != nil {
			continue // no line gets here that could not be read before
		}
		if d := at.Format("2006-01-02 Mon"); d != day {
			day = d
			fmt.Fprintf(a, "%s\n", day)
		}
		about := ""
		if l.Person != "" {
			about = "about " + l.Person
		}
		text := fmt.Sprintf("  %s  %s  %-12s  %s  %-9s  %s", at.Format("15:04"), padded(l.Leader, a.width), l.Kind,
			padded(about, a.width+len("about ")), l.Level, l.Starter)
		fmt.Fprintln(a, strings.TrimRight(text, " "))
	}
	fmt.Fprintln(a)
}

// legend says what the marks in the calendar mean, those that are in it.
func (a almanac) legend() {
	if len(a.leaders) == 0 {
		return
	}
	fmt.Fprintln(a, "The marks in the calendar")
	for _, c := range a.year.Kinds() {
		fmt.Fprintf(a, "  %s  %s\n", cmp.Or(kindMarks()[rapport.MessageKind(c.What)], "M"), inWords(c.What))
	}
	for _, c := range a.year.QuietDays() {
		r := reasons()[scheduler.Hush(c.What)]
		fmt.Fprintf(a, "  %s  %s\n", r.mark, r.words)
	}
	fmt.Fprintln(a)
}

// summary counts messages and quiet days: of each leader, where there are few,
// and of all together.
func (a almanac) summary() {
	fmt.Fprintln(a, "Summary")
	for _, id := range a.leaders {
		a.account(id, "a week", a.year.Of(id))
	}
	if len(a.leaders) != 1 {
		a.account("all "+counted(a.year.Leaders, "leader"), "a leader and week", a.year)
	}
}

// account is what a year holds for somebody.
func (a almanac) account(whose, each string, y scheduler.Year) {
	mean, most := y.PerWeek()
	fmt.Fprintf(a, "  %s: %s in %s, %.2f %s, at most %d in one week\n",
		whose, counted(len(y.Lines), "message"), counted(y.Weeks, "week"), mean, each, most)
	var kinds, quiet []string
	days := 0
	for _, c := range y.Kinds() {
		kinds = append(kinds, fmt.Sprintf("%d %s", c.N, inWords(c.What)))
	}
	for _, c := range y.QuietDays() {
		days += c.N
		quiet = append(quiet, fmt.Sprintf("%d %s", c.N, reasons()[scheduler.Hush(c.What)].words))
	}
	if len(kinds) > 0 {
		fmt.Fprintf(a, "    by kind: %s\n", strings.Join(kinds, "; "))
	}
	if len(quiet) > 0 {
		fmt.Fprintf(a, "    quiet on %s: %s\n", counted(days, "day"), strings.Join(quiet, "; "))
	}
}

func inWords(kind string) string { return strings.ReplaceAll(kind, "_", " ") }

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// padded fills text up with blanks.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}
