package discretion

import (
	"bufio"
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
	allow []rule // taken out of the text before the others look
	rules []rule // the graver class first
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
	var l lists
	allow, err := readList(fsys, allowed, lang)
	if err != nil {
		return lists{}, err
	}
	l.allow = allow
	for _, c := range []Class{Red, Label, Amber} {
		rules, err := readList(fsys, c, lang)
		if err != nil {
			return lists{}, err
		}
		l.rules = append(l.rules, rules...)
	}
	return l, nil
}

// readList reads the file of one class; the allow-list has no topics.
func readList(fsys fs.FS, c Class, lang language) ([]rule, error) {
	name := fmt.Sprintf("rules/%s.%s.txt", c, lang)
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read list: %w", err)
	}
	var rules []rule
	topic := Finding{Class: c}
	lines := bufio.NewScanner(strings.NewReader(string(text)))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || line[0] == '#':
		case isHeading(line):
			topic, err = heading(c, line)
		default:
			var made []rule
			made, err = newRules(lang, line, topic)
			rules = append(rules, made...)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s, line %d: %w", name, n, err)
		}
	}
	return rules, lines.Err()
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
