package bot

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"innerview/internal/i18n"
	"innerview/rapport"
)

const commandsPreface = `# Commands

<!-- Written by "go test ./bot -update" from the table of commands and the words of help. Do not edit. -->

Type these in any channel: nobody else sees them or the answer. Upper and lower case are alike, and a
mistyped word is answered with the nearest one. The Japanese words do the same as the English ones, and
so do those behind a comma.

| type | 日本語 | what it does |
|---|---|---|
`

// CommandsDoc returns docs/commands.md: the table of commands in the words that
// help has for them in English.
func CommandsDoc(catalog *i18n.Catalog) string {
	p := catalog.Printer(rapport.English)
	var b strings.Builder
	b.WriteString(commandsPreface)
	row(&b, typedAs(Slash, nil), "", p.T("help.overview"), "")
	for _, c := range commands() {
		english, japanese := byLanguage(c.aliases)
		row(&b, typedAs(c.usage(rapport.English), english), typedAs(c.usage(rapport.Japanese), japanese),
			p.T("help."+c.word), p.T("help.more."+c.word))
	}
	return b.String()
}

// typedAs names a usage and the words that do the same.
func typedAs(usage string, aliases []string) string {
	return "`" + strings.Join(append([]string{usage}, aliases...), "`, `") + "`"
}

// byLanguage parts the English aliases from the Japanese ones.
func byLanguage(aliases []string) (english, japanese []string) {
	for _, a := range aliases {
		if a[0] < utf8.RuneSelf {
			english = append(english, a)
		} else {
			japanese = append(japanese, a)
		}
	}
	return english, japanese
}

func row(b *strings.Builder, english, japanese, what, more string) {
	cells := []string{english, japanese, strings.TrimSpace(sentenceCase(what) + ". " + more)}
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", `\|`) // or it would end the cell
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

func sentenceCase(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
