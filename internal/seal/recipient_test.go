package seal_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"

	"innerview/internal/seal"
)

func identity(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestExport decrypts a recovery copy into the place of a lost key file.
func TestExport(t *testing.T) {
	t.Parallel()
	id := identity(t)
	to, err := seal.ParseRecipient(" " + id.Recipient().String() + "\n")
	if err != nil {
		t.Fatalf("ParseRecipient: %v", err)
	}
	k := newKeyring(t)
	wrapped, _ := sealedText(t, k)
	var copied bytes.Buffer
	if err := k.Export(&copied, to); err != nil {
		t.Fatalf("Export: %v", err)
	}
	if !strings.HasPrefix(copied.String(), armor.Header+"\n") {
		t.Errorf("the copy begins with %.40q, want lines", copied.String())
	}
	if _, err := age.Decrypt(armor.NewReader(bytes.NewReader(copied.Bytes())), identity(t)); err == nil {
		t.Error("another identity opens the copy")
	}
	plain, err := age.Decrypt(armor.NewReader(&copied), id)
	if err != nil {
		t.Fatalf("Decrypt: %v", err)
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "innerview.key")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := seal.Load(path)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	if _, err := again.Open("ws", "pair-1", wrapped); err != nil {
		t.Errorf("Open with the recovered key: %v", err)
	}
}

func TestParseRecipientRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing":      "",
		"a name":       "hr@example.com",
		"a typo":       identity(t).Recipient().String() + "q",
		"the secret":   identity(t).String(),
		"an SSH key":   "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMlqZ1vUw3xVo3Yq0m8bqs7wVTu5V3p1j0y7Zk1YkQpZ",
		"two of them":  identity(t).Recipient().String() + " " + identity(t).Recipient().String(),
		"upper case":   strings.ToUpper(identity(t).Recipient().String()),
		"a passphrase": "correct horse",
	} {
		_, err := seal.ParseRecipient(text)
		if err == nil || !strings.Contains(err.Error(), "begins with age1") {
			t.Errorf("%s: ParseRecipient = %v, want a sentence about it", name, err)
		}
		if err != nil && len(text) > 8 && strings.Contains(err.Error(), text[:8]) {
			t.Errorf("%s: the error repeats it", name)
		}
	}
	if err := (seal.Recipient{}).Write(io.Discard, nil); err == nil {
		t.Error("Write to nobody: no error")
	}
}

// brokenPipe takes so many bytes and no more.
type brokenPipe struct{ left int }

func (p *brokenPipe) Write(b []byte) (int, error) {
	if p.left -= len(b); p.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(b), nil
}

// TestExportSaysWhatIsLost cuts the copy at every length.
func TestExportSaysWhatIsLost(t *testing.T) {
	t.Parallel()
	to, err := seal.ParseRecipient(identity(t).Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	k := newKeyring(t)
	var whole bytes.Buffer
	if err := k.Export(&whole, to); err != nil {
		t.Fatal(err)
	}
	for n := 0; n < whole.Len(); n += 37 {
		if err := k.Export(&brokenPipe{n}, to); err == nil {
			t.Errorf("Export into a pipe that broke after %d of %d bytes: no error", n, whole.Len())
		}
	}
}
