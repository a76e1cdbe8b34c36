package main

import "testing"

// TestKilledSweepsDoubleNothing kills one sweep after the other at a random
// moment, while Slack loses answers and answers badly, and then compares what
// Slack took with what the database says of it.
func TestKilledSweepsDoubleNothing(t *testing.T) {
	notWhileUpdating(t)
	kills := 100
	if inFull() {
		kills = 1000
	}
	c := found(t)
	c.spoil()
	killed := 0
	for killed < kills {
		if c.killSweep() {
			killed++
		} else {
			c.nextDay()
		}
	}
	v := c.audit()
	t.Logf("%d kills, %d sweeps ended before, %d posts accepted, %d messages sent, %d unsure, %d doubled",
		killed, c.ended, v.posts, v.sent, v.unsure, len(v.doubled))
	v.report(t)
	if v.posts == 0 || v.sent == 0 || v.unsure == 0 {
		t.Error("the test saw too little to judge")
	}
}

// stoppedEarly is what a sweep says that was asked to end before its time.
const stoppedEarly = "innerview: stopped before everything was done: run it again for the rest\n"

// TestStoppedSweepsSettleWhatTheySend asks one sweep after the other to end in
// the middle of a post. Where Slack answers, nothing may be left in doubt.
func TestStoppedSweepsSettleWhatTheySend(t *testing.T) {
	notWhileUpdating(t)
	t.Parallel()
	stops := 5
	if inFull() {
		stops = 200
	}
	c := found(t)
	for stopped := 0; stopped < stops; c.nextDay() {
		posting := c.laggard.nextCall(postPath)
		p := c.sweep()
		select {
		case <-p.ended: // nobody was due
		case <-posting:
			stopped++
		}
		p.interrupt()
		if said := p.stderr.String(); p.err != nil && said != stoppedEarly {
			t.Fatalf("a sweep ended with %v:\n%swant\n%s", p.err, said, stoppedEarly)
		}
		c.undisturbed()
	}
	v := c.audit()
	t.Logf("%d stops, %d posts accepted, %d messages sent, %d unsure", stops, v.posts, v.sent, v.unsure)
	v.report(t)
	if v.posts < stops || v.posts != v.sent || v.unsure > 0 {
		t.Error("want every message sent, and nothing in doubt")
	}
}
