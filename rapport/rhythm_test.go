package rapport_test

import (
	"testing"

	"innerview/rapport"
)

func TestNextDate(t *testing.T) {
	t.Parallel()
	missed := rapport.Entry{On: dayZero, Outcome: rapport.Missed}
	light := rapport.Entry{On: dayZero, Outcome: rapport.Light}
	tests := []struct {
		name    string
		outcome rapport.Outcome
		rhythm  int
		log     []rapport.Entry
		want    int
	}{
		{"light comes round after the rhythm", rapport.Light, 14, nil, 14},
		{"so does opened", rapport.Opened, 21, nil, 21},
		{"guarded waits half as long again", rapport.Guarded, 14, nil, 21},
		{"rounded down", rapport.Guarded, 7, nil, 10},
		{"missed comes back in a week", rapport.Missed, 14, []rapport.Entry{light, missed}, 7},
		{"missed twice waits two rhythms", rapport.Missed, 14, []rapport.Entry{missed, missed}, 28},
		{"declined rests two weeks", rapport.Declined, 7, nil, 14},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := rapport.NextDate(dayZero, tt.outcome, tt.rhythm, tt.log)
			if want := dayZero.AddDays(tt.want); got != want {
				t.Errorf("NextDate(%s, rhythm %d) = %v, want %v", tt.outcome, tt.rhythm, got, want)
			}
		})
	}
}

func TestRhythmDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		r    rapport.Rhythm
		want int
	}{
		{"the default", rapport.Rhythm{People: 4, PerWeek: 2}, 14},
		{"the leader's default", rapport.Rhythm{Default: 21, PerWeek: 2}, 21},
		{"the pair's own wins", rapport.Rhythm{Own: 7, Default: 21, People: 2, PerWeek: 2}, 7},
		{"eight people at two a week", rapport.Rhythm{People: 8, PerWeek: 2}, 28},
		{"nine need one week more", rapport.Rhythm{People: 9, PerWeek: 2}, 35},
		{"nobody is stretched at none a week", rapport.Rhythm{People: 50}, 14},
		{"a new person comes up weekly", rapport.Rhythm{Since: dayZero.AddDays(-27), PerWeek: 2}, 7},
		{"but not after 28 days", rapport.Rhythm{Since: dayZero.AddDays(-28), PerWeek: 2}, 14},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.r.Days(dayZero); got != tt.want {
				t.Errorf("Days = %d, want %d", got, tt.want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	d := rapport.NewDate(2028, 2, 29)
	if d.String() != "2028-02-29" || d.AddDays(1) != rapport.NewDate(2028, 3, 1) {
		t.Errorf("29 February: %v, next %v", d, d.AddDays(1))
	}
	if got := rapport.NewDate(2026, 11, 22).Monday(); got != rapport.NewDate(2026, 11, 16) {
		t.Errorf("Monday of a Sunday = %v, want 2026-11-16", got)
	}
	if rapport.AtOnce.String() != "0001-01-01" {
		t.Errorf("AtOnce = %v", rapport.AtOnce)
	}
	for _, bad := range []string{"", "2026-13-01", "26-01-01", "2026-02-30", "yesterday"} {
		if got, err := rapport.ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", bad, got)
		}
	}
}
