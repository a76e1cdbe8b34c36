package config

import (
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"innerview/rapport"
)

// The heartbeat's bounds: more often only costs, and more rarely makes messages
// late.
const (
	heartbeatMin = 10 * time.Second
	heartbeatMax = time.Hour
)

func oneOf[T comparable](v T, accepted ...T) bool { return slices.Contains(accepted, v) }

func between(n, low, high int) bool { return n >= low && n <= high }

func modeProblem(c Config) string {
	switch c.Slack.Mode {
	case "socket":
		return ""
	case "http":
		return "this version connects to Slack with Socket Mode only: want socket"
	}
	return "want socket"
}

func storeProblem(c Config) string {
	u := strings.ToLower(c.Store.URL)
	switch {
	case strings.HasPrefix(u, "postgres:"), strings.HasPrefix(u, "postgresql:"):
		return "this version keeps its data in SQLite: want the path of a file"
	case u == "", strings.Contains(u, "://"), strings.HasPrefix(u, "file:"), strings.HasPrefix(u, ":memory:"):
		return "want the path of a file"
	}
	return ""
}

func isAPIURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && oneOf(u.Scheme, "http", "https") && u.Host != "" &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

func isAddr(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// isZone refuses Local and "", which mean whatever the machine happens to be
// set to.
func isZone(s string) bool {
	if s == "" || s == "Local" {
		return false
	}
	_, err := time.LoadLocation(s)
	return err == nil
}

// isHeartbeat leaves the fields of a cron line to the scheduler. A time zone in
// front is refused: each leader has their own, and cron panics on some.
func isHeartbeat(s string) bool {
	if every, ok := strings.CutPrefix(s, "@every "); ok {
		d, err := time.ParseDuration(every)
		return err == nil && d >= heartbeatMin && d <= heartbeatMax
	}
	fields := strings.Fields(s)
	return len(fields) == 5 && !strings.Contains(fields[0], "TZ=")
}

var windowPattern = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$`)

// isWindow may compare texts: both times have the same width.
func isWindow(s string) bool {
	from, to, _ := strings.Cut(s, "-")
	return windowPattern.MatchString(s) && from < to
}

var countryPattern = regexp.MustCompile(`^(?i:[a-z]{2}|none)$`)

func isCountry(s string) bool { return countryPattern.MatchString(s) }

func isDigestDay(d rapport.DigestDay) bool {
	_, weekday := d.Weekday()
	return weekday || d == rapport.DigestFirst
}
