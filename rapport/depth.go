package rapport

import "fmt"

// Depth says which questions are fair to ask, not how close two people are
// (docs/method.md, "Depth"). It is never shown as a number, compared between
// people, or exported.
type Depth int

// The three depths, from the lightest. The zero Depth means "none".
const (
	Factual   Depth = 1 // what somebody does, likes, has done
	Causative Depth = 2 // what drew them to it
	Values    Depth = 3 // what matters to them in it
)

// String returns the word others rely on: factual, causative or values, and ""
// for none.
func (d Depth) String() string {
	switch d {
	case Factual:
		return "factual"
	case Causative:
		return "causative"
	case Values:
		return "values"
	}
	return ""
}

// ParseDepth reads one of the three words.
func ParseDepth(s string) (Depth, error) {
	for d := Factual; d <= Values; d++ {
		if d.String() == s {
			return d, nil
		}
	}
	return 0, fmt.Errorf("parse depth %q: want factual, causative or values", s)
}

// lighter returns the depth one level below, at least Factual.
func (d Depth) lighter() Depth { return max(Factual, d-1) }
