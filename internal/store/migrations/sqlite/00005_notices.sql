-- +goose Up
-- The one message that tells a person that somebody keeps them in mind. A row
-- is written before it is sent, and it is sent at most once.
CREATE TABLE notices (
  workspace TEXT NOT NULL,
  person TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'unsure', 'failed')),
  retry_at TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (workspace, person),
  FOREIGN KEY (workspace, person) REFERENCES members (workspace, id) ON DELETE CASCADE
) STRICT;
