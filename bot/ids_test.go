package bot_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// control is something in a golden that answers at once, or a modal.
type control struct {
	ActionID   string `json:"action_id"`
	CallbackID string `json:"callback_id"`
	Value      string
	Submit     any `json:"submit"`
	Options    []struct{ Value string }
}

// goldenControls reads every control of the goldens of the views, without the
// inputs of modals: those are read together when the modal is submitted.
func goldenControls(t *testing.T) []control {
	t.Helper()
	files, err := filepath.Glob("view/testdata/golden/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no goldens (%v)", err)
	}
	var found []control
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		collect(t, parsed(t, raw), &found)
	}
	return found
}

func collect(t *testing.T, v any, found *[]control) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(t, e, found)
		}
	case map[string]any:
		if v["type"] == "input" {
			return
		}
		if v["action_id"] != nil || v["callback_id"] != nil {
			*found = append(*found, asControl(t, v))
		}
		for _, e := range v {
			collect(t, e, found)
		}
	}
}

func asControl(t *testing.T, v map[string]any) (c control) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestEveryActionIsShownAndHandled: what can be pressed has a handler, and what
// has a handler can be pressed.
func TestEveryActionIsShownAndHandled(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{})
	handled, _ := b.Handled()
	listed := view.Actions()
	slices.Sort(listed)
	if diff := cmp.Diff(listed, handled); diff != "" {
		t.Errorf("actions of the views (-) and handlers (+) differ:\n%s", diff)
	}
	var shown []view.Action
	for _, c := range goldenControls(t) {
		if c.ActionID == "" {
			continue
		}
		action, variant := view.ParseAction(c.ActionID)
		shown = append(shown, action)
		if !knownVariant(action, variant) {
			t.Errorf("nothing answers the variant of %q", c.ActionID)
		}
		for _, o := range c.Options {
			if item, ref := view.ParseMenu(o.Value); !slices.Contains(menuItems(action), item) || ref == (view.Ref{}) {
				t.Errorf("nothing answers the menu's %q", o.Value)
			}
		}
	}
	slices.Sort(shown)
	if diff := cmp.Diff(handled, slices.Compact(shown)); diff != "" {
		t.Errorf("handlers (-) and what the goldens show (+) differ:\n%s", diff)
	}
}

func menuItems(a view.Action) []view.MenuItem {
	switch a {
	case view.ActMenu:
		return []view.MenuItem{view.MenuCoffee, view.MenuNote, view.MenuPromise, view.MenuSnooze, view.MenuEnd}
	case view.ActNoteMenu:
		return []view.MenuItem{view.MenuEdit, view.MenuRemove, view.MenuKeep}
	case view.ActPromiseMenu, view.ActTalkMenu:
		return []view.MenuItem{view.MenuEdit, view.MenuRemove}
	}
	return nil
}

// knownVariant reports whether an action's handler knows its variant. Only some
// have any.
func knownVariant(a view.Action, variant string) bool {
	switch a {
	case view.ActOutcome:
		_, err := rapport.ParseOutcome(variant)
		return err == nil
	case view.ActIntent:
		return slices.Contains([]view.Intent{
			view.IntentUnderstand, view.IntentSupport, view.IntentInformation,
		}, view.Intent(variant))
	case view.ActHomePage, view.ActMePage:
		return variant == "back" || variant == "on"
	case view.ActPassWeek:
		return variant == "" || variant == view.PassOne
	case view.ActDropTag:
		return variant == string(store.Interest) || variant == string(store.Strength)
	}
	return variant == ""
}

// TestEveryModalIsShownAndHandled: what can be submitted has a handler.
func TestEveryModalIsShownAndHandled(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{})
	_, handled := b.Handled()
	listed := view.Callbacks()
	slices.Sort(listed)
	if diff := cmp.Diff(listed, handled); diff != "" {
		t.Errorf("modals of the views (-) and handlers (+) differ:\n%s", diff)
	}
	var shown []view.Callback
	for _, c := range goldenControls(t) {
		if c.CallbackID != "" && c.Submit != nil {
			shown = append(shown, view.Callback(c.CallbackID))
		}
	}
	slices.Sort(shown)
	if diff := cmp.Diff(handled, slices.Compact(shown)); diff != "" {
		t.Errorf("handlers (-) and what the goldens submit (+) differ:\n%s", diff)
	}
}
