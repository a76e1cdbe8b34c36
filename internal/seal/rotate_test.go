package seal_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"innerview/internal/seal"
)

// TestRotation follows a data key and a text through a rotation.
func TestRotation(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "innerview.key")
	old, err := seal.Create(path)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	wrapped, text := sealedText(t, old)
	both := must(t, old.WithNewKey)
	alone := must(t, both.Newest)
	rewrapped, err := both.Rewrap("ws", "pair-1", wrapped)
	if err != nil {
		t.Fatalf("Rewrap: %v", err)
	}
	young, err := both.NewDataKey("ws", "pair-2")
	if err != nil {
		t.Fatalf("NewDataKey: %v", err)
	}
	tests := []struct {
		name             string
		key              *seal.Keyring
		keys             int
		old, again, made bool // opens what was wrapped before, wrapped again, and made since
	}{
		{"the old key", old, 1, true, false, false},
		{"both keys", both, 2, true, true, true},
		{"the new key", alone, 1, false, true, true},
		{"another key", newKeyring(t), 1, false, false, false},
	}
	for _, tt := range tests {
		if got := tt.key.Keys(); got != tt.keys {
			t.Errorf("%s: Keys = %d, want %d", tt.name, got, tt.keys)
		}
		for what, w := range map[string]struct {
			owner   string
			wrapped []byte
			want    bool
		}{
			"before": {"pair-1", wrapped, tt.old}, "again": {"pair-1", rewrapped, tt.again}, "since": {"pair-2", young, tt.made},
		} {
			d, err := tt.key.Open("ws", w.owner, w.wrapped)
			if opens := err == nil; opens != w.want || err != nil && !errors.Is(err, seal.ErrSealed) {
				t.Errorf("%s: Open of what was wrapped %s = %v, want it to open: %t", tt.name, what, err, w.want)
			}
			if err != nil || w.owner != "pair-1" {
				continue
			}
			if got, err := d.Open(place, text); err != nil || got != "likes ferries" {
				t.Errorf("%s: the text = %q, %v", tt.name, got, err)
			}
		}
	}
}

func sealedText(t *testing.T, k *seal.Keyring) (wrapped, text []byte) {
	t.Helper()
	wrapped, err := k.NewDataKey("ws", "pair-1")
	if err != nil {
		t.Fatalf("NewDataKey: %v", err)
	}
	d, err := k.Open("ws", "pair-1", wrapped)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	if text, err = d.Seal(place, "likes ferries"); err != nil {
		t.Fatalf("Seal: %v", err)
	}
	return wrapped, text
}

func must(t *testing.T, make func() (*seal.Keyring, error)) *seal.Keyring {
	t.Helper()
	k, err := make()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestRewrapElsewhere(t *testing.T) {
	t.Parallel()
	k := newKeyring(t)
	wrapped, _ := sealedText(t, k)
	for _, tt := range []struct {
		name  string
		key   *seal.Keyring
		owner string
	}{
		{"another owner", k, "pair-2"},
		{"another master key", newKeyring(t), "pair-1"},
	} {
		if _, err := tt.key.Rewrap("ws", tt.owner, wrapped); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("%s: Rewrap = %v, want %v", tt.name, err, seal.ErrSealed)
		}
	}
	if _, err := k.Rewrap("ws", "pair|1", wrapped); err == nil {
		t.Error("Rewrap for an owner with a separator: no error")
	}
}

func TestSave(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "innerview.key")
	old, err := seal.Create(path)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	// Somebody was interrupted here before.
	if err := os.WriteFile(path+".new", []byte("half of a"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	both := must(t, old.WithNewKey)
	if err := both.Save(link); err != nil {
		t.Fatalf("Save: %v", err)
	}
	loaded, err := seal.Load(path)
	if err != nil || loaded.Keys() != 2 {
		t.Errorf("Load = %v, want both keys", err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link = %v, %v, want it to be one still", info, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v, want 0600", info.Mode(), err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("files = %v, %v, want the key and the link", entries, err)
	}
	if err := both.Save(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Save where no key file is = %v, want %v", err, fs.ErrNotExist)
	}
}

// TestSaveWithoutRoom finds no room for the new file: the old one stays.
func TestSaveWithoutRoom(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "innerview.key")
	old, err := seal.Create(path)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// A folder that is not empty, where the new file would be written.
	if err := os.MkdirAll(filepath.Join(path+".new", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := must(t, old.WithNewKey).Save(path); err == nil {
		t.Error("Save: no error")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the key file changed: %v", err)
	}
}
