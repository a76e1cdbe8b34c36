package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
)

// arriving reports whether the actor has yet to begin: nobody is on their list, no
// operator made them a leader, and they may begin alone.
func (b *Bot) arriving(r *request, people int) bool {
	return people == 0 && !r.leader.Confirmed() && b.mayLead(r) == nil
}

// openWelcome asks all that is asked at the beginning. Whoever left it open finds
// it again, with what they have chosen since.
func (b *Bot) openWelcome(ctx context.Context, r *request) (reply, error) {
	f, err := b.welcomeForm(ctx, r)
	if err != nil {
		return reply{}, err
	}
	return b.open(ctx, r, view.WelcomeModal(r.p, f))
}

func (b *Bot) welcomeForm(ctx context.Context, r *request) (view.WelcomeForm, error) {
	intent, err := b.store.OwnWords(ctx, r.scope, store.OwnIntent, "")
	if err != nil {
		return view.WelcomeForm{}, fmt.Errorf("read the intent: %w", err)
	}
	pairs, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return view.WelcomeForm{}, fmt.Errorf("read the pairs: %w", err)
	}
	return view.WelcomeForm{
		Intent: intent, Language: r.leader.Language, Hours: b.hours(r), Days: r.days(),
		Zone: r.local.Location().String(), People: persons(pairs),
	}, nil
}

// submitWelcome begins. What cannot be is said under its field, and nothing that
// was typed is lost: whoever is on the list already may be added again.
func (b *Bot) submitWelcome(ctx context.Context, r *request, _ view.Ref) (reply, error) {
	f, err := view.ReadWelcome(r.state)
	if err != nil {
		return reply{}, err
	}
	if err := b.mayLead(r); err != nil {
		return reply{}, err
	}
	if err := b.discreetOwn(ctx, r, store.OwnIntent, "", written{"intent", f.Intent}); err != nil {
		return reply{}, err
	}
	if err := b.allSuitable(ctx, r, f.People); err != nil {
		return reply{}, inField(err, "people")
	}
	if r.leader, err = b.store.EnsureLeader(ctx, r.scope, r.profile); err != nil {
		return reply{}, fmt.Errorf("make a leader: %w", err)
	}
	added, err := b.store.AddPairs(ctx, r.scope, f.People, store.NewPair{}, r.today, "")
	if err != nil {
		return reply{}, inField(fmt.Errorf("add pairs: %w", err), "people")
	}
	if err := b.store.SetOwnWords(ctx, r.scope, store.OwnIntent, "", f.Intent, ""); err != nil {
		return reply{}, fmt.Errorf("keep the intent: %w", err)
	}
	set := settingsOf(r.leader)
	set.Language, set.Hours, set.Days = f.Language, f.Hours, f.Days
	if err := b.store.SaveSettings(ctx, r.scope, set, r.key); err != nil {
		return reply{}, fmt.Errorf("save settings: %w", err)
	}
	r.leader.Language, r.leader.Hours, r.leader.Days = f.Language, f.Hours, f.Days
	r.p = b.printer(f.Language, r.profile)
	v, err := b.preview(ctx, r)
	if err != nil {
		return reply{}, err
	}
	return reply{view: &v, tell: added, home: true}, nil
}

// settingsOf returns what a leader has chosen, to be saved with a change.
func settingsOf(l rapport.Leader) store.Settings {
	return store.Settings{
		Language: l.Language, Hours: l.Hours, Days: l.Days, Country: l.Country,
		PerWeek: l.PerWeek, RhythmDays: l.RhythmDays, Digest: l.Digest, FullText: l.FullText,
	}
}

// inField puts a refusal under an input.
func inField(err error, field string) error {
	var refused *rapport.Error
	if errors.As(err, &refused) && refused.Field == "" {
		under := *refused
		under.Field = field
		return &under
	}
	return err
}

// allSuitable is suitable for many people, asked about at the same time: a modal
// waits for three seconds at most.
func (b *Bot) allSuitable(ctx context.Context, r *request, people []string) error {
	refusals := make([]error, len(people))
	var asking sync.WaitGroup
	for i, person := range people {
		asking.Go(func() { refusals[i] = b.suitable(ctx, r, person) })
	}
	asking.Wait()
	return cmp.Or(refusals...)
}

// preview draws the first idea, as the heartbeat would choose it now. Nothing is
// written down.
func (b *Bot) preview(ctx context.Context, r *request) (slack.ModalViewRequest, error) {
	pairs, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("read the pairs: %w", err)
	}
	people, err := b.people(ctx, pairs)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	var able []rapport.Pair
	for _, pair := range pairs {
		person := people[pair.Person]
		person.RestingUntil = rapport.Date{} // it shows how ideas look, and sends nobody to anybody
		if pair.Suggestible(person, r.today, r.today) {
			able = append(able, pair)
		}
	}
	if len(able) == 0 {
		return view.Preview(r.p, nil, r.leader.Confirmed()), nil
	}
	pair := slices.MinFunc(able, rapport.LongestDue)
	past, err := b.store.Past(ctx, b.workspace, pair, r.today)
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	choice := b.bank.Choose(questions.RequestFor(pair, past, b.rhythm(r.leader, pair, len(pairs)), r.local, b.occasions(r)...))
	c := b.opening(r, pair, choice)
	return view.Preview(r.p, &c, r.leader.Confirmed()), nil
}

// actOwn asks what the leader would share with the starter of a card.
func (b *Bot) actOwn(ctx context.Context, r *request, p press) (reply, error) {
	offer, pair, err := b.offered(ctx, r, p.ref.Offer)
	if err != nil {
		return reply{}, err
	}
	c, err := b.cardFor(ctx, r, pair, offer)
	if err != nil {
		return reply{}, err
	}
	return b.open(ctx, r, view.OwnModal(r.p, c))
}

// submitOwn keeps what the leader would share, for whenever that starter comes,
// and draws the card in the DM anew.
func (b *Bot) submitOwn(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	words, err := view.ReadOwn(r.state)
	if err != nil {
		return reply{}, err
	}
	offer, pair, err := b.offered(ctx, r, ref.Offer)
	if err != nil {
		return reply{}, err
	}
	if err := b.discreetOwn(ctx, r, store.OwnShare, offer.Starter, written{"own", words}); err != nil {
		return reply{}, err
	}
	if err := b.store.SetOwnWords(ctx, r.scope, store.OwnShare, offer.Starter, words, r.key); err != nil {
		return reply{}, fmt.Errorf("keep own words: %w", err)
	}
	text := r.p.T("own.saved")
	if words == "" {
		text = r.p.T("own.gone")
	}
	v := view.Saved(r.p, view.Done{Warm: text})
	out := reply{view: &v}
	b.showOnCard(ctx, r, pair, offer, &out)
	return out, nil
}
