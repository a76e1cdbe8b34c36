package slacksim

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Sim is a simulated workspace with one app installed. Its methods may be called from several
// goroutines; none of them may be called from Options.Now.
type Sim struct {
	log     *slog.Logger
	opt     Options
	started time.Time

	life context.Context // ends with Close
	end  context.CancelFunc
	jobs sync.WaitGroup // events on their way

	mu       sync.Mutex
	st       state
	base     string // without a slash at the end; empty until known
	sockets  []*socket
	turn     int                  // which socket gets the next payload
	awaiting map[string]*delivery // by envelope
	settled  map[string]*delivery // the same, once acknowledged, late or lost
	busy     int                  // API calls being served and events not yet handed to a socket
	queued   int                  // events waiting for a socket
	changed  chan struct{}        // closed and replaced whenever anything changes
	watchers map[*watcher]bool

	advancing sync.Mutex // one turn of the calendar at a time
}

// New makes an empty workspace. Serve [Sim.Handler], tell it its address with [Sim.SetBaseURL] (or use
// [Sim.Serve], which does both), and [Sim.Close] it at the end.
func New(opt Options) *Sim {
	opt = opt.withDefaults()
	life, end := context.WithCancel(context.Background())
	return &Sim{
		log:      opt.Logger,
		opt:      opt,
		started:  opt.Now(),
		life:     life,
		end:      end,
		st:       newState(),
		awaiting: map[string]*delivery{},
		settled:  map[string]*delivery{},
		changed:  make(chan struct{}),
		watchers: map[*watcher]bool{},
	}
}

// Close ends every connection and waits for events on their way. The state stays readable.
func (s *Sim) Close() {
	s.end()
	s.DropSockets()
	s.jobs.Wait()
}

// SetBaseURL says where the simulator is reached, such as http://127.0.0.1:8080. Socket and response
// URLs are built from it. Without it the Host of each request is used.
func (s *Sim) SetBaseURL(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = strings.TrimSuffix(base, "/")
}

// APIURL is what a client takes as the address of the Web API; it ends with a slash.
func (s *Sim) APIURL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base + "/api/"
}

// Handler serves the whole surface: the Web API, sockets, response URLs, the page and its JSON.
func (s *Sim) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("GET /socket/{ticket}", s.serveSocket)
	mux.HandleFunc("POST /response/{token}", s.serveReply)
	mux.HandleFunc("GET /state", s.serveState)
	s.routePage(mux)
	return mux
}

// serveState dumps the state for whoever debugs a test or a demo.
func (s *Sim) serveState(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	dump, err := json.MarshalIndent(&s.st, "", "  ")
	s.mu.Unlock()
	if err != nil {
		http.Error(w, "state cannot be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(dump)
}

// Breaches lists what the client did wrong so far, oldest first.
func (s *Sim) Breaches() []Breach {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.st.Breaches)
}

// Acknowledgement is what the acknowledgement of a payload carried: an answer to the user who acted.
type Acknowledgement struct {
	User    string
	Carried json.RawMessage
}

// Acknowledgements lists the acknowledgements so far, without the empty ones, by the time of their
// payloads.
func (s *Sim) Acknowledgements() []Acknowledgement {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Acknowledgement
	for _, p := range s.st.Payloads {
		if !emptyAck(p.Ack) {
			all = append(all, Acknowledgement{User: p.user(), Carried: p.Ack})
		}
	}
	return all
}

// Requests lists the calls of the Web API and the posts to response URLs so far, accepted and refused,
// oldest first. A post is called response_url.
func (s *Sim) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.st.Requests)
}

// Messages lists a channel's messages, oldest first. An unknown channel has none.
func (s *Sim) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.st.channel(channel); ch != nil {
		return copyMessages(ch.Messages)
	}
	return nil
}

// DM is the channel between the bot and the person, if it was ever opened.
func (s *Sim) DM(userID string) (channel string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.st.dm(userID); ch != nil {
		return ch.ID, true
	}
	return "", false
}

// Feed is everything a person sees of the bot in messages, oldest first: the direct messages, and what
// only that person sees, the commands typed included.
func (s *Sim) Feed(userID string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.feed(userID)
}

func (s *Sim) feed(userID string) []Message {
	var all []Message
	if ch := s.st.dm(userID); ch != nil {
		all = copyMessages(ch.Messages)
	}
	all = append(all, copyMessages(s.st.Private[userID])...)
	slices.SortStableFunc(all, func(a, b Message) int { return strings.Compare(a.TS, b.TS) })
	return all
}

// Home is the person's Home tab, if the app published one.
func (s *Sim) Home(userID string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.st.Homes[userID]; v != nil {
		return v.clone(), true
	}
	return View{}, false
}

// Modals is the person's stack of open modals, the top last.
func (s *Sim) Modals(userID string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var views []View
	for _, v := range s.st.Stacks[userID] {
		views = append(views, v.clone())
	}
	return views
}

// touch tells everybody who waits that something changed, and the page whose things did. Call it with
// the lock held.
func (s *Sim) touch(users ...string) {
	close(s.changed)
	s.changed = make(chan struct{})
	for w := range maps.Keys(s.watchers) {
		w.mark(users...)
	}
}

// eventTS is the present as an event time.
func (s *Sim) eventTS() string {
	ts, _ := s.st.stamp(s.opt.Now())
	return ts
}
