package bot

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"innerview/bot/view"
	"innerview/rapport"
)

// homeOpened shows Home to whoever opens it, and remembers that they have one.
func (b *Bot) homeOpened(ctx context.Context, user string) {
	r, err := b.identify(ctx, who{team: b.team, user: user})
	if rapport.KindOf(err) == rapport.Forbidden {
		return
	}
	if err == nil {
		err = b.publish(ctx, r, 0)
	}
	if err != nil {
		b.log.Warn("home could not be shown", slog.Any("error", err))
	}
}

// refreshHome shows Home anew to somebody who has looked at it since the start.
func (b *Bot) refreshHome(ctx context.Context, r *request) error {
	page, seen := b.homes.Load(r.scope.Actor)
	if !seen {
		return nil
	}
	leader, err := b.store.Leader(ctx, r.scope)
	if err != nil && rapport.KindOf(err) != rapport.NotFound {
		return fmt.Errorf("read the leader: %w", err)
	}
	r.leader = leader
	r.p = b.printer(leader.Language, r.profile)
	return b.publish(ctx, r, page.(int))
}

func (b *Bot) publish(ctx context.Context, r *request, page int) error {
	b.homes.Store(r.scope.Actor, page)
	data, err := b.overview(ctx, r)
	if err != nil {
		return err
	}
	coffees, err := b.coffees(ctx, r, data.People)
	if err != nil {
		return err
	}
	home := view.Home(r.p, view.HomeData{
		OverviewData: data, Page: page, Coffees: coffees,
		Welcome: b.arriving(r, len(data.People)),
		Paused:  r.leader.Paused(r.today),
		MayAdd:  b.mayLead(r) == nil,
		Notes:   b.o.Notes != rapport.NotesOff,
	})
	_, err = b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: r.scope.Actor, View: home})
	if err != nil {
		return fmt.Errorf("views.publish: %w", err)
	}
	return nil
}

// userChanged takes over the zone, language or standing of a member we know of.
func (b *Bot) userChanged(ctx context.Context, u *slackevents.User) {
	known, err := b.store.Members(ctx, b.workspace, []string{u.ID})
	if _, ok := known[u.ID]; err == nil && ok {
		var fresh rapport.Profile
		if fresh, err = b.fetchProfile(ctx, u.ID); err == nil {
			err = b.keepProfile(ctx, u.ID, fresh)
		}
	}
	if err != nil {
		b.log.Warn("a changed member could not be read", slog.Any("error", err))
	}
}
