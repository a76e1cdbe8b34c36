package scheduler

import (
	"cmp"
	"context"
	"hash/fnv"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"innerview/internal/calendar"
	"innerview/rapport"
)

// The reasons for a quiet day that are none while a heartbeat looks.
const (
	HushNobody  Hush = "nobody due"
	HushWeekend Hush = "weekend"
	HushHoliday Hush = "holiday"
)

// remembered is for how many days a simulated offer is remembered, as in the
// store.
const remembered = 400

// typicalMix is how talks go with a typical person (docs/method.md, "Pace"), in
// parts of a hundred.
var typicalMix = []struct {
	outcome rapport.Outcome
	parts   int
}{
	{rapport.Light, 45},
	{rapport.Opened, 33},
	{rapport.Guarded, 6},
	{rapport.Missed, 14},
	{rapport.Declined, 2},
}

// Year is what a time would bring: every message, in order, and for every leader
// and day without one the reason.
type Year struct {
	Lines   []Line
	Quiet   map[Hush]int // days, over all leaders
	Leaders int
	Weeks   int // begun, of each leader

	at []timed
}

// timed is a line and its moment, in the leader's zone.
type timed struct {
	Line
	at time.Time
}

// Simulate returns every message of the days to come. Each is answered the same
// day, the outcome drawn by the seed from the typical mix. Nothing is read or
// written but the world; the same arguments give the same year.
func (s *Scheduler) Simulate(ctx context.Context, w World, from rapport.Date, days int, seed uint64) (Year, error) {
	parts := make([]Year, len(w))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range w {
		group.Go(func() error {
			parts[i] = s.newFuture(w[i], seed).live(from, days)
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return Year{}, err
	}
	all := Year{Quiet: make(map[Hush]int), Leaders: len(w), Weeks: (days + 6) / 7}
	for _, part := range parts {
		all.at = append(all.at, part.at...)
		for why, n := range part.Quiet {
			all.Quiet[why] += n
		}
	}
	slices.SortStableFunc(all.at, func(a, b timed) int { return a.at.Compare(b.at) })
	for _, t := range all.at {
		all.Lines = append(all.Lines, t.Line)
	}
	return all, nil
}

// future is one leader's time to come.
type future struct {
	*Scheduler
	lw      LeaderWorld
	people  map[string]rapport.Member
	offered []rapport.Offer // about anyone, newest first, as long as colleagues compare notes
	draw    *rand.Rand
	out     Year
}

func (s *Scheduler) newFuture(lw LeaderWorld, seed uint64) *future {
	h := fnv.New64a()
	h.Write([]byte(lw.Leader.ID))
	f := &future{
		Scheduler: s, lw: lw, draw: rand.New(rand.NewPCG(seed, h.Sum64())),
		people: make(map[string]rapport.Member), out: Year{Quiet: make(map[Hush]int)},
	}
	f.lw.Pairs = slices.Clone(lw.Pairs)
	for _, p := range lw.Pairs {
		f.people[p.Pair.Person] = p.Person
		f.offered = append(f.offered, p.Past.Offers...)
	}
	slices.SortStableFunc(f.offered, func(a, b rapport.Offer) int { return b.ShownOn.Compare(a.ShownOn) })
	return f
}

func (f *future) live(from rapport.Date, days int) Year {
	for on := from; on.Sub(from) < days; on = on.AddDays(1) {
		if why := f.day(on); why != HushNothing {
			f.out.Quiet[why]++
		}
	}
	return f.out
}

// day lives one day, and returns why nothing came of it, if nothing did.
func (f *future) day(on rapport.Date) Hush {
	m := moment{leader: f.lw.Leader, window: f.o.Window, perWeek: f.o.PerWeek, cal: f.calendar}
	if f.o.Jitter {
		m.jitter = calendar.Jitter(f.lw.Leader.ID, on)
	}
	m.local = m.opening(on, f.zone(f.lw.Leader))
	monday := on.Monday()
	f.lw.Sent = slices.DeleteFunc(f.lw.Sent, func(sent rapport.Message) bool { return sent.PlannedOn.Before(monday) })
	m.sent = f.lw.Sent
	switch why := m.hush(); {
	case why == HushDay && !m.days().Has(on.Weekday()):
		return HushWeekend
	case why == HushDay:
		return HushHoliday
	case why != HushNothing:
		return why
	}
	pair, ok := pick(f.lw.dueOn(on), f.people, on)
	if !ok {
		return HushNobody
	}
	f.send(m, f.index(pair.ID))
	return HushNothing
}

// opening returns the first moment of the day at which the window is open, or
// midnight when it never is.
func (m moment) opening(on rapport.Date, zone *time.Location) time.Time {
	for minutes := 0; minutes < 24*60; minutes += 5 {
		m.local = on.At(minutes, zone)
		if m.open() {
			return m.local
		}
	}
	return on.At(0, zone)
}

func (f *future) index(pair string) int {
	return slices.IndexFunc(f.lw.Pairs, func(p PairWorld) bool { return p.Pair.ID == pair })
}

// send writes to the leader about the pair, and lets them answer the same day.
func (f *future) send(m moment, i int) {
	p, today := &f.lw.Pairs[i], m.today()
	p.Past.LeaderOffers = f.lately(p.Pair.ID, today)
	planned := f.compose(m, p.Pair, p.Past, len(f.lw.Pairs))
	f.out.at = append(f.out.at, timed{Line{
		Leader: p.Pair.Leader, Person: p.Pair.Person, Kind: planned.Message.Kind,
		Level: planned.Offer.Level.String(), Starter: planned.Offer.Starter,
		At: m.local.Format(time.RFC3339), State: string(statePlanned),
	}, m.local})
	planned.Message.State = rapport.StateSent
	f.lw.Sent = append(f.lw.Sent, planned.Message)
	p.Pair = p.Pair.Offered(planned.Offer.Level, today)
	p.Pair.NextOn, p.Pair.LastNudge = planned.NextOn, today
	f.answer(p, planned.Offer, today)
}

// answer records how it went, drawn from the typical mix.
func (f *future) answer(p *PairWorld, offer rapport.Offer, today rapport.Date) {
	talk := rapport.Talk{Pair: p.Pair.ID, On: today, Outcome: f.outcome(), Starter: offer.Starter}
	rhythm := f.rhythm(p.Pair, len(f.lw.Pairs)).Days(today)
	p.Pair = p.Pair.Record(talk, rhythm, today, rapport.Circumstances{})
	p.Pair.History = p.Pair.History.Forget(today)
	offer.State = rapport.OfferUsed
	p.Past.Offers = slices.Insert(p.Past.Offers, 0, offer)
	for n := len(p.Past.Offers); n > 0 && today.Sub(p.Past.Offers[n-1].ShownOn) > remembered; n-- {
		p.Past.Offers = p.Past.Offers[:n-1]
	}
	f.offered = slices.Insert(f.offered, 0, offer)
	p.Past.Talks = slices.Insert(p.Past.Talks, 0, talk)[:min(len(p.Past.Talks)+1, 5)]
	p.Past.TalkTopics = slices.Insert(p.Past.TalkTopics, 0, offer.Topic)[:min(len(p.Past.TalkTopics)+1, 2)]
	if talk.Outcome == rapport.Declined {
		p.Past.Blocked = append(p.Past.Blocked, offer.Topic)
	}
}

func (f *future) outcome() rapport.Outcome {
	n := f.draw.IntN(100)
	for _, m := range typicalMix {
		if n -= m.parts; n < 0 {
			return m.outcome
		}
	}
	return rapport.Light
}

// lately returns what was offered about the leader's other people in the last 21
// days, and forgets what is older.
func (f *future) lately(pair string, today rapport.Date) []rapport.Offer {
	const compared = 21
	for n := len(f.offered); n > 0 && today.Sub(f.offered[n-1].ShownOn) > compared; n-- {
		f.offered = f.offered[:n-1]
	}
	var others []rapport.Offer
	for _, o := range f.offered {
		if o.Pair != pair {
			others = append(others, o)
		}
	}
	return others
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
func (y Year) Kinds() []Count { return counted(y.Lines, func(l Line) string { return string(l.Kind) }) }

// Count is how often something comes up.
type Count struct {
	What string
	N    int
}

func counted(lines []Line, of func(Line) string) []Count {
	tally := make(map[string]int)
	for _, l := range lines {
		tally[of(l)]++
	}
	return sorted(tally)
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
