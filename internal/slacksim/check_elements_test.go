package slacksim_test

import (
	"testing"

	"innerview/internal/slacksim"
)

// inActions, inSection and inInput check an element where it stands.
func inActions(t *testing.T) func(m) []slacksim.Problem {
	check := inMessage(t)
	return func(e m) []slacksim.Problem { return check(m{"type": "actions", "elements": l{e}}) }
}

func inSection(t *testing.T) func(m) []slacksim.Problem {
	check := inMessage(t)
	return func(e m) []slacksim.Problem {
		return check(m{"type": "section", "text": md("t"), "accessory": e})
	}
}

func inInput(t *testing.T) func(m) []slacksim.Problem {
	check := inMessage(t)
	return func(e m) []slacksim.Problem { return check(m{"type": "input", "label": pt("l"), "element": e}) }
}

func option(i int) any { return m{"text": pt("o"), "value": x(i + 1)} }

func TestButtonLimits(t *testing.T) {
	t.Parallel()
	button := m{"type": "button", "text": pt("b"), "action_id": "a"}
	confirm := m{"title": pt("t"), "text": pt("t"), "confirm": pt("yes"), "deny": pt("no")}
	ask := func(more m) m { return with(button, m{"confirm": with(confirm, more)}) }
	limits := []limit{
		{"text", with(button, m{"text": pt(x(75))}), with(button, m{"text": pt(x(76))}), "/text/text", "too_long"},
		{"text is plain", button, with(button, m{"text": md("b")}), "/text/type", "plain_text_only"},
		{"text is given", button, with(button, m{"text": nil}), "/text", "missing"},
		{"value", with(button, m{"value": x(2000)}), with(button, m{"value": x(2001)}), "/value", "too_long"},
		{"url", with(button, m{"url": x(3000)}), with(button, m{"url": x(3001)}), "/url", "too_long"},
		{"style", with(button, m{"style": "danger"}), with(button, m{"style": "default"}), "/style", "unknown_choice"},
		{"accessibility_label", with(button, m{"accessibility_label": x(75)}), with(button, m{"accessibility_label": x(76)}), "/accessibility_label", "too_long"},
		{"fields", button, with(button, m{"colour": "red"}), "/colour", "unknown_field"},
		{"kind", button, with(button, m{"type": "knob"}), "/type", "unknown_type"},
		{"confirm title", ask(m{"title": pt(x(100))}), ask(m{"title": pt(x(101))}), "/confirm/title/text", "too_long"},
		{"confirm text", ask(m{"text": pt(x(300))}), ask(m{"text": pt(x(301))}), "/confirm/text/text", "too_long"},
		{"confirm button", ask(m{"confirm": pt(x(30))}), ask(m{"confirm": pt(x(31))}), "/confirm/confirm/text", "too_long"},
		{"deny button", ask(m{"deny": pt(x(30))}), ask(m{"deny": pt(x(31))}), "/confirm/deny/text", "too_long"},
		{"deny is given", nil, ask(m{"deny": nil}), "/confirm/deny", "missing"},
		{"confirm style", ask(m{"style": "primary"}), ask(m{"style": "loud"}), "/confirm/style", "unknown_choice"},
		{"confirm fields", nil, ask(m{"cancel": pt("x")}), "/confirm/cancel", "unknown_field"},
	}
	hold(t, limits, inActions(t), "/blocks/0/elements/0")
}

func TestSelectLimits(t *testing.T) {
	t.Parallel()
	options := l{option(0), option(1)}
	one := m{"type": "static_select", "action_id": "a", "options": options}
	group := func(int) any { return m{"label": pt("g"), "options": options} }
	grouped := func(groups l) m { return with(one, m{"options": nil, "option_groups": groups}) }
	offer := func(o m) m { return with(one, m{"options": l{o}}) }
	users := m{"type": "users_select", "action_id": "a"}
	limits := []limit{
		{"options", with(one, m{"options": times(100, option)}), with(one, m{"options": times(101, option)}), "/options", "too_many"},
		{"options are given", one, with(one, m{"options": l{}}), "/options", "too_few"},
		{"options or groups", grouped(times(2, group)), with(one, m{"option_groups": l{}}), "", "options"},
		{"groups", grouped(times(100, group)), grouped(times(101, group)), "/option_groups", "too_many"},
		{
			"group label",
			grouped(l{m{"label": pt(x(75)), "options": options}}), grouped(l{m{"label": pt(x(76)), "options": options}}),
			"/option_groups/0/label/text", "too_long",
		},
		{"placeholder", with(one, m{"placeholder": pt(x(150))}), with(one, m{"placeholder": pt(x(151))}), "/placeholder/text", "too_long"},
		{"option text", offer(m{"text": pt(x(75)), "value": "v"}), offer(m{"text": pt(x(76)), "value": "v"}), "/options/0/text/text", "too_long"},
		{"option text is plain", nil, offer(m{"text": md("o"), "value": "v"}), "/options/0/text/type", "plain_text_only"},
		{"option value", offer(m{"text": pt("o"), "value": x(150)}), offer(m{"text": pt("o"), "value": x(151)}), "/options/0/value", "too_long"},
		{"option value is given", nil, offer(m{"text": pt("o")}), "/options/0/value", "missing"},
		{"option description", offer(m{"text": pt("o"), "value": "v", "description": pt(x(75))}), offer(m{"text": pt("o"), "value": "v", "description": pt(x(76))}), "/options/0/description/text", "too_long"},
		{"option has no url", nil, offer(m{"text": pt("o"), "value": "v", "url": "https://example.com"}), "/options/0/url", "unknown_field"},
		{"option values are unique", one, with(one, m{"options": l{option(0), option(0)}}), "/options/1/value", "duplicate_value"},
		{
			"initial option equals an option",
			with(one, m{"initial_option": option(1)}), with(one, m{"initial_option": m{"text": pt("other"), "value": "x"}}),
			"/initial_option", "unknown_option",
		},
		{
			"initial option of a group",
			with(grouped(l{group(0)}), m{"initial_option": option(1)}), with(grouped(l{group(0)}), m{"initial_option": option(5)}),
			"/initial_option", "unknown_option",
		},
		{"users_select initial", with(users, m{"initial_user": "U1"}), with(users, m{"initial_user": ""}), "/initial_user", "too_short"},
		{"users_select fields", users, with(users, m{"options": options}), "/options", "unknown_field"},
		{"no multi-select in actions", nil, m{"type": "multi_users_select", "action_id": "a"}, "/type", "not_in_this_block"},
		{
			"overflow",
			m{"type": "overflow", "action_id": "a", "options": times(5, option)},
			m{"type": "overflow", "action_id": "a", "options": times(6, option)},
			"/options", "too_many",
		},
		{
			"overflow option url",
			m{"type": "overflow", "action_id": "a", "options": l{m{"text": pt("o"), "value": "v", "url": x(3000)}}},
			m{"type": "overflow", "action_id": "a", "options": l{m{"text": pt("o"), "value": "v", "url": x(3001)}}},
			"/options/0/url", "too_long",
		},
	}
	hold(t, limits, inActions(t), "/blocks/0/elements/0")
}

func TestMultiSelectLimits(t *testing.T) {
	t.Parallel()
	many := m{"type": "multi_static_select", "action_id": "a", "options": l{option(0), option(1)}}
	users := m{"type": "multi_users_select", "action_id": "a"}
	limits := []limit{
		{"initial options", with(many, m{"initial_options": l{option(1)}}), with(many, m{"initial_options": l{option(1), option(7)}}), "/initial_options/1", "unknown_option"},
		{"max_selected_items", with(many, m{"max_selected_items": 1}), with(many, m{"max_selected_items": 0}), "/max_selected_items", "out_of_range"},
		{"no initial_option", many, with(many, m{"initial_option": option(0)}), "/initial_option", "unknown_field"},
		{"initial users", with(users, m{"initial_users": l{"U1"}}), with(users, m{"initial_users": l{"U1", 2}}), "/initial_users/1", "wrong_type"},
		{"initial users is a list", users, with(users, m{"initial_users": "U1"}), "/initial_users", "wrong_type"},
		{"not simulated kinds", many, m{"type": "channels_select", "action_id": "a"}, "/type", "unknown_type"},
		{"no datetimepicker beside text", m{"type": "datepicker", "action_id": "a"}, m{"type": "datetimepicker", "action_id": "a"}, "/type", "not_in_this_block"},
	}
	hold(t, limits, inSection(t), "/blocks/0/accessory")
}

func TestInputElementLimits(t *testing.T) {
	t.Parallel()
	text := m{"type": "plain_text_input", "action_id": "a"}
	boxes := m{"type": "checkboxes", "action_id": "a", "options": l{option(0), option(1)}}
	radio := m{"type": "radio_buttons", "action_id": "a", "options": l{option(0), option(1)}}
	date := m{"type": "datepicker", "action_id": "a"}
	hour := m{"type": "timepicker", "action_id": "a"}
	moment := m{"type": "datetimepicker", "action_id": "a"}
	limits := []limit{
		{"max_length", with(text, m{"max_length": 3000}), with(text, m{"max_length": 3001}), "/max_length", "out_of_range"},
		{"max_length is not zero", with(text, m{"max_length": 1}), with(text, m{"max_length": 0}), "/max_length", "out_of_range"},
		{"min_length", with(text, m{"min_length": 3000}), with(text, m{"min_length": 3001}), "/min_length", "out_of_range"},
		{"min above max", with(text, m{"min_length": 5, "max_length": 5}), with(text, m{"min_length": 6, "max_length": 5}), "/min_length", "out_of_range"},
		{"initial_value", with(text, m{"initial_value": x(3000)}), with(text, m{"initial_value": x(3001)}), "/initial_value", "too_long"},
		{"initial_value and max_length", with(text, m{"initial_value": x(5), "max_length": 5}), with(text, m{"initial_value": x(6), "max_length": 5}), "/initial_value", "too_long"},
		{"placeholder", with(text, m{"placeholder": pt(x(150))}), with(text, m{"placeholder": pt(x(151))}), "/placeholder/text", "too_long"},
		{"multiline", with(text, m{"multiline": true}), with(text, m{"multiline": "yes"}), "/multiline", "wrong_type"},
		{
			"dispatch_action_config",
			with(text, m{"dispatch_action_config": m{"trigger_actions_on": l{"on_enter_pressed"}}}),
			with(text, m{"dispatch_action_config": m{"trigger_actions_on": l{"on_blur"}}}),
			"/dispatch_action_config/trigger_actions_on", "unknown_choice",
		},
		{"checkboxes", with(boxes, m{"options": times(10, option)}), with(boxes, m{"options": times(11, option)}), "/options", "too_many"},
		{"checkboxes take mrkdwn", with(boxes, m{"options": l{m{"text": md("*o*"), "value": "v"}}}), with(boxes, m{"options": l{m{"text": "o", "value": "v"}}}), "/options/0/text", "wrong_type"},
		{"checkboxes initial", with(boxes, m{"initial_options": l{option(0)}}), with(boxes, m{"initial_options": l{option(9)}}), "/initial_options/0", "unknown_option"},
		{"checkboxes initial not empty", boxes, with(boxes, m{"initial_options": l{}}), "/initial_options", "too_few"},
		{"radio", with(radio, m{"options": times(10, option)}), with(radio, m{"options": times(11, option)}), "/options", "too_many"},
		{"radio initial", with(radio, m{"initial_option": option(0)}), with(radio, m{"initial_option": option(9)}), "/initial_option", "unknown_option"},
		{"date", with(date, m{"initial_date": "2026-11-25"}), with(date, m{"initial_date": "25.11.2026"}), "/initial_date", "wrong_format"},
		{"time", with(hour, m{"initial_time": "09:30", "timezone": "Asia/Tokyo"}), with(hour, m{"initial_time": "9:30 am"}), "/initial_time", "wrong_format"},
		{"date and time", with(moment, m{"initial_date_time": 1732500000}), with(moment, m{"initial_date_time": 17}), "/initial_date_time", "out_of_range"},
		{"date and time is a number", moment, with(moment, m{"initial_date_time": "soon"}), "/initial_date_time", "wrong_type"},
		{"no overflow", text, m{"type": "overflow", "action_id": "a", "options": l{option(0)}}, "/type", "not_in_this_block"},
	}
	hold(t, limits, inInput(t), "/blocks/0/element")
}
