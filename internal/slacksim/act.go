package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// actor is the member who does something. Only members who exist and are active can.
func (s *Sim) actor(userID string) (User, error) {
	u := s.st.user(userID)
	switch {
	case u == nil:
		return User{}, fmt.Errorf("nobody has the id %s", userID)
	case u.Deleted:
		return User{}, fmt.Errorf("%s is deactivated", userID)
	case u.IsBot:
		return User{}, fmt.Errorf("%s is a bot", userID)
	}
	return *u, nil
}

// CommandResult is what came of a command.
type CommandResult struct {
	// Answer is the message the acknowledgement carried, as the person sees it; nil if it carried none.
	// Messages that came another way are in [Sim.Feed].
	Answer *Message
}

// RunCommand has a person type the command, in a channel the bot is not in. The text is what follows the
// command; if it begins with the command itself, that is taken off. Mentions, links and special
// characters are escaped as Slack does with should_escape. It returns when the app has acknowledged.
//
// The error is a [Refusal] when Slack would show one, and another error when no person could do this.
func (s *Sim) RunCommand(ctx context.Context, userID, text string) (CommandResult, error) {
	s.mu.Lock()
	u, err := s.actor(userID)
	if err != nil {
		s.mu.Unlock()
		return CommandResult{}, fmt.Errorf("run command: %w", err)
	}
	text = s.afterCommand(text)
	s.typedLine(userID, strings.TrimSpace(s.opt.Command+" "+text))
	r := replyURL{User: userID, Channel: CommandChannel}
	p := s.commandPayload(u, s.typed(text), s.newReplyURL(r))
	var result CommandResult
	var refused error
	p.apply = func(ack json.RawMessage) {
		before := len(s.st.Private[userID])
		refused = s.answerCommand(&r, ack)
		if private := s.st.Private[userID]; len(private) > before {
			result.Answer = &copyMessages(private[len(private)-1:])[0]
		}
	}
	s.mu.Unlock()
	if err := s.deliver(ctx, p, 0, ""); err != nil {
		return CommandResult{}, err
	}
	return result, refused
}

// afterCommand takes the command off, if it was typed too.
func (s *Sim) afterCommand(text string) string {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, s.opt.Command); ok && (rest == "" || rest[0] == ' ') {
		return strings.TrimSpace(rest)
	}
	return text
}

// typedLine puts the person's own line into the feed.
func (s *Sim) typedLine(userID, line string) {
	m := &Message{Channel: CommandChannel, User: userID, Text: line, Ephemeral: true, Own: true}
	m.TS, m.Time = s.st.stamp(s.opt.Now())
	s.st.Private[userID] = append(s.st.Private[userID], m)
	s.touch(userID)
}

func (s *Sim) commandPayload(u User, text, reply string) *payload {
	trigger := s.newTrigger(u.ID, "")
	return s.remember(&payload{
		Kind: kindCommand, What: s.opt.Command, Accepts: true, trigger: trigger, again: true,
		Body: encode(map[string]any{
			"token": "simulated", "team_id": s.opt.Team.ID, "team_domain": s.opt.Team.Domain,
			"channel_id": CommandChannel, "channel_name": "general",
			"user_id": u.ID, "user_name": u.Name, "command": s.opt.Command, "text": text,
			"api_app_id": AppID, "is_enterprise_install": "false",
			"response_url": reply, "trigger_id": trigger,
		}),
	})
}

// OpenHome has a person open the Home tab of the app.
func (s *Sim) OpenHome(ctx context.Context, userID string) error {
	return s.openTab(ctx, userID, "home")
}

// OpenMessages has a person open the Messages tab of the app and so read what is there.
func (s *Sim) OpenMessages(ctx context.Context, userID string) error {
	if err := s.Read(userID); err != nil {
		return err
	}
	return s.openTab(ctx, userID, "messages")
}

// Read marks the person's direct messages as read. The app is not told.
func (s *Sim) Read(userID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.actor(userID); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if ch := s.st.dm(userID); ch != nil && len(ch.Messages) > 0 && ch.unread() > 0 {
		ch.LastRead = ch.Messages[len(ch.Messages)-1].TS
		s.touch(userID)
	}
	return nil
}

func (s *Sim) openTab(ctx context.Context, userID, tab string) error {
	s.mu.Lock()
	if _, err := s.actor(userID); err != nil {
		s.mu.Unlock()
		return fmt.Errorf("open %s: %w", tab, err)
	}
	ch, _ := s.st.openDM(userID)
	event := map[string]any{
		"type": "app_home_opened", "user": userID, "channel": ch.ID, "tab": tab, "event_ts": s.eventTS(),
	}
	if v := s.st.Homes[userID]; v != nil && tab == "home" {
		event["view"] = s.viewJSON(v)
	}
	s.mu.Unlock()
	return await(ctx, s.emit(event))
}
