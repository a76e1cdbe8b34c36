package questions_test

import (
	"testing"

	"innerview/questions"
	"innerview/rapport"
)

func TestSeasons(t *testing.T) {
	t.Parallel()
	tests := []struct {
		occasion, before, first, last, after string
	}{
		{questions.OccasionNewYear, "2027-01-03", "2027-01-04", "2027-01-20", "2027-01-21"},
		{questions.OccasionCherryBlossom, "2027-03-19", "2027-03-20", "2027-04-15", "2027-04-16"},
		{questions.OccasionNewFiscalYear, "2027-03-31", "2027-04-01", "2027-04-20", "2027-04-21"},
		{questions.OccasionGoldenWeek, "2027-04-23", "2027-04-24", "2027-05-06", "2027-05-07"},
		{questions.OccasionRainySeason, "2027-05-31", "2027-06-01", "2027-07-15", "2027-07-16"},
		{questions.OccasionSummer, "2027-07-15", "2027-07-16", "2027-08-31", "2027-09-01"},
		{questions.OccasionAutumn, "2027-09-30", "2027-10-01", "2027-11-30", "2027-12-01"},
		{questions.OccasionYearEnd, "2027-11-30", "2027-12-01", "2027-12-25", "2027-12-26"},
		{questions.OccasionFriday, "2026-11-26", "2026-11-27", "2026-11-27", "2026-11-28"},
	}
	for _, tt := range tests {
		for text, want := range map[string]bool{tt.before: false, tt.first: true, tt.last: true, tt.after: false} {
			if got := questions.InSeason(tt.occasion, date(t, text), nil); got != want {
				t.Errorf("InSeason(%s, %s) = %v, want %v", tt.occasion, text, got, want)
			}
		}
	}
}

func TestOccasionsThatAreSaid(t *testing.T) {
	t.Parallel()
	said := []string{questions.OccasionProjectEnd, questions.OccasionNewYear}
	tests := map[string]bool{
		questions.OccasionAny:             true,
		questions.OccasionProjectEnd:      true,
		questions.OccasionJoinAnniversary: false,
		questions.OccasionBackFromBreak:   false,
		questions.OccasionWelcomeBack:     false,
		questions.OccasionNewYear:         false, // the calendar knows better
		"full_moon":                       false,
	}
	for occasion, want := range tests {
		if got := questions.InSeason(occasion, wednesday, said); got != want {
			t.Errorf("InSeason(%s, …, %v) = %v, want %v", occasion, said, got, want)
		}
	}
}

// Every occasion comes at some time, or can be said.
func TestEveryOccasionComes(t *testing.T) {
	t.Parallel()
	for _, occasion := range questions.Occasions() {
		comes := false
		for d := range 365 {
			comes = comes || questions.InSeason(occasion, wednesday.AddDays(d), []string{occasion})
		}
		if !comes {
			t.Errorf("%s never comes", occasion)
		}
	}
}

func date(t *testing.T, s string) rapport.Date {
	t.Helper()
	d, err := rapport.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
