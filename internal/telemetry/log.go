package telemetry

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
)

// LogOptions say what is logged, and how. The zero LogOptions log lines of
// level info and above as text to standard error.
type LogOptions struct {
	Level  string    // debug, info, warn or error; "" is info
	Format string    // text or json; "" is text
	Writer io.Writer // nil is standard error
}

// NewLogger returns a logger that shows only values under known keys; see
// [Guard]. An unknown level or format is an error.
func NewLogger(o LogOptions) (*slog.Logger, error) {
	level, err := levelOf(o.Level)
	if err != nil {
		return nil, err
	}
	w := o.Writer
	if w == nil {
		w = os.Stderr
	}
	opts := &slog.HandlerOptions{Level: level}
	switch o.Format {
	case "", "text":
		return slog.New(Guard(slog.NewTextHandler(w, opts))), nil
	case "json":
		return slog.New(Guard(slog.NewJSONHandler(w, opts))), nil
	}
	return nil, fmt.Errorf("log format %q: want text or json", o.Format)
}

func levelOf(name string) (slog.Level, error) {
	switch name {
	case "debug":
		return slog.LevelDebug, nil
	case "", "info":
		return slog.LevelInfo, nil
	case "warn":
		return slog.LevelWarn, nil
	case "error":
		return slog.LevelError, nil
	}
	return 0, fmt.Errorf("log level %q: want debug, info, warn or error", name)
}

const redacted = "[redacted]"

// Guard returns a handler that hands lines on to next with a net below them:
// a value under a key that is not on the list of known ones is shown as
// [redacted], and so is a value of a type that could hold anything. It is there
// for the day somebody logs a whole payload; what a line may say is decided
// where it is written.
func Guard(next slog.Handler) slog.Handler { return guard{next} }

type guard struct {
	next slog.Handler
}

// Enabled reports whether next logs lines of the level.
func (g guard) Enabled(ctx context.Context, level slog.Level) bool { return g.next.Enabled(ctx, level) }

// Handle hands the line on with its values cleaned.
func (g guard) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(cleanAttr(a))
		return true
	})
	return g.next.Handle(ctx, clean)
}

// WithAttrs cleans the values once for all lines to come.
func (g guard) WithAttrs(attrs []slog.Attr) slog.Handler {
	return guard{g.next.WithAttrs(cleanAttrs(attrs))}
}

// WithGroup puts what follows into a group; its keys are judged as any other.
func (g guard) WithGroup(name string) slog.Handler { return guard{g.next.WithGroup(name)} }

func cleanAttrs(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = cleanAttr(a)
	}
	return clean
}

func cleanAttr(a slog.Attr) slog.Attr {
	value := a.Value.Resolve()
	if value.Kind() == slog.KindGroup {
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(cleanAttrs(value.Group())...)}
	}
	if !knownKey(a.Key) {
		return slog.String(a.Key, redacted)
	}
	return slog.Attr{Key: a.Key, Value: cleanValue(value)}
}

// cleanValue lets plain values pass. Of all other types only those pass that
// say themselves how they are printed.
func cleanValue(v slog.Value) slog.Value {
	if v.Kind() != slog.KindAny {
		return v
	}
	switch printed := v.Any().(type) {
	case nil:
		return v
	case error, fmt.Stringer:
		return slog.StringValue(fmt.Sprint(printed))
	}
	return slog.StringValue(redacted)
}

// knownKey holds the keys whose values are ids, counts, times and words from
// closed sets.
func knownKey(key string) bool {
	switch key {
	case "addr", "at", "attempt", "code", "commit", "count", "elapsed", "error", "file",
		"kind", "leader", "level", "message", "mode", "offer", "pair", "path", "payload",
		"plan", "reason", "reference", "result", "rule", "signal", "stack", "starter",
		"state", "url", "version", "wait", "warning", "where", "workspace":
		return true
	}
	return false
}
