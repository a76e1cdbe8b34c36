package rapport_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"innerview/rapport"
)

// vector is one history played by an independent implementation of the pace
// rules in another language. The first thirteen are the named cases T1 to T13 of
// docs/method.md; the rest are random histories of 3 to 30 events.
type vector struct {
	Name      string
	Rhythm    int
	HeadStart bool `json:"head_start"`
	Steps     []step
	Moves     []struct {
		Day      int
		From, To rapport.Depth
		Why      rapport.Reason
	}
}

type step struct {
	Day       int
	Do        string // an outcome, "pause", "restart" or "?" to look only
	Days      int
	Effective rapport.Depth // before the step; 0 where it was not asked
	Depth     rapport.Depth // after the step
	MayOffer  bool          `json:"may_offer"`
}

// dayZero is the day that the vectors count from.
var dayZero = rapport.NewDate(2026, 1, 5)

func TestPaceAgainstIndependentVectors(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/pace_vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 300 {
		t.Fatalf("read %d vectors, want at least 300", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) { playVector(t, v) })
	}
}

func playVector(t *testing.T, v vector) {
	p := rapport.NewPace(v.HeadStart)
	for i, s := range v.Steps {
		on := dayZero.AddDays(s.Day)
		if s.Effective != 0 {
			if got := p.Effective(on, v.Rhythm, rapport.Values); got != s.Effective {
				t.Fatalf("step %d %+v: Effective = %v, want %v", i, s, got, s.Effective)
			}
			p = p.Settle(on)
		}
		p = apply(p, s, on)
		if p.Depth != s.Depth || p.MayOffer(on) != s.MayOffer {
			t.Fatalf("step %d %+v: depth %v, may offer %v", i, s, p.Depth, p.MayOffer(on))
		}
	}
	var want []rapport.Move
	for _, m := range v.Moves {
		want = append(want, rapport.Move{On: dayZero.AddDays(m.Day), From: m.From, To: m.To, Why: m.Why})
	}
	if diff := cmp.Diff(want, p.Moves, cmp.AllowUnexported(rapport.Date{}), cmpopts.IgnoreFields(rapport.Move{}, "Talks", "Opened", "Span")); diff != "" {
		t.Errorf("moves differ (-want +got):\n%s", diff)
	}
}

func apply(p rapport.Pace, s step, on rapport.Date) rapport.Pace {
	switch s.Do {
	case "?":
		return p
	case "pause":
		return p.Pause(rapport.Span{From: on, To: on.AddDays(s.Days)})
	case "restart":
		return p.Restart(on)
	}
	return p.Record(on, rapport.Outcome(s.Do), rapport.Circumstances{})
}

func TestRecordLeavesTheReceiverAlone(t *testing.T) {
	t.Parallel()
	p := rapport.NewPace(false).Record(dayZero, rapport.Light, rapport.Circumstances{})
	before, _ := json.Marshal(p)
	p.Record(dayZero.AddDays(14), rapport.Opened, rapport.Circumstances{})
	p.Record(dayZero.AddDays(14), rapport.Declined, rapport.Circumstances{})
	if after, _ := json.Marshal(p); string(after) != string(before) {
		t.Errorf("Record changed its receiver:\nbefore %s\nafter  %s", before, after)
	}
}

func TestLatePromiseHoldsTheDepth(t *testing.T) {
	t.Parallel()
	p := rapport.NewPace(false)
	late := rapport.Circumstances{PromiseLate: true}
	for _, day := range []int{0, 14, 28} {
		p = p.Record(dayZero.AddDays(day), rapport.Opened, late)
	}
	if p.Depth != rapport.Factual {
		t.Fatalf("depth %v while a promise is late, want factual", p.Depth)
	}
	if p = p.Record(dayZero.AddDays(42), rapport.Light, rapport.Circumstances{}); p.Depth != rapport.Causative {
		t.Errorf("depth %v once the promise is kept, want causative", p.Depth)
	}
}

func TestHeldValuesStayAtCauses(t *testing.T) {
	t.Parallel()
	hold := rapport.Circumstances{HoldValues: true}
	p := rapport.NewPace(false)
	for day := 0; day <= 140; day += 14 {
		p = p.Record(dayZero.AddDays(day), rapport.Opened, hold)
	}
	if p.Depth != rapport.Causative {
		t.Errorf("depth %v in an evaluation window, want causative", p.Depth)
	}
}

func TestLimitLowersTheOfferNotTheDepth(t *testing.T) {
	t.Parallel()
	p := rapport.NewPace(true).Record(dayZero, rapport.Opened, rapport.Circumstances{})
	on := dayZero.AddDays(7)
	if got := p.Effective(on, 14, rapport.Factual); got != rapport.Factual || p.Depth != rapport.Causative {
		t.Errorf("Effective = %v at depth %v, want factual at causative", got, p.Depth)
	}
}
