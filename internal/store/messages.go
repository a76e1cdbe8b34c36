package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"innerview/rapport"
)

// errSettled says that a message is not in the state the step begins from.
var errSettled = errors.New("the message was settled already, or is not there")

const messageColumns = `
	id,
	key,
	leader,
	pair,
	kind,
	due_on,
	planned_on,
	due_at,
	state,
	attempts,
	offer,
	plan,
	reason,
	channel,
	ts,
	settled_at,
	about,
	item,
	answer`

func scanMessage(row scanner) (rapport.Message, error) {
	var m rapport.Message
	err := row.Scan(&m.ID, &m.Key, &m.Leader, (*ref)(&m.Pair), &m.Kind, (*day)(&m.DueOn), (*day)(&m.PlannedOn),
		(*timestamp)(&m.At), &m.State, &m.Attempts, (*ref)(&m.Offer), (*ref)(&m.Plan), &m.Reason, &m.Channel, &m.TS,
		(*timestamp)(&m.SettledAt), &m.About, &m.Item, &m.Answer)
	return m, err
}

// insertMessage writes a pending message, unless its key was used before, and
// reports whether it did.
func insertMessage(ctx context.Context, a access, workspace string, m rapport.Message) (bool, error) {
	n, err := a.exec(ctx, `
		INSERT INTO messages (
			workspace, id, key, leader, pair, kind, due_on, planned_on, due_at, state, offer, plan,
			about, item)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10, $11, $12, $13)
		ON CONFLICT (workspace, key) DO NOTHING`,
		workspace, m.ID, m.Key, m.Leader, ref(m.Pair), m.Kind, day(m.DueOn), day(m.PlannedOn), timestamp(m.At),
		ref(m.Offer), ref(m.Plan), m.About, m.Item)
	return n > 0, err
}

const dueMessages = `
	SELECT` + messageColumns + `
	FROM messages
	WHERE workspace = $1 AND state = 'pending' AND due_at <= $2
	ORDER BY due_at, id
	LIMIT 0 + $3`

// DueMessages returns the messages whose time has come and that nobody sends
// yet, oldest first, at most limit of them.
func (s *Store) DueMessages(ctx context.Context, workspace string, now time.Time, limit int,
) ([]rapport.Message, error) {
	messages, err := all(ctx, s.read(), scanMessage, dueMessages, workspace, timestamp(now), limit)
	if err != nil {
		return nil, fmt.Errorf("read due messages: %w", err)
	}
	return messages, nil
}

// Claim takes a message whose time has come for sending, and reports whether it
// was to be had: of any number that try, one gets it. From here on it is sent at
// most once, whatever happens.
func (s *Store) Claim(ctx context.Context, id string, now time.Time) (rapport.Message, bool, error) {
	var m rapport.Message
	err := s.inTx(ctx, func(a access) error {
		var err error
		m, err = one(ctx, a, scanMessage, `
			UPDATE messages SET
				state = 'sending',
				attempts = attempts + 1
			WHERE id = $1 AND state = 'pending' AND due_at <= $2
			RETURNING`+messageColumns,
			id, timestamp(now))
		return err
	})
	if errors.Is(err, rapport.ErrNotFound) {
		return rapport.Message{}, false, nil
	}
	if err != nil {
		return rapport.Message{}, false, fmt.Errorf("claim message: %w", err)
	}
	return m, true, nil
}

// SettleSent notes that Slack took a message that was being sent, and where it
// is now.
func (s *Store) SettleSent(ctx context.Context, id, channel, ts string, now time.Time) error {
	return s.settle(ctx, "settle message sent", func(a access) (int, error) {
		return arrived(ctx, a, `
			UPDATE messages SET
				state = 'sent',
				channel = $2,
				ts = $3,
				settled_at = $4
			WHERE id = $1 AND state = 'sending'
			RETURNING`+messageColumns,
			id, channel, ts, timestamp(now))
	})
}

// arrived settles messages that went out, or may have, and with them what they
// stood for: a promise that calls, a note that was to be come back to, the
// questions that a digest asked in their stead. It returns how many messages there were.
func arrived(ctx context.Context, a access, query string, args ...any) (int, error) {
	settled, err := all(ctx, a, scanMessage, query, args...)
	if err != nil {
		return 0, err
	}
	for _, m := range settled {
		if err := callArrived(ctx, a, m); err != nil {
			return 0, err
		}
		if m.About == rapport.AboutNote {
			if _, err := a.exec(ctx, "UPDATE notes SET ask_on = NULL WHERE id = $1 AND pair = $2", m.Item, m.Pair); err != nil {
				return 0, err
			}
		}
		for _, plan := range rapport.ParseAgenda(m.Item).Plans {
			_, err := a.exec(ctx, "DELETE FROM messages WHERE plan = $1 AND leader = $2 AND kind = $3 AND state = 'pending'",
				plan, m.Leader, rapport.KindFollowUp)
			if err != nil {
				return 0, err
			}
		}
	}
	return len(settled), nil
}

// SettleUnsure notes that nobody knows whether Slack took a message that was
// being sent. It counts as sent and is never sent again.
func (s *Store) SettleUnsure(ctx context.Context, id string, now time.Time) error {
	return s.settle(ctx, "settle message unsure", func(a access) (int, error) {
		return arrived(ctx, a, `
			UPDATE messages SET
				state = 'unsure',
				settled_at = $2
			WHERE id = $1 AND state = 'sending'
			RETURNING`+messageColumns,
			id, timestamp(now))
	})
}

// SettleFailed notes that a message was not sent and never will be, and why: a
// Slack error code or a word of ours. Unless it is no day, pairNextOn is when
// its pair is due again, if nothing has happened since the message was planned
// that says otherwise. A message that did not arrive counts no longer as the
// last about its person, nor its starter as shown.
func (s *Store) SettleFailed(ctx context.Context, id, reason string, pairNextOn rapport.Date, now time.Time) error {
	return s.settle(ctx, "settle message failed", func(a access) (int, error) {
		m, err := one(ctx, a, scanMessage, `
			UPDATE messages SET
				state = 'failed',
				reason = $2,
				settled_at = $3
			WHERE id = $1 AND state IN ('pending', 'sending')
			RETURNING`+messageColumns,
			id, reason, timestamp(now))
		if errors.Is(err, rapport.ErrNotFound) {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		return 1, neverArrived(ctx, a, m, pairNextOn, pairNextOn)
	})
}

// neverArrived undoes what a message stood for that has failed. What it was to say of
// a promise brings the pair up again from callOn on; next is when the pair is due.
func neverArrived(ctx context.Context, a access, m rapport.Message, callOn, next rapport.Date) error {
	if err := errors.Join(unseen(ctx, a, m), unsaid(ctx, a, m), callAgain(ctx, a, m, callOn)); err != nil {
		return err
	}
	return afterFailure(ctx, a, m, next)
}

// unseen forgets the starter of a nudge that never arrived: nobody has seen it.
func unseen(ctx context.Context, a access, m rapport.Message) error {
	if m.Offer == "" || !m.Kind.Unasked() {
		return nil
	}
	_, err := a.exec(ctx, "DELETE FROM offers WHERE id = $1 AND state = 'shown'", m.Offer)
	return err
}

// afterFailure sets a pair's last nudge back to the last one that may have
// arrived, and its next date, if there is one, while that is what the message
// made it: a snooze, a coffee or a talk since then stands.
func afterFailure(ctx context.Context, a access, m rapport.Message, next rapport.Date) error {
	if m.Pair == "" {
		return nil
	}
	_, err := a.exec(ctx, `
		UPDATE pairs SET
			next_on = CASE
				WHEN next_on = $5 AND NOT EXISTS (SELECT 1 FROM talks WHERE talks.pair = pairs.id AND on_day >= $6)
				THEN COALESCE($2, next_on)
				ELSE next_on
			END,
			last_nudge = (
				SELECT MAX(planned_on)
				FROM messages
				WHERE messages.pair = pairs.id
				  AND messages.state <> 'failed'
				  AND messages.kind NOT IN ($3, $4))
		WHERE id = $1`,
		m.Pair, day(next), rapport.KindReminder, rapport.KindFollowUp,
		day(m.PlannedOn.AddDays(rapport.AfterNudge)), day(m.PlannedOn))
	return err
}

// Postpone puts a message back that was to be sent, until the time.
func (s *Store) Postpone(ctx context.Context, id string, at time.Time) error {
	return s.settle(ctx, "postpone message", func(a access) (int, error) {
		return a.exec(ctx, `
			UPDATE messages SET
				state = 'pending',
				due_at = $2
			WHERE id = $1 AND state IN ('pending', 'sending')`,
			id, timestamp(at))
	})
}

// settle runs a step that is to change one message.
func (s *Store) settle(ctx context.Context, doing string, step func(access) (int, error)) error {
	return wrap(doing, s.inTx(ctx, func(a access) error {
		n, err := step(a)
		if err == nil && n == 0 {
			err = errSettled
		}
		return err
	}))
}

const abandonMessages = `
	UPDATE messages SET
		state = 'unsure',
		settled_at = $2
	WHERE workspace = $1 AND state = 'sending'`

// Abandoned settles everything that is being sent as unsure, and returns how
// many messages that were. It is for the start, when nobody can be sending: whoever was
// did not live to hear the answer.
func (s *Store) Abandoned(ctx context.Context, workspace string, now time.Time) (n int, err error) {
	err = s.inTx(ctx, func(a access) error {
		if n, err = arrived(ctx, a, abandonMessages+" RETURNING"+messageColumns, workspace, timestamp(now)); err != nil {
			return err
		}
		return abandonNotices(ctx, a, workspace)
	})
	return n, wrap("settle abandoned messages", err)
}

// Sent returns the unasked messages to a leader, planned for that day of theirs
// or a later one, that went out, may have, or still will. Oldest first.
func (s *Store) Sent(ctx context.Context, workspace, leader string, since rapport.Date) ([]rapport.Message, error) {
	messages, err := all(ctx, s.read(), scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE workspace = $1
		  AND leader = $2
		  AND planned_on >= $3
		  AND state <> 'failed'
		  AND kind NOT IN ($4, $5)
		ORDER BY planned_on, due_at, id`,
		workspace, leader, day(since), rapport.KindReminder, rapport.KindFollowUp)
	if err != nil {
		return nil, fmt.Errorf("read sent messages: %w", err)
	}
	return messages, nil
}
