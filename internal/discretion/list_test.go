package discretion

import (
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestListsSpeakOfKnownTopics reads the embedded lists: each rule has a topic
// of its class, in lower case, and every topic has rules in both languages.
func TestListsSpeakOfKnownTopics(t *testing.T) {
	t.Parallel()
	known := map[Class][]Topic{
		Red: {
			Health, MentalHealth, Disability, Pregnancy, Religion, Politics, Union, Origin, Gender, Crime,
			Harassment, Debt, IDNumber, Secret,
		},
		Amber: {Family, Partner, Children, Care, Hometown, Housing, Age, School, Pay},
		Label: {Judgement},
	}
	all, err := readLibrary(files)
	if err != nil {
		t.Fatal(err)
	}
	for lang, l := range all {
		rules := map[Class]map[Topic]int{Red: {}, Amber: {}, Label: {}}
		for _, r := range l.rules {
			rules[r.Class][r.Topic]++
			for _, n := range r.needs {
				if n.text != strings.ToLower(n.text) {
					t.Errorf("%s: a rule with %q has capitals, so it never matches", lang, n.text)
				}
			}
		}
		for class, topics := range known {
			for _, topic := range topics {
				if rules[class][topic] == 0 {
					t.Errorf("%s: no rule about %s", lang, topic)
				}
			}
			if len(rules[class]) != len(topics) {
				t.Errorf("%s: topics of %s: %v, want only %v", lang, class, rules[class], topics)
			}
		}
	}
}

// TestAllowancesAreNeeded finds lines of the allow-list that take out nothing a
// rule would have found: they only cost time and hide what the list is for.
func TestAllowancesAreNeeded(t *testing.T) {
	t.Parallel()
	all, err := readLibrary(files)
	if err != nil {
		t.Fatal(err)
	}
	for lang, l := range all {
		bare := lists{lang: lang, rules: l.rules, beside: l.beside}
		named, err := readGroups(files, lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range allowLines(t, lang) {
			spelt, err := named.spellOut(line)
			if err != nil {
				t.Fatal(err)
			}
			if !bare.findsAny(examples(t, lang, spelt)) {
				t.Errorf("%s: no rule finds %q", lang, line)
			}
		}
	}
}

func (l *lists) findsAny(texts []string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return l.check(text) != Finding{} })
}

func allowLines(t *testing.T, lang language) []string {
	t.Helper()
	text, err := files.ReadFile("rules/allow." + string(lang) + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

// examples returns texts that the line matches, as a view shows them: alone,
// and beside words that make some rules speak.
func examples(t *testing.T, lang language, line string) []string {
	t.Helper()
	if lang == langEN {
		line = wordwise(lang, line)
	}
	re, err := syntax.Parse(line, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	before, after := []string{"", " his ", " is ", " he  is ", " has  a ", " in "}, []string{""}
	if lang == langJA {
		before, after = after, []string{"", "が", "は", "の", "と", "に", "で", "を", "だ", "から"}
	}
	var all []string
	for _, text := range spellings(re) {
		for _, b := range before {
			for _, a := range after {
				all = append(all, b+text+a)
			}
		}
	}
	return all
}

// spellings returns texts that an expression matches: all of them where their
// number is small, a part where it is not. Whatever repeats stands once, and
// also not at all where it may.
func spellings(re *syntax.Regexp) []string {
	const most = 100
	all := []string{""}
	switch re.Op {
	case syntax.OpLiteral:
		all = []string{string(re.Rune)}
	case syntax.OpCharClass, syntax.OpAnyCharNotNL:
		all = []string{"x"}
		if len(re.Rune) > 0 {
			all = nil
			for i := 0; i < len(re.Rune); i += 2 {
				all = append(all, string(re.Rune[i]))
			}
		}
	case syntax.OpCapture, syntax.OpPlus:
		all = spellings(re.Sub[0])
	case syntax.OpQuest, syntax.OpStar, syntax.OpRepeat:
		all = append(all, spellings(re.Sub[0])...)
	case syntax.OpAlternate:
		all = nil
		for _, sub := range re.Sub {
			all = append(all, spellings(sub)...)
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			var longer []string
			for _, head := range all {
				for _, tail := range spellings(sub) {
					longer = append(longer, head+tail)
				}
			}
			all = longer[:min(len(longer), most)]
		}
	}
	return all
}

// TestNeedsHideNothing holds every rule to what it asks a text for first: what
// its expression matches has to hold one of these strings.
func TestNeedsHideNothing(t *testing.T) {
	t.Parallel()
	all, err := readLibrary(files)
	if err != nil {
		t.Fatal(err)
	}
	for lang, l := range all {
		for _, r := range slices.Concat(l.allow, l.rules) {
			if r.near != nil || len(r.needs) == 0 {
				continue
			}
			parsed, err := syntax.Parse(r.re().String(), syntax.Perl)
			if err != nil {
				t.Fatal(err)
			}
			texts := spellings(parsed)
			for _, text := range texts[:min(len(texts), 20)] {
				if r.re().MatchString(text) && !r.mayMatch(gramsOf(text), text) {
					t.Errorf("%s: %q matches %s and is not looked at", lang, text, r.re())
				}
			}
		}
	}
}

// TestGroupsAreUsed finds families of words that no rule speaks of.
func TestGroupsAreUsed(t *testing.T) {
	t.Parallel()
	for _, lang := range []language{langEN, langJA} {
		named, err := readGroups(files, lang)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, name := range []string{"allow", "red", "label", "amber", "beside"} {
			list, err := files.ReadFile("rules/" + name + "." + string(lang) + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			text.Write(list)
		}
		for name := range named {
			if !strings.Contains(text.String(), "{"+name+"}") && !usedWithin(named, name) {
				t.Errorf("%s: nobody speaks of {%s}", lang, name)
			}
		}
	}
}

func usedWithin(named groups, name string) bool {
	for _, g := range named {
		if slices.ContainsFunc(g.lines, func(line string) bool { return strings.Contains(line, "{"+name+"}") }) {
			return true
		}
	}
	return false
}

func TestReadLibraryRefuses(t *testing.T) {
	t.Parallel()
	whole := func(change string) fstest.MapFS {
		fsys := fstest.MapFS{}
		for _, name := range []string{"allow", "red", "label", "amber"} {
			for _, lang := range []string{"en", "ja"} {
				fsys["rules/"+name+"."+lang+".txt"] = &fstest.MapFile{Data: []byte("# a list\n[health]\nword\n")}
			}
		}
		for _, lang := range []string{"en", "ja"} {
			fsys["rules/groups."+lang+".txt"] = &fstest.MapFile{Data: []byte("[body]\nknee\n")}
			fsys["rules/beside."+lang+".txt"] = &fstest.MapFile{Data: []byte("[before]\ndoll\n[after]\nhouse\n")}
		}
		fsys["rules/red.ja.txt"].Data = []byte(change)
		return fsys
	}
	tests := []struct{ name, change, want string }{
		{"a whole library", "[health]\n病気\n", ""},
		{"a broken expression", "[health]\n病気\n病(気\n", "red.ja.txt, line 3"},
		{"a term before any topic", "病気\n[health]\n", "red.ja.txt, line 1"},
		{"a mark that is not known", "[health disclosed]\n病気\n", "red.ja.txt, line 1"},
		{"a group that is not known", "[health]\n{bodies} ~3 病気\n", "red.ja.txt, line 2"},
		{"a group that is not known, spelt out", "[health]\n{bodies}の病気\n", "red.ja.txt, line 2"},
		{"a known group", "[health]\n{body} ~3 病気\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := readLibrary(whole(tt.change))
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("readLibrary: %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("readLibrary: %v, want it to name %q", err, tt.want)
			}
		})
	}
	missing := whole("")
	delete(missing, "rules/red.ja.txt")
	if _, err := readLibrary(missing); err == nil {
		t.Error("readLibrary without a list: no error")
	}
}
