package rapport_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"innerview/rapport"
)

func TestKeptUntil(t *testing.T) {
	t.Parallel()
	on := rapport.NewDate(2026, time.November, 25)
	for _, o := range rapport.Outcomes() {
		want := 395
		if o == rapport.Guarded || o == rapport.Declined {
			want = 120
		}
		if got := (rapport.Talk{On: on, Outcome: o}).KeptUntil().Sub(on); got != want {
			t.Errorf("a %s talk is kept for %d days, want %d", o, got, want)
		}
	}
	if got := (rapport.Promise{DueOn: on}).KeptUntil(); !got.IsZero() {
		t.Errorf("an open promise is kept until %s, want no day", got)
	}
	if got := (rapport.Promise{ClosedOn: on}).KeptUntil().Sub(on); got != 30 {
		t.Errorf("a closed promise is kept for %d days, want 30", got)
	}
}

// TestEraseKeepsThePeace: what was recorded goes, and nobody is bothered sooner
// for it.
func TestEraseKeepsThePeace(t *testing.T) {
	t.Parallel()
	on := rapport.NewDate(2026, time.November, 25)
	p := rapport.Pair{
		ID: "pair-1", State: rapport.Active, CreatedOn: on, NextOn: rapport.AtOnce, Since: on.AddDays(-900), HeadStart: true,
		Country: "jp", ProbationUntil: on, EvaluationOn: on, AwayOn: on, IntentOn: on, RhythmDays: 7,
		History: rapport.NewHistory(true),
	}
	for i, o := range []rapport.Outcome{rapport.Opened, rapport.Declined, rapport.Declined} {
		p = p.Record(rapport.Talk{On: on.AddDays(i), Outcome: o}, 14, on.AddDays(2), rapport.Circumstances{})
	}
	got := p.Erase()
	want := rapport.Pair{
		ID: "pair-1", State: rapport.Active, CreatedOn: on, NextOn: p.NextOn, AwayOn: on, RhythmDays: 7,
		History: rapport.History{Base: rapport.Pace{
			Depth: rapport.Factual, RestUntil: on.AddDays(2 + 14), QuietSince: on.AddDays(2),
		}},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(rapport.Date{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the pair erased differs (-want +got):\n%s", diff)
	}
	if got.History.Pace().MayOffer(on.AddDays(30)) {
		t.Error("an erased pair that was quiet may be brought up")
	}
}
