package slacksim

import (
	"fmt"
	"reflect"
)

// optionRules is what differs between the elements that offer options.
type optionRules struct {
	plain bool // texts must be plain_text
	url   bool // an option may be a link
}

func (n node) staticSelect(kind string) {
	fields := "type action_id placeholder options option_groups confirm focus_on_load initial_option"
	if kind == "multi_static_select" {
		fields += "s max_selected_items"
	}
	n.only(fields)
	n.plain("placeholder", 150, false)
	n.confirm()
	n.focus()
	n.whole("max_selected_items", 1, 1000)
	_, single := n.obj["options"]
	_, grouped := n.obj["option_groups"]
	if single == grouped {
		n.fail("", "options", "must have one of options and option_groups")
		return
	}
	n.optionsOrGroups(grouped)
	n.initials()
}

func (n node) optionsOrGroups(grouped bool) {
	rules := optionRules{plain: true}
	if !grouped {
		n.options(1, 100, rules)
		return
	}
	for _, g := range n.list("option_groups", 1, 100, true) {
		g.only("label options")
		g.plain("label", 75, true)
		g.options(1, 100, rules)
	}
}

func (n node) usersSelect(kind string) {
	fields := "type action_id placeholder confirm focus_on_load "
	if kind == "multi_users_select" {
		n.only(fields + "initial_users max_selected_items")
		n.whole("max_selected_items", 1, 1000)
		n.userIDs()
	} else {
		n.only(fields + "initial_user")
		n.str("initial_user", 1, 255, false)
	}
	n.plain("placeholder", 150, false)
	n.confirm()
	n.focus()
}

func (n node) userIDs() {
	v, ok := n.obj["initial_users"]
	if !ok {
		return
	}
	list, isList := v.([]any)
	if !isList {
		n.fail("/initial_users", "wrong_type", "must be a list of user ids")
	}
	for i, id := range list {
		if s, isText := id.(string); !isText || s == "" {
			n.fail(fmt.Sprintf("/initial_users/%d", i), "wrong_type", "must be a user id")
		}
	}
}

func (n node) checkboxes() {
	n.only("type action_id options initial_options confirm focus_on_load")
	n.options(1, 10, optionRules{})
	n.initials()
	n.confirm()
	n.focus()
}

func (n node) radioButtons() {
	n.only("type action_id options initial_option confirm focus_on_load")
	n.options(1, 10, optionRules{})
	n.initials()
	n.confirm()
	n.focus()
}

func (n node) options(least, most int, rules optionRules) {
	seen := map[string]bool{}
	for _, o := range n.list("options", least, most, true) {
		value := o.option(rules)
		if seen[value] {
			o.fail("/value", "duplicate_value", "must be unique among the options")
		}
		seen[value] = true
	}
}

func (n node) option(rules optionRules) string {
	fields := "text value description"
	if rules.url {
		fields += " url"
		n.str("url", 0, 3000, false)
	}
	n.only(fields)
	if rules.plain {
		n.plain("text", 75, true)
		n.plain("description", 75, false)
	} else {
		n.text("text", 75, true)
		n.text("description", 75, false)
	}
	value, _ := n.str("value", 1, 150, true)
	return value
}

// initials checks that what is chosen from the start is one of the options, exactly as written there.
func (n node) initials() {
	if initial, ok := n.object("initial_option", false); ok && !n.offers(initial.obj) {
		initial.fail("", "unknown_option", "must equal one of the options exactly")
	}
	for _, initial := range n.list("initial_options", 1, 100, false) {
		if !n.offers(initial.obj) {
			initial.fail("", "unknown_option", "must equal one of the options exactly")
		}
	}
}

func (n node) offers(option map[string]any) bool {
	for _, o := range (placed{element: n.obj}).options() {
		if reflect.DeepEqual(o, option) {
			return true
		}
	}
	return false
}
