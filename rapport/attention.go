package rapport

// How much silence a leader gets who does not answer (docs/method.md, "Quiet").
const (
	ignoredPerStep = 2 // messages left unanswered before the next step
	silentFrom     = 6 // left unanswered in a row: one goodbye, then silence
	inviteAfter    = 90

	// IgnoredAfter is for how many days a message may stay untouched before it
	// counts as ignored.
	IgnoredAfter = 7
)

// Attention is how a leader has answered lately, and so how often they are
// written to unasked. The zero Attention is that of somebody new. It says
// nothing of anybody to anybody: it only makes Innerview quieter.
type Attention struct {
	Ignored   int  // messages left untouched in a row, at most 6
	Answered  int  // answers in a row since
	LastOn    Date // the last answer
	GoodbyeOn Date // the one goodbye was said
	InvitedOn Date // and the one invitation after it
}

// Ignore counts a message that was left untouched for [IgnoredAfter] days.
func (a Attention) Ignore() Attention {
	a.Ignored = min(a.Ignored+1, silentFrom)
	a.Answered = 0
	return a
}

// Answer counts any press or command: the first goes one step back up, the
// second in a row all the way.
func (a Attention) Answer(on Date) Attention {
	a.Answered++
	a.LastOn = on
	a.GoodbyeOn, a.InvitedOn = Date{}, Date{}
	if a.Answered > 1 {
		a.Ignored = 0
		return a
	}
	a.Ignored = max(0, a.step()-1) * ignoredPerStep
	return a
}

// Weeks returns how many weeks lie between two unasked messages: 0 while the
// usual ceilings hold, 2 or 4 when digest and nudges share one slot. Silent
// tells that nothing goes any more but the goodbye and the invitation.
func (a Attention) Weeks() (weeks int, silent bool) {
	switch a.step() {
	case 0:
		return 0, false
	case 1:
		return 2, false
	case 2:
		return 4, false
	}
	return 0, true
}

// SayGoodbye reports whether the one goodbye is still to be said.
func (a Attention) SayGoodbye() bool { return a.step() == 3 && a.GoodbyeOn.IsZero() }

// Invite reports whether the one invitation is due on the day.
func (a Attention) Invite(on Date) bool {
	return a.step() == 3 && !a.GoodbyeOn.IsZero() && a.InvitedOn.IsZero() && on.Sub(a.GoodbyeOn) >= inviteAfter
}

func (a Attention) step() int { return a.Ignored / ignoredPerStep }
