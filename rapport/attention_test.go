package rapport_test

import (
	"testing"

	"innerview/rapport"
)

func TestAttentionLadder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		events string // i ignored, a answered
		weeks  int
		silent bool
	}{
		{"nothing yet", "", 0, false},
		{"one ignored is nothing", "i", 0, false},
		{"two: every second week", "ii", 2, false},
		{"three too", "iii", 2, false},
		{"four: every fourth", "iiii", 4, false},
		{"five too", "iiiii", 4, false},
		{"six: silence", "iiiiii", 0, true},
		{"it does not get worse", "iiiiiiiii", 0, true},
		{"an answer goes one step back up", "iiiia", 2, false},
		{"from silence too", "iiiiiia", 4, false},
		{"two answers: as at first", "iiiiiiaa", 0, false},
		{"answers in a row only", "iiiiaia", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var a rapport.Attention
			for _, e := range tt.events {
				if e == 'i' {
					a = a.Ignore()
				} else {
					a = a.Answer(dayZero)
				}
			}
			if weeks, silent := a.Weeks(); weeks != tt.weeks || silent != tt.silent {
				t.Errorf("after %q every %d weeks, silent %v; want %d, %v", tt.events, weeks, silent, tt.weeks, tt.silent)
			}
		})
	}
}

func TestOneGoodbyeAndOneInvitation(t *testing.T) {
	t.Parallel()
	var a rapport.Attention
	for range 6 {
		if a.SayGoodbye() {
			t.Fatal("goodbye before the sixth ignored message")
		}
		a = a.Ignore()
	}
	if !a.SayGoodbye() || a.Invite(dayZero.AddDays(1000)) {
		t.Fatal("after six ignored messages the goodbye comes first")
	}
	a.GoodbyeOn = dayZero
	if a.SayGoodbye() || a.Invite(dayZero.AddDays(89)) || !a.Invite(dayZero.AddDays(90)) {
		t.Error("the invitation comes 90 days after the goodbye, which is said once")
	}
	a.InvitedOn = dayZero.AddDays(90)
	if a.Invite(dayZero.AddDays(500)) {
		t.Error("a second invitation")
	}
	if a = a.Answer(dayZero); !a.GoodbyeOn.IsZero() {
		t.Error("an answer does not begin anew")
	}
}
