package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"innerview/bot/view"
	"innerview/internal/slacksim/page"
	"innerview/rapport"
	"innerview/scheduler"
)

// asks returns what the demo answers as JSON.
func asks[T any](t *testing.T, url string) (answer T) {
	t.Helper()
	status, body, err := get(url)
	if err != nil || status != http.StatusOK {
		t.Fatalf("GET %s: %d, %v", url, status, err)
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatalf("GET %s: %v", url, err)
	}
	return answer
}

// TestDemoShowsTheYearAhead: twelve months of each leader, day by day, with the
// words of each starter in both languages; and none for who leads nobody.
func TestDemoShowsTheYearAhead(t *testing.T) {
	t.Parallel()
	p, url := startDemo(t, "innerview")
	defer p.stop()
	leaders := []string{kimura, sarah, daniel}
	for _, leader := range leaders {
		year := asks[yearAhead](t, fmt.Sprintf("%s/sim/users/%s/ahead", url, leader))
		if !slices.Equal(year.Leaders, leaders) {
			t.Errorf("leaders: %v, want %v", year.Leaders, leaders)
		}
		first, last := year.Days[0].On, year.Days[len(year.Days)-1].On
		if want := rapport.NewDate(first.Year()+1, first.Month(), 1).AddDays(-1); last != want || last.Sub(first)+1 != len(year.Days) {
			t.Errorf("%s: %d days from %s to %s, want twelve months", leader, len(year.Days), first, last)
		}
		kinds := map[rapport.MessageKind]int{}
		for i, day := range year.Days {
			kinds[day.Kind]++
			for _, problem := range dayProblems(day) {
				t.Errorf("%s, day %d, %s: %s", leader, i, day.On, problem)
			}
		}
		if kinds[rapport.KindNudge] < 10 || kinds[rapport.KindDigest] < 10 {
			t.Errorf("%s: a year of %v", leader, kinds)
		}
	}
	if nobody := asks[yearAhead](t, url+"/sim/users/U16MEI/ahead"); len(nobody.Days) != 0 || !slices.Equal(nobody.Leaders, leaders) {
		t.Errorf("who leads nobody has a year of %d days beside %v", len(nobody.Days), nobody.Leaders)
	}
}

func dayProblems(d dayAhead) []string {
	var found []string
	if (d.Kind == "") == (d.Why == "") {
		found = append(found, fmt.Sprintf("kind %q, reason %q: want one of them", d.Kind, d.Why))
	}
	if _, err := time.Parse("15:04", d.At); (err == nil) != (d.Kind != "") {
		found = append(found, fmt.Sprintf("kind %q at %q", d.Kind, d.At))
	}
	personal := d.Kind != "" && d.Kind != rapport.KindDigest
	if personal != (d.Person != "") {
		found = append(found, fmt.Sprintf("%s about %q", d.Kind, d.Person))
	}
	if en, ja := d.Text[rapport.English], d.Text[rapport.Japanese]; personal && (en == "" || ja == "" || en == ja || strings.ContainsAny(en+ja, "{}")) {
		found = append(found, fmt.Sprintf("%s says %q and %q", d.Kind, en, ja))
	}
	return found
}

// TestThePageHasWordsForEveryDay: the calendar of the page knows each kind of
// message that is planned, and each reason for silence.
func TestThePageHasWordsForEveryDay(t *testing.T) {
	t.Parallel()
	raw, err := fs.ReadFile(page.Files(), "static/yearday.js")
	if err != nil {
		t.Fatal(err)
	}
	has := func(name string) bool {
		return regexp.MustCompile(`(?m)^  '?` + regexp.QuoteMeta(name) + `'?: \['`).Match(raw)
	}
	for kind := range kindMarks() {
		if !has(string(kind)) {
			t.Errorf("yearday.js has no words for %s", kind)
		}
	}
	for _, why := range scheduler.Hushes() {
		if why != scheduler.HushNothing && !has(string(why)) {
			t.Errorf("yearday.js has no words for %q", why)
		}
	}
	if has("bored") {
		t.Error("this finds words for anything")
	}
}

// TestDemoShowsEveryView: the demo's gallery has all that is in the goldens, and
// everybody in it has a name.
func TestDemoShowsEveryView(t *testing.T) {
	t.Parallel()
	p, url := startDemo(t, "innerview")
	defer p.stop()
	shown := asks[gallery](t, url+"/sim/gallery")
	var got []string
	var text strings.Builder
	for _, v := range shown.Views {
		for _, s := range v.States {
			got = append(got, v.Name+": "+s.Name)
			if len(s.In) != 2 {
				t.Errorf("%s, %s: %d languages", v.Name, s.Name, len(s.In))
			}
			for _, doc := range s.In {
				text.Write(doc)
			}
		}
	}
	shots, err := view.Gallery()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, s := range shots {
		want = append(want, s.View+": "+s.State)
	}
	if len(want) < 20 || !slices.Equal(got, want) {
		t.Errorf("the gallery shows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	named := map[string]bool{}
	for _, m := range shown.People {
		named[m.ID] = m.Name != ""
	}
	for _, mention := range regexp.MustCompile(`\\u003c@(\w+)|<@(\w+)`).FindAllStringSubmatch(text.String(), -1) {
		if id := mention[1] + mention[2]; !named[id] {
			t.Errorf("%s has no name", id)
		}
	}
	if len(named) == 0 {
		t.Error("the gallery speaks of nobody")
	}
}
