package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"innerview/rapport"
)

// newID returns a new row id. Ids of one process ascend, which keeps the rows
// of one hour side by side.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// moment returns t as a column keeps it: in UTC, to the microsecond.
func moment(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// timestamp is a time in a column: UTC text of fixed width, so that text order
// is time order. The zero time is NULL.
type timestamp time.Time

const timestampLayout = "2006-01-02T15:04:05.000000Z"

// Value implements [driver.Valuer].
func (t timestamp) Value() (driver.Value, error) {
	if time.Time(t).IsZero() {
		return nil, nil
	}
	return moment(time.Time(t)).Format(timestampLayout), nil
}

// Scan implements [database/sql.Scanner].
func (t *timestamp) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = timestamp{}
	case time.Time:
		*t = timestamp(moment(v))
	case string:
		parsed, err := time.Parse(timestampLayout, v)
		if err != nil {
			return fmt.Errorf("read time: %w", err)
		}
		*t = timestamp(parsed)
	default:
		return fmt.Errorf("read time: column holds %T", v)
	}
	return nil
}

// day is a date in a column, as YYYY-MM-DD. No day is NULL.
type day rapport.Date

// Value implements [driver.Valuer].
func (d day) Value() (driver.Value, error) {
	if rapport.Date(d).IsZero() {
		return nil, nil
	}
	return rapport.Date(d).String(), nil
}

// Scan implements [database/sql.Scanner].
func (d *day) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = day{}
	case time.Time:
		*d = day(rapport.DateOf(v))
	case string:
		parsed, err := rapport.ParseDate(v)
		if err != nil {
			return fmt.Errorf("read day: %w", err)
		}
		*d = day(parsed)
	default:
		return fmt.Errorf("read day: column holds %T", v)
	}
	return nil
}

// ref is the id of a row that may be missing: "" is NULL.
type ref string

// Value implements [driver.Valuer].
func (r ref) Value() (driver.Value, error) {
	if r == "" {
		return nil, nil
	}
	return string(r), nil
}

// Scan implements [database/sql.Scanner].
func (r *ref) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*r = ""
	case string:
		*r = ref(v)
	default:
		return fmt.Errorf("read id: column holds %T", v)
	}
	return nil
}

// history is a pair's history in a column, as JSON.
type history rapport.History

// Value implements [driver.Valuer].
func (h history) Value() (driver.Value, error) {
	b, err := json.Marshal(rapport.History(h))
	if err != nil {
		return nil, fmt.Errorf("write history: %w", err)
	}
	return string(b), nil
}

// Scan implements [database/sql.Scanner].
func (h *history) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("read history: column holds %T", v)
	}
	var read rapport.History
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		return fmt.Errorf("read history: %w", err)
	}
	*h = history(read)
	return nil
}
