package questions_test

import (
	"fmt"
	"testing"

	"innerview/questions"
	"innerview/rapport"
)

// year counts the kinds and levels of what a pair at the full depth is shown in
// a year of weekly cards.
type year struct {
	cards, questions, thanks, hellos int
	level                            [rapport.Values + 1]int
}

func (y *year) live(b *questions.Bank, pair string) {
	r := request(rapport.Values)
	r.Pair = pair
	for range 52 {
		c := b.Choose(r)
		y.count(c)
		o := shown(c.Starter.ID, 0)
		o.Topic, o.ShownOn = c.Starter.Topic, r.Today
		r.Offers = append([]rapport.Offer{o}, r.Offers...)
		if c.Level > 0 {
			r.Pace = r.Pace.Offered(r.Today, c.Level)
		}
		r.Pace = r.Pace.Record(r.Today, rapport.Opened, rapport.Circumstances{})
		r.Today, r.Now = r.Today.AddDays(7), r.Now.AddDate(0, 0, 7)
	}
}

func (y *year) count(c questions.Choice) {
	y.cards++
	switch c.Kind {
	case rapport.KindThanks:
		y.thanks++
	case rapport.KindHello:
		y.hellos++
	case rapport.KindNudge:
		y.questions++
		y.level[c.Level]++
	}
}

func TestAYearAtFullDepth(t *testing.T) {
	t.Parallel()
	b, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var y year
	for n := range 40 {
		y.live(b, fmt.Sprintf("pair %d", n))
	}
	if y.thanks*4 != y.cards {
		t.Errorf("%d thanks cards of %d, want every fourth", y.thanks, y.cards)
	}
	if y.hellos > 0 {
		t.Errorf("%d of %d cards are hello for want of a question, want the bank to last a year", y.hellos, y.cards)
	}
	if y.level[rapport.Factual]*100 < y.questions*40 {
		t.Errorf("%d of %d questions are factual, want at least 40 in 100", y.level[rapport.Factual], y.questions)
	}
	if y.level[rapport.Values]*5 > y.questions {
		t.Errorf("%d of %d questions are values, want at most 1 in 5", y.level[rapport.Values], y.questions)
	}
	if y.level[rapport.Values] == 0 {
		t.Error("no values question in a year at the full depth")
	}
	t.Logf("%+v", y)
}
