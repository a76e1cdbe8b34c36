package slacksim

import (
	"fmt"
	"slices"
	"time"
)

// state is everything the workspace holds. It is guarded by Sim.mu, as are all its methods, and
// /state writes it out as it stands.
type state struct {
	Users     []*User               `json:"users"`
	Channels  []*channel            `json:"channels"`
	Private   map[string][]*Message `json:"private"` // by user: what only that person sees
	Homes     map[string]*View      `json:"homes"`
	Stacks    map[string][]*View    `json:"modals"` // by user, the top last
	Triggers  map[string]*trigger   `json:"triggers"`
	Replies   map[string]*replyURL  `json:"response_urls"`
	Requests  []Request             `json:"requests"`
	Breaches  []Breach              `json:"breaches"`
	Payloads  []*payload            `json:"payloads"` // sent to the app, in order
	Tickets   map[string]time.Time  `json:"tickets"`  // socket URLs not yet used, and when they expire
	UsedUp    map[string]bool       `json:"used_up"`  // socket URLs used already
	Faults    []*armedFault         `json:"faults"`
	Revoked   bool                  `json:"revoked"`       // the app was uninstalled
	LinkOff   bool                  `json:"link_disabled"` // Socket Mode was switched off
	Serial    int                   `json:"serial"`
	LastMicro int64                 `json:"last_micro"` // of the newest message time
}

// channel is a direct message between the bot and one person.
type channel struct {
	ID       string     `json:"id"`
	User     string     `json:"user"`
	Messages []*Message `json:"messages"`
	LastRead string     `json:"last_read"`
	bucket   bucket
}

func newState() state {
	return state{
		Private:  map[string][]*Message{},
		Homes:    map[string]*View{},
		Stacks:   map[string][]*View{},
		Triggers: map[string]*trigger{},
		Tickets:  map[string]time.Time{},
		UsedUp:   map[string]bool{},
		Replies:  map[string]*replyURL{},
	}
}

func (st *state) putUser(u User) {
	if old := st.user(u.ID); old != nil {
		*old = u
		return
	}
	st.Users = append(st.Users, &u)
}

func (st *state) user(id string) *User {
	for _, u := range st.Users {
		if u.ID == id {
			return u
		}
	}
	return nil
}

func (st *state) channel(id string) *channel {
	for _, ch := range st.Channels {
		if ch.ID == id {
			return ch
		}
	}
	return nil
}

func (st *state) dm(userID string) *channel {
	for _, ch := range st.Channels {
		if ch.User == userID {
			return ch
		}
	}
	return nil
}

// openDM returns the person's channel with the bot and whether it was there already.
func (st *state) openDM(userID string) (*channel, bool) {
	if ch := st.dm(userID); ch != nil {
		return ch, true
	}
	ch := &channel{ID: st.id("D"), User: userID, LastRead: "0000000000.000000"}
	st.Channels = append(st.Channels, ch)
	return ch, false
}

func (ch *channel) message(ts string) *Message {
	for _, m := range ch.Messages {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

func (ch *channel) remove(ts string) {
	ch.Messages = slices.DeleteFunc(ch.Messages, func(m *Message) bool { return m.TS == ts })
}

// unread counts the bot's messages since the person last looked.
func (ch *channel) unread() int {
	n := 0
	for _, m := range ch.Messages {
		if !m.Own && m.TS > ch.LastRead {
			n++
		}
	}
	return n
}

func (st *state) private(userID, ts string) *Message {
	for _, m := range st.Private[userID] {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

func (st *state) removePrivate(userID, ts string) {
	st.Private[userID] = slices.DeleteFunc(st.Private[userID], func(m *Message) bool { return m.TS == ts })
}

// id makes an identifier of Slack's shape: a letter and ten characters, never the same twice.
func (st *state) id(prefix string) string {
	st.Serial++
	return fmt.Sprintf("%s0S%08X", prefix, st.Serial)
}

// stamp gives a message its time and its ts, which also orders and names it: never the same twice, even
// when the clock stands still.
func (st *state) stamp(now time.Time) (string, time.Time) {
	micro := max(now.UnixMicro(), st.LastMicro+1)
	st.LastMicro = micro
	return fmt.Sprintf("%d.%06d", micro/1e6, micro%1e6), now.UTC()
}

// view finds a view wherever it is shown.
func (st *state) view(match func(*View) bool) *View {
	for _, v := range st.Homes {
		if match(v) {
			return v
		}
	}
	for _, stack := range st.Stacks {
		for _, v := range stack {
			if match(v) {
				return v
			}
		}
	}
	return nil
}

func (st *state) viewByID(id string) *View {
	return st.view(func(v *View) bool { return v.ID == id })
}
