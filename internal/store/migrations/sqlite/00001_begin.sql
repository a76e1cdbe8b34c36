-- +goose Up
CREATE TABLE workspaces (
  id TEXT NOT NULL PRIMARY KEY,
  team TEXT UNIQUE,
  canary BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE members (
  workspace TEXT NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  zone TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  gone INTEGER NOT NULL DEFAULT FALSE,
  bot INTEGER NOT NULL DEFAULT FALSE,
  guest INTEGER NOT NULL DEFAULT FALSE,
  profile_at TEXT,
  PRIMARY KEY (workspace, id)
) STRICT;

CREATE TABLE leaders (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  hours_from INTEGER NOT NULL DEFAULT 0,
  hours_to INTEGER NOT NULL DEFAULT 0,
  days INTEGER NOT NULL DEFAULT 0,
  confirmed_at TEXT,
  channel TEXT NOT NULL DEFAULT '',
  met_at TEXT,
  paused_on TEXT,
  paused_until TEXT,
  PRIMARY KEY (workspace, id),
  FOREIGN KEY (workspace, id) REFERENCES members (workspace, id)
) STRICT;

CREATE INDEX leaders_paused ON leaders (workspace, paused_until) WHERE paused_until IS NOT NULL;

-- history is the pair's pace as JSON and comes last: a row is mostly read for
-- what stands before it.
CREATE TABLE pairs (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  leader TEXT NOT NULL,
  person TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'ended', 'opted_out')),
  origin TEXT NOT NULL CHECK (origin IN ('roster', 'leader')),
  language TEXT NOT NULL DEFAULT '',
  rhythm_days INTEGER NOT NULL DEFAULT 0,
  since TEXT,
  head_start INTEGER NOT NULL DEFAULT FALSE,
  created_on TEXT NOT NULL,
  ended_on TEXT,
  next_on TEXT NOT NULL,
  last_talk_on TEXT,
  last_nudge TEXT,
  intent_on TEXT,
  history TEXT NOT NULL,
  UNIQUE (workspace, leader, person),
  FOREIGN KEY (workspace, leader) REFERENCES leaders (workspace, id),
  FOREIGN KEY (workspace, person) REFERENCES members (workspace, id)
) STRICT;

CREATE INDEX pairs_due ON pairs (workspace, next_on, id) WHERE state = 'active';
CREATE INDEX pairs_ended ON pairs (workspace, ended_on) WHERE state = 'ended';
CREATE INDEX pairs_person ON pairs (workspace, person);

CREATE TABLE offers (
  id TEXT NOT NULL PRIMARY KEY,
  root TEXT NOT NULL,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  starter TEXT NOT NULL,
  level INTEGER NOT NULL,
  topic TEXT NOT NULL DEFAULT '',
  setting TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('shown', 'swapped', 'used', 'passed')),
  swaps INTEGER NOT NULL DEFAULT 0,
  shown_on TEXT NOT NULL,
  shown_at TEXT NOT NULL
) STRICT;

CREATE INDEX offers_pair ON offers (pair, shown_on);

CREATE TABLE talks (
  id TEXT NOT NULL PRIMARY KEY,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  on_day TEXT NOT NULL,
  outcome TEXT NOT NULL,
  setting TEXT NOT NULL DEFAULT '',
  offer TEXT REFERENCES offers (id) ON DELETE SET NULL,
  starter TEXT NOT NULL DEFAULT '',
  topic TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL
) STRICT;

CREATE INDEX talks_pair ON talks (pair, on_day);
CREATE INDEX talks_offer ON talks (offer) WHERE offer IS NOT NULL;

CREATE TABLE notes (
  id TEXT NOT NULL PRIMARY KEY,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  text BLOB NOT NULL,
  created_at TEXT NOT NULL,
  expires_on TEXT NOT NULL
) STRICT;

CREATE INDEX notes_pair ON notes (pair);

CREATE TABLE topics (
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  topic TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('blocked', 'welcome')),
  PRIMARY KEY (pair, topic)
) STRICT;

CREATE TABLE tags (
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('interest', 'strength')),
  text BLOB NOT NULL,
  PRIMARY KEY (pair, kind)
) STRICT;

-- on_day is the day of the meeting in the leader's calendar.
CREATE TABLE plans (
  id TEXT NOT NULL PRIMARY KEY,
  pair TEXT NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  on_day TEXT NOT NULL,
  setting TEXT NOT NULL DEFAULT '',
  cancelled INTEGER NOT NULL DEFAULT FALSE,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX plans_pair ON plans (pair);

-- The outbox. planned_on is the leader's day on which a message was planned. The
-- references to offers and plans are checked at commit, so that a message can
-- be refused by its key before its offer is written.
CREATE TABLE messages (
  id TEXT NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  key TEXT NOT NULL,
  leader TEXT NOT NULL,
  pair TEXT REFERENCES pairs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  due_on TEXT,
  planned_on TEXT NOT NULL,
  due_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'unsure')),
  attempts INTEGER NOT NULL DEFAULT 0,
  offer TEXT REFERENCES offers (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  plan TEXT REFERENCES plans (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  reason TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '',
  ts TEXT NOT NULL DEFAULT '',
  settled_at TEXT,
  UNIQUE (workspace, key),
  FOREIGN KEY (workspace, leader) REFERENCES leaders (workspace, id)
) STRICT;

CREATE INDEX messages_due ON messages (workspace, due_at, id) WHERE state = 'pending';
CREATE INDEX messages_sending ON messages (workspace, state) WHERE state = 'sending';
CREATE INDEX messages_planned ON messages (workspace, leader, planned_on);
CREATE INDEX messages_pair ON messages (pair) WHERE pair IS NOT NULL;
CREATE INDEX messages_offer ON messages (offer) WHERE offer IS NOT NULL;
CREATE INDEX messages_plan ON messages (plan) WHERE plan IS NOT NULL;

CREATE TABLE seen (
  workspace TEXT NOT NULL REFERENCES workspaces (id),
  key TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (workspace, key)
) STRICT;

CREATE INDEX seen_at ON seen (at);

CREATE TABLE keys (
  workspace TEXT NOT NULL REFERENCES workspaces (id),
  owner TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (workspace, owner)
) STRICT;
