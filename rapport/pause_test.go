package rapport_test

import (
	"testing"

	"innerview/rapport"
)

// pause stops the clock from one day until another, on which it goes again.
func pause(from, to int) rapport.Event {
	return rapport.Event{Kind: rapport.EventPause, On: dayZero.AddDays(to), Days: to - from}
}

func away(from, to int) rapport.Event {
	e := pause(from, to)
	e.Away = true
	return e
}

// TestEachDayOfAPauseCountsOnce: only days after the last talk, and none twice.
func TestEachDayOfAPauseCountsOnce(t *testing.T) {
	t.Parallel()
	light := func(day int) rapport.Event { return talk("", day, rapport.Light) }
	tests := []struct {
		name   string
		events []rapport.Event
		want   int // the day from which silence is counted in the end
		eased  bool
	}{
		{"after the talk", []rapport.Event{light(0), pause(10, 30)}, 20, true},
		{"around the talk", []rapport.Event{pause(0, 97), light(93)}, 97, false},
		{"around a talk, two weeks and more before its end", []rapport.Event{light(80), pause(0, 97)}, 97, true},
		{"over before the talk", []rapport.Event{pause(0, 20), light(30)}, 30, false},
		{"twice the same days", []rapport.Event{light(0), away(10, 40), pause(10, 40)}, 30, true},
		{"one within the other", []rapport.Event{light(0), pause(20, 30), away(10, 40)}, 30, true},
		{"overlapping", []rapport.Event{light(0), pause(10, 30), away(25, 40)}, 30, true},
		{"one after the other", []rapport.Event{light(0), pause(10, 15), away(20, 25)}, 10, false},
		{"several within a long absence", []rapport.Event{light(0), pause(20, 30), pause(100, 110), away(10, 150)}, 140, true},
		{"a talk between two that overlap", []rapport.Event{light(0), pause(5, 20), light(18), away(10, 40)}, 40, true},
	}
	for _, tt := range tests {
		atOnce, later := rapport.NewHistory(false), rapport.NewHistory(false)
		for _, e := range tt.events {
			atOnce, later = atOnce.Add(e, dayZero), later.Add(e, e.On)
			later = later.Forget(e.On.AddDays(21))
		}
		for how, h := range map[string]rapport.History{"at once": atOnce, "over time": later} {
			p := h.Pace()
			if want := dayZero.AddDays(tt.want); p.Last != want || (p.EaseLeft > 0) != tt.eased {
				t.Errorf("%s, %s: silence counted from %v, eased %t; want %v, %t", tt.name, how, p.Last, p.EaseLeft > 0, want, tt.eased)
			}
		}
	}
}

// TestDaysOfAnAbsenceAreForgotten once no other pause reaches into them.
func TestDaysOfAnAbsenceAreForgotten(t *testing.T) {
	t.Parallel()
	h := rapport.NewHistory(false).Add(talk("", 0, rapport.Light), dayZero)
	h = h.Add(away(5, 30), dayZero.AddDays(30)).Add(pause(20, 40), dayZero.AddDays(40))
	for _, tt := range []struct{ day, want int }{{51, 0}, {52, 1}, {61, 1}, {62, 1}} {
		got := h.Forget(dayZero.AddDays(tt.day))
		if n := len(got.Base.Stood); n != tt.want || got.Pace().Last != dayZero.AddDays(35) {
			t.Errorf("day %d: %d spans are remembered, silence counted from %v; want %d, %v",
				tt.day, n, got.Pace().Last, tt.want, dayZero.AddDays(35))
		}
	}
	for _, s := range h.Forget(dayZero.AddDays(62)).Base.Stood {
		if s.Away {
			t.Errorf("an absence is remembered: %+v", s)
		}
	}
	if got := h.Forget(dayZero.AddDays(62)).Add(talk("", 62, rapport.Light), dayZero.AddDays(100)); len(got.Base.Stood) > 0 {
		t.Errorf("after a talk %v is remembered still", got.Base.Stood)
	}
}
