package bot

import (
	"context"
	"fmt"

	"innerview/bot/view"
)

// modalHandlers has one handler for every modal that is submitted.
func (b *Bot) modalHandlers() map[view.Callback]func(context.Context, *request, view.Ref) (reply, error) {
	return map[view.Callback]func(context.Context, *request, view.Ref) (reply, error){
		view.ModalTalk:     b.submitTalk,
		view.ModalNote:     b.submitNote,
		view.ModalCoffee:   b.submitCoffee,
		view.ModalSettings: b.submitSettings,
		view.ModalPerson:   b.submitPerson,
		view.ModalPromise:  b.submitPromise,
		view.ModalEditNote: b.submitEditNote,
		view.ModalEditTalk: b.submitEditTalk,
		view.ModalTopics:   b.submitTopics,
		view.ModalRest:     b.submitRest,
		view.ModalWelcome:  b.submitWelcome,
		view.ModalOwn:      b.submitOwn,
		view.ModalWord:     b.submitWord,
	}
}

func (b *Bot) runModal(ctx context.Context, r *request, id view.Callback, ref view.Ref) (reply, error) {
	run, ok := b.modalHandlers()[id]
	if !ok {
		return reply{}, fmt.Errorf("no handler for a modal")
	}
	out, err := run(ctx, r, ref)
	return b.unlessSteppedOut(ctx, r, "", out, err)
}
