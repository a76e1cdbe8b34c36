package scheduler_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// TestAPromiseComesOnItsDay: something that was promised brings its person up on
// its day, once and whatever their next date, which stays as it was; all else about
// quiet holds (docs/method.md, "Promises").
func TestAPromiseComesOnItsDay(t *testing.T) {
	t.Parallel()
	ceiling := func(n int) func(*office) {
		return func(o *office) {
			if err := o.store.SaveSettings(o.t.Context(), o.scope(ana), store.Settings{PerWeek: &n}, ""); err != nil {
				o.t.Fatal(err)
			}
		}
	}
	types := func(command string) func(*office) {
		return func(o *office) { o.runs(ana, command) }
	}
	// Mei comes up by herself on 22 December, after a talk on the 10th of November
	// at a rhythm of six weeks; the promise is made on the 10th and due on the 24th,
	// a Tuesday after a holiday.
	tests := []struct {
		name string
		then func(*office) // on the evening of the 10th
		want []string
	}{
		{"on its day", func(*office) {}, []string{"2026-11-24", "2026-12-22"}},
		{"kept before", func(o *office) { o.closes(mei, rapport.PromiseKept) }, []string{"2026-12-22"}},
		{"withdrawn before", func(o *office) { o.closes(mei, rapport.PromiseWithdrawn) }, []string{"2026-12-22"}},
		{"for another day", func(o *office) { o.moves(mei, "2026-12-05") }, []string{"2026-12-07", "2026-12-22"}},
		{"for a day of the weekend", func(o *office) { o.moves(mei, "2026-11-28") }, []string{"2026-11-30", "2026-12-22"}},
		{"for the day it is made", func(o *office) { o.moves(mei, "2026-11-10") }, []string{"2026-11-11", "2026-12-22"}},
		{"no nudges are wanted", ceiling(0), nil},
		{"left alone until later", types("snooze <@" + mei + "> 2026-12-01"), []string{"2026-12-01", "2026-12-22"}},
		{"left alone for a while", types("snooze <@" + mei + "> 2026-11-20"), []string{"2026-11-24", "2026-12-22"}},
		{"paused", types("pause 2026-11-26"), []string{"2026-11-27", "2026-12-22"}},
		{"off the list", types("end <@" + mei + ">"), nil},
		{"looked at already", func(o *office) {
			o.clock.turn(o.at("2026-11-24 08:00"))
			o.runs(ana, "next <@"+mei+">")
		}, []string{"2026-12-22"}},
		{"brought up six days ago", func(o *office) {
			o.query("UPDATE pairs SET last_nudge = '2026-11-19'")
		}, []string{"2026-11-26", "2026-12-22"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			o.lead(ana, mei)
			o.clock.turn(o.at("2026-11-10 18:00"))
			o.talkedAt(ana, mei, "2026-11-10", 42)
			o.runs(ana, "promise <@"+mei+"> send her the recipe")
			tt.then(o)
			var got []string
			for _, r := range o.lives("2026-11-11", "2026-12-23", func(on rapport.Date) {
				o.responds(ana, on.At(18*60, o.zone))
				if next := o.nextOf(mei); next != "" && next < "2026-12-22" {
					t.Errorf("after %s the next date is %s, want it as it was", on, next)
				}
			}) {
				got = append(got, r.on.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("days on which she comes up (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAPromiseGoesBeforeQuestions: of several people who could come up on a day, the
// one to whom something was promised does.
func TestAPromiseGoesBeforeQuestions(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken, yui)
	o.clock.turn(o.at("2026-11-10 18:00"))
	o.talkedAt(ana, yui, "2026-11-10", 28)
	o.runs(ana, "promise <@"+yui+"> lend the book") // the others are due at once
	got := o.tick(o.at("2026-11-24 11:00"))
	if len(got) != 1 || got[0].Person != yui || got[0].Starter != "" {
		t.Fatalf("on the day it is due came %+v, want a message about it", got)
	}
	if next := o.pair(ana, yui).NextOn; next != date(t, "2026-12-08") {
		t.Errorf("she comes up by herself on %s, want 8 December as before", next)
	}
}

// TestARefusedPromiseComesTheNextDay: what Slack refused was not brought up, and
// keeps nobody else waiting that day.
func TestARefusedPromiseComesTheNextDay(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken)
	o.clock.turn(o.at("2026-11-10 18:00"))
	o.talkedAt(ana, mei, "2026-11-10", 42)
	o.runs(ana, "promise <@"+mei+"> lend the book")
	o.sim.Fault(slacksim.Fault{Method: "chat.postMessage", Kind: slacksim.Refuse, Error: "msg_too_long", Times: 1})
	if got := o.tick(o.at("2026-11-24 11:00")); len(got) != 1 || got[0].Person != mei || got[0].State != "failed" {
		t.Fatalf("came %+v, want a message about Mei that failed", got)
	}
	if got := o.tick(o.at("2026-11-24 11:05")); len(got) != 1 || got[0].Person != ken {
		t.Errorf("later that day came %+v, want one about Ken", got)
	}
	if got := o.tick(o.at("2026-11-25 11:00")); len(got) != 1 || got[0].Person != mei || got[0].State != "sent" {
		t.Errorf("the next day came %+v, want the promise", got)
	}
	if next := o.pair(ana, mei).NextOn; next != date(t, "2026-12-22") {
		t.Errorf("she comes up by herself on %s, want 22 December as before", next)
	}
}

// TestSimulationBringsPromisesUp: looking ahead tells of them as living does.
func TestSimulationBringsPromisesUp(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.clock.turn(o.at("2026-11-10 18:00"))
	o.talkedAt(ana, mei, "2026-11-10", 42)
	o.runs(ana, "promise <@"+mei+"> lend the book")
	from := date(t, "2026-11-11")
	year := must(o.scheduler.Simulate(t.Context(), must(o.world(from))(t), from, 20, 1))(t)
	if len(year.Lines) != 1 || year.Lines[0].At[:10] != "2026-11-24" || year.Lines[0].Starter != "" {
		t.Errorf("20 days bring %+v, want the promise on its day", year.Lines)
	}
}

// TestAPromiseSavedFromADigest: the digest on which it was asked for says that it is
// kept, and says all else as before.
func TestAPromiseSavedFromADigest(t *testing.T) {
	t.Parallel()
	o := open(t, withDigest())
	o.lead(ana, mei, ken)
	o.lives("2026-11-24", "2026-11-27", func(on rapport.Date) { o.responds(ana, on.At(18*60, o.zone)) })
	o.clock.turn(o.at("2026-11-27 09:00"))
	o.plansCoffee(ana, mei, "2026-11-27 17:30") // a Friday: asked after on Monday morning
	o.lives("2026-11-27", "2026-12-01", nil)
	o.clock.turn(o.at("2026-11-30 11:00"))
	last := func() slacksim.Message { return o.posts(ana)[len(o.posts(ana))-1] }
	o.presses(ana, "outcome.opened", last())
	p := must(catalog())(t).Printer(rapport.English)
	texts := func() string { return strings.Join(last().Texts(), "\n") }
	if !strings.Contains(texts(), p.T("promise.ask")) {
		t.Fatalf("the digest says %q, want it to ask for a promise", texts())
	}
	o.presses(ana, "make_promise", last())
	ref := view.Ref{Pair: o.pair(ana, mei).ID, Card: last().TS}
	due, words := view.FieldBlock("due"), view.FieldBlock("promise")
	o.interacts(ana, slack.InteractionCallback{Type: slack.InteractionTypeViewSubmission, View: slack.View{
		ID: "V1", CallbackID: string(view.ModalPromise), PrivateMetadata: ref.String(),
		State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
			words: {words: {Value: "lend the book"}}, due: {due: {SelectedDate: "2026-12-14"}},
		}},
	}})
	for _, want := range []string{p.T("promise.saved", "When", p.Date(date(t, "2026-12-14"))), p.T("digest.neutral"), p.T("warm.opened")} {
		if !strings.Contains(texts(), want) {
			t.Errorf("the digest says %q, want %q in it", texts(), want)
		}
	}
	if strings.Contains(texts(), p.T("promise.ask")) || strings.Contains(texts(), "book") {
		t.Errorf("the digest says %q, want it to ask no more and to repeat nothing", texts())
	}
}

// TestWhoMeetsAnywayIsNotInTheDigest on the Friday after a coffee on Wednesday: how it
// went was asked on Thursday, and nobody has told.
func TestWhoMeetsAnywayIsNotInTheDigest(t *testing.T) {
	t.Parallel()
	o := open(t, withDigest())
	o.lead(ana, mei, ken)
	if err := o.store.SaveSettings(t.Context(), o.scope(ana), store.Settings{Digest: "fri"}, ""); err != nil {
		t.Fatal(err)
	}
	o.lives("2026-11-24", "2026-11-25", func(on rapport.Date) { o.responds(ana, on.At(18*60, o.zone)) })
	o.clock.turn(o.at("2026-11-25 09:00"))
	o.plansCoffee(ana, mei, "2026-11-25 15:00")
	o.query("UPDATE pairs SET next_on = '2026-11-27', last_nudge = NULL") // whatever had moved them nearer
	var digest slacksim.Message
	for _, r := range o.lives("2026-11-25", "2026-11-28", nil) {
		if r.kind == rapport.KindDigest {
			digest = o.posts(ana)[len(o.posts(ana))-1]
		}
	}
	said := strings.Join(digest.Texts(), "\n")
	if !strings.Contains(said, "<@"+ken+">: ") || strings.Contains(said, "<@"+mei+">: ") {
		t.Errorf("the digest says %q, want Ken named and not Mei", said)
	}
}

// talkedAt records a talk at a rhythm of so many days.
func (o *office) talkedAt(leader, person, day string, rhythm int) {
	o.t.Helper()
	on := date(o.t, day)
	must(o.store.RecordTalk(o.t.Context(), o.scope(leader), store.Recording{
		Pair: o.pair(leader, person).ID, Talk: rapport.Talk{On: on, Outcome: rapport.Light}, RhythmDays: rhythm, Today: on,
	}, ""))(o.t)
}

// promised is the one promise of Ana to a person.
func (o *office) promised(person string) rapport.Promise {
	o.t.Helper()
	return must(o.store.Promises(o.t.Context(), o.scope(ana), o.pair(ana, person).ID, o.today()))(o.t)[0]
}

func (o *office) closes(person string, as rapport.PromiseState) {
	o.t.Helper()
	if err := o.store.ClosePromise(o.t.Context(), o.scope(ana), o.promised(person).ID, as, o.today(), ""); err != nil {
		o.t.Fatal(err)
	}
}

// moves gives the promise to a person another day.
func (o *office) moves(person, day string) {
	o.t.Helper()
	made := o.promised(person)
	made.DueOn = date(o.t, day)
	if err := o.store.EditPromise(o.t.Context(), o.scope(ana), made, ""); err != nil {
		o.t.Fatal(err)
	}
}

// nextOf is the next date of Ana and a person, "" where they are no pair.
func (o *office) nextOf(person string) string {
	o.t.Helper()
	p, err := o.store.Pair(o.t.Context(), o.scope(ana), person)
	if rapport.KindOf(err) == rapport.NotFound {
		return ""
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return p.NextOn.String()
}

// world is everything as it is stored, for a look ahead.
func (o *office) world(from rapport.Date) (scheduler.World, error) {
	return scheduler.ReadWorld(o.t.Context(), o.store, o.workspace, from)
}
