package questions_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/questions"
	"innerview/rapport"
)

func TestStarterAsRead(t *testing.T) {
	t.Parallel()
	got, found := bankOf(t, "C-007 topic=craft at=walk,coffee when=project_end needs=observed.strength feel=adjacent").Starter("C-007")
	want := questions.Starter{
		ID: "C-007", Kind: rapport.KindNudge, Level: rapport.Causative, Topic: "craft",
		Settings: []rapport.Setting{rapport.Walk, rapport.Coffee}, Occasion: questions.OccasionProjectEnd,
		Requires: questions.RequiresStrength, Sensitivity: questions.SensitivityAdjacent,
		Text:   questions.Words{EN: "What drew you to this {strength}?", JA: "これは{strength}どんなものですか。"},
		Share:  questions.Words{EN: "I like tea.", JA: "私はお茶が好きです。"},
		Follow: questions.Lines{EN: []string{"What do you like about it?"}, JA: []string{"どんなところが好きですか。"}},
		Listen: questions.Words{EN: "what they like", JA: "好きなもの"},
		Avoid:  questions.Words{EN: "Anything else.", JA: "ほかの話はしない。"},
	}
	if diff := cmp.Diff(want, got); !found || diff != "" {
		t.Errorf("Starter(C-007) found %v, (-want +got):\n%s", found, diff)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	b := bankOf(t, "F-001", "V-001", "T-001", "H-002", "H-003 when=back_from_break", "H-004 when=welcome_back", "H-005 when=new_report")
	tests := map[string]rapport.MessageKind{
		"F-001": rapport.KindNudge, "V-001": rapport.KindNudge, "T-001": rapport.KindThanks,
		"H-002": rapport.KindHello, "H-003": rapport.KindWelcomeBack,
		"H-004": rapport.KindWelcomeBack, "H-005": rapport.KindHello,
	}
	for id, want := range tests {
		if got, _ := b.Starter(id); got.Kind != want {
			t.Errorf("kind of %s = %q, want %q", id, got.Kind, want)
		}
	}
}

func TestBankIsSortedAndFiltered(t *testing.T) {
	t.Parallel()
	b := bankOf(t, "V-001", "F-002", "F-001", "T-001")
	tests := []struct {
		name string
		got  []questions.Starter
		want []string
	}{
		{"all", b.All(), []string{"F-001", "F-002", "H-001", "T-001", "V-001"}},
		{"factual", b.Level(rapport.Factual), []string{"F-001", "F-002"}},
		{"causative", b.Level(rapport.Causative), nil},
		{"cards", b.Level(0), []string{"H-001", "T-001"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, ids(tt.got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if _, found := b.Starter("F-999"); found {
		t.Error("Starter(F-999) found, want none")
	}
}

func TestWordsIn(t *testing.T) {
	t.Parallel()
	words, lines := questions.Words{EN: "tea", JA: "お茶"}, questions.Lines{EN: []string{"tea"}, JA: []string{"お茶", "水"}}
	for lang, want := range map[rapport.Language]string{rapport.English: "tea", rapport.Japanese: "お茶", "": "tea"} {
		if got := words.In(lang); got != want {
			t.Errorf("Words.In(%q) = %q, want %q", lang, got, want)
		}
		if got := lines.In(lang)[0]; got != want {
			t.Errorf("Lines.In(%q)[0] = %q, want %q", lang, got, want)
		}
	}
}

func TestBuiltin(t *testing.T) {
	t.Parallel()
	b, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for level := rapport.Factual; level <= rapport.Values; level++ {
		if len(b.Level(level)) == 0 {
			t.Errorf("no %s starter in the built-in bank", level)
		}
	}
	for _, kind := range []rapport.MessageKind{rapport.KindThanks, rapport.KindHello, rapport.KindWelcomeBack} {
		if !slices.ContainsFunc(b.All(), func(s questions.Starter) bool { return s.Kind == kind }) {
			t.Errorf("no %s card in the built-in bank", kind)
		}
	}
}

func TestOpenLaysFolderOver(t *testing.T) {
	t.Parallel()
	builtin, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	b, err := questions.Open(overlay(t, map[string]string{
		"ours.yaml":       spec("F-001 topic=ours") + spec("F-901"),
		"away/less.yml":   "- id: F-002\n  retired: true\n",
		"README.md":       "not a pack",
		".hidden/no.yaml": "not a pack either",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := b.Starter("F-001"); s.Topic != "ours" {
		t.Errorf("topic of F-001 = %q, want it replaced", s.Topic)
	}
	if _, found := b.Starter("F-901"); !found {
		t.Error("F-901 not found, want it added")
	}
	if _, found := b.Starter("F-002"); found {
		t.Error("F-002 found, want it retired")
	}
	if got, want := len(b.All()), len(builtin.All()); got != want {
		t.Errorf("%d starters, want %d: one more, one less", got, want)
	}
}

func TestOpenWithoutPacksIsBuiltin(t *testing.T) {
	t.Parallel()
	want, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"no folder": "", "empty folder": t.TempDir()} {
		b, err := questions.Open(dir)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want.All(), b.All()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOpenNamesEveryFault(t *testing.T) {
	t.Parallel()
	dir := overlay(t, map[string]string{
		"a.yaml": "- id: F-901\n  colour: red\n",
		"b.yaml": strings.Replace(spec("F-902"), "I like tea.", "My father likes tea.", 1),
		"c.yaml": "- id: [\n",
	})
	_, err := questions.Open(dir)
	var refused *questions.LoadError
	if !errors.As(err, &refused) {
		t.Fatalf("Open = %v, want a LoadError", err)
	}
	files := map[string]bool{}
	for _, f := range refused.Findings {
		files[f.File] = true
		if f.Line == 0 {
			t.Errorf("%v has no line", f)
		}
		if !strings.Contains(err.Error(), f.String()) {
			t.Errorf("error text lacks %q", f)
		}
	}
	for _, name := range []string{"a.yaml", "b.yaml", "c.yaml"} {
		if !files[filepath.Join(dir, name)] {
			t.Errorf("no finding in %s: %v", name, err)
		}
	}
}

// Wording is a matter for lint: a rule that a release adds must not keep an
// operator's bot from starting.
func TestOpenAcceptsClumsyWording(t *testing.T) {
	t.Parallel()
	clumsy := strings.Replace(spec("F-901"), "I like tea.", "I like tea!", 1)
	dir := overlay(t, map[string]string{"a.yaml": clumsy})
	if _, err := questions.Open(dir); err != nil {
		t.Errorf("Open: %v", err)
	}
	found, err := questions.LintDir(dir)
	if err != nil || len(found) != 1 {
		t.Errorf("LintDir = %v, %v, want one finding", found, err)
	}
}

func TestOpenNoFolder(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none")
	if _, err := questions.Open(missing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Open = %v, want not exist", err)
	}
	if _, err := questions.LintDir(missing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("LintDir = %v, want not exist", err)
	}
}

func TestBankNeedsHello(t *testing.T) {
	t.Parallel()
	refused := [][]string{
		{"F-001"},
		{"F-001", "H-001 when=back_from_break"},
		{"F-001", "H-001 when=new_year"},
		{"F-001", "H-001 needs=learnt.interest"},
	}
	for _, specs := range refused {
		var e *questions.LoadError
		if _, err := questions.Load(pack(specs...)); !errors.As(err, &e) {
			t.Errorf("Load(%q) = %v, want a LoadError", specs, err)
		}
	}
}

func ids(starters []questions.Starter) []string {
	var out []string
	for _, s := range starters {
		out = append(out, s.ID)
	}
	return out
}

// overlay writes the files into a new folder.
func overlay(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
