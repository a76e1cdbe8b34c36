package slacksim

import "strings"

// plain checks a field that must be a plain_text object.
func (n node) plain(field string, most int, required bool) {
	if t, ok := n.object(field, required); ok {
		t.textObject(true, most)
	}
}

// text checks a field that may be plain_text or mrkdwn.
func (n node) text(field string, most int, required bool) {
	if t, ok := n.object(field, required); ok {
		t.textObject(false, most)
	}
}

// textObject checks the node as a text object.
func (n node) textObject(plain bool, most int) {
	switch kind := str(n.obj, "type"); {
	case kind == "plain_text":
		n.only("type text emoji")
		n.boolean("emoji")
	case kind == "mrkdwn" && !plain:
		n.only("type text verbatim")
		n.boolean("verbatim")
	case kind == "mrkdwn":
		n.fail("/type", "plain_text_only", "must be plain_text")
	default:
		n.fail("/type", "unknown_type", "must be plain_text or mrkdwn")
	}
	text, _ := n.str("text", 1, most, true)
	if str(n.obj, "type") == "mrkdwn" {
		n.mentions(text, "text")
	}
}

// mentions reports text that would notify a whole channel: what a person wrote was not escaped.
func (n node) mentions(text, field string) {
	for _, all := range []string{"<!channel", "<!here", "<!everyone"} {
		if strings.Contains(text, all) {
			n.fail("/"+field, "broadcast", "must not notify everybody: escape what people wrote")
		}
	}
}

// confirm checks an element's confirmation dialog.
func (n node) confirm() {
	d, ok := n.object("confirm", false)
	if !ok {
		return
	}
	d.only("title text confirm deny style")
	d.plain("title", 100, true)
	d.plain("text", 300, true)
	d.plain("confirm", 30, true)
	d.plain("deny", 30, true)
	d.oneOf("style", "primary", "danger")
}
