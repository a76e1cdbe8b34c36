package rapport

// PromiseState is what became of a promise.
type PromiseState string

// The states of a [Promise].
const (
	PromiseOpen      PromiseState = "open"
	PromiseKept      PromiseState = "kept"
	PromiseWithdrawn PromiseState = "withdrawn" // they were told that it will not come about
)

// Bounds of promises (docs/method.md, "Promises").
const (
	PromiseMax       = 80 // characters
	PromisesPerPair  = 2  // open at a time
	PromiseDays      = 14 // until it is due, unless said otherwise
	PromiseDaysMax   = 30
	promiseLateAfter = 14 // days beyond its day it holds the depth where it is

	// PromiseHopeless is how many days after its day a promise is better
	// withdrawn honestly.
	PromiseHopeless = 30
)

// Promise is something a leader said they would do for a person. Its words are
// sealed at rest.
type Promise struct {
	ID       string
	Pair     string
	Text     NoteText
	State    PromiseState
	MadeOn   Date
	DueOn    Date
	ClosedOn Date // no day while it is open

	// ExpiresOn is the last day on which a promise that touches private life is
	// kept, whatever becomes of it: no day for the others.
	ExpiresOn Date
}

// Personal returns the promise as one that touches private life: kept for
// [PersonalDays] from the day at most.
func (p Promise) Personal(today Date) Promise {
	p.ExpiresOn = earlier(p.ExpiresOn, today.AddDays(PersonalDays))
	return p
}

// CallOn is the day from which the promise brings its pair up: its own, or the day
// after where it was made on that.
func (p Promise) CallOn() Date {
	if !p.DueOn.After(p.MadeOn) {
		return p.MadeOn.AddDays(1)
	}
	return p.DueOn
}

// Due reports whether the promise is open and its day has come.
func (p Promise) Due(on Date) bool { return p.State == PromiseOpen && !on.Before(p.DueOn) }

// Late reports whether the promise had been open so long on the day that it holds
// the depth of its pair where it is.
func (p Promise) Late(on Date) bool {
	open := p.State == PromiseOpen || p.ClosedOn.After(on)
	return open && on.Sub(p.DueOn) > promiseLateAfter
}

// Hopeless reports whether the promise has been open so long that they are better
// told honestly.
func (p Promise) Hopeless(on Date) bool {
	return p.State == PromiseOpen && on.Sub(p.DueOn) >= PromiseHopeless
}

// Common is something the two have in common, in the leader's words. It is
// sealed at rest, and never worked out by anybody but the leader.
type Common struct {
	ID        string
	Pair      string
	Text      NoteText
	CreatedOn Date
	ExpiresOn Date // its last day, where it touches private life
}

// Bounds of what two have in common.
const (
	CommonMax      = 80 // characters
	CommonsPerPair = 12
)
