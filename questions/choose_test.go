package questions_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/questions"
	"innerview/rapport"
)

// choiceTest is a request about a small bank, and every starter that one of a
// hundred pairs gets for it.
type choiceTest struct {
	name  string
	bank  []string
	depth rapport.Depth
	given func(*questions.Request)
	want  []string
}

func runChoices(t *testing.T, tests []choiceTest) {
	t.Helper()
	for _, tt := range tests {
		r := request(tt.depth)
		if tt.given != nil {
			tt.given(&r)
		}
		if diff := cmp.Diff(tt.want, chosen(bankOf(t, tt.bank...), r)); diff != "" {
			t.Errorf("%s: starters chosen (-want +got):\n%s", tt.name, diff)
		}
	}
}

// one has a question of each level and a thanks card.
var one = []string{"F-001", "C-001", "V-001", "T-001"}

func TestSEL01Mix(t *testing.T) {
	t.Parallel()
	b := bankOf(t, one...)
	tests := []struct {
		name  string
		given func(*questions.Request)
		depth rapport.Depth
		want  map[string]int // percent
	}{
		{"facts", nil, rapport.Factual, map[string]int{"F-001": 100}},
		{"causes", nil, rapport.Causative, map[string]int{"F-001": 60, "C-001": 40}},
		{"values", nil, rapport.Values, map[string]int{"F-001": 40, "C-001": 40, "V-001": 20}},
		{
			"values, capped at causes",
			func(r *questions.Request) { r.Limit = rapport.Causative },
			rapport.Values,
			map[string]int{"F-001": 60, "C-001": 40},
		},
		{
			"values, not yet due again",
			func(r *questions.Request) { r.Pace.LastValues = wednesday.AddDays(-41) },
			rapport.Values,
			map[string]int{"F-001": 60, "C-001": 40},
		},
	}
	for _, tt := range tests {
		r := request(tt.depth)
		if tt.given != nil {
			tt.given(&r)
		}
		got := shares(b, r)
		for _, id := range []string{"F-001", "C-001", "V-001"} {
			about(t, tt.name+": "+id, got[id], tt.want[id])
		}
	}
}

func TestSEL01FirstOfferAfterRise(t *testing.T) {
	t.Parallel()
	fresh := func(r *questions.Request) { r.Pace.FreshRise = true }
	runChoices(t, []choiceTest{
		{"to causes", one, rapport.Causative, fresh, []string{"C-001"}},
		{"to values", one, rapport.Values, fresh, []string{"V-001"}},
		{"eased", one, rapport.Causative, func(r *questions.Request) {
			fresh(r)
			r.Pace.EaseCap, r.Pace.EaseLeft = rapport.Factual, 1
		}, []string{"F-001"}},
		{"capped", one, rapport.Values, func(r *questions.Request) {
			fresh(r)
			r.Limit = rapport.Factual
		}, []string{"F-001"}},
		{"values not yet due again", one, rapport.Values, func(r *questions.Request) {
			fresh(r)
			r.Pace.LastValues = wednesday.AddDays(-21)
		}, []string{"C-001", "F-001"}},
	})
}

func TestSEL02Setting(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001 at=coffee", "F-002 at=lunch", "F-003 at=walk", "F-004 at=corridor", "F-005 at=remote", "F-006 at=travel"}
	set := func(s rapport.Setting, habit ...rapport.Setting) func(*questions.Request) {
		return func(r *questions.Request) { r.Setting, r.Habit = s, habit }
	}
	runChoices(t, []choiceTest{
		{"chosen", bank, rapport.Factual, set(rapport.Lunch), []string{"F-002"}},
		{"chosen, whatever the habit", bank, rapport.Factual, set(rapport.Travel, rapport.Coffee), []string{"F-006"}},
		{"no habit", bank, rapport.Factual, set(""), []string{"F-001", "F-003", "F-005"}},
		{"habit", bank, rapport.Factual, set("", rapport.Walk, rapport.Remote, rapport.Walk), []string{"F-003"}},
		{"habit, latest on a tie", bank, rapport.Factual, set("", rapport.Remote, rapport.Walk), []string{"F-005"}},
		{"habit elsewhere", bank, rapport.Factual, set("", rapport.Lunch, rapport.Lunch, rapport.Coffee), []string{"F-001"}},
	})
}

func TestSEL03NoRepeat(t *testing.T) {
	t.Parallel()
	past := func(offers ...rapport.Offer) func(*questions.Request) {
		return func(r *questions.Request) { r.Offers = offers }
	}
	swapped := func(id string, daysAgo int) rapport.Offer {
		o := shown(id, daysAgo)
		o.State, o.Swaps = rapport.OfferSwapped, 1
		return o
	}
	bank := []string{"F-001 topic=a", "F-002 topic=b"}
	runChoices(t, []choiceTest{
		{"shown 364 days ago", bank, rapport.Factual, past(shown("F-001", 364)), []string{"F-002"}},
		{"shown 365 days ago", bank, rapport.Factual, past(shown("F-001", 365)), []string{"F-001", "F-002"}},
		{"nothing else left, 180 days", bank, rapport.Factual, past(shown("F-001", 10), shown("F-002", 180)), []string{"F-002"}},
		{"nothing left at all", bank, rapport.Factual, past(shown("F-001", 10), shown("F-002", 179)), []string{"H-001"}},
		{"swapped away 59 days ago", bank, rapport.Factual, past(swapped("F-001", 59)), []string{"F-002"}},
		{"swapped away 60 days ago", bank, rapport.Factual, past(swapped("F-001", 60)), []string{"F-001", "F-002"}},
		{"swapped away, and nothing else left", bank, rapport.Factual, past(swapped("F-001", 59), shown("F-002", 10)), []string{"H-001"}},
		{"shown before it was swapped away", bank, rapport.Factual, past(swapped("F-001", 60), shown("F-001", 100)), []string{"F-002"}},
	})
}

func TestSEL04SameLeader(t *testing.T) {
	t.Parallel()
	others := func(daysAgo int) func(*questions.Request) {
		return func(r *questions.Request) { r.LeaderOffers = []rapport.Offer{shown("F-001", daysAgo)} }
	}
	bank := []string{"F-001", "F-002"}
	runChoices(t, []choiceTest{
		{"20 days ago for somebody else", bank, rapport.Factual, others(20), []string{"F-002"}},
		{"21 days ago for somebody else", bank, rapport.Factual, others(21), []string{"F-001", "F-002"}},
	})
}

func TestSEL05Topics(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001 topic=tea", "F-002 topic=tea", "F-003 topic=rain", "F-004 topic=walks"}
	used := func(topic string, daysAgo int) rapport.Offer {
		o := shown("F-900", daysAgo)
		o.Topic = topic
		return o
	}
	runChoices(t, []choiceTest{
		{"of the last two talks", bank, rapport.Factual, func(r *questions.Request) {
			r.TalkTopics = []string{"tea", "walks"}
		}, []string{"F-003"}},
		{"used within 180 days", bank, rapport.Factual, func(r *questions.Request) {
			r.Offers = []rapport.Offer{used("tea", 20), used("rain", 179), used("walks", 180)}
		}, []string{"F-004"}},
		{"used twice against once", bank, rapport.Factual, func(r *questions.Request) {
			r.Offers = []rapport.Offer{used("tea", 20), used("rain", 30), used("walks", 40), used("tea", 50), used("rain", 60)}
		}, []string{"F-004"}},
	})
}

func TestSEL06BlockedAndWelcome(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001 topic=tea", "F-002 topic=rain", "T-001 topic=thanks"}
	three := []rapport.Offer{shown("F-901", 14), shown("F-902", 28), shown("F-903", 42)}
	runChoices(t, []choiceTest{
		{"blocked", bank, rapport.Factual, func(r *questions.Request) { r.Blocked = []string{"tea"} }, []string{"F-002"}},
		{"all blocked", bank, rapport.Factual, func(r *questions.Request) { r.Blocked = []string{"tea", "rain"} }, []string{"H-001"}},
		{"blocked and welcome", bank, rapport.Factual, func(r *questions.Request) {
			r.Blocked, r.Welcome = []string{"tea"}, []string{"tea"}
		}, []string{"F-002"}},
		{"thanks blocked", bank, rapport.Factual, func(r *questions.Request) {
			r.Blocked, r.Offers = []string{"thanks"}, three
		}, []string{"F-001", "F-002"}},
	})
	r := request(rapport.Factual)
	r.Welcome = []string{"rain"}
	about(t, "welcome topic", shares(bankOf(t, bank...), r)["F-002"], 67)
}

func TestSEL07Season(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001", "F-002 when=autumn", "F-003 when=project_end", "F-004 when=friday"}
	on := func(d rapport.Date, said ...string) func(*questions.Request) {
		return func(r *questions.Request) { r.Today, r.Now, r.Occasions = d, d.At(630, time.UTC), said }
	}
	october := rapport.NewDate(2026, time.October, 7)
	runChoices(t, []choiceTest{
		{"out of season", bank, rapport.Factual, on(wednesday), []string{"F-001"}},
		{"in season", bank, rapport.Factual, on(october), []string{"F-001", "F-002"}},
		{"said", bank, rapport.Factual, on(wednesday, "project_end"), []string{"F-001", "F-003"}},
		{"a season cannot be said", bank, rapport.Factual, on(wednesday, "autumn"), []string{"F-001"}},
		{"friday in season", bank, rapport.Factual, on(october.AddDays(2)), []string{"F-001", "F-002", "F-004"}},
	})
	r := request(rapport.Factual)
	r.Today = october
	about(t, "in season", shares(bankOf(t, bank...), r)["F-002"], 67)
}

func TestSEL08Sensitivity(t *testing.T) {
	t.Parallel()
	valuesSince := func(days int) func(*questions.Request) {
		return func(r *questions.Request) {
			r.Pace.FreshRise = true // so that a values starter is drawn
			r.Pace.Moves = []rapport.Move{{On: wednesday.AddDays(-days), From: rapport.Causative, To: rapport.Values}}
			r.Setting, r.Private20 = rapport.Walk, true
		}
	}
	and := func(fs ...func(*questions.Request)) func(*questions.Request) {
		return func(r *questions.Request) {
			for _, f := range fs {
				f(r)
			}
		}
	}
	public := func(r *questions.Request) { r.Private20 = false }
	known := func(days int) func(*questions.Request) {
		return func(r *questions.Request) { r.FirstKnown = wednesday.AddDays(-days) }
	}
	careful := []string{"V-001 at=walk,lunch feel=careful", "C-001"}
	adjacent := []string{"F-001 feel=adjacent", "F-002"}
	runChoices(t, []choiceTest{
		{"careful after 60 days", careful, rapport.Values, valuesSince(60), []string{"V-001"}},
		{"careful after 59 days", careful, rapport.Values, valuesSince(59), []string{"C-001"}},
		{"careful where others hear", careful, rapport.Values, and(valuesSince(60), public), []string{"C-001"}},
		{"careful, since when not known", careful, rapport.Values, and(valuesSince(60), func(r *questions.Request) { r.Pace.Moves = nil }), []string{"C-001"}},
		{"careful among facts, depth causes", []string{"F-001 at=walk feel=careful", "F-002"}, rapport.Causative, and(valuesSince(60), func(r *questions.Request) {
			r.Limit = rapport.Factual
		}), []string{"F-002"}},
		{"careful after silence has cost the depth", []string{"F-001 at=walk feel=careful", "F-002"}, rapport.Values, and(valuesSince(90), func(r *questions.Request) {
			r.Pace.Last = wednesday.AddDays(-60)
		}), []string{"F-002"}},
		{"adjacent on day 27", adjacent, rapport.Factual, known(27), []string{"F-002"}},
		{"adjacent on day 28", adjacent, rapport.Factual, known(28), []string{"F-001", "F-002"}},
		{"adjacent to somebody new", adjacent, rapport.Factual, func(r *questions.Request) {
			r.IsNew, r.Offers = true, []rapport.Offer{shown("H-001", 7)}
		}, []string{"F-002"}},
	})
}

func TestSEL09WhatWasLearnt(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001", "F-002 needs=learnt.interest", "F-003 needs=observed.strength", "F-004 needs=learnt.interest"}
	interest := func(last string) func(*questions.Request) {
		return func(r *questions.Request) {
			r.Interest = "bouldering"
			r.Offers = []rapport.Offer{shown(last, 14), shown("F-002", 400)}
		}
	}
	runChoices(t, []choiceTest{
		{"nothing known", bank, rapport.Factual, nil, []string{"F-001"}},
		{"interest known", bank, rapport.Factual, interest("F-900"), []string{"F-002", "F-004"}},
		{"the last card was one of them", bank, rapport.Factual, interest("F-004"), []string{"F-001"}},
		{"strength known", bank, rapport.Factual, func(r *questions.Request) { r.Strength = "drawing" }, []string{"F-003"}},
		{"the last card was swapped for one of them", bank, rapport.Factual, func(r *questions.Request) {
			r.Interest = "bouldering"
			another, first := shown("F-004", 14), shown("F-900", 14)
			another.Swaps, first.State = 1, rapport.OfferSwapped
			r.Offers = []rapport.Offer{another, first}
		}, []string{"F-001"}},
		{"another in place of one of them", bank, rapport.Factual, func(r *questions.Request) {
			r.Interest, r.Swap = "bouldering", true
			r.Offers = []rapport.Offer{shown("F-004", 0), shown("F-900", 14)}
		}, []string{"F-002"}},
	})
}

func TestSEL09FillsTheSlot(t *testing.T) {
	t.Parallel()
	b := bankOf(t, "F-001 needs=learnt.interest", "T-001 needs=observed.strength")
	r := request(rapport.Factual)
	r.Interest, r.Strength = "bouldering", "drawing"
	if diff := cmp.Diff(map[string]string{"interest": "bouldering"}, b.Choose(r).Filled); diff != "" {
		t.Errorf("question (-want +got):\n%s", diff)
	}
	r.Offers = []rapport.Offer{shown("F-901", 14), shown("F-902", 28), shown("F-903", 42)}
	if diff := cmp.Diff(map[string]string{"strength": "drawing"}, b.Choose(r).Filled); diff != "" {
		t.Errorf("thanks (-want +got):\n%s", diff)
	}
	if got := bankOf(t, "F-001").Choose(r).Filled; got != nil {
		t.Errorf("without a slot: %v, want nil", got)
	}
}

func TestSEL11Lighter(t *testing.T) {
	t.Parallel()
	fresh := func(r *questions.Request) { r.Pace.FreshRise = true }
	runChoices(t, []choiceTest{
		{"one lighter", []string{"F-001", "C-001"}, rapport.Values, fresh, []string{"C-001"}},
		{"two lighter", []string{"F-001"}, rapport.Values, fresh, []string{"F-001"}},
		{"never deeper", []string{"C-001", "V-001"}, rapport.Factual, nil, []string{"H-001"}},
		{"nothing at all", nil, rapport.Values, fresh, []string{"H-001"}},
	})
	got := bankOf(t).Choose(request(rapport.Values))
	if got.Kind != rapport.KindHello || got.Level != 0 {
		t.Errorf("Choose = kind %q level %d, want a hello card without a level", got.Kind, got.Level)
	}
}

func TestSEL12Deterministic(t *testing.T) {
	t.Parallel()
	var specs []string
	for n := range 30 {
		specs = append(specs, fmt.Sprintf("F-%03d topic=t%d", n+1, n))
	}
	b := bankOf(t, specs...)
	monday := wednesday.Monday()
	choose := func(pair string, on rapport.Date) string {
		r := request(rapport.Factual)
		r.Pair, r.Today = pair, on
		return b.Choose(r).Starter.ID
	}
	for day := range 7 {
		if got, want := choose("pair", monday.AddDays(day)), choose("pair", monday); got != want {
			t.Errorf("day %d of the week: %s, want %s as on Monday", day, got, want)
		}
	}
	// Pinned: a change here changes what people are shown in the week of the
	// upgrade, and must not come from the machine.
	want := []string{"F-007", "F-012", "F-009", "F-025", "F-017"}
	var got []string
	for week := range 5 {
		got = append(got, choose("pair", monday.AddDays(7*week)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("choices of five weeks (-want +got):\n%s", diff)
	}
	if choose("pair", monday) == choose("another", monday) && choose("pair", monday) == choose("third", monday) {
		t.Error("three pairs get the same starter, want the pair in the seed")
	}
}
