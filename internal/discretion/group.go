package discretion

import (
	"fmt"
	"io/fs"
	"strings"
)

// groups are the families of words of one language that rules speak of by name:
// parts of the body, things at work, lenders.
type groups map[string]*group

// group is one of them.
type group struct {
	lines []string // as written, to stand inside an expression
	rules []rule   // to look for on their own
}

// readGroups reads the file of groups, where a heading is the name of one.
func readGroups(fsys fs.FS, lang language) (groups, error) {
	all := groups{}
	var now *group
	err := readLines(fsys, fmt.Sprintf("rules/groups.%s.txt", lang), func(line string) error {
		if isHeading(line) {
			now = &group{}
			all[line[1:len(line)-1]] = now
			return nil
		}
		if now == nil {
			return fmt.Errorf("%q before the first group", line)
		}
		return now.add(lang, line)
	})
	return all, err
}

func (g *group) add(lang language, line string) error {
	for _, term := range alternatives(line) {
		r, err := termRule(lang, term)
		if err != nil {
			return err
		}
		g.lines = append(g.lines, term)
		g.rules = append(g.rules, r)
	}
	return nil
}

// alternatives parts a line at each "|" outside parentheses.
func alternatives(line string) []string {
	var all []string
	depth, from := 0, 0
	for i, r := range line {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				all = append(all, line[from:i])
				from = i + 1
			}
		}
	}
	return append(all, line[from:])
}

// spellOut puts the words of each group in place of its name, "{name}".
func (all groups) spellOut(line string) (string, error) {
	for {
		head, rest, ok := strings.Cut(line, "{")
		name, tail, closed := strings.Cut(rest, "}")
		if !ok || !closed || name == "" || name[0] <= '9' { // a count, as in "x{1,3}", is the expression's own
			return line, nil
		}
		g := all[name]
		if g == nil {
			return "", fmt.Errorf("no group %q", name)
		}
		line = head + "(" + strings.Join(g.lines, "|") + ")" + tail
	}
}

// named returns the group that a side of a near rule names, or makes one of the
// expression that stands there.
func (all groups) named(lang language, side string) (*group, error) {
	name, ok := strings.CutPrefix(side, "{")
	if name, braced := strings.CutSuffix(name, "}"); ok && braced && !strings.Contains(name, "}") {
		if g := all[name]; g != nil {
			return g, nil
		}
		return nil, fmt.Errorf("no group %q", name)
	}
	side, err := all.spellOut(side)
	if err != nil {
		return nil, err
	}
	g := &group{}
	return g, g.add(lang, side)
}
