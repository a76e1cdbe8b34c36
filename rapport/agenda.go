package rapport

import (
	"cmp"
	"slices"
	"strings"
)

// AgendaPeople is how many people a digest names at most.
const AgendaPeople = 3

// Agenda is what a digest speaks of: pairs that come up this week, and coffees
// of which it asks how they went. It holds ids and nothing else.
type Agenda struct {
	Pairs []string
	Plans []string
}

// planMark stands before the id of a plan in an agenda's text.
const planMark = "plan:"

// String returns the agenda as it is kept with a message.
func (a Agenda) String() string {
	words := append([]string(nil), a.Pairs...)
	for _, id := range a.Plans {
		words = append(words, planMark+id)
	}
	return strings.Join(words, " ")
}

// ParseAgenda reads what [Agenda.String] wrote.
func ParseAgenda(s string) Agenda {
	var a Agenda
	for _, word := range strings.Fields(s) {
		if id, ok := strings.CutPrefix(word, planMark); ok {
			a.Plans = append(a.Plans, id)
		} else {
			a.Pairs = append(a.Pairs, word)
		}
	}
	return a
}

// Resting returns the pair as its leader sees it: a person who rests comes up
// when that is over, also for what was promised. It is for showing, never for
// saving.
func (p Pair) Resting(person Member) Pair {
	back := person.Back()
	if back.After(p.DueSince()) {
		p.NextOn = back
	}
	if !p.CallOn.IsZero() && back.After(p.CallOn) {
		p.CallOn = back
	}
	return p
}

// Approachable reports whether the pair may be brought up on the day as far as the
// person and the pace go, due or not.
func (p Pair) Approachable(person Member, today Date) bool {
	switch {
	case person.Profile.Outside() || person.StandsBack(today):
		return false
	case p.State != Active || p.Away(today):
		return false
	}
	return p.History.Pace().MayOffer(today)
}

// Suggestible reports whether the pair comes up by the last day, and may be
// brought up on the day.
func (p Pair) Suggestible(person Member, today, by Date) bool {
	return !p.DueOn(today).After(by) && p.Approachable(person, today)
}

// FirstCalled orders pairs as [LongestDue] does, behind those that a promise brings
// up on the day: it comes before any new question.
func FirstCalled(today Date) func(a, b Pair) int {
	return func(a, b Pair) int {
		switch {
		case a.Called(today) && b.Called(today):
			return cmp.Or(a.CallOn.Compare(b.CallOn), LongestDue(a, b))
		case a.Called(today):
			return -1
		case b.Called(today):
			return 1
		}
		return LongestDue(a, b)
	}
}

// LongestDue orders pairs: first the one due longest, then the one longest
// without a talk, then by person (docs/method.md, "Dates").
func LongestDue(a, b Pair) int {
	return cmp.Or(
		a.DueSince().Compare(b.DueSince()),
		a.LastTalkOn.Compare(b.LastTalkOn),
		cmp.Compare(a.Person, b.Person),
	)
}

// ThisWeek returns those of the pairs that come up by the end of the ISO week of
// the day, the longest due first, and at most [AgendaPeople] of them.
func ThisWeek(pairs []Pair, people map[string]Member, today Date) []Pair {
	sunday := today.Monday().AddDays(6)
	var able []Pair
	for _, p := range pairs {
		if p.Suggestible(people[p.Person], today, sunday) {
			able = append(able, p)
		}
	}
	slices.SortFunc(able, LongestDue)
	return able[:min(len(able), AgendaPeople)]
}
