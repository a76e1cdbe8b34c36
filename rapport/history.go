package rapport

import "slices"

// EventKind says what happened to a pair's pace.
type EventKind string

// The kinds of [Event].
const (
	EventTalk    EventKind = "talk"
	EventPause   EventKind = "pause"   // the clock stood still for Days, until On
	EventRestart EventKind = "restart" // the leader ended a quiet
	EventOffer   EventKind = "offer"   // a starter of Level was shown
	EventUndo    EventKind = "undo"    // the leader took the last rise back
)

// Event is one thing that moved a pace. Talk is the id of the talk it came from.
type Event struct {
	Kind          EventKind     `json:"kind"`
	On            Date          `json:"on"`
	Talk          string        `json:"talk,omitempty"`
	Outcome       Outcome       `json:"outcome,omitempty"`
	Circumstances Circumstances `json:"circumstances,omitzero"`
	Days          int           `json:"days,omitempty"`
	Away          bool          `json:"away,omitzero"`     // of a pause: the person was absent
	Welcomed      bool          `json:"welcomed,omitzero"` // of an absence: the leader was told to welcome them
	Level         Depth         `json:"level,omitempty"`
}

// correctable is how long an event is kept apart, in days: a talk may be
// recorded for a day in the last 14, and corrected for 7 days after that.
const correctable = 14 + 7

// History is a pair's pace as it was some weeks ago and everything that has
// happened since. Keeping the recent events apart lets a talk be recorded for a
// past day, and lets a record be corrected, by playing them again.
type History struct {
	Base   Pace    `json:"base"`
	Events []Event `json:"events,omitempty"`
}

// NewHistory begins a history; see [NewPace] for the head start.
func NewHistory(headStart bool) History { return History{Base: NewPace(headStart)} }

// Pace plays the events and returns the state they lead to.
func (h History) Pace() Pace {
	p := h.Base
	for _, e := range h.Events {
		p = e.apply(p)
	}
	return p
}

// Add returns the history with the event in its place: behind all others of
// its day or earlier. Events too old to be corrected on the given day move into
// the base. An event older than the base is played as if it had happened right
// behind it.
func (h History) Add(e Event, today Date) History {
	at := len(h.Events)
	for at > 0 && h.Events[at-1].On.After(e.On) {
		at--
	}
	h.Events = slices.Insert(slices.Clone(h.Events), at, e)
	return h.settle(today)
}

// Replace returns the history in which a talk, the one that the event names, was
// as the event says. ok is false for a talk that is not among the recent events: it
// is too old to be corrected.
func (h History) Replace(e Event, today Date) (changed History, ok bool) {
	i := h.indexOf(e.Talk)
	if i < 0 {
		return h, false
	}
	stays := h.Events[i].On == e.On
	h.Events = slices.Clone(h.Events)
	if stays {
		h.Events[i] = e
		return h, true
	}
	h.Events = slices.Delete(h.Events, i, i+1)
	return h.Add(e, today), true
}

// Remove returns the history in which a talk never was. ok is false as in
// [History.Replace].
func (h History) Remove(talk string) (changed History, ok bool) {
	i := h.indexOf(talk)
	if i < 0 {
		return h, false
	}
	h.Events = slices.Delete(slices.Clone(h.Events), i, i+1)
	return h, true
}

func (h History) indexOf(talk string) int {
	return slices.IndexFunc(h.Events, func(e Event) bool { return e.Kind == EventTalk && talk != "" && e.Talk == talk })
}

// How long outcomes are remembered, in days (docs/method.md, "Dignity").
const (
	rememberOutcomes = 395
	rememberRefusals = 120 // guarded and declined
)

// Forget returns the history without the outcomes that have been remembered long
// enough, and without the reasons that speak of them. What they did to the depth
// stays done.
func (h History) Forget(today Date) History {
	h = h.settle(today)
	h.Base.Log = slices.DeleteFunc(slices.Clone(h.Base.Log), func(e Entry) bool {
		keep := rememberOutcomes
		if e.Outcome == Guarded || e.Outcome == Declined {
			keep = rememberRefusals
		}
		return today.Sub(e.On) > keep
	})
	h.Base.Moves = slices.Clone(h.Base.Moves)
	for i, m := range h.Base.Moves {
		h.Base.Moves[i] = m.forget(today)
	}
	return h
}

// forget takes from a move what it tells of outcomes that are remembered no more.
func (m Move) forget(today Date) Move {
	keep := rememberOutcomes
	if m.Why == ReasonGuardedTwice || m.Why == ReasonDeclinedTwice {
		keep = rememberRefusals
	}
	if today.Sub(m.On) > keep {
		return Move{On: m.On, From: m.From, To: m.To}
	}
	return m
}

func (h History) settle(today Date) History {
	for len(h.Events) > 0 && today.Sub(h.Events[0].On) > correctable {
		h.Base = h.Events[0].apply(h.Base)
		h.Events = h.Events[1:]
	}
	return h.forgetAbsences()
}

func (e Event) apply(p Pace) Pace {
	switch e.Kind {
	case EventTalk:
		return p.Record(e.On, e.Outcome, e.Circumstances)
	case EventPause:
		return p.Pause(e.span())
	case EventRestart:
		return p.Restart(e.On)
	case EventOffer:
		return p.Offered(e.On, e.Level)
	case EventUndo:
		return p.UndoRise(e.On)
	}
	return p
}

func (h History) talkAfter(on Date) bool {
	return slices.ContainsFunc(h.Events, func(e Event) bool { return e.Kind == EventTalk && e.On.After(on) })
}
