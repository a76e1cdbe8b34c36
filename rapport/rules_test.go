package rapport_test

import (
	"testing"

	"innerview/rapport"
)

// TestM08OpeningUpLiftsNoFasterThanTheGates: somebody who opens up every day goes
// as deep as they like; what is offered still waits for its time.
func TestM08OpeningUpLiftsNoFasterThanTheGates(t *testing.T) {
	t.Parallel()
	p := rapport.NewPace(false)
	for day := range 200 {
		on := dayZero.AddDays(day)
		before := p.Depth
		p = p.Record(on, rapport.Opened, rapport.Circumstances{})
		switch {
		case p.Depth > before+1:
			t.Fatalf("day %d: from %s to %s", day, before, p.Depth)
		case p.Depth > rapport.Factual && day < 21:
			t.Fatalf("day %d: %s, want facts for 21 days", day, p.Depth)
		case p.Depth > rapport.Causative && day < 90:
			t.Fatalf("day %d: %s, want no values for 90 days", day, p.Depth)
		}
	}
	if p.Depth != rapport.Values {
		t.Errorf("after 200 open days the depth is %s, want values", p.Depth)
	}
}

// TestM20SecondNoIsQuietUntilTheLeaderStartsAgain, and not before 60 days.
func TestM20SecondNoIsQuietUntilTheLeaderStartsAgain(t *testing.T) {
	t.Parallel()
	p := rapport.NewPace(false).Record(dayZero, rapport.Declined, rapport.Circumstances{})
	p = p.Record(dayZero.AddDays(119), rapport.Declined, rapport.Circumstances{})
	second := dayZero.AddDays(119)
	if p.MayOffer(second.AddDays(1000)) {
		t.Error("offers go on by themselves after a second no")
	}
	if p.MayRestart(second.AddDays(59)) || !p.MayRestart(second.AddDays(60)) {
		t.Error("the leader may start again from the sixtieth day on, and not sooner")
	}
	if early := p.Restart(second.AddDays(59)); early.MayOffer(second.AddDays(59)) {
		t.Error("started again after 59 days")
	}
	again := p.Restart(second.AddDays(60))
	if !again.MayOffer(second.AddDays(60)) || again.EaseCap != rapport.Factual || again.EaseLeft != 2 {
		t.Errorf("after the restart: %+v, want two talks on facts", again)
	}
}

// TestRiseCanBeTakenBackForAWeek: and only a rise.
func TestRiseCanBeTakenBackForAWeek(t *testing.T) {
	t.Parallel()
	p := rapport.NewPace(false)
	for _, day := range []int{0, 14, 28} {
		p = p.Record(dayZero.AddDays(day), rapport.Opened, rapport.Circumstances{})
	}
	rise, ok := p.Risen(dayZero.AddDays(35))
	if !ok || rise.Talks != 3 || rise.Opened != 3 || rise.Span != 28 {
		t.Fatalf("Risen = %+v, %t; want three talks over 28 days", rise, ok)
	}
	if late := p.UndoRise(dayZero.AddDays(36)); late.Depth != rapport.Causative {
		t.Error("taken back after eight days")
	}
	back := p.UndoRise(dayZero.AddDays(35))
	if back.Depth != rapport.Factual || len(back.Counted) != 0 {
		t.Errorf("after taking it back: %s with %d counted talks, want facts and none", back.Depth, len(back.Counted))
	}
	if _, again := back.Risen(dayZero.AddDays(35)); again || back.UndoRise(dayZero.AddDays(35)).Depth != rapport.Factual {
		t.Error("what was taken back can be taken back")
	}
}
