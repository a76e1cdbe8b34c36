package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"innerview/internal/i18n"
	"innerview/rapport"
)

// What the demo's page shows, found by what it is and not by its words.
const (
	lastMessage = `#content .message:last-of-type`
	modal       = `[data-test="modal"]`
)

// visit is one leader of the demo, in front of a screen of that size.
type visit struct {
	leader        string
	handle        string // of one of their people
	width, height int64
	words         *i18n.Printer
}

// TestDemoInABrowser plays the first minutes of somebody who tries Innerview:
// answer a nudge, write a note, record another talk by a command, turn the
// calendar by a week, and find the next nudge.
func TestDemoInABrowser(t *testing.T) {
	notWhileUpdating(t)
	t.Parallel()
	ctx := browser(t)
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		visit
	}{
		{"english", visit{sarah, "mei", 1280, 800, catalog.Printer(rapport.English)}},
		{"japanese-phone", visit{kimura, "tanaka", 390, 844, catalog.Printer(rapport.Japanese)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, url := startDemo(t, product.path(t))
			r := newReader(t, ctx, url)
			r.within(3 * patience)
			r.meetsDemo(tt.visit)
			if t.Failed() {
				return
			}
			p.stop()
		})
	}
}

func (r *reader) meetsDemo(v visit) {
	r.t.Helper()
	r.opens(fmt.Sprintf("/?lang=%s#%s/messages", v.words.Language(), v.leader), v.width, v.height)
	r.sees(fmt.Sprintf(`document.querySelector('%s')?.innerText === %q`, control("", "talked"), v.words.T("button.talked")))
	r.keeps("nudge")
	r.presses(`[data-test="intro-dismiss"]`)
	r.answersNudge(v)
	r.logsByCommand(v)
	r.turnsWeek()
	r.fits()
}

// answersNudge records a talk from the card, with a note.
func (r *reader) answersNudge(v visit) {
	r.t.Helper()
	const note = "Runs in the park before work"
	r.presses(control("", "talked"))
	r.presses(control("", "talk_details"))
	r.sees(fmt.Sprintf(`document.querySelector('%s')`, modal))
	r.presses(control("in_outcome", "in_outcome") + ` input[value="opened"]`)
	r.types(control("in_note", "in_note"), note)
	r.fits()
	r.keeps("talk")
	r.presses(`[data-test="modal-submit"]`)
	r.sees(`!document.querySelector('dialog')`)
	r.sees(fmt.Sprintf(`document.querySelector('#content').innerText.includes(%q)`, v.words.T("outcome.opened")))
	r.sees(fmt.Sprintf(`!document.querySelector('%s')`, control("", "talk_details")))
	r.keeps("recorded")
	if strings.Contains(reads[string](r, `document.body.innerText`), note) {
		r.t.Error("the text of the note stands on the page after it was saved")
	}
}

// logsByCommand records a talk by a command whose name is completed.
func (r *reader) logsByCommand(v visit) {
	r.t.Helper()
	const command = `[data-test="command"]`
	r.types(command, "/innerview log @"+v.handle[:2])
	r.sees(fmt.Sprintf(`[...document.querySelectorAll('#command-list .option')].some((one) => one.dataset.value === '@%s ')`, v.handle))
	r.keeps("completion")
	r.presses(fmt.Sprintf(`#command-list .option[data-value="@%s "]`, v.handle))
	r.sees(fmt.Sprintf(`document.querySelector('%s').value === '/innerview log @%s '`, command, v.handle))
	r.sees(fmt.Sprintf(`document.activeElement === document.querySelector('%s')`, command))
	r.does(chromedp.KeyEvent("light"))
	r.pressesEnter()
	r.sees(fmt.Sprintf(`document.querySelector('%s').innerText.includes(%q)`, lastMessage, v.words.T("outcome.light")))
	r.keeps("logged")
}

// turnsWeek goes a week on, after which there is a nudge nobody has answered.
func (r *reader) turnsWeek() {
	r.t.Helper()
	before := reads[int](r, `document.querySelectorAll('[data-action="talked"]').length`)
	r.presses(`[data-test="next-week"]`)
	r.sees(fmt.Sprintf(`document.querySelectorAll('[data-action="talked"]').length > %d`, before))
	r.sees(`!document.querySelector('[data-test="next-week"]').disabled`)
	r.keeps("next-week")
}

// fits checks that nothing is wider than the screen.
func (r *reader) fits() {
	r.t.Helper()
	if wide := reads[int](r, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		r.t.Errorf("the page is %d px wider than the screen", wide)
	}
}
