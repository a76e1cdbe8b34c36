package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
)

// The leaders of the demo: one who works in Japanese, one in English, and one
// who begins today.
const (
	kimura = "U01KIMURA"
	sarah  = "U02SARAH"
	daniel = "U03DANIEL"
)

// demoMembers are the people of the demo's workspace. All are invented.
func demoMembers() []slacksim.User {
	member := func(id, real, handle, title, locale string) slacksim.User {
		first, _, _ := strings.Cut(real, " ") // what people call one another here
		return slacksim.User{
			ID: id, Name: handle, RealName: real, DisplayName: first, Title: title,
			TZ: "Asia/Tokyo", Locale: locale,
		}
	}
	ja, en := "ja-JP", "en-US"
	return []slacksim.User{
		member(kimura, "木村 直子", "kimura", "開発部 部長", ja),
		member(sarah, "Sarah Whitfield", "sarah", "Head of Customer Success", en),
		member(daniel, "Daniel Okafor", "daniel", "Finance Manager", "en-GB"),
		member("U11TANAKA", "田中 健太", "tanaka", "エンジニア", ja),
		member("U12SUZUKI", "鈴木 彩", "suzuki", "エンジニア", ja),
		member("U13SATO", "佐藤 拓海", "sato", "デザイナー", ja),
		member("U14YAMAMOTO", "山本 恵", "yamamoto", "品質保証", ja),
		member("U15TAKAHASHI", "高橋 学", "takahashi", "エンジニア", ja),
		member("U16MEI", "Mei Lin", "mei", "Product Designer", en),
		member("U17HIRO", "Hiro Nakagawa", "hiro", "Account Manager", en),
		member("U18ANNA", "Anna Kovacs", "anna", "Support Lead", en),
		member("U19PRIYA", "Priya Raman", "priya", "Solutions Engineer", en),
		member("U20LUCAS", "Lucas Moreau", "lucas", "Account Manager", en),
		member("U21TOM", "Tom Becker", "tom", "Controller", en),
		member("U22YUI", "小林 結衣", "yui", "経理", ja),
		member("U23RIKO", "森 理子", "riko", "財務", ja),
		member("U24KEN", "Ken Ito", "ken", "Analyst", en),
	}
}

// past is how a talk of the demo went, so many days ago.
type past struct {
	daysAgo int
	outcome rapport.Outcome
}

// demoPair is a pair of the demo with its history.
type demoPair struct {
	leader, person string
	language       rapport.Language
	known          int // days since the two began to work together, 0 for not said
	talks          []past
}

// demoPairs hold all three depths, a pair long silent (Takahashi), and one
// person on two leaders' lists (Mei). Some are due today.
func demoPairs() []demoPair {
	light, opened, guarded := rapport.Light, rapport.Opened, rapport.Guarded
	values := []past{
		{196, light}, {175, opened}, {154, light}, {133, opened}, {112, light}, {91, opened}, {70, light}, {42, opened}, {21, light},
	}
	causes := []past{{78, light}, {57, opened}, {36, light}, {15, light}}
	ready := []past{{70, light}, {49, opened}, {28, light}}
	return []demoPair{
		{kimura, "U11TANAKA", "ja", 900, values},
		{kimura, "U12SUZUKI", "ja", 500, causes},
		{kimura, "U13SATO", "ja", 200, []past{{20, light}, {6, opened}}},
		{kimura, "U14YAMAMOTO", "ja", 300, []past{{40, light}, {19, guarded}}},
		{kimura, "U15TAKAHASHI", "ja", 1200, []past{{300, light}, {270, opened}, {240, light}, {205, light}}},
		{kimura, "U16MEI", "en", 400, []past{{9, light}}},
		{sarah, "U16MEI", "en", 700, ready},
		{sarah, "U17HIRO", "en", 350, causes},
		{sarah, "U18ANNA", "en", 150, []past{{30, light}, {10, light}}},
		{sarah, "U19PRIYA", "en", 800, values},
		{sarah, "U20LUCAS", "en", 20, nil},
		{daniel, "U21TOM", "", 0, nil},
		{daniel, "U22YUI", "ja", 0, nil},
		{daniel, "U23RIKO", "ja", 0, nil},
		{daniel, "U24KEN", "", 0, nil},
	}
}

// begun is the day on which the two came onto the roster: that of their first talk.
func (p demoPair) begun(today rapport.Date) rapport.Date {
	if len(p.talks) == 0 {
		return today
	}
	return weekday(today.AddDays(-p.talks[0].daysAgo))
}

// seed writes the demo's roster and histories, as if Innerview had been there
// all along.
func (d *demo) seed(ctx context.Context, today rapport.Date) error {
	if err := d.seedRoster(ctx, today); err != nil {
		return fmt.Errorf("seed the roster: %w", err)
	}
	for _, p := range demoPairs() {
		if err := d.seedTalks(ctx, p, today); err != nil {
			return fmt.Errorf("seed a history: %w", err)
		}
	}
	return nil
}

// seedRoster imports a roster that grows, pair by pair, on the days on which they
// began.
func (d *demo) seedRoster(ctx context.Context, today rapport.Date) error {
	pairs := demoPairs()
	slices.SortStableFunc(pairs, func(a, b demoPair) int { return a.begun(today).Compare(b.begun(today)) })
	var rows []store.RosterRow
	for i, p := range pairs {
		row := store.RosterRow{Leader: p.leader, Person: p.person, Language: p.language}
		if p.known > 0 {
			row.Since = today.AddDays(-p.known)
		}
		rows = append(rows, row)
		on := p.begun(today)
		if i+1 < len(pairs) && pairs[i+1].begun(today) == on {
			continue
		}
		if _, err := d.store.ImportRoster(ctx, d.workspace, rows, func(string) rapport.Date { return on }, false); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) seedTalks(ctx context.Context, p demoPair, today rapport.Date) error {
	scope := rapport.Scope{Workspace: d.workspace, Actor: p.leader}
	pair, err := d.store.Pair(ctx, scope, p.person)
	if err != nil {
		return err
	}
	for _, t := range p.talks {
		on := weekday(today.AddDays(-t.daysAgo))
		_, err := d.store.RecordTalk(ctx, scope, store.Recording{
			Pair:  pair.ID,
			Talk:  rapport.Talk{Pair: pair.ID, On: on, Outcome: t.outcome, RecordedAt: on.At(17*60, time.UTC)},
			Today: on, RhythmDays: 21,
		}, "")
		if err != nil {
			return err
		}
	}
	return nil
}

// weekday moves a day at the weekend back to Friday.
func weekday(d rapport.Date) rapport.Date {
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d = d.AddDays(-1)
	}
	return d
}
