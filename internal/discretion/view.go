package discretion

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// views are the two ways a note is read. Each is empty when the note has no
// letter of its language.
type views struct {
	en string // words, each with a blank of its own before and behind it
	ja string // everything but the blanks
}

func look(text string) views {
	text = strings.ToLower(norm.NFKC.String(text))
	return views{en: words(text), ja: unspaced(text)}
}

// words returns what is written in Latin letters or digits, word by word. A
// word has both its blanks to itself, so that a phrase that is taken out leaves
// its neighbours whole.
func words(text string) string {
	if !strings.ContainsFunc(text, latin) {
		return ""
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "n't", "nt"), "n’t", "nt")
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !latin(r) && !digit(r) }) {
		b.WriteByte(' ')
		b.WriteString(word)
		b.WriteByte(' ')
	}
	return b.String()
}

// unspaced returns the text without blanks, or nothing where nothing is Japanese.
func unspaced(text string) string {
	if !strings.ContainsFunc(text, japanese) {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func latin(r rune) bool { return r >= 'a' && r <= 'z' || r > 0x7f && unicode.Is(unicode.Latin, r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }

func japanese(r rune) bool {
	return r > 0x7f && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
