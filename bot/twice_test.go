package bot_test

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/bot/view"
	"innerview/internal/store"
	"innerview/rapport"
)

// late is a modal that is submitted late: what it hangs on is no longer so.
type late struct {
	name string
	then func(ctx context.Context, w *world, sc rapport.Scope, th thing) error
	does bool // it still has its one effect
}

// twice is a modal that is submitted, and again.
type twice struct {
	modal view.Callback
	kind  string // of its ref, "" for none
	mine  bool   // it is a person's, not a leader's
	late  []late
}

func ended(ctx context.Context, w *world, sc rapport.Scope, th thing) error {
	return w.store.EndPair(ctx, sc, th.person, rapport.DateOf(now()), "")
}

func steppedOut(ctx context.Context, w *world, sc rapport.Scope, th thing) error {
	return w.store.StepOut(ctx, rapport.Scope{Workspace: sc.Workspace, Actor: cmp.Or(th.person, accessNobody[0])}, rapport.DateOf(now()), "")
}

// submissions are all modals, each with every kind of thing it may hang on.
func submissions() []twice {
	pairEnded := late{"the pair has ended", ended, false}
	erased := late{"the person has stepped out", steppedOut, false}
	gone := func(kind string) late {
		return late{"it is gone", func(ctx context.Context, w *world, sc rapport.Scope, th thing) error {
			switch kind {
			case "n":
				return w.store.DeleteNote(ctx, sc, th.id, "")
			case "w":
				return w.store.DeletePromise(ctx, sc, th.id, "")
			}
			_, err := w.store.RemoveTalk(ctx, sc, th.id, 14, "")
			return err
		}, false}
	}
	kept := late{"it is done already", func(ctx context.Context, w *world, sc rapport.Scope, th thing) error {
		return w.store.ClosePromise(ctx, sc, th.id, rapport.PromiseKept, rapport.DateOf(now()), "")
	}, false}
	calledOff := late{"it is called off", func(ctx context.Context, w *world, sc rapport.Scope, th thing) error {
		return w.store.CancelPlan(ctx, sc, th.id, rapport.DateOf(now()), "")
	}, true} // a moment is entered, and planned
	talked := late{"it is answered", func(ctx context.Context, w *world, sc rapport.Scope, th thing) error {
		r := store.Recording{Pair: w.beside(th, "p").id, Talk: rapport.Talk{On: rapport.DateOf(now()), Outcome: rapport.Missed}, Today: rapport.DateOf(now())}
		if th.kind == "o" {
			r.Offer = th.id
		} else {
			r.Plan = th.id
		}
		_, err := w.store.RecordTalk(ctx, sc, r, "")
		return err
	}, false}
	return []twice{
		{view.ModalTalk, "p", false, []late{pairEnded, erased}},
		{view.ModalTalk, "o", false, []late{pairEnded, erased, talked}},
		{view.ModalTalk, "c", false, []late{pairEnded, erased, talked, calledOff}},
		{view.ModalNote, "p", false, []late{pairEnded, erased}},
		{view.ModalNote, "o", false, []late{pairEnded, erased}},
		{view.ModalCoffee, "p", false, []late{pairEnded, erased}},
		{view.ModalCoffee, "o", false, []late{pairEnded, erased}},
		{view.ModalCoffee, "c", false, []late{pairEnded, erased, calledOff}},
		{view.ModalSettings, "", false, nil}, // hangs on nothing
		{view.ModalPerson, "p", false, []late{pairEnded, erased}},
		{view.ModalPromise, "p", false, []late{pairEnded, erased}},
		{view.ModalPromise, "w", false, []late{pairEnded, erased, gone("w"), kept}},
		{view.ModalEditNote, "n", false, []late{pairEnded, erased, gone("n")}},
		{view.ModalEditTalk, "t", false, []late{pairEnded, erased, gone("t")}},
		{view.ModalTopics, "", true, nil},
		{view.ModalRest, "", true, nil},
		{view.ModalWelcome, "", false, []late{erased}},
		{view.ModalOwn, "o", false, []late{pairEnded, erased}},
		{view.ModalWord, "n", true, []late{pairEnded, erased, gone("n")}},
	}
}

// beside returns the thing of another kind that hangs on the same pair.
func (w *world) beside(th thing, kind string) thing {
	i := slices.IndexFunc(w.things, func(o thing) bool { return o.leader == th.leader && o.person == th.person && o.kind == kind })
	return w.things[i]
}

// cast returns who submits the modal, and about what.
func (s twice) cast(w *world) (actor string, th thing, ref string) {
	if s.kind == "" {
		return map[bool]string{false: accessLeaders[0], true: accessPeople[0]}[s.mine], thing{leader: accessLeaders[0]}, ""
	}
	th = w.ownOf(accessLeaders[0], s.kind)
	return map[bool]string{false: th.leader, true: th.person}[s.mine], th, s.kind + ":" + th.id
}

// submits submits a modal in a window of its own, and returns what Slack is told.
func (w *world) submits(t *testing.T, actor string, s twice, window, ref string) string {
	t.Helper()
	state := filledIn()
	blocked := []slack.OptionBlockObject{{Value: "lunch"}}
	state.Values["in_blocked"] = map[string]slack.BlockAction{"in_blocked": {SelectedOptions: blocked}}
	if s.modal == view.ModalTalk { // or there would be no room for a second promise
		state.Values["in_promise"] = nil
	}
	return w.told(t, func(ack func(bot.Answer)) {
		w.bot.Interaction(context.Background(), slack.InteractionCallback{
			Type: slack.InteractionTypeViewSubmission, TriggerID: "trigger", Team: slack.Team{ID: accessTeam}, User: slack.User{ID: actor},
			View: slack.View{
				ID: window, RootViewID: "VROOT", PreviousViewID: "VUNDER", CallbackID: string(s.modal), PrivateMetadata: ref, State: state,
			},
		}, ack)
	})
}

// comesIn has somebody do something, so that nothing else tells that they are there.
func (w *world) comesIn(t *testing.T, actor string) {
	t.Helper()
	w.told(t, func(ack func(bot.Answer)) { w.run(actor, accessTeam, "help", ack) })
}

// sealedBytes are texts as they are kept, which are other ones each time.
var sealedBytes = regexp.MustCompile(`\[\d+( \d+)+\]`)

// holds returns all that is kept, but for what the texts say.
func (w *world) holds(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, r := range w.rows(t) {
		all = append(all, sealedBytes.ReplaceAllString(r.text, "sealed"))
	}
	slices.Sort(all)
	return all
}

// isTold reports whether somebody reads anything after what they did: in the modal, in
// another, in a message or on Home.
func isTold(told string) bool {
	for part := range strings.SplitSeq(told, "\n\n") {
		if part != "ack null" && !strings.HasPrefix(part, "views.publish") {
			return true
		}
	}
	return false
}

func TestEveryModalIsSubmittedTwice(t *testing.T) {
	t.Parallel()
	var tried []view.Callback
	for _, s := range submissions() {
		tried = append(tried, s.modal)
		t.Run(string(s.modal)+" "+s.kind, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			defer w.close()
			actor, _, ref := s.cast(w)
			w.comesIn(t, actor)
			before := w.rows(t)
			if told := w.submits(t, actor, s, "VFIRST", ref); !isTold(told) || strings.Contains(told, `"errors"`) {
				t.Fatalf("submitted for the first time, %s", told)
			}
			once := w.holds(t)
			if slices.Equal(before, w.rows(t)) {
				t.Fatal("submitted for the first time, it has no effect")
			}
			for _, window := range []string{"VFIRST", "VSECOND"} { // the payload again, and another window
				told := w.submits(t, actor, s, window, ref)
				if diff := gocmp.Diff(once, w.holds(t)); diff != "" {
					t.Errorf("submitted again in %s (-once +twice):\n%s", window, diff)
				}
				if window == "VSECOND" && !isTold(told) {
					t.Errorf("submitted again in %s, nothing is said", window)
				}
			}
		})
		for _, l := range s.late {
			t.Run(string(s.modal)+" "+s.kind+" when "+l.name, func(t *testing.T) {
				t.Parallel()
				s.comesLate(t, l)
			})
		}
	}
	slices.Sort(tried)
	b, _ := newBot(t, bot.Options{})
	_, handled := b.Handled()
	if diff := gocmp.Diff(handled, slices.Compact(tried)); diff != "" {
		t.Errorf("modals there are (-) and modals tried (+):\n%s", diff)
	}
}

// comesLate submits a modal that hangs on what has changed.
func (s twice) comesLate(t *testing.T, l late) {
	w := newWorld(t)
	defer w.close()
	actor, th, ref := s.cast(w)
	if err := l.then(t.Context(), w, rapport.Scope{Workspace: w.id, Actor: th.leader}, th); err != nil {
		t.Fatal(err)
	}
	w.comesIn(t, actor)
	before := w.holds(t)
	told := w.submits(t, actor, s, "VLATE", ref)
	if !isTold(told) {
		t.Errorf("nothing is said")
	}
	after := w.holds(t)
	if changed := !slices.Equal(before, after); changed != l.does {
		t.Errorf("it has an effect: %t, want %t\n%s\n%s", changed, l.does, told, gocmp.Diff(before, after))
	}
	if !l.does && !strings.Contains(told, `"errors"`) {
		t.Errorf("it is not refused under an input: %s", told)
	}
}

// pressed is a control as the views draw it: its id, and its value with the kind of
// thing it is about in the place of the thing.
type pressed struct{ id, value, kind string }

// aboutThing finds the thing in a control's value.
var aboutThing = regexp.MustCompile(`^((?:[a-z]+/)?)([octnwsp]):[\w-]+(.*)$`)

// everyControl lists what can be pressed, once for each id, item of a menu and kind of
// thing.
func everyControl(t *testing.T) []pressed {
	t.Helper()
	seen := map[pressed]bool{}
	for _, c := range goldenControls(t) {
		values := []string{c.Value}
		for _, o := range c.Options {
			values = append(values, o.Value)
		}
		for _, value := range values {
			if c.ActionID == "" || value == "" && (len(c.Options) > 0 || c.ActionID != string(view.ActAddPerson)) {
				continue
			}
			p := pressed{id: c.ActionID, value: value}
			if m := aboutThing.FindStringSubmatch(value); m != nil {
				p.value, p.kind = m[1]+m[2]+":%s", m[2]
			} else if kind, _, found := strings.Cut(value, "/"); found { // of what is kept about somebody
				p.value, p.kind = kind+"/%s", map[string]string{
					"note": "n", "word": "n", "promise": "w", "common": "s", "talk": "t", "interest": "p", "strength": "p", "topics": "p",
				}[kind]
			}
			seen[p] = true
		}
	}
	all := slices.Collect(maps.Keys(seen))
	slices.SortFunc(all, func(a, b pressed) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.value, b.value)) })
	return all
}

// where a control stands: those of a modal answer in it.
func (p pressed) where() sheet {
	switch action, _ := view.ParseAction(p.id); action {
	case view.ActTalkMenu, view.ActNoteMenu, view.ActPromiseMenu, view.ActDropCommon, view.ActDropTag:
		return sheet(view.ModalBrief)
	case view.ActMePage, view.ActMeRemove, view.ActMeTopics, view.ActMeRest, view.ActMeRestEnd, view.ActMeBack, view.ActMeErase, view.ActMeWord:
		return sheet(view.ModalMe)
	case view.ActHomePage, view.ActMenu, view.ActAddPerson:
		return onHome
	}
	return onMessage
}

// TestEveryButtonIsPressedTwice: a double click is two payloads, and has one effect. Each
// press is answered.
func TestEveryButtonIsPressedTwice(t *testing.T) {
	t.Parallel()
	var tried []view.Action
	for _, p := range everyControl(t) {
		action, _ := view.ParseAction(p.id)
		tried = append(tried, action)
		t.Run(p.id+" "+p.value, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			defer w.close()
			actor, value := accessLeaders[0], p.value
			if p.kind != "" {
				th := w.ownOf(actor, p.kind)
				value = strings.ReplaceAll(p.value, "%s", th.id)
				if p.where() == sheet(view.ModalMe) {
					actor = th.person
				}
			}
			press := func() string {
				return w.told(t, func(ack func(bot.Answer)) {
					w.press(actor, accessTeam, p.where(), p.id, slack.BlockAction{Value: value, SelectedUser: accessNobody[0]}, ack)
				})
			}
			w.comesIn(t, actor)
			first := press()
			once := w.holds(t)
			second := press()
			if diff := gocmp.Diff(once, w.holds(t)); diff != "" {
				t.Errorf("pressed again (-once +twice):\n%s", diff)
			}
			shown := p.where() == onHome
			for _, told := range []string{first, second} {
				if !isTold(told) && !(shown && strings.Contains(told, "views.publish")) {
					t.Errorf("nothing is said: %s", told)
				}
			}
		})
	}
	slices.Sort(tried)
	b, _ := newBot(t, bot.Options{})
	handled, _ := b.Handled()
	if diff := gocmp.Diff(handled, slices.Compact(tried)); diff != "" {
		t.Errorf("actions there are (-) and actions tried (+):\n%s", diff)
	}
}
