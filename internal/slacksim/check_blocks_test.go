package slacksim_test

import (
	"testing"

	"innerview/internal/slacksim"
)

// inMessage checks a block as the only one of a message.
func inMessage(t *testing.T) func(m) []slacksim.Problem {
	return func(block m) []slacksim.Problem {
		return slacksim.CheckMessage(raw(t, m{"text": "t", "blocks": l{block}}))
	}
}

func TestBlockLimits(t *testing.T) {
	t.Parallel()
	section := m{"type": "section", "text": md("text")}
	header := m{"type": "header", "text": pt("text")}
	context := func(elements l) m { return m{"type": "context", "elements": elements} }
	actions := func(elements l) m { return m{"type": "actions", "elements": elements} }
	image := m{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a cup"}
	input := m{"type": "input", "label": pt("Name"), "element": m{"type": "plain_text_input", "action_id": "a"}}
	text := func(int) any { return md("text") }
	button := func(i int) any { return m{"type": "button", "text": pt("b"), "action_id": x(i + 1)} }
	limits := []limit{
		{"section text", with(section, m{"text": md(x(3000))}), with(section, m{"text": md(x(3001))}), "/text/text", "too_long"},
		{"section text is not empty", section, with(section, m{"text": md("")}), "/text/text", "too_short"},
		{"section text has a type", section, with(section, m{"text": m{"text": "t"}}), "/text/type", "unknown_type"},
		{"section text is an object", section, with(section, m{"text": "t"}), "/text", "wrong_type"},
		{"text has text", section, with(section, m{"text": m{"type": "mrkdwn"}}), "/text/text", "missing"},
		{"emoji only in plain text", with(section, m{"text": with(pt("t"), m{"emoji": true})}), with(section, m{"text": with(md("t"), m{"emoji": true})}), "/text/emoji", "unknown_field"},
		{"verbatim only in mrkdwn", with(section, m{"text": with(md("t"), m{"verbatim": true})}), with(section, m{"text": with(pt("t"), m{"verbatim": true})}), "/text/verbatim", "unknown_field"},
		{"section needs content", m{"type": "section", "fields": l{md("f")}}, m{"type": "section"}, "", "missing"},
		{"section fields", with(section, m{"fields": times(10, text)}), with(section, m{"fields": times(11, text)}), "/fields", "too_many"},
		{"section field", with(section, m{"fields": l{md(x(2000))}}), with(section, m{"fields": l{md(x(2001))}}), "/fields/0/text", "too_long"},
		{"section has no empty list of fields", nil, with(section, m{"fields": l{}}), "/fields", "too_few"},
		{"section has no other fields", section, with(section, m{"label": pt("l")}), "/label", "unknown_field"},
		{"header", with(header, m{"text": pt(x(150))}), with(header, m{"text": pt(x(151))}), "/text/text", "too_long"},
		{"header is plain", header, with(header, m{"text": md("t")}), "/text/type", "plain_text_only"},
		{"header level", with(header, m{"level": 4}), with(header, m{"level": 5}), "/level", "out_of_range"},
		{"header level is whole", with(header, m{"level": 1}), with(header, m{"level": 1.5}), "/level", "wrong_type"},
		{"context", context(times(10, text)), context(times(11, text)), "/elements", "too_many"},
		{"context is not empty", nil, context(l{}), "/elements", "too_few"},
		{"context has elements", nil, m{"type": "context", "elements": nil}, "/elements", "missing"},
		{
			"context takes images and texts",
			context(l{m{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}}),
			context(l{button(0)}),
			"/elements/0/type", "unknown_type",
		},
		{"actions", actions(times(25, button)), actions(times(26, button)), "/elements", "too_many"},
		{
			"action_id unique in its block",
			actions(l{button(0), button(1)}), actions(l{button(0), button(0)}),
			"/elements/1/action_id", "duplicate_action_id",
		},
		{"action_id length", actions(l{button(254)}), actions(l{button(255)}), "/elements/0/action_id", "too_long"},
		{"input label", with(input, m{"label": pt(x(2000))}), with(input, m{"label": pt(x(2001))}), "/label/text", "too_long"},
		{"input label is given", input, with(input, m{"label": nil}), "/label", "missing"},
		{"input label is plain", input, with(input, m{"label": md("l")}), "/label/type", "plain_text_only"},
		{"input hint", with(input, m{"hint": pt(x(2000))}), with(input, m{"hint": pt(x(2001))}), "/hint/text", "too_long"},
		{"input has an element", input, with(input, m{"element": nil}), "/element", "missing"},
		{"input takes no button", input, with(input, m{"element": button(0)}), "/element/type", "not_in_this_block"},
		{"input optional", with(input, m{"optional": true}), with(input, m{"optional": 1}), "/optional", "wrong_type"},
		{"divider", m{"type": "divider"}, m{"type": "divider", "text": pt("t")}, "/text", "unknown_field"},
		{"image url", with(image, m{"image_url": x(3000)}), with(image, m{"image_url": x(3001)}), "/image_url", "too_long"},
		{"image alt_text", with(image, m{"alt_text": x(2000)}), with(image, m{"alt_text": x(2001)}), "/alt_text", "too_long"},
		{"image alt_text is given", image, with(image, m{"alt_text": nil}), "/alt_text", "missing"},
		{"image title", with(image, m{"title": pt(x(2000))}), with(image, m{"title": pt(x(2001))}), "/title/text", "too_long"},
		{
			"image has one source",
			with(image, m{"image_url": nil, "slack_file": m{"id": "F1"}}), with(image, m{"image_url": nil}),
			"", "image_source",
		},
	}
	hold(t, limits, inMessage(t), "/blocks/0")
}

func TestRichTextLimits(t *testing.T) {
	t.Parallel()
	rich := func(element m) m { return m{"type": "rich_text", "elements": l{element}} }
	section := func(runs ...any) m { return m{"type": "rich_text_section", "elements": runs} }
	list := func(style string) m {
		return m{"type": "rich_text_list", "style": style, "elements": l{section(m{"type": "text", "text": "one"})}}
	}
	limits := []limit{
		{"kinds", rich(m{"type": "rich_text_quote", "elements": l{m{"type": "text", "text": "q"}}}), rich(m{"type": "rich_text_poem"}), "/elements/0/type", "unknown_type"},
		{"runs", rich(section(m{"type": "user", "user_id": "U1"}, m{"type": "emoji", "name": "tea"})), rich(section(m{"type": "sound"})), "/elements/0/elements/0/type", "unknown_type"},
		{"text", rich(section(m{"type": "text", "text": "t"})), rich(section(m{"type": "text"})), "/elements/0/elements/0/text", "missing"},
		{"link", rich(section(m{"type": "link", "url": "https://example.com"})), rich(section(m{"type": "link"})), "/elements/0/elements/0/url", "missing"},
		{"broadcast", nil, rich(section(m{"type": "broadcast", "range": "here"})), "/elements/0/elements/0", "broadcast"},
		{"list style", rich(list("ordered")), rich(list("roman")), "/elements/0/style", "unknown_choice"},
	}
	hold(t, limits, inMessage(t), "/blocks/0")
}
