package bot_test

import (
	"bytes"
	"errors"
	"flag"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/internal/i18n"
	"innerview/questions"
	"innerview/rapport"
)

var update = flag.Bool("update", false, "write docs/commands.md and the goldens of the manifest anew")

// Words and bank are loaded once for all tests: neither ever changes.
var (
	loadWords = sync.OnceValues(i18n.Load)
	loadBank  = sync.OnceValues(questions.Builtin)
)

func catalog(t testing.TB) *i18n.Catalog {
	t.Helper()
	c, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func printers(t testing.TB) []*i18n.Printer {
	t.Helper()
	return []*i18n.Printer{catalog(t).Printer(rapport.English), catalog(t).Printer(rapport.Japanese)}
}

// now is a Wednesday morning in Tokyo.
func now() time.Time { return time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC) }

// journal keeps what is logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// newBot returns a bot with words and a bank, and with neither Slack nor a store.
func newBot(t testing.TB, o bot.Options) (*bot.Bot, *journal) {
	t.Helper()
	starters, err := loadBank()
	if err != nil {
		t.Fatal(err)
	}
	var j journal
	o.Now = now
	w := bot.Workspace{ID: "workspace-1", Team: "T0001"}
	return bot.New(slog.New(slog.NewTextHandler(&j, nil)), nil, nil, nil, starters, catalog(t), nil, w, o), &j
}

// refusal is an error for a person, without what is only for us.
type refusal struct {
	Kind rapport.Kind
	Key  string
	Args map[string]any
}

func refused(t testing.TB, err error, want refusal) {
	t.Helper()
	var got *rapport.Error
	if !errors.As(err, &got) {
		t.Errorf("the error is %v, want %v", err, want)
		return
	}
	if diff := cmp.Diff(want, refusal{got.Kind, got.Key, got.Args}); diff != "" {
		t.Errorf("the error differs (-want +got):\n%s", diff)
	}
}

// said reports whether a printer has the words of a key, whatever its values.
func said(p *i18n.Printer, key string) bool {
	return p.T(key, "Usage", "x", "What", "x") != "⟦"+key+"⟧"
}
