package slacksim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

func TestUsersInfo(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	info := func(pairs ...string) m {
		t.Helper()
		r := w.form("users.info", pairs...)
		u, _ := r.Body["user"].(m)
		if u == nil {
			t.Fatalf("users.info %v = %v", pairs, r.Body)
		}
		return u
	}

	mei := info("user", "W0MEI")
	if mei["tz"] != "Asia/Tokyo" || mei["tz_offset"] != 32400.0 || mei["is_bot"] != false || mei["deleted"] != false {
		t.Errorf("mei = %v", mei)
	}
	if mei["locale"] != nil {
		t.Errorf("locale = %v without include_locale", mei["locale"])
	}
	if got := info("user", "W0MEI", "include_locale", "true")["locale"]; got != "ja-JP" {
		t.Errorf("locale = %v", got)
	}
	if profile := info("user", "U0ANA")["profile"].(m); profile["email"] != nil || profile["display_name"] != "Ana" {
		t.Errorf("profile without the e-mail scope = %v", profile)
	}
	if old := info("user", "U0OLD"); old["deleted"] != true || old["tz"] != nil {
		t.Errorf("deactivated member = %v, want no zone", old)
	}
	if bot := info("user", slacksim.SlackbotID); bot["is_bot"] != false {
		t.Errorf("Slackbot = %v, want is_bot false", bot)
	}
	if far := info("user", "U0FAR"); far["is_stranger"] != true {
		t.Errorf("stranger = %v", far)
	}
	if got := w.form("users.info", "user", "U9"); got.Errored != "user_not_found" {
		t.Errorf("nobody = %v", got.Body)
	}
	w.wantRules()
}

func TestEmailNeedsItsScope(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{Scopes: []string{"users:read", "users:read.email"}})
	u := w.form("users.info", "user", "U0ANA").Body["user"].(m)
	if got := u["profile"].(m)["email"]; got != "ana@example.com" {
		t.Errorf("email = %v", got)
	}
	found := w.form("users.lookupByEmail", "email", "ANA@example.com")
	if u, _ := found.Body["user"].(m); u["id"] != "U0ANA" {
		t.Errorf("lookup = %v", found.Body)
	}
	if got := w.form("users.lookupByEmail", "email", "no@example.com"); got.Errored != "users_not_found" {
		t.Errorf("lookup of nobody = %v", got.Body)
	}
}

func TestUsersListInPages(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	var got []string
	cursor := ""
	for range 10 {
		r := w.form("users.list", "limit", "3", "cursor", cursor, "team_id", "")
		for _, u := range r.Body["members"].(l) {
			got = append(got, u.(m)["id"].(string))
		}
		cursor = r.Body["response_metadata"].(m)["next_cursor"].(string)
		if cursor == "" {
			break
		}
	}
	want := []string{slacksim.SlackbotID, "U0ANA", "W0MEI", "U0OLD", "U0FAR", "U0BOT", slacksim.BotUserID}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
	if got := w.form("users.list", "cursor", "nonsense"); got.Errored != "invalid_cursor" {
		t.Errorf("wrong cursor = %v", got.Body)
	}
	if got := w.form("users.list", "limit", "many"); got.Errored != "invalid_arguments" {
		t.Errorf("wrong limit = %v", got.Body)
	}
}

func TestLargeWorkspaceWantsPages(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	for i := range 200 {
		w.AddUser(slacksim.User{ID: fmt.Sprintf("U1%03d", i)})
	}
	if got := w.form("users.list"); got.Errored != "limit_required" {
		t.Errorf("users.list without a limit = %v", got.Errored)
	}
	if got := w.form("users.list", "limit", "1000"); len(got.Body["members"].(l)) != 200 {
		t.Errorf("users.list gave %d members, want 200 at most", len(got.Body["members"].(l)))
	}
}

func TestConversationsOpen(t *testing.T) {
	t.Parallel()
	nine := strings.TrimSuffix(strings.Repeat("U0ANA,", 9), ",")
	tests := []struct {
		name   string
		args   []string
		want   string
		breach bool
	}{
		{"member", []string{"users", "U0ANA"}, "", false},
		{"member with a W id", []string{"users", "W0MEI", "return_im", "true"}, "", false},
		{"nobody", []string{"users", "U9"}, "user_not_found", false},
		{"deactivated", []string{"users", "U0OLD"}, "user_disabled", false},
		{"stranger", []string{"users", "U0FAR"}, "user_not_visible", false},
		{"bot", []string{"users", "U0BOT"}, "cannot_dm_bot", false},
		{"Slackbot", []string{"users", slacksim.SlackbotID}, "cannot_dm_bot", false},
		{"oneself", []string{"users", slacksim.BotUserID}, "invalid_user_combination", true},
		{"several", []string{"users", "U0ANA,W0MEI"}, "missing_scope", true},
		{"too many", []string{"users", nine}, "too_many_users", true},
		{"nothing", nil, "users_list_not_supplied", true},
		{"no such channel", []string{"channel", "D9"}, "channel_not_found", false},
		{"probe", []string{"users", "U0ANA", "prevent_creation", "true"}, "channel_not_found", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			if got := w.form("conversations.open", tt.args...); got.Errored != tt.want {
				t.Errorf("answer = %v, want error %q", got.Body, tt.want)
			}
			if breached := len(w.Breaches()) > 0; breached != tt.breach {
				t.Errorf("breaches = %v, want any: %t", w.Breaches(), tt.breach)
			}
		})
	}
}

func TestConversationIsOpenedOnce(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	first := w.form("conversations.open", "users", "U0ANA")
	if first.Body["already_open"] != nil {
		t.Errorf("first = %v", first.Body)
	}
	id := first.Body["channel"].(m)["id"].(string)
	again := w.form("conversations.open", "users", "U0ANA", "return_im", "true")
	ch := again.Body["channel"].(m)
	if again.Body["already_open"] != true || ch["id"] != id || ch["user"] != "U0ANA" || ch["is_im"] != true {
		t.Errorf("again = %v", again.Body)
	}
	if resumed := w.form("conversations.open", "channel", id); resumed.Body["already_open"] != true {
		t.Errorf("resumed = %v", resumed.Body)
	}
	if got, ok := w.DM("U0ANA"); !ok || got != id {
		t.Errorf("DM = %q %t, want %q", got, ok, id)
	}
	if _, ok := w.DM("W0MEI"); ok {
		t.Error("a direct message nobody opened exists")
	}
}
