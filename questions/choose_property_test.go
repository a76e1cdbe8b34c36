package questions_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"innerview/questions"
	"innerview/rapport"
)

// anySpecs draws the items of a bank, up to eight of each prefix. What they are
// like is drawn only where varied is set.
func anySpecs(t *rapid.T, varied bool) []string {
	topics := rapid.SampledFrom([]string{"tea", "rain", "walks", "tools"})
	var specs []string
	for _, prefix := range []string{"F", "C", "V", "T"} {
		for n := range rapid.IntRange(0, 8).Draw(t, "items "+prefix) {
			s := fmt.Sprintf("%s-%03d topic=%s", prefix, n+1, topics.Draw(t, "topic"))
			if varied {
				s += anyTraits(t, prefix)
			}
			specs = append(specs, s)
		}
	}
	return specs
}

func anyTraits(t *rapid.T, prefix string) string {
	at, feel := []string{"coffee", "walk,lunch", "remote,corridor"}, []string{"none", "adjacent"}
	if prefix == "V" {
		at, feel = []string{"coffee", "walk,lunch", "remote"}, []string{"none", "adjacent"}
	}
	return " at=" + rapid.SampledFrom(at).Draw(t, "at") +
		" feel=" + rapid.SampledFrom(feel).Draw(t, "feel") +
		" when=" + rapid.SampledFrom([]string{"any", "any", "autumn", "friday", "project_end"}).Draw(t, "when")
}

// life is two people over some years, as the store would keep them.
type life struct {
	bank   *questions.Bank
	r      questions.Request
	nextID int
}

func newLife(t *rapid.T, b *questions.Bank) *life {
	l := &life{bank: b, r: request(rapport.Factual)}
	l.r.Pair = rapid.StringN(1, 20, -1).Draw(t, "pair")
	l.r.Pace = rapport.NewPace(rapid.Bool().Draw(t, "head start"))
	l.r.Rhythm = rapid.SampledFrom([]int{7, 14, 28}).Draw(t, "rhythm")
	l.r.Blocked = rapid.SliceOfN(rapid.SampledFrom([]string{"tea", "rain", "hello"}), 0, 2).Draw(t, "blocked")
	l.r.Welcome = rapid.SliceOfN(rapid.SampledFrom([]string{"tea", "walks"}), 0, 1).Draw(t, "welcome")
	return l
}

// wait lets some days go by and draws the circumstances of the next moment.
func (l *life) wait(t *rapid.T) {
	l.r.Today = l.r.Today.AddDays(rapid.IntRange(1, 40).Draw(t, "days"))
	l.r.Now = l.r.Today.At(rapid.IntRange(9, 17).Draw(t, "hour")*60, l.r.Now.Location())
	l.r.Setting = rapid.SampledFrom(append([]rapport.Setting{"", "", "", ""}, rapport.Settings()...)).Draw(t, "setting")
	l.r.Limit = rapport.Depth(rapid.IntRange(0, 3).Draw(t, "limit"))
	l.r.Private20 = rapid.Bool().Draw(t, "private")
	l.r.Swap = false
}

// show writes down what was shown and, if it takes the place of another card,
// what became of that.
func (l *life) show(c questions.Choice) {
	l.nextID++
	o := rapport.Offer{
		ID: fmt.Sprint(l.nextID), Starter: c.Starter.ID, Level: c.Level, Topic: c.Starter.Topic,
		State: rapport.OfferShown, ShownOn: l.r.Today,
	}
	if l.r.Swap {
		l.r.Offers = slices.Clone(l.r.Offers)
		l.r.Offers[0].State = rapport.OfferSwapped
		o.Swaps = l.r.Offers[0].Swaps + 1
	}
	l.r.Offers = slices.Insert(slices.Clone(l.r.Offers), 0, o)
	if c.Level > 0 {
		l.r.Pace = l.r.Pace.Offered(l.r.Today, c.Level)
	}
}

func (l *life) talk(t *rapid.T, c questions.Choice) {
	o := rapid.SampledFrom([]rapport.Outcome{rapport.Light, rapport.Opened, rapport.Opened, rapport.Guarded, rapport.Missed}).Draw(t, "outcome")
	l.r.Pace = l.r.Pace.Record(l.r.Today, o, rapport.Circumstances{})
	if o.TookPlace() {
		l.r.TalkTopics = append([]string{c.Starter.Topic}, l.r.TalkTopics[:min(1, len(l.r.TalkTopics))]...)
	}
}

func TestChooseOverALife(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t, bankFor(t, anySpecs(t, false)))
		for range rapid.IntRange(1, 15).Draw(t, "cards") {
			l.wait(t)
			c := l.bank.Choose(l.r)
			checkChoice(t, l.bank, l.r, c)
			checkRepeat(t, l.bank, l.r, c)
			checkValues(t, l.r, c)
			l.show(c)
			for range rapid.IntRange(0, 3).Draw(t, "swaps") {
				l.r.Swap = true
				c = l.bank.Choose(l.r)
				checkChoice(t, l.bank, l.r, c)
				checkSwap(t, l.bank, l.r, c)
				l.show(c)
			}
			l.talk(t, c)
		}
	})
}

func TestChooseInAnyMoment(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t, bankFor(t, anySpecs(t, true)))
		l.r.Pace.Depth = rapport.Depth(rapid.IntRange(1, 3).Draw(t, "depth"))
		l.r.Pace.FreshRise = rapid.Bool().Draw(t, "fresh")
		l.r.FirstKnown = wednesday.AddDays(-rapid.IntRange(0, 60).Draw(t, "known"))
		l.r.Occasions = rapid.SliceOfN(rapid.SampledFrom([]string{"project_end", "welcome_back"}), 0, 1).Draw(t, "said")
		l.r.Lighter = rapport.Depth(rapid.IntRange(0, 3).Draw(t, "lighter"))
		l.r.LeaderOffers = []rapport.Offer{shown("F-001", rapid.IntRange(0, 30).Draw(t, "other"))}
		l.wait(t)
		c := l.bank.Choose(l.r)
		checkChoice(t, l.bank, l.r, c)
		if l.r.Lighter > 0 && c.Level >= l.r.Lighter {
			t.Errorf("level %d, want below %d", c.Level, l.r.Lighter)
		}
		checkFit(t, l.r, c)
	})
}

// checkChoice is what holds for every choice.
func checkChoice(t *rapid.T, b *questions.Bank, r questions.Request, c questions.Choice) {
	limit := r.Limit
	if limit == 0 {
		limit = rapport.Values
	}
	if effective := r.Pace.Effective(r.Today, r.Rhythm, limit); c.Level > effective {
		t.Errorf("%s is of level %d, want at most %d", c.Starter.ID, c.Level, effective)
	}
	if s, ok := b.Starter(c.Starter.ID); !ok || c.Level != s.Level || c.Kind != s.Kind {
		t.Errorf("level %d and kind %q of %q, want those of a starter of the bank", c.Level, c.Kind, c.Starter.ID)
	}
	if c.Kind != rapport.KindHello && slices.Contains(r.Blocked, c.Starter.Topic) {
		t.Errorf("%s is of the blocked topic %s", c.Starter.ID, c.Starter.Topic)
	}
	if c.Kind == rapport.KindNudge && slices.Contains(r.TalkTopics, c.Starter.Topic) {
		t.Errorf("%s is of the topic %s of the last two talks", c.Starter.ID, c.Starter.Topic)
	}
	if diff := cmp.Diff(c, b.Choose(r)); diff != "" {
		t.Errorf("chosen again (-first +again):\n%s", diff)
	}
}

// checkRepeat holds where every starter fits every place and day.
func checkRepeat(t *rapid.T, b *questions.Bank, r questions.Request, c questions.Choice) {
	if c.Kind != rapport.KindNudge && c.Kind != rapport.KindThanks {
		return
	}
	since := heardAgo(r, c.Starter.ID)
	if since < 180 {
		t.Errorf("%s was heard %d days ago", c.Starter.ID, since)
	}
	if since >= 365 {
		return
	}
	for _, s := range b.All() {
		fits := s.Kind == c.Kind && s.Level == c.Level && !slices.Contains(r.Blocked, s.Topic) &&
			(s.Kind == rapport.KindThanks || !slices.Contains(r.TalkTopics, s.Topic)) &&
			(r.Setting == "" || slices.Contains(s.Settings, r.Setting))
		if fits && heardAgo(r, s.ID) >= 365 && !swappedLately(r, s.ID) {
			t.Errorf("%s was heard %d days ago although %s was not", c.Starter.ID, since, s.ID)
		}
	}
}

func checkValues(t *rapid.T, r questions.Request, c questions.Choice) {
	if c.Level != rapport.Values {
		return
	}
	if last := r.Pace.LastValues; r.Pace.PrevLevel == rapport.Values || !last.IsZero() && r.Today.Sub(last) < 42 {
		t.Errorf("values on %v, after level %d and values on %v", r.Today, r.Pace.PrevLevel, last)
	}
}

func checkSwap(t *rapid.T, b *questions.Bank, r questions.Request, c questions.Choice) {
	newest := r.Offers[0]
	was, _ := b.Starter(newest.Starter)
	switch {
	case newest.Swaps >= rapport.MaxSwaps && c.Kind != rapport.KindHello:
		t.Errorf("%s after %d swaps, want a hello card", c.Starter.ID, newest.Swaps)
	case c.Level > newest.Level:
		t.Errorf("level %d in place of %d", c.Level, newest.Level)
	case c.Kind != was.Kind && c.Kind != rapport.KindHello:
		t.Errorf("%q in place of %q", c.Kind, was.Kind)
	case c.Kind != rapport.KindHello && c.Starter.ID == newest.Starter:
		t.Errorf("%s in place of itself", newest.Starter)
	}
}

// checkFit holds for questions and thanks about place, day and people.
func checkFit(t *rapid.T, r questions.Request, c questions.Choice) {
	if c.Kind != rapport.KindNudge && c.Kind != rapport.KindThanks {
		return
	}
	s := c.Starter
	if r.Setting != "" && !slices.Contains(s.Settings, r.Setting) {
		t.Errorf("%s is for %v, not for %s", s.ID, s.Settings, r.Setting)
	}
	if !questions.InSeason(s.Occasion, r.Today, r.Occasions) {
		t.Errorf("%s is for %s, on %v", s.ID, s.Occasion, r.Today)
	}
	if s.Sensitivity == questions.SensitivityAdjacent && r.Today.Sub(r.FirstKnown) < 28 {
		t.Errorf("%s is adjacent, known since %v", s.ID, r.FirstKnown)
	}
	if s.ID == "F-001" && r.Today.Sub(r.LeaderOffers[0].ShownOn) < 21 {
		t.Errorf("%s was shown for somebody else on %v", s.ID, r.LeaderOffers[0].ShownOn)
	}
	if slices.Contains(r.Occasions, questions.OccasionWelcomeBack) {
		t.Errorf("%s to somebody who was away", s.ID)
	}
}

// heardAgo returns how many days ago the starter was shown and not swapped away.
func heardAgo(r questions.Request, id string) int {
	for _, o := range r.Offers {
		if o.Starter == id && o.State != rapport.OfferSwapped {
			return r.Today.Sub(o.ShownOn)
		}
	}
	return 10_000
}

func swappedLately(r questions.Request, id string) bool {
	return slices.ContainsFunc(r.Offers, func(o rapport.Offer) bool {
		return o.Starter == id && o.State == rapport.OfferSwapped && r.Today.Sub(o.ShownOn) < 60
	})
}

// bankFor is bankOf for a drawn bank.
func bankFor(t *rapid.T, specs []string) *questions.Bank {
	b, err := questions.LoadUnlinted(pack(append(specs, "H-001 topic=hello at="+everywhere())...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func everywhere() string {
	var words []string
	for _, s := range rapport.Settings() {
		words = append(words, string(s))
	}
	return strings.Join(words, ",")
}
