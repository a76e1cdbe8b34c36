package slacksim

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// Value is what a person put into a control. Which fields count depends on the element:
//
//   - button: none; it sends its own value
//   - static_select, radio_buttons, overflow: Value is the option's value
//   - users_select: Value is a user ID
//   - checkboxes, multi_static_select, multi_users_select: Values, possibly empty
//   - datepicker "2026-11-25", timepicker "15:00", datetimepicker Unix seconds: Value
//   - plain_text_input: Value
//
// Type may name the element; a name that does not fit is an error. An empty Value means nothing chosen.
type Value struct {
	Type   string
	Value  string
	Values []string
}

// Empty reports whether nothing is chosen or typed.
func (v Value) Empty() bool { return v.Value == "" && len(v.Values) == 0 }

type valueJSON struct {
	Type   string   `json:"type"`
	Value  any      `json:"value,omitempty"`
	Values []string `json:"values,omitempty"`
}

// MarshalJSON writes the form the page reads: a date and time is a number.
func (v Value) MarshalJSON() ([]byte, error) {
	out := valueJSON{Type: v.Type, Values: v.Values}
	if v.Value != "" {
		out.Value = v.Value
		if v.Type == "datetimepicker" {
			out.Value = json.Number(v.Value)
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON takes a value that is a string, a number or null.
func (v *Value) UnmarshalJSON(raw []byte) error {
	var in struct {
		Type   string          `json:"type"`
		Value  json.RawMessage `json:"value"`
		Values []string        `json:"values"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	*v = Value{Type: in.Type, Values: in.Values}
	if len(in.Value) == 0 || string(in.Value) == "null" {
		return nil
	}
	if json.Unmarshal(in.Value, &v.Value) == nil {
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(in.Value, &n); err != nil {
		return errors.New("value is neither a string nor a number")
	}
	v.Value = n.String()
	return nil
}

// FormState is what is chosen in a message or a view: block_id, action_id, value.
type FormState map[string]map[string]Value

func (f FormState) clone() FormState {
	out := make(FormState, len(f))
	for block, actions := range f {
		out[block] = maps.Clone(actions)
	}
	return out
}

func (f FormState) get(p placed) Value { return f[p.blockID()][p.actionID()] }

func (f FormState) set(p placed, v Value) {
	if f[p.blockID()] == nil {
		f[p.blockID()] = map[string]Value{}
	}
	v.Type = p.kind()
	f[p.blockID()][p.actionID()] = v
}

// carryState is the state of new blocks: what was chosen stays where block_id, action_id and kind of
// element are the same and the choice still exists; elsewhere the initial value stands.
func carryState(old FormState, blocks []any) FormState {
	next := FormState{}
	for _, p := range elements(blocks) {
		if !keepsState(p.kind()) {
			continue
		}
		was, known := old[p.blockID()][p.actionID()]
		if known && was.Type == p.kind() && p.accepts(was) == nil {
			next.set(p, was)
			continue
		}
		next.set(p, p.initial())
	}
	return next
}

// keepsState reports whether an element remembers what was chosen; buttons and menus do not.
func keepsState(kind string) bool { return kind != "button" && kind != "overflow" }

func (p placed) initial() Value {
	e := p.element
	switch p.kind() {
	case "static_select", "radio_buttons":
		return Value{Value: str(obj(e, "initial_option"), "value")}
	case "multi_static_select", "checkboxes":
		var v Value
		for _, o := range objects(arr(e, "initial_options")) {
			v.Values = append(v.Values, str(o, "value"))
		}
		return v
	case "users_select":
		return Value{Value: str(e, "initial_user")}
	case "multi_users_select":
		var v Value
		for _, u := range arr(e, "initial_users") {
			id, _ := u.(string)
			v.Values = append(v.Values, id)
		}
		return v
	case "datepicker":
		return Value{Value: str(e, "initial_date")}
	case "timepicker":
		return Value{Value: str(e, "initial_time")}
	case "datetimepicker":
		n, _ := e["initial_date_time"].(json.Number)
		return Value{Value: n.String()}
	}
	return Value{Value: str(e, "initial_value")}
}

// accepts says why Slack's client would not let a person enter the value, or nil. Lengths and required
// inputs are checked when a form is submitted, not here.
func (p placed) accepts(v Value) error {
	if v.Type != "" && v.Type != p.kind() {
		return fmt.Errorf("the element is a %s, not a %s", p.kind(), v.Type)
	}
	if v.Empty() {
		return nil
	}
	switch p.kind() {
	case "static_select", "radio_buttons", "overflow":
		return p.offers(v.Value)
	case "multi_static_select", "checkboxes":
		return p.offers(v.Values...)
	case "datepicker":
		return parses(time.DateOnly, v.Value)
	case "timepicker":
		return parses("15:04", v.Value)
	case "datetimepicker":
		if _, err := strconv.ParseInt(v.Value, 10, 64); err != nil {
			return fmt.Errorf("%q is not a Unix time", v.Value)
		}
	}
	return nil
}

func (p placed) offers(values ...string) error {
	for _, value := range values {
		if p.option(value) == nil {
			return fmt.Errorf("there is no option %q", value)
		}
	}
	return nil
}

func parses(layout, value string) error {
	if _, err := time.Parse(layout, value); err != nil {
		return fmt.Errorf("%q is not of the form %s", value, layout)
	}
	return nil
}

// wire is the value as a payload carries it: the fields Slack documents for the element, null when
// nothing is chosen.
func (p placed) wire(v Value) map[string]any {
	out := map[string]any{"type": p.kind()}
	switch p.kind() {
	case "button":
		// a button has no state
	case "static_select", "radio_buttons", "overflow":
		out["selected_option"] = orNull(p.option(v.Value))
	case "multi_static_select", "checkboxes":
		chosen := []any{}
		for _, value := range v.Values {
			chosen = append(chosen, p.option(value))
		}
		out["selected_options"] = chosen
	case "users_select":
		out["selected_user"] = nullable(v.Value)
	case "multi_users_select":
		out["selected_users"] = slices.Concat([]string{}, v.Values)
	case "datepicker":
		out["selected_date"] = nullable(v.Value)
	case "timepicker":
		out["selected_time"] = nullable(v.Value)
	case "datetimepicker":
		out["selected_date_time"] = nil
		if v.Value != "" {
			out["selected_date_time"] = json.Number(v.Value)
		}
	default:
		out["value"] = nullable(v.Value)
	}
	return out
}

func orNull(o map[string]any) any {
	if o == nil {
		return nil
	}
	return o
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// wireState is the whole form as a payload carries it under state.values.
func wireState(state FormState, blocks []any) map[string]any {
	values := map[string]any{}
	for _, p := range elements(blocks) {
		if !keepsState(p.kind()) {
			continue
		}
		block, _ := values[p.blockID()].(map[string]any)
		if block == nil {
			block = map[string]any{}
			values[p.blockID()] = block
		}
		block[p.actionID()] = p.wire(state.get(p))
	}
	return map[string]any{"values": values}
}

// length counts characters as strictly as can be: Slack does not publish whether it counts code points
// or UTF-16 units, so the larger counts.
func length(s string) int {
	return max(utf8.RuneCountInString(s), len(utf16.Encode([]rune(s))))
}
