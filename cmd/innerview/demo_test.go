package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// startDemo starts the demo on a free port and returns the page's address, once
// the demo has said it.
func startDemo(t *testing.T, binary string, env ...string) (*process, string) {
	t.Helper()
	p := start(t, binary, env, "demo", "--addr", "127.0.0.1:0")
	return p, p.demoURL()
}

// startDemoAt is startDemo at a time to come.
func startDemoAt(t *testing.T, binary string, at time.Time) (*process, string) {
	t.Helper()
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "clock"), []byte(at.Format(time.RFC3339)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, binary, nil, "demo", "--addr", "127.0.0.1:0", "--data", data)
	return p, p.demoURL()
}

func (p *process) demoURL() string {
	p.t.Helper()
	line := p.line()
	url, said := strings.CutPrefix(line, "Innerview demo: ")
	if !said {
		p.t.Fatalf("the demo printed %q, want Innerview demo: and its address", line)
	}
	return url
}

func TestDemoAnswersOnceItSaysSo(t *testing.T) {
	t.Parallel()
	tmp := t.TempDir()
	p, url := startDemo(t, "innerview", "TMPDIR="+tmp)
	for _, path := range []string{"/", "/sim/state", "/sim/users/" + kimura} {
		if status, _, err := get(url + path); err != nil || status != http.StatusOK {
			t.Errorf("GET %s: %d, %v, want 200 at once", path, status, err)
		}
	}
	p.stop()
	select {
	case line := <-p.stdout.whole:
		t.Errorf("the demo also printed %q, want its address alone", line)
	default:
	}
	if p.stderr.Len() > 0 {
		t.Errorf("the demo printed on stderr:\n%s", &p.stderr)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("the demo left %v behind (%v)", left, err)
	}
}

func TestDemoStart(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, now, want string }{
		{"in office hours it is now", "2026-11-25T11:20:30+09:00", "2026-11-25T11:20:30+09:00"},
		{"so it is seen from elsewhere", "2026-11-25T03:30:00+01:00", "2026-11-25T11:30:00+09:00"},
		{"early it is ten", "2026-11-25T06:00:00+09:00", "2026-11-25T10:00:00+09:00"},
		{"late it is the next morning", "2026-11-25T21:00:00+09:00", "2026-11-26T10:00:00+09:00"},
		{"late in the afternoon, too", "2026-11-25T16:30:00+09:00", "2026-11-26T10:00:00+09:00"},
		{"after lunch at lunchtime", "2026-11-25T12:30:00+09:00", "2026-11-25T13:00:00+09:00"},
		{"a Saturday waits for Monday", "2026-11-28T11:00:00+09:00", "2026-11-30T10:00:00+09:00"},
		{"and a holiday for Tuesday", "2026-11-20T21:00:00+09:00", "2026-11-24T10:00:00+09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			got, err := demoStart(now)
			if err != nil || got.In(now.Location()).Format(time.RFC3339) != inZoneOf(t, tt.want, now) {
				t.Errorf("demoStart(%s) = %s, %v, want %s", tt.now, got, err, tt.want)
			}
		})
	}
}

func inZoneOf(t *testing.T, text string, of time.Time) string {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.In(of.Location()).Format(time.RFC3339)
}

// TestDemoClockGoesOn: a later demo with the same folder never goes back in time.
func TestDemoClockGoesOn(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/clock"
	first, err := openDemoClock(file)
	if err != nil {
		t.Fatal(err)
	}
	first.advance(30 * 24 * time.Hour)
	if err := first.save(); err != nil {
		t.Fatal(err)
	}
	second, err := openDemoClock(file)
	if err != nil {
		t.Fatal(err)
	}
	if apart := second.Now().Sub(first.Now()).Abs(); apart > time.Minute {
		t.Errorf("the second demo begins %v away from where the first one stopped", apart)
	}
	if err := os.WriteFile(file, []byte("yesterday\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openDemoClock(file); err == nil {
		t.Error("a clock file without a time was taken")
	}
}
