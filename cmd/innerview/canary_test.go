package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"innerview/internal/i18n"
	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
	"innerview/rapport"
)

// The secrets that go through the program, one of each kind. None of them says
// anything that is refused.
const (
	secretNote    = "kestrel over the harbour, seen twice"
	secretPromise = "lend the quokka calendar"
	secretCommon  = "both fold paper pangolins"
	secretIntent  = "that they can breathe out like capybaras"
	secretAnswer  = "my own axolotl stew went wrong"
	secretTopic   = "work_sound"
	secretName    = "Wolverhampton-Narwhal"
	secretMail    = "ocelot.canary@example.com"
	secretBot     = "xoxb-canary-lorikeet-token"
	secretApp     = "xapp-canary-marmoset-token"
	secretSigning = "canary-signing-platypus"
	secretRefused = "kestrel union member, went to the rally" // is written nowhere at all
)

// hunt is a run of the program through which the secrets go.
type hunt struct {
	t      *testing.T
	slack  *slacksimtest.Workspace
	p      *i18n.Printer
	dir    string
	env    []string
	addr   string
	said   strings.Builder // what the commands printed
	server *process
}

func newHunt(t *testing.T) *hunt {
	t.Helper()
	member := func(id, name, mail string) slacksim.User {
		return slacksim.User{ID: id, Name: strings.ToLower(name), DisplayName: name, RealName: name, TZ: "Asia/Tokyo", Locale: "en-US", Email: mail}
	}
	h := &hunt{t: t, dir: t.TempDir()}
	h.slack = slacksimtest.Start(t, slacksim.Options{
		BotToken: secretBot, AppToken: secretApp,
		Scopes: []string{"commands", "chat:write", "im:write", "users:read", "users:read.email"},
	}, member("U01ANA", "ana", "ana@example.com"), member("U11MEI", secretName, secretMail), member("U12KEN", "ken", ""))
	h.slack.Patience = patience
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	h.p = words.Printer(rapport.English)
	if h.addr, err = freeAddr(); err != nil {
		t.Fatal(err)
	}
	h.env = []string{
		"INNERVIEW_SLACK_API_URL=" + h.slack.APIURL(), "INNERVIEW_SLACK_BOT_TOKEN=" + secretBot,
		"INNERVIEW_SLACK_APP_TOKEN=" + secretApp, "INNERVIEW_SLACK_SIGNING_SECRET=" + secretSigning,
		"INNERVIEW_STORE_URL=" + filepath.Join(h.dir, "innerview.db"), "INNERVIEW_KEYS_FILE=" + filepath.Join(h.dir, "innerview.key"),
		"INNERVIEW_HTTP_ADDR=" + h.addr, "INNERVIEW_LOG_LEVEL=debug", "INNERVIEW_BACKUP_DIR=" + h.dir,
	}
	return h
}

// runs runs a command to its end and keeps what it prints.
func (h *hunt) runs(args ...string) {
	h.t.Helper()
	cmd := exec.Command(product.path(h.t), args...)
	cmd.Env, cmd.Dir = h.env, h.dir
	said, err := cmd.CombinedOutput()
	h.said.Write(said)
	if err != nil {
		h.t.Fatalf("%v: %v\n%s", args, err, said)
	}
}

// fill fills in a form and submits it.
func (h *hunt) fill(form *slacksimtest.Screen, inputs ...string) *slacksimtest.Screen {
	h.t.Helper()
	for i := 0; i < len(inputs); i += 2 {
		form.Fill(h.p.T(inputs[i]), inputs[i+1])
	}
	return form.Submit()
}

// leads lets a leader write all there is to write, in every way.
func (h *hunt) leads() {
	ana, mention := h.slack.User("U01ANA"), "@"+strings.ToLower(secretName)
	ana.OpensHome()
	ana.Runs("/innerview log " + mention)
	form := ana.Modal().Choose(h.p.T("talk.outcome"), h.p.T("outcome.opened"))
	h.fill(form, "note.label", secretNote, "common.label", secretCommon, "talk.hope", secretNote, "tag.interest", "kestrel books")
	form.Expect(h.p.T("warm.opened")).Close()
	ana.Runs("/innerview promise " + mention + " " + secretPromise)
	ana.Runs("/innerview note " + mention + " " + secretNote)
	ana.Runs("/innerview note " + mention + " " + secretRefused).Expect(h.p.T("discreet.opened"))
	ana.Modal().Submit().ExpectError(h.p.T("note.label"), h.p.T("error.private"))
	ana.Modal().Close()
	ana.Runs("/innerview settings")
	h.fill(ana.Modal(), "welcome.intent", secretIntent).Close()
	card := ana.Runs("/innerview next " + mention)
	card.Click(h.p.T("button.own"))
	h.fill(ana.Modal(), "own.label", secretAnswer).Close()
	ana.Runs("/innerview next " + mention).Expect(secretAnswer).Click(h.p.T("button.another")).ExpectNoMore(secretAnswer)
	ana.Runs("/innerview brief " + mention)
	ana.Modal().Expect(secretNote).Expect(secretPromise).Expect(secretCommon).Close()
	for _, word := range []string{"digest", "list", "brief " + mention, "help", "privacy", "me", "no such " + secretNote, secretNote} {
		ana.Runs("/innerview " + word)
		for range h.slack.Modals("U01ANA") {
			ana.Modal().Close()
		}
	}
	ana.Home()
}

// fails has Slack refuse what carries texts, so that there is something to log.
func (h *hunt) fails() {
	ana, mention := h.slack.User("U01ANA"), "@"+strings.ToLower(secretName)
	for _, method := range []string{"views.open", "views.publish", "views.update", "users.info", "chat.update"} {
		h.slack.Fault(slacksim.Fault{Method: method, Kind: slacksim.Refuse, Error: "internal_error", Times: -1})
	}
	ana.Runs("/innerview note " + mention + " " + secretRefused)
	ana.Runs("/innerview note " + mention)
	ana.Runs("/innerview log " + mention + " opened " + secretNote)
	ana.Runs("/innerview brief " + mention)
	h.slack.ClearFaults()
	if err := h.slack.Redeliver(h.t.Context(), 3); err != nil {
		h.t.Fatal(err)
	}
}

// wishes lets the person say what they like to be asked about, and look at what is
// kept.
func (h *hunt) wishes() {
	mei := h.slack.User("U11MEI")
	mei.Runs("/innerview me")
	me := mei.Modal().Expect(secretNote)
	me.Click(h.p.T("me.button.topics"))
	form := mei.Modal()
	for _, c := range h.slack.Modals("U11MEI")[1].Controls() {
		if strings.HasPrefix(c.BlockID, "in_welcome") {
			for _, o := range c.Options {
				if o.Value == secretTopic {
					form.Choose(c.BlockID, secretTopic)
				}
			}
		}
	}
	form.Submit()
	mei.Modal().Close()
}

// TestCanaryHunt lets a dozen secrets go through the program and then looks for
// them wherever anything is left: files, copies, logs, metrics, output, the
// command line, and everything that Slack was told. The one plain word in the
// database is a topic: which starters may come up is asked of the database.
func TestCanaryHunt(t *testing.T) {
	notWhileUpdating(t)
	t.Parallel()
	h := newHunt(t)
	roster := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(roster, []byte("leader,person\nana@example.com,"+secretMail+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.runs("roster", "import", roster)
	h.server = start(t, product.path(t), h.env, "serve")
	h.slack.WaitConnected()
	h.leads()
	h.wishes()
	h.fails()
	h.runs("backup")
	h.runs("subject", "export", "--user", "U11MEI")
	h.runs("db", "check")
	_, metrics, err := get("http://" + h.addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", h.server.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	if stored, _ := h.canaries().inFolder(t, h.dir, nil, "innerview.key"); len(stored) == 0 {
		t.Error("the topic that was wished for is nowhere in the database: the run did not come that far")
	}
	live, n := h.canaries().inFolder(t, h.dir, plainTopic, "innerview.key") // with the log and its index
	if n < 4 {
		t.Errorf("only %d files were looked at, want database, log, index and copy", n)
	}
	h.server.stop()
	h.runs("sweep", "--at", time.Date(2027, 6, 2, 10, 30, 0, 0, time.FixedZone("", 9*60*60)).Format(time.RFC3339))
	h.runs("roster", "export")
	h.reports(live, string(metrics), string(cmdline))
}

// plainTopic says in which files a topic may stand.
var plainTopic = map[string][]string{".db": {"topic"}, ".db-wal": {"topic"}}

func (h *hunt) reports(live []trace, metrics, cmdline string) {
	h.t.Helper()
	c := h.canaries()
	found, _ := c.inFolder(h.t, h.dir, plainTopic, "innerview.key")
	found = append(found, live...)
	for place, text := range map[string]string{
		"metrics": metrics, "command line": cmdline, "log": h.server.stderr.String(), "output": h.said.String(),
	} {
		if text == "" {
			h.t.Errorf("there is no %s to look at", place)
		}
		found = append(found, c.in(place, []byte(text))...)
	}
	dm, _ := h.slack.DM("U01ANA")
	own := []string{"intent", "answer"} // what a leader wrote for themselves stands on their cards
	mayRead := map[string][]string{dm: own, "U01ANA": own}
	calls := h.slack.Requests()
	for _, r := range calls {
		found = append(found, c.inCall(h.t, r, mayRead)...)
	}
	acks := h.slack.Acknowledgements()
	for _, ack := range acks {
		found = append(found, c.inAnswer(h.t, "ack", ack.Carried, mayRead[ack.User])...)
	}
	for _, f := range found {
		h.t.Errorf("%s is in %s", f.secret, f.place)
	}
	h.t.Logf("%d secrets, %d calls and %d answers to Slack, %d bytes of log, %d hits", len(c), len(calls), len(acks), h.server.stderr.Len(), len(found))
	for _, method := range []string{"views.open", "views.publish", "views.update", "chat.postMessage", "response_url"} {
		if !strings.Contains(fmt.Sprint(calls), method) {
			h.t.Errorf("the run never came to %s", method)
		}
	}
}

// canaries are the secrets, texts in base64 too.
func (h *hunt) canaries() canaries {
	h.t.Helper()
	c := canaries{
		"note": {secretNote}, "promise": {secretPromise}, "common": {secretCommon}, "intent": {secretIntent},
		"answer": {secretAnswer}, "topic": {secretTopic}, "name": {secretName, strings.ToLower(secretName)}, "e-mail": {secretMail},
		"bot token": {secretBot}, "app token": {secretApp}, "signing secret": {secretSigning}, "refused": {secretRefused},
	}
	for name, forms := range c {
		c[name] = append(forms, base64.StdEncoding.EncodeToString([]byte(forms[0]))[:16])
	}
	raw, err := os.ReadFile(filepath.Join(h.dir, "innerview.key"))
	if err != nil {
		h.t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") && len(line) > 24 {
			c["keyset"] = append(c["keyset"], line[len(line)/2:len(line)/2+20], line[len(line)-20:])
		}
	}
	if len(c["keyset"]) == 0 {
		h.t.Fatal("the key file holds no key")
	}
	return c
}
