package config

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a text that must not be seen. However it is printed, logged or
// written out, it shows as [redacted], also when it is empty.
type Secret string

const redacted = "[redacted]"

// Reveal returns the text itself, for the one place that needs it.
func (s Secret) Reveal() string { return string(s) }

// String returns [redacted].
func (s Secret) String() string { return redacted }

// GoString returns [redacted].
func (s Secret) GoString() string { return redacted }

// Format writes [redacted] for every verb, so that %x and %d say no more than
// %s does.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, redacted) }

// LogValue returns [redacted].
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns [redacted].
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON returns [redacted] as a JSON text.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalYAML returns [redacted].
func (s Secret) MarshalYAML() (any, error) { return redacted, nil }
