-- +goose Up
-- How long a planned moment is, in minutes: for the leader's calendar.
ALTER TABLE plans ADD COLUMN minutes INTEGER NOT NULL DEFAULT 30;
