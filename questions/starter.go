package questions

import (
	"slices"
	"strings"

	"innerview/rapport"
)

// Words are one text in both languages, each written for its own readers.
type Words struct {
	EN, JA string
}

// In returns the text in the language; anything but Japanese gets English.
func (w Words) In(l rapport.Language) string {
	if l == rapport.Japanese {
		return w.JA
	}
	return w.EN
}

// Lines are a few texts in both languages. The two lists may differ in length.
type Lines struct {
	EN, JA []string
}

// In returns the texts in the language; anything but Japanese gets English.
func (l Lines) In(lang rapport.Language) []string {
	if lang == rapport.Japanese {
		return l.JA
	}
	return l.EN
}

// Sensitivities of a [Starter].
const (
	SensitivityNone     = "none"
	SensitivityAdjacent = "adjacent" // can slide towards a protected topic
	SensitivityCareful  = "careful"  // strong feelings are possible
)

// What a [Starter] may require before it can be shown, and the slot it fills.
const (
	RequiresInterest = "learnt.interest"   // {interest}
	RequiresStrength = "observed.strength" // {strength}
)

// Starter is one conversation starter, or one card that asks nothing: thanks,
// hello, welcome back. A starter read by [Open] has passed every check of the
// loader. Its slices belong to the bank and must not be changed.
type Starter struct {
	ID          string              // F-, C-, V-, T- or H- and three digits; never reused
	Kind        rapport.MessageKind // nudge, thanks, hello or welcome_back
	Level       rapport.Depth       // 0 for a card
	Topic       string              // what people block, welcome and grow tired of
	Settings    []rapport.Setting   // where it fits, at least one
	Occasion    string              // one of the Occasion constants
	Requires    string              // "" for nothing
	Text        Words               // the question, or what a card suggests
	Share       Words               // what the leader may say first; on a card, what they may say
	Follow      Lines               // one or two open follow-ups; none on a card
	Listen      Words               // what would help the leader support the person
	Avoid       Words               // what to leave alone
	Sensitivity string              // one of the Sensitivity constants
}

// fits reports whether the starter suits one of the settings; no settings means
// any.
func (s *Starter) fits(settings []rapport.Setting) bool {
	if len(settings) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Settings, func(v rapport.Setting) bool { return slices.Contains(settings, v) })
}

// slot returns the name of the slot that a requirement fills, or "".
// Fill returns what goes into the slots of the starter's texts, by slot name, out
// of what is known of a person. ok is false when it requires what is not known.
func (s Starter) Fill(interest, strength string) (slots map[string]string, ok bool) {
	name := slot(s.Requires)
	if name == "" {
		return nil, true
	}
	value := Request{Interest: interest, Strength: strength}.slotValue(s.Requires)
	return map[string]string{name: value}, value != ""
}

func slot(requires string) string {
	switch requires {
	case RequiresInterest:
		return "interest"
	case RequiresStrength:
		return "strength"
	}
	return ""
}

// kindOf tells the kind of a starter from the prefix of its id and, for the
// hello cards, from the occasion.
func kindOf(id, occasion string) rapport.MessageKind {
	switch {
	case strings.HasPrefix(id, "T-"):
		return rapport.KindThanks
	case strings.HasPrefix(id, "H-") && (occasion == OccasionWelcomeBack || occasion == OccasionBackFromBreak):
		return rapport.KindWelcomeBack
	case strings.HasPrefix(id, "H-"):
		return rapport.KindHello
	}
	return rapport.KindNudge
}

// levelOf tells the level of a starter from the prefix of its id, 0 for a card.
func levelOf(id string) rapport.Depth {
	switch id[:1] {
	case "F":
		return rapport.Factual
	case "C":
		return rapport.Causative
	case "V":
		return rapport.Values
	}
	return 0
}
