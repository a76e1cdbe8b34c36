package scheduler

import (
	"cmp"
	"slices"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

// unaskedPerWeek is the ceiling of unasked messages to a leader in a week
// (docs/method.md, "Quiet").
const unaskedPerWeek = 5

// Hush says why a leader is left alone just now.
type Hush string

// The reasons for silence.
const (
	HushNothing     Hush = ""            // nothing hushes: a message may go
	HushUnconfirmed Hush = "unconfirmed" // started alone and has not said yes
	HushGone        Hush = "gone"
	HushPaused      Hush = "paused"
	HushOff         Hush = "off" // nudges.per_week is 0
	HushDay         Hush = "day off"
	HushHour        Hush = "outside hours"
	HushToday       Hush = "one today already"
	HushWeek        Hush = "enough this week"
)

// moment is everything that decides whether a leader may be written to.
type moment struct {
	leader  rapport.Leader
	local   time.Time // now, in the leader's zone
	jitter  time.Duration
	window  rapport.Hours
	perWeek int
	sent    []rapport.Message // unasked and not failed, since Monday
	cal     *calendar.Calendar
}

func (m moment) today() rapport.Date { return rapport.DateOf(m.local) }

// hush returns the first reason to stay silent, or [HushNothing].
func (m moment) hush() Hush {
	switch {
	case !m.leader.Confirmed():
		return HushUnconfirmed
	case m.leader.Profile.Gone || m.leader.Profile.Bot:
		return HushGone
	case m.leader.Paused(m.today()):
		return HushPaused
	case m.perWeek == 0:
		return HushOff
	case m.cal.Quiet(m.today(), m.days()):
		return HushDay
	case !m.open():
		return HushHour
	}
	return m.ceiling()
}

func (m moment) days() rapport.Weekdays {
	if m.leader.Days == 0 {
		return rapport.MondayToFriday
	}
	return m.leader.Days
}

// open reports whether the leader's window is open, and has been for as long as
// the jitter asks.
func (m moment) open() bool {
	hours := m.leader.Hours
	if hours.IsZero() {
		hours = m.window
	}
	return calendar.Open(m.local, hours) && calendar.Open(m.local.Add(-m.jitter), hours)
}

func (m moment) ceiling() Hush {
	count := 0
	for _, sent := range m.sent {
		if sent.PlannedOn == m.today() {
			return HushToday
		}
		if !left(sent, m.today()) {
			count++
		}
	}
	if count >= min(m.perWeek, unaskedPerWeek) {
		return HushWeek
	}
	return HushNothing
}

// left reports whether an unasked message was not sent on the day it was meant
// for. It is not sent on another, where it would be one too many: its pair comes
// up again by itself.
func left(m rapport.Message, today rapport.Date) bool {
	return m.State == rapport.StatePending && m.PlannedOn.Before(today)
}

// pick returns the pair to bring up on the day, out of a leader's due pairs:
// the longest due, then the longest without a talk, then by person.
func pick(due []rapport.Pair, people map[string]rapport.Member, today rapport.Date) (rapport.Pair, bool) {
	var able []rapport.Pair
	for _, p := range due {
		if suggestible(p, people[p.Person], today) {
			able = append(able, p)
		}
	}
	if len(able) == 0 {
		return rapport.Pair{}, false
	}
	return slices.MinFunc(able, longestDue), true
}

func suggestible(p rapport.Pair, person rapport.Member, today rapport.Date) bool {
	if person.Profile.Gone || person.Profile.Bot || p.State != rapport.Active {
		return false
	}
	return p.IsDue(today) && p.History.Pace().MayOffer(today)
}

func longestDue(a, b rapport.Pair) int {
	return cmp.Or(
		a.DueSince().Compare(b.DueSince()),
		a.LastTalkOn.Compare(b.LastTalkOn),
		cmp.Compare(a.Person, b.Person),
	)
}
