package slacksim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
)

// How often and how long a response URL may be used.
const (
	replyUses = 5
	replyLife = 30 * time.Minute
)

// replyURL is a response URL: the permission to answer one interaction.
type replyURL struct {
	User    string    `json:"user"`
	Channel string    `json:"channel"`
	Source  string    `json:"source"` // ts of the message acted on; empty for a command
	Issued  time.Time `json:"issued"`
	Uses    int       `json:"uses"`
}

// newReplyURL issues a response URL. Call it with the lock held.
func (s *Sim) newReplyURL(r replyURL) string {
	token := uuid.NewString()
	r.Issued = s.opt.Now()
	s.st.Replies[token] = &r
	return s.base + "/response/" + token
}

func (s *Sim) serveReply(w http.ResponseWriter, r *http.Request) {
	s.enter()
	defer s.leave()
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		http.Error(w, "body cannot be read", http.StatusBadRequest)
		return
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	a := s.reply(r.PathValue("token"), kind, raw)
	if a.code == "" {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("ok"))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write(encode(map[string]any{"ok": false, "error": a.code}))
}

func (s *Sim) reply(token, kind string, raw []byte) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.admitReply(token, kind, raw)
	user := ""
	if r := s.st.Replies[token]; r != nil {
		user = r.User
	}
	s.st.Requests = append(s.st.Requests, Request{
		Time: s.opt.Now().UTC(), Method: "response_url", Args: map[string]string{"user": user, "payload": string(raw)},
		Code: orDefault(a.code, "ok"), Status: http.StatusOK,
	})
	if a.bug != "" {
		s.breach("response_url", orDefault(a.code, "accepted"), "%s", a.bug)
	}
	return a
}

func (s *Sim) admitReply(token, kind string, raw []byte) answer {
	r := s.st.Replies[token]
	switch {
	case r == nil:
		return mistake("no_such_url", "no such response URL was ever issued")
	case s.opt.Now().Sub(r.Issued) > replyLife:
		return mistake("expired_url", "a response URL lives thirty minutes")
	case r.Uses >= replyUses:
		return mistake("used_url", "a response URL works five times")
	case kind != "application/json":
		return mistake("invalid_payload", "the body is not application/json")
	}
	doc, err := decodeObject(raw)
	if err != nil {
		return mistake("invalid_payload", "the body is not a JSON object")
	}
	a := judge(checkMessage(doc))
	if a.code != "" {
		return a
	}
	r.Uses++
	s.applyReply(r, doc)
	return a
}

// applyReply shows what the app answered to a command or an interaction: a new message, a replaced one,
// or none. Without a response_type only the person sees it.
func (s *Sim) applyReply(r *replyURL, doc map[string]any) {
	defer s.touch(r.User)
	source := s.source(r)
	switch {
	case flag(doc, "delete_original") && source != nil:
		s.removeSource(r)
	case flag(doc, "replace_original") && source != nil:
		source.Text, source.Edited = str(doc, "text"), true
		source.setBlocks(&s.st, arr(doc, "blocks"))
	case flag(doc, "delete_original"):
		// a command has no original to delete
	default:
		s.addReply(r, doc)
	}
}

func (s *Sim) addReply(r *replyURL, doc map[string]any) {
	m := s.newMessage(r.Channel, draft{text: str(doc, "text"), blocks: arr(doc, "blocks")})
	m.Ephemeral = str(doc, "response_type") != "in_channel"
	if ch := s.st.channel(r.Channel); ch != nil && !m.Ephemeral {
		ch.Messages = append(ch.Messages, m)
		return
	}
	s.st.Private[r.User] = append(s.st.Private[r.User], m)
}

func (s *Sim) source(r *replyURL) *Message {
	if r.Source == "" {
		return nil
	}
	if m := s.st.private(r.User, r.Source); m != nil {
		return m
	}
	if ch := s.st.channel(r.Channel); ch != nil {
		return ch.message(r.Source)
	}
	return nil
}

func (s *Sim) removeSource(r *replyURL) {
	s.st.removePrivate(r.User, r.Source)
	if ch := s.st.channel(r.Channel); ch != nil {
		ch.remove(r.Source)
	}
}

// answerCommand shows what an acknowledgement carried, if it carried a message. It reports what Slack
// would show instead when the message is no good.
func (s *Sim) answerCommand(r *replyURL, ack json.RawMessage) error {
	if emptyAck(ack) {
		return nil
	}
	doc, err := decodeObject(ack)
	if err != nil {
		s.breach("slash_commands", "invalid_command_response", "the answer is not a JSON object")
		return Refusal{Code: "invalid_command_response"}
	}
	a := judge(checkMessage(doc))
	if a.bug != "" {
		s.breach("slash_commands", orDefault(a.code, "accepted"), "%s", a.bug)
	}
	if a.code != "" {
		return Refusal{Code: "invalid_command_response"}
	}
	s.applyReply(r, doc)
	return nil
}

// emptyAck reports whether an acknowledgement carries nothing.
func emptyAck(ack json.RawMessage) bool {
	return slices.Contains([]string{"", "null", "{}", `""`}, string(ack))
}
