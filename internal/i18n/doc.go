// Package i18n holds the words of the interface in the languages Innerview
// speaks, with their plurals, dates and the way a person is named.
//
// The words live in locales/en.yaml and locales/ja.yaml: one flat key a
// sentence, or a map of plural forms, with placeholders as {{.Name}}. The two
// files are written separately for the same intent, and tests prove that both
// hold the same keys and placeholders, that each key is used, and that the voice
// is the one docs/method.md asks for.
package i18n
