package i18n

import (
	"embed"
	"fmt"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"innerview/rapport"
)

//go:embed locales/en.yaml locales/ja.yaml
var locales embed.FS

// Catalog holds the words of every language. It is safe for concurrent use and
// never changes once loaded.
type Catalog struct {
	english, japanese *Printer
}

// Load reads the embedded words. A sentence's placeholders are parsed when it
// is first said, so that loading stays cheap.
func Load() (*Catalog, error) {
	bundle := goi18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for _, name := range []string{"locales/en.yaml", "locales/ja.yaml"} {
		if _, err := bundle.LoadMessageFileFS(locales, name); err != nil {
			return nil, fmt.Errorf("load words %s: %w", name, err)
		}
	}
	// A sentence with a hole in it must not reach anybody.
	parser := &template.TextParser{Option: "missingkey=error"}
	return &Catalog{
		english:  newPrinter(bundle, rapport.English, parser),
		japanese: newPrinter(bundle, rapport.Japanese, parser),
	}, nil
}

// Printer returns the words of a language: English where it is not known.
func (c *Catalog) Printer(lang rapport.Language) *Printer {
	if lang == rapport.Japanese {
		return c.japanese
	}
	return c.english
}
