package page_test

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim/page"
)

// sources reads all text files of the page.
func sources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(page.Files(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(page.Files(), name)
		out[name] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPageForbidsWhatItDoesNotNeed(t *testing.T) {
	t.Parallel()
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]+)"`).FindStringSubmatch(sources(t)["index.html"])
	if policy == nil {
		t.Fatal("index.html has no content security policy")
	}
	got := strings.Split(policy[1], "; ")
	want := []string{"default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("content security policy (-want +got):\n%s", diff)
	}
}

// The policy would stop most of these in a browser; here they are found
// without one, and before a person meets the hole.
func TestSourcesStayHarmless(t *testing.T) {
	t.Parallel()
	rules := []struct {
		what    string
		pattern *regexp.Regexp
		only    string // suffix of the files it holds for; empty: all
	}{
		{"data must never be parsed as markup", regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML`), ".js"},
		{"nothing may be run from text", regexp.MustCompile(`\beval\(|new Function|setTimeout\(['"]`), ".js"},
		{"scripts and styles must not stand in the page", regexp.MustCompile(`<script>|<style|\sstyle=|\son[a-z]+=`), ".html"},
		{"no other host may be needed", regexp.MustCompile(`(?:src|href)="(?:https?:)?//|@import|url\(["']?(?:https?:)?//|fetch\(['"]https?:`), ""},
		{"traces of debugging are to be taken out", regexp.MustCompile(`\bdebugger\b|console\.`), ".js"},
	}
	for name, text := range sources(t) {
		for _, rule := range rules {
			if found := rule.pattern.FindString(text); found != "" && strings.HasSuffix(name, rule.only) {
				t.Errorf("%s has %q: %s", name, found, rule.what)
			}
		}
	}
}

func TestModulesAreSmallAndFound(t *testing.T) {
	t.Parallel()
	files := sources(t)
	imports := regexp.MustCompile(`(?m)^import .* from '([^']+)';$`)
	for name, text := range files {
		if lines := strings.Count(text, "\n"); lines > 300 {
			t.Errorf("%s has %d lines: one idea has fewer than 300", name, lines)
		}
		if !strings.HasSuffix(name, ".js") {
			continue
		}
		if !strings.HasPrefix(text, "// ") {
			t.Errorf("%s does not begin by saying what it is for", name)
		}
		for _, found := range imports.FindAllStringSubmatch(text, -1) {
			if _, ok := files[path.Join(path.Dir(name), found[1])]; !ok {
				t.Errorf("%s imports %s, which does not exist", name, found[1])
			}
		}
	}
	for _, found := range regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(files["index.html"], -1) {
		if _, ok := files[found[1]]; !ok {
			t.Errorf("index.html loads %s, which does not exist", found[1])
		}
	}
}

func TestBothLanguagesHaveAllWords(t *testing.T) {
	t.Parallel()
	files := sources(t)
	english, japanese := dictionary(t, files["static/words.js"], "en"), dictionary(t, files["static/words.js"], "ja")
	places := regexp.MustCompile(`\{\w+\}`)
	for key, text := range english {
		other, ok := japanese[key]
		if !ok {
			t.Errorf("%s has no Japanese", key)
			continue
		}
		// One language may do without a name, but may not invent a place.
		for _, place := range places.FindAllString(other, -1) {
			if !strings.Contains(text, place) {
				t.Errorf("%s: the Japanese has %s, the English has not", key, place)
			}
		}
		if strings.ContainsAny(other, "！？!?") {
			t.Errorf("%s: %q raises its voice", key, other)
		}
	}
	for key := range japanese {
		if _, ok := english[key]; !ok {
			t.Errorf("%s has no English", key)
		}
	}
	used := usedWords(files)
	for key := range english {
		if !slices.Contains(used, key) {
			t.Errorf("nothing says %s", key)
		}
	}
	for _, key := range used {
		if _, ok := english[key]; !ok && isSaid(files, key) {
			t.Errorf("%s is said, but there are no words for it", key)
		}
	}
}

// dictionary reads one language's block of words.js.
func dictionary(t *testing.T, source, language string) map[string]string {
	t.Helper()
	_, block, ok := strings.Cut(source, "\n  "+language+": {\n")
	if !ok {
		t.Fatalf("words.js has no block %s", language)
	}
	block, _, _ = strings.Cut(block, "\n  },\n")
	words := map[string]string{}
	for _, found := range regexp.MustCompile(`(?m)^    (\w+): '((?:[^'\\]|\\.)*)',$`).FindAllStringSubmatch(block, -1) {
		words[found[1]] = found[2]
	}
	if lines := strings.Count(block, "\n") + 1; lines != len(words) {
		t.Errorf("words.js %s: %d lines but %d words", language, lines, len(words))
	}
	return words
}

// usedWords lists every quoted name in the modules: what is said, among others.
func usedWords(files map[string]string) []string {
	var used []string
	for name, text := range files {
		if strings.HasSuffix(name, ".js") {
			for _, found := range regexp.MustCompile(`'(\w+)'`).FindAllStringSubmatch(text, -1) {
				used = append(used, found[1])
			}
		}
	}
	slices.Sort(used)
	return slices.Compact(used)
}

func isSaid(files map[string]string, key string) bool {
	for _, text := range files {
		if strings.Contains(text, "say('"+key+"'") {
			return true
		}
	}
	return false
}

func TestFilesServeAtTheRoot(t *testing.T) {
	t.Parallel()
	raw, err := fs.ReadFile(page.Files(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, []byte(`<script type="module" src="static/main.js">`)) {
		t.Error("index.html does not load static/main.js")
	}
}
