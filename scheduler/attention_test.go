package scheduler_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// received is one message and the day it came.
type received struct {
	on   rapport.Date
	kind rapport.MessageKind
	who  string
}

// lives lets the heart beat from one day to another, four times a day, and
// returns what came. after, when not nil, is run once after each day.
func (o *office) lives(from, to string, after func(rapport.Date)) []received {
	o.t.Helper()
	var all []received
	for on := date(o.t, from); on.Before(date(o.t, to)); on = on.AddDays(1) {
		for _, minutes := range []int{9*60 + 35, 10*60 + 10, 13*60 + 5, 17 * 60} {
			now := on.At(minutes, o.zone)
			for _, l := range o.tick(now) {
				if l.State != "sent" {
					o.t.Fatalf("%s: %+v", now, l)
				}
				all = append(all, received{on, l.Kind, l.Person})
			}
		}
		if after != nil {
			o.clock.turn(on.At(18*60, o.zone))
			after(on)
		}
	}
	return all
}

// withoutDetector leaves a long life to the run without the race detector, which
// makes each of its days thirty times as long and judges no dates.
func withoutDetector(t *testing.T) {
	t.Helper()
	if raceDetector {
		t.Skip("lived without the race detector")
	}
}

func withDigest() choices {
	return choices{scheduler: scheduler.Options{PerWeek: 2, Digest: rapport.DigestFirst}}
}

// TestBackingOff lives a year and a half with a leader who never presses
// anything: docs/method.md, "Backing off".
func TestBackingOff(t *testing.T) {
	t.Parallel()
	withoutDetector(t)
	o := open(t, withDigest())
	o.lead(ana, mei, ken, yui)
	all := o.lives("2026-11-24", "2027-11-24", nil)
	var unasked []received
	var goodbye, invitation []rapport.Date
	for _, r := range all {
		switch r.kind {
		case rapport.KindGoodbye:
			goodbye = append(goodbye, r.on)
		case rapport.KindInvitation:
			invitation = append(invitation, r.on)
		default:
			unasked = append(unasked, r)
		}
	}
	if len(goodbye) != 1 || len(invitation) != 1 {
		t.Fatalf("goodbyes %v, invitations %v; want one of each", goodbye, invitation)
	}
	last := unasked[len(unasked)-1].on
	if !last.Before(goodbye[0]) || goodbye[0].Sub(last) < rapport.IgnoredAfter {
		t.Errorf("goodbye on %s, after a message on %s", goodbye[0], last)
	}
	if got := invitation[0].Sub(goodbye[0]); got < 90 || got > 97 {
		t.Errorf("invitation %d days after the goodbye, want 90 or a few more", got)
	}
	// How many had been left untouched for a week when each came.
	for i, r := range unasked {
		ignored := 0
		for _, earlier := range unasked[:i] {
			if r.on.Sub(earlier.on) >= rapport.IgnoredAfter {
				ignored++
			}
		}
		if i == 0 {
			continue
		}
		gap := r.on.Sub(unasked[i-1].on)
		if want := map[int]int{0: 1, 1: 14, 2: 28}[min(2, ignored/2)]; gap < want {
			t.Errorf("%s on %s, %d days after the last one, with %d left untouched: want at least %d", r.kind, r.on, gap, ignored, want)
		}
	}
	if n := len(unasked); n < 6 || n > 12 {
		t.Errorf("%d messages before the goodbye, want the six that are ignored and those already sent", n)
	}
}

// TestComingBack: whoever answers the goodbye or later is written to again.
func TestComingBack(t *testing.T) {
	t.Parallel()
	withoutDetector(t)
	tests := []struct {
		name string
		act  func(*office)
		gap  int // days until the next message, at least
	}{
		{"says yes", func(o *office) { o.presses(ana, "wake", o.posts(ana)[len(o.posts(ana))-1]) }, 1},
		{"types something", func(o *office) { o.runs(ana, "list") }, 28},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := open(t, withDigest())
			o.lead(ana, mei, ken)
			all := o.lives("2026-11-24", "2027-04-05", nil)
			if last := all[len(all)-1]; last.kind != rapport.KindGoodbye {
				t.Fatalf("the last message is a %s, want the goodbye", last.kind)
			}
			o.clock.turn(o.at("2027-04-05 11:00"))
			tt.act(o)
			again := o.lives("2027-04-06", "2027-06-01", nil)
			if len(again) == 0 {
				t.Fatal("nothing came any more")
			}
			if gap := again[0].on.Sub(all[len(all)-1].on); gap < tt.gap {
				t.Errorf("the next message %d days after the goodbye, want at least %d", gap, tt.gap)
			}
		})
	}
}

// TestDigestWeeks lives some weeks with a leader who answers everything: one
// digest a week on the first working day, nothing else on it, nudges on others.
func TestDigestWeeks(t *testing.T) {
	t.Parallel()
	withoutDetector(t)
	o := open(t, withDigest())
	o.lead(ana, mei, ken, yui)
	all := o.lives("2026-11-24", "2027-01-25", func(on rapport.Date) { o.responds(ana, on.At(18*60, o.zone)) })
	var digests []string
	days := map[rapport.Date]int{}
	for _, r := range all {
		days[r.on]++
		if r.kind == rapport.KindDigest {
			digests = append(digests, r.on.String())
			if r.who != "" {
				t.Errorf("the digest of %s is about %s", r.on, r.who)
			}
		}
	}
	// A nudge came first, on the 24th; the week of 28 December is quiet but for
	// none of its days, and 11 January is a holiday.
	want := []string{"2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2027-01-04", "2027-01-12", "2027-01-18"}
	if diff := cmp.Diff(want, digests); diff != "" {
		t.Errorf("digests (-want +got):\n%s", diff)
	}
	for on, n := range days {
		if n > 1 {
			t.Errorf("%d messages on %s", n, on)
		}
	}
}

// TestDigestSaysSomething: none where nobody comes up and nothing was promised,
// and then the day is a nudge's again.
func TestDigestSaysSomething(t *testing.T) {
	t.Parallel()
	o := open(t, withDigest())
	o.lead(ana, mei)
	if got := o.lives("2026-11-24", "2026-11-25", nil); len(got) != 1 {
		t.Fatalf("%v on the first day, want one nudge", got)
	}
	o.clock.turn(o.at("2026-11-24 18:00"))
	o.runs(ana, "log <@"+mei+"> light")
	if got := o.lives("2026-11-25", "2026-12-07", nil); len(got) != 0 {
		t.Errorf("%v although nobody comes up before 8 December", got)
	}
	got := o.lives("2026-12-07", "2026-12-09", nil)
	want := []received{{date(t, "2026-12-07"), rapport.KindDigest, ""}, {date(t, "2026-12-08"), rapport.KindNudge, mei}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(received{}, rapport.Date{})); diff != "" {
		t.Errorf("the week in which she comes up (-want +got):\n%s", diff)
	}
}

// TestDigestFoldsTheFollowUp: what is asked in the digest is not asked again.
func TestDigestFoldsTheFollowUp(t *testing.T) {
	t.Parallel()
	o := open(t, withDigest())
	o.lead(ana, mei, ken)
	o.lives("2026-11-24", "2026-11-27", func(on rapport.Date) { o.responds(ana, on.At(18*60, o.zone)) })
	o.clock.turn(o.at("2026-11-27 09:00"))
	o.plansCoffee(ana, mei, "2026-11-27 17:30") // a Friday: asked after on Monday morning
	got := o.lives("2026-11-27", "2026-12-01", nil)
	kinds := []rapport.MessageKind{}
	for _, r := range got {
		kinds = append(kinds, r.kind)
	}
	if want := []rapport.MessageKind{rapport.KindReminder, rapport.KindDigest}; !slices.Equal(kinds, want) {
		t.Fatalf("came %v, want %v", kinds, want)
	}
	posts := o.posts(ana)
	o.clock.turn(o.at("2026-11-30 11:00"))
	o.presses(ana, "outcome.opened", posts[len(posts)-1])
	if p := o.pair(ana, mei); p.LastTalkOn != date(t, "2026-11-27") {
		t.Errorf("the talk is noted for %s, want the day of the coffee", p.LastTalkOn)
	}
}

// TestEverybodysCalendar: nobody is brought up on their own holiday, and a
// leader elsewhere has other holidays.
func TestEverybodysCalendar(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken)
	o.lead(bea, yui)
	// Thanksgiving, a Thursday. Mei keeps it; Bea does.
	if err := o.store.SetCircumstances(t.Context(), o.scope(ana), o.pair(ana, mei).ID,
		store.Circumstances{Country: "us"}, date(t, "2026-11-20"), ""); err != nil {
		t.Fatal(err)
	}
	if err := o.store.SaveSettings(t.Context(), o.scope(bea), store.Settings{Country: "us"}, ""); err != nil {
		t.Fatal(err)
	}
	o.talked(ana, mei, "2026-11-05", rapport.Light) // due on the 19th, so before Ken
	got := map[string][]string{}
	for on := date(t, "2026-11-26"); on.Before(date(t, "2026-11-28")); on = on.AddDays(1) {
		for _, l := range o.tick(on.At(11*60, o.zone)) {
			got[l.Leader] = append(got[l.Leader], on.String()+" "+l.Person)
		}
	}
	want := map[string][]string{
		ana: {"2026-11-26 " + ken, "2026-11-27 " + mei},
		bea: nil, // the day after is a single working day before the weekend
	}
	if bea := got[bea]; len(bea) > 0 && bea[0] < "2026-11-27" {
		t.Errorf("Bea got %v on her holiday", bea)
	}
	if diff := cmp.Diff(want[ana], got[ana]); diff != "" {
		t.Errorf("Ana (-want +got):\n%s", diff)
	}
}

// TestAbsence: nothing while somebody is away; then a welcome, and a light start.
func TestAbsence(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.talked(ana, mei, "2026-10-13", rapport.Opened)
	o.talked(ana, mei, "2026-10-28", rapport.Light)
	o.talked(ana, mei, "2026-11-10", rapport.Opened)
	if got := o.pair(ana, mei).History.Pace().Depth; got != rapport.Causative {
		t.Fatalf("depth %s before the absence, want causative", got)
	}
	away := store.Circumstances{AwayOn: date(t, "2026-11-24"), AwayUntil: date(t, "2027-01-22")}
	if err := o.store.SetCircumstances(t.Context(), o.scope(ana), o.pair(ana, mei).ID, away, date(t, "2026-11-20"), ""); err != nil {
		t.Fatal(err)
	}
	if got := o.lives("2026-11-24", "2027-01-23", nil); len(got) > 0 {
		t.Errorf("%v while she is away", got)
	}
	got := o.lives("2027-01-23", "2027-01-26", nil)
	want := []received{{date(t, "2027-01-25"), rapport.KindWelcomeBack, mei}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(received{}, rapport.Date{})); diff != "" {
		t.Fatalf("after the absence (-want +got):\n%s", diff)
	}
	p := o.pair(ana, mei)
	if pace := p.History.Pace(); pace.Depth != rapport.Causative || pace.Effective(date(t, "2027-01-26"), 14, rapport.Values) != rapport.Factual {
		t.Errorf("depth %s, offered %s; want causes kept and a light start", pace.Depth, pace.Effective(date(t, "2027-01-26"), 14, rapport.Values))
	}
	if !p.AwayOn.IsZero() || !p.AwayUntil.IsZero() || p.CameBack {
		t.Errorf("left of the absence: %s to %s, came back %t", p.AwayOn, p.AwayUntil, p.CameBack)
	}
}

// TestRefusedGoodbyeIsSaidAgain: what never arrived was not said.
func TestRefusedGoodbyeIsSaidAgain(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.query("UPDATE leaders SET ignored = 6")
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.Refuse, Error: "channel_not_found"})
	if got := o.tick(date(t, "2026-11-25").At(11*60, o.zone)); len(got) != 1 || got[0].State != "failed" {
		t.Errorf("a refused goodbye has the lines %v, want one that failed", got)
	}
	o.sim.ClearFaults()
	got := o.lives("2026-11-26", "2026-12-10", nil)
	if len(got) != 1 || got[0].kind != rapport.KindGoodbye {
		t.Errorf("came %v, want one goodbye", got)
	}
}

// TestPromiseGoesFirst: while something the leader offered is due, every message
// about that person is about it; once it is kept, questions go on.
func TestPromiseGoesFirst(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.talked(ana, mei, "2026-11-10", rapport.Light)
	o.clock.turn(o.at("2026-11-10 18:00"))
	o.runs(ana, "promise <@"+mei+"> send her the recipe") // due on the 24th
	first := o.tick(o.at("2026-11-24 11:00"))
	if len(first) != 1 || first[0].Kind != rapport.KindNudge || first[0].Starter != "" || first[0].Person != mei {
		t.Fatalf("on the day it is due came %+v, want a message about it and no starter", first)
	}
	card := o.posts(ana)[0]
	o.clock.turn(o.at("2026-11-24 12:00"))
	o.presses(ana, "pass_week.one", card)
	again := o.tick(o.at("2026-12-01 11:00"))
	if len(again) != 1 || again[0].Starter != "" {
		t.Fatalf("a week later came %+v, want the promise again", again)
	}
	o.clock.turn(o.at("2026-12-01 12:00"))
	o.presses(ana, "promise_kept", o.posts(ana)[1])
	after := o.tick(o.at("2026-12-08 11:00"))
	if len(after) != 1 || after[0].Starter == "" {
		t.Errorf("once it is kept came %+v, want a starter", after)
	}
}

// TestLatePressIsAnAnswer: whoever presses anything, however late, is there.
func TestLatePressIsAnAnswer(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.lives("2026-11-24", "2026-11-25", nil)
	nudge := o.posts(ana)[0]
	o.query("UPDATE leaders SET ignored = 6, goodbye_on = '2026-12-01'")
	o.query("UPDATE messages SET answer = 'ignored'")
	o.clock.turn(o.at("2026-12-20 11:00"))
	o.presses(ana, "not_this_week", nudge)
	if got := o.query("SELECT ignored, answered FROM leaders"); got[0] != "4 1" {
		t.Errorf("ignored and answered are %q after a late press, want one step back up", got)
	}
	o.presses(ana, "open_settings", nudge)
	if got := o.query("SELECT ignored, answered FROM leaders"); got[0] != "4 1" {
		t.Errorf("ignored and answered are %q after a second press of the day, want it to count once", got)
	}
}

// TestDigestAlone: whoever wants no nudges gets the digest all the same, with
// the introduction in the first.
func TestDigestAlone(t *testing.T) {
	t.Parallel()
	o := open(t, withDigest())
	o.lead(ana, mei)
	if err := o.store.SaveSettings(t.Context(), o.scope(ana), store.Settings{PerWeek: new(int)}, ""); err != nil {
		t.Fatal(err)
	}
	got := o.lives("2026-11-24", "2026-12-08", nil)
	if len(got) != 2 || got[0].kind != rapport.KindDigest || got[1].kind != rapport.KindDigest {
		t.Fatalf("came %v, want two digests", got)
	}
	for i, want := range []bool{true, false} {
		m := o.posts(ana)[i]
		intro := slices.ContainsFunc(m.Controls(), func(c slacksim.Control) bool { return c.ActionID == "pause_all" })
		if intro != want {
			t.Errorf("digest %d has the introduction: %t, want %t", i+1, intro, want)
		}
	}
}

// TestFailedDigestComesTheNextDay, once, and the question it was to ask is not
// lost.
func TestFailedDigestComesTheNextDay(t *testing.T) {
	t.Parallel()
	o := open(t, withDigest())
	o.lead(ana, mei, ken)
	o.lives("2026-11-24", "2026-11-27", func(on rapport.Date) { o.responds(ana, on.At(18*60, o.zone)) })
	o.clock.turn(o.at("2026-11-27 09:00"))
	o.plansCoffee(ana, mei, "2026-11-27 15:00")
	o.lives("2026-11-27", "2026-11-30", nil)
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.Refuse, Error: "channel_not_found"})
	failed := o.tick(o.at("2026-11-30 10:05"))
	if len(failed) != 1 || failed[0].Kind != rapport.KindDigest || failed[0].State != "failed" {
		t.Fatalf("came %+v, want a digest that failed", failed)
	}
	o.sim.ClearFaults()
	kinds := []rapport.MessageKind{}
	for _, r := range o.lives("2026-11-30", "2026-12-03", func(on rapport.Date) { o.responds(ana, on.At(18*60, o.zone)) }) {
		kinds = append(kinds, r.kind)
	}
	want := []rapport.MessageKind{rapport.KindFollowUp, rapport.KindDigest, rapport.KindNudge}
	if !slices.Equal(kinds, want) {
		t.Errorf("came %v, want %v", kinds, want)
	}
}

// TestReminderOfThePastIsDropped: after an outage nobody is told that a coffee is
// near that is over.
func TestReminderOfThePastIsDropped(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.clock.turn(o.at("2026-11-25 09:00"))
	o.plansCoffee(ana, mei, "2026-11-25 15:00")
	for _, l := range o.tick(o.at("2026-11-25 15:01")) {
		if l.Kind == rapport.KindReminder && l.State == "sent" {
			t.Errorf("a reminder at 15:01 of a coffee at 15:00: %+v", l)
		}
	}
}
