package store

import (
	"context"
	"fmt"

	"innerview/internal/seal"
	"innerview/rapport"
)

// Addition is what a person adds to a note about them.
type Addition struct {
	Note     string // id
	Text     rapport.NoteText
	Personal bool // it touches private life, and so the note does from now on
	Today    rapport.Date
}

func wordText(note string) seal.Place {
	return seal.Place{Table: "corrections", Row: note, Column: "text"}
}

// NoteAboutMe returns a live note about the actor that the leader of an active
// pair has written, with what the actor added to it, and who that leader is.
func (s *Store) NoteAboutMe(ctx context.Context, sc rapport.Scope, id string, today rapport.Date,
) (n rapport.Note, leader string, err error) {
	if n, err = s.noteAboutMe(ctx, s.read(), sc, id, today); err == nil {
		leader, err = one(ctx, s.read(), scanString, "SELECT leader FROM pairs WHERE id = $1", n.Pair)
	}
	if err != nil {
		return rapport.Note{}, "", fmt.Errorf("read note: %w", err)
	}
	return n, leader, nil
}

func (s *Store) noteAboutMe(ctx context.Context, a access, sc rapport.Scope, id string, today rapport.Date) (rapport.Note, error) {
	found, err := one(ctx, a, scanNote, noteRows+`
		WHERE notes.id = $1
		  AND notes.expires_on >= $4
		  AND EXISTS (
			SELECT 1
			FROM pairs
			WHERE pairs.id = notes.pair
			  AND pairs.workspace = $2
			  AND pairs.person = $3
			  AND pairs.state = 'active')`,
		id, sc.Workspace, sc.Actor, day(today))
	if err != nil {
		return rapport.Note{}, err
	}
	key, err := s.dataKey(ctx, a, sc.Workspace, found.note.Pair)
	if err != nil {
		return rapport.Note{}, err
	}
	return found.open(key)
}

// AddMyWord adds the actor's own words to a live note about them, sealed with the
// key of the pair and in place of what they added before. Their length is for
// the caller to hold. Words that touch private life make the note one that does.
func (s *Store) AddMyWord(ctx context.Context, sc rapport.Scope, w Addition, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		n, err := s.noteAboutMe(ctx, a, sc, w.Note, w.Today)
		if err != nil {
			return err
		}
		data, err := s.ensureDataKey(ctx, a, sc.Workspace, n.Pair)
		if err != nil {
			return err
		}
		text, err := data.Seal(wordText(n.ID), w.Text.Reveal())
		if err != nil {
			return err
		}
		if w.Personal {
			n = n.Personal(w.Today)
			err := a.must(ctx, "UPDATE notes SET expires_on = $2, renewed = $3 WHERE id = $1", n.ID, day(n.ExpiresOn), n.Renewed)
			if err != nil {
				return err
			}
		}
		return a.must(ctx, `
			INSERT INTO corrections (note, text, created_at)
			VALUES ($1, $2, $3)
			ON CONFLICT (note) DO UPDATE SET text = excluded.text, created_at = excluded.created_at`,
			n.ID, text, timestamp(s.now()))
	})
	return wrap("add a word", err)
}
