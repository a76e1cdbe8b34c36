package questions

import (
	"time"

	"innerview/rapport"
)

// RequestFor puts together what is known of a pair. The time is the leader's;
// what only the leader can say (a setting, an occasion, lighter, another) is left
// to the caller.
func RequestFor(p rapport.Pair, past rapport.Past, rhythm rapport.Rhythm, local time.Time) Request {
	today := rapport.DateOf(local)
	known := p.Since
	if known.IsZero() {
		known = p.CreatedOn
	}
	var habit []rapport.Setting
	for _, t := range past.Talks {
		if t.Setting != "" {
			habit = append(habit, t.Setting)
		}
	}
	var occasions []string
	if p.CameBack {
		occasions = append(occasions, OccasionWelcomeBack)
	}
	return Request{
		Occasions: occasions, Limit: p.Limit(today),
		Pair: p.ID, Now: local, Today: today,
		Pace: p.History.Pace(), Rhythm: rhythm.Days(today), IsNew: rhythm.IsNew(today), FirstKnown: known,
		Habit: habit, Offers: past.Offers, LeaderOffers: past.LeaderOffers, TalkTopics: past.TalkTopics,
		Blocked: past.Blocked, Welcome: past.Welcome, Interest: past.Interest, Strength: past.Strength,
	}
}
