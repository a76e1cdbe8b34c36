package store

import (
	"context"
	"errors"
	"fmt"

	"innerview/internal/seal"
	"innerview/rapport"
)

// Stance is how a topic is meant to be treated.
type Stance string

// The stances.
const (
	Blocked Stance = "blocked" // never to be brought up
	Welcome Stance = "welcome" // gladly
)

// TagKind is what a tag says of a person, in the words of the leader.
type TagKind string

// The kinds of tag; a pair has at most one of each.
const (
	Interest TagKind = "interest"
	Strength TagKind = "strength"
)

// blockTopic keeps a topic from being brought up again between two.
func blockTopic(ctx context.Context, a access, pair, topic string) error {
	_, err := a.exec(ctx, `
		INSERT INTO topics (pair, topic, stance)
		VALUES ($1, $2, $3)
		ON CONFLICT (pair, topic) DO UPDATE SET stance = excluded.stance`,
		pair, topic, Blocked)
	return err
}

// unblock lets a topic be brought up again, unless it was declined in another talk
// too.
func unblock(ctx context.Context, a access, pair, topic string) error {
	_, err := a.exec(ctx, `
		DELETE FROM topics
		WHERE pair = $1
		  AND topic = $2
		  AND stance = 'blocked'
		  AND NOT EXISTS (
			SELECT 1
			FROM talks
			WHERE talks.pair = $1 AND talks.topic = $2 AND talks.outcome = $3)`,
		pair, topic, rapport.Declined)
	return err
}

// blockedTopics are those that were declined between two.
func blockedTopics(ctx context.Context, a access, pair string) ([]string, error) {
	return all(ctx, a, scanString, `
		SELECT topic
		FROM topics
		WHERE pair = $1 AND stance = $2
		ORDER BY topic`,
		pair, Blocked)
}

// SetTag keeps the person's interest or strength in the leader's words, sealed,
// in place of what was kept before; no words take it away.
func (s *Store) SetTag(ctx context.Context, sc rapport.Scope, pairID string, kind TagKind, words rapport.NoteText, key string,
) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockPair(ctx, a, sc, pairID)
		if err != nil {
			return err
		}
		if words == "" {
			_, err = a.exec(ctx, "DELETE FROM tags WHERE pair = $1 AND kind = $2", pair.ID, kind)
			return err
		}
		return s.setTag(ctx, a, sc.Workspace, pair.ID, Tag{Kind: kind, Text: words})
	})
	if err != nil {
		return fmt.Errorf("set tag: %w", err)
	}
	return nil
}

func (s *Store) setTag(ctx context.Context, a access, workspace, pair string, t Tag) error {
	key, err := s.ensureDataKey(ctx, a, workspace, pair)
	if err != nil {
		return err
	}
	text, err := key.Seal(tagText(pair, t.Kind), t.Text.Reveal())
	if err != nil {
		return err
	}
	_, err = a.exec(ctx, `
		INSERT INTO tags (pair, kind, text, expires_on)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (pair, kind) DO UPDATE SET
			text = excluded.text,
			expires_on = excluded.expires_on`,
		pair, t.Kind, text, day(t.ExpiresOn))
	return err
}

// Tags returns the person's interest and strength in the leader's words, "" where
// there are none that are kept on the day.
func (s *Store) Tags(ctx context.Context, workspace, pairID string, today rapport.Date) (interest, strength string, err error) {
	if interest, err = s.tag(ctx, s.read(), workspace, pairID, Interest, today); err != nil {
		return "", "", fmt.Errorf("read interest: %w", err)
	}
	if strength, err = s.tag(ctx, s.read(), workspace, pairID, Strength, today); err != nil {
		return "", "", fmt.Errorf("read strength: %w", err)
	}
	return interest, strength, nil
}

// tag returns the words of a tag, "" where there is none.
func (s *Store) tag(ctx context.Context, a access, workspace, pair string, kind TagKind, today rapport.Date) (string, error) {
	text, err := one(ctx, a, scanBytes, "SELECT text FROM tags WHERE pair = $1 AND kind = $2"+lasting("tags", "$3"),
		pair, kind, day(today))
	if errors.Is(err, rapport.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	key, err := s.dataKey(ctx, a, workspace, pair)
	if err != nil {
		return "", err
	}
	return key.Open(tagText(pair, kind), text)
}

func tagText(pair string, kind TagKind) seal.Place {
	return seal.Place{Table: "tags", Row: pair + "/" + string(kind), Column: "text"}
}
