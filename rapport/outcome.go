package rapport

import "fmt"

// Outcome is how a talk went, in the leader's words. It is about the talk, never
// about the person.
type Outcome string

// The five outcomes. Only Light and Opened count towards more depth.
const (
	Light    Outcome = "light"    // we talked a little
	Opened   Outcome = "opened"   // it opened up
	Guarded  Outcome = "guarded"  // better to keep it short
	Missed   Outcome = "missed"   // it did not happen
	Declined Outcome = "declined" // they would rather not
)

// Outcomes lists all five in the order in which they are offered.
func Outcomes() []Outcome { return []Outcome{Light, Opened, Guarded, Missed, Declined} }

// ParseOutcome reads one of the five codes.
func ParseOutcome(s string) (Outcome, error) {
	for _, o := range Outcomes() {
		if string(o) == s {
			return o, nil
		}
	}
	return "", fmt.Errorf("parse outcome %q: want light, opened, guarded, missed or declined", s)
}

// Counts reports whether the talk counts towards more depth.
func (o Outcome) Counts() bool { return o == Light || o == Opened }

// TookPlace reports whether two people talked at all, which is what silence is
// measured from.
func (o Outcome) TookPlace() bool { return o.Counts() || o == Guarded }

// Setting is where a talk took place, or is meant to.
type Setting string

// The settings a starter may suit. The zero Setting means "not said".
const (
	Coffee   Setting = "coffee"
	Lunch    Setting = "lunch"
	Walk     Setting = "walk"
	Corridor Setting = "corridor"
	Remote   Setting = "remote"
	Travel   Setting = "travel"
)

// Settings lists all settings in the order in which they are offered.
func Settings() []Setting { return []Setting{Coffee, Lunch, Walk, Corridor, Remote, Travel} }

// ParseSetting reads one of the settings.
func ParseSetting(s string) (Setting, error) {
	for _, v := range Settings() {
		if string(v) == s {
			return v, nil
		}
	}
	return "", fmt.Errorf("parse setting %q", s)
}
