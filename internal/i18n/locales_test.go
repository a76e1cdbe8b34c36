package i18n_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// words is a language file as its writer sees it: a key's forms, of which a
// sentence without a plural has only "other".
type words map[string]forms

type forms map[string]string

// UnmarshalYAML reads either shape a key may have.
func (f *forms) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*f = forms{"other": n.Value}
		return nil
	}
	return n.Decode((*map[string]string)(f))
}

var (
	keyPattern  = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
	placeholder = regexp.MustCompile(`\{\{\.([A-Z][A-Za-z]*)\}\}`)
)

func readWords(t *testing.T, lang string) words {
	t.Helper()
	data, err := os.ReadFile("locales/" + lang + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var w words
	if err := yaml.Unmarshal(data, &w); err != nil {
		t.Fatalf("%s.yaml: %v", lang, err)
	}
	return w
}

// holes returns the names a text has filled in.
func holes(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// holes returns the names of all forms, without Count: "one person" may say its
// number in a word.
func (f forms) holes() []string {
	var names []string
	for _, text := range f {
		names = append(names, holes(text)...)
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(n string) bool { return n == "Count" && f.plural() })
}

func (f forms) plural() bool { return len(f) > 1 }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(sortedKeys(readWords(t, "en")), sortedKeys(readWords(t, "ja"))); diff != "" {
		t.Errorf("keys of en.yaml (-) and ja.yaml (+) differ:\n%s", diff)
	}
}

func TestBothLanguagesHaveTheSamePlaceholders(t *testing.T) {
	t.Parallel()
	en, ja := readWords(t, "en"), readWords(t, "ja")
	for _, key := range sortedKeys(en) {
		want := en[key].holes()
		got := ja[key].holes()
		if en[key].plural() {
			got = slices.DeleteFunc(got, func(n string) bool { return n == "Count" })
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: ja fills in %v, en %v", key, got, want)
		}
	}
}

func TestWordsAreWellFormed(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ja"} {
		w := readWords(t, lang)
		for _, key := range sortedKeys(w) {
			for _, problem := range malformed(lang, key, w[key]) {
				t.Errorf("%s.yaml: %s: %s", lang, key, problem)
			}
		}
	}
}

func TestMalformedFindsWhatItIsFor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, lang, key string
		forms           forms
		want            string
	}{
		{"key", "en", "NudgeNeutral", forms{"other": "x"}, "a key is lower-case words with dots"},
		{"no words", "ja", "a.b", forms{"other": " "}, "has no words"},
		{"half a plural", "en", "a.b", forms{"one": "x"}, "has the forms [one], want [one other] or one text"},
		{"plural not of the language", "ja", "a.b", forms{"one": "x", "other": "y"}, "has the forms [one other], want [other]"},
		{"form without a name", "en", "a.b", forms{"one": "x", "other": "{{.Who}}"}, "the form one lacks some of [Who]"},
		{"template language", "en", "a.b", forms{"other": "{{if .X}}x{{end}}"}, "only {{.Name}} may be filled in"},
	}
	for _, tt := range tests {
		if got := malformed(tt.lang, tt.key, tt.forms); !slices.Contains(got, tt.want) {
			t.Errorf("%s: malformed = %q, want %q among them", tt.name, got, tt.want)
		}
	}
	if got := malformed("en", "a.b", forms{"one": "a {{.Who}}", "other": "{{.Count}} {{.Who}}"}); got != nil {
		t.Errorf("malformed of a good plural = %q, want nothing", got)
	}
}

// malformed says what is wrong with a key and its forms, apart from voice.
func malformed(lang, key string, f forms) []string {
	var found []string
	if !keyPattern.MatchString(key) {
		found = append(found, "a key is lower-case words with dots")
	}
	names := sortedKeys(f)
	switch {
	case lang == "ja" && !slices.Equal(names, []string{"other"}):
		found = append(found, "has the forms "+fmt.Sprint(names)+", want [other]")
	case lang == "en" && !slices.Equal(names, []string{"other"}) && !slices.Equal(names, []string{"one", "other"}):
		found = append(found, "has the forms "+fmt.Sprint(names)+", want [one other] or one text")
	}
	for _, name := range names {
		found = append(found, malformedText(f[name])...)
		if !containsAll(holes(f[name]), f.holes()) {
			found = append(found, "the form "+name+" lacks some of "+fmt.Sprint(f.holes()))
		}
	}
	return found
}

func containsAll(have, want []string) bool {
	return !slices.ContainsFunc(want, func(n string) bool { return !slices.Contains(have, n) })
}

func malformedText(text string) []string {
	var found []string
	if strings.TrimSpace(text) == "" {
		found = append(found, "has no words")
	}
	if rest := placeholder.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
		found = append(found, "only {{.Name}} may be filled in")
	}
	return found
}
