package slacksimtest

import (
	"fmt"
	"slices"
	"strings"

	"innerview/internal/slacksim"
)

// Screen is a message, a modal or a Home tab that a person looks at. It always shows the present state;
// expectations wait for it. All verbs return the Screen, so that they can be chained.
type Screen struct {
	p    *Person
	what string
	look func() (snapshot, bool)
	form slacksim.FormState // filled in and not yet submitted
}

// snapshot is what a screen shows at one moment.
type snapshot struct {
	texts    []string
	controls []slacksim.Control
	errors   map[string]string
	at       slacksim.Target
	find     func(label string) (slacksim.Control, bool)
}

func messageSnapshot(m slacksim.Message) snapshot {
	return snapshot{
		texts: m.Texts(), controls: m.Controls(), find: m.Find,
		at: slacksim.Target{Channel: m.Channel, TS: m.TS},
	}
}

func viewSnapshot(v slacksim.View) snapshot {
	return snapshot{
		texts: v.Texts(), controls: v.Controls(), errors: v.Errors, find: v.Find,
		at: slacksim.Target{ViewID: v.ID},
	}
}

func (s *Screen) mustExist() {
	s.p.t.Helper()
	s.until(func(snapshot) bool { return true })
	s.now()
}

// now is the present snapshot; the screen must be there.
func (s *Screen) now() snapshot {
	s.p.t.Helper()
	shot, ok := s.look()
	if !ok {
		s.p.t.Fatalf("There is no such thing as %s. The messages are:\n%s", s.what, s.p.DM().all())
	}
	return shot
}

// Texts is every visible text in reading order.
func (s *Screen) Texts() []string {
	s.p.t.Helper()
	s.mustExist()
	return s.now().texts
}

// Target is the screen for the verbs of the simulator itself.
func (s *Screen) Target() slacksim.Target {
	s.p.t.Helper()
	return s.now().at
}

// Expect waits until the screen says the text.
func (s *Screen) Expect(text string) *Screen {
	s.p.t.Helper()
	if !s.until(func(shot snapshot) bool { return says(shot.texts, text) }) {
		s.p.t.Fatalf("%s does not say %q. It says:\n%s", s.what, text, indent(s.now().texts))
	}
	return s
}

// ExpectNot fails if the screen says the text, once the workspace is quiet.
func (s *Screen) ExpectNot(text string) *Screen {
	s.p.t.Helper()
	s.mustExist()
	s.p.w.Settle()
	if says(s.now().texts, text) {
		s.p.t.Fatalf("%s says %q:\n%s", s.what, text, indent(s.now().texts))
	}
	return s
}

// ExpectNoMore waits until the screen no longer says the text.
func (s *Screen) ExpectNoMore(text string) *Screen {
	s.p.t.Helper()
	if !s.until(func(shot snapshot) bool { return !says(shot.texts, text) }) {
		s.p.t.Fatalf("%s still says %q:\n%s", s.what, text, indent(s.now().texts))
	}
	return s
}

// ExpectButton waits until the screen has a button with exactly that text.
func (s *Screen) ExpectButton(label string) *Screen {
	s.p.t.Helper()
	if !s.until(func(shot snapshot) bool { return shot.button(label) }) {
		s.p.t.Fatalf("%s has no button %q. It has:\n%s", s.what, label, indent(s.now().labels()))
	}
	return s
}

// ExpectNoButton waits until the screen has no button with exactly that text.
func (s *Screen) ExpectNoButton(label string) *Screen {
	s.p.t.Helper()
	if !s.until(func(shot snapshot) bool { return !shot.button(label) }) {
		s.p.t.Fatalf("%s has a button %q.", s.what, label)
	}
	return s
}

// ExpectGone waits until the screen is closed or deleted, or finds that it never was: a command without
// an answer has no screen.
func (s *Screen) ExpectGone() {
	s.p.t.Helper()
	s.p.w.Settle()
	if !s.p.w.until(func() bool { _, ok := s.look(); return !ok }) {
		s.p.t.Fatalf("%s is still there and says:\n%s", s.what, indent(s.now().texts))
	}
}

// ExpectError waits until the input, named by its label or block id, shows an error with the text.
func (s *Screen) ExpectError(label, text string) *Screen {
	s.p.t.Helper()
	c := s.control(label)
	if !s.until(func(shot snapshot) bool { return strings.Contains(shot.errors[c.BlockID], text) }) {
		s.p.t.Fatalf("%s shows no error %q at %q. It shows: %v", s.what, text, label, s.now().errors)
	}
	return s
}

// Click presses the button with that text, or picks that entry of an overflow menu.
func (s *Screen) Click(label string) *Screen {
	s.p.t.Helper()
	s.awaitControl(label)
	for _, c := range s.now().controls {
		if c.Type == "button" && c.Label == label {
			return s.use(c, slacksim.Value{})
		}
		for _, o := range c.Options {
			if c.Type == "overflow" && o.Text == label {
				return s.use(c, slacksim.Value{Value: o.Value})
			}
		}
	}
	s.p.t.Fatalf("%s has nothing to press called %q. It has:\n%s", s.what, label, indent(s.now().labels()))
	return s
}

// awaitControl waits a while for something to press called label; that it never comes is for the caller to say.
func (s *Screen) awaitControl(label string) {
	s.until(func(shot snapshot) bool {
		return slices.ContainsFunc(shot.controls, func(c slacksim.Control) bool {
			inMenu := slices.ContainsFunc(c.Options, func(o slacksim.Choice) bool { return o.Text == label })
			return c.Type == "button" && c.Label == label || c.Type == "overflow" && inMenu
		})
	})
}

func (s *Screen) use(c slacksim.Control, v slacksim.Value) *Screen {
	s.p.t.Helper()
	ctx, cancel := s.p.w.wait()
	defer cancel()
	if len(s.form) > 0 {
		// What is filled in travels with every press inside the form.
		if err := s.p.w.Fill(s.p.ID, s.now().at.ViewID, s.form); err != nil {
			s.p.t.Fatalf("%s filled in %s: %v.", s.p.name, s.what, err)
		}
	}
	err := s.p.w.Click(ctx, s.p.ID, s.now().at, c.BlockID+"/"+c.ActionID, v)
	if err != nil {
		s.p.t.Fatalf("%s used %q on %s: %v.", s.p.name, c.Label, s.what, err)
	}
	s.p.w.Settle()
	return s
}

func (s *Screen) until(cond func(snapshot) bool) bool {
	return s.p.w.until(func() bool {
		shot, ok := s.look()
		return ok && cond(shot)
	})
}

// control finds a control by label, block id or action id.
func (s *Screen) control(label string) slacksim.Control {
	s.p.t.Helper()
	c, ok := s.now().find(label)
	if !ok {
		s.p.t.Fatalf("%s has no single control %q. It has:\n%s", s.what, label, indent(s.now().labels()))
	}
	return c
}

func (shot snapshot) button(label string) bool {
	return slices.ContainsFunc(shot.controls, func(c slacksim.Control) bool {
		return c.Type == "button" && c.Label == label
	})
}

func (shot snapshot) labels() []string {
	var out []string
	for _, c := range shot.controls {
		out = append(out, fmt.Sprintf("%s %q (%s/%s)", c.Type, c.Label, c.BlockID, c.ActionID))
	}
	return out
}

func says(texts []string, text string) bool {
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, text) })
}

func indent(lines []string) string {
	if len(lines) == 0 {
		return "  (nothing)"
	}
	return "  " + strings.Join(lines, "\n  ")
}
