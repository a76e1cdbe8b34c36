package scheduler_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// TestPreviewIsWhatTickSends goes through three weeks in which all sorts of things
// happen, once with a heartbeat all day and once with one a day. Each time, what
// is foretold is what is then sent, and foretelling leaves no trace.
func TestPreviewIsWhatTickSends(t *testing.T) {
	t.Parallel()
	for _, sparse := range []bool{false, true} {
		t.Run(map[bool]string{false: "all day", true: "once a day"}[sparse], func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			happens := o.eventful()
			ahead := o.readOnly()
			seen := map[rapport.MessageKind]int{}
			for _, now := range o.beats("2026-11-24 08:00", "2026-12-12 00:00") {
				if act := happens[now.Format("01-02 15:04")]; act != nil {
					o.clock.turn(now)
					act()
				}
				if sparse && now.Format("15:04") != "11:00" {
					continue
				}
				foretold := o.foretell(ahead, now)
				put := len(o.putOff())
				sent := o.tick(now)
				for i := range sent {
					if sent[i].State == "sent" {
						sent[i].State = "planned"
					}
					seen[sent[i].Kind]++
				}
				if len(o.putOff()) > put {
					continue // by Slack, which nobody can foretell
				}
				if diff := cmp.Diff(foretold, sent); diff != "" {
					t.Errorf("%s (-foretold +sent):\n%s", now, diff)
				}
			}
			if seen[rapport.KindNudge] < 10 || seen[rapport.KindReminder] == 0 || seen[rapport.KindFollowUp] == 0 {
				t.Errorf("sent %v, want some of each kind", seen)
			}
		})
	}
}

// foretell is the preview at a time. It must leave the database as it is.
func (o *office) foretell(s *scheduler.Scheduler, now time.Time) []scheduler.Line {
	o.t.Helper()
	before := ""
	if now.Format("15:04") == "11:00" { // once a day will do
		before = o.dump()
	}
	lines := must(s.Preview(o.t.Context(), now))(o.t)
	if before == "" {
		return lines
	}
	if diff := cmp.Diff(before, o.dump()); diff != "" {
		o.t.Errorf("the preview at %s changed the database:\n%s", now, diff)
	}
	return lines
}

// putOff are the calls that Slack answered with "later".
func (o *office) putOff() []slacksim.Request {
	return slices.DeleteFunc(o.sim.Requests(), func(r slacksim.Request) bool { return r.Fault != slacksim.RateLimited })
}

// eventful gives the office leaders of every sort, and returns what they will do
// when.
func (o *office) eventful() map[string]func() {
	o.t.Helper()
	o.lead(ana, mei, ken, yui)
	o.lead(bea, mei, ken)
	o.lead(cem, yui)
	for _, talk := range []struct {
		day     string
		outcome rapport.Outcome
	}{{"2026-10-20", rapport.Light}, {"2026-11-03", rapport.Opened}, {"2026-11-12", rapport.Light}} {
		o.talked(bea, mei, talk.day, talk.outcome) // on a first question about causes
	}
	return map[string]func(){
		"11-24 09:25": func() { o.runs(bea, "pause 2026-12-08") }, // so light again afterwards
		"11-25 09:25": func() { o.plansCoffee(cem, yui, "2026-11-25 11:45") },
		"11-26 09:25": func() { o.runs(ana, "snooze <@"+yui+">") },
		"11-30 09:30": func() { o.runs(ana, "log <@"+mei+"> declined") },
		"12-03 12:30": func() {
			o.lead("U0000DAN", mei)
			o.sim.Fault(slacksim.Fault{Method: "conversations.open", Kind: slacksim.RateLimited, RetryAfter: 8 * time.Minute})
		},
		"12-08 09:25": func() { o.plansCoffee(bea, ken, "2026-12-08 11:45") }, // asked for, so also now
		"12-09 05:00": func() { o.runs(bea, "log <@"+ken+"> opened yesterday") },
	}
}

// readOnly is a scheduler on the same database as `sweep --dry-run` makes it: it
// can only read, and has nobody to deliver.
func (o *office) readOnly() *scheduler.Scheduler {
	o.t.Helper()
	st := must(store.Open(o.t.Context(), nil, o.path, filepath.Join(filepath.Dir(o.path), "no.key"),
		store.Options{Now: o.clock.now, ReadOnly: true}))(o.t)
	o.t.Cleanup(func() {
		if err := st.Close(); err != nil {
			o.t.Errorf("close the store: %v", err)
		}
	})
	return scheduler.New(nil, st, o.bank, o.calendar, nil, o.workspace, scheduler.Options{Zone: o.zone, PerWeek: 2})
}
