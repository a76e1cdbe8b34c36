package page_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts one headless Chromium for a test and all its subtests, if
// INNERVIEW_TEST_BROWSER names one.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("INNERVIEW_TEST_BROWSER")
	if path == "" {
		t.Skip("set INNERVIEW_TEST_BROWSER to the path of a Chromium to run this in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // containers run as root; only our own page is loaded
		chromedp.DisableGPU,
		chromedp.Flag("lang", "en"),
		// The page must never need another host: let none resolve.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// tab is one browser tab, and speaks of what a person does in it.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string
}

const patience = 40 * time.Second // how long anything may take to show, also on a busy machine

// newTab opens an empty tab with its own cookies and storage. Whatever the
// page throws or reports as an error fails the test at its end.
func newTab(t *testing.T, browser context.Context, url string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 3*patience)
	p := &tab{t: t, ctx: ctx, url: url}
	messages := chromedp.Console(ctx)
	done := make(chan []string)
	go func() {
		var bad []string
		for m, err := range messages {
			if err != nil {
				break
			}
			if m.IsException() || m.Source == "security" || m.Source == "violation" {
				bad = append(bad, m.String())
			}
		}
		done <- bad
	}()
	t.Cleanup(func() {
		stop()
		cancel()
		for _, line := range <-done {
			t.Errorf("the page reported: %s", line)
		}
	})
	return p
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// open goes to a place of the page and waits until it is drawn.
func (p *tab) open(path string) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(p.url+path))
	p.until(`document.querySelector('.member[aria-current]')`)
}

// prefers gives the browser the languages of its user, as it tells a server.
func (p *tab) prefers(languages string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
			UserAgent: "Mozilla/5.0", AcceptLanguage: languages,
		})
		return err
	}))
}

func (p *tab) narrow() {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(390, 844))
}

// click presses what a CSS selector finds, once it is there.
func (p *tab) click(css string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.querySelector(%q)`, css))
	p.do(chromedp.Click(chromedp.CSS(css), chromedp.NodeVisible))
}

// keys types into what has the focus.
func (p *tab) keys(text string) {
	p.t.Helper()
	for i, part := range strings.Split(text, kb.Enter) {
		if i > 0 {
			p.do(chromedp.Func(pressEnter))
		}
		if part != "" {
			p.do(chromedp.KeyEvent(part))
		}
	}
}

// pressEnter is one press as a keyboard gives it: a page that cancels the key
// down also cancels the character. chromedp sends the character on its own.
func pressEnter(ctx context.Context, t *chromedp.Target) error {
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		press := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}
		if kind == input.DispatchKeyEventTypeKeyDown {
			press.Text = "\r"
		}
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, press); err != nil {
			return err
		}
	}
	return nil
}

// fill clicks into a field and types.
func (p *tab) fill(css, text string) {
	p.t.Helper()
	p.click(css)
	p.keys(text)
}

// until waits until a JavaScript expression is truthy.
func (p *tab) until(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	wait := `new Promise((resolve) => {
		const look = () => { if (` + expression + `) resolve(true); else setTimeout(look, 10); };
		look();
	})`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise)); err != nil {
		p.t.Fatalf("never came true: %s (%v)\nthe focus is in: %s", expression, err, p.focus())
	}
}

func (p *tab) focus() string {
	held, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.activeElement.outerHTML.slice(0, 300)`))
	if err != nil {
		return err.Error()
	}
	return held
}

// text is the visible text of what a CSS selector finds first.
func (p *tab) text(css string) string {
	p.t.Helper()
	return evaluate[string](p, `document.querySelector(`+strconv.Quote(css)+`).innerText`)
}

func evaluate[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// choose picks an option of a native select.
func (p *tab) choose(css, value string) {
	p.t.Helper()
	p.set(css, value)
}

// set gives a native field a value, as picking from its own popup does.
func (p *tab) set(css, value string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.querySelector(%q)`, css))
	evaluate[any](p, fmt.Sprintf(`((field) => {
		field.value = %q;
		field.dispatchEvent(new Event('input', {bubbles: true}));
		field.dispatchEvent(new Event('change', {bubbles: true}));
	})(document.querySelector(%q))`, value, css))
}

func (p *tab) noSidewaysScroll(where string) {
	p.t.Helper()
	wide := evaluate[[]string](p, `[...document.querySelectorAll('*')]
		.filter((one) => one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
			|| one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.unseen, .progress'))
		.map((one) => one.outerHTML.slice(0, 120))`)
	if len(wide) > 0 {
		p.t.Errorf("%s is wider than the screen: %q", where, wide)
	}
}
