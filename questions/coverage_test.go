package questions_test

import (
	"fmt"
	"strings"
	"testing"

	"innerview/questions"
)

// enough returns a bank that just meets L-12.
func enough() []string {
	var specs []string
	add := func(prefix string, n int, rest string) {
		for range n {
			specs = append(specs, fmt.Sprintf("%s-%03d %s", prefix, len(specs)+1, rest))
		}
	}
	add("F", 20, "at=coffee,lunch,walk,remote,corridor")
	add("F", 4, "at=coffee,lunch,walk,remote when=friday")
	add("C", 16, "")
	add("V", 8, "")
	return specs
}

func TestL12Coverage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		first       int // how the enough items are cut down
		last        int
		want        int // findings
		wantMention string
	}{
		{"enough", 0, 48, 0, ""},
		{"one values starter less", 0, 47, 4, "values at coffee: 7 starters of 8"},
		{"one corridor starter less", 1, 48, 5, "factual at corridor: 19 starters of 20"},
		{"nothing for every place and month", 48, 48, 13 + 12, "factual in season in February: 0 starters of 4"},
	}
	for _, tt := range tests {
		var lines []string
		for _, f := range questions.Coverage(pack(enough()[tt.first:tt.last]...)) {
			lines = append(lines, f.String())
		}
		if len(lines) != tt.want || !strings.Contains(strings.Join(lines, "\n"), tt.wantMention) {
			t.Errorf("%s: %d findings, want %d with %q:\n%s", tt.name, len(lines), tt.want, tt.wantMention, strings.Join(lines, "\n"))
		}
	}
}

// Coverage is asked of the built-in bank alone.
func TestL12NotForFolders(t *testing.T) {
	t.Parallel()
	found, err := questions.LintDir(overlay(t, map[string]string{"one.yaml": plain}))
	if err != nil || len(found) > 0 {
		t.Errorf("LintDir = %v, %v, want nothing", found, err)
	}
}

func TestL12SeasonalMonth(t *testing.T) {
	t.Parallel()
	var specs []string
	for n := range 4 {
		specs = append(specs, fmt.Sprintf("F-%03d when=rainy_season", n+1))
	}
	short := map[string]bool{}
	for _, f := range questions.Coverage(pack(specs...)) {
		if month, ok := strings.CutPrefix(f.Text, "factual in season in "); ok {
			month, _, _ = strings.Cut(month, ":")
			short[month] = true
		}
	}
	for month, want := range map[string]bool{"May": true, "June": false, "July": false, "August": true} {
		if short[month] != want {
			t.Errorf("%s short of seasonal starters: %v, want %v", month, short[month], want)
		}
	}
}
