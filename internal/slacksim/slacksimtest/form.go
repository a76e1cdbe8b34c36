package slacksimtest

import (
	"slices"

	"innerview/internal/slacksim"
)

// Fill types into an input, named by its label, block id or action id: text, a date as 2026-11-25, a
// time as 15:00, a date and time as Unix seconds. It is sent with the form.
func (s *Screen) Fill(label, text string) *Screen {
	s.p.t.Helper()
	return s.enter(s.control(label), slacksim.Value{Value: text})
}

// Choose picks options by their text or value, or people by their id, in a select, radio buttons or
// checkboxes, named as in [Screen.Fill]. In a form it is sent with the form; elsewhere at once.
func (s *Screen) Choose(label string, options ...string) *Screen {
	s.p.t.Helper()
	c := s.control(label)
	var values []string
	for _, o := range options {
		values = append(values, s.option(c, o))
	}
	if slices.Contains([]string{"checkboxes", "multi_static_select", "multi_users_select"}, c.Type) {
		return s.enter(c, slacksim.Value{Values: values})
	}
	if len(values) != 1 {
		s.p.t.Fatalf("%q on %s takes one option, not %d.", label, s.what, len(values))
	}
	return s.enter(c, slacksim.Value{Value: values[0]})
}

func (s *Screen) option(c slacksim.Control, name string) string {
	s.p.t.Helper()
	if len(c.Options) == 0 {
		return name
	}
	for _, o := range c.Options {
		if o.Text == name || o.Value == name {
			return o.Value
		}
	}
	s.p.t.Fatalf("%q on %s does not offer %q. It offers: %v", c.Label, s.what, name, c.Options)
	return ""
}

func (s *Screen) enter(c slacksim.Control, v slacksim.Value) *Screen {
	s.p.t.Helper()
	if !c.Input {
		return s.use(c, v)
	}
	if s.form == nil {
		s.form = slacksim.FormState{}
	}
	if s.form[c.BlockID] == nil {
		s.form[c.BlockID] = map[string]slacksim.Value{}
	}
	s.form[c.BlockID][c.ActionID] = v
	return s
}

// Submit presses the submit button. What keeps the form open is there to expect afterwards.
func (s *Screen) Submit() *Screen {
	s.p.t.Helper()
	ctx, cancel := s.p.w.wait()
	defer cancel()
	if _, err := s.p.w.Submit(ctx, s.p.ID, s.now().at.ViewID, s.form); err != nil {
		s.p.t.Fatalf("%s submitted %s: %v.", s.p.name, s.what, err)
	}
	s.form = nil
	s.p.w.Settle()
	return s
}

// Close closes the modal without submitting it.
func (s *Screen) Close() {
	s.p.t.Helper()
	ctx, cancel := s.p.w.wait()
	defer cancel()
	if err := s.p.w.CloseView(ctx, s.p.ID, s.now().at.ViewID); err != nil {
		s.p.t.Fatalf("%s closed %s: %v.", s.p.name, s.what, err)
	}
	s.p.w.Settle()
}
