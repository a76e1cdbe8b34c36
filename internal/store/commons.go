package store

import (
	"context"
	"fmt"
	"time"

	"innerview/internal/seal"
	"innerview/rapport"
)

// sealedCommon is something in common as its row holds it.
type sealedCommon struct {
	common rapport.Common
	text   []byte
}

func scanCommon(row scanner) (sealedCommon, error) {
	var c sealedCommon
	var created time.Time
	err := row.Scan(&c.common.ID, &c.common.Pair, &c.text, (*timestamp)(&created), (*day)(&c.common.ExpiresOn))
	c.common.CreatedOn = rapport.DateOf(created)
	return c, err
}

func commonText(id string) seal.Place {
	return seal.Place{Table: "commons", Row: id, Column: "text"}
}

// addCommon keeps something that the two of a pair have in common, sealed. One more
// than [rapport.CommonsPerPair] is [rapport.Invalid].
func (s *Store) addCommon(ctx context.Context, a access, workspace, pair string, c rapport.Common, today rapport.Date) error {
	kept, err := one(ctx, a, scanInt, "SELECT COUNT(*) FROM commons WHERE pair = $1"+lasting("commons", "$2"), pair, day(today))
	if err != nil {
		return err
	}
	if kept >= rapport.CommonsPerPair {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.commons_full", Field: "common"}
	}
	key, err := s.ensureDataKey(ctx, a, workspace, pair)
	if err != nil {
		return err
	}
	id := newID()
	text, err := key.Seal(commonText(id), c.Text.Reveal())
	if err != nil {
		return err
	}
	_, err = a.exec(ctx, "INSERT INTO commons (id, pair, text, created_at, expires_on) VALUES ($1, $2, $3, $4, $5)",
		id, pair, text, timestamp(s.now()), day(c.ExpiresOn))
	return err
}

// Commons returns what the two of one of the actor's active pairs have in common,
// newest first, as far as it is kept on the day.
func (s *Store) Commons(ctx context.Context, sc rapport.Scope, pairID string, today rapport.Date) ([]rapport.Common, error) {
	if _, err := ownPair(ctx, s.read(), sc, pairID); err != nil {
		return nil, fmt.Errorf("read pair: %w", err)
	}
	found, err := all(ctx, s.read(), scanCommon, `
		SELECT
			id,
			pair,
			text,
			created_at,
			expires_on
		FROM commons
		WHERE pair = $1`+lasting("commons", "$2")+`
		ORDER BY created_at DESC, id DESC`,
		pairID, day(today))
	if err != nil {
		return nil, fmt.Errorf("read commons: %w", err)
	}
	var commons []rapport.Common
	for _, c := range found {
		if c.common.Text, err = s.unseal(ctx, sc.Workspace, pairID, commonText(c.common.ID), c.text); err != nil {
			return nil, fmt.Errorf("open common %s: %w", c.common.ID, err)
		}
		commons = append(commons, c.common)
	}
	return commons, nil
}

// Common returns one thing in common of an active pair of the actor's that is kept
// on the day, without its words.
func (s *Store) Common(ctx context.Context, sc rapport.Scope, id string, today rapport.Date) (rapport.Common, error) {
	found, err := one(ctx, s.read(), scanCommon, `
		SELECT
			id,
			pair,
			text,
			created_at,
			expires_on
		FROM commons
		WHERE id = $1`+lasting("commons", "$4")+ofActor("commons"),
		id, sc.Workspace, sc.Actor, day(today))
	if err != nil {
		return rapport.Common{}, fmt.Errorf("read common: %w", err)
	}
	return found.common, nil
}

// DeleteCommon destroys something in common of one of the actor's active pairs.
func (s *Store) DeleteCommon(ctx context.Context, sc rapport.Scope, id, key string) error {
	return wrap("delete common", s.deleteOwn(ctx, sc, "commons", id, key))
}
