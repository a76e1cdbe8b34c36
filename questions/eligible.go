package questions

import (
	"cmp"
	"slices"

	"innerview/rapport"
)

// How many days must pass.
const (
	sameStarter      = 365 // before a person hears the same starter again
	sameStarterAtAll = 180 // and when nothing else is left
	sameStarterSwaps = 60  // after it was only shown and swapped away
	sameForLeader    = 21  // before the leader gets it for anyone else: colleagues compare notes
	topicMemory      = 180 // for which the use of a topic is counted
	adjacentAfter    = 28  // of knowing one another, before an adjacent starter
	carefulAfter     = 60  // at the depth of values, before a careful one
)

// mayAsk reports whether a question may be put at all, however often it or its
// like was heard before.
func (c *chooser) mayAsk(s *Starter) bool {
	return c.mayShow(s) && !slices.Contains(c.r.TalkTopics, s.Topic)
}

// mayShow reports whether a starter or card fits person, place and day.
func (c *chooser) mayShow(s *Starter) bool {
	return c.notBlocked(s) && s.fits(c.where) &&
		InSeason(s.Occasion, c.r.Today, c.r.Occasions) &&
		c.bearable(s) && c.fillable(s) && !c.past.recentForOthers[s.ID]
}

// fillable reports whether what the starter requires is known. Starters about
// what was learnt come at most with every second card.
func (c *chooser) fillable(s *Starter) bool {
	return s.Requires == "" || c.r.slotValue(s.Requires) != "" && !c.past.lastWasPersonal
}

// bearable reports whether the two know one another well enough for what the
// starter may stir up.
func (c *chooser) bearable(s *Starter) bool {
	switch s.Sensitivity {
	case SensitivityAdjacent:
		known := c.r.FirstKnown
		return !c.r.IsNew && (known.IsZero() || c.r.Today.Sub(known) >= adjacentAfter)
	case SensitivityCareful:
		return c.r.Private20 && c.atValuesFor(carefulAfter)
	}
	return true
}

// atValuesFor reports whether the depth has been values for so many days.
func (c *chooser) atValuesFor(days int) bool {
	if c.pace.Depth != rapport.Values || len(c.pace.Moves) == 0 {
		return false
	}
	last := c.pace.Moves[len(c.pace.Moves)-1]
	return last.To == rapport.Values && c.r.Today.Sub(last.On) >= days
}

// unworn returns the starters that fit and that the person has not heard for a
// year, or for half a year when nothing else is left.
func (c *chooser) unworn(fits func(*Starter) bool) []*Starter {
	fitting := keep(c.bank.starters, fits)
	for _, days := range []int{sameStarter, sameStarterAtAll} {
		unheard := keep(fitting, func(s *Starter) bool { return c.past.unheard(s.ID, days) })
		if len(unheard) > 0 {
			return unheard
		}
	}
	return nil
}

// pick draws one of the starters, if there are any: first those about what the
// leader has learnt, then those of the topics least used.
func (c *chooser) pick(from []*Starter) (Choice, bool) {
	if len(from) == 0 {
		return Choice{}, false
	}
	if personal := keep(from, func(s *Starter) bool { return s.Requires != "" }); len(personal) > 0 {
		from = personal
	}
	least := slices.MinFunc(from, func(a, b *Starter) int {
		return cmp.Compare(c.past.topicUses[a.Topic], c.past.topicUses[b.Topic])
	})
	uses := c.past.topicUses[least.Topic]
	return c.choice(c.draw(keep(from, func(s *Starter) bool { return c.past.topicUses[s.Topic] == uses }))), true
}

// draw draws one of the starters by weight. There must be one.
func (c *chooser) draw(from []*Starter) *Starter {
	total := 0
	for _, s := range from {
		total += c.weight(s)
	}
	n := c.rng.IntN(total)
	for _, s := range from {
		if n -= c.weight(s); n < 0 {
			return s
		}
	}
	return from[len(from)-1]
}

// weight is 1, doubled by a welcome topic and by a season that has come.
func (c *chooser) weight(s *Starter) int {
	w := 1
	if slices.Contains(c.r.Welcome, s.Topic) {
		w *= 2
	}
	if s.Occasion != OccasionAny {
		w *= 2
	}
	return w
}

func keep(from []*Starter, ok func(*Starter) bool) []*Starter {
	var out []*Starter
	for _, s := range from {
		if ok(s) {
			out = append(out, s)
		}
	}
	return out
}
