package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"innerview/internal/slacksim"
	"innerview/internal/slacksim/slacksimtest"
)

// office is a serve with a thousand pairs, to be started and measured.
type office struct {
	slack  *slacksimtest.Workspace
	binary string
	env    []string
	addr   string
}

func openOffice(b *testing.B) *office {
	b.Helper()
	var roster bytes.Buffer
	roster.WriteString("leader,person\n")
	var members []slacksim.User
	for i := range 100 {
		leader := fmt.Sprintf("U%03dLEADER", i)
		members = append(members, slacksim.User{ID: leader, Name: leader, TZ: "Asia/Tokyo", Locale: "ja-JP"})
		for j := range 10 {
			person := fmt.Sprintf("U%03dP%02d", i, j)
			members = append(members, slacksim.User{ID: person, Name: person, TZ: "Asia/Tokyo", Locale: "ja-JP"})
			fmt.Fprintf(&roster, "%s,%s\n", leader, person)
		}
	}
	w := slacksimtest.Start(b, slacksim.Options{}, members...)
	addr, err := freeAddr()
	if err != nil {
		b.Fatal(err)
	}
	folder := b.TempDir()
	o := &office{slack: w, binary: product.path(b), addr: addr, env: []string{
		"INNERVIEW_SLACK_API_URL=" + w.APIURL(),
		"INNERVIEW_SLACK_BOT_TOKEN=" + slacksim.DemoBotToken,
		"INNERVIEW_SLACK_APP_TOKEN=" + slacksim.DemoAppToken,
		"INNERVIEW_STORE_URL=" + filepath.Join(folder, "innerview.db"),
		"INNERVIEW_KEYS_FILE=" + filepath.Join(folder, "innerview.key"),
		"INNERVIEW_HTTP_ADDR=" + addr, "INNERVIEW_LOG_LEVEL=error",
		"INNERVIEW_NUDGES_PER_WEEK=0", // or what is measured would depend on the hour
	}}
	file := filepath.Join(folder, "roster.csv")
	if err := os.WriteFile(file, roster.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	load := exec.Command(o.binary, "roster", "import", file)
	load.Env = o.env
	if said, err := load.CombinedOutput(); err != nil {
		b.Fatalf("import the roster: %v\n%s", err, said)
	}
	return o
}

// open starts serve and returns once it is ready.
func (o *office) open(b *testing.B) *process {
	b.Helper()
	p := start(b, o.binary, o.env, "serve")
	err := eventually(func() error {
		status, body, err := get("http://" + o.addr + "/readyz")
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("not ready: %s", body)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkStartToReady measures how long serve takes from its start until
// /readyz answers 200, with 1,000 pairs in the database.
func BenchmarkStartToReady(b *testing.B) {
	o := openOffice(b)
	var took time.Duration
	for b.Loop() {
		begun := time.Now()
		p := o.open(b)
		took += time.Since(begun)
		p.stop()
	}
	b.ReportMetric(0, "ns/op") // would count the stop as well
	b.ReportMetric(float64(took.Microseconds())/1000/float64(b.N), "ms/ready")
}

// idle is how long serve has nothing to do before its memory is read.
const idle = 5 * time.Second

// BenchmarkIdleMemory measures the resident memory of a serve that has been idle
// for five seconds, with 1,000 pairs in the database.
func BenchmarkIdleMemory(b *testing.B) {
	o := openOffice(b)
	var resident, own float64
	for b.Loop() {
		p := o.open(b)
		<-time.After(idle)
		resident += memory(b, p, "VmRSS")
		own += memory(b, p, "RssAnon")
		p.stop()
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(resident/float64(b.N), "MB-resident")
	b.ReportMetric(own/float64(b.N), "MB-anonymous")
}

// memory returns a line of /proc/PID/status in MB of 1,000,000 bytes.
func memory(b *testing.B, p *process, what string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		b.Skipf("this system does not say how much memory a process has: %v", err)
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == what+":" {
			kib, err := strconv.Atoi(fields[1])
			if err != nil {
				b.Fatal(err)
			}
			return float64(kib) * 1024 / 1e6
		}
	}
	b.Fatalf("/proc/PID/status has no %s", what)
	return 0
}
