package questions_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/questions"
)

func TestFindingString(t *testing.T) {
	t.Parallel()
	tests := []struct {
		finding questions.Finding
		want    string
	}{
		{questions.Finding{File: "a.yaml", Line: 7, ID: "F-001", Rule: "L-05", Text: "too long"}, "a.yaml:7: L-05 F-001: too long"},
		{questions.Finding{File: "data", Rule: "L-12", Text: "too few"}, "data: L-12: too few"},
	}
	for _, tt := range tests {
		if got := tt.finding.String(); got != tt.want {
			t.Errorf("String() = %q, want %q", got, tt.want)
		}
	}
}

func TestFindingNamesTheLineOfTheText(t *testing.T) {
	t.Parallel()
	src := strings.Replace(plain, `"どんなお茶が好きですか。"`, `"お茶は好きですか。"`, 1)
	got := questions.Lint(folder(map[string]string{"pack.yaml": src}))
	if len(got) != 1 || got[0].Line != 8 || got[0].ID != "F-001" || got[0].File != "pack.yaml" {
		t.Errorf("Lint = %v, want one finding at pack.yaml:8 F-001", got)
	}
}

func TestAllowListIsNeeded(t *testing.T) {
	t.Parallel()
	for _, a := range questions.Allowed() {
		if a.Reason == "" {
			t.Errorf("%s %q has no reason", a.Rule, a.Phrase)
		}
		if !questions.Alarms(a.Rule, a.Phrase, false) {
			t.Errorf("%s %q raises no alarm without the list; remove it", a.Rule, a.Phrase)
		}
		if questions.Alarms(a.Rule, "x "+a.Phrase+" x", true) {
			t.Errorf("%s %q raises an alarm despite the list", a.Rule, a.Phrase)
		}
	}
}

func TestLintBuiltin(t *testing.T) {
	t.Parallel()
	for _, f := range questions.LintBuiltin() {
		t.Error(f)
	}
}

func TestLintDir(t *testing.T) {
	t.Parallel()
	dir := overlay(t, map[string]string{
		"a.yaml":     strings.Replace(plain, "I like green tea.", "My father likes tea.", 1),
		"b/more.yml": "- id: F-999\n  retired: true\n- id: F-002\n  retired: true\n",
	})
	found, err := questions.LintDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		filepath.Join(dir, "a.yaml") + `:9: L-04 F-001: share.en says "father"; a prohibited topic; ask about something else`,
		filepath.Join(dir, "b/more.yml") + ":2: L-00 F-999: nothing to retire: the built-in bank has no such id; remove the item",
	}
	var got []string
	for _, f := range found {
		got = append(got, f.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("LintDir (-want +got):\n%s", diff)
	}
}

// A folder that holds nothing to read must not pass.
func TestLintDirWithoutPacks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pack.txt"), []byte(plain), 0o600); err != nil {
		t.Fatal(err)
	}
	if found, err := questions.LintDir(dir); err == nil {
		t.Errorf("LintDir = %v, nil, want an error", found)
	}
}
