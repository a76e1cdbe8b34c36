package slacksim

import (
	"maps"
	"slices"
	"strings"
)

// Control is one element a person can use.
type Control struct {
	BlockID, ActionID string
	Type              string // of the element: button, static_select, plain_text_input …
	// Label is what a person would call it: a button's text, an input's label, otherwise a placeholder.
	Label string
	// Value is a button's own value.
	Value string
	// Options are the choices of a select, an overflow menu, checkboxes or radio buttons.
	Options []Choice
	// Input is whether it stands in an input block and so belongs to a form.
	Input bool
	// Optional is whether an input may be left empty.
	Optional bool
}

// Choice is one option: what is shown and what is sent.
type Choice struct{ Text, Value string }

// placed is an element together with the block it stands in.
type placed struct {
	block, element map[string]any
}

func (p placed) blockID() string  { return str(p.block, "block_id") }
func (p placed) actionID() string { return str(p.element, "action_id") }
func (p placed) kind() string     { return str(p.element, "type") }
func (p placed) input() bool      { return str(p.block, "type") == "input" }

// elements lists the interactive elements of blocks in reading order.
func elements(blocks []any) []placed {
	var out []placed
	for _, b := range objects(blocks) {
		for _, e := range elementsOf(b) {
			if _, interactive := e["action_id"]; interactive {
				out = append(out, placed{block: b, element: e})
			}
		}
	}
	return out
}

func elementsOf(block map[string]any) []map[string]any {
	switch str(block, "type") {
	case "actions":
		return objects(arr(block, "elements"))
	case "section":
		return objects([]any{block["accessory"]})
	case "input":
		return objects([]any{block["element"]})
	}
	return nil
}

func controls(blocks []any) []Control {
	var out []Control
	for _, p := range elements(blocks) {
		out = append(out, p.control())
	}
	return out
}

func (p placed) control() Control {
	c := Control{
		BlockID: p.blockID(), ActionID: p.actionID(), Type: p.kind(),
		Value: str(p.element, "value"), Input: p.input(), Optional: flag(p.block, "optional"),
	}
	switch {
	case c.Input:
		c.Label = textOf(p.block, "label")
	case c.Type == "button":
		c.Label = textOf(p.element, "text")
	default:
		c.Label = textOf(p.element, "placeholder")
	}
	for _, o := range p.options() {
		c.Options = append(c.Options, Choice{Text: textOf(o, "text"), Value: str(o, "value")})
	}
	return c
}

// options lists an element's options, those of its groups included.
func (p placed) options() []map[string]any {
	out := objects(arr(p.element, "options"))
	for _, group := range objects(arr(p.element, "option_groups")) {
		out = append(out, objects(arr(group, "options"))...)
	}
	return out
}

func (p placed) option(value string) map[string]any {
	for _, o := range p.options() {
		if str(o, "value") == value {
			return o
		}
	}
	return nil
}

func buttons(blocks []any) []Control {
	return slices.DeleteFunc(controls(blocks), func(c Control) bool { return c.Type != "button" })
}

// findControl prefers an exact label, then the only one that contains the words.
func findControl(blocks []any, label string) (Control, bool) {
	all := controls(blocks)
	var near []Control
	for _, c := range all {
		if c.Label == label || c.BlockID == label || c.ActionID == label {
			return c, true
		}
		if strings.Contains(c.Label, label) {
			near = append(near, c)
		}
	}
	if len(near) == 1 {
		return near[0], true
	}
	return Control{}, false
}

// withIDs returns the blocks with a block_id on each block and an action_id on each element that needs
// one, as Slack fills them in. The document given is not changed.
func withIDs(st *state, blocks []any) []any {
	out := make([]any, 0, len(blocks))
	for _, b := range objects(blocks) {
		b = withID(st, b, "block_id")
		switch str(b, "type") {
		case "actions":
			b["elements"] = withActionIDs(st, arr(b, "elements"))
		case "section":
			if e := obj(b, "accessory"); interactive(e) {
				b["accessory"] = withID(st, e, "action_id")
			}
		case "input":
			b["element"] = withID(st, obj(b, "element"), "action_id")
		}
		out = append(out, b)
	}
	return out
}

func withActionIDs(st *state, list []any) []any {
	out := make([]any, 0, len(list))
	for _, e := range objects(list) {
		out = append(out, withID(st, e, "action_id"))
	}
	return out
}

func withID(st *state, o map[string]any, field string) map[string]any {
	o = maps.Clone(o)
	if str(o, field) == "" {
		o[field] = st.id("s")
	}
	return o
}

func interactive(element map[string]any) bool {
	return element != nil && str(element, "type") != "image"
}
