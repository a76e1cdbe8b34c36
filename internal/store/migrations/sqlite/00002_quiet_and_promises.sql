-- +goose Up
-- What a leader chooses, and how they have answered lately. per_week is NULL
-- where the default holds, for 0 is a choice too. digest_on is the day on which
-- it is next asked whether there is a digest for them; at first, at once.
ALTER TABLE leaders ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE leaders ADD COLUMN per_week INTEGER;
ALTER TABLE leaders ADD COLUMN rhythm_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leaders ADD COLUMN digest_day TEXT NOT NULL DEFAULT '';
ALTER TABLE leaders ADD COLUMN full_text INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE leaders ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leaders ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leaders ADD COLUMN answered_on TEXT;
ALTER TABLE leaders ADD COLUMN goodbye_on TEXT;
ALTER TABLE leaders ADD COLUMN invited_on TEXT;
ALTER TABLE leaders ADD COLUMN digest_on TEXT NOT NULL DEFAULT '0001-01-01';

CREATE INDEX leaders_digest ON leaders (workspace, digest_on);

-- What a person chooses about themselves, for all leaders at once.
ALTER TABLE members ADD COLUMN stepped_out_on TEXT;
ALTER TABLE members ADD COLUMN resting_until TEXT;

CREATE TABLE wishes (
  workspace TEXT NOT NULL,
  person TEXT NOT NULL,
  topic TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('blocked', 'welcome')),
  PRIMARY KEY (workspace, person, topic),
  FOREIGN KEY (workspace, person) REFERENCES members (workspace, id)
) STRICT;

-- What a leader knows of a person's circumstances. The dates of an absence go
-- when it ends; came_back says that the next message is a welcome.
ALTER TABLE pairs ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE pairs ADD COLUMN away_on TEXT;
ALTER TABLE pairs ADD COLUMN away_until TEXT;
ALTER TABLE pairs ADD COLUMN came_back INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE pairs ADD COLUMN probation_until TEXT;
ALTER TABLE pairs ADD COLUMN evaluation_on TEXT;

CREATE INDEX pairs_away ON pairs (workspace, away_until) WHERE away_until IS NOT NULL;

-- Something a leader said they would do.
CREATE TABLE promises (
  id TEXT NOT NULL PRIMARY KEY,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  text BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'withdrawn')),
  made_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  closed_on TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX promises_pair ON promises (pair);

-- What the two have in common, in the leader's words.
CREATE TABLE commons (
  id TEXT NOT NULL PRIMARY KEY,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  text BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX commons_pair ON commons (pair);

-- ask_on is the day from which a note is worth coming back to; renewed says
-- that it has been kept beyond its time once.
ALTER TABLE notes ADD COLUMN ask_on TEXT;
ALTER TABLE notes ADD COLUMN renewed INTEGER NOT NULL DEFAULT FALSE;

-- Texts of a leader that are about nobody else: the sentence of intent, and
-- their own answers to starters.
CREATE TABLE own_words (
  workspace TEXT NOT NULL,
  leader TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('intent', 'share')),
  starter TEXT NOT NULL DEFAULT '',
  text BLOB NOT NULL,
  PRIMARY KEY (workspace, leader, kind, starter),
  FOREIGN KEY (workspace, leader) REFERENCES leaders (workspace, id)
) STRICT;

-- What a message says besides a starter: about names the kind of thing and item
-- the thing, or the pairs of a digest. answer tells what became of it at the
-- leader's end. What was sent before answers were counted is left alone.
ALTER TABLE messages ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN item TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'given', 'ignored', 'none'));

UPDATE messages SET answer = 'none' WHERE state IN ('sent', 'unsure', 'failed');

CREATE INDEX messages_unanswered ON messages (workspace, planned_on) WHERE state = 'sent' AND answer = '';
