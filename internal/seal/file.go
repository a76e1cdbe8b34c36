package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// ErrNoKey says that there is no key file at the path.
var ErrNoKey = errors.New("no key file")

// keyMode lets the owner read and write the key file, and nobody else.
const keyMode fs.FileMode = 0o600

// keyFileNote heads a key file, for whoever opens it years later.
const keyFileNote = "# The key of an Innerview database. Keep a copy of this file apart from the\n" +
	"# database: without it the notes in there cannot be read by anybody.\n"

// Load reads the master keyset from a key file. The error wraps [ErrNoKey] when
// there is none; a file that others may read, that cannot be read, or that is
// broken gives a sentence about it. No error holds any part of the key.
func Load(path string) (*Keyring, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w at %s", ErrNoKey, path)
	}
	if err != nil {
		return nil, fmt.Errorf("look at key file: %w", err)
	}
	if err := private(path, info); err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	handle, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("the key file %s is broken (%w): put back a whole copy of it", path, err)
	}
	return newKeyring(handle)
}

// Create makes a new master keyset and its file, readable by the owner alone,
// and returns once both are safely on disk. A file that is already there is
// never overwritten; the error then wraps [fs.ErrExist].
func Create(path string) (*Keyring, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make master key: %w", err)
	}
	text, err := encode(handle)
	if err != nil {
		return nil, err
	}
	if err := writeNew(path, text); err != nil {
		return nil, fmt.Errorf("create key file: %w", err)
	}
	return newKeyring(handle)
}

func newKeyring(handle *keyset.Handle) (*Keyring, error) {
	master, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("use master key: %w", err)
	}
	return &Keyring{handle: handle, master: master}, nil
}

// private refuses a key file that anybody but its owner may read. Windows has
// no such bits.
func private(path string, info fs.FileInfo) error {
	if info.IsDir() {
		return fmt.Errorf("the key file %s is a folder", path)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("the key file %s may be read by others (mode %04o): set it to 0600 with chmod 600",
			path, info.Mode().Perm())
	}
	return nil
}

func encode(handle *keyset.Handle) ([]byte, error) {
	var raw bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewBinaryWriter(&raw)); err != nil {
		return nil, fmt.Errorf("encode master key: %w", err)
	}
	return []byte(keyFileNote + base64.StdEncoding.EncodeToString(raw.Bytes()) + "\n"), nil
}

// decode reads what encode wrote. Its errors say what is wrong in words of its
// own: those of the decoders might quote the input.
func decode(text []byte) (*keyset.Handle, error) {
	var line string
	for l := range strings.Lines(string(text)) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
			line += l
		}
	}
	if line == "" {
		return nil, errors.New("it holds no key")
	}
	raw, err := base64.StdEncoding.DecodeString(line)
	if err != nil {
		return nil, errors.New("it is not base64")
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(raw)))
	if err != nil {
		return nil, errors.New("it is not a keyset")
	}
	return handle, nil
}

// writeNew writes a file that must not exist yet and syncs it and its folder.
// What could not be written whole is taken away again.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, keyMode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// syncFolder makes a new name in the folder survive a power cut.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
