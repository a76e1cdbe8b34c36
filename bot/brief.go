package bot

import (
	"context"
	"fmt"
	"slices"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
)

// How much of the past a brief shows.
const (
	briefTalks  = 5
	briefClosed = 3 // promises that are closed
)

// briefing says that the brief of a pair is shown anew, with a line above it or
// none.
type briefing struct{ pair, notice string }

// back ends a modal: what it lay over is shown anew when that is the brief.
func back(ref view.Ref, pair string, otherwise reply) reply {
	if ref.Brief {
		return reply{brief: &briefing{pair: pair}, home: true}
	}
	return otherwise
}

func (b *Bot) cmdBrief(ctx context.Context, r *request, a args) (reply, error) {
	pair, err := b.pairWith(ctx, r, &a, "brief")
	if err != nil {
		return reply{}, err
	}
	return b.openBrief(ctx, r, pair)
}

func (b *Bot) actBrief(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	return b.openBrief(ctx, r, pair)
}

func (b *Bot) openBrief(ctx context.Context, r *request, pair rapport.Pair) (reply, error) {
	d, err := b.brief(ctx, r, pair)
	if err != nil {
		return reply{}, err
	}
	return b.open(ctx, r, view.Brief(r.p, d))
}

// refreshBrief shows the brief anew where it stands.
func (b *Bot) refreshBrief(ctx context.Context, r *request, to briefing) error {
	pair, err := b.store.PairByID(ctx, r.scope, to.pair)
	if err != nil {
		return fmt.Errorf("read a pair: %w", err)
	}
	d, err := b.brief(ctx, r, pair)
	if err != nil {
		return err
	}
	d.Notice = to.notice
	if _, err := b.api.UpdateViewContext(ctx, view.Brief(r.p, d), "", "", r.root); err != nil {
		return fmt.Errorf("views.update: %w", err)
	}
	return nil
}

// brief gathers what a leader looks at before a talk. Nothing is written: two ways
// to begin are shown, and no starter is spent.
func (b *Bot) brief(ctx context.Context, r *request, pair rapport.Pair) (view.BriefData, error) {
	pace := pair.History.Forget(r.today).Pace().Settle(r.today)
	d := view.BriefData{Person: pair.Person, Pair: pair.ID, Depth: pace.Depth, MayNote: b.o.Notes != rapport.NotesOff}
	if move, ok := pace.LastMove(); ok && move.Why != rapport.ReasonForgotten {
		d.Moved = sentenceCase(r.p.T("brief.moved", "When", r.p.Near(move.On, r.today), "Why", why(r.p, move)))
	}
	_, d.MayKeepLight = pace.Risen(r.today)
	for _, fill := range []func(context.Context, *request, rapport.Pair, *view.BriefData) error{
		b.briefTalks, b.briefPromises, b.briefNotes, b.briefShared, b.briefOpenings,
	} {
		if err := fill(ctx, r, pair, &d); err != nil {
			return view.BriefData{}, err
		}
	}
	return d, nil
}

func (b *Bot) briefTalks(ctx context.Context, r *request, pair rapport.Pair, d *view.BriefData) error {
	talks, err := b.store.Talks(ctx, r.scope, pair.ID, r.today, briefTalks)
	if err != nil {
		return fmt.Errorf("read the talks: %w", err)
	}
	for _, t := range talks {
		d.Talks = append(d.Talks, view.BriefTalk{
			ID: t.ID, What: r.p.T("outcome." + string(t.Outcome)), When: sentenceCase(r.p.Near(t.On, r.today)),
			Open: correctable(r, t),
		})
	}
	return nil
}

func (b *Bot) briefPromises(ctx context.Context, r *request, pair rapport.Pair, d *view.BriefData) error {
	promises, err := b.store.Promises(ctx, r.scope, pair.ID, r.today)
	if err != nil {
		return fmt.Errorf("read the promises: %w", err)
	}
	closed := 0
	for _, made := range promises {
		if made.State != rapport.PromiseOpen {
			if closed++; closed > briefClosed {
				break
			}
		}
		d.Promises = append(d.Promises, briefPromise(r, made))
	}
	return nil
}

func (b *Bot) briefNotes(ctx context.Context, r *request, pair rapport.Pair, d *view.BriefData) error {
	if !d.MayNote {
		return nil
	}
	notes, err := b.store.Notes(ctx, r.scope, pair.ID, r.today)
	if err != nil {
		return fmt.Errorf("read the notes: %w", err)
	}
	for _, n := range notes {
		_, longer := n.Renew(b.o.NoteDays)
		on := rapport.DateOf(n.CreatedAt.In(r.local.Location()))
		kept := view.BriefNote{
			ID: n.ID, Kind: n.Kind, Text: n.Text, Word: n.Word.Text, When: r.p.Near(on, r.today), Until: r.p.DateYear(n.ExpiresOn),
			MayKeepLonger: longer,
		}
		if !n.AskOn.IsZero() {
			kept.AskOn = r.p.Near(n.AskOn, r.today)
		}
		d.Notes = append(d.Notes, kept)
	}
	return nil
}

func (b *Bot) briefShared(ctx context.Context, r *request, pair rapport.Pair, d *view.BriefData) error {
	if !d.MayNote {
		return nil
	}
	var err error
	if d.Commons, err = b.store.Commons(ctx, r.scope, pair.ID, r.today); err != nil {
		return fmt.Errorf("read what they have in common: %w", err)
	}
	interest, strength, err := b.store.Tags(ctx, b.workspace, pair.ID, r.today)
	if err != nil {
		return fmt.Errorf("read the tags: %w", err)
	}
	for _, tag := range []view.BriefTag{
		{Kind: string(store.Interest), Words: rapport.NoteText(interest)},
		{Kind: string(store.Strength), Words: rapport.NoteText(strength)},
	} {
		if tag.Words != "" {
			d.Tags = append(d.Tags, tag)
		}
	}
	return nil
}

// briefOpenings are two starters that the chooser would give now; the one on a card
// that is still unanswered comes first. Where the two are better left alone
// there are none.
func (b *Bot) briefOpenings(ctx context.Context, r *request, pair rapport.Pair, d *view.BriefData) error {
	standing, err := b.people(ctx, []rapport.Pair{pair})
	if err != nil {
		return err
	}
	if why := leftAlone(r, pair, standing[pair.Person]); why != nil {
		d.Rest = sentence(r.p, why)
		return nil
	}
	past, err := b.store.Past(ctx, b.workspace, pair, r.today)
	if err != nil {
		return fmt.Errorf("read the past of a pair: %w", err)
	}
	people, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return fmt.Errorf("read the pairs: %w", err)
	}
	ask := questions.RequestFor(pair, past, b.rhythm(r.leader, pair, len(people)), r.local)
	beforeIntent(pair, &ask)
	first, ok := b.onCard(pair, past, r.today)
	if !ok {
		first = b.bank.Choose(ask)
		ask.Offers = slices.Insert(slices.Clone(ask.Offers), 0, newOffer(r, pair, first))
	}
	d.Openings = append(d.Openings, b.opening(r, pair, first))
	ask.Swap = true
	if second := b.bank.Choose(ask); second.Starter.ID != first.Starter.ID {
		d.Openings = append(d.Openings, b.opening(r, pair, second))
	}
	return nil
}

// onCard returns the starter that the leader has on an unanswered card.
func (b *Bot) onCard(pair rapport.Pair, past rapport.Past, today rapport.Date) (questions.Choice, bool) {
	offer := unanswered(past, today)
	starter, ok := b.bank.Starter(offer.Starter)
	if !ok || needsIntent(pair, starter.Level) {
		return questions.Choice{}, false
	}
	filled, ok := starter.Fill(past.Interest, past.Strength)
	return questions.Choice{Starter: starter, Level: starter.Level, Kind: starter.Kind, Filled: filled}, ok
}

func (b *Bot) opening(r *request, pair rapport.Pair, c questions.Choice) view.Card {
	return view.Card{Person: pair.Person, Starter: c.Starter, Filled: c.Filled, Spoken: b.spoken(r.leader, r.profile, pair)}
}
