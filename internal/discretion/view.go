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

// words returns what is written in Latin letters or digits, word by word, with
// "," and "." where the writer paused or ended. A word has both its blanks to
// itself, so that a phrase that is taken out leaves its neighbours whole.
func words(text string) string {
	if !strings.ContainsFunc(text, latin) {
		return ""
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "n't", "nt"), "n’t", "nt")
	var b strings.Builder
	number := false // the last word was "no", so that a point behind it ends nothing
	for {
		from := strings.IndexFunc(text, inWord)
		if from < 0 {
			break
		}
		if mark := pause(text[:from]); mark != "" && !number && b.Len() > 0 {
			b.WriteString(mark)
		}
		text = text[from:]
		to := strings.IndexFunc(text, notInWord)
		if to < 0 {
			to = len(text)
		}
		b.WriteString(" " + inFull(text[:to]) + " ")
		number = text[:to] == "no"
		text = text[to:]
	}
	return b.String() + " . "
}

// pause returns the mark for what stands between two words. A point inside a
// number or a name, as in 9.5 or index.js, is none.
func pause(between string) string {
	switch {
	case strings.ContainsAny(between, "!?;。\n") || strings.Contains(between, ". "):
		return " . "
	case strings.ContainsAny(between, ",:()、—–") || strings.Contains(between, " - "):
		return " , "
	}
	return ""
}

// inFull writes out what people shorten when they type in a hurry.
func inFull(word string) string {
	switch word {
	case "w":
		return "with"
	case "abt":
		return "about"
	case "bc", "bcos", "cos", "coz":
		return "because"
	case "wk":
		return "week"
	case "wks":
		return "weeks"
	case "yr":
		return "year"
	case "yrs":
		return "years"
	case "mth":
		return "month"
	case "mths":
		return "months"
	case "ppl":
		return "people"
	case "hosp":
		return "hospital"
	case "appt":
		return "appointment"
	case "appts":
		return "appointments"
	case "mgr":
		return "manager"
	case "dept":
		return "department"
	case "diag":
		return "diagnosed"
	case "preg", "preggers", "preggo":
		return "pregnant"
	case "hubby":
		return "husband"
	case "bf":
		return "boyfriend"
	case "gf":
		return "girlfriend"
	case "acct":
		return "account"
	case "meds":
		return "medication"
	}
	return word
}

func inWord(r rune) bool { return latin(r) || digit(r) }

func notInWord(r rune) bool { return !inWord(r) }

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
