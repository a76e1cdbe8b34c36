package seal

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// errRecipient does not repeat what was given: it might be the secret half.
var errRecipient = errors.New("want the public key of an age identity, which begins with age1: " +
	"age-keygen makes one and prints it")

// Recipient is somebody who has an age identity. What is written to them, nobody
// else can read.
type Recipient struct {
	age age.Recipient
}

// ParseRecipient reads an X25519 recipient of age, "age1…".
func ParseRecipient(text string) (Recipient, error) {
	r, err := age.ParseX25519Recipient(strings.TrimSpace(text))
	if err != nil {
		return Recipient{}, errRecipient
	}
	return Recipient{r}, nil
}

// Write encrypts a text to the recipient and writes it, as lines that survive
// mail and paper. `age --decrypt` opens it.
func (r Recipient) Write(w io.Writer, text []byte) error {
	if r.age == nil {
		return errRecipient
	}
	lines := armor.NewWriter(w)
	sealed, err := age.Encrypt(lines, r.age)
	if err != nil {
		return fmt.Errorf("encrypt to recipient: %w", err)
	}
	if _, err := sealed.Write(text); err != nil {
		return fmt.Errorf("encrypt to recipient: %w", err)
	}
	if err := sealed.Close(); err != nil {
		return fmt.Errorf("encrypt to recipient: %w", err)
	}
	if err := lines.Close(); err != nil {
		return fmt.Errorf("encrypt to recipient: %w", err)
	}
	return nil
}

// Export writes the master keys to a recipient, as a key file: decrypted into
// the place of a lost one, it opens what that opened.
func (k *Keyring) Export(w io.Writer, to Recipient) error {
	text, err := encode(k.handle)
	if err != nil {
		return err
	}
	return to.Write(w, text)
}
