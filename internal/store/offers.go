package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

const offerColumns = `
	id,
	root,
	pair,
	starter,
	level,
	topic,
	setting,
	state,
	swaps,
	shown_on,
	shown_at`

func scanOffer(row scanner) (rapport.Offer, error) {
	var o rapport.Offer
	err := row.Scan(&o.ID, &o.Root, &o.Pair, &o.Starter, &o.Level, &o.Topic, &o.Setting,
		&o.State, &o.Swaps, (*day)(&o.ShownOn), (*timestamp)(&o.ShownAt))
	return o, err
}

// Offer returns an offer about one of the actor's active pairs.
func (s *Store) Offer(ctx context.Context, sc rapport.Scope, id string) (rapport.Offer, error) {
	o, err := ownOffer(ctx, s.read(), sc, id)
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("read offer: %w", err)
	}
	return o, nil
}

func ownOffer(ctx context.Context, a access, sc rapport.Scope, id string) (rapport.Offer, error) {
	return one(ctx, a, scanOffer, `
		SELECT`+offerColumns+`
		FROM offers
		WHERE id = $1
		  AND EXISTS (
			SELECT 1
			FROM pairs
			WHERE pairs.id = offers.pair
			  AND pairs.workspace = $2
			  AND pairs.leader = $3
			  AND pairs.state = 'active')`,
		id, sc.Workspace, sc.Actor)
}

// CreateOffer notes a starter that the actor is shown about one of their pairs,
// as the first of its card. The store gives it its id, its state and, where
// they are missing, day and time.
func (s *Store) CreateOffer(ctx context.Context, sc rapport.Scope, o rapport.Offer, key string) (rapport.Offer, error) {
	o.ID = newID()
	o.Root, o.Swaps = o.ID, 0
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		var err error
		o, err = s.showOffer(ctx, a, sc, o)
		return err
	})
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("create offer: %w", err)
	}
	return o, nil
}

// SwapOffer puts another starter in the place of the one that is shown, on the
// same card. When the old one is no longer shown, because it was swapped, used
// or passed, the error is of kind [rapport.Conflict].
func (s *Store) SwapOffer(ctx context.Context, sc rapport.Scope, oldID string, o rapport.Offer, key string,
) (rapport.Offer, error) {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		old, err := ownOffer(ctx, a, sc, oldID)
		if err != nil {
			return err
		}
		if err := answerOffer(ctx, a, old.ID, rapport.OfferSwapped); err != nil {
			return err
		}
		o.ID, o.Root, o.Pair, o.Swaps = newID(), old.Root, old.Pair, old.Swaps+1
		o, err = s.showOffer(ctx, a, sc, o)
		return err
	})
	if err != nil {
		return rapport.Offer{}, fmt.Errorf("swap offer: %w", err)
	}
	return o, nil
}

// PassOffer notes that the actor passes an offer this week; its pair is due
// again on the next date, or later if it was to be later.
func (s *Store) PassOffer(ctx context.Context, sc rapport.Scope, offerID string, next rapport.Date, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		o, err := ownOffer(ctx, a, sc, offerID)
		if err != nil {
			return err
		}
		if err := answerOffer(ctx, a, o.ID, rapport.OfferPassed); err != nil {
			return err
		}
		if err := holdUntil(ctx, a, o.Pair, next); err != nil {
			return err
		}
		return holdCalls(ctx, a, o.Pair, next)
	})
	if err != nil {
		return fmt.Errorf("pass offer: %w", err)
	}
	return nil
}

// showOffer writes an offer and moves its pair's pace.
func (s *Store) showOffer(ctx context.Context, a access, sc rapport.Scope, o rapport.Offer) (rapport.Offer, error) {
	p, err := lockPair(ctx, a, sc, o.Pair)
	if err != nil {
		return rapport.Offer{}, err
	}
	o = s.shown(o)
	if err := insertOffer(ctx, a, o); err != nil {
		return rapport.Offer{}, err
	}
	return o, savePair(ctx, a, p.Offered(o.Level, o.ShownOn))
}

func (s *Store) shown(o rapport.Offer) rapport.Offer {
	o.State, o.ShownAt = rapport.OfferShown, moment(o.ShownAt)
	if o.ShownAt.IsZero() {
		o.ShownAt = s.now()
	}
	if o.ShownOn.IsZero() {
		o.ShownOn = rapport.DateOf(o.ShownAt)
	}
	return o
}

func insertOffer(ctx context.Context, a access, o rapport.Offer) error {
	_, err := a.exec(ctx, `
		INSERT INTO offers (id, root, pair, starter, level, topic, setting, state, swaps, shown_on, shown_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		o.ID, o.Root, o.Pair, o.Starter, o.Level, o.Topic, o.Setting,
		o.State, o.Swaps, day(o.ShownOn), timestamp(o.ShownAt))
	return err
}

// answerOffer settles an offer that is still shown.
func answerOffer(ctx context.Context, a access, id string, state rapport.OfferState) error {
	n, err := a.exec(ctx, "UPDATE offers SET state = $2 WHERE id = $1 AND state = 'shown'", id, state)
	if err == nil && n == 0 {
		err = alreadyAnswered()
	}
	return err
}

func alreadyAnswered() error {
	return &rapport.Error{Kind: rapport.Conflict, Key: "error.already_answered"}
}

// MessageOfOffer returns the message that carried the card of an offer about
// one of the actor's active pairs. An offer shown in answer to a command has
// none: [rapport.ErrNotFound].
func (s *Store) MessageOfOffer(ctx context.Context, sc rapport.Scope, offerID string) (rapport.Message, error) {
	o, err := ownOffer(ctx, s.read(), sc, offerID)
	if err != nil {
		return rapport.Message{}, fmt.Errorf("read offer: %w", err)
	}
	m, err := one(ctx, s.read(), scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE offer = $1 AND kind NOT IN ($2, $3)`,
		o.Root, rapport.KindReminder, rapport.KindFollowUp)
	if err != nil {
		return rapport.Message{}, fmt.Errorf("read message of offer: %w", err)
	}
	return m, nil
}
