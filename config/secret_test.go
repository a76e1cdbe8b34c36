package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"innerview/config"
)

func TestSecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	const sentinel = "xoxb-sentinel"
	c := config.Default()
	c.Slack.BotToken = sentinel
	printed := map[string]string{}
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%x", "%X", "%d", "%t", "%T of %v"} {
		printed["secret "+verb] = fmt.Sprintf(verb, c.Slack.BotToken, c.Slack.BotToken)
		printed["pointer "+verb] = fmt.Sprintf(verb, &c.Slack.BotToken, &c.Slack.BotToken)
		printed["config "+verb] = fmt.Sprintf(verb, c, &c)
	}
	printed["Sprint"] = fmt.Sprint(c, c.Slack.BotToken, []config.Secret{sentinel}, map[config.Secret]int{sentinel: 1})
	printed["error"] = fmt.Errorf("token %w", fmt.Errorf("is %v", c.Slack.BotToken)).Error()
	for name, marshal := range map[string]func(any) ([]byte, error){"json": json.Marshal, "yaml": yaml.Marshal} {
		text, err := marshal(map[string]any{"config": c, "list": []config.Secret{sentinel}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		printed[name] = string(text)
	}
	var log bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(h).Info("starting", "token", c.Slack.BotToken, "config", c, "pointer", &c.Slack.BotToken)
	}
	printed["slog"] = log.String()
	for how, text := range printed {
		if strings.Contains(text, "sentinel") || strings.Contains(text, fmt.Sprintf("%x", "sentinel")) {
			t.Errorf("%s shows the secret: %s", how, text)
		}
	}
	if !strings.Contains(printed["config %+v"], "BotToken:[redacted]") {
		t.Errorf("a printed Config does not show that something is left out: %s", printed["config %+v"])
	}
	if got := c.Slack.BotToken.Reveal(); got != sentinel {
		t.Errorf("Reveal() = %q, want the secret", got)
	}
}
