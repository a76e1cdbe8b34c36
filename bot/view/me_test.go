package view_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/rapport"
)

// keptBy is a leader who keeps so many notes.
func keptBy(p *i18n.Printer, leader string, notes int) view.KeptBy {
	by := view.KeptBy{Lines: []string{
		p.T("me.leader", "Person", p.Person(leader), "When", p.DateYear(today())), p.T("me.depth.causative"),
	}}
	for i := range notes {
		by.Items = append(by.Items, view.KeptItem{
			Kind: "note", ID: fmt.Sprintf("note-%d", i), Text: hostile,
			Head: p.T("me.note", "Kind", p.T("me.kind.fact"), "When", p.Date(today()), "Until", p.DateYear(today().AddDays(180))),
		})
	}
	return by
}

// coffee is a moment that is planned with the subject.
func (s subject) coffee(p *i18n.Printer) view.Coffee {
	return view.Coffee{
		Plan: "plan-1", Text: p.T("coffee.done", "Person", p.Person(s.person), "When", s.when(p)),
		At: s.on.At(15*60, time.UTC), Minutes: 30,
	}
}

// mine are the modals about whoever looks.
func mine() []shot {
	me := func(state string, bare bool, build func(p *i18n.Printer) view.Me) shot {
		return shot{view: "me", state: state, bare: bare, build: func(p *i18n.Printer, _ subject) any {
			return view.MeModal(p, build(p))
		}}
	}
	long := func(page int) func(p *i18n.Printer) view.Me {
		return func(p *i18n.Printer) view.Me {
			return view.Me{Leaders: []view.KeptBy{keptBy(p, "U0ANA", 100), keptBy(p, "U0BEN", 78)}, Page: page}
		}
	}
	topics := []view.TopicGroup{
		{Theme: view.ThemeFood, Topics: []string{"lunch"}},
		{Theme: view.ThemeWork, Topics: []string{"pride"}},
		{Theme: view.ThemeMore, Topics: []string{"an_operators_own"}},
	}
	return []shot{
		me("nothing", false, func(*i18n.Printer) view.Me { return view.Me{} }),
		me("stepped out", false, func(p *i18n.Printer) view.Me { return view.Me{SteppedOut: p.Date(today())} }),
		me("choices, just saved", false, func(p *i18n.Printer) view.Me {
			welcome, blocked := []string{"lunch"}, []string{"pride", "an_operators_own"}
			return view.Me{
				Resting: p.Date(today()), Welcome: welcome, Blocked: blocked, Saved: view.TopicsSaved(p, welcome, blocked),
			}
		}),
		me("more choices than can be named, none any more", true, func(p *i18n.Printer) view.Me {
			var many []string
			for i := range 300 {
				many = append(many, fmt.Sprintf("%040d", i))
			}
			return view.Me{Blocked: many, Saved: view.TopicsSaved(p, nil, nil)}
		}),
		me("resting, one leader", false, func(p *i18n.Printer) view.Me {
			by := keptBy(p, "U0ANA", 1)
			by.Items = append(by.Items, view.KeptItem{Head: p.T("me.plan", "When", mei().when(p))})
			return view.Me{Resting: p.Date(today()), Leaders: []view.KeptBy{by}}
		}),
		me("words of their own", false, func(p *i18n.Printer) view.Me {
			by := keptBy(p, "U0ANA", 3)
			by.Items[0].MayAdd = true
			by.Items[1].MayAdd, by.Items[1].Word = true, hostile
			by.Items[2].Word = hostile // can only be taken back any more
			return view.Me{Leaders: []view.KeptBy{by}}
		}),
		me("two leaders", false, func(p *i18n.Printer) view.Me {
			return view.Me{Leaders: []view.KeptBy{keptBy(p, "U0ANA", 1), keptBy(p, "U0BEN", 0)}}
		}),
		me("long, first page", true, long(0)),
		me("long, second page", true, long(1)),
		me("long, last page", true, long(99)),
		{view: "me", state: "a page between two", build: func(p *i18n.Printer, _ subject) any {
			v := view.MeModal(p, long(1)(p))
			v.Blocks.BlockSet = v.Blocks.BlockSet[len(v.Blocks.BlockSet)-4:]
			return v
		}},
		{view: "coffee", state: "with a doubt", build: func(p *i18n.Printer, s subject) any {
			return view.CoffeeModal(p, view.Ref{Pair: s.pair}, view.CoffeeForm{
				Person: s.person, On: today().AddDays(1), Minutes: 10 * 60, Length: 60, Setting: rapport.Walk,
				Said: hostile, Doubt: p.T("coffee.doubt.ambiguous"),
			})
		}},
		{view: "planned", state: "under a command", build: func(p *i18n.Printer, s subject) any { return view.Planned(p, s.coffee(p)) }},
		{view: "planned", state: "in a modal", build: func(p *i18n.Printer, s subject) any { return view.PlannedModal(p, s.coffee(p)) }},
		{view: "planned", state: "a lunch", build: func(p *i18n.Printer, s subject) any {
			c := s.coffee(p)
			c.Setting = rapport.Lunch
			return view.Planned(p, c)
		}},
		{view: "planned", state: "before, and typed again", build: func(p *i18n.Printer, s subject) any {
			c := s.coffee(p)
			c.Text = p.T("coffee.already", "Person", p.Person(s.person), "When", s.when(p))
			return view.Planned(p, c)
		}},
		{view: "home", state: "with coffees planned", build: func(p *i18n.Printer, s subject) any {
			d := view.HomeData{MayAdd: true, Notes: true, Coffees: []view.Coffee{s.coffee(p), s.coffee(p)}}
			d.People = people(p, s, 1)
			return view.Home(p, d)
		}},
		{view: "home", state: "sixty-one people, eight coffees", bare: true, build: func(p *i18n.Printer, s subject) any {
			d := view.HomeData{MayAdd: true, Notes: true, Page: 1, Coffees: make([]view.Coffee, 8)}
			for i := range d.Coffees {
				d.Coffees[i] = s.coffee(p)
			}
			d.People = people(p, s, 61)
			return view.Home(p, d)
		}},
		{view: "welcome", state: "the beginning", build: func(p *i18n.Printer, _ subject) any {
			return view.WelcomeModal(p, view.WelcomeForm{
				Hours: rapport.Hours{From: 9*60 + 30, To: 17*60 + 30}, Days: rapport.MondayToFriday, Zone: "Asia/Tokyo",
			})
		}},
		{view: "welcome", state: "found again", build: func(p *i18n.Printer, s subject) any {
			return view.WelcomeModal(p, view.WelcomeForm{
				Intent: hostile, Language: rapport.Japanese, Hours: rapport.Hours{From: 8 * 60, To: 12 * 60}, Days: 1 << time.Sunday,
				Zone: "Europe/Berlin", People: []string{s.person},
			})
		}},
		{view: "preview", state: "who starts alone", card: true, build: func(p *i18n.Printer, s subject) any {
			c := s.card(p, factual())
			return view.Preview(p, &c, false)
		}},
		{view: "preview", state: "a hello, to who is on the roster", card: true, build: func(p *i18n.Printer, s subject) any {
			c := s.card(p, hello())
			return view.Preview(p, &c, true)
		}},
		{view: "preview", state: "nobody today", build: func(p *i18n.Printer, _ subject) any { return view.Preview(p, nil, false) }},
		{view: "own", state: "some words", build: func(p *i18n.Printer, s subject) any {
			c := s.card(p, factual())
			c.Own = hostile
			return view.OwnModal(p, c)
		}},
		{view: "card", state: "in the leader's own words", card: true, build: func(p *i18n.Printer, s subject) any {
			c := s.card(p, factual())
			c.Own = hostile
			return view.Starter(p, c)
		}},
		{view: "home", state: "before the beginning", build: func(p *i18n.Printer, _ subject) any {
			return view.Home(p, view.HomeData{OverviewData: view.OverviewData{Welcome: true}, MayAdd: true, Notes: true})
		}},
		{view: "home", state: "where the operator says who leads", build: func(p *i18n.Printer, _ subject) any {
			return view.Home(p, view.HomeData{OverviewData: view.OverviewData{Outside: true}, Notes: true})
		}},
		{view: "told", state: "with notes", build: func(p *i18n.Printer, s subject) any {
			return view.Told(p, s.person, rapport.NotesOpen)
		}},
		{view: "told", state: "with private notes", build: func(p *i18n.Printer, s subject) any {
			return view.Told(p, s.person, rapport.NotesPrivate)
		}},
		{view: "told", state: "without notes", build: func(p *i18n.Printer, s subject) any {
			return view.Told(p, s.person, rapport.NotesOff)
		}},
		{view: "word", state: "the first", build: func(p *i18n.Printer, _ subject) any {
			return view.WordModal(p, view.WordForm{Leader: "U0ANA", Note: rapport.Note{ID: "note-1", Text: hostile}})
		}},
		{view: "word", state: "in place of another", build: func(p *i18n.Printer, _ subject) any {
			return view.WordModal(p, view.WordForm{Leader: "U0ANA", Note: rapport.Note{
				ID: "note-1", Text: hostile, Word: rapport.Word{Text: hostile},
			}})
		}},
		{view: "privacy", state: "open notes", build: func(p *i18n.Printer, _ subject) any {
			return view.Privacy(p, rapport.NotesOpen, 180)
		}},
		{view: "privacy", state: "private notes", build: func(p *i18n.Printer, _ subject) any {
			return view.Privacy(p, rapport.NotesPrivate, 30)
		}},
		{view: "privacy", state: "no notes", build: func(p *i18n.Printer, _ subject) any {
			return view.Privacy(p, rapport.NotesOff, 180)
		}},
		{view: "topics", state: "some chosen", build: func(p *i18n.Printer, _ subject) any {
			return view.TopicsModal(p, view.TopicsForm{Groups: topics, Welcome: []string{"lunch"}, Blocked: []string{"pride"}})
		}},
		{view: "topics", state: "hundreds", bare: true, build: func(p *i18n.Printer, _ subject) any {
			g := view.TopicGroup{Theme: view.ThemeMore}
			for i := range 201 {
				g.Topics = append(g.Topics, fmt.Sprintf("topic_%d", i))
			}
			return view.TopicsModal(p, view.TopicsForm{Groups: []view.TopicGroup{g}})
		}},
		{view: "rest", state: "as it opens", build: func(p *i18n.Printer, _ subject) any {
			return view.RestModal(p, today().AddDays(28))
		}},
	}
}

// TestEveryKeptThingIsOnSomePage: paging loses nothing and repeats nothing.
func TestEveryKeptThingIsOnSomePage(t *testing.T) {
	t.Parallel()
	p := printers(t)[0]
	for _, n := range []int{0, 1, 77, 78, 79, 80, 158, 300} {
		var got, want []string
		m := view.Me{Leaders: []view.KeptBy{keptBy(p, "U0ANA", 3), keptBy(p, "U0BEN", n)}}
		for last := false; !last; m.Page++ {
			values := pressable(view.MeModal(p, m))
			last = !slices.Contains(values, "on")
			got = append(got, slices.DeleteFunc(values, func(v string) bool { return v == "on" })...)
		}
		for _, by := range m.Leaders {
			for _, it := range by.Items {
				want = append(want, it.Kind+"/"+it.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("with %d things, the pages show %d, want %d", n+3, len(got), len(want))
		}
	}
}

// pressable returns what can be removed on a page, and "on" where there is another.
func pressable(v slack.ModalViewRequest) []string {
	var values []string
	for _, b := range v.Blocks.BlockSet {
		switch b := b.(type) {
		case *slack.SectionBlock:
			if b.Accessory != nil {
				values = append(values, b.Accessory.ButtonElement.Value)
			}
		case *slack.ActionBlock:
			for _, e := range b.Elements.ElementSet {
				if e.(*slack.ButtonBlockElement).ActionID == view.ActMePage.With("on") {
					values = append(values, "on")
				}
			}
		}
	}
	return values
}

func TestReadTopics(t *testing.T) {
	t.Parallel()
	state := func(welcome, blocked []string) *slack.ViewState {
		options := func(values []string) slack.BlockAction {
			var a slack.BlockAction
			for _, v := range values {
				a.SelectedOptions = append(a.SelectedOptions, slack.OptionBlockObject{Value: v})
			}
			return a
		}
		return &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
			"in_welcome": {"in_welcome": options(welcome)}, "in_blocked": {"in_blocked": options(blocked)},
		}}
	}
	welcome, blocked, err := view.ReadTopics(state([]string{"lunch"}, []string{"pride", "city"}))
	if err != nil || !slices.Equal(welcome, []string{"lunch"}) || !slices.Equal(blocked, []string{"pride", "city"}) {
		t.Errorf("ReadTopics = %v, %v, %v", welcome, blocked, err)
	}
	if _, _, err := view.ReadTopics(state([]string{"lunch"}, []string{"lunch"})); rapport.KindOf(err) != rapport.Invalid {
		t.Errorf("a topic in both lists: %v, want it invalid", err)
	}
	if _, _, err := view.ReadTopics(nil); err != nil {
		t.Errorf("nothing chosen: %v", err)
	}
}

func TestParseKept(t *testing.T) {
	t.Parallel()
	if kind, id := view.ParseKept("note/0192-ab"); kind != "note" || id != "0192-ab" {
		t.Errorf("ParseKept = %q, %q", kind, id)
	}
	if kind, id := view.ParseKept("nonsense"); kind != "nonsense" || id != "" {
		t.Errorf("ParseKept of nonsense = %q, %q", kind, id)
	}
}
