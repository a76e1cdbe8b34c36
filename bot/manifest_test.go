package bot_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
)

func TestManifest(t *testing.T) {
	t.Parallel()
	for file, email := range map[string]bool{"manifest.json": false, "manifest_email.json": true} {
		var got bytes.Buffer
		e := json.NewEncoder(&got)
		e.SetIndent("", "  ")
		if err := e.Encode(bot.Manifest(email)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(parsed(t, want), parsed(t, got.Bytes())); diff != "" {
			t.Errorf("%s; go test ./bot -update writes it anew (-golden +manifest):\n%s", file, diff)
		}
	}
}

func parsed(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestManifestKeepsToSlacksLimits: the lengths stand in Slack's reference of the
// manifest; an app over one cannot be made.
func TestManifestKeepsToSlacksLimits(t *testing.T) {
	t.Parallel()
	m := bot.Manifest(true)
	command := m.Features.SlashCommands[0]
	for _, tt := range []struct {
		name, text string
		most       int
	}{
		{"name", m.Display.Name, 35},
		{"description", m.Display.Description, 140},
		{"the bot's name", m.Features.BotUser.DisplayName, 80},
		{"the command", command.Command, 32},
		{"the command's description", command.Description, 2000},
		{"its usage hint", command.UsageHint, 1000},
	} {
		if n := utf8.RuneCountInString(tt.text); n == 0 || n > tt.most {
			t.Errorf("%s has %d characters, want 1 to %d", tt.name, n, tt.most)
		}
	}
	if m.Metadata.MajorVersion != 2 || len(m.Features.SlashCommands) != 1 || !command.ShouldEscape {
		t.Errorf("version %d with %d commands, escaped: %t; want 2 with one, escaped",
			m.Metadata.MajorVersion, len(m.Features.SlashCommands), command.ShouldEscape)
	}
	for _, c := range bot.Commands() {
		if !strings.Contains(command.UsageHint, c.Word) {
			t.Errorf("the usage hint %q lacks %s", command.UsageHint, c.Word)
		}
	}
}

// TestManifestAsksForLittle: the scopes are these and no others, and none reads
// what people write to one another.
func TestManifestAsksForLittle(t *testing.T) {
	t.Parallel()
	scopes := []string{"commands", "chat:write", "im:write", "users:read"}
	for email, want := range map[bool][]string{false: scopes, true: append(slices.Clone(scopes), "users:read.email")} {
		m := bot.Manifest(email)
		if diff := cmp.Diff(want, m.OAuthConfig.Scopes.Bot); diff != "" {
			t.Errorf("scopes with e-mail %t (-want +got):\n%s", email, diff)
		}
		if len(m.OAuthConfig.Scopes.User) != 0 {
			t.Errorf("asks people for %v, want nothing", m.OAuthConfig.Scopes.User)
		}
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte(":history")) || bytes.Contains(raw, []byte("message.")) {
			t.Errorf("reads messages: %s", raw)
		}
		events := []string{"app_home_opened", "app_uninstalled", "tokens_revoked", "user_change"}
		if diff := cmp.Diff(events, m.Settings.EventSubscriptions.BotEvents); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		home := m.Features.AppHome
		if !home.HomeTabEnabled || !home.MessagesTabEnabled || !home.MessagesTabReadOnlyEnabled {
			t.Errorf("App Home is %+v, want both tabs and the messages read-only", home)
		}
		if !m.Settings.SocketModeEnabled || !m.Settings.Interactivity.IsEnabled {
			t.Error("wants Socket Mode and interactivity")
		}
	}
}

// TestEveryScopeIsExplained holds docs/privacy.md: each scope and each event of the
// manifest has a word on what it is for, nothing that is not asked for has one,
// and none is for reading what people write.
func TestEveryScopeIsExplained(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	m := bot.Manifest(true)
	if len(m.OAuthConfig.Scopes.User) > 0 {
		t.Errorf("the app acts as people, with the scopes %v", m.OAuthConfig.Scopes.User)
	}
	if diff := cmp.Diff(explained(string(page)), m.OAuthConfig.Scopes.Bot); diff != "" {
		t.Errorf("scopes of docs/privacy.md (-) and of the manifest (+):\n%s", diff)
	}
	for _, scope := range append(m.OAuthConfig.Scopes.Bot, m.OAuthConfig.Scopes.User...) {
		if reads(scope) {
			t.Errorf("%s reads what people write", scope)
		}
	}
	for _, event := range m.Settings.EventSubscriptions.BotEvents {
		if !strings.Contains(string(page), "`"+event+"`") || strings.HasPrefix(event, "message") {
			t.Errorf("the event %s is not explained, or is one of people's messages", event)
		}
	}
}

// explained returns the scopes that a page has a row for, in its order.
func explained(page string) (scopes []string) {
	_, table, _ := strings.Cut(page, "\n| scope |")
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if scope := strings.TrimSpace(cells[min(1, len(cells)-1)]); strings.HasPrefix(scope, "`") && len(strings.TrimSpace(cells[2])) > 5 {
			scopes = append(scopes, strings.Trim(scope, "`"))
		}
		if line == "\n" {
			break
		}
	}
	return scopes
}

// reads reports whether a scope is for what people write or have.
func reads(scope string) bool {
	return strings.HasSuffix(scope, ":history") ||
		slices.ContainsFunc([]string{"search:", "files:", "channels:", "groups:", "mpim:"}, func(s string) bool { return strings.HasPrefix(scope, s) })
}

func TestScopesAreSeen(t *testing.T) {
	t.Parallel()
	page := "x\n| scope | what for |\n|---|---|\n| `commands` | to be called |\n| `chat:write` | |\n| `im:write` | to write a DM |\n\n| `users:read` | another table |\n"
	if diff := cmp.Diff([]string{"commands", "im:write"}, explained(page)); diff != "" {
		t.Errorf("explained (-want +got):\n%s", diff)
	}
	for scope, want := range map[string]bool{"im:history": true, "channels:read": true, "users:read": false, "im:write": false, "search:read": true} {
		if reads(scope) != want {
			t.Errorf("reads(%s) = %t, want %t", scope, !want, want)
		}
	}
}
