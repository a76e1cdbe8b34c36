package bot

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// restDays is for how long a rest lasts unless another day is chosen.
const restDays = 28

func (b *Bot) cmdMe(ctx context.Context, r *request, _ args) (reply, error) { return b.openMe(ctx, r) }

// openMe shows the actor what is kept about them. Nobody is told that they looked.
func (b *Bot) openMe(ctx context.Context, r *request) (reply, error) {
	v, err := b.me(ctx, r, view.Me{})
	if err != nil {
		return reply{}, err
	}
	return b.open(ctx, r, v)
}

// me draws what is kept about the actor, now, on the page that m says.
func (b *Bot) me(ctx context.Context, r *request, m view.Me) (slack.ModalViewRequest, error) {
	kept, err := b.store.KeptAboutMe(ctx, r.scope, b.o.Notes, r.today)
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("read what is kept: %w", err)
	}
	members, err := b.store.Members(ctx, b.workspace, []string{r.scope.Actor})
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("read a member: %w", err)
	}
	self := members[r.scope.Actor]
	m.SteppedOut = r.p.Day(self.SteppedOutOn, r.today)
	if self.SteppedOutOn.IsZero() && self.StandsBack(r.today) {
		m.Resting = r.p.Day(self.RestingUntil, r.today)
	}
	wishes, err := b.store.Wishes(ctx, r.scope)
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("read wishes: %w", err)
	}
	m.Welcome, m.Blocked = wishes.Welcome, wishes.Blocked
	w := keptWords{p: r.p, today: r.today, zone: r.local.Location(), notes: b.o.Notes}
	for _, k := range kept {
		m.Leaders = append(m.Leaders, w.by(k))
	}
	return view.MeModal(r.p, m), nil
}

// meAgain draws the modal anew after something in it was changed.
func (b *Bot) meAgain(ctx context.Context, r *request) (reply, error) {
	v, err := b.me(ctx, r, view.Me{Page: r.page})
	if err != nil {
		return reply{}, err
	}
	return reply{redo: &v}, nil
}

func (b *Bot) actMePage(ctx context.Context, r *request, p press) (reply, error) {
	r.page = view.ParsePage(p.value)
	return b.meAgain(ctx, r)
}

func (b *Bot) actMeRemove(ctx context.Context, r *request, p press) (reply, error) {
	kind, id := view.ParseKept(p.value)
	err := b.store.DeleteAboutMe(ctx, r.scope, store.Item{Kind: store.ItemKind(kind), ID: id}, r.key)
	if err != nil && rapport.KindOf(err) != rapport.NotFound { // which is as it is wanted
		return reply{}, fmt.Errorf("remove what is kept: %w", err)
	}
	return b.meAgain(ctx, r)
}

func (b *Bot) actMeErase(ctx context.Context, r *request, _ press) (reply, error) {
	if err := b.store.EraseAllAboutMe(ctx, r.scope, r.key); err != nil {
		return reply{}, fmt.Errorf("erase what is kept: %w", err)
	}
	r.page = 0
	return b.meAgain(ctx, r)
}

func (b *Bot) actMeOut(ctx context.Context, r *request, _ press) (reply, error) {
	if err := b.store.StepOut(ctx, r.scope, r.today, r.key); err != nil {
		return reply{}, fmt.Errorf("step out: %w", err)
	}
	if r.modal == "" { // from the message that told them
		return replace(view.Say(r.p, r.p.T("me.out.done")))
	}
	r.page = 0
	return b.meAgain(ctx, r)
}

func (b *Bot) actMeBack(ctx context.Context, r *request, _ press) (reply, error) {
	if err := b.store.ComeBack(ctx, r.scope, r.key); err != nil {
		return reply{}, fmt.Errorf("come back: %w", err)
	}
	v, err := b.me(ctx, r, view.Me{Page: r.page, Saved: r.p.T("me.back.done")})
	if err != nil {
		return reply{}, err
	}
	return reply{redo: &v}, nil
}

func (b *Bot) actMeRest(ctx context.Context, r *request, _ press) (reply, error) {
	return b.open(ctx, r, view.RestModal(r.p, r.today.AddDays(restDays)))
}

func (b *Bot) submitRest(ctx context.Context, r *request, _ view.Ref) (reply, error) {
	until, err := view.ReadRest(r.state)
	if err != nil {
		return reply{}, err
	}
	if !until.After(r.today) || until.Sub(r.today) > longest {
		return reply{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.quiet_span", Field: "until"}
	}
	if err := b.store.Rest(ctx, r.scope, until, r.key); err != nil {
		return reply{}, fmt.Errorf("rest: %w", err)
	}
	return b.meAgain(ctx, r)
}

func (b *Bot) actMeRestEnd(ctx context.Context, r *request, _ press) (reply, error) {
	if err := b.store.Rest(ctx, r.scope, rapport.Date{}, r.key); err != nil {
		return reply{}, fmt.Errorf("end a rest: %w", err)
	}
	return b.meAgain(ctx, r)
}

func (b *Bot) openTopics(ctx context.Context, r *request) (reply, error) {
	w, err := b.store.Wishes(ctx, r.scope)
	if err != nil {
		return reply{}, fmt.Errorf("read wishes: %w", err)
	}
	return b.open(ctx, r, view.TopicsModal(r.p, view.TopicsForm{
		Groups: b.topics(), Welcome: w.Welcome, Blocked: w.Blocked,
	}))
}

// submitTopics keeps the wishes. A topic that was to be left alone and is in the
// bank no more was not offered, so it could not be taken back: it stays.
func (b *Bot) submitTopics(ctx context.Context, r *request, _ view.Ref) (reply, error) {
	welcome, blocked, err := view.ReadTopics(r.state)
	if err != nil {
		return reply{}, err
	}
	before, err := b.store.Wishes(ctx, r.scope)
	if err != nil {
		return reply{}, fmt.Errorf("read wishes: %w", err)
	}
	offered := b.topics()
	for _, topic := range before.Blocked {
		if !slices.ContainsFunc(offered, func(g view.TopicGroup) bool { return slices.Contains(g.Topics, topic) }) {
			blocked = append(blocked, topic)
		}
	}
	if err := b.store.SetWishes(ctx, r.scope, store.Wishes{Welcome: welcome, Blocked: blocked}, r.key); err != nil {
		return reply{}, fmt.Errorf("keep wishes: %w", err)
	}
	v, err := b.me(ctx, r, view.Me{Saved: view.TopicsSaved(r.p, welcome, blocked)})
	if err != nil {
		return reply{}, err
	}
	return reply{redo: &v}, nil
}

// topics returns what may be asked about, by theme, each topic once.
func (b *Bot) topics() []view.TopicGroup {
	var all []string
	for _, level := range []rapport.Depth{rapport.Factual, rapport.Causative, rapport.Values} {
		for _, s := range b.bank.Level(level) {
			all = append(all, s.Topic)
		}
	}
	return view.Themed(all)
}
