package store

import (
	"context"
	"errors"
	"fmt"

	"innerview/internal/seal"
	"innerview/rapport"
)

// OwnKind is what a text of a leader's is that is about nobody else.
type OwnKind string

// The kinds of own words.
const (
	OwnIntent OwnKind = "intent" // how they hope their people will feel
	OwnShare  OwnKind = "share"  // what they share first, of one starter
)

// SetOwnWords keeps a text of the actor's, who is a leader, in place of what was
// kept before, sealed with a key of their own. A share belongs to a starter, an
// intent to none. No words take it away.
func (s *Store) SetOwnWords(ctx context.Context, sc rapport.Scope, kind OwnKind, starter string, words rapport.NoteText, key string,
) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		if words == "" {
			_, err := a.exec(ctx, "DELETE FROM own_words WHERE workspace = $1 AND leader = $2 AND kind = $3 AND starter = $4",
				sc.Workspace, sc.Actor, kind, starter)
			return err
		}
		if _, err := readLeader(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		own, err := s.ensureDataKey(ctx, a, sc.Workspace, sc.Actor)
		if err != nil {
			return err
		}
		text, err := own.Seal(ownText(sc.Actor, kind, starter), words.Reveal())
		if err != nil {
			return err
		}
		_, err = a.exec(ctx, `
			INSERT INTO own_words (workspace, leader, kind, starter, text)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (workspace, leader, kind, starter) DO UPDATE SET text = excluded.text`,
			sc.Workspace, sc.Actor, kind, starter, text)
		return err
	})
	if err != nil {
		return fmt.Errorf("set own words: %w", err)
	}
	return nil
}

// OwnWords returns a text of the actor's, "" where there is none.
func (s *Store) OwnWords(ctx context.Context, sc rapport.Scope, kind OwnKind, starter string) (rapport.NoteText, error) {
	text, err := one(ctx, s.read(), scanBytes, `
		SELECT text
		FROM own_words
		WHERE workspace = $1 AND leader = $2 AND kind = $3 AND starter = $4`,
		sc.Workspace, sc.Actor, kind, starter)
	if errors.Is(err, rapport.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read own words: %w", err)
	}
	own, err := s.dataKey(ctx, s.read(), sc.Workspace, sc.Actor)
	if err != nil {
		return "", fmt.Errorf("read own words: %w", err)
	}
	words, err := own.Open(ownText(sc.Actor, kind, starter), text)
	return rapport.NoteText(words), wrap("open own words", err)
}

// forgetOwnWords destroys the texts of a leader who has left, and their key.
func forgetOwnWords(ctx context.Context, a access, workspace, leader string) error {
	if _, err := a.exec(ctx, "DELETE FROM own_words WHERE workspace = $1 AND leader = $2", workspace, leader); err != nil {
		return err
	}
	_, err := a.exec(ctx, "DELETE FROM keys WHERE workspace = $1 AND owner = $2", workspace, leader)
	return err
}

func ownText(leader string, kind OwnKind, starter string) seal.Place {
	return seal.Place{Table: "own_words", Row: leader + "/" + string(kind) + "/" + starter, Column: "text"}
}

// readOwnWords adds to a delivery what the leader has written for themselves: what
// they share first, and in the first week of a month their intent.
func (s *Store) readOwnWords(ctx context.Context, workspace string, d *Delivery) (err error) {
	sc := rapport.Scope{Workspace: workspace, Actor: d.Leader.ID}
	if d.Offer.Starter != "" {
		if d.Share, err = s.OwnWords(ctx, sc, OwnShare, d.Offer.Starter); err != nil {
			return err
		}
	}
	if d.Message.Kind == rapport.KindDigest && d.Message.PlannedOn.Monday().Day() <= 7 {
		d.Intent, err = s.OwnWords(ctx, sc, OwnIntent, "")
	}
	return err
}
