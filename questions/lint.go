package questions

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Lint reads the packs of fsys and returns everything wrong with them, by file
// and line: their form (L-00), and the rules L-01 to L-07, L-09 and L-10. L-08 and
// L-11 take a human reader, and L-12 is about the built-in bank as a whole.
func Lint(fsys fs.FS) []Finding {
	p := readPacks(fsys)
	return p.lint()
}

// LintBuiltin returns what is wrong with the built-in bank, its coverage (L-12)
// included.
func LintBuiltin() []Finding {
	p := readPacks(builtin)
	return append(p.lint(), p.coverage()...)
}

// LintDir returns what is wrong with an operator's folder, in itself and as laid
// over the built-in bank. A folder that cannot be read or holds no pack is an
// error: it would pass unread.
func LintDir(dir string) ([]Finding, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("lint questions folder: %w", err)
	}
	p := readPacks(os.DirFS(dir))
	if p.files == 0 {
		return nil, fmt.Errorf("lint questions folder %s: no .yaml file in it", dir)
	}
	found := append(p.lint(), p.strayRetired(readPacks(builtin))...)
	sortFindings(found)
	return inFolder(dir, found), nil
}

// inFolder returns the findings with the folder before each file name.
func inFolder(dir string, fs []Finding) []Finding {
	out := slices.Clone(fs)
	for i := range out {
		out[i].File = filepath.Join(dir, path.Clean(out[i].File))
	}
	return out
}

// lint returns the findings of form and of the rules, by file and line.
func (p packs) lint() []Finding {
	l := newLinter()
	for _, e := range p.entries {
		if !e.retired {
			l.entry(e)
		}
	}
	out := slices.Concat(p.findings, l.found)
	sortFindings(out)
	return out
}

// strayRetired names what a folder takes away from the bank below it although it
// is not there.
func (p packs) strayRetired(below packs) []Finding {
	var out []Finding
	for _, e := range p.entries {
		there := slices.ContainsFunc(below.entries, func(b entry) bool { return b.ID == e.ID })
		if e.retired && !there {
			out = append(out, e.finding("retired", ruleForm, "nothing to retire: the built-in bank has no such id; remove the item"))
		}
	}
	return out
}

// finding returns a finding at a field of the entry.
func (e entry) finding(field, rule, format string, args ...any) Finding {
	return Finding{File: e.file, Line: e.line(field), ID: e.ID, Rule: rule, Text: fmt.Sprintf(format, args...)}
}

// phrase is one text of an entry in one language.
type phrase struct {
	entry
	field string // text, share, say, follow, listen or avoid
	lang  string // en or ja
	path  string // of its line
	words string
}

// phrases returns the texts of an entry that are there.
func (e entry) phrases() []phrase {
	share := "share"
	if e.Level == 0 {
		share = "say"
	}
	var out []phrase
	for _, w := range []struct {
		field string
		words Words
	}{{"text", e.Text}, {share, e.Share}, {"listen", e.Listen}, {"avoid", e.Avoid}} {
		out = append(out,
			phrase{e, w.field, "en", w.field + ".en", w.words.EN},
			phrase{e, w.field, "ja", w.field + ".ja", w.words.JA})
	}
	for k, words := range e.Follow.EN {
		out = append(out, phrase{e, "follow", "en", fmt.Sprintf("follow.en.%d", k), words})
	}
	for k, words := range e.Follow.JA {
		out = append(out, phrase{e, "follow", "ja", fmt.Sprintf("follow.ja.%d", k), words})
	}
	return slices.DeleteFunc(out, func(p phrase) bool { return p.words == "" })
}

// spoken reports whether the phrase is shown as something to say or ask, rather
// than as a hint about it.
func (p phrase) spoken() bool { return p.field != "listen" && p.field != "avoid" }

// asks reports whether the phrase must be an open question.
func (p phrase) asks() bool { return p.Level > 0 && (p.field == "text" || p.field == "follow") }
