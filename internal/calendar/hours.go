package calendar

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"strings"
	"time"

	"innerview/rapport"
)

// Lunch, in minutes after midnight: nobody is written to between.
const (
	lunchFrom = 12 * 60
	lunchTo   = 13 * 60
)

// jitterMax bounds Jitter; it is never reached.
const jitterMax = 10 * time.Minute

var errHours = errors.New("hours: want HH:MM-HH:MM, the end later than the start")

// ParseHours reads a span of a day such as "09:30-17:30". The end lies after
// the start.
func ParseHours(s string) (rapport.Hours, error) {
	from, to, ok := strings.Cut(s, "-")
	start, err := minutes(from)
	end, err2 := minutes(to)
	if !ok || err != nil || err2 != nil || end <= start {
		return rapport.Hours{}, errHours
	}
	return rapport.Hours{From: start, To: end}, nil
}

// Open reports whether the moment lies within the hours and not at lunch. Both
// spans hold their first minute and not their last.
func Open(local time.Time, h rapport.Hours) bool {
	m := local.Hour()*60 + local.Minute()
	lunch := m >= lunchFrom && m < lunchTo
	return m >= h.From && m < h.To && !lunch
}

// Jitter returns how long after its earliest moment a message about the pair
// goes out on the day: from nothing to under ten minutes, always the same for the
// same two, so that many messages do not go out in the same second.
func Jitter(pair string, d rapport.Date) time.Duration {
	h := fnv.New64a()
	io.WriteString(h, pair)
	var day [8]byte
	binary.BigEndian.PutUint64(day[:], uint64(d.Sub(rapport.Date{})))
	h.Write(day[:])
	return time.Duration(h.Sum64() % uint64(jitterMax))
}

func minutes(s string) (int, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	return t.Hour()*60 + t.Minute(), err
}
