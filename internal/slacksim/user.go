package slacksim

import (
	"cmp"
	"strings"
	"time"
)

// SlackbotID is the user every workspace has. It is no bot by its own account (is_bot is false).
const SlackbotID = "USLACKBOT"

// User is a member of the workspace.
type User struct {
	ID          string `json:"id"`           // begins with U or W
	Name        string `json:"name"`         // the handle, without @
	RealName    string `json:"real_name"`    // may be empty
	DisplayName string `json:"display_name"` // may be empty
	Title       string `json:"title"`
	TZ          string `json:"tz"`     // IANA name; empty: Slack does not say
	Locale      string `json:"locale"` // such as ja-JP
	Email       string `json:"email"`

	IsBot           bool `json:"is_bot"`
	Deleted         bool `json:"deleted"`             // deactivated
	Restricted      bool `json:"is_restricted"`       // a guest of several channels
	UltraRestricted bool `json:"is_ultra_restricted"` // a guest of one channel
	Stranger        bool `json:"is_stranger"`         // of another workspace, sharing no channel with the app, not reachable

	// TeamID is the workspace of somebody from another organisation who shares a channel; empty: this one.
	TeamID string `json:"team_id"`
}

// AddUser adds a member, or replaces the one with the same ID. Nobody is told.
func (s *Sim) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.st.putUser(u)
	s.touch(u.ID)
}

// UpdateUser replaces a member and sends user_change to the app. It does not wait for the
// acknowledgement; [Sim.Idle] does.
func (s *Sim) UpdateUser(u User) {
	s.mu.Lock()
	s.st.putUser(u)
	s.touch(u.ID)
	event := map[string]any{
		"type":     "user_change",
		"user":     s.userJSON(u, true),
		"cache_ts": s.opt.Now().Unix(),
		"event_ts": s.eventTS(),
	}
	s.mu.Unlock()
	s.emit(event)
}

// Users lists the members in the order they were added, without Slackbot and the bot itself.
func (s *Sim) Users() []User {
	s.mu.Lock()
	defer s.mu.Unlock()
	users := make([]User, 0, len(s.st.Users))
	for _, u := range s.st.Users {
		users = append(users, *u)
	}
	return users
}

// directory is every user the API knows: Slackbot, the members, the bot.
func (s *Sim) directory() []User {
	all := []User{{ID: SlackbotID, Name: "slackbot", RealName: "Slackbot", DisplayName: "Slackbot"}}
	for _, u := range s.st.Users {
		all = append(all, *u)
	}
	return append(all, s.botUser())
}

func (s *Sim) botUser() User {
	name := strings.ToLower(strings.ReplaceAll(s.opt.BotName, " ", ""))
	return User{ID: BotUserID, Name: name, RealName: s.opt.BotName, IsBot: true}
}

// userJSON is a user as the Web API and the events write it. E-mail needs its own scope beside users:read.
func (s *Sim) userJSON(u User, locale bool) map[string]any {
	profile := map[string]any{
		"real_name":               u.RealName,
		"real_name_normalized":    u.RealName,
		"display_name":            u.DisplayName,
		"display_name_normalized": u.DisplayName,
		"title":                   u.Title,
		"team":                    cmp.Or(u.TeamID, s.opt.Team.ID),
	}
	if u.Email != "" && s.opt.has("users:read.email") {
		profile["email"] = u.Email
	}
	out := map[string]any{
		"id": u.ID, "team_id": cmp.Or(u.TeamID, s.opt.Team.ID), "name": u.Name, "deleted": u.Deleted,
		"is_bot": u.IsBot, "is_app_user": false, "updated": s.started.Unix(), "profile": profile,
	}
	if u.Deleted {
		return out // Slack drops zone, colour and roles of a deactivated member
	}
	out["real_name"] = u.RealName
	out["color"] = "9f69e7"
	out["is_admin"], out["is_owner"], out["is_primary_owner"] = false, false, false
	out["is_restricted"], out["is_ultra_restricted"] = u.Restricted || u.UltraRestricted, u.UltraRestricted
	if u.Stranger {
		out["is_stranger"] = true
	}
	if locale && u.Locale != "" {
		out["locale"] = u.Locale
	}
	addZone(out, u.TZ, s.opt.Now())
	return out
}

func addZone(out map[string]any, zone string, now time.Time) {
	if zone == "" {
		return
	}
	out["tz"] = zone
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return // an unknown zone stays a name without an offset, as in a profile Slack could not place
	}
	label, offset := now.In(loc).Zone()
	out["tz_label"], out["tz_offset"] = label, offset
}
