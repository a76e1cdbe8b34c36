package bot

import (
	"context"
	"errors"
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
	if r != nil && r.learnt {
		b.remember(ctx, user, r.profile)
	}
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
	return b.publish(ctx, r, page.(int))
}

// publish shows Home, unless another one was published while this one was drawn:
// that one may know more, so this one is drawn once more, and then it holds.
func (b *Bot) publish(ctx context.Context, r *request, page int) error {
	b.homes.Store(r.scope.Actor, page)
	err := b.publishOver(ctx, r, page, b.lastHome(r.scope.Actor))
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) && refused.Err == "hash_conflict" {
		err = b.publishOver(ctx, r, page, nil)
	}
	return err
}

// lastHome returns the hash of the Home last shown to a user, nil for none since
// the start. It is to be read before what the next one shows.
func (b *Bot) lastHome(user string) *string {
	if hash, ok := b.shown.Load(user); ok {
		return new(hash.(string))
	}
	return nil
}

// publishOver draws Home from what is stored now and puts it in the place of the
// one with the hash, or of any.
func (b *Bot) publishOver(ctx context.Context, r *request, page int, hash *string) error {
	home, err := b.home(ctx, r, page)
	if err != nil {
		return err
	}
	done, err := b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: r.scope.Actor, View: home, Hash: hash})
	if err != nil {
		return fmt.Errorf("views.publish: %w", err)
	}
	b.shown.Store(r.scope.Actor, done.Hash)
	return nil
}

// home draws Home from what is stored now, in the language the actor has now.
func (b *Bot) home(ctx context.Context, r *request, page int) (slack.HomeTabViewRequest, error) {
	leader, err := b.store.Leader(ctx, r.scope)
	if err != nil && rapport.KindOf(err) != rapport.NotFound {
		return slack.HomeTabViewRequest{}, fmt.Errorf("read the leader: %w", err)
	}
	r.leader = leader
	r.p = b.printer(leader.Language, r.profile)
	data, err := b.overview(ctx, r)
	if err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	coffees, err := b.coffees(ctx, r, data.People)
	if err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	return view.Home(r.p, view.HomeData{
		OverviewData: data, Page: page, Coffees: coffees,
		Paused: r.leader.Paused(r.today),
		MayAdd: b.mayLead(r) == nil,
		Notes:  b.o.Notes != rapport.NotesOff,
	}), nil
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
