package bot_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/bot/view"
)

// textInput is a place in a modal where somebody can type what they like.
type textInput struct {
	modal view.Callback
	block string
}

// textInputs finds them all in the goldens, in which every modal stands in every
// state.
func textInputs(t *testing.T) []textInput {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("view", "testdata", "golden", "*.en.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("goldens: %v, %v", files, err)
	}
	found := map[textInput]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var states map[string]struct {
			Modal  view.Callback `json:"callback_id"`
			Blocks []struct {
				ID      string `json:"block_id"`
				Element struct {
					Type string `json:"type"`
				} `json:"element"`
			} `json:"blocks"`
		}
		if err := json.Unmarshal(raw, &states); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, v := range states {
			for _, b := range v.Blocks {
				if strings.HasSuffix(b.Element.Type, "text_input") {
					found[textInput{v.Modal, b.ID}] = true
				}
			}
		}
	}
	all := slices.Collect(maps.Keys(found))
	slices.SortFunc(all, func(a, b textInput) int { return strings.Compare(string(a.modal)+a.block, string(b.modal)+b.block) })
	return all
}

// TestEveryTextThatIsTypedIsLookedAt submits each modal in which something can be
// typed, with an ordinary text and with one that must not be stored, in each input
// alone.
func TestEveryTextThatIsTypedIsLookedAt(t *testing.T) {
	t.Parallel()
	leader, person := accessLeaders[0], accessPeople[0]
	about := map[view.Callback]struct{ actor, kind string }{ // whose modal it is, and about what
		view.ModalTalk: {leader, "p"}, view.ModalNote: {leader, "p"}, view.ModalPromise: {leader, "p"}, view.ModalEditNote: {leader, "n"},
		view.ModalSettings: {leader, ""}, view.ModalWelcome: {leader, ""}, view.ModalOwn: {leader, "o"}, view.ModalWord: {person, "n"},
	}
	inputs := textInputs(t)
	seen := map[view.Callback]bool{}
	for _, in := range inputs {
		seen[in.modal] = true
		of, ok := about[in.modal]
		if !ok {
			t.Errorf("nobody looks at what is typed into %s of %s: say here whose it is, and have it looked at", in.block, in.modal)
			continue
		}
		for _, text := range touchyIn {
			for _, bad := range []string{text.red, text.label} {
				w := newWorld(t)
				ref := ""
				if of.kind != "" {
					ref = of.kind + ":" + w.things[slices.IndexFunc(w.things, func(th thing) bool {
						return th.kind == of.kind && th.leader == leader && th.person == person
					})].id
				}
				w.run(of.actor, accessTeam, "list", func(bot.Answer) {}) // notes that they are there today
				before := w.rows(t)
				if refused := w.types(t, of.actor, in, ref, bad); refused[in.block] == "" {
					t.Errorf("%s of %s takes %q", in.block, in.modal, bad)
				}
				if now := w.rows(t); !slices.Equal(before, now) {
					t.Errorf("%s of %s: something was kept though %q was refused (-before +after):\n%s", in.block, in.modal, bad, cmp.Diff(fmt.Sprint(before), fmt.Sprint(now)))
				}
				if refused := w.types(t, of.actor, in, ref, "typed"); len(refused) > 0 {
					t.Errorf("%s of %s: an ordinary text is refused: %v", in.block, in.modal, refused)
				}
				w.close()
			}
		}
	}
	for modal := range about {
		if !seen[modal] {
			t.Errorf("nothing can be typed into %s: it need not stand here", modal)
		}
	}
	t.Logf("%d inputs", len(inputs))
}

// types submits a modal with a text in one input and nothing in the others that
// take text, and returns what stands under the inputs then.
func (w *world) types(t *testing.T, actor string, in textInput, ref, text string) map[string]string {
	t.Helper()
	state := filledIn()
	for _, other := range []string{
		"in_note", "in_promise", "in_own", "in_word", "in_intent", "in_common", "in_hope", "in_support", "in_interest", "in_strength",
	} {
		state.Values[other] = map[string]slack.BlockAction{other: {}}
	}
	state.Values[in.block] = map[string]slack.BlockAction{in.block: {Value: text}}
	var refused map[string]string
	w.told(t, func(ack func(bot.Answer)) {
		w.submitState(actor, accessTeam, in.modal, ref, state, func(a bot.Answer) {
			raw, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			var answer struct {
				Errors map[string]string `json:"errors"`
			}
			if err := json.Unmarshal(raw, &answer); err != nil {
				t.Fatal(err)
			}
			refused = answer.Errors
			ack(a)
		})
	})
	return refused
}
