package discretion

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// near asks for two families of words close to each other: "ear" and "hears
// nothing", "payments" and "behind".
type near struct {
	a, b    *group
	within  int  // words between them in English, letters in Japanese
	ordered bool // a comes first
}

var nearLine = regexp.MustCompile(`^(.+) ([~>])([0-9]+) (.+)$`)

// newNear reads "a ~4 b", either order, or "a >4 b", in this order. It returns
// nil for any other line.
func newNear(lang language, line string, named groups) (*near, error) {
	m := nearLine.FindStringSubmatch(line)
	if m == nil {
		return nil, nil
	}
	a, err := named.named(lang, m[1])
	if err != nil {
		return nil, err
	}
	b, err := named.named(lang, m[4])
	if err != nil {
		return nil, err
	}
	within, err := strconv.Atoi(m[3])
	return &near{a: a, b: b, within: within, ordered: m[2] == ">"}, err
}

// span is where in a view something stands.
type span struct{ from, to int }

// reading is one view while it is checked: what was once looked for is kept.
type reading struct {
	lang language
	view string
	held *grams
	seen map[*group][]span
}

// group returns where words of a group stand.
func (rd *reading) group(g *group) []span {
	if spans, ok := rd.seen[g]; ok {
		return spans
	}
	var spans []span
	for i := range g.rules {
		spans = append(spans, g.rules[i].spans(rd.held, rd.view)...)
	}
	rd.seen[g] = spans
	return spans
}

// near returns the stretches that hold both families.
func (rd *reading) near(n *near) []span {
	as := rd.group(n.a)
	if len(as) == 0 {
		return nil
	}
	var found []span
	for _, b := range rd.group(n.b) {
		for _, a := range as {
			switch {
			case a.to <= b.from && rd.close(a, b, n.within):
				found = append(found, span{a.from, b.to})
			case !n.ordered && b.to <= a.from && rd.close(b, a, n.within):
				found = append(found, span{b.from, a.to})
			}
		}
	}
	return found
}

// close reports whether so few words, or letters, lie between two spans, and no
// end of a sentence.
func (rd *reading) close(a, b span, within int) bool {
	between := rd.view[a.to:b.from]
	if strings.ContainsAny(between, "\x00.。!?\n") {
		return false
	}
	if rd.lang == langJA {
		return utf8.RuneCountInString(between) <= within
	}
	return strings.Count(between, " ") <= 2*within
}
