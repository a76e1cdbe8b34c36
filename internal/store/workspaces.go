package store

import (
	"context"
	"errors"
	"fmt"

	"innerview/internal/seal"
	"innerview/rapport"
)

// canaryOwner owns a data key that seals nothing. It is wrapped when the
// database is new; that it opens proves the key file to be the right one.
const canaryOwner = "canary"

type workspace struct {
	id, team string
	canary   []byte
}

func scanWorkspace(row scanner) (w workspace, err error) {
	err = row.Scan(&w.id, (*ref)(&w.team), &w.canary)
	return w, err
}

func readWorkspace(ctx context.Context, a access) (workspace, error) {
	return one(ctx, a, scanWorkspace, `
		SELECT
			id,
			team,
			canary
		FROM workspaces
		ORDER BY created_at, id
		LIMIT 1`)
}

// unlock finds the keyring, and makes sure that it is the one this database was
// written with. A new database gets its workspace and, where there is none, its
// key file.
func (s *Store) unlock(ctx context.Context, keyFile string) error {
	w, err := readWorkspace(ctx, s.read())
	if errors.Is(err, rapport.ErrNotFound) {
		if s.writer == nil {
			s.keyErr = errors.New("the database is new and has no key yet")
			return nil
		}
		return s.begin(ctx, keyFile)
	}
	if err != nil {
		return fmt.Errorf("read workspace: %w", err)
	}
	return s.use(ctx, s.read(), keyFile, w)
}

// use takes the keyring of a database that has one.
func (s *Store) use(ctx context.Context, a access, keyFile string, w workspace) error {
	keyring, err := loadKeyring(keyFile)
	switch {
	case err != nil && s.writer == nil:
		s.keyErr = err // whoever only reads may never need it
		return nil
	case err != nil:
		return err
	}
	if err := prove(ctx, a, keyring, keyFile, w); err != nil {
		return err
	}
	s.keyring = keyring
	return nil
}

// loadKeyring loads the key file of a database that was written with one.
func loadKeyring(keyFile string) (*seal.Keyring, error) {
	keyring, err := seal.Load(keyFile)
	if errors.Is(err, seal.ErrNoKey) {
		err = fmt.Errorf("there is no key at %s, but this database was written with one: "+
			"put your copy of the key file back there (keys.file); no other key opens the notes", keyFile)
	}
	return keyring, err
}

// prove makes sure that the keyring is the one the database was written with.
// While a rotation is not finished, that takes the old key and the new one.
func prove(ctx context.Context, a access, keyring *seal.Keyring, keyFile string, w workspace) error {
	before, err := oldCanary(ctx, a, w.id)
	if err != nil {
		return fmt.Errorf("read canary: %w", err)
	}
	_, now := keyring.Open(w.id, canaryOwner, w.canary)
	if before == nil {
		if now != nil {
			return fmt.Errorf("the key in %s does not open this database: put back the key file it was written with "+
				"(keys.file), or choose the database that belongs to this key (store.url)", keyFile)
		}
		return nil
	}
	if _, then := keyring.Open(w.id, canaryOwner, before); now != nil || then != nil {
		return fmt.Errorf("the key in %s does not open this database, whose rotation of keys is not finished and needs "+
			"the old key and the new one: put back the key file as the rotation left it (keys.file), and run "+
			"innerview keys rotate", keyFile)
	}
	return nil
}

// begin writes the workspace of a new database. The write lock is held around
// it, so that of two programs that start at once only one makes a key.
func (s *Store) begin(ctx context.Context, keyFile string) error {
	return s.inTx(ctx, func(a access) error {
		w, err := readWorkspace(ctx, a)
		if err == nil {
			return s.use(ctx, a, keyFile, w)
		}
		if !errors.Is(err, rapport.ErrNotFound) {
			return fmt.Errorf("read workspace: %w", err)
		}
		keyring, err := seal.Load(keyFile)
		if errors.Is(err, seal.ErrNoKey) {
			keyring, err = seal.Create(keyFile)
			s.createdKey = err == nil
		}
		if err != nil {
			return err
		}
		s.keyring = keyring
		return s.createWorkspace(ctx, a)
	})
}

func (s *Store) createWorkspace(ctx context.Context, a access) error {
	id := newID()
	canary, err := s.keyring.NewDataKey(id, canaryOwner)
	if err != nil {
		return fmt.Errorf("create workspace: %w", err)
	}
	_, err = a.exec(ctx, `
		INSERT INTO workspaces (id, canary, created_at)
		VALUES ($1, $2, $3)`,
		id, canary, timestamp(s.now()))
	if err != nil {
		return fmt.Errorf("create workspace: %w", err)
	}
	return nil
}

// Workspace returns the id of the only workspace and the Slack team it is bound
// to, "" before [Store.BindTeam]. A database that was never opened to write has
// none: [rapport.ErrNotFound].
func (s *Store) Workspace(ctx context.Context) (id, team string, err error) {
	w, err := readWorkspace(ctx, s.read())
	if err != nil {
		return "", "", fmt.Errorf("read workspace: %w", err)
	}
	return w.id, w.team, nil
}

// BindTeam binds the workspace to a Slack team and returns the workspace's id.
// Doing so again with the same team changes nothing; another team is an error
// in a sentence.
func (s *Store) BindTeam(ctx context.Context, team string) (workspace string, err error) {
	if team == "" {
		return "", errors.New("bind team: Slack gave no team id")
	}
	id, bound, err := s.Workspace(ctx)
	if err != nil || bound == team {
		return id, err
	}
	err = s.inTx(ctx, func(a access) error {
		n, err := a.exec(ctx, `
			UPDATE workspaces
			SET team = $1
			WHERE id = $2 AND (team IS NULL OR team = $1)`,
			team, id)
		if err == nil && n == 0 {
			err = fmt.Errorf("this database belongs to Slack team %s, and the tokens are of team %s: "+
				"give that team a database of its own (store.url)", bound, team)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return id, nil
}
