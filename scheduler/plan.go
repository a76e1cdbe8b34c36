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
	HushOff         Hush = "off" // no nudges are wanted
	HushDay         Hush = "day off"
	HushHour        Hush = "outside hours"
	HushToday       Hush = "one today already"
	HushWeek        Hush = "enough this week"
	HushBackOff     Hush = "back-off" // earlier messages were left untouched
)

// Hushes returns every reason for silence, with [HushNothing] first.
func Hushes() []Hush {
	return []Hush{
		HushNothing, HushUnconfirmed, HushGone, HushPaused, HushOff, HushDay, HushHour, HushToday, HushWeek, HushBackOff,
		HushNobody, HushWeekend, HushHoliday,
	}
}

// moment is everything that decides whether a leader may be written to.
type moment struct {
	leader  rapport.Leader
	local   time.Time // now, in the leader's zone
	jitter  time.Duration
	window  rapport.Hours
	perWeek int
	digest  rapport.DigestDay
	sent    []rapport.Message // unasked and not failed, of the last weeks
	cal     *calendar.Calendar
}

// lookBack is for how many days what was sent bears on what may be sent: the
// longest step of the back-off.
const lookBack = 28

// moment returns what is known of a leader at a time; what was sent to them is
// for the caller to add.
func (s *Scheduler) moment(l rapport.Leader, now time.Time) moment {
	m := moment{
		leader: l, local: now.In(s.zone(l)), window: s.o.Window, cal: s.atlas.For(l.Country),
		perWeek: s.perWeek(l), digest: s.o.Digest,
	}
	if l.Digest != "" {
		m.digest = l.Digest
	}
	if s.o.Jitter {
		m.jitter = calendar.Jitter(l.ID, m.today())
	}
	return m
}

func (m moment) today() rapport.Date { return rapport.DateOf(m.local) }

// decide returns what the leader may be sent now: a goodbye, an invitation, the
// digest, or a nudge, which stands for every message about one person. Otherwise
// it is the first reason to stay silent.
func (m moment) decide() (rapport.MessageKind, Hush) {
	if why := m.hush(); why != HushNothing {
		return "", why
	}
	weeks, silent := m.leader.Attention.Weeks()
	switch {
	case m.count(m.today(), anyKind) > 0:
		return "", HushToday
	case silent:
		return m.parting()
	case m.count(m.today().Monday(), anyKind) >= unaskedPerWeek:
		return "", HushWeek
	case m.count(m.today().AddDays(1-7*weeks), anyKind) > 0:
		return "", HushBackOff
	case m.digestPending() && !m.digestOpen():
		return "", HushHour
	case m.digestPending():
		return rapport.KindDigest, HushNothing
	case m.perWeek == 0:
		return "", HushOff
	case m.count(m.today().Monday(), rapport.MessageKind.IsNudge) >= m.perWeek:
		return "", HushWeek
	}
	return rapport.KindNudge, HushNothing
}

// hush returns the first reason to stay silent that lies in the leader, the day
// or the hour.
func (m moment) hush() Hush {
	switch {
	case !m.leader.Confirmed():
		return HushUnconfirmed
	case m.leader.Profile.Outside():
		return HushGone
	case m.leader.Paused(m.today()):
		return HushPaused
	case m.cal.Quiet(m.today(), m.days()):
		return HushDay
	case !m.open():
		return HushHour
	}
	return HushNothing
}

// attention counts what has been left untouched until now. A tick has written
// that down before it plans; looking ahead writes nothing.
func (m moment) attention() rapport.Attention {
	at := m.leader.Attention
	for _, sent := range m.sent {
		if sent.Untouched(m.today()) {
			at = at.Ignore()
		}
	}
	return at
}

// parting is what is left for a leader who does not answer: one goodbye, and
// long after it one invitation.
func (m moment) parting() (rapport.MessageKind, Hush) {
	switch at := m.leader.Attention; {
	case at.SayGoodbye():
		return rapport.KindGoodbye, HushNothing
	case at.Invite(m.today()):
		return rapport.KindInvitation, HushNothing
	}
	return "", HushBackOff
}

func (m moment) days() rapport.Weekdays {
	if m.leader.Days == 0 {
		return rapport.MondayToFriday
	}
	return m.leader.Days
}

func (m moment) hours() rapport.Hours {
	if m.leader.Hours.IsZero() {
		return m.window
	}
	return m.leader.Hours
}

// open reports whether the leader's window is open, and has been for as long as
// the jitter asks.
func (m moment) open() bool {
	return calendar.Open(m.local, m.hours()) && calendar.Open(m.local.Add(-m.jitter), m.hours())
}

func anyKind(rapport.MessageKind) bool { return true }

// count returns how many unasked messages of a kind were meant for the day or a
// later one, without those that were left behind.
func (m moment) count(since rapport.Date, kind func(rapport.MessageKind) bool) int {
	n := 0
	for _, sent := range m.sent {
		if !sent.PlannedOn.Before(since) && !left(sent, m.today()) && kind(sent.Kind) {
			n++
		}
	}
	return n
}

// left reports whether an unasked message was not sent on the day it was meant
// for. It is not sent on another, where it would be one too many: its pair comes
// up again by itself.
func left(m rapport.Message, today rapport.Date) bool {
	return m.State == rapport.StatePending && m.PlannedOn.Before(today)
}

// pick returns the pair to bring up on the day, out of a leader's due pairs: one
// that a promise brings up, then the longest due, then the longest without a talk,
// then by person. Nobody is
// brought up on their own holiday.
func (s *Scheduler) pick(due []rapport.Pair, people map[string]rapport.Member, today rapport.Date) (rapport.Pair, bool) {
	var able []rapport.Pair
	for _, p := range due {
		person := people[p.Person]
		if p.Suggestible(person, today, today) && !s.calendarOf(p, person).DayOff(today) {
			able = append(able, p)
		}
	}
	if len(able) == 0 {
		return rapport.Pair{}, false
	}
	return slices.MinFunc(able, rapport.FirstCalled(today)), true
}

// calendarOf returns whose holidays a person keeps: those the leader said, else
// those they chose themselves, else the company's.
func (s *Scheduler) calendarOf(p rapport.Pair, person rapport.Member) *calendar.Calendar {
	return s.atlas.For(cmp.Or(p.Country, person.Country))
}
