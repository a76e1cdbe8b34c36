package rapport

import (
	"fmt"
	"time"
)

// Scope says who asks, and is the only way to anybody's data. It is made from a
// verified Slack payload and from nothing else.
type Scope struct {
	Workspace string // the workspace's id in the store
	Actor     string // the Slack user's id
}

// Language is a language of the interface: "en" or "ja", or "" for not known.
type Language string

// The languages Innerview speaks.
const (
	English  Language = "en"
	Japanese Language = "ja"
)

// Weekdays is a set of days of the week, one bit per [time.Weekday].
type Weekdays uint8

// MondayToFriday is the week most leaders work.
const MondayToFriday Weekdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday

// Has reports whether the set holds the day.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// Hours is a span of a working day, in minutes after midnight. The zero Hours
// means "not chosen".
type Hours struct {
	From, To int
}

// IsZero reports whether no hours were chosen.
func (h Hours) IsZero() bool { return h == Hours{} }

// Profile is what Slack says of a member. Only what is needed to write at a
// good time in the right language is kept: no name and no address.
type Profile struct {
	Zone     string   // IANA name, "" when unknown
	Language Language // from the Slack locale, "" when neither of ours
	Gone     bool     // deactivated, or not to be found
	Left     bool     // deactivated for certain; not kept, only acted on
	Bot      bool
	Guest    bool // single- or multi-channel guest, or from another organisation
	At       time.Time
}

// Outside reports whether the account is none to write to or to suggest a talk with:
// nobody's any more, an app's, or a guest's, who could not see what is kept.
func (p Profile) Outside() bool { return p.Gone || p.Bot || p.Guest }

// Member is somebody of the workspace whom Innerview knows of: as a leader, as
// a person spoken with, or both.
type Member struct {
	ID           string // Slack user id
	Profile      Profile
	Country      string // whose holidays they keep, an ISO 3166 code; "" when not said
	SteppedOutOn Date   // wants no part in Innerview since then
	RestingUntil Date   // wants to be left alone through this day
}

// StandsBack reports whether nobody is to be sent to the person on the day,
// because they said so.
func (m Member) StandsBack(on Date) bool {
	return !m.SteppedOutOn.IsZero() || !m.RestingUntil.IsZero() && !on.After(m.RestingUntil)
}

// Back returns the first day after the person's rest, no day for none.
func (m Member) Back() Date {
	if m.RestingUntil.IsZero() {
		return Date{}
	}
	return m.RestingUntil.AddDays(1)
}

// Leader is somebody who keeps people in mind with Innerview, and how they want
// that. Zero settings mean the defaults of the configuration.
type Leader struct {
	Member
	Language    Language // chosen; "" for the Slack locale's
	Hours       Hours    // chosen; zero for the default window
	Days        Weekdays // chosen; 0 for Monday to Friday
	ConfirmedAt time.Time
	Channel     string // the DM with the bot, once opened
	MetAt       time.Time
	PausedOn    Date // first day of a pause, no day when not paused
	PausedUntil Date // last day of the pause, no day for "until resumed"

	PerWeek    *int      // nudges a week, chosen; nil for the default
	RhythmDays int       // chosen; 0 for the default
	Digest     DigestDay // chosen; "" for the default
	DigestOn   Date      // when it is next asked whether there is a digest for them
	FullText   bool      // notifications may carry the whole message
	Attention  Attention
}

// Paused reports whether the leader has asked for silence on the day.
func (l Leader) Paused(on Date) bool {
	return !l.PausedOn.IsZero() && (l.PausedUntil.IsZero() || !on.After(l.PausedUntil))
}

// Confirmed reports whether the leader may be written to unasked: they are on
// the operator's roster, or started alone and said yes.
func (l Leader) Confirmed() bool { return !l.ConfirmedAt.IsZero() }

// DigestDay says on which day of the week a leader gets the digest.
type DigestDay string

// The days for a digest; between them stand the five short names of weekdays,
// "mon" to "fri".
const (
	DigestFirst DigestDay = "first" // the first working day of the leader's week
	DigestOff   DigestDay = "off"
)

var digestWeekdays = map[DigestDay]time.Weekday{
	"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday, "fri": time.Friday,
}

// Weekday returns the day of the week that was chosen. ok is false for the first
// working day and for no digest.
func (d DigestDay) Weekday() (day time.Weekday, ok bool) {
	day, ok = digestWeekdays[d]
	return day, ok
}

// ParseDigestDay reads "first", "off" or one of "mon" to "fri".
func ParseDigestDay(s string) (DigestDay, error) {
	d := DigestDay(s)
	if _, ok := d.Weekday(); ok || d == DigestFirst || d == DigestOff {
		return d, nil
	}
	return "", fmt.Errorf("parse digest day %q: want first, mon, tue, wed, thu, fri or off", s)
}
