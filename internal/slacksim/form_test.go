package slacksim_test

import (
	"errors"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

func form(more m, blocks ...any) m {
	return modal("Form", with(m{"submit": pt("Save"), "callback_id": "c", "private_metadata": "p", "blocks": l(blocks)}, more))
}

func TestClientChecksBeforeItSends(t *testing.T) {
	t.Parallel()
	multi := m{"type": "input", "block_id": "b", "label": pt("l"), "element": m{
		"type": "multi_static_select", "action_id": "a", "max_selected_items": 1,
		"options": l{m{"text": pt("One"), "value": "1"}, m{"text": pt("Two"), "value": "2"}},
	}}
	tests := []struct {
		name  string
		block m
		value slacksim.Value
		want  string
	}{
		{"required", input("b", "a", nil), slacksim.Value{}, "Please complete this required field."},
		{"optional", with(input("b", "a", nil), m{"optional": true}), slacksim.Value{}, ""},
		{"short", input("b", "a", m{"min_length": 3}), slacksim.Value{Value: "ab"}, "Please enter at least 3 characters."},
		{"long enough", input("b", "a", m{"min_length": 3}), slacksim.Value{Value: "abc"}, ""},
		{"long", input("b", "a", m{"max_length": 3}), slacksim.Value{Value: "abcd"}, "Please enter at most 3 characters."},
		{"UTF-16", input("b", "a", m{"max_length": 3}), slacksim.Value{Value: "a😀😀"}, "Please enter at most 3 characters."},
		{"longest", input("b", "a", nil), slacksim.Value{Value: x(3001)}, "Please enter at most 3000 characters."},
		{"too many", multi, slacksim.Value{Values: []string{"1", "2"}}, "Please choose at most 1."},
		{"one", multi, slacksim.Value{Values: []string{"2"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			a := w.connect()
			id := w.open(a, form(nil, tt.block))
			var got slacksim.SubmitResult
			submit := func() {
				var err error
				got, err = w.Submit(t.Context(), "U0ANA", id, map[string]map[string]slacksim.Value{"b": {"a": tt.value}})
				if err != nil {
					t.Error(err)
				}
			}
			if tt.want != "" {
				submit()
				want := slacksim.SubmitResult{Errors: map[string]string{"b": tt.want}}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("result (-want +got):\n%s", diff)
				}
				return
			}
			a.answer(nil, submit)
			if !got.Sent || got.Action != "close" || len(w.Modals("U0ANA")) != 0 {
				t.Errorf("result = %+v", got)
			}
		})
	}
}

func TestSubmissionPayload(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	id := w.open(a, form(nil, input("b", "a", nil), with(input("o", "a", nil), m{"optional": true})))
	e := a.answer(nil, func() {
		_, err := w.Submit(t.Context(), "U0ANA", id, map[string]map[string]slacksim.Value{"b": {"a": {Value: "typed"}}})
		if err != nil {
			t.Error(err)
		}
	})
	p := e.Payload
	if p["type"] != "view_submission" || !e.Accepts || p["trigger_id"] == nil || p["user"].(m)["id"] != "U0ANA" {
		t.Errorf("payload = %v", p)
	}
	v := p["view"].(m)
	want := m{"values": m{
		"b": m{"a": m{"type": "plain_text_input", "value": "typed"}},
		"o": m{"a": m{"type": "plain_text_input", "value": nil}},
	}}
	if diff := cmp.Diff(want, v["state"]); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if v["id"] != id || v["callback_id"] != "c" || v["private_metadata"] != "p" || v["hash"] == "" {
		t.Errorf("view = %v", v)
	}
}

func TestResponseActions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		ack    any
		action string
		titles []string // of the stack afterwards
		errors map[string]string
		breach bool
	}{
		{"nothing", nil, "close", nil, nil, false},
		{"clear", m{"response_action": "clear"}, "clear", nil, nil, false},
		{"errors", m{"response_action": "errors", "errors": m{"b": "No."}}, "errors", []string{"Form"}, map[string]string{"b": "No."}, false},
		{"update", m{"response_action": "update", "view": modal("Next", nil)}, "update", []string{"Next"}, nil, false},
		{"push", m{"response_action": "push", "view": modal("Next", nil)}, "push", []string{"Form", "Next"}, nil, false},
		{"errors by action_id", m{"response_action": "errors", "errors": m{"a": "No."}}, "", []string{"Form"}, nil, true},
		{"errors of no input", m{"response_action": "errors", "errors": m{"d": "No."}}, "", []string{"Form"}, nil, true},
		{"empty error", m{"response_action": "errors", "errors": m{"b": ""}}, "", []string{"Form"}, nil, true},
		{"no errors", m{"response_action": "errors", "errors": m{}}, "", []string{"Form"}, nil, true},
		{"bad view", m{"response_action": "update", "view": modal(x(25), nil)}, "", []string{"Form"}, nil, true},
		{"no view", m{"response_action": "push"}, "", []string{"Form"}, nil, true},
		{"home as a modal", m{"response_action": "update", "view": m{"type": "home", "blocks": l{}}}, "", []string{"Form"}, nil, true},
		{"external_id of another", m{"response_action": "push", "view": modal("Next", m{"external_id": "mine"})}, "", []string{"Form"}, nil, true},
		{"external_id of its own", m{"response_action": "update", "view": modal("Next", m{"external_id": "mine"})}, "update", []string{"Next"}, nil, false},
		{"unknown", m{"response_action": "close"}, "", []string{"Form"}, nil, true},
		{"a message", m{"text": "thanks"}, "", []string{"Form"}, nil, true},
		{"a list", l{"thanks"}, "", []string{"Form"}, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			a := w.connect()
			id := w.open(a, form(m{"external_id": "mine"}, input("b", "a", m{"initial_value": "kept"}), m{"type": "divider", "block_id": "d"}))
			var got slacksim.SubmitResult
			var err error
			a.answer(tt.ack, func() { got, err = w.Submit(t.Context(), "U0ANA", id, nil) })
			var shown slacksim.Refusal
			if errors.As(err, &shown) != tt.breach || (len(w.Breaches()) > 0) != tt.breach {
				t.Errorf("error = %v, breaches = %v", err, w.Breaches())
			}
			if got.Action != tt.action || !maps.Equal(got.Errors, tt.errors) {
				t.Errorf("result = %+v", got)
			}
			var titles []string
			for _, v := range w.Modals("U0ANA") {
				titles = append(titles, v.Title())
			}
			if diff := cmp.Diff(tt.titles, titles); diff != "" {
				t.Errorf("stack (-want +got):\n%s", diff)
			}
			if tt.action == "errors" {
				v := w.Modals("U0ANA")[0]
				if v.Errors["b"] != "No." || v.State["b"]["a"].Value != "kept" {
					t.Errorf("view = %+v, want the error beside what was typed", v)
				}
			}
		})
	}
}

func TestPushIsLimited(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	view := form(nil, m{"type": "divider"})
	w.open(a, view)
	for depth := 2; depth <= 4; depth++ {
		stack := w.Modals("U0ANA")
		a.answer(m{"response_action": "push", "view": view}, func() {
			_, _ = w.Submit(t.Context(), "U0ANA", stack[len(stack)-1].ID, nil)
		})
	}
	if got := len(w.Modals("U0ANA")); got != 3 {
		t.Errorf("%d modals lie over each other", got)
	}
	w.wantRules("invalid_response_action")
}

func TestClose(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		under m // of the modal below
		top   m
		told  []bool // is_cleared of each view_closed
		left  int
	}{
		{"silent", nil, nil, nil, 1},
		{"told", nil, m{"notify_on_close": true}, []bool{false}, 1},
		{"clear", m{"notify_on_close": true}, m{"clear_on_close": true, "notify_on_close": true}, []bool{true, true}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			a := w.connect()
			under := w.open(a, form(tt.under, m{"type": "divider"}))
			a.answer(m{"response_action": "push", "view": form(tt.top, m{"type": "divider"})}, func() {
				_, _ = w.Submit(t.Context(), "U0ANA", under, nil)
			})
			if err := w.CloseView(t.Context(), "U0ANA", under); err == nil {
				t.Error("a covered modal can be closed")
			}
			done := make(chan error, 1)
			go func() { done <- w.CloseView(t.Context(), "U0ANA", w.Modals("U0ANA")[1].ID) }()
			for _, cleared := range tt.told {
				e := a.next()
				if e.Payload["type"] != "view_closed" || e.Payload["is_cleared"] != cleared || e.Accepts {
					t.Errorf("payload = %v", e.Payload)
				}
				a.ack(e, nil)
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
			if got := len(w.Modals("U0ANA")); got != tt.left {
				t.Errorf("%d modals are left, want %d", got, tt.left)
			}
		})
	}
}

// TestClosingTellsNothingOfWhatWasTyped: Slack's view_closed carries no values.
func TestClosingTellsNothingOfWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	id := w.open(a, form(m{"notify_on_close": true}, input("b", "a", nil)))
	if err := w.Fill("U0ANA", id, map[string]map[string]slacksim.Value{"b": {"a": {Value: "typed"}}}); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- w.CloseView(t.Context(), "U0ANA", id) }()
	e := a.next()
	view, _ := e.Payload["view"].(map[string]any)
	if diff := cmp.Diff(m{"values": m{}}, view["state"]); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	a.ack(e, nil)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSilentInputs(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	id := w.open(a, form(nil, input("b", "a", nil)))
	// Nobody acknowledges, and nobody has to.
	if err := w.Click(t.Context(), "U0ANA", slacksim.Target{ViewID: id}, "a", slacksim.Value{Value: "typed"}); err != nil {
		t.Error(err)
	}
	if got := w.Modals("U0ANA")[0].State["b"]["a"].Value; got != "typed" {
		t.Errorf("state = %q", got)
	}
	if _, err := w.Submit(t.Context(), "U0ANA", "V9", nil); err == nil {
		t.Error("a view that is not there is submitted")
	}
	if err := w.Fill("U0ANA", id, map[string]map[string]slacksim.Value{"z": {"a": {}}}); err == nil {
		t.Error("an input that is not there is filled in")
	}
}

func TestFormsWithoutSubmit(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	id := w.open(w.connect(), modal("M", nil))
	if _, err := w.Submit(t.Context(), "U0ANA", id, nil); err == nil {
		t.Error("a modal without a submit button is submitted")
	}
	w.json("views.publish", m{"user_id": "U0ANA", "view": everything("home")})
	home, _ := w.Home("U0ANA")
	if _, err := w.Submit(t.Context(), "U0ANA", home.ID, nil); err == nil {
		t.Error("a Home tab is submitted")
	}
	if err := w.CloseView(t.Context(), "U0ANA", home.ID); err == nil {
		t.Error("a Home tab is closed")
	}
}
