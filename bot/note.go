package bot

import (
	"context"
	"fmt"
	"slices"

	"innerview/bot/view"
	"innerview/rapport"
)

func (b *Bot) cmdNote(ctx context.Context, r *request, a args) (reply, error) {
	pair, err := b.pairWith(ctx, r, &a, "note")
	if err != nil {
		return reply{}, err
	}
	if b.o.Notes == rapport.NotesOff {
		return reply{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.notes_off"}
	}
	if a.empty() {
		return b.openNote(ctx, r, pair, view.NoteForm{})
	}
	text, err := b.typedNote(a.rest)
	if err == nil {
		_, err = b.discreet(false, written{"note", text})
	}
	if err != nil {
		return b.reconsider(ctx, r, err, func(why string) (reply, error) {
			return b.openNote(ctx, r, pair, view.NoteForm{Text: text, Why: why})
		})
	}
	if err := b.keepNote(ctx, r, pair, view.NoteAnswer{Text: text, Kind: rapport.NoteFact}); err != nil {
		return reply{}, err
	}
	// The note itself is not repeated: a message is no place for it.
	return say(view.Say(r.p, r.p.T("note.done", "Person", r.p.Person(pair.Person))))
}

func (b *Bot) actNote(ctx context.Context, r *request, p press) (reply, error) {
	pair, _, err := b.about(ctx, r, p.ref)
	if err != nil {
		return reply{}, err
	}
	if b.o.Notes == rapport.NotesOff {
		return reply{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.notes_off"}
	}
	return b.openNote(ctx, r, pair, view.NoteForm{})
}

// openNote shows the leader's notes on a person, newest first, and takes another,
// which begins as the form says.
func (b *Bot) openNote(ctx context.Context, r *request, pair rapport.Pair, form view.NoteForm) (reply, error) {
	notes, err := b.store.Notes(ctx, r.scope, pair.ID, r.today)
	if err != nil {
		return reply{}, fmt.Errorf("read the notes: %w", err)
	}
	form.Person, form.Kind, form.Notes = pair.Person, rapport.NoteFact, b.o.Notes
	for _, n := range notes {
		on := rapport.DateOf(n.CreatedAt.In(r.local.Location()))
		form.Kept = append(form.Kept, view.KeptNote{Kind: n.Kind, When: r.p.Day(on, r.today), Text: n.Text, Word: n.Word.Text})
	}
	return b.open(ctx, r, view.NoteModal(r.p, r.over(view.Ref{Pair: pair.ID}), form))
}

func (b *Bot) submitNote(ctx context.Context, r *request, ref view.Ref) (reply, error) {
	a, err := view.ReadNote(r.state)
	if err != nil {
		return reply{}, err
	}
	pair, _, err := b.about(ctx, r, ref)
	if err != nil {
		return reply{}, err
	}
	if err := b.keepNote(ctx, r, pair, a); err != nil {
		return reply{}, err
	}
	v := view.Saved(r.p, view.Done{Warm: r.p.T("note.done", "Person", r.p.Person(pair.Person))})
	return back(ref, pair.ID, reply{view: &v}), nil
}

func (b *Bot) keepNote(ctx context.Context, r *request, pair rapport.Pair, a view.NoteAnswer) error {
	personal, err := b.discreet(a.Told, written{"note", a.Text})
	if err != nil {
		return err
	}
	n := rapport.Note{
		Pair: pair.ID, Kind: a.Kind, Text: a.Text, ExpiresOn: r.today.AddDays(b.o.NoteDays), AskOn: a.AskOn,
	}
	if len(personal) > 0 {
		n = n.Personal(r.today)
	}
	if err := checkAsk(a.AskOn, r.today, n.ExpiresOn); err != nil {
		return err
	}
	if err := b.notedBefore(ctx, r, pair, a.Text); err != nil {
		return err
	}
	if err := b.store.AddNote(ctx, r.scope, pair.ID, n, r.key); err != nil {
		return fmt.Errorf("keep a note: %w", err)
	}
	return nil
}

// notedBefore refuses a note that is there already, word for word.
func (b *Bot) notedBefore(ctx context.Context, r *request, pair rapport.Pair, text rapport.NoteText) error {
	notes, err := b.store.Notes(ctx, r.scope, pair.ID, r.today)
	if err != nil {
		return fmt.Errorf("read the notes: %w", err)
	}
	if slices.ContainsFunc(notes, func(n rapport.Note) bool { return n.Text == text }) {
		return &rapport.Error{Kind: rapport.Conflict, Key: "error.note_twice", Field: "note"}
	}
	return nil
}

// checkAsk holds the day from which a note is worth coming back to between today
// and the last one on which it is kept.
func checkAsk(on, today, last rapport.Date) error {
	if !on.IsZero() && (on.Before(today) || on.After(last)) {
		return &rapport.Error{Kind: rapport.Invalid, Key: "error.ask_day", Field: "ask"}
	}
	return nil
}
