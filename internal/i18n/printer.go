package i18n

import (
	"maps"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"

	"innerview/rapport"
)

// Printer says things in one language. It is safe for concurrent use.
type Printer struct {
	lang   rapport.Language
	words  *goi18n.Localizer
	parser template.Parser
}

func newPrinter(b *goi18n.Bundle, lang rapport.Language, parser template.Parser) *Printer {
	return &Printer{lang: lang, words: goi18n.NewLocalizer(b, string(lang)), parser: parser}
}

// Language returns the language the printer speaks.
func (p *Printer) Language() rapport.Language { return p.lang }

// Has reports whether there is a sentence for the key, with nothing to fill in.
func (p *Printer) Has(key string) bool {
	_, err := p.words.Localize(&goi18n.LocalizeConfig{MessageID: key, TemplateParser: p.parser})
	return err == nil
}

// T returns the sentence of a key. Its placeholders are filled from args: names
// and values in turn, T("log.done", "Person", "<@U1>"), or a single
// map[string]any, as in the Args of a [rapport.Error]. Values are put in as they
// are: escaping what a person typed is the caller's.
//
// A sentence that is missing, or lacks a value, comes back as its key in ⟦ ⟧.
func (p *Printer) T(key string, args ...any) string {
	return p.say(&goi18n.LocalizeConfig{MessageID: key}, args)
}

// N returns the sentence of a key in the plural form of the count, which the
// sentence may show as {{.Count}}. Everything else is as in [Printer.T].
func (p *Printer) N(key string, count int, args ...any) string {
	return p.say(&goi18n.LocalizeConfig{MessageID: key, PluralCount: count}, args)
}

func (p *Printer) say(lc *goi18n.LocalizeConfig, args []any) string {
	data, ok := values(args)
	if lc.PluralCount != nil {
		data["Count"] = lc.PluralCount
	}
	lc.TemplateData, lc.TemplateParser = data, p.parser
	text, err := p.words.Localize(lc)
	if err != nil || !ok {
		return "⟦" + lc.MessageID + "⟧"
	}
	return text
}

// values turns arguments into what a template reads; false if they are neither
// pairs of a name and a value nor one map.
func values(args []any) (map[string]any, bool) {
	data := make(map[string]any, len(args)/2+1)
	if len(args) == 1 {
		m, ok := args[0].(map[string]any)
		maps.Copy(data, m)
		return data, ok
	}
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return data, false
		}
		data[name] = args[i+1]
	}
	return data, len(args)%2 == 0
}
