package main

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"innerview/internal/slacksim"
)

// scriptSlack is the simulated Slack of one script.
type scriptSlack struct {
	*slacksim.Sim
	server    *http.Server
	forgiving bool // the program is to break Slack's rules
}

// slackVerbs are what a script can say of its Slack.
func slackVerbs() map[string]func(*testscript.TestScript, *scriptSlack, []string) {
	return map[string]func(*testscript.TestScript, *scriptSlack, []string){
		"fault":     slackFault,
		"mend":      func(_ *testscript.TestScript, s *scriptSlack, _ []string) { s.ClearFaults() },
		"drop":      func(_ *testscript.TestScript, s *scriptSlack, _ []string) { s.DropSockets() },
		"refresh":   func(_ *testscript.TestScript, s *scriptSlack, _ []string) { s.RefreshSockets() },
		"warn":      func(_ *testscript.TestScript, s *scriptSlack, _ []string) { s.WarnSockets() },
		"disable":   func(_ *testscript.TestScript, s *scriptSlack, _ []string) { s.DisableLink() },
		"enable":    func(_ *testscript.TestScript, s *scriptSlack, _ []string) { s.EnableLink() },
		"forgive":   func(_ *testscript.TestScript, s *scriptSlack, _ []string) { s.forgiving = true },
		"connected": slackConnected,
		"command":   slackCommand,
		"press":     slackPress,
		"posted":    slackPosted,
		"calls":     slackCalls,
	}
}

// cmdSlack starts a simulated Slack and points the program at it, or speaks to
// the one that runs.
func cmdSlack(ts *testscript.TestScript, neg bool, args []string) {
	use(ts, neg, len(args) > 0, "slack start [ADDRESS [[-]SCOPE [TEAM]]] | slack VERB …")
	stage := stageOf(ts)
	if args[0] == "start" {
		stage.close()
		stage.slack = startScriptSlack(ts, args[1:])
		return
	}
	verb, known := slackVerbs()[args[0]]
	if !known || stage.slack == nil {
		ts.Fatalf("no Slack runs, or it cannot %s", args[0])
	}
	verb(ts, stage.slack, args[1:])
}

func startScriptSlack(ts *testscript.TestScript, args []string) *scriptSlack {
	addr, o := "127.0.0.1:0", slacksim.Options{}
	if len(args) > 0 {
		addr = args[0]
	}
	if len(args) > 1 {
		o.Scopes = scopesWith(args[1])
	}
	if len(args) > 2 {
		o.Team.ID = args[2]
	}
	listener, err := net.Listen("tcp", addr)
	ts.Check(err)
	s := &scriptSlack{Sim: slacksim.New(o)}
	for _, u := range scriptMembers() {
		s.AddUser(u)
	}
	s.SetBaseURL("http://" + listener.Addr().String())
	s.server = &http.Server{Handler: s.Handler(), ReadHeaderTimeout: patience}
	go s.server.Serve(listener)
	ts.Setenv("INNERVIEW_SLACK_API_URL", s.APIURL())
	ts.Setenv("INNERVIEW_SLACK_BOT_TOKEN", slacksim.DemoBotToken)
	ts.Setenv("INNERVIEW_SLACK_APP_TOKEN", slacksim.DemoAppToken)
	return s
}

// scopesWith returns what the app asks for and a scope more or, with a minus in
// front, without that one.
func scopesWith(scope string) []string {
	all := []string{"commands", "chat:write", "im:write", "users:read"}
	if missing, minus := strings.CutPrefix(scope, "-"); minus {
		return slices.DeleteFunc(all, func(s string) bool { return s == missing })
	}
	return append(all, scope)
}

// close ends the workspace. Rules of Slack's that the program broke fail the
// script.
func (s *scriptSlack) close(t testingT) {
	s.Close()
	s.server.Close()
	if s.forgiving {
		return
	}
	for _, b := range s.Breaches() {
		t.Errorf("Slack would not have it: %s", b)
	}
}

// scriptMembers are the people that the scripts speak of.
func scriptMembers() []slacksim.User {
	member := func(id, name, locale string) slacksim.User {
		return slacksim.User{
			ID: id, Name: name, DisplayName: name, TZ: "Asia/Tokyo", Locale: locale,
			Email: name + "@example.com",
		}
	}
	return []slacksim.User{
		member("U01ANA", "ana", "en-US"),
		member("U02NAOKO", "naoko", "ja-JP"),
		member("U03EMI", "emi", "ja-JP"),
		member("U04RIO", "rio", "en-US"),
		member("U11MEI", "mei", "en-US"),
		member("U12KENTA", "kenta", "ja-JP"),
		member("U13YUI", "yui", "ja-JP"),
	}
}

func slackFault(ts *testscript.TestScript, s *scriptSlack, args []string) {
	use(ts, false, len(args) >= 3, "slack fault METHOD KIND TIMES [ERROR | RETRY-AFTER]")
	times, err := strconv.Atoi(args[2])
	ts.Check(err)
	f := slacksim.Fault{Method: args[0], Kind: slacksim.FaultKind(args[1]), Times: times}
	switch {
	case len(args) > 3 && f.Kind == slacksim.RateLimited:
		f.RetryAfter, err = time.ParseDuration(args[3])
		ts.Check(err)
	case len(args) > 3:
		f.Error = args[3]
	}
	s.Fault(f)
}

func slackConnected(ts *testscript.TestScript, s *scriptSlack, _ []string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ts.Check(s.Connected(ctx))
}

// slackCommand has a member run a command, and shows the answer as output.
func slackCommand(ts *testscript.TestScript, s *scriptSlack, args []string) {
	use(ts, false, len(args) == 2, "slack command MEMBER 'TEXT'")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	result, err := s.RunCommand(ctx, args[0], args[1])
	ts.Check(err)
	if result.Answer == nil {
		ts.Fatalf("the command got no answer")
	}
	_, err = ts.Stdout().Write([]byte(strings.Join(result.Answer.Texts(), "\n") + "\n"))
	ts.Check(err)
}

// slackPress has a member press what a command's modal offers, by its action.
func slackPress(ts *testscript.TestScript, s *scriptSlack, args []string) {
	use(ts, false, len(args) == 3, "slack press MEMBER 'COMMAND' ACTION")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := s.RunCommand(ctx, args[0], args[1])
	ts.Check(err)
	open := s.Modals(args[0])
	if len(open) == 0 {
		ts.Fatalf("%s opened nothing", args[1])
	}
	ts.Check(s.Click(ctx, args[0], slacksim.Target{ViewID: open[len(open)-1].ID}, args[2], slacksim.Value{}))
	ts.Check(s.Idle(ctx))
}

// slackPosted checks how many messages the members got, all together.
func slackPosted(ts *testscript.TestScript, s *scriptSlack, args []string) {
	use(ts, false, len(args) == 1, "slack posted COUNT")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	for _, u := range s.Users() {
		if channel, there := s.DM(u.ID); there {
			got += len(s.Messages(channel))
		}
	}
	if got != want {
		ts.Fatalf("%d messages were posted, want %d", got, want)
	}
}

// slackCalls checks how often a method was called.
func slackCalls(ts *testscript.TestScript, s *scriptSlack, args []string) {
	use(ts, false, len(args) == 2, "slack calls METHOD COUNT")
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	got := 0
	for _, r := range s.Requests() {
		if r.Method == args[0] {
			got++
		}
	}
	if got != want {
		ts.Fatalf("%s was called %d times, want %d", args[0], got, want)
	}
}
