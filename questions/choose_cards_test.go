package questions_test

import (
	"testing"

	"innerview/questions"
	"innerview/rapport"
)

func TestSEL10Thanks(t *testing.T) {
	t.Parallel()
	cards := func(ids ...string) []rapport.Offer {
		var offers []rapport.Offer
		for i, id := range ids {
			offers = append(offers, shown(id, 14*(i+1)))
		}
		return offers
	}
	after := func(offers []rapport.Offer) func(*questions.Request) {
		return func(r *questions.Request) { r.Offers = offers }
	}
	swaps := cards("F-904", "F-905", "F-906", "F-901")
	for i := range 3 {
		swaps[i].Swaps = 3 - i
	}
	fresh := func(limit rapport.Depth) func(*questions.Request) {
		return func(r *questions.Request) {
			r.Offers, r.Pace.FreshRise, r.Limit = cards("F-901", "F-902", "F-903"), true, limit
		}
	}
	runChoices(t, []choiceTest{
		{"third", one, rapport.Factual, after(cards("F-901", "F-902")), []string{"F-001"}},
		{"fourth", one, rapport.Factual, after(cards("F-901", "F-902", "F-903")), []string{"T-001"}},
		{"hello counts", one, rapport.Factual, after(cards("F-901", "F-902", "H-001")), []string{"T-001"}},
		{"swaps do not count", one, rapport.Factual, after(swaps), []string{"F-001"}},
		{"seventh", one, rapport.Factual, after(cards("F-901", "F-902", "T-901", "F-903", "F-904", "F-905")), []string{"F-001"}},
		{"eighth", one, rapport.Factual, after(cards("F-901", "F-902", "F-906", "T-901", "F-903", "F-904", "F-905")), []string{"T-001"}},
		{"no card of thanks", []string{"F-001"}, rapport.Factual, after(cards("F-901", "F-902", "F-903")), []string{"F-001"}},
		{"waits for a fresh rise", one, rapport.Causative, fresh(0), []string{"C-001"}},
		{"does not wait for a capped one", one, rapport.Causative, fresh(rapport.Factual), []string{"T-001"}},
		{"does not wait for what the bank lacks", []string{"F-001", "T-001"}, rapport.Causative, fresh(0), []string{"T-001"}},
		{"comes after the rise", one, rapport.Causative, func(r *questions.Request) {
			r.Offers = cards("C-901", "F-901", "F-902", "F-903")
		}, []string{"T-001"}},
	})
}

func TestNewPersonIsGreetedFirst(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001", "H-002 when=new_report", "H-003 when=new_report at=lunch", "H-004 when=welcome_back"}
	isNew := func(offers ...rapport.Offer) func(*questions.Request) {
		return func(r *questions.Request) { r.IsNew, r.Offers = true, offers }
	}
	runChoices(t, []choiceTest{
		{"first offer", bank, rapport.Factual, isNew(), []string{"H-002"}},
		{"no card for the occasion", []string{"F-001"}, rapport.Factual, isNew(), []string{"H-001"}},
		{"second offer", bank, rapport.Factual, isNew(shown("H-002", 7)), []string{"F-001"}},
		{"not new", bank, rapport.Factual, nil, []string{"F-001"}},
	})
}

// Nothing is asked of somebody who was absent (M-22).
func TestWelcomeBack(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001", "H-002 when=welcome_back", "H-003 when=new_report", "H-004 when=welcome_back"}
	away := func(swap bool, offers ...rapport.Offer) func(*questions.Request) {
		return func(r *questions.Request) {
			r.Occasions, r.Swap, r.Offers = []string{"welcome_back"}, swap, offers
		}
	}
	worn := shown("H-002", 0)
	worn.Swaps = rapport.MaxSwaps
	runChoices(t, []choiceTest{
		{"welcome back", bank, rapport.Values, away(false), []string{"H-002", "H-004"}},
		{"for the second time", bank, rapport.Values, away(false, shown("H-002", 3)), []string{"H-004"}},
		{"another", bank, rapport.Values, away(true, shown("H-002", 0)), []string{"H-004"}},
		{"another after two swaps", bank, rapport.Values, away(true, worn), []string{"H-001"}},
		{"in place of an older question", bank, rapport.Values, away(true, shown("F-001", 20)), []string{"H-002", "H-004"}},
		{"lighter", bank, rapport.Values, func(r *questions.Request) {
			away(false)(r)
			r.Lighter = rapport.Values
		}, []string{"H-002", "H-004"}},
		{"when thanks are due", append(bank, "T-001"), rapport.Values, away(false, shown("F-901", 7), shown("F-902", 14), shown("F-903", 21)), []string{"H-002", "H-004"}},
		{"no card for it", []string{"F-001"}, rapport.Values, away(false), []string{"H-001"}},
	})
}

func TestBackFromBreak(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001 when=back_from_break", "H-002 when=welcome_back", "H-003 when=back_from_break"}
	back := func(offers ...rapport.Offer) func(*questions.Request) {
		return func(r *questions.Request) { r.Occasions, r.Offers = []string{"back_from_break"}, offers }
	}
	runChoices(t, []choiceTest{
		{"welcome first", bank, rapport.Factual, back(), []string{"H-002", "H-003"}},
		{"then a question of the occasion", bank, rapport.Factual, back(shown("H-002", 3)), []string{"F-001"}},
		{"no card for it", bank[:1], rapport.Factual, back(), []string{"F-001"}},
	})
}

func TestHelloIsAlwaysThere(t *testing.T) {
	t.Parallel()
	all := []rapport.Offer{shown("H-001", 10), shown("H-002", 30), shown("H-003", 20)}
	hellos := []string{"H-002 topic=good_day", "H-003 topic=tea"}
	runChoices(t, []choiceTest{
		{"all shown: the one longest ago", hellos, rapport.Factual, func(r *questions.Request) { r.Offers = all[:2:2] }, []string{"H-003"}},
		{"all shown lately", hellos, rapport.Factual, func(r *questions.Request) { r.Offers = all }, []string{"H-002"}},
		{"one blocked", hellos, rapport.Factual, func(r *questions.Request) {
			r.Offers, r.Blocked = all, []string{"good_day"}
		}, []string{"H-003"}},
		{"all blocked", nil, rapport.Factual, func(r *questions.Request) { r.Blocked = []string{"hello"} }, []string{"H-001"}},
	})
}
