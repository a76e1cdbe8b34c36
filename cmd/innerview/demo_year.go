package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"innerview/rapport"
	"innerview/scheduler"
)

// yearAhead is what the page's calendar of the year is drawn from.
type yearAhead struct {
	Leaders []string   `json:"leaders"` // everybody who leads somebody
	Days    []dayAhead `json:"days"`    // none for who leads nobody
}

// dayAhead is one day of the year: a message, or why there is none.
type dayAhead struct {
	On     rapport.Date                `json:"on"`
	Why    scheduler.Hush              `json:"why,omitempty"`
	Kind   rapport.MessageKind         `json:"kind,omitempty"`
	At     string                      `json:"at,omitempty"` // the leader's time of day
	Person string                      `json:"person,omitempty"`
	Level  string                      `json:"level,omitempty"`
	Text   map[rapport.Language]string `json:"text,omitempty"` // what the starter says
}

// ahead lives the twelve months that begin with this one, as simulate does, from
// the demo's state of now. It waits until the demo has begun.
func (d *demo) ahead(ctx context.Context, leader string) (any, error) {
	select {
	case <-d.begun:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	from := rapport.DateOf(d.clock.Now().In(d.zone))
	world, err := scheduler.ReadWorld(ctx, d.store, d.workspace, from)
	if err != nil {
		return nil, fmt.Errorf("look ahead: %w", err)
	}
	out := yearAhead{Leaders: []string{}, Days: []dayAhead{}}
	var own scheduler.World
	for _, lw := range world {
		out.Leaders = append(out.Leaders, lw.Leader.ID)
		if lw.Leader.ID == leader {
			own = scheduler.World{lw}
		}
	}
	year, err := d.scheduler.Simulate(ctx, own, from, endOfYear(from).Sub(from), 1)
	if err != nil {
		return nil, fmt.Errorf("look ahead: %w", err)
	}
	for _, day := range year.Days(leader) {
		one, err := d.dayAhead(day)
		if err != nil {
			return nil, err
		}
		out.Days = append(out.Days, one)
	}
	return out, nil
}

// endOfYear returns the day after the twelve months that begin with the month of
// the day.
func endOfYear(from rapport.Date) rapport.Date {
	return rapport.NewDate(from.Year()+1, from.Month(), 1)
}

func (d *demo) dayAhead(day scheduler.Day) (dayAhead, error) {
	out := dayAhead{On: day.On, Why: day.Why}
	if day.Line == nil {
		return out, nil
	}
	at, err := time.Parse(time.RFC3339, day.Line.At)
	if err != nil {
		return out, fmt.Errorf("look ahead: %w", err)
	}
	out.Kind, out.At = day.Line.Kind, at.Format("15:04")
	out.Person, out.Level = day.Line.Person, day.Line.Level
	if day.Line.Starter == "" {
		return out, nil
	}
	starter, there := d.bank.Starter(day.Line.Starter)
	if !there {
		return out, errors.New("look ahead: the bank lost a starter")
	}
	out.Text = make(map[rapport.Language]string)
	for _, lang := range []rapport.Language{rapport.English, rapport.Japanese} {
		out.Text[lang] = unfilled(starter.Text.In(lang))
	}
	return out, nil
}

// unfilled leaves out what a slot is filled with: what was learnt about somebody
// stays in modals and Home.
func unfilled(text string) string {
	return strings.NewReplacer("{interest}", "…", "{strength}", "…").Replace(text)
}
