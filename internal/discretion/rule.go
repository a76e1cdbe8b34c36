package discretion

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// language is one of the two that the lists are written in.
type language string

const (
	langEN language = "en"
	langJA language = "ja"
)

// rule is one line of a list, made ready.
type rule struct {
	Finding
	lit string         // must stand in the text
	re  *regexp.Regexp // nil when lit says all
	key gram           // of lit
}

// matches reports whether the rule finds something in the view of its language.
func (r *rule) matches(view string) bool {
	return strings.Contains(view, r.lit) && (r.re == nil || r.re.MatchString(view))
}

// takeOut returns the view with a mark in place of what the rule finds. The
// mark is no letter, so that nothing is found across it.
func (r *rule) takeOut(view string) string {
	const mark = "\x00"
	switch {
	case !strings.Contains(view, r.lit):
		return view
	case r.re == nil:
		return strings.ReplaceAll(view, r.lit, mark)
	}
	return r.re.ReplaceAllLiteralString(view, mark)
}

// newRules makes the rules of one line: more than one where it begins with a
// group, since only what begins with letters can be looked for quickly.
func newRules(lang language, line string, f Finding) ([]rule, error) {
	if f.Topic == "" && f.Class != allowed {
		return nil, errors.New("a term before the first topic")
	}
	var made []rule
	for _, expr := range openings(line) {
		r, err := newRule(lang, expr, f)
		if err != nil {
			return nil, err
		}
		made = append(made, r)
	}
	return made, nil
}

func newRule(lang language, expr string, f Finding) (rule, error) {
	if lang == langEN {
		expr = " " + strings.ReplaceAll(expr, " ", "  ") + " "
		expr = strings.ReplaceAll(expr, "$ ", " $")
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return rule{}, fmt.Errorf("read rule: %w", err)
	}
	lit, whole := re.LiteralPrefix()
	if whole {
		re = nil
	}
	return rule{Finding: f, lit: lit, re: re, key: gramOf(lit)}, nil
}

// openings returns the expressions that a line stands for when the plain group
// it may begin with is written out.
func openings(line string) []string {
	group, rest, ok := strings.Cut(line, ")")
	if !ok || group[0] != '(' || strings.Contains(group[1:], "(") || rest != "" && strings.ContainsAny(rest[:1], "?*+") {
		return []string{line}
	}
	var all []string
	for opening := range strings.SplitSeq(group[1:], "|") {
		all = append(all, opening+rest)
	}
	return all
}
