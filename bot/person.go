package bot

import (
	"cmp"
	"context"
	"fmt"

	"innerview/bot/view"
	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/rapport"
)

// usual is what holds for a person of the leader's unless something else is said.
func (b *Bot) usual(l rapport.Leader) view.Usual {
	return view.Usual{
		PerWeek: b.o.PerWeek, RhythmDays: cmp.Or(l.RhythmDays, b.o.Rhythm, rapport.DefaultRhythm),
		Countries: calendar.Countries(),
	}
}

// leastDays returns how many days the number of the actor's people leaves between
// two suggestions of the same person, at the settings of the leader.
func (b *Bot) leastDays(ctx context.Context, r *request, l rapport.Leader) (int, error) {
	people, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return 0, fmt.Errorf("read the pairs: %w", err)
	}
	return b.rhythm(l, rapport.Pair{}, len(people)).Least(), nil
}

// actPerson opens what a leader may say about a person's circumstances.
func (b *Bot) actPerson(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	away, awayUntil := pair.AbsenceOn(r.today)
	usual := b.usual(r.leader)
	if usual.LeastDays, err = b.leastDays(ctx, r, r.leader); err != nil {
		return reply{}, err
	}
	return b.open(ctx, r, view.PersonModal(r.p, r.over(view.Ref{Pair: pair.ID}), view.PersonForm{
		Person: pair.Person, Language: pair.Language, RhythmDays: pair.RhythmDays, Country: pair.Country,
		AwayOn: away, AwayUntil: awayUntil,
		ProbationUntil: pair.ProbationUntil, EvaluationOn: pair.EvaluationOn, Usual: usual,
	}))
}

func (b *Bot) submitPerson(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	f, err := view.ReadPerson(r.state)
	if err != nil {
		return reply{}, err
	}
	pair, _, err := b.about(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	if f.AwayOn.Sub(r.today) > longest || f.AwayUntil.Sub(r.today) > longest*2 {
		return reply{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.away_far", Field: "away_from"}
	}
	err = b.store.SetCircumstances(ctx, r.scope, pair.ID, store.Circumstances{
		Language: f.Language, RhythmDays: f.RhythmDays, Country: f.Country,
		AwayOn: f.AwayOn, AwayUntil: f.AwayUntil, ProbationUntil: f.ProbationUntil, EvaluationOn: f.EvaluationOn,
	}, r.today, r.key)
	if err != nil {
		return reply{}, fmt.Errorf("save circumstances: %w", err)
	}
	v := view.Saved(r.p, view.Done{Warm: r.p.T("person.saved", "Person", r.p.Person(pair.Person))})
	return back(ref, pair.ID, reply{view: &v, home: true}), nil
}
