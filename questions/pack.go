package questions

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// packs are the entries of some YAML files, and what is wrong with their form.
type packs struct {
	entries  []entry
	findings []Finding
	files    int
}

// entry is a starter with the place it was read from. It may lack fields, each
// of which is then a finding.
type entry struct {
	Starter
	retired bool
	file    string
	lines   map[string]int // of each text and list by its path, such as "text.ja"
}

// line returns where the field stands, or where the entry begins.
func (e entry) line(field string) int {
	if n, ok := e.lines[field]; ok {
		return n
	}
	return e.lines[""]
}

// readPacks reads every .yaml and .yml file below the root of fsys. Hidden files
// and folders are left out, as are the folders behind a mounted ConfigMap.
func readPacks(fsys fs.FS) packs {
	var p packs
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			p.unreadable(name, err)
		case hidden && d.IsDir():
			return fs.SkipDir
		case !hidden && !d.IsDir() && isPack(name):
			p.read(fsys, name)
		}
		return nil
	})
	if err != nil {
		p.unreadable(".", err)
	}
	p.checkDuplicates()
	return p
}

func isPack(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}

func (p *packs) unreadable(name string, err error) {
	p.findings = append(p.findings, Finding{File: name, Rule: ruleForm, Text: "cannot be read: " + err.Error()})
}

func (p *packs) read(fsys fs.FS, name string) {
	p.files++
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		p.unreadable(name, err)
		return
	}
	r := reader{file: name}
	r.read(src)
	p.entries = append(p.entries, r.entries...)
	p.findings = append(p.findings, r.findings...)
}

// checkDuplicates names every entry whose id another one has taken.
func (p *packs) checkDuplicates() {
	first := map[string]entry{}
	for _, e := range p.entries {
		if e.ID == "" {
			continue
		}
		was, taken := first[e.ID]
		if !taken {
			first[e.ID] = e
			continue
		}
		p.findings = append(p.findings, Finding{
			File: e.file, Line: e.line("id"), ID: e.ID, Rule: ruleForm,
			Text: fmt.Sprintf("the id is taken at %s:%d; ids are never reused", was.file, was.line("id")),
		})
	}
}
