// Command innerview prompts leaders, by Slack, toward regular casual talks with
// the people they lead. See the README.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // the binary carries its zones, and

	_ "golang.org/x/crypto/x509roots/fallback" // the root certificates, where the host has none
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
