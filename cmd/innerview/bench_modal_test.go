package main

import (
	"os/exec"
	"runtime"
	"slices"
	"testing"
	"time"
)

// BenchmarkModal measures how long it takes from a command or a click until its
// modal is open in Slack, while every core is kept busy by somebody else: the
// slowest modal of all, the 95th of a hundred and the median, in milliseconds.
// The way to Slack and back over a network comes on top.
func BenchmarkModal(b *testing.B) {
	o := openOffice(b)
	o.open(b)
	leader := o.slack.User("U007LEADER")
	home := leader.OpensHome()
	command := func(text string) func() {
		return func() {
			if _, err := o.slack.RunCommand(b.Context(), leader.ID, text); err != nil {
				b.Fatal(err)
			}
		}
	}
	open := []func(){
		command("note @U007P03"), command("log @U007P03"), command("coffee @U007P03"),
		command("brief @U007P03"), command("settings"), command("me"),
		func() { home.Click("設定") },
	}
	o.slack.Settle()
	load(b)
	var took []time.Duration
	for b.Loop() {
		for _, run := range open {
			begun := time.Now()
			run()
			modal := leader.Modal()
			took = append(took, time.Since(begun))
			modal.Close()
			o.slack.Settle()
		}
	}
	slices.Sort(took)
	ms := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(0, "ns/op") // would count the closing as well
	b.ReportMetric(ms(0.5), "ms-median")
	b.ReportMetric(ms(0.95), "ms-p95")
	b.ReportMetric(ms(1), "ms-slowest")
}

// load keeps every core busy until the benchmark ends.
func load(b *testing.B) {
	b.Helper()
	for range runtime.NumCPU() {
		busy := exec.Command("sh", "-c", "while :; do :; done")
		if err := busy.Start(); err != nil {
			b.Skipf("no shell to keep the cores busy with: %v", err)
		}
		b.Cleanup(func() {
			_ = busy.Process.Kill()
			_ = busy.Wait() // says that it was killed
		})
	}
}
