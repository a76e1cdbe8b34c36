package store

import (
	"context"

	"innerview/rapport"
)

// pair adds what hangs on a pair of the user's.
func (c *collector) pair(ctx context.Context, p rapport.Pair) error {
	of := SubjectItem{Role: asPerson, With: p.Leader}
	if p.Leader == c.user {
		of.Role, of.With = asLeader, p.Person
	}
	c.add(pairItem(of, p, c.today))
	o := c.opener(p.ID)
	for _, gather := range []func(context.Context, SubjectItem, rapport.Pair, *opener) error{
		c.notes, c.promises, c.shared, c.talks, c.ideas,
	} {
		if err := gather(ctx, of, p, o); err != nil {
			return err
		}
	}
	blocked, err := blockedTopics(ctx, c.a, p.ID)
	c.topics(of, Wishes{Blocked: blocked})
	return err
}

func pairItem(it SubjectItem, p rapport.Pair, today rapport.Date) SubjectItem {
	it.Kind, it.On = "pair", p.CreatedOn
	if p.State == rapport.Ended {
		it.Until = p.EndedOn.AddDays(restorable - 1)
	}
	awayOn, awayUntil := p.AbsenceOn(today)
	it.Detail = map[string]string{
		"state": string(p.State), "origin": string(p.Origin), "language": string(p.Language),
		"rhythm_days": count(p.RhythmDays), "since": p.Since.String(), "next_on": p.NextOn.String(),
		"last_talk_on": p.LastTalkOn.String(), "may_be_asked": p.History.Pace().Depth.String(), "country": p.Country,
		"away_on": awayOn.String(), "away_until": awayUntil.String(), "probation_until": p.ProbationUntil.String(),
		"evaluation_on": p.EvaluationOn.String(), "intent_on": p.IntentOn.String(),
	}
	return it
}

func (c *collector) notes(ctx context.Context, of SubjectItem, p rapport.Pair, o *opener) error {
	notes, err := notesKept(ctx, c.a, o, o, p.ID, c.today)
	for _, n := range notes {
		of.Kind, of.On, of.Until, of.Text = "note", dayOf(n.CreatedAt), n.ExpiresOn, n.Text
		of.Detail = map[string]string{"kind": string(n.Kind), "ask_on": n.AskOn.String()}
		c.add(of)
		if n.Word.Added() {
			of.Kind, of.On, of.Text, of.Detail = "word_on_note", dayOf(n.Word.AddedAt), n.Word.Text, nil
			c.add(of)
		}
	}
	return err
}

func (c *collector) promises(ctx context.Context, of SubjectItem, p rapport.Pair, o *opener) error {
	promises, err := promisesKept(ctx, c.a, o, p.ID, c.today)
	for _, made := range promises {
		of.Kind, of.On, of.Until, of.Text = "promise", made.MadeOn, made.KeptUntil(), made.Text
		of.Detail = map[string]string{
			"state": string(made.State), "due_on": made.DueOn.String(), "closed_on": made.ClosedOn.String(),
		}
		c.add(of)
	}
	return err
}

// shared adds what two have in common, and what the leader noted once for good.
func (c *collector) shared(ctx context.Context, of SubjectItem, p rapport.Pair, o *opener) error {
	commons, err := commonsKept(ctx, c.a, o, p.ID, c.today)
	if err != nil {
		return err
	}
	for _, common := range commons {
		of.Kind, of.On, of.Until, of.Text = "in_common", common.CreatedOn, common.ExpiresOn, common.Text
		c.add(of)
	}
	tags, err := tagsKept(ctx, c.a, o, p.ID, c.today)
	for _, t := range tags {
		of.Kind, of.On, of.Until, of.Text = string(t.Kind), rapport.Date{}, t.ExpiresOn, t.Text
		c.add(of)
	}
	return err
}

func (c *collector) talks(ctx context.Context, of SubjectItem, p rapport.Pair, _ *opener) error {
	talks, err := lastTalks(ctx, c.a, p.ID, c.today, everyTalk)
	for _, t := range talks {
		of.Kind, of.On, of.Until = "talk", t.On, t.KeptUntil()
		of.Detail = map[string]string{"outcome": string(t.Outcome), "setting": string(t.Setting), "starter": t.Starter}
		c.add(of)
	}
	return err
}

// ideas adds the starters that were shown, and the coffees that were planned.
func (c *collector) ideas(ctx context.Context, of SubjectItem, p rapport.Pair, _ *opener) error {
	offers, err := offersOf(ctx, c.a, p.ID, rapport.AtOnce)
	if err != nil {
		return err
	}
	for _, shown := range offers {
		of.Kind, of.On, of.Until = "idea", shown.ShownOn, shown.ShownOn.AddDays(keepPast)
		of.Detail = map[string]string{"starter": shown.Starter, "topic": shown.Topic, "state": string(shown.State)}
		c.add(of)
	}
	plans, err := all(ctx, c.a, scanPlan, "SELECT"+planColumns+" FROM plans WHERE pair = $1 ORDER BY at, id", p.ID)
	for _, plan := range plans {
		of.Kind, of.On, of.Until = "coffee", dayOf(plan.At), dayOf(plan.At).AddDays(keepPast)
		of.Detail = map[string]string{"setting": string(plan.Setting), "cancelled": yes(plan.Cancelled)}
		c.add(of)
	}
	return err
}
