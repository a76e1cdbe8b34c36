package questions

import "testing/fstest"

// AllowedPhrase is an entry of the allow-list, for its test.
type AllowedPhrase struct{ Rule, Phrase, Reason string }

// Allowed returns the allow-list.
func Allowed() []AllowedPhrase {
	var out []AllowedPhrase
	for _, a := range allowList() {
		out = append(out, AllowedPhrase{a.rule, a.phrase, a.reason})
	}
	return out
}

// Alarms reports whether a rule about words finds something in a text, with the
// allow-list or without it.
func Alarms(rule, text string, withList bool) bool {
	p := newPatterns()
	if withList {
		text = p.without(text, rule)
	}
	for _, r := range p.words {
		if r.rule == rule && r.pattern.MatchString(text) {
			return true
		}
	}
	return false
}

// Coverage returns the findings of L-12 for a folder as if it were the built-in
// bank.
func Coverage(fsys fstest.MapFS) []Finding {
	p := readPacks(fsys)
	return p.coverage()
}

// LoadUnlinted is Load without a look at the wording, which takes most of its
// time, for tests that make hundreds of banks.
func LoadUnlinted(fsys fstest.MapFS) (*Bank, error) {
	p := readPacks(fsys)
	return newBank(p.entries, p.findings)
}
