package config_test

import (
	"strings"
	"testing"

	"innerview/config"
)

func TestValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		key       string
		set       func(*config.Config, string)
		good, bad []string
	}{
		{
			"slack.api_url", func(c *config.Config, v string) { c.Slack.APIURL = v },
			[]string{"https://slack.com/api/", "http://127.0.0.1:1/"},
			[]string{"", "slack.com/api/", "ftp://slack.com/", "https:///api/", "https://u:p@slack.com/", "https://slack.com/?a=b/"},
		},
		{
			"slack.mode", func(c *config.Config, v string) { c.Slack.Mode = v },
			[]string{"socket"},
			[]string{"", "http", "Socket"},
		},
		{
			"http.addr", func(c *config.Config, v string) { c.HTTP.Addr = v },
			[]string{"127.0.0.1:8080", ":0", "[::1]:80", "localhost:65535"},
			[]string{"", "8080", "localhost", "localhost:http", "localhost:65536", "localhost:-1"},
		},
		{
			"store.url", func(c *config.Config, v string) { c.Store.URL = v },
			[]string{"innerview.db", "/data/innerview.db", "./a b.db"},
			[]string{"", "postgres://h/db", "postgresql://h/db", "POSTGRES://h", "mysql://h/db", "file:x.db", ":memory:"},
		},
		{
			"keys.file", func(c *config.Config, v string) { c.Keys.File = v },
			[]string{"innerview.key"},
			[]string{""},
		},
		{
			"zone", func(c *config.Config, v string) { c.Zone = v },
			[]string{"Asia/Tokyo", "UTC", "Europe/Berlin"},
			[]string{"", "Local", "JST", "Mars/Base", "../etc/passwd"},
		},
		{
			"language", func(c *config.Config, v string) { c.Language = v },
			[]string{"auto", "ja", "en"},
			[]string{"", "fr", "JA"},
		},
		{
			"schedule.heartbeat", func(c *config.Config, v string) { c.Schedule.Heartbeat = v },
			[]string{"@every 10s", "@every 5m", "@every 1h", "*/5 * * * *", "0 9-18 * * MON-FRI"},
			[]string{
				"", "@every 9s", "@every 61m", "@every soon", "@every", "@daily", "* * * *", "0 */5 * * * *",
				"TZ=Asia/Tokyo * * * *", "CRON_TZ=Asia/Tokyo * * * *", "TZ= * * * *", "TZ=Asia/Tokyo 0 * * * *",
			},
		},
		{
			"nudges.window", func(c *config.Config, v string) { c.Nudges.Window = v },
			[]string{"09:30-17:30", "00:00-23:59"},
			[]string{"", "9:30-17:30", "17:30-09:30", "09:30-09:30", "09:30-24:00", "09:60-17:00", "09:30", "09:30-17:30 "},
		},
		{
			"nudges.holidays", func(c *config.Config, v string) { c.Nudges.Holidays = v },
			[]string{"jp", "JP", "none", "us"},
			[]string{"", "japan", "j", "nobody", "j1"},
		},
		{
			"people.notice", func(c *config.Config, v string) { c.People.Notice = v },
			[]string{"off", "dm"},
			[]string{"", "DM", "on"},
		},
		{
			"people.leaders", func(c *config.Config, v string) { c.People.Leaders = v },
			[]string{"anyone", "roster"},
			[]string{"", "everyone"},
		},
		{
			"log.level", func(c *config.Config, v string) { c.Log.Level = v },
			[]string{"debug", "info", "warn", "error"},
			[]string{"", "trace", "INFO"},
		},
		{
			"log.format", func(c *config.Config, v string) { c.Log.Format = v },
			[]string{"text", "json"},
			[]string{"", "yaml"},
		},
	}
	for _, tt := range tests {
		for _, v := range tt.good {
			c := config.Default()
			tt.set(&c, v)
			if err := c.Validate(); err != nil {
				t.Errorf("%s = %q: %v, want it accepted", tt.key, v, err)
			}
		}
		for _, v := range tt.bad {
			c := config.Default()
			tt.set(&c, v)
			if err := c.Validate(); err == nil || !strings.HasPrefix(err.Error(), "settings: "+tt.key+" (INNERVIEW_") {
				t.Errorf("%s = %q: %v, want an error that names it alone", tt.key, v, err)
			}
		}
	}
}

func TestValidateBoundsOfNumbers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		key       string
		set       func(*config.Config, int)
		good, bad []int
	}{
		{"nudges.per_week", func(c *config.Config, n int) { c.Nudges.PerWeek = n }, []int{0, 5}, []int{-1, 6}},
		{"nudges.rhythm_days", func(c *config.Config, n int) { c.Nudges.RhythmDays = n }, []int{7, 14, 21, 28}, []int{0, 10, 35}},
		{"notes.keep_days", func(c *config.Config, n int) { c.Notes.KeepDays = n }, []int{30, 365}, []int{29, 366}},
	}
	for _, tt := range tests {
		for _, n := range tt.good {
			c := config.Default()
			tt.set(&c, n)
			if err := c.Validate(); err != nil {
				t.Errorf("%s = %d: %v, want it accepted", tt.key, n, err)
			}
		}
		for _, n := range tt.bad {
			c := config.Default()
			tt.set(&c, n)
			if err := c.Validate(); err == nil || !strings.Contains(err.Error(), tt.key) {
				t.Errorf("%s = %d: %v, want an error that names it", tt.key, n, err)
			}
		}
	}
}

func TestRequireSlack(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		bot, app config.Secret
		want     []string // nothing for no error
	}{
		{"both", "xoxb-1", "xapp-1", nil},
		{
			"neither", "", "",
			[]string{"slack.bot_token (INNERVIEW_SLACK_BOT_TOKEN) is not set", "slack.app_token (INNERVIEW_SLACK_APP_TOKEN) is not set", "api.slack.com"},
		},
		{"the other way round", "xapp-1", "xoxb-1", []string{"does not begin with xoxb-", "does not begin with xapp-"}},
		{"a user's token", "xoxp-1", "xapp-1", []string{"slack.bot_token"}},
	}
	for _, tt := range tests {
		c := config.Default()
		c.Slack.BotToken, c.Slack.AppToken = tt.bot, tt.app
		err := c.RequireSlack()
		if (err != nil) != (tt.want != nil) {
			t.Errorf("%s: RequireSlack() = %v", tt.name, err)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q, want it to say %q", tt.name, err, want)
			}
		}
	}
}
