package questions

import (
	"slices"

	"innerview/rapport"
)

// firstHello picks the first card about somebody who is new: one for that
// occasion if it can.
func (c *chooser) firstHello() Choice {
	if choice, ok := c.pick(c.unworn(func(s *Starter) bool { return s.Occasion == OccasionNewReport && c.mayShow(s) })); ok {
		return choice
	}
	return c.greet(rapport.KindHello)
}

// greet picks a hello or welcome-back card. There is always one: when the
// person has heard them all within the year it is the one shown longest ago, and
// when none fits the place, or the person has left all their topics alone, any
// that the day allows will do, because a greeting asks about nothing.
func (c *chooser) greet(kind rapport.MessageKind) Choice {
	if choice, ok := c.ofKind(kind); ok {
		return choice
	}
	from := keep(c.bank.starters, func(s *Starter) bool {
		return s.Kind == kind && InSeason(s.Occasion, c.r.Today, c.r.Occasions) && c.fillable(s)
	})
	if len(from) == 0 && kind != rapport.KindHello {
		return c.greet(rapport.KindHello)
	}
	if len(from) == 0 {
		return Choice{Kind: rapport.KindHello} // the zero Bank; any other has a hello card
	}
	for _, fits := range []func(*Starter) bool{c.mayShow, c.notBlocked} {
		if fitting := keep(from, fits); len(fitting) > 0 {
			return c.choice(c.past.longestAgo(fitting))
		}
	}
	return c.choice(c.past.longestAgo(from))
}

func (c *chooser) notBlocked(s *Starter) bool { return !slices.Contains(c.r.Blocked, s.Topic) }
