package rapport

// KeptUntil returns the last day on which the talk is kept (docs/method.md,
// "Dignity").
func (t Talk) KeptUntil() Date {
	if t.Outcome == Guarded || t.Outcome == Declined {
		return t.On.AddDays(rememberRefusals)
	}
	return t.On.AddDays(rememberOutcomes)
}

// PromiseKeptFor is for how many days a promise is kept once it is closed.
const PromiseKeptFor = 30

// KeptUntil returns the last day on which a promise is kept, and no day while it
// is open and touches no private life.
func (p Promise) KeptUntil() Date {
	if p.ClosedOn.IsZero() {
		return p.ExpiresOn
	}
	return earlier(p.ExpiresOn, p.ClosedOn.AddDays(PromiseKeptFor))
}

// Kept reports whether the promise is still kept on the day.
func (p Promise) Kept(on Date) bool { return lasts(p.KeptUntil(), on) }

// lasts reports whether what has that last day, or none, is there on the day.
func lasts(last, on Date) bool { return last.IsZero() || !on.After(last) }

// AbsenceOn returns the first and the last day of the person's absence as they are
// to be shown on the day: none once it is over, though nobody has ended it yet.
func (p Pair) AbsenceOn(on Date) (from, until Date) {
	if !lasts(p.AwayUntil, on) {
		return Date{}, Date{}
	}
	return p.AwayOn, p.AwayUntil
}

// PauseOn returns the first and the last day of the leader's pause in the same
// way.
func (l Leader) PauseOn(on Date) (from, until Date) {
	if !lasts(l.PausedUntil, on) {
		return Date{}, Date{}
	}
	return l.PausedOn, l.PausedUntil
}

// Erase returns the history of two of whom nothing is remembered any more. What
// leaves them in peace stays: a rest that still lasts, and a quiet.
func (h History) Erase() History {
	before, fresh := h.Pace(), NewHistory(false)
	fresh.Base.RestUntil, fresh.Base.QuietSince = before.RestUntil, before.QuietSince
	return fresh
}

// Erase returns the pair without anything that was recorded or said of the
// person. When it comes up next stays, and so do the dates of an absence, for
// both leave the person in peace.
func (p Pair) Erase() Pair {
	p.Since, p.HeadStart, p.LastTalkOn, p.IntentOn = Date{}, false, Date{}, Date{}
	p.Country, p.ProbationUntil, p.EvaluationOn = "", Date{}, Date{}
	p.History = p.History.Erase()
	return p
}
