package view_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/bot/view"
	"innerview/rapport"
)

// TestGalleryHasEveryView: the gallery shows each view in each state that is
// drawn for the goldens, in both languages, as it is drawn.
func TestGalleryHasEveryView(t *testing.T) {
	t.Parallel()
	shown, err := view.Gallery()
	if err != nil {
		t.Fatal(err)
	}
	got := map[rapport.Language]map[string]map[string]any{}
	for _, s := range shown {
		for lang, doc := range s.In {
			if got[lang] == nil {
				got[lang] = map[string]map[string]any{}
			}
			if got[lang][s.View] == nil {
				got[lang][s.View] = map[string]any{}
			}
			got[lang][s.View][s.State] = parse(t, doc)
		}
	}
	if len(got) != len(printers(t)) {
		t.Errorf("the gallery speaks %d languages, want %d", len(got), len(printers(t)))
	}
	if *update {
		t.Skip("the goldens in this binary are those from before the update")
	}
	for _, p := range printers(t) {
		if diff := cmp.Diff(album(t, p), got[p.Language()]); diff != "" {
			t.Errorf("%s (-drawn +in the gallery):\n%s", p.Language(), diff)
		}
	}
}
