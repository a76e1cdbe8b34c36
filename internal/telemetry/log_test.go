package telemetry_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"innerview/internal/telemetry"
	"innerview/rapport"
)

// logger returns a logger and what it has written.
func logger(t *testing.T, o telemetry.LogOptions) (*slog.Logger, *bytes.Buffer) {
	t.Helper()
	var written bytes.Buffer
	o.Writer = &written
	log, err := telemetry.NewLogger(o)
	if err != nil {
		t.Fatal(err)
	}
	return log, &written
}

func TestLoggerKeepsToItsLevel(t *testing.T) {
	t.Parallel()
	tests := []struct {
		level string
		want  int // of the four lines
	}{
		{"debug", 4},
		{"info", 3},
		{"", 3},
		{"warn", 2},
		{"error", 1},
	}
	for _, tt := range tests {
		log, written := logger(t, telemetry.LogOptions{Level: tt.level})
		log.Debug("one")
		log.Info("two")
		log.Warn("three")
		log.Error("four")
		if got := strings.Count(written.String(), "\n"); got != tt.want {
			t.Errorf("level %q writes %d of four lines, want %d", tt.level, got, tt.want)
		}
	}
}

func TestLoggerRefusesUnknownWords(t *testing.T) {
	t.Parallel()
	for _, o := range []telemetry.LogOptions{{Level: "loud"}, {Format: "xml"}} {
		if _, err := telemetry.NewLogger(o); err == nil {
			t.Errorf("NewLogger(%+v) = nil error, want one", o)
		}
	}
}

func TestLoggerWritesJSON(t *testing.T) {
	t.Parallel()
	log, written := logger(t, telemetry.LogOptions{Format: "json"})
	log.Info("message sent", slog.String("pair", "p1"), slog.Duration("elapsed", time.Second), slog.Group("slack", slog.String("code", "ok")))
	var line struct {
		Level, Msg, Pair string
		Elapsed          int64
		Slack            struct{ Code string }
	}
	if err := json.Unmarshal(written.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	if line.Level != "INFO" || line.Msg != "message sent" || line.Pair != "p1" || line.Elapsed != 1e9 || line.Slack.Code != "ok" {
		t.Errorf("line = %s", written)
	}
}

// card is a type that could hold anything, and does.
type card struct{ Text string }

// label is a type that says itself how it is printed.
type label struct{ text string }

func (l label) String() string { return l.text }

func TestGuardHoldsBackWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	const sentinel = "sentinel"
	var nobody *label
	tests := []struct {
		name string
		attr slog.Attr
		want string
	}{
		{"known key", slog.String("pair", "p1"), "pair=p1"},
		{"number", slog.Int("count", 3), "count=3"},
		{"error", slog.Any("error", errors.New("disk full")), `error="disk full"`},
		{"wrapped error", slog.Any("error", fmt.Errorf("read: %w", errors.New("gone"))), `error="read: gone"`},
		{"no error", slog.Any("error", nil), "error=<nil>"},
		{"what prints itself", slog.Any("at", label{"noon"}), "at=noon"},
		{"what prints itself and is not there", slog.Any("at", nobody), "at=<nil>"},
		{"unknown key", slog.String("question", sentinel), "question=[redacted]"},
		{"unknown number", slog.Int("age", 42), "age=[redacted]"},
		{"a note", slog.Any("message", rapport.NoteText(sentinel)), "message=[redacted]"},
		{"a note in an unknown place", slog.Any("note", rapport.NoteText(sentinel)), "note=[redacted]"},
		{"a struct under a known key", slog.Any("payload", card{sentinel}), "payload=[redacted]"},
		{"a map", slog.Any("payload", map[string]string{"a": sentinel}), "payload=[redacted]"},
		{"a list", slog.Any("payload", []string{sentinel}), "payload=[redacted]"},
		{"bytes", slog.Any("payload", []byte(sentinel)), "payload=[redacted]"},
		{"a group", slog.Group("slack", slog.String("code", "ok"), slog.String("text", sentinel)), "slack.code=ok slack.text=[redacted]"},
	}
	for _, tt := range tests {
		for how, write := range map[string]func(*slog.Logger){
			"on the line": func(l *slog.Logger) { l.LogAttrs(t.Context(), slog.LevelInfo, "x", tt.attr) },
			"before it":   func(l *slog.Logger) { l.With(tt.attr).Info("x") },
		} {
			log, written := logger(t, telemetry.LogOptions{})
			write(log)
			if got := written.String(); !strings.HasSuffix(got, " msg=x "+tt.want+"\n") || strings.Contains(got, sentinel) {
				t.Errorf("%s, %s: %q, want it to end in %q", tt.name, how, got, tt.want)
			}
		}
	}
}

func TestGuardJudgesKeysInGroups(t *testing.T) {
	t.Parallel()
	log, written := logger(t, telemetry.LogOptions{})
	log.WithGroup("slack").Info("x", slog.String("code", "ok"), slog.String("name", "sentinel"))
	if got, want := written.String(), "msg=x slack.code=ok slack.name=[redacted]\n"; !strings.HasSuffix(got, want) {
		t.Errorf("line = %q, want it to end in %q", got, want)
	}
}
