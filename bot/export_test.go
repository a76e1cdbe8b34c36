package bot

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/internal/store"
	"innerview/rapport"
)

// Command is a row of the table of commands.
type Command struct {
	Word    string
	Shown   string   // in Japanese
	Aliases []string // the shown one first
	Usage   map[rapport.Language]string
	Args    string
}

// UsageOf is how an error names the command whose usage is shown.
func UsageOf(word string) any { return usageOf(word) }

// Usage returns how a command is typed by somebody of a language.
func Usage(word string, lang rapport.Language) string { return usageOf(word).in(lang) }

// Commands returns the table of commands.
func Commands() []Command {
	var all []Command
	for _, c := range commands() {
		usage := map[rapport.Language]string{}
		for _, lang := range []rapport.Language{rapport.English, rapport.Japanese} {
			usage[lang] = c.usage(lang)
		}
		all = append(all, Command{c.word, c.japanese, c.words()[1:], usage, c.args})
	}
	return all
}

// FindCommand returns the word of the command that a word stands for.
func FindCommand(word string) (string, bool) {
	c, ok := findCommand(word)
	return c.word, ok
}

// Handled returns the actions and the modals that have a handler.
func (b *Bot) Handled() ([]view.Action, []view.Callback) {
	return slices.Sorted(maps.Keys(b.actionHandlers())), slices.Sorted(maps.Keys(b.modalHandlers()))
}

// SplitWord cuts the first word off a command's text.
func SplitWord(text string) (word string, rest *Args) {
	word, a := splitWord(text)
	return word, &Args{a}
}

// Args reads what follows the word of a command.
type Args struct{ a args }

// NewArgs reads the text from its left.
func NewArgs(text string) *Args { return &Args{args{text}} }

// Rest returns what is left.
func (a *Args) Rest() string { return a.a.rest }

// Person takes a mention off the front.
func (a *Args) Person() (string, bool) { return a.a.person() }

// Outcome takes an outcome off the front.
func (a *Args) Outcome() (rapport.Outcome, bool) { return a.a.outcome() }

// Day takes a day off the front.
func (a *Args) Day(today rapport.Date) (rapport.Date, bool) { return a.a.day(today) }

// Until takes a span or a day off the front.
func (a *Args) Until(today rapport.Date) (rapport.Date, bool) { return a.a.until(today) }

// Word takes a word off the front.
func (a *Args) Word() string { return a.a.word() }

// QuietUntil reads the end of a silence.
func (a *Args) QuietUntil(today, otherwise rapport.Date) (rapport.Date, error) {
	return a.a.quietUntil(today, otherwise, "snooze")
}

// Nearest returns the candidate closest to a mistyped word.
func Nearest(word string, candidates []string, within int) string {
	return nearest(word, candidates, within)
}

// TypedNote checks a note typed behind a command.
func (b *Bot) TypedNote(text string) (rapport.NoteText, error) { return b.typedNote(text) }

// NotPosted returns the receipt for a post that ended in an error.
func (b *Bot) NotPosted(err error) rapport.Receipt { return b.notPosted(err) }

// NotOpened returns the receipt for a message whose DM could not be opened.
func (b *Bot) NotOpened(err error) rapport.Receipt { return b.notOpened(err) }

// Render draws a message from the outbox.
func (b *Bot) Render(d store.Delivery) (view.Message, error) { return b.render(d) }

// Run runs the text of a command for somebody who is no leader, and returns what is
// said. It reaches no further than a command that is refused or answered at once.
func (b *Bot) Run(ctx context.Context, p *i18n.Printer, text string) (view.Message, error) {
	out, err := b.runCommand(ctx, &request{p: p}, text)
	if out.say == nil {
		return view.Message{}, err
	}
	return *out.say, err
}

// Explain turns an error into what is said, and into what stands under the inputs
// of a modal.
func (b *Bot) Explain(p *i18n.Printer, kind string, s *slack.ViewState, err error) (*view.Message, map[string]string) {
	out := b.explain(&request{p: p, state: s}, kind, err)
	return out.say, out.errors
}

// PrinterFor returns the words for a person with a chosen language, "" for none.
func (b *Bot) PrinterFor(chosen rapport.Language, p rapport.Profile) *i18n.Printer {
	return b.printer(chosen, p)
}

// ZoneOf returns the zone of a person.
func (b *Bot) ZoneOf(p rapport.Profile) *time.Location { return b.zone(p) }

// ProfileOf reads what Slack says of a member.
func (b *Bot) ProfileOf(u *slack.User) rapport.Profile { return b.profileOf(u) }

// Envelope acknowledges one payload, once.
type Envelope struct{ e *envelope }

// NewEnvelope returns an envelope that is acknowledged with ack.
func NewEnvelope(ack func(Answer)) Envelope { return Envelope{&envelope{ack: ack}} }

// Answer acknowledges, and reports whether it came first.
func (e Envelope) Answer(a Answer) bool { return e.e.answer(a) }

// Within acknowledges emptily after a while.
func (e Envelope) Within(d time.Duration) func() bool { return e.e.within(d) }

// Discreet looks at a note as every text is looked at.
func (b *Bot) Discreet(text string) error {
	_, err := b.discreet(false, written{"note", rapport.NoteText(text)})
	return err
}
