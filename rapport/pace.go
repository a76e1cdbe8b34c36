package rapport

import "slices"

// The numbers of docs/method.md, "Pace". Days are civil days of the leader.
const (
	spacing = 3 // two counted talks closer than this count as one

	risesAfterTalks  = 3 // facts to causes
	risesAfterSpan   = 21
	risesAfterOpened = 1

	quietRiseTalks = 6 // facts to causes when every talk stayed light
	quietRiseSpan  = 56

	valuesTalks  = 4 // causes to values
	valuesSpan   = 42
	valuesOpened = 2
	valuesAge    = 90 // days since the first talk

	againTalks = 2 // facts to causes on return after a very long silence
	againSpan  = 14

	againValuesTalks  = 2 // causes to values on return
	againValuesSpan   = 21
	againValuesOpened = 1

	cleanRecords = 2  // no guarded or declined among the last so many records
	cleanDays    = 60 // and none for so long before values

	lighterAfter = 28  // silence: one level lighter (or twice the rhythm if longer)
	downAfter    = 60  // silence: depth down by one
	resetAfter   = 180 // silence: depth back to facts, gentler gates on return

	restGuarded    = 30
	restDeclined   = 14
	declinedWindow = 120
	quietAtLeast   = 60
	longPause      = 14 // a pause this long makes the next talk a light one
)

// Reason says why a depth changed. Each is the key of a sentence for people.
type Reason string

// The reasons for which a depth changes.
const (
	ReasonToCauses      Reason = "facts to causes"
	ReasonToValues      Reason = "causes to values"
	ReasonSilence       Reason = "silence60"
	ReasonLongSilence   Reason = "silence180"
	ReasonGuardedTwice  Reason = "guarded twice"
	ReasonDeclinedTwice Reason = "declined twice"
	ReasonUndone        Reason = "undone"
	ReasonForgotten     Reason = "" // by [History.Forget]
)

// undoable is for how many days a rise can be taken back.
const undoable = 7

// Move is one change of depth.
type Move struct {
	On   Date   `json:"on"`
	From Depth  `json:"from"`
	To   Depth  `json:"to"`
	Why  Reason `json:"why"`

	// Of a rise, the counted talks that led to it: how many, how many of them
	// opened up, and the days from the first to the last.
	Talks  int `json:"talks,omitempty"`
	Opened int `json:"opened,omitempty"`
	Span   int `json:"span,omitempty"`
}

// Entry is one recorded talk as the machine sees it: a day and an outcome.
type Entry struct {
	On      Date    `json:"on"`
	Outcome Outcome `json:"outcome"`
}

// Circumstances are facts outside a talk that hold depth where it is.
type Circumstances struct {
	PromiseLate bool // a promise is overdue by more than 14 days
	HoldValues  bool // probation, an evaluation window, or no intent to understand
}

// Pace is the state of one pair: how deep a starter may go, and when to leave
// the two alone (docs/method.md, "Pace"). It holds dates, outcomes and a depth,
// and no text. The zero Pace is not usable; begin with [NewPace]. Its methods
// return a changed copy and leave the receiver as it was.
type Pace struct {
	Depth      Depth   `json:"depth"`
	First      Date    `json:"first,omitzero"`
	Last       Date    `json:"last,omitzero"` // last talk that took place, moved by pauses
	Counted    []Entry `json:"counted,omitempty"`
	Log        []Entry `json:"log,omitempty"`
	EaseCap    Depth   `json:"ease_cap,omitzero"`
	EaseLeft   int     `json:"ease_left,omitzero"` // counted talks for which EaseCap holds
	RestUntil  Date    `json:"rest_until,omitzero"`
	QuietSince Date    `json:"quiet_since,omitzero"`
	HeadStart  bool    `json:"head_start,omitzero"`
	Returning  bool    `json:"returning,omitzero"`
	DownDone   bool    `json:"down_done,omitzero"`
	ResetDone  bool    `json:"reset_done,omitzero"`
	Moves      []Move  `json:"moves,omitempty"`
	Stood      []Span  `json:"stood,omitempty"` // pauses since the last talk

	// What was offered, for the mix: see [Pace.Offered].
	LastValues Date  `json:"last_values,omitzero"`
	PrevLevel  Depth `json:"prev_level,omitzero"`
	FreshRise  bool  `json:"fresh_rise,omitzero"` // no offer yet since the last rise
}

// NewPace returns the pace of two people who begin. With headStart the leader
// has said that they have worked together for over a year and talk often.
func NewPace(headStart bool) Pace { return Pace{Depth: Factual, HeadStart: headStart} }

// MayOffer reports whether any starter may be offered on the day: not while the
// pair rests or is quiet.
func (p Pace) MayOffer(on Date) bool {
	return p.QuietSince.IsZero() && (p.RestUntil.IsZero() || !on.Before(p.RestUntil))
}

// MayRestart reports whether the leader may end the quiet that follows a second
// decline, which lasts at least 60 days.
func (p Pace) MayRestart(on Date) bool {
	return !p.QuietSince.IsZero() && on.Sub(p.QuietSince) >= quietAtLeast
}

// RestartFrom returns the first day on which [Pace.MayRestart] holds, or no day
// when the pair is not quiet.
func (p Pace) RestartFrom() Date {
	if p.QuietSince.IsZero() {
		return Date{}
	}
	return p.QuietSince.AddDays(quietAtLeast)
}

// Settle applies what silence up to the day has done to the depth.
func (p Pace) Settle(on Date) Pace {
	if p.Last.IsZero() {
		return p
	}
	switch gap := on.Sub(p.Last); {
	case gap >= resetAfter && !p.ResetDone:
		p.Returning = p.Returning || p.Depth > Factual || len(p.Moves) > 0
		p = p.moveTo(Factual, on, ReasonLongSilence)
		p.ResetDone = true
		return p.ease(Factual, 1)
	case gap >= downAfter && !p.DownDone && !p.ResetDone:
		p = p.moveTo(p.Depth.lighter(), on, ReasonSilence)
		p.DownDone = true
		return p.ease(Factual, 1)
	}
	return p
}

// Effective returns the deepest level that may be offered on the day. The
// rhythm, in days, lengthens the silence after which a talk is lighter; limit
// is the cap of the moment (corridor, Friday evening), Values for none.
func (p Pace) Effective(on Date, rhythm int, limit Depth) Depth {
	p = p.Settle(on)
	e := p.Depth
	if !p.Last.IsZero() && on.Sub(p.Last) > max(lighterAfter, 2*rhythm) {
		e = e.lighter()
	}
	if p.EaseLeft > 0 {
		e = min(e, p.EaseCap)
	}
	return min(e, limit)
}

// Record applies a talk: what it does to depth, ease, rest and quiet.
func (p Pace) Record(on Date, o Outcome, c Circumstances) Pace {
	p = p.Settle(on)
	p.Log = append(slices.Clip(p.Log), Entry{on, o})
	switch o {
	case Light, Opened:
		return p.counted(on, o, c)
	case Guarded:
		return p.guarded(on)
	case Declined:
		return p.declined(on)
	}
	return p
}

// Restart ends the quiet after a second decline. It does nothing before
// [Pace.MayRestart] holds.
func (p Pace) Restart(on Date) Pace {
	if !p.MayRestart(on) {
		return p
	}
	p.QuietSince, p.RestUntil = Date{}, Date{}
	return p.ease(Factual, 2)
}

// LastMove returns the last change of depth, if there was any.
func (p Pace) LastMove() (Move, bool) {
	if len(p.Moves) == 0 {
		return Move{}, false
	}
	return p.Moves[len(p.Moves)-1], true
}

// Risen returns the last move if it was a rise that can still be taken back on
// the day: for 7 days.
func (p Pace) Risen(on Date) (Move, bool) {
	last, ok := p.LastMove()
	rise := ok && last.To > last.From && last.Why != ReasonUndone
	return last, rise && on.Sub(last.On) <= undoable
}

// UndoRise takes back the rise that [Pace.Risen] returns; the counting of talks
// starts again. Without one it does nothing.
func (p Pace) UndoRise(on Date) Pace {
	last, ok := p.Risen(on)
	if !ok {
		return p
	}
	return p.moveTo(last.From, on, ReasonUndone)
}

// Offered notes the level of a starter that was offered on the day.
func (p Pace) Offered(on Date, level Depth) Pace {
	if level == Values {
		p.LastValues = on
	}
	if level >= p.Depth {
		p.FreshRise = false
	}
	p.PrevLevel = level
	return p
}

func (p Pace) counted(on Date, o Outcome, c Circumstances) Pace {
	if p.First.IsZero() {
		p.First = on
	}
	p = p.talked(on)
	p.Counted = append(slices.Clip(p.Counted), Entry{on, o})
	if p.EaseLeft > 0 {
		p.EaseLeft--
	}
	if c.PromiseLate {
		return p
	}
	return p.advance(on, c)
}

func (p Pace) guarded(on Date) Pace {
	p.HeadStart = false
	p = p.talked(on)
	p = p.ease(p.Depth.lighter(), 1)
	if p.countLast(3, Guarded) >= 2 {
		p = p.moveTo(p.Depth.lighter(), on, ReasonGuardedTwice)
	}
	if p.countLast(5, Guarded) >= 3 {
		p.RestUntil = on.AddDays(restGuarded)
	}
	return p
}

func (p Pace) declined(on Date) Pace {
	p.HeadStart = false
	p.RestUntil = on.AddDays(restDeclined)
	p = p.ease(Factual, 2)
	recent := 0
	for _, e := range p.Log {
		if e.Outcome == Declined && on.Sub(e.On) <= declinedWindow {
			recent++
		}
	}
	if recent >= 2 {
		p = p.moveTo(Factual, on, ReasonDeclinedTwice)
		p.QuietSince = on
	}
	return p
}

// talked begins a new silence, in which no pause has been yet.
func (p Pace) talked(on Date) Pace {
	p.Last, p.Stood, p.DownDone, p.ResetDone = on, nil, false, false
	return p
}

// moveTo sets the depth and starts the counting of talks again.
func (p Pace) moveTo(d Depth, on Date, why Reason) Pace {
	if d != p.Depth {
		p.Moves = append(slices.Clip(p.Moves), p.move(d, on, why))
	}
	p.FreshRise = d > p.Depth
	if d > p.Depth {
		p.HeadStart = false
	}
	p.Depth, p.Counted = d, nil
	return p
}

// move describes a change of depth. Only a rise rests on talks.
func (p Pace) move(to Depth, on Date, why Reason) Move {
	m := Move{On: on, From: p.Depth, To: to, Why: why}
	if to > p.Depth {
		t := p.tally()
		m.Talks, m.Opened, m.Span = t.talks, t.opened, t.span
	}
	return m
}

// ease caps the next n counted talks; a cap already in force is only tightened.
func (p Pace) ease(limit Depth, n int) Pace {
	if p.EaseLeft > 0 {
		limit = min(p.EaseCap, limit)
	}
	p.EaseCap = max(Factual, limit)
	p.EaseLeft = max(p.EaseLeft, n)
	return p
}

// countLast counts an outcome among the last n records that took place or were
// declined.
func (p Pace) countLast(n int, o Outcome) int {
	count := 0
	for i := len(p.Log) - 1; i >= 0 && n > 0; i-- {
		if p.Log[i].Outcome == Missed {
			continue
		}
		n--
		if p.Log[i].Outcome == o {
			count++
		}
	}
	return count
}
