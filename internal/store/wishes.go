package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"innerview/rapport"
)

// Wishes are the topics that a person would like to talk about, and those to
// leave alone, with whichever leader.
type Wishes struct {
	Welcome, Blocked []string
}

// Wishes returns what the actor wishes to be asked about, and what not.
func (s *Store) Wishes(ctx context.Context, sc rapport.Scope) (Wishes, error) {
	w, err := wishes(ctx, s.read(), sc.Workspace, sc.Actor)
	if err != nil {
		return Wishes{}, fmt.Errorf("read wishes: %w", err)
	}
	return w, nil
}

func wishes(ctx context.Context, a access, workspace, person string) (w Wishes, err error) {
	if w.Welcome, err = wished(ctx, a, workspace, person, Welcome); err != nil {
		return w, err
	}
	w.Blocked, err = wished(ctx, a, workspace, person, Blocked)
	return w, err
}

func wished(ctx context.Context, a access, workspace, person string, stance Stance) ([]string, error) {
	return all(ctx, a, scanString, `
		SELECT topic
		FROM wishes
		WHERE workspace = $1 AND person = $2 AND stance = $3
		ORDER BY topic`,
		workspace, person, stance)
}

// SetWishes replaces the actor's wishes, who need not be known before. A topic
// that is both is to be left alone. What was going to be sent about a topic that
// is now to be left alone is not.
func (s *Store) SetWishes(ctx context.Context, sc rapport.Scope, w Wishes, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		if err := ensureMember(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		_, err := a.exec(ctx, "DELETE FROM wishes WHERE workspace = $1 AND person = $2", sc.Workspace, sc.Actor)
		if err != nil {
			return err
		}
		for _, topic := range w.Welcome {
			if err := setWish(ctx, a, sc, topic, Welcome); err != nil {
				return err
			}
		}
		for _, topic := range w.Blocked {
			if err := setWish(ctx, a, sc, topic, Blocked); err != nil {
				return err
			}
			if err := s.dropTopic(ctx, a, sc, topic); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("set wishes: %w", err)
	}
	return nil
}

func setWish(ctx context.Context, a access, sc rapport.Scope, topic string, stance Stance) error {
	_, err := a.exec(ctx, `
		INSERT INTO wishes (workspace, person, topic, stance)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace, person, topic) DO UPDATE SET stance = excluded.stance`,
		sc.Workspace, sc.Actor, topic, stance)
	return err
}

// dropTopic takes a topic out of what is still to be sent about the actor: an
// unasked message does not go, and another may the day after; a coffee comes without
// its starter.
func (s *Store) dropTopic(ctx context.Context, a access, sc rapport.Scope, topic string) error {
	const onTopic = `
		state = 'pending'
		AND offer IN (
			SELECT offers.id
			FROM offers
			JOIN pairs ON pairs.id = offers.pair
			WHERE pairs.workspace = $1 AND pairs.person = $2 AND offers.topic = $3)`
	dropped, err := all(ctx, a, scanMessage, `
		UPDATE messages SET
			state = 'failed',
			reason = $4,
			settled_at = $5
		WHERE kind NOT IN ($6, $7) AND `+onTopic+`
		RETURNING`+messageColumns,
		sc.Workspace, sc.Actor, topic, reasonTopic, timestamp(s.now()), rapport.KindReminder, rapport.KindFollowUp)
	for _, m := range dropped {
		tomorrow := m.PlannedOn.AddDays(1) // with another topic
		err = errors.Join(err, neverArrived(ctx, a, m, tomorrow, tomorrow))
	}
	if err != nil {
		return err
	}
	_, err = a.exec(ctx, "UPDATE messages SET offer = NULL WHERE "+onTopic, sc.Workspace, sc.Actor, topic)
	return err
}

// reasonTopic stands at a message that was not sent because its topic is to be
// left alone.
const reasonTopic = "topic"

// heed adds a person's wishes to what is known in one pair. To leave alone goes
// before welcome, whoever said it.
func heed(p rapport.Past, w Wishes) rapport.Past {
	p.Blocked = union(p.Blocked, w.Blocked)
	p.Welcome = slices.DeleteFunc(slices.Clone(w.Welcome), func(topic string) bool {
		return slices.Contains(p.Blocked, topic)
	})
	return p
}

// union returns what is in either list, in order and once.
func union(a, b []string) []string {
	both := slices.Concat(a, b)
	slices.Sort(both)
	return slices.Compact(both)
}
