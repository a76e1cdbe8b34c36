package rapport

import "slices"

// Span is the days of a pause, from the first until the day on which the clock
// of silence goes again.
type Span struct {
	From Date `json:"from"`
	To   Date `json:"to"`
	Away bool `json:"away,omitzero"` // the person was absent
}

func (s Span) has(on Date) bool { return !on.Before(s.From) && on.Before(s.To) }

// Pause lets the clock of silence stand still, as far as the days lie behind the
// last talk and it did not stand still on them before. Where that talk is
// followed by a pause of 14 days or more, the next one is a light one.
func (p Pace) Pause(s Span) Pace {
	days := s.To.Sub(s.From)
	if !p.Last.IsZero() {
		silent := s.To.Sub(p.Last)
		p.Last = p.Last.AddDays(max(0, min(p.fresh(s), silent)))
		p.Stood = append(slices.Clip(p.Stood), s)
		days = min(days, silent)
	}
	if days >= longPause {
		p = p.ease(Factual, 1)
	}
	return p
}

// fresh counts the days of a pause that lie in none before it.
func (p Pace) fresh(s Span) int {
	days := 0
	for on := s.From; on.Before(s.To); on = on.AddDays(1) {
		if !slices.ContainsFunc(p.Stood, func(other Span) bool { return other.has(on) }) {
			days++
		}
	}
	return days
}

// forgetAbsences drops the days of absences that no pause among the recent events
// reaches into: what they did to the clock is done. Those of a leader's own
// pauses stay until the next talk, for an absence that lasts longer.
func (h History) forgetAbsences() History {
	var kept []Span
	for _, s := range h.Base.Stood {
		if !s.Away || h.pausedBefore(s.To) {
			kept = append(kept, s)
		}
	}
	h.Base.Stood = kept
	return h
}

// pausedBefore reports whether a pause among the recent events began before the
// day.
func (h History) pausedBefore(on Date) bool {
	return slices.ContainsFunc(h.Events, func(e Event) bool {
		return e.Kind == EventPause && e.span().From.Before(on)
	})
}

// span returns the days of a pause.
func (e Event) span() Span { return Span{From: e.On.AddDays(-e.Days), To: e.On, Away: e.Away} }
