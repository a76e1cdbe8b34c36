package rapport

import "slices"

// Return ends the person's absence on the day: the clock of silence stood still
// for as long as it lasted and its dates go. They are to be welcomed first, unless
// the two have talked since. Until a later day that something else has set, a
// snooze or a coffee, the pair is left alone.
func (p Pair) Return(on Date) Pair {
	if p.AwayOn.IsZero() {
		return p
	}
	end := on
	if !p.AwayUntil.IsZero() && p.AwayUntil.Before(on) {
		end = p.AwayUntil.AddDays(1)
	}
	if days := end.Sub(p.AwayOn); days > 0 {
		p.History = p.History.Add(Event{Kind: EventPause, On: end, Days: days, Away: true}, on)
		p.CameBack = p.LastTalkOn.Before(end)
		if p.NextOn.Before(end) {
			p.NextOn = end
		}
	}
	p.AwayOn, p.AwayUntil = Date{}, Date{}
	return p
}

// Welcomed returns the pair after the leader was told to welcome the person back:
// once is enough, whatever is put right later.
func (p Pair) Welcomed() Pair {
	p.CameBack, p.History = false, p.History.welcomed()
	return p
}

// welcomed marks the absences that have ended so far.
func (h History) welcomed() History {
	h.Events = slices.Clone(h.Events)
	for i := range h.Events {
		h.Events[i].Welcomed = h.Events[i].Away
	}
	return h
}

// awayAfter reports whether an absence after which nobody was told to welcome them
// has ended since the day.
func (h History) awayAfter(on Date) bool {
	return slices.ContainsFunc(h.Events, func(e Event) bool { return e.Away && !e.Welcomed && e.On.After(on) })
}
