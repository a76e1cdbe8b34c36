package bot

import (
	"context"
	"slices"
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
	word     string
	args     string // as help shows them
	japanese string // the word and args that help shows in Japanese
	jaArgs   string
	aliases  []string // what people try besides
	run      func(b *Bot, ctx context.Context, r *request, a args) (reply, error)
}

// commands are in the order in which help lists them.
func commands() []command {
	return []command{
		{"list", "", "一覧", "", []string{"リスト", "people"}, (*Bot).cmdList},
		{"next", "[@person]", "次", "[@名前]", []string{"つぎ", "きっかけ"}, (*Bot).cmdNext},
		{"log", "@person [outcome] [day] [note]", "記録", "@名前 [結果] [日] [メモ]", []string{"ログ", "話せた", "talked"}, (*Bot).cmdLog},
		{"brief", "@person", "準備", "@名前", []string{"話す前に", "ブリーフ"}, (*Bot).cmdBrief},
		{"note", "@person [text]", "メモ", "@名前 [本文]", []string{"ノート"}, (*Bot).cmdNote},
		{"promise", "@person [text]", "約束", "@名前 [本文]", []string{"引き受けた", "引き受けたこと"}, (*Bot).cmdPromise},
		{"coffee", "@person [when]", "コーヒー", "@名前 [日時]", []string{"予定", "plan"}, (*Bot).cmdCoffee},
		{"add", "@person", "追加", "@名前", nil, (*Bot).cmdAdd},
		{"end", "@person", "終了", "@名前", []string{"一覧から外す"}, (*Bot).cmdEnd},
		{"snooze", "@person [days|date]", "間をあける", "@名前 [日数か日付]", []string{"あとで", "後で"}, (*Bot).cmdSnooze},
		{"pause", "[days|date]", "お休み", "[日数か日付]", []string{"休む", "休止"}, (*Bot).cmdPause},
		{"resume", "", "再開", "", nil, (*Bot).cmdResume},
		{"digest", "", "今週", "", []string{"まとめ", "今週のまとめ", "ダイジェスト", "week"}, (*Bot).cmdDigest},
		{"settings", "", "設定", "", nil, (*Bot).cmdSettings},
		{"me", "", "自分", "", []string{"わたし", "私"}, (*Bot).cmdMe},
		{"privacy", "", "プライバシー", "", nil, (*Bot).cmdPrivacy},
		{"help", "[word]", "ヘルプ", "[コマンド]", []string{"使い方"}, (*Bot).cmdHelp},
	}
}

// words are all the words for the command, the English one first.
func (c command) words() []string { return append([]string{c.word, c.japanese}, c.aliases...) }

// findCommand returns the command for a word or one of its aliases.
func findCommand(word string) (command, bool) {
	word = strings.ToLower(word)
	for _, c := range commands() {
		if slices.Contains(c.words(), word) {
			return c, true
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
		words = append(words, c.words()...)
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
	return &rapport.Error{Kind: rapport.Invalid, Key: key, Args: map[string]any{"Usage": usageOf(word)}}
}

// usageOf is, in an error's values, the word of a command: the error does not know
// yet in which language its reader will be told how the command is typed.
type usageOf string

// in returns how the command is typed by somebody of a language.
func (u usageOf) in(lang rapport.Language) string {
	c, _ := findCommand(string(u))
	return c.usage(lang)
}

// usage returns how the command is typed by somebody of a language.
func (c command) usage(lang rapport.Language) string {
	if lang == rapport.Japanese {
		return strings.TrimSpace(Slash + " " + c.japanese + " " + c.jaArgs)
	}
	return strings.TrimSpace(Slash + " " + c.word + " " + c.args)
}

func (b *Bot) cmdHelp(_ context.Context, r *request, a args) (reply, error) {
	if a.empty() {
		return say(view.Help(r.p, helpLines(r.p)))
	}
	word := a.word()
	c, ok := findCommand(figures(word))
	if !ok {
		return reply{}, unknownWord(word)
	}
	return say(view.Say(r.p, r.p.T("help.one", "Usage", c.usage(r.p.Language()), "What", r.p.T("help."+c.word))+
		"\n"+r.p.T("help.more."+c.word)))
}

func helpLines(p *i18n.Printer) []view.HelpLine {
	lines := []view.HelpLine{{Usage: Slash, What: p.T("help.overview")}}
	for _, c := range commands() {
		lines = append(lines, view.HelpLine{Usage: c.usage(p.Language()), What: p.T("help." + c.word)})
	}
	return lines
}
