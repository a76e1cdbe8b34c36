package rapport

import "time"

// Lifecycle says whether a pair is in use.
type Lifecycle string

// The lifecycle of a pair.
const (
	Active   Lifecycle = "active"
	Ended    Lifecycle = "ended"     // hidden; its key is destroyed after 30 days
	OptedOut Lifecycle = "opted_out" // by the person; never suggested again
)

// Origin says who made a pair.
type Origin string

// The origins of a pair. An import ends only pairs that an import made.
const (
	FromRoster Origin = "roster"
	FromLeader Origin = "leader"
)

// Pair is one leader and one person they keep in mind. The other way round, or
// with another leader, it is another pair, and the two share nothing.
type Pair struct {
	ID         string
	Leader     string // Slack user ids
	Person     string
	State      Lifecycle
	Origin     Origin
	Language   Language // the two speak together; "" for the leader's
	RhythmDays int      // 0 for the default
	Since      Date     // when they began to work together, if known
	HeadStart  bool
	CreatedOn  Date
	EndedOn    Date
	// NextOn is the day from which the pair is due, in the leader's calendar.
	// [AtOnce] stands for a new pair's.
	NextOn     Date
	LastTalkOn Date // last talk that took place; no day before the first
	LastNudge  Date // last unasked message about the person
	IntentOn   Date // when the leader said what a values talk is for
	History    History
}

// AtOnce is the next date of a new pair: due whatever the day.
var AtOnce = Date{1}

// DueSince returns the day a pair has been due since, which for a new pair is
// the day it was made.
func (p Pair) DueSince() Date {
	if p.NextOn == AtOnce {
		return p.CreatedOn
	}
	return p.NextOn
}

// OnePerPerson is how many days lie at least between two unasked messages about
// the same person.
const OnePerPerson = 7

// DueOn returns the first day on which the pair may be brought up, as seen on
// the day: never sooner than a week after the last time. It is later than every
// earlier due date of the pair, so it can name a message for ever.
func (p Pair) DueOn(today Date) Date {
	due := p.NextOn
	if due == AtOnce {
		due = p.CreatedOn
		if today.Before(due) {
			due = today
		}
	}
	if again := p.LastNudge.AddDays(OnePerPerson); !p.LastNudge.IsZero() && again.After(due) {
		return again
	}
	return due
}

// IsDue reports whether the pair may be brought up on the day.
func (p Pair) IsDue(today Date) bool { return !p.DueOn(today).After(today) }

// Talk is one recorded conversation.
type Talk struct {
	ID         string
	Pair       string
	On         Date
	Outcome    Outcome
	Setting    Setting // "" when not said
	Starter    string  // id of the starter it began with, "" for none
	RecordedAt time.Time
}

// NoteKind is the layer a note belongs to.
type NoteKind string

// The kinds of note.
const (
	NoteFact    NoteKind = "fact"
	NoteCause   NoteKind = "cause"
	NoteValue   NoteKind = "value"
	NoteHope    NoteKind = "hope"
	NoteSupport NoteKind = "support"
)

// Bounds of notes.
const (
	NoteMax      = 280 // characters
	NotesPerPair = 12  // live notes
)

// NoteMode says who can read notes, or that none are kept.
type NoteMode string

// The note modes of the setting notes.mode.
const (
	NotesOpen    NoteMode = "open"    // author and the person spoken about
	NotesPrivate NoteMode = "private" // author alone
	NotesOff     NoteMode = "off"     // nothing is kept
)

// Note is a short text a leader keeps about what a person said or enjoys. It is
// sealed at rest.
type Note struct {
	ID        string
	Pair      string
	Kind      NoteKind
	Text      NoteText
	CreatedAt time.Time
	ExpiresOn Date
}

// Plan is a coffee, or another moment together, that a leader has planned.
type Plan struct {
	ID        string
	Pair      string
	At        time.Time
	Setting   Setting
	Cancelled bool
	CreatedAt time.Time
}

// Record returns the pair as it stands after a talk: the pace moved and the
// next date set. A talk for a past day leaves the next date alone when a later
// talk has already set it. The rhythm is in days; today is the leader's.
func (p Pair) Record(t Talk, rhythm int, today Date, c Circumstances) Pair {
	latest := !p.History.talkAfter(t.On)
	p.History = p.History.Add(Event{
		Kind: EventTalk, On: t.On, Talk: t.ID, Outcome: t.Outcome, Circumstances: c,
	}, today)
	if t.Outcome.TookPlace() && t.On.After(p.LastTalkOn) {
		p.LastTalkOn = t.On
	}
	if latest {
		p.NextOn = NextDate(t.On, t.Outcome, rhythm, p.History.Pace().Log)
	}
	return p
}

// Offered returns the pair after a starter of the level (0 for a card without
// one) was shown on the day.
func (p Pair) Offered(level Depth, today Date) Pair {
	if level != 0 {
		p.History = p.History.Add(Event{Kind: EventOffer, On: today, Level: level}, today)
	}
	return p
}
