package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// browser starts a headless Chromium, the one that INNERVIEW_TEST_BROWSER names.
// Without one the test is skipped, loudly: a browser wants the machine to itself.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("INNERVIEW_TEST_BROWSER")
	if path == "" {
		fmt.Fprintln(os.Stderr, "SKIPPED: INNERVIEW_TEST_BROWSER names no Chromium: the demo was not tried in a browser")
		t.Skip("no Chromium is named")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // containers run as root; only our own page is loaded
		chromedp.DisableGPU,
		chromedp.Flag("lang", "en"),
		// The demo must never need another host: let none resolve.
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

// reader is a person in front of the demo's page.
type reader struct {
	t     *testing.T
	ctx   context.Context
	url   string
	album string // the folder for pictures, "" for none
	shots int
}

// newReader opens an empty tab with storage of its own. What the page throws or
// reports as an error fails the test at its end.
func newReader(t *testing.T, browser context.Context, url string) *reader {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	messages := chromedp.Console(ctx)
	complaints := make(chan []string)
	go func() {
		var all []string
		for m, err := range messages {
			if err != nil {
				break
			}
			if m.IsException() || m.Type == chromedp.ConsoleError && m.Source != "network" ||
				m.Source == "security" || m.Source == "violation" {
				all = append(all, m.String())
			}
		}
		complaints <- all
	}()
	t.Cleanup(func() {
		cancel()
		for _, line := range <-complaints {
			t.Errorf("the page reported: %s", line)
		}
	})
	return &reader{t: t, ctx: ctx, url: url, album: os.Getenv("INNERVIEW_SCREENSHOTS")}
}

// opens goes to a place of the page, on a screen of that size.
func (r *reader) opens(place string, width, height int64) {
	r.t.Helper()
	r.does(chromedp.EmulateViewport(width, height), chromedp.Navigate(r.url+place))
	r.sees(`document.querySelector('.member[aria-current]')`)
}

func (r *reader) does(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.t.Fatal(err)
	}
}

// sees waits until a JavaScript expression is truthy.
func (r *reader) sees(expression string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	wait := `new Promise((resolve) => {
		const look = () => { if (` + expression + `) resolve(true); else setTimeout(look, 20); };
		look();
	})`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise)); err != nil {
		text, _ := chromedp.Run(r.ctx, chromedp.Evaluate[string](`document.querySelector('#content')?.innerText ?? ''`))
		r.t.Fatalf("never came true: %s (%v)\nthe page says:\n%s", expression, err, text)
	}
}

// reads returns what a JavaScript expression is.
func reads[T any](r *reader, expression string) T {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// presses clicks what a CSS selector finds, once it is there.
func (r *reader) presses(css string) {
	r.t.Helper()
	r.sees(fmt.Sprintf(`document.querySelector(%q)`, css))
	r.does(chromedp.Click(chromedp.CSS(css), chromedp.NodeVisible))
}

func (r *reader) types(css, text string) {
	r.t.Helper()
	r.presses(css)
	r.does(chromedp.KeyEvent(text))
}

// pressesEnter is one press as a keyboard gives it. A page that takes the key
// down for its own must not get the character as well.
func (r *reader) pressesEnter() {
	r.t.Helper()
	r.does(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		press := input.DispatchKeyEventParams{
			Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r",
		}
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, press); err != nil {
			return err
		}
		press.Type, press.Text = input.DispatchKeyEventTypeKeyUp, ""
		_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, press)
		return err
	}))
}

// picks gives a native field a value, as picking from its own popup does.
func (r *reader) picks(css, value string) {
	r.t.Helper()
	r.sees(fmt.Sprintf(`document.querySelector(%q)`, css))
	reads[bool](r, fmt.Sprintf(`((field) => {
		field.value = %q;
		return field.dispatchEvent(new Event('change', {bubbles: true}));
	})(document.querySelector(%q))`, value, css))
}

// keeps writes a picture of the screen into the album. That is the folder that
// INNERVIEW_SCREENSHOTS names, if it names one.
func (r *reader) keeps(name string) {
	r.t.Helper()
	if r.album == "" {
		return
	}
	r.sees(`document.getAnimations().every((one) => one.playState !== 'running')`)
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		r.t.Fatalf("take a picture: %v", err)
	}
	r.shots++
	file := filepath.Join(r.album, fmt.Sprintf("%s-%02d-%s.png", filepath.Base(r.t.Name()), r.shots, name))
	if err := os.WriteFile(file, png, 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// control finds a control by its block and action; an action alone will do.
func control(block, action string) string {
	if block == "" {
		return fmt.Sprintf(`[data-action=%q]`, action)
	}
	return fmt.Sprintf(`[data-block=%q][data-action=%q]`, block, action)
}

// within narrows a wait of the whole story down.
func (r *reader) within(d time.Duration) {
	ctx, cancel := context.WithTimeout(r.ctx, d)
	r.t.Cleanup(cancel)
	r.ctx = ctx
}
