package slacksim

import (
	"slices"
	"strings"
)

// conversationsOpen opens the bot's direct message with one person, or resumes it.
func (s *Sim) conversationsOpen(c *call) answer {
	if c.given("channel") {
		return s.resume(c)
	}
	users := strings.FieldsFunc(c.text("users"), func(r rune) bool { return r == ',' || r == ' ' })
	switch {
	case len(users) == 0:
		return mistake("users_list_not_supplied", "neither users nor channel given")
	case len(users) > 8:
		return mistake("too_many_users", "at most eight")
	case slices.Contains(users, BotUserID):
		return mistake("invalid_user_combination", "the bot itself is never named")
	case len(users) > 1:
		a := mistake("missing_scope", "a group message needs mpim:write")
		a.fields = map[string]any{"needed": "mpim:write", "provided": strings.Join(s.opt.Scopes, ",")}
		return a
	}
	if code := s.reachable(users[0]); code != "" {
		return refuse(code)
	}
	if c.truth("prevent_creation") && s.st.dm(users[0]) == nil {
		return refuse("channel_not_found")
	}
	ch, was := s.st.openDM(users[0])
	s.touch(ch.User)
	return s.opened(c, ch, was)
}

func (s *Sim) resume(c *call) answer {
	ch := s.st.channel(c.text("channel"))
	if ch == nil {
		return refuse("channel_not_found")
	}
	return s.opened(c, ch, true)
}

func (s *Sim) opened(c *call, ch *channel, was bool) answer {
	fields := map[string]any{"channel": map[string]any{"id": ch.ID}}
	if c.truth("return_im") {
		fields["channel"] = map[string]any{
			"id": ch.ID, "created": s.started.Unix(), "is_im": true, "is_org_shared": false,
			"user": ch.User, "last_read": ch.LastRead, "latest": nil, "is_open": true, "priority": 0,
		}
	}
	if was {
		fields["no_op"], fields["already_open"] = true, true
	}
	return accept(fields)
}

// reachable says why the bot may not write to the person, as conversations.open names it, or nothing.
func (s *Sim) reachable(userID string) string {
	u := s.st.user(userID)
	switch {
	case userID == SlackbotID || u != nil && u.IsBot:
		return "cannot_dm_bot"
	case u == nil:
		return "user_not_found"
	case u.Deleted:
		return "user_disabled"
	case u.Stranger:
		return "user_not_visible"
	}
	return ""
}
