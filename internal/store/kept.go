package store

import (
	"context"
	"fmt"
	"time"

	"innerview/internal/seal"
	"innerview/rapport"
)

// Tag is what a leader once noted that a person enjoys or does well.
type Tag struct {
	Kind      TagKind
	Text      rapport.NoteText
	ExpiresOn rapport.Date // its last day, where it touches private life
}

// Kept is what one leader keeps about a person. Texts that are the leader's alone
// are left out, the rest is not.
type Kept struct {
	Pair     rapport.Pair   // active, or ended and not yet destroyed
	Talks    []rapport.Talk // newest first
	Notes    []rapport.Note // newest first
	Promises []rapport.Promise
	Commons  []rapport.Common
	Tags     []Tag
	Blocked  []string       // topics to leave alone with this leader
	Plans    []rapport.Plan // moments still ahead
}

// KeptAboutMe returns all that is kept about the actor on the day, leader by
// leader. Mode says which texts of the leader's come with it: with [rapport.NotesOpen] all,
// with [rapport.NotesPrivate] none, and where notes are off only promises, for
// what was noted before was noted under another rule.
func (s *Store) KeptAboutMe(ctx context.Context, sc rapport.Scope, mode rapport.NoteMode, today rapport.Date,
) ([]Kept, error) {
	pairs, err := pairsAbout(ctx, s.read(), sc)
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	var kept []Kept
	for _, p := range pairs {
		if p.State == rapport.OptedOut || isDestroyed(p, today) {
			continue
		}
		k, err := s.keptIn(ctx, s.read(), sc.Workspace, p, mode, today)
		if err != nil {
			return nil, fmt.Errorf("read what is kept: %w", err)
		}
		kept = append(kept, k)
	}
	return kept, nil
}

func (s *Store) keptIn(ctx context.Context, a access, workspace string, p rapport.Pair, mode rapport.NoteMode, today rapport.Date,
) (Kept, error) {
	k := Kept{Pair: p}
	o := opener{s: s, workspace: workspace, pair: p.ID}
	notes, promises, words := o, o, o
	notes.shut, promises.shut = mode != rapport.NotesOpen, mode == rapport.NotesPrivate
	var err error
	if k.Talks, err = lastTalks(ctx, a, p.ID, today, everyTalk); err != nil {
		return k, err
	}
	if k.Notes, err = notesKept(ctx, a, &notes, &words, p.ID, today); err != nil {
		return k, err
	}
	if k.Promises, err = promisesKept(ctx, a, &promises, p.ID, today); err != nil {
		return k, err
	}
	if k.Commons, err = commonsKept(ctx, a, &notes, p.ID, today); err != nil {
		return k, err
	}
	if k.Tags, err = tagsKept(ctx, a, &notes, p.ID, today); err != nil {
		return k, err
	}
	if k.Blocked, err = blockedTopics(ctx, a, p.ID); err != nil {
		return k, err
	}
	k.Plans, err = plansAhead(ctx, a, p.ID, s.now())
	return k, err
}

// everyTalk is more talks than two can have had while they are kept.
const everyTalk = 10_000

// opener opens texts of a pair, unless they are not for the reader.
type opener struct {
	s               *Store
	workspace, pair string
	shut            bool
	key             *seal.DataKey
}

func (o *opener) open(ctx context.Context, a access, at seal.Place, sealed []byte) (rapport.NoteText, error) {
	if o.shut {
		return "", nil
	}
	if o.key == nil {
		key, err := o.s.dataKey(ctx, a, o.workspace, o.pair)
		if err != nil {
			return "", err
		}
		o.key = key
	}
	text, err := o.key.Open(at, sealed)
	return rapport.NoteText(text), err
}

// notesKept returns the live notes of a pair. What the person added to one comes
// with words.
func notesKept(ctx context.Context, a access, o, words *opener, pair string, today rapport.Date) ([]rapport.Note, error) {
	found, err := all(ctx, a, scanNote, noteRows+`
		WHERE notes.pair = $1 AND notes.expires_on >= $2
		ORDER BY notes.created_at DESC, notes.id DESC`,
		pair, day(today))
	if err != nil {
		return nil, err
	}
	var notes []rapport.Note
	for _, n := range found {
		if n.note.Text, err = o.open(ctx, a, noteText(n.note.ID), n.text); err != nil {
			return nil, err
		}
		if n.word != nil {
			if n.note.Word.Text, err = words.open(ctx, a, wordText(n.note.ID), n.word); err != nil {
				return nil, err
			}
		}
		notes = append(notes, n.note)
	}
	return notes, nil
}

func promisesKept(ctx context.Context, a access, o *opener, pair string, today rapport.Date) ([]rapport.Promise, error) {
	found, err := all(ctx, a, scanPromise, `
		SELECT`+promiseColumns+`
		FROM promises
		WHERE pair = $1
		ORDER BY due_on, id`,
		pair)
	if err != nil {
		return nil, err
	}
	var promises []rapport.Promise
	for _, p := range promisesOn(found, today) {
		if p.promise.Text, err = o.open(ctx, a, promiseText(p.promise.ID), p.text); err != nil {
			return nil, err
		}
		promises = append(promises, p.promise)
	}
	return promises, nil
}

func commonsKept(ctx context.Context, a access, o *opener, pair string, today rapport.Date) ([]rapport.Common, error) {
	found, err := all(ctx, a, scanCommon, `
		SELECT
			id,
			pair,
			text,
			created_at,
			expires_on
		FROM commons
		WHERE pair = $1`+lasting("commons", "$2")+`
		ORDER BY created_at, id`,
		pair, day(today))
	if err != nil {
		return nil, err
	}
	var commons []rapport.Common
	for _, c := range found {
		if c.common.Text, err = o.open(ctx, a, commonText(c.common.ID), c.text); err != nil {
			return nil, err
		}
		commons = append(commons, c.common)
	}
	return commons, nil
}

func tagsKept(ctx context.Context, a access, o *opener, pair string, today rapport.Date) ([]Tag, error) {
	type sealed struct {
		tag  Tag
		text []byte
	}
	scan := func(row scanner) (t sealed, err error) {
		err = row.Scan(&t.tag.Kind, &t.text, (*day)(&t.tag.ExpiresOn))
		return t, err
	}
	found, err := all(ctx, a, scan, "SELECT kind, text, expires_on FROM tags WHERE pair = $1"+lasting("tags", "$2")+" ORDER BY kind",
		pair, day(today))
	if err != nil {
		return nil, err
	}
	var tags []Tag
	for _, t := range found {
		if t.tag.Text, err = o.open(ctx, a, tagText(pair, t.tag.Kind), t.text); err != nil {
			return nil, err
		}
		tags = append(tags, t.tag)
	}
	return tags, nil
}

func plansAhead(ctx context.Context, a access, pair string, now time.Time) ([]rapport.Plan, error) {
	return all(ctx, a, scanPlan, `
		SELECT`+planColumns+`
		FROM plans
		WHERE pair = $1 AND NOT cancelled AND at >= $2
		ORDER BY at, id`,
		pair, timestamp(now))
}
