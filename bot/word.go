package bot

import (
	"context"
	"fmt"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// actMeWord opens the form in which the actor adds to a note about them, or puts
// other words in the place of theirs.
func (b *Bot) actMeWord(ctx context.Context, r *request, p press) (reply, error) {
	n, leader, err := b.myNote(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	return b.open(ctx, r, view.WordModal(r.p, view.WordForm{Leader: leader, Note: n}))
}

// myNote returns a note about the actor and who wrote it. Where notes are for
// their authors alone, there is none to add to.
func (b *Bot) myNote(ctx context.Context, r *request, ref view.Ref) (rapport.Note, string, error) {
	if b.o.Notes != rapport.NotesOpen {
		return rapport.Note{}, "", &rapport.Error{Kind: rapport.Invalid, Key: "error.word_closed"}
	}
	n, leader, err := b.store.NoteAboutMe(ctx, r.scope, ref.Note, r.today)
	if err != nil {
		return rapport.Note{}, "", fmt.Errorf("read a note: %w", err)
	}
	return n, leader, nil
}

func (b *Bot) submitWord(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	a, err := view.ReadWord(r.state)
	if err != nil {
		return reply{}, err
	}
	n, _, err := b.myNote(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	// Words that stay were looked at when they were written.
	personal, err := b.discreet(a.Meant || a.Text == n.Word.Text, written{"word", a.Text})
	if err != nil {
		return reply{}, err
	}
	err = b.store.AddMyWord(ctx, r.scope, store.Addition{
		Note: n.ID, Text: a.Text, Personal: len(personal) > 0, Today: r.today,
	}, r.key)
	if err != nil {
		return reply{}, fmt.Errorf("add a word: %w", err)
	}
	v, err := b.me(ctx, r, view.Me{Around: n.ID})
	return reply{redo: &v}, err
}
