package main

import (
	"bytes"
	"io"
	"os"

	"filippo.io/age"
	"filippo.io/age/armor"
	"github.com/rogpeppe/go-internal/testscript"
)

// cmdIdentity makes an age identity, known as $IDENTITY_NAME and, for what is
// written to it, $RECIPIENT_NAME.
func cmdIdentity(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) == 1, "identity NAME")
	id, err := age.GenerateX25519Identity()
	ts.Check(err)
	ts.Setenv("IDENTITY_"+args[0], id.String())
	ts.Setenv("RECIPIENT_"+args[0], id.Recipient().String())
}

// cmdRecover decrypts a file with an identity or, with "!", must not be able to.
func cmdRecover(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, false, len(args) == 3, "[!] recover NAME FILE INTO")
	id, err := age.ParseX25519Identity(ts.Getenv("IDENTITY_" + args[0]))
	ts.Check(err)
	plain, err := age.Decrypt(armor.NewReader(bytes.NewReader([]byte(ts.ReadFile(args[1])))), id)
	if neg {
		if err == nil {
			ts.Fatalf("%s can read %s", args[0], args[1])
		}
		return
	}
	ts.Check(err)
	text, err := io.ReadAll(plain)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), text, 0o600))
}
