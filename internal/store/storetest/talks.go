package storetest

import (
	"time"

	"innerview/internal/store"
	"innerview/rapport"
)

func recordTalk(f *fixture) {
	p := f.pair(f.ana, mei)
	r := recording(p, today().AddDays(-1), rapport.Light)
	r.Talk.Setting, r.Today = rapport.Lunch, today()
	rec, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.ok(err)
	want := rapport.Talk{
		ID: rec.Talk.ID, Pair: p.ID, On: today().AddDays(-1), Outcome: rapport.Light,
		Setting: rapport.Lunch, RecordedAt: Now(),
	}
	equal(f, "talk", rec.Talk, want)
	equal(f, "before", rec.Before, p)
	equal(f, "after", rec.After, p.Record(want, rapport.DefaultRhythm, today(), rapport.Circumstances{}))
	equal(f, "read again", f.again(p), rec.After)
	talks, err := f.s.Talks(f.Context(), f.ana, p.ID, today(), 5)
	f.ok(err)
	equal(f, "talks", talks, []rapport.Talk{want})
	if rec.After.LastTalkOn != today().AddDays(-1) || rec.After.NextOn != today().AddDays(13) {
		f.Errorf("last talk %s, next %s", rec.After.LastTalkOn, rec.After.NextOn)
	}
}

func recordTalkFromOffer(f *fixture) {
	p := f.pair(f.ana, mei)
	o := f.offer(p, rapport.Offer{Starter: "F-007", Level: rapport.Factual, Topic: "food"})
	r := recording(p, today(), rapport.Declined)
	r.Offer = o.ID
	rec, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.ok(err)
	equal(f, "starter", rec.Talk.Starter, "F-007")
	got, err := f.s.Offer(f.Context(), f.ana, o.ID)
	f.ok(err)
	equal(f, "offer", got.State, rapport.OfferUsed)
	past, err := f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "blocked", past.Blocked, []string{"food"})
	equal(f, "topics", past.TalkTopics, []string{"food"})

	_, err = f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.kind(err, rapport.Conflict, "error.already_answered")

	passed := f.offer(p, rapport.Offer{Topic: "sea"})
	f.ok(f.s.PassOffer(f.Context(), f.ana, passed.ID, today(), ""))
	r = recording(p, today(), rapport.Light)
	r.Offer = passed.ID
	_, err = f.s.RecordTalk(f.Context(), f.ana, r, "") // they talked after all
	f.ok(err)
	past, err = f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "blocked, after a light talk", past.Blocked, []string{"food"})

	greeting := f.offer(p, rapport.Offer{Starter: "H-014", Topic: "passing_word"})
	r = recording(p, today(), rapport.Declined)
	r.Offer = greeting.ID
	_, err = f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.ok(err)
	past, err = f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "blocked, after a greeting that was declined", past.Blocked, []string{"food"})

	other := f.offer(f.pair(f.ana, ken), rapport.Offer{})
	r.Offer = other.ID
	_, err = f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.is(err, rapport.ErrNotFound)
}

func recordTalkWithNote(f *fixture) {
	p := f.pair(f.ana, mei)
	for _, kind := range []rapport.NoteKind{"", rapport.NoteHope} {
		r := recording(p, today(), rapport.Opened)
		r.Note, r.NoteKind, r.NoteDays = "wants to see Naoshima", kind, 180
		_, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
		f.ok(err)
	}
	got, err := f.s.Notes(f.Context(), f.ana, p.ID, today())
	f.ok(err)
	if len(got) != 2 {
		f.Fatalf("notes = %d, want 2", len(got))
	}
	want := rapport.Note{
		ID: got[0].ID, Pair: p.ID, Kind: rapport.NoteHope, Text: "wants to see Naoshima",
		CreatedAt: Now(), ExpiresOn: today().AddDays(180),
	}
	equal(f, "note", got[0], want)
	equal(f, "kind of the other", got[1].Kind, rapport.NoteFact)
}

func recordTalkFollowUp(f *fixture) {
	tokyo := time.FixedZone("JST", 9*60*60)
	p := f.pair(f.ana, mei)
	// Eight in the morning in Tokyo is still the day before in UTC.
	coffee := today().AddDays(2)
	plan := rapport.Plan{Pair: p.ID, At: coffee.At(8*60, tokyo)}
	messages := []rapport.Message{
		{Kind: rapport.KindReminder, At: plan.At.Add(-45 * time.Minute)},
		{Kind: rapport.KindFollowUp, At: plan.At.Add(24 * time.Hour)},
	}
	_, err := f.s.CreatePlan(f.Context(), f.ana, plan, messages, "")
	f.ok(err)
	f.talk(p, coffee.AddDays(-1), rapport.Light)
	equal(f, "pending after an earlier talk", len(f.pending()), 2)
	f.talk(p, coffee, rapport.Light)
	left := f.pending()
	if len(left) != 1 || left[0].Kind != rapport.KindReminder {
		f.Errorf("pending = %v, want the reminder alone", left)
	}

	other := f.pair(f.ana, ken)
	plan.Pair = other.ID
	asked, err := f.s.CreatePlan(f.Context(), f.ana, plan, messages[1:], "")
	f.ok(err)
	m := f.claim(f.message(asked.ID + "/followup"))
	f.talk(other, coffee, rapport.Light)
	equal(f, "the one that is being sent", f.delivery(m.ID).State, rapport.StateSending)
}

// recordTalkAtomic fails a recording at its last but one step: nothing of it
// stays, its key neither.
func recordTalkAtomic(f *fixture) {
	p := f.pair(f.ana, mei)
	f.fillNotes(p)
	o := f.offer(p, rapport.Offer{Topic: "food"})
	before := f.again(p)
	r := recording(p, today(), rapport.Declined)
	r.Offer, r.Note, r.NoteDays = o.ID, "one too many", 30
	for range 2 { // were the key kept, the second time would say so
		_, err := f.s.RecordTalk(f.Context(), f.ana, r, "payload")
		f.kind(err, rapport.Invalid, "error.notes_full")
	}
	equal(f, "pair", f.again(p), before)
	got, err := f.s.Offer(f.Context(), f.ana, o.ID)
	f.ok(err)
	equal(f, "offer", got.State, rapport.OfferShown)
	past, err := f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	equal(f, "talks", len(past.Talks), 0)
	equal(f, "blocked", len(past.Blocked), 0)
	r.Note = ""
	_, err = f.s.RecordTalk(f.Context(), f.ana, r, "payload")
	f.ok(err)
}

func talks(f *fixture) {
	p := f.pair(f.ana, mei)
	var want []rapport.Talk
	for _, ago := range []int{9, 5, 5, 1} {
		rec := f.talk(p, today().AddDays(-ago), rapport.Light)
		want = append([]rapport.Talk{rec.Talk}, want...)
	}
	f.talk(f.pair(f.ana, ken), today(), rapport.Light)
	for _, limit := range []int{1, 3, 10} {
		got, err := f.s.Talks(f.Context(), f.ana, p.ID, today(), limit)
		f.ok(err)
		equal(f, "talks", got, want[:min(limit, len(want))])
	}
}

func notes(f *fixture) {
	p, other := f.pair(f.ana, mei), f.pair(f.ana, ken)
	none, err := f.s.Notes(f.Context(), f.ana, p.ID, today())
	f.ok(err)
	equal(f, "none", len(none), 0)
	add := func(p rapport.Pair, text rapport.NoteText, expires rapport.Date) {
		f.ok(f.s.AddNote(f.Context(), f.ana, p.ID, rapport.Note{Kind: rapport.NoteValue, Text: text, ExpiresOn: expires}, ""))
	}
	add(p, "first ☕", today())
	add(p, "second", today().AddDays(1))
	add(other, "about somebody else", today().AddDays(1))
	texts := func(on rapport.Date) (texts []string) {
		got, err := f.s.Notes(f.Context(), f.ana, p.ID, on)
		f.ok(err)
		for _, n := range got {
			texts = append(texts, n.Text.Reveal())
		}
		return texts
	}
	equal(f, "on the last day of the first", texts(today()), []string{"second", "first ☕"})
	equal(f, "the day after", texts(today().AddDays(1)), []string{"second"})
	equal(f, "the day after that", texts(today().AddDays(2)), nil)
}

func (f *fixture) fillNotes(p rapport.Pair) {
	f.Helper()
	for range rapport.NotesPerPair {
		f.ok(f.s.AddNote(f.Context(), f.ana, p.ID, rapport.Note{Text: "x", ExpiresOn: today()}, ""))
	}
}

func notesBounded(f *fixture) {
	p := f.pair(f.ana, mei)
	f.ok(f.s.AddNote(f.Context(), f.ana, p.ID, rapport.Note{Text: "expired", ExpiresOn: today().AddDays(-1)}, ""))
	f.fillNotes(p)
	err := f.s.AddNote(f.Context(), f.ana, p.ID, rapport.Note{Text: "x", ExpiresOn: today()}, "")
	f.kind(err, rapport.Invalid, "error.notes_full")
	f.ok(f.s.AddNote(f.Context(), f.ana, f.pair(f.ana, ken).ID, rapport.Note{Text: "x", ExpiresOn: today()}, ""))
	got, err := f.s.Notes(f.Context(), f.ana, p.ID, today())
	f.ok(err)
	equal(f, "notes", len(got), rapport.NotesPerPair)
}

// payloadsActOnce repeats every method that answers a payload; those about what is
// written of a person are in [wordsActOnce].
func payloadsActOnce(f *fixture) {
	ctx, s, p := f.Context(), f.s, f.pair(f.ana, mei)
	o, o2 := f.offer(p, rapport.Offer{}), f.offer(p, rapport.Offer{})
	f.repeat(p, []payload{
		{"ConfirmLeader", func(key string) error { return s.ConfirmLeader(ctx, f.ana, key) }},
		{"SaveSettings", func(key string) error { return s.SaveSettings(ctx, f.ana, store.Settings{Days: 2}, key) }},
		{"Pause", func(key string) error { return s.Pause(ctx, f.ana, today(), rapport.Date{}, key) }},
		{"Resume", func(key string) error { _, err := s.Resume(ctx, f.ana, today().AddDays(1), key); return err }},
		{"AddPair", func(key string) error {
			_, _, err := s.AddPair(ctx, f.ana, ken, store.NewPair{}, today(), key)
			return err
		}},
		{"EndPair", func(key string) error { return s.EndPair(ctx, f.ana, ken, today(), key) }},
		{"Snooze", func(key string) error { return s.Snooze(ctx, f.ana, p.ID, today(), key) }},
		{"Restart", func(key string) error { return s.Restart(ctx, f.ana, p.ID, today(), key) }},
		{"SetIntent", func(key string) error { return s.SetIntent(ctx, f.ana, p.ID, today(), key) }},
		{"SetTag", func(key string) error { return s.SetTag(ctx, f.ana, p.ID, store.Interest, "x", key) }},
		{"RecordTalk", func(key string) error {
			_, err := s.RecordTalk(ctx, f.ana, recording(p, today(), rapport.Opened), key)
			return err
		}},
		{"CreateOffer", func(key string) error {
			_, err := s.CreateOffer(ctx, f.ana, rapport.Offer{Pair: p.ID, Starter: "F-001"}, key)
			return err
		}},
		{"SwapOffer", func(key string) error {
			_, err := s.SwapOffer(ctx, f.ana, o.ID, rapport.Offer{Starter: "F-001"}, key)
			return err
		}},
		{"PassOffer", func(key string) error { return s.PassOffer(ctx, f.ana, o2.ID, today(), key) }},
		{"AddNote", func(key string) error {
			return s.AddNote(ctx, f.ana, p.ID, rapport.Note{Text: "x", ExpiresOn: today()}, key)
		}},
		{"CreatePlan", func(key string) error {
			_, err := s.CreatePlan(ctx, f.ana, rapport.Plan{Pair: p.ID, At: Now().Add(time.Hour)}, nil, key)
			return err
		}},
	})
	f.is(s.Snooze(ctx, f.ana, p.ID, today().AddDays(3), "key of AddNote"), store.ErrSeen)
}

// payload is a method that answers one.
type payload struct {
	name string
	run  func(key string) error
}

// repeat runs each method twice with the same key, and checks that the second
// time nothing happens.
func (f *fixture) repeat(p rapport.Pair, steps []payload) {
	f.Helper()
	for _, step := range steps {
		f.ok(step.run("key of " + step.name))
		pair, past := f.again(p), f.past(p)
		f.is(step.run("key of "+step.name), store.ErrSeen)
		equal(f, step.name+": pair after a repetition", f.again(p), pair)
		equal(f, step.name+": past after a repetition", f.past(p), past)
	}
}

func (f *fixture) past(p rapport.Pair) rapport.Past {
	f.Helper()
	past, err := f.s.Past(f.Context(), f.ws, p, today())
	f.ok(err)
	return past
}

// circumstancesOfTheDay: what holds a depth is how things were on the day of the
// talk, whenever it is recorded or put right.
func circumstancesOfTheDay(f *fixture) {
	ctx, p := f.Context(), f.pair(f.ana, mei)
	f.ok(f.s.SetCircumstances(ctx, f.ana, p.ID, store.Circumstances{ProbationUntil: today().AddDays(-8)}, today(), ""))
	promise := f.promise(p, "lend the book", today().AddDays(-20))
	f.ok(f.s.ClosePromise(ctx, f.ana, promise.ID, rapport.PromiseKept, today().AddDays(-2), ""))
	held := func(what string, talk rapport.Talk, late, values bool) {
		f.Helper()
		for _, e := range f.again(p).History.Events {
			if e.Talk == talk.ID {
				equal(f, what, e.Circumstances, rapport.Circumstances{PromiseLate: late, HoldValues: values})
			}
		}
	}
	tests := []struct {
		name         string
		ago          int
		late, values bool
	}{
		{"the last day of probation", 8, false, true},
		{"between", 6, false, false},
		{"fifteen days after the promise was due", 5, true, false},
		{"the day before it was kept", 3, true, false},
		{"the day it was kept", 2, false, false},
	}
	for _, tt := range tests {
		r := recording(p, today().AddDays(-tt.ago), rapport.Light)
		r.Today = today()
		done, err := f.s.RecordTalk(ctx, f.ana, r, "")
		f.ok(err)
		held(tt.name, done.Talk, tt.late, tt.values)
		for _, other := range tests {
			_, err := f.s.ChangeTalk(ctx, f.ana, correction(done.Talk, today().AddDays(-other.ago), rapport.Light), "")
			f.ok(err)
			held(tt.name+", put right to "+other.name, done.Talk, other.late, other.values)
		}
	}
}
