package rapport_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"innerview/rapport"
)

// A talk that is put right must lead to the same pace as one recorded right, and
// one that is removed to the same as none.
func TestCorrectedHistoryIsAsIfRecordedRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.IntRange(0, 14), 2, 8, rapid.ID).Draw(t, "days")
		outcome := rapid.SampledFrom(rapport.Outcomes())
		today := dayZero.AddDays(14)
		wrong := talk("wrong", days[0], outcome.Draw(t, "wrong"))
		right := talk("wrong", days[1], outcome.Draw(t, "right"))
		if rapid.Bool().Draw(t, "same day") {
			right.On = wrong.On
		}
		without, with := rapport.NewHistory(true), rapport.NewHistory(true)
		asRight := rapport.NewHistory(true)
		with = with.Add(wrong, today)
		for i, day := range days[2:] {
			e := talk(fmt.Sprint(i), day, outcome.Draw(t, "outcome"))
			without, with, asRight = without.Add(e, today), with.Add(e, today), asRight.Add(e, today)
		}
		asRight = asRight.Add(right, today)
		replaced, ok := with.Replace(right, today)
		same(t, "replaced", replaced, ok, asRight)
		removed, ok := with.Remove("wrong")
		same(t, "removed", removed, ok, without)
	})
}

func same(t *rapid.T, what string, got rapport.History, ok bool, want rapport.History) {
	if diff := cmp.Diff(want.Pace(), got.Pace(), cmp.AllowUnexported(rapport.Date{})); diff != "" || !ok {
		t.Fatalf("%s: ok is %v; the pace differs (-want +got):\n%s", what, ok, diff)
	}
}

func TestOnlyRecentTalksAreCorrected(t *testing.T) {
	t.Parallel()
	h := rapport.NewHistory(false).Add(talk("old", 0, rapport.Light), dayZero).Add(talk("new", 30, rapport.Light), dayZero.AddDays(30))
	for _, id := range []string{"old", "", "another"} {
		if _, ok := h.Replace(talk(id, 0, rapport.Opened), dayZero.AddDays(30)); ok {
			t.Errorf("the talk %q was replaced", id)
		}
		if _, ok := h.Remove(id); ok {
			t.Errorf("the talk %q was removed", id)
		}
	}
	before := h.Pace()
	if _, ok := h.Replace(talk("new", 30, rapport.Opened), dayZero.AddDays(30)); !ok {
		t.Error("a talk of today was not replaced")
	}
	if diff := cmp.Diff(before, h.Pace(), cmp.AllowUnexported(rapport.Date{})); diff != "" {
		t.Errorf("the history that was corrected has changed itself:\n%s", diff)
	}
}

func TestCorrectedDates(t *testing.T) {
	t.Parallel()
	const rhythm = 14
	at := func(n int) rapport.Date { return dayZero.AddDays(n) }
	tests := []struct {
		name     string
		snoozed  int // the next date was set to that day after the talks, 0 for not
		correct  func(h rapport.History) (rapport.History, bool)
		wantLast rapport.Date
		wantNext rapport.Date
	}{
		{"nothing is left but the first", 0, func(h rapport.History) (rapport.History, bool) {
			return h.Remove("second")
		}, at(0), at(14)},
		{"it went another way", 0, func(h rapport.History) (rapport.History, bool) {
			return h.Replace(talk("second", 10, rapport.Guarded), at(10))
		}, at(10), at(31)},
		{"it did not happen", 0, func(h rapport.History) (rapport.History, bool) {
			return h.Replace(talk("second", 10, rapport.Missed), at(10))
		}, at(0), at(17)},
		{"an earlier one leaves the next date alone", 0, func(h rapport.History) (rapport.History, bool) {
			return h.Remove("first")
		}, at(10), at(24)},
		{"a snooze stays", 40, func(h rapport.History) (rapport.History, bool) { return h.Remove("second") }, at(0), at(40)},
		{"and gives way to what is later", 15, func(h rapport.History) (rapport.History, bool) {
			return h.Replace(talk("second", 10, rapport.Declined), at(10))
		}, at(0), at(24)},
	}
	for _, tt := range tests {
		p := rapport.Pair{History: rapport.NewHistory(false), NextOn: rapport.AtOnce}
		for id, day := range map[string]int{"first": 0, "second": 10} {
			p = p.Record(rapport.Talk{ID: id, On: at(day), Outcome: rapport.Light}, rhythm, at(10), rapport.Circumstances{})
		}
		if tt.snoozed > 0 {
			p.NextOn = at(tt.snoozed)
		}
		h, ok := tt.correct(p.History)
		got := p.Corrected(h, rhythm)
		if !ok || got.LastTalkOn != tt.wantLast || got.NextOn != tt.wantNext {
			t.Errorf("%s: last talk %v, next %v (%v); want %v, %v", tt.name, got.LastTalkOn, got.NextOn, ok, tt.wantLast, tt.wantNext)
		}
	}
	none := rapport.Pair{History: rapport.NewHistory(false), NextOn: rapport.AtOnce}
	one := none.Record(rapport.Talk{ID: "only", On: at(0), Outcome: rapport.Light}, rhythm, at(0), rapport.Circumstances{})
	h, _ := one.History.Remove("only")
	if got := one.Corrected(h, rhythm); got.NextOn != rapport.AtOnce || !got.LastTalkOn.IsZero() {
		t.Errorf("without any talk: last %v, next %v; want none, at once", got.LastTalkOn, got.NextOn)
	}
}

func TestUndoSurvivesCorrection(t *testing.T) {
	t.Parallel()
	h := rapport.NewHistory(true)
	h = h.Add(talk("deep", 0, rapport.Opened), dayZero)
	if move, ok := h.Pace().Risen(dayZero); !ok || move.Talks != 1 || move.Opened != 1 {
		t.Fatalf("the head start did not rise: %+v", move)
	}
	h = h.Add(rapport.Event{Kind: rapport.EventUndo, On: dayZero.AddDays(2)}, dayZero.AddDays(2))
	if move, ok := h.Pace().LastMove(); !ok || move.Why != rapport.ReasonUndone || h.Pace().Depth != rapport.Factual {
		t.Errorf("after taking the rise back the last move is %+v", move)
	}
	h, _ = h.Remove("deep")
	if move, ok := h.Pace().LastMove(); ok {
		t.Errorf("without the talk there was nothing to take back, yet there is %+v", move)
	}
}

func TestNotesAreRenewedOnce(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 1, 5, 3, 0, 0, 0, time.UTC)
	on := rapport.DateOf(created)
	tests := []struct {
		name    string
		note    rapport.Note
		days    int
		want    rapport.Date
		renewed bool
	}{
		{"as long again", rapport.Note{ExpiresOn: on.AddDays(90)}, 90, on.AddDays(180), true},
		{"through the 365th day at most", rapport.Note{ExpiresOn: on.AddDays(200)}, 200, on.AddDays(365), true},
		{"not twice", rapport.Note{ExpiresOn: on.AddDays(90), Renewed: true}, 90, on.AddDays(90), false},
		{"not one that has that long", rapport.Note{ExpiresOn: on.AddDays(365)}, 90, on.AddDays(365), false},
	}
	for _, tt := range tests {
		tt.note.CreatedAt = created
		got, ok := tt.note.Renew(tt.days)
		if got.ExpiresOn != tt.want || ok != tt.renewed || got.Renewed != (tt.renewed || tt.note.Renewed) {
			t.Errorf("%s: kept until %v, renewed %v; want %v, %v", tt.name, got.ExpiresOn, ok, tt.want, tt.renewed)
		}
	}
}
