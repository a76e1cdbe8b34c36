// Package storetest is the suite that every database behind package store
// passes. A backend's own test is three lines: it calls [Run] with a function
// that opens an empty store.
package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"innerview/internal/store"
	"innerview/rapport"
)

// Now is the time that the clock of a store under test shows, always.
func Now() time.Time { return time.Date(2026, time.November, 25, 1, 30, 0, 123456000, time.UTC) }

// The people of the suite. Ana and Ben lead; the others are led.
const (
	ana  = "U0ANA"
	ben  = "U0BEN"
	mei  = "U0MEI"
	ken  = "U0KEN"
	yuki = "U0YUKI"
)

// today is the day on which Now falls.
func today() rapport.Date { return rapport.NewDate(2026, time.November, 25) }

// Run runs the suite. Open returns a new, empty store whose clock shows [Now]
// and closes it when the test ends.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	t.Helper()
	for _, suite := range [][]check{
		leadersSuite(), pairsSuite(), talksSuite(), messagesSuite(), upkeepSuite(), wordChecks(), personSide(), myWords(), coffees(), subjectSide(), {
			{"TwoYears", twoYears}, {"TwoYearsUnswept", unswept}, {"OverUnnoticed", overUnnoticed}, {"CardOfATalk", cardOfATalk},
		},
	} {
		for _, tt := range suite {
			t.Run(tt.name, func(t *testing.T) {
				t.Parallel()
				tt.run(newFixture(t, open(t)))
			})
		}
	}
}

// check is one promise of the store.
type check struct {
	name string
	run  func(*fixture)
}

func leadersSuite() []check {
	return []check{
		{"Workspace", workspace},
		{"BindTeamRefusesAnother", bindTeam},
		{"EnsureLeader", ensureLeader},
		{"ConfirmLeader", confirmLeader},
		{"SaveSettings", saveSettings},
		{"ChannelAndMet", channelAndMet},
		{"Profiles", profiles},
		{"Leaders", leaders},
		{"LeadersByTheHundred", manyLeaders},
		{"PauseAndResume", pauseAndResume},
		{"PauseAgain", pauseAgain},
		{"PauseThatRanOut", pauseThatRanOut},
		{"EndedPauses", endedPauses},
		{"RespondAndIgnore", respondAndIgnore},
		{"Parting", parting},
	}
}

func pairsSuite() []check {
	return []check{
		{"AddPair", addPair},
		{"AddPairAgain", addPairAgain},
		{"AddPairsAllOrNobody", addPairs},
		{"PairThatEnded", pairThatEnded},
		{"PairsInOrder", pairsInOrder},
		{"EndPairStopsItsMessages", endPairStops},
		{"SnoozeRestartIntent", snoozeRestartIntent},
		{"DuePairs", duePairs},
		{"Offers", offers},
		{"SwapOffer", swapOffer},
		{"PassOffer", passOffer},
		{"MessageOfOffer", messageOfOffer},
		{"Absences", absences},
		{"AbsenceIsOverOnce", absenceOverOnce},
		{"WelcomeAfterAMistake", welcomeAfterMistake},
	}
}

func talksSuite() []check {
	return []check{
		{"RecordTalk", recordTalk},
		{"RecordTalkFromOffer", recordTalkFromOffer},
		{"RecordTalkWithNote", recordTalkWithNote},
		{"RecordTalkAnswersTheFollowUp", recordTalkFollowUp},
		{"RecordTalkIsAllOrNothing", recordTalkAtomic},
		{"TalksStandUnderTheCircumstancesOfTheirDay", circumstancesOfTheDay},
		{"Talks", talks},
		{"Notes", notes},
		{"NotesAreBounded", notesBounded},
	}
}

func messagesSuite() []check {
	return []check{
		{"Past", past},
		{"PlanNudge", planNudge},
		{"PlanNudgeGivesWay", planNudgeGivesWay},
		{"ClaimOnce", claimOnce},
		{"Settle", settle},
		{"SettleFailedMovesThePair", settleFailed},
		{"SettleFailedLeavesWhatCameSince", settleFailedKeeps},
		{"DueMessages", dueMessages},
		{"Abandoned", abandoned},
		{"Sent", sent},
		{"Delivery", delivery},
		{"Digest", digest},
		{"DigestSaysWhatIsThere", digestDelivery},
		{"DigestAfterAnAnswer", digestAfterAnAnswer},
	}
}

func upkeepSuite() []check {
	return []check{
		{"ImportRoster", importRoster},
		{"ImportRosterTwice", importRosterTwice},
		{"ImportRosterLeavesChoices", importRosterLeavesChoices},
		{"ImportRosterDryRun", importRosterDryRun},
		{"ImportRosterRefuses", importRosterRefuses},
		{"ImportRosterRestores", importRosterRestores},
		{"TidyForgets", tidyForgets},
		{"TidyDestroysEndedPairs", tidyDestroys},
		{"PayloadsActOnce", payloadsActOnce},
		{"OthersSeeNothing", othersSeeNothing},
		{"MicrosecondsSurvive", microseconds},
	}
}

// fixture is a store with its workspace, and checks that end the test.
type fixture struct {
	*testing.T
	s   *store.Store
	ws  string
	ana rapport.Scope
	ben rapport.Scope
}

func newFixture(t *testing.T, s *store.Store) *fixture {
	t.Helper()
	ws, _, err := s.Workspace(t.Context())
	if err != nil {
		t.Fatalf("Workspace: %v", err)
	}
	return &fixture{
		T: t, s: s, ws: ws,
		ana: rapport.Scope{Workspace: ws, Actor: ana},
		ben: rapport.Scope{Workspace: ws, Actor: ben},
	}
}

// ok ends the test on an error.
func (f *fixture) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatalf("unexpected error: %v", err)
	}
}

// is checks that an error is the one wanted.
func (f *fixture) is(err, want error) {
	f.Helper()
	if !errors.Is(err, want) {
		f.Errorf("error = %v, want %v", err, want)
	}
}

// kind checks the kind of an error and the key of its sentence.
func (f *fixture) kind(err error, kind rapport.Kind, key string) {
	f.Helper()
	var e *rapport.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Key != key {
		f.Errorf("error = %v, want %s: %s", err, kind, key)
	}
}

// equal checks that two values are the same.
func equal[T any](f *fixture, what string, got, want T) {
	f.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(rapport.Date{})); diff != "" {
		f.Errorf("%s differs (-want +got):\n%s", what, diff)
	}
}

// pair makes an active pair of the leader and the person, and returns it.
func (f *fixture) pair(sc rapport.Scope, person string) rapport.Pair {
	f.Helper()
	p, _, err := f.s.AddPair(f.Context(), sc, person, store.NewPair{}, today(), "")
	f.ok(err)
	return p
}

// again reads an active pair of Ana's.
func (f *fixture) again(p rapport.Pair) rapport.Pair {
	f.Helper()
	p, err := f.s.PairByID(f.Context(), f.ana, p.ID)
	f.ok(err)
	return p
}

// offer shows a starter about one of Ana's pairs.
func (f *fixture) offer(p rapport.Pair, o rapport.Offer) rapport.Offer {
	f.Helper()
	o.Pair = p.ID
	if o.Starter == "" {
		o.Starter, o.Level = "F-001", rapport.Factual
	}
	if o.ShownOn.IsZero() {
		o.ShownOn = today()
	}
	o, err := f.s.CreateOffer(f.Context(), f.ana, o, "")
	f.ok(err)
	return o
}

// talk records a talk of one of Ana's pairs.
func (f *fixture) talk(p rapport.Pair, on rapport.Date, o rapport.Outcome) store.Recorded {
	f.Helper()
	r, err := f.s.RecordTalk(f.Context(), f.ana, recording(p, on, o), "")
	f.ok(err)
	return r
}

// declined has the person of a pair decline a topic, which is left alone from then
// on.
func (f *fixture) declined(p rapport.Pair, topic string, on rapport.Date) {
	f.Helper()
	r := recording(p, on, rapport.Declined)
	r.Offer = f.offer(p, rapport.Offer{Topic: topic, ShownOn: today().AddDays(-500)}).ID
	_, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
	f.ok(err)
}

// sharing records a talk in which something turned out that the two have in common.
func (f *fixture) sharing(p rapport.Pair, words rapport.NoteText) error {
	f.Helper()
	r := recording(p, today(), rapport.Light)
	r.Common = words
	_, err := f.s.RecordTalk(f.Context(), f.ana, r, "")
	return err
}

func recording(p rapport.Pair, on rapport.Date, o rapport.Outcome) store.Recording {
	return store.Recording{
		Pair:       p.ID,
		Talk:       rapport.Talk{On: on, Outcome: o},
		RhythmDays: rapport.DefaultRhythm,
		Today:      on,
	}
}

// nudge plans a nudge about a pair for the day, and returns its message.
func (f *fixture) nudge(p rapport.Pair, on rapport.Date) rapport.Message {
	f.Helper()
	n := nudgeOf(p, on)
	planned, err := f.s.PlanNudge(f.Context(), f.ws, n)
	f.ok(err)
	if !planned {
		f.Fatalf("PlanNudge(%s) = false, want true", on)
	}
	return f.message(n.Message.Key)
}

func nudgeOf(p rapport.Pair, on rapport.Date) store.PlannedNudge {
	return store.PlannedNudge{
		Pair: p,
		Message: rapport.Message{
			Key: "nudge/" + p.ID + "/" + on.String(), Kind: rapport.KindNudge,
			DueOn: p.DueSince(), At: on.At(90, time.UTC),
		},
		Offer:  rapport.Offer{Starter: "C-001", Level: rapport.Causative, Topic: "craft", Setting: rapport.Coffee},
		NextOn: on.AddDays(rapport.AfterNudge),
		Today:  on,
	}
}

// message finds a pending message by its key.
func (f *fixture) message(key string) rapport.Message {
	f.Helper()
	for _, m := range f.pending() {
		if m.Key == key {
			return m
		}
	}
	f.Fatalf("no pending message %q", key)
	return rapport.Message{}
}

// pending returns all messages not yet taken for sending.
func (f *fixture) pending() []rapport.Message {
	f.Helper()
	messages, err := f.s.DueMessages(f.Context(), f.ws, Now().AddDate(100, 0, 0), 1000)
	f.ok(err)
	return messages
}
