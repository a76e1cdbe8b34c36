package discretion

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// beside is what shows, right beside a word, that no person is meant: "the deck
// needs surgery", "a novel about a cult", "fraud detection".
type beside struct {
	before, after, near []excuse
	maybe               []excuse // after, too, but not for what is personal
	personal            []excuse // what takes such an excuse away again: "in hospital"
	when                []excuse // before it, only what happened before: "since the release"
}

// excuse takes the edge off words of some topics.
type excuse struct {
	topics []Topic        // none for all
	text   *regexp.Regexp // touches the word
	words  *group         // or stand a little further away, as a board game does from an election
	within int
	only   *regexp.Regexp // of these words alone, and in one breath: a hospital that is a customer
}

// lookBack is how many bytes before a word are looked at: some ten words.
const lookBack = 80

// readBeside reads what may stand [before] and [after], of all topics or of
// those named, [maybe] after, where nothing personal stands near, and, under
// "[near 8 crime politics]", what may stand so near;
// "[near 8 {place}]" is for words of that group alone, and not where something
// [personal] leads up to them or, under "[personal 6]", stands so near.
func readBeside(fsys fs.FS, lang language, named groups) (beside, error) {
	var b beside
	var part []string // the heading in words
	var lines []string
	err := readLines(fsys, fmt.Sprintf("rules/beside.%s.txt", lang), func(line string) error {
		if isHeading(line) {
			err := b.add(lang, part, lines, named)
			part, lines = strings.Fields(line[1:len(line)-1]), nil
			return err
		}
		line, err := named.spellOut(line)
		lines = append(lines, line)
		return err
	})
	if err != nil {
		return b, err
	}
	return b, b.add(lang, part, lines, named)
}

// add adds one part of the file.
func (b *beside) add(lang language, part, lines []string, named groups) (err error) {
	if len(part) == 0 {
		return nil
	}
	var e excuse
	topics := part[1:]
	switch part[0] {
	case "before":
		e.text, err = regexp.Compile("(?:" + anyOf(lang, lines) + ")$")
		b.before = append(b.before, e.of(topics))
	case "when":
		e.text, err = regexp.Compile("(?:" + anyOf(lang, lines) + ")$")
		b.when = append(b.when, e)
	case "maybe":
		e.text, err = regexp.Compile("^(?:" + anyOf(lang, lines) + ")")
		b.maybe = append(b.maybe, e.of(topics))
	case "after":
		e.text, err = regexp.Compile("^(?:" + anyOf(lang, lines) + ")")
		b.after = append(b.after, e.of(topics))
	case "personal":
		if len(topics) > 0 {
			e, err = nearby(lang, topics, lines, named)
		} else {
			e.text, err = regexp.Compile("(?:" + anyOf(lang, lines) + ")$")
		}
		b.personal = append(b.personal, e)
	case "near":
		if e, err = nearby(lang, topics, lines, named); err == nil {
			b.near = append(b.near, e)
		}
	default:
		return fmt.Errorf("unknown part %q", part[0])
	}
	return err
}

// nearby reads one part that begins with near.
func nearby(lang language, part, lines []string, named groups) (e excuse, err error) {
	if len(part) == 0 {
		return e, errors.New("near without a number")
	}
	if e.within, err = strconv.Atoi(part[0]); err != nil {
		return e, err
	}
	e.words = &group{}
	for _, line := range lines {
		if err := e.words.add(lang, line); err != nil {
			return e, err
		}
	}
	topics := part[1:]
	if len(topics) > 0 && strings.HasPrefix(topics[0], "{") {
		g, err := named.named(lang, topics[0])
		if err != nil {
			return e, err
		}
		if e.only, err = regexp.Compile("^(?:" + anyOf(lang, g.lines) + ")$"); err != nil {
			return e, err
		}
		topics = topics[1:]
	}
	return e.of(topics), nil
}

func anyOf(lang language, lines []string) string {
	var all []string
	for _, line := range lines {
		all = append(all, wordwise(lang, line))
	}
	return strings.Join(all, "|")
}

func (e excuse) of(topics []string) excuse {
	for _, topic := range topics {
		e.topics = append(e.topics, Topic(topic))
	}
	return e
}

// excuses reports whether what stands beside a find shows that no person is
// meant.
func (b *beside) excuses(rd *reading, s span, topic Topic) bool {
	before, after := rd.view[max(0, s.from-lookBack):s.from], rd.view[s.to:]
	touches := func(all []excuse, text string) bool {
		return slices.ContainsFunc(all, func(e excuse) bool { return e.isFor(topic) && e.text.MatchString(text) })
	}
	return touches(b.after, after) ||
		touches(b.before, before) && !touches(b.when, before) ||
		touches(b.maybe, after) && !b.isPersonal(rd, s, before) ||
		slices.ContainsFunc(b.near, func(e excuse) bool {
			return e.isFor(topic) && rd.anyNear(e, s) && (e.only == nil || !b.isPersonal(rd, s, before))
		})
}

// isPersonal reports whether a find is the person's own business all the same.
func (b *beside) isPersonal(rd *reading, s span, before string) bool {
	return slices.ContainsFunc(b.personal, func(e excuse) bool {
		if e.text != nil {
			return e.text.MatchString(before)
		}
		return rd.anyNear(e, s)
	})
}

func (e *excuse) isFor(topic Topic) bool {
	return len(e.topics) == 0 || slices.Contains(e.topics, topic)
}

func (rd *reading) anyNear(e excuse, s span) bool {
	if e.only != nil && !e.only.MatchString(rd.view[s.from:s.to]) {
		return false
	}
	for _, w := range rd.group(e.words) {
		if e.reaches(rd, w, s) || e.reaches(rd, s, w) {
			return true
		}
	}
	return false
}

// reaches reports whether a stands before b and near enough.
func (e *excuse) reaches(rd *reading, a, b span) bool {
	return a.to <= b.from && rd.close(a, b, e.within) &&
		(e.only == nil || !strings.ContainsAny(rd.view[a.to:b.from], ",、"))
}
