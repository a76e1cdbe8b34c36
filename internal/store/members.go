package store

import (
	"context"
	"fmt"
	"time"

	"innerview/rapport"
)

// memberRows are all members of a workspace; more conditions may follow.
const memberRows = `
	SELECT
		members.id,
		members.zone,
		members.language,
		members.gone,
		members.bot,
		members.guest,
		members.profile_at,
		members.stepped_out_on,
		members.resting_until,
		COALESCE(leaders.country, '')
	FROM members
	LEFT JOIN leaders ON leaders.workspace = members.workspace AND leaders.id = members.id
	WHERE members.workspace = $1`

func scanMember(row scanner) (rapport.Member, error) {
	var m rapport.Member
	p := &m.Profile
	err := row.Scan(&m.ID, &p.Zone, &p.Language, &p.Gone, &p.Bot, &p.Guest, (*timestamp)(&p.At),
		(*day)(&m.SteppedOutOn), (*day)(&m.RestingUntil), &m.Country)
	return m, err
}

// Members returns those of the members that are known, by id.
func (s *Store) Members(ctx context.Context, workspace string, ids []string) (map[string]rapport.Member, error) {
	members := make(map[string]rapport.Member, len(ids))
	err := inChunks(ids, func(ids []string) error {
		in, args := among(workspace, ids)
		found, err := all(ctx, s.read(), scanMember, memberRows+" AND members.id IN ("+in+")", args...)
		for _, m := range found {
			members[m.ID] = m
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	return members, nil
}

// StaleProfiles returns those of the members, in the order given, whose profile
// is unknown or was read before the time.
func (s *Store) StaleProfiles(ctx context.Context, workspace string, ids []string, before time.Time) ([]string, error) {
	members, err := s.Members(ctx, workspace, ids)
	if err != nil {
		return nil, err
	}
	var stale []string
	for _, id := range ids {
		if at := members[id].Profile.At; at.Before(before) || at.After(s.now()) {
			stale = append(stale, id)
		}
	}
	return stale, nil
}

// SaveProfile keeps what Slack says of a member, whom it makes known if need
// be. A profile without a time was read now.
func (s *Store) SaveProfile(ctx context.Context, workspace, id string, p rapport.Profile) error {
	if p.At.IsZero() {
		p.At = s.now()
	}
	err := s.inTx(ctx, func(a access) error { return saveProfile(ctx, a, workspace, id, p, s.now()) })
	if err != nil {
		return fmt.Errorf("save profile: %w", err)
	}
	return nil
}

// saveProfile keeps a profile unless a newer one is there. One from the future,
// which a round for a later time leaves, is not newer.
func saveProfile(ctx context.Context, a access, workspace, id string, p rapport.Profile, now time.Time) error {
	_, err := a.exec(ctx, `
		INSERT INTO members (workspace, id, zone, language, gone, bot, guest, profile_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (workspace, id) DO UPDATE SET
			zone = excluded.zone,
			language = excluded.language,
			gone = excluded.gone,
			bot = excluded.bot,
			guest = excluded.guest,
			profile_at = excluded.profile_at
		WHERE members.profile_at IS NULL
		   OR members.profile_at <= excluded.profile_at
		   OR members.profile_at > $9`,
		workspace, id, p.Zone, p.Language, p.Gone, p.Bot, p.Guest, timestamp(p.At), timestamp(now))
	return err
}

// ensureMember makes a member known of whom nothing but the id may be.
func ensureMember(ctx context.Context, a access, workspace, id string) error {
	_, err := a.exec(ctx, `
		INSERT INTO members (workspace, id)
		VALUES ($1, $2)
		ON CONFLICT (workspace, id) DO NOTHING`,
		workspace, id)
	return err
}
