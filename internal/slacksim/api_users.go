package slacksim

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// listAtMost is how many members users.list hands out when nobody asks for fewer, and at most.
const listAtMost = 200

func (s *Sim) usersInfo(c *call) answer {
	i := slices.IndexFunc(s.directory(), func(u User) bool { return u.ID == c.text("user") })
	if i < 0 {
		return refuse("user_not_found")
	}
	return accept(map[string]any{"user": s.userJSON(s.directory()[i], c.truth("include_locale"))})
}

func (s *Sim) usersLookupByEmail(c *call) answer {
	for _, u := range s.st.Users {
		if !u.Deleted && strings.EqualFold(u.Email, c.text("email")) {
			return accept(map[string]any{"user": s.userJSON(*u, false)})
		}
	}
	return refuse("users_not_found")
}

func (s *Sim) usersList(c *call) answer {
	all := s.directory()
	from, ok := offset(c.text("cursor"))
	if !ok || from > len(all) {
		return mistake("invalid_cursor", "not a cursor this workspace gave")
	}
	limit, err := strconv.Atoi(orDefault(c.text("limit"), "0"))
	if err != nil || limit < 0 {
		return mistake("invalid_arguments", "limit is not a number")
	}
	if limit == 0 && len(all) > listAtMost {
		return mistake("limit_required", "a workspace of this size needs pages")
	}
	to := min(len(all), from+min(orDefault(limit, listAtMost), listAtMost))
	members := make([]any, 0, to-from)
	for _, u := range all[from:to] {
		members = append(members, s.userJSON(u, c.truth("include_locale")))
	}
	next := ""
	if to < len(all) {
		next = base64.StdEncoding.EncodeToString([]byte("user:" + strconv.Itoa(to)))
	}
	return accept(map[string]any{
		"members": members, "cache_ts": s.opt.Now().Unix(),
		"response_metadata": map[string]any{"next_cursor": next},
	})
}

// offset reads a cursor; the empty one is the beginning.
func offset(cursor string) (int, bool) {
	if cursor == "" {
		return 0, true
	}
	raw, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimPrefix(string(raw), "user:"))
	return n, err == nil && n >= 0
}
