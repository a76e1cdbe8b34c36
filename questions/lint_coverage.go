package questions

import (
	"fmt"
	"slices"
	"time"

	"innerview/rapport"
)

// need is how many starters of a level a setting must have (L-12).
type need struct {
	setting rapport.Setting
	level   rapport.Depth
	count   int
}

func needs() []need {
	var out []need
	for _, s := range []rapport.Setting{rapport.Coffee, rapport.Lunch, rapport.Walk, rapport.Remote} {
		out = append(out, need{s, rapport.Factual, 24}, need{s, rapport.Causative, 16}, need{s, rapport.Values, 8})
	}
	return append(out, need{rapport.Corridor, rapport.Factual, 20})
}

// seasonalAMonth is how many factual starters each month must have in season.
const seasonalAMonth = 4

// coverage is L-12: enough starters for every place, and some of the season in
// every month.
func (p packs) coverage() []Finding {
	var out []Finding
	short := func(what string, have, want int) {
		if have < want {
			out = append(out, Finding{
				File: "data", Rule: "L-12",
				Text: fmt.Sprintf("%s: %d starters of %d; write more", what, have, want),
			})
		}
	}
	for _, n := range needs() {
		have := p.count(func(e entry) bool { return e.Level == n.level && slices.Contains(e.Settings, n.setting) })
		short(fmt.Sprintf("%s at %s", n.level, n.setting), have, n.count)
	}
	for m := time.January; m <= time.December; m++ {
		have := p.count(func(e entry) bool { return e.Level == rapport.Factual && seasonalIn(e.Occasion, m) })
		short("factual in season in "+m.String(), have, seasonalAMonth)
	}
	return out
}

func (p packs) count(ok func(entry) bool) int {
	n := 0
	for _, e := range p.entries {
		if !e.retired && ok(e) {
			n++
		}
	}
	return n
}

// seasonalIn reports whether an occasion other than "any" comes in the month, in
// every year.
func seasonalIn(occasion string, m time.Month) bool {
	if occasion == OccasionAny {
		return false
	}
	const anyYear = 2026
	for d := rapport.NewDate(anyYear, m, 1); d.Month() == m; d = d.AddDays(1) {
		if InSeason(occasion, d, nil) {
			return true
		}
	}
	return false
}
