package questions

import (
	"slices"
	"time"

	"innerview/rapport"
)

const (
	valuesApart = 42 // days between two values starters for one person
	thanksAfter = 3  // cards between two thanks cards
)

// mix is how often each level is drawn, in percent, by the deepest level that
// may be asked.
func mix(deepest rapport.Depth) [rapport.Values + 1]int {
	switch deepest {
	case rapport.Values:
		return [...]int{0, 40, 40, 20}
	case rapport.Causative:
		return [...]int{0, 60, 40, 0}
	}
	return [...]int{0, 100, 0, 0}
}

// limit returns the deepest level that suits the moment, whatever the pace: the
// caller's cap, and what the hour and the place allow.
func (r Request) limit() rapport.Depth {
	limit := rapport.Values
	if r.Limit > 0 {
		limit = r.Limit
	}
	if r.edgeOfWeek() {
		limit = min(limit, rapport.Factual)
	}
	switch where := r.where(); {
	case slices.Contains(where, rapport.Corridor):
		limit = min(limit, rapport.Factual)
	case len(where) == 1 && where[0] == rapport.Remote && !r.Private20:
		limit = min(limit, rapport.Causative)
	}
	return limit
}

// edgeOfWeek reports whether it is Monday before 11:00 or Friday after 15:00,
// when heads are full or already elsewhere.
func (r Request) edgeOfWeek() bool {
	if r.Now.IsZero() {
		return false
	}
	switch r.Now.Weekday() {
	case time.Monday:
		return r.Now.Hour() < 11
	case time.Friday:
		return r.Now.Hour() >= 15
	}
	return false
}

// where returns the settings a starter may suit: the one the leader has chosen,
// else the most usual among coffee, walk and remote, the latest on a tie, else
// any of the three.
func (r Request) where() []rapport.Setting {
	if r.Setting != "" {
		return []rapport.Setting{r.Setting}
	}
	unchosen := []rapport.Setting{rapport.Coffee, rapport.Walk, rapport.Remote}
	count := map[rapport.Setting]int{}
	var usual rapport.Setting
	for _, s := range slices.Backward(r.Habit) {
		if !slices.Contains(unchosen, s) {
			continue
		}
		if count[s]++; count[s] >= count[usual] {
			usual = s
		}
	}
	if usual == "" {
		return unchosen
	}
	return []rapport.Setting{usual}
}

// drawLevel draws the level of a question. The first one after a rise is of the
// new level. While no values starter is due, the mix is that of the level below,
// so that at least 40 in 100 questions stay light over the months.
func (c *chooser) drawLevel() rapport.Depth {
	if c.freshRise() {
		return c.level
	}
	deepest := c.level
	if deepest == rapport.Values && !c.valuesDue() {
		deepest = rapport.Causative
	}
	n := c.rng.IntN(100)
	for level, share := range mix(deepest) {
		if n -= share; n < 0 {
			return min(rapport.Depth(level), c.level)
		}
	}
	return min(rapport.Factual, c.level)
}

// freshRise reports whether the depth has just risen and the new level may be
// asked now.
func (c *chooser) freshRise() bool {
	return c.pace.FreshRise && c.level == c.pace.Depth && (c.level < rapport.Values || c.valuesDue())
}

// valuesDue reports whether a values starter may be drawn: never two in a row,
// and 42 days apart.
func (c *chooser) valuesDue() bool {
	last := c.pace.LastValues
	return c.pace.PrevLevel != rapport.Values && (last.IsZero() || c.r.Today.Sub(last) >= valuesApart)
}

// thanksDue reports whether it is the turn of a thanks card, every fourth card.
// It waits one turn for the first question after a rise.
func (c *chooser) thanksDue() bool {
	waits := c.freshRise() && len(c.questions(c.level)) > 0
	return c.past.sinceThanks >= thanksAfter && !waits
}
