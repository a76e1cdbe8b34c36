package slacksim_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

func TestCommandText(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, want string }{
		{"", ""},
		{"list", "list"},
		{"/innerview list", "list"},
		{"/innerview", ""},
		{"/innerviews", "/innerviews"},
		{"log @ana light", "log <@U0ANA> light"},
		{"log @Ana", "log <@U0ANA>"},
		{"log @Ana Lima light", "log <@U0ANA> light"},
		{"log @美咲さんと", "log <@W0MEI>さんと"},
		{"log @sato misaki.", "log <@W0MEI>."},
		{"log @anabel", "log @anabel"},
		{"mail ana@example.com", "mail ana@example.com"},
		{"@nobody", "@nobody"},
		{"@here and @channel", "<!here> and <!channel>"},
		{"a < b & c > d", "a &lt; b &amp; c &gt; d"},
		{"<!channel>", "&lt;!channel&gt;"},
		{"see https://example.com/?a=1&b=2 now", "see <https://example.com/?a=1&amp;b=2> now"},
		{"in #general", "in <#C0SIM000001|general>"},
		{"水曜 15時", "水曜 15時"},
	}
	w := serve(t, slacksim.Options{})
	a := w.connect()
	for _, tt := range tests {
		e := a.answer(nil, func() {
			if _, err := w.RunCommand(t.Context(), "U0ANA", tt.typed); err != nil {
				t.Errorf("%q: %v", tt.typed, err)
			}
		})
		if got := e.Payload["text"]; got != tt.want {
			t.Errorf("typed %q, sent %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestMentionNames(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{MentionNames: true})
	e := w.connect().answer(nil, func() { _, _ = w.RunCommand(t.Context(), "U0ANA", "log @美咲") })
	if got := e.Payload["text"]; got != "log <@W0MEI|mei>" {
		t.Errorf("sent %q", got)
	}
}

func TestCommandPayload(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	e := w.connect().answer(nil, func() { _, _ = w.RunCommand(t.Context(), "U0ANA", "list") })
	p := e.Payload
	for _, field := range []string{"trigger_id", "response_url"} {
		if p[field] == "" || p[field] == nil {
			t.Errorf("%s is missing", field)
		}
		delete(p, field)
	}
	want := m{
		"token": "simulated", "team_id": "T0SIM000001", "team_domain": "demo-workspace",
		"channel_id": slacksim.CommandChannel, "channel_name": "general", "user_id": "U0ANA", "user_name": "ana",
		"command": "/innerview", "text": "list", "api_app_id": slacksim.AppID, "is_enterprise_install": "false",
	}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("payload (-want +got):\n%s", diff)
	}
	if !e.Accepts || e.Type != "slash_commands" {
		t.Errorf("envelope = %+v", e)
	}
}

func TestWhoCannotAct(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	w.connect()
	for _, user := range []string{"U0OLD", "U0BOT", "U9", slacksim.SlackbotID} {
		if _, err := w.RunCommand(t.Context(), user, "list"); err == nil {
			t.Errorf("%s runs a command", user)
		}
		if err := w.OpenHome(t.Context(), user); err == nil {
			t.Errorf("%s opens Home", user)
		}
		if err := w.OpenMessages(t.Context(), user); err == nil {
			t.Errorf("%s opens the messages", user)
		}
		if err := w.Click(t.Context(), user, slacksim.Target{ViewID: "V1"}, "a", slacksim.Value{}); err == nil {
			t.Errorf("%s clicks", user)
		}
		if _, err := w.Submit(t.Context(), user, "V1", nil); err == nil {
			t.Errorf("%s submits", user)
		}
		if err := w.CloseView(t.Context(), user, "V1"); err == nil {
			t.Errorf("%s closes", user)
		}
	}
}

// everything is a view with one element of each kind.
func everything(kind string) m {
	options := l{m{"text": pt("One"), "value": "1"}, m{"text": pt("Two"), "value": "2"}}
	actions := m{"type": "actions", "block_id": "b", "elements": l{
		m{"type": "button", "action_id": "button", "text": pt("Go"), "value": "v", "style": "primary"},
		m{"type": "static_select", "action_id": "static_select", "options": options, "placeholder": pt("Pick")},
		m{"type": "overflow", "action_id": "overflow", "options": options},
		m{"type": "users_select", "action_id": "users_select"},
		m{"type": "checkboxes", "action_id": "checkboxes", "options": options},
		m{"type": "radio_buttons", "action_id": "radio_buttons", "options": options},
		m{"type": "datepicker", "action_id": "datepicker"},
		m{"type": "timepicker", "action_id": "timepicker"},
		m{"type": "datetimepicker", "action_id": "datetimepicker"},
	}}
	return m{"type": kind, "blocks": l{
		actions,
		m{"type": "section", "block_id": "s1", "text": md("t"), "accessory": m{"type": "multi_static_select", "action_id": "multi_static_select", "options": options}},
		m{"type": "section", "block_id": "s2", "text": md("t"), "accessory": m{"type": "multi_users_select", "action_id": "multi_users_select"}},
		with(input("i", "plain_text_input", nil), m{"dispatch_action": true}),
	}}
}

func TestEveryElementTellsItsValue(t *testing.T) {
	t.Parallel()
	two := m{"text": pt("Two"), "value": "2"}
	tests := []struct {
		element string
		value   slacksim.Value
		field   string
		want    any
	}{
		{"button", slacksim.Value{}, "value", "v"},
		{"static_select", slacksim.Value{Value: "2"}, "selected_option", two},
		{"overflow", slacksim.Value{Value: "2"}, "selected_option", two},
		{"users_select", slacksim.Value{Value: "W0MEI"}, "selected_user", "W0MEI"},
		{"checkboxes", slacksim.Value{Values: []string{"2"}}, "selected_options", l{two}},
		{"checkboxes", slacksim.Value{}, "selected_options", l{}},
		{"radio_buttons", slacksim.Value{Value: "2"}, "selected_option", two},
		{"datepicker", slacksim.Value{Value: "2026-11-25"}, "selected_date", "2026-11-25"},
		{"timepicker", slacksim.Value{Value: "15:00"}, "selected_time", "15:00"},
		{"datetimepicker", slacksim.Value{Value: "1732500000"}, "selected_date_time", 1732500000.0},
		{"multi_static_select", slacksim.Value{Values: []string{"2"}}, "selected_options", l{two}},
		{"multi_users_select", slacksim.Value{Values: []string{"W0MEI"}}, "selected_users", l{"W0MEI"}},
		{"plain_text_input", slacksim.Value{Value: "typed"}, "value", "typed"},
	}
	w := serve(t, slacksim.Options{})
	a := w.connect()
	w.json("views.publish", m{"user_id": "U0ANA", "view": everything("home")})
	home, _ := w.Home("U0ANA")
	at := slacksim.Target{ViewID: home.ID}
	for _, tt := range tests {
		e := a.answer(nil, func() {
			if err := w.Click(t.Context(), "U0ANA", at, tt.element, tt.value); err != nil {
				t.Errorf("%s: %v", tt.element, err)
			}
		})
		action := e.Payload["actions"].(l)[0].(m)
		if diff := cmp.Diff(tt.want, action[tt.field]); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.element, tt.field, diff)
		}
		if action["type"] != tt.element || action["action_id"] != tt.element || action["action_ts"] == nil {
			t.Errorf("%s: action = %v", tt.element, action)
		}
		if c := e.Payload["container"].(m); c["type"] != "view" || c["view_id"] != home.ID || e.Payload["response_url"] != nil {
			t.Errorf("%s: payload = %v", tt.element, e.Payload)
		}
		state := e.Payload["view"].(m)["state"].(m)["values"].(m)
		remembered := tt.element != "button" && tt.element != "overflow"
		block := action["block_id"].(string)
		if values, _ := state[block].(m); (values[tt.element] != nil) != remembered {
			t.Errorf("%s: state = %v", tt.element, values)
		}
	}
	w.wantRules()
}

func TestWhatNobodyCanChoose(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	w.connect()
	w.json("views.publish", m{"user_id": "U0ANA", "view": everything("home")})
	home, _ := w.Home("U0ANA")
	tests := []struct {
		element string
		value   slacksim.Value
	}{
		{"static_select", slacksim.Value{Value: "3"}},
		{"checkboxes", slacksim.Value{Values: []string{"1", "3"}}},
		{"users_select", slacksim.Value{Value: "U9"}},
		{"multi_users_select", slacksim.Value{Values: []string{"W0MEI", "U9"}}},
		{"datepicker", slacksim.Value{Value: "tomorrow"}},
		{"timepicker", slacksim.Value{Value: "3 pm"}},
		{"datetimepicker", slacksim.Value{Value: "soon"}},
		{"button", slacksim.Value{Type: "overflow"}},
		{"nothing", slacksim.Value{}},
	}
	for _, tt := range tests {
		if err := w.Click(t.Context(), "U0ANA", slacksim.Target{ViewID: home.ID}, tt.element, tt.value); err == nil {
			t.Errorf("%s takes %+v", tt.element, tt.value)
		}
	}
	if err := w.Click(t.Context(), "W0MEI", slacksim.Target{ViewID: home.ID}, "button", slacksim.Value{}); err == nil {
		t.Error("somebody else's Home can be clicked")
	}
	if err := w.Click(t.Context(), "U0ANA", slacksim.Target{Channel: "D9", TS: "1.0"}, "button", slacksim.Value{}); err == nil {
		t.Error("a message that is not there can be clicked")
	}
}

func TestActionIDsMayRepeatInOtherBlocks(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	row := func(block string) m {
		return m{"type": "actions", "block_id": block, "elements": l{m{"type": "button", "action_id": "go", "text": pt("Go"), "value": block}}}
	}
	w.json("chat.postMessage", m{"channel": "U0ANA", "text": "t", "blocks": l{row("a"), row("b/c")}})
	sent := w.Feed("U0ANA")[0]
	at := slacksim.Target{Channel: sent.Channel, TS: sent.TS}
	if err := w.Click(t.Context(), "U0ANA", at, "go", slacksim.Value{}); err == nil {
		t.Error("an ambiguous action is clicked")
	}
	e := a.answer(nil, func() {
		if err := w.Click(t.Context(), "U0ANA", at, "b/c/go", slacksim.Value{}); err != nil {
			t.Error(err)
		}
	})
	if got := e.Payload["actions"].(l)[0].(m)["value"]; got != "b/c" {
		t.Errorf("clicked %v", got)
	}
	if c := e.Payload["container"].(m); c["channel_id"] != sent.Channel || c["message_ts"] != sent.TS || c["is_ephemeral"] != false {
		t.Errorf("container = %v", c)
	}
}

func TestUnreadUntilSomebodyLooks(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	a := w.connect()
	w.form("chat.postMessage", "channel", "U0ANA", "text", "one")
	w.form("chat.postMessage", "channel", "U0ANA", "text", "two")
	if got := w.unread("U0ANA"); got != 2.0 {
		t.Errorf("unread = %v", got)
	}
	e := a.answer(nil, func() { _ = w.OpenMessages(t.Context(), "U0ANA") })
	if got := e.Payload["event"].(m)["tab"]; got != "messages" {
		t.Errorf("tab = %v", got)
	}
	if got := w.unread("U0ANA"); got != 0.0 {
		t.Errorf("unread after looking = %v", got)
	}
}

func TestTextsAndControls(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	w.json("chat.postMessage", m{"channel": "U0ANA", "text": "fallback", "blocks": l{
		m{"type": "header", "text": pt("Header")},
		m{"type": "section", "text": md("Section"), "fields": l{md("Field")}, "accessory": m{"type": "button", "text": pt("Beside")}},
		m{"type": "context", "elements": l{md("Small"), m{"type": "image", "image_url": "u", "alt_text": "A cup"}}},
		m{"type": "image", "image_url": "u", "alt_text": "A tree", "title": pt("Tree")},
		m{"type": "actions", "elements": l{m{"type": "static_select", "action_id": "a", "placeholder": pt("Pick one"), "options": l{m{"text": pt("One"), "value": "1"}}}}},
		with(input("name", "n", nil), m{"hint": pt("Hint"), "optional": true}),
		m{"type": "rich_text", "elements": l{m{"type": "rich_text_section", "elements": l{
			m{"type": "text", "text": "Hi "},
			m{"type": "user", "user_id": "U1"},
			m{"type": "emoji", "name": "tea"},
			m{"type": "link", "url": "https://e.com"},
			m{"type": "link", "url": "https://e.com", "text": "link"},
		}}}},
	}})
	sent := w.Feed("U0ANA")[0]
	want := []string{
		"Header", "Section", "Field", "Beside", "Small", "A cup", "Tree", "A tree", "Pick one", "One",
		"name", "Hint", "Hi <@U1>:tea:https://e.comlink",
	}
	if diff := cmp.Diff(want, sent.Texts()); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if b := sent.Buttons(); len(b) != 1 || b[0].Label != "Beside" || b[0].ActionID == "" || b[0].BlockID == "" {
		t.Errorf("buttons = %+v, want ids filled in", b)
	}
	c, ok := sent.Find("Pick")
	if !ok || c.Type != "static_select" || len(c.Options) != 1 || c.Options[0].Text != "One" {
		t.Errorf("find = %+v %t", c, ok)
	}
	if c, ok := sent.Find("name"); !ok || !c.Input || !c.Optional {
		t.Errorf("find by block = %+v %t", c, ok)
	}
	if _, ok := sent.Find("e"); ok {
		t.Error("several labels contain it, and yet one was found")
	}
}
