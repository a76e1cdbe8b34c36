package slacksim_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

func modal(title string, more m) m {
	return with(m{"type": "modal", "title": pt(title), "blocks": l{m{"type": "divider"}}}, more)
}

func input(block, action string, more m) m {
	element := with(m{"type": "plain_text_input", "action_id": action}, more)
	return m{"type": "input", "block_id": block, "label": pt(block), "element": element}
}

// trigger has Ana run the command and returns what it came with.
func (w *workspace) trigger(a *app) string {
	w.t.Helper()
	e := a.answer(nil, func() {
		if _, err := w.RunCommand(w.t.Context(), "U0ANA", ""); err != nil {
			w.t.Errorf("run command: %v", err)
		}
	})
	id, _ := e.Payload["trigger_id"].(string)
	return id
}

// open opens a modal for Ana and returns its id.
func (w *workspace) open(a *app, view m) string {
	w.t.Helper()
	r := w.json("views.open", m{"trigger_id": w.trigger(a), "view": view})
	v, _ := r.Body["view"].(m)
	id, _ := v["id"].(string)
	if id == "" {
		w.t.Fatalf("views.open = %v", r.Body)
	}
	return id
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	open := func(trigger string) string {
		t.Helper()
		return w.json("views.open", m{"trigger_id": trigger, "view": modal("M", nil)}).Errored
	}

	used := w.trigger(a)
	if got := open(used); got != "" {
		t.Errorf("fresh trigger: %q", got)
	}
	if got := open(used); got != "exchanged_trigger_id" {
		t.Errorf("used trigger: %q", got)
	}
	old := w.trigger(a)
	w.clock.pass(3*time.Second + time.Millisecond)
	if got := open(old); got != "expired_trigger_id" {
		t.Errorf("old trigger: %q", got)
	}
	if got := open("1.2.3"); got != "invalid_trigger_id" {
		t.Errorf("invented trigger: %q", got)
	}
	justInTime := w.trigger(a)
	w.clock.pass(3 * time.Second)
	if got := open(justInTime); got != "" {
		t.Errorf("trigger of three seconds: %q", got)
	}
	w.wantRules("exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id")
	if got := len(w.Modals("U0ANA")); got != 1 {
		t.Errorf("%d modals are open, want the last one only", got)
	}
}

func TestViewsOpenRefusesBadViews(t *testing.T) {
	t.Parallel()
	big := modal("M", m{"blocks": times(90, func(int) any { return m{"type": "section", "text": md(x(2900))} })})
	tests := []struct {
		name string
		view any
		want string
	}{
		{"no object", "[]", "invalid_arguments"},
		{"no JSON", "{", "invalid_arguments"},
		{"home", m{"type": "home", "blocks": l{}}, "invalid_arguments"},
		{"limits", modal(x(25), nil), "invalid_arguments"},
		{"size", big, "view_too_large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			got := w.json("views.open", m{"trigger_id": "1.2.3", "view": tt.view})
			if got.Errored != tt.want {
				t.Errorf("answer = %v, want %q", got.Body, tt.want)
			}
			w.wantRules(tt.want)
		})
	}
}

func TestViewsUpdate(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	id := w.open(w.connect(), modal("One", m{"external_id": "mine"}))
	update := func(args m) reply {
		t.Helper()
		return w.json("views.update", with(m{"view": modal("Two", m{"external_id": "mine"})}, args))
	}
	if got := update(m{"view_id": id, "hash": "stale"}); got.Errored != "hash_conflict" {
		t.Errorf("stale hash = %v", got.Body)
	}
	hash := w.Modals("U0ANA")[0].Hash
	got := update(m{"external_id": "mine", "hash": hash})
	if got.Errored != "" {
		t.Fatalf("update = %v", got.Body)
	}
	v := w.Modals("U0ANA")[0]
	if v.ID != id || v.Title() != "Two" || v.Hash == hash {
		t.Errorf("view = %+v", v)
	}
	if got := update(m{"view_id": "V9"}); got.Errored != "not_found" {
		t.Errorf("unknown view = %v", got.Body)
	}
	if got := update(m{}); got.Errored != "not_found" {
		t.Errorf("unnamed view = %v", got.Body)
	}
	w.wantRules()
	if got := update(m{"view_id": id, "view": m{"type": "home", "blocks": l{}}}); got.Errored != "invalid_arguments" {
		t.Errorf("another type = %v", got.Body)
	}
}

func TestUpdateKeepsWhatWasFilledIn(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	form := func(blocks ...any) m { return modal("Form", m{"submit": pt("Save"), "blocks": l(blocks)}) }
	id := w.open(w.connect(), form(input("kept", "a", nil), input("renamed", "a", nil)))
	if err := w.Fill("U0ANA", id, map[string]map[string]slacksim.Value{
		"kept": {"a": {Value: "typed"}}, "renamed": {"a": {Value: "lost"}},
	}); err != nil {
		t.Fatal(err)
	}
	w.json("views.update", m{"view_id": id, "view": form(input("kept", "a", m{"initial_value": "other"}), input("new", "a", m{"initial_value": "start"}))})
	want := slacksim.FormState{
		"kept": {"a": {Type: "plain_text_input", Value: "typed"}},
		"new":  {"a": {Type: "plain_text_input", Value: "start"}},
	}
	if diff := cmp.Diff(want, w.Modals("U0ANA")[0].State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
}

func TestExternalIDIsUnique(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	w.json("views.publish", m{"user_id": "W0MEI", "view": m{"type": "home", "blocks": l{}, "external_id": "one"}})
	w.json("views.publish", m{"user_id": "W0MEI", "view": m{"type": "home", "blocks": l{}, "external_id": "one"}})
	got := w.json("views.open", m{"trigger_id": w.trigger(a), "view": modal("M", m{"external_id": "one"})})
	if got.Errored != "duplicate_external_id" {
		t.Errorf("answer = %v", got.Body)
	}
	w.wantRules("duplicate_external_id")
}

func TestViewsPublish(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	publish := func(args m) reply {
		t.Helper()
		return w.json("views.publish", with(m{"user_id": "U0ANA", "view": m{"type": "home", "blocks": l{}}}, args))
	}
	if got := publish(m{"hash": "early"}); got.Errored != "hash_conflict" {
		t.Errorf("hash on the first publish = %v", got.Body)
	}
	first := publish(nil).Body["view"].(m)
	again := publish(m{"hash": first["hash"]}).Body["view"].(m)
	if again["id"] != first["id"] || again["hash"] == first["hash"] || again["type"] != "home" {
		t.Errorf("first %v, again %v", first, again)
	}
	if got := publish(m{"hash": first["hash"]}); got.Errored != "hash_conflict" {
		t.Errorf("stale hash = %v", got.Body)
	}
	for _, user := range []string{"U0OLD", "U9"} {
		if got := publish(m{"user_id": user}); got.Errored != "invalid_arguments" {
			t.Errorf("publish for %s = %v", user, got.Body)
		}
	}
	w.wantRules()
	if got := publish(m{"view": modal("M", nil)}); got.Errored != "invalid_arguments" {
		t.Errorf("publish of a modal = %v", got.Body)
	}
	w.wantRules("invalid_arguments")
}

func TestViewsPush(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	withButton := modal("M", m{"blocks": l{m{"type": "actions", "elements": l{m{"type": "button", "text": pt("More"), "action_id": "more"}}}}})
	top := w.open(a, withButton)
	push := func() reply {
		t.Helper()
		views := w.Modals("U0ANA")
		e := a.answer(nil, func() {
			err := w.Click(t.Context(), "U0ANA", slacksim.Target{ViewID: views[len(views)-1].ID}, "more", slacksim.Value{})
			if err != nil {
				t.Errorf("click: %v", err)
			}
		})
		return w.json("views.push", m{"trigger_id": e.Payload["trigger_id"], "view": withButton})
	}
	second := push().Body["view"].(m)
	if second["root_view_id"] != top || second["previous_view_id"] != top {
		t.Errorf("pushed = %v", second)
	}
	if got := push(); got.Errored != "" {
		t.Errorf("third = %v", got.Body)
	}
	if got := push(); got.Errored != "push_limit_reached" {
		t.Errorf("fourth = %v", got.Body)
	}
	if got := w.json("views.push", m{"trigger_id": w.trigger(a), "view": withButton}); got.Errored != "not_found" {
		t.Errorf("push with a command's trigger = %v", got.Body)
	}
	w.wantRules("push_limit_reached", "not_found")
	if err := w.Click(t.Context(), "U0ANA", slacksim.Target{ViewID: top}, "more", slacksim.Value{}); err == nil {
		t.Error("a covered modal can be clicked")
	}
}
