package slacksimtest_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
)

// witness is a test that may fail: it writes down why.
type witness struct {
	testing.TB
	said    []string
	cleanup []func()
}

func (w *witness) Helper()                  {}
func (w *witness) Context() context.Context { return w.TB.Context() }
func (w *witness) Cleanup(f func())         { w.cleanup = append(w.cleanup, f) }

func (w *witness) Errorf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}

func (w *witness) Fatalf(format string, args ...any) {
	w.Errorf(format, args...)
	runtime.Goexit()
}

// run runs what may fail and then what the test wanted to be done at its end.
func (w *witness) run(f func()) []string {
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	<-done
	for _, c := range slices.Backward(w.cleanup) {
		c()
	}
	return w.said
}

// scene is a workspace with one message, a Home tab and a bot whose command opens a modal.
func scene(t *testing.T, tb testing.TB) (*slacksimtest.Workspace, *slacksimtest.Person) {
	w := slacksimtest.Start(tb, slacksim.Options{}, ana())
	b := &bot{
		command: func(b *bot, r socketmode.Request, c slack.SlashCommand) {
			_, _ = b.api.OpenViewContext(t.Context(), c.TriggerID, talkModal())
			b.ack(r)
		},
		action: func(b *bot, r socketmode.Request, _ slack.InteractionCallback) { b.ack(r) },
	}
	b.start(t, w)
	post(t, b.api, "U0ANA", "How was it?", slack.NewButtonBlockElement("talked", "1", plain("We talked")))
	w.Patience = 20 * time.Millisecond
	return w, w.User("U0ANA")
}

func TestExpectationsCanFail(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		try  func(*slacksimtest.Workspace, *slacksimtest.Person)
		want []string // of the sentence
	}{
		{"text", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().Expect("coffee") }, []string{"Ana's last message does not say \"coffee\"", "How was it?"}},
		{"no text", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().ExpectNot("How") }, []string{"says \"How\""}},
		{"button", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().ExpectButton("Another") }, []string{"no button \"Another\"", `button "We talked"`}},
		{"no button", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().ExpectNoButton("We talked") }, []string{"has a button"}},
		{"press", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().Click("Another") }, []string{"nothing to press called \"Another\""}},
		{"message", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.DM().Expect("coffee") }, []string{"No message to Ana says \"coffee\"", "How was it?"}},
		{"no message", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.DM().ExpectNone("How") }, []string{"A message to Ana says \"How\""}},
		{"count", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.DM().ExpectCount(2) }, []string{"Ana has 1 messages, not 2"}},
		{"gone", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().ExpectGone() }, []string{"is still there"}},
		{"Home", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.Home() }, []string{"no such thing as Ana's Home"}},
		{"modal", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.Modal() }, []string{"no such thing as Ana's modal"}},
		{"answer", func(w *slacksimtest.Workspace, p *slacksimtest.Person) {
			w.Patience = 200 * time.Millisecond
			p.Runs("log").Expect("done")
		}, []string{"no such thing as the answer to \"log\""}},
		{"no modal", func(w *slacksimtest.Workspace, p *slacksimtest.Person) {
			w.Patience = 5 * time.Second
			p.Runs("log")
			p.ExpectNoModal()
		}, []string{"still has a modal open", "Record a talk"}},
		{"error", func(w *slacksimtest.Workspace, p *slacksimtest.Person) {
			w.Patience = 5 * time.Second
			p.Runs("log")
			modal := p.Modal()
			w.Patience = 20 * time.Millisecond
			modal.ExpectError("Note", "too long")
		}, []string{"shows no error \"too long\""}},
		{"control", func(w *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().Fill("Note", "x") }, []string{"no single control \"Note\""}},
		{"option", func(w *slacksimtest.Workspace, p *slacksimtest.Person) {
			w.Patience = 5 * time.Second
			p.Runs("log")
			p.Modal().Choose("How was it?", "Great")
		}, []string{"does not offer \"Great\"", "Light"}},
		{"two of one", func(w *slacksimtest.Workspace, p *slacksimtest.Person) {
			w.Patience = 5 * time.Second
			p.Runs("log")
			p.Modal().Choose("How was it?", "Light", "Opened up")
		}, []string{"takes one option, not 2"}},
		{"submit", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().Submit() }, []string{"Ana submitted"}},
		{"close", func(_ *slacksimtest.Workspace, p *slacksimtest.Person) { p.LastMessage().Close() }, []string{"Ana closed"}},
		{"person", func(w *slacksimtest.Workspace, _ *slacksimtest.Person) { w.User("U9") }, []string{"Nobody in the workspace has the id U9"}},
		{"connection", func(w *slacksimtest.Workspace, p *slacksimtest.Person) {
			w.DisableLink()
			p.Runs("log")
		}, []string{"dispatch_failed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			wit := &witness{TB: t}
			said := wit.run(func() {
				w, p := scene(t, wit)
				w.AllowBreaches()
				tt.try(w, p)
			})
			if len(said) != 1 {
				t.Fatalf("said %q, want one sentence", said)
			}
			for _, want := range tt.want {
				if !strings.Contains(said[0], want) {
					t.Errorf("said %q, want it to contain %q", said[0], want)
				}
			}
		})
	}
}

func TestBreachesFailTheTest(t *testing.T) {
	t.Parallel()
	for _, lenient := range []bool{false, true} {
		wit := &witness{TB: t}
		said := wit.run(func() {
			w := slacksimtest.Start(wit, slacksim.Options{}, ana())
			if lenient {
				w.AllowBreaches()
			}
			_, _, err := client(w).PostMessageContext(t.Context(), "U0ANA", slack.MsgOptionText("", false))
			if err == nil {
				t.Error("an empty message was taken")
			}
		})
		if failed := len(said) == 1 && strings.Contains(said[0], "chat.postMessage: no_text"); failed == lenient {
			t.Errorf("lenient %t: said %q", lenient, said)
		}
	}
}
