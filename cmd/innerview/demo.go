package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"innerview/config"
	"innerview/internal/slacksim"
	"innerview/internal/slacksim/page"
	"innerview/internal/store"
	"innerview/rapport"
)

func (p *program) demo() *cobra.Command {
	var o demoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try everything on this machine, with no Slack",
		Args:  exactly(0),
	}
	cmd.Flags().StringVar(&o.addr, "addr", "127.0.0.1:8080", "where the page is")
	cmd.Flags().StringVar(&o.lang, "lang", "", "the page's language: en or ja (default the browser's)")
	cmd.Flags().StringVar(&o.data, "data", "", "keep the demo's data in this folder (default: leave nothing behind)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.lang != "" && o.lang != "en" && o.lang != "ja" {
			return usageError{fmt.Errorf("--lang %q: want en or ja", o.lang), cmd}
		}
		return p.runDemo(cmd.Context(), o)
	}
	return cmd
}

type demoOptions struct{ addr, lang, data string }

// demo is the simulator and the very bot of serve, in one process.
type demo struct {
	*house
	sim   *slacksim.Sim
	clock *demoClock
	begun chan struct{} // closed once the store is seeded and the bot is there
}

func (p *program) runDemo(ctx context.Context, o demoOptions) error {
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("%s is not free: stop what uses it, or choose another with --addr", o.addr)
	}
	defer listener.Close()
	folder, remove, err := demoFolder(o.data)
	if err != nil {
		return err
	}
	defer remove()
	release, err := store.Lock(filepath.Join(folder, "innerview.db"), "innerview demo")
	if err != nil {
		return err
	}
	defer release()
	d, err := p.newDemo(ctx, folder, o)
	if err != nil {
		return err
	}
	defer d.house.close()
	return d.run(ctx, listener, func(url string) { fmt.Fprintf(p.stdout, "Innerview demo: %s\n", url) })
}

// newDemo opens a store for the demo, with the seeded workspace in it.
func (p *program) newDemo(ctx context.Context, folder string, o demoOptions) (*demo, error) {
	c := config.Default()
	c.Store.URL = filepath.Join(folder, "innerview.db")
	c.Keys.File = filepath.Join(folder, "innerview.key")
	c.Log.Level = "warn"
	gallery, err := openGallery()
	if err != nil {
		return nil, err
	}
	clock, err := openDemoClock(filepath.Join(folder, "clock"))
	if err != nil {
		return nil, err
	}
	h, err := p.open(ctx, c, store.Options{Now: clock.Now})
	if err != nil {
		return nil, err
	}
	d := &demo{house: h, clock: clock, begun: make(chan struct{})}
	d.sim = slacksim.New(slacksim.Options{
		Now: clock.Now, Page: page.Files(), Lang: o.lang, Advance: d.advance, Ahead: d.ahead, Gallery: gallery,
		Team: slacksim.Team{Name: "Innerview Demo"}, Logger: h.log,
	})
	for _, m := range demoMembers() {
		d.sim.AddUser(m)
	}
	return d, nil
}

// run serves the page, connects the bot, seeds what is missing, and runs until
// ctx ends. ready is told the page's address once it answers.
func (d *demo) run(ctx context.Context, listener net.Listener, ready func(url string)) error {
	url := "http://" + listener.Addr().String()
	d.sim.SetBaseURL(url)
	d.c.Slack.APIURL = d.sim.APIURL()
	d.c.Slack.BotToken, d.c.Slack.AppToken = slacksim.DemoBotToken, slacksim.DemoAppToken
	d.dial()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	server := &http.Server{Handler: d.sim.Handler(), ReadHeaderTimeout: askWithin}
	group.Go(func() error { return serveHTTP(ctx, server, listener) })
	group.Go(func() error {
		if err := d.begin(ctx); err != nil {
			return err
		}
		close(d.begun)
		group.Go(func() error { return d.live(ctx) })
		if err := d.sim.Connected(ctx); err != nil {
			return nil //nolint:nilerr // stopped before the bot had connected
		}
		ready(url)
		return nil
	})
	err := group.Wait()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// begin meets the simulator and fills an empty store.
func (d *demo) begin(ctx context.Context) error {
	if err := d.meet(ctx); err != nil {
		return err
	}
	rows, err := d.store.Roster(ctx, d.workspace)
	if err != nil || len(rows) > 0 {
		return err
	}
	return d.seed(ctx, rapport.DateOf(d.clock.Now().In(d.zone)))
}

// advance moves the clock by whole days, with a heartbeat every five minutes on
// the way, as it would have been.
func (d *demo) advance(ctx context.Context, days int) error {
	const step = 5 * time.Minute
	for end := d.clock.Now().AddDate(0, 0, days); d.clock.Now().Before(end); {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.clock.advance(step)
		if _, err := d.scheduler.Tick(ctx, d.clock.Now()); err != nil {
			d.log.Error("a heartbeat stopped early", slog.Any("error", err))
			return err
		}
	}
	return d.clock.save()
}

// demoFolder returns where the demo keeps its data, and how to take it away
// again. A machine without a folder for temporary files gets one.
func demoFolder(data string) (folder string, remove func(), err error) {
	if data != "" {
		if err := os.MkdirAll(data, 0o700); err != nil {
			return "", nil, fmt.Errorf("make the data folder: %w", err)
		}
		return data, func() {}, nil
	}
	_, err = os.Stat(os.TempDir())
	made := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(os.TempDir(), 0o777); err != nil {
		return "", nil, fmt.Errorf("make a folder for temporary files: %w", err)
	}
	folder, err = os.MkdirTemp("", "innerview-demo-")
	if err != nil {
		return "", nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	return folder, func() {
		os.RemoveAll(folder)
		if made {
			os.Remove(os.TempDir())
		}
	}, nil
}
