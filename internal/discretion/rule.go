package discretion

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
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
	needs []need                // the text must hold one of them; any text will do when there are none
	re    func() *regexp.Regexp // compiled when a text first holds one

	near *near // two families of words instead of one expression
}

// need is a string to look for, quickly and then surely.
type need struct {
	gram gram
	text string
}

// mayMatch reports whether it is worth while to ask the expression.
func (r *rule) mayMatch(held *grams, view string) bool {
	for i := range r.needs {
		if n := &r.needs[i]; held.mayHold(n.gram) && strings.Contains(view, n.text) {
			return true
		}
	}
	return len(r.needs) == 0
}

// spans returns where in the view of its language the rule finds something.
func (r *rule) spans(held *grams, view string) []span {
	if !r.mayMatch(held, view) {
		return nil
	}
	var all []span
	for _, at := range r.re().FindAllStringIndex(view, -1) {
		all = append(all, span{at[0], at[1]})
	}
	return all
}

// takeOut returns the view with a mark in place of what the rule finds. The
// mark is no letter, so that nothing is found across it.
func (r *rule) takeOut(held *grams, view string) string {
	const mark = "\x00"
	if !r.mayMatch(held, view) {
		return view
	}
	return r.re().ReplaceAllLiteralString(view, mark)
}

// newRule makes the rule of one line.
func newRule(lang language, line string, f Finding, named groups) (rule, error) {
	if f.Topic == "" && f.Class != allowed {
		return rule{}, errors.New("a term before the first topic")
	}
	n, err := newNear(lang, line, named)
	if err != nil || n != nil {
		return rule{Finding: f, near: n}, err
	}
	if line, err = named.spellOut(line); err != nil {
		return rule{}, err
	}
	r, err := termRule(lang, line)
	r.Finding = f
	return r, err
}

// termRule makes the rule of one expression.
func termRule(lang language, line string) (rule, error) {
	expr := wordwise(lang, line)
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return rule{}, fmt.Errorf("read rule: %w", err)
	}
	var r rule
	for _, text := range needs(parsed) {
		r.needs = append(r.needs, need{gramOf(text), text})
	}
	r.re = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
	return r, nil
}

// wordwise gives each word of an English expression its blanks, as in the view.
// Its "$" is the end of a sentence.
func wordwise(lang language, expr string) string {
	if lang != langEN {
		return expr
	}
	expr = strings.ReplaceAll(expr, "$", " [.]")
	return " " + strings.ReplaceAll(expr, " ", "  ") + " "
}
