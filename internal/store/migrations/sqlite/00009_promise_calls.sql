-- +goose Up
-- The day from which an open promise brings its pair up, whatever the pair's next
-- date; NULL once it has. One for the day it was made on does so the day after.
-- Where a message about the person has come since its day, it has been brought up.
ALTER TABLE promises ADD COLUMN call_on TEXT;

UPDATE promises
SET call_on = MAX(due_on, DATE(made_on, '+1 day'))
WHERE state = 'open'
  AND NOT EXISTS (SELECT 1 FROM pairs WHERE pairs.id = promises.pair AND pairs.last_nudge >= promises.due_on);

CREATE INDEX promises_call ON promises (call_on) WHERE state = 'open' AND call_on IS NOT NULL;
