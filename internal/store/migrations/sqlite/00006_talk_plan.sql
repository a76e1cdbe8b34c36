-- +goose Up
-- The planned moment that a talk was recorded for: how it went is asked and
-- answered once.
ALTER TABLE talks ADD COLUMN plan TEXT REFERENCES plans (id) ON DELETE SET NULL;

CREATE UNIQUE INDEX talks_plan ON talks (plan) WHERE plan IS NOT NULL;
