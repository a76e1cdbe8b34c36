-- +goose Up
-- What operators did, and when: nothing says who did it, or about whom.
CREATE TABLE operations (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
