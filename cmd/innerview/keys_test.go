package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"innerview/internal/store"
)

// TestUnfinishedRotationIsSaid interrupts a rotation in its middle. Everything
// works on, everybody says what to do, and that finishes it.
func TestUnfinishedRotationIsSaid(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	url, keyFile := filepath.Join(dir, "innerview.db"), filepath.Join(dir, "innerview.key")
	roster := filepath.Join(dir, "roster.csv")
	if err := os.WriteFile(roster, []byte("leader,person\nU01ANA,U11MEI\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{
		"INNERVIEW_STORE_URL=" + url, "INNERVIEW_KEYS_FILE=" + keyFile,
		"INNERVIEW_SLACK_API_URL=http://127.0.0.1:1/api/", "INNERVIEW_LOG_LEVEL=warn",
	}
	does := func(args ...string) (code int, said string) {
		var out strings.Builder
		code = run(t.Context(), args, env, &out, &out)
		return code, out.String()
	}
	if code, said := does("roster", "import", roster); code != exitDone {
		t.Fatalf("roster import ends with %d:\n%s", code, said)
	}
	cut := errors.New("power cut")
	_, err := store.Rotate(t.Context(), nil, url, keyFile, store.RotateOptions{Step: func(step string) error {
		if step == "marked" {
			return cut
		}
		return nil
	}})
	if !errors.Is(err, cut) {
		t.Fatal(err)
	}
	const want = "a rotation of the keys was interrupted; nothing is lost: run innerview keys rotate to finish it\n"
	tests := []struct {
		args []string
		code int
		want string
	}{
		{[]string{"roster", "import", roster}, exitDone, "innerview: " + want},
		{[]string{"db", "check"}, exitDone, "key: " + want},
		{[]string{"doctor"}, exitCould, "key      warn " + want},
		{[]string{"keys", "rotate"}, exitDone, "finished the rotation that was interrupted; the new key is in " + keyFile},
		{[]string{"db", "check"}, exitDone, "key: opens all data keys\n"},
	}
	for _, tt := range tests {
		if code, said := does(tt.args...); code != tt.code || !strings.Contains(said, tt.want) {
			t.Errorf("%v ends with %d, want %d and %q:\n%s", tt.args, code, tt.code, tt.want, said)
		}
	}
}
