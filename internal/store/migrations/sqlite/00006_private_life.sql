-- +goose Up
-- The last day of a text that touches private life, where the kind has no last
-- day of its own.
ALTER TABLE promises ADD COLUMN expires_on TEXT;
ALTER TABLE commons ADD COLUMN expires_on TEXT;
ALTER TABLE tags ADD COLUMN expires_on TEXT;
