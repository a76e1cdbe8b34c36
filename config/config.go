package config

import (
	"errors"
	"fmt"
	"strings"

	"innerview/rapport"
)

// Config is everything an operator can set. The table of [Docs] says what each
// value means and which are accepted.
type Config struct {
	Slack     Slack     `mapstructure:"slack"`
	HTTP      HTTP      `mapstructure:"http"`
	Store     Store     `mapstructure:"store"`
	Keys      Keys      `mapstructure:"keys"`
	Zone      string    `mapstructure:"zone"`     // IANA name
	Language  string    `mapstructure:"language"` // auto, ja or en
	Schedule  Schedule  `mapstructure:"schedule"`
	Nudges    Nudges    `mapstructure:"nudges"`
	Digest    Digest    `mapstructure:"digest"`
	Questions Questions `mapstructure:"questions"`
	Notes     Notes     `mapstructure:"notes"`
	People    People    `mapstructure:"people"`
	Backup    Backup    `mapstructure:"backup"`
	Log       Log       `mapstructure:"log"`

	// Warnings are what Load found odd and went past: environment variables
	// that look like settings and are none.
	Warnings []string `mapstructure:"-"`
}

// Slack says how to reach Slack, and as whom.
type Slack struct {
	BotToken      Secret `mapstructure:"bot_token"`
	AppToken      Secret `mapstructure:"app_token"`
	SigningSecret Secret `mapstructure:"signing_secret"`
	APIURL        string `mapstructure:"api_url"` // ends in a slash after Load
	Mode          string `mapstructure:"mode"`
}

// HTTP is the small server for health and metrics.
type HTTP struct {
	Addr string `mapstructure:"addr"` // HOST:PORT
}

// Store says where the data is kept.
type Store struct {
	URL string `mapstructure:"url"` // path of the SQLite file
}

// Keys says where the master key is.
type Keys struct {
	File string `mapstructure:"file"`
}

// Schedule says how often the program looks for what is due.
type Schedule struct {
	Heartbeat string `mapstructure:"heartbeat"` // cron's notation
}

// Nudges says how often and when leaders are written to.
type Nudges struct {
	PerWeek     int    `mapstructure:"per_week"`
	RhythmDays  int    `mapstructure:"rhythm_days"`
	Window      string `mapstructure:"window"`        // HH:MM-HH:MM
	Holidays    string `mapstructure:"holidays"`      // country code, or none
	DaysOffFile string `mapstructure:"days_off_file"` // "" for none
}

// Digest says when leaders get the week ahead.
type Digest struct {
	Day rapport.DigestDay `mapstructure:"day"` // first, or mon to fri
}

// Questions says where further starters are.
type Questions struct {
	Dir string `mapstructure:"dir"` // "" for the built-in bank alone
}

// Notes says who can read notes, and how long they live.
type Notes struct {
	Mode     rapport.NoteMode `mapstructure:"mode"`
	KeepDays int              `mapstructure:"keep_days"`
}

// People says who may begin, and whether people are told.
type People struct {
	Notice  string `mapstructure:"notice"`  // off, or dm
	Leaders string `mapstructure:"leaders"` // anyone, or roster
}

// Backup says where copies of the database go.
type Backup struct {
	Dir string `mapstructure:"dir"` // "" for none
}

// Log says what is logged, and how.
type Log struct {
	Level  string `mapstructure:"level"`  // debug, info, warn or error
	Format string `mapstructure:"format"` // text or json
}

// Default returns the settings that hold where nothing else is said.
func Default() Config {
	return Config{
		Slack:    Slack{APIURL: "https://slack.com/api/", Mode: "socket"},
		HTTP:     HTTP{Addr: "127.0.0.1:8080"},
		Store:    Store{URL: "innerview.db"},
		Keys:     Keys{File: "innerview.key"},
		Zone:     "Asia/Tokyo",
		Language: "auto",
		Schedule: Schedule{Heartbeat: "@every 5m"},
		Nudges: Nudges{
			PerWeek:    2,
			RhythmDays: rapport.DefaultRhythm,
			Window:     "09:30-17:30",
			Holidays:   "jp",
		},
		Digest: Digest{Day: rapport.DigestFirst},
		Notes:  Notes{Mode: rapport.NotesOpen, KeepDays: 180},
		People: People{Notice: "off", Leaders: "anyone"},
		Log:    Log{Level: "info", Format: "text"},
	}
}

// Validate names every value that cannot be used, each with its key, its
// environment variable and what is wanted. Values are never repeated.
func (c Config) Validate() error {
	var found problems
	c.validate(&found)
	return found.err()
}

func (c Config) validate(found *problems) {
	for _, s := range settings() {
		if want := s.check(c); want != "" {
			found.add(s.key, want)
		}
	}
}

// RequireSlack says which tokens are missing or of the wrong sort, and where to
// get them. Load does not ask for tokens: most commands need none.
func (c Config) RequireSlack() error {
	return errors.Join(
		requireToken(c.Slack.BotToken, "slack.bot_token", "xoxb-",
			"copy the Bot User OAuth Token from https://api.slack.com/apps, your app, OAuth & Permissions"),
		requireToken(c.Slack.AppToken, "slack.app_token", "xapp-",
			"make an App-Level Token with the scope connections:write at https://api.slack.com/apps, your app, Basic Information"),
	)
}

func requireToken(token Secret, key, prefix, where string) error {
	switch {
	case token == "":
		return fmt.Errorf("%s (%s) is not set: %s", key, envName(key), where)
	case !strings.HasPrefix(token.Reveal(), prefix):
		return fmt.Errorf("%s (%s) does not begin with %s: %s", key, envName(key), prefix, where)
	}
	return nil
}
