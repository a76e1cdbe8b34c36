// Package seal closes and opens the free text that people write. It knows no
// tables and no database: bytes go in and bytes come out.
//
// There are two layers. The master keyset lies in a file and is the secret an
// operator keeps ([Keyring]). It wraps one data keyset per owner, a pair or a
// leader ([DataKey]); the wrapped keysets lie beside the texts they seal.
// Destroying a wrapped data key makes its texts unreadable for ever, and a new
// master key needs only the data keys wrapped again, not the texts.
//
// Every sealed thing is bound to its place: a text copied to another row, or a
// data key given to another owner, does not open.
package seal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// What seals are bound to begins with these words, so that a key can never pass
// for a text. Changing them makes everything sealed before unreadable.
const (
	purposeKey  = "innerview/dek/v1"
	purposeText = "innerview/text/v1"
)

// ErrSealed is what opening answers when the key is another one, the place is
// another one, or the bytes were changed. Which of them it was cannot be told.
var ErrSealed = errors.New("sealed with another key or for another place")

// Keyring holds the master keys. New data keys are wrapped with the primary
// one; what an older one wrapped still opens.
type Keyring struct {
	handle *keyset.Handle
	master tink.AEAD
}

// DataKey seals and opens the texts of one owner.
type DataKey struct {
	aead      tink.AEAD
	workspace string
	owner     string
}

// Place is where a sealed text is kept. It is part of the seal.
type Place struct {
	Table, Row, Column string
}

// NewDataKey makes a data key for the owner and returns it wrapped, to be
// stored. [Keyring.Open] opens it again.
func (k *Keyring) NewDataKey(workspace, owner string) (wrapped []byte, err error) {
	bond, err := bind(purposeKey, workspace, owner)
	if err != nil {
		return nil, err
	}
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make data key: %w", err)
	}
	return k.wrap(handle, bond)
}

func (k *Keyring) wrap(dataKey *keyset.Handle, bond []byte) ([]byte, error) {
	var buf bytes.Buffer
	if err := dataKey.WriteWithAssociatedData(keyset.NewBinaryWriter(&buf), k.master, bond); err != nil {
		return nil, fmt.Errorf("wrap data key: %w", err)
	}
	return buf.Bytes(), nil
}

func (k *Keyring) unwrap(wrapped, bond []byte) (*keyset.Handle, error) {
	handle, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(wrapped)), k.master, bond)
	if err != nil {
		return nil, fmt.Errorf("unwrap data key: %w", ErrSealed)
	}
	return handle, nil
}

// Open unwraps a data key of the owner. The error is [ErrSealed] when another
// master key wrapped it, or wrapped it for another owner.
func (k *Keyring) Open(workspace, owner string, wrapped []byte) (*DataKey, error) {
	bond, err := bind(purposeKey, workspace, owner)
	if err != nil {
		return nil, err
	}
	handle, err := k.unwrap(wrapped, bond)
	if err != nil {
		return nil, err
	}
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("use data key: %w", err)
	}
	return &DataKey{aead: primitive, workspace: workspace, owner: owner}, nil
}

// Seal closes a text for its place. The same text never gives the same bytes
// twice.
func (d *DataKey) Seal(place Place, text string) ([]byte, error) {
	bond, err := d.bind(place)
	if err != nil {
		return nil, err
	}
	sealed, err := d.aead.Encrypt([]byte(text), bond)
	if err != nil {
		return nil, fmt.Errorf("seal text: %w", err)
	}
	return sealed, nil
}

// Open returns the text sealed for the place. The error is [ErrSealed] when it
// was sealed for another place, by another key, or was changed since.
func (d *DataKey) Open(place Place, sealed []byte) (string, error) {
	bond, err := d.bind(place)
	if err != nil {
		return "", err
	}
	text, err := d.aead.Decrypt(sealed, bond)
	if err != nil {
		return "", fmt.Errorf("open text: %w", ErrSealed)
	}
	return string(text), nil
}

func (d *DataKey) bind(p Place) ([]byte, error) {
	return bind(purposeText, d.workspace, d.owner, p.Table, p.Row, p.Column)
}

// bind joins the parts of a place. The separator inside a part would let two
// places look alike, so it is refused; ids never hold it.
func bind(parts ...string) ([]byte, error) {
	for _, part := range parts {
		if part == "" || strings.Contains(part, "|") {
			return nil, errors.New("place of a seal: a part is empty or holds a separator")
		}
	}
	return []byte(strings.Join(parts, "|")), nil
}
