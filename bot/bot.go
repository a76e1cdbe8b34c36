package bot

import (
	"cmp"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"innerview/internal/calendar"
	"innerview/internal/i18n"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
)

// Options are the settings that concern what people see and may do.
type Options struct {
	Now      func() time.Time // nil is time.Now
	Zone     *time.Location   // of people whose own is unknown; nil is UTC
	Language rapport.Language // "" is everybody's own
	Window   rapport.Hours    // default hours shown in settings
	PerWeek  int
	Rhythm   int
	Digest   rapport.DigestDay
	Notes    rapport.NoteMode
	NoteDays int
	// RosterOnly lets only leaders of the operator's roster add people.
	RosterOnly bool
	// TellPeople sends everybody one message when somebody first keeps them in
	// mind. The store is to keep nothing about them before (its TellFirst).
	TellPeople bool
	// PostsPerSecond bounds what is posted to the whole workspace; 0 is 4.
	PostsPerSecond float64
	Watch          Watcher
}

// Watcher is told what the bot handles, in words from closed sets.
type Watcher interface {
	PayloadHandled(kind, result string, took time.Duration)
	SocketConnected(connected bool)
}

// Bot answers one workspace. Its methods are safe for concurrent use.
type Bot struct {
	log       *slog.Logger
	api       *slack.Client
	http      *http.Client // for response_url
	store     *store.Store
	bank      *questions.Bank
	catalog   *i18n.Catalog
	atlas     *calendar.Atlas
	workspace string // in the store
	team      string // in Slack
	posts     *rate.Limiter
	homes     sync.Map // page of Home, by the users who have looked at it since the start
	shown     sync.Map // hash of the Home last shown, by user
	fleeting  fleeting // ephemeral cards that a modal may have drawn anew
	online    atomic.Bool
	fatal     chan error // trouble that ends the program
	o         Options
}

// Workspace says which workspace a bot serves: its id in the store and in Slack.
type Workspace struct {
	ID   string
	Team string
}

const (
	postsPerSecond = 4 // Slack allows several hundred a minute to a workspace
	postsBurst     = 20
)

// New returns a bot. The HTTP client answers response_urls; it must have a
// timeout, as must the one inside api.
func New(log *slog.Logger, api *slack.Client, client *http.Client, st *store.Store, bank *questions.Bank, catalog *i18n.Catalog,
	atlas *calendar.Atlas, w Workspace, o Options,
) *Bot {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.PostsPerSecond == 0 {
		o.PostsPerSecond = postsPerSecond
	}
	return &Bot{
		log: log, api: api, http: client, store: st, bank: bank, catalog: catalog, atlas: atlas,
		workspace: w.ID, team: w.Team, o: o, fatal: make(chan error, 1),
		posts: rate.NewLimiter(rate.Limit(o.PostsPerSecond), postsBurst),
	}
}

// rhythm returns how often a pair of a leader with so many people comes up.
func (b *Bot) rhythm(l rapport.Leader, p rapport.Pair, people int) rapport.Rhythm {
	return rapport.Rhythm{
		Own: p.RhythmDays, Default: cmp.Or(l.RhythmDays, b.o.Rhythm), People: people,
		PerWeek: b.perWeek(l), Since: p.Since,
	}
}

// perWeek returns how many nudges a week a leader wants.
func (b *Bot) perWeek(l rapport.Leader) int {
	if l.PerWeek != nil {
		return *l.PerWeek
	}
	return b.o.PerWeek
}

// calendarOf returns the calendar of the country whose holidays a leader keeps.
func (b *Bot) calendarOf(l rapport.Leader) *calendar.Calendar { return b.atlas.For(l.Country) }
