package main

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"innerview/bot/view"
	"innerview/internal/calendar"
	"innerview/internal/i18n"
	"innerview/rapport"
)

// TestDemoWeekInABrowser lives the first week of somebody who leads nobody yet:
// the welcome, a nudge, a coffee, the reminder of it, what came of it, and on the
// next Monday the digest, and the brief with what was said.
func TestDemoWeekInABrowser(t *testing.T) {
	notWhileUpdating(t)
	t.Parallel()
	ctx := browser(t)
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	monday := workingWeek(t, rapport.DateOf(time.Now().In(tokyo)))
	words := catalog.Printer(rapport.Japanese)
	tests := []struct {
		name string
		visit
		person string // whose handle it is
	}{
		{"desk", visit{"U12SUZUKI", "takahashi", 1280, 800, words}, "U15TAKAHASHI"},
		{"phone", visit{"U13SATO", "yamamoto", 390, 844, words}, "U14YAMAMOTO"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, url := startDemoAt(t, product.path(t), monday.At(11*60, tokyo))
			r := newReader(t, ctx, url)
			r.album = cmp.Or(r.album, t.TempDir())
			r.within(3 * patience)
			r.opens(fmt.Sprintf("/?lang=%s#%s/home", words.Language(), tt.leader), tt.width, tt.height)
			r.startsAlone(tt.visit, tt.person)
			r.plansCoffee(tt.visit, monday)
			r.recordsCoffee(tt.visit, monday)
			r.getsDigest(tt.visit)
			r.looksBack(tt.visit, monday)
		})
	}
}

// What is written during the week, and found again at its end.
const (
	coffeeTime  = "11:30"
	weekNote    = "週末の山歩きの写真を見せてくれた"
	weekPromise = "読みやすい地図の本を貸す"
)

// workingWeek returns the next Monday that begins a week with no day off and is
// followed by another working Monday: the walk takes the same course on whatever
// day it is tried.
func workingWeek(t *testing.T, today rapport.Date) rapport.Date {
	t.Helper()
	cal, err := calendar.New(calendar.Options{Country: "jp"})
	if err != nil {
		t.Fatal(err)
	}
	dayOff := func(monday rapport.Date) bool {
		return slices.ContainsFunc([]int{0, 1, 2, 3, 4, 7}, func(day int) bool {
			return cal.Quiet(monday.AddDays(day), rapport.MondayToFriday)
		})
	}
	monday := today.Monday().AddDays(7)
	for dayOff(monday) {
		monday = monday.AddDays(7)
	}
	return monday
}

// startsAlone goes through the welcome and says yes to what was previewed.
func (r *reader) startsAlone(v visit, person string) {
	r.t.Helper()
	r.presses(`[data-test="intro-dismiss"]`)
	r.presses(control("", string(view.ActWelcome)))
	r.shows(modal, v.words.T("welcome.title"))
	r.types(control("in_intent", "in_intent"), "話してよかったと思ってもらえたら")
	r.types(control("in_people", "in_people")+" input", v.handle)
	r.presses(fmt.Sprintf(`.picker .option[data-value=%q]`, person))
	r.sees(fmt.Sprintf(`document.querySelector('%s').dataset.value === %q`, control("in_people", "in_people"), person))
	r.keeps("welcome-filled")
	r.presses(`[data-test="modal-submit"]`)
	r.shows(modal, v.words.T("welcome.preview"))
	r.keeps("preview")
	r.presses(`[data-test="modal"] ` + control("", string(view.ActConfirm)))
	r.shows("body", v.words.T("confirm.done"))
	r.keeps("confirmed")
}

// plansCoffee turns the calendar to the first nudge, and plans a
// coffee from it for the next morning, soon enough for the reminder to be there
// when the calendar is turned again.
func (r *reader) plansCoffee(v visit, monday rapport.Date) {
	r.t.Helper()
	words := v.words
	r.closesAll()
	r.presses(`[data-test="tab-messages"]`)
	r.turnsDay()
	r.shows(lastMessage, words.T("card.neutral"))
	r.keeps("nudge")
	r.fits()
	r.presses(lastMessage + " " + control("", string(view.ActCoffee)))
	r.shows(modal, words.T("coffee.title"))
	r.picks(control("in_date", "in_date"), monday.AddDays(2).String())
	r.picks(control("in_time", "in_time"), coffeeTime)
	r.picks(control("in_setting", "in_setting"), string(rapport.Walk))
	r.keeps("coffee")
	r.fits()
	r.presses(`[data-test="modal-submit"]`)
	at := words.T("coffee.when", "Day", words.Date(monday.AddDays(2)), "Clock", coffeeTime)
	r.shows(modal, at)
	r.keeps("planned")
	r.fits()
	r.closesAll()
	r.shows(lastMessage, at)
}

// recordsCoffee turns the calendar to the reminder, and writes down from it what
// came of the coffee.
func (r *reader) recordsCoffee(v visit, monday rapport.Date) {
	r.t.Helper()
	words := v.words
	r.turnsDay()
	r.shows(lastMessage, words.T("near.neutral"))
	r.keeps("reminder")
	r.fits()
	r.presses(lastMessage + " " + control("", string(view.ActDetails)))
	r.shows(modal, words.T("talk.title"))
	r.presses(control("in_outcome", "in_outcome") + ` input[value="opened"]`)
	r.types(control("in_note", "in_note"), weekNote)
	r.types(control("in_promise", "in_promise"), weekPromise)
	r.picks(control("in_due", "in_due"), monday.AddDays(11).String())
	r.keeps("talk-filled")
	r.fits()
	r.presses(`[data-test="modal-submit"]`)
	r.sees(`!document.querySelector('dialog')`)
	r.shows("#content", words.T("outcome.opened"))
	r.keeps("recorded")
	r.discreet()
}

// getsDigest turns the calendar to Monday, and opens what was promised.
func (r *reader) getsDigest(v visit) {
	r.t.Helper()
	for range 5 {
		r.turnsDay()
	}
	r.shows(lastMessage, v.words.T("digest.neutral"))
	r.shows(lastMessage, v.words.N("digest.promises", 1))
	r.keeps("digest")
	r.fits()
	r.discreet()
	r.presses(lastMessage + " " + control("", string(view.ActPromises)))
	r.shows(modal, weekPromise)
	r.keeps("promises")
	r.fits()
	r.closesAll()
}

// looksBack reads the brief, as one does before the next talk.
func (r *reader) looksBack(v visit, monday rapport.Date) {
	r.t.Helper()
	const command = `[data-test="command"]`
	r.types(command, "/innerview 準備 @"+v.handle)
	r.presses(fmt.Sprintf(`#command-list .option[data-value="@%s "]`, v.handle))
	r.pressesEnter()
	r.shows(modal, v.words.T("brief.title"))
	for _, text := range []string{weekNote, weekPromise, v.words.T("outcome.opened")} {
		r.shows(modal, text)
	}
	r.keeps("brief")
	r.fits()
	r.does(chromedp.ScrollIntoView(chromedp.CSS(modal + ` .block:last-child`)))
	r.keeps("brief-end")
	r.closesAll()
	r.presses(`[data-test="tab-home"]`)
	r.shows("#content", v.words.T("overview.last", "When", v.words.Near(monday.AddDays(2), monday.AddDays(7))))
	r.keeps("home")
	r.fits()
	r.discreet()
}

// discreet checks that what was written down stands nowhere but in a modal.
func (r *reader) discreet() {
	r.t.Helper()
	for _, text := range []string{weekNote, weekPromise} {
		if reads[bool](r, fmt.Sprintf(`document.querySelector('#content').innerText.includes(%q)`, text)) {
			r.t.Errorf("%q stands on the page after it was saved", text)
		}
	}
}

// turnsDay goes on by a day.
func (r *reader) turnsDay() {
	r.t.Helper()
	const clock = `document.querySelector('[data-test="clock"]').dateTime`
	before := reads[string](r, clock)
	r.presses(`[data-test="next-day"]`)
	r.sees(fmt.Sprintf(`Date.parse(%s) >= Date.parse(%q) + 24*60*60*1000`, clock, before))
	r.sees(`!document.querySelector('[data-test="next-day"]').disabled`)
}

// shows waits for a text within what a CSS selector finds.
func (r *reader) shows(css, text string) {
	r.t.Helper()
	r.sees(fmt.Sprintf(`document.querySelector('%s')?.innerText.includes(%q)`, css, text))
}

// closesAll closes every modal.
func (r *reader) closesAll() {
	r.t.Helper()
	for reads[bool](r, `Boolean(document.querySelector('dialog'))`) {
		open := reads[int](r, `document.querySelectorAll('dialog').length`)
		r.presses(`[data-test="modal-close"]`)
		r.sees(fmt.Sprintf(`document.querySelectorAll('dialog').length < %d`, open))
	}
}
