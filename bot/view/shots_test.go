package view_test

import (
	"fmt"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/questions"
	"innerview/rapport"
)

// shot is one view in one state.
type shot struct {
	view, state string
	// build returns a [view.Message] or one of slack-go's view requests.
	build func(p *i18n.Printer, s subject) any
	// card marks a message that carries one starter.
	card bool
	// bare marks a state that stands in no golden, for it is long and its parts are
	// in others.
	bare bool
}

// shots are all views in all states.
func shots() []shot {
	var all []shot
	for _, some := range [][]shot{
		cards(), answers(), moments(), talks(), notes(), settings(), persons(), weeks(), lists(), homes(), briefs(), promises(),
		mine(), dues(),
	} {
		all = append(all, some...)
	}
	return all
}

// level is a starter of each sort, and the state that it makes.
type level struct {
	state string
	questions.Starter
}

func levels() []level {
	return []level{
		{"factual", factual()},
		{"causative", causative()},
		{"values", values()},
		{"thanks", thanks()},
		{"hello, as after two swaps", hello()},
	}
}

// drawn is a card with what makes its state.
func drawn(state string, draw func(*i18n.Printer, view.Card) view.Message, change func(p *i18n.Printer, c *view.Card)) shot {
	return shot{view: "card", state: state, card: true, build: func(p *i18n.Printer, s subject) any {
		c := s.card(p, factual())
		change(p, &c)
		return draw(p, c)
	}}
}

// foreign speaks the other language.
func foreign(p *i18n.Printer) *i18n.Printer {
	words, err := catalog()
	if err != nil {
		panic(err)
	}
	if p.Language() == rapport.Japanese {
		return words.Printer(rapport.English)
	}
	return words.Printer(rapport.Japanese)
}

func cards() []shot {
	all := []shot{
		drawn("the first message", view.Starter, func(_ *i18n.Printer, c *view.Card) { c.Intro = true }),
		drawn("with a coffee planned", view.Starter, func(p *i18n.Printer, c *view.Card) {
			c.Coffee = p.T("coffee.line", "When", mei().when(p))
		}),
		drawn("spoken in the other language", view.Starter, func(p *i18n.Printer, c *view.Card) { c.Spoken = foreign(p) }),
		drawn("with a hostile tag", view.Starter, func(_ *i18n.Printer, c *view.Card) {
			c.Starter, c.Filled = personal(), map[string]string{"interest": hostile}
		}),
		drawn("from a hostile pack", view.Starter, func(_ *i18n.Printer, c *view.Card) { c.Starter = operators() }),
		drawn("after the answer that information is wanted", func(p *i18n.Printer, c view.Card) view.Message {
			return view.WithLead(view.Starter(p, c), p.T("intent.meeting"))
		}, func(*i18n.Printer, *view.Card) {}),
	}
	for _, starter := range levels() {
		all = append(all, shot{view: "card", state: starter.state, card: true, build: func(p *i18n.Printer, s subject) any {
			return view.Starter(p, s.card(p, starter.Starter))
		}})
	}
	for _, starter := range levels() {
		all = append(all, shot{view: "outcomes", state: starter.state, card: true, build: func(p *i18n.Printer, s subject) any {
			return view.AskOutcome(p, s.card(p, starter.Starter))
		}})
	}
	return append(all, shot{view: "intent", state: "before the first values starter", build: func(p *i18n.Printer, s subject) any {
		return view.AskIntent(p, s.card(p, values()))
	}})
}

func answers() []shot {
	settled := func(state, what, warm, next string, note bool) shot {
		return shot{view: "settled", state: state, build: func(p *i18n.Printer, s subject) any {
			d := view.Done{Person: s.person, Pair: s.pair, Warm: p.T(warm), Note: note}
			if what != "" {
				d.Talk, d.What, d.When = "talk-1", p.T(what), p.Date(today())
			}
			if next != "" {
				d.Next = p.T(next, "When", p.Date(s.on))
			}
			return view.Settled(p, d)
		}}
	}
	var all []shot
	for _, o := range rapport.Outcomes() {
		all = append(all, settled(string(o), "outcome."+string(o), "warm."+string(o), "done.next", o.Counts()))
	}
	return append(all,
		settled("deeper: causes", "outcome.opened", "warm.deeper.causative", "done.next", true),
		settled("deeper: values", "outcome.opened", "warm.deeper.values", "done.next", true),
		settled("quiet", "outcome.declined", "warm.quiet", "", false),
		shot{view: "settled", state: "all that may follow", build: func(p *i18n.Printer, s subject) any {
			return view.Settled(p, view.Done{
				Person: s.person, Pair: s.pair, Talk: "talk-1", Warm: p.T("why.rise_once"), Note: true, Promise: true, Light: true,
			})
		}},
		shot{view: "settled", state: "a promise saved, on the first card", build: func(p *i18n.Printer, s subject) any {
			return view.Introduced(p, view.Settled(p, view.Done{
				Person: s.person, Pair: s.pair, Talk: "talk-1", What: p.T("outcome.light"), When: p.Date(today()), Warm: p.T("warm.light"),
				Next: p.T("done.next", "When", p.Date(s.on)), Saved: p.T("promise.saved", "When", p.Date(s.on)), Note: true,
			}))
		}},
		shot{view: "settled", state: "kept light", build: func(p *i18n.Printer, s subject) any {
			return view.Settled(p, view.Done{Person: s.person, Warm: p.T("light.done", "Person", p.Person(s.person))})
		}},
		settled("not this week", "", "pass.done", "", false),
	)
}

func moments() []shot {
	return []shot{
		{view: "near", state: "with the starter in mind", card: true, build: func(p *i18n.Printer, s subject) any {
			c := s.card(p, factual())
			return view.Near(p, s.when(p), "plan-7", s.pair, s.person, &c)
		}},
		{view: "near", state: "with no starter", build: func(p *i18n.Printer, s subject) any {
			return view.Near(p, s.when(p), "plan-7", s.pair, s.person, nil)
		}},
		{view: "followup", state: "of a starter", build: func(p *i18n.Printer, s subject) any {
			return view.HowItWent(p, view.Ref{Offer: s.offer}, s.person)
		}},
		{view: "followup", state: "of a moment alone", build: func(p *i18n.Printer, s subject) any {
			return view.HowItWent(p, view.Ref{Pair: s.pair}, s.person)
		}},
		{view: "coffee", state: "planning", build: func(p *i18n.Printer, s subject) any {
			return view.CoffeeModal(p, view.Ref{Offer: s.offer}, view.CoffeeForm{
				Person: s.person, On: today().AddDays(1), Minutes: 15 * 60,
			})
		}},
	}
}

func talks() []shot {
	modal := func(state string, f view.TalkForm) shot {
		return shot{view: "talk", state: state, build: func(p *i18n.Printer, s subject) any {
			f := f
			f.Person, f.Today, f.Due = s.person, today(), today().AddDays(14)
			return view.TalkModal(p, view.Ref{Pair: s.pair}, f)
		}}
	}
	return []shot{
		modal("open notes", view.TalkForm{Notes: rapport.NotesOpen}),
		modal("private notes", view.TalkForm{Notes: rapport.NotesPrivate}),
		modal("no notes", view.TalkForm{Notes: rapport.NotesOff}),
		modal("begun in the command", view.TalkForm{Notes: rapport.NotesOpen, Outcome: rapport.Guarded, Note: hostile}),
		{view: "saved", state: "a talk", build: func(p *i18n.Printer, s subject) any {
			return view.Saved(p, view.Done{
				Person: s.person, Pair: s.pair, Talk: "talk-1", What: p.T("outcome.light"), When: p.Date(today().AddDays(-1)),
				Warm: p.T("warm.light"), Next: p.T("done.next", "When", p.Date(s.on)), Note: true,
			})
		}},
		{view: "saved", state: "settings", build: func(p *i18n.Printer, _ subject) any {
			return view.Saved(p, view.Done{Warm: p.T("settings.saved")})
		}},
	}
}

func notes() []shot {
	modal := func(state string, mode rapport.NoteMode, kept int) shot {
		return shot{view: "note", state: state, build: func(p *i18n.Printer, s subject) any {
			f := view.NoteForm{Person: s.person, Kind: rapport.NoteCause, Notes: mode}
			words := map[int]rapport.NoteText{1: hostile}
			for i := range kept {
				f.Kept = append(f.Kept, view.KeptNote{
					Kind: rapport.NoteHope, When: p.Date(today().AddDays(-i)),
					Text: rapport.NoteText(fmt.Sprintf("%s %d", hostile, i)), Word: words[i],
				})
			}
			return view.NoteModal(p, view.Ref{Pair: s.pair}, f)
		}}
	}
	return []shot{
		modal("none so far, open", rapport.NotesOpen, 0),
		modal("none so far, private", rapport.NotesPrivate, 0),
		modal("twelve", rapport.NotesOpen, 12),
	}
}

func settings() []shot {
	modal := func(state string, f view.SettingsForm) shot {
		return shot{view: "settings", state: state, build: func(p *i18n.Printer, _ subject) any { return view.SettingsModal(p, f) }}
	}
	return []shot{
		modal("the defaults", view.SettingsForm{
			Hours: rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}, Days: rapport.MondayToFriday, Usual: usual(),
		}),
		modal("with many people", view.SettingsForm{
			Hours: rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}, Days: rapport.MondayToFriday, Usual: crowded(),
		}),
		modal("chosen", view.SettingsForm{
			Language: rapport.Japanese, Hours: rapport.Hours{From: 0, To: 23*60 + 59}, Days: 1<<0 | 1<<6,
			PerWeek: new(int), RhythmDays: 28, Digest: "wed", Country: "de", FullText: true, Usual: usual(),
		}),
	}
}

func usual() view.Usual {
	return view.Usual{PerWeek: 2, RhythmDays: 14, Countries: []string{"de", "jp", "us"}}
}

// crowded is what holds with six people and two ideas a week.
func crowded() view.Usual {
	u := usual()
	u.LeastDays = 21
	return u
}

func persons() []shot {
	modal := func(state string, f view.PersonForm) shot {
		return shot{view: "person", state: state, build: func(p *i18n.Printer, s subject) any {
			f.Person = s.person
			if f.Usual.LeastDays == 0 {
				f.Usual = usual()
			}
			return view.PersonModal(p, view.Ref{Pair: s.pair}, f)
		}}
	}
	return []shot{
		modal("nothing said", view.PersonForm{}),
		modal("one of many", view.PersonForm{RhythmDays: 14, Usual: crowded()}),
		modal("all said", view.PersonForm{
			Language: rapport.English, RhythmDays: 7, Country: "us", AwayOn: today(), AwayUntil: today().AddDays(30),
			ProbationUntil: today().AddDays(60), EvaluationOn: today().AddDays(9),
		}),
	}
}

// weeks are digests, and what is said to who leaves them untouched.
func weeks() []shot {
	digest := func(state string, people, asked, promises int, late bool, going ...string) shot {
		return shot{view: "digest", state: state, build: func(p *i18n.Printer, s subject) any {
			why := []string{"digest.why.new", "digest.why.opened", "digest.why.missed"}
			w := view.Week{Lead: view.IntentLine(p, today()), Promises: promises, Late: late}
			if late {
				w.Past = 1
			}
			for i := range people {
				w.People = append(w.People, view.WeekLine{Ref: view.Ref{Pair: s.pair}, Person: s.person, Why: p.T(why[i])})
			}
			for range asked {
				w.Asked = append(w.Asked, view.WeekLine{Ref: view.Ref{Plan: "plan-7"}, Person: s.person})
			}
			if len(going) > 0 {
				w.Going = view.WeekLine{Ref: view.Ref{Pair: s.pair}, Person: s.person}
			}
			return view.Digest(p, w)
		}}
	}
	plain := func(state string, build func(*i18n.Printer) view.Message) shot {
		return shot{view: "parting", state: state, build: func(p *i18n.Printer, _ subject) any { return build(p) }}
	}
	return []shot{
		digest("three people", 3, 0, 0, false),
		digest("one person, and a promise", 1, 0, 1, false),
		digest("two promises, one long ago", 2, 0, 2, true),
		digest("one promise, long ago", 0, 0, 1, true),
		digest("a coffee to ask after", 1, 1, 0, false),
		{view: "digest", state: "after an answer", build: func(p *i18n.Printer, s subject) any {
			return view.Digest(p, view.Week{
				Lead:   view.IntentLine(p, today()),
				People: []view.WeekLine{{Ref: view.Ref{Pair: s.pair}, Person: s.person, Why: p.T("digest.why.new")}},
				Asked:  []view.WeekLine{{Ref: view.Ref{Plan: "plan-7"}, Person: s.person}},
				Noted: &view.Done{
					Person: s.person, Pair: s.pair, Talk: "talk-1", What: p.T("outcome.light"), When: p.Date(today().AddDays(-1)),
					Warm: p.T("warm.light"), Note: true,
				},
			})
		}},
		digest("a note that goes", 0, 0, 0, false, "a note"),
		plain("goodbye", view.Goodbye),
		plain("invitation", view.Invitation),
	}
}

// people are lines of a list, the first of each sort.
func people(p *i18n.Printer, s subject, n int) []view.PersonLine {
	next := []string{
		p.T("overview.soon"), p.T("overview.next", "When", p.Date(s.on)), p.T("overview.away_until", "When", p.Date(s.on)),
		p.T("overview.quiet"),
	}
	var lines []view.PersonLine
	for i := range n {
		line := view.PersonLine{
			Person: fmt.Sprintf("U%04d", i), Pair: fmt.Sprintf("pair-%d", i), Next: next[i%len(next)],
			Last: p.T("overview.last", "When", p.Near(today().AddDays(-i), today())),
			Why:  map[bool]string{true: p.T("digest.why.opened")}[i == 0],
			Promise: map[int]string{
				0: p.T("overview.promise", "When", p.T("date.tomorrow")), 1: p.T("overview.promise_past", "When", p.Date(today().AddDays(-9))),
			}[i],
		}
		if i%3 == 2 {
			line.Last = p.T("overview.no_talk")
		}
		lines = append(lines, line)
	}
	return lines
}

func lists() []shot {
	overview := func(state string, n int, change func(p *i18n.Printer, d *view.OverviewData)) shot {
		return shot{view: "overview", state: state, build: func(p *i18n.Printer, s subject) any {
			d := view.OverviewData{People: people(p, s, n)}
			change(p, &d)
			return view.Overview(p, d)
		}}
	}
	asIs := func(*i18n.Printer, *view.OverviewData) {}
	return []shot{
		overview("nobody", 0, asIs),
		overview("before the beginning", 0, func(_ *i18n.Printer, d *view.OverviewData) { d.Welcome = true }),
		overview("where the operator says who leads", 0, func(_ *i18n.Printer, d *view.OverviewData) { d.Outside = true }),
		overview("one", 1, asIs),
		overview("twenty-one", 21, asIs),
		overview("paused", 1, func(p *i18n.Printer, d *view.OverviewData) { d.Notice = p.T("overview.paused") }),
		overview("to be confirmed", 1, func(_ *i18n.Printer, d *view.OverviewData) { d.Unconfirmed = true }),
		{view: "say", state: "to somebody", build: func(p *i18n.Printer, _ subject) any {
			return view.Say(p, p.T("resume.done"))
		}},
		{view: "say", state: "about somebody", build: func(p *i18n.Printer, s subject) any {
			return view.Say(p, p.T("add.already", "Person", p.Person(s.person)))
		}},
		{view: "confirm", state: "the first person", build: func(p *i18n.Printer, s subject) any {
			return view.Confirm(p, p.T("add.done", "Person", p.Person(s.person)))
		}},
		{view: "help", state: "the list", build: func(p *i18n.Printer, _ subject) any {
			return view.Help(p, []view.HelpLine{
				{Usage: "/innerview", What: p.T("help.overview")},
				{Usage: "/innerview log @person [day] <" + hostile, What: p.T("help.log")},
			})
		}},
		{view: "notice", state: "a starter on Home", card: true, build: func(p *i18n.Printer, s subject) any {
			return view.Notice(p, view.Starter(p, s.card(p, factual())))
		}},
	}
}

func homes() []shot {
	home := func(state string, n int, bare bool, d view.HomeData) shot {
		return shot{view: "home", state: state, bare: bare, build: func(p *i18n.Printer, s subject) any {
			d := d
			d.People = people(p, s, n)
			if d.Paused {
				d.Notice = p.T("overview.paused")
			}
			return view.Home(p, d)
		}}
	}
	unconfirmed := view.HomeData{MayAdd: true, Notes: true}
	unconfirmed.Unconfirmed = true
	return []shot{
		home("nobody", 0, false, view.HomeData{MayAdd: true, Notes: true}),
		home("three", 3, false, view.HomeData{MayAdd: true, Notes: true}),
		home("three, paused, no notes, on the roster", 3, false, view.HomeData{Paused: true}),
		home("one, to be confirmed", 1, false, unconfirmed),
		home("thirty", 30, true, view.HomeData{MayAdd: true, Notes: true}),
		home("sixty-one, first page", 61, true, view.HomeData{MayAdd: true, Notes: true}),
		home("sixty-one, second page", 61, true, view.HomeData{MayAdd: true, Notes: true, Page: 1}),
		home("sixty-one, last page", 61, false, view.HomeData{MayAdd: true, Notes: true, Page: 2}),
	}
}
