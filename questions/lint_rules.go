package questions

import (
	"slices"
	"strings"
	"unicode/utf8"

	"innerview/rapport"
)

// linter applies the rules to entries and gathers what it finds.
type linter struct {
	patterns
	found []Finding
}

func newLinter() *linter { return &linter{patterns: newPatterns()} }

func (l *linter) entry(e entry) {
	for _, p := range e.phrases() {
		l.phrase(p)
	}
	l.place(e)
	l.slots(e)
}

func (l *linter) phrase(p phrase) {
	l.length(p)
	l.punctuation(p)
	if p.asks() {
		l.open(p)
	}
	if p.asks() && p.field == "text" {
		l.oneQuestion(p)
	}
	if p.spoken() {
		l.wording(p)
	}
}

func (l *linter) say(p phrase, rule, format string, args ...any) {
	l.found = append(l.found, p.finding(p.path, rule, p.field+"."+p.lang+" "+format, args...))
}

// open is L-01: a question that cannot be answered with yes or no.
func (l *linter) open(p phrase) {
	switch {
	case p.lang == "en" && l.startsClosed(p.words):
		l.say(p, "L-01", "can be answered with yes or no; begin with what, which, how, where or when")
	case p.lang == "ja" && !l.openJA.MatchString(p.words):
		l.say(p, "L-01", "has no question word; ask with 何, どんな, どの, どう, どこ, いつ, どれ, きっかけ or 〜って…ありますか")
	}
}

// startsClosed looks at the beginning of the text and of each question in it.
func (l *linter) startsClosed(words string) bool {
	if l.closedEN.MatchString(words) {
		return true
	}
	for _, s := range sentences(words, ".?") {
		if strings.HasSuffix(s, "?") && l.closedEN.MatchString(s) {
			return true
		}
	}
	return false
}

// oneQuestion is the second half of L-05.
func (l *linter) oneQuestion(p phrase) {
	n := strings.Count(p.words, "?")
	if p.lang == "ja" {
		n = 0
		for _, s := range sentences(l.quotedJA.ReplaceAllString(p.words, ""), "。") {
			if l.asksJA.MatchString(s) {
				n++
			}
		}
	}
	if n != 1 {
		l.say(p, "L-05", "asks %d questions; ask one", n)
	}
}

// length is the first half of L-05, in characters.
func (l *linter) length(p phrase) {
	limit := limits(p.field)[p.lang]
	if n := utf8.RuneCountInString(p.words); n > limit {
		l.say(p, "L-05", "has %d characters; keep it to %d", n, limit)
	}
}

// punctuation is the part of L-06 and L-07 that holds for every text.
func (l *linter) punctuation(p phrase) {
	switch {
	case p.lang == "ja" && strings.ContainsAny(p.words, "?!？！—"):
		l.say(p, "L-06", "has 「？」, 「！」 or a dash; end the sentence with 「。」")
	case p.lang == "en" && l.punctEN.MatchString(p.words):
		l.say(p, "L-07", "has a dash or an exclamation mark; use a comma or a full stop")
	}
}

// wording is L-02, L-03, L-04 and what is left of L-06 and L-07.
func (l *linter) wording(p phrase) {
	for _, r := range l.words {
		if r.lang != p.lang {
			continue
		}
		if hit := r.pattern.FindString(l.without(p.words, r.rule)); hit != "" {
			l.say(p, r.rule, "says %q; %s", strings.TrimSpace(hit), r.mend)
		}
	}
	if p.lang == "ja" {
		l.polite(p)
	}
}

// polite is the register of L-06: です・ます, and a full stop at the end.
func (l *linter) polite(p phrase) {
	switch {
	case !strings.HasSuffix(p.words, "。"):
		l.say(p, "L-06", "does not end with 「。」; add it")
	case !l.politeJA.MatchString(p.words):
		l.say(p, "L-06", "is not in です・ます; end a sentence politely")
	}
}

// place is L-09.
func (l *linter) place(e entry) {
	if e.Level == rapport.Values {
		for _, s := range []rapport.Setting{rapport.Corridor, rapport.Travel} {
			if slices.Contains(e.Settings, s) {
				l.found = append(l.found, e.finding("setting", "L-09", "a values starter is never for %s; remove the setting", s))
			}
		}
	}
	if e.Sensitivity != SensitivityCareful {
		return
	}
	for _, s := range e.Settings {
		if s != rapport.Walk && s != rapport.Lunch {
			l.found = append(l.found, e.finding("setting", "L-09", "a careful starter is for walk and lunch only; remove %s", s))
		}
	}
}

// slots is L-10: what is required is used, in both languages, and nothing else.
func (l *linter) slots(e entry) {
	want := "{" + slot(e.Requires) + "}"
	for _, p := range e.phrases() {
		rest := p.words
		if e.Requires != "" {
			rest = strings.ReplaceAll(rest, want, "")
		}
		if strings.ContainsAny(rest, "{}") {
			l.say(p, "L-10", "has a slot that nothing fills; set requires, or write the words out")
		}
	}
	if e.Requires == "" {
		return
	}
	for lang, in := range map[string]string{"en": e.slotted().EN, "ja": e.slotted().JA} {
		if in != "" && !strings.Contains(in, want) {
			l.found = append(l.found, e.finding("text."+lang, "L-10", "text.%s does not use %s; use it, or remove requires", lang, want))
		}
	}
}

// slotted returns the words in which a slot must stand: a question's text; on a
// card, the text or what is said.
func (e entry) slotted() Words {
	if e.Level > 0 {
		return e.Text
	}
	return Words{EN: e.Text.EN + e.Share.EN, JA: e.Text.JA + e.Share.JA}
}

// limits returns how many characters a field may have in each language.
func limits(field string) map[string]int {
	switch field {
	case "follow", "listen":
		return map[string]int{"en": 60, "ja": 30}
	case "avoid":
		return map[string]int{"en": 120, "ja": 50}
	}
	return map[string]int{"en": 120, "ja": 45}
}

// sentences cuts a text behind each of the marks; the marks stay.
func sentences(text, marks string) []string {
	var out []string
	for text != "" {
		at := strings.IndexAny(text, marks)
		if at < 0 {
			return append(out, strings.TrimSpace(text))
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		out = append(out, strings.TrimSpace(text[:at+size]))
		text = text[at+size:]
	}
	return out
}
