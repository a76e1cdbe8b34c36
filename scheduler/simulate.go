package scheduler

import (
	"context"
	"hash/fnv"
	"math/rand/v2"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"innerview/internal/store"
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
const remembered = 395

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
	all := emptyYear(from, days)
	for _, part := range parts {
		all.add(part)
	}
	all.order()
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
		people: make(map[string]rapport.Member),
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
	f.out = emptyYear(from, days)
	for on := from; on.Sub(from) < days; on = on.AddDays(1) {
		f.out.pass(f.lw.Leader.ID, f.day(on))
	}
	return f.out
}

// day lives one day, and returns why nothing came of it, if nothing did.
func (f *future) day(on rapport.Date) Hush {
	oldest := on.AddDays(-lookBack)
	f.lw.Sent = slices.DeleteFunc(f.lw.Sent, func(sent rapport.Message) bool { return sent.PlannedOn.Before(oldest) })
	f.thaw(on)
	m := f.opening(on, 0)
	if next := m.reschedule(); !next.IsZero() {
		f.lw.Leader.DigestOn, m.leader.DigestOn = next, next
	}
	kind, why := m.decide()
	if why == HushHour && m.digestPending() {
		m = f.opening(on, digestFrom)
		kind, why = m.decide()
	}
	if kind == rapport.KindDigest {
		next := m.nextDigest(on)
		f.lw.Leader.DigestOn = next
		if d, ok := m.week(store.WeekAhead{Pairs: f.lw.pairs(), Promises: f.lw.promises(on.Monday().AddDays(6))}, f.people); ok {
			f.print(m, store.Delivery{Message: d.Message})
			f.lw.Leader.Attention = f.lw.Leader.Attention.Answer(on)
			return HushNothing
		}
		m = f.opening(on, 0)
		kind, why = m.decide()
	}
	return f.act(m, kind, why)
}

// thaw ends the leader's pause and the people's absences that are over on the
// day, and sees what was promised for it.
func (f *future) thaw(on rapport.Date) {
	l := &f.lw.Leader
	for i := range f.lw.Pairs {
		f.lw.Pairs[i].Pair = thawed(f.lw.Pairs[i].Pair, *l, on)
		f.lw.Pairs[i] = f.lw.Pairs[i].promised(on)
	}
	if !l.PausedOn.IsZero() && !l.Paused(on) {
		l.PausedOn, l.PausedUntil = rapport.Date{}, rapport.Date{}
	}
}

// act sends what was decided on, or says why the day stays quiet.
func (f *future) act(m moment, kind rapport.MessageKind, why Hush) Hush {
	on := m.today()
	switch {
	case why == HushDay && !m.days().Has(on.Weekday()):
		return HushWeekend
	case why == HushDay:
		return HushHoliday
	case why != HushNothing:
		return why
	case kind == rapport.KindGoodbye:
		f.lw.Leader.Attention.GoodbyeOn = on
	case kind == rapport.KindInvitation:
		f.lw.Leader.Attention.InvitedOn = on
	default:
		pair, ok := f.pick(f.lw.dueOn(on), f.people, on)
		if !ok {
			return HushNobody
		}
		f.send(m, f.index(pair.ID))
		return HushNothing
	}
	f.print(m, store.Delivery{Message: m.toLeader(kind, on)})
	return HushNothing
}

// opening returns the first moment of the day at which the window is open, or
// midnight when it never is. From ten o'clock on it has to be open for a digest.
func (f *future) opening(on rapport.Date, from int) moment {
	zone := f.zone(f.lw.Leader)
	m := f.moment(f.lw.Leader, on.At(0, zone))
	m.sent = f.lw.Sent
	for minutes := from; minutes < 24*60; minutes += 5 {
		m.local = on.At(minutes, zone)
		if m.open() && (from < digestFrom || m.digestOpen()) {
			return m
		}
	}
	m.local = on.At(0, zone)
	return m
}

// print adds a message to what comes.
func (f *future) print(m moment, d store.Delivery) {
	if f.lw.Leader.MetAt.IsZero() {
		f.lw.Leader.MetAt = m.local
	}
	f.out.at = append(f.out.at, timed{lineOf(d, statePlanned, m.local), m.local})
	d.Message.State = rapport.StateSent
	f.lw.Sent = append(f.lw.Sent, d.Message)
}

func (f *future) index(pair string) int {
	return slices.IndexFunc(f.lw.Pairs, func(p PairWorld) bool { return p.Pair.ID == pair })
}

// send writes to the leader about the pair, and lets them answer the same day.
func (f *future) send(m moment, i int) {
	p, today := &f.lw.Pairs[i], m.today()
	p.Past.LeaderOffers = f.lately(p.Pair.ID, today)
	planned := f.compose(m, p.Pair, p.Past, len(f.lw.Pairs))
	f.print(m, store.Delivery{Message: planned.Message, Pair: p.Pair, Offer: planned.Offer})
	f.lw.Leader.Attention = f.lw.Leader.Attention.Answer(today)
	p.Pair = p.Pair.Offered(planned.Offer.Level, today)
	p.Pair.NextOn, p.Pair.LastNudge = planned.NextOn, today
	if planned.Message.Kind == rapport.KindWelcomeBack {
		p.Pair = p.Pair.Welcomed()
	}
	switch planned.Message.About { // each is kept, or asked, when it comes up
	case rapport.AboutPromise:
		*p = p.kept(planned.Message.Item, today)
	case rapport.AboutNote:
		p.Past.AskAfter = ""
	}
	f.answer(p, planned.Offer, today)
}

// answer records how it went, drawn from the typical mix.
func (f *future) answer(p *PairWorld, offer rapport.Offer, today rapport.Date) {
	talk := rapport.Talk{Pair: p.Pair.ID, On: today, Outcome: f.outcome(), Starter: offer.Starter}
	rhythm := f.rhythm(f.lw.Leader, p.Pair, len(f.lw.Pairs)).Days(today)
	p.Pair = p.Pair.Record(talk, rhythm, today, p.Pair.Circumstances(today))
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
