package bot

import "github.com/slack-go/slack"

// Manifest describes the Slack app that Innerview needs: one command, a DM, App
// Home, and no scope to read anybody's messages. With email it also asks for
// e-mail addresses, for a roster that names people by them.
func Manifest(email bool) *slack.Manifest {
	scopes := []string{"commands", "chat:write", "im:write", "users:read"}
	if email {
		scopes = append(scopes, "users:read.email")
	}
	return &slack.Manifest{
		Metadata: slack.ManifestMetadata{MajorVersion: 2, MinorVersion: 0},
		Display: slack.Display{
			Name:            "Innerview",
			Description:     "One light conversation starter at the right moment, for leaders who want to know their people.",
			BackgroundColor: "#3b4a45",
		},
		Features: slack.Features{
			AppHome: slack.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true, MessagesTabReadOnlyEnabled: true},
			BotUser: slack.BotUser{DisplayName: "Innerview", AlwaysOnline: true},
			SlashCommands: []slack.ManifestSlashCommand{{
				Command:      Slash,
				Description:  "Your people, a starter, how a talk went",
				UsageHint:    usageHint(),
				ShouldEscape: true,
			}},
		},
		OAuthConfig: slack.OAuthConfig{Scopes: slack.OAuthScopes{Bot: scopes}},
		Settings: slack.Settings{
			EventSubscriptions: &slack.EventSubscriptions{
				BotEvents: []string{"app_home_opened", "app_uninstalled", "tokens_revoked", "user_change"},
			},
			Interactivity:     &slack.Interactivity{IsEnabled: true},
			SocketModeEnabled: true,
		},
	}
}

// usageHint lists the words of the command.
func usageHint() string {
	hint := "["
	for i, c := range commands() {
		if i > 0 {
			hint += " | "
		}
		hint += c.word
	}
	return hint + "]"
}
