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

func TestKeptOnTheDay(t *testing.T) {
	t.Parallel()
	on := rapport.NewDate(2026, time.November, 25)
	closed, private := rapport.Promise{ClosedOn: on}, rapport.Promise{ExpiresOn: on.AddDays(90)}
	absent := rapport.Pair{AwayOn: on, AwayUntil: on.AddDays(9)}
	open := rapport.Pair{AwayOn: on}
	paused := rapport.Leader{PausedOn: on, PausedUntil: on.AddDays(9)}
	shows := func(from, _ rapport.Date) bool { return !from.IsZero() }
	for name, tt := range map[string]struct {
		last int // day, -1 for none
		kept func(rapport.Date) bool
	}{
		"an open promise":           {-1, rapport.Promise{DueOn: on}.Kept},
		"a closed promise":          {30, closed.Kept},
		"a promise of private life": {90, private.Kept},
		"an absence":                {9, func(d rapport.Date) bool { return shows(absent.AbsenceOn(d)) }},
		"an absence without an end": {-1, func(d rapport.Date) bool { return shows(open.AbsenceOn(d)) }},
		"a pause":                   {9, func(d rapport.Date) bool { return shows(paused.PauseOn(d)) }},
		"an absence that never was": {-2, func(d rapport.Date) bool { return shows(rapport.Pair{}.AbsenceOn(d)) }},
		"a pause that never was":    {-2, func(d rapport.Date) bool { return shows(rapport.Leader{}.PauseOn(d)) }},
	} {
		last := on.AddDays(max(tt.last, 0))
		if got, want := tt.kept(last), tt.last != -2; got != want {
			t.Errorf("%s: kept on the last day %t, want %t", name, got, want)
		}
		if got, want := tt.kept(last.AddDays(1)), tt.last == -1; got != want {
			t.Errorf("%s: kept on the day after %t, want %t", name, got, want)
		}
	}
}

// TestPrivateLifeIsKeptFor90Days: at most, and never longer.
func TestPrivateLifeIsKeptFor90Days(t *testing.T) {
	t.Parallel()
	on := rapport.NewDate(2026, time.November, 25)
	for days, want := range map[int]int{180: 90, 90: 90, 30: 30} {
		n := rapport.Note{CreatedAt: on.At(0, time.UTC), ExpiresOn: on.AddDays(days)}.Personal(on)
		if got := n.ExpiresOn.Sub(on); got != want {
			t.Errorf("a note of %d days is kept for %d, want %d", days, got, want)
		}
		if _, longer := n.Renew(180); longer {
			t.Errorf("a note of %d days can be kept longer", days)
		}
	}
	open := rapport.Promise{DueOn: on}.Personal(on)
	if got := open.KeptUntil().Sub(on); got != 90 {
		t.Errorf("an open promise is kept for %d days, want 90", got)
	}
	open.ClosedOn = on.AddDays(20)
	if got := open.KeptUntil().Sub(on); got != 50 {
		t.Errorf("one closed after 20 days is kept for %d, want 50", got)
	}
	if again := open.Personal(on.AddDays(10)); again.ExpiresOn != open.ExpiresOn {
		t.Errorf("said again, it is kept until %v, want %v as before", again.ExpiresOn, open.ExpiresOn)
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
