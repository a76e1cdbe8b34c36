package scheduler

import (
	"fmt"
	"slices"

	"innerview/internal/store"
	"innerview/rapport"
)

// digestFrom is the earliest minute of the day for a digest: ten o'clock.
const digestFrom = 10 * 60

// digestIn returns the day of the digest in the ISO week of d: the first day of
// the leader's week that is not quiet. Who chose a weekday gets it on that day, or
// on the next that is not quiet, or else on the last before it. ok is false when
// there is none.
func (m moment) digestIn(d rapport.Date) (on rapport.Date, ok bool) {
	if m.digest == "" || m.digest == rapport.DigestOff {
		return rapport.Date{}, false
	}
	from := d.Monday()
	if weekday, chosen := m.digest.Weekday(); chosen {
		from = from.AddDays((int(weekday) + 6) % 7)
	}
	for on := from; on.Monday() == d.Monday(); on = on.AddDays(1) {
		if !m.cal.Quiet(on, m.days()) {
			return on, true
		}
	}
	for on := from.AddDays(-1); on.Monday() == d.Monday(); on = on.AddDays(-1) {
		if !m.cal.Quiet(on, m.days()) {
			return on, true
		}
	}
	return rapport.Date{}, false
}

// nextDigest returns when it is next to be asked whether there is a digest: on
// the first digest day after the given one, and in a week when there is none.
func (m moment) nextDigest(after rapport.Date) rapport.Date {
	for _, week := range []rapport.Date{after, after.AddDays(7)} {
		if on, ok := m.digestIn(week); ok && on.After(after) {
			return on
		}
	}
	return after.Monday().AddDays(7)
}

// reschedule returns the day to think of a digest on where the one that stands
// has passed or lies on another day; no day when it is right.
func (m moment) reschedule() rapport.Date {
	if m.leader.DigestOn.After(m.today()) {
		return rapport.Date{}
	}
	on, ok := m.digestIn(m.today())
	if ok && m.leader.Confirmed() && (on == m.today() || m.again(on)) {
		return rapport.Date{}
	}
	return m.nextDigest(m.today())
}

// again reports whether the digest of a day earlier this week could not be sent
// and was put off until today.
func (m moment) again(on rapport.Date) bool {
	return on.Before(m.today()) && m.leader.DigestOn == m.today() && m.today() != m.today().Monday()
}

// digestPending reports whether today is the day of the digest, there was none
// this week, and it has not been asked yet whether there is one. A leader who
// gets nudges meets Innerview with one of them, not with a digest.
func (m moment) digestPending() bool {
	isDigest := func(k rapport.MessageKind) bool { return k == rapport.KindDigest }
	on, ok := m.digestIn(m.today())
	switch {
	case !ok || on != m.today() && !m.again(on) || m.leader.DigestOn.After(m.today()):
		return false
	case m.leader.MetAt.IsZero() && m.perWeek > 0:
		return false
	}
	return m.count(m.today().Monday(), isDigest) == 0
}

// digestOpen reports whether it is late enough for a digest. To who is only there
// before ten it comes with the window.
func (m moment) digestOpen() bool {
	begun := m.local.Add(-m.jitter)
	return m.hours().To <= digestFrom || begun.Hour()*60+begun.Minute() >= digestFrom
}

// folds reports whether a question how a coffee went waits for the digest of
// the day, which asks it.
func (m moment) folds() bool {
	_, silent := m.leader.Attention.Weeks()
	return m.digestPending() && !m.digestOpen() && !silent && !m.leader.Paused(m.today()) && m.leader.Confirmed()
}

// week puts a digest together; ok is false when there is nothing to say.
func (m moment) week(ahead store.WeekAhead, people map[string]rapport.Member) (d store.PlannedDigest, ok bool) {
	var agenda rapport.Agenda
	asked := func(p rapport.Pair) bool { // how their coffee went comes first
		return slices.ContainsFunc(ahead.FollowUps, func(f rapport.Message) bool { return f.Pair == p.ID })
	}
	for _, p := range rapport.ThisWeek(slices.DeleteFunc(slices.Clone(ahead.Pairs), asked), people, m.today()) {
		agenda.Pairs = append(agenda.Pairs, p.ID)
	}
	for _, f := range ahead.FollowUps {
		agenda.Plans = append(agenda.Plans, f.Plan)
		d.Folded = append(d.Folded, f.ID)
	}
	if len(agenda.Pairs)+len(agenda.Plans)+ahead.Promises == 0 && ahead.Going == "" {
		return d, false
	}
	d.Message = m.toLeader(rapport.KindDigest, m.today())
	d.Message.About, d.Message.Item = rapport.AboutAgenda, agenda.String()
	d.NextOn = m.nextDigest(m.today())
	return d, true
}

// toLeader is an unasked message that is about nobody in particular. The day
// makes its key.
func (m moment) toLeader(kind rapport.MessageKind, due rapport.Date) rapport.Message {
	return rapport.Message{
		Key:    fmt.Sprintf("%s/%s/%s", kind, m.leader.ID, due),
		Leader: m.leader.ID, Kind: kind, DueOn: due, PlannedOn: m.today(), At: m.local, State: rapport.StatePending,
	}
}
