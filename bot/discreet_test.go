package bot_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"innerview/bot"
	"innerview/internal/i18n"
	"innerview/internal/slacksim/slacksimtest"
	"innerview/internal/store"
	"innerview/rapport"
)

// touchy are texts of each class, in a leader's language.
type touchy struct{ red, promise, disclosed, label, amber string }

var touchyIn = map[rapport.Language]touchy{
	rapport.English: {
		"Union member, went to the May Day rally", "Lend the union newsletter back", "Sexual harassment by a client at the dinner",
		"Lazy", "Hometown is Matsuyama",
	},
	rapport.Japanese: {
		"春闘の準備で忙しい組合員", "共産党の冊子を返す", "部長のセクハラに悩んでいる", "怠け者", "地元は松山",
	},
}

// kept returns the texts that are kept about a person, each with its last day.
func (f *office) kept(person string) map[string]rapport.Date {
	f.t.Helper()
	scope := rapport.Scope{Workspace: f.id, Actor: person}
	texts := map[string]rapport.Date{}
	for _, k := range must(f.store.KeptAboutMe(f.t.Context(), scope, rapport.NotesOpen, rapport.DateOf(f.Now())))(f.t) {
		for _, n := range k.Notes {
			texts[n.Text.Reveal()] = n.ExpiresOn
		}
		for _, p := range k.Promises {
			texts[p.Text.Reveal()] = p.KeptUntil()
		}
		for _, c := range k.Commons {
			texts[c.Text.Reveal()] = c.ExpiresOn
		}
		for _, tag := range k.Tags {
			texts[tag.Text.Reveal()] = tag.ExpiresOn
		}
	}
	return texts
}

// nothingKept fails if anything is kept about the person, or if one of the texts
// went into a message, or travels hidden in a modal.
func (f *office) nothingKept(person string, written ...string) {
	f.t.Helper()
	if kept := f.kept(person); len(kept) > 0 {
		f.t.Errorf("kept %v, want nothing", kept)
	}
	f.nothingPosted(written...)
	for _, r := range f.Requests() {
		var v struct {
			PrivateMetadata string `json:"private_metadata"`
			ExternalID      string `json:"external_id"`
		}
		if r.Args["view"] == "" {
			continue
		}
		if err := json.Unmarshal([]byte(r.Args["view"]), &v); err != nil {
			f.t.Fatal(err)
		}
		for _, text := range written {
			if strings.Contains(v.PrivateMetadata+v.ExternalID, text) {
				f.t.Errorf("%s carries %q unseen", r.Method, text)
			}
		}
	}
}

// holds fails unless the open modal has the text in the input.
func (f *office) holds(user, block, text string) {
	f.t.Helper()
	open := f.Modals(user)
	if len(open) == 0 {
		f.t.Fatal("no modal is open")
	}
	if got := open[len(open)-1].State[block][block].Value; got != text {
		f.t.Errorf("%s holds %q, want %q", block, got, text)
	}
}

func TestEveryTextOfATalkIsLookedAt(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p, text := f.User(w.leader), f.words(w), touchyIn[w.lang]
		for _, in := range []struct{ label, block, text, refusal string }{
			{"note.label", "in_note", text.red, "error.private"},
			{"note.label", "in_note", text.label, "error.label"},
			{"promise.label", "in_promise", text.promise, "error.private_promise"},
			{"common.label", "in_common", text.red, "error.private"},
			{"tag.interest", "in_interest", text.red, "error.private"},
			{"tag.strength", "in_strength", text.label, "error.label"},
			{"talk.hope", "in_hope", text.disclosed, "error.disclosed"},
			{"talk.support", "in_support", text.red, "error.private"},
		} {
			leader.Runs("/innerview log @mei")
			form := leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened")).Fill(p.T(in.label), in.text)
			form.Choose(p.T("told.label"), p.T("told.tick")).Submit() // which changes nothing
			form.ExpectError(p.T(in.label), p.T(in.refusal))
			f.holds(w.leader, in.block, in.text)
			form.Close()
		}
		if n := len(f.talks(w.leader, mei)); n != 0 {
			t.Errorf("%d talks were recorded, want none", n)
		}
		f.nothingKept(mei, text.red, text.promise, text.disclosed, text.label)
	})
}

func TestWhatIsRefusedCanBeRewrittenOrLeft(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p, text := f.User(w.leader), f.words(w), touchyIn[w.lang]
		leader.Runs("/innerview note @mei")
		form := leader.Modal().Fill(p.T("note.label"), text.disclosed).Submit()
		form.ExpectError(p.T("note.label"), p.T("error.disclosed"))
		form.Close()
		f.nothingKept(mei, text.disclosed)

		leader.Runs("/innerview promise @mei")
		form = leader.Modal().Fill(p.T("promise.label"), text.promise).Submit()
		form.ExpectError(p.T("promise.label"), p.T("error.private_promise"))
		form.Fill(p.T("promise.label"), secret).Submit().Close()

		leader.Runs("/innerview note @mei " + secret)
		leader.Runs("/innerview brief @mei")
		leader.Modal().Click(p.T("brief.edit")) // the promise stands first
		form = leader.Modal().Fill(p.T("promise.label"), text.promise).Submit()
		form.ExpectError(p.T("promise.label"), p.T("error.private_promise"))
		form.Close()
		edit := f.noteMenu(leader, p)
		edit.Fill(p.T("note.label"), text.red).Submit()
		edit.ExpectError(p.T("note.label"), p.T("error.private"))
		f.holds(w.leader, "in_note", text.red)
		edit.Close()
		if kept := f.kept(mei); len(kept) != 1 {
			t.Errorf("kept %v, want %q as note and promise alone", kept, secret)
		}
		f.nothingPosted(text.red, text.promise, text.disclosed, secret)
	})
}

// noteMenu opens the form that edits the first note of the brief that is open.
func (f *office) noteMenu(leader *slacksimtest.Person, p *i18n.Printer) *slacksimtest.Screen {
	f.t.Helper()
	leader.Modal().Close()
	leader.Runs("/innerview brief @mei")
	for _, c := range f.Modals(leader.ID)[0].Controls() {
		if c.ActionID != "note_menu" {
			continue
		}
		leader.Modal().Choose(c.BlockID, p.T("brief.edit"))
		return leader.Modal()
	}
	f.t.Fatal("the brief has no note")
	return nil
}

func TestWhatIsTypedBehindACommandStaysInTheFormThatOpens(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p, text := f.User(w.leader), f.words(w), touchyIn[w.lang]
		personal := p.T("error.personal", "Days", 90)
		for _, tt := range []struct{ command, text, block, why string }{
			{"note @mei", text.red, "in_note", p.T("error.private")},
			{"note @mei", text.disclosed, "in_note", p.T("error.disclosed")},
			{"note @mei", text.label, "in_note", p.T("error.label")},
			{"note @mei", text.amber, "in_note", personal},
			{"promise @mei", text.promise, "in_promise", p.T("error.private_promise")},
			{"promise @mei", text.amber, "in_promise", personal},
			{"log @mei opened yesterday", text.red, "in_note", p.T("error.private")},
			{"log @mei opened", text.amber, "in_note", personal},
		} {
			answer := leader.Runs("/innerview " + tt.command + " " + tt.text)
			answer.Expect(p.T("discreet.opened")).ExpectNot(tt.text).ExpectNot(tt.why)
			leader.Modal().Expect(tt.why)
			f.holds(w.leader, tt.block, tt.text)
			leader.Modal().Close()
		}
		if n := len(f.talks(w.leader, mei)); n != 0 {
			t.Errorf("%d talks were recorded, want none", n)
		}
		f.nothingKept(mei, text.red, text.disclosed, text.label, text.amber, text.promise)

		// The form does what the command would have done, with other words.
		leader.Runs("/innerview log @mei opened yesterday " + text.red)
		leader.Modal().Fill(p.T("note.label"), secret).Submit().Expect(w.warm).Close()
		talks := f.talks(w.leader, mei)
		if len(talks) != 1 || talks[0].Outcome != rapport.Opened || talks[0].On != rapport.NewDate(2026, 10, 6) {
			t.Errorf("talks = %+v, want one of yesterday that opened up", talks)
		}
	})
}

func TestPrivateLifeNeedsTheirWordAndLives90Days(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p, amber := f.User(w.leader), f.words(w), touchyIn[w.lang].amber
		fields := []string{"note.label", "promise.label", "common.label", "tag.interest", "tag.strength", "talk.hope", "talk.support"}
		leader.Runs("/innerview log @mei")
		form := leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened"))
		for i, label := range fields {
			form.Fill(p.T(label), fmt.Sprint(amber, " ", i))
		}
		form.Submit()
		form.ExpectError(p.T("note.label"), p.T("error.personal", "Days", 90))
		f.nothingKept(mei, amber)
		form.Choose(p.T("told.label"), p.T("told.tick")).Submit().Expect(p.T("warm.opened")).Close()
		leader.Runs("/innerview note @mei " + secret)

		last := rapport.NewDate(2026, 10, 7).AddDays(90)
		kept := f.kept(mei)
		for i := range fields {
			if got := kept[fmt.Sprint(amber, " ", i)]; got != last {
				t.Errorf("%s is kept until %v, want %v", fields[i], got, last)
			}
		}
		if got := kept[secret]; got != last.AddDays(90) {
			t.Errorf("an ordinary note is kept until %v, want %v", got, last.AddDays(90))
		}
		leader.Runs("/innerview brief @mei")
		renewable := 0
		for _, c := range f.Modals(w.leader)[0].Controls() {
			if c.ActionID == "note_menu" && len(c.Options) == 3 {
				renewable++
			}
		}
		if renewable != 1 {
			t.Errorf("%d notes can be kept longer, want the ordinary one alone", renewable)
		}
		f.tidies(last)
		if n := len(f.kept(mei)); n != len(fields)+1 {
			t.Errorf("%d texts on the last day, want all %d", n, len(fields)+1)
		}
		f.tidies(last.AddDays(1))
		if kept := f.kept(mei); len(kept) != 1 {
			t.Errorf("kept %v after the last day, want the ordinary note alone", kept)
		}
	})
}

// TestWhatHadItsDayIsShownToNobody, though nobody has tidied since: the program may
// have stood still.
func TestWhatHadItsDayIsShownToNobody(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, person, p, amber := f.User(w.leader), f.User(mei), f.words(w), touchyIn[w.lang].amber
		leader.Runs("/innerview log @mei")
		form := leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.guarded"))
		for _, label := range []string{"note.label", "promise.label", "common.label", "tag.interest", "talk.hope"} {
			form.Fill(p.T(label), amber)
		}
		form.Choose(p.T("told.label"), p.T("told.tick")).Submit().Close()
		day := rapport.NewDate(2026, 10, 7)
		away := store.Circumstances{AwayOn: day.AddDays(100), AwayUntil: day.AddDays(119)}
		if err := f.store.SetCircumstances(t.Context(), rapport.Scope{Workspace: f.id, Actor: w.leader}, f.pair(w.leader, mei).ID, away, day, ""); err != nil {
			t.Fatal(err)
		}
		mine := catalog(t).Printer(rapport.English)
		pages := map[string]func() string{
			"brief": func() string { leader.Runs("/innerview brief @mei"); return f.readsAll(w.leader) },
			"promises": func() string {
				leader.OpensHome()
				leader.Home().Click(p.T("home.promises"))
				return f.readsAll(w.leader)
			},
			"me": func() string { person.Runs("/innerview me"); return f.readsAll(mei) },
		}
		for _, tt := range []struct {
			what, text string
			last       int
			on         []string
		}{
			{"private life", amber, rapport.PersonalDays, []string{"brief", "promises", "me"}},
			{"a talk that was kept short", p.T("outcome.guarded"), 120, []string{"brief"}},
			{"their own words for it", mine.T("me.outcome.guarded"), 120, []string{"me"}},
			{"an absence", mine.T("me.away", "When", mine.DateYear(away.AwayOn)), 119, []string{"me"}},
		} {
			for _, on := range tt.on {
				for days, want := range map[int]bool{tt.last: true, tt.last + 1: false} {
					f.now.Store(day.AddDays(days).At(10*60, tokyo).UnixNano())
					if got := strings.Contains(pages[on](), tt.text); got != want {
						t.Errorf("%s on day %d in %s: shown %t, want %t", tt.what, days, on, got, want)
					}
				}
			}
		}
	})
}

// readsAll returns what stands in the modal that somebody has open, and closes it.
func (f *office) readsAll(user string) string {
	f.t.Helper()
	open := f.User(user).Modal()
	text := strings.Join(open.Texts(), "\n")
	open.Close()
	return text
}

// tidies destroys what is over on the evening of a day, when the day before is
// over everywhere.
func (f *office) tidies(on rapport.Date) {
	f.t.Helper()
	at := on.At(22*60, tokyo)
	f.now.Store(at.UnixNano())
	if err := f.store.Tidy(f.t.Context(), f.id, at); err != nil {
		f.t.Fatal(err)
	}
}

func TestANoteThatBecomesPrivateIsKeptLessLong(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{Notes: rapport.NotesOpen, NoteDays: 30})
		f.leads(w.leader, mei)
		leader, p, amber := f.User(w.leader), f.words(w), touchyIn[w.lang].amber
		leader.Runs("/innerview note @mei " + secret)
		leader.Runs("/innerview brief @mei")
		edit := f.noteMenu(leader, p).Fill(p.T("note.label"), amber).Submit()
		edit.ExpectError(p.T("note.label"), p.T("error.personal", "Days", 30))
		edit.Choose(p.T("told.label"), p.T("told.tick")).Submit()
		if got := f.kept(mei)[amber]; got != rapport.NewDate(2026, 11, 6) { // no longer than others
			t.Errorf("kept until %v, want 6 November", got)
		}
		if got := f.notes(w.leader, mei); len(got) != 1 || !got[0].Renewed {
			t.Errorf("notes = %+v, want one that is not kept longer", got)
		}
		// Its day can be changed without the word being asked for again.
		f.noteMenu(leader, p).Fill(p.T("note.ask"), "2026-10-30").Submit()
		if got := f.notes(w.leader, mei); len(got) != 1 || got[0].AskOn != rapport.NewDate(2026, 10, 30) {
			t.Errorf("notes = %+v, want one to come back to on 30 October", got)
		}
	})
}

// TestMeSaysWhenPrivateLifeGoes: the person sees the last day of each.
func TestMeSaysWhenPrivateLifeGoes(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, tanaka)
		leader, p, amber := f.User(w.leader), f.words(w), touchyIn[w.lang].amber
		leader.Runs("/innerview log @tanaka")
		form := leader.Modal().Choose(p.T("talk.outcome"), p.T("outcome.opened")).Fill(p.T("common.label"), amber)
		form.Choose(p.T("told.label"), p.T("told.tick")).Submit().Close()
		f.User(tanaka).Runs("/innerview me")
		own := catalog(t).Printer(rapport.Japanese)
		f.User(tanaka).Modal().Expect(amber).Expect(own.T("me.personal", "Until", own.DateYear(rapport.NewDate(2027, 1, 5))))
	})
}

// TestWhatIsRefusedIsNotLogged: neither the text nor what it is about.
func TestWhatIsRefusedIsNotLogged(t *testing.T) {
	t.Parallel()
	b, j := newBot(t, bot.Options{Notes: rapport.NotesOpen, NoteDays: 180})
	p := catalog(t).Printer(rapport.English)
	var said bytes.Buffer
	for _, text := range touchyIn {
		for _, words := range []string{text.red, text.disclosed, text.label, text.amber} {
			err := b.Discreet(words)
			if err == nil {
				t.Errorf("%q passes", words)
				continue
			}
			m, under := b.Explain(p, "modal", nil, err)
			fmt.Fprintln(&said, err, m, under)
		}
	}
	all := j.String() + said.String()
	for _, text := range touchyIn {
		for _, words := range []string{text.red, text.disclosed, text.label, text.amber} {
			if strings.Contains(all, words) {
				t.Errorf("%q is in a log or an error", words)
			}
		}
	}
	if slices.Contains([]string{"", "\n"}, all) {
		t.Error("there was nothing to look at")
	}
}
