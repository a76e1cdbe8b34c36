package store

import (
	"context"

	"innerview/internal/seal"
	"innerview/rapport"
)

// ofActor is the condition that a row of a table hangs on an active pair of the
// actor. Its arguments are the second and the third: workspace and actor.
func ofActor(table string) string {
	return `
		  AND EXISTS (
			SELECT 1
			FROM pairs
			WHERE pairs.id = ` + table + `.pair
			  AND pairs.workspace = $2
			  AND pairs.leader = $3
			  AND pairs.state = 'active')`
}

// lasting is the condition that a row of a table has not had its last day, if it
// has one, by the day that is the argument.
func lasting(table, argument string) string {
	return " AND (" + table + ".expires_on IS NULL OR " + table + ".expires_on >= " + argument + ")"
}

// lockOwner is [lockPair] for the pair on which a row hangs.
func lockOwner(ctx context.Context, a access, sc rapport.Scope, table, id string) (rapport.Pair, error) {
	pair, err := one(ctx, a, scanString, "SELECT pair FROM "+table+" WHERE id = $1", id)
	if err != nil {
		return rapport.Pair{}, err
	}
	return lockPair(ctx, a, sc, pair)
}

// deleteOwn destroys a row that hangs on an active pair of the actor.
func (s *Store) deleteOwn(ctx context.Context, sc rapport.Scope, table, id, key string) error {
	return s.once(ctx, sc.Workspace, key, func(a access) error {
		if _, err := lockOwner(ctx, a, sc, table, id); err != nil {
			return err
		}
		return a.must(ctx, "DELETE FROM "+table+" WHERE id = $1", id)
	})
}

// unseal opens a text with the data key of its pair.
func (s *Store) unseal(ctx context.Context, workspace, pair string, at seal.Place, sealed []byte) (rapport.NoteText, error) {
	key, err := s.dataKey(ctx, s.read(), workspace, pair)
	if err != nil {
		return "", err
	}
	text, err := key.Open(at, sealed)
	return rapport.NoteText(text), err
}
