package rapport

// The days of docs/method.md, "Dates".
const (
	DefaultRhythm = 14 // days from one talk to the next suggestion

	newFor        = 28 // a person known for fewer days is new
	newRhythm     = 7
	afterMissed   = 7
	afterDeclined = 14

	// AfterNudge is when a pair is due again if nobody answers a nudge, in days.
	AfterNudge = 7
)

// Rhythm describes how often two people are to be brought together.
type Rhythm struct {
	Own     int  // days chosen for this pair; 0 for the leader's or the default
	Default int  // days that hold otherwise; 0 for [DefaultRhythm]
	People  int  // how many people the leader has
	PerWeek int  // nudges a week the leader wants
	Since   Date // when the two began to work together, if known
}

// Days returns the rhythm in force on the day. A new person comes up weekly;
// whoever leads more people than their week has nudges gets everyone more
// rarely, so that each still comes up in turn.
func (r Rhythm) Days(on Date) int {
	days := r.Own
	if days == 0 {
		days = r.Default
	}
	if days == 0 {
		days = DefaultRhythm
	}
	if r.IsNew(on) {
		days = newRhythm
	}
	return max(days, r.Least())
}

// IsNew reports whether the person joined the leader fewer than 28 days ago.
func (r Rhythm) IsNew(on Date) bool {
	return !r.Since.IsZero() && on.Sub(r.Since) < newFor
}

// Stretched reports whether the number of people makes the rhythm longer than
// was chosen, which the leader is told.
func (r Rhythm) Stretched(on Date) bool {
	unstretched := r
	unstretched.People = 0
	return r.Days(on) > unstretched.Days(on)
}

// Least returns the fewest days that the number of people leaves between two
// suggestions of the same person, 0 where it leaves it open.
func (r Rhythm) Least() int {
	if r.PerWeek <= 0 {
		return 0
	}
	return 7 * ((r.People + r.PerWeek - 1) / r.PerWeek)
}

// NextDate returns when a pair is due again after a talk on the day. The log
// is the pair's records including this one; it tells whether a talk was missed
// twice running.
func NextDate(on Date, o Outcome, rhythm int, log []Entry) Date {
	switch o {
	case Guarded:
		return on.AddDays(rhythm * 3 / 2)
	case Missed:
		if missedTwice(log) {
			return on.AddDays(2 * rhythm)
		}
		return on.AddDays(afterMissed)
	case Declined:
		return on.AddDays(afterDeclined)
	}
	return on.AddDays(rhythm)
}

func missedTwice(log []Entry) bool {
	n := len(log)
	return n >= 2 && log[n-1].Outcome == Missed && log[n-2].Outcome == Missed
}
