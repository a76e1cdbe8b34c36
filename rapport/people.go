package rapport

import "time"

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

// Member is somebody of the workspace whom Innerview knows of: as a leader, as
// a person spoken with, or both.
type Member struct {
	ID      string // Slack user id
	Profile Profile
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
}

// Paused reports whether the leader has asked for silence on the day.
func (l Leader) Paused(on Date) bool {
	return !l.PausedOn.IsZero() && (l.PausedUntil.IsZero() || !on.After(l.PausedUntil))
}

// Confirmed reports whether the leader may be written to unasked: they are on
// the operator's roster, or started alone and said yes.
func (l Leader) Confirmed() bool { return !l.ConfirmedAt.IsZero() }
