package bot

import (
	"slices"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// moved returns the change of depth that a record has just brought, if any.
func moved(before, after rapport.Pace) (rapport.Move, bool) {
	last, ok := after.LastMove()
	return last, ok && after.Depth != before.Depth && !slices.Contains(before.Moves, last)
}

// why puts the reason for a change of depth into a sentence. It counts talks and
// never depth (docs/method.md, "Dignity").
func why(p *i18n.Printer, m rapport.Move) string {
	switch m.Why {
	case rapport.ReasonSilence:
		return p.T("why.silence")
	case rapport.ReasonLongSilence:
		return p.T("why.long_silence")
	case rapport.ReasonGuardedTwice:
		return p.T("why.guarded")
	case rapport.ReasonDeclinedTwice:
		return p.T("why.declined")
	case rapport.ReasonUndone:
		return p.T("why.undone")
	}
	return sentenceCase(whyRisen(p, m))
}

// whyRisen says which talks led deeper: how many, over what time, and how many of
// them opened up.
func whyRisen(p *i18n.Printer, m rapport.Move) string {
	if m.Talks < 2 {
		return p.T("why.rise_once")
	}
	talks := p.T("why.talks.many")
	if n := number(p, m.Talks); n != "" {
		talks = p.T("why.talks.few", "Number", n)
	}
	return p.T("why.rise", "Talks", talks, "Span", spanOf(p, m.Span), "Opened", openedOf(p, m))
}

func openedOf(p *i18n.Printer, m rapport.Move) string {
	n := number(p, m.Opened)
	switch {
	case m.Opened == 0:
		return p.T("why.opened.none")
	case m.Opened >= m.Talks:
		return p.T("why.opened.all")
	case m.Opened == 1:
		return p.T("why.opened.one")
	case n == "":
		return p.T("why.opened.many")
	}
	return p.T("why.opened.some", "Number", n)
}

// spanOf says roughly how long a time of so many days was.
func spanOf(p *i18n.Printer, days int) string {
	for _, s := range []struct {
		upTo int
		key  string
	}{
		{10, "why.span.days"},
		{17, "why.span.two_weeks"},
		{24, "why.span.three_weeks"},
		{38, "why.span.month"},
		{52, "why.span.six_weeks"},
	} {
		if days <= s.upTo {
			return p.T(s.key)
		}
	}
	const month = 30
	if n := number(p, max(2, (days+month/2)/month)); n != "" {
		return p.T("why.span.months", "Number", n)
	}
	return p.T("why.span.year")
}

// number returns a small number as a word, "" for one too great to be worth
// counting.
func number(p *i18n.Printer, n int) string {
	words := []string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < 2 || n-2 >= len(words) {
		return ""
	}
	return p.T("number." + words[n-2])
}
