package store

import (
	"context"
	"fmt"
	"time"

	"innerview/rapport"
)

// SubjectItem is one thing that is kept about somebody.
type SubjectItem struct {
	Role  string       // "member", "person" (somebody keeps them in mind) or "leader"
	With  string       // the Slack id of the other one, "" for nobody
	Kind  string       // of what is kept, a word such as "note"
	On    rapport.Date // it is of, no day for none
	Until rapport.Date // its last day, no day where it stays as long as the rest

	// Detail is what there is besides, in words from closed sets, days and
	// numbers. It is nil unless texts were asked for.
	Detail map[string]string
	Text   rapport.NoteText // what somebody wrote; "" unless texts were asked for
}

// The roles of a [SubjectItem].
const (
	asMember = "member"
	asPerson = "person"
	asLeader = "leader"
)

// Subject returns all that is kept about somebody, as a member, as a person and as
// a leader, with texts and details where those are asked for, and records that
// it was asked. What has had its last day everywhere on earth at the time is left
// out, though [Store.Tidy] may not have destroyed it yet.
func (s *Store) Subject(ctx context.Context, workspace, user string, texts bool, now time.Time) ([]SubjectItem, error) {
	var items []SubjectItem
	err := s.inTx(ctx, func(a access) error {
		c := collector{
			s: s, a: a, workspace: workspace, user: user, texts: texts, today: overEverywhere(now), strangersUntil: now.AddDate(0, 0, -keepStrangers),
		}
		if err := c.collect(ctx); err != nil {
			return err
		}
		items = c.items
		return record(ctx, a, SubjectExport, s.now())
	})
	if err != nil {
		return nil, fmt.Errorf("read what is kept: %w", err)
	}
	return items, nil
}

// collector gathers what is kept about one user.
type collector struct {
	s               *Store
	a               access
	workspace, user string
	texts           bool
	today           rapport.Date
	strangersUntil  time.Time // profiles read before are those of strangers
	items           []SubjectItem
}

func (c *collector) add(it SubjectItem) {
	if !it.Until.IsZero() && it.Until.Before(c.today) {
		return
	}
	if !c.texts {
		it.Detail, it.Text = nil, ""
	}
	for key, value := range it.Detail {
		if value == "" {
			delete(it.Detail, key)
		}
	}
	c.items = append(c.items, it)
}

func (c *collector) collect(ctx context.Context) error {
	all, err := pairsWith(ctx, c.a, c.workspace, c.user)
	if err != nil {
		return err
	}
	pairs, gone := c.kept(all)
	if err := c.leader(ctx); err != nil {
		return err
	}
	if err := c.member(ctx, len(pairs) == 0 && len(c.items) == 0, len(gone) > 0); err != nil {
		return err
	}
	for _, p := range pairs {
		if err := c.pair(ctx, p); err != nil {
			return err
		}
	}
	return c.messages(ctx, gone)
}

// kept parts the pairs from those that ended and are to be there no more, by id.
func (c *collector) kept(all []rapport.Pair) (pairs []rapport.Pair, gone map[string]bool) {
	gone = map[string]bool{}
	for _, p := range all {
		if isDestroyed(p, c.today) {
			gone[p.ID] = true
		} else {
			pairs = append(pairs, p)
		}
	}
	return pairs, gone
}

// pairsWith returns the pairs of somebody in either role, whatever their state.
func pairsWith(ctx context.Context, a access, workspace, user string) ([]rapport.Pair, error) {
	return all(ctx, a, scanPair, `
		SELECT`+pairColumns+`
		FROM pairs
		WHERE workspace = $1 AND (leader = $2 OR person = $2)
		ORDER BY leader, person`,
		workspace, user)
}

// member adds what is known of everybody, and what they chose for themselves. Of
// who is part of nothing, and was not lately, nothing is to be there any more;
// those who left with their last pair were.
func (c *collector) member(ctx context.Context, stranger, left bool) error {
	members, err := all(ctx, c.a, scanMember, memberRows+" AND members.id = $2", c.workspace, c.user)
	if err != nil {
		return err
	}
	wishes, err := wishes(ctx, c.a, c.workspace, c.user)
	if err != nil {
		return err
	}
	for _, m := range members {
		stranger = stranger && !m.StandsBack(c.today) && len(wishes.Welcome)+len(wishes.Blocked) == 0
		if stranger && (left || m.Profile.At.Before(c.strangersUntil)) {
			return nil
		}
		c.add(SubjectItem{Role: asMember, Kind: "profile", On: dayOf(m.Profile.At), Detail: map[string]string{
			"zone": m.Profile.Zone, "language": string(m.Profile.Language),
			"gone": yes(m.Profile.Gone), "bot": yes(m.Profile.Bot), "guest": yes(m.Profile.Guest),
		}})
		if !m.SteppedOutOn.IsZero() {
			c.add(SubjectItem{Role: asMember, Kind: "stepped_out", On: m.SteppedOutOn})
		}
		if !m.RestingUntil.IsZero() {
			c.add(SubjectItem{Role: asMember, Kind: "rest", Until: m.RestingUntil})
		}
	}
	c.topics(SubjectItem{Role: asMember}, wishes)
	told, err := all(ctx, c.a, scanTime, "SELECT at FROM notices WHERE workspace = $1 AND person = $2", c.workspace, c.user)
	for _, at := range told {
		c.add(SubjectItem{Role: asMember, Kind: "notice", On: dayOf(at)})
	}
	return err
}

// topics adds a topic each, in the role and with whom the item says.
func (c *collector) topics(of SubjectItem, w Wishes) {
	for _, topic := range w.Welcome {
		of.Kind, of.Detail = "topic_welcome", map[string]string{"topic": topic}
		c.add(of)
	}
	for _, topic := range w.Blocked {
		of.Kind, of.Detail = "topic_left_alone", map[string]string{"topic": topic}
		c.add(of)
	}
}

// leader adds what a leader chose, and what they wrote for themselves.
func (c *collector) leader(ctx context.Context) error {
	leaders, err := all(ctx, c.a, scanLeader, `
		SELECT`+leaderColumns+`
		FROM leaders
		JOIN members ON members.workspace = leaders.workspace AND members.id = leaders.id
		WHERE leaders.workspace = $1 AND leaders.id = $2`,
		c.workspace, c.user)
	if err != nil || len(leaders) == 0 {
		return err
	}
	l := leaders[0]
	pausedOn, pausedUntil := l.PauseOn(c.today)
	c.add(SubjectItem{Role: asLeader, Kind: "settings", On: dayOf(l.ConfirmedAt), Detail: map[string]string{
		"language": string(l.Language), "country": l.Country, "digest": string(l.Digest), "full_text": yes(l.FullText),
		"rhythm_days": count(l.RhythmDays), "paused_on": pausedOn.String(), "paused_until": pausedUntil.String(),
		"answered": count(l.Attention.Answered), "left_untouched": count(l.Attention.Ignored),
	}})
	own, err := all(ctx, c.a, scanOwn, `
		SELECT
			kind,
			starter,
			text
		FROM own_words
		WHERE workspace = $1 AND leader = $2
		ORDER BY kind, starter`,
		c.workspace, c.user)
	o := c.opener(c.user)
	for _, w := range own {
		text, err := o.open(ctx, c.a, ownText(c.user, w.kind, w.starter), w.text)
		if err != nil {
			return err
		}
		c.add(SubjectItem{Role: asLeader, Kind: "own_" + string(w.kind), Text: text, Detail: map[string]string{"starter": w.starter}})
	}
	return err
}

// sealedOwn is a text of a leader's as its row holds it.
type sealedOwn struct {
	kind    OwnKind
	starter string
	text    []byte
}

func scanOwn(row scanner) (w sealedOwn, err error) {
	err = row.Scan(&w.kind, &w.starter, &w.text)
	return w, err
}

func (c *collector) opener(owner string) *opener {
	return &opener{s: c.s, workspace: c.workspace, pair: owner, shut: !c.texts}
}

// messages adds what was sent to a leader, and about the user to others: when and
// what kind, for what it said is not kept. Those of pairs that are to be there no
// more went with them.
func (c *collector) messages(ctx context.Context, gone map[string]bool) error {
	sent, err := all(ctx, c.a, scanMessage, `
		SELECT`+messageColumns+`
		FROM messages
		WHERE workspace = $1
		  AND (leader = $2 OR pair IN (SELECT id FROM pairs WHERE workspace = $1 AND person = $2))
		ORDER BY planned_on, id`,
		c.workspace, c.user)
	for _, m := range sent {
		if gone[m.Pair] {
			continue
		}
		it := SubjectItem{Role: asLeader, Kind: "message", On: m.PlannedOn, Detail: map[string]string{
			"kind": string(m.Kind), "state": string(m.State), "reason": m.Reason, "answer": string(m.Answer),
		}}
		switch {
		case m.Leader != c.user:
			it.Role, it.With = asPerson, m.Leader
		case m.Pair != "":
			it.Detail["reason"] = "" // may be the person's: that they rest, or leave a topic alone
		}
		if m.State != rapport.StatePending && m.State != rapport.StateSending {
			it.Until = m.PlannedOn.AddDays(keepPast)
		}
		c.add(it)
	}
	return err
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// dayOf is the day in UTC, no day for no time.
func dayOf(at time.Time) rapport.Date {
	if at.IsZero() {
		return rapport.Date{}
	}
	return rapport.DateOf(at.UTC())
}
