package bot_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"innerview/bot"
	"innerview/bot/view"
	"innerview/rapport"
)

// failer is what judges of a deed: a test, or one run of many.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// judge does a deed with an id that is somebody else's and with one that is
// nobody's, and wants the same answer to both, no word of others in either, and
// nothing of theirs changed. The deed may change what is the actor's own: what
// differs has to be like the answer to another id that is nobody's.
func (w *world) judge(t testing.TB, f failer, d deed, actor, foreign string, nobodys [2]string) {
	f.Helper()
	before := w.rows(t)
	want, told := w.answer(t, d, actor, nobodys[0])
	w.looks(f, d, actor, nobodys[0], told)
	got, told := w.answer(t, d, actor, foreign)
	w.looks(f, d, actor, foreign, told)
	if got != want {
		want, _ = w.answer(t, d, actor, nobodys[1])
	}
	if got != want {
		f.Errorf("%s does %q: what is somebody else's (+) is answered unlike what is not there (-):\n%s", actor, d.name, cmp.Diff(want, got))
	}
	w.leavesAlone(t, f, d, actor, before)
}

// looks for what the actor is not to know.
func (w *world) looks(f failer, d deed, actor, sentID, told string) {
	f.Helper()
	for _, leak := range w.leaks(actor, sentID, told) {
		f.Errorf("%s does %q and is told %s", actor, d.name, leak)
	}
}

// leavesAlone looks for what is changed that is others'.
func (w *world) leavesAlone(t testing.TB, f failer, d deed, actor string, before []row) {
	f.Helper()
	if was, is := others(before, actor), others(w.rows(t), actor); was != is {
		f.Errorf("%s does %q and changes what is others' (-before +after):\n%s", actor, d.name, cmp.Diff(was, is))
	}
}

// undo takes those off the actor's list who came onto it.
func (w *world) undo(t testing.TB, actor string) {
	sc := rapport.Scope{Workspace: w.id, Actor: actor}
	pairs, err := w.store.Pairs(context.Background(), sc)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		if slices.ContainsFunc(w.things, func(th thing) bool { return th.leader == actor && th.person == p.Person }) {
			continue
		}
		if err := w.store.EndPair(context.Background(), sc, p.Person, rapport.DateOf(now()), ""); err != nil {
			t.Fatal(err)
		}
	}
}

// missing returns ids of the form of a thing's that are nobody's.
func missing() [2]string { return [2]string{uuid.NewString(), uuid.NewString()} }

// foreignTo returns the first thing of a kind that concerns the actor neither as
// leader nor as person.
func (w *world) foreignTo(actor, kind string, nth int) thing {
	var all []thing
	for _, th := range w.things {
		if th.kind == kind && th.leader != actor && th.person != actor {
			all = append(all, th)
		}
	}
	return all[nth%len(all)]
}

// ownOf returns a thing of a kind that is the actor's.
func (w *world) ownOf(actor, kind string) thing {
	i := slices.IndexFunc(w.things, func(th thing) bool { return th.leader == actor && th.kind == kind })
	return w.things[i]
}

// kinds are the kinds of things a control may be about.
var kinds = []string{"o", "c", "t", "n", "w", "s", "p"}

// TestNoHandlerTellsOfOthers tries every button in every form, every modal and
// every command, with something of somebody else's of every kind.
func TestNoHandlerTellsOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	defer w.close()
	tried := 0
	for i, kind := range kinds {
		actor := accessLeaders[i%len(accessLeaders)]
		for _, d := range w.deedsOn(kind, sheets()[i]) {
			if tried++; raceDetector && tried%50 != 0 { // the detector is no judge of answers
				continue
			}
			w.judge(t, t, d, actor, w.foreignTo(actor, kind, tried).id, missing())
		}
	}
	for _, d := range w.deedsAbout(onHome) {
		w.judge(t, t, d, accessLeaders[0], accessPeople[3], [2]string{accessNobody[0], accessNobody[1]})
		tried++
	}
	if strings.Contains(w.log.String(), "only/") {
		t.Error("the log holds a text")
	}
	t.Logf("%d deeds, each with somebody else's and with nobody's", tried)
}

// TestAccessTakesTurns lets leaders, people, guests and strangers do whatever comes to
// mind, one after the other, with their own things and with those of others.
func TestAccessTakesTurns(t *testing.T) {
	t.Parallel()
	steps := 20
	switch {
	case os.Getenv("INNERVIEW_LONG") != "":
		steps = 1000
	case raceDetector:
		steps = 1
	}
	var taken, compared atomic.Int64
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		defer w.close()
		for range steps {
			taken.Add(1)
			if w.step(t, rt) {
				compared.Add(1)
			}
		}
		if strings.Contains(w.log.String(), "only/") {
			rt.Error("the log holds a text")
		}
	})
	if n := taken.Load(); steps == 1000 && n < 100_000 { // the property stops when time runs out
		t.Errorf("%d steps, want 100000", n)
	}
	t.Logf("%d steps, %d of them with what is somebody else's", taken.Load(), compared.Load())
}

// step is one turn of somebody's, and reports whether it was about what is not
// theirs.
func (w *world) step(t testing.TB, rt *rapid.T) bool {
	actor := rapid.SampledFrom(slices.Concat(accessLeaders, accessLeaders, accessPeople, accessNobody[3:], []string{accessGuest, accessStranger})).Draw(rt, "actor")
	on := rapid.SampledFrom(sheets()).Draw(rt, "sheet")
	kind := rapid.SampledFrom(append(kinds, "person", "home")).Draw(rt, "kind")
	nth := rapid.IntRange(0, 1000).Draw(rt, "nth")
	switch {
	case actor == accessStranger || actor == accessGuest:
		w.outside(t, rt, actor, on, nth)
		return true
	case kind == "home":
		told := w.told(t, func(ack func(bot.Answer)) { w.opensHome(actor, accessTeam, ack) })
		w.looks(rt, deed{name: "open Home"}, actor, "", told)
		return false
	case kind == "person":
		d := rapid.SampledFrom(w.deedsAbout(on)).Draw(rt, "deed")
		if person := w.personForeignTo(t, actor, nth); person != "" {
			w.judge(t, rt, d, actor, person, [2]string{accessNobody[0], accessNobody[1]})
		}
		return true
	}
	d := rapid.SampledFrom(w.deedsOn(kind, on)).Draw(rt, "deed")
	if own := rapid.IntRange(0, 3).Draw(rt, "own") == 0; own && slices.Contains(accessLeaders, actor) {
		before := w.rows(t)
		_, told := w.answer(t, d, actor, w.ownOf(actor, kind).id)
		w.looks(rt, d, actor, "", told)
		w.leavesAlone(t, rt, d, actor, before)
		return false
	}
	w.judge(t, rt, d, actor, w.foreignTo(actor, kind, nth).id, missing())
	return true
}

// bare is the answer to a deed without any id in it.
func (w *world) bare(t testing.TB, d deed, actor, id string) string {
	plain, _ := w.answer(t, d, actor, id)
	return strings.ReplaceAll(plain, "ID", "FRESH")
}

func (d deed) String() string { return d.name }

// personForeignTo returns somebody who is on the lists of others alone, and does
// not lead the actor and never did: of their leaders everybody reads, for 30 days
// also of those who took them off their list. Whoever adds somebody learns
// whether they stepped out, so those who did are left aside.
func (w *world) personForeignTo(t testing.TB, actor string, nth int) string {
	members, err := w.store.Members(context.Background(), w.id, slices.Concat(accessLeaders, accessPeople))
	if err != nil {
		t.Fatal(err)
	}
	leaders := w.leadersOf(t, actor)
	var all []string
	for _, th := range w.things {
		mine := slices.Contains(leaders, th.person) || slices.ContainsFunc(w.things, func(o thing) bool {
			return o.leader == actor && o.person == th.person || o.person == actor && o.leader == th.person
		})
		out := !members[th.person].SteppedOutOn.IsZero()
		if !mine && !out && th.person != actor && !slices.Contains(all, th.person) {
			all = append(all, th.person)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return all[nth%len(all)]
}

// leadersOf returns who leads somebody, or did until lately.
func (w *world) leadersOf(t testing.TB, person string) []string {
	var all []string
	for _, r := range w.rows(t) {
		if r.person == person && !slices.Contains(all, r.leader) {
			all = append(all, r.leader)
		}
	}
	return all
}

// outside lets a guest, or somebody of another workspace, try: they get one answer
// to everything.
func (w *world) outside(t testing.TB, f failer, actor string, on sheet, nth int) {
	team := accessTeam
	if actor == accessStranger {
		team = otherTeam
	}
	actions, modals := w.bot.Handled()
	id := w.things[nth%len(w.things)].id
	value := "p:" + id
	before := w.rows(t)
	told := w.told(t, func(ack func(bot.Answer)) {
		w.press(actor, team, on, string(actions[nth%len(actions)]), slack.BlockAction{Value: value}, ack)
		w.submit(actor, team, modals[nth%len(modals)], value, ack)
		w.run(actor, team, bot.Commands()[nth%len(bot.Commands())].Word+" <@"+accessPeople[0]+"> light", ack)
		w.opensHome(actor, team, ack)
	})
	key := "error.guest"
	if actor == accessStranger {
		key = "error.stranger"
	}
	english := catalog(t).Printer(rapport.English)
	said := english.T(key)
	if n := strings.Count(told, said); n == 0 {
		f.Errorf("%s is not told %q but:\n%s", actor, said, told)
	}
	if strings.Contains(told, "only/") || strings.Contains(told, id) || strings.Contains(told, "views.publish") {
		f.Errorf("%s is told:\n%s", actor, told)
	}
	w.leavesAlone(t, f, deed{name: "everything"}, actor, before)
}

// TestTheJudgeSees: a handler that is given what is the actor's own answers
// otherwise than with what is not there, or the comparison above proves nothing.
// Those that are about nobody do not; they are named here.
func TestTheJudgeSees(t *testing.T) {
	if raceDetector {
		t.Skip("it is about answers, and runs without the race detector")
	}
	t.Parallel()
	w := newWorld(t)
	defer w.close()
	aboutNobody := []string{
		"press about_me", "press about_me_come_back", "press about_me_erase", "press about_me_page",
		"press about_me_remove", // shows what is left, which is the same when there was nothing to remove
		"press about_me_rest",
		"press about_me_rest_end", "press about_me_step_out", "press about_me_topics",
		"press add_person", "press confirm_start",
		"press help", "press home_page", "press open_settings", "press pause_all", "press privacy", "press resume_all", "press show_promises", "press this_week", "press wake", "press welcome",
		"submit rest", "submit settings", "submit topics", "submit welcome",
	}
	seen, all, tried := map[string]bool{}, map[string]bool{}, 0
	actor := accessLeaders[0] // whom the last of them leads
	for _, kind := range kinds {
		for _, on := range []sheet{onMessage, sheet(view.ModalBrief)} {
			for _, d := range w.deedsOn(kind, on) {
				name := strings.Join(strings.Fields(strings.ReplaceAll(d.name, ".", " "))[:2], " ")
				all[name] = true
				// Those that erase would leave the others nothing to see.
				if seen[name] || slices.Contains([]string{"press about_me_erase", "press about_me_remove", "press about_me_step_out"}, name) {
					continue
				}
				for _, th := range []thing{w.ownOf(actor, kind), w.ownOf(accessLeaders[4], kind)} {
					if seen[name] {
						break
					}
					first, got, last := w.bare(t, d, actor, missing()[0]), w.bare(t, d, actor, th.id), w.bare(t, d, actor, missing()[1])
					seen[name] = got != first && got != last
				}
			}
		}
	}
	var blind []string
	for name := range all {
		if !seen[name] {
			blind = append(blind, name)
		}
	}
	slices.Sort(blind)
	slices.Sort(aboutNobody)
	if diff := cmp.Diff(aboutNobody, blind); diff != "" {
		t.Errorf("handlers that answer alike to what is the actor's and to what is not there (-want +got):\n%s", diff)
	}
	about := w.things[slices.IndexFunc(w.things, func(th thing) bool { return th.person == accessPeople[4] && th.kind == "n" })]
	for _, d := range w.deedsOn("n", sheet(view.ModalMe)) {
		if !strings.HasPrefix(d.name, "press about_me_word n:") && d.name != "submit word n:" {
			continue
		}
		if w.bare(t, d, about.person, missing()[0]) == w.bare(t, d, about.person, about.id) {
			t.Errorf("%q answers alike to a note about the actor and to none", d.name)
		}
		tried++
	}
	if tried != 2 {
		t.Errorf("a word of their own is tried in %d ways, want 2", tried)
	}
	before := len(w.rows(t))
	w.press(about.person, accessTeam, onMessage, string(view.ActMeRemove), slack.BlockAction{Value: "note/" + about.id}, func(bot.Answer) {})
	if after := len(w.rows(t)); after != before-2 {
		t.Errorf("%d rows after somebody removed a note on themselves with their word on it, %d before", after, before)
	}
	if leaks := w.leaks(accessLeaders[0], "", fmt.Sprint("ack only/", accessLeaders[1], "/", accessPeople[1], "/note")); len(leaks) != 2 {
		t.Errorf("a text of others in a message gives %q, want two leaks", leaks)
	}
}
