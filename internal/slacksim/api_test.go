package slacksim_test

import (
	"net/http"
	"strings"
	"testing"

	"innerview/internal/slacksim"
)

func TestEveryMethodHasTheSameDoor(t *testing.T) {
	t.Parallel()
	const formType = "application/x-www-form-urlencoded"
	tests := []struct {
		name   string
		method string
		kind   string
		body   string
		token  string
		want   string
		breach bool
	}{
		{"unknown method", "chat.scheduleMessage", formType, "", slacksim.DemoBotToken, "unknown_method", true},
		{"no token", "auth.test", formType, "", "", "not_authed", false},
		{"token as an argument", "auth.test", formType, "token=" + slacksim.DemoBotToken, "", "", false},
		{"wrong token", "auth.test", formType, "", "xoxb-other", "invalid_auth", false},
		{"app token for a bot method", "auth.test", formType, "", slacksim.DemoAppToken, "not_allowed_token_type", true},
		{"bot token for a socket", "apps.connections.open", formType, "", slacksim.DemoBotToken, "not_allowed_token_type", true},
		{"app token as an argument", "apps.connections.open", formType, "token=" + slacksim.DemoAppToken, "", "invalid_auth", true},
		{"app token in the header", "apps.connections.open", "application/json", "", slacksim.DemoAppToken, "", false},
		{"token in JSON", "auth.test", "application/json", `{"token":"` + slacksim.DemoBotToken + `"}`, "", "not_authed", false},
		{"undocumented argument", "auth.test", formType, "client_msg_id=1", slacksim.DemoBotToken, "invalid_arguments", true},
		{"missing argument", "users.info", formType, "", slacksim.DemoBotToken, "invalid_arguments", true},
		{"JSON where a form is wanted", "users.info", "application/json", `{"user":"U0ANA"}`, slacksim.DemoBotToken, "invalid_arguments", true},
		{"broken JSON", "auth.test", "application/json", `{`, slacksim.DemoBotToken, "invalid_json", true},
		{"JSON that is no object", "auth.test", "application/json", `[]`, slacksim.DemoBotToken, "invalid_json", true},
		{"missing scope", "team.info", formType, "", slacksim.DemoBotToken, "missing_scope", true},
		{"scope for e-mail", "users.lookupByEmail", formType, "email=ana@example.com", slacksim.DemoBotToken, "missing_scope", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			got := w.send(tt.method, tt.kind, tt.body, tt.token)
			if got.Code != http.StatusOK || got.Errored != tt.want || got.Body["ok"] != (tt.want == "") {
				t.Errorf("answer = %d %v, want error %q", got.Code, got.Body, tt.want)
			}
			if breached := len(w.Breaches()) > 0; breached != tt.breach {
				t.Errorf("breaches = %v, want any: %t", w.Breaches(), tt.breach)
			}
		})
	}
}

func TestScopesAreTold(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Scopes: []string{"commands", "team:read"}})
	if got := w.form("team.info"); got.Body["team"].(m)["name"] != "Demo workspace" {
		t.Errorf("team.info = %v", got.Body)
	}
	got := w.form("chat.postMessage", "channel", "U0ANA", "text", "hi")
	if got.Body["needed"] != "chat:write" || got.Body["provided"] != "commands,team:read" {
		t.Errorf("missing scope = %v", got.Body)
	}
	if scopes := got.Header.Get("X-OAuth-Scopes"); scopes != "commands,team:read" {
		t.Errorf("X-OAuth-Scopes = %q", scopes)
	}
}

func TestAuthTest(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Team: slacksim.Team{ID: "T9", Name: "Nine", Domain: "nine"}, BotName: "Inner View"})
	got := w.form("auth.test").Body
	if got["team_id"] != "T9" || got["url"] != "https://nine.slack.com/" || got["user"] != "innerview" ||
		got["user_id"] != slacksim.BotUserID || got["bot_id"] != slacksim.BotID {
		t.Errorf("auth.test = %v", got)
	}
}

func TestRequestsAreKept(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	w.form("auth.test")
	w.json("chat.postMessage", m{"channel": "U0ANA", "text": "hi", "blocks": l{m{"type": "divider"}}, "mrkdwn": true})
	w.form("users.info", "user", "U9")
	got := w.Requests()
	if len(got) != 3 || got[0].Code != "ok" || got[2].Code != "user_not_found" {
		t.Fatalf("requests = %+v", got)
	}
	args := got[1].Args
	if args["blocks"] != `[{"type":"divider"}]` || args["mrkdwn"] != "true" || args["token"] != "" {
		t.Errorf("arguments = %v", args)
	}
	for _, r := range got {
		for name, value := range r.Args {
			if strings.Contains(value, slacksim.DemoBotToken) {
				t.Errorf("%s keeps the token in %s", r.Method, name)
			}
		}
	}
}

func TestCharsetWarning(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	bare := w.send("chat.postMessage", "application/json", `{"channel":"U0ANA","text":"hi"}`, slacksim.DemoBotToken)
	if bare.Body["warning"] != "missing_charset" {
		t.Errorf("answer = %v, want the warning missing_charset", bare.Body)
	}
	if said := w.json("chat.postMessage", m{"channel": "U0ANA", "text": "hi"}); said.Body["warning"] != nil {
		t.Errorf("answer = %v, want no warning", said.Body)
	}
}

func TestBlocksValidate(t *testing.T) {
	t.Parallel()
	good, bad := l{m{"type": "divider"}}, l{m{"type": "header", "text": md("t")}}
	tests := []struct {
		name    string
		body    m
		want    string
		pointer string
	}{
		{"good blocks", m{"blocks": good}, "", ""},
		{"bad blocks", m{"blocks": bad}, "invalid_blocks", "/0/text/type"},
		{"good message", m{"message": m{"text": "t", "blocks": good}}, "", ""},
		{"bad message", m{"message": m{"text": "t", "blocks": bad}}, "invalid_message", "/blocks/0/text/type"},
		{"good view", m{"view": m{"type": "home", "blocks": good}}, "", ""},
		{"bad view", m{"view": m{"type": "home", "blocks": bad}}, "invalid_view", "/blocks/0/text/type"},
		{"nothing", m{}, "invalid_arguments", ""},
		{"two things", m{"blocks": good, "view": m{}}, "invalid_arguments", ""},
		{"not JSON", m{"view": "{"}, "invalid_arguments", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			got := w.json("blocks.validate", tt.body)
			if got.Errored != tt.want {
				t.Fatalf("blocks.validate = %v, want error %q", got.Body, tt.want)
			}
			if tt.pointer == "" {
				return
			}
			first := got.Body["errors"].(l)[0].(m)
			if first["pointer"] != tt.pointer || first["code"] != "failed_constraint" {
				t.Errorf("errors = %v, want pointer %s", got.Body["errors"], tt.pointer)
			}
			w.wantRules()
		})
	}
}

func TestUninstalledAppIsRefused(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Events: []string{}})
	if err := w.Uninstall(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.form("auth.test"); got.Errored != "account_inactive" {
		t.Errorf("auth.test = %v", got.Body)
	}
}
