package config

import (
	"fmt"
	"slices"
	"strings"
)

// Setting is a row of the settings table.
type Setting struct {
	Key     string // as in the YAML file, with dots
	Env     string // the environment variable
	EnvFile string // the variable that names a file with the value; "" where there is none
	Default string // "" for none
	Meaning string
	Wanted  string // the accepted values, in words
}

// Docs returns the table of all settings in the order of the documentation.
func Docs() []Setting {
	var rows []Setting
	for _, s := range settings() {
		row := Setting{
			Key: s.key, Env: envName(s.key), Meaning: s.meaning, Wanted: s.want,
		}
		if s.secret() {
			row.EnvFile = row.Env + fileSuffix
		} else {
			row.Default = fmt.Sprint(s.value(Default()))
		}
		rows = append(rows, row)
	}
	return rows
}

// setting is a setting as the program sees it.
type setting struct {
	key     string
	value   func(Config) any
	meaning string
	want    string
	// problem says in its own words what is wrong with a value; it answers ""
	// for a good one, and want where there is no more to say.
	problem func(Config) string
	// ok is enough where want says it all.
	ok func(Config) bool
}

// check returns what is wanted instead of the value, or "" if it is fine.
func (s setting) check(c Config) string {
	switch {
	case s.problem != nil:
		return s.problem(c)
	case s.ok != nil && !s.ok(c):
		return "want " + s.want
	}
	return ""
}

func (s setting) secret() bool {
	_, secret := s.value(Config{}).(Secret)
	return secret
}

const (
	envPrefix  = "INNERVIEW_"
	fileSuffix = "_FILE"
)

// envName returns the environment variable of a key.
func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func settings() []setting {
	return slices.Concat(connections(), conduct(), records())
}

// connections are the settings about the world around the program.
func connections() []setting {
	return []setting{
		{
			key: "slack.bot_token", value: func(c Config) any { return c.Slack.BotToken },
			meaning: "The Bot User OAuth Token, beginning with xoxb-.",
			want:    "text, in quotes where it is all digits",
		},
		{
			key: "slack.app_token", value: func(c Config) any { return c.Slack.AppToken },
			meaning: "The App-Level Token with the scope connections:write, beginning with xapp-.",
			want:    "text, in quotes where it is all digits",
		},
		{
			key: "slack.signing_secret", value: func(c Config) any { return c.Slack.SigningSecret },
			meaning: "The Signing Secret. Socket Mode does not need it.",
			want:    "text, in quotes where it is all digits",
		},
		{
			key: "slack.api_url", value: func(c Config) any { return c.Slack.APIURL },
			meaning: "Where Slack's Web API answers.",
			want:    "an http or https URL", ok: func(c Config) bool { return isAPIURL(c.Slack.APIURL) },
		},
		{
			key: "slack.mode", value: func(c Config) any { return c.Slack.Mode },
			meaning: "How Slack reaches the program. This version connects with Socket Mode.",
			want:    "socket", problem: modeProblem,
		},
		{
			key: "http.addr", value: func(c Config) any { return c.HTTP.Addr },
			meaning: "Where `/healthz`, `/readyz` and `/metrics` answer. The container image sets 0.0.0.0:8080.",
			want:    "HOST:PORT", ok: func(c Config) bool { return isAddr(c.HTTP.Addr) },
		},
		{
			key: "store.url", value: func(c Config) any { return c.Store.URL },
			meaning: "The database file. Relative paths start from the working directory.",
			want:    "the path of a file", problem: storeProblem,
		},
		{
			key: "keys.file", value: func(c Config) any { return c.Keys.File },
			meaning: "The key that notes are sealed with. Keep a copy away from the database.",
			want:    "the path of a file", ok: func(c Config) bool { return c.Keys.File != "" },
		},
	}
}

// conduct are the settings about when people are written to.
func conduct() []setting {
	return []setting{
		{
			key: "zone", value: func(c Config) any { return c.Zone },
			meaning: "The time zone of a leader whose own is not known.",
			want:    "an IANA time zone such as Asia/Tokyo", ok: func(c Config) bool { return isZone(c.Zone) },
		},
		{
			key: "language", value: func(c Config) any { return c.Language },
			meaning: "The language of leaders who have not chosen: auto follows their Slack.",
			want:    "auto, ja or en", ok: func(c Config) bool { return oneOf(c.Language, "auto", "ja", "en") },
		},
		{
			key: "schedule.heartbeat", value: func(c Config) any { return c.Schedule.Heartbeat },
			meaning: "How often the program looks for what is due.",
			want:    "@every DURATION from 10s to 1h, or a cron line of five fields without a time zone",
			ok:      func(c Config) bool { return isHeartbeat(c.Schedule.Heartbeat) },
		},
		{
			key: "nudges.per_week", value: func(c Config) any { return c.Nudges.PerWeek },
			meaning: "How many nudges a leader gets in a week at most; 0 for none.",
			want:    "a whole number from 0 to 5", ok: func(c Config) bool { return between(c.Nudges.PerWeek, 0, 5) },
		},
		{
			key: "nudges.rhythm_days", value: func(c Config) any { return c.Nudges.RhythmDays },
			meaning: "Days from one talk with a person to the next suggestion. Leaders of many people get a longer rhythm.",
			want:    "7, 14, 21 or 28", ok: func(c Config) bool { return oneOf(c.Nudges.RhythmDays, 7, 14, 21, 28) },
		},
		{
			key: "nudges.window", value: func(c Config) any { return c.Nudges.Window },
			meaning: "When nudges are sent, in the leader's own time, lunch from 12:00 to 13:00 aside. A leader's own hours come first.",
			want:    "HH:MM-HH:MM, the end later than the start", ok: func(c Config) bool { return isWindow(c.Nudges.Window) },
		},
		{
			key: "nudges.holidays", value: func(c Config) any { return c.Nudges.Holidays },
			meaning: "The country whose holidays are kept free.",
			want:    "a country code of two letters, or none", ok: func(c Config) bool { return isCountry(c.Nudges.Holidays) },
		},
		{
			key: "nudges.days_off_file", value: func(c Config) any { return c.Nudges.DaysOffFile },
			meaning: "A file with the company's own days off: one YYYY-MM-DD a line, # begins a comment.",
			want:    "the path of a file",
		},
	}
}

// records are the settings about what is said, kept and logged.
func records() []setting {
	return []setting{
		{
			key: "digest.day", value: func(c Config) any { return c.Digest.Day },
			meaning: "When leaders get the digest: on the first working day of their week, or on a day of the week. A leader may choose otherwise, or none.",
			want:    "first, mon, tue, wed, thu or fri", ok: func(c Config) bool { return isDigestDay(c.Digest.Day) },
		},
		{
			key: "questions.dir", value: func(c Config) any { return c.Questions.Dir },
			meaning: "A folder of question packs laid over the built-in bank.",
			want:    "the path of a folder",
		},
		{
			key: "notes.mode", value: func(c Config) any { return c.Notes.Mode },
			meaning: "Who can read a note: its author and the person it is about (open); its author alone, while the person sees that there is one and whom to ask (private); or no notes are kept (off).",
			want:    "open, private or off", ok: func(c Config) bool { return oneOf(c.Notes.Mode, "open", "private", "off") },
		},
		{
			key: "notes.keep_days", value: func(c Config) any { return c.Notes.KeepDays },
			meaning: "Days a note is kept.",
			want:    "a whole number from 30 to 365", ok: func(c Config) bool { return between(c.Notes.KeepDays, 30, 365) },
		},
		{
			key: "people.notice", value: func(c Config) any { return c.People.Notice },
			meaning: "Whether everybody gets one message when a leader first adds them, before anything is kept about them (dm), or the company announces Innerview itself (off).",
			want:    "off or dm", ok: func(c Config) bool { return oneOf(c.People.Notice, "off", "dm") },
		},
		{
			key: "people.leaders", value: func(c Config) any { return c.People.Leaders },
			meaning: "Who may add people: every member (anyone), or only the leaders of the imported roster (roster).",
			want:    "anyone or roster", ok: func(c Config) bool { return oneOf(c.People.Leaders, "anyone", "roster") },
		},
		{
			key: "backup.dir", value: func(c Config) any { return c.Backup.Dir },
			meaning: "The folder that `innerview backup` without a file writes to. It removes its own copies there after 35 days.",
			want:    "the path of a folder",
		},
		{
			key: "log.level", value: func(c Config) any { return c.Log.Level },
			meaning: "The least important lines that are logged.",
			want:    "debug, info, warn or error", ok: func(c Config) bool { return oneOf(c.Log.Level, "debug", "info", "warn", "error") },
		},
		{
			key: "log.format", value: func(c Config) any { return c.Log.Format },
			meaning: "How log lines are written.",
			want:    "text or json", ok: func(c Config) bool { return oneOf(c.Log.Format, "text", "json") },
		},
	}
}
