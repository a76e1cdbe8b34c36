package questions

import (
	"slices"
	"time"

	"innerview/rapport"
)

// The occasions of a [Starter]. Most are times of the year in Japan. From
// OccasionProjectEnd on they hold when the caller says so; the last two are for
// hello cards alone.
const (
	OccasionAny             = "any"
	OccasionFriday          = "friday"
	OccasionNewYear         = "new_year"
	OccasionCherryBlossom   = "cherry_blossom"
	OccasionNewFiscalYear   = "new_fiscal_year"
	OccasionGoldenWeek      = "golden_week"
	OccasionRainySeason     = "rainy_season"
	OccasionSummer          = "summer"
	OccasionAutumn          = "autumn"
	OccasionYearEnd         = "year_end"
	OccasionProjectEnd      = "project_end"
	OccasionJoinAnniversary = "join_anniversary"
	OccasionBackFromBreak   = "back_from_break" // after days off that all had
	OccasionNewReport       = "new_report"      // the person is new to the leader
	OccasionWelcomeBack     = "welcome_back"    // after any absence, whatever its reason
)

// Occasions lists all occasions, "any" first.
func Occasions() []string {
	return []string{
		OccasionAny, OccasionFriday, OccasionNewYear, OccasionCherryBlossom, OccasionNewFiscalYear,
		OccasionGoldenWeek, OccasionRainySeason, OccasionSummer, OccasionAutumn, OccasionYearEnd,
		OccasionProjectEnd, OccasionJoinAnniversary, OccasionBackFromBreak, OccasionNewReport, OccasionWelcomeBack,
	}
}

// InSeason reports whether a starter of the occasion may be shown on the day.
// said are the occasions that the leader, or the calendar of the pair, knows of.
func InSeason(occasion string, on rapport.Date, said []string) bool {
	switch occasion {
	case OccasionAny:
		return true
	case OccasionFriday:
		return on.Weekday() == time.Friday
	case OccasionProjectEnd, OccasionJoinAnniversary, OccasionBackFromBreak, OccasionNewReport, OccasionWelcomeBack:
		return slices.Contains(said, occasion)
	}
	from, to := season(occasion)
	day := monthDay(int(on.Month())*100 + on.Day())
	return from <= day && day <= to
}

// monthDay is a day of the year that sorts: month × 100 + day.
type monthDay int

// season returns the first and the last day of a season; a season that is not
// known has none.
func season(occasion string) (from, to monthDay) {
	switch occasion {
	case OccasionNewYear:
		return 104, 120
	case OccasionCherryBlossom:
		return 320, 415
	case OccasionNewFiscalYear:
		return 401, 420
	case OccasionGoldenWeek:
		return 424, 506
	case OccasionRainySeason:
		return 601, 715
	case OccasionSummer:
		return 716, 831
	case OccasionAutumn:
		return 1001, 1130
	case OccasionYearEnd:
		return 1201, 1225
	}
	return 1, 0
}
