package main

import (
	"testing"

	"innerview/rapport"
)

// FuzzReadRoster feeds anything to the reader of rosters: it names what is bad or
// returns rows that can be imported, and never panics.
func FuzzReadRoster(f *testing.F) {
	for _, seed := range []string{
		"leader,person\nU01ANA,U11MEI\n",
		"\xef\xbb\xbfperson,leader,since\r\nU11MEI,ana@example.com,2024-02-29\r\n",
		"leader,person,language,rhythm_days\nU01ANA,U11MEI,JA,28\n\nU01ANA,U12KENTA\n",
		"leader,person\n\"U01\nANA\",U11MEI\n", "leader,person\nU01ANA\x00,U11MEI\n", "\"", "", "\n\n", "leader,leader\n",
		"leader,person\nU01ANA,U01ANA\nU01ANA,U11MEI\nU01ANA,U11MEI\n", "\xff\xfel\x00e\x00",
	} {
		f.Add([]byte(seed))
	}
	latest, err := rapport.ParseDate("2026-11-26")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		lines, err := readRoster(raw, latest)
		if err != nil {
			return
		}
		seen := make(couples)
		before := 1
		for _, l := range lines {
			if l.number <= before {
				t.Errorf("line %d comes after line %d", l.number, before)
			}
			before = l.number
			if err := seen.add(l.row, l.number); err != nil {
				t.Errorf("line %d: %v", l.number, err)
			}
			if checkWho("leader", l.row.Leader) != nil || checkWho("person", l.row.Person) != nil {
				t.Errorf("line %d names nobody: %+v", l.number, l.row)
			}
			if l.row.Since.After(latest) {
				t.Errorf("line %d begins on %s, which has not come", l.number, l.row.Since)
			}
		}
	})
}
