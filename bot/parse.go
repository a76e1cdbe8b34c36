package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"innerview/rapport"
)

// mention is how Slack writes a person when should_escape is on.
var mention = regexp.MustCompile(`^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>(?:さん)?[,、]?`)

// args is what follows the word of a command, read from the left.
type args struct{ rest string }

// splitWord cuts the first word off a command's text. Full-width spaces, which
// Japanese input leaves, part words too.
func splitWord(text string) (word string, rest args) {
	text = strings.TrimSpace(text)
	i := strings.IndexFunc(text, unicode.IsSpace)
	if i < 0 {
		return text, args{}
	}
	return text[:i], args{strings.TrimSpace(text[i:])}
}

// person takes a mention off the front. ok is false when there is none.
func (a *args) person() (user string, ok bool) {
	m := mention.FindStringSubmatch(a.rest)
	if m == nil {
		return "", false
	}
	a.rest = strings.TrimSpace(a.rest[len(m[0]):])
	return m[1], true
}

// onePerson takes the mention off the front that a command needs, and refuses a
// second one behind it: it would be taken for something else, or for nothing.
func (a *args) onePerson(word string) (user string, err error) {
	user, ok := a.person()
	if !ok {
		return "", wrongUse(word)
	}
	rest := *a
	if _, two := rest.person(); two {
		return "", misused("error.one_person", word)
	}
	return user, nil
}

// word takes the next word off the front, "" at the end.
func (a *args) word() string {
	word, rest := splitWord(a.rest)
	*a = rest
	return word
}

// peek returns the next word without taking it.
func (a *args) peek() string {
	word, _ := splitWord(a.rest)
	return word
}

// empty reports whether nothing is left.
func (a *args) empty() bool { return a.rest == "" }

// outcomeWords are the words for an outcome, in both languages.
var outcomeWords = map[string]rapport.Outcome{
	"light": rapport.Light, "少し": rapport.Light, "少し話せた": rapport.Light,
	"opened": rapport.Opened, "open": rapport.Opened, "広がった": rapport.Opened, "話が広がった": rapport.Opened,
	"guarded": rapport.Guarded, "短め": rapport.Guarded,
	"missed": rapport.Missed, "見送り": rapport.Missed,
	"declined": rapport.Declined, "控えたい": rapport.Declined,
}

// outcomePhrases are the words on the buttons, and what comes close to them. The
// longest that fits is meant.
var outcomePhrases = []struct {
	phrase  string
	outcome rapport.Outcome
}{
	{"we talked a little", rapport.Light},
	{"talked a little", rapport.Light},
	{"a little", rapport.Light},
	{"it opened up", rapport.Opened},
	{"opened up", rapport.Opened},
	{"better to keep it short", rapport.Guarded},
	{"kept it short", rapport.Guarded},
	{"it didn't happen", rapport.Missed},
	{"didn't happen", rapport.Missed},
	{"they'd rather not", rapport.Declined},
	{"rather not", rapport.Declined},
	{"少し話せました", rapport.Light},
	{"話が広がりました", rapport.Opened},
	{"今日は短めがよさそうでした", rapport.Guarded},
	{"今回は見送りました", rapport.Missed},
	{"見送りました", rapport.Missed},
	{"控えたいとのことでした", rapport.Declined},
}

// phrase takes an outcome in the words of a button off the front, with either
// kind of apostrophe.
func (a *args) phrase() (o rapport.Outcome, ok bool) {
	for _, p := range outcomePhrases {
		for _, phrase := range []string{p.phrase, strings.ReplaceAll(p.phrase, "'", "’")} {
			if len(a.rest) < len(phrase) || !strings.EqualFold(a.rest[:len(phrase)], phrase) {
				continue
			}
			rest := a.rest[len(phrase):]
			if next, _ := utf8.DecodeRuneInString(rest); rest == "" || unicode.IsSpace(next) {
				a.rest = strings.TrimSpace(rest)
				return p.outcome, true
			}
		}
	}
	return "", false
}

// outcome takes an outcome off the front: its word, or the words of its button.
// ok is false when what comes next is none.
func (a *args) outcome() (o rapport.Outcome, ok bool) {
	if o, ok := a.phrase(); ok {
		return o, true
	}
	o, ok = outcomeWords[figures(a.peek())]
	if ok {
		a.word()
	}
	return o, ok
}

// dayWords are the days that have names, as days from today.
var dayWords = map[string]int{
	"today": 0, "今日": 0, "きょう": 0, "本日": 0,
	"yesterday": -1, "昨日": -1, "きのう": -1, "一昨日": -2, "おととい": -2,
	"tomorrow": 1, "tmr": 1, "tmrw": 1, "明日": 1, "あした": 1, "あす": 1,
	"明後日": 2, "あさって": 2, "明々後日": 3, "しあさって": 3,
}

// day takes a day off the front that a talk may have been on: a name, a weekday, 2026-11-25,
// 2026年11月25日, or without a year 11/25 and 11月25日, which is then the one nearest
// to today. A weekday is the last such day, today's too; "last" and 「先週」 make it
// that of the week before.
func (a *args) day(today rapport.Date) (d rapport.Date, ok bool) {
	b := *a
	if w := figures(b.word()); (w == "sat" || w == "sun") && !b.empty() {
		return d, false // a note begins: Sat by the river
	}
	return a.dayNear(today, today)
}

// dayNear takes a day off the front; without a year it is the one nearest to
// another day than today. If that lies ahead, a weekday is the next such day.
func (a *args) dayNear(today, near rapport.Date) (d rapport.Date, ok bool) {
	b := *a
	word := figures(b.word())
	if _, split := weekWords[strings.TrimSuffix(word, "の")]; split {
		word += " " + figures(b.word())
	}
	d, ok = parseDay(word, today, near)
	if ok {
		*a = b
	}
	return d, ok
}

// figures returns a text in lower case, with the wide signs of Japanese input made
// narrow and every space a plain one.
func figures(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, text))
}

var (
	yearMonthDay = regexp.MustCompile(`^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?$`)
	monthDay     = regexp.MustCompile(`^(\d{1,2})[/月](\d{1,2})日?$`)
)

func parseDay(word string, today, near rapport.Date) (rapport.Date, bool) {
	if n, ok := dayWords[word]; ok {
		return today.AddDays(n), true
	}
	if m := yearMonthDay.FindStringSubmatch(word); m != nil {
		return civil(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := monthDay.FindStringSubmatch(word); m != nil {
		return nearestYear(atoi(m[1]), atoi(m[2]), near)
	}
	return parseWeekday(word, today, near)
}

// weekdayWords are the names of the weekdays.
var weekdayWords = map[string]time.Weekday{
	"mon": time.Monday, "monday": time.Monday, "月": time.Monday, "月曜": time.Monday, "月曜日": time.Monday,
	"tue": time.Tuesday, "tues": time.Tuesday, "tuesday": time.Tuesday, "火": time.Tuesday, "火曜": time.Tuesday, "火曜日": time.Tuesday,
	"wed": time.Wednesday, "weds": time.Wednesday, "wednesday": time.Wednesday,
	"水": time.Wednesday, "水曜": time.Wednesday, "水曜日": time.Wednesday,
	"thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday, "thursday": time.Thursday,
	"木": time.Thursday, "木曜": time.Thursday, "木曜日": time.Thursday,
	"fri": time.Friday, "friday": time.Friday, "金": time.Friday, "金曜": time.Friday, "金曜日": time.Friday,
	"sat": time.Saturday, "saturday": time.Saturday, "土": time.Saturday, "土曜": time.Saturday, "土曜日": time.Saturday,
	"sun": time.Sunday, "sunday": time.Sunday, "日": time.Sunday, "日曜": time.Sunday, "日曜日": time.Sunday,
}

// weekWords are the weeks that have names, as weeks from this one.
var weekWords = map[string]int{
	"last": -1, "this": 0, "next": 1, "先週": -1, "今週": 0, "来週": 1, "再来週": 2,
}

var weekdayOfWeek = regexp.MustCompile(`^(?:(last|this|next) |(先週|今週|来週|再来週)の? ?)(\S+)$`)

// parseWeekday reads a weekday, with or without its week. Where days are looked for
// in the past, one to come is none: "This Friday we move" begins a note.
func parseWeekday(word string, today, near rapport.Date) (d rapport.Date, ok bool) {
	ahead := near.After(today)
	if m := weekdayOfWeek.FindStringSubmatch(word); m != nil {
		w, ok := weekdayWords[m[3]]
		d = inWeek(today, weekWords[m[1]+m[2]], w)
		return d, ok && (ahead || !d.After(today))
	}
	w, ok := weekdayWords[word]
	d = weekdayAfter(today, w)
	if !ahead {
		d = d.AddDays(-7)
	}
	return d, ok
}

// inWeek returns a weekday of the week so many weeks from today's, Monday to Sunday.
func inWeek(today rapport.Date, weeks int, w time.Weekday) rapport.Date {
	return today.Monday().AddDays(7*weeks + (int(w)+6)%7)
}

// weekdayAfter returns the next such day after today: in a week when it is today's.
func weekdayAfter(today rapport.Date, w time.Weekday) rapport.Date {
	d := inWeek(today, 0, w)
	if !d.After(today) {
		d = d.AddDays(7)
	}
	return d
}

// civil returns the day, and false for one that no calendar has.
func civil(year, month, day int) (rapport.Date, bool) {
	d := rapport.NewDate(year, time.Month(month), day)
	return d, !d.IsZero() && int(d.Month()) == month && d.Day() == day
}

// nearestYear finds the year in which month and day lie nearest to another day.
func nearestYear(month, day int, near rapport.Date) (rapport.Date, bool) {
	var best rapport.Date
	for year := near.Year() - 1; year <= near.Year()+1; year++ {
		d, ok := civil(year, month, day)
		if ok && (best.IsZero() || abs(d.Sub(near)) < abs(best.Sub(near))) {
			best = d
		}
	}
	return best, !best.IsZero()
}

// halfYear is how far ahead to look so that the nearest of any month and day is one
// that is still to come.
const halfYear = 183 // days

var (
	span     = regexp.MustCompile(`^(\d{1,3})(d|days?|w|weeks?|日間?|週間?)?$`)
	spanUnit = regexp.MustCompile(`^(?:days?|weeks?|日間?|週間?)$`)
)

// until takes a span of days ("7", "3d", "2 weeks", 「3日」) or a day off the
// front, and returns the last day it covers. A weekday, and a day without a year, is
// the next one.
func (a *args) until(today rapport.Date) (d rapport.Date, ok bool) {
	word := figures(a.peek())
	if m := span.FindStringSubmatch(word); m != nil {
		a.word()
		n, unit := atoi(m[1]), m[2]
		if next := strings.ToLower(a.peek()); unit == "" && spanUnit.MatchString(next) {
			a.word()
			unit = next
		}
		if strings.HasPrefix(unit, "w") || strings.HasPrefix(unit, "週") {
			n *= 7
		}
		return today.AddDays(n), true
	}
	return a.dayNear(today, today.AddDays(halfYear))
}

// nearest returns the candidate closest to a mistyped word: at most so many
// letters from it, and sharing half of them, or all in another order. It is "" when
// none is close.
func nearest(word string, candidates []string, within int) string {
	best, distance := "", within+1
	for _, c := range candidates {
		d := levenshtein.ComputeDistance(strings.ToLower(word), c)
		if d < distance && d < utf8.RuneCountInString(c) && (2*d <= utf8.RuneCountInString(word) || letters(word) == letters(c)) {
			best, distance = c, d
		}
	}
	return best
}

// letters returns the letters of a word in their order in the alphabet.
func letters(word string) string {
	all := []rune(strings.ToLower(word))
	slices.Sort(all)
	return string(all)
}

// typed returns what somebody typed behind a command: Slack hands over & < > as
// entities.
func typed(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func abs(n int) int { return max(n, -n) }
