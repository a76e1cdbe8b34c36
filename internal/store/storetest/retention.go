package storetest

import (
	"slices"
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

// forGood is the last day of what stays.
const forGood = 2 * 366

// lastDays are the days, counted from today, on which each thing of [fixture.live]
// is there for the last time: the rules of docs/privacy.md.
var lastDays = map[string]int{
	"note of 180 days": 180, "note kept longer": 360, "note of private life": 90,
	"in_common of private life": 90, "interest of private life": 90, "promise of private life": 90,
	"in_common": forGood, "promise that is open": forGood, "promise that was kept": 30,
	"talk light": 395, "talk guarded": 120, "talk declined": 120, "outcomes": 395,
	"idea": 395, "coffee": 395, "message": 395, "topic_left_alone": forGood,
	"pair": forGood, "pair that ended": 29, "rest": 10, "profile of a stranger": 29, // 30 days after their moment
}

// live leaves something under each rule of how long things are kept.
func (f *fixture) live() (p rapport.Pair) {
	f.Helper()
	ctx := f.Context()
	p = f.pair(f.ana, mei)
	r := recording(p, today(), rapport.Light)
	r.Note, r.NoteDays, r.Common, r.Interest = "of private life", 180, "in_common of private life", "interest of private life"
	r.Promise, r.PromiseDue = "promise of private life", today().AddDays(9)
	r.Personal = []rapport.NoteText{r.Note, r.Common, r.Interest, r.Promise}
	_, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	f.talk(p, today(), rapport.Guarded)
	offer := f.offer(p, rapport.Offer{Starter: "F-010", Level: rapport.Factual, Topic: "lunch"})
	declined := recording(p, today(), rapport.Declined)
	declined.Offer = offer.ID
	_, err = f.s.RecordTalk(ctx, f.ana, declined, "")
	f.ok(err)
	for _, text := range []rapport.NoteText{"of 180 days", "kept longer"} {
		f.ok(f.s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: text, ExpiresOn: today().AddDays(180)}, ""))
	}
	notes, err := f.s.Notes(ctx, f.ana, p.ID, today())
	f.ok(err)
	longer := slices.IndexFunc(notes, func(n rapport.Note) bool { return n.Text == "kept longer" })
	f.ok(f.s.RenewNote(ctx, f.ana, notes[longer].ID, 180, ""))
	f.ok(f.sharing(p, "in_common"))
	made := f.promise(p, "promise that was kept", today())
	f.ok(f.s.ClosePromise(ctx, f.ana, made.ID, rapport.PromiseKept, today(), ""))
	f.promise(p, "promise that is open", today().AddDays(30))
	_, err = f.s.CreatePlan(ctx, f.ana, rapport.Plan{Pair: p.ID, At: Now()}, nil, "")
	f.ok(err)
	m := f.nudge(f.again(p), today())
	f.claim(m)
	f.ok(f.s.SettleSent(ctx, m.ID, "D1", "1.1", Now()))
	f.pair(f.ana, ken)
	f.ok(f.s.EndPair(ctx, f.ana, ken, today(), ""))
	f.ok(f.s.Rest(ctx, f.meis(), today().AddDays(10), ""))
	f.ok(f.s.SaveProfile(ctx, f.ws, yuki, rapport.Profile{Zone: "Asia/Tokyo", At: Now()}))
	return p
}

// alive returns what is there of it, as it is told at the time.
func (f *fixture) alive(p rapport.Pair, at time.Time) map[string]bool {
	f.Helper()
	there := map[string]bool{}
	items, err := f.s.Subject(f.Context(), f.ws, mei, true, at)
	f.ok(err)
	for _, it := range items {
		name := it.Kind
		switch it.Kind {
		case "note":
			name = "note " + it.Text.Reveal()
		case "talk":
			name = "talk " + it.Detail["outcome"]
		case "promise", "in_common", "interest":
			name = it.Text.Reveal()
		}
		there[name] = true
	}
	ended, err := f.s.Subject(f.Context(), f.ws, ken, false, at)
	f.ok(err)
	there["pair that ended"] = len(ended) > 0
	stranger, err := f.s.Subject(f.Context(), f.ws, yuki, false, at)
	f.ok(err)
	there["profile of a stranger"] = len(stranger) > 0
	there["outcomes"] = len(f.again(p).History.Forget(rapport.DateOf(at)).Pace().Log) > 0
	delete(there, "profile")
	return there
}

// afternoon is a time at which a day, counted from today, has begun everywhere on
// earth.
func afternoon(day int) time.Time { return today().AddDays(day).At(14*60, time.UTC) }

// aroundLastDays are the days of two years on which something is there for the last
// time, the days after them, and some between.
func aroundLastDays() []int {
	days := []int{0, forGood}
	for _, last := range lastDays {
		days = append(days, last, last+1)
	}
	for at := 5; at < forGood; at += 61 {
		days = append(days, at)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	return days[:slices.Index(days, forGood)+1]
}

// unswept lets two years pass in which nobody tidies: what has had its last day is
// in no answer all the same.
func unswept(f *fixture) {
	p := f.live()
	known := f.known(p)
	first := f.reads(p, known, 0)
	for _, day := range aroundLastDays() {
		there := f.alive(p, afternoon(day))
		for name, last := range lastDays {
			if want := day <= last; there[name] != want {
				f.Errorf("day %d: the export has %s: %t, want %t", day, name, there[name], want)
			}
		}
		for read, names := range f.reads(p, known, day) {
			for name := range first[read] {
				if want := day <= lastDays[name]; names[name] != want {
					f.Errorf("day %d: %s has %s: %t, want %t", day, read, name, names[name], want)
				}
			}
		}
	}
	for read, want := range map[string]int{"brief": 12, "me": 12, "by id": 11, "promises": 2, "choice": 5, "me of who was let go": 1} {
		if got := len(first[read]); got != want {
			f.Errorf("%s has %d things on the first day, want %d: %v", read, got, want, first[read])
		}
	}
	f.goneIsNotCounted(p)
}

// goneIsNotCounted: a promise that has had its last day is due no more, and leaves
// room for another.
func (f *fixture) goneIsNotCounted(p rapport.Pair) {
	f.Helper()
	last := today().AddDays(lastDays["promise of private life"])
	for _, tt := range []struct {
		on   rapport.Date
		open int
	}{{last, 2}, {last.AddDays(1), 1}} {
		w, err := f.s.WeekAhead(f.Context(), f.ws, ana, tt.on, Now())
		f.ok(err)
		equal(f, "due on "+tt.on.String(), w.Promises, tt.open)
	}
	another := rapport.Promise{Text: "x", MadeOn: last, DueOn: last}
	f.kind(f.s.AddPromise(f.Context(), f.ana, p.ID, another, ""), rapport.Invalid, "error.promises_full")
	another.MadeOn = last.AddDays(1)
	f.ok(f.s.AddPromise(f.Context(), f.ana, p.ID, another, ""))
}

// overUnnoticed: an absence and a pause that are over are not told, though no
// heartbeat has ended them.
func overUnnoticed(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	f.ok(f.s.SetCircumstances(ctx, f.ana, p.ID, store.Circumstances{AwayOn: today(), AwayUntil: today().AddDays(9)}, today(), ""))
	f.ok(f.s.Pause(ctx, f.ana, today(), today().AddDays(9), ""))
	for day, want := range map[int][4]string{
		9:  {today().String(), today().AddDays(9).String(), today().String(), today().AddDays(9).String()},
		10: {},
	} {
		items, err := f.s.Subject(ctx, f.ws, ana, true, afternoon(day))
		f.ok(err)
		var got [4]string
		for _, it := range items {
			switch it.Kind {
			case "pair":
				got[0], got[1] = it.Detail["away_on"], it.Detail["away_until"]
			case "settings":
				got[2], got[3] = it.Detail["paused_on"], it.Detail["paused_until"]
			}
		}
		equal(f, "absence and pause", got, want)
	}
}

// cardOfATalk asks from a message for the talk that was recorded from it, on its last
// day and the day after.
func cardOfATalk(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	m := f.nudge(p, today())
	f.claim(m)
	f.ok(f.s.SettleSent(ctx, m.ID, "D1", "1.1", Now()))
	r := recording(p, today(), rapport.Guarded)
	r.Offer = m.Offer
	_, err := f.s.RecordTalk(ctx, f.ana, r, "")
	f.ok(err)
	last := today().AddDays(lastDays["talk guarded"])
	t, err := f.s.TalkAt(ctx, f.ana, p.ID, "1.1", last)
	f.ok(err)
	equal(f, "on its last day", t.Outcome, rapport.Guarded)
	_, err = f.s.TalkAt(ctx, f.ana, p.ID, "1.1", last.AddDays(1))
	f.is(err, rapport.ErrNotFound)
}

// known are the ids of what hangs on a pair, by name.
func (f *fixture) known(p rapport.Pair) store.Kept {
	f.Helper()
	kept, err := f.s.KeptAboutMe(f.Context(), f.meis(), rapport.NotesOpen, today())
	f.ok(err)
	i := slices.IndexFunc(kept, func(k store.Kept) bool { return k.Pair.ID == p.ID })
	return kept[i]
}

// reads asks for everything, in every way there is, on a day counted from today.
func (f *fixture) reads(p rapport.Pair, known store.Kept, day int) map[string]map[string]bool {
	f.Helper()
	ctx, on := f.Context(), today().AddDays(day)
	all := map[string]map[string]bool{}
	seen := func(read, name string) {
		if all[read] == nil {
			all[read] = map[string]bool{}
		}
		all[read][name] = true
	}
	f.brief(p, on, func(name string) { seen("brief", name) })
	f.byID(known, on, func(name string) { seen("by id", name) })
	open, err := f.s.OpenPromises(ctx, f.ana, on)
	f.ok(err)
	for _, made := range open {
		seen("promises", made.Text.Reveal())
	}
	past, err := f.s.Past(ctx, f.ws, p, on)
	f.ok(err)
	for _, t := range past.Talks {
		seen("choice", "talk "+string(t.Outcome))
	}
	if len(past.Offers) > 0 {
		seen("choice", "idea")
	}
	if past.Interest != "" {
		seen("choice", past.Interest)
	}
	kept, err := f.s.KeptAboutMe(ctx, f.meis(), rapport.NotesOpen, on)
	f.ok(err)
	for _, k := range kept {
		told(k, func(name string) { seen("me", name) })
	}
	ended, err := f.s.KeptAboutMe(ctx, rapport.Scope{Workspace: f.ws, Actor: ken}, rapport.NotesOpen, on)
	f.ok(err)
	if len(ended) > 0 {
		seen("me of who was let go", "pair that ended")
	}
	return all
}

// told names what somebody is shown of themselves.
func told(k store.Kept, seen func(name string)) {
	for _, n := range k.Notes {
		seen("note " + n.Text.Reveal())
	}
	for _, made := range k.Promises {
		seen(made.Text.Reveal())
	}
	for _, c := range k.Commons {
		seen(c.Text.Reveal())
	}
	for _, t := range k.Tags {
		seen(t.Text.Reveal())
	}
	for _, t := range k.Talks {
		seen("talk " + string(t.Outcome))
	}
}

// brief names what a leader is shown before a talk.
func (f *fixture) brief(p rapport.Pair, on rapport.Date, seen func(name string)) {
	f.Helper()
	var k store.Kept
	var err error
	k.Notes, err = f.s.Notes(f.Context(), f.ana, p.ID, on)
	f.ok(err)
	k.Promises, err = f.s.Promises(f.Context(), f.ana, p.ID, on)
	f.ok(err)
	k.Commons, err = f.s.Commons(f.Context(), f.ana, p.ID, on)
	f.ok(err)
	k.Talks, err = f.s.Talks(f.Context(), f.ana, p.ID, on, 50)
	f.ok(err)
	interest, _, err := f.s.Tags(f.Context(), f.ws, p.ID, on)
	f.ok(err)
	if interest != "" {
		seen(interest)
	}
	told(k, seen)
}

// byID asks for each thing by its id, as a button does.
func (f *fixture) byID(k store.Kept, on rapport.Date, seen func(name string)) {
	f.Helper()
	found := func(name string, err error) {
		switch {
		case err == nil:
			seen(name)
		case rapport.KindOf(err) != rapport.NotFound:
			f.Errorf("%s: %v", name, err)
		}
	}
	for _, n := range k.Notes {
		_, err := f.s.Note(f.Context(), f.ana, n.ID, on)
		found("note "+n.Text.Reveal(), err)
	}
	for _, made := range k.Promises {
		_, err := f.s.Promise(f.Context(), f.ana, made.ID, on)
		found(made.Text.Reveal(), err)
	}
	for _, c := range k.Commons {
		_, err := f.s.Common(f.Context(), f.ana, c.ID, on)
		found(c.Text.Reveal(), err)
	}
	for _, t := range k.Talks {
		_, err := f.s.Talk(f.Context(), f.ana, t.ID, on)
		found("talk "+string(t.Outcome), err)
	}
}

// twoYears lets two years pass, and looks around each rule's last day whether it
// acts on that very day: once the day is over everywhere on earth.
func twoYears(f *fixture) {
	p := f.live()
	for _, day := range aroundLastDays() {
		f.ok(f.s.Tidy(f.Context(), f.ws, afternoon(day)))
		there := f.alive(p, Now())
		for name, last := range lastDays {
			if want := day <= last; there[name] != want {
				f.Errorf("day %d: %s is there: %t, want %t", day, name, there[name], want)
			}
			delete(there, name)
		}
		for name, yes := range there {
			if yes {
				f.Errorf("%s is under no rule", name)
			}
		}
	}
}
