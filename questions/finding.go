package questions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ruleForm is the rule of findings about the form of a pack: fields, types, ids.
const ruleForm = "L-00"

// Finding is one fault of a bank. Rule is L-00 for the form of a pack, or one of
// the rules L-01 to L-12 of docs/method.md, "Lint". Line counts from 1; it is 0,
// like an empty ID, when the fault belongs to no line or starter.
type Finding struct {
	File string
	Line int
	ID   string
	Rule string
	Text string // what is wrong and how to mend it
}

// String returns "file:line: L-05 F-001: text".
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	b.WriteString(": " + f.Rule)
	if f.ID != "" {
		b.WriteString(" " + f.ID)
	}
	return b.String() + ": " + f.Text
}

// refuses reports whether a bank with the finding must not be used: its form is
// broken, it touches a prohibited topic, asks in a place where it must not, or
// has a slot that nothing fills. The other rules are about good wording, and a
// rule that is new in a release must not keep an operator's bot from starting.
func (f Finding) refuses() bool {
	switch f.Rule {
	case ruleForm, "L-04", "L-09", "L-10":
		return true
	}
	return false
}

// LoadError says that a bank cannot be used, with every reason.
type LoadError struct {
	Findings []Finding // never empty; by file and line
}

// Error returns one line for each finding, below a first line that counts them.
func (e *LoadError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "load questions: %d to mend", len(e.Findings))
	for _, f := range e.Findings {
		b.WriteString("\n  " + f.String())
	}
	return b.String()
}

func sortFindings(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule))
	})
}
