package rapport

import "errors"

// Kind says what sort of trouble an [Error] is, and so who can mend it.
type Kind string

// The kinds of trouble.
const (
	Invalid     Kind = "invalid"     // the person can mend what they typed
	NotFound    Kind = "not found"   // no such thing, or not theirs: the two look alike
	Forbidden   Kind = "forbidden"   // not for this person
	Conflict    Kind = "conflict"    // the world has moved on
	Unavailable Kind = "unavailable" // try again later
)

// Error is trouble that a person is told about. Key names a sentence in their
// language, and Args fill it; Field is the input it belongs to, if any. Err is
// for us: it reaches a log, never a person. Anything that is not an Error is
// internal.
type Error struct {
	Kind  Kind
	Key   string
	Args  map[string]any
	Field string
	Err   error
}

// Error returns the kind and key, without the arguments: they may name people.
func (e *Error) Error() string {
	text := string(e.Kind) + ": " + e.Key
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the error below.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the Error in err's chain, or "" for an internal one.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// ErrNotFound is what a store answers for a thing that is not there, or not the
// asker's.
var ErrNotFound = &Error{Kind: NotFound, Key: "error.not_found"}
