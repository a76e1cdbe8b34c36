package rapport_test

import (
	"testing"

	"innerview/rapport"
)

func day(n int) rapport.Date { return dayZero.AddDays(n) }

// TestReturnKeepsWhatIsLater: a snooze, a coffee or a talk that says otherwise is
// not undone by the end of an absence.
func TestReturnKeepsWhatIsLater(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		next rapport.Date
		talk int // a day, 0 for none
		want rapport.Date
		back bool
	}{
		{"due meanwhile", day(5), 0, day(11), true},
		{"new", rapport.AtOnce, 0, day(11), true},
		{"snoozed until later", day(30), 0, day(30), true},
		{"talked on the last day of it", day(24), 10, day(24), true},
		{"talked on the day after", day(25), 11, day(25), false},
	}
	for _, tt := range tests {
		p := rapport.Pair{History: rapport.NewHistory(false), NextOn: tt.next, AwayOn: day(1), AwayUntil: day(10)}
		if tt.talk != 0 {
			p.LastTalkOn = day(tt.talk)
		}
		got := p.Return(day(12))
		if got.NextOn != tt.want || got.CameBack != tt.back || !got.AwayOn.IsZero() {
			t.Errorf("%s: next %v, to be welcomed %t; want %v, %t", tt.name, got.NextOn, got.CameBack, tt.want, tt.back)
		}
	}
}

// TestWelcomeComesBackWithTheMistake: a talk that never was has welcomed nobody.
func TestWelcomeComesBackWithTheMistake(t *testing.T) {
	t.Parallel()
	const rhythm = 14
	back := rapport.Pair{History: rapport.NewHistory(false), NextOn: rapport.AtOnce, AwayOn: day(1), AwayUntil: day(10)}.Return(day(11))
	record := func(p rapport.Pair, id string, on int, o rapport.Outcome) rapport.Pair {
		return p.Record(rapport.Talk{ID: id, On: day(on), Outcome: o}, rhythm, day(12), rapport.Circumstances{})
	}
	removed := func(p rapport.Pair, id string) rapport.Pair {
		h, ok := p.History.Remove(id)
		if !ok {
			t.Fatalf("the talk %q is not there", id)
		}
		return p.Corrected(h, rhythm)
	}
	one := record(back, "one", 12, rapport.Light)
	both := record(one, "other", 11, rapport.Light)
	missed, ok := one.History.Replace(talk("one", 12, rapport.Missed), day(12))
	if !ok {
		t.Fatal("the talk is not there")
	}
	tests := []struct {
		name string
		pair rapport.Pair
		want bool
	}{
		{"back", back, true},
		{"after a talk before", record(back, "one", 10, rapport.Light), true},
		{"after a talk", one, false},
		{"after none", record(back, "one", 12, rapport.Missed), true},
		{"after one that is removed", removed(one, "one"), true},
		{"after one that did not take place", one.Corrected(missed, rhythm), true},
		{"after another than the one removed", removed(both, "one"), false},
		{"welcomed, and the talk after that removed", removed(record(back.Welcomed(), "one", 12, rapport.Light), "one"), false},
	}
	for _, tt := range tests {
		if tt.pair.CameBack != tt.want {
			t.Errorf("%s: to be welcomed %t, want %t", tt.name, tt.pair.CameBack, tt.want)
		}
	}
}
