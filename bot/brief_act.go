package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// actKeepLight takes the last rise in depth back, on the card that told of it or
// in the brief.
func (b *Bot) actKeepLight(ctx context.Context, r *request, p press) (reply, error) {
	pair, err := b.store.UndoRise(ctx, r.scope, p.ref.Pair, r.today, r.key)
	if err != nil {
		return reply{}, fmt.Errorf("keep it light: %w", err)
	}
	done := r.p.T("light.done", "Person", r.p.Person(pair.Person))
	if r.modal == view.ModalBrief {
		return reply{brief: &briefing{pair.ID, done}}, nil
	}
	return replace(view.Settled(r.p, view.Done{Person: pair.Person, Warm: done}))
}

func (b *Bot) actNoteMenu(ctx context.Context, r *request, p press) (reply, error) {
	item, ref := view.ParseMenu(p.value)
	n, err := b.store.Note(ctx, r.scope, ref.Note, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read a note: %w", err)
	}
	switch item {
	case view.MenuEdit:
		return b.editNote(ctx, r, n)
	case view.MenuRemove:
		err = b.store.DeleteNote(ctx, r.scope, n.ID, r.key)
	case view.MenuKeep:
		err = b.store.RenewNote(ctx, r.scope, n.ID, b.o.NoteDays, r.key)
	default:
		err = noSuchItem()
	}
	return refreshed(n.Pair, "", err)
}

func (b *Bot) editNote(ctx context.Context, r *request, n rapport.Note) (reply, error) {
	pair, err := b.store.PairByID(ctx, r.scope, n.Pair)
	if err != nil {
		return reply{}, fmt.Errorf("read a pair: %w", err)
	}
	begin := view.NoteAnswer{Text: n.Text, Kind: n.Kind, AskOn: n.AskOn}
	return b.open(ctx, r, view.EditNoteModal(r.p, view.Ref{Note: n.ID}, pair.Person, begin, n.Word.Text, b.o.Notes))
}

func (b *Bot) submitEditNote(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	a, err := view.ReadNote(r.state)
	if err != nil {
		return reply{}, err
	}
	n, err := b.store.Note(ctx, r.scope, ref.Note, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read a note: %w", err)
	}
	// Words that stay were looked at when they were written.
	personal, err := b.discreet(a.Told || a.Text == n.Text, written{"note", a.Text})
	if err != nil {
		return reply{}, err
	}
	if len(personal) > 0 && a.Text != n.Text {
		n = n.Personal(r.today)
	}
	if a.AskOn != n.AskOn {
		if err := checkAsk(a.AskOn, r.today, n.ExpiresOn); err != nil {
			return reply{}, err
		}
	}
	n.Text, n.Kind, n.AskOn = a.Text, a.Kind, a.AskOn
	if err := b.store.EditNote(ctx, r.scope, n, r.key); err != nil {
		return reply{}, fmt.Errorf("change a note: %w", err)
	}
	return refreshed(n.Pair, "", nil)
}

func (b *Bot) actPromiseMenu(ctx context.Context, r *request, p press) (reply, error) {
	item, ref := view.ParseMenu(p.value)
	made, err := b.store.Promise(ctx, r.scope, ref.Promise, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read a promise: %w", err)
	}
	switch item {
	case view.MenuEdit:
		return b.editPromise(ctx, r, made)
	case view.MenuRemove:
		err = b.store.DeletePromise(ctx, r.scope, made.ID, r.key)
	default:
		err = noSuchItem()
	}
	return refreshed(made.Pair, "", err)
}

func (b *Bot) editPromise(ctx context.Context, r *request, made rapport.Promise) (reply, error) {
	pair, err := b.store.PairByID(ctx, r.scope, made.Pair)
	if err != nil {
		return reply{}, fmt.Errorf("read a pair: %w", err)
	}
	begin := view.PromiseAnswer{Text: made.Text, Due: made.DueOn}
	return b.open(ctx, r, view.PromiseModal(r.p, r.over(view.Ref{Promise: made.ID}), pair.Person, begin))
}

func (b *Bot) actKept(ctx context.Context, r *request, p press) (reply, error) {
	return b.closePromise(ctx, r, p.ref, rapport.PromiseKept)
}

func (b *Bot) actWithdraw(ctx context.Context, r *request, p press) (reply, error) {
	return b.closePromise(ctx, r, p.ref, rapport.PromiseWithdrawn)
}

func (b *Bot) closePromise(ctx context.Context, r *request, ref view.Ref, as rapport.PromiseState) (reply, error) {
	made, err := b.store.Promise(ctx, r.scope, ref.Promise, r.today)
	if err == nil {
		err = b.store.ClosePromise(ctx, r.scope, made.ID, as, r.today, r.key)
	}
	if err != nil {
		return reply{}, fmt.Errorf("close a promise: %w", err)
	}
	said := r.p.T("due." + string(as))
	settled := view.Settled(r.p, view.Done{Warm: said})
	out := reply{card: &settled, cards: b.cardsAbout(ctx, r, made), home: true}
	switch r.modal {
	case "":
		out.replace = &settled
	case view.ModalPromises:
		v, err := b.promisesView(ctx, r, said)
		if err != nil {
			return reply{}, err
		}
		out.redo = &v
	default:
		out.brief = &briefing{made.Pair, said}
	}
	return out, nil
}

// cardsAbout returns where cards stand that ask for a promise, the one that was acted
// on aside.
func (b *Bot) cardsAbout(ctx context.Context, r *request, made rapport.Promise) []posted {
	sent, err := b.store.MessagesAbout(ctx, r.scope, rapport.AboutPromise, made.ID)
	if err != nil {
		b.log.Warn("the cards of a promise could not be found", slog.Any("error", err))
		return nil
	}
	var at []posted
	for _, m := range sent {
		if p := (posted{m.Channel, m.TS}); p != (posted{r.channel, r.ts}) {
			at = append(at, p)
		}
	}
	return at
}

func (b *Bot) actDropCommon(ctx context.Context, r *request, p press) (reply, error) {
	c, err := b.store.Common(ctx, r.scope, p.ref.Common, r.today)
	if err == nil {
		err = b.store.DeleteCommon(ctx, r.scope, c.ID, r.key)
	}
	return refreshed(c.Pair, "", err)
}

func (b *Bot) actDropTag(ctx context.Context, r *request, p press) (reply, error) {
	err := b.store.SetTag(ctx, r.scope, p.ref.Pair, store.TagKind(p.variant), "", r.key)
	return refreshed(p.ref.Pair, "", err)
}

func (b *Bot) actTalkMenu(ctx context.Context, r *request, p press) (reply, error) {
	item, ref := view.ParseMenu(p.value)
	t, err := b.store.Talk(ctx, r.scope, ref.Talk, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read a talk: %w", err)
	}
	pair, rhythm, err := b.pairAndRhythm(ctx, r, t.Pair)
	if err != nil {
		return reply{}, err
	}
	switch item {
	case view.MenuEdit:
		return b.openEditTalk(ctx, r, pair, t)
	case view.MenuRemove:
		done, err := b.store.RemoveTalk(ctx, r.scope, t.ID, rhythm, r.key)
		return refreshed(pair.ID, joined(r.p.T("talk.removed"), b.corrected(r, done)), err)
	}
	return reply{}, noSuchItem()
}

// submitEditTalk changes a talk as if it had been recorded so. Its day may stay
// where it is, however long ago that was.
func (b *Bot) submitEditTalk(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	e, err := view.ReadTalkEdit(r.state)
	if err != nil {
		return reply{}, err
	}
	t, err := b.store.Talk(ctx, r.scope, ref.Talk, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read a talk: %w", err)
	}
	if e.On != t.On {
		if err := checkTalkDay(e.On, r.today); err != nil {
			return reply{}, err
		}
	}
	_, rhythm, err := b.pairAndRhythm(ctx, r, t.Pair)
	if err != nil {
		return reply{}, err
	}
	done, err := b.store.ChangeTalk(ctx, r.scope, store.Correction{
		Talk: t.ID, On: e.On, Outcome: e.Outcome, RhythmDays: rhythm, Today: r.today,
	}, r.key)
	if err != nil {
		return reply{}, fmt.Errorf("change a talk: %w", err)
	}
	out := reply{home: true}
	if ref.Brief {
		out.brief = &briefing{t.Pair, b.corrected(r, done)}
	}
	b.showRight(ctx, r, ref, done, &out)
	return out, nil
}

func (b *Bot) pairAndRhythm(ctx context.Context, r *request, id string) (rapport.Pair, int, error) {
	pair, err := b.store.PairByID(ctx, r.scope, id)
	if err != nil {
		return pair, 0, fmt.Errorf("read a pair: %w", err)
	}
	people, err := b.store.Pairs(ctx, r.scope)
	if err != nil {
		return pair, 0, fmt.Errorf("read the pairs: %w", err)
	}
	return pair, b.rhythm(r.leader, pair, len(people)).Days(r.today), nil
}

// corrected says what a correction did to the depth, "" when it did nothing.
func (b *Bot) corrected(r *request, done store.Recorded) string {
	before, after := done.Before.History.Pace(), done.After.History.Pace()
	move, fresh := moved(before, after)
	switch {
	case fresh:
		return why(r.p, move)
	case after.Depth < before.Depth:
		return r.p.T("corrected.lighter")
	case after.Depth > before.Depth:
		return r.p.T("corrected.deeper")
	}
	return ""
}

// refreshed shows the brief anew after what was asked has been done.
func refreshed(pair, notice string, err error) (reply, error) {
	if err != nil {
		return reply{}, fmt.Errorf("change the brief: %w", err)
	}
	return reply{brief: &briefing{pair, notice}, home: true}, nil
}

func joined(lines ...string) string {
	text := ""
	for _, line := range lines {
		if text != "" && line != "" {
			text += "\n"
		}
		text += line
	}
	return text
}

func noSuchItem() error { return errors.New("no such menu item") }
