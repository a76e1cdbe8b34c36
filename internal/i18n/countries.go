package i18n

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"innerview/rapport"
)

// Country returns the name of a country in the printer's language, from its ISO
// 3166 code in either case; the code itself where it has no name.
func (p *Printer) Country(code string) string {
	region, err := language.ParseRegion(strings.ToUpper(code))
	if err != nil {
		return code
	}
	names := display.English.Regions()
	if p.lang == rapport.Japanese {
		names = display.Japanese.Regions()
	}
	if name := names.Name(region); name != "" {
		return name
	}
	return code
}
