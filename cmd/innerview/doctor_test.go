package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestDoctorsClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 10, 30, 0, 400_000_000, time.FixedZone("", 9*60*60))
	tests := []struct {
		name  string
		there string
		want  string
	}{
		{"the same", "Wed, 25 Nov 2026 01:30:00 GMT", "clock    ok   agrees with Slack's"},
		{"a minute", "Wed, 25 Nov 2026 01:29:00 GMT", "clock    ok   agrees with Slack's"},
		{"ahead", "Wed, 25 Nov 2026 01:28:59 GMT", "clock    warn is 1m1s ahead of Slack's: set it right"},
		{"behind", "Wed, 25 Nov 2026 01:31:02 GMT", "clock    warn is 1m2s behind Slack's: set it right"},
		{"a year", "Mon, 25 Nov 2025 01:30:00 GMT", "clock    warn is 8760h0m0s ahead"},
		{"no time", "", "clock    -    not looked at"},
		{"nonsense", "tomorrow", "clock    -    not looked at"},
	}
	for _, tt := range tests {
		var said strings.Builder
		e := &examination{out: &said}
		answer := http.Header{}
		if tt.there != "" {
			answer.Set("Date", tt.there)
		}
		e.clock(answer, now)
		if got := said.String(); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if err := e.result(); err != nil {
			t.Errorf("%s: %v, want a wrong clock to be no failure", tt.name, err)
		}
	}
}

func TestDoctorsScopes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		given, want string
		fails       bool
	}{
		{"commands,chat:write,im:write,users:read", "scopes   ok   commands, chat:write, im:write, users:read\n", false},
		{"users:read, im:write, chat:write, commands, users:read.email", "scopes   ok   ", false},
		{"commands,chat:write", "scopes   fail im:write, users:read missing: ", true},
		{"commands,chat:write,im:write,im:history,users:read", "scopes   warn all are there, and im:history, ", false},
		{"", "scopes   warn Slack did not say", false},
	}
	for _, tt := range tests {
		var said strings.Builder
		e := &examination{out: &said}
		e.scopes(http.Header{"X-Oauth-Scopes": {tt.given}})
		if got := said.String(); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.given, got, tt.want)
		}
		if fails := e.result() != nil; fails != tt.fails {
			t.Errorf("%q: fails = %t, want %t", tt.given, fails, tt.fails)
		}
	}
}
