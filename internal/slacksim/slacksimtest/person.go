package slacksimtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"innerview/internal/slacksim"
)

// Person is a member who acts and looks.
type Person struct {
	ID string

	w    *Workspace
	t    testing.TB
	name string
}

// Runs types the command; the text may begin with the command or leave it out. It returns what the bot
// answered: the message in the acknowledgement or, without one, the first that comes afterwards.
func (p *Person) Runs(text string) *Screen {
	p.t.Helper()
	ctx, cancel := p.w.wait()
	defer cancel()
	before := len(p.fromBot())
	result, err := p.w.RunCommand(ctx, p.ID, text)
	if err != nil {
		p.t.Fatalf("%s ran %q: %v.", p.name, text, err)
	}
	p.w.Settle()
	ts := ""
	if result.Answer != nil {
		ts = result.Answer.TS
	}
	return &Screen{p: p, what: fmt.Sprintf("the answer to %q", text), look: func() (snapshot, bool) {
		if later := p.fromBot(); ts == "" && len(later) > before {
			ts = later[before].TS
		}
		return p.find(ts)
	}}
}

// find is the message with that ts, if the person sees it.
func (p *Person) find(ts string) (snapshot, bool) {
	for _, m := range p.w.Feed(p.ID) {
		if m.TS == ts {
			return messageSnapshot(m), true
		}
	}
	return snapshot{}, false
}

// OpensHome opens the Home tab and returns what is published there.
func (p *Person) OpensHome() *Screen {
	p.t.Helper()
	ctx, cancel := p.w.wait()
	defer cancel()
	if err := p.w.OpenHome(ctx, p.ID); err != nil {
		p.t.Fatalf("%s opened Home: %v.", p.name, err)
	}
	p.w.Settle()
	return p.Home()
}

// Home is the person's Home tab. It waits until one is published.
func (p *Person) Home() *Screen {
	p.t.Helper()
	s := &Screen{p: p, what: p.name + "'s Home", look: func() (snapshot, bool) {
		v, ok := p.w.Home(p.ID)
		return viewSnapshot(v), ok
	}}
	s.mustExist()
	return s
}

// Modal is the modal the person looks at. It waits until one is open.
func (p *Person) Modal() *Screen {
	p.t.Helper()
	top := func() (slacksim.View, bool) {
		views := p.w.Modals(p.ID)
		if len(views) == 0 {
			return slacksim.View{}, false
		}
		return views[len(views)-1], true
	}
	var id string
	p.w.until(func() bool {
		v, ok := top()
		id = v.ID
		return ok
	})
	s := &Screen{p: p, what: p.name + "'s modal", look: func() (snapshot, bool) {
		v, ok := top()
		return viewSnapshot(v), ok && v.ID == id
	}}
	s.mustExist()
	return s
}

// ExpectNoModal fails if a modal is open.
func (p *Person) ExpectNoModal() {
	p.t.Helper()
	p.w.Settle()
	if views := p.w.Modals(p.ID); len(views) > 0 {
		p.t.Fatalf("%s still has a modal open:\n%s", p.name, indent(views[len(views)-1].Texts()))
	}
}

// LastMessage is the newest message the bot showed the person, ephemeral ones included. It waits until
// there is one.
func (p *Person) LastMessage() *Screen {
	p.t.Helper()
	var ts string
	p.w.until(func() bool {
		messages := p.fromBot()
		if len(messages) > 0 {
			ts = messages[len(messages)-1].TS
		}
		return len(messages) > 0
	})
	return p.message(ts, p.name+"'s last message")
}

func (p *Person) fromBot() []slacksim.Message {
	return slices.DeleteFunc(p.w.Feed(p.ID), func(m slacksim.Message) bool { return m.Own })
}

func (p *Person) message(ts, what string) *Screen {
	p.t.Helper()
	s := &Screen{p: p, what: what, look: func() (snapshot, bool) { return p.find(ts) }}
	s.mustExist()
	return s
}

// DM is the person's messages from the bot, ephemeral ones included.
func (p *Person) DM() *Thread { return &Thread{p: p} }

// Thread is a person's messages from the bot.
type Thread struct{ p *Person }

// Expect waits for a message that says the text and returns the newest that does.
func (th *Thread) Expect(text string) *Screen {
	th.p.t.Helper()
	var ts string
	th.p.w.until(func() bool {
		for _, m := range th.p.fromBot() {
			if says(m.Texts(), text) {
				ts = m.TS
			}
		}
		return ts != ""
	})
	if ts == "" {
		th.p.t.Fatalf("No message to %s says %q. There are:\n%s", th.p.name, text, th.all())
	}
	return th.p.message(ts, fmt.Sprintf("%s's message %q", th.p.name, text))
}

// ExpectNone fails if a message says the text, once the workspace is quiet.
func (th *Thread) ExpectNone(text string) {
	th.p.t.Helper()
	th.p.w.Settle()
	for _, m := range th.p.fromBot() {
		if says(m.Texts(), text) {
			th.p.t.Fatalf("A message to %s says %q:\n%s", th.p.name, text, indent(m.Texts()))
		}
	}
}

// ExpectCount waits until the person has exactly n messages from the bot.
func (th *Thread) ExpectCount(n int) {
	th.p.t.Helper()
	if !th.p.w.until(func() bool { return len(th.p.fromBot()) == n }) {
		th.p.t.Fatalf("%s has %d messages, not %d:\n%s", th.p.name, len(th.p.fromBot()), n, th.all())
	}
}

func (th *Thread) all() string {
	var texts []string
	for _, m := range th.p.fromBot() {
		texts = append(texts, strings.Join(m.Texts(), " | "))
	}
	return indent(texts)
}
