package questions_test

import (
	"testing"
	"time"

	"innerview/questions"
	"innerview/rapport"
)

func TestM07NeverAboveTheEarnedDepth(t *testing.T) {
	t.Parallel()
	runChoices(t, []choiceTest{
		{"facts", one, rapport.Factual, nil, []string{"F-001"}},
		{"causes", one, rapport.Causative, nil, []string{"C-001", "F-001"}},
		{"values", one, rapport.Values, nil, []string{"C-001", "F-001", "V-001"}},
		{"lighter after silence", one, rapport.Causative, func(r *questions.Request) {
			r.Pace.Last = wednesday.AddDays(-29)
		}, []string{"F-001"}},
		{"depth lost in silence", one, rapport.Values, func(r *questions.Request) {
			r.Pace.Last, r.Pace.FreshRise = wednesday.AddDays(-60), true
		}, []string{"F-001"}},
		{"no pace at all", one, 0, nil, []string{"H-001"}},
	})
}

func TestM09LighterNeverDeeper(t *testing.T) {
	t.Parallel()
	lighter := func(level rapport.Depth, offers ...rapport.Offer) func(*questions.Request) {
		return func(r *questions.Request) { r.Lighter, r.Offers = level, offers }
	}
	two := shown("C-901", 0)
	two.Swaps = rapport.MaxSwaps
	runChoices(t, []choiceTest{
		{"than values", one, rapport.Values, lighter(rapport.Values, shown("V-901", 0)), []string{"C-001"}},
		{"than causes", one, rapport.Values, lighter(rapport.Causative, shown("C-901", 0)), []string{"F-001"}},
		{"than facts", one, rapport.Values, lighter(rapport.Factual, shown("F-901", 0)), []string{"H-001"}},
		{"asked for at once", one, rapport.Values, lighter(rapport.Causative), []string{"F-001"}},
		{"no deeper than the pace", one, rapport.Factual, lighter(rapport.Values, shown("V-901", 0)), []string{"F-001"}},
		{"after two swaps", one, rapport.Values, lighter(rapport.Causative, two), []string{"H-001"}},
	})
}

func TestM01AnotherInItsPlace(t *testing.T) {
	t.Parallel()
	bank := []string{"F-001", "F-002", "C-001", "V-001", "V-002", "T-001", "T-002", "H-002"}
	swap := func(id string, swaps int) func(*questions.Request) {
		return func(r *questions.Request) {
			o := shown(id, 0)
			o.Swaps = swaps
			r.Swap, r.Offers = true, []rapport.Offer{o}
			r.Pace = r.Pace.Offered(wednesday, o.Level)
		}
	}
	runChoices(t, []choiceTest{
		{"a fact for a fact", bank, rapport.Values, swap("F-001", 0), []string{"F-002"}},
		{"a value for a value, on the same card", bank, rapport.Values, swap("V-001", 1), []string{"V-002"}},
		{"lighter when the level is used up", bank, rapport.Values, swap("C-001", 0), []string{"F-001", "F-002"}},
		{"no deeper than the pace by now", bank, rapport.Factual, swap("V-001", 0), []string{"F-001", "F-002"}},
		{"thanks for thanks", bank, rapport.Values, swap("T-001", 0), []string{"T-002"}},
		{"hello for hello", bank, rapport.Values, swap("H-001", 0), []string{"H-002"}},
		{"no thanks left", []string{"F-001", "T-001"}, rapport.Values, swap("T-001", 0), []string{"H-001"}},
		{"a starter the bank no longer has", bank, rapport.Values, swap("V-999", 0), []string{"V-001", "V-002"}},
		{"after two swaps", bank, rapport.Values, swap("F-001", rapport.MaxSwaps), []string{"H-001", "H-002"}},
		{"nothing to take the place of", one, rapport.Factual, func(r *questions.Request) { r.Swap = true }, []string{"F-001"}},
	})
}

func TestM10ValuesAreRare(t *testing.T) {
	t.Parallel()
	values := func(prev rapport.Depth, daysAgo int) func(*questions.Request) {
		return func(r *questions.Request) { r.Pace.PrevLevel, r.Pace.LastValues = prev, wednesday.AddDays(-daysAgo) }
	}
	runChoices(t, []choiceTest{
		{"41 days ago", one, rapport.Values, values(rapport.Factual, 41), []string{"C-001", "F-001"}},
		{"42 days ago", one, rapport.Values, values(rapport.Factual, 42), []string{"C-001", "F-001", "V-001"}},
		{"two in a row", one, rapport.Values, values(rapport.Values, 90), []string{"C-001", "F-001"}},
	})
}

func TestM12MomentsWithoutDepth(t *testing.T) {
	t.Parallel()
	at := func(weekday time.Weekday, minutes int) func(*questions.Request) {
		return func(r *questions.Request) {
			r.Today = wednesday.AddDays(int(weekday - time.Wednesday))
			r.Now = r.Today.At(minutes, time.FixedZone("Tokyo", 9*60*60))
		}
	}
	in := func(s rapport.Setting, private bool, habit ...rapport.Setting) func(*questions.Request) {
		return func(r *questions.Request) { r.Setting, r.Private20, r.Habit = s, private, habit }
	}
	places := []string{"F-001 at=coffee,corridor,remote,travel", "C-001 at=coffee,corridor,remote,travel", "V-001 at=coffee,remote"}
	facts, causes, values := []string{"F-001"}, []string{"C-001", "F-001"}, []string{"C-001", "F-001", "V-001"}
	runChoices(t, []choiceTest{
		{"Monday 10:59", places, rapport.Values, at(time.Monday, 10*60+59), facts},
		{"Monday 11:00", places, rapport.Values, at(time.Monday, 11*60), values},
		{"Friday 14:59", places, rapport.Values, at(time.Friday, 14*60+59), values},
		{"Friday 15:00", places, rapport.Values, at(time.Friday, 15*60), facts},
		{"Tuesday 9:30", places, rapport.Values, at(time.Tuesday, 9*60+30), values},
		{"at no particular time", places, rapport.Values, func(r *questions.Request) { r.Now = time.Time{} }, values},
		{"corridor", places, rapport.Values, in(rapport.Corridor, true), facts},
		{"travel", places, rapport.Values, in(rapport.Travel, true), causes},
		{"remote", places, rapport.Values, in(rapport.Remote, false), causes},
		{"remote in private", places, rapport.Values, in(rapport.Remote, true), values},
		{"remote by habit", places, rapport.Values, in("", false, rapport.Remote), causes},
		{"coffee", places, rapport.Values, in(rapport.Coffee, false), values},
		{"probation", places, rapport.Values, func(r *questions.Request) { r.Limit = rapport.Causative }, causes},
		{"evaluation window", places, rapport.Values, func(r *questions.Request) { r.Limit = rapport.Factual }, facts},
	})
}

func TestTodayIsTakenFromNow(t *testing.T) {
	t.Parallel()
	b := bankOf(t, "F-001 when=autumn")
	r := request(rapport.Factual)
	r.Today, r.Now = rapport.Date{}, rapport.NewDate(2026, time.October, 7).At(600, time.UTC)
	if got := b.Choose(r).Starter.ID; got != "F-001" {
		t.Errorf("Choose = %s, want the one of the season", got)
	}
}
