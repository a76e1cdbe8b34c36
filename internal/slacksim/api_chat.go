package slacksim

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// draft is the content of a message, checked.
type draft struct {
	text      string
	blocks    []any
	hasBlocks bool // the argument was given, be it as an empty list
	metadata  json.RawMessage
}

func (s *Sim) chatPostMessage(c *call) answer {
	ch, a := s.postable(c.text("channel"))
	if ch == nil {
		return a
	}
	d, a := readDraft(c)
	if a.code != "" {
		return a
	}
	thread := c.text("thread_ts")
	if thread != "" && ch.message(thread) == nil {
		return mistake("thread_not_found", "thread_ts names no message of the channel")
	}
	if s.opt.RateLimits && !ch.bucket.take(s.opt.Now()) {
		return answer{code: "ratelimited", retryAfter: time.Second}
	}
	m := s.newMessage(ch.ID, d)
	m.ThreadTS = thread
	ch.Messages = append(ch.Messages, m)
	s.touch(ch.User)
	return answer{bug: a.bug, fields: map[string]any{
		"channel": ch.ID, "ts": m.TS, "message": messageJSON(m, s.opt.Team.ID),
	}}
}

// chatPostEphemeral shows a message to one person only. It cannot be updated afterwards.
func (s *Sim) chatPostEphemeral(c *call) answer {
	ch, a := s.postable(c.text("channel"))
	if ch == nil {
		return a
	}
	if ch.User != c.text("user") {
		return refuse("user_not_in_channel")
	}
	d, a := readDraft(c)
	if a.code != "" {
		return a
	}
	m := s.newMessage(ch.ID, d)
	m.Ephemeral = true
	s.st.Private[ch.User] = append(s.st.Private[ch.User], m)
	s.touch(ch.User)
	return answer{bug: a.bug, fields: map[string]any{"message_ts": m.TS}}
}

// postable finds the channel to write to. A user's id opens the direct message, as in Slack. People one
// may not write to are channel_not_found here, whatever the reason.
func (s *Sim) postable(id string) (*channel, answer) {
	if id == CommandChannel {
		return nil, mistake("not_in_channel", "the bot is in no channel but direct messages")
	}
	if ch := s.st.channel(id); ch != nil {
		if s.reachable(ch.User) != "" {
			return nil, refuse("channel_not_found")
		}
		return ch, answer{}
	}
	if s.reachable(id) != "" {
		return nil, refuse("channel_not_found")
	}
	ch, _ := s.st.openDM(id)
	return ch, answer{}
}

func (s *Sim) newMessage(channel string, d draft) *Message {
	m := &Message{Channel: channel, User: BotUserID, BotID: BotID, Text: d.text, Metadata: d.metadata}
	m.TS, m.Time = s.st.stamp(s.opt.Now())
	m.setBlocks(&s.st, d.blocks)
	return m
}

func (s *Sim) chatUpdate(c *call) answer {
	ch, m, a := s.ownMessage(c, "cant_update_message")
	if m == nil {
		return a
	}
	d, a := readDraft(c)
	if a.code != "" {
		return a
	}
	if c.given("text") || d.hasBlocks {
		m.Text = d.text
	}
	switch {
	case d.hasBlocks:
		m.setBlocks(&s.st, d.blocks)
	case m.blocks != nil && c.given("text"):
		a.bug = orDefault(a.bug, "text without blocks: the message keeps its old blocks and people see no change")
	}
	if c.given("metadata") {
		m.Metadata = d.metadata
	}
	m.Edited = true
	s.touch(ch.User)
	return answer{bug: a.bug, fields: map[string]any{
		"channel": ch.ID, "ts": m.TS, "text": m.Text, "message": messageJSON(m, s.opt.Team.ID),
	}}
}

func (s *Sim) chatDelete(c *call) answer {
	ch, m, a := s.ownMessage(c, "cant_delete_message")
	if m == nil {
		return a
	}
	ch.remove(m.TS)
	s.touch(ch.User)
	return accept(map[string]any{"channel": ch.ID, "ts": m.TS})
}

// ownMessage finds a message the bot may change: one of its own that is not ephemeral.
func (s *Sim) ownMessage(c *call, denied string) (*channel, *Message, answer) {
	id, ts := c.text("channel"), c.text("ts")
	ch := s.st.channel(id)
	if ch == nil {
		if s.st.user(id) != nil {
			return nil, nil, mistake("channel_not_found", "a message is named by its D channel, not by the person")
		}
		return nil, nil, refuse("channel_not_found")
	}
	if s.st.private(ch.User, ts) != nil {
		return nil, nil, mistake(denied, "the message is ephemeral")
	}
	m := ch.message(ts)
	switch {
	case m == nil:
		return nil, nil, refuse("message_not_found")
	case m.Own:
		return nil, nil, mistake(denied, "the message is the person's")
	}
	return ch, m, answer{}
}

// readDraft checks the content arguments. An answer with a bug and no code is accepted and yet a breach.
func readDraft(c *call) (draft, answer) {
	var d draft
	if c.given("attachments") {
		return d, mistake("invalid_attachments", "attachments are legacy and not simulated")
	}
	if c.given("markdown_text") {
		return d, mistake("invalid_arguments", "markdown_text is not simulated")
	}
	doc := map[string]any{"text": c.text("text")}
	if c.given("blocks") {
		blocks, err := c.document("blocks")
		list, ok := blocks.([]any)
		if err != nil || !ok {
			return d, mistake("invalid_blocks_format", "blocks is not a JSON array")
		}
		doc["blocks"], d.blocks, d.hasBlocks = list, list, true
	}
	var a answer
	d.metadata, a = readMetadata(c)
	if a.code != "" {
		return d, a
	}
	d.text = c.text("text")
	if c.method == "chat.update" && c.given("metadata") && !c.given("text") && !d.hasBlocks {
		return d, answer{} // metadata alone may be changed
	}
	return d, judge(checkMessage(doc))
}

// judge turns what is wrong with a message into Slack's refusal. What Slack lets pass, though it serves
// nobody, is accepted with a bug.
func judge(found []Problem) answer {
	var a answer
	for _, p := range found {
		switch p.Code {
		case "no_text":
			return mistake("no_text", p.String())
		case "missing_text", "broadcast":
			a.bug = p.String()
		}
	}
	if i := slices.IndexFunc(found, func(p Problem) bool { return p.Pointer == "/text" && p.Code == "too_long" }); i >= 0 {
		return mistake("msg_too_long", found[i].String())
	}
	if wrong := refusals(found); len(wrong) > 0 {
		return invalid("invalid_blocks", "", wrong)
	}
	return a
}

// refusals drops what Slack lets pass.
func refusals(found []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(found), func(p Problem) bool {
		return p.Code == "missing_text" || p.Code == "broadcast"
	})
}

// invalid is a refusal that lists its reasons as Slack does.
func invalid(code, prefix string, found []Problem) answer {
	var lines []string
	for _, p := range found {
		lines = append(lines, fmt.Sprintf("[ERROR] %s [json-pointer:%s%s]", p.Message, prefix, p.Pointer))
	}
	a := mistake(code, strings.Join(lines, "; "))
	a.messages = lines
	return a
}

func readMetadata(c *call) (json.RawMessage, answer) {
	if !c.given("metadata") {
		return nil, answer{}
	}
	v, err := c.document("metadata")
	meta, ok := v.(map[string]any)
	if err != nil || !ok {
		return nil, mistake("invalid_metadata_format", "metadata is not a JSON object")
	}
	if len(meta) == 0 {
		return nil, answer{}
	}
	if str(meta, "event_type") == "" || obj(meta, "event_payload") == nil {
		return nil, mistake("invalid_metadata_schema", "metadata needs event_type and event_payload")
	}
	return encode(meta), answer{}
}
