package slacksim

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// ticketLife is how long a socket URL may wait to be used.
const ticketLife = 30 * time.Second

func (s *Sim) authTest(*call) answer {
	return accept(map[string]any{
		"url":     "https://" + s.opt.Team.Domain + ".slack.com/",
		"team":    s.opt.Team.Name,
		"team_id": s.opt.Team.ID,
		"user":    s.botUser().Name,
		"user_id": BotUserID,
		"bot_id":  BotID, "is_enterprise_install": false,
	})
}

func (s *Sim) teamInfo(*call) answer {
	t := s.opt.Team
	return accept(map[string]any{"team": map[string]any{
		"id": t.ID, "name": t.Name, "domain": t.Domain, "email_domain": "",
		"icon": map[string]any{"image_default": true},
	}})
}

// connectionsOpen hands out a socket URL that works once and not for long.
func (s *Sim) connectionsOpen(*call) answer {
	if s.st.LinkOff {
		// The documentation names no code for an app whose Socket Mode is off; this one repeats the reason
		// of the disconnect frame.
		return refuse("link_disabled")
	}
	ticket := uuid.NewString()
	s.st.Tickets[ticket] = s.opt.Now().Add(ticketLife)
	base := strings.Replace(s.base, "http", "ws", 1)
	return accept(map[string]any{"url": base + "/socket/" + ticket + "?app_id=" + AppID})
}

// blocksValidate takes exactly one of blocks, message and view.
func (s *Sim) blocksValidate(c *call) answer {
	var name string
	for _, n := range []string{"blocks", "message", "view"} {
		if c.given(n) {
			name += n
		}
	}
	doc, err := c.document(name)
	found, kind := []Problem(nil), name
	switch {
	case err != nil:
		return validateArgs("[ERROR] " + name + " is not valid JSON")
	case name == "blocks":
		found = checkMessage(map[string]any{"text": "-", "blocks": doc})
		for i := range found {
			found[i].Pointer = strings.TrimPrefix(found[i].Pointer, "/blocks")
		}
	case name == "message" || name == "view":
		raw := encode(doc)
		if found = CheckView(raw); name == "message" {
			found = CheckMessage(raw)
		}
	default:
		return validateArgs("must provide exactly one of `blocks`, `view`, or `message`")
	}
	if len(found) == 0 {
		return accept(nil)
	}
	a := refuse("invalid_" + kind)
	a.fields = map[string]any{"errors": validateErrors(found)}
	return a
}

func validateArgs(why string) answer {
	a := mistake("invalid_arguments", why)
	a.messages = []string{why}
	return a
}

func validateErrors(found []Problem) []any {
	out := make([]any, 0, len(found))
	for _, p := range found {
		out = append(out, map[string]any{
			"code": "failed_constraint", "message": p.Message, "pointer": p.Pointer,
			"constraint": map[string]any{"type": p.Code},
		})
	}
	return out
}
