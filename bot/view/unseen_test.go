package view_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"innerview/bot/view"
	"innerview/questions"
)

// secrets are what no view may carry unseen, by name: everything of the fixtures
// that somebody wrote, whom it is about, and what a starter talks of.
func secrets() map[string][]string {
	var words, topics []string
	for _, s := range []questions.Starter{factual(), causative(), values(), thanks(), hello(), personal(), operators()} {
		topics = append(topics, s.Topic)
		for _, w := range []questions.Words{s.Text, s.Share, s.Listen, s.Avoid} {
			words = append(words, w.EN, w.JA)
		}
		words = append(words, slices.Concat(s.Follow.EN, s.Follow.JA)...)
	}
	return map[string][]string{
		"what somebody typed":    {hostile, view.Escape(hostile)},
		"somebody's id":          {mei().person, "U0ANA", "U0000", "U0001"},
		"the words of a starter": slices.DeleteFunc(words, func(s string) bool { return s == "" }),
		"the topic of a starter": topics,
	}
}

// carried matches what may travel unseen: our own words, numbers, times, codes of
// languages and countries, and the opaque ids of the fixtures, alone, behind the
// kind of thing, or several of them.
var carried = regexp.MustCompile(`^([a-z_]+/)?((b/)?[octnwsp]:)?(pair|plan|offer|note|promise|common|talk)-\d+( p:pair-\d+)*$|^[a-z_]+(\.[a-z]+)?$|^\d{1,3}$|^$`)

// hidden is a string that travels with a view and is not shown.
type hidden struct{ key, block, value string }

// unseen returns all of them. What is chosen in a form is shown there, and the
// topics of the form where one chooses topics are its options.
func unseen(doc any) []hidden {
	var all []hidden
	var look func(v any, key, block string)
	look = func(v any, key, block string) {
		switch v := v.(type) {
		case map[string]any:
			if id, ok := v["block_id"].(string); ok {
				block = id
			}
			for name, value := range v {
				look(value, name, block)
			}
		case []any:
			for _, value := range v {
				look(value, key, block)
			}
		case string:
			if !shownKey(key, block) {
				all = append(all, hidden{key, block, v})
			}
		}
	}
	look(doc, "", "")
	return all
}

func shownKey(key, block string) bool {
	switch key {
	case "text", "initial_value", "initial_users", "initial_date", "initial_time", "type", "style":
		return true
	case "value":
		return block == "in_welcome" || block == "in_blocked"
	}
	return false
}

// trouble says what is wrong with what a view carries unseen, nothing for nothing.
func trouble(doc any) []string {
	var found []string
	for _, h := range unseen(doc) {
		for name, forms := range secrets() {
			if slices.ContainsFunc(forms, func(form string) bool { return strings.Contains(h.value, form) }) {
				found = append(found, name+" in "+h.key+" of "+h.block+": "+h.value)
			}
		}
		if !carried.MatchString(h.value) {
			found = append(found, "unknown matter in "+h.key+" of "+h.block+": "+h.value)
		}
	}
	fields, _ := doc.(map[string]any)
	text, _ := fields["text"].(string)
	for name, forms := range secrets() {
		if name == "somebody's id" { // mentioned in answers to commands; notifications have a test of their own
			continue
		}
		if slices.ContainsFunc(forms, func(form string) bool { return strings.Contains(text, form) }) {
			found = append(found, name+" in the text for notifications: "+text)
		}
	}
	return found
}

// TestNothingTravelsUnseen: what no eye sees, in messages, modals and Home, holds
// ids and our own words alone, and neither does the text for notifications hold what
// somebody wrote or a starter asks.
func TestNothingTravelsUnseen(t *testing.T) {
	t.Parallel()
	looked, visible := 0, ""
	for _, p := range printers(t) {
		for _, s := range shots() {
			doc := parse(t, encode(t, s.build(p, mei())))
			for _, problem := range trouble(doc) {
				t.Errorf("%s, %s, %s: %s", s.view, s.state, p.Language(), problem)
			}
			looked += len(unseen(doc))
			visible += strings.Join(textsIn(doc), "\n")
		}
	}
	for name, forms := range secrets() {
		if name != "the topic of a starter" && !slices.ContainsFunc(forms, func(form string) bool { return strings.Contains(visible, form) }) {
			t.Errorf("%s is seen nowhere: nothing was looked for", name)
		}
	}
	t.Logf("%d hidden strings", looked)
}

func TestTheUnseenIsFound(t *testing.T) {
	t.Parallel()
	type m = map[string]any
	block := func(element m) m {
		return m{"blocks": []any{m{"type": "input", "block_id": "in_note", "element": element}}}
	}
	tests := map[string]m{
		"private_metadata":  {"private_metadata": "p:pair-7 " + hostile},
		"external_id":       {"external_id": mei().person},
		"callback_id":       {"callback_id": factual().Text.JA},
		"message metadata":  {"metadata": m{"event_payload": m{"about": mei().person}}},
		"a button's value":  block(m{"type": "button", "value": "o:" + factual().Topic}),
		"an option's value": block(m{"type": "overflow", "options": []any{m{"text": m{"type": "plain_text", "text": "x"}, "value": "n:" + hostile}}}),
		"an action's id":    block(m{"type": "button", "action_id": "talked." + mei().person}),
		"a block's id":      {"blocks": []any{m{"type": "section", "block_id": values().Text.EN}}},
		"an address":        block(m{"type": "button", "url": "https://example.com"}),
		"the fallback text": {"text": "About " + factual().Topic, "blocks": []any{}},
		"what is not known": block(m{"type": "button", "value": "Ken is tired"}),
	}
	for name, doc := range tests {
		if len(trouble(doc)) == 0 {
			t.Errorf("%s passes", name)
		}
	}
	for _, fine := range []m{
		block(m{"type": "button", "value": "b/w:promise-1", "action_id": "outcome.light"}),
		{"private_metadata": "p:pair-7", "text": "A small idea is here."},
	} {
		if found := trouble(fine); len(found) > 0 {
			t.Errorf("%v: %v", fine, found)
		}
	}
}
