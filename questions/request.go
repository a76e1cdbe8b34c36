package questions

import (
	"slices"
	"time"

	"innerview/rapport"
)

// anniversaryFor is for how many days the day on which two began to work together
// is worth a word, a year or more later.
const anniversaryFor = 7

// RequestFor puts together what is known of a pair. The time is the leader's,
// the occasions are those of the day; what only the leader can say (a setting,
// lighter, another) is left to the caller.
func RequestFor(p rapport.Pair, past rapport.Past, rhythm rapport.Rhythm, local time.Time, occasions ...string) Request {
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
	occasions = slices.Clone(occasions)
	if p.LastTalkOn.IsZero() { // nobody comes back to who never was there
		occasions = slices.DeleteFunc(occasions, func(o string) bool { return o == OccasionBackFromBreak })
	}
	if p.CameBack {
		occasions = append(occasions, OccasionWelcomeBack)
	}
	if anniversary(p.Since, today) {
		occasions = append(occasions, OccasionJoinAnniversary)
	}
	return Request{
		Occasions: occasions, Limit: p.Limit(today),
		Pair: p.ID, Now: local, Today: today,
		Pace: p.History.Pace(), Rhythm: rhythm.Days(today), IsNew: rhythm.IsNew(today), FirstKnown: known,
		Habit: habit, Offers: past.Offers, LeaderOffers: past.LeaderOffers, TalkTopics: past.TalkTopics,
		Blocked: past.Blocked, Welcome: past.Welcome, Interest: past.Interest, Strength: past.Strength,
	}
}

// anniversary reports whether it is a whole number of years, and up to a week,
// since the day.
func anniversary(since, today rapport.Date) bool {
	if since.IsZero() {
		return false
	}
	on := rapport.NewDate(today.Year(), since.Month(), since.Day())
	if on.After(today) { // in December for a day in January
		on = rapport.NewDate(today.Year()-1, since.Month(), since.Day())
	}
	return on.Year() > since.Year() && today.Sub(on) < anniversaryFor
}
