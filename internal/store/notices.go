package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"innerview/rapport"
)

// Notice is the one message that tells a person who keeps them in mind.
type Notice struct {
	Person string
	Leader string // who was first to
}

// DueNotices returns those who are in somebody's mind and have not been told, by
// person, at most limit of them.
func (s *Store) DueNotices(ctx context.Context, workspace string, now time.Time, limit int) ([]Notice, error) {
	scan := func(row scanner) (n Notice, err error) {
		err = row.Scan(&n.Person, &n.Leader)
		return n, err
	}
	// Of a person's pairs the first one made is meant: ids ascend.
	found, err := all(ctx, s.read(), scan, `
		SELECT
			pairs.person,
			pairs.leader
		FROM pairs
		LEFT JOIN notices ON notices.workspace = pairs.workspace AND notices.person = pairs.person
		WHERE pairs.workspace = $1
		  AND pairs.state = 'active'
		  AND (notices.person IS NULL OR (notices.state = 'failed' AND notices.retry_at <= $2))
		  AND pairs.id = (
			SELECT MIN(id)
			FROM pairs AS others
			WHERE others.workspace = pairs.workspace
			  AND others.person = pairs.person
			  AND others.state = 'active')
		ORDER BY pairs.person
		LIMIT 0 + $3`,
		workspace, timestamp(now), limit)
	if err != nil {
		return nil, fmt.Errorf("read due notices: %w", err)
	}
	return found, nil
}

// ClaimNotice takes the notice of a person for sending, and reports whether it
// was to be had: of any number that try, one gets it, and whatever becomes of it,
// none gets it again unless it certainly was not sent.
func (s *Store) ClaimNotice(ctx context.Context, workspace, person string, now time.Time) (bool, error) {
	err := s.inTx(ctx, func(a access) error {
		return a.must(ctx, `
			INSERT INTO notices (workspace, person, state, at)
			VALUES ($1, $2, 'sending', $3)
			ON CONFLICT (workspace, person) DO UPDATE SET
				state = 'sending',
				retry_at = NULL,
				at = excluded.at
			WHERE notices.state = 'failed' AND notices.retry_at <= $3`,
			workspace, person, timestamp(now))
	})
	if errors.Is(err, rapport.ErrNotFound) {
		return false, nil
	}
	return err == nil, wrap("claim notice", err)
}

// SettleNotice notes what became of a notice that was being sent. One that was
// certainly not sent may be tried again at the receipt's time.
func (s *Store) SettleNotice(ctx context.Context, workspace, person string, r rapport.Receipt, now time.Time) error {
	state := r.State
	if state == rapport.StatePending {
		state = rapport.StateFailed
	}
	if state == rapport.StateFailed && r.RetryAt.IsZero() {
		r.RetryAt = now.Add(tryAgainAfter)
	}
	err := s.inTx(ctx, func(a access) error {
		return a.must(ctx, `
			UPDATE notices SET
				state = $3,
				retry_at = $4,
				at = $5
			WHERE workspace = $1 AND person = $2 AND state = 'sending'`,
			workspace, person, state, timestamp(r.RetryAt), timestamp(now))
	})
	return wrap("settle notice", err)
}

// tryAgainAfter is when a notice that Slack refused is tried again: until it has
// gone, nothing may be kept.
const tryAgainAfter = 24 * time.Hour

// abandonNotices settles notices that an interrupted run left.
func abandonNotices(ctx context.Context, a access, workspace string) error {
	_, err := a.exec(ctx, "UPDATE notices SET state = 'unsure' WHERE workspace = $1 AND state = 'sending'", workspace)
	return err
}

// told refuses to keep anything about the person of a pair who has not been told
// yet, where that comes first. An owner that is no pair has nobody to tell.
func (s *Store) told(ctx context.Context, a access, workspace, owner string) error {
	if !s.tellFirst {
		return nil
	}
	n, err := one(ctx, a, scanInt, `
		SELECT COUNT(*)
		FROM pairs
		LEFT JOIN notices ON notices.workspace = pairs.workspace AND notices.person = pairs.person
		WHERE pairs.workspace = $1
		  AND pairs.id = $2
		  AND COALESCE(notices.state, '') NOT IN ('sent', 'unsure')`,
		workspace, owner)
	if err == nil && n > 0 {
		err = &rapport.Error{Kind: rapport.Conflict, Key: "error.untold"}
	}
	return err
}
