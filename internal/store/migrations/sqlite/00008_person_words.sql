-- +goose Up
-- What a person adds to a note about them, in their own words: sealed with the
-- key of the pair, and gone with the note.
CREATE TABLE corrections (
  note TEXT NOT NULL PRIMARY KEY REFERENCES notes (id) ON DELETE CASCADE,
  text BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
