package bot

import (
	"slices"
	"time"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/internal/store"
	"innerview/rapport"
)

// keptWords puts what is kept into the words of the person it is about.
type keptWords struct {
	p     *i18n.Printer
	today rapport.Date
	zone  *time.Location
	notes rapport.NoteMode
}

// by says what one leader keeps. Nothing is interpreted: how far the two have
// come is what may be asked, in words.
func (w keptWords) by(k store.Kept) view.KeptBy {
	pair := k.Pair
	who := w.p.Person(pair.Leader)
	by := view.KeptBy{Lines: []string{w.p.T("me.leader", "Person", who, "When", w.p.DateYear(pair.CreatedOn))}}
	if pair.State == rapport.Ended {
		by.Lines[0] = w.p.T("me.leader_ended", "Person", who, "When", w.p.Date(pair.EndedOn))
	}
	if pair.State == rapport.Active { // about nobody else is there any idea
		by.Lines = append(by.Lines, w.far(pair.History.Pace().Settle(w.today)))
	}
	by.Lines = append(by.Lines, w.circumstances(pair)...)
	if hidden := w.hidden(k, who); hidden != "" {
		by.Lines = append(by.Lines, hidden)
	}
	by.Items = slices.Concat(w.noted(k), w.promised(k), w.talked(k), w.topics(k))
	return by
}

// far says how far the two have come.
func (w keptWords) far(pace rapport.Pace) string {
	if !pace.MayOffer(w.today) {
		return w.p.T("me.depth_none")
	}
	return w.p.T("me.depth." + pace.Depth.String())
}

// hidden says why texts are not shown, "" where all are.
func (w keptWords) hidden(k store.Kept, who string) string {
	noted := len(k.Notes)+len(k.Commons)+len(k.Tags) > 0
	switch {
	case w.notes == rapport.NotesPrivate && (noted || len(k.Promises) > 0):
		return w.p.T("me.ask", "Person", who)
	case w.notes == rapport.NotesOff && noted:
		return w.p.T("me.off")
	}
	return ""
}

// circumstances are what the leader has said of the person's situation.
func (w keptWords) circumstances(p rapport.Pair) []string {
	var lines []string
	away, awayUntil := p.AbsenceOn(w.today)
	for _, c := range []struct {
		key string
		on  rapport.Date
	}{
		{"me.since", p.Since},
		{"me.away", away},
		{"me.away_until", awayUntil},
		{"me.probation", p.ProbationUntil},
		{"me.evaluation", p.EvaluationOn},
	} {
		if !c.on.IsZero() {
			lines = append(lines, w.p.T(c.key, "When", w.p.DateYear(c.on)))
		}
	}
	if p.Country != "" {
		lines = append(lines, w.p.T("me.country", "Country", w.p.Country(p.Country)))
	}
	return lines
}

func (w keptWords) on(d rapport.Date) string { return w.p.Day(d, w.today) }

func (w keptWords) day(at time.Time) string { return w.on(rapport.DateOf(at.In(w.zone))) }

func (w keptWords) noted(k store.Kept) []view.KeptItem {
	var items []view.KeptItem
	for _, n := range k.Notes {
		items = append(items, view.KeptItem{
			Kind: string(store.ItemNote), ID: n.ID, Text: n.Text, Word: n.Word.Text,
			MayAdd: w.notes == rapport.NotesOpen && k.Pair.State == rapport.Active,
			Head:   w.p.T("me.note", "Kind", w.p.T("me.kind."+string(n.Kind)), "When", w.day(n.CreatedAt), "Until", w.p.DateYear(n.ExpiresOn)),
		})
	}
	for _, t := range k.Tags {
		items = append(items, view.KeptItem{
			Kind: string(t.Kind), ID: k.Pair.ID, Head: w.until(w.p.T("me.tag."+string(t.Kind)), t.ExpiresOn), Text: t.Text,
		})
	}
	for _, c := range k.Commons {
		items = append(items, view.KeptItem{
			Kind: string(store.ItemCommon), ID: c.ID, Text: c.Text,
			Head: w.until(w.p.T("me.common", "When", w.on(c.CreatedOn)), c.ExpiresOn),
		})
	}
	return items
}

// until adds the last day of a text that touches private life.
func (w keptWords) until(head string, last rapport.Date) string {
	if last.IsZero() {
		return head
	}
	return head + "\n" + w.p.T("me.personal", "Until", w.p.DateYear(last))
}

func (w keptWords) promised(k store.Kept) []view.KeptItem {
	var items []view.KeptItem
	for _, p := range k.Promises {
		it := view.KeptItem{Kind: string(store.ItemPromise), ID: p.ID, Text: p.Text}
		if p.State == rapport.PromiseOpen {
			it.Head = w.until(w.p.T("me.promise.open", "When", w.on(p.DueOn)), p.ExpiresOn)
		} else {
			it.Head = w.p.T("me.promise."+string(p.State), "Until", w.p.DateYear(p.KeptUntil()))
		}
		items = append(items, it)
	}
	return items
}

func (w keptWords) talked(k store.Kept) []view.KeptItem {
	var items []view.KeptItem
	for _, plan := range k.Plans {
		at := plan.At.In(w.zone)
		items = append(items, view.KeptItem{Head: w.p.T("me.plan", "When", moment(&request{p: w.p}, at))})
	}
	for _, t := range k.Talks {
		items = append(items, view.KeptItem{
			Kind: string(store.ItemTalk), ID: t.ID,
			Head: w.p.T("me.talk", "What", w.p.T("me.outcome."+string(t.Outcome)), "When", w.on(t.On), "Until", w.p.DateYear(t.KeptUntil())),
		})
	}
	return items
}

func (w keptWords) topics(k store.Kept) []view.KeptItem {
	if len(k.Blocked) == 0 {
		return nil
	}
	return []view.KeptItem{{Kind: string(store.ItemTopics), ID: k.Pair.ID, Head: w.p.T("me.blocked", "Topics", view.TopicNames(w.p, k.Blocked))}}
}
