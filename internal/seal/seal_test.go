package seal_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"innerview/internal/seal"
)

var place = seal.Place{Table: "notes", Row: "row-1", Column: "text"}

func newKeyring(tb testing.TB) *seal.Keyring {
	tb.Helper()
	k, err := seal.Create(filepath.Join(tb.TempDir(), "innerview.key"))
	if err != nil {
		tb.Fatalf("Create: %v", err)
	}
	return k
}

func newDataKey(tb testing.TB, k *seal.Keyring, owner string) *seal.DataKey {
	tb.Helper()
	wrapped, err := k.NewDataKey("ws", owner)
	if err != nil {
		tb.Fatalf("NewDataKey: %v", err)
	}
	d, err := k.Open("ws", owner, wrapped)
	if err != nil {
		tb.Fatalf("Open: %v", err)
	}
	return d
}

func TestSealAndOpen(t *testing.T) {
	t.Parallel()
	d := newDataKey(t, newKeyring(t), "pair-1")
	for _, text := range []string{"", "likes ferries", "直島の船が好き ☕", strings.Repeat("長", 40_000), "nul \x00, broken \xff"} {
		sealed, err := d.Seal(place, text)
		if err != nil {
			t.Fatalf("Seal: %v", err)
		}
		got, err := d.Open(place, sealed)
		if err != nil || got != text {
			t.Errorf("Open(Seal(%.20q)) = %.20q, %v", text, got, err)
		}
		again, err := d.Seal(place, text)
		if err != nil || bytes.Equal(again, sealed) {
			t.Errorf("Seal(%.20q) twice gave the same bytes, error %v", text, err)
		}
	}
}

// TestOpenElsewhere moves a sealed text to where it does not belong.
func TestOpenElsewhere(t *testing.T) {
	t.Parallel()
	k := newKeyring(t)
	d := newDataKey(t, k, "pair-1")
	sealed, err := d.Seal(place, "likes ferries")
	if err != nil {
		t.Fatalf("Seal: %v", err)
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	tests := []struct {
		name   string
		key    *seal.DataKey
		place  seal.Place
		sealed []byte
	}{
		{"another row", d, seal.Place{Table: "notes", Row: "row-2", Column: "text"}, sealed},
		{"another table", d, seal.Place{Table: "tags", Row: "row-1", Column: "text"}, sealed},
		{"another column", d, seal.Place{Table: "notes", Row: "row-1", Column: "hint"}, sealed},
		{"another owner", newDataKey(t, k, "pair-2"), place, sealed},
		{"another key of the same owner", newDataKey(t, k, "pair-1"), place, sealed},
		{"another master key", newDataKey(t, newKeyring(t), "pair-1"), place, sealed},
		{"one bit changed", d, place, changed},
		{"cut short", d, place, sealed[:len(sealed)-1]},
		{"nothing", d, place, nil},
	}
	for _, tt := range tests {
		if text, err := tt.key.Open(tt.place, tt.sealed); !errors.Is(err, seal.ErrSealed) || text != "" {
			t.Errorf("%s: Open = %q, %v, want %v", tt.name, text, err, seal.ErrSealed)
		}
	}
}

// TestDataKeyElsewhere unwraps a data key in another name.
func TestDataKeyElsewhere(t *testing.T) {
	t.Parallel()
	k := newKeyring(t)
	wrapped, err := k.NewDataKey("ws", "pair-1")
	if err != nil {
		t.Fatalf("NewDataKey: %v", err)
	}
	tests := []struct {
		name             string
		key              *seal.Keyring
		workspace, owner string
		wrapped          []byte
	}{
		{"another owner", k, "ws", "pair-2", wrapped},
		{"another workspace", k, "other", "pair-1", wrapped},
		{"another master key", newKeyring(t), "ws", "pair-1", wrapped},
		{"cut short", k, "ws", "pair-1", wrapped[:len(wrapped)-1]},
		{"nothing", k, "ws", "pair-1", nil},
	}
	for _, tt := range tests {
		if _, err := tt.key.Open(tt.workspace, tt.owner, tt.wrapped); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("%s: Open = %v, want %v", tt.name, err, seal.ErrSealed)
		}
	}
}

// TestPlacesStayApart tries places whose parts, joined carelessly, look alike.
func TestPlacesStayApart(t *testing.T) {
	t.Parallel()
	k := newKeyring(t)
	d := newDataKey(t, k, "pair-1")
	for _, p := range []seal.Place{
		{Table: "notes|row", Row: "1", Column: "text"},
		{Table: "notes", Row: "row|1", Column: "text"},
		{Table: "notes", Row: "", Column: "text"},
		{},
	} {
		if _, err := d.Seal(p, "x"); err == nil {
			t.Errorf("Seal at %v: no error", p)
		}
		if _, err := d.Open(p, []byte("x")); err == nil {
			t.Errorf("Open at %v: no error", p)
		}
	}
	if _, err := k.NewDataKey("ws", "pair|1"); err == nil {
		t.Error("NewDataKey for an owner with a separator: no error")
	}
	if _, err := k.Open("", "pair-1", nil); err == nil {
		t.Error("Open without a workspace: no error")
	}
}

func TestLoadWhatWasCreated(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "innerview.key")
	created, err := seal.Create(path)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v, want 0600", info.Mode(), err)
	}
	loaded, err := seal.Load(path)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	wrapped, err := created.NewDataKey("ws", "pair-1")
	if err != nil {
		t.Fatalf("NewDataKey: %v", err)
	}
	if _, err := loaded.Open("ws", "pair-1", wrapped); err != nil {
		t.Errorf("Open with the loaded keyring: %v", err)
	}
}

func TestCreateNeverOverwrites(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "innerview.key")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Create(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("Create = %v, want %v", err, fs.ErrExist)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "precious" {
		t.Errorf("file = %q, %v, want it untouched", got, err)
	}
	if _, err := seal.Create(filepath.Join(t.TempDir(), "no", "folder", "k")); err == nil {
		t.Error("Create without a folder: no error")
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	if _, err := seal.Create(whole); err != nil {
		t.Fatalf("Create: %v", err)
	}
	text, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	key := lastLine(string(text))
	tests := []struct {
		name, text string
		mode       fs.FileMode
		want       string
	}{
		{"group may read", string(text), 0o640, "may be read by others"},
		{"all may read", string(text), 0o604, "may be read by others"},
		{"empty", "", 0o600, "holds no key"},
		{"only the comment", "# hello\n", 0o600, "holds no key"},
		{"not base64", "!" + key, 0o600, "not base64"},
		{"cut short", key[:len(key)/2/4*4], 0o600, "not a keyset"},
		{"something else", "aGVsbG8gd29ybGQ=", 0o600, "not a keyset"},
	}
	for _, tt := range tests {
		path := filepath.Join(dir, strings.ReplaceAll(tt.name, " ", "-"))
		if err := os.WriteFile(path, []byte(tt.text), tt.mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, tt.mode); err != nil {
			t.Fatal(err)
		}
		_, err := seal.Load(path)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Load = %v, want %q in it", tt.name, err, tt.want)
		}
		if err != nil && strings.Contains(err.Error(), key[:16]) {
			t.Errorf("%s: the error holds part of the key", tt.name)
		}
	}
	if _, err := seal.Load(filepath.Join(dir, "none")); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("Load of no file = %v, want %v", err, seal.ErrNoKey)
	}
	if _, err := seal.Load(dir); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("Load of a folder = %v, want a sentence about it", err)
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

func FuzzOpen(f *testing.F) {
	k := newKeyring(f)
	wrapped, err := k.NewDataKey("ws", "pair-1")
	if err != nil {
		f.Fatal(err)
	}
	d, err := k.Open("ws", "pair-1", wrapped)
	if err != nil {
		f.Fatal(err)
	}
	sealed, err := d.Seal(place, "likes ferries")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add(wrapped)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if text, err := d.Open(place, b); err == nil && !bytes.Equal(b, sealed) {
			t.Errorf("Open of foreign bytes = %q", text)
		}
		// The list of key ids beside a wrapped key is not part of the seal: what
		// opens may look different, but it is the same key.
		if other, err := k.Open("ws", "pair-1", b); err == nil {
			if _, err := other.Open(place, sealed); err != nil {
				t.Error("Open of a data key that was never wrapped succeeded")
			}
		}
	})
}

func BenchmarkSealAndOpen(b *testing.B) {
	d := newDataKey(b, newKeyring(b), "pair-1")
	text := strings.Repeat("語", 170)
	for b.Loop() {
		sealed, err := d.Seal(place, text)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.Open(place, sealed); err != nil {
			b.Fatal(err)
		}
	}
}
