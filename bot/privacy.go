package bot

import (
	"context"

	"innerview/bot/view"
)

func (b *Bot) cmdPrivacy(_ context.Context, r *request, _ args) (reply, error) {
	m := view.Privacy(r.p, b.o.Notes, b.o.NoteDays)
	return reply{say: &m}, nil
}
