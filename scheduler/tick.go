package scheduler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

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
	s.due = 0
	if err := s.catchUp(ctx, now); err != nil {
		return nil, err
	}
	steps, err := s.plan(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, step := range steps {
		s.due += step.due
	}
	for _, step := range steps {
		if err := s.write(ctx, step); err != nil {
			return nil, err
		}
	}
	return s.deliverDue(ctx, now)
}

// catchUp writes down what the passing of time has brought about: pauses and
// absences that are over, messages that were left untouched.
func (s *Scheduler) catchUp(ctx context.Context, now time.Time) error {
	today := func(l rapport.Leader) rapport.Date { return s.today(l, now) }
	if _, err := s.store.EndedPauses(ctx, s.workspace, today); err != nil {
		return fmt.Errorf("end pauses: %w", err)
	}
	if _, err := s.store.EndedAbsences(ctx, s.workspace, today); err != nil {
		return fmt.Errorf("end absences: %w", err)
	}
	if _, err := s.store.Ignored(ctx, s.workspace, furthest(now), today); err != nil {
		return fmt.Errorf("count untouched messages: %w", err)
	}
	return nil
}

// furthest returns the day furthest ahead anywhere on earth. Whose own day has
// not come yet is sorted out leader by leader.
func furthest(now time.Time) rapport.Date {
	return rapport.DateOf(now.In(time.FixedZone("", 14*60*60)))
}

func (s *Scheduler) write(ctx context.Context, step step) error {
	var err error
	switch {
	case step.nudge.Pair.ID != "":
		_, err = s.store.PlanNudge(ctx, s.workspace, step.nudge)
	case step.digest.Message.Kind != "":
		_, err = s.store.PlanDigest(ctx, s.workspace, step.digest)
	case step.parting.Kind != "":
		_, err = s.store.PlanParting(ctx, s.workspace, step.parting)
	}
	if err == nil && !step.digestOn.IsZero() {
		err = s.store.SetDigestOn(ctx, s.workspace, step.leader, step.digestOn)
	}
	if err != nil {
		return fmt.Errorf("write down a message: %w", err)
	}
	return nil
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

// found returns how many pairs were due at the last tick, whether or not they may
// be brought up.
func (s *Scheduler) found() int {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	return s.due
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
	steps, err := s.plan(ctx, now)
	if err != nil {
		return nil, err
	}
	var folded []string
	for _, step := range steps {
		folded = append(folded, step.digest.Folded...)
	}
	due, err := s.store.DueMessages(ctx, s.workspace, now, sendAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find due messages: %w", err)
	}
	for _, m := range due {
		if slices.Contains(folded, m.ID) {
			continue // a digest asks it instead
		}
		d, err := s.store.Delivery(ctx, s.workspace, m.ID)
		if err != nil {
			return nil, fmt.Errorf("read a delivery: %w", err)
		}
		if reason, wait := s.objection(d, now); reason == "" && !wait {
			lines = append(lines, lineOf(d, statePlanned, now.In(s.zone(d.Leader))))
		}
	}
	for _, step := range steps {
		if d := step.delivery(); d.Message.Kind != "" {
			lines = append(lines, lineOf(d, statePlanned, d.Message.At))
		}
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

// step is what a heartbeat does about one leader: at most one message.
type step struct {
	leader   string
	due      int // how many of their pairs are due
	nudge    store.PlannedNudge
	digest   store.PlannedDigest
	parting  rapport.Message // a goodbye or an invitation
	digestOn rapport.Date    // when to think of the next digest, no day for no change
}

func (st step) delivery() store.Delivery {
	switch {
	case st.nudge.Pair.ID != "":
		return store.Delivery{Message: st.nudge.Message, Pair: st.nudge.Pair, Offer: st.nudge.Offer}
	case st.digest.Message.Kind != "":
		return store.Delivery{Message: st.digest.Message}
	}
	return store.Delivery{Message: st.parting}
}

// plan decides for every leader with due pairs or a digest to think of whether
// to write, and what.
func (s *Scheduler) plan(ctx context.Context, now time.Time) ([]step, error) {
	upTo := furthest(now)
	due, err := s.store.DuePairs(ctx, s.workspace, upTo, dueAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find due pairs: %w", err)
	}
	digests, err := s.store.DigestLeaders(ctx, s.workspace, upTo, dueAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find due digests: %w", err)
	}
	byLeader := make(map[string][]rapport.Pair)
	for _, p := range due {
		byLeader[p.Leader] = append(byLeader[p.Leader], p)
	}
	for _, l := range digests {
		byLeader[l.ID] = append(byLeader[l.ID], nil...)
	}
	if err := s.addReturning(ctx, byLeader, upTo); err != nil {
		return nil, err
	}
	if err := s.addCalled(ctx, byLeader, upTo); err != nil {
		return nil, err
	}
	loads, err := s.store.Leaders(ctx, s.workspace, keys(byLeader))
	if err != nil {
		return nil, fmt.Errorf("read leaders: %w", err)
	}
	var steps []step
	for _, id := range keys(byLeader) {
		st, err := s.planLeader(ctx, loads[id], byLeader[id], now)
		if err != nil {
			return nil, err
		}
		steps = append(steps, st)
	}
	return steps, nil
}

// addReturning adds the people whose absence is over, who are due whatever their
// date says. A tick has let them return before it plans; looking ahead writes
// nothing.
func (s *Scheduler) addReturning(ctx context.Context, byLeader map[string][]rapport.Pair, upTo rapport.Date) error {
	back, err := s.store.Absences(ctx, s.workspace)
	if err != nil {
		return fmt.Errorf("read absences: %w", err)
	}
	for _, p := range back {
		known := slices.ContainsFunc(byLeader[p.Leader], func(other rapport.Pair) bool { return other.ID == p.ID })
		if p.AwayUntil.Before(upTo) && !known {
			byLeader[p.Leader] = append(byLeader[p.Leader], p)
		}
	}
	return nil
}

// addCalled adds the people to whom something was promised for a day that has come.
// Whose own calendar is not there yet is sorted out leader by leader.
func (s *Scheduler) addCalled(ctx context.Context, byLeader map[string][]rapport.Pair, upTo rapport.Date) error {
	called, err := s.store.CalledPairs(ctx, s.workspace, upTo)
	if err != nil {
		return fmt.Errorf("find called pairs: %w", err)
	}
	for _, p := range called {
		due := byLeader[p.Leader]
		at := slices.IndexFunc(due, func(other rapport.Pair) bool { return other.ID == p.ID })
		if at < 0 {
			byLeader[p.Leader] = append(due, p)
			continue
		}
		due[at].CallOn = p.CallOn
	}
	return nil
}

func (s *Scheduler) planLeader(ctx context.Context, load store.LeaderLoad, due []rapport.Pair, now time.Time) (step, error) {
	m := s.moment(load.Leader, now)
	st := step{leader: load.Leader.ID, digestOn: m.reschedule()}
	for _, p := range due {
		if !p.DueOn(m.today()).After(m.today()) {
			st.due++
		}
	}
	if m.hush() != HushNothing {
		return st, nil
	}
	var err error
	if m.sent, err = s.store.Sent(ctx, s.workspace, load.Leader.ID, m.today().AddDays(-lookBack)); err != nil {
		return st, fmt.Errorf("read what was sent lately: %w", err)
	}
	m.leader.Attention = m.attention()
	kind, _ := m.decide()
	if kind == rapport.KindDigest {
		if st.digest, err = s.planDigest(ctx, m, now); err != nil || st.digest.Message.Kind != "" {
			return st, err
		}
		st.digestOn = m.nextDigest(m.today()) // nothing to say: the day is a nudge's
		m.leader.DigestOn = st.digestOn
		kind, _ = m.decide()
	}
	switch kind {
	case rapport.KindGoodbye, rapport.KindInvitation:
		st.parting = m.toLeader(kind, m.today())
	case rapport.KindNudge:
		st.nudge, err = s.planNudge(ctx, m, due, load.People)
	}
	return st, err
}

func (s *Scheduler) planDigest(ctx context.Context, m moment, now time.Time) (store.PlannedDigest, error) {
	ahead, err := s.store.WeekAhead(ctx, s.workspace, m.leader.ID, m.today(), now)
	if err != nil {
		return store.PlannedDigest{}, err
	}
	for i := range ahead.Pairs {
		ahead.Pairs[i] = thawed(ahead.Pairs[i], m.leader, m.today())
	}
	people, err := s.store.Members(ctx, s.workspace, persons(ahead.Pairs))
	if err != nil {
		return store.PlannedDigest{}, fmt.Errorf("read members: %w", err)
	}
	d, _ := m.week(ahead, people)
	return d, nil
}

// planNudge picks one of the due pairs and puts the message about it together;
// the zero PlannedNudge when nobody can be brought up.
func (s *Scheduler) planNudge(ctx context.Context, m moment, due []rapport.Pair, people int) (store.PlannedNudge, error) {
	members, err := s.store.Members(ctx, s.workspace, persons(due))
	if err != nil {
		return store.PlannedNudge{}, fmt.Errorf("read members: %w", err)
	}
	for i := range due {
		due[i] = thawed(due[i], m.leader, m.today())
	}
	pair, ok := s.pick(due, members, m.today())
	if !ok {
		return store.PlannedNudge{}, nil
	}
	return s.nudge(ctx, m, pair, people)
}

// nudge reads what is remembered of a pair and puts the message together.
func (s *Scheduler) nudge(ctx context.Context, m moment, pair rapport.Pair, people int) (store.PlannedNudge, error) {
	past, err := s.store.Past(ctx, s.workspace, pair, m.today())
	if err != nil {
		return store.PlannedNudge{}, fmt.Errorf("read the past of a pair: %w", err)
	}
	if pair.NextOn.After(m.today()) && past.Promise == "" {
		return store.PlannedNudge{}, nil // it was kept since the pair was read, and it is nobody's turn
	}
	return s.compose(m, pair, past, people), nil
}

// compose chooses what to say about a pair and puts the message together. What
// was promised, and what was to be asked after, come before any new question.
func (s *Scheduler) compose(m moment, pair rapport.Pair, past rapport.Past, people int) store.PlannedNudge {
	p := store.PlannedNudge{
		Pair: pair,
		Message: rapport.Message{
			Key:    fmt.Sprintf("nudge/%s/%s", pair.ID, pair.DueOn(m.today())),
			Leader: pair.Leader, Pair: pair.ID, Kind: rapport.KindNudge,
			DueOn: pair.DueOn(m.today()), PlannedOn: m.today(), At: m.local, State: rapport.StatePending,
		},
		NextOn: later(pair.NextOn, m.today().AddDays(rapport.AfterNudge)),
		Today:  m.today(),
	}
	switch {
	case past.Promise != "" && !pair.CameBack:
		p.Message.About, p.Message.Item = rapport.AboutPromise, past.Promise
		return p
	case past.AskAfter != "" && !pair.CameBack:
		p.Message.About, p.Message.Item = rapport.AboutNote, past.AskAfter
		return p
	}
	var occasions []string
	if m.cal.AfterBreak(m.today(), m.days()) {
		occasions = append(occasions, questions.OccasionBackFromBreak)
	}
	choice := s.bank.Choose(questions.RequestFor(pair, past, s.rhythm(m.leader, pair, people), m.local, occasions...))
	p.Message.Kind = choice.Kind
	p.Offer = rapport.Offer{
		Pair: pair.ID, Starter: choice.Starter.ID, Level: choice.Level,
		Topic: choice.Starter.Topic, State: rapport.OfferShown, ShownOn: m.today(), ShownAt: m.local,
	}
	return p
}

// thawed returns the pair as it stands once a pause of its leader, or an absence
// of the person, that has run out is over. A tick has written that down before
// it plans; looking ahead writes nothing.
func thawed(p rapport.Pair, l rapport.Leader, today rapport.Date) rapport.Pair {
	if !p.AwayUntil.IsZero() && p.AwayUntil.Before(today) {
		p = p.Return(today)
	}
	if l.PausedOn.IsZero() || l.Paused(today) {
		return p
	}
	end := l.PausedUntil.AddDays(1)
	p.History = p.History.Add(rapport.Event{Kind: rapport.EventPause, On: end, Days: end.Sub(l.PausedOn)}, today)
	return p
}

func later(a, b rapport.Date) rapport.Date {
	if a.After(b) {
		return a
	}
	return b
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
