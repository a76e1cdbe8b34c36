package store

import (
	"context"
	"fmt"

	"innerview/internal/seal"
	"innerview/rapport"
)

// noteRows reads notes with what the person added to each.
const noteRows = `
		SELECT
			notes.id,
			notes.pair,
			notes.kind,
			notes.text,
			notes.created_at,
			notes.expires_on,
			notes.ask_on,
			notes.renewed,
			corrections.text,
			corrections.created_at
		FROM notes
		LEFT JOIN corrections ON corrections.note = notes.id`

// sealedNote is a note as its row holds it.
type sealedNote struct {
	note rapport.Note
	text []byte
	word []byte // nil for none
}

func scanNote(row scanner) (sealedNote, error) {
	var n sealedNote
	err := row.Scan(&n.note.ID, &n.note.Pair, &n.note.Kind, &n.text,
		(*timestamp)(&n.note.CreatedAt), (*day)(&n.note.ExpiresOn), (*day)(&n.note.AskOn), &n.note.Renewed,
		&n.word, (*timestamp)(&n.note.Word.AddedAt))
	return n, err
}

// open returns the note with its texts.
func (n sealedNote) open(key *seal.DataKey) (rapport.Note, error) {
	text, err := key.Open(noteText(n.note.ID), n.text)
	if err != nil {
		return rapport.Note{}, fmt.Errorf("open note %s: %w", n.note.ID, err)
	}
	n.note.Text = rapport.NoteText(text)
	if n.word == nil {
		return n.note, nil
	}
	if text, err = key.Open(wordText(n.note.ID), n.word); err != nil {
		return rapport.Note{}, fmt.Errorf("open what was added to note %s: %w", n.note.ID, err)
	}
	n.note.Word.Text = rapport.NoteText(text)
	return n.note, nil
}

func noteText(id string) seal.Place {
	return seal.Place{Table: "notes", Row: id, Column: "text"}
}

// AddNote keeps a note about one of the actor's active pairs, sealed, through
// the day it expires on. One more than [rapport.NotesPerPair] live ones is
// [rapport.Invalid]. Its length is for the caller to hold.
func (s *Store) AddNote(ctx context.Context, sc rapport.Scope, pairID string, n rapport.Note, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockPair(ctx, a, sc, pairID)
		if err != nil {
			return err
		}
		return s.addNote(ctx, a, sc.Workspace, pair.ID, n, s.today())
	})
	if err != nil {
		return fmt.Errorf("add note: %w", err)
	}
	return nil
}

func (s *Store) addNote(ctx context.Context, a access, workspace, pair string, n rapport.Note, today rapport.Date,
) error {
	live, err := one(ctx, a, scanInt, "SELECT COUNT(*) FROM notes WHERE pair = $1 AND expires_on >= $2", pair, day(today))
	if err != nil {
		return err
	}
	if live >= rapport.NotesPerPair {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.notes_full", Field: "note"}
	}
	key, err := s.ensureDataKey(ctx, a, workspace, pair)
	if err != nil {
		return err
	}
	id := newID()
	text, err := key.Seal(noteText(id), n.Text.Reveal())
	if err != nil {
		return err
	}
	if n.Kind == "" {
		n.Kind = rapport.NoteFact
	}
	_, err = a.exec(ctx, `
		INSERT INTO notes (id, pair, kind, text, created_at, expires_on, ask_on, renewed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		id, pair, n.Kind, text, timestamp(s.now()), day(n.ExpiresOn), day(n.AskOn), n.Renewed)
	return err
}

// Notes returns the live notes about one of the actor's active pairs, newest
// first.
func (s *Store) Notes(ctx context.Context, sc rapport.Scope, pairID string, today rapport.Date,
) ([]rapport.Note, error) {
	if _, err := ownPair(ctx, s.read(), sc, pairID); err != nil {
		return nil, fmt.Errorf("read pair: %w", err)
	}
	found, err := all(ctx, s.read(), scanNote, noteRows+`
		WHERE notes.pair = $1 AND notes.expires_on >= $2
		ORDER BY notes.created_at DESC, notes.id DESC`,
		pairID, day(today))
	if err != nil || len(found) == 0 {
		return nil, wrap("read notes", err)
	}
	key, err := s.dataKey(ctx, s.read(), sc.Workspace, pairID)
	if err != nil {
		return nil, err
	}
	notes := make([]rapport.Note, 0, len(found))
	for _, n := range found {
		open, err := n.open(key)
		if err != nil {
			return nil, err
		}
		notes = append(notes, open)
	}
	return notes, nil
}

// Note returns a note about one of the actor's active pairs that is live on the
// day.
func (s *Store) Note(ctx context.Context, sc rapport.Scope, id string, today rapport.Date) (rapport.Note, error) {
	found, err := one(ctx, s.read(), scanNote, noteRows+`
		WHERE notes.id = $1 AND notes.expires_on >= $4`+ofActor("notes"),
		id, sc.Workspace, sc.Actor, day(today))
	if err != nil {
		return rapport.Note{}, fmt.Errorf("read note: %w", err)
	}
	key, err := s.dataKey(ctx, s.read(), sc.Workspace, found.note.Pair)
	if err != nil {
		return rapport.Note{}, fmt.Errorf("open note %s: %w", id, err)
	}
	return found.open(key)
}

// EditNote gives a note about one of the actor's active pairs other words, another
// layer and another day from which it is worth coming back to. It is kept no longer
// for it, though perhaps less long.
func (s *Store) EditNote(ctx context.Context, sc rapport.Scope, n rapport.Note, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockOwner(ctx, a, sc, "notes", n.ID)
		if err != nil {
			return err
		}
		data, err := s.ensureDataKey(ctx, a, sc.Workspace, pair.ID)
		if err != nil {
			return err
		}
		text, err := data.Seal(noteText(n.ID), n.Text.Reveal())
		if err != nil {
			return err
		}
		return a.must(ctx, `
			UPDATE notes SET
				text = $2,
				kind = $3,
				ask_on = $4,
				expires_on = CASE WHEN $5 < expires_on THEN $5 ELSE expires_on END,
				renewed = renewed OR $6
			WHERE id = $1`,
			n.ID, text, n.Kind, day(n.AskOn), day(n.ExpiresOn), n.Renewed)
	})
	return wrap("edit note", err)
}

// DeleteNote destroys a note about one of the actor's active pairs.
func (s *Store) DeleteNote(ctx context.Context, sc rapport.Scope, id, key string) error {
	return wrap("delete note", s.deleteOwn(ctx, sc, "notes", id, key))
}

// NoteAsked notes that the leader has been brought back to a note, which happens
// once.
func (s *Store) NoteAsked(ctx context.Context, sc rapport.Scope, id string) error {
	err := s.inTx(ctx, func(a access) error {
		_, err := a.exec(ctx, `
			UPDATE notes
			SET ask_on = NULL
			WHERE id = $1 AND pair IN (SELECT id FROM pairs WHERE workspace = $2 AND leader = $3 AND state = 'active')`,
			id, sc.Workspace, sc.Actor)
		return err
	})
	return wrap("note a question asked", err)
}

// RenewNote keeps a note about one of the actor's active pairs for so many days
// more, within the bounds of [rapport.Note.Renew]. A note that can be kept no
// longer is [rapport.Conflict].
func (s *Store) RenewNote(ctx context.Context, sc rapport.Scope, id string, days int, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		if _, err := lockOwner(ctx, a, sc, "notes", id); err != nil {
			return err
		}
		found, err := one(ctx, a, scanNote, noteRows+" WHERE notes.id = $1", id)
		if err != nil {
			return err
		}
		n, ok := found.note.Renew(days)
		if !ok {
			return &rapport.Error{Kind: rapport.Conflict, Key: "error.note_renewed"}
		}
		return a.must(ctx, "UPDATE notes SET expires_on = $2, renewed = TRUE WHERE id = $1", id, day(n.ExpiresOn))
	})
	return wrap("renew note", err)
}
