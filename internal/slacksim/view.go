package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
)

// View is a modal or a Home tab as a person sees it.
type View struct {
	ID              string            `json:"id"`
	User            string            `json:"user"`
	Type            string            `json:"type"` // modal or home
	CallbackID      string            `json:"callback_id"`
	ExternalID      string            `json:"external_id"`
	PrivateMetadata string            `json:"private_metadata"`
	Hash            string            `json:"hash"` // changes with each update
	RootID          string            `json:"root_view_id"`
	PreviousID      string            `json:"previous_view_id"`
	NotifyOnClose   bool              `json:"notify_on_close"`
	ClearOnClose    bool              `json:"clear_on_close"`
	Raw             json.RawMessage   `json:"view"` // as published, with the ids Slack fills in
	State           FormState         `json:"state"`
	Errors          map[string]string `json:"errors,omitempty"` // by block_id, since the last submit

	doc    map[string]any // Raw decoded; never changed in place
	blocks []any
}

// Title is a modal's title.
func (v View) Title() string { return textOf(v.doc, "title") }

// Texts is every visible text in reading order: title, blocks, submit, close.
func (v View) Texts() []string {
	t := &reader{}
	t.add(v.Title())
	t.seen = append(t.seen, blockTexts(v.blocks)...)
	t.add(textOf(v.doc, "submit"))
	t.add(textOf(v.doc, "close"))
	return t.seen
}

// Controls is everything one can press, choose or fill in, in reading order.
func (v View) Controls() []Control { return controls(v.blocks) }

// Buttons is the controls that are buttons; submit and close are not among them.
func (v View) Buttons() []Control { return buttons(v.blocks) }

// Find is the control with that label; see [Control].
func (v View) Find(label string) (Control, bool) { return findControl(v.blocks, label) }

func (v *View) clone() View {
	c := *v
	c.State = v.State.clone()
	c.Errors = maps.Clone(v.Errors)
	return c
}

// show puts a checked document on the view. Errors of the last submit go; what was filled in stays where
// block_id and action_id are the same.
func (v *View) show(st *state, doc map[string]any, now int64) {
	v.blocks = withIDs(st, arr(doc, "blocks"))
	v.doc = maps.Clone(doc)
	v.doc["blocks"] = v.blocks
	v.Raw = encode(v.doc)
	v.Type = str(doc, "type")
	v.CallbackID = str(doc, "callback_id")
	v.ExternalID = str(doc, "external_id")
	v.PrivateMetadata = str(doc, "private_metadata")
	v.NotifyOnClose = flag(doc, "notify_on_close")
	v.ClearOnClose = flag(doc, "clear_on_close")
	v.Hash = fmt.Sprintf("%d.%s", now, uuid.NewString()[:8])
	v.State = carryState(v.State, v.blocks)
	v.Errors = nil
}

// find is the element a person uses, by block_id and action_id; an empty block matches when only one
// element has the action_id.
func find(blocks []any, blockID, actionID string) (placed, error) {
	var matches []placed
	for _, p := range elements(blocks) {
		if p.actionID() == actionID && (blockID == "" || p.blockID() == blockID) {
			matches = append(matches, p)
		}
	}
	switch len(matches) {
	case 1:
		return matches[0], nil
	case 0:
		return placed{}, fmt.Errorf("no element %q in block %q", actionID, blockID)
	}
	return placed{}, fmt.Errorf("%d elements are called %q: name the block too", len(matches), actionID)
}

// viewJSON is a view as the API returns it and as an interaction carries it.
func (s *Sim) viewJSON(v *View) map[string]any {
	out := map[string]any{
		"id": v.ID, "team_id": s.opt.Team.ID, "type": v.Type, "blocks": v.blocks,
		"private_metadata": v.PrivateMetadata, "callback_id": v.CallbackID, "external_id": v.ExternalID,
		"state": wireState(v.State, v.blocks), "hash": v.Hash,
		"title": v.doc["title"], "submit": v.doc["submit"], "close": v.doc["close"],
		"clear_on_close": v.ClearOnClose, "notify_on_close": v.NotifyOnClose,
		"root_view_id": v.RootID, "previous_view_id": nullable(v.PreviousID),
		"app_id": AppID, "bot_id": BotID, "app_installed_team_id": s.opt.Team.ID,
	}
	return out
}

// newModal puts a modal on the person's stack, over the top one or as a new root.
func (s *Sim) newModal(userID string, doc map[string]any, over *View) *View {
	v := &View{ID: s.st.id("V"), User: userID}
	v.show(&s.st, doc, s.opt.Now().Unix())
	v.RootID = v.ID
	stack := s.st.Stacks[userID]
	if over == nil {
		stack = nil
	} else {
		v.RootID, v.PreviousID = over.RootID, over.ID
	}
	s.st.Stacks[userID] = append(slices.Clone(stack), v)
	s.touch(userID)
	return v
}

// top is the modal the person looks at, or nil.
func (st *state) top(userID string) *View {
	stack := st.Stacks[userID]
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

// pop closes the modal the person looks at.
func (st *state) pop(userID string) {
	if stack := st.Stacks[userID]; len(stack) > 0 {
		st.Stacks[userID] = slices.Clone(stack[:len(stack)-1])
	}
}
