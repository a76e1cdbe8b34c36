package store

import (
	"context"
	"fmt"

	"innerview/rapport"
)

// How far back a choice looks, in days.
const (
	pastOffers       = keepPast // of the pair: as long as they are kept
	pastLeaderOffers = 21       // of the leader's other pairs
)

// How many talks a choice looks at.
const (
	pastTalks      = 5
	pastTalkTopics = 2
)

// Past returns what has been between two people, as far as it bears on what they
// are offered on the day: the pair's offers of 395 days, those of 21 days about
// the leader's other people, the last five talks, and the topics that are welcome
// or to be left alone, the person's own wishes among them.
func (s *Store) Past(ctx context.Context, workspace string, pair rapport.Pair, today rapport.Date,
) (rapport.Past, error) {
	past, err := s.past(ctx, s.read(), workspace, pair, today)
	if err != nil {
		return rapport.Past{}, fmt.Errorf("read past: %w", err)
	}
	return past, nil
}

func (s *Store) past(ctx context.Context, a access, workspace string, pair rapport.Pair, today rapport.Date,
) (p rapport.Past, err error) {
	if p.Offers, err = offersOf(ctx, a, pair.ID, today.AddDays(-pastOffers)); err != nil {
		return p, err
	}
	if p.LeaderOffers, err = otherOffers(ctx, a, workspace, pair, today.AddDays(-pastLeaderOffers)); err != nil {
		return p, err
	}
	if p.Talks, err = lastTalks(ctx, a, pair.ID, today, pastTalks); err != nil {
		return p, err
	}
	if p.TalkTopics, err = talkTopics(ctx, a, pair.ID, today); err != nil {
		return p, err
	}
	if p.Blocked, err = blockedTopics(ctx, a, pair.ID); err != nil {
		return p, err
	}
	if p.Interest, err = s.tag(ctx, a, workspace, pair.ID, Interest, today); err != nil {
		return p, err
	}
	if p.Strength, err = s.tag(ctx, a, workspace, pair.ID, Strength, today); err != nil {
		return p, err
	}
	if p.Promise, err = duePromise(ctx, a, pair.ID, today); err != nil {
		return p, err
	}
	if p.AskAfter, err = noteToAskAfter(ctx, a, pair.ID, today); err != nil {
		return p, err
	}
	w, err := wishes(ctx, a, workspace, pair.Person)
	return heed(p, w), err
}

// duePromise returns the id of the open promise that has been due longest.
func duePromise(ctx context.Context, a access, pair string, today rapport.Date) (string, error) {
	return first(all(ctx, a, scanString, `
		SELECT id
		FROM promises
		WHERE pair = $1 AND state = 'open' AND due_on <= $2`+lasting("promises", "$2")+`
		ORDER BY due_on, id
		LIMIT 1`,
		pair, day(today)))
}

// noteToAskAfter returns the id of the oldest live note worth coming back to.
func noteToAskAfter(ctx context.Context, a access, pair string, today rapport.Date) (string, error) {
	return first(all(ctx, a, scanString, `
		SELECT id
		FROM notes
		WHERE pair = $1 AND ask_on <= $2 AND expires_on >= $2
		ORDER BY ask_on, id
		LIMIT 1`,
		pair, day(today)))
}

func first(ids []string, err error) (string, error) {
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

func offersOf(ctx context.Context, a access, pair string, since rapport.Date) ([]rapport.Offer, error) {
	return all(ctx, a, scanOffer, `
		SELECT`+offerColumns+`
		FROM offers
		WHERE pair = $1 AND shown_on >= $2
		ORDER BY shown_on DESC, shown_at DESC, id DESC`,
		pair, day(since))
}

func otherOffers(ctx context.Context, a access, workspace string, pair rapport.Pair, since rapport.Date,
) ([]rapport.Offer, error) {
	return all(ctx, a, scanOffer, `
		SELECT`+offerColumns+`
		FROM offers
		WHERE shown_on >= $4
		  AND pair IN (
			SELECT pairs.id
			FROM pairs
			WHERE pairs.workspace = $1
			  AND pairs.leader = $2
			  AND pairs.state = 'active'
			  AND pairs.id <> $3)
		ORDER BY shown_on DESC, shown_at DESC, id DESC`,
		workspace, pair.Leader, pair.ID, day(since))
}

// talkTopics reads the topics of the last talks; a talk without one has none to
// tell.
func talkTopics(ctx context.Context, a access, pair string, today rapport.Date) ([]string, error) {
	return all(ctx, a, scanString, `
		SELECT topic
		FROM (
			SELECT topic
			FROM talks
			WHERE pair = $1`+keptTalks+`
			ORDER BY on_day DESC, recorded_at DESC, id DESC
			LIMIT 0 + $6) AS latest
		WHERE topic <> ''`,
		append(keptTalksOn(pair, today), pastTalkTopics)...)
}
