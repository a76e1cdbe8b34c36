package page_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

const (
	lastMessage = `#content .message:last-of-type`
	modal       = `[data-test="modal"]`
)

func control(block, action string) string {
	return fmt.Sprintf(`[data-block=%q][data-action=%q]`, block, action)
}

func TestPageInABrowser(t *testing.T) {
	b := browser(t)
	tests := []struct {
		name string
		run  func(t *testing.T, s *stub, p *tab)
	}{
		{"a message is drawn and nothing in it is markup", drawsMessages},
		{"a conversation is shown from its end, and stays there", staysAtEnd},
		{"the member and the tab stand in the address", keepsPlaceInAddress},
		{"the clock is in the zone of the member looked through", showsZone},
		{"the calendar turns", turnsCalendar},
		{"a button is sent once", sendsButton},
		{"a confirm dialog comes before", asksFirst},
		{"choices in a message are sent", sendsChoices},
		{"the overflow menu works by keyboard", opensMenu},
		{"a modal takes every kind of input", fillsModal},
		{"a modal refuses what the client can tell", refusesIncomplete},
		{"errors of the app stand under their input", showsErrors},
		{"an update keeps what is typed, the caret and the focus", keepsTyping},
		{"modals stack and Esc closes the top one", stacksModals},
		{"a command is sent and can be recalled", sendsCommand},
		{"names are completed after @", completesNames},
		{"the input method keeps its Enter", leavesComposing},
		{"a deactivated member can only be looked at", blocksDeactivated},
		{"unread messages are marked and read", marksUnread},
		{"the page says so when the server is away", saysAway},
		{"the words change without the member, and the other way round", changesLanguage},
		{"whoever is looked through first speaks the reader's language", beginsWithTheirOwn},
		{"the introduction leaves room on a phone", introduces},
		{"a year is read day by day", readsYear},
		{"a year follows the clock, and each leader has one", followsYear},
		{"the gallery shows each view in both languages", showsGallery},
		{"nothing scrolls sideways on a phone", fitsPhone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := startStub(t)
			tt.run(t, s, newTab(t, b, s.URL))
		})
	}
}

func drawsMessages(t *testing.T, _ *stub, p *tab) {
	p.open("/?lang=en#U01/messages")
	p.until(`document.querySelectorAll('.message').length === 4`)
	tests := []struct{ what, expression, want string }{
		{"bold with a mention", `document.querySelector('.message strong:has(.mention)').innerText`, "よければ、今日は@Meiさんと"},
		{"quote", `document.querySelector('.message blockquote').innerText`, "休憩のときの一杯、だいたい何を選びますか。"},
		{"names with an underscore are no italics", `String(document.querySelectorAll('.message')[2].innerText.includes('snake_case_name'))`, "true"},
		{"strike", `document.querySelector('.message s').innerText`, "gone"},
		{"link", `document.querySelector('.message a').href`, "https://example.com/?a=1&b=2"},
		{"only the web is linked", `[...document.querySelectorAll('.message a')].map((a) => a.innerText).join()`, "a link,site"},
		{"escaped text", `String(document.querySelectorAll('.message')[2].innerText.includes('<script>alert(1)</script> &'))`, "true"},
		{"code block", `document.querySelectorAll('.message')[2].querySelector('pre').innerText`, "if a < b {\n  *not bold*\n}"},
		{"long quote", `document.querySelectorAll('.message')[2].querySelector('blockquote').innerText`, "a quote\nover two lines"},
		{"typed commands are shown as typed", `document.querySelectorAll('.message')[1].querySelector('.message-content').innerText`, "/innerview log @mei opened _long_ walk"},
		{"ephemeral", `document.querySelectorAll('.message')[2].querySelector('.only-you').innerText`, "Only visible to you"},
		{"header with markup", `document.querySelector('.message .header').innerText`, "How did it go with Mei? <img src=x onerror=alert(1)>"},
		{"no foreign picture", `String(document.querySelectorAll('.message img').length)`, "0"},
		{"names with markup", `document.querySelector('[data-test="member-U06"] .member-name').innerHTML`, "Priya &lt;b&gt;R&lt;/b&gt;"},
		{"days", `[...document.querySelectorAll('.day')].map((day) => day.innerText).join()`, "Yesterday,Today"},
		{"nested list", `document.querySelector('.rich ul ol').innerText`, "two a"},
		{"unknown block", `document.querySelector('.notdrawn').innerText`, "This page does not draw “carousel”."},
	}
	for _, tt := range tests {
		if got := evaluate[string](p, tt.expression); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.what, got, tt.want)
		}
	}
}

func staysAtEnd(_ *testing.T, s *stub, p *tab) {
	const atEnd = `(({scrollTop, scrollHeight, clientHeight}) => scrollHeight > clientHeight && scrollHeight - scrollTop - clientHeight < 2)(document.querySelector('#scroll'))`
	p.open("/?lang=en#U01/messages")
	p.until(atEnd)
	p.narrow()
	p.until(`innerWidth === 390 && ` + atEnd)
	p.click(`[data-test="tab-home"]`)
	p.until(`document.querySelector('.home') && document.querySelector('#scroll').scrollTop === 0`)
	p.click(`[data-test="tab-messages"]`)
	p.until(`document.querySelector('.feed') && ` + atEnd)
	s.change(func() { s.post("U01", message("1795399800.000100", "One more.")) })
	p.until(`document.querySelectorAll('.message').length === 5 && ` + atEnd)
	evaluate[any](p, `document.querySelector('#scroll').scrollTop = 0`)
	s.change(func() { s.post("U01", message("1795399800.000200", "And another.")) })
	p.until(`document.querySelector('.new-below')?.checkVisibility() && document.querySelector('#scroll').scrollTop === 0`)
	p.click(`.new-below`)
	p.until(`!document.querySelector('.new-below').checkVisibility() && ` + atEnd)
}

func keepsPlaceInAddress(t *testing.T, s *stub, p *tab) {
	p.open("/?lang=ja")
	p.until(`location.hash === '#U01/messages'`)
	s.waitFor(t, "/sim/home", 1)
	p.click(`[data-test="tab-home"]`)
	p.until(`document.querySelector('.home .header')?.innerText === 'あなたのメンバー'`)
	s.waitFor(t, "/sim/home", 2)
	p.click(`[data-test="member-U04"]`)
	p.until(`location.hash === '#U04/home'`)
	s.waitFor(t, "/sim/home", 3)
	p.open("/?lang=en#U02/messages")
	p.until(`document.querySelector('[aria-current][data-test="member-U02"]')`)
	s.waitFor(t, "/sim/home", 4)
	want := []object{{"user": "U01", "tab": "messages"}, {"user": "U01", "tab": "home"}, {"user": "U04", "tab": "home"}, {"user": "U02", "tab": "messages"}}
	if diff := cmp.Diff(want, s.sent("/sim/home")); diff != "" {
		t.Errorf("opened tabs (-want +got):\n%s", diff)
	}
}

func showsZone(t *testing.T, _ *stub, p *tab) {
	tests := []struct{ path, want string }{
		{"/?lang=en#U01/messages", "Wed, 25 Nov 2026 10:30"},
		{"/?lang=en#U02/messages", "Wed, 25 Nov 2026 02:30"},
		{"/?lang=ja#U01/messages", "2026年11月25日(水) 10:30"},
	}
	for _, tt := range tests {
		p.open(tt.path)
		if got := p.text(`[data-test="clock"]`); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: clock = %q, want %q", tt.path, got, tt.want)
		}
	}
}

func turnsCalendar(t *testing.T, s *stub, p *tab) {
	release := make(chan struct{})
	s.hold("/sim/advance", release)
	s.on("/sim/advance", object{"ok": true}, func() {
		s.state["now"] = "2026-12-02T01:30:00Z"
		s.state["users"].([]any)[2].(object)["unread"] = 1
	})
	p.open("/?lang=en#U01/messages")
	p.click(`[data-test="next-week"]`)
	p.until(`document.querySelector('[data-test="next-day"]').disabled && document.querySelector('[role=progressbar]')`)
	close(release)
	p.until(`document.querySelector('[data-test="clock"]').innerText.startsWith('Wed, 2 Dec 2026')`)
	p.until(`!document.querySelector('[data-test="next-week"]').disabled`)
	p.until(`document.activeElement.dataset.test === 'next-week'`)
	want := "It is now Wed, 2 Dec 2026. Something new for 田中 恵子."
	if got := p.text(`[data-test="toast"] span`); got != want {
		t.Errorf("notice = %q, want %q", got, want)
	}
	if diff := cmp.Diff([]object{{"days": 7.0}}, s.sent("/sim/advance")); diff != "" {
		t.Errorf("advances (-want +got):\n%s", diff)
	}
}

func sendsButton(t *testing.T, s *stub, p *tab) {
	release := make(chan struct{})
	s.hold("/sim/action", release)
	p.open("/?lang=en#U01/messages")
	p.click(control("nudge", "another"))
	p.until(`document.querySelector('[data-action=another]').ariaBusy === 'true'`)
	p.click(control("nudge", "another"))
	close(release)
	p.until(`document.querySelector('[data-action=another]').ariaBusy !== 'true'`)
	want := []object{{
		"user": "U01", "block_id": "nudge", "action_id": "another", "value": object{"type": "button"},
		"container": object{"type": "message", "channel": "D01", "ts": "1795312800.000100"},
	}}
	if diff := cmp.Diff(want, s.sent("/sim/action")); diff != "" {
		t.Errorf("actions (-want +got):\n%s", diff)
	}
}

func asksFirst(t *testing.T, s *stub, p *tab) {
	p.open("/?lang=en#U01/messages")
	p.click(control("nudge", "decline"))
	p.until(`document.querySelector('[data-test="confirm"] .text')?.innerText.endsWith('休みます。')`)
	p.keys(kb.Escape)
	p.until(`!document.querySelector('[data-test="confirm"]')`)
	p.click(control("nudge", "decline"))
	p.click(`[data-test="confirm-no"]`)
	p.until(`!document.querySelector('[data-test="confirm"]')`)
	if got := s.sent("/sim/action"); len(got) != 0 {
		t.Errorf("sent without consent: %v", got)
	}
	p.click(control("nudge", "decline"))
	p.click(`[data-test="confirm-yes"]`)
	s.waitFor(t, "/sim/action", 1)
}

func sendsChoices(t *testing.T, s *stub, p *tab) {
	p.open("/?lang=en#U01/messages")
	p.fill(control("pick", "who")+" input", "健")
	p.until(`document.querySelector('.picker .option.active .option-name')?.innerText === '健司'`)
	p.keys(kb.Enter)
	s.waitFor(t, "/sim/action", 1)
	p.choose(control("when", "rhythm"), "7")
	s.waitFor(t, "/sim/action", 2)
	p.open("/?lang=en#U01/home")
	p.set(control("a", "until"), "2026-12-01")
	s.waitFor(t, "/sim/action", 3)
	var got []any
	for _, sent := range s.sent("/sim/action") {
		got = append(got, sent["value"])
	}
	want := []any{
		object{"type": "users_select", "value": "U05"},
		object{"type": "static_select", "value": "7"},
		object{"type": "datepicker", "value": "2026-12-01"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func opensMenu(t *testing.T, s *stub, p *tab) {
	p.open("/?lang=en#U01/home")
	p.click(control("p1", "pair"))
	p.until(`document.activeElement.innerText === 'メモ'`)
	p.keys(kb.ArrowDown + kb.Enter)
	s.waitFor(t, "/sim/action", 1)
	got := s.sent("/sim/action")[0]
	if diff := cmp.Diff(object{"type": "overflow", "value": "coffee"}, got["value"]); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(object{"type": "view", "view_id": "VH1"}, got["container"]); diff != "" {
		t.Errorf("container (-want +got):\n%s", diff)
	}
	p.until(`document.activeElement.dataset.action === 'pair'`)
}

func sendsCommand(t *testing.T, s *stub, p *tab) {
	s.on("/sim/command", nil, func() {
		s.post("U01", message("1795399800.000500", "Here is one."))
	})
	p.open("/?lang=en#U01/home")
	p.fill(`[data-test="command"]`, "hello"+kb.Enter)
	p.until(`document.querySelector('.command-hint').innerText.startsWith('Commands begin with /innerview')`)
	if got := s.sent("/sim/command"); len(got) != 0 {
		t.Fatalf("sent what is no command: %v", got)
	}
	// A wide slash and a wide space are what a Japanese keyboard gives.
	p.set(`[data-test="command"]`, "／innerview　next")
	p.keys(kb.Enter)
	p.until(`location.hash === '#U01/messages'`)
	p.until(`document.querySelector('` + lastMessage + `')?.innerText.includes('Here is one.')`)
	if diff := cmp.Diff([]object{{"user": "U01", "text": "/innerview next"}}, s.sent("/sim/command")); diff != "" {
		t.Errorf("commands (-want +got):\n%s", diff)
	}
	p.until(`document.querySelector('#announce').innerText === 'New message from Innerview: Here is one.'`)
	p.click(`[data-test="command"]`)
	p.keys(kb.ArrowUp)
	p.until(`document.querySelector('[data-test="command"]').value === '/innerview log @mei opened _long_ walk'`)
	p.keys(kb.ArrowDown)
	p.until(`document.querySelector('[data-test="command"]').value === ''`)

	s.on("/sim/command", object{"ok": false, "error": "operation_timeout"}, nil)
	p.keys("/innerview me" + kb.Enter)
	p.until(`document.querySelector('.toast.problem')?.innerText.includes('did not answer in time')`)
	p.until(`document.querySelector('[data-test="command"]').value === '/innerview me'`)
}

func completesNames(t *testing.T, _ *stub, p *tab) {
	p.open("/?lang=en#U01/messages")
	p.fill(`[data-test="command"]`, "/innerview log ＠")
	p.until(`document.querySelectorAll('#command-list .option').length === 6`)
	p.keys(kb.ArrowDown + kb.ArrowDown + kb.ArrowDown)
	p.until(`document.querySelector('#command-list [aria-selected=true] .option-name').innerText === 'Mei'`)
	p.until(`document.querySelector('[data-test="command"]').getAttribute('aria-activedescendant') === document.querySelector('#command-list [aria-selected=true]').id`)
	p.keys(kb.Escape)
	p.until(`document.querySelector('[data-test="command"]').ariaExpanded === 'false'`)
	p.keys("ken")
	p.until(`document.querySelectorAll('#command-list .option').length === 1`)
	p.keys(kb.Tab)
	p.keys("opened")
	if got, want := evaluate[string](p, `document.querySelector('[data-test="command"]').value`), "/innerview log @kenji opened"; got != want {
		t.Errorf("command line = %q, want %q", got, want)
	}
}

func leavesComposing(t *testing.T, s *stub, p *tab) {
	p.open("/?lang=ja#U01/messages")
	p.fill(`[data-test="command"]`, "/innerview note @")
	p.until(`document.querySelectorAll('#command-list .option').length > 0`)
	evaluate[any](p, `document.querySelector('[data-test="command"]').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))`)
	if got, want := evaluate[string](p, `document.querySelector('[data-test="command"]').value`), "/innerview note @"; got != want {
		t.Errorf("command line = %q after the input method's Enter, want %q", got, want)
	}
	if got := s.sent("/sim/command"); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

func blocksDeactivated(_ *testing.T, _ *stub, p *tab) {
	p.open("/?lang=en#U07/messages")
	p.until(`document.querySelector('[data-test="command"]').disabled`)
	p.until(`document.querySelector('.command-hint').innerText.startsWith('This account is deactivated')`)
	p.click(`[data-test="member-U01"]`)
	p.until(`!document.querySelector('[data-test="command"]').disabled && document.querySelector('.command-hint').hidden`)
}

func marksUnread(t *testing.T, s *stub, p *tab) {
	s.on("/sim/read", nil, func() { s.state["users"].([]any)[1].(object)["unread"] = 0 })
	p.open("/?lang=en#U01/messages")
	p.until(`document.querySelector('[data-test="unread-U02"]')?.innerText === '2 unread'`)
	p.click(`[data-test="member-U02"]`)
	s.waitFor(t, "/sim/read", 1)
	p.click(`[data-test="member-U01"]`)
	p.until(`!document.querySelector('[data-test="unread-U02"]')`)
	if diff := cmp.Diff([]object{{"user": "U02"}}, s.sent("/sim/read")); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
}

func saysAway(_ *testing.T, s *stub, p *tab) {
	p.open("/?lang=en#U01/messages")
	s.goAway(true)
	p.until(`!document.querySelector('#banner').hidden`)
	s.change(func() { s.post("U01", message("1795399800.000600", "While you were away.")) })
	s.goAway(false)
	p.until(`document.querySelector('#banner').hidden`)
	p.until(`document.querySelector('` + lastMessage + `').innerText.includes('While you were away.')`)
}

func changesLanguage(t *testing.T, _ *stub, p *tab) {
	p.open("/?lang=en#U01/messages")
	p.click(`[data-test="language"]`)
	p.until(`document.querySelector('[data-test="next-day"]').innerText === '次の日へ' && document.documentElement.lang === 'ja'`)
	p.click(`[data-test="member-U02"]`)
	p.until(`location.hash === '#U02/messages' && location.search === '?lang=ja'`)
	if got, want := p.text(`[data-test="tab-home"]`), "ホーム"; got != want {
		t.Errorf("tab = %q after another member was chosen, want %q", got, want)
	}
}

// beginsWithTheirOwn: the address decides, then what the server was started with, then
// the browser; and nobody is turned away from whom they asked for.
func beginsWithTheirOwn(t *testing.T, s *stub, p *tab) {
	tests := []struct{ browser, server, path, lang, want string }{
		{"ja-JP,ja;q=0.9,en;q=0.8", "", "/", "ja", "#U01/messages"},
		{"en-US,en;q=0.9", "", "/", "en", "#U02/messages"},
		{"de-DE,ja;q=0.9,en;q=0.8", "", "/", "ja", "#U01/messages"},
		{"de-DE,de;q=0.9", "", "/", "en", "#U02/messages"},
		{"ja-JP,ja;q=0.9", "en", "/", "en", "#U02/messages"},
		{"en-US,en;q=0.9", "ja", "/", "ja", "#U01/messages"},
		{"en-US,en;q=0.9", "en", "/?lang=ja", "ja", "#U01/messages"},
		{"en-US,en;q=0.9", "", "/#U03/home", "en", "#U03/home"},
	}
	for _, tt := range tests {
		s.change(func() { s.state["lang"] = tt.server })
		p.prefers(tt.browser)
		p.do(chromedp.Navigate("about:blank")) // or a hash alone would load nothing
		p.open(tt.path)
		if got := evaluate[string](p, `document.documentElement.lang + ' ' + location.hash`); got != tt.lang+" "+tt.want {
			t.Errorf("%s of %q and a server of %q opens on %q, want %s %s", tt.path, tt.browser, tt.server, got, tt.lang, tt.want)
		}
	}
}

// introduces: on a phone it is one line until it is opened, and gone for good when it is
// dismissed.
func introduces(t *testing.T, _ *stub, p *tab) {
	const height = `document.querySelector('#intro').getBoundingClientRect().height`
	const open = `document.querySelector('#intro details').open`
	p.open("/?lang=en#U01/messages")
	if !evaluate[bool](p, open) {
		t.Error("on a wide screen the introduction is closed")
	}
	for _, language := range []string{"en", "ja"} {
		p.narrow()
		p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(p.url+"/?lang="+language+"#U01/messages"))
		p.until(`document.querySelector('.member[aria-current]') && innerWidth === 390`)
		if got := evaluate[float64](p, height); got > 72 {
			t.Errorf("%s: the introduction takes %.0f px of a phone before anybody opens it", language, got)
		}
		p.click(`#intro summary`)
		p.until(open + ` && document.querySelector('#intro ol').checkVisibility()`)
		if got := evaluate[float64](p, height); got > 844*0.45 {
			t.Errorf("%s: opened, the introduction takes %.0f px of a phone", language, got)
		}
		p.noSidewaysScroll(language)
	}
	p.click(`[data-test="language"]`) // which leaves it as it is
	p.until(`document.documentElement.lang === 'en' && ` + open)
	p.click(`[data-test="intro-dismiss"]`)
	p.until(`document.querySelector('#intro').hidden`)
	p.open("/?lang=en#U02/messages")
	p.until(`document.querySelector('#intro').hidden`)
}

func fitsPhone(t *testing.T, s *stub, p *tab) {
	s.change(func() {
		s.years["U01"] = yearOf(0)
		s.post("U01", message("1795399800.000700", strings.Repeat("long", 60)+" <https://example.com/"+strings.Repeat("x", 200)+">"))
	})
	for _, path := range []string{"/?lang=en#U01/messages", "/?lang=ja#U01/messages", "/?lang=en#U01/home", "/?lang=en#U01/year", "/?lang=ja#U01/year"} {
		p.open(path)
		p.narrow()
		p.until(`innerWidth === 390 && document.querySelector('#content > :not(.empty)')`)
		p.noSidewaysScroll(path)
		if strings.HasSuffix(path, "/year") {
			continue // it has no command line
		}
		if got := evaluate[bool](p, `(({bottom, height}) => height > 0 && bottom <= innerHeight)(document.querySelector('[data-test="command"]').getBoundingClientRect())`); !got {
			t.Errorf("%s: the command line is out of reach", path)
		}
	}
	p.open("/?lang=ja#U01/home")
	p.narrow()
	p.until(`innerWidth === 390 && document.querySelector('.home .accessory-overflow')`)
	beside := evaluate[bool](p, `(({parentElement}) => Math.abs(parentElement.getBoundingClientRect().top - parentElement.querySelector('.accessory').getBoundingClientRect().top) < 2)(document.querySelector('.home .accessory-overflow'))`)
	if !beside {
		t.Error("the menu of a person stands below their name, and not beside it")
	}
	p.click(`[data-test="switcher"]`)
	p.click(`[data-test="member-U01"]`)
	s.change(func() { s.openModal(t, "U01", "V1") })
	p.until(`document.querySelector('[data-test="modal"]')`)
	p.noSidewaysScroll("modal")
	if got, want := evaluate[string](p, `(({width, height}) => width + 'x' + height)(document.querySelector('[data-test="modal"]').getBoundingClientRect())`), "390x844"; got != want {
		t.Errorf("modal covers %s, want %s", got, want)
	}
	small := evaluate[[]string](p, `[...document.querySelectorAll('button, a, input, select, textarea')]
		.map((one) => [one.closest('label') ?? one, one.outerHTML.slice(0, 120)])
		.filter(([one]) => one.checkVisibility() && one.closest('dialog, .topbar, .command, .members, .mainhead') && one.getBoundingClientRect().height < 40)
		.map(([, html]) => html)`)
	if len(small) > 0 {
		t.Errorf("lower than 40 px on a phone:\n%s", strings.Join(small, "\n"))
	}
}
