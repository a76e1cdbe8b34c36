package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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
// a day old. When Slack does not answer, what was known before stands.
func (b *Bot) profile(ctx context.Context, user string) (rapport.Profile, error) {
	members, err := b.store.Members(ctx, b.workspace, []string{user})
	if err != nil {
		return rapport.Profile{}, fmt.Errorf("read a member: %w", err)
	}
	known := members[user].Profile
	if b.o.Now().Sub(known.At).Abs() < profileFor {
		return known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, profileWithin)
	defer cancel()
	fresh, err := b.fetchProfile(ctx, user)
	if err != nil {
		b.log.Warn("a member's profile could not be read", slog.Any("error", err))
		return known, nil
	}
	if err := b.store.SaveProfile(ctx, b.workspace, user, fresh); err != nil {
		return rapport.Profile{}, fmt.Errorf("save a member: %w", err)
	}
	return fresh, nil
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
		Bot:      u.IsBot || u.ID == "USLACKBOT" || u.ID == "USLACK",
		Guest:    u.IsRestricted || u.IsUltraRestricted || u.IsStranger,
		At:       b.o.Now(),
	}
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
	var ids []string
	for _, p := range due {
		ids = append(ids, p.Leader, p.Person)
	}
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
		if err := b.store.SaveProfile(ctx, b.workspace, id, fresh); err != nil {
			return fmt.Errorf("save a member: %w", err)
		}
	}
	return refused
}
