package questions

import (
	"cmp"
	"math"
	"slices"

	"innerview/rapport"
)

// past is what earlier offers mean for the next one.
type past struct {
	shown           map[string]int  // days since the starter was last on a card, swapped away or not
	heard           map[string]int  // the same, leaving out what was swapped away
	topicUses       map[string]int  // in the last 180 days
	recentForOthers map[string]bool // shown to the leader for somebody else, in 21 days
	sinceThanks     int             // cards since the last thanks card
	lastWasPersonal bool            // the card before this one was about what was learnt
}

// pastOf sums up the offers of a request.
func (b *Bank) pastOf(r Request) past {
	p := past{
		shown:           map[string]int{},
		heard:           map[string]int{},
		topicUses:       map[string]int{},
		recentForOthers: map[string]bool{},
	}
	for _, o := range r.Offers {
		p.add(o, r.Today.Sub(o.ShownOn))
	}
	for _, o := range r.LeaderOffers {
		if r.Today.Sub(o.ShownOn) < sameForLeader {
			p.recentForOthers[o.Starter] = true
		}
	}
	p.sinceThanks = sinceThanks(r.Offers)
	p.lastWasPersonal = b.anyPersonal(lastCard(r))
	return p
}

func (p past) add(o rapport.Offer, days int) {
	lower(p.shown, o.Starter, days)
	if o.State == rapport.OfferSwapped {
		return
	}
	lower(p.heard, o.Starter, days)
	if days < topicMemory {
		p.topicUses[o.Topic]++
	}
}

func lower(m map[string]int, key string, n int) {
	if was, ok := m[key]; !ok || n < was {
		m[key] = n
	}
}

// unheard reports whether the person has not heard the starter for so many days,
// nor seen it swapped away of late.
func (p past) unheard(id string, days int) bool {
	since, heard := p.heard[id]
	last, shown := p.shown[id]
	return (!heard || since >= days) && (!shown || last >= sameStarterSwaps)
}

// longestAgo returns the starter that was shown longest ago. There must be one.
func (p past) longestAgo(from []*Starter) *Starter {
	return slices.MinFunc(from, func(a, b *Starter) int { return cmp.Compare(p.rank(a.ID), p.rank(b.ID)) })
}

// rank sorts starters never shown first, then by how long ago they were.
func (p past) rank(id string) int {
	if days, ok := p.shown[id]; ok {
		return -days
	}
	return math.MinInt
}

// sinceThanks counts the cards newer than the last thanks card. What a card was
// swapped for does not count again.
func sinceThanks(offers []rapport.Offer) int {
	n := 0
	for _, o := range offers {
		if o.Swaps > 0 {
			continue
		}
		if kindOf(o.Starter, OccasionAny) == rapport.KindThanks {
			return n
		}
		n++
	}
	return n
}

// lastCard returns the offers of the card before the one that is chosen now.
func lastCard(r Request) []rapport.Offer {
	offers := r.Offers
	if r.replaces() {
		offers = offers[cardLen(offers):]
	}
	return offers[:cardLen(offers)]
}

// cardLen returns how many of the offers, newest first, are of the newest card.
func cardLen(offers []rapport.Offer) int {
	for i, o := range offers {
		if o.Swaps == 0 {
			return i + 1
		}
	}
	return len(offers)
}

func (b *Bank) anyPersonal(offers []rapport.Offer) bool {
	for _, o := range offers {
		if s, ok := b.Starter(o.Starter); ok && s.Requires != "" {
			return true
		}
	}
	return false
}
