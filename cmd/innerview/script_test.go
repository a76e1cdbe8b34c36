package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience bounds every wait for another process. A test that passes never uses
// it up.
const patience = 30 * time.Second

// TestScripts runs the scripts in testdata/script, one for each promise the
// program makes on the command line.
func TestScripts(t *testing.T) {
	t.Parallel()
	quick := filepath.Dir(product.path(t))
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Setup:               func(env *testscript.Env) error { return prepareStage(env, quick) },
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"identity": cmdIdentity,
			"recover":  cmdRecover,
			"status":   cmdStatus,
			"slack":    cmdSlack,
			"signal":   cmdSignal,
			"answers":  cmdAnswers,
			"ends":     cmdEnds,
			"port":     cmdPort,
			"occupy":   cmdOccupy,
			"dump":     cmdDump,
			"empty":    cmdEmpty,
			"since":    cmdSince,
			"within":   cmdWithin,
		},
	})
}

// stage is what one script has around it.
type stage struct {
	t     testingT
	slack *scriptSlack
	since time.Time
}

// testingT is the part of a script's test that outlives its commands.
type testingT interface {
	Errorf(format string, args ...any)
}

// prepareStage puts what a script needs around it. Scripts of what runs long, and
// does several things at once, run this test binary, with the race detector in it
// if the tests have it. The others start a program often, and take the quick one.
func prepareStage(env *testscript.Env, quick string) error {
	t, ok := env.T().(testingT)
	if !ok {
		return errors.New("the script has no test that can fail")
	}
	s := &stage{t: t}
	env.Values[stage{}] = s
	env.Defer(s.close)
	script := strings.TrimPrefix(filepath.Base(env.WorkDir), "script-")
	if !slices.ContainsFunc([]string{"serve", "demo"}, func(long string) bool { return strings.HasPrefix(script, long) }) {
		env.Setenv("PATH", quick+string(filepath.ListSeparator)+env.Getenv("PATH"))
	}
	// Nothing may reach the real Slack by mistake.
	env.Setenv("INNERVIEW_SLACK_API_URL", "http://127.0.0.1:1/api/")
	return nil
}

func stageOf(ts *testscript.TestScript) *stage { return ts.Value(stage{}).(*stage) }

func (s *stage) close() {
	if s.slack != nil {
		s.slack.close(s.t)
	}
}

// use fails the script unless the command stands with so many arguments and
// without a "!".
func use(ts *testscript.TestScript, neg bool, ok bool, usage string) {
	if neg || !ok {
		ts.Fatalf("usage: %s", usage)
	}
}

// cmdStatus runs a program that must end with the exit code.
func cmdStatus(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) >= 2, "status CODE PROGRAM [ARGUMENT…]")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var ended *exec.ExitError
	got := 0
	if errors.As(err, &ended) {
		got = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdSignal sends a signal to the background program that runs the subcommand.
func cmdSignal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL}
	use(ts, neg, len(args) == 2 && signals[args[0]] != 0, "signal TERM|INT|KILL SUBCOMMAND")
	ts.Check(background(ts, args[1]).Process.Signal(signals[args[0]]))
}

// background finds a program by its subcommand, the last one started first.
func background(ts *testscript.TestScript, subcommand string) *exec.Cmd {
	running := slices.Clone(ts.BackgroundCmds())
	slices.Reverse(running)
	for _, c := range running {
		if slices.Contains(c.Args, subcommand) {
			return c
		}
	}
	ts.Fatalf("no %s is running in the background", subcommand)
	return nil
}

// cmdAnswers waits until an address answers with the status and a text.
func cmdAnswers(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) == 2 || len(args) == 3, "answers URL STATUS [PATTERN]")
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	pattern := regexp.MustCompile("")
	if len(args) == 3 {
		pattern = regexp.MustCompile(args[2])
	}
	ts.Check(eventually(func() error {
		got, body, err := get(args[0])
		switch {
		case err != nil:
			return err
		case got != status || !pattern.MatchString(body):
			return fmt.Errorf("%s answered %d:\n%s\nwant %d and %q", args[0], got, body, status, pattern)
		}
		return nil
	}))
}

// cmdEnds waits until nothing answers at an address any longer.
func cmdEnds(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) == 1, "ends URL")
	ts.Check(eventually(func() error {
		if status, _, err := get(args[0]); err == nil {
			return fmt.Errorf("%s still answers %d", args[0], status)
		}
		return nil
	}))
}

func get(url string) (status int, body string, err error) {
	client := http.Client{Timeout: 5 * time.Second}
	resp, err := client.Get(url)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw), err
}

// eventually asks again and again until there is no error. Another process
// cannot say when it is ready, so it has to be asked.
func eventually(check func() error) error {
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	end := time.NewTimer(patience)
	defer end.Stop()
	for {
		err := check()
		if err == nil {
			return nil
		}
		select {
		case <-ticker.C:
		case <-end.C:
			return err
		}
	}
}

// cmdPort puts a free address into a variable.
func cmdPort(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) == 1, "port VARIABLE")
	addr, err := freeAddr()
	ts.Check(err)
	ts.Setenv(args[0], addr)
}

// freeAddr returns an address nobody listens on just now.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// cmdOccupy listens on an address, as another program would, to the script's end.
func cmdOccupy(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) == 1, "occupy ADDRESS")
	l, err := net.Listen("tcp", args[0])
	ts.Check(err)
	ts.Defer(func() { l.Close() })
}

// cmdEmpty checks that a folder holds nothing.
func cmdEmpty(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, false, len(args) == 1, "[!] empty FOLDER")
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name() == ".tmp" }) // the script's own
	if empty := len(entries) == 0; empty == neg {
		ts.Fatalf("%s holds %v", args[0], entries)
	}
}

// cmdSince starts the stopwatch that within reads.
func cmdSince(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) == 0, "since")
	stageOf(ts).since = time.Now()
}

// cmdWithin checks that no more than the duration has passed since then or, with
// "!", that more has.
func cmdWithin(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, false, len(args) == 1, "[!] within DURATION")
	limit, err := time.ParseDuration(args[0])
	ts.Check(err)
	took := time.Since(stageOf(ts).since)
	switch {
	case neg && took <= limit:
		ts.Fatalf("it took %v, want more than %v", took, limit)
	case !neg && took > slowness*limit:
		ts.Fatalf("it took %v, want no more than %v", took, limit)
	}
}
