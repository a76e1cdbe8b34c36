package store

import (
	"context"
	"fmt"
	"time"

	"innerview/rapport"
)

const planColumns = `
	id,
	pair,
	at,
	setting,
	cancelled,
	created_at`

func scanPlan(row scanner) (rapport.Plan, error) {
	var p rapport.Plan
	err := row.Scan(&p.ID, &p.Pair, (*timestamp)(&p.At), &p.Setting, &p.Cancelled, (*timestamp)(&p.CreatedAt))
	return p, err
}

// CreatePlan keeps a coffee that the actor plans with the person of one of their
// active pairs, and the messages about it. The pair does not come up by itself
// within a week after it. The zone of p.At decides which day
// the coffee is on, so it is to be the leader's. A plan of the pair that is still
// ahead gives way, with the messages not yet sent about it.
//
// Messages need a kind and an At. A missing PlannedOn is the day of At; a missing
// key is made from plan and kind, and a message whose key was used before is
// left out.
func (s *Store) CreatePlan(ctx context.Context, sc rapport.Scope, p rapport.Plan, messages []rapport.Message, key string,
) (rapport.Plan, error) {
	on := rapport.DateOf(p.At)
	p.ID, p.At, p.Cancelled, p.CreatedAt = newID(), moment(p.At), false, s.now()
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockPair(ctx, a, sc, p.Pair)
		if err != nil {
			return err
		}
		if err := s.cancelPlans(ctx, a, pair.ID); err != nil {
			return err
		}
		if err := insertPlan(ctx, a, p, on); err != nil {
			return err
		}
		if err := holdUntil(ctx, a, pair.ID, on.AddDays(rapport.OnePerPerson)); err != nil {
			return err
		}
		for _, m := range messages {
			m.ID, m.Leader, m.Pair, m.Plan = newID(), pair.Leader, pair.ID, p.ID
			if m.PlannedOn.IsZero() {
				m.PlannedOn = rapport.DateOf(m.At)
			}
			if m.Key == "" {
				m.Key = p.ID + "/" + string(m.Kind)
			}
			if _, err := insertMessage(ctx, a, sc.Workspace, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return rapport.Plan{}, fmt.Errorf("create plan: %w", err)
	}
	return p, nil
}

// holdUntil keeps a pair from coming up before the day: two who have a coffee
// planned need no nudge.
func holdUntil(ctx context.Context, a access, pair string, on rapport.Date) error {
	_, err := a.exec(ctx, `
		UPDATE pairs
		SET next_on = CASE WHEN next_on < $2 THEN $2 ELSE next_on END
		WHERE id = $1`,
		pair, day(on))
	return err
}

// stillOn is for how long after its time a coffee may be one that is moved, not
// one that was held.
const stillOn = 2 * time.Hour

// cancelPlans gives up the pair's plans that are still ahead or have only begun.
func (s *Store) cancelPlans(ctx context.Context, a access, pair string) error {
	cancelled, err := all(ctx, a, scanString, `
		UPDATE plans
		SET cancelled = TRUE
		WHERE pair = $1 AND NOT cancelled AND at > $2
		RETURNING id`,
		pair, timestamp(s.now().Add(-stillOn)))
	if err != nil {
		return err
	}
	for _, id := range cancelled {
		if _, err := a.exec(ctx, "DELETE FROM messages WHERE plan = $1 AND state = 'pending'", id); err != nil {
			return err
		}
	}
	return nil
}

func insertPlan(ctx context.Context, a access, p rapport.Plan, on rapport.Date) error {
	_, err := a.exec(ctx, `
		INSERT INTO plans (id, pair, at, on_day, setting, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		p.ID, p.Pair, timestamp(p.At), day(on), p.Setting, timestamp(p.CreatedAt))
	return err
}

// Plan returns a plan of one of the actor's active pairs.
func (s *Store) Plan(ctx context.Context, sc rapport.Scope, id string) (rapport.Plan, error) {
	p, err := ownPlan(ctx, s.read(), sc, id)
	if err != nil {
		return rapport.Plan{}, fmt.Errorf("read plan: %w", err)
	}
	return p, nil
}

func ownPlan(ctx context.Context, a access, sc rapport.Scope, id string) (rapport.Plan, error) {
	return one(ctx, a, scanPlan, `
		SELECT`+planColumns+`
		FROM plans
		WHERE id = $1
		  AND EXISTS (
			SELECT 1
			FROM pairs
			WHERE pairs.id = plans.pair
			  AND pairs.workspace = $2
			  AND pairs.leader = $3
			  AND pairs.state = 'active')`,
		id, sc.Workspace, sc.Actor)
}
