package importtest_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// text is one file of the tree that people write.
type text struct {
	path string
	body []byte
}

// texts reads every text file, the folder .ci included, the other hidden ones
// and what a build or a run leaves behind excluded.
func texts(t *testing.T, fsys fs.FS) []text {
	t.Helper()
	var all []text
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			base := path.Base(p)
			if p == "dist" || base[0] == '.' && p != "." && p != ".ci" {
				return fs.SkipDir
			}
			return nil
		}
		if !written(p) {
			return nil
		}
		body, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		all = append(all, text{p, body})
		return nil
	})
	if err != nil {
		t.Fatalf("read the tree: %v", err)
	}
	return all
}

// written reports whether people write files of this name: those that a run
// leaves behind, and sums, are not.
func written(p string) bool {
	switch path.Ext(p) {
	case ".go", ".md", ".yaml", ".yml", ".json", ".js", ".css", ".html", ".svg", ".sql", ".txtar", ".csv", ".mod":
		return true
	case "":
		return path.Base(p) == "Makefile" || path.Base(p) == "Dockerfile" || within(path.Dir(p), ".ci")
	}
	return false
}

// unfinished matches the marks of work left for later. They are spelt in two
// pieces so that this file passes its own test.
func unfinished() *regexp.Regexp {
	return regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
}

func leftovers(all []text) []string {
	var found []string
	for _, f := range all {
		for i, line := range bytes.Split(f.body, []byte("\n")) {
			if word := unfinished().Find(line); word != nil {
				found = append(found, fmt.Sprintf("%s:%d: %s: finish it or write an issue", f.path, i+1, word))
			}
		}
	}
	return found
}

func TestNothingIsLeftForLater(t *testing.T) {
	t.Parallel()
	for _, found := range leftovers(texts(t, os.DirFS("../.."))) {
		t.Error(found)
	}
	bad := fstest.MapFS{
		"a/a.go":      {Data: []byte("package a\n\n// TO" + "DO: more\n")},
		"a/data.yaml": {Data: []byte("a: XX" + "X\nb: XX" + "XX\n")},
		".ci/run":     {Data: []byte("# FIX" + "ME\n")},
		".git/a.go":   {Data: []byte("// TO" + "DO\n")},
		"a/photo.png": {Data: []byte("TO" + "DO")},
	}
	got := leftovers(texts(t, bad))
	want := []string{
		".ci/run:1: FIX" + "ME: finish it or write an issue",
		"a/a.go:3: TO" + "DO: finish it or write an issue",
		"a/data.yaml:1: XX" + "X: finish it or write an issue",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("leftovers of a bad tree (-want +got):\n%s", diff)
	}
}

// pages are the documents of a tree, by path, with the headings of each.
type pages map[string][]string

var (
	heading = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *$`)
	fence   = regexp.MustCompile("(?ms)^```.*?^```")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	cited   = regexp.MustCompile(`(docs/[a-z0-9/-]+\.md)(?:,[\s/*#]+"([^"]+)")?`)
)

func documents(all []text) pages {
	docs := pages{}
	for _, f := range all {
		if path.Ext(f.path) != ".md" {
			continue
		}
		docs[f.path] = []string{}
		for _, m := range heading.FindAllSubmatch(fence.ReplaceAll(f.body, nil), -1) {
			docs[f.path] = append(docs[f.path], string(m[1]))
		}
	}
	return docs
}

// brokenReferences names the documents and headings that texts speak of and
// that are not there: `docs/method.md, "Pace"` in any file, links in documents.
func brokenReferences(fsys fs.FS, all []text) []string {
	docs := documents(all)
	var found []string
	for _, f := range all {
		for _, m := range cited.FindAllSubmatch(f.body, -1) {
			page, title := string(m[1]), string(m[2])
			if !docs.has(page, title, strings.EqualFold) {
				found = append(found, fmt.Sprintf("%s: no %s in the docs", f.path, m[0]))
			}
		}
		if path.Ext(f.path) == ".md" {
			found = append(found, docs.brokenLinks(fsys, f)...)
		}
	}
	return found
}

func (d pages) has(page, title string, same func(a, b string) bool) bool {
	headings, known := d[page]
	if !known || title == "" {
		return known
	}
	for _, h := range headings {
		if same(h, title) {
			return true
		}
	}
	return false
}

func (d pages) brokenLinks(fsys fs.FS, f text) []string {
	var found []string
	for _, m := range link.FindAllSubmatch(fence.ReplaceAll(f.body, nil), -1) {
		target, anchor, _ := strings.Cut(string(m[1]), "#")
		if strings.Contains(target, ":") {
			continue // another site
		}
		page := path.Join(path.Dir(f.path), target)
		if target == "" {
			page = f.path
		}
		_, err := fs.Stat(fsys, page)
		if err != nil || !d.has(page, anchor, isAnchor) && anchor != "" {
			found = append(found, fmt.Sprintf("%s: broken link %s", f.path, m[1]))
		}
	}
	return found
}

// isAnchor reports whether a heading gets the anchor on the usual hosts: lower
// case, spaces as hyphens, punctuation dropped.
func isAnchor(title, anchor string) bool {
	made := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case strings.ContainsRune("`.,:;()/'\"…–→", r):
			return -1
		}
		return r
	}, strings.ToLower(title))
	return made == anchor
}

func TestDocumentsHaveWhatIsCited(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS("../..")
	for _, found := range brokenReferences(fsys, texts(t, fsys)) {
		t.Error(found)
	}
	d := "docs" // apart from the name, or this file would cite what is not there
	bad := fstest.MapFS{
		"a/a.go": {Data: []byte("// See " + d + "/m.md, \"Pace\", " + d + "/m.md,\n// \"Speed\" and " + d + "/n.md.\npackage a\n")},
		d + "/m.md": {Data: []byte("# The method\n\n## Pace\n\n[up](../a/a.go) [gone](o.md) [here](#pace) [not](#speed) " +
			"[there](m.md#the-method) [site](https://example.com)\n```\n## Speed\n```\n")},
	}
	got := brokenReferences(bad, texts(t, bad))
	want := []string{
		"a/a.go: no " + d + "/m.md,\n// \"Speed\" in the docs",
		"a/a.go: no " + d + "/n.md in the docs",
		d + "/m.md: broken link o.md",
		d + "/m.md: broken link #speed",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("references of a bad tree (-want +got):\n%s", diff)
	}
}
