package slacksim

import (
	"strings"
	"time"
)

// element checks an interactive element where it stands: in a section, actions or an input. The ids are
// the action_ids seen in the block so far.
func (n node) element(in string, ids map[string]bool) {
	kind := str(n.obj, "type")
	places, known := homes(kind)
	switch {
	case !known:
		n.fail("/type", "unknown_type", "unsupported element type: %q", kind)
		return
	case !strings.Contains(places, in):
		n.fail("/type", "not_in_this_block", "the element %s does not stand in a block of type %s", kind, in)
	}
	if kind != "image" {
		n.actionID(ids)
	}
	n.byKind(kind)
}

// homes says in which blocks an element may stand.
func homes(kind string) (blocks string, known bool) {
	switch kind {
	case "button", "overflow":
		return "section actions", true
	case "image":
		return "section", true
	case "static_select", "users_select", "checkboxes", "radio_buttons", "datepicker", "timepicker":
		return "section actions input", true
	case "multi_static_select", "multi_users_select":
		return "section input", true
	case "datetimepicker":
		return "actions input", true
	case "plain_text_input":
		return "input", true
	}
	return "", false
}

func (n node) byKind(kind string) {
	switch kind {
	case "button":
		n.button()
	case "overflow":
		n.only("type action_id options confirm")
		n.options(1, 5, optionRules{plain: true, url: true})
		n.confirm()
	case "image":
		n.imageElement()
	case "static_select", "multi_static_select":
		n.staticSelect(kind)
	case "users_select", "multi_users_select":
		n.usersSelect(kind)
	case "checkboxes":
		n.checkboxes()
	case "radio_buttons":
		n.radioButtons()
	case "datepicker":
		n.picker("initial_date", time.DateOnly, "")
	case "timepicker":
		n.picker("initial_time", "15:04", " timezone")
	case "datetimepicker":
		n.only("type action_id initial_date_time confirm focus_on_load")
		n.whole("initial_date_time", 1_000_000_000, 9_999_999_999)
		n.confirm()
		n.focus()
	case "plain_text_input":
		n.plainTextInput()
	}
}

func (n node) actionID(ids map[string]bool) {
	id, ok := n.str("action_id", 1, 255, false)
	if !ok {
		return
	}
	if ids[id] {
		n.fail("/action_id", "duplicate_action_id", "must be unique in its block")
	}
	ids[id] = true
}

func (n node) button() {
	n.only("type action_id text value url style confirm accessibility_label")
	n.plain("text", 75, true)
	n.str("value", 0, 2000, false)
	n.str("url", 0, 3000, false)
	n.str("accessibility_label", 0, 75, false)
	n.oneOf("style", "primary", "danger")
	n.confirm()
}

// picker checks a date or time picker; its initial value must be of the layout.
func (n node) picker(initial, layout, more string) {
	n.only("type action_id placeholder confirm focus_on_load " + initial + more)
	n.plain("placeholder", 150, false)
	if s, ok := n.str(initial, 0, 100, false); ok && parses(layout, s) != nil {
		n.fail("/"+initial, "wrong_format", "must be of the form %s", layout)
	}
	n.confirm()
	n.focus()
}

func (n node) plainTextInput() {
	n.only("type action_id placeholder initial_value multiline min_length max_length " +
		"dispatch_action_config focus_on_load")
	n.plain("placeholder", 150, false)
	n.boolean("multiline")
	n.focus()
	least, hasLeast := n.whole("min_length", 0, maxTyped)
	most, hasMost := n.whole("max_length", 1, maxTyped)
	if hasLeast && hasMost && least > most {
		n.fail("/min_length", "out_of_range", "must not be above max_length")
	}
	if !hasMost || most > maxTyped || most < 1 {
		most = maxTyped
	}
	n.str("initial_value", 0, int(most), false)
	n.dispatchConfig()
}

func (n node) dispatchConfig() {
	d, ok := n.object("dispatch_action_config", false)
	if !ok {
		return
	}
	d.only("trigger_actions_on")
	on, _ := d.obj["trigger_actions_on"].([]any)
	for _, v := range on {
		if v != "on_enter_pressed" && v != "on_character_entered" {
			d.fail("/trigger_actions_on", "unknown_choice", "must be on_enter_pressed or on_character_entered")
		}
	}
}

// focus counts elements that want the focus; one view has one.
func (n node) focus() {
	n.boolean("focus_on_load")
	if flag(n.obj, "focus_on_load") {
		n.c.focused++
	}
}
