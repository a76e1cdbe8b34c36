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
