package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"innerview/rapport"
)

const planColumns = `
	id,
	pair,
	at,
	minutes,
	setting,
	cancelled,
	created_at`

func scanPlan(row scanner) (rapport.Plan, error) {
	var p rapport.Plan
	err := row.Scan(&p.ID, &p.Pair, (*timestamp)(&p.At), &p.Minutes, &p.Setting, &p.Cancelled, (*timestamp)(&p.CreatedAt))
	return p, err
}

// CreatePlan keeps a coffee that the actor plans with the person of one of their
// active pairs, and the messages about it. The pair does not come up by itself
// within a week after it. The zone of p.At decides which day
// the coffee is on, so it is to be the leader's. A plan of the pair that is still
// ahead is moved to this one: it gives way, with the messages not yet sent about
// it, and holds the pair no longer.
//
// Messages need a kind and an At. A missing PlannedOn is the day of At; a missing
// key is made from plan and kind, and a message whose key was used before is
// left out.
func (s *Store) CreatePlan(ctx context.Context, sc rapport.Scope, p rapport.Plan, messages []rapport.Message, key string,
) (rapport.Plan, error) {
	on, today := rapport.DateOf(p.At), rapport.DateOf(s.now().In(p.At.Location()))
	p.ID, p.At, p.Cancelled, p.CreatedAt = newID(), moment(p.At), false, s.now()
	if p.Minutes == 0 {
		p.Minutes = rapport.PlanMinutes
	}
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockPair(ctx, a, sc, p.Pair)
		if err != nil {
			return err
		}
		if err := insertPlan(ctx, a, p, on); err != nil {
			return err
		}
		if err := s.movePlans(ctx, a, p, today); err != nil {
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

// held returns the pair with a next date that is no sooner than what it has planned
// allows.
func (s *Store) held(ctx context.Context, a access, p rapport.Pair) (rapport.Pair, error) {
	days, err := all(ctx, a, scanDay, `
		SELECT on_day
		FROM plans
		WHERE pair = $1 AND NOT cancelled AND at > $2`,
		p.ID, timestamp(s.now()))
	for _, on := range days {
		if next := on.AddDays(rapport.OnePerPerson); next.After(p.NextOn) {
			p.NextOn = next
		}
	}
	return p, err
}

// CancelPlan calls a coffee off, with the messages not yet sent about it; one that
// was moved, where it was moved to. The pair comes up again within a week of the
// day, if only the coffee held it back. One that was called off before or is over
// is a [rapport.Conflict].
func (s *Store) CancelPlan(ctx context.Context, sc rapport.Scope, id string, today rapport.Date, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		plan, err := ownPlan(ctx, a, sc, id)
		if err != nil {
			return err
		}
		if _, err := lockPair(ctx, a, sc, plan.Pair); err != nil {
			return err
		}
		if plan, err = standing(ctx, a, plan); err != nil {
			return err
		}
		switch {
		case plan.Cancelled:
			return &rapport.Error{Kind: rapport.Conflict, Key: "error.plan_off"}
		case !plan.At.After(s.now().Add(-stillOn)):
			return &rapport.Error{Kind: rapport.Conflict, Key: "error.plan_over"}
		}
		if err := a.must(ctx, "UPDATE plans SET cancelled = TRUE WHERE id = $1", plan.ID); err != nil {
			return err
		}
		if _, err := a.exec(ctx, "DELETE FROM messages WHERE plan = $1 AND state = 'pending'", plan.ID); err != nil {
			return err
		}
		return letGo(ctx, a, plan.ID, today)
	})
	if err != nil {
		return fmt.Errorf("cancel plan: %w", err)
	}
	return nil
}

// standing returns the plan that a plan has been moved to, however often; the plan
// itself where it was not.
func standing(ctx context.Context, a access, p rapport.Plan) (rapport.Plan, error) {
	for {
		next, err := one(ctx, a, scanPlan, `
			SELECT`+planColumns+`
			FROM plans
			WHERE id = (SELECT moved_to FROM plans WHERE id = $1)`,
			p.ID)
		if errors.Is(err, rapport.ErrNotFound) {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		p = next
	}
}

// letGo undoes what holdUntil did for a plan, as far as it bears on the time
// after the coming week.
func letGo(ctx context.Context, a access, id string, today rapport.Date) error {
	on, err := one(ctx, a, scanDay, "SELECT on_day FROM plans WHERE id = $1", id)
	if err != nil {
		return err
	}
	soon := today.AddDays(rapport.AfterNudge)
	_, err = a.exec(ctx, `
		UPDATE pairs
		SET next_on = $3
		WHERE id = (SELECT pair FROM plans WHERE id = $1) AND next_on = $2 AND next_on > $3`,
		id, day(on.AddDays(rapport.OnePerPerson)), day(soon))
	return err
}

// Plans returns what the actor has planned with the persons of their active
// pairs and is not over yet, the next first.
func (s *Store) Plans(ctx context.Context, sc rapport.Scope) ([]rapport.Plan, error) {
	plans, err := all(ctx, s.read(), scanPlan, `
		SELECT`+planColumns+`
		FROM plans
		WHERE NOT cancelled
		  AND at > $3
		  AND pair IN (
			SELECT pairs.id
			FROM pairs
			WHERE pairs.workspace = $1 AND pairs.leader = $2 AND pairs.state = 'active')
		ORDER BY at, id`,
		sc.Workspace, sc.Actor, timestamp(s.now().Add(-stillOn)))
	if err != nil {
		return nil, fmt.Errorf("read plans: %w", err)
	}
	return plans, nil
}

// stillOn is for how long after its time a coffee may be one that is moved, not
// one that was held.
const stillOn = 2 * time.Hour

// movePlans gives up what else is planned with the pair and is still ahead or has
// only begun: it was moved to the plan.
func (s *Store) movePlans(ctx context.Context, a access, to rapport.Plan, today rapport.Date) error {
	moved, err := all(ctx, a, scanString, `
		UPDATE plans
		SET cancelled = TRUE, moved_to = $2
		WHERE pair = $1 AND id <> $2 AND NOT cancelled AND at > $3
		RETURNING id`,
		to.Pair, to.ID, timestamp(s.now().Add(-stillOn)))
	if err != nil {
		return err
	}
	for _, id := range moved {
		if _, err := a.exec(ctx, "DELETE FROM messages WHERE plan = $1 AND state = 'pending'", id); err != nil {
			return err
		}
		if err := letGo(ctx, a, id, today); err != nil {
			return err
		}
	}
	return nil
}

func insertPlan(ctx context.Context, a access, p rapport.Plan, on rapport.Date) error {
	_, err := a.exec(ctx, `
		INSERT INTO plans (id, pair, at, on_day, minutes, setting, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.ID, p.Pair, timestamp(p.At), day(on), p.Minutes, p.Setting, timestamp(p.CreatedAt))
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

// Meetings returns the ids of the actor's active pairs that need nobody to bring
// them together on the day: a moment is planned, or was within a week and is still
// to be asked about.
func (s *Store) Meetings(ctx context.Context, sc rapport.Scope, today rapport.Date) (map[string]bool, error) {
	found, err := meetings(ctx, s.read(), sc.Workspace, sc.Actor, today)
	return found, wrap("read meetings", err)
}

func meetings(ctx context.Context, a access, workspace, leader string, today rapport.Date) (map[string]bool, error) {
	pairs, err := all(ctx, a, scanString, `
		SELECT pair
		FROM plans
		WHERE NOT cancelled
		  AND on_day > $3
		  AND NOT`+planAnswered+`
		  AND pair IN (
			SELECT pairs.id
			FROM pairs
			WHERE pairs.workspace = $1 AND pairs.leader = $2 AND pairs.state = 'active')`,
		workspace, leader, day(today.AddDays(-rapport.OnePerPerson)))
	found := make(map[string]bool, len(pairs))
	for _, id := range pairs {
		found[id] = true
	}
	return found, err
}

// freePairs returns a leader's active pairs without those that are meeting anyhow.
func freePairs(ctx context.Context, a access, workspace, leader string, today rapport.Date) ([]rapport.Pair, error) {
	pairs, err := activePairs(ctx, a, workspace, leader)
	if err != nil {
		return nil, err
	}
	meeting, err := meetings(ctx, a, workspace, leader, today)
	return slices.DeleteFunc(pairs, func(p rapport.Pair) bool { return meeting[p.ID] }), err
}

// planAnswered holds of a plan when it is known how it went: a talk was recorded
// for it, or by hand of its day or a later one.
const planAnswered = `
	EXISTS (
		SELECT 1
		FROM talks
		WHERE talks.pair = plans.pair AND (talks.plan = plans.id OR talks.on_day >= plans.on_day))`

// askedPlan returns a plan of one of the actor's active pairs of which it is still
// to be asked how it went.
func askedPlan(ctx context.Context, a access, sc rapport.Scope, id string) (rapport.Plan, error) {
	id, err := one(ctx, a, scanString, "SELECT id FROM plans WHERE id = $1 AND NOT cancelled AND NOT"+planAnswered, id)
	if err != nil {
		return rapport.Plan{}, err
	}
	return ownPlan(ctx, a, sc, id)
}

// answerPlan refuses a second answer to how a planned moment of the pair went.
func answerPlan(ctx context.Context, a access, pair, id string) error {
	if id == "" {
		return nil
	}
	n, err := one(ctx, a, scanInt, `
		SELECT CASE WHEN`+planAnswered+` THEN 1 ELSE 0 END
		FROM plans
		WHERE id = $1 AND pair = $2`,
		id, pair)
	if err == nil && n > 0 {
		err = alreadyAnswered()
	}
	return err
}

// QuestionAfter returns the message that asked how one of the actor's planned
// moments went. One that a digest asked in its stead, or that was never asked, is
// [rapport.ErrNotFound].
func (s *Store) QuestionAfter(ctx context.Context, sc rapport.Scope, planID string) (rapport.Message, error) {
	m, err := one(ctx, s.read(), scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE plan = $1 AND workspace = $2 AND leader = $3 AND kind = $4 AND state = 'sent'`,
		planID, sc.Workspace, sc.Actor, rapport.KindFollowUp)
	if err != nil {
		return rapport.Message{}, fmt.Errorf("read the question after a plan: %w", err)
	}
	return m, nil
}
