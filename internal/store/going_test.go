package store_test

import (
	"testing"

	"innerview/internal/store"
	"innerview/rapport"
)

// TestNoteThatGoes: a digest asks about a note in the week in which it goes, while
// it is there and may be kept, and not where notes are off.
func TestNoteThatGoes(t *testing.T) {
	t.Parallel()
	monday := someday.Monday()
	tests := []struct {
		name     string
		noteDays int
		expires  rapport.Date
		renewed  bool
		today    rapport.Date
		want     bool
	}{
		{"this Sunday", 180, monday.AddDays(6), false, monday, true},
		{"next Monday", 180, monday.AddDays(7), false, monday, false},
		{"today", 180, monday.AddDays(3), false, monday.AddDays(3), true},
		{"gone since yesterday", 180, monday.AddDays(2), false, monday.AddDays(3), false},
		{"kept once already", 180, monday.AddDays(6), true, monday, false},
		{"notes are off", 0, monday.AddDays(6), false, monday, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			url, keyFile := empty.Copy(t, t.TempDir())
			sc := addNote(t, openStore(t, url, keyFile, false), "likes ferries")
			raw(t, url, "UPDATE notes SET expires_on = '"+tt.expires.String()+"'", "UPDATE notes SET renewed = "+map[bool]string{true: "1", false: "0"}[tt.renewed])
			s, err := store.Open(t.Context(), nil, url, keyFile, store.Options{NoteDays: tt.noteDays})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			d, err := s.DigestNow(t.Context(), sc, tt.today)
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Going.ID != ""; got != tt.want {
				t.Errorf("asked about: %t, want %t", got, tt.want)
			}
		})
	}
}
