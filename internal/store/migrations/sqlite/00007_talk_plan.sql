-- +goose Up
-- The planned moment that a talk was recorded for: how it went is asked and
-- answered once. And where a moment was moved to, so that what is pressed on an
-- old message reaches what stands now, and nothing else.
ALTER TABLE talks ADD COLUMN plan TEXT REFERENCES plans (id) ON DELETE SET NULL;
ALTER TABLE plans ADD COLUMN moved_to TEXT REFERENCES plans (id) ON DELETE SET NULL;

CREATE UNIQUE INDEX talks_plan ON talks (plan) WHERE plan IS NOT NULL;
CREATE INDEX plans_moved_to ON plans (moved_to) WHERE moved_to IS NOT NULL;
