package view_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/i18n"
	"innerview/internal/slacksim"
)

var update = flag.Bool("update", false, "write the goldens of the views anew")

const goldens = "testdata/golden"

// TestGoldens compares every view with its golden: a file for each view and
// language, with all states of the view. The words are the catalogue's, so a
// change there is a change here.
func TestGoldens(t *testing.T) {
	t.Parallel()
	want := map[string]bool{}
	for _, p := range printers(t) {
		for name, states := range album(t, p) {
			file := name + "." + string(p.Language()) + ".json"
			want[file] = true
			t.Run(file, func(t *testing.T) { golden(t, file, states) })
		}
	}
	entries, err := os.ReadDir(goldens)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !want[e.Name()] {
			t.Errorf("%s is the golden of no view: remove it", e.Name())
		}
	}
}

// album draws every view that has a golden, by view and state.
func album(t *testing.T, p *i18n.Printer) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	for _, s := range shots() {
		if s.bare {
			continue
		}
		if all[s.view] == nil {
			all[s.view] = map[string]any{}
		}
		if _, twice := all[s.view][s.state]; twice {
			t.Fatalf("%s has two states called %q", s.view, s.state)
		}
		all[s.view][s.state] = parse(t, encode(t, s.build(p, mei())))
	}
	return all
}

func golden(t *testing.T, file string, states map[string]any) {
	t.Helper()
	path := filepath.Join(goldens, file)
	if *update {
		if err := os.WriteFile(path, indented(t, states), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(parse(t, raw), any(states)); diff != "" {
		t.Errorf("the view differs; go test ./bot/view -update writes the golden anew (-golden +view):\n%s", diff)
	}
}

// TestSlackTakesEveryView holds each view in each state against Slack's limits.
func TestSlackTakesEveryView(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for _, s := range shots() {
			doc := s.build(p, mei())
			for _, problem := range problems(t, doc) {
				t.Errorf("%s, %s, %s: %v", s.view, s.state, p.Language(), problem)
			}
		}
	}
}

func problems(t *testing.T, doc any) []slacksim.Problem {
	t.Helper()
	raw := encode(t, doc)
	if isMessage(doc) {
		return slacksim.CheckMessage(raw)
	}
	return slacksim.CheckView(raw)
}
