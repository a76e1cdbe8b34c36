package discretion

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

//go:embed rules/*.txt
var files embed.FS

// allowed names the list of what is taken out. It is no class of a note.
const allowed Class = "allow"

// lists are all rules of one language.
type lists struct {
	lang   language
	allow  []rule // taken out of the text before the others look
	rules  []rule // the graver class first
	beside beside // what excuses a find
}

// library holds the embedded lists by language. They are read once, when the
// first note comes, and never change.
var library = sync.OnceValue(func() map[language]lists {
	all, err := readLibrary(files)
	if err != nil {
		// The lists are part of the program, and its tests read them all.
		panic(err)
	}
	return all
})

// Warm reads the lists now rather than with the first note, which somebody waits
// for.
func Warm() { library() }

func readLibrary(fsys fs.FS) (map[language]lists, error) {
	all := map[language]lists{}
	for _, lang := range []language{langEN, langJA} {
		l, err := readLists(fsys, lang)
		if err != nil {
			return nil, err
		}
		all[lang] = l
	}
	return all, nil
}

func readLists(fsys fs.FS, lang language) (lists, error) {
	l := lists{lang: lang}
	named, err := readGroups(fsys, lang)
	if err != nil {
		return l, err
	}
	if l.beside, err = readBeside(fsys, lang, named); err != nil {
		return l, err
	}
	if l.allow, err = readList(fsys, allowed, lang, named); err != nil {
		return l, err
	}
	for _, c := range []Class{Red, Label, Amber} {
		rules, err := readList(fsys, c, lang, named)
		if err != nil {
			return l, err
		}
		l.rules = append(l.rules, rules...)
	}
	return l, nil
}

// readList reads the file of one class; the allow-list has no topics.
func readList(fsys fs.FS, c Class, lang language, named groups) ([]rule, error) {
	var rules []rule
	topic := Finding{Class: c}
	err := readLines(fsys, fmt.Sprintf("rules/%s.%s.txt", c, lang), func(line string) (err error) {
		if isHeading(line) {
			topic, err = heading(c, line)
			return err
		}
		r, err := newRule(lang, line, topic, named)
		rules = append(rules, r)
		return err
	})
	return rules, err
}

// readLines hands on the lines of a file that say something.
func readLines(fsys fs.FS, name string, take func(line string) error) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("read list: %w", err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := take(line); err != nil {
			return fmt.Errorf("read %s, line %d: %w", name, n, err)
		}
	}
	return nil
}

func isHeading(line string) bool { return line[0] == '[' && line[len(line)-1] == ']' }

// heading reads "[topic]" or "[topic disclosure]".
func heading(c Class, line string) (Finding, error) {
	topic, mark, marked := strings.Cut(line[1:len(line)-1], " ")
	if marked && mark != "disclosure" {
		return Finding{}, fmt.Errorf("unknown mark %q", mark)
	}
	return Finding{Class: c, Topic: Topic(topic), Disclosure: marked}, nil
}
