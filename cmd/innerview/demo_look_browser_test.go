package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/rapport"
)

// TestDemoIsLookedAtInABrowser walks through the year ahead and the gallery, as
// somebody does who wants to know what a leader would get before there is one.
func TestDemoIsLookedAtInABrowser(t *testing.T) {
	notWhileUpdating(t)
	t.Parallel()
	ctx := browser(t)
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	_, url := startDemo(t, product.path(t))
	for _, lang := range []rapport.Language{rapport.English, rapport.Japanese} {
		words := catalog.Printer(lang)
		for _, v := range []visit{
			{sarah, "mei", 1280, 800, words},
			{kimura, "tanaka", 390, 844, words},
		} {
			t.Run(fmt.Sprintf("%s-%d", lang, v.width), func(t *testing.T) {
				r := newReader(t, ctx, url)
				r.within(3 * patience)
				r.looksAhead(v)
				r.looksAtGallery(v)
			})
		}
	}
}

const (
	yearTab  = `[data-test="tab-year"]`
	yearDay  = `.year-day`
	yearText = `document.querySelector('[data-test="year-detail"]').innerText`
)

// looksAhead goes through a leader's year by the mouse and by the keyboard.
func (r *reader) looksAhead(v visit) {
	r.t.Helper()
	r.opens(fmt.Sprintf("/?lang=%s#%s/messages", v.words.Language(), v.leader), v.width, v.height)
	r.presses(yearTab)
	r.sees(`document.querySelectorAll('[data-test="year-month"]').length === 12`)
	r.keeps("year")
	r.fits()
	if days := reads[int](r, `document.querySelectorAll('.year-day').length`); days < 330 || days > 366 {
		r.t.Errorf("the year has %d days", days)
	}
	mute := reads[[]string](r, `[...document.querySelectorAll('.year-day')]
		.filter((day) => !day.title || day.title !== day.getAttribute('aria-label') || !day.querySelector('.year-mark').innerText.trim())
		.map((day) => day.dataset.on)`)
	if len(mute) > 0 {
		r.t.Errorf("days without a mark, or without words: %v", mute)
	}
	r.presses(yearDay + `.is-nudge`)
	r.sees(yearText + `.length > 40 && document.querySelector('[data-test="year-detail"] blockquote')`)
	r.keeps("year-nudge")
	before := reads[string](r, `document.activeElement.dataset.on`)
	r.does(chromedp.KeyEvent(kb.PageDown))
	r.sees(fmt.Sprintf(`document.activeElement.dataset.on > %q && /is-(nudge|thanks|hello|digest)/.test(document.activeElement.className)`, before))
	for range 9 {
		r.does(chromedp.KeyEvent(kb.ArrowDown))
	}
	r.keeps("year-down")
	r.sees(`((day, panel) => day.bottom <= panel.top || panel.right > day.right && panel.left > day.right)(
		document.activeElement.getBoundingClientRect(), document.querySelector('[data-test="year-detail"]').getBoundingClientRect())`)
	r.does(chromedp.KeyEvent(kb.End))
	r.sees(`document.activeElement === [...document.querySelectorAll('.year-day')].at(-1)`)
	r.keeps("year-end")
	if stops := reads[int](r, `document.querySelectorAll('.year-day[tabindex="0"]').length`); stops != 1 {
		r.t.Errorf("%d days stop the tab key, want one", stops)
	}
	r.does(chromedp.KeyEvent(kb.Home))
	r.presses(fmt.Sprintf(`[data-test="year-%s"]`, daniel))
	r.sees(fmt.Sprintf(`location.hash === '#%s/year' && document.querySelector('[data-test="year-%s"][aria-current]')`, daniel, daniel))
	r.opens(fmt.Sprintf("/?lang=%s#U20LUCAS/year", v.words.Language()), v.width, v.height)
	r.sees(`document.querySelector('.year .empty') && document.querySelectorAll('.year-leader').length === 3`)
	r.keeps("year-nobody")
}

// looksAtGallery goes through every view, and finds each state in both languages.
func (r *reader) looksAtGallery(v visit) {
	r.t.Helper()
	shots, err := view.Gallery()
	if err != nil {
		r.t.Fatal(err)
	}
	states := map[string]int{}
	for _, s := range shots {
		states[s.View]++
	}
	r.presses(`[data-test="gallery"]`)
	for name, n := range states {
		r.goesTo("#gallery/" + name)
		r.sees(fmt.Sprintf(`document.querySelector('[data-test="gallery-%s"][aria-current]')
			&& document.querySelectorAll('[data-test="gallery-state"]').length === %d`, name, n))
		if cards := reads[int](r, `document.querySelectorAll('[data-test="gallery-state"] article').length`); cards != 2*n {
			r.t.Errorf("%s: %d cards for %d states, want both languages", name, cards, n)
		}
		if undrawn := reads[int](r, `document.querySelectorAll('.notdrawn').length`); undrawn > 0 {
			r.t.Errorf("%s: %d blocks are not drawn", name, undrawn)
		}
		r.fits()
		r.keeps("gallery-" + name)
	}
	r.opens(fmt.Sprintf("/?lang=%s#%s/messages", v.words.Language(), v.leader), v.width, v.height)
}

// goesTo changes the address, as a link does.
func (r *reader) goesTo(hash string) {
	r.t.Helper()
	reads[string](r, fmt.Sprintf(`location.hash = %q`, hash))
}
