package bot

import (
	"cmp"
	"context"
	"fmt"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

func (b *Bot) cmdSettings(ctx context.Context, r *request, _ args) (reply, error) {
	return b.openSettings(ctx, r)
}

func (b *Bot) openSettings(ctx context.Context, r *request) (reply, error) {
	l := r.leader
	f := view.SettingsForm{
		Language: l.Language, Hours: l.Hours, Days: l.Days, PerWeek: l.PerWeek, RhythmDays: l.RhythmDays,
		Digest: l.Digest, Country: l.Country, FullText: l.FullText,
	}
	intent, err := b.store.OwnWords(ctx, r.scope, store.OwnIntent, "")
	if err != nil {
		return reply{}, fmt.Errorf("read the intent: %w", err)
	}
	f.Intent = intent
	f.Usual = b.usual(rapport.Leader{})
	if f.Usual.LeastDays, err = b.leastDays(ctx, r, l); err != nil {
		return reply{}, err
	}
	if f.Hours.IsZero() {
		f.Hours = b.o.Window
	}
	if f.Days == 0 {
		f.Days = rapport.MondayToFriday
	}
	return b.open(ctx, r, view.SettingsModal(r.p, f))
}

func (b *Bot) submitSettings(ctx context.Context, r *request, _ view.Ref) (reply, error) {
	f, err := view.ReadSettings(r.state)
	if err != nil {
		return reply{}, err
	}
	if err := b.discreetOwn(ctx, r, store.OwnIntent, "", written{"intent", f.Intent}); err != nil {
		return reply{}, err
	}
	if _, err := b.store.EnsureLeader(ctx, r.scope, r.profile); err != nil {
		return reply{}, fmt.Errorf("make a leader: %w", err)
	}
	least, err := b.leastDays(ctx, r, rapport.Leader{PerWeek: f.PerWeek})
	if err != nil {
		return reply{}, err
	}
	set := store.Settings{
		Language: f.Language, Hours: f.Hours, Days: f.Days, PerWeek: f.PerWeek, RhythmDays: f.RhythmDays,
		Digest: f.Digest, Country: f.Country, FullText: f.FullText,
	}
	if err := b.store.SetOwnWords(ctx, r.scope, store.OwnIntent, "", f.Intent, ""); err != nil {
		return reply{}, fmt.Errorf("keep the intent: %w", err)
	}
	if err := b.store.SaveSettings(ctx, r.scope, set, r.key); err != nil {
		return reply{}, fmt.Errorf("save settings: %w", err)
	}
	p := b.printer(f.Language, r.profile)
	text := p.T("settings.saved")
	if least > cmp.Or(f.RhythmDays, b.usual(rapport.Leader{}).RhythmDays) {
		text = joined(text, p.N("add.stretched", least/7))
	}
	done := view.Saved(p, view.Done{Warm: text})
	return reply{view: &done, home: true}, nil
}
