package rapport

// tally sums up the counted talks since the present depth was reached.
type tally struct {
	talks  int // talks at least [spacing] days apart
	opened int // those of them that opened up
	span   int // days from the first to the last
}

func (t tally) reaches(talks, span, opened int) bool {
	return t.talks >= talks && t.span >= span && t.opened >= opened
}

// advance raises the depth by one where its gate is passed. Values are never
// reached on light talks alone.
func (p Pace) advance(on Date, c Circumstances) Pace {
	switch {
	case p.Depth == Factual && p.mayReachCauses():
		return p.moveTo(Causative, on, ReasonToCauses)
	case p.Depth == Causative && !c.HoldValues && p.mayReachValues(on):
		p = p.moveTo(Values, on, ReasonToValues)
		p.Returning = false
	}
	return p
}

func (p Pace) mayReachCauses() bool {
	if p.countLast(cleanRecords, Guarded)+p.countLast(cleanRecords, Declined) > 0 {
		return false
	}
	t := p.tally()
	switch {
	case p.Returning:
		return t.reaches(againTalks, againSpan, 0)
	case p.HeadStart:
		return t.opened >= 1
	}
	return t.reaches(risesAfterTalks, risesAfterSpan, risesAfterOpened) ||
		t.reaches(quietRiseTalks, quietRiseSpan, 0)
}

func (p Pace) mayReachValues(on Date) bool {
	for _, e := range p.Log {
		if (e.Outcome == Guarded || e.Outcome == Declined) && on.Sub(e.On) <= cleanDays {
			return false
		}
	}
	t := p.tally()
	if p.Returning {
		return t.reaches(againValuesTalks, againValuesSpan, againValuesOpened)
	}
	return t.reaches(valuesTalks, valuesSpan, valuesOpened) && on.Sub(p.First) >= valuesAge
}

// tally joins talks closer than [spacing] days into one, which has opened up if
// either of them has.
func (p Pace) tally() tally {
	var t tally
	var kept Entry
	keptOpened := false
	for _, e := range p.Counted {
		if t.talks == 0 || e.On.Sub(kept.On) >= spacing {
			t.talks++
			kept, keptOpened = e, e.Outcome == Opened
			t.span = e.On.Sub(p.Counted[0].On)
			if keptOpened {
				t.opened++
			}
			continue
		}
		if e.Outcome == Opened && !keptOpened {
			keptOpened = true
			t.opened++
		}
	}
	return t
}
