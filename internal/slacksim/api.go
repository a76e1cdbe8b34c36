package slacksim

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// method is one method of the Web API.
type method struct {
	scope string // the bot scope it needs, if any
	args  string // its documented arguments, separated by spaces; token is allowed everywhere
	need  string // those that must be given
	json  bool   // whether it takes a JSON body
	run   func(*Sim, *call) answer
}

// method finds what a name means. The list is closed: what is not here, the simulator refuses.
func (s *Sim) method(name string) (method, bool) {
	const message = "channel text blocks attachments markdown_text as_user icon_emoji icon_url link_names parse username "
	switch name {
	case "auth.test":
		return method{json: true, run: (*Sim).authTest}, true
	case "apps.connections.open":
		return method{json: true, run: (*Sim).connectionsOpen}, true
	case "team.info":
		return method{scope: "team:read", args: "team domain", run: (*Sim).teamInfo}, true
	case "conversations.open":
		return method{
			scope: "im:write", args: "channel users return_im prevent_creation",
			json: true, run: (*Sim).conversationsOpen,
		}, true
	case "chat.postMessage":
		return method{
			scope: "chat:write",
			args:  message + "metadata mrkdwn reply_broadcast thread_ts unfurl_links unfurl_media",
			need:  "channel", json: true, run: (*Sim).chatPostMessage,
		}, true
	case "chat.postEphemeral":
		return method{
			scope: "chat:write", args: message + "user thread_ts",
			need: "channel user", json: true, run: (*Sim).chatPostEphemeral,
		}, true
	case "chat.update":
		return method{
			scope: "chat:write",
			args:  "channel ts text blocks attachments markdown_text as_user metadata link_names parse reply_broadcast file_ids",
			need:  "channel ts", json: true, run: (*Sim).chatUpdate,
		}, true
	case "chat.delete":
		return method{
			scope: "chat:write", args: "channel ts as_user",
			need: "channel ts", json: true, run: (*Sim).chatDelete,
		}, true
	case "views.open":
		return method{args: "trigger_id interactivity_pointer view", need: "view", json: true, run: (*Sim).viewsOpen}, true
	case "views.push":
		return method{args: "trigger_id interactivity_pointer view", need: "view", json: true, run: (*Sim).viewsPush}, true
	case "views.update":
		return method{args: "view_id external_id view hash", need: "view", json: true, run: (*Sim).viewsUpdate}, true
	case "views.publish":
		return method{args: "user_id view hash", need: "user_id view", json: true, run: (*Sim).viewsPublish}, true
	case "users.info":
		return method{scope: "users:read", args: "user include_locale", need: "user", run: (*Sim).usersInfo}, true
	case "users.list":
		return method{scope: "users:read", args: "cursor include_locale limit team_id", run: (*Sim).usersList}, true
	case "users.lookupByEmail":
		return method{scope: "users:read.email", args: "email", need: "email", run: (*Sim).usersLookupByEmail}, true
	case "blocks.validate":
		return method{args: "blocks message view", json: true, run: (*Sim).blocksValidate}, true
	}
	return method{}, false
}

// answer is what a call gets: an error code or, without one, the fields beside ok.
type answer struct {
	code       string
	fields     map[string]any
	messages   []string      // response_metadata.messages: what was wrong, in Slack's words
	bug        string        // why this is the client's mistake; empty: it is not
	retryAfter time.Duration // makes it a 429
}

func accept(fields map[string]any) answer { return answer{fields: fields} }

// refuse is a refusal that says something about the workspace and nothing about the client.
func refuse(code string) answer { return answer{code: code} }

// mistake is a refusal a correct client never sees; it becomes a breach.
func mistake(code, why string) answer { return answer{code: code, bug: why} }

func (s *Sim) serveAPI(w http.ResponseWriter, r *http.Request) {
	s.enter()
	defer s.leave()
	c, err := readCall(r)
	f := s.strike(c.method)
	if !pause(r.Context(), f.Latency) {
		return
	}
	a := f.before()
	if a == nil {
		a = s.answer(c, err)
	}
	s.record(c, *a, f)
	s.write(w, c, *a, f)
}

// answer runs the call. The method runs with the lock held.
func (s *Sim) answer(c *call, bodyErr error) *answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.base == "" {
		s.base = "http://" + c.host
	}
	m, known := s.method(c.method)
	a := s.admit(c, m, known, bodyErr)
	if a.code == "" && a.bug == "" {
		a = m.run(s, c)
	}
	if a.bug != "" {
		s.breach(c.method, orDefault(a.code, "accepted"), "%s", a.bug)
	}
	return &a
}

// admit checks what every method has in common, in Slack's order: the name, the token, the scope, the
// arguments.
func (s *Sim) admit(c *call, m method, known bool, bodyErr error) answer {
	if !known {
		return mistake("unknown_method", "the simulator has no such method")
	}
	if a := s.authorize(c); a.code != "" {
		return a
	}
	if bodyErr != nil {
		return mistake("invalid_json", bodyErr.Error())
	}
	if m.scope != "" && !s.opt.has(m.scope) {
		a := mistake("missing_scope", "needs "+m.scope)
		a.fields = map[string]any{"needed": m.scope, "provided": strings.Join(s.opt.Scopes, ",")}
		return a
	}
	return admitArgs(c, m)
}

func (s *Sim) authorize(c *call) answer {
	wantApp := c.method == "apps.connections.open"
	switch {
	case c.token == "":
		return refuse("not_authed")
	case wantApp && c.inBody:
		return mistake("invalid_auth", "the app-level token belongs in the Authorization header")
	case wantApp && c.token == s.opt.BotToken, !wantApp && c.token == s.opt.AppToken:
		return mistake("not_allowed_token_type", "a bot token and an app-level token were exchanged")
	case c.token != s.opt.BotToken && c.token != s.opt.AppToken:
		return refuse("invalid_auth")
	case s.st.Revoked:
		return refuse("account_inactive")
	}
	return answer{}
}

func admitArgs(c *call, m method) answer {
	if c.isJSON && !m.json {
		return mistake("invalid_arguments", "the method takes a form, not JSON")
	}
	if unknown := c.unknown(m.args); len(unknown) > 0 {
		a := mistake("invalid_arguments", "undocumented: "+strings.Join(unknown, " "))
		a.messages = []string{"[ERROR] unknown argument: " + strings.Join(unknown, ", ")}
		return a
	}
	for name := range strings.FieldsSeq(m.need) {
		if !c.given(name) {
			a := mistake("invalid_arguments", "missing: "+name)
			a.messages = []string{"[ERROR] missing required field: " + name}
			return a
		}
	}
	return answer{}
}

// write sends the answer, spoilt as the fault asks.
func (s *Sim) write(w http.ResponseWriter, c *call, a answer, f Fault) {
	body := map[string]any{"ok": a.code == ""}
	maps.Copy(body, a.fields)
	if a.code != "" {
		body["error"] = a.code
	}
	addMetadata(body, c, a)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.opt.Scopes, ","))
	if a.retryAfter > 0 {
		// Slack counts whole seconds, rounded up so that a client who obeys is not early.
		seconds := int((a.retryAfter + time.Second - 1) / time.Second)
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		w.WriteHeader(http.StatusTooManyRequests)
	}
	f.spoil(w, body)
}

func addMetadata(body map[string]any, c *call, a answer) {
	meta := obj(body, "response_metadata")
	if meta == nil {
		meta = map[string]any{}
	}
	if len(a.messages) > 0 {
		meta["messages"] = a.messages
	}
	if c.isJSON && !c.charset && len(c.args) > 0 {
		body["warning"] = "missing_charset"
		meta["warnings"] = []string{"missing_charset"}
	}
	if len(meta) > 0 {
		body["response_metadata"] = meta
	}
}

// record keeps the call for [Sim.Requests].
func (s *Sim) record(c *call, a answer, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.st.Requests = append(s.st.Requests, Request{
		Time: s.opt.Now().UTC(), Method: c.method, Args: c.logged(),
		Code: f.code(orDefault(a.code, "ok")), Status: f.status(a), Fault: f.Kind,
	})
	s.touch()
}
