package slacksim_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

// m and l keep documents short.
type (
	m = map[string]any
	l = []any
)

func x(n int) string { return strings.Repeat("x", n) }

func pt(text string) m { return m{"type": "plain_text", "text": text} }

func md(text string) m { return m{"type": "mrkdwn", "text": text} }

// times repeats what make builds, with a number to make it unique.
func times(n int, build func(i int) any) l {
	var out l
	for i := range n {
		out = append(out, build(i))
	}
	return out
}

func with(base m, more m) m {
	out := m{}
	for k, v := range base {
		out[k] = v
	}
	for k, v := range more {
		if v == nil {
			delete(out, k)
			continue
		}
		out[k] = v
	}
	return out
}

func raw(t *testing.T, doc any) json.RawMessage {
	t.Helper()
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// codes writes each problem as its pointer and code, in order.
func codes(found []slacksim.Problem) []string {
	var out []string
	for _, p := range found {
		out = append(out, p.Pointer+" "+p.Code)
	}
	slices.Sort(out)
	return out
}

// limit is one rule: a document it accepts and one it refuses.
type limit struct {
	name    string
	good    m
	bad     m
	pointer string
	code    string
}

// hold checks that the good documents pass and the bad ones break the named rule and no other.
func hold(t *testing.T, limits []limit, check func(m) []slacksim.Problem, prefix string) {
	t.Helper()
	for _, tt := range limits {
		t.Run(tt.name, func(t *testing.T) {
			if tt.good != nil {
				if found := check(tt.good); len(found) > 0 {
					t.Errorf("the good one is refused: %v", found)
				}
			}
			want := []string{prefix + tt.pointer + " " + tt.code}
			if diff := cmp.Diff(want, codes(check(tt.bad))); diff != "" {
				t.Errorf("the bad one (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMessageLimits(t *testing.T) {
	t.Parallel()
	base := m{"text": "hi"}
	divider := func(int) any { return m{"type": "divider"} }
	limits := []limit{
		{"text", m{"text": x(4000)}, m{"text": x(4001)}, "/text", "too_long"},
		{"text in UTF-16", m{"text": strings.Repeat("😀", 2000)}, m{"text": strings.Repeat("😀", 2001)}, "/text", "too_long"},
		{"text is a string", base, m{"text": 7, "blocks": l{m{"type": "divider"}}, "delete_original": true}, "/text", "wrong_type"},
		{"blocks", m{"text": "t", "blocks": times(50, divider)}, m{"text": "t", "blocks": times(51, divider)}, "/blocks", "too_many"},
		{"blocks is a list", m{"text": "t", "blocks": nil}, m{"text": "t", "blocks": "x"}, "/blocks", "wrong_type"},
		{"block is an object", nil, m{"text": "t", "blocks": l{"x"}}, "/blocks/0", "wrong_type"},
		{"text beside blocks", m{"text": "t", "blocks": times(1, divider)}, m{"blocks": times(1, divider)}, "/text", "missing_text"},
		{"content", m{"delete_original": true}, m{}, "", "no_text"},
		{"response type", m{"text": "t", "response_type": "in_channel"}, m{"text": "t", "response_type": "loud"}, "/response_type", "unknown_choice"},
		{"fields", m{"text": "t", "metadata": m{}, "replace_original": false}, m{"text": "t", "colour": "red"}, "/colour", "unknown_field"},
		{"broadcast in text", m{"text": "&lt;!channel&gt;"}, m{"text": "<!channel> hi"}, "/text", "broadcast"},
		{
			"broadcast in mrkdwn",
			m{"text": "t", "blocks": l{m{"type": "section", "text": pt("<!here>")}}},
			m{"text": "t", "blocks": l{m{"type": "section", "text": md("<!here>")}}},
			"/blocks/0/text/text", "broadcast",
		},
		{
			"block_id unique",
			m{"text": "t", "blocks": l{m{"type": "divider", "block_id": "a"}, m{"type": "divider", "block_id": "b"}}},
			m{"text": "t", "blocks": l{m{"type": "divider", "block_id": "a"}, m{"type": "divider", "block_id": "a"}}},
			"/blocks/1/block_id", "duplicate_block_id",
		},
		{
			"block_id length",
			m{"text": "t", "blocks": l{m{"type": "divider", "block_id": x(255)}}},
			m{"text": "t", "blocks": l{m{"type": "divider", "block_id": x(256)}}},
			"/blocks/0/block_id", "too_long",
		},
		{"unknown block", nil, m{"text": "t", "blocks": l{m{"type": "marquee"}}}, "/blocks/0/type", "unknown_type"},
		{"block of another surface", nil, m{"text": "t", "blocks": l{m{"type": "alert"}}}, "/blocks/0/type", "not_on_this_surface"},
		{"block not drawn", nil, m{"text": "t", "blocks": l{m{"type": "markdown"}}}, "/blocks/0/type", "not_simulated"},
	}
	hold(t, limits, func(doc m) []slacksim.Problem { return slacksim.CheckMessage(raw(t, doc)) }, "")
}

func TestDocumentsThatAreNoObjects(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{"", "[]", `"text"`, "{", "{} {}", "null"} {
		want := []string{" invalid_json"}
		if diff := cmp.Diff(want, codes(slacksim.CheckMessage(json.RawMessage(doc)))); diff != "" {
			t.Errorf("CheckMessage(%q) (-want +got):\n%s", doc, diff)
		}
		if diff := cmp.Diff(want, codes(slacksim.CheckView(json.RawMessage(doc)))); diff != "" {
			t.Errorf("CheckView(%q) (-want +got):\n%s", doc, diff)
		}
	}
}

func TestViewLimits(t *testing.T) {
	t.Parallel()
	modal := m{"type": "modal", "title": pt("Title"), "blocks": l{m{"type": "divider"}}}
	home := m{"type": "home", "blocks": l{m{"type": "divider"}}}
	input := m{"type": "input", "label": pt("Name"), "element": m{"type": "plain_text_input", "action_id": "a"}}
	focused := func(i int) any {
		return m{"type": "input", "label": pt("N"), "element": m{"type": "plain_text_input", "action_id": "a", "focus_on_load": i < 2}}
	}
	divider := func(int) any { return m{"type": "divider"} }
	limits := []limit{
		{"type", home, with(home, m{"type": "window"}), "/type", "unknown_type"},
		{"title", with(modal, m{"title": pt(x(24))}), with(modal, m{"title": pt(x(25))}), "/title/text", "too_long"},
		{"title is given", modal, with(modal, m{"title": nil}), "/title", "missing"},
		{"title is plain", modal, with(modal, m{"title": md("Title")}), "/title/type", "plain_text_only"},
		{"title is not empty", modal, with(modal, m{"title": pt("")}), "/title/text", "too_short"},
		{"submit", with(modal, m{"submit": pt(x(24))}), with(modal, m{"submit": pt(x(25))}), "/submit/text", "too_long"},
		{"close", with(modal, m{"close": pt(x(24))}), with(modal, m{"close": pt(x(25))}), "/close/text", "too_long"},
		{
			"submit with inputs",
			with(modal, m{"submit": pt("Save"), "blocks": l{input}}), with(modal, m{"blocks": l{input}}),
			"/submit", "missing",
		},
		{
			"private_metadata",
			with(modal, m{"private_metadata": x(3000)}), with(modal, m{"private_metadata": x(3001)}),
			"/private_metadata", "too_long",
		},
		{"callback_id", with(modal, m{"callback_id": x(255)}), with(modal, m{"callback_id": x(256)}), "/callback_id", "too_long"},
		{"external_id", with(modal, m{"external_id": x(255)}), with(modal, m{"external_id": x(256)}), "/external_id", "too_long"},
		{"notify_on_close", with(modal, m{"notify_on_close": true}), with(modal, m{"notify_on_close": "yes"}), "/notify_on_close", "wrong_type"},
		{"blocks", with(home, m{"blocks": times(100, divider)}), with(home, m{"blocks": times(101, divider)}), "/blocks", "too_many"},
		{"blocks are given", home, m{"type": "home"}, "/blocks", "missing"},
		{"home has no title", home, with(home, m{"title": pt("Home")}), "/title", "unknown_field"},
		{"home takes inputs", with(home, m{"blocks": l{input}}), with(home, m{"submit": pt("Save")}), "/submit", "unknown_field"},
		{
			"focus",
			with(modal, m{"submit": pt("Save"), "blocks": times(1, focused)}),
			with(modal, m{"submit": pt("Save"), "blocks": times(2, focused)}),
			"/blocks", "focus_on_load",
		},
		{"alert only in modals", nil, with(home, m{"blocks": l{m{"type": "alert"}}}), "/blocks/0/type", "not_on_this_surface"},
		{"markdown only in messages", nil, with(modal, m{"blocks": l{m{"type": "markdown"}}}), "/blocks/0/type", "not_on_this_surface"},
	}
	hold(t, limits, func(doc m) []slacksim.Problem { return slacksim.CheckView(raw(t, doc)) }, "")

	big := with(home, m{"blocks": times(90, func(int) any { return m{"type": "section", "text": md(x(2900))} })})
	if diff := cmp.Diff([]string{" view_too_large"}, codes(slacksim.CheckView(raw(t, big)))); diff != "" {
		t.Errorf("a view of %d bytes (-want +got):\n%s", len(raw(t, big)), diff)
	}
}

func TestProblemReadsAsASentence(t *testing.T) {
	t.Parallel()
	found := slacksim.CheckMessage(raw(t, m{"text": "t", "blocks": l{m{"type": "header", "text": pt(x(151))}}}))
	want := "/blocks/0/text/text: must be no more than 150 characters (too_long)"
	if len(found) != 1 || found[0].String() != want {
		t.Errorf("problem = %v, want %q", found, want)
	}
}
