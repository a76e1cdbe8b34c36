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
mistyped word is answered with the nearest one. The Japanese words do the same as the English ones.

| type | 日本語 | what it does |
|---|---|---|
`

// CommandsDoc returns docs/commands.md: the table of commands in the words that
// help has for them in English.
func CommandsDoc(catalog *i18n.Catalog) string {
	p := catalog.Printer(rapport.English)
	var b strings.Builder
	b.WriteString(commandsPreface)
	row(&b, Slash, nil, p.T("help.overview"), "")
	for _, c := range commands() {
		row(&b, c.usage(), c.aliases, p.T("help."+c.word), p.T("help.more."+c.word))
	}
	return b.String()
}

func row(b *strings.Builder, usage string, aliases []string, what, more string) {
	words := ""
	if len(aliases) > 0 {
		words = "`" + strings.Join(aliases, "`, `") + "`"
	}
	cells := []string{"`" + usage + "`", words, strings.TrimSpace(sentenceCase(what) + ". " + more)}
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", `\|`) // or it would end the cell
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

func sentenceCase(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
