package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// SubmitResult is what came of submitting a form.
type SubmitResult struct {
	// Errors are texts by block_id that keep the view open: from the app, or from Slack's client.
	Errors map[string]string
	// Sent is false when Slack's client found the errors itself and the app was not told.
	Sent bool
	// Action is what the app had Slack do: close, errors, update, push or clear. Empty if not sent.
	Action string
}

// Submit has a person fill in the form and press its submit button. The state is laid over what the view
// holds already; leave it nil to submit as it is. Before anything is sent, Slack's client asks for
// required inputs and minds their lengths. See [Sim.RunCommand] about the error.
func (s *Sim) Submit(
	ctx context.Context, userID, viewID string, state map[string]map[string]Value,
) (SubmitResult, error) {
	s.mu.Lock()
	u, v, err := s.prepareSubmit(userID, viewID, state)
	if err != nil {
		s.mu.Unlock()
		return SubmitResult{}, fmt.Errorf("submit: %w", err)
	}
	v.Errors = v.clientErrors()
	s.touch(userID)
	if len(v.Errors) > 0 {
		defer s.mu.Unlock()
		return SubmitResult{Errors: maps.Clone(v.Errors)}, nil
	}
	result := SubmitResult{Sent: true}
	var refused error
	p := s.submitPayload(u, v)
	p.apply = func(ack json.RawMessage) {
		result.Action, refused = s.respond(v, ack)
		result.Errors = maps.Clone(v.Errors)
	}
	s.mu.Unlock()
	if err := s.deliver(ctx, p, 0, ""); err != nil {
		return SubmitResult{Sent: true}, err
	}
	return result, refused
}

// Fill has a person enter something into a view without submitting it. The app is not told.
func (s *Sim) Fill(userID, viewID string, state map[string]map[string]Value) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	on, err := s.surface(userID, Target{ViewID: viewID})
	if err == nil {
		err = s.fill(on, state)
	}
	if err != nil {
		return fmt.Errorf("fill in: %w", err)
	}
	s.touch(userID)
	return nil
}

func (s *Sim) prepareSubmit(userID, viewID string, state FormState) (User, *View, error) {
	u, err := s.actor(userID)
	if err != nil {
		return u, nil, err
	}
	on, err := s.surface(userID, Target{ViewID: viewID})
	if err != nil {
		return u, nil, err
	}
	if on.view == nil || on.view.Type != "modal" || on.view.doc["submit"] == nil {
		return u, nil, fmt.Errorf("the view %s has no submit button", viewID)
	}
	return u, on.view, s.fill(on, state)
}

func (s *Sim) submitPayload(u User, v *View) *payload {
	body := s.interaction("view_submission", u)
	body["view"] = s.viewJSON(v)
	body["response_urls"] = []any{}
	trigger := s.newTrigger(u.ID, v.ID)
	body["trigger_id"] = trigger
	return s.remember(&payload{
		Kind: kindInteractive, What: "view_submission", Accepts: true, trigger: trigger, Body: encode(body),
	})
}

// clientErrors is what Slack's client says before it sends a form, by block_id; nil if it says nothing.
func (v *View) clientErrors() map[string]string {
	var errs map[string]string
	for _, p := range elements(v.blocks) {
		if !p.input() {
			continue
		}
		text := p.complaint(v.State.get(p))
		if text == "" {
			continue
		}
		if errs == nil {
			errs = map[string]string{}
		}
		errs[p.blockID()] = text
	}
	return errs
}

// complaint is what Slack's client says about an input, or nothing.
func (p placed) complaint(v Value) string {
	if v.Empty() {
		if flag(p.block, "optional") {
			return ""
		}
		return "Please complete this required field."
	}
	if least, ok := p.limit("min_length"); ok && length(v.Value) < least {
		return fmt.Sprintf("Please enter at least %d characters.", least)
	}
	if most, ok := p.limit("max_length"); ok && length(v.Value) > most {
		return fmt.Sprintf("Please enter at most %d characters.", most)
	}
	if p.kind() == "plain_text_input" && length(v.Value) > maxTyped {
		return fmt.Sprintf("Please enter at most %d characters.", maxTyped)
	}
	if most, ok := p.limit("max_selected_items"); ok && len(v.Values) > most {
		return fmt.Sprintf("Please choose at most %d.", most)
	}
	return ""
}

// limit is a numeric field of an element.
func (p placed) limit(field string) (int, bool) {
	n, ok := p.element[field].(json.Number)
	if !ok {
		return 0, false
	}
	limit, err := strconv.Atoi(n.String())
	return limit, err == nil
}

// respond does what the acknowledgement of a submission asks for. Call it with the lock held.
func (s *Sim) respond(v *View, ack json.RawMessage) (string, error) {
	defer s.touch(v.User)
	if emptyAck(ack) {
		s.closeTop(v)
		return "close", nil
	}
	doc, err := decodeObject(ack)
	if err != nil {
		return s.badResponse("the answer is not a JSON object")
	}
	action := str(doc, "response_action")
	switch action {
	case "clear":
		delete(s.st.Stacks, v.User)
		return action, nil
	case "errors":
		return s.respondErrors(v, doc)
	case "update", "push":
		return s.respondView(v, action, doc)
	}
	return s.badResponse(fmt.Sprintf("unknown response_action %q", action))
}

// closeTop closes the view that was submitted, if it still is the one on top.
func (s *Sim) closeTop(v *View) {
	if s.st.top(v.User) == v {
		s.st.pop(v.User)
	}
}

func (s *Sim) respondErrors(v *View, doc map[string]any) (string, error) {
	errs := map[string]string{}
	for blockID, text := range obj(doc, "errors") {
		isInput := slices.ContainsFunc(elements(v.blocks), func(p placed) bool {
			return p.input() && p.blockID() == blockID
		})
		message, ok := text.(string)
		if !isInput || !ok || message == "" {
			return s.badResponse(fmt.Sprintf("errors[%s]: not an input block of the view with a text", blockID))
		}
		errs[blockID] = message
	}
	if len(errs) == 0 {
		return s.badResponse("errors names no block")
	}
	v.Errors = errs
	return "errors", nil
}

func (s *Sim) respondView(v *View, action string, doc map[string]any) (string, error) {
	next := obj(doc, "view")
	found := checkView(next)
	if str(next, "type") != "modal" {
		return s.badResponse("the view is not a modal")
	}
	if wrong := refusals(found); len(wrong) > 0 {
		return s.badResponse(invalid("", "/view", wrong).bug)
	}
	for _, p := range found {
		s.breach("interactive view_submission", p.Code, "%s", p.String())
	}
	self := v
	if action == "push" {
		self = nil
	}
	if a := s.taken(next, self); a.code != "" {
		return s.badResponse(a.bug)
	}
	if action == "update" {
		v.show(&s.st, next, s.opt.Now().Unix())
		return action, nil
	}
	if len(s.st.Stacks[v.User]) >= stackLimit {
		return s.badResponse("three modals lie over each other already")
	}
	s.newModal(v.User, next, v)
	return action, nil
}

// badResponse is an answer Slack cannot use: the person reads that there was trouble connecting.
func (s *Sim) badResponse(why string) (string, error) {
	s.breach("interactive view_submission", "invalid_response_action", "%s", why)
	return "", Refusal{Code: "trouble_connecting"}
}

// CloseView has a person close the modal on top. The app is told if the modal asks for it. A modal with
// clear_on_close takes the whole stack with it.
func (s *Sim) CloseView(ctx context.Context, userID, viewID string) error {
	s.mu.Lock()
	told, err := s.prepareClose(userID, viewID)
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("close: %w", err)
	}
	for _, p := range told {
		if err := s.deliver(ctx, p, 0, ""); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sim) prepareClose(userID, viewID string) ([]*payload, error) {
	u, err := s.actor(userID)
	if err != nil {
		return nil, err
	}
	on, err := s.viewSurface(userID, viewID)
	if err != nil {
		return nil, err
	}
	if on.view.Type != "modal" {
		return nil, fmt.Errorf("the view %s is no modal", viewID)
	}
	closing := []*View{on.view}
	if on.view.ClearOnClose {
		closing = slices.Clone(s.st.Stacks[userID])
		slices.Reverse(closing)
	}
	var told []*payload
	for _, v := range closing {
		s.st.pop(userID)
		if v.NotifyOnClose {
			told = append(told, s.closedPayload(u, v, on.view.ClearOnClose))
		}
	}
	s.touch(userID)
	return told, nil
}

// closedPayload tells the app that a view was closed. What was filled in is lost, as it is with Slack:
// the view comes without values.
func (s *Sim) closedPayload(u User, v *View, cleared bool) *payload {
	body := s.interaction("view_closed", u)
	view := s.viewJSON(v)
	view["state"] = map[string]any{"values": map[string]any{}}
	body["view"] = view
	body["is_cleared"] = cleared
	return s.remember(&payload{Kind: kindInteractive, What: "view_closed", Body: encode(body)})
}
