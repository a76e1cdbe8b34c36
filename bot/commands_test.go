package bot_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/bot/view"
	"innerview/internal/slacksim"
	"innerview/rapport"
)

func TestCommandsAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range bot.Commands() {
		for _, word := range append([]string{c.Word, strings.ToUpper(c.Word)}, c.Aliases...) {
			if got, ok := bot.FindCommand(word); got != c.Word || !ok {
				t.Errorf("FindCommand(%q) = %q, %t, want %q", word, got, ok, c.Word)
			}
		}
	}
	for _, word := range []string{"", "lists", "log ", "ｌｏｇ", "/innerview", "\x00list"} {
		if got, ok := bot.FindCommand(word); ok {
			t.Errorf("FindCommand(%q) = %q, want none", word, got)
		}
	}
}

// TestWordsStandOnce: a word for two commands would only ever reach the first, and
// one that typing cannot give, none.
func TestWordsStandOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, c := range bot.Commands() {
		for _, word := range append([]string{c.Word}, c.Aliases...) {
			if other, twice := seen[word]; twice {
				t.Errorf("%q stands for %s and for %s", word, other, c.Word)
			}
			seen[word] = c.Word
			if word != strings.ToLower(word) || len(strings.Fields(word)) != 1 {
				t.Errorf("%q can never be typed: a word is one, in small letters", word)
			}
		}
		if c.Shown == "" || c.Shown[0] < utf8.RuneSelf {
			t.Errorf("%s is shown as %q in Japanese", c.Word, c.Shown)
		}
	}
}

func TestEveryCommandHasItsWords(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for _, c := range bot.Commands() {
			for _, key := range []string{"help." + c.Word, "help.more." + c.Word} {
				if !said(p, key) {
					t.Errorf("%s: %s is not in the catalogue", p.Language(), key)
				}
			}
		}
	}
}

// TestWrongUseSaysWhatToType: every command that takes something answers rubbish with
// its own usage, and has the sentence for it.
func TestWrongUseSaysWhatToType(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{Notes: rapport.NotesOpen})
	tried := 0
	for _, p := range printers(t) {
		for _, c := range bot.Commands() {
			if c.Args == "" || c.Word == "help" { // whose rubbish is a word it does not know
				continue
			}
			tried++
			_, err := b.Run(t.Context(), p, c.Word+" rubbish @nobody")
			refused(t, err, refusal{rapport.Invalid, "error.usage." + c.Word, map[string]any{"Usage": bot.UsageOf(c.Word)}})
			if !said(p, "error.usage."+c.Word) {
				t.Errorf("%s: error.usage.%s is not in the catalogue", p.Language(), c.Word)
			}
		}
	}
	if tried == 0 {
		t.Error("no command takes anything")
	}
}

// typedIn finds the commands that a sentence tells people to type.
var typedIn = regexp.MustCompile("`/innerview ([^ `]+)")

// TestSentencesNameTheWordThatHelpShows: a command is told in the words of whoever
// reads of it, and everywhere the same.
func TestSentencesNameTheWordThatHelpShows(t *testing.T) {
	t.Parallel()
	for _, lang := range []rapport.Language{rapport.English, rapport.Japanese} {
		shown := map[string]bool{}
		for _, c := range bot.Commands() {
			shown[strings.Fields(c.Usage[lang])[1]] = true
		}
		words, err := os.ReadFile("../internal/i18n/locales/" + string(lang) + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for line := range strings.Lines(string(words)) {
			line = strings.Replace(line, "`/innerview list` のような英語", "", 1) // what help says of the other words
			for _, m := range typedIn.FindAllStringSubmatch(line, -1) {
				told++
				if !shown[m[1]] {
					t.Errorf("%s: %q is not the word that help shows, in %s", lang, m[1], line)
				}
			}
		}
		if told == 0 {
			t.Errorf("%s: no sentence names a command", lang)
		}
	}
}

func TestUnknownWordsGetTheNearest(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"lsit", "list"},
		{"LISST", "list"},
		{"setings please", "settings"},
		{"nxet @mei", "next"},
		{"hlep", "help"},
		{"ヘルブ", "ヘルプ"},
		{"再会", "再開"},
		{"help lgo", "log"},

		{"salary", ""},
		{"q", ""},
		{"評価", ""},
		{strings.Repeat("list", 10_000), ""},
	}
	b, _ := newBot(t, bot.Options{})
	for _, tt := range tests {
		_, err := b.Run(t.Context(), printers(t)[0], tt.text)
		want := refusal{Kind: rapport.Invalid, Key: "error.word"}
		if tt.want != "" {
			want.Key, want.Args = "error.word_near", map[string]any{"Usage": "/innerview " + tt.want}
		}
		refused(t, err, want)
	}
	_, err := b.Run(t.Context(), printers(t)[0], "<@U0MEI> next")
	refused(t, err, refusal{Kind: rapport.Invalid, Key: "error.word_first"})
}

func TestHelp(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{})
	for _, p := range printers(t) {
		list := taken(t, "help", func() (view.Message, error) { return b.Run(t.Context(), p, "help") })
		for _, c := range bot.Commands() {
			if !strings.Contains(list, "`"+c.Usage[p.Language()]+"`") {
				t.Errorf("%s: help does not name %q", p.Language(), c.Usage[p.Language()])
			}
			for _, word := range append([]string{c.Word}, c.Aliases...) {
				one := taken(t, "help "+word, func() (view.Message, error) { return b.Run(t.Context(), p, "ヘルプ　"+word) })
				if !strings.Contains(one, p.T("help.more."+c.Word)) {
					t.Errorf("%s: help %s says %q", p.Language(), word, one)
				}
			}
		}
	}
}

// taken runs a command and returns its answer, once Slack's limits have been held
// against it.
func taken(t *testing.T, name string, run func() (view.Message, error)) string {
	t.Helper()
	m, err := run()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	raw, err := json.Marshal(map[string]any{"text": m.Text, "blocks": m.Blocks})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range slacksim.CheckMessage(raw) {
		t.Errorf("%s: %v", name, problem)
	}
	var doc struct {
		Blocks []struct{ Text struct{ Text string } }
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, b := range doc.Blocks {
		texts = append(texts, b.Text.Text)
	}
	return strings.Join(texts, "\n")
}

const commandsPage = "../docs/commands.md"

func TestCommandsPageIsCurrent(t *testing.T) {
	t.Parallel()
	want := bot.CommandsDoc(catalog(t))
	if *update {
		if err := os.WriteFile(commandsPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(commandsPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/commands.md is not what the commands say; go test ./bot -update writes it anew (-commands +page):\n%s", diff)
	}
	rows := slices.DeleteFunc(strings.Split(string(got), "\n"), func(line string) bool { return !strings.HasPrefix(line, "| `") })
	if len(rows) != len(bot.Commands())+1 {
		t.Errorf("the page has %d rows, want one for each of %d commands and one for the overview", len(rows), len(bot.Commands()))
	}
}
