package bot

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/agnivade/levenshtein"

	"innerview/rapport"
)

// mention is how Slack writes a person when should_escape is on.
var mention = regexp.MustCompile(`^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>(?:さん|,|、)?`)

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

// outcome takes an outcome off the front. ok is false when the next word is none.
func (a *args) outcome() (o rapport.Outcome, ok bool) {
	o, ok = outcomeWords[strings.ToLower(a.peek())]
	if ok {
		a.word()
	}
	return o, ok
}

// dayWords are the days that have names, as days from today.
var dayWords = map[string]int{
	"today": 0, "今日": 0, "きょう": 0,
	"yesterday": -1, "昨日": -1, "きのう": -1, "一昨日": -2, "おととい": -2,
	"tomorrow": 1, "明日": 1, "あした": 1, "明後日": 2, "あさって": 2,
}

// day takes a day off the front: a name, YYYY-MM-DD, M/D, or 11月25日.
func (a *args) day(today rapport.Date) (d rapport.Date, ok bool) {
	d, ok = parseDay(strings.ToLower(a.peek()), today)
	if ok {
		a.word()
	}
	return d, ok
}

var monthDay = regexp.MustCompile(`^(\d{1,2})(?:/|月)(\d{1,2})日?$`)

func parseDay(word string, today rapport.Date) (rapport.Date, bool) {
	if n, ok := dayWords[word]; ok {
		return today.AddDays(n), true
	}
	if d, err := rapport.ParseDate(strings.ReplaceAll(word, "/", "-")); err == nil {
		return d, true
	}
	m := monthDay.FindStringSubmatch(word)
	if m == nil {
		return rapport.Date{}, false
	}
	return nearestYear(atoi(m[1]), atoi(m[2]), today)
}

// nearestYear finds the year in which month and day lie nearest to today.
func nearestYear(month, day int, today rapport.Date) (rapport.Date, bool) {
	var best rapport.Date
	for year := today.Year() - 1; year <= today.Year()+1; year++ {
		d := rapport.NewDate(year, time.Month(month), day)
		if int(d.Month()) != month || d.Day() != day {
			continue
		}
		if best.IsZero() || abs(d.Sub(today)) < abs(best.Sub(today)) {
			best = d
		}
	}
	return best, !best.IsZero()
}

var span = regexp.MustCompile(`^(\d{1,3})(d|days?|w|weeks?|日|日間|週間?)?$`)

// until takes a span of days ("7", "3d", "2 weeks", 「3日」) or a day off the
// front, and returns the last day it covers.
func (a *args) until(today rapport.Date) (d rapport.Date, ok bool) {
	word := strings.ToLower(a.peek())
	if m := span.FindStringSubmatch(word); m != nil {
		a.word()
		n, unit := atoi(m[1]), m[2]
		if next := strings.ToLower(a.peek()); unit == "" && (strings.HasPrefix(next, "day") || strings.HasPrefix(next, "week")) {
			unit = a.word()
		}
		if strings.HasPrefix(strings.ToLower(unit), "w") || strings.HasPrefix(unit, "週") {
			n *= 7
		}
		return today.AddDays(n), true
	}
	return a.day(today)
}

// nearest returns the candidate closest to a mistyped word, "" when none is
// close.
func nearest(word string, candidates []string) string {
	best, distance := "", 3
	for _, c := range candidates {
		d := levenshtein.ComputeDistance(strings.ToLower(word), c)
		if d < distance && d < len([]rune(c)) {
			best, distance = c, d
		}
	}
	return best
}

func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func abs(n int) int { return max(n, -n) }
