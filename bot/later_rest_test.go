package bot_test

import (
	"testing"

	"innerview/bot"
	"innerview/internal/store"
	"innerview/rapport"
)

// rests lets a person rest for two weeks from now on.
func (f *office) rests(person string) {
	f.t.Helper()
	until := rapport.DateOf(f.Now()).AddDays(13)
	if err := f.store.Rest(f.t.Context(), rapport.Scope{Workspace: f.id, Actor: person}, until, ""); err != nil {
		f.t.Fatal(err)
	}
}

// TestAReminderBringsNoIdeaAboutWhoRests: the coffee stands, and that is all it says.
func TestAReminderBringsNoIdeaAboutWhoRests(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		f.beats()
		leader, p := f.User(w.leader), f.words(w)
		question := f.question(leader.DM().Expect(w.neutral), w.lang)
		leader.Runs("/innerview coffee @mei 2026-10-08 10:45")
		f.rests(mei)
		f.passes(1)
		leader.DM().Expect(p.T("near.neutral")).Expect(p.Person(mei)).ExpectNot(question).ExpectNot(p.T("card.ask"))
	})
}

// TestADigestNamesNobodyWhoRestsSince: it was written before, and is delivered after.
func TestADigestNamesNobodyWhoRestsSince(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei, tanaka)
	d := must(f.store.DigestNow(t.Context(), rapport.Scope{Workspace: f.id, Actor: sarah}, rapport.DateOf(f.Now())))(t)
	if len(d.Pairs) != 2 {
		t.Fatalf("the digest names %d people, want both", len(d.Pairs))
	}
	f.rests(mei)
	if r := f.bot.Deliver(t.Context(), d); r.State != rapport.StateSent {
		t.Fatalf("the digest is %s, want it sent", r.State)
	}
	f.User(sarah).DM().Expect("<@" + tanaka + ">").ExpectNot("<@" + mei + ">")
}

// valuesCard shows a leader the question that stands before a starter about values.
func (f *office) valuesCard(w words) (starter string, topic string) {
	f.t.Helper()
	s := f.bank.Level(rapport.Values)[0]
	_, err := f.store.CreateOffer(f.t.Context(), rapport.Scope{Workspace: f.id, Actor: w.leader}, rapport.Offer{
		Pair: f.pair(w.leader, mei).ID, Starter: s.ID, Level: rapport.Values, Topic: s.Topic, State: rapport.OfferShown,
		ShownOn: rapport.DateOf(f.Now()), ShownAt: f.Now(),
	}, "")
	if err != nil {
		f.t.Fatal(err)
	}
	return s.Text.In(w.lang), s.Topic
}

// TestAnIntentRevealsNothingThatIsNotToBeAsked: the starter behind the question was
// chosen before the person began to rest, or asked to leave its topic alone.
func TestAnIntentRevealsNothingThatIsNotToBeAsked(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		for _, since := range []string{"nothing", "a rest", "a topic to leave alone"} {
			f := openOffice(t, bot.Options{})
			f.leads(w.leader, mei)
			leader, p := f.User(w.leader), f.words(w)
			starter, topic := f.valuesCard(w)
			card := leader.Runs("/innerview next @mei").Expect(p.T("intent.support")).ExpectNot(starter)
			switch since {
			case "nothing":
				card.Click(p.T("intent.support")).Expect(starter)
				continue
			case "a rest":
				f.rests(mei)
				card.Click(p.T("intent.support"))
				leader.DM().Expect(p.T("error.resting"))
			default:
				me := rapport.Scope{Workspace: f.id, Actor: mei}
				if err := f.store.SetWishes(t.Context(), me, store.Wishes{Blocked: []string{topic}}, ""); err != nil {
					t.Fatal(err)
				}
				card.Click(p.T("intent.support")).ExpectButton(w.talked)
			}
			card.ExpectNot(starter)
		}
	})
}

// TestABriefHasNoIdeaAboutWhoIsAway: it says why, as next does.
func TestABriefHasNoIdeaAboutWhoIsAway(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		leader.OpensHome().Click(p.T("button.person"))
		leader.Modal().Fill(p.T("person.away_from"), "2026-10-07").Submit().Close()
		leader.Runs("/innerview brief @mei")
		leader.Modal().Expect(p.T("error.away", "Button", p.T("button.person"))).ExpectNot(p.T("brief.listen"))
	})
}

// TestAReminderDoesNotSkipTheQuestionOfIntent: it has no room to ask it.
func TestAReminderDoesNotSkipTheQuestionOfIntent(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := openOffice(t, bot.Options{})
		f.leads(w.leader, mei)
		leader, p := f.User(w.leader), f.words(w)
		starter, _ := f.valuesCard(w)
		leader.Runs("/innerview coffee @mei 2026-10-08 10:45")
		f.passes(1)
		leader.DM().Expect(p.T("near.neutral")).ExpectNot(starter)
	})
}
