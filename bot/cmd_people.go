package bot

import (
	"context"
	"fmt"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

func (b *Bot) cmdList(ctx context.Context, r *request, _ args) (reply, error) {
	data, err := b.overview(ctx, r)
	if err != nil {
		return reply{}, err
	}
	m := view.Overview(r.p, data)
	return reply{say: &m}, nil
}

func (b *Bot) cmdAdd(ctx context.Context, r *request, a args) (reply, error) {
	person, err := a.onePerson("add")
	if err != nil {
		return reply{}, err
	}
	return b.add(ctx, r, person)
}

// add begins a pair, or wakes one that has been quiet since a second decline.
func (b *Bot) add(ctx context.Context, r *request, person string) (reply, error) {
	if err := b.mayLead(r); err != nil {
		return reply{}, err
	}
	if err := b.suitable(ctx, r, person); err != nil {
		return reply{}, err
	}
	leader, err := b.store.EnsureLeader(ctx, r.scope, r.profile)
	if err != nil {
		return reply{}, fmt.Errorf("make a leader: %w", err)
	}
	r.leader = leader
	pair, added, err := b.store.AddPair(ctx, r.scope, person, store.NewPair{Origin: rapport.FromLeader}, r.today, r.key)
	if err != nil {
		return reply{}, fmt.Errorf("add a pair: %w", err)
	}
	if !added {
		return b.again(ctx, r, pair)
	}
	out, err := b.added(ctx, r, person)
	out.tell = []string{person}
	return out, err
}

// added says what comes next, and asks a leader who started alone whether
// messages may come.
func (b *Bot) added(ctx context.Context, r *request, person string) (reply, error) {
	pairs, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return reply{}, fmt.Errorf("read the pairs: %w", err)
	}
	text := r.p.T("add.done", "Person", r.p.Person(person))
	if rh := b.rhythm(r.leader, rapport.Pair{}, len(pairs)); rh.Stretched(r.today) {
		text += "\n" + r.p.N("add.stretched", rh.Days(r.today)/7)
	}
	if b.o.TellPeople {
		text += "\n" + r.p.T("add.told")
	}
	if !r.leader.Confirmed() {
		return say(view.Confirm(r.p, text))
	}
	return say(view.Say(r.p, text))
}

// again answers the adding of somebody who is there already.
func (b *Bot) again(ctx context.Context, r *request, pair rapport.Pair) (reply, error) {
	pace := pair.History.Pace()
	who := r.p.Person(pair.Person)
	switch {
	case pace.MayRestart(r.today):
		if err := b.store.Restart(ctx, r.scope, pair.ID, r.today, ""); err != nil {
			return reply{}, fmt.Errorf("restart a pair: %w", err)
		}
		return say(view.Say(r.p, r.p.T("add.restarted", "Person", who)))
	case !pace.QuietSince.IsZero():
		return say(view.Say(r.p, r.p.T("add.quiet", "Person", who, "When", r.p.Date(pace.RestartFrom()))))
	}
	return say(view.Say(r.p, r.p.T("add.already", "Person", who)))
}

func (b *Bot) mayLead(r *request) error {
	if b.o.RosterOnly && !r.leader.Confirmed() {
		return &rapport.Error{Kind: rapport.Forbidden, Key: "error.roster_only"}
	}
	return nil
}

// suitable refuses those with whom a talk cannot be: oneself, a bot, a guest,
// somebody who has left.
func (b *Bot) suitable(ctx context.Context, r *request, person string) error {
	if person == r.scope.Actor {
		return oneself()
	}
	return b.member(ctx, person)
}

func oneself() error { return &rapport.Error{Kind: rapport.Invalid, Key: "error.person_self"} }

// member refuses who is no full member of the workspace at work in it.
func (b *Bot) member(ctx context.Context, person string) error {
	profile, err := b.profile(ctx, person)
	if err != nil {
		return err
	}
	refusal := ""
	switch {
	case profile.Bot || person == "USLACKBOT" || person == "USLACK":
		refusal = "error.person_bot"
	case profile.Gone:
		refusal = "error.person_gone"
	case profile.Guest:
		refusal = "error.person_guest"
	}
	if refusal != "" {
		return &rapport.Error{Kind: rapport.Invalid, Key: refusal}
	}
	return nil
}

func (b *Bot) cmdEnd(ctx context.Context, r *request, a args) (reply, error) {
	person, err := a.onePerson("end")
	if err != nil {
		return reply{}, err
	}
	if person == r.scope.Actor {
		return reply{}, oneself()
	}
	return b.end(ctx, r, person)
}

func (b *Bot) end(ctx context.Context, r *request, person string) (reply, error) {
	err := b.store.EndPair(ctx, r.scope, person, r.today, r.key)
	if rapport.KindOf(err) == rapport.NotFound {
		return reply{}, &rapport.Error{Kind: rapport.NotFound, Key: "error.end_nobody", Err: err}
	}
	if err != nil {
		return reply{}, fmt.Errorf("end a pair: %w", err)
	}
	return say(view.Say(r.p, r.p.T("end.done", "Person", r.p.Person(person))))
}

// pairWith returns the actor's pair with the person a command names.
func (b *Bot) pairWith(ctx context.Context, r *request, a *args, word string) (rapport.Pair, error) {
	person, err := a.onePerson(word)
	if err != nil {
		return rapport.Pair{}, err
	}
	if person == r.scope.Actor {
		return rapport.Pair{}, oneself()
	}
	pair, err := b.store.Pair(ctx, r.scope, person)
	if err != nil {
		return rapport.Pair{}, b.notYours(ctx, person, err)
	}
	return pair, nil
}

// notYours says how somebody gets onto the list, where a pair is missing, or why they
// cannot.
func (b *Bot) notYours(ctx context.Context, person string, err error) error {
	if rapport.KindOf(err) != rapport.NotFound {
		return fmt.Errorf("find a pair: %w", err)
	}
	members, unread := b.store.Members(ctx, b.workspace, []string{person})
	if unread == nil && !members[person].SteppedOutOn.IsZero() {
		return &rapport.Error{Kind: rapport.Forbidden, Key: "error.opted_out", Err: err}
	}
	if refused := b.member(ctx, person); refused != nil {
		return refused
	}
	return &rapport.Error{Kind: rapport.NotFound, Key: "error.not_on_list", Err: err}
}
