package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Limits of whole documents.
const (
	maxText          = 4000    // of a message's top-level text; chat.update refuses more
	maxTyped         = 3000    // of a plain text input
	maxView          = 250_000 // bytes
	maxMessageBlocks = 50
	maxViewBlocks    = 100
)

// Problem is one thing Slack would not take, or would take to nobody's benefit.
type Problem struct {
	Pointer string // JSON pointer into the document that was checked
	Code    string // such as too_long, missing, unknown_field, unknown_type, duplicate_block_id
	Message string
}

// String is the problem as one line.
func (p Problem) String() string { return fmt.Sprintf("%s: %s (%s)", p.Pointer, p.Message, p.Code) }

// CheckMessage says what is wrong with the content of a message: the JSON object of a chat.postMessage,
// of an answer to a command, or of a response URL. It is stricter than Slack in two points, because a
// good message never needs the leeway: blocks want a top-level text beside them (missing_text), and a
// text that notifies a whole channel is reported (broadcast).
func CheckMessage(raw json.RawMessage) []Problem {
	doc, err := decodeObject(raw)
	if err != nil {
		return []Problem{{Code: "invalid_json", Message: err.Error()}}
	}
	return checkMessage(doc)
}

// CheckView says what is wrong with a view: the JSON object of a modal or a Home tab.
func CheckView(raw json.RawMessage) []Problem {
	doc, err := decodeObject(raw)
	if err != nil {
		return []Problem{{Code: "invalid_json", Message: err.Error()}}
	}
	found := checkView(doc)
	if len(raw) > maxView {
		found = append(found, Problem{Code: "view_too_large", Message: "must be at most 250 kB"})
	}
	return found
}

// messageFields is what may stand beside text and blocks: the arguments of the chat methods, those of
// response URLs, and what client libraries always write.
const messageFields = "text blocks attachments response_type replace_original delete_original thread_ts " +
	"mrkdwn metadata unfurl_links unfurl_media channel user ts as_user icon_emoji icon_url username parse " +
	"link_names reply_broadcast"

func checkMessage(doc map[string]any) []Problem {
	c := &checker{on: "message", blockIDs: map[string]bool{}}
	n := node{c: c, obj: doc}
	n.only(messageFields)
	n.oneOf("response_type", "ephemeral", "in_channel")
	text, _ := n.str("text", 0, maxText, false)
	n.mentions(text, "text")
	blocks := n.list("blocks", 0, maxMessageBlocks, false)
	c.blocks(blocks)
	switch {
	case flag(doc, "delete_original"):
	case text == "" && len(blocks) == 0:
		n.fail("", "no_text", "must have text or blocks")
	case text == "":
		n.fail("/text", "missing_text", "must stand beside blocks: it is the notification and what is read aloud")
	}
	return c.found
}

func checkView(doc map[string]any) []Problem {
	c := &checker{on: str(doc, "type"), blockIDs: map[string]bool{}}
	n := node{c: c, obj: doc}
	switch c.on {
	case "modal":
		n.only("type title blocks close submit private_metadata callback_id clear_on_close notify_on_close external_id")
		n.plain("title", 24, true)
		n.plain("submit", 24, false)
		n.plain("close", 24, false)
		n.boolean("clear_on_close")
		n.boolean("notify_on_close")
	case "home":
		n.only("type blocks private_metadata callback_id external_id")
	default:
		n.fail("/type", "unknown_type", "must be modal or home")
		return c.found
	}
	n.str("private_metadata", 0, 3000, false)
	n.str("callback_id", 0, 255, false)
	n.str("external_id", 0, 255, false)
	c.blocks(n.list("blocks", 0, maxViewBlocks, true))
	if c.on == "modal" && c.inputs > 0 && doc["submit"] == nil {
		n.fail("/submit", "missing", "must be set on a modal with inputs")
	}
	if c.focused > 1 {
		n.fail("/blocks", "focus_on_load", "must set focus_on_load on one element only")
	}
	return c.found
}

// checker collects problems while it walks a document.
type checker struct {
	on       string // message, modal or home
	found    []Problem
	blockIDs map[string]bool
	inputs   int
	focused  int
}

// node is a JSON object being checked, and where it stands.
type node struct {
	c   *checker
	at  string
	obj map[string]any
}

// fail reports a problem at the node, or below it.
func (n node) fail(below, code, format string, args ...any) {
	n.c.found = append(n.c.found, Problem{Pointer: n.at + below, Code: code, Message: fmt.Sprintf(format, args...)})
}

// only reports fields that are not documented.
func (n node) only(fields string) {
	for _, name := range slices.Sorted(maps.Keys(n.obj)) {
		if !strings.Contains(" "+fields+" ", " "+name+" ") {
			n.fail("/"+name, "unknown_field", "is not a field of this object")
		}
	}
}

// str checks a string field and its length in characters.
func (n node) str(field string, least, most int, required bool) (string, bool) {
	v, ok := n.obj[field]
	if !ok || v == nil {
		if required {
			n.fail("/"+field, "missing", "must be given")
		}
		return "", false
	}
	s, ok := v.(string)
	if !ok {
		n.fail("/"+field, "wrong_type", "must be a string")
		return "", false
	}
	n.long(field, s, least, most)
	return s, true
}

func (n node) long(field, s string, least, most int) {
	switch size := length(s); {
	case size > most:
		n.fail("/"+field, "too_long", "must be no more than %d characters", most)
	case size < least:
		n.fail("/"+field, "too_short", "must be at least %d characters", least)
	}
}

func (n node) boolean(field string) {
	v, ok := n.obj[field]
	if _, isBool := v.(bool); ok && !isBool {
		n.fail("/"+field, "wrong_type", "must be true or false")
	}
}

// whole checks an integer field and its bounds.
func (n node) whole(field string, least, most int64) (int64, bool) {
	v, ok := n.obj[field]
	if !ok {
		return 0, false
	}
	number, _ := v.(json.Number)
	i, err := number.Int64()
	switch {
	case err != nil:
		n.fail("/"+field, "wrong_type", "must be a whole number")
		return 0, false
	case i < least || i > most:
		n.fail("/"+field, "out_of_range", "must be between %d and %d", least, most)
	}
	return i, true
}

// oneOf checks a string field that is a choice.
func (n node) oneOf(field string, choices ...string) {
	s, ok := n.str(field, 0, maxView, false)
	if !ok {
		return
	}
	for _, choice := range choices {
		if s == choice {
			return
		}
	}
	n.fail("/"+field, "unknown_choice", "must be one of %s", strings.Join(choices, ", "))
}

// object steps into a field that is an object.
func (n node) object(field string, required bool) (node, bool) {
	v, ok := n.obj[field]
	if !ok || v == nil {
		if required {
			n.fail("/"+field, "missing", "must be given")
		}
		return node{}, false
	}
	child, ok := v.(map[string]any)
	if !ok {
		n.fail("/"+field, "wrong_type", "must be an object")
		return node{}, false
	}
	return node{c: n.c, at: n.at + "/" + field, obj: child}, true
}

// list steps into a field that is a list of objects and checks how many there are.
func (n node) list(field string, least, most int, required bool) []node {
	v, ok := n.obj[field]
	if !ok || v == nil {
		if required {
			n.fail("/"+field, "missing", "must be given")
		}
		return nil
	}
	items, ok := v.([]any)
	if !ok {
		n.fail("/"+field, "wrong_type", "must be a list")
		return nil
	}
	if len(items) > most {
		n.fail("/"+field, "too_many", "must have no more than %d items", most)
	}
	if len(items) < least {
		n.fail("/"+field, "too_few", "must have at least %d items", least)
	}
	var nodes []node
	for i, item := range items {
		child, ok := item.(map[string]any)
		if !ok {
			n.fail(fmt.Sprintf("/%s/%d", field, i), "wrong_type", "must be an object")
			continue
		}
		nodes = append(nodes, node{c: n.c, at: fmt.Sprintf("%s/%s/%d", n.at, field, i), obj: child})
	}
	return nodes
}
