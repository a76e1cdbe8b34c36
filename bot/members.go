package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"innerview/rapport"
)

const (
	profileFor     = 24 * time.Hour          // how long a profile is taken as current
	profileWithin  = 1500 * time.Millisecond // what a trigger's three seconds leave for it
	profilesAtOnce = 60                      // users.info calls of one heartbeat: Tier 4 allows 100 a minute
	dueAtOnce      = 100_000
)

// profile returns what is known of a member, asking Slack when it is unknown or
// a day old, and keeps what Slack says.
func (b *Bot) profile(ctx context.Context, user string) (rapport.Profile, error) {
	p, learnt, err := b.lookUp(ctx, user)
	if learnt {
		b.remember(ctx, user, p)
	}
	return p, err
}

// lookUp returns what is known of a member, and whether it was learnt from Slack
// just now, so that it is still to be kept. When Slack does not answer, what was
// known before stands.
func (b *Bot) lookUp(ctx context.Context, user string) (p rapport.Profile, learnt bool, err error) {
	members, err := b.store.Members(ctx, b.workspace, []string{user})
	if err != nil {
		return rapport.Profile{}, false, fmt.Errorf("read a member: %w", err)
	}
	known := members[user].Profile
	if b.o.Now().Sub(known.At).Abs() < profileFor {
		return known, false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, profileWithin)
	defer cancel()
	fresh, err := b.fetchProfile(ctx, user)
	if err != nil {
		b.log.Warn("a member's profile could not be read", slog.Any("error", err))
		return known, false, nil
	}
	return fresh, true, nil
}

// remember is [Bot.keepProfile] where nothing hangs on it: Slack is asked again.
func (b *Bot) remember(ctx context.Context, user string, p rapport.Profile) {
	if err := b.keepProfile(ctx, user, p); err != nil {
		b.log.Warn("a member's profile could not be saved", slog.Any("error", err))
	}
}

// keepProfile saves what Slack says of a member. Who has left leads nobody and
// is talked with no more: their pairs end the same day.
func (b *Bot) keepProfile(ctx context.Context, user string, p rapport.Profile) error {
	if err := b.store.SaveProfile(ctx, b.workspace, user, p); err != nil {
		return fmt.Errorf("save a member: %w", err)
	}
	if !p.Left {
		return nil
	}
	if err := b.store.EndMember(ctx, b.workspace, user, rapport.DateOf(p.At.In(b.zone(p)))); err != nil {
		return fmt.Errorf("end the pairs of a member: %w", err)
	}
	return nil
}

// fetchProfile asks Slack for a member. Somebody Slack does not know of, or
// does not show, is gone.
func (b *Bot) fetchProfile(ctx context.Context, user string) (rapport.Profile, error) {
	info, err := b.api.GetUserInfoContext(ctx, user)
	var refusal slack.SlackErrorResponse
	if errors.As(err, &refusal) && (refusal.Err == "user_not_found" || refusal.Err == "user_not_visible") {
		return rapport.Profile{Gone: true, At: b.o.Now()}, nil
	}
	if err != nil {
		return rapport.Profile{}, fmt.Errorf("users.info: %w", err)
	}
	return b.profileOf(info), nil
}

func (b *Bot) profileOf(u *slack.User) rapport.Profile {
	return rapport.Profile{
		Zone:     u.TZ,
		Language: languageOf(u.Locale),
		Gone:     u.Deleted,
		Left:     u.Deleted,
		Bot:      u.IsBot || u.ID == "USLACKBOT" || u.ID == "USLACK",
		Guest:    u.IsRestricted || u.IsUltraRestricted || u.IsStranger || b.foreign(u),
		At:       b.o.Now(),
	}
}

// foreign reports whether somebody is of another organisation and only shares a
// channel. Slack calls them no stranger then, but names their own workspace; an
// organisation of many workspaces names all that somebody belongs to.
func (b *Bot) foreign(u *slack.User) bool {
	return u.TeamID != "" && u.TeamID != b.team && !slices.Contains(u.Enterprise.Teams, b.team)
}

func languageOf(locale string) rapport.Language {
	switch lang, _, _ := strings.Cut(locale, "-"); strings.ToLower(lang) {
	case "ja":
		return rapport.Japanese
	case "en":
		return rapport.English
	}
	return ""
}

// RefreshProfiles reads from Slack the profiles of everyone who has something
// due and whose profile is a day old, so that a message comes at a good time in
// the right language. It is run ahead of each heartbeat.
func (b *Bot) RefreshProfiles(ctx context.Context, now time.Time) error {
	due, err := b.store.DuePairs(ctx, b.workspace, rapport.DateOf(now.UTC()).AddDays(1), dueAtOnce)
	if err != nil {
		return fmt.Errorf("find due pairs: %w", err)
	}
	ids := dueMembers(due)
	stale, err := b.store.StaleProfiles(ctx, b.workspace, ids, now.Add(-profileFor))
	if err != nil {
		return fmt.Errorf("find stale profiles: %w", err)
	}
	var refused error
	for _, id := range stale[:min(len(stale), profilesAtOnce)] {
		fresh, err := b.fetchProfile(ctx, id)
		var refusal slack.SlackErrorResponse
		if errors.As(err, &refusal) {
			refused = errors.Join(refused, err)
			continue
		}
		if err != nil {
			return err
		}
		fresh.At = now
		if err := b.keepProfile(ctx, id, fresh); err != nil {
			return err
		}
	}
	return refused
}

// dueMembers lists everyone with something due, once: leaders first, since it is
// their zone and language that a message goes by.
func dueMembers(due []rapport.Pair) []string {
	var leaders, people []string
	for _, p := range due {
		leaders, people = append(leaders, p.Leader), append(people, p.Person)
	}
	seen := make(map[string]bool)
	return slices.DeleteFunc(append(leaders, people...), func(id string) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}
