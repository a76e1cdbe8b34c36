package rapport

import "log/slog"

// NoteText is a text that a person wrote. It shows as [redacted] wherever it
// is printed by accident: only String-converting it on purpose, with
// [NoteText.Reveal], gives the words.
type NoteText string

// OwnWordsMax bounds what a leader writes for themselves, in characters: their
// intent, and what they share first.
const OwnWordsMax = 120

const redacted = "[redacted]"

// Reveal returns the words, for sealing and for showing to who may read them.
func (t NoteText) Reveal() string { return string(t) }

// String returns [redacted].
func (t NoteText) String() string { return redacted }

// GoString returns [redacted].
func (t NoteText) GoString() string { return redacted }

// LogValue returns [redacted].
func (t NoteText) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns [redacted]; it keeps the words out of JSON.
func (t NoteText) MarshalText() ([]byte, error) { return []byte(redacted), nil }
