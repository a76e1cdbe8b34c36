package slacksim

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Target is where a control stands: in a message (Channel and TS) or in a view (ViewID).
type Target struct{ Channel, TS, ViewID string }

// surface is what a person acts on, found and visible to that person.
type surface struct {
	message *Message
	view    *View
	blocks  []any
	state   FormState
}

// Click has a person use a control: press a button, choose an option, pick a date. The action is
// "action_id", or "block_id/action_id" where several blocks have it. It returns when the app has
// acknowledged; see [Sim.RunCommand] about the error. An input without dispatch_action only takes the
// value, and the app is not told before the form is submitted.
func (s *Sim) Click(ctx context.Context, userID string, at Target, actionID string, value Value) error {
	s.mu.Lock()
	on, err := s.surface(userID, at)
	var p placed
	if err == nil {
		p, err = pick(on.blocks, actionID)
	}
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("click %s: %w", actionID, err)
	}
	return s.click(ctx, userID, at, p.blockID(), p.actionID(), value, nil)
}

// pick finds the one element an action names.
func pick(blocks []any, action string) (placed, error) {
	p, err := find(blocks, "", action)
	if err == nil {
		return p, nil
	}
	for i, r := range action {
		if r != '/' {
			continue
		}
		if p, inBlock := find(blocks, action[:i], action[i+1:]); inBlock == nil {
			return p, nil
		}
	}
	return placed{}, err
}

// click does what Click does. The form is what else is filled in at that moment, if the caller knows.
func (s *Sim) click(
	ctx context.Context, userID string, at Target, blockID, actionID string, value Value, form FormState,
) error {
	s.mu.Lock()
	p, err := s.prepareClick(userID, at, blockID, actionID, value, form)
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("click %s: %w", actionID, err)
	}
	if p == nil {
		return nil
	}
	return s.deliver(ctx, p, 0, "")
}

// prepareClick puts the value into the state and makes the payload, or none for a silent input.
func (s *Sim) prepareClick(
	userID string, at Target, blockID, actionID string, value Value, form FormState,
) (*payload, error) {
	u, err := s.actor(userID)
	if err != nil {
		return nil, err
	}
	on, err := s.surface(userID, at)
	if err != nil {
		return nil, err
	}
	if err := s.fill(on, form); err != nil {
		return nil, err
	}
	p, err := find(on.blocks, blockID, actionID)
	if err != nil {
		return nil, err
	}
	if err := s.allows(p, value); err != nil {
		return nil, err
	}
	if keepsState(p.kind()) {
		on.state.set(p, value)
	}
	s.touch(userID)
	if p.input() && !flag(p.block, "dispatch_action") {
		return nil, nil
	}
	return s.clickPayload(u, on, p, value), nil
}

// surface finds what the person acts on: a message of theirs, their Home tab, or the modal on top.
func (s *Sim) surface(userID string, at Target) (surface, error) {
	if at.ViewID != "" {
		return s.viewSurface(userID, at.ViewID)
	}
	m := s.st.private(userID, at.TS)
	if ch := s.st.channel(at.Channel); m == nil && ch != nil && ch.User == userID {
		m = ch.message(at.TS)
	}
	if m == nil {
		return surface{}, fmt.Errorf("%s sees no message %s in %s", userID, at.TS, at.Channel)
	}
	if m.State == nil {
		m.State = FormState{}
	}
	return surface{message: m, blocks: m.blocks, state: m.State}, nil
}

func (s *Sim) viewSurface(userID, id string) (surface, error) {
	v := s.st.viewByID(id)
	if v == nil || v.User != userID {
		return surface{}, fmt.Errorf("%s sees no view %s", userID, id)
	}
	if v.Type == "modal" && s.st.top(userID) != v {
		return surface{}, fmt.Errorf("the view %s is covered by another", id)
	}
	return surface{view: v, blocks: v.blocks, state: v.State}, nil
}

// fill takes over what a person entered, refusing what no person could enter.
func (s *Sim) fill(on surface, form FormState) error {
	for blockID, actions := range form {
		for actionID, value := range actions {
			p, err := find(on.blocks, blockID, actionID)
			if err != nil {
				return err
			}
			if err := s.allows(p, value); err != nil {
				return fmt.Errorf("block %s: %w", blockID, err)
			}
			if keepsState(p.kind()) {
				on.state.set(p, value)
			}
		}
	}
	return nil
}

// allows says why Slack's client would not let a person enter the value, or nil.
func (s *Sim) allows(p placed, v Value) error {
	if p.kind() != "users_select" && p.kind() != "multi_users_select" {
		return p.accepts(v)
	}
	for _, id := range append(slices.Clone(v.Values), v.Value) {
		known := slices.ContainsFunc(s.directory(), func(u User) bool { return u.ID == id })
		if id != "" && !known {
			return fmt.Errorf("nobody has the id %s", id)
		}
	}
	return p.accepts(v)
}

// clickPayload is a block_actions interaction.
func (s *Sim) clickPayload(u User, on surface, p placed, value Value) *payload {
	body := s.interaction("block_actions", u)
	viewID := ""
	if on.view != nil {
		viewID = on.view.ID
		body["container"] = map[string]any{"type": "view", "view_id": viewID}
		body["view"] = s.viewJSON(on.view)
	} else {
		s.addMessage(body, u, on.message)
	}
	trigger := s.newTrigger(u.ID, viewID)
	body["trigger_id"] = trigger
	body["actions"] = []any{s.action(p, value)}
	return s.remember(&payload{Kind: kindInteractive, What: "block_actions", trigger: trigger, Body: encode(body)})
}

// addMessage tells of the message acted on. Of an ephemeral one Slack sends no content.
func (s *Sim) addMessage(body map[string]any, u User, m *Message) {
	body["container"] = map[string]any{
		"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.Ephemeral,
	}
	name := "directmessage"
	if strings.HasPrefix(m.Channel, "C") {
		name = "general"
	}
	body["channel"] = map[string]any{"id": m.Channel, "name": name}
	body["response_url"] = s.newReplyURL(replyURL{User: u.ID, Channel: m.Channel, Source: m.TS})
	body["state"] = wireState(m.State, m.blocks)
	if !m.Ephemeral {
		body["message"] = messageJSON(m, s.opt.Team.ID)
	}
}

// action is the element as the payload's list of actions tells it.
func (s *Sim) action(p placed, value Value) map[string]any {
	out := map[string]any{"block_id": p.blockID(), "action_id": p.actionID(), "action_ts": s.eventTS()}
	maps.Copy(out, p.wire(value))
	for _, field := range []string{"text", "value", "style", "placeholder", "confirm"} {
		if v, ok := p.element[field]; ok {
			out[field] = v
		}
	}
	return out
}

// interaction is what all interactions begin with.
func (s *Sim) interaction(kind string, u User) map[string]any {
	return map[string]any{
		"type": kind, "token": "simulated", "api_app_id": AppID,
		"team":       map[string]any{"id": s.opt.Team.ID, "domain": s.opt.Team.Domain},
		"user":       map[string]any{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": s.opt.Team.ID},
		"enterprise": nil, "is_enterprise_install": false,
	}
}
