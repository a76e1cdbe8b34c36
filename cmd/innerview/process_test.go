package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// stopWithin is how long the program may take to end when it is asked to.
const stopWithin = 15 * time.Second

// process is the program, running.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	stdout lines
	stderr bytes.Buffer  // to be read once ended is closed
	ended  chan struct{} // closed when the process has ended
	err    error
}

// start runs the program with nothing of this machine's environment but what a
// process needs. What still runs at the test's end is killed.
func start(t testing.TB, binary string, env []string, args ...string) *process {
	t.Helper()
	p := &process{
		t: t, cmd: exec.Command(binary, args...),
		stdout: lines{whole: make(chan string, 1000)}, ended: make(chan struct{}),
	}
	p.cmd.Dir = t.TempDir()
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.cmd.Dir}, env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("start %v: %v", args, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	return p
}

// kill ends the process as a power cut would, if it still runs.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// line returns the next line of output.
func (p *process) line() string {
	p.t.Helper()
	select {
	case line := <-p.stdout.whole:
		return line
	case <-p.ended:
		p.t.Fatalf("%v ended (%v) and said no more than:\n%s", p.cmd.Args, p.err, &p.stderr)
	case <-time.After(patience):
		p.t.Fatalf("%v printed no line within %v", p.cmd.Args, patience)
	}
	return ""
}

// stop asks the process to end, and fails the test unless it does so in time and
// with exit code 0.
func (p *process) stop() {
	p.t.Helper()
	if p.interrupt(); p.err != nil {
		p.t.Fatalf("%v ended with %v:\n%s", p.cmd.Args, p.err, &p.stderr)
	}
}

// interrupt asks the process to end, and fails the test unless it does so in time.
func (p *process) interrupt() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Fatalf("stop %v: %v", p.cmd.Args, err)
	}
	select {
	case <-p.ended:
	case <-time.After(stopWithin):
		p.t.Fatalf("%v did not end within %v", p.cmd.Args, stopWithin)
	}
}

// killAfter kills the process unless it ends by itself before. It reports
// whether it was killed.
func (p *process) killAfter(signal <-chan struct{}, life time.Duration) (killed bool) {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-signal:
		select {
		case <-p.ended:
		case <-time.After(life):
		}
	case <-time.After(patience):
	}
	p.kill()
	var exit *exec.ExitError
	if errors.As(p.err, &exit) {
		status, ok := exit.Sys().(syscall.WaitStatus)
		killed = ok && status.Signaled() && status.Signal() == syscall.SIGKILL
	}
	if p.err != nil && !killed {
		p.t.Fatalf("%v ended with %v:\n%s", p.cmd.Args, p.err, &p.stderr)
	}
	return killed
}

// lines hands on what is written to it, line by line.
type lines struct {
	rest  string
	whole chan string
}

// Write never waits: a test that reads too little loses the end.
func (l *lines) Write(b []byte) (int, error) {
	l.rest += string(b)
	for {
		line, rest, ended := strings.Cut(l.rest, "\n")
		if !ended {
			return len(b), nil
		}
		l.rest = rest
		select {
		case l.whole <- line:
		default:
		}
	}
}
