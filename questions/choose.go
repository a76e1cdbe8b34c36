package questions

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"innerview/rapport"
)

// Request is everything [Bank.Choose] looks at. Times and days are the leader's.
type Request struct {
	Pair  string
	Now   time.Time // the moment the starter is for, in the leader's zone; zero for no particular one
	Today rapport.Date

	Pace       rapport.Pace
	Rhythm     int          // days
	IsNew      bool         // known for fewer than 28 days
	FirstKnown rapport.Date // since when the two know one another, or the pair exists

	Setting   rapport.Setting   // "" when the leader has not chosen
	Habit     []rapport.Setting // settings of their talks, newest first
	Occasions []string          // those that only the caller can know; see [Bank.Choose]

	Offers       []rapport.Offer // this pair's, newest first
	LeaderOffers []rapport.Offer // the same leader's about other people, 21 days
	TalkTopics   []string        // topics of the last two talks

	Blocked, Welcome   []string // topics
	Interest, Strength string   // what fills the slots, "" for nothing

	Limit     rapport.Depth // cap of the moment, 0 for none
	Private20 bool          // a private setting with 20 minutes or more
	Lighter   rapport.Depth // above 0: choose below this level, in place of the newest offer
	Swap      bool          // another in place of the newest offer: same kind and level, never a deeper one
}

// Choice is what [Bank.Choose] picked.
type Choice struct {
	Starter Starter
	Level   rapport.Depth // 0 for a card
	Kind    rapport.MessageKind
	Filled  map[string]string // what goes into the slots of the texts, by slot name
}

// Choose picks the starter for one person and one moment. It is pure, and its
// chance comes from the pair and the ISO week alone: the same request gets the
// same choice, on every machine. It never picks a level deeper than
// [rapport.Pace.Effective] allows, nor a topic that the person wants left alone.
// When nothing else may be shown, it is a hello card, which asks about nothing.
//
// Of the occasions in the request, welcome_back stands for any absence: then
// nothing is asked, and the choice is a card of welcome. After back_from_break,
// days off that all had, welcome comes first and questions may follow. The other
// occasions make their starters eligible. A new person's first card is a hello.
//
// Whether anything may be offered at all is for the caller to ask, with
// [rapport.Pace.MayOffer].
func (b *Bank) Choose(r Request) Choice {
	c := newChooser(b, r)
	switch {
	case r.replaces():
		return c.replace()
	case r.said(OccasionWelcomeBack):
		return c.greet(rapport.KindWelcomeBack)
	case r.Lighter > 0:
		return c.ask(min(c.level, r.Lighter-1))
	case r.IsNew && len(r.Offers) == 0:
		return c.firstHello()
	}
	if choice, ok := c.card(); ok {
		return choice
	}
	return c.ask(c.drawLevel())
}

// replaces reports whether the request is for another starter on the newest
// card, by "another" or by "lighter".
func (r Request) replaces() bool { return len(r.Offers) > 0 && (r.Swap || r.Lighter > 0) }

// chooser is one choice in the making.
type chooser struct {
	bank  *Bank
	r     Request
	past  past
	rng   *rand.Rand
	away  bool              // the person was absent: nothing is asked
	pace  rapport.Pace      // settled
	level rapport.Depth     // deepest level that may be asked
	where []rapport.Setting // settings that fit, empty for any
}

func newChooser(b *Bank, r Request) *chooser {
	away := r.said(OccasionWelcomeBack)
	r = r.complete()
	c := &chooser{
		bank: b, r: r, away: away, where: r.where(),
		past: b.pastOf(r), rng: seeded(r.Pair, r.Today),
	}
	c.pace = r.Pace.Settle(r.Today)
	c.level = r.Pace.Effective(r.Today, r.Rhythm, r.limit())
	return c
}

// complete returns the request with what it implies written out.
func (r Request) complete() Request {
	if r.Today.IsZero() {
		r.Today = rapport.DateOf(r.Now)
	}
	r.Occasions = slices.Clone(r.Occasions)
	if r.IsNew {
		r.Occasions = append(r.Occasions, OccasionNewReport)
	}
	if r.said(OccasionBackFromBreak) {
		r.Occasions = append(r.Occasions, OccasionWelcomeBack)
	}
	return r
}

// said reports whether the caller knows of the occasion.
func (r Request) said(occasion string) bool { return slices.Contains(r.Occasions, occasion) }

// seeded returns the source of chance for a pair and an ISO week.
func seeded(pair string, on rapport.Date) *rand.Rand {
	year, week := on.ISOWeek()
	h := fnv.New128a()
	fmt.Fprintf(h, "%s %d-W%02d", pair, year, week)
	sum := h.Sum(nil)
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])))
}

// replace picks what takes the place of the newest offer: the same kind, at its
// level or, for "lighter", below it. After [rapport.MaxSwaps] there is only hello.
func (c *chooser) replace() Choice {
	newest := c.r.Offers[0]
	kind := c.bank.kind(newest.Starter)
	switch {
	case newest.Swaps >= rapport.MaxSwaps, kind == rapport.KindHello:
		return c.greet(rapport.KindHello)
	case kind == rapport.KindWelcomeBack, c.away:
		return c.greet(rapport.KindWelcomeBack)
	case c.r.Lighter > 0:
		return c.ask(min(c.level, c.r.Lighter-1))
	case kind == rapport.KindThanks:
		if choice, ok := c.ofKind(rapport.KindThanks); ok {
			return choice
		}
		return c.greet(rapport.KindHello)
	}
	return c.ask(min(c.level, newest.Level))
}

// card picks a card that goes before a question: welcome, once, to those back
// from a break, or thanks when it is their turn.
func (c *chooser) card() (Choice, bool) {
	if c.r.said(OccasionBackFromBreak) && !c.justWelcomed() {
		if choice, ok := c.ofKind(rapport.KindWelcomeBack); ok {
			return choice, true
		}
	}
	if c.thanksDue() {
		return c.ofKind(rapport.KindThanks)
	}
	return Choice{}, false
}

func (c *chooser) justWelcomed() bool {
	return len(c.r.Offers) > 0 && c.bank.kind(c.r.Offers[0].Starter) == rapport.KindWelcomeBack
}

// ask picks a question of the level, or of the next lighter one that has any
// left; below facts there is hello.
func (c *chooser) ask(level rapport.Depth) Choice {
	for ; level >= rapport.Factual; level-- {
		if choice, ok := c.question(level); ok {
			return choice
		}
	}
	return c.greet(rapport.KindHello)
}

func (c *chooser) question(level rapport.Depth) (Choice, bool) { return c.pick(c.questions(level)) }

// questions returns the questions of a level that may be put now.
func (c *chooser) questions(level rapport.Depth) []*Starter {
	return c.unworn(func(s *Starter) bool {
		return s.Kind == rapport.KindNudge && s.Level == level && c.mayAsk(s)
	})
}

// ofKind picks a card of the kind that fits and that the person has not had for
// long.
func (c *chooser) ofKind(kind rapport.MessageKind) (Choice, bool) {
	return c.pick(c.unworn(func(s *Starter) bool { return s.Kind == kind && c.mayShow(s) }))
}

// choice fills the slot of a starter.
func (c *chooser) choice(s *Starter) Choice {
	filled, _ := s.Fill(c.r.Interest, c.r.Strength) // only what can be filled is ever picked
	return Choice{Starter: *s, Level: s.Level, Kind: s.Kind, Filled: filled}
}

func (r Request) slotValue(requires string) string {
	switch requires {
	case RequiresInterest:
		return r.Interest
	case RequiresStrength:
		return r.Strength
	}
	return ""
}
