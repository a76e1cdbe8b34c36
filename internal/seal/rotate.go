package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// A rotation of the master key is three steps, each whole in itself: a keyring
// with a new key in front of the old ones is saved, every data key is wrapped
// again, and a keyring with the new key alone is saved. Whoever is interrupted
// has a file that opens what the old key wrapped and what the new one did.

// Keys returns how many master keys there are: one, or more while a rotation is
// not finished.
func (k *Keyring) Keys() int { return k.handle.Len() }

// WithNewKey returns a keyring that wraps with a new master key, and still opens
// what those of k wrapped. k stays as it is, and no file is written.
func (k *Keyring) WithNewKey() (*Keyring, error) {
	manager := keyset.NewManagerFromHandle(k.handle)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make master key: %w", err)
	}
	if err := manager.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("choose master key: %w", err)
	}
	return managed(manager)
}

// Newest returns a keyring with nothing but the master key that k wraps with. k
// stays as it is, and no file is written.
func (k *Keyring) Newest() (*Keyring, error) {
	manager := keyset.NewManagerFromHandle(k.handle)
	for i := range k.handle.Len() {
		entry, err := k.handle.Entry(i)
		if err != nil {
			return nil, fmt.Errorf("look at master key: %w", err)
		}
		if entry.IsPrimary() {
			continue
		}
		if err := manager.Delete(entry.KeyID()); err != nil {
			return nil, fmt.Errorf("drop master key: %w", err)
		}
	}
	return managed(manager)
}

func managed(manager *keyset.Manager) (*Keyring, error) {
	handle, err := manager.Handle()
	if err != nil {
		return nil, fmt.Errorf("use master keys: %w", err)
	}
	return newKeyring(handle)
}

// Rewrap wraps an owner's data key again, with the newest master key. What the
// data key has sealed stays as it is. The error is [ErrSealed] when no master
// key here opens it.
func (k *Keyring) Rewrap(workspace, owner string, wrapped []byte) ([]byte, error) {
	bond, err := bind(purposeKey, workspace, owner)
	if err != nil {
		return nil, err
	}
	handle, err := k.unwrap(wrapped, bond)
	if err != nil {
		return nil, err
	}
	return k.wrap(handle, bond)
}

// Save puts the master keys in place of those in a key file that is there. At
// every moment the file is either as it was or as it is to be, readable by its
// owner alone; it returns once the new one is safely on disk.
func (k *Keyring) Save(path string) error {
	text, err := encode(k.handle)
	if err != nil {
		return err
	}
	if err := replace(path, text); err != nil {
		return fmt.Errorf("replace key file: %w", err)
	}
	return nil
}

// replace writes a file beside the old one and gives it the old one's name. A
// link stays one: what it points to is replaced.
func replace(path string, text []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	fresh := path + ".new"
	// Of somebody who was interrupted just here.
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeNew(fresh, text); err != nil {
		return err
	}
	err = giveTo(fresh, info)
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	return syncFolder(filepath.Dir(path))
}
