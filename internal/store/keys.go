package store

import (
	"context"
	"errors"
	"fmt"

	"innerview/internal/seal"
	"innerview/rapport"
)

// dataKey opens the owner's data key; none is [rapport.ErrNotFound].
func (s *Store) dataKey(ctx context.Context, a access, workspace, owner string) (*seal.DataKey, error) {
	wrapped, err := one(ctx, a, scanBytes, `
		SELECT wrapped
		FROM keys
		WHERE workspace = $1 AND owner = $2`,
		workspace, owner)
	if err != nil {
		return nil, fmt.Errorf("read data key: %w", err)
	}
	if s.keyring == nil {
		return nil, s.keyErr
	}
	return s.keyring.Open(workspace, owner, wrapped)
}

// ensureDataKey is dataKey, and makes the key at first use. Every text that is
// kept comes by here, so it is here that a person must have been told.
func (s *Store) ensureDataKey(ctx context.Context, a access, workspace, owner string) (*seal.DataKey, error) {
	if err := s.told(ctx, a, workspace, owner); err != nil {
		return nil, err
	}
	key, err := s.dataKey(ctx, a, workspace, owner)
	if !errors.Is(err, rapport.ErrNotFound) {
		return key, err
	}
	wrapped, err := s.keyring.NewDataKey(workspace, owner)
	if err != nil {
		return nil, err
	}
	_, err = a.exec(ctx, `
		INSERT INTO keys (workspace, owner, wrapped, created_at)
		VALUES ($1, $2, $3, $4)`,
		workspace, owner, wrapped, timestamp(s.now()))
	if err != nil {
		return nil, fmt.Errorf("write data key: %w", err)
	}
	return s.keyring.Open(workspace, owner, wrapped)
}
