package bot

import (
	"context"
	"maps"
	"slices"
	"unicode/utf8"

	"innerview/bot/view"
	"innerview/rapport"
)

// cmdLog records a talk by command: at once with an outcome, else in the form.
func (b *Bot) cmdLog(ctx context.Context, r *request, a args) (reply, error) {
	pair, err := b.pairWith(ctx, r, &a, "log")
	if err != nil {
		return reply{}, err
	}
	outcome, on := a.wentOn(r.today)
	if outcome == "" {
		return b.logByModal(ctx, r, pair, on, a)
	}
	offer, err := b.lastOffer(ctx, r, pair)
	if err != nil {
		return reply{}, err
	}
	note, err := b.typedNote(a.rest)
	if err == nil {
		err = checkTalkDay(on, r.today)
	}
	if err == nil {
		_, err = b.discreet(false, written{"note", note})
	}
	if err != nil {
		return b.reconsider(ctx, r, err, func(why string) (reply, error) {
			return b.openTalk(ctx, r, view.Ref{Offer: offer.ID, Pair: pair.ID}, view.TalkForm{
				Person: pair.Person, Outcome: outcome, Today: on, Note: note.Reveal(), Why: why,
			})
		})
	}
	done, err := b.record(ctx, r, pair, talk{Outcome: outcome, On: on, Note: note, Offer: offer})
	if err != nil {
		return b.noteAfter(ctx, r, pair, note, err)
	}
	out, err := say(view.Settled(r.p, done))
	b.settleElsewhere(ctx, r, offer, done, &out)
	return out, err
}

// wentOn takes the outcome and the day of a talk off the front, in either order:
// "" for no outcome, and today for no day.
func (a *args) wentOn(today rapport.Date) (outcome rapport.Outcome, on rapport.Date) {
	outcome, ok := a.outcome()
	on, dated := a.day(today)
	if !dated {
		return outcome, today
	}
	if !ok {
		outcome, _ = a.outcome()
	}
	return outcome, on
}

// logByModal opens the modal with what was typed in it, unless the next word
// looks like a mistyped outcome: by one letter only, for a note may begin with
// any word.
func (b *Bot) logByModal(ctx context.Context, r *request, pair rapport.Pair, on rapport.Date, a args) (reply, error) {
	if near := nearestOutcome(a.peek()); near != "" {
		return reply{}, &rapport.Error{Kind: rapport.Invalid, Key: "error.outcome_near", Args: map[string]any{"Word": near}}
	}
	note, err := b.typedNote(a.rest)
	if err == nil {
		err = checkTalkDay(on, r.today)
	}
	form := func(why string) (reply, error) {
		return b.openTalk(ctx, r, view.Ref{Pair: pair.ID}, view.TalkForm{Person: pair.Person, Today: on, Note: note.Reveal(), Why: why})
	}
	if err != nil {
		return b.reconsider(ctx, r, err, form)
	}
	return form("")
}

// nearestOutcome returns the word for an outcome that a word is one letter away from,
// "" for none.
func nearestOutcome(word string) string {
	words := slices.Sorted(maps.Keys(outcomeWords))
	near := nearest(figures(word), words, 1)
	if near != "" && near[0] < utf8.RuneSelf { // in English there is one that help names
		return string(outcomeWords[near])
	}
	return near
}

// noteAfter answers a talk that is recorded already: the note typed with it opens in
// its own form, so that it is not lost. Any other error is returned.
func (b *Bot) noteAfter(ctx context.Context, r *request, pair rapport.Pair, note rapport.NoteText, err error) (reply, error) {
	if rapport.KindOf(err) != rapport.Conflict || note == "" {
		return reply{}, err
	}
	return b.reconsider(ctx, r, err, func(why string) (reply, error) {
		return b.openNote(ctx, r, pair, view.NoteForm{Text: note, Why: why})
	})
}

// typedNote checks a note typed behind a command.
func (b *Bot) typedNote(text string) (rapport.NoteText, error) {
	note, err := view.CheckNote(typed(text))
	if err == nil && note != "" && b.o.Notes == rapport.NotesOff {
		err = &rapport.Error{Kind: rapport.Invalid, Key: "error.notes_off"}
	}
	return note, err
}
