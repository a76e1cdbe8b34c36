package scheduler

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"innerview/rapport"
)

// Year is what a time would bring: every message, in order, and for every leader
// and day without one the reason.
type Year struct {
	Lines   []Line
	Quiet   map[Hush]int // days, over all leaders
	Leaders int
	Weeks   int // begun, of each leader

	from rapport.Date
	n    int // days
	at   []timed
	days map[string][]dayCode // of each leader, from the first day on
}

// timed is a line and its moment, in the leader's zone.
type timed struct {
	Line
	at time.Time
}

// dayCode is the place of a day's reason among [Hushes], 0 for a day with a
// message: a byte a day, since a year may hold ten thousand leaders.
type dayCode uint8

func codeOf(why Hush) dayCode { return dayCode(slices.Index(Hushes(), why)) }

// Day is one leader's day in a [Year]: a message, or why there is none.
type Day struct {
	On   rapport.Date
	Line *Line // nil on a quiet day
	Why  Hush  // [HushNothing] on a day with a message
}

// emptyYear is a year that nobody has lived in yet.
func emptyYear(from rapport.Date, days int) Year {
	return Year{
		Quiet: make(map[Hush]int), Weeks: (days + 6) / 7, from: from, n: days, days: make(map[string][]dayCode),
	}
}

// pass ends a leader's day.
func (y *Year) pass(leader string, why Hush) {
	y.days[leader] = append(y.days[leader], codeOf(why))
	if why != HushNothing {
		y.Quiet[why]++
	}
}

// add puts other leaders' time beside what is there.
func (y *Year) add(other Year) {
	y.at = append(y.at, other.at...)
	maps.Copy(y.days, other.days)
	y.Leaders += len(other.days)
	for why, n := range other.Quiet {
		y.Quiet[why] += n
	}
}

// order puts the messages of all leaders in the order in which they are sent.
func (y *Year) order() {
	slices.SortStableFunc(y.at, func(a, b timed) int { return a.at.Compare(b.at) })
	y.Lines = make([]Line, 0, len(y.at))
	for _, t := range y.at {
		y.Lines = append(y.Lines, t.Line)
	}
}

// Span returns the first and the last day.
func (y Year) Span() (first, last rapport.Date) { return y.from, y.from.AddDays(y.n - 1) }

// Who returns the ids of the leaders, in order.
func (y Year) Who() []string { return keys(y.days) }

// Of returns one leader's part of the year. For somebody who leads nobody it is
// empty.
func (y Year) Of(leader string) Year {
	part := Year{Quiet: make(map[Hush]int), Weeks: y.Weeks, from: y.from, n: y.n, days: make(map[string][]dayCode)}
	if codes, there := y.days[leader]; there {
		part.Leaders, part.days[leader] = 1, codes
	}
	for _, code := range part.days[leader] {
		if why := Hushes()[code]; why != HushNothing {
			part.Quiet[why]++
		}
	}
	for _, t := range y.at {
		if t.Leader == leader {
			part.at = append(part.at, t)
		}
	}
	part.order()
	return part
}

// Days returns every day of one leader, from the first to the last; none for
// somebody who leads nobody.
func (y Year) Days(leader string) []Day {
	all := Hushes()
	days := make([]Day, 0, len(y.days[leader]))
	for i, code := range y.days[leader] {
		days = append(days, Day{On: y.from.AddDays(i), Why: all[code]})
	}
	for _, t := range y.at {
		if t.Leader == leader {
			line := t.Line
			days[rapport.DateOf(t.at).Sub(y.from)].Line = &line
		}
	}
	return days
}

// PerWeek returns how many messages a leader gets in a week: the mean over all
// leaders and weeks, and the most anyone gets in any.
func (y Year) PerWeek() (mean float64, most int) {
	type week struct {
		leader string
		monday rapport.Date
	}
	counts := make(map[week]int)
	for _, t := range y.at {
		counts[week{t.Leader, rapport.DateOf(t.at).Monday()}]++
	}
	for _, n := range counts {
		most = max(most, n)
	}
	return float64(len(y.Lines)) / float64(max(1, y.Leaders*y.Weeks)), most
}

// Kinds returns how many messages there are of each kind, the most frequent
// first.
func (y Year) Kinds() []Count {
	tally := make(map[string]int)
	for _, l := range y.Lines {
		tally[string(l.Kind)]++
	}
	return sorted(tally)
}

// Count is how often something comes up.
type Count struct {
	What string
	N    int
}

// QuietDays returns the reasons for quiet days, the most frequent first.
func (y Year) QuietDays() []Count {
	tally := make(map[string]int)
	for why, n := range y.Quiet {
		tally[string(why)] = n
	}
	return sorted(tally)
}

func sorted(tally map[string]int) []Count {
	var out []Count
	for what, n := range tally {
		out = append(out, Count{what, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.What, b.What)) })
	return out
}
