package store

import (
	"context"
	"fmt"
	"slices"

	"innerview/internal/seal"
	"innerview/rapport"
)

const promiseColumns = `
	id,
	pair,
	text,
	state,
	made_on,
	due_on,
	closed_on,
	expires_on`

// sealedPromise is a promise as its row holds it.
type sealedPromise struct {
	promise rapport.Promise
	text    []byte
}

func scanPromise(row scanner) (sealedPromise, error) {
	var p sealedPromise
	err := row.Scan(&p.promise.ID, &p.promise.Pair, &p.text, &p.promise.State,
		(*day)(&p.promise.MadeOn), (*day)(&p.promise.DueOn), (*day)(&p.promise.ClosedOn), (*day)(&p.promise.ExpiresOn))
	return p, err
}

func promiseText(id string) seal.Place {
	return seal.Place{Table: "promises", Row: id, Column: "text"}
}

// AddPromise keeps something the actor said they would do for the person of one
// of their active pairs, sealed. One more than [rapport.PromisesPerPair] open ones is
// [rapport.Invalid]. Its length and its day are for the caller to hold.
func (s *Store) AddPromise(ctx context.Context, sc rapport.Scope, pairID string, p rapport.Promise, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockPair(ctx, a, sc, pairID)
		if err != nil {
			return err
		}
		return s.addPromise(ctx, a, sc.Workspace, pair.ID, p)
	})
	return wrap("add promise", err)
}

func (s *Store) addPromise(ctx context.Context, a access, workspace, pair string, p rapport.Promise) error {
	open, err := openPromises(ctx, a, pair, p.MadeOn)
	if err != nil {
		return err
	}
	if open >= rapport.PromisesPerPair {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.promises_full", Field: "promise"}
	}
	key, err := s.ensureDataKey(ctx, a, workspace, pair)
	if err != nil {
		return err
	}
	id := newID()
	text, err := key.Seal(promiseText(id), p.Text.Reveal())
	if err != nil {
		return err
	}
	_, err = a.exec(ctx, `
		INSERT INTO promises (id, pair, text, state, made_on, due_on, created_at, expires_on, call_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		id, pair, text, rapport.PromiseOpen, day(p.MadeOn), day(p.DueOn), timestamp(s.now()), day(p.ExpiresOn), day(p.CallOn()))
	return err
}

func openPromises(ctx context.Context, a access, pair string, today rapport.Date) (int, error) {
	return one(ctx, a, scanInt, "SELECT COUNT(*) FROM promises WHERE pair = $1 AND state = 'open'"+lasting("promises", "$2"),
		pair, day(today))
}

// promiseLate reports whether a promise of the pair had been open so long on the
// day that it holds the depth.
func promiseLate(ctx context.Context, a access, pair string, on rapport.Date) (bool, error) {
	promises, err := all(ctx, a, scanPromise, `
		SELECT`+promiseColumns+`
		FROM promises
		WHERE pair = $1 AND (state = 'open' OR closed_on > $2)`+lasting("promises", "$2"),
		pair, day(on))
	late := func(p sealedPromise) bool { return p.promise.Late(on) }
	return slices.ContainsFunc(promises, late), err
}

// Promises returns the promises of one of the actor's active pairs: the open
// ones first, by their day, then the closed ones, newest first. Those that are to
// be kept no longer on the day are left out.
func (s *Store) Promises(ctx context.Context, sc rapport.Scope, pairID string, today rapport.Date) ([]rapport.Promise, error) {
	if _, err := ownPair(ctx, s.read(), sc, pairID); err != nil {
		return nil, fmt.Errorf("read pair: %w", err)
	}
	found, err := all(ctx, s.read(), scanPromise, `
		SELECT`+promiseColumns+`
		FROM promises
		WHERE pair = $1
		ORDER BY state <> 'open', closed_on DESC, due_on, id`,
		pairID)
	found = promisesOn(found, today)
	if err != nil || len(found) == 0 {
		return nil, wrap("read promises", err)
	}
	return s.unsealPromises(ctx, sc.Workspace, found)
}

// promisesOn returns those that are kept on the day.
func promisesOn(found []sealedPromise, today rapport.Date) []sealedPromise {
	return slices.DeleteFunc(found, func(p sealedPromise) bool { return !p.promise.Kept(today) })
}

// OpenPromises returns the open promises of all the actor's active pairs, by their
// day, as far as they are kept on the day.
func (s *Store) OpenPromises(ctx context.Context, sc rapport.Scope, today rapport.Date) ([]rapport.Promise, error) {
	found, err := all(ctx, s.read(), scanPromise, `
		SELECT`+promiseColumns+`
		FROM promises
		WHERE state = 'open'
		  AND pair IN (SELECT id FROM pairs WHERE workspace = $1 AND leader = $2 AND state = 'active')
		ORDER BY due_on, id`,
		sc.Workspace, sc.Actor)
	if err != nil {
		return nil, fmt.Errorf("read open promises: %w", err)
	}
	return s.unsealPromises(ctx, sc.Workspace, promisesOn(found, today))
}

func (s *Store) unsealPromises(ctx context.Context, workspace string, found []sealedPromise) ([]rapport.Promise, error) {
	promises := make([]rapport.Promise, 0, len(found))
	for _, p := range found {
		promise, err := s.openPromise(ctx, workspace, p)
		if err != nil {
			return nil, err
		}
		promises = append(promises, promise)
	}
	return promises, nil
}

// Promise returns a promise of one of the actor's active pairs that is kept on the
// day.
func (s *Store) Promise(ctx context.Context, sc rapport.Scope, id string, today rapport.Date) (rapport.Promise, error) {
	found, err := one(ctx, s.read(), scanPromise, `
		SELECT`+promiseColumns+`
		FROM promises
		WHERE id = $1`+ofActor("promises"),
		id, sc.Workspace, sc.Actor)
	if err == nil && !found.promise.Kept(today) {
		err = rapport.ErrNotFound
	}
	if err != nil {
		return rapport.Promise{}, fmt.Errorf("read promise: %w", err)
	}
	return s.openPromise(ctx, sc.Workspace, found)
}

func (s *Store) openPromise(ctx context.Context, workspace string, p sealedPromise) (rapport.Promise, error) {
	text, err := s.unseal(ctx, workspace, p.promise.Pair, promiseText(p.promise.ID), p.text)
	if err != nil {
		return rapport.Promise{}, fmt.Errorf("open promise %s: %w", p.promise.ID, err)
	}
	p.promise.Text = text
	return p.promise, nil
}

// EditPromise gives an open promise of one of the actor's active pairs other words
// and other days. A closed one is [rapport.Conflict].
func (s *Store) EditPromise(ctx context.Context, sc rapport.Scope, p rapport.Promise, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		pair, err := lockOwner(ctx, a, sc, "promises", p.ID)
		if err != nil {
			return err
		}
		data, err := s.ensureDataKey(ctx, a, sc.Workspace, pair.ID)
		if err != nil {
			return err
		}
		text, err := data.Seal(promiseText(p.ID), p.Text.Reveal())
		if err != nil {
			return err
		}
		n, err := a.exec(ctx, `
			UPDATE promises SET
				text = $2,
				call_on = CASE WHEN due_on = $3 THEN call_on ELSE $5 END,
				due_on = $3,
				expires_on = $4
			WHERE id = $1 AND state = 'open'`,
			p.ID, text, day(p.DueOn), day(p.ExpiresOn), day(p.CallOn()))
		return settledPromise(n, err)
	})
	return wrap("edit promise", err)
}

// ClosePromise notes on the day that a promise of one of the actor's active pairs
// was kept, or withdrawn. One that is closed already is [rapport.Conflict].
func (s *Store) ClosePromise(ctx context.Context, sc rapport.Scope, id string, as rapport.PromiseState,
	today rapport.Date, key string,
) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		if _, err := lockOwner(ctx, a, sc, "promises", id); err != nil {
			return err
		}
		n, err := a.exec(ctx, "UPDATE promises SET state = $2, closed_on = $3 WHERE id = $1 AND state = 'open'",
			id, as, day(today))
		return settledPromise(n, err)
	})
	return wrap("close promise", err)
}

func settledPromise(changed int, err error) error {
	if err == nil && changed == 0 {
		err = &rapport.Error{Kind: rapport.Conflict, Key: "error.promise_closed"}
	}
	return err
}

// DeletePromise destroys a promise of one of the actor's active pairs.
func (s *Store) DeletePromise(ctx context.Context, sc rapport.Scope, id, key string) error {
	return wrap("delete promise", s.deleteOwn(ctx, sc, "promises", id, key))
}

// MessagesAbout returns the messages to the actor about a promise or a note that
// have arrived, the oldest first.
func (s *Store) MessagesAbout(ctx context.Context, sc rapport.Scope, about rapport.About, item string) ([]rapport.Message, error) {
	sent, err := all(ctx, s.read(), scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE workspace = $1
		  AND leader = $2
		  AND about = $3
		  AND item = $4
		  AND state = 'sent'
		ORDER BY planned_on, id`,
		sc.Workspace, sc.Actor, about, item)
	return sent, wrap("read messages about something", err)
}
