package view_test

import (
	"slices"
	"testing"

	"innerview/bot/view"
)

func TestRefTravels(t *testing.T) {
	t.Parallel()
	for _, want := range []view.Ref{
		{Offer: "0192-ab"},
		{Pair: "0192-cd"},
		{Pair: "with:colon/and slash"},
		{Plan: "1"},
		{Talk: "1"},
		{Note: "1"},
		{Promise: "1"},
		{Common: "1"},
		{Pair: "1", Brief: true},
		{Promise: "b/1", Brief: true},
		{Pair: "1", Card: "1790000000.000100"},
		{Pair: "with/@slash", Card: "e-0192-ab", Brief: true},
	} {
		if got := view.ParseRef(want.String()); got != want {
			t.Errorf("ParseRef(%q) = %+v, want %+v", want.String(), got, want)
		}
	}
	for _, bad := range []string{"", "o", "x:1", "offer:1", "settings", "ｐ:1", "\x00p:1", "b/", "b/x:1", "@", "@1", "@1/", "@1/x:1"} {
		if got := view.ParseRef(bad); got != (view.Ref{}) {
			t.Errorf("ParseRef(%q) = %+v, want the zero Ref", bad, got)
		}
	}
}

func TestActionTravels(t *testing.T) {
	t.Parallel()
	tests := []struct {
		id      string
		action  view.Action
		variant string
	}{
		{string(view.ActTalked), view.ActTalked, ""},
		{view.ActOutcome.With("light"), view.ActOutcome, "light"},
		{view.ActHomePage.With("a.b"), view.ActHomePage, "a.b"},
		{"", "", ""},
	}
	for _, tt := range tests {
		if action, variant := view.ParseAction(tt.id); action != tt.action || variant != tt.variant {
			t.Errorf("ParseAction(%q) = %q, %q, want %q, %q", tt.id, action, variant, tt.action, tt.variant)
		}
	}
}

func TestMenuTravels(t *testing.T) {
	t.Parallel()
	item, ref := view.ParseMenu("snooze/p:pair-7")
	if item != view.MenuSnooze || ref != (view.Ref{Pair: "pair-7"}) {
		t.Errorf("ParseMenu = %q, %+v, want a snooze of pair-7", item, ref)
	}
	if item, ref := view.ParseMenu("nonsense"); item != "nonsense" || ref != (view.Ref{}) {
		t.Errorf("ParseMenu of nonsense = %q, %+v, want an item that is none and no ref", item, ref)
	}
}

func TestParsePage(t *testing.T) {
	t.Parallel()
	tests := map[string]int{"0": 0, "2": 2, "-1": 0, "": 0, "two": 0, "99999999999999999999": 0}
	for value, want := range tests {
		if got := view.ParsePage(value); got != want {
			t.Errorf("ParsePage(%q) = %d, want %d", value, got, want)
		}
	}
}

// TestIdsAreDistinct: two ids alike would send a press to the wrong handler.
func TestIdsAreDistinct(t *testing.T) {
	t.Parallel()
	actions, callbacks := view.Actions(), view.Callbacks()
	slices.Sort(actions)
	slices.Sort(callbacks)
	if len(slices.Compact(slices.Clone(actions))) != len(actions) || len(slices.Compact(slices.Clone(callbacks))) != len(callbacks) {
		t.Errorf("an id stands twice: %v, %v", actions, callbacks)
	}
}

func TestEscape(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"<!channel> & <b>": "&lt;!channel&gt; &amp; &lt;b&gt;",
		"&lt;":             "&amp;lt;",
		"田中さん 1 > 0":       "田中さん 1 &gt; 0",
		"":                 "",
	}
	for text, want := range tests {
		if got := view.Escape(text); got != want {
			t.Errorf("Escape(%q) = %q, want %q", text, got, want)
		}
	}
}
