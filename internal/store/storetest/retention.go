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
	f.ok(f.s.AddCommon(ctx, f.ana, p.ID, "in_common", ""))
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

// alive returns what is there of it.
func (f *fixture) alive(p rapport.Pair) map[string]bool {
	f.Helper()
	there := map[string]bool{}
	items, err := f.s.Subject(f.Context(), f.ws, mei, true)
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
	ended, err := f.s.Subject(f.Context(), f.ws, ken, false)
	f.ok(err)
	there["pair that ended"] = len(ended) > 0
	stranger, err := f.s.Subject(f.Context(), f.ws, yuki, false)
	f.ok(err)
	there["profile of a stranger"] = len(stranger) > 0
	there["outcomes"] = len(f.again(p).History.Pace().Log) > 0
	delete(there, "profile")
	return there
}

// twoYears lets two years pass, and looks around each rule's last day whether it
// acts on that very day: once the day is over everywhere on earth.
func twoYears(f *fixture) {
	p := f.live()
	days := []int{0, forGood}
	for _, last := range lastDays {
		days = append(days, last, last+1)
	}
	for at := 5; at < forGood; at += 61 {
		days = append(days, at)
	}
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		if day > forGood {
			break
		}
		f.ok(f.s.Tidy(f.Context(), f.ws, today().AddDays(day).At(14*60, time.UTC)))
		there := f.alive(p)
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
	last, err := f.s.LastTime(f.Context(), store.SubjectExport)
	f.ok(err)
	equal(f, "what operators did stays", last, Now())
}
