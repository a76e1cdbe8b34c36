package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/rapport"
)

// tab is what stands on a Home tab.
type tab struct {
	People  []string // pairs, from the menus beside the people
	Doors   []string // buttons beside the first person
	Menu    []string // items of the first menu
	Buttons []string // id and value of each
	Picker  bool     // somebody can be added
}

func readTab(v slack.HomeTabViewRequest) tab {
	var got tab
	for _, b := range v.Blocks.BlockSet {
		switch b := b.(type) {
		case *slack.SectionBlock:
			if b.Accessory != nil {
				got.addMenu(b.Accessory.OverflowElement)
			}
		case *slack.ActionBlock:
			got.addElements(b.Elements.ElementSet)
		}
	}
	return got
}

func (t *tab) addElements(all []slack.BlockElement) {
	for _, e := range all {
		switch e := e.(type) {
		case *slack.ButtonBlockElement:
			t.addButton(e)
		case *slack.SelectBlockElement:
			t.Picker = e.Type == slack.OptTypeUser
		}
	}
}

func (t *tab) addButton(b *slack.ButtonBlockElement) {
	switch besidePerson := view.ParseRef(b.Value).Pair != ""; {
	case !besidePerson:
		t.Buttons = append(t.Buttons, b.ActionID+" "+b.Value)
	case len(t.People) == 1:
		t.Doors = append(t.Doors, b.ActionID)
	}
}

func (t *tab) addMenu(m *slack.OverflowBlockElement) {
	var items []string
	for _, o := range m.Options {
		item, ref := view.ParseMenu(o.Value)
		items = append(items, string(item))
		if len(items) == 1 {
			t.People = append(t.People, ref.Pair)
		}
	}
	if t.Menu == nil {
		t.Menu = items
	}
}

func pairs(from, to int) []string {
	var ids []string
	for i := from; i < to; i++ {
		ids = append(ids, fmt.Sprintf("pair-%d", i))
	}
	return ids
}

func TestHomeTurnsItsPages(t *testing.T) {
	t.Parallel()
	const week, promises = "this_week week", "show_promises promises"
	const settings, pause, me = "open_settings settings", "pause_all pause", "about_me me"
	const privacy, help = "privacy privacy", "help help"
	tests := []struct {
		name         string
		people, page int
		want         []string
		buttons      []string
	}{
		{"nobody", 0, 0, nil, []string{me, settings, privacy, help}},
		{"three", 3, 0, pairs(0, 3), []string{week, promises, settings, pause, me, privacy, help}},
		{"a full page", 30, 0, pairs(0, 30), []string{week, promises, settings, pause, me, privacy, help}},
		{"the first of three", 61, 0, pairs(0, 30), []string{week, promises, "home_page.on 1", settings, pause, me, privacy, help}},
		{"the second of three", 61, 1, pairs(30, 60), []string{week, promises, "home_page.back 0", "home_page.on 2", settings, pause, me, privacy, help}},
		{"the last of three", 61, 2, pairs(60, 61), []string{week, promises, "home_page.back 1", settings, pause, me, privacy, help}},
		{"past the end, when somebody has left", 61, 9, pairs(60, 61), []string{week, promises, "home_page.back 1", settings, pause, me, privacy, help}},
		{"before the beginning", 61, -1, pairs(0, 30), []string{week, promises, "home_page.on 1", settings, pause, me, privacy, help}},
	}
	p := printer(t, rapport.English)
	for _, tt := range tests {
		d := view.HomeData{Page: tt.page, MayAdd: true, Notes: true}
		d.People = people(p, mei(), tt.people)
		got := readTab(view.Home(p, d))
		if diff := cmp.Diff(tt.want, got.People); diff != "" {
			t.Errorf("%s: people (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.buttons, got.Buttons); diff != "" {
			t.Errorf("%s: buttons (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestHomeOffersWhatIsPossible(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		d    view.HomeData
		want tab
	}{
		{"everything", view.HomeData{MayAdd: true, Notes: true}, tab{
			Menu: []string{"coffee", "note", "promise", "snooze", "end"}, Picker: true,
			Doors:   []string{"show_starter", "talk_details", "open_brief", "person_settings"},
			Buttons: []string{"this_week week", "show_promises promises", "open_settings settings", "pause_all pause", "about_me me", "privacy privacy", "help help"},
		}},
		{"paused, without notes, on the roster", view.HomeData{Paused: true}, tab{
			Menu:    []string{"coffee", "promise", "snooze", "end"},
			Doors:   []string{"show_starter", "talk_details", "open_brief", "person_settings"},
			Buttons: []string{"this_week week", "show_promises promises", "open_settings settings", "resume_all resume", "about_me me", "privacy privacy", "help help"},
		}},
	}
	for _, p := range printers(t) {
		for _, tt := range tests {
			tt.d.People, tt.want.People = people(p, mei(), 1), pairs(0, 1)
			if diff := cmp.Diff(tt.want, readTab(view.Home(p, tt.d))); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", tt.name, p.Language(), diff)
			}
		}
	}
}

// TestOverviewStopsAtTwenty: a message has no pages, so it says how many more
// there are.
func TestOverviewStopsAtTwenty(t *testing.T) {
	t.Parallel()
	p := printer(t, rapport.English)
	tests := []struct {
		people int
		more   string
	}{{20, ""}, {21, p.N("overview.more", 1)}, {45, p.N("overview.more", 25)}}
	for _, tt := range tests {
		m := view.Overview(p, view.OverviewData{People: people(p, mei(), tt.people)})
		shown, foot := 0, ""
		for _, b := range m.Blocks {
			switch b := b.(type) {
			case *slack.SectionBlock:
				if b.Accessory != nil {
					shown++
				}
			case *slack.ContextBlock:
				foot = strings.Join(textsIn(parse(t, encode(t, b))), " ")
			}
		}
		if shown != 20 || foot != tt.more {
			t.Errorf("of %d people %d are shown, and then %q; want 20 and %q", tt.people, shown, foot, tt.more)
		}
	}
}
