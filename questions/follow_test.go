package questions_test

import (
	"testing"

	"innerview/questions"
)

// TestM04OneQuestionAndTwoFollowUps: a card never holds more than that.
func TestM04OneQuestionAndTwoFollowUps(t *testing.T) {
	t.Parallel()
	bank, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, s := range bank.All() {
		en, ja := len(s.Follow.EN), len(s.Follow.JA)
		if en > 2 || ja > 2 || s.Level != 0 && (en == 0 || ja == 0) {
			t.Errorf("%s has %d and %d follow-ups, want one or two in each language", s.ID, en, ja)
		}
		if s.Level != 0 {
			asked++
		}
	}
	if asked < 96 {
		t.Errorf("looked at %d questions, want all", asked)
	}
}
