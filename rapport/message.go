package rapport

import "time"

// MessageKind is what a message from Innerview is for.
type MessageKind string

// The kinds of message.
const (
	KindNudge       MessageKind = "nudge"
	KindThanks      MessageKind = "thanks"
	KindHello       MessageKind = "hello"
	KindWelcomeBack MessageKind = "welcome_back"
	KindDigest      MessageKind = "digest"     // the week ahead, once in it
	KindGoodbye     MessageKind = "goodbye"    // said once to who does not answer
	KindInvitation  MessageKind = "invitation" // and this once, long after it
	KindReminder    MessageKind = "reminder"   // a coffee is near; asked for
	KindFollowUp    MessageKind = "followup"   // how the coffee went; asked for
)

// Unasked reports whether the leader did not ask for the message, so that it
// counts towards the ceilings and keeps to the window.
func (k MessageKind) Unasked() bool { return k != KindReminder && k != KindFollowUp }

// About says what a message speaks of besides, or in place of, a starter.
type About string

// What a message may speak of. Its [Message.Item] names the thing.
const (
	AboutNothing About = ""
	AboutPromise About = "promise" // of the leader, whose day has come
	AboutNote    About = "note"    // worth coming back to
	AboutAgenda  About = "agenda"  // of a digest; see [Agenda]
)

// Answer is what became of an unasked message at the leader's end.
type Answer string

// The answers to a [Message].
const (
	AnswerOpen    Answer = ""
	AnswerGiven   Answer = "given"   // any button, or anything else they did
	AnswerIgnored Answer = "ignored" // untouched for [IgnoredAfter] days
	AnswerNone    Answer = "none"    // none is counted
)

// MessageState is where a message stands on its way to Slack.
type MessageState string

// The states of a message. Only Pending and Sending change again.
const (
	StatePending MessageState = "pending"
	StateSending MessageState = "sending" // handed to Slack, answer not yet known
	StateSent    MessageState = "sent"
	StateFailed  MessageState = "failed" // Slack refused, or it came too late
	StateUnsure  MessageState = "unsure" // nobody knows; never sent again
)

// Message is a row of the outbox: what is to be posted, written down before it
// is posted, under a key that can exist once.
type Message struct {
	ID        string
	Key       string // unique for ever: pair (or plan), due date, kind
	Leader    string
	Pair      string
	Kind      MessageKind
	DueOn     Date      // the pair's due date the message answers
	PlannedOn Date      // the leader's day on which it was written down
	At        time.Time // not before
	State     MessageState
	Attempts  int
	Offer     string // the starter it carries, if any
	Plan      string // the coffee it is about, if any
	About     About
	Item      string // id of what it is about, or a digest's [Agenda] as text
	Answer    Answer
	Reason    string // of a failure, a Slack error code or one of ours
	Channel   string // where it was posted
	TS        string
	SettledAt time.Time
}

// Receipt is what became of an attempt to post a [Message].
type Receipt struct {
	State   MessageState // StateSent, StateFailed, StateUnsure, or StatePending to try again at RetryAt
	Channel string
	TS      string
	Reason  string // of a failure
	RetryAt time.Time
	Stop    bool // nothing else can be sent either: the token is refused
}

// OfferState is what became of a starter that was shown.
type OfferState string

// The states of an [Offer].
const (
	OfferShown   OfferState = "shown"
	OfferSwapped OfferState = "swapped" // the leader asked for another
	OfferUsed    OfferState = "used"    // a talk was recorded from it
	OfferPassed  OfferState = "passed"  // not this week
)

// MaxSwaps is how often another starter may be asked for before the offer is
// "just say hello".
const MaxSwaps = 2

// Offer is one starter shown to a leader about one person. A swap is a new
// offer with the same Root.
type Offer struct {
	ID      string
	Root    string // id of the first offer of the card
	Pair    string
	Starter string // id in the bank
	Level   Depth  // 0 for a card without a level (thanks, hello)
	Topic   string
	Setting Setting
	State   OfferState
	Swaps   int // how many offers came before on the same card
	ShownOn Date
	ShownAt time.Time
}

// Past is what is remembered of a pair when a starter is chosen.
type Past struct {
	Offers       []Offer  // shown to this pair, newest first
	LeaderOffers []Offer  // shown to the leader about others lately
	Talks        []Talk   // the last few, newest first
	TalkTopics   []string // topics of the last two talks
	Blocked      []string // topics to leave alone
	Welcome      []string // topics the person likes to talk about
	Interest     string   // a tag the leader entered, "" for none
	Strength     string
	Promise      string // id of the open promise whose day has come, "" for none
	AskAfter     string // id of a note worth coming back to now, "" for none
}

// IsNudge reports whether the message is about one person and unasked.
func (k MessageKind) IsNudge() bool {
	switch k {
	case KindNudge, KindThanks, KindHello, KindWelcomeBack:
		return true
	}
	return false
}

// Untouched reports whether the message has been left open for so long, as of
// the leader's day, that it counts as ignored. A goodbye and an invitation want
// no answer.
func (m Message) Untouched(today Date) bool {
	wanted := m.Kind.IsNudge() || m.Kind == KindDigest
	return wanted && m.State == StateSent && m.Answer == AnswerOpen && today.Sub(m.PlannedOn) >= IgnoredAfter
}
