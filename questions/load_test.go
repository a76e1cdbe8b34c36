package questions_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"innerview/questions"
)

// plain is an item that nothing is wrong with; each line is told apart by its
// number in the tests below.
const plain = `- id: F-001
  level: 1
  topic: tea
  setting: [coffee, walk]
  occasion: any
  text:
    en: "Which tea do you like?"
    ja: "どんなお茶が好きですか。"
  share: {en: "I like green tea.", ja: "私は緑茶が好きです。"}
  follow: {en: ["What do you like about it?"], ja: ["どんなところが好きですか。"]}
  listen: {en: "what they like", ja: "好きなもの"}
  sensitivity: none
  avoid: {en: "Alcohol.", ja: "お酒の話はしない。"}
`

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		old, new string // a change to plain
		want     string // line and part of the text
	}{
		{"unknown field", "  level: 1\n", "  level: 1\n  colour: red\n", `3 F-001: unknown field "colour"`},
		{"unknown language", `    ja: "どん`, `    fr: "Quel thé?"` + "\n" + `    ja: "どん`, `8 F-001: unknown field "fr" in text`},
		{"field given twice", "  topic: tea\n", "  topic: tea\n  topic: tea\n", "4 F-001: topic is given twice"},
		{"language given twice", `    ja: "どん`, `    en: "Again?"` + "\n" + `    ja: "どん`, "8 F-001: text.en is given twice"},
		{"field missing", "  topic: tea\n", "", "1 F-001: topic is missing"},
		{"id missing", "- id: F-001\n  level", "- level", "1: id is missing"},
		{"language missing", `, ja: "私は緑茶が好きです。"`, "", "9 F-001: share.ja is missing"},
		{"level not a number", "level: 1", "level: one", "2 F-001: level: want 1, 2 or 3"},
		{"level out of range", "level: 1", "level: 4", "2 F-001: level: want 1, 2 or 3"},
		{"level of another prefix", "level: 1", "level: 2", "2 F-001: level 2 does not match the id"},
		{"level as text", "level: 1", `level: "1"`, "2 F-001: level: want 1, 2 or 3"},
		{"text as a number", `"Which tea do you like?"`, "12", "7 F-001: text.en: want a text"},
		{"text as a list", `"Which tea do you like?"`, "[a, b]", "7 F-001: text.en: want a text"},
		{"text empty", `"Which tea do you like?"`, `""`, "7 F-001: text.en is empty"},
		{"text of two lines", `"Which tea do you like?"`, `"Which tea\ndo you like?"`, "7 F-001: text.en: want one line"},
		{"text with space at its end", `"Which tea do you like?"`, `"Which tea? "`, "7 F-001: text.en: want one line"},
		{"alias", `"Which tea do you like?"`, "*tea", "7: not YAML"},
		{"languages as a text", `{en: "I like green tea.", ja: "私は緑茶が好きです。"}`, `"tea"`, "9 F-001: share: want en and ja"},
		{"follow as a text", `["What do you like about it?"]`, `"What?"`, "10 F-001: follow.en: want a list of one or two"},
		{"three follow-ups", `["What do you like about it?"]`, `["a", "b", "c"]`, "10 F-001: follow.en: want a list of one or two"},
		{"no follow-up", `["What do you like about it?"]`, `[]`, "10 F-001: follow.en: want a list of one or two"},
		{"follow-up of a wrong type", `["What do you like about it?"]`, `[3]`, "10 F-001: follow.en: want a text"},
		{"bad setting", "[coffee, walk]", "[coffee, moon]", `4 F-001: setting "moon"`},
		{"setting twice", "[coffee, walk]", "[coffee, coffee]", "4 F-001: setting coffee is given twice"},
		{"no setting", "[coffee, walk]", "[]", "4 F-001: setting: want a list"},
		{"setting as a text", "[coffee, walk]", "coffee", "4 F-001: setting: want a list"},
		{"bad occasion", "occasion: any", "occasion: birthday", `5 F-001: occasion "birthday"`},
		{"occasion of hello cards", "occasion: any", "occasion: welcome_back", "5 F-001: occasion welcome_back is for hello cards"},
		{"bad sensitivity", "sensitivity: none", "sensitivity: high", `12 F-001: sensitivity "high"`},
		{"bad requirement", "sensitivity: none", "sensitivity: none\n  requires: notes", `13 F-001: requires "notes"`},
		{"bad topic", "topic: tea", "topic: Green Tea", `3 F-001: topic "Green Tea"`},
		{"bad id", "id: F-001", "id: F-1", `1: id "F-1"`},
		{"unknown prefix", "id: F-001", "id: X-001", `1: id "X-001"`},
		{"field of a card", "  share:", "  say: {en: \"Tea.\", ja: \"お茶。\"}\n  share:", "9 F-001: say does not belong on a question"},
		{"card with a level", "id: F-001", "id: T-001", "2 T-001: level does not belong on a card"},
		{"card without what to say", "id: F-001", "id: T-001", "1 T-001: say is missing"},
		{"retired as a text", "  level: 1\n", "  level: 1\n  retired: perhaps\n", "3 F-001: retired: want true or false"},
		{"not a list", "- id: F-001\n  level: 1\n", "id: F-001\nlevel: 1\n", "not YAML"},
		{"unclosed quote", `"I like green tea."`, `"I like green tea.`, "not YAML"},
		{"tab", "  topic: tea", "\ttopic: tea", "not YAML"},
		{"not UTF-8", "  topic: tea", "  topic: \xff", "3: not plain text"},
		{"control character", "  topic: tea", "  topic: \x01", "3: not plain text"},
		{"old line ends", "  topic: tea\n", "  topic: tea\r", "3: not plain text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(plain, tt.old) {
				t.Fatalf("plain has no %q", tt.old)
			}
			src := strings.Replace(plain, tt.old, tt.new, 1)
			got := places(refusal(t, folder(map[string]string{"pack.yaml": src, "hello.yaml": spec("H-001")})))
			if !strings.Contains(got, tt.want) {
				t.Errorf("findings:\n%s\nwant one with %q", got, tt.want)
			}
		})
	}
}

func TestLoadAccepts(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, src string }{
		{"plain", plain},
		{"nothing required", plain + "  requires: none\n"},
		{"two documents", plain + "---\n" + strings.ReplaceAll(plain, "F-001", "F-002")},
		{"comments only", "# later\n"},
		{"nothing", ""},
		{"carriage returns", strings.ReplaceAll(plain, "\n", "\r\n")},
		{"byte order mark", "\ufeff" + plain},
		{"not retired", plain + "  retired: false\n"},
		{"retired", "- {id: F-002, retired: true}\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys := folder(map[string]string{"pack.yaml": tt.src, "hello.yaml": spec("H-001")})
			if found := questions.Lint(fsys); len(found) > 0 {
				t.Errorf("Lint = %v, want nothing", found)
			}
			if _, err := questions.Load(fsys); err != nil {
				t.Errorf("Load: %v", err)
			}
		})
	}
}

func TestLoadNamesEveryFault(t *testing.T) {
	t.Parallel()
	fsys := folder(map[string]string{
		"a.yaml": strings.NewReplacer("level: 1", "level: 7", "topic: tea", "topic: TEA", "walk]", "moon]").Replace(plain) +
			"- F-002\n" +
			"- id: F-003\n  colour: red\n",
		"b.yaml": plain,
		"c.yaml": "tea\n",
	})
	got := places(refusal(t, fsys))
	want := `a.yaml:2 F-001: level
a.yaml:3 F-001: topic
a.yaml:4 F-001: setting
a.yaml:14: not a starter
a.yaml:15 F-003: level
a.yaml:15 F-003: topic
a.yaml:15 F-003: setting
a.yaml:15 F-003: occasion
a.yaml:15 F-003: text
a.yaml:15 F-003: share
a.yaml:15 F-003: follow
a.yaml:15 F-003: listen
a.yaml:15 F-003: sensitivity
a.yaml:15 F-003: avoid
a.yaml:16 F-003: unknown field
b.yaml:1 F-001: the id is taken at a.yaml:1
c.yaml:1: a pack is a list of starters`
	if diff := cmp.Diff(strings.Split(want, "\n"), cutTo(strings.Split(got, "\n"), strings.Split(want, "\n"))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// One slip in the YAML does not hide the faults behind it.
func TestBrokenYAMLDoesNotHideOtherFaults(t *testing.T) {
	t.Parallel()
	src := "# a pack\n" +
		"- id: F-001\n  topic: [tea\n" +
		"- id: F-002\n  colour: red\n" +
		"- id: F-003\n  text: \"tea\n" +
		plain
	got := places(refusal(t, folder(map[string]string{"a.yaml": src})))
	for _, want := range []string{"a.yaml:3: not YAML", "a.yaml:5 F-002: unknown field", "a.yaml:7: not YAML"} {
		if !strings.Contains(got, want) {
			t.Errorf("findings:\n%s\nwant one with %q", got, want)
		}
	}
	if strings.Contains(got, "F-001:") {
		t.Errorf("findings:\n%s\nwant none for the sound item", got)
	}
}

func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	got := places(refusal(t, fstest.MapFS{
		"gone.yaml":       {Mode: fs.ModeSymlink, Data: []byte("nowhere.yaml")},
		"dir.yaml/a.yaml": {Data: []byte("tea")},
	}))
	for _, want := range []string{"gone.yaml:0: cannot be read", "dir.yaml/a.yaml:1: a pack is a list"} {
		if !strings.Contains(got, want) {
			t.Errorf("findings:\n%s\nwant one with %q", got, want)
		}
	}
}

// refusal returns the findings for which a folder is refused.
func refusal(t *testing.T, fsys fstest.MapFS) []questions.Finding {
	t.Helper()
	_, err := questions.Load(fsys)
	var e *questions.LoadError
	if !errors.As(err, &e) || len(e.Findings) == 0 {
		t.Fatalf("Load = %v, want a LoadError with findings", err)
	}
	return e.Findings
}

// places prints findings without their rule: "file:line id: text".
func places(found []questions.Finding) string {
	var lines []string
	for _, f := range found {
		at := fmt.Sprintf("%s:%d", f.File, f.Line)
		if f.ID != "" {
			at += " " + f.ID
		}
		lines = append(lines, at+": "+f.Text)
	}
	return strings.Join(lines, "\n")
}

// cutTo cuts each line to the length of its counterpart.
func cutTo(lines, to []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = line
		if i < len(to) && len(line) > len(to[i]) {
			out[i] = line[:len(to[i])]
		}
	}
	return out
}
