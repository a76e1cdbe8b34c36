package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// correctable reports whether a talk can still be changed.
func correctable(r *request, t rapport.Talk) bool {
	return r.local.Sub(t.RecordedAt) <= rapport.Correctable*24*time.Hour
}

// actPutRight opens the modal for a talk from where it was said to be noted.
func (b *Bot) actPutRight(ctx context.Context, r *request, p press) (reply, error) {
	t, err := b.store.Talk(ctx, r.scope, p.ref.Talk, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read a talk: %w", err)
	}
	if !correctable(r, t) {
		return reply{}, &rapport.Error{Kind: rapport.Conflict, Key: "error.talk_settled"}
	}
	pair, err := b.store.PairByID(ctx, r.scope, t.Pair)
	if err != nil {
		return reply{}, fmt.Errorf("read a pair: %w", err)
	}
	return b.openEditTalk(ctx, r, pair, t)
}

func (b *Bot) openEditTalk(ctx context.Context, r *request, pair rapport.Pair, t rapport.Talk) (reply, error) {
	ref := r.over(view.Ref{Talk: t.ID, Card: b.askedOn(r)})
	return b.open(ctx, r, view.EditTalkModal(r.p, ref, pair.Person, view.TalkEdit{On: t.On, Outcome: t.Outcome}))
}

// showRight says how a talk stands that was put right: where that was asked for, and
// on its cards in the DM.
func (b *Bot) showRight(ctx context.Context, r *request, ref view.Ref, done store.Recorded, out *reply) {
	said, err := b.standsNow(ctx, r, done.After, done.Talk)
	if err != nil {
		b.log.Warn("a talk could not be said anew", slog.Any("error", err))
		return
	}
	elsewhere := said
	elsewhere.Promise = false // what is asked after a talk is asked once
	settled := view.Settled(r.p, elsewhere)
	out.card, out.cards = &settled, b.cardsOf(ctx, r, done.Talk, ref.Card)
	if !b.drawAsked(ctx, r, ref.Card, said, out) && !ref.Brief {
		v := view.Saved(r.p, said)
		out.view = &v
	}
}

// standsNow is the answer to a talk that was recorded before, with what was promised
// since, or the question whether anything was.
func (b *Bot) standsNow(ctx context.Context, r *request, pair rapport.Pair, t rapport.Talk) (view.Done, error) {
	standing, err := b.people(ctx, []rapport.Pair{pair})
	if err != nil {
		return view.Done{}, err
	}
	promises, err := b.store.Promises(ctx, r.scope, pair.ID, r.today)
	if err != nil {
		return view.Done{}, fmt.Errorf("read the promises: %w", err)
	}
	done, open := b.doneAgain(r, pair.Resting(standing[pair.Person]), t), 0
	for _, made := range promises {
		if made.State != rapport.PromiseOpen {
			continue
		}
		if open++; !made.MadeOn.Before(rapport.DateOf(t.RecordedAt.In(r.local.Location()))) {
			done.Saved = r.p.T("promise.saved", "When", r.p.Date(made.DueOn))
		}
	}
	done.Promise = t.Outcome.Counts() && done.Saved == "" && open < rapport.PromisesPerPair
	return done, nil
}

// cardsOf returns where cards stand that tell of a talk, but for one of them.
func (b *Bot) cardsOf(ctx context.Context, r *request, t rapport.Talk, but string) []posted {
	sent, err := b.store.MessagesOfTalk(ctx, r.scope, t.ID)
	if err != nil {
		b.log.Warn("the cards of a talk could not be found", slog.Any("error", err))
		return nil
	}
	var at []posted
	for _, m := range sent {
		if m.TS != but {
			at = append(at, posted{m.Channel, m.TS})
		}
	}
	return at
}

// settleAnswered settles the message about a planned moment of which it is known
// already how it went, and says why the press did nothing. Anything else that was
// refused is returned.
func (b *Bot) settleAnswered(ctx context.Context, r *request, ref view.Ref, refused error) (reply, error) {
	var e *rapport.Error
	if ref.Plan == "" || !errors.As(refused, &e) || e.Kind != rapport.Conflict {
		return reply{}, refused
	}
	t, err := b.store.TalkOfPlan(ctx, r.scope, ref.Plan, r.today)
	if rapport.KindOf(err) == rapport.NotFound {
		return reply{}, refused
	}
	if err != nil {
		return reply{}, fmt.Errorf("read the talk of a plan: %w", err)
	}
	pair, err := b.store.PairByID(ctx, r.scope, t.Pair)
	if err != nil {
		return reply{}, fmt.Errorf("read a pair: %w", err)
	}
	done, err := b.standsNow(ctx, r, pair, t)
	if err != nil {
		return reply{}, err
	}
	out := b.answered(ctx, r, done)
	if out.replace != nil && r.channel != "" {
		m := view.Say(r.p, sentence(r.p, e))
		out.say = &m
	}
	return out, nil
}
