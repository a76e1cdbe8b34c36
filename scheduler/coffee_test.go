package scheduler_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// plansCoffee submits the modal, as the leader.
func (o *office) plansCoffee(leader, person, at string) {
	o.t.Helper()
	o.acts++
	input := func(id string, a slack.BlockAction) map[string]slack.BlockAction {
		return map[string]slack.BlockAction{id: a}
	}
	o.interacts(leader, slack.InteractionCallback{
		Type: slack.InteractionTypeViewSubmission,
		View: slack.View{
			ID: "V" + o.clock.now().Add(time.Duration(o.acts)).Format(time.RFC3339Nano), CallbackID: string(view.ModalCoffee),
			PrivateMetadata: view.Ref{Pair: o.pair(leader, person).ID}.String(),
			State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
				view.FieldBlock("date"): input(view.FieldBlock("date"), slack.BlockAction{SelectedDate: at[:10]}),
				view.FieldBlock("time"): input(view.FieldBlock("time"), slack.BlockAction{SelectedTime: at[11:]}),
			}},
		},
	})
}

// sent are the times and kinds of what goes out from one time to another. The
// heart beats at the times that are expected too, and a minute before each.
func (o *office) sent(from, to string, expected ...string) []string {
	o.t.Helper()
	beats := o.beats(from, to)
	for _, s := range expected {
		if at := o.at(s[:len("2006-01-02 15:04")]); !at.Before(beats[0]) && !at.After(o.at(to)) {
			beats = append(beats, at, at.Add(-time.Minute))
		}
	}
	slices.SortFunc(beats, time.Time.Compare)
	var got []string
	for _, now := range beats {
		for _, l := range o.tick(now) {
			got = append(got, now.Format("2006-01-02 15:04 ")+string(l.Kind))
		}
	}
	return got
}

func TestCoffee(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		coffee string
		says   string // by the leader, right after the coffee
		hours  rapport.Hours
		want   []string
	}{
		{
			"45 minutes before, and once the next morning", "2026-11-25 15:00", "",
			rapport.Hours{},
			[]string{"2026-11-25 14:15 reminder", "2026-11-26 09:30 followup"},
		},
		{
			"recorded, so nobody asks", "2026-11-25 15:00", "log <@" + mei + "> opened",
			rapport.Hours{},
			[]string{"2026-11-25 14:15 reminder"},
		},
		{
			"it did not take place, so nobody asks", "2026-11-25 15:00", "log <@" + mei + "> missed",
			rapport.Hours{},
			[]string{"2026-11-25 14:15 reminder"},
		},
		{
			"a talk of the day before is not it", "2026-11-25 15:00", "log <@" + mei + "> light yesterday",
			rapport.Hours{},
			[]string{"2026-11-25 14:15 reminder", "2026-11-26 09:30 followup"},
		},
		{
			"near: at once", "2026-11-25 09:20", "",
			rapport.Hours{},
			[]string{"2026-11-25 09:00 reminder", "2026-11-26 09:30 followup"},
		},
		{
			"at lunch", "2026-11-25 13:00", "",
			rapport.Hours{},
			[]string{"2026-11-25 12:15 reminder", "2026-11-26 09:30 followup"},
		},
		{
			"early on a Saturday; asked on Monday", "2026-11-28 06:30", "",
			rapport.Hours{},
			[]string{"2026-11-28 05:45 reminder", "2026-11-30 09:30 followup"},
		},
		{
			"just after midnight", "2026-11-27 00:30", "",
			rapport.Hours{},
			[]string{"2026-11-26 23:45 reminder", "2026-11-30 09:30 followup"},
		},
		{
			"in the leader's own morning", "2026-11-25 15:00", "",
			rapport.Hours{From: 7 * 60, To: 11 * 60},
			[]string{"2026-11-25 14:15 reminder", "2026-11-26 07:00 followup"},
		},
		{
			"also while they are paused", "2026-11-25 15:00", "pause",
			rapport.Hours{},
			[]string{"2026-11-25 14:15 reminder", "2026-11-26 09:30 followup"},
		},
		{
			"not about somebody who is no longer theirs", "2026-11-25 15:00", "end <@" + mei + ">",
			rapport.Hours{},
			[]string{"2026-11-25 14:15 reminder"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := open(t, choices{})
			o.lead(ana, mei)
			o.talked(ana, mei, "2026-11-20", rapport.Light) // not due for two weeks
			o.hours(ana, tt.hours)
			o.clock.turn(o.at("2026-11-25 09:00"))
			o.plansCoffee(ana, mei, tt.coffee)
			got := o.sent("2026-11-25 09:00", tt.coffee, tt.want...)
			if tt.says != "" {
				o.runs(ana, tt.says)
			}
			got = append(got, o.sent(tt.coffee, "2026-12-01 12:00", tt.want...)...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
		})
	}
}

// hours are those the leader chooses in settings.
func (o *office) hours(leader string, h rapport.Hours) {
	o.t.Helper()
	if err := o.store.SaveSettings(o.t.Context(), o.scope(leader), store.Settings{Hours: h}, ""); err != nil {
		o.t.Fatal(err)
	}
}

// TestMovedCoffee tells of the new time only.
func TestMovedCoffee(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.talked(ana, mei, "2026-11-20", rapport.Light)
	o.clock.turn(o.at("2026-11-25 09:00"))
	o.plansCoffee(ana, mei, "2026-11-25 15:00")
	o.plansCoffee(ana, mei, "2026-11-26 11:00")
	want := []string{"2026-11-26 10:15 reminder", "2026-11-27 09:30 followup"}
	got := o.sent("2026-11-25 09:00", "2026-12-01 12:00", want...)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

// TestCoffeeInPlaceOfANudge holds the nudge about somebody who is due: the two
// are about to meet.
func TestCoffeeInPlaceOfANudge(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei)
	o.clock.turn(o.at("2026-11-25 09:00"))
	o.plansCoffee(ana, mei, "2026-11-26 15:00")
	want := []string{"2026-11-26 14:15 reminder", "2026-11-27 09:30 followup", "2026-12-03 09:30 nudge"}
	if diff := cmp.Diff(want, o.sent("2026-11-25 09:00", "2026-12-04 12:00", want...)); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

// TestAskedMessagesDoNotCount has a week full of coffees beside the two nudges.
func TestAskedMessagesDoNotCount(t *testing.T) {
	t.Parallel()
	o := open(t, choices{})
	o.lead(ana, mei, ken, yui, "U000ZOE", "U000ZED")
	o.clock.turn(o.at("2026-11-30 09:00"))
	for i, person := range []string{mei, ken, yui} {
		o.plansCoffee(ana, person, o.clock.now().AddDate(0, 0, i).Format("2006-01-02")+" 11:30")
	}
	got := map[string]int{}
	for _, s := range o.sent("2026-11-30 09:00", "2026-12-04 23:55") {
		got[s[len("2006-01-02 15:04 "):]]++
	}
	if diff := cmp.Diff(map[string]int{"nudge": 2, "reminder": 3, "followup": 3}, got); diff != "" {
		t.Errorf("sent in the week (-want +got):\n%s", diff)
	}
}

// TestACoffeeIsAnsweredOnce: two taps are one talk, and one after a talk that was
// recorded by hand is none.
func TestACoffeeIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"", "log <@" + mei + "> light"} {
		o := open(t, choices{})
		o.lead(ana, mei)
		o.clock.turn(o.at("2026-11-24 18:00"))
		o.plansCoffee(ana, mei, "2026-11-25 15:00")
		o.tickAt("2026-11-25 14:20")
		o.tickAt("2026-11-26 09:35")
		posts := o.posts(ana)
		asked := posts[len(posts)-1]
		if command != "" {
			o.runs(ana, command)
		}
		o.presses(ana, "outcome.declined", asked)
		o.presses(ana, "outcome.declined", asked)
		pace := o.pair(ana, mei).History.Pace()
		if len(pace.Log) != 1 || !pace.QuietSince.IsZero() {
			t.Errorf("%q and two presses: recorded %+v, quiet since %s; want one talk", command, pace.Log, pace.QuietSince)
		}
	}
}
