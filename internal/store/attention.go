package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

// Respond notes that the actor did something on the day, so that they are
// written to as often as before, step by step (docs/method.md, "Backing off"). A
// press on a message, told by its ts, answers that message; anything else ("")
// answers all that are open. What answers nothing, for it comes late or twice,
// counts once a day.
func (s *Store) Respond(ctx context.Context, sc rapport.Scope, ts string, today rapport.Date) error {
	l, err := readLeader(ctx, s.read(), sc.Workspace, sc.Actor)
	if rapport.KindOf(err) == rapport.NotFound {
		return nil // nobody writes to them
	}
	if err != nil {
		return fmt.Errorf("read leader: %w", err)
	}
	open, err := one(ctx, s.read(), scanInt, "SELECT COUNT(*)"+openMessages, openArgs(sc, ts)...)
	if err != nil {
		return fmt.Errorf("count open messages: %w", err)
	}
	if open == 0 && l.Attention.LastOn == today {
		return nil // nothing to write, and no turn to wait for
	}
	err = s.inTx(ctx, func(a access) error {
		answered, err := a.exec(ctx, `
			UPDATE messages
			SET answer = 'given'
			WHERE id IN (SELECT id`+openMessages+")",
			openArgs(sc, ts)...)
		if err != nil {
			return err
		}
		l, err := readLeader(ctx, a, sc.Workspace, sc.Actor)
		if err != nil || answered == 0 && l.Attention.LastOn == today {
			return err
		}
		return saveAttention(ctx, a, sc.Workspace, l.ID, l.Attention.Answer(today))
	})
	return wrap("note a response", err)
}

// openMessages are the unasked messages to a leader that may have arrived and
// that they have done nothing with: all of them, or the one that stands at $3.
const openMessages = `
	FROM messages
	WHERE workspace = $1
	  AND leader = $2
	  AND ($3 = '' OR ts = $3)
	  AND answer = ''
	  AND state IN ('sent', 'unsure')
	  AND kind NOT IN ($4, $5)`

func openArgs(sc rapport.Scope, ts string) []any {
	return []any{sc.Workspace, sc.Actor, ts, rapport.KindReminder, rapport.KindFollowUp}
}

const ignoredMessages = `
	SELECT` + messageColumns + `
	FROM messages
	WHERE workspace = $1 AND state = 'sent' AND answer = '' AND planned_on <= $2
	ORDER BY planned_on
	LIMIT 1000`

// Ignored counts the messages that leaders have left untouched for
// [rapport.IgnoredAfter] days on their own today, and returns how many there
// were. A message to who has asked for silence is none of them.
func (s *Store) Ignored(ctx context.Context, workspace string, upTo rapport.Date, today func(rapport.Leader) rapport.Date,
) (int, error) {
	found, err := all(ctx, s.read(), scanMessage, ignoredMessages, workspace, day(upTo.AddDays(-rapport.IgnoredAfter)))
	if err != nil {
		return 0, fmt.Errorf("read untouched messages: %w", err)
	}
	count := 0
	for _, m := range found {
		done, err := s.ignore(ctx, workspace, m, today)
		if err != nil {
			return count, fmt.Errorf("count an untouched message: %w", err)
		}
		if done {
			count++
		}
	}
	return count, nil
}

func (s *Store) ignore(ctx context.Context, workspace string, m rapport.Message, today func(rapport.Leader) rapport.Date,
) (done bool, err error) {
	err = s.inTx(ctx, func(a access) error {
		l, err := readLeader(ctx, a, workspace, m.Leader)
		if err != nil || today(l).Sub(m.PlannedOn) < rapport.IgnoredAfter {
			return err
		}
		answer := rapport.AnswerIgnored
		if !m.Untouched(today(l)) || l.Paused(today(l)) {
			answer = rapport.AnswerNone
		}
		n, err := a.exec(ctx, "UPDATE messages SET answer = $2 WHERE id = $1 AND answer = ''", m.ID, answer)
		if err != nil || n == 0 || answer == rapport.AnswerNone {
			return err
		}
		done = true
		return saveAttention(ctx, a, workspace, l.ID, l.Attention.Ignore())
	})
	return done, err
}

func saveAttention(ctx context.Context, a access, workspace, leader string, at rapport.Attention) error {
	return a.must(ctx, `
		UPDATE leaders SET
			ignored = $3,
			answered = $4,
			answered_on = $5,
			goodbye_on = $6,
			invited_on = $7
		WHERE workspace = $1 AND id = $2`,
		workspace, leader, at.Ignored, at.Answered, day(at.LastOn), day(at.GoodbyeOn), day(at.InvitedOn))
}

// Wake begins anew with the actor, as if they had answered everything: they have
// said that they want to be written to.
func (s *Store) Wake(ctx context.Context, sc rapport.Scope, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		return saveAttention(ctx, a, sc.Workspace, sc.Actor, rapport.Attention{})
	})
	return wrap("wake", err)
}

// PlanParting writes the one goodbye, or the one invitation after it, into the
// outbox and notes the day, both or neither.
func (s *Store) PlanParting(ctx context.Context, workspace string, m rapport.Message) (planned bool, err error) {
	err = s.inTx(ctx, func(a access) error {
		l, err := readLeader(ctx, a, workspace, m.Leader)
		if err != nil {
			return err
		}
		at := l.Attention
		switch {
		case m.Kind == rapport.KindGoodbye && at.SayGoodbye():
			at.GoodbyeOn = m.PlannedOn
		case m.Kind == rapport.KindInvitation && at.Invite(m.PlannedOn):
			at.InvitedOn = m.PlannedOn
		default:
			return nil // they have answered meanwhile
		}
		m.ID = newID()
		if planned, err = insertMessage(ctx, a, workspace, m); err != nil || !planned {
			return err // one of today failed: another day has another key
		}
		return saveAttention(ctx, a, workspace, l.ID, at)
	})
	return planned, wrap("plan a parting", err)
}

// unsaid lets a goodbye or an invitation that never arrived be said another day.
func unsaid(ctx context.Context, a access, m rapport.Message) error {
	column := map[rapport.MessageKind]string{
		rapport.KindGoodbye: "goodbye_on", rapport.KindInvitation: "invited_on",
	}[m.Kind]
	if column == "" {
		return nil
	}
	_, err := a.exec(ctx, "UPDATE leaders SET "+column+" = NULL WHERE id = $1 AND "+column+" = $2", m.Leader, day(m.PlannedOn))
	return err
}
