package bot

import "time"

// When is what a text says of a moment.
type When = whenRead

// The doubts about it.
const (
	NoDoubt    = noDoubt
	Unreadable = unreadable
	Ambiguous  = ambiguous
	InThePast  = inThePast
)

// ParseWhen reads a day and a time.
func ParseWhen(text string, now time.Time) When { return parseWhen(text, now) }

// Settled reports whether nothing is left to ask.
func Settled(w When) bool { return w.settled() }
