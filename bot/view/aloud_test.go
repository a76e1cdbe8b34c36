package view_test

import (
	"strings"
	"testing"

	"innerview/bot/view"
)

// TestAloud: who chose so hears all that stands in a message, in its order.
func TestAloud(t *testing.T) {
	t.Parallel()
	read := 0
	for _, p := range printers(t) {
		for _, s := range shots() {
			m, ok := s.build(p, mei()).(view.Message)
			if !ok {
				continue
			}
			read++
			aloud := m.Aloud()
			for _, text := range textsIn(parse(t, encode(t, view.Message{Blocks: m.Blocks}))) {
				if strings.Contains(text, "<@") && !strings.Contains(aloud.Text, text) {
					t.Errorf("%s, %s, %s: %q is not read aloud", s.view, s.state, p.Language(), text)
				}
			}
			for _, problem := range problems(t, aloud) {
				t.Errorf("%s, %s, %s: %v", s.view, s.state, p.Language(), problem)
			}
		}
	}
	if read < 20 {
		t.Errorf("read %d messages, want all", read)
	}
}
