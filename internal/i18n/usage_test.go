package i18n_test

import (
	"go/parser"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/rapport"
)

// speakers are the packages that say something to people.
var speakers = []string{
	"bot", "bot/view", "cmd/innerview", "internal/i18n", "internal/store", "rapport", "scheduler",
}

// TestKeysAreKnownAndUsed reads the program's source: each key it names has to
// be in the catalogue, with the values its sentence wants, and each key of the
// catalogue has to be named by some source.
func TestKeysAreKnownAndUsed(t *testing.T) {
	t.Parallel()
	s := newSource()
	for _, dir := range speakers {
		if err := s.addFolder(filepath.Join("..", "..", dir)); err != nil {
			t.Fatal(err)
		}
	}
	for _, problem := range s.check(readWords(t, "en")) {
		t.Error(problem)
	}
}

// TestEveryValueHasAWord covers the keys that are joined from a beginning and a
// value of the domain: the source shows only the beginning.
func TestEveryValueHasAWord(t *testing.T) {
	t.Parallel()
	catalogue := readWords(t, "en")
	families := map[string][]string{
		"outcome.":    values(rapport.Outcomes()...),
		"me.outcome.": values(rapport.Outcomes()...),
		"me.kind.":    values(rapport.NoteFact, rapport.NoteCause, rapport.NoteValue, rapport.NoteHope, rapport.NoteSupport),
		"me.promise.": values(rapport.PromiseOpen, rapport.PromiseKept, rapport.PromiseWithdrawn),
		"setting.":    values(rapport.Settings()...),
		"note.kind.":  values(rapport.NoteFact, rapport.NoteCause, rapport.NoteValue, rapport.NoteHope, rapport.NoteSupport),
	}
	for prefix, want := range families {
		var got []string
		for _, key := range sortedKeys(catalogue) {
			if value, ok := strings.CutPrefix(key, prefix); ok {
				got = append(got, value)
			}
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the domain's values (-) and the keys of %s* (+) differ:\n%s", prefix, diff)
		}
	}
}

func values[T ~string](list ...T) []string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	return texts
}

func TestKeyCheckFindsWhatItIsFor(t *testing.T) {
	t.Parallel()
	catalogue := words{
		"nudge.hello":   {"other": "{{.Person}}"},
		"nudge.people":  {"one": "{{.Count}} a", "other": "{{.Count}} b"},
		"outcome.light": {"other": "x"},
		"error.gone":    {"other": "{{.Who}}"},
		"list.empty":    {"other": "x"},
		"table.help":    {"other": "x"},
		"named.const":   {"other": "x"},
		"format.light":  {"other": "x"},
		"nobody.says":   {"other": "x"},
		"only.in_tests": {"other": "x"},
	}
	s := newSource()
	files := map[string]string{
		"words.go": `package words
			const KeyConst, KeyTypo = "named.const", "named.cnst"
			const Path = "not.a_key"`,
		"bot.go": `package bot
			func f(p *i18n.Printer, o rapport.Outcome, people []any) {
				p.T("nudge.hello", "Person", "x")
				p.T("nudge.hello", people...)
				p.T("nudge.hello", "Name", "x")
				p.T("nudge.helo", "Person", "x")
				p.N("nudge.people", 3)
				p.T("nudge.people")
				p.N("list.empty", 1)
				p.T("outcome." + string(o))
				p.T("outcme." + string(o))
				p.T(fmt.Sprintf("format.%s", o))
				p.T(words.KeyConst)
				key := "list." + x
				_ = &rapport.Error{Kind: k, Key: "error.gone", Args: map[string]any{"Who": 1}}
				_ = rapport.Error{Key: "error.gone"}
				_ = rapport.Error{Key: "error.typo"}
				return invalid("error.unheard")
			}
			var table = []command{{name: "x", helpKey: "table.help"}, {helpKey: "table.hlp"}}`,
	}
	for _, name := range sortedKeys(files) {
		file, err := parser.ParseFile(s.fset, name, files[name], 0)
		if err != nil {
			t.Fatal(err)
		}
		s.files = append(s.files, file)
	}
	got := s.check(catalogue)
	want := []string{
		"bot.go:5:9: nudge.hello wants [Person], is given [Name]",
		"bot.go:6:9: nudge.helo is no key of the catalogue",
		"bot.go:8:9: nudge.people has plural forms: say it with N",
		"bot.go:9:9: list.empty has no plural forms: say it with T",
		"bot.go:11:9: no key of the catalogue begins with outcme.",
		"bot.go:16:28: error.gone wants [Who], is given []",
		"bot.go:17:28: error.typo is no key of the catalogue",
		"bot.go:18:20: error.unheard is no key of the catalogue",
		"bot.go:20:72: table.hlp is no key of the catalogue",
		"nobody.says: nothing says it",
		"only.in_tests: nothing says it",
		"words.go:2:45: named.cnst is no key of the catalogue",
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("check (-want +got):\n%s", diff)
	}
}
