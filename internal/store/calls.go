package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

// lastingCall is [lasting] for a promise that calls; the second argument is the day.
const lastingCall = " AND (promises.expires_on IS NULL OR promises.expires_on >= $2)"

const calledPairs = `
	SELECT` + pairColumns + `,
	(SELECT MIN(call_on) FROM promises WHERE promises.pair = pairs.id AND promises.state = 'open'` + lastingCall + `)
	FROM pairs
	WHERE id IN (SELECT pair FROM promises WHERE promises.state = 'open' AND call_on <= $2` + lastingCall + `)
	  AND +workspace = $1
	  AND +state = 'active'
	ORDER BY id`

// CalledPairs returns the active pairs of all leaders that a promise brings up by
// the day, whatever their next date, with the day from which it does. What it
// costs follows how many there are.
func (s *Store) CalledPairs(ctx context.Context, workspace string, upTo rapport.Date) ([]rapport.Pair, error) {
	pairs, err := all(ctx, s.read(), scanCalled, calledPairs, workspace, day(upTo))
	if err != nil {
		return nil, fmt.Errorf("read called pairs: %w", err)
	}
	return pairs, nil
}

func scanCalled(row scanner) (rapport.Pair, error) {
	var on day
	p, err := scanPair(withLast(row, &on))
	p.CallOn = rapport.Date(on)
	return p, err
}

// Call is an open promise without its words: when it is due, and from when it
// brings its pair up, no day once it has.
type Call struct {
	Promise       string // id
	DueOn, CallOn rapport.Date
}

// Calls returns the open promises of a pair that are kept on the day, by their day.
func (s *Store) Calls(ctx context.Context, pair string, today rapport.Date) ([]Call, error) {
	calls, err := all(ctx, s.read(), func(row scanner) (c Call, err error) {
		err = row.Scan(&c.Promise, (*day)(&c.DueOn), (*day)(&c.CallOn))
		return c, err
	}, "SELECT id, due_on, call_on FROM promises WHERE pair = $1 AND state = 'open'"+lasting("promises", "$2")+" ORDER BY due_on, id",
		pair, day(today))
	if err != nil {
		return nil, fmt.Errorf("read calls: %w", err)
	}
	return calls, nil
}

// PromiseDay is what is known of the open promises of a pair without their words.
type PromiseDay struct {
	DueOn  rapport.Date // of the one that is due first
	CallOn rapport.Date // from when one of them brings its pair up, no day for none
}

// PromiseDays returns the days of the open promises of the actor's active pairs that
// are kept on the day, by the id of the pair.
func (s *Store) PromiseDays(ctx context.Context, sc rapport.Scope, today rapport.Date) (map[string]PromiseDay, error) {
	type found struct {
		pair string
		PromiseDay
	}
	scan := func(row scanner) (f found, err error) {
		err = row.Scan(&f.pair, (*day)(&f.DueOn), (*day)(&f.CallOn))
		return f, err
	}
	rows, err := all(ctx, s.read(), scan, `
		SELECT promises.pair, MIN(promises.due_on), MIN(promises.call_on)
		FROM promises
		JOIN pairs ON pairs.id = promises.pair
		WHERE pairs.workspace = $1
		  AND pairs.leader = $2
		  AND pairs.state = 'active'
		  AND promises.state = 'open'`+lasting("promises", "$3")+`
		GROUP BY promises.pair`,
		sc.Workspace, sc.Actor, day(today))
	if err != nil {
		return nil, fmt.Errorf("read the days of promises: %w", err)
	}
	days := make(map[string]PromiseDay, len(rows))
	for _, f := range rows {
		days[f.pair] = f.PromiseDay
	}
	return days, nil
}

// PromisesSeen notes that the actor was shown on the day, as they asked, that
// something promised to the person of one of their active pairs is due: it does not
// bring the pair up any more.
func (s *Store) PromisesSeen(ctx context.Context, sc rapport.Scope, pairID string, today rapport.Date) error {
	return wrap("note that promises were seen", s.inTx(ctx, func(a access) error {
		pair, err := lockPair(ctx, a, sc, pairID)
		if err != nil {
			return err
		}
		return broughtUp(ctx, a, pair.ID, today)
	}))
}

// broughtUp ends the calls of the promises of a pair that are due on the day: from
// here on they wait for the person's turn.
func broughtUp(ctx context.Context, a access, pair string, today rapport.Date) error {
	_, err := a.exec(ctx, "UPDATE promises SET call_on = NULL WHERE pair = $1 AND due_on <= $2", pair, day(today))
	return err
}

// callAgain lets the promise of a message that never arrived bring its pair up on
// the day; no day leaves it alone, and so does what was said since of when it
// is to.
func callAgain(ctx context.Context, a access, m rapport.Message, on rapport.Date) error {
	if m.About != rapport.AboutPromise || on.IsZero() {
		return nil
	}
	_, err := a.exec(ctx, "UPDATE promises SET call_on = $2 WHERE id = $1 AND state = 'open' AND call_on IS NULL", m.Item, day(on))
	return err
}

// callArrived ends the call of the promise of a message that arrived, or may have,
// though somebody asked meanwhile that it wait.
func callArrived(ctx context.Context, a access, m rapport.Message) error {
	if m.About != rapport.AboutPromise {
		return nil
	}
	_, err := a.exec(ctx, "UPDATE promises SET call_on = NULL WHERE id = $1 AND due_on <= $2", m.Item, day(m.PlannedOn))
	return err
}

// unsaidMessages are those about a promise that have not arrived yet, and perhaps
// never will.
const unsaidMessages = `
	FROM messages
	WHERE messages.pair = promises.pair
	  AND messages.about = 'promise'
	  AND messages.item = promises.id
	  AND messages.state IN ('pending', 'sending')`

// unsaidPromise holds of an open promise with such a message.
const unsaidPromise = " promises.state = 'open' AND promises.call_on IS NULL AND EXISTS (SELECT 1" + unsaidMessages + ")"

// callUnsaid lets the promises whose messages are about to be dropped bring their
// pairs up after all, from the day after. The condition picks the promises.
func callUnsaid(ctx context.Context, a access, condition string, args ...any) error {
	_, err := a.exec(ctx, "UPDATE promises SET call_on = (SELECT DATE(MAX(planned_on), '+1 day')"+unsaidMessages+") WHERE "+
		condition+" AND"+unsaidPromise, args...)
	return err
}

// holdCalls keeps the promises of a pair from bringing it up before the day, also
// where the message about one is yet to arrive.
func holdCalls(ctx context.Context, a access, pair string, until rapport.Date) error {
	_, err := a.exec(ctx, "UPDATE promises SET call_on = $2 WHERE pair = $1 AND (call_on < $2 OR"+unsaidPromise+")", pair, day(until))
	return err
}
