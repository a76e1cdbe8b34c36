package questions

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// syntax reports what the YAML parser says of a piece, at the line it means.
func (r *reader) syntax(piece []byte, err error) {
	text, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	switch n, _ := fmt.Sscanf(text, "line %d:", &line); {
	case n == 1:
		_, text, _ = strings.Cut(text, ": ")
		if countsFromZero(text) {
			line++
		}
	case strings.HasPrefix(text, "unknown anchor '"):
		alias := strings.TrimSuffix(strings.TrimPrefix(text, "unknown anchor '"), "' referenced")
		line = lineOf(piece, max(0, bytes.Index(piece, []byte("*"+alias))))
	}
	last := lineOf(piece, len(bytes.TrimRight(piece, "\n"))) // some messages mean the end of the file
	r.fault(min(line, last)+r.offset, "", "not YAML: %s", text)
}

// countsFromZero reports whether the parser counts the line of a message from 0.
// It counts from 1 in what its scanner finds, and from 0 in what the grammar
// finds; only the messages tell the two apart.
func countsFromZero(text string) bool {
	wanted, grammar := strings.CutPrefix(text, "did not find expected ")
	if !grammar {
		return false
	}
	switch wanted {
	case "',' or ']'", "',' or '}'", "'-' indicator", "key", "node content", "<document start>", "<stream-start>":
		return true
	}
	return false
}

// foreign returns where the first character stands that a pack must not have, or
// -1. Besides what YAML forbids these are line breaks other than a line feed, which
// YAML counts and editors do not.
func foreign(src []byte) int {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		carriage := r == '\r' && !bytes.HasPrefix(src[i:], []byte("\r\n"))
		if r == utf8.RuneError && size == 1 || carriage || !printable(r) {
			return i
		}
		i += size
	}
	return -1
}

func printable(r rune) bool {
	switch r {
	case '\t', '\n', '\r':
		return true
	case 0x2028, 0x2029, 0xfffe, 0xffff:
		return false
	}
	return r >= ' ' && r < 0x7f || r >= 0xa0
}

// lineOf returns the line of a byte, counted from 1.
func lineOf(src []byte, at int) int { return 1 + bytes.Count(src[:at], []byte("\n")) }
