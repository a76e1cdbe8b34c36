package scheduler

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// World is everything that a year of messages follows from: the leaders and
// their people, as they stand on the first day. A [Scheduler] that only looks
// ahead needs no store.
type World []LeaderWorld

// LeaderWorld is one leader's part of a [World].
type LeaderWorld struct {
	Leader rapport.Leader
	Pairs  []PairWorld
	Sent   []rapport.Message // unasked, of the last weeks
}

// PairWorld is one pair, and what is remembered of it.
type PairWorld struct {
	Pair   rapport.Pair
	Person rapport.Member
	Past   rapport.Past
	// Promises are the open ones, by their day.
	Promises []store.Call
}

// promised returns the pair as its promises leave it on the day: which of them is
// due first, and from when one brings the pair up.
func (p PairWorld) promised(on rapport.Date) PairWorld {
	p.Pair.CallOn, p.Past.Promise = rapport.Date{}, ""
	for _, c := range p.Promises {
		if p.Past.Promise == "" && !c.DueOn.After(on) {
			p.Past.Promise = c.Promise
		}
		if at := p.Pair.CallOn; !c.CallOn.IsZero() && (at.IsZero() || c.CallOn.Before(at)) {
			p.Pair.CallOn = c.CallOn
		}
	}
	return p
}

// kept returns the pair after a message about one of its promises, which is kept at
// once; no other that is due brings the pair up any more.
func (p PairWorld) kept(promise string, on rapport.Date) PairWorld {
	var left []store.Call
	for _, c := range p.Promises {
		if c.Promise == promise {
			continue
		}
		if !c.DueOn.After(on) {
			c.CallOn = rapport.Date{}
		}
		left = append(left, c)
	}
	p.Promises = left
	return p
}

// farAhead is later than any next date.
var farAhead = rapport.NewDate(9999, 1, 1)

// ReadWorld reads the stored state as a [World] that begins on the day.
func ReadWorld(ctx context.Context, st *store.Store, workspace string, from rapport.Date) (World, error) {
	pairs, err := st.DuePairs(ctx, workspace, farAhead, dueAtOnce)
	if err != nil {
		return nil, fmt.Errorf("read the pairs: %w", err)
	}
	byLeader := make(map[string][]rapport.Pair)
	for _, p := range pairs {
		byLeader[p.Leader] = append(byLeader[p.Leader], p)
	}
	loads, err := st.Leaders(ctx, workspace, keys(byLeader))
	if err != nil {
		return nil, fmt.Errorf("read leaders: %w", err)
	}
	var w World
	for _, id := range keys(byLeader) {
		lw := LeaderWorld{Leader: loads[id].Leader}
		if lw.Sent, err = st.Sent(ctx, workspace, id, from.AddDays(-lookBack)); err != nil {
			return nil, fmt.Errorf("read what was sent lately: %w", err)
		}
		if lw.Pairs, err = readPairs(ctx, st, workspace, byLeader[id], from); err != nil {
			return nil, err
		}
		w = append(w, lw)
	}
	return w, nil
}

func readPairs(ctx context.Context, st *store.Store, workspace string, pairs []rapport.Pair, from rapport.Date) ([]PairWorld, error) {
	people, err := st.Members(ctx, workspace, persons(pairs))
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	var out []PairWorld
	for _, p := range pairs {
		past, err := st.Past(ctx, workspace, p, from)
		if err != nil {
			return nil, fmt.Errorf("read the past of a pair: %w", err)
		}
		calls, err := st.Calls(ctx, p.ID, from)
		if err != nil {
			return nil, fmt.Errorf("read the promises of a pair: %w", err)
		}
		out = append(out, PairWorld{Pair: p, Person: people[p.Person], Past: past, Promises: calls})
	}
	return out, nil
}

// NewWorld is the world of a roster on its first day: nobody has talked yet, and
// every leader is confirmed.
func NewWorld(rows []store.RosterRow, from rapport.Date) World {
	byLeader := make(map[string]*LeaderWorld)
	for _, r := range rows {
		lw, there := byLeader[r.Leader]
		if !there {
			lw = &LeaderWorld{Leader: rapport.Leader{
				Member: rapport.Member{ID: r.Leader}, ConfirmedAt: from.At(0, time.UTC),
			}}
			byLeader[r.Leader] = lw
		}
		lw.Pairs = append(lw.Pairs, PairWorld{
			Person: rapport.Member{ID: r.Person},
			Pair: rapport.Pair{
				ID: r.Leader + "/" + r.Person, Leader: r.Leader, Person: r.Person, State: rapport.Active,
				Origin: rapport.FromRoster, Language: r.Language, RhythmDays: r.RhythmDays, Since: r.Since,
				CreatedOn: from, NextOn: rapport.AtOnce, History: rapport.NewHistory(false),
			},
		})
	}
	var w World
	for _, id := range keys(byLeader) {
		w = append(w, *byLeader[id])
	}
	return w
}

// pairs returns the leader's pairs.
func (lw LeaderWorld) pairs() []rapport.Pair {
	all := make([]rapport.Pair, 0, len(lw.Pairs))
	for _, p := range lw.Pairs {
		all = append(all, p.Pair)
	}
	return all
}

// promises counts the open promises that are due by the day.
func (lw LeaderWorld) promises(by rapport.Date) int {
	n := 0
	for _, p := range lw.Pairs {
		for _, c := range p.Promises {
			if !c.DueOn.After(by) {
				n++
			}
		}
	}
	return n
}

// dueOn returns the leader's pairs in the order in which a heartbeat finds them.
func (lw LeaderWorld) dueOn(today rapport.Date) []rapport.Pair {
	var due []rapport.Pair
	for _, p := range lw.Pairs {
		if !p.Pair.NextOn.After(today) || p.Pair.Called(today) {
			due = append(due, p.Pair)
		}
	}
	slices.SortFunc(due, func(a, b rapport.Pair) int { return cmp.Or(a.NextOn.Compare(b.NextOn), cmp.Compare(a.ID, b.ID)) })
	return due
}
