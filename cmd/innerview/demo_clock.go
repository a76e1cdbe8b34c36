package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"innerview/internal/calendar"
	"innerview/rapport"
)

// demoClock is the real clock moved forward: it runs on by itself, and the page
// can turn it.
type demoClock struct {
	clock  func() time.Time // the real one
	mu     sync.Mutex
	offset time.Duration
	file   string
}

// openDemoClock continues where an earlier demo with the same folder stopped, or
// begins at the next moment at which a leader in Tokyo may be written to, so
// that there is something to see at once.
func openDemoClock(file string) (*demoClock, error) {
	c := &demoClock{file: file, clock: time.Now}
	now := c.clock()
	start, err := demoStart(now)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read the demo's clock: %w", err)
	default:
		saved, err := time.Parse(time.RFC3339, strings.TrimSpace(string(raw)))
		if err != nil {
			return nil, fmt.Errorf("%s does not hold a time: delete the folder to begin anew", file)
		}
		if saved.After(start) {
			start = saved
		}
	}
	c.offset = start.Sub(now)
	return c, c.save()
}

// demoStart returns the next moment from now on that lies in a working day
// between ten and four in Tokyo.
func demoStart(now time.Time) (time.Time, error) {
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		return now, err
	}
	cal, err := calendar.New(calendar.Options{Country: "jp"})
	if err != nil {
		return now, err
	}
	local := now.In(zone)
	day := rapport.DateOf(local)
	hours := rapport.Hours{From: 10 * 60, To: 16 * 60}
	if !cal.Quiet(day, rapport.MondayToFriday) {
		if calendar.Open(local, hours) {
			return now, nil
		}
		for _, minutes := range []int{10 * 60, 13 * 60} {
			if at := day.At(minutes, zone); at.After(local) {
				return at, nil
			}
		}
	}
	for day = day.AddDays(1); cal.Quiet(day, rapport.MondayToFriday); {
		day = day.AddDays(1)
	}
	return day.At(10*60, zone), nil
}

// Now returns the demo's time.
func (c *demoClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.clock().Add(c.offset)
}

func (c *demoClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}

// save keeps the time for a later demo with the same folder.
func (c *demoClock) save() error {
	err := os.WriteFile(c.file, []byte(c.Now().Format(time.RFC3339)+"\n"), 0o600)
	if err != nil {
		return fmt.Errorf("keep the demo's clock: %w", err)
	}
	return nil
}
