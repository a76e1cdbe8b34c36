package scheduler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/rapport"
)

const (
	// dueAtOnce bounds the due pairs of one heartbeat for the sake of memory. Pairs
	// that rest, or whose leader is away, stay due and come first, so a low bound
	// would keep everyone behind them from ever coming up.
	dueAtOnce = 100_000
	tooLate   = 24 * time.Hour // a message that waited longer is dropped
)

// statePlanned is the state of a message that is only looked ahead to.
const statePlanned rapport.MessageState = "planned"

// errRefused says that Slack refuses the token: nothing can be sent until a
// person acts.
var errRefused = errors.New("slack refuses the bot token: check that the app is installed and slack.bot_token is current")

// Tick plans and delivers everything that is due at the given moment, and
// returns a line for each message settled. An error means that it stopped early;
// what it had not done is still due.
func (s *Scheduler) Tick(ctx context.Context, now time.Time) ([]Line, error) {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	_, err := s.store.EndedPauses(ctx, s.workspace, func(l rapport.Leader) rapport.Date { return s.today(l, now) })
	if err != nil {
		return nil, fmt.Errorf("end pauses: %w", err)
	}
	planned, err := s.plan(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, p := range planned {
		if _, err := s.store.PlanNudge(ctx, s.workspace, p); err != nil {
			return nil, fmt.Errorf("write down a nudge: %w", err)
		}
	}
	return s.deliverDue(ctx, now)
}

// Drain delivers what is due and written down, a batch at a time, until nothing
// is left, and returns a line for each message settled.
func (s *Scheduler) Drain(ctx context.Context, now time.Time) ([]Line, error) {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	var all []Line
	for {
		lines, err := s.deliverDue(ctx, now)
		all = append(all, lines...)
		if err != nil || len(lines) == 0 {
			return all, err
		}
	}
}

// BreakUntil returns the moment before which Slack wants no more messages; the
// zero time when it wants them.
func (s *Scheduler) BreakUntil() time.Time {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	return s.breakUntil
}

// Preview returns what [Scheduler.Tick] would send at the given moment: what is
// written down and due, and what it would plan. It only reads.
func (s *Scheduler) Preview(ctx context.Context, now time.Time) ([]Line, error) {
	var lines []Line
	due, err := s.store.DueMessages(ctx, s.workspace, now, sendAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find due messages: %w", err)
	}
	for _, m := range due {
		d, err := s.store.Delivery(ctx, s.workspace, m.ID)
		if err != nil {
			return nil, fmt.Errorf("read a delivery: %w", err)
		}
		if reason, wait := s.objection(d, now); reason == "" && !wait {
			lines = append(lines, lineOf(d, statePlanned, now.In(s.zone(d.Leader))))
		}
	}
	planned, err := s.plan(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, p := range planned {
		d := store.Delivery{Message: p.Message, Pair: p.Pair, Offer: p.Offer}
		lines = append(lines, lineOf(d, statePlanned, p.Message.At))
	}
	return lines, nil
}

// Recover settles what an earlier run left half done: nobody knows whether a
// message that was being sent has arrived, so it is never sent again.
func (s *Scheduler) Recover(ctx context.Context, now time.Time) error {
	n, err := s.store.Abandoned(ctx, s.workspace, now)
	if err != nil {
		return fmt.Errorf("settle abandoned messages: %w", err)
	}
	if n > 0 {
		s.log.Warn("messages left by an interrupted run are settled as unsure", slog.Int("count", n))
	}
	return nil
}

// plan decides for every leader with due pairs whether to write, and what. At
// most one message a leader comes of it.
func (s *Scheduler) plan(ctx context.Context, now time.Time) ([]store.PlannedNudge, error) {
	// The day furthest ahead anywhere on earth: whose own day has not come yet is
	// sorted out below, leader by leader.
	upTo := rapport.DateOf(now.In(time.FixedZone("", 14*60*60)))
	due, err := s.store.DuePairs(ctx, s.workspace, upTo, dueAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find due pairs: %w", err)
	}
	byLeader := make(map[string][]rapport.Pair)
	for _, p := range due {
		byLeader[p.Leader] = append(byLeader[p.Leader], p)
	}
	loads, err := s.store.Leaders(ctx, s.workspace, keys(byLeader))
	if err != nil {
		return nil, fmt.Errorf("read leaders: %w", err)
	}
	var planned []store.PlannedNudge
	for _, id := range keys(byLeader) {
		p, ok, err := s.planLeader(ctx, loads[id], byLeader[id], now)
		if err != nil {
			return nil, err
		}
		if ok {
			planned = append(planned, p)
		}
	}
	return planned, nil
}

func (s *Scheduler) planLeader(ctx context.Context, load store.LeaderLoad, due []rapport.Pair, now time.Time,
) (store.PlannedNudge, bool, error) {
	m := moment{
		leader: load.Leader, local: now.In(s.zone(load.Leader)), window: s.o.Window,
		perWeek: s.o.PerWeek, cal: s.calendar,
	}
	if s.o.Jitter {
		m.jitter = calendar.Jitter(load.Leader.ID, m.today())
	}
	if m.hush() != HushNothing {
		return store.PlannedNudge{}, false, nil
	}
	var err error
	if m.sent, err = s.store.Sent(ctx, s.workspace, load.Leader.ID, m.today().Monday()); err != nil {
		return store.PlannedNudge{}, false, fmt.Errorf("read what was sent this week: %w", err)
	}
	if m.hush() != HushNothing {
		return store.PlannedNudge{}, false, nil
	}
	people, err := s.store.Members(ctx, s.workspace, persons(due))
	if err != nil {
		return store.PlannedNudge{}, false, fmt.Errorf("read members: %w", err)
	}
	for i := range due {
		due[i] = thawed(due[i], load.Leader, m.today())
	}
	pair, ok := pick(due, people, m.today())
	if !ok {
		return store.PlannedNudge{}, false, nil
	}
	nudge, err := s.nudge(ctx, m, pair, load.People)
	return nudge, err == nil, err
}

// nudge reads what is remembered of a pair and puts the message together.
func (s *Scheduler) nudge(ctx context.Context, m moment, pair rapport.Pair, people int) (store.PlannedNudge, error) {
	past, err := s.store.Past(ctx, s.workspace, pair, m.today())
	if err != nil {
		return store.PlannedNudge{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	return s.compose(m, pair, past, people), nil
}

// compose chooses the starter for a pair and puts the message together.
func (s *Scheduler) compose(m moment, pair rapport.Pair, past rapport.Past, people int) store.PlannedNudge {
	choice := s.bank.Choose(questions.RequestFor(pair, past, s.rhythm(pair, people), m.local))
	return store.PlannedNudge{
		Pair: pair,
		Message: rapport.Message{
			Key:    fmt.Sprintf("nudge/%s/%s", pair.ID, pair.DueOn(m.today())),
			Leader: pair.Leader, Pair: pair.ID, Kind: choice.Kind,
			DueOn: pair.DueOn(m.today()), PlannedOn: m.today(), At: m.local, State: rapport.StatePending,
		},
		Offer: rapport.Offer{
			Pair: pair.ID, Starter: choice.Starter.ID, Level: choice.Level,
			Topic: choice.Starter.Topic, State: rapport.OfferShown, ShownOn: m.today(), ShownAt: m.local,
		},
		NextOn: m.today().AddDays(rapport.AfterNudge),
		Today:  m.today(),
	}
}

// thawed returns the pair as it stands once a pause of its leader that has run
// out is over. A tick has written that down before it plans; looking ahead
// writes nothing.
func thawed(p rapport.Pair, l rapport.Leader, today rapport.Date) rapport.Pair {
	if l.PausedOn.IsZero() {
		return p
	}
	end := l.PausedUntil.AddDays(1)
	p.History = p.History.Add(rapport.Event{Kind: rapport.EventPause, On: end, Days: end.Sub(l.PausedOn)}, today)
	return p
}

func persons(pairs []rapport.Pair) []string {
	ids := make([]string, 0, len(pairs))
	for _, p := range pairs {
		ids = append(ids, p.Person)
	}
	return ids
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, cmp.Compare[string])
	return out
}
