package bot_test

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/internal/calendar"
	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

// The people of the world. Each leader leads three of the others, and each of the
// people has two leaders.
var (
	accessLeaders = []string{"U01LEAD", "U02LEAD", "U03LEAD", "U04LEAD", "U05LEAD"}
	accessPeople  = []string{"U11PERSON", "U12PERSON", "U13PERSON", "U14PERSON", "U15PERSON"}
	accessNobody  = []string{"U21NOBODY", "U22NOBODY", "U23NOBODY", "U24NOBODY"} // members on no list
)

const (
	accessGuest    = "U31GUEST"
	accessStranger = "U41STRANGER" // of another team
	accessTeam     = "T0001"
	otherTeam      = "T0002"
)

// thing is something that hangs on a pair, or a pair.
type thing struct {
	leader, person string
	kind           string // of its ref
	id             string
}

// world is a workspace in which everybody has something to hide.
type world struct {
	bot    *bot.Bot
	store  *store.Store
	db     *sql.DB
	stmts  map[string]*sql.Stmt // of db, by their text
	wire   *wire
	log    *journal
	id     string
	things []thing
	turns  int
	close  func()

	version int // of the database when kept was read
	kept    []row
}

// accessTemplate is the database of the world.
var accessTemplate = storetest.NewTemplate(store.Options{Now: now}, settle)

// settle writes the world: for each pair one thing of each kind, with a text that
// names the two.
func settle(ctx context.Context, s *store.Store) error {
	id, err := s.BindTeam(ctx, accessTeam)
	errs := []error{err}
	for _, user := range slices.Concat(accessLeaders, accessPeople, accessNobody) {
		errs = append(errs, s.SaveProfile(ctx, id, user, rapport.Profile{Zone: "Asia/Tokyo", Language: rapport.English, At: now()}))
	}
	errs = append(errs, s.SaveProfile(ctx, id, accessGuest, rapport.Profile{Guest: true, At: now()}))
	for i, leader := range accessLeaders {
		sc := rapport.Scope{Workspace: id, Actor: leader}
		for j, person := range []string{accessPeople[i], accessPeople[(i+1)%5], accessLeaders[(i+1)%5]} {
			errs = append(errs, writeAll(ctx, s, sc, person, j))
		}
		errs = append(errs, s.ConfirmLeader(ctx, sc, ""),
			s.SetOwnWords(ctx, sc, store.OwnIntent, "", rapport.NoteText(hidden(leader, leader, "intent")), ""))
	}
	return errors.Join(errs...)
}

// hidden is a text that only the two may see.
func hidden(leader, person, what string) string { return "only/" + leader + "/" + person + "/" + what }

func writeAll(ctx context.Context, s *store.Store, sc rapport.Scope, person string, n int) error {
	today := rapport.DateOf(now().In(tokyo))
	pair, _, err := s.AddPair(ctx, sc, person, store.NewPair{}, today, "")
	if err != nil {
		return err
	}
	text := func(what string) rapport.NoteText { return rapport.NoteText(hidden(sc.Actor, person, what)) }
	offer, err := s.CreateOffer(ctx, sc, rapport.Offer{
		Pair: pair.ID, Starter: fmt.Sprintf("F-00%d", n+1), Level: rapport.Factual, Topic: "lunch", ShownOn: today,
	}, "")
	if err != nil {
		return err
	}
	_, err = s.CreatePlan(ctx, sc, rapport.Plan{Pair: pair.ID, At: now().Add(30 * time.Hour)},
		[]rapport.Message{{Kind: rapport.KindReminder, At: now().Add(29 * time.Hour), Offer: offer.ID}}, "")
	if err != nil {
		return err
	}
	_, err = s.RecordTalk(ctx, sc, store.Recording{
		Pair: pair.ID, Talk: rapport.Talk{On: today, Outcome: rapport.Opened}, Note: text("note"), NoteDays: 180, Hope: text("hope"),
		Common: text("common"), Interest: text("interest"), Promise: text("promise"), PromiseDue: today.AddDays(9),
		RhythmDays: 14, Today: today,
	}, "")
	if err != nil {
		return err
	}
	notes, err := s.Notes(ctx, sc, pair.ID, today)
	for _, n := range notes {
		word := store.Addition{Note: n.ID, Text: text("word"), Today: today}
		err = errors.Join(err, s.AddMyWord(ctx, rapport.Scope{Workspace: sc.Workspace, Actor: person}, word, ""))
	}
	return err
}

// newWorld returns a copy of the world with a bot in it, to be closed. Slack says
// yes to everything there, and what it is told is kept.
func newWorld(t testing.TB) *world {
	dir := storetest.MemoryDir(t)
	path, keyFile := accessTemplate.Copy(t, dir)
	w := &world{wire: &wire{}, log: &journal{}, stmts: map[string]*sql.Stmt{}}
	var err error
	if w.store, err = store.Open(context.Background(), nil, path, keyFile, store.Options{Now: now}); err != nil {
		t.Fatal(err)
	}
	if w.db, err = sql.Open("sqlite", path); err != nil {
		t.Fatal(err)
	}
	w.db.SetMaxOpenConns(1)
	w.close = func() {
		if err := errors.Join(w.db.Close(), w.store.Close(), os.RemoveAll(dir)); err != nil {
			t.Error(err)
		}
	}
	if w.id, _, err = w.store.Workspace(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.furnish(t)
	w.things = w.find(t)
	return w
}

func (w *world) furnish(t testing.TB) {
	starters, err := loadBank()
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.NewAtlas(calendar.Options{Country: "jp"})
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: w.wire}
	api := slack.New("xoxb-0", slack.OptionAPIURL("http://slack.test/api/"), slack.OptionHTTPClient(client))
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.bot = bot.New(log, api, client, w.store, starters, catalog(t), cal, bot.Workspace{ID: w.id, Team: accessTeam}, bot.Options{
		Now: now, Zone: tokyo, PerWeek: 2, Rhythm: 14, Notes: rapport.NotesOpen, NoteDays: 180,
		Window: rapport.Hours{From: 9 * 60, To: 18 * 60},
	})
}

// find lists all things there are.
func (w *world) find(t testing.TB) []thing {
	var all []thing
	for kind, table := range map[string]string{
		"o": "offers", "c": "plans", "t": "talks", "n": "notes", "w": "promises", "s": "commons", "p": "",
	} {
		query := "SELECT leader, person, " + cmp.Or(table, "pairs") + ".id FROM pairs"
		if table != "" {
			query += " JOIN " + table + " ON " + table + ".pair = pairs.id"
		}
		rows, err := w.db.Query(query + " ORDER BY 3")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			th := thing{kind: kind}
			if err := rows.Scan(&th.leader, &th.person, &th.id); err != nil {
				t.Fatal(err)
			}
			all = append(all, th)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(all, func(a, b thing) int {
		return cmp.Or(cmp.Compare(a.leader, b.leader), cmp.Compare(a.person, b.person), cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
	})
	return all
}

// row is something that is kept, and whom it concerns.
type row struct{ leader, person, text string }

// rows returns all that is kept. It is read again only when the database has
// changed.
func (w *world) rows(t testing.TB) []row {
	var version int
	if err := w.prepared(t, "PRAGMA data_version").QueryRow().Scan(&version); err != nil {
		t.Fatal(err)
	}
	if version == w.version {
		return w.kept
	}
	w.version, w.kept = version, nil
	for _, table := range []string{"notes", "promises", "commons", "tags", "talks", "offers", "plans", "topics", "messages"} {
		w.read(t, "SELECT pairs.leader, pairs.person, "+table+".* FROM "+table+" JOIN pairs ON pairs.id = "+table+".pair")
	}
	for _, query := range []string{
		"SELECT leader, person, corrections.* FROM corrections JOIN notes ON notes.id = note JOIN pairs ON pairs.id = pair",
		"SELECT leader, person, * FROM pairs", "SELECT id, id, * FROM leaders", "SELECT leader, leader, * FROM own_words",
		"SELECT person, person, * FROM wishes",
		"SELECT id, id, stepped_out_on, resting_until FROM members WHERE COALESCE(stepped_out_on, resting_until) <> ''",
	} {
		w.read(t, query)
	}
	return w.kept
}

// others returns what does not concern the actor, as text.
func others(rows []row, actor string) string {
	var b strings.Builder
	for _, r := range rows {
		if r.leader != actor && r.person != actor {
			b.WriteString(r.text)
		}
	}
	return b.String()
}

// prepared returns a statement that is run at every turn.
func (w *world) prepared(t testing.TB, query string) *sql.Stmt {
	if w.stmts[query] == nil {
		var err error
		if w.stmts[query], err = w.db.Prepare(query); err != nil {
			t.Fatal(err)
		}
	}
	return w.stmts[query]
}

func (w *world) read(t testing.TB, query string) {
	found, err := w.prepared(t, query+" ORDER BY 1, 2, 3, 4").Query()
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for found.Next() {
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		w.kept = append(w.kept, row{fmt.Sprint(values[0]), fmt.Sprint(values[1]), fmt.Sprintln(values...)})
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
}

// wire is the way to Slack: it says yes to everything and keeps what it carried.
type wire struct {
	mu     sync.Mutex
	called []string
}

// RoundTrip implements [http.RoundTripper].
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	method := req.URL.Path[strings.LastIndex(req.URL.Path, "/")+1:]
	carried := string(raw)
	if form, err := url.ParseQuery(carried); err == nil && req.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		form.Del("token")
		var lines []string
		for name := range form {
			lines = append(lines, name+"="+form.Get(name))
		}
		slices.Sort(lines)
		carried = strings.Join(lines, "\n")
	}
	if method != "users.info" { // a question, and not one about anything kept
		w.mu.Lock()
		w.called = append(w.called, method+"\n"+carried)
		w.mu.Unlock()
	}
	answer := `{"ok":true,"ts":"1.1","channel":"D1","view":{"id":"VNEW","root_view_id":"VROOT"}}`
	switch method {
	case "users.info":
		answer = `{"ok":true,"user":{"id":"U1","tz":"Asia/Tokyo","locale":"en-US"}}`
	case "conversations.open":
		answer = `{"ok":true,"channel":{"id":"D1"}}`
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(answer)), Request: req,
	}, nil
}

func (w *wire) drain() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	called := w.called
	w.called = nil
	return called
}

// told runs what somebody does and returns all that Slack is told of it: the
// acknowledgement, and each call.
func (w *world) told(t testing.TB, do func(ack func(bot.Answer))) string {
	w.wire.drain()
	var acks []string
	do(func(a bot.Answer) {
		raw, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		acks = append(acks, "ack "+string(raw))
	})
	return strings.Join(append(acks, w.wire.drain()...), "\n\n")
}
