package rapport

import (
	"fmt"
	"time"
)

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
	NextOn Date
	// CallOn is the day from which something the leader offered to do brings the
	// pair up, whatever its next date; no day for none, and where nobody asked.
	CallOn     Date
	LastTalkOn Date // last talk that took place; no day before the first
	LastNudge  Date // last unasked message about the person
	IntentOn   Date // when the leader said what a values talk is for

	Country        string // whose holidays the person keeps, as the leader said; "" when not said
	AwayOn         Date   // first day of an absence, no day for none
	AwayUntil      Date   // its last day, no day while that is open
	CameBack       bool   // from an absence; nobody has been told to welcome them yet
	ProbationUntil Date   // last day of the person's probation
	EvaluationOn   Date   // the day of an evaluation talk

	History History
}

// The evaluation window: how many days before and after an evaluation talk the
// two keep to light matters (docs/method.md, "Circumstances").
const (
	evaluationBefore = 14
	evaluationAfter  = 7
)

// Away reports whether the person is absent on the day.
func (p Pair) Away(on Date) bool {
	return !p.AwayOn.IsZero() && !on.Before(p.AwayOn) && (p.AwayUntil.IsZero() || !on.After(p.AwayUntil))
}

// OnProbation reports whether the person's probation lasts on the day.
func (p Pair) OnProbation(on Date) bool {
	return !p.ProbationUntil.IsZero() && !on.After(p.ProbationUntil)
}

// BeingEvaluated reports whether an evaluation talk is near on the day.
func (p Pair) BeingEvaluated(on Date) bool {
	if p.EvaluationOn.IsZero() {
		return false
	}
	return !on.Before(p.EvaluationOn.AddDays(-evaluationBefore)) && !on.After(p.EvaluationOn.AddDays(evaluationAfter))
}

// Limit returns the deepest level that the person's circumstances allow on the
// day: [Values] for any.
func (p Pair) Limit(on Date) Depth {
	switch {
	case p.BeingEvaluated(on):
		return Factual
	case p.OnProbation(on):
		return Causative
	}
	return Values
}

// Circumstances returns what holds the depth where it is on the day, the late
// promises of the pair aside.
func (p Pair) Circumstances(on Date) Circumstances {
	return Circumstances{HoldValues: p.OnProbation(on) || p.BeingEvaluated(on)}
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

// Called reports whether a promise brings the pair up on the day, whatever its
// next date. Where somebody is to be welcomed back, that comes first.
func (p Pair) Called(today Date) bool {
	return !p.CallOn.IsZero() && !p.CallOn.After(today) && !p.CameBack
}

// DueOn returns the first day on which the pair may be brought up, as seen on
// the day: never sooner than a week after the last time. It is later than every
// earlier due date of the pair, so it can name a message for ever.
func (p Pair) DueOn(today Date) Date {
	due := p.NextOn
	if p.Called(today) && p.CallOn.Before(due) {
		due = p.CallOn
	}
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

// Correctable is for how many days a record can be changed or removed by who made
// it.
const Correctable = 7

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
	NoteDaysMax  = 365 // for which the longest kept one is kept

	// TagMax bounds the words for an interest or a strength, in characters: they
	// stand in the middle of a question.
	TagMax = 40
)

// NoteKinds lists the layers in the order in which they are shown.
func NoteKinds() []NoteKind { return []NoteKind{NoteFact, NoteCause, NoteValue, NoteHope, NoteSupport} }

// ParseNoteKind reads one of the layers.
func ParseNoteKind(s string) (NoteKind, error) {
	for _, k := range NoteKinds() {
		if string(k) == s {
			return k, nil
		}
	}
	return "", fmt.Errorf("parse note kind %q", s)
}

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
	AskOn     Date // from when it is worth coming back to, no day for never
	Renewed   bool // kept beyond its time, which happens once; or not to be
	Word      Word
}

// Word is what a person added to a note about them, in their own words. It goes
// with the note. The zero Word is none.
type Word struct {
	Text    NoteText // up to [NoteMax] characters
	AddedAt time.Time
}

// Added reports whether there is a word, whose text may be held back.
func (w Word) Added() bool { return !w.AddedAt.IsZero() }

// PersonalDays is for how many days at most a text about somebody's private life
// is kept (docs/method.md, "Dignity").
const PersonalDays = 90

// Personal returns the note as one about private life: kept for [PersonalDays]
// from the day at most, and never longer.
func (n Note) Personal(today Date) Note {
	n.ExpiresOn, n.Renewed = earlier(n.ExpiresOn, today.AddDays(PersonalDays)), true
	return n
}

// earlier returns the earlier of two days; no day is later than any.
func earlier(a, b Date) Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Renew returns the note kept for so many days more, once, and through the 365th
// day after it was written at most. ok is false when it has been renewed before
// or has that long already.
func (n Note) Renew(days int) (renewed Note, ok bool) {
	until := n.ExpiresOn.AddDays(days)
	if last := DateOf(n.CreatedAt).AddDays(NoteDaysMax); until.After(last) {
		until = last
	}
	if n.Renewed || !until.After(n.ExpiresOn) {
		return n, false
	}
	n.ExpiresOn, n.Renewed = until, true
	return n, true
}

// Plan is a coffee, or another moment together, that a leader has planned.
type Plan struct {
	ID        string
	Pair      string
	At        time.Time
	Minutes   int // how long, one of [PlanLengths]
	Setting   Setting
	Cancelled bool
	CreatedAt time.Time
}

// PlanMinutes is how long a planned moment is unless something else is said.
const PlanMinutes = 30

// PlanLengths returns how long a planned moment may be, in minutes.
func PlanLengths() []int { return []int{15, PlanMinutes, 45, 60} }

// Record returns the pair as it stands after a talk: the pace moved and the
// next date set. A talk for a past day leaves the next date alone when a later
// talk has already set it. The rhythm is in days; today is the leader's.
func (p Pair) Record(t Talk, rhythm int, today Date, c Circumstances) Pair {
	latest := !p.History.talkAfter(t.On)
	p.History = p.History.Add(Event{
		Kind: EventTalk, On: t.On, Talk: t.ID, Outcome: t.Outcome, Circumstances: c,
	}, today)
	if t.Outcome.TookPlace() {
		if t.On.After(p.LastTalkOn) {
			p.LastTalkOn = t.On
		}
		p.CameBack = p.CameBack && p.History.awayAfter(t.On)
	}
	if latest {
		p.NextOn = NextDate(t.On, t.Outcome, rhythm, p.History.Pace().Log)
	}
	return p
}

// Corrected returns the pair with another history, in which a talk was changed or
// removed: the last talk is the one that history has, and a welcome that only a
// talk made needless is due again. The next date follows from it too, unless it was set by something else since, a snooze say; then it only
// ever moves further away.
func (p Pair) Corrected(h History, rhythm int) Pair {
	own := p.NextOn == nextAfter(p.History.Pace().Log, rhythm)
	log := h.Pace().Log
	p.History, p.LastTalkOn = h, Date{}
	for _, e := range log {
		if e.Outcome.TookPlace() && e.On.After(p.LastTalkOn) {
			p.LastTalkOn = e.On
		}
	}
	if h.awayAfter(Date{}) {
		p.CameBack = h.awayAfter(p.LastTalkOn)
	}
	if next := nextAfter(log, rhythm); own || next.After(p.NextOn) {
		p.NextOn = next
	}
	return p
}

// nextAfter is the next date that the last record sets; [AtOnce] without any.
func nextAfter(log []Entry, rhythm int) Date {
	if len(log) == 0 {
		return AtOnce
	}
	last := log[len(log)-1]
	return NextDate(last.On, last.Outcome, rhythm, log)
}

// Offered returns the pair after a starter of the level (0 for a card without
// one) was shown on the day.
func (p Pair) Offered(level Depth, today Date) Pair {
	if level != 0 {
		p.History = p.History.Add(Event{Kind: EventOffer, On: today, Level: level}, today)
	}
	return p
}
