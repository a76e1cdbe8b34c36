package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/config"
)

// write puts text into a file of its own and returns its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func load(t *testing.T, yaml string, env ...string) config.Config {
	t.Helper()
	c, err := config.Load(write(t, "settings.yaml", yaml), env)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// loadError returns the error that Load must answer.
func loadError(t *testing.T, yaml string, env ...string) string {
	t.Helper()
	_, err := config.Load(write(t, "settings.yaml", yaml), env)
	if err == nil {
		t.Fatalf("Load(%q, %q) = nil error, want one", yaml, env)
	}
	return err.Error()
}

func TestLoadOfNothingIsTheDefault(t *testing.T) {
	t.Parallel()
	for _, yaml := range []string{"", "# nothing yet\n", "nudges:\n  # per_week: 3\nzone:\n"} {
		if diff := cmp.Diff(config.Default(), load(t, yaml)); diff != "" {
			t.Errorf("Load(%q) (-default +got):\n%s", yaml, diff)
		}
	}
}

func TestDefaultIsValid(t *testing.T) {
	t.Parallel()
	if err := config.Default().Validate(); err != nil {
		t.Error(err)
	}
}

func TestLoadFindsTheFileOfTheWorkingDirectory(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	c, err := config.Load("", nil)
	if err != nil || c.Zone != "Asia/Tokyo" {
		t.Fatalf("Load without a file = %q, %v, want the default", c.Zone, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "innerview.yaml"), []byte("zone: Europe/Berlin\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err = config.Load("", nil)
	if err != nil || c.Zone != "Europe/Berlin" {
		t.Errorf("Load beside innerview.yaml = %q, %v, want Europe/Berlin", c.Zone, err)
	}
	if _, err := config.Load("other.yaml", nil); err == nil {
		t.Error("Load of a named file that is not there = nil error, want one")
	}
}

func TestEnvironmentComesAfterTheFile(t *testing.T) {
	t.Parallel()
	c := load(
		t, "zone: Europe/Berlin\nlanguage: ja\nslack:\n  bot_token: xoxb-file\nnudges:\n  per_week: 3\n",
		"INNERVIEW_ZONE=Asia/Seoul",
		"INNERVIEW_LANGUAGE=", // set to nothing: not set
		"INNERVIEW_NUDGES_PER_WEEK=4",
		"INNERVIEW_NOTES_KEEP_DAYS=90", // absent from the file
		"INNERVIEW_SLACK_BOT_TOKEN=xoxb-env=1",
		"ZONE=Mars/Base",
	)
	want := config.Default()
	want.Zone, want.Language = "Asia/Seoul", "ja"
	want.Nudges.PerWeek, want.Notes.KeepDays = 4, 90
	want.Slack.BotToken = "xoxb-env=1"
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
}

func TestEverySettingComesFromFileAndEnvironment(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"slack.bot_token": "xoxb-1", "slack.app_token": "xapp-1", "slack.signing_secret": "s1",
		"slack.api_url": "http://127.0.0.1:9/api/", "slack.mode": "socket", "http.addr": ":9090",
		"store.url": "/data/iv.db", "keys.file": "/run/key", "zone": "UTC", "language": "en",
		"schedule.heartbeat": "*/5 * * * *", "nudges.per_week": "0", "nudges.rhythm_days": "28",
		"nudges.window": "08:00-12:00", "nudges.holidays": "none", "nudges.days_off_file": "off.txt",
		"digest.day":    "thu",
		"questions.dir": "packs", "notes.mode": "off", "notes.keep_days": "30",
		"people.notice": "dm", "people.leaders": "roster", "backup.dir": "/copies", "log.level": "debug", "log.format": "json",
	}
	var yaml strings.Builder
	var env []string
	for _, s := range config.Docs() {
		value, ok := values[s.Key]
		if !ok {
			t.Fatalf("no value for %s in this test", s.Key)
		}
		yaml.WriteString(s.Key + ": " + quote(value) + "\n")
		env = append(env, s.Env+"="+value)
	}
	fromFile, fromEnv := load(t, yaml.String()), load(t, "", env...)
	if diff := cmp.Diff(fromFile, fromEnv); diff != "" {
		t.Errorf("the file (-) and the environment (+) differ:\n%s", diff)
	}
	if fromFile.Nudges.DaysOffFile != "off.txt" || fromFile.Notes.KeepDays != 30 || fromFile.Slack.SigningSecret.Reveal() != "s1" {
		t.Errorf("Load = %+v, want the values of the test", fromFile)
	}
}

// quote leaves numbers as they are: that is how people write them.
func quote(s string) string {
	if strings.Trim(s, "0123456789") == "" {
		return s
	}
	return "'" + s + "'"
}

func TestLoadNamesEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	got := loadError(
		t, "zone: Mars/Base\nnudge:\n  per_week: 2\nnudges:\n  rhythm_days: fourteen\n  windows: x\nslack:\n  mode: http\ndigest:\n  day: sat\n",
		"INNERVIEW_NUDGES_PER_WEEK=9",
		"INNERVIEW_STORE_URL=postgres://user:pw@host/db",
	)
	want := `settings:
  digest.day (INNERVIEW_DIGEST_DAY): want first, mon, tue, wed, thu or fri
  nudge.per_week (INNERVIEW_NUDGE_PER_WEEK): no such setting; nudges.per_week is meant, perhaps
  nudges.per_week (INNERVIEW_NUDGES_PER_WEEK): want a whole number from 0 to 5
  nudges.rhythm_days (INNERVIEW_NUDGES_RHYTHM_DAYS): want 7, 14, 21 or 28
  nudges.windows (INNERVIEW_NUDGES_WINDOWS): no such setting; nudges.window is meant, perhaps
  slack.mode (INNERVIEW_SLACK_MODE): this version connects to Slack with Socket Mode only: want socket
  store.url (INNERVIEW_STORE_URL): this version keeps its data in SQLite: want the path of a file
  zone (INNERVIEW_ZONE): want an IANA time zone such as Asia/Tokyo`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Load error (-want +got):\n%s", diff)
	}
}

func TestLoadRefusesOtherShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, yaml, want string
	}{
		{"a truth for a number", "nudges: {per_week: true}", "nudges.per_week (INNERVIEW_NUDGES_PER_WEEK): want a whole number"},
		{"half a nudge", "nudges: {per_week: 2.7}", "nudges.per_week (INNERVIEW_NUDGES_PER_WEEK): want a whole number"},
		{"a number for a zone", "zone: 9", "zone (INNERVIEW_ZONE): want an IANA time zone"},
		{"a list for a text", "log: {level: [info]}", "log.level (INNERVIEW_LOG_LEVEL): want debug"},
		{"a group for a text", "zone: {name: UTC}", "zone (INNERVIEW_ZONE): want an IANA time zone"},
		{"a text for a group", "nudges: often", "nudges (INNERVIEW_NUDGES): a group of settings"},
		{"a secret that YAML takes for a number", "slack: {signing_secret: 12345678}", "slack.signing_secret (INNERVIEW_SLACK_SIGNING_SECRET): want text, in quotes"},
	}
	for _, tt := range tests {
		if got := loadError(t, tt.yaml); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want it to say %q", tt.name, got, tt.want)
		}
	}
}

func TestSecretsComeFromFilesToo(t *testing.T) {
	t.Parallel()
	for _, ending := range []string{"", "\n", "\r\n"} {
		path := write(t, "token", "xoxb-file"+ending)
		c := load(t, "slack:\n  bot_token: xoxb-yaml\n", "INNERVIEW_SLACK_BOT_TOKEN_FILE="+path)
		if got := c.Slack.BotToken.Reveal(); got != "xoxb-file" {
			t.Errorf("bot token = %q, want the one of its file", got)
		}
		if len(c.Warnings) > 0 {
			t.Errorf("warnings = %q, want none", c.Warnings)
		}
	}
}

func TestSecretFilesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	const token = "xoxb-in-the-wrong-variable"
	tests := []struct {
		name string
		env  []string
		want string
	}{
		{
			"a token instead of a path",
			[]string{"INNERVIEW_SLACK_BOT_TOKEN_FILE=" + token},
			"settings: slack.bot_token (INNERVIEW_SLACK_BOT_TOKEN_FILE): cannot read the file: no such file or directory",
		},
		{
			"an empty file",
			[]string{"INNERVIEW_SLACK_APP_TOKEN_FILE=" + write(t, "token", "\n")},
			"settings: slack.app_token (INNERVIEW_SLACK_APP_TOKEN_FILE): the file is empty",
		},
		{
			"both",
			[]string{"INNERVIEW_SLACK_APP_TOKEN_FILE=" + write(t, "token", "x"), "INNERVIEW_SLACK_APP_TOKEN=" + token},
			"settings: slack.app_token (INNERVIEW_SLACK_APP_TOKEN): given twice, as a text and as a file: want one of them",
		},
	}
	for _, tt := range tests {
		if got := loadError(t, "", tt.env...); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestUnknownVariablesAreWarnings(t *testing.T) {
	t.Parallel()
	c := load(
		t, "",
		"INNERVIEW_SERVICE_HOST=10.0.0.1", // as Kubernetes invents them
		"INNERVIEW_PORT=tcp://10.0.0.1:8080",
		"INNERVIEW_ZONE_FILE=/run/zone", // only secrets have files
		"INNERVIEWER=1",
	)
	want := []string{
		"INNERVIEW_PORT: no such setting, ignored",
		"INNERVIEW_SERVICE_HOST: no such setting, ignored",
		"INNERVIEW_ZONE_FILE: no such setting, ignored",
	}
	if diff := cmp.Diff(want, c.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestErrorsDoNotRepeatTheFile(t *testing.T) {
	t.Parallel()
	const sentinel = "xoxb-sentinel"
	for _, yaml := range []string{
		sentinel,
		"- " + sentinel,
		"slack: {bot_token: [" + sentinel + "]}",
		"slack: {bot_token: {a: " + sentinel + "}}",
		"zone: " + sentinel,
		"nudges: {per_week: " + sentinel + "}",
		"store: {url: 'postgres://" + sentinel + "@host'}",
		"slack:\n  bot_token: " + sentinel + "\n broken: x",
		"slack: {bot_token: \"" + sentinel,
	} {
		if got := loadError(t, yaml); strings.Contains(got, "xoxb") {
			t.Errorf("the error of %q repeats it: %q", yaml, got)
		}
	}
}

func TestTheAPIURLEndsInASlash(t *testing.T) {
	t.Parallel()
	for _, given := range []string{"http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"} {
		if got, want := load(t, "slack: {api_url: '"+given+"'}").Slack.APIURL, "http://127.0.0.1:9/api/"; got != want {
			t.Errorf("api_url %s becomes %s, want %s", given, got, want)
		}
	}
}
