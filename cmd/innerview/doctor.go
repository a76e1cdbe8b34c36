package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"github.com/spf13/cobra"

	"innerview/bot"
	"innerview/config"
	"innerview/internal/seal"
	"innerview/internal/store"
	"innerview/questions"
	"innerview/scheduler"
)

func (p *program) doctor() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Look whether everything is there that the bot needs, also while serve runs",
		Args:  exactly(0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.runDoctor(cmd.Context()) },
	}
}

// health is what a look at one precondition came to.
type health string

const (
	fine    health = "ok"
	odd     health = "warn" // serve starts, and somebody should see to it
	broken  health = "fail" // serve does not start, or not for long
	skipped health = "-"    // nothing to be seen before something else is mended
)

// clockOff is how far this machine's clock may be from Slack's: beyond it, times
// in messages and logs begin to confuse.
const clockOff = time.Minute

// examination looks at one precondition after the other.
type examination struct {
	out    io.Writer
	c      config.Config
	now    func() time.Time
	report store.Report
	looked bool // there is a database, and it is whole
	api    *slack.Client
	asked  int
	failed int
}

func (p *program) runDoctor(ctx context.Context) error {
	e := &examination{out: p.stdout, now: time.Now}
	var err error
	if e.c, err = p.settings(); err == nil {
		err = sensible(e.c)
	}
	if err != nil {
		e.say("settings", broken, "%s", strings.TrimPrefix(err.Error(), "settings:\n"))
		for _, what := range []string{"database", "key", "clock", "token", "scopes", "socket"} {
			e.say(what, skipped, "not looked at: the settings come first")
		}
		return e.result()
	}
	e.say("settings", fine, "can be used")
	e.database(ctx)
	e.key()
	house := &house{c: e.c}
	house.dial()
	e.api = house.api
	e.slack(ctx)
	e.socket(ctx)
	return e.result()
}

// say prints a line. Further lines of a long one stand below its beginning.
func (e *examination) say(what string, h health, format string, args ...any) {
	e.asked++
	if h == broken {
		e.failed++
	}
	for line := range strings.Lines(fmt.Sprintf(format, args...)) {
		fmt.Fprintf(e.out, "%-8s %-4s %s\n", what, h, strings.TrimSpace(line))
		what, h = "", ""
	}
}

func (e *examination) result() error {
	if e.failed == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d preconditions fail", e.failed, e.asked)
}

// sensible looks at what the settings name, as serve would at its start.
func sensible(c config.Config) error {
	_, heartbeat := scheduler.ParseHeartbeat(c.Schedule.Heartbeat)
	if heartbeat != nil {
		heartbeat = fmt.Errorf("schedule.heartbeat: %w", heartbeat)
	}
	_, days := openCalendar(c)
	_, bank := questions.Open(c.Questions.Dir)
	var copies error
	if dir := c.Backup.Dir; dir != "" {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			copies = fmt.Errorf("backup.dir: %s is not a folder: create it, or choose another", dir)
		}
	}
	return errors.Join(heartbeat, days, bank, copies)
}

func (e *examination) database(ctx context.Context) {
	url := e.c.Store.URL
	if _, err := os.Stat(url); errors.Is(err, fs.ErrNotExist) {
		if info, err := os.Stat(filepath.Dir(url)); err != nil || !info.IsDir() {
			e.say("database", broken, "the folder of %s does not exist: create it, or check store.url", url)
			return
		}
		e.say("database", odd, "there is none at %s yet: innerview serve makes one", url)
		return
	}
	var err error
	if e.report, err = store.Check(ctx, url, e.c.Keys.File, true); err == nil {
		err = errors.Join(e.report.Damage, e.report.Age)
	}
	if err != nil {
		e.say("database", broken, "%v", err)
		return
	}
	e.looked = true
	h := fine
	if e.report.Schema < e.report.Known {
		h = odd
	}
	used := ""
	if holder := store.Holder(url); holder != "" {
		used = "; in use by " + holder
	}
	e.say("database", h, "%s is whole, schema %s%s", url, schemaIn(e.report), used)
}

func (e *examination) key() {
	const exported = "innerview keys export --to AGE_RECIPIENT"
	r := e.report
	switch {
	case e.failed > 0:
		e.say("key", skipped, "not looked at: the database comes first")
	case !e.looked || r.Key == nil && r.MasterKeys == 0:
		e.keyAlone()
	case r.Key != nil:
		e.say("key", broken, "%v", r.Key)
	case r.MasterKeys > 1:
		e.say("key", odd, "%s", unfinishedRotation)
	case r.ExportedAt.IsZero():
		e.say("key", odd, "opens the database; no recovery copy was ever made: %s", exported)
	case r.ExportedAt.Before(r.RotatedAt):
		e.say("key", odd, "opens the database; it is newer than its recovery copy: %s", exported)
	default:
		e.say("key", fine, "opens the database; its recovery copy was made on %s", r.ExportedAt.Format(time.DateOnly))
	}
}

// keyAlone looks at the key file of a database that is still to be made.
func (e *examination) keyAlone() {
	_, err := seal.Load(e.c.Keys.File)
	switch {
	case errors.Is(err, seal.ErrNoKey):
		e.say("key", fine, "there is none at %s yet: it is made with the database", e.c.Keys.File)
	case err != nil:
		e.say("key", broken, "%v", err)
	default:
		e.say("key", fine, "%s waits for its database", e.c.Keys.File)
	}
}

// slack asks who the bot token belongs to. Slack's answer, a refusal too, has
// the time on it and, unless it is one, the scopes.
func (e *examination) slack(ctx context.Context) {
	if problem := tokenProblem(e.c, "slack.bot_token"); problem != "" {
		e.say("clock", skipped, "not looked at: Slack's answer to the token has the time on it")
		e.say("token", broken, "%s", problem)
		e.say("scopes", skipped, "not looked at: the token comes first")
		return
	}
	who, err := e.api.AuthTestContext(ctx)
	var answer http.Header
	if who != nil {
		answer = who.Header
	}
	e.clock(answer, e.now())
	switch {
	case err != nil:
		e.say("token", broken, "%v", unmetError{err})
		e.say("scopes", skipped, "not looked at: the token comes first")
		return
	case e.report.Team != "" && who.TeamID != e.report.Team:
		e.say("token", broken, "is of Slack team %s, and the database belongs to %s: give each team a database of its own "+
			"(store.url)", who.TeamID, e.report.Team)
	default:
		e.say("token", fine, "is taken, for Slack team %s", who.TeamID)
	}
	e.scopes(answer)
}

// clock compares the time on an answer that just came with this machine's.
func (e *examination) clock(answer http.Header, now time.Time) {
	there, err := http.ParseTime(answer.Get("Date"))
	if err != nil {
		e.say("clock", skipped, "not looked at: no answer of Slack's had the time on it")
		return
	}
	off := now.Sub(there).Round(time.Second)
	switch {
	case off > clockOff:
		e.say("clock", odd, "is %v ahead of Slack's: set it right, best with NTP", off)
	case off < -clockOff:
		e.say("clock", odd, "is %v behind Slack's: set it right, best with NTP", -off)
	default:
		e.say("clock", fine, "agrees with Slack's")
	}
}

// scopes compares what the token may do with what the manifest asks for.
func (e *examination) scopes(answer http.Header) {
	given := strings.FieldsFunc(answer.Get("X-OAuth-Scopes"), func(r rune) bool { return r == ',' || r == ' ' })
	if len(given) == 0 {
		e.say("scopes", odd, "Slack did not say which the token has")
		return
	}
	asked, known := bot.Manifest(false).OAuthConfig.Scopes.Bot, bot.Manifest(true).OAuthConfig.Scopes.Bot
	missing := without(asked, given)
	extra := without(given, known)
	switch {
	case len(missing) > 0:
		e.say("scopes", broken, "%s missing: take over the manifest (innerview manifest) and install the app again",
			strings.Join(missing, ", "))
	case len(extra) > 0:
		e.say("scopes", odd, "all are there, and %s, which Innerview never uses: take it away", strings.Join(extra, ", "))
	default:
		e.say("scopes", fine, "%s", strings.Join(given, ", "))
	}
}

func without(list, taken []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(taken, s) })
}

// socket asks for a place to connect to and does not connect: Slack would send
// it what was meant for serve.
func (e *examination) socket(ctx context.Context) {
	if problem := tokenProblem(e.c, "slack.app_token"); problem != "" {
		e.say("socket", broken, "%s", problem)
		return
	}
	_, _, err := e.api.StartSocketModeContext(ctx)
	var refused slack.SlackErrorResponse
	switch {
	case errors.As(err, &refused):
		e.say("socket", broken, "%v", refusedSocket(refused))
	case err != nil:
		e.say("socket", broken, "slack could not be reached: %v", err)
	default:
		e.say("socket", fine, "Socket Mode is on, and the app token is taken")
	}
}

// tokenProblem returns what is wrong with a token as it stands in the settings.
func tokenProblem(c config.Config, key string) string {
	err := c.RequireSlack()
	if err == nil {
		return ""
	}
	for line := range strings.Lines(err.Error()) {
		if strings.HasPrefix(line, key) {
			return line
		}
	}
	return ""
}
