package slacksim

import (
	"fmt"
	"time"

	"github.com/google/uuid"
)

// triggerLife is how long a trigger may wait to be exchanged for a modal.
const triggerLife = 3 * time.Second

// trigger is the permission to open one modal for one person.
type trigger struct {
	User   string    `json:"user"`
	View   string    `json:"view"` // the modal in which the person acted, if any
	Issued time.Time `json:"issued"`
	Used   bool      `json:"used"`
	// Resent is whether its payload was sent twice on purpose; a second exchange is then no mistake.
	Resent bool `json:"resent"`
}

// newTrigger issues a trigger, in Slack's three-part form.
func (s *Sim) newTrigger(userID, viewID string) string {
	s.st.Serial++
	id := fmt.Sprintf("%d.%d.%s", s.opt.Now().Unix(), s.st.Serial, uuid.NewString()[:8])
	s.st.Triggers[id] = &trigger{User: userID, View: viewID, Issued: s.opt.Now()}
	return id
}

// exchange uses a trigger up.
func (s *Sim) exchange(id string) (*trigger, answer) {
	t := s.st.Triggers[id]
	switch {
	case t == nil:
		return nil, mistake("invalid_trigger_id", "no such trigger was ever issued")
	case t.Used && t.Resent:
		return nil, refuse("exchanged_trigger_id")
	case t.Used:
		return nil, mistake("exchanged_trigger_id", "a trigger opens one modal")
	case s.opt.Now().Sub(t.Issued) > triggerLife:
		return nil, mistake("expired_trigger_id", "a trigger lives three seconds")
	}
	t.Used = true
	return t, answer{}
}
