package view_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/i18n"
)

func isMessage(doc any) bool {
	_, ok := doc.(view.Message)
	return ok
}

// notified are the views that stand in a DM, where a lock screen may show their
// first lines.
func notified() []string {
	return []string{"card", "outcomes", "intent", "settled", "near", "followup", "told", "due", "digest", "parting"}
}

// TestNotificationsAreNeutral: what a notification shows is the same whoever and
// whatever a message is about, so it can give away neither.
func TestNotificationsAreNeutral(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, p := range printers(t) {
		for _, s := range shots() {
			if !slices.Contains(notified(), s.view) {
				continue
			}
			checked++
			if leak := leak(t, p, s.build); leak != "" {
				t.Errorf("%s, %s, %s: %s", s.view, s.state, p.Language(), leak)
			}
		}
	}
	if checked < 2*len(notified()) {
		t.Errorf("checked %d messages, want some of each view in both languages", checked)
	}
}

func TestNeutralFindsWhatItIsFor(t *testing.T) {
	t.Parallel()
	tests := map[string]func(p *i18n.Printer, s subject) any{
		"a name in the first block": func(p *i18n.Printer, s subject) any {
			return view.Say(p, p.T("add.done", "Person", p.Person(s.person)))
		},
		"a mention of somebody fixed": func(p *i18n.Printer, _ subject) any { return view.Say(p, "<@U0ANA>, hello") },
		"a topic in the text": func(p *i18n.Printer, s subject) any {
			m := view.Say(p, "Hello")
			m.Text = s.card(p, factual()).Starter.Text.EN
			return m
		},
		"no text": func(p *i18n.Printer, _ subject) any {
			m := view.Say(p, "Hello")
			m.Text = ""
			return m
		},
	}
	for name, build := range tests {
		if leak(t, printers(t)[0], build) == "" {
			t.Errorf("%s passes for neutral", name)
		}
	}
}

// leak says what a message's text and first block give away, "" for nothing.
func leak(t *testing.T, p *i18n.Printer, build func(*i18n.Printer, subject) any) string {
	t.Helper()
	one, other := shown(build(p, mei())), shown(build(p, ken()))
	switch {
	case one.text == "" || one.first == "":
		return "has no text, or its first block has none"
	case one != other:
		return "says " + one.text + " / " + one.first + " of one and " + other.text + " / " + other.first + " of another"
	case mention.MatchString(one.text + one.first):
		return "mentions somebody: " + one.text + " / " + one.first
	}
	return ""
}

var mention = regexp.MustCompile(`<[@!#]`)

// screen is what a lock screen may show of a message.
type screen struct{ text, first string }

func shown(doc any) screen {
	m, ok := doc.(view.Message)
	if !ok || len(m.Blocks) == 0 {
		return screen{}
	}
	s, ok := m.Blocks[0].(*slack.SectionBlock)
	if !ok || s.Text == nil {
		return screen{text: m.Text}
	}
	return screen{m.Text, s.Text.Text}
}

// TestOneStarterOnACard: a card shows one person and one starter, and what the
// leader may share stands above what to ask.
func TestOneStarterOnACard(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for _, s := range shots() {
			texts := sections(s.build(p, mei()))
			share, ask, say := begun(texts, p.T("card.share")), begun(texts, p.T("card.ask")), begun(texts, p.T("card.say"))
			want := 0
			if s.card {
				want = 1
			}
			if got := len(ask) + len(say); got != want {
				t.Errorf("%s, %s, %s: %d starters, want %d", s.view, s.state, p.Language(), got, want)
			}
			if len(share) != len(ask) || len(ask) == 1 && share[0] >= ask[0] {
				t.Errorf("%s, %s, %s: sharing comes at %v, asking at %v", s.view, s.state, p.Language(), share, ask)
			}
			if people := mention.FindAllString(strings.Join(texts, " "), -1); s.card && len(people) != 1 {
				t.Errorf("%s, %s, %s: mentions %d people, want one", s.view, s.state, p.Language(), len(people))
			}
		}
	}
}

// sections returns the texts of the sections of a view, in order.
func sections(doc any) []string {
	var blocks []slack.Block
	switch doc := doc.(type) {
	case view.Message:
		blocks = doc.Blocks
	case slack.ModalViewRequest:
		blocks = doc.Blocks.BlockSet
	case slack.HomeTabViewRequest:
		blocks = doc.Blocks.BlockSet
	}
	var texts []string
	for _, b := range blocks {
		if s, ok := b.(*slack.SectionBlock); ok && s.Text != nil {
			texts = append(texts, s.Text.Text)
		}
	}
	return texts
}

// begun returns which of the texts begin with a line.
func begun(texts []string, line string) []int {
	var at []int
	for i, text := range texts {
		if strings.HasPrefix(text, line+"\n") {
			at = append(at, i)
		}
	}
	return at
}

// reproach matches what would count or reproach: a percentage, a bar, what has
// not been done.
var reproach = regexp.MustCompile(`(?i)[%％█▓]|\bcomplet|\bmissing\b|\boverdue\b|未入力|未実施|達成率|進捗`)

// address matches where a link leads, which nobody reads.
var address = regexp.MustCompile(`<https://[^|>]*`)

// TestNothingIsCounted: no view shows how much is done or lacking.
func TestNothingIsCounted(t *testing.T) {
	t.Parallel()
	for _, p := range printers(t) {
		for _, s := range shots() {
			for _, text := range textsIn(parse(t, encode(t, s.build(p, mei())))) {
				if word := reproach.FindString(address.ReplaceAllString(text, "")); word != "" {
					t.Errorf("%s, %s, %s: %q in %q", s.view, s.state, p.Language(), word, text)
				}
			}
		}
	}
	for _, bad := range []string{"80% known", "Profile complete", "Completeness", "3 answers missing", "未入力が3件", "達成率", "Overdue"} {
		if !reproach.MatchString(bad) {
			t.Errorf("%q passes", bad)
		}
	}
	if word := reproach.FindString("We miss you; an incomplete 未来"); word != "" {
		t.Errorf("%q does not pass", word)
	}
}

// TestWhatPeopleTypeIsHarmless: a tag, a note or an operator's words reach Slack
// escaped, or as plain text.
func TestWhatPeopleTypeIsHarmless(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, p := range printers(t) {
		for _, s := range shots() {
			walk(parse(t, encode(t, s.build(p, mei()))), func(_ string, value any) {
				obj, ok := value.(map[string]any)
				if !ok || obj["type"] != "mrkdwn" {
					return
				}
				text, _ := obj["text"].(string)
				seen += strings.Count(text, view.Escape(hostile))
				if strings.Contains(text, "<!") || strings.Contains(text, "<b>") {
					t.Errorf("%s, %s, %s: %q", s.view, s.state, p.Language(), text)
				}
			})
		}
	}
	if seen == 0 {
		t.Error("no hostile text was drawn at all")
	}
}

func TestSlotsAreFilledOnce(t *testing.T) {
	t.Parallel()
	p := printers(t)[0]
	c := mei().card(p, personal())
	c.Starter.Text.EN = "{interest} and {strength}"
	c.Filled = map[string]string{"interest": "{strength}", "strength": "{interest}"}
	got, want := strings.Join(sections(view.Starter(p, c)), " "), "{strength} and {interest}"
	if !strings.Contains(got, want) {
		t.Errorf("the card says %q, want %q in it: each slot has its own tag", got, want)
	}
}
