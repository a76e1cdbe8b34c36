package slacksim

import (
	"encoding/json"
	"time"
)

// Message is one message as a person sees it.
type Message struct {
	Channel   string          `json:"channel"`
	TS        string          `json:"ts"`
	User      string          `json:"user"`   // who wrote it: the bot's user or a person
	BotID     string          `json:"bot_id"` // empty when a person wrote it
	Text      string          `json:"text"`
	Blocks    json.RawMessage `json:"blocks,omitempty"` // as sent, with the ids Slack fills in
	Metadata  json.RawMessage `json:"metadata,omitempty"`
	ThreadTS  string          `json:"thread_ts,omitempty"`
	Ephemeral bool            `json:"ephemeral"` // only one person sees it, and it cannot be updated later
	Own       bool            `json:"own"`       // the person typed it
	Edited    bool            `json:"edited"`
	Time      time.Time       `json:"time"`
	State     FormState       `json:"state,omitempty"` // what is chosen in its controls

	blocks []any // Blocks decoded; never changed in place
}

// Texts is every visible text in reading order. Blocks are shown instead of the text, so with blocks the
// top-level text is not among them.
func (m Message) Texts() []string {
	if len(m.blocks) == 0 {
		return []string{m.Text}
	}
	return blockTexts(m.blocks)
}

// Controls is everything one can press, choose or fill in, in reading order.
func (m Message) Controls() []Control { return controls(m.blocks) }

// Buttons is the controls that are buttons.
func (m Message) Buttons() []Control { return buttons(m.blocks) }

// Find is the control with that label; see [Control].
func (m Message) Find(label string) (Control, bool) { return findControl(m.blocks, label) }

// setBlocks takes decoded blocks, fills in the ids the app left out and keeps the choices that still fit.
func (m *Message) setBlocks(st *state, blocks []any) {
	before := m.State
	m.blocks, m.Blocks, m.State = nil, nil, nil
	if len(blocks) == 0 {
		return
	}
	m.blocks = withIDs(st, blocks)
	m.Blocks = encode(m.blocks)
	m.State = carryState(before, m.blocks)
}

func copyMessages(messages []*Message) []Message {
	out := make([]Message, 0, len(messages))
	for _, m := range messages {
		c := *m
		c.State = m.State.clone()
		out = append(out, c)
	}
	return out
}

// messageJSON is a message as the API returns it and as an interaction carries it.
func messageJSON(m *Message, team string) map[string]any {
	out := map[string]any{
		"type": "message", "user": m.User, "bot_id": m.BotID, "app_id": AppID, "team": team,
		"text": m.Text, "ts": m.TS,
	}
	if m.blocks != nil {
		out["blocks"] = m.blocks
	}
	if m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	if m.ThreadTS != "" {
		out["thread_ts"] = m.ThreadTS
	}
	if m.Edited {
		out["edited"] = map[string]any{"user": m.User, "ts": m.TS}
	}
	return out
}
