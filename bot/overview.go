package bot

import (
	"context"
	"fmt"
	"slices"

	"innerview/bot/view"
	"innerview/rapport"
)

// overview puts a leader's list into words: by next date, never by depth or
// silence (docs/method.md, "Dignity").
func (b *Bot) overview(ctx context.Context, r *request) (view.OverviewData, error) {
	pairs, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return view.OverviewData{}, fmt.Errorf("read the pairs: %w", err)
	}
	d := view.OverviewData{
		Unconfirmed: !r.leader.Confirmed() && r.leader.ID != "",
		Notice:      b.notice(r, len(pairs)),
		Welcome:     b.arriving(r, len(pairs)),
		Outside:     len(pairs) == 0 && b.mayLead(r) != nil,
	}
	people, err := b.people(ctx, pairs)
	if err != nil {
		return view.OverviewData{}, err
	}
	meeting, err := b.store.Meetings(ctx, r.scope, r.today)
	if err != nil {
		return view.OverviewData{}, fmt.Errorf("read meetings: %w", err)
	}
	promised, err := b.store.PromiseDays(ctx, r.scope, r.today)
	if err != nil {
		return view.OverviewData{}, fmt.Errorf("read the days of promises: %w", err)
	}
	for i := range pairs {
		pairs[i].CallOn = promised[pairs[i].ID].CallOn
	}
	pairs = asSeen(pairs, people)
	next := rapport.ThisWeek(slices.DeleteFunc(slices.Clone(pairs), func(p rapport.Pair) bool { return meeting[p.ID] }), people, r.today)
	for _, pair := range pairs {
		line := b.line(r, pair, people[pair.Person])
		line.Promise = promiseDay(r, promised[pair.ID].DueOn)
		if len(next) > 0 && next[0].ID == pair.ID {
			line.Why = r.p.T(whyNow(pair, r.today))
		}
		d.People = append(d.People, line)
	}
	return d, nil
}

// promiseDay says when something that the leader offered is due, "" for no day.
func promiseDay(r *request, due rapport.Date) string {
	switch {
	case due.IsZero():
		return ""
	case due.Before(r.today):
		return r.p.T("overview.promise_past", "When", r.p.Day(due, r.today))
	}
	return r.p.T("overview.promise", "When", r.p.Near(due, r.today))
}

func (b *Bot) notice(r *request, people int) string {
	switch rh := b.rhythm(r.leader, rapport.Pair{}, people); {
	case r.leader.Paused(r.today) && r.leader.PausedUntil.IsZero():
		return r.p.T("overview.paused")
	case r.leader.Paused(r.today):
		return r.p.T("overview.paused_until", "When", r.p.Day(r.leader.PausedUntil, r.today))
	case b.fewer(r):
		return r.p.T("overview.fewer")
	case rh.Stretched(r.today):
		return r.p.N("add.stretched", rh.Days(r.today)/7)
	}
	return ""
}

// fewer reports whether less is sent because messages were left open.
func (b *Bot) fewer(r *request) bool {
	weeks, silent := r.leader.Attention.Weeks()
	return weeks > 0 || silent
}

// asSeen returns pairs, by next date, as a leader sees them: who rests comes up when
// that is over.
func asSeen(pairs []rapport.Pair, people map[string]rapport.Member) []rapport.Pair {
	shown := make([]rapport.Pair, 0, len(pairs))
	for _, p := range pairs {
		shown = append(shown, p.Resting(people[p.Person]))
	}
	slices.SortStableFunc(shown, func(p, q rapport.Pair) int { return p.DueSince().Compare(q.DueSince()) })
	return shown
}

func (b *Bot) line(r *request, pair rapport.Pair, person rapport.Member) view.PersonLine {
	l := view.PersonLine{Person: pair.Person, Pair: pair.ID, Next: b.nextInWords(r, pair, person)}
	if pair.LastTalkOn.IsZero() {
		l.Last = r.p.T("overview.no_talk")
	} else {
		l.Last = r.p.T("overview.last", "When", r.p.Near(pair.LastTalkOn, r.today))
	}
	return l
}

// nextInWords says when a person comes up, without hurry: what is due is simply
// soon. A rest of the person's own and one that the talks brought have the same
// words (docs/method.md, "Dignity").
func (b *Bot) nextInWords(r *request, pair rapport.Pair, person rapport.Member) string {
	pace := pair.History.Pace()
	rest := later(pace.RestUntil, person.Back())
	due := later(pair.DueOn(r.today), rest)
	if r.leader.Paused(r.today) && !r.leader.PausedUntil.IsZero() {
		due = later(due, r.leader.PausedUntil.AddDays(1))
	}
	switch {
	case person.Profile.Outside(), !pace.QuietSince.IsZero():
		return r.p.T("overview.quiet")
	case pair.Away(later(due, r.today)) && pair.AwayUntil.IsZero():
		return r.p.T("overview.away")
	case pair.Away(later(due, r.today)):
		return r.p.T("overview.away_until", "When", r.p.Day(pair.AwayUntil, r.today))
	case r.leader.Paused(r.today) && r.leader.PausedUntil.IsZero():
		return "" // nobody knows
	case due.After(r.today):
		return r.p.T("overview.next", "When", r.p.Near(b.working(r, due), r.today))
	}
	return r.p.T("overview.soon")
}

// working returns the day itself, or the first working day after it: nobody is
// brought up on a day off.
func (b *Bot) working(r *request, d rapport.Date) rapport.Date {
	return b.calendarOf(r.leader).NextWorking(d.AddDays(-1), r.days())
}

func later(a, b rapport.Date) rapport.Date {
	if a.After(b) {
		return a
	}
	return b
}
