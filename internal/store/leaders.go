package store

import (
	"context"
	"fmt"
	"time"

	"innerview/rapport"
)

// Settings are what a leader chooses for themselves; zero values mean the
// defaults of the configuration.
type Settings struct {
	Language   rapport.Language
	Hours      rapport.Hours
	Days       rapport.Weekdays
	Country    string // whose holidays they keep
	PerWeek    *int
	RhythmDays int
	Digest     rapport.DigestDay
	FullText   bool
}

// CountLeaders returns how many members keep somebody in mind.
func (s *Store) CountLeaders(ctx context.Context, workspace string) (int, error) {
	n, err := one(ctx, s.read(), scanInt, "SELECT COUNT(DISTINCT leader) FROM pairs WHERE workspace = $1 AND state = 'active'",
		workspace)
	return n, wrap("count leaders", err)
}

// LeaderLoad is a leader and how many people they keep in mind.
type LeaderLoad struct {
	Leader rapport.Leader
	People int // active pairs
}

// leaderColumns belong to leaders JOIN members.
const leaderColumns = `
	leaders.id,
	members.zone,
	members.language,
	members.gone,
	members.bot,
	members.guest,
	members.profile_at,
	leaders.language,
	leaders.hours_from,
	leaders.hours_to,
	leaders.days,
	leaders.confirmed_at,
	leaders.channel,
	leaders.met_at,
	leaders.paused_on,
	leaders.paused_until,
	leaders.country,
	leaders.per_week,
	leaders.rhythm_days,
	leaders.digest_day,
	leaders.full_text,
	leaders.ignored,
	leaders.answered,
	leaders.answered_on,
	leaders.goodbye_on,
	leaders.invited_on,
	leaders.digest_on`

func scanLeader(row scanner) (rapport.Leader, error) {
	var l rapport.Leader
	p, at := &l.Profile, &l.Attention
	err := row.Scan(&l.ID, &p.Zone, &p.Language, &p.Gone, &p.Bot, &p.Guest, (*timestamp)(&p.At),
		&l.Language, &l.Hours.From, &l.Hours.To, &l.Days, (*timestamp)(&l.ConfirmedAt),
		&l.Channel, (*timestamp)(&l.MetAt), (*day)(&l.PausedOn), (*day)(&l.PausedUntil),
		&l.Country, &l.PerWeek, &l.RhythmDays, &l.Digest, &l.FullText,
		&at.Ignored, &at.Answered, (*day)(&at.LastOn), (*day)(&at.GoodbyeOn), (*day)(&at.InvitedOn), (*day)(&l.DigestOn))
	return l, err
}

func readLeader(ctx context.Context, a access, workspace, id string) (rapport.Leader, error) {
	return one(ctx, a, scanLeader, `
		SELECT`+leaderColumns+`
		FROM leaders
		JOIN members ON members.workspace = leaders.workspace AND members.id = leaders.id
		WHERE leaders.workspace = $1 AND leaders.id = $2`,
		workspace, id)
}

// Leader returns the actor as a leader.
func (s *Store) Leader(ctx context.Context, sc rapport.Scope) (rapport.Leader, error) {
	l, err := readLeader(ctx, s.read(), sc.Workspace, sc.Actor)
	if err != nil {
		return rapport.Leader{}, fmt.Errorf("read leader: %w", err)
	}
	return l, nil
}

// EnsureLeader returns the actor as a leader, whom it makes one, unconfirmed, if
// need be. A profile with a time is kept when it is newer than the one there.
func (s *Store) EnsureLeader(ctx context.Context, sc rapport.Scope, p rapport.Profile) (rapport.Leader, error) {
	l, err := readLeader(ctx, s.read(), sc.Workspace, sc.Actor)
	if err == nil && !moment(p.At).After(l.Profile.At) {
		return l, nil // nothing to write, and no turn to wait for
	}
	err = s.inTx(ctx, func(a access) error {
		if err := ensureLeader(ctx, a, sc.Workspace, sc.Actor); err != nil {
			return err
		}
		if !p.At.IsZero() {
			if err := saveProfile(ctx, a, sc.Workspace, sc.Actor, p, s.now()); err != nil {
				return err
			}
		}
		var err error
		l, err = readLeader(ctx, a, sc.Workspace, sc.Actor)
		return err
	})
	if err != nil {
		return rapport.Leader{}, fmt.Errorf("ensure leader: %w", err)
	}
	return l, nil
}

func ensureLeader(ctx context.Context, a access, workspace, id string) error {
	if err := ensureMember(ctx, a, workspace, id); err != nil {
		return err
	}
	_, err := a.exec(ctx, `
		INSERT INTO leaders (workspace, id)
		VALUES ($1, $2)
		ON CONFLICT (workspace, id) DO NOTHING`,
		workspace, id)
	return err
}

// ConfirmLeader notes that the actor said yes to being written to.
func (s *Store) ConfirmLeader(ctx context.Context, sc rapport.Scope, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		return confirmLeader(ctx, a, sc.Workspace, sc.Actor, s.now())
	})
	if err != nil {
		return fmt.Errorf("confirm leader: %w", err)
	}
	return nil
}

// confirmLeader keeps the time of the first yes.
func confirmLeader(ctx context.Context, a access, workspace, id string, at time.Time) error {
	return a.must(ctx, `
		UPDATE leaders
		SET confirmed_at = COALESCE(confirmed_at, $3)
		WHERE workspace = $1 AND id = $2`,
		workspace, id, timestamp(at))
}

// SaveSettings replaces the actor's settings.
func (s *Store) SaveSettings(ctx context.Context, sc rapport.Scope, set Settings, key string) error {
	err := s.once(ctx, sc.Workspace, key, func(a access) error {
		return a.must(ctx, `
			UPDATE leaders SET
				language = $3,
				hours_from = $4,
				hours_to = $5,
				days = $6,
				country = $7,
				per_week = $8,
				rhythm_days = $9,
				digest_day = $10,
				full_text = $11,
				digest_on = $12
			WHERE workspace = $1 AND id = $2`,
			sc.Workspace, sc.Actor, set.Language, set.Hours.From, set.Hours.To, set.Days,
			set.Country, set.PerWeek, set.RhythmDays, set.Digest, set.FullText, day(rapport.AtOnce))
	})
	if err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	return nil
}

// SetChannel keeps the id of the DM with the leader.
func (s *Store) SetChannel(ctx context.Context, workspace, leader, channel string) error {
	err := s.inTx(ctx, func(a access) error {
		return a.must(ctx, "UPDATE leaders SET channel = $3 WHERE workspace = $1 AND id = $2",
			workspace, leader, channel)
	})
	if err != nil {
		return fmt.Errorf("set channel: %w", err)
	}
	return nil
}

// MarkMet notes when the leader first heard from Innerview; later times change
// nothing.
func (s *Store) MarkMet(ctx context.Context, workspace, leader string, at time.Time) error {
	err := s.inTx(ctx, func(a access) error {
		return a.must(ctx, `
			UPDATE leaders
			SET met_at = COALESCE(met_at, $3)
			WHERE workspace = $1 AND id = $2`,
			workspace, leader, timestamp(at))
	})
	if err != nil {
		return fmt.Errorf("mark met: %w", err)
	}
	return nil
}

// Leaders returns those of the leaders that are known, by id, each with how
// many people they keep in mind.
func (s *Store) Leaders(ctx context.Context, workspace string, ids []string) (map[string]LeaderLoad, error) {
	loads := make(map[string]LeaderLoad, len(ids))
	err := inChunks(ids, func(ids []string) error {
		in, args := among(workspace, ids)
		found, err := all(ctx, s.read(), scanLoad, `
			SELECT`+leaderColumns+`,
				(SELECT COUNT(*)
				 FROM pairs
				 WHERE pairs.workspace = leaders.workspace
				   AND pairs.leader = leaders.id
				   AND pairs.state = 'active')
			FROM leaders
			JOIN members ON members.workspace = leaders.workspace AND members.id = leaders.id
			WHERE leaders.workspace = $1 AND leaders.id IN (`+in+`)`,
			args...)
		for _, l := range found {
			loads[l.Leader.ID] = l
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read leaders: %w", err)
	}
	return loads, nil
}

func scanLoad(row scanner) (load LeaderLoad, err error) {
	load.Leader, err = scanLeader(withLast(row, &load.People))
	return load, err
}

// rowWithLast is a row with one column more than its scan knows of.
type rowWithLast struct {
	row  scanner
	last any
}

func withLast(row scanner, last any) scanner { return rowWithLast{row, last} }

// Scan implements scanner.
func (r rowWithLast) Scan(dest ...any) error { return r.row.Scan(append(dest, r.last)...) }
