package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

// Delivery is everything needed to say a message. What the message does not
// speak of is zero.
type Delivery struct {
	Message rapport.Message
	Leader  rapport.Leader
	Pair    rapport.Pair
	Offer   rapport.Offer
	Plan    rapport.Plan
}

// Delivery returns a message with everything it speaks of.
func (s *Store) Delivery(ctx context.Context, workspace, messageID string) (Delivery, error) {
	d, err := readDelivery(ctx, s.read(), workspace, messageID)
	if err != nil {
		return Delivery{}, fmt.Errorf("read delivery: %w", err)
	}
	return d, nil
}

func readDelivery(ctx context.Context, a access, workspace, id string) (d Delivery, err error) {
	d.Message, err = one(ctx, a, scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE id = $1 AND workspace = $2`,
		id, workspace)
	if err != nil {
		return d, err
	}
	if d.Leader, err = readLeader(ctx, a, workspace, d.Message.Leader); err != nil {
		return d, err
	}
	if d.Message.Pair != "" {
		d.Pair, err = one(ctx, a, scanPair, "SELECT"+pairColumns+" FROM pairs WHERE id = $1", d.Message.Pair)
		if err != nil {
			return d, err
		}
	}
	if d.Message.Offer != "" {
		d.Offer, err = one(ctx, a, scanOffer, "SELECT"+offerColumns+" FROM offers WHERE id = $1", d.Message.Offer)
		if err != nil {
			return d, err
		}
	}
	if d.Message.Plan != "" {
		d.Plan, err = one(ctx, a, scanPlan, "SELECT"+planColumns+" FROM plans WHERE id = $1", d.Message.Plan)
	}
	return d, err
}
