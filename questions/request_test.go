package questions_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/questions"
	"innerview/rapport"
)

// TestRequestForKnowsTheOccasion: what follows from the pair is not left to the
// caller.
func TestRequestForKnowsTheOccasion(t *testing.T) {
	t.Parallel()
	since := rapport.NewDate(2024, time.December, 28)
	tests := []struct {
		name string
		pair rapport.Pair
		on   rapport.Date
		want []string
	}{
		{"nothing known", rapport.Pair{}, rapport.NewDate(2026, 12, 28), nil},
		{"two years to the day", rapport.Pair{Since: since}, rapport.NewDate(2026, 12, 28), []string{"join_anniversary"}},
		{"six days later, in January", rapport.Pair{Since: since}, rapport.NewDate(2027, 1, 3), []string{"join_anniversary"}},
		{"a week later", rapport.Pair{Since: since}, rapport.NewDate(2027, 1, 4), nil},
		{"the day before", rapport.Pair{Since: since}, rapport.NewDate(2026, 12, 27), nil},
		{"the first day is none", rapport.Pair{Since: since}, since, nil},
		{"back from an absence", rapport.Pair{CameBack: true}, since, []string{"welcome_back"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := questions.RequestFor(tt.pair, rapport.Past{}, rapport.Rhythm{}, tt.on.At(600, time.UTC))
			if diff := cmp.Diff(tt.want, r.Occasions); diff != "" {
				t.Errorf("occasions (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRequestForKeepsToTheCircumstances: probation and evaluation lower what is
// offered.
func TestRequestForKeepsToTheCircumstances(t *testing.T) {
	t.Parallel()
	on := rapport.NewDate(2026, 11, 25)
	tests := []struct {
		name string
		pair rapport.Pair
		want rapport.Depth
	}{
		{"none", rapport.Pair{}, rapport.Values},
		{"probation, last day", rapport.Pair{ProbationUntil: on}, rapport.Causative},
		{"probation, over", rapport.Pair{ProbationUntil: on.AddDays(-1)}, rapport.Values},
		{"evaluation in 14 days", rapport.Pair{EvaluationOn: on.AddDays(14)}, rapport.Factual},
		{"evaluation in 15 days", rapport.Pair{EvaluationOn: on.AddDays(15)}, rapport.Values},
		{"evaluation 7 days ago", rapport.Pair{EvaluationOn: on.AddDays(-7)}, rapport.Factual},
		{"evaluation 8 days ago", rapport.Pair{EvaluationOn: on.AddDays(-8)}, rapport.Values},
		{"both", rapport.Pair{ProbationUntil: on, EvaluationOn: on}, rapport.Factual},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := questions.RequestFor(tt.pair, rapport.Past{}, rapport.Rhythm{}, on.At(600, time.UTC))
			if r.Limit != tt.want {
				t.Errorf("limit %s, want %s", r.Limit, tt.want)
			}
		})
	}
}
