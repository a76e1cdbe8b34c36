package rapport_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"innerview/rapport"
)

func talk(id string, day int, o rapport.Outcome) rapport.Event {
	return rapport.Event{Kind: rapport.EventTalk, Talk: id, On: dayZero.AddDays(day), Outcome: o}
}

// A talk recorded days later must lead to the same pace as one recorded on time.
func TestHistoryOrderOfRecordingDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var inOrder []rapport.Event
		day := 0
		for range rapid.IntRange(1, 7).Draw(t, "talks") {
			day += rapid.IntRange(1, 2).Draw(t, "gap")
			o := rapid.SampledFrom(rapport.Outcomes()).Draw(t, "outcome")
			inOrder = append(inOrder, talk("", day, o))
		}
		today := dayZero.AddDays(14)
		one, other := rapport.NewHistory(false), rapport.NewHistory(false)
		for _, e := range inOrder {
			one = one.Add(e, today)
		}
		for _, e := range rapid.Permutation(inOrder).Draw(t, "order") {
			other = other.Add(e, today)
		}
		if diff := cmp.Diff(one.Pace(), other.Pace(), cmp.AllowUnexported(rapport.Date{})); diff != "" {
			t.Fatalf("recorded in another order (-in order +shuffled):\n%s", diff)
		}
	})
}

func TestHistorySurvivesJSONAndForgetsOldEvents(t *testing.T) {
	t.Parallel()
	h := rapport.NewHistory(false)
	for i, o := range []rapport.Outcome{rapport.Light, rapport.Opened, rapport.Light, rapport.Guarded} {
		on := dayZero.AddDays(14 * i)
		h = h.Add(rapport.Event{Kind: rapport.EventTalk, On: on, Outcome: o}, on)
	}
	raw, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var back rapport.History
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(h, back, cmp.AllowUnexported(rapport.Date{})); diff != "" {
		t.Errorf("history after JSON (-want +got):\n%s", diff)
	}
	if len(h.Events) != 2 {
		t.Errorf("%d events kept apart after 42 days, want the 2 of the last 21 days", len(h.Events))
	}
	if got := h.Pace().Depth; got != rapport.Causative {
		t.Errorf("depth %v, want causative: old events must count in the base", got)
	}
}

func TestForgetDropsRefusalsAfter120DaysAndTheRestAfter395(t *testing.T) {
	t.Parallel()
	h := rapport.NewHistory(false)
	for _, e := range []rapport.Event{talk("", 0, rapport.Light), talk("", 300, rapport.Guarded), talk("", 380, rapport.Opened)} {
		h = h.Add(e, e.On)
	}
	tests := []struct {
		day  int
		want int
	}{{395, 3}, {396, 2}, {420, 2}, {421, 1}, {775, 1}, {776, 0}}
	for _, tt := range tests {
		if got := len(h.Forget(dayZero.AddDays(tt.day)).Pace().Log); got != tt.want {
			t.Errorf("on day %d %d outcomes are remembered, want %d", tt.day, got, tt.want)
		}
	}
	if got, want := h.Forget(dayZero.AddDays(800)).Pace().Depth, h.Pace().Depth; got != want {
		t.Errorf("forgetting changed the depth from %v to %v", want, got)
	}
}

// TestForgetTakesTheReasons: what a move tells of outcomes goes when they go.
func TestForgetTakesTheReasons(t *testing.T) {
	t.Parallel()
	h := rapport.NewHistory(false)
	for _, e := range []rapport.Event{
		talk("", 0, rapport.Opened), talk("", 14, rapport.Light), talk("", 28, rapport.Light),
		talk("", 42, rapport.Guarded), talk("", 63, rapport.Light), talk("", 77, rapport.Guarded),
	} {
		h = h.Add(e, e.On)
	}
	rise, fall := rapport.ReasonToCauses, rapport.ReasonGuardedTwice
	for _, tt := range []struct {
		day  int
		want []rapport.Reason
	}{
		{77 + 120, []rapport.Reason{rise, fall}},
		{77 + 121, []rapport.Reason{rise, rapport.ReasonForgotten}},
		{28 + 395, []rapport.Reason{rise, rapport.ReasonForgotten}},
		{28 + 396, []rapport.Reason{rapport.ReasonForgotten, rapport.ReasonForgotten}},
	} {
		left := h.Forget(dayZero.AddDays(tt.day)).Pace().Moves
		var got []rapport.Reason
		for _, m := range left {
			got = append(got, m.Why)
			if m.Why == rapport.ReasonForgotten && m.Talks+m.Opened+m.Span > 0 {
				t.Errorf("day %d: %+v still counts talks", tt.day, m)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("day %d: reasons %q, want %q", tt.day, got, tt.want)
		}
	}
	if moves := h.Pace().Moves; len(moves) != 2 || moves[0].Talks == 0 {
		t.Errorf("forgetting changed the history itself: %+v", moves)
	}
}
