package slacksim

import (
	"context"
	"io/fs"
	"log/slog"
	"slices"
	"time"
)

// Identifiers that are the same in every simulated workspace.
const (
	AppID     = "A0SIM000001" // of the app under test
	BotID     = "B0SIM000001" // of its bot
	BotUserID = "U0SIMBOT001" // of the bot's user
	// CommandChannel is where a person types the command: a channel the bot is not in.
	CommandChannel = "C0SIM000001"
)

// Tokens a [Sim] accepts when its [Options] name none. They open nothing but the simulator.
const (
	DemoBotToken = "xoxb-0-simulated-bot"
	DemoAppToken = "xapp-0-simulated-app"
)

// Team is the workspace. Zero fields get the values of a demo workspace.
type Team struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Domain string `json:"domain"`
}

// Options says what a [Sim] is like. The zero value is a demo workspace without a page.
type Options struct {
	// Logger gets refusals and lost connections; nil discards them. No message text is logged.
	Logger *slog.Logger
	// Now is the clock of everything people see or that expires: message times, triggers, response URLs,
	// socket tickets, rate limits. It may stand still. nil is time.Now.
	Now  func() time.Time
	Team Team
	// BotToken and AppToken are the only ones accepted; empty means [DemoBotToken] and [DemoAppToken].
	BotToken, AppToken string
	// Scopes of the bot token; nil is commands, chat:write, im:write and users:read.
	Scopes []string
	// BotName is the bot's display name; empty is "Innerview".
	BotName string
	// Command is the one slash command; empty is "/innerview".
	Command string
	// Events the app subscribes to; nil is app_home_opened, user_change, app_uninstalled and tokens_revoked.
	Events []string
	// MentionNames sends a mention in a command as <@U…|name> and not <@U…>. Slack does both.
	MentionNames bool
	// RateLimits answers 429 when more than about one message a second goes to one channel (a burst of
	// ten passes). Off by default, because a clock that stands still would refuse for ever.
	RateLimits bool
	// Advance moves the clock by whole days when the page asks; nil: the page has no such buttons.
	Advance func(ctx context.Context, days int) error
	// Lang is the language of the page's own words, en or ja; empty: the reader's browser decides.
	Lang string
	// Page holds the static files served at /; nil: none.
	Page fs.FS
	// Ahead looks at the year ahead of a member; what it returns is served as JSON at
	// /sim/users/{user}/ahead. nil: not found.
	Ahead func(ctx context.Context, user string) (any, error)
	// Gallery is served as JSON at /sim/gallery; nil: not found.
	Gallery func() any
	// AckWithin is how long the app may take to acknowledge; 0 is three seconds. It is measured on the
	// real clock, never on Now.
	AckWithin time.Duration
	// EventRetries are the pauses before an event nobody acknowledged is sent again; nil is Slack's: at
	// once, after one minute, after five.
	EventRetries []time.Duration
	// PingEvery is the pause between WebSocket pings; 0 is five seconds.
	PingEvery time.Duration
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Team.ID = orDefault(o.Team.ID, "T0SIM000001")
	o.Team.Name = orDefault(o.Team.Name, "Demo workspace")
	o.Team.Domain = orDefault(o.Team.Domain, "demo-workspace")
	o.BotToken = orDefault(o.BotToken, DemoBotToken)
	o.AppToken = orDefault(o.AppToken, DemoAppToken)
	o.BotName = orDefault(o.BotName, "Innerview")
	o.Command = orDefault(o.Command, "/innerview")
	o.AckWithin = orDefault(o.AckWithin, 3*time.Second)
	o.PingEvery = orDefault(o.PingEvery, 5*time.Second)
	if o.Scopes == nil {
		o.Scopes = []string{"commands", "chat:write", "im:write", "users:read"}
	}
	if o.Events == nil {
		o.Events = []string{"app_home_opened", "user_change", "app_uninstalled", "tokens_revoked"}
	}
	if o.EventRetries == nil {
		o.EventRetries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	return o
}

func (o Options) has(scope string) bool { return slices.Contains(o.Scopes, scope) }

func orDefault[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}
