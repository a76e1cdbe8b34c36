package bot

import (
	"context"
	"strings"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/rapport"
)

// Slash is the command people type.
const Slash = "/innerview"

// command is one word after /innerview. The table of them is the truth: help,
// docs/commands.md and the manifest's usage hint come from it. The words of help
// are the catalogue's, under "help.WORD" and "help.more.WORD".
type command struct {
	word    string
	aliases []string // in Japanese, and what people try
	args    string   // as help shows them
	run     func(b *Bot, ctx context.Context, r *request, a args) (reply, error)
}

// commands are in the order in which help lists them.
func commands() []command {
	return []command{
		{"list", []string{"一覧", "リスト"}, "", (*Bot).cmdList},
		{"next", []string{"次", "つぎ"}, "[@person]", (*Bot).cmdNext},
		{"log", []string{"記録", "ログ"}, "@person [outcome] [day] [note]", (*Bot).cmdLog},
		{"brief", []string{"準備", "ブリーフ"}, "@person", (*Bot).cmdBrief},
		{"note", []string{"メモ", "ノート"}, "@person [text]", (*Bot).cmdNote},
		{"promise", []string{"約束"}, "@person [text]", (*Bot).cmdPromise},
		{"coffee", []string{"コーヒー"}, "@person [when]", (*Bot).cmdCoffee},
		{"add", []string{"追加"}, "@person", (*Bot).cmdAdd},
		{"end", []string{"終了"}, "@person", (*Bot).cmdEnd},
		{"snooze", []string{"あとで", "後で"}, "@person [days|date]", (*Bot).cmdSnooze},
		{"pause", []string{"休止", "お休み"}, "[days|date]", (*Bot).cmdPause},
		{"resume", []string{"再開"}, "", (*Bot).cmdResume},
		{"digest", []string{"今週", "ダイジェスト"}, "", (*Bot).cmdDigest},
		{"settings", []string{"設定"}, "", (*Bot).cmdSettings},
		{"me", []string{"自分", "わたし"}, "", (*Bot).cmdMe},
		{"privacy", []string{"プライバシー"}, "", (*Bot).cmdPrivacy},
		{"help", []string{"ヘルプ", "使い方"}, "[word]", (*Bot).cmdHelp},
	}
}

// findCommand returns the command for a word or one of its aliases.
func findCommand(word string) (command, bool) {
	word = strings.ToLower(word)
	for _, c := range commands() {
		if c.word == word {
			return c, true
		}
		for _, alias := range c.aliases {
			if alias == word {
				return c, true
			}
		}
	}
	return command{}, false
}

// runCommand finds the command for a text and runs it. No word at all is the list.
func (b *Bot) runCommand(ctx context.Context, r *request, text string) (reply, error) {
	word, rest := splitWord(text)
	if word == "" {
		return b.cmdList(ctx, r, args{})
	}
	c, ok := findCommand(figures(word))
	if !ok {
		return reply{}, unknownWord(word)
	}
	return c.run(b, ctx, r, rest)
}

// unknownWord answers a typo with the nearest command. What was typed is not
// repeated: it may have been meant for somebody else.
func unknownWord(word string) error {
	if mention.MatchString(word) {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.word_first"}
	}
	var words []string
	for _, c := range commands() {
		words = append(append(words, c.word), c.aliases...)
	}
	if close := nearest(figures(word), words, 2); close != "" {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.word_near", Args: map[string]any{"Usage": Slash + " " + close}}
	}
	return &rapport.Error{Kind: rapport.Invalid, Key: "error.word"}
}

// wrongUse answers a command that lacks something with what to type.
func wrongUse(word string) error { return misused("error.usage."+word, word) }

// misused says the sentence of a key, with how the command is typed.
func misused(key, word string) error {
	c, _ := findCommand(word)
	return &rapport.Error{Kind: rapport.Invalid, Key: key, Args: map[string]any{"Usage": c.usage()}}
}

func (c command) usage() string { return strings.TrimSpace(Slash + " " + c.word + " " + c.args) }

func (b *Bot) cmdHelp(_ context.Context, r *request, a args) (reply, error) {
	if a.empty() {
		return say(view.Help(r.p, helpLines(r.p)))
	}
	word := a.word()
	c, ok := findCommand(figures(word))
	if !ok {
		return reply{}, unknownWord(word)
	}
	return say(view.Say(r.p, r.p.T("help.one", "Usage", c.usage(), "What", r.p.T("help."+c.word))+
		"\n"+r.p.T("help.more."+c.word)))
}

func helpLines(p *i18n.Printer) []view.HelpLine {
	lines := []view.HelpLine{{Usage: Slash, What: p.T("help.overview")}}
	for _, c := range commands() {
		lines = append(lines, view.HelpLine{Usage: c.usage(), What: p.T("help." + c.word)})
	}
	return lines
}
