package bot

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"innerview/rapport"
)

// longestWhen bounds, in bytes, what is read as a moment. What is longer is a letter.
const longestWhen = 300

// partWords are the words for a part of the day.
var partWords = map[string]part{
	"am": {From: 0, To: 11}, "pm": {From: 12, To: 23},
	"morning": {From: 4, To: 11}, "afternoon": {From: 12, To: 18},
	"evening": {From: 16, To: 22}, "night": {From: 17, To: 23}, "tonight": {From: 17, To: 23},
	"午前": {From: 0, To: 11, NoTwelve: true}, "午後": {From: 12, To: 23, NoTwelve: true},
	"朝": {From: 4, To: 11}, "昼": {From: 10, To: 16}, "お昼": {From: 10, To: 16},
	"夕方": {From: 15, To: 19}, "夜": {From: 17, To: 23}, "今夜": {From: 17, To: 23}, "今晩": {From: 17, To: 23},
}

// plainWords say nothing of the moment.
var plainWords = map[string]bool{
	"on": true, "the": true, "from": true, "of": true, "around": true, "about": true, "coming": true, "in": true,
	"t": true, // of 2026-11-27T15:00
}

// token is something that may stand in a text. take notes what it says, and is false
// when it says nothing after all.
type token struct {
	pattern *regexp.Regexp
	take    func(s *said, m []string) bool
}

// rangeEnd is the end of a time that is said from and to: it is none of ours.
const rangeEnd = `^\s*(?:[~〜\-–—]|から|to\b|until\b|till\b)\s*(?:午前|午後)?` +
	`(?:\d{1,2}:\d{2}|\d{1,2}時(?:半|\d{1,2}分)?|\d{1,2}(?:\s*[ap]\.?m\b|\s*$))(?:\s*[ap]\.?m\b)?(?:まで)?`

// tokens are tried in this order: 3日後 before 3日, and that before 3.
var tokens = []token{
	{regexp.MustCompile(rangeEnd), (*said).takeRangeEnd},
	{regexp.MustCompile(`^\s*[~〜]`), (*said).takeRangeEnd}, // an open end; without a beginning it is none
	{regexp.MustCompile(`^(?:[\s,.、。・()\[\]【】\-–—]+|から|より|ごろ|頃|くらい|に会(?:う|います|いたい)|今度|次|[のにではと])`), takePlain},
	{regexp.MustCompile(`^in\s+(\d{1,3}|an?)\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)\b`), (*said).takeFromNow},
	{regexp.MustCompile(`^(\d{1,3})\s*(分|時間半?|日|週間?)後`), (*said).takeFromNow},
	{regexp.MustCompile(`^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?`), (*said).takeDate},
	{regexp.MustCompile(`^(\d{1,2})[/月](\d{1,2})日?`), (*said).takeMonthDay},
	{regexp.MustCompile(`^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b`), (*said).takeMonthName},
	{regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\b`), (*said).takeDayMonthName},
	{regexp.MustCompile(`^(\d{1,2})(?:日|(?:st|nd|rd|th)\b)`), (*said).takeDayOfMonth},
	{regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::00)?`), (*said).takeClock},
	{regexp.MustCompile(`^(\d{1,2})時(?:(半)|(\d{1,2})分|(\d{2})(?:\s+|$))?`), (*said).takeHour},
	{regexp.MustCompile(`^(\d+)([年月日時:]?)`), (*said).takeNumber},
	{regexp.MustCompile(`^([ap])\.?m\b`), func(s *said, m []string) bool { return s.know(m[1] + "m") }},
	{regexp.MustCompile(`^(?:@|at\b|o'clock\b)`), (*said).takeHourly},
	{regexp.MustCompile(`^(?:noon\b|midday\b|正午)`), (*said).takeNoon},
	{regexp.MustCompile(`^(?:the\s+)?(day|week) after (tomorrow|next)\b`), (*said).takeAfter},
	{regexp.MustCompile(`^(last|this|next)\s+([a-z]+)`), (*said).takeWeek},
	{regexp.MustCompile(`^(先週|今週|来週|再来週)`), (*said).takeWeek},
}

// What is not read is left out by the word.
var (
	latinWord = regexp.MustCompile(`^[a-z]+`)
	anyWord   = regexp.MustCompile(`^(?s:[a-z]+|[\d:]+[年月日時分]?|\p{Han}+|.)`)
)

// read notes what a text says.
func (s *said) read(text string) {
	if len(text) > longestWhen {
		s.unread = true
		return
	}
	text = kanjiNumbers(figures(strings.TrimSpace(text)))
	empty := text == ""
	for text != "" {
		n := s.take(text)
		if n == 0 {
			s.unread = true
			n = len(anyWord.FindString(text))
		}
		text = text[n:]
	}
	nothing := len(s.days)+len(s.daysOfMonth)+len(s.weekdays)+len(s.weeks)+len(s.clocks)+len(s.parts) == 0
	s.unread = s.unread || nothing && !empty
}

// take notes what the front of a text says and returns its length, 0 when it says
// nothing.
func (s *said) take(text string) int {
	for _, t := range tokens {
		if m := t.pattern.FindStringSubmatch(text); m != nil && t.take(s, m) {
			return len(m[0])
		}
	}
	return s.takeWord(text)
}

// takeWord is take for a word of the tables: a whole one in English, and the longest
// in Japanese, which parts none.
func (s *said) takeWord(text string) int {
	if w := latinWord.FindString(text); w != "" {
		if plainWords[w] || s.know(w) {
			return len(w)
		}
		return 0
	}
	for n := min(longestJapanese, utf8.RuneCountInString(text)); n > 0; n-- {
		end := runes(text, n)
		if (n > 1 || standsAlone(text[end:])) && s.know(text[:end]) {
			return end
		}
	}
	return 0
}

// longestJapanese is the length of the longest word of the tables, in characters.
const longestJapanese = 5

// runes returns the length of the first n characters in bytes.
func runes(text string, n int) int {
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return end
}

// standsAlone reports whether a word of one character may end before rest: 金午後, but
// not 月末.
func standsAlone(rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return !unicode.Is(unicode.Han, next) || strings.ContainsRune("午正朝昼夕夜", next)
}

// know notes what a word of the tables says.
func (s *said) know(word string) bool {
	n, isDay := dayWords[word]
	if word == "tonight" || word == "今夜" || word == "今晩" {
		n, isDay = 0, true
	}
	if isDay {
		s.days = append(s.days, s.today.AddDays(n))
	}
	w, isWeekday := weekdayWords[word]
	if isWeekday {
		s.weekdays = append(s.weekdays, w)
	}
	p, isPart := partWords[word]
	if isPart {
		s.parts = append(s.parts, p)
	}
	return isDay || isWeekday || isPart
}

func takePlain(*said, []string) bool { return true }

// takeRangeEnd passes over the end of a time, when its beginning was said.
func (s *said) takeRangeEnd([]string) bool { return len(s.clocks) > 0 }

// takeFromNow takes 3日後, "in 2 hours".
func (s *said) takeFromNow(m []string) bool {
	n := atoi(m[1])
	if strings.HasPrefix(m[1], "a") {
		n = 1
	}
	unit, _ := utf8.DecodeRuneInString(m[2])
	switch unit {
	case 'd', '日':
		s.days = append(s.days, s.today.AddDays(n))
	case 'w', '週':
		s.days = append(s.days, s.today.AddDays(7*n))
	case 'm', '分':
		s.takeMoment(s.now.Add(time.Duration(n) * time.Minute))
	case 'h', '時':
		d := time.Duration(n) * time.Hour
		if strings.HasSuffix(m[2], "半") {
			d += 30 * time.Minute
		}
		s.takeMoment(s.now.Add(d))
	}
	return true
}

func (s *said) takeMoment(at time.Time) {
	s.days = append(s.days, rapport.DateOf(at))
	s.clocks = append(s.clocks, clock{Hour: at.Hour(), Minute: at.Minute(), Padded: true})
}

func (s *said) takeDate(m []string) bool {
	return s.addDay(civil(atoi(m[1]), atoi(m[2]), atoi(m[3])))
}

func (s *said) takeMonthDay(m []string) bool {
	return s.addDay(nearestYear(atoi(m[1]), atoi(m[2]), s.today))
}

func (s *said) takeMonthName(m []string) bool {
	month := monthNamed(m[1])
	return month > 0 && s.addDay(nearestYear(int(month), atoi(m[2]), s.today))
}

func (s *said) takeDayMonthName(m []string) bool { return s.takeMonthName([]string{"", m[2], m[1]}) }

func (s *said) addDay(d rapport.Date, ok bool) bool {
	if ok {
		s.days = append(s.days, d)
	}
	return ok
}

func (s *said) takeDayOfMonth(m []string) bool {
	n := atoi(m[1])
	if n < 1 || n > 31 {
		return false
	}
	s.daysOfMonth = append(s.daysOfMonth, n)
	return true
}

func (s *said) takeClock(m []string) bool {
	return s.addClock(clock{Hour: atoi(m[1]), Minute: atoi(m[2]), Padded: len(m[1]) == 2})
}

func (s *said) takeHour(m []string) bool {
	c := clock{Hour: atoi(m[1]), Minute: atoi(m[3] + m[4]), Padded: len(m[1]) == 2}
	if m[2] != "" {
		c.Minute = 30
	}
	return s.addClock(c)
}

// takeNumber takes a number that nothing explains: 15, or 1500.
func (s *said) takeNumber(m []string) bool {
	hour, minute := m[1], ""
	if n := len(m[1]) - 2; n > 0 {
		hour, minute = m[1][:n], m[1][n:]
	}
	return len(m[1]) <= 4 && m[2] == "" &&
		s.addClock(clock{Hour: atoi(hour), Minute: atoi(minute), Padded: len(hour) == 2, Bare: true})
}

func (s *said) addClock(c clock) bool {
	ok := c.Hour < 24 && c.Minute < 60
	if ok {
		s.clocks = append(s.clocks, c)
	}
	return ok
}

func (s *said) takeHourly([]string) bool {
	s.hourly = true
	return true
}

func (s *said) takeNoon([]string) bool { return s.addClock(clock{Hour: 12, Padded: true}) }

// takeAfter takes "day after tomorrow" and "week after next".
func (s *said) takeAfter(m []string) bool {
	switch m[1] + m[2] {
	case "daytomorrow":
		s.days = append(s.days, s.today.AddDays(2))
	case "weeknext":
		s.weeks = append(s.weeks, 2)
	default:
		return false
	}
	return true
}

// takeWeek takes a week, with or without its weekday: "next week", "next tue", 来週.
func (s *said) takeWeek(m []string) bool {
	if len(m) > 2 && m[2] != "week" {
		w, ok := weekdayWords[m[2]]
		if !ok {
			return false
		}
		s.weekdays = append(s.weekdays, w)
	}
	s.weeks = append(s.weeks, weekWords[m[1]])
	return true
}

// monthNamed returns the month of an English name, long or short, and 0 for none.
func monthNamed(name string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if long := strings.ToLower(m.String()); name == long || name == long[:3] || name == "sept" && m == time.September {
			return m
		}
	}
	return 0
}

// kanjiNumber is a number below a hundred before what it counts: either with tens or
// one digit alone.
var kanjiNumber = regexp.MustCompile(`(?:([二三四五六七八九]?)(十)([一二三四五六七八九]?)|([一二三四五六七八九]))([月日時分週])`)

// kanjiNumbers writes numbers in figures: 十五時 is 15時. One that counts nothing of a
// moment is left.
func kanjiNumbers(text string) string {
	return kanjiNumber.ReplaceAllStringFunc(text, func(counted string) string {
		m := kanjiNumber.FindStringSubmatch(counted)
		n := kanjiDigit(m[3] + m[4])
		if m[2] != "" {
			n += 10 * max(1, kanjiDigit(m[1]))
		}
		return strconv.Itoa(n) + m[5]
	})
}

// kanjiDigit returns the value of a digit, and 0 for none.
func kanjiDigit(kanji string) int {
	if kanji == "" {
		return 0
	}
	return strings.Index("一二三四五六七八九", kanji)/len("一") + 1
}
