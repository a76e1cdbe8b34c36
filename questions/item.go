package questions

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"innerview/rapport"
)

// form says which fields an item has: a question or a card.
type form uint8

const (
	question form = 1 << iota
	card
	neither form = 0
	both         = question | card
)

// field is one field of an item: who must have it, who may, and how it is read.
type field struct {
	name      string
	must, may form
	read      func(*item, *yaml.Node)
}

// fields lists every field an item may have. The id comes first: the findings of
// all others name it.
func fields() []field {
	return []field{
		{"id", both, both, (*item).id},
		{"retired", neither, both, (*item).retire},
		{"level", question, question, (*item).level},
		{"topic", both, both, (*item).topic},
		{"setting", both, both, (*item).settings},
		{"occasion", both, both, (*item).occasion},
		{"requires", neither, both, oneOf(requirements(), func(s *Starter) *string { return &s.Requires })},
		{"text", both, both, words(func(s *Starter) *Words { return &s.Text })},
		{"share", question, question, words(func(s *Starter) *Words { return &s.Share })},
		{"say", card, card, words(func(s *Starter) *Words { return &s.Share })},
		{"follow", question, question, (*item).follow},
		{"listen", both, both, words(func(s *Starter) *Words { return &s.Listen })},
		{"sensitivity", both, both, oneOf(sensitivities(), func(s *Starter) *string { return &s.Sensitivity })},
		{"avoid", both, both, words(func(s *Starter) *Words { return &s.Avoid })},
	}
}

func requirements() []string { return []string{"none", RequiresInterest, RequiresStrength} }

func sensitivities() []string {
	return []string{SensitivityNone, SensitivityAdjacent, SensitivityCareful}
}

// item is an item of a list while it is read.
type item struct {
	*reader
	entry
	node   *yaml.Node
	values map[string]*yaml.Node
	strays []*yaml.Node // keys that are unknown, or given before
	path   string       // of the field being read
}

// item reads one item of a list and keeps it if it has an id.
func (r *reader) item(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.fault(n.Line+r.offset, "", "not a starter; begin it with “- id:”")
		return
	}
	i := item{reader: r, node: n, values: map[string]*yaml.Node{}}
	i.entry = entry{file: r.file, lines: map[string]int{"": n.Line + r.offset}}
	i.collect()
	i.readFields()
	i.nameStrays()
	if i.ID != "" {
		i.complete()
		r.entries = append(r.entries, i.entry)
	}
}

func (i *item) fault(n *yaml.Node, format string, args ...any) {
	i.reader.fault(n.Line+i.offset, i.ID, "%s", fmt.Sprintf(format, args...))
}

// collect sorts the item's values by field name and puts the other keys aside:
// their findings name the id, which is not yet read.
func (i *item) collect() {
	for k := 0; k+1 < len(i.node.Content); k += 2 {
		key, value := i.node.Content[k], i.node.Content[k+1]
		_, twice := i.values[key.Value]
		if twice || !known(key) {
			i.strays = append(i.strays, key)
			continue
		}
		i.values[key.Value] = value
		i.lines[key.Value] = value.Line + i.offset
	}
}

func known(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && slices.ContainsFunc(fields(), func(f field) bool { return f.name == key.Value })
}

func (i *item) nameStrays() {
	for _, key := range i.strays {
		if known(key) {
			i.fault(key, "%s is given twice; keep one", key.Value)
			continue
		}
		i.fault(key, "unknown field %q; the fields are %s", key.Value, names(fields()))
	}
}

// readFields reads the fields and names those that are missing. An item that is
// only taken away needs no field but its id.
func (i *item) readFields() {
	for _, f := range fields() {
		value, given := i.values[f.name]
		i.path = f.name
		switch {
		case given && f.may&i.form() == 0:
			i.fault(value, "%s does not belong on a %s; remove it", f.name, i.form())
		case given:
			f.read(i, value)
		case f.name == "id" || f.must&i.form() != 0 && !i.retired:
			i.fault(i.node, "%s is missing", f.name)
		}
	}
}

// complete sets what the id and the occasion imply.
func (i *item) complete() {
	i.Kind = kindOf(i.ID, i.Occasion)
	i.Level = levelOf(i.ID)
	if i.Sensitivity == "" {
		i.Sensitivity = SensitivityNone
	}
	if i.Requires == "none" {
		i.Requires = ""
	}
}

// form tells a card from a question by the first letter of the id as it was
// written, right or wrong.
func (i *item) form() form {
	if n := i.values["id"]; n != nil && (strings.HasPrefix(n.Value, "T") || strings.HasPrefix(n.Value, "H")) {
		return card
	}
	return question
}

// String names the form for a finding.
func (f form) String() string {
	if f == card {
		return "card"
	}
	return "question"
}

func (i *item) id(n *yaml.Node) {
	s, ok := i.text(n)
	if !ok {
		return
	}
	if !isID(s) {
		i.fault(n, "id %q: want F-, C-, V-, T- or H- and three digits", s)
		return
	}
	i.ID = s
}

// isID reports whether s is a known prefix and three digits.
func isID(s string) bool {
	return len(s) == 5 && strings.IndexByte("FCVTH", s[0]) >= 0 && s[1] == '-' && strings.Trim(s[2:], "0123456789") == ""
}

func (i *item) retire(n *yaml.Node) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
		i.fault(n, "retired: want true or false")
		return
	}
	if err := n.Decode(&i.retired); err != nil {
		i.fault(n, "retired: want true or false")
	}
}

func (i *item) level(n *yaml.Node) {
	var level int
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || n.Decode(&level) != nil || level < 1 || level > 3 {
		i.fault(n, "level: want 1, 2 or 3")
		return
	}
	if i.ID != "" && rapport.Depth(level) != levelOf(i.ID) {
		i.fault(n, "level %d does not match the id; the prefix %s means level %d", level, i.ID[:1], levelOf(i.ID))
	}
}

func (i *item) topic(n *yaml.Node) {
	s, ok := i.text(n)
	if !ok {
		return
	}
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		i.fault(n, "topic %q: want small letters, digits and _", s)
		return
	}
	i.Topic = s
}

func (i *item) settings(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		i.fault(n, "setting: want a list of %s", join(rapport.Settings()))
		return
	}
	for _, v := range n.Content {
		s, err := rapport.ParseSetting(v.Value)
		switch {
		case v.Kind != yaml.ScalarNode || err != nil:
			i.fault(v, "setting %q: want some of %s", v.Value, join(rapport.Settings()))
		case slices.Contains(i.Settings, s):
			i.fault(v, "setting %s is given twice; keep one", s)
		default:
			i.Settings = append(i.Settings, s)
		}
	}
}

func (i *item) occasion(n *yaml.Node) {
	oneOf(Occasions(), func(s *Starter) *string { return &s.Occasion })(i, n)
	forHello := i.Occasion == OccasionNewReport || i.Occasion == OccasionWelcomeBack
	if forHello && i.ID != "" && i.ID[0] != 'H' {
		i.fault(n, "occasion %s is for hello cards (H-) only", i.Occasion)
	}
}

func (i *item) follow(n *yaml.Node) {
	i.languages(n, func(lang string, n *yaml.Node) {
		if n.Kind != yaml.SequenceNode || len(n.Content) < 1 || len(n.Content) > 2 {
			i.fault(n, "follow.%s: want a list of one or two texts", lang)
			return
		}
		for k, v := range n.Content {
			s, ok := i.text(v)
			if !ok {
				continue
			}
			i.lines[fmt.Sprintf("follow.%s.%d", lang, k)] = v.Line + i.offset
			if lang == "ja" {
				i.Follow.JA = append(i.Follow.JA, s)
			} else {
				i.Follow.EN = append(i.Follow.EN, s)
			}
		}
	})
}

// languages calls read with the value of en and of ja, and names whatever is
// missing or too much.
func (i *item) languages(n *yaml.Node, read func(lang string, n *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		i.fault(n, "%s: want en and ja", i.path)
		return
	}
	path, seen := i.path, map[string]bool{}
	for k := 0; k+1 < len(n.Content); k += 2 {
		key, value := n.Content[k], n.Content[k+1]
		switch {
		case key.Value != "en" && key.Value != "ja":
			i.fault(key, "unknown field %q in %s; want en and ja", key.Value, path)
		case seen[key.Value]:
			i.fault(key, "%s.%s is given twice; keep one", path, key.Value)
		default:
			i.path = path + "." + key.Value
			i.lines[i.path] = value.Line + i.offset
			read(key.Value, value)
		}
		seen[key.Value] = true
	}
	i.path = path
	for _, lang := range []string{"en", "ja"} {
		if !seen[lang] {
			i.fault(n, "%s.%s is missing", path, lang)
		}
	}
}

// text reads a text of one line; anything else is a finding.
func (i *item) text(n *yaml.Node) (string, bool) {
	switch {
	case n.Kind == yaml.AliasNode:
		i.fault(n, "%s: aliases are not followed; write the text out", i.path)
	case n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str":
		i.fault(n, "%s: want a text; put it in quotes", i.path)
	case strings.TrimSpace(n.Value) == "":
		i.fault(n, "%s is empty", i.path)
	case strings.TrimSpace(n.Value) != n.Value || strings.ContainsFunc(n.Value, unicode.IsControl):
		i.fault(n, "%s: want one line without space at its ends", i.path)
	default:
		return n.Value, true
	}
	return "", false
}

// words returns the reading of a text in both languages.
func words(of func(*Starter) *Words) func(*item, *yaml.Node) {
	return func(i *item, n *yaml.Node) {
		i.languages(n, func(lang string, n *yaml.Node) {
			s, _ := i.text(n)
			if w := of(&i.Starter); lang == "ja" {
				w.JA = s
			} else {
				w.EN = s
			}
		})
	}
}

// oneOf returns the reading of a word that must be one of a few.
func oneOf(allowed []string, of func(*Starter) *string) func(*item, *yaml.Node) {
	return func(i *item, n *yaml.Node) {
		s, ok := i.text(n)
		if !ok {
			return
		}
		if !slices.Contains(allowed, s) {
			i.fault(n, "%s %q: want one of %s", i.path, s, join(allowed))
			return
		}
		*of(&i.Starter) = s
	}
}

func names(fs []field) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.name)
	}
	return join(out)
}

func join[S ~string](words []S) string {
	var b strings.Builder
	for k, w := range words {
		if k > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(w))
	}
	return b.String()
}
