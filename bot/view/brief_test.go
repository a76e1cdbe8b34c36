package view_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/questions"
	"innerview/rapport"
)

// fullBrief is a brief with as much in it as there can be.
func fullBrief(p *i18n.Printer, s subject) view.BriefData {
	d := view.BriefData{
		Person: s.person, Pair: s.pair, Notice: p.T("corrected.lighter"), Depth: rapport.Values, MayKeepLight: true, MayNote: true,
		Moved:    p.T("brief.moved", "When", p.T("date.yesterday"), "Why", p.T("why.rise_once")),
		Openings: []view.Card{s.card(p, factual()), s.card(p, hello())},
		Tags:     []view.BriefTag{{Kind: "interest", Words: hostile}, {Kind: "strength", Words: "maps"}},
	}
	for i := range 5 {
		d.Talks = append(d.Talks, view.BriefTalk{
			ID: fmt.Sprint("talk-", i), What: p.T("outcome.light"), When: p.T("date.yesterday"), Open: i < 2,
		})
	}
	for i := range rapport.NotesPerPair {
		n := view.BriefNote{
			ID: fmt.Sprint("note-", i), Kind: rapport.NoteKinds()[i%5], Text: hostile, When: p.Date(today()),
			Until: p.DateYear(today().AddDays(180)), MayKeepLonger: i%2 == 0,
		}
		if i == 0 {
			n.AskOn, n.Word = p.Date(s.on), hostile
		}
		d.Notes = append(d.Notes, n)
	}
	for i := range rapport.CommonsPerPair {
		d.Commons = append(d.Commons, rapport.Common{ID: fmt.Sprint("common-", i), Text: hostile})
	}
	for i, state := range []rapport.PromiseState{
		rapport.PromiseOpen, rapport.PromiseOpen, rapport.PromiseKept, rapport.PromiseWithdrawn, rapport.PromiseKept,
	} {
		d.Promises = append(d.Promises, view.BriefPromise{
			ID: fmt.Sprint("promise-", i), Text: hostile, State: state, When: p.Date(s.on), Hopeless: i == 1,
		})
	}
	return d
}

func briefs() []shot {
	brief := func(state string, change func(p *i18n.Printer, d *view.BriefData)) shot {
		return shot{view: "brief", state: state, build: func(p *i18n.Printer, s subject) any {
			d := fullBrief(p, s)
			change(p, &d)
			return view.Brief(p, d)
		}}
	}
	empty := func(d *view.BriefData) {
		*d = view.BriefData{Person: d.Person, Pair: d.Pair, Depth: rapport.Factual, Openings: d.Openings}
	}
	return []shot{
		brief("as full as can be", func(*i18n.Printer, *view.BriefData) {}),
		brief("nothing yet, and no notes", func(_ *i18n.Printer, d *view.BriefData) { empty(d) }),
		brief("resting", func(p *i18n.Printer, d *view.BriefData) {
			empty(d)
			d.Openings, d.Rest = nil, p.T("error.resting")
		}),
		brief("at causes, one opening", func(p *i18n.Printer, d *view.BriefData) {
			empty(d)
			d.Depth, d.Openings = rapport.Causative, d.Openings[:1]
		}),
		{view: "edit_note", state: "a note", build: func(p *i18n.Printer, s subject) any {
			return view.EditNoteModal(p, view.Ref{Note: "note-1"}, s.person, view.NoteAnswer{
				Text: hostile, Kind: rapport.NoteValue, AskOn: s.on,
			}, "", rapport.NotesPrivate)
		}},
		{view: "edit_note", state: "a note with a word from them", build: func(p *i18n.Printer, s subject) any {
			return view.EditNoteModal(p, view.Ref{Note: "note-1"}, s.person, view.NoteAnswer{
				Text: hostile, Kind: rapport.NoteFact,
			}, hostile, rapport.NotesOpen)
		}},
		{view: "edit_talk", state: "a talk", build: func(p *i18n.Printer, s subject) any {
			return view.EditTalkModal(p, view.Ref{Talk: "talk-1"}, s.person, view.TalkEdit{On: today(), Outcome: rapport.Declined})
		}},
	}
}

func promises() []shot {
	return []shot{
		{view: "promise", state: "a new one", build: func(p *i18n.Printer, s subject) any {
			return view.PromiseModal(p, view.Ref{Pair: s.pair}, s.person, view.PromiseAnswer{Due: today().AddDays(14)})
		}},
		{view: "promise", state: "one that is changed", build: func(p *i18n.Printer, s subject) any {
			return view.PromiseModal(p, view.Ref{Promise: "promise-1", Brief: true}, s.person,
				view.PromiseAnswer{Text: hostile, Due: today()})
		}},
	}
}

// dues are what comes back to a leader by itself, and where it is looked at.
func dues() []shot {
	list := func(state string, n int, notice string) shot {
		return shot{view: "promises", state: state, bare: n > 2, build: func(p *i18n.Printer, s subject) any {
			var all []view.DuePromise
			for i := range n {
				all = append(all, view.DuePromise{Person: s.person, BriefPromise: view.BriefPromise{
					ID: fmt.Sprint("promise-", i), Text: hostile, State: rapport.PromiseOpen, When: p.Date(s.on), Hopeless: i == 0,
				}})
			}
			said := ""
			if notice != "" {
				said = p.T(notice)
			}
			return view.Promises(p, said, all)
		}}
	}
	return []shot{
		list("none", 0, ""), list("none, after the last was kept", 0, "due.kept"), list("two", 2, ""), list("a hundred", 100, ""),
		{view: "due", state: "a promise", build: func(p *i18n.Printer, s subject) any {
			return view.PromiseDue(p, view.Due{Person: s.person, Pair: s.pair, Promise: "promise-1"})
		}},
		{view: "due", state: "a note, as the first message", build: func(p *i18n.Printer, s subject) any {
			return view.NoteDue(p, view.Due{Person: s.person, Pair: s.pair, Intro: true})
		}},
	}
}

// TestBriefSharesFirst: of each opening what the leader may say of themselves
// stands above the question.
func TestBriefSharesFirst(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		d := fullBrief(p, mei())
		d.Openings = []view.Card{mei().card(p, factual()), mei().card(p, causative())}
		all := strings.Join(sections(view.Brief(p, d)), "\n")
		for _, s := range []questions.Starter{factual(), causative()} {
			share, ask := strings.Index(all, s.Share.In(p.Language())), strings.Index(all, s.Text.In(p.Language()))
			if share < 0 || ask < share {
				t.Errorf("%s: sharing stands at %d, asking at %d", p.Language(), share, ask)
			}
		}
	}
}

// TestBriefNamesLayersOnce: notes of one layer stand under one heading, and a layer
// without notes has none.
func TestBriefNamesLayersOnce(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.English)
	d := fullBrief(p, mei())
	for i := range d.Notes {
		d.Notes[i].Kind = rapport.NoteKinds()[i%2]
	}
	all := strings.Join(sections(view.Brief(p, d)), "\n")
	for i, kind := range rapport.NoteKinds() {
		want := 0
		if i < 2 {
			want = 1
		}
		if got := strings.Count(all, p.T("note.kind."+string(kind))); got != want {
			t.Errorf("the heading of %s stands %d times, want %d", kind, got, want)
		}
	}
}

// TestALongListOfPromisesSaysThatItGoesOn: nothing that is open is left out unsaid.
func TestALongListOfPromisesSaysThatItGoesOn(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for n, more := range map[int]int{25: 0, 26: 1, 100: 75} {
			all := make([]view.DuePromise, n)
			for i := range all {
				all[i] = view.DuePromise{Person: "U0MEI", BriefPromise: view.BriefPromise{ID: fmt.Sprint(i), Text: "lend the book", When: "x"}}
			}
			raw, err := json.Marshal(view.Promises(p, "", all))
			if err != nil {
				t.Fatal(err)
			}
			said := strings.Contains(string(raw), p.N("promises.more", max(1, more)))
			if want := more > 0; said != want {
				t.Errorf("of %d promises the list says %t that there are more, want %t", n, said, want)
			}
		}
	}
}
