package bot_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/bot/view"
	"innerview/internal/slacksim"
	"innerview/internal/store"
	"innerview/rapport"
)

// delivery is a nudge about U0MEI, met before, with a light starter.
func delivery(t *testing.T, level rapport.Depth) store.Delivery {
	t.Helper()
	starters, err := loadBank()
	if err != nil {
		t.Fatal(err)
	}
	s := starters.Level(level)[0]
	return store.Delivery{
		Message: rapport.Message{Kind: rapport.KindNudge},
		Leader:  rapport.Leader{Member: rapport.Member{ID: "U0ANA"}, MetAt: now()},
		Pair:    rapport.Pair{ID: "pair-7", Leader: "U0ANA", Person: "U0MEI"},
		Offer:   rapport.Offer{ID: "offer-1", Starter: s.ID, Level: level, State: rapport.OfferShown},
	}
}

// drawn is what Slack gets of a message, held against Slack's limits.
func drawn(t *testing.T, m view.Message) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"text": m.Text, "blocks": m.Blocks})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range slacksim.CheckMessage(raw) {
		t.Error(problem)
	}
	return string(raw)
}

// TestFrameAndStarterHaveTheirOwnLanguage: the frame is in the leader's, the starter
// in the one the two speak.
func TestFrameAndStarterHaveTheirOwnLanguage(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{})
	starters, err := loadBank()
	if err != nil {
		t.Fatal(err)
	}
	for _, frame := range []rapport.Language{rapport.English, rapport.Japanese} {
		for _, spoken := range []rapport.Language{"", rapport.English, rapport.Japanese} {
			d := delivery(t, rapport.Factual)
			d.Leader.Language, d.Pair.Language = frame, spoken
			m, err := b.Render(d)
			if err != nil {
				t.Fatal(err)
			}
			starter, _ := starters.Starter(d.Offer.Starter)
			want := spoken
			if want == "" {
				want = frame
			}
			got := drawn(t, m)
			if p := catalog(t).Printer(frame); m.Text != p.T("card.neutral") || !strings.Contains(got, p.T("button.talked")) {
				t.Errorf("the frame of %s for %s, %s is in another language: %s", d.Offer.Starter, frame, spoken, got)
			}
			if !strings.Contains(got, starter.Text.In(want)) {
				t.Errorf("the starter for %s, %s is not %q: %s", frame, spoken, starter.Text.In(want), got)
			}
		}
	}
}

func TestMessagesAreDrawnByKind(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{Zone: time.FixedZone("JST", 9*60*60)})
	p := catalog(t).Printer(rapport.English)
	clock := func(at string) string {
		return p.T("coffee.when", "Day", p.Date(rapport.DateOf(now())), "Clock", at)
	}
	tests := []struct {
		name   string
		level  rapport.Depth
		change func(d *store.Delivery)
		has    []string
		hasNot []string
	}{
		{"a nudge", rapport.Factual, func(*store.Delivery) {}, []string{`"o:offer-1"`, p.T("button.another")}, []string{p.T("intro.line")}},
		{
			"the first message ever", rapport.Factual, func(d *store.Delivery) { d.Leader.MetAt = time.Time{} },
			[]string{p.T("intro.line"), `"pause_all"`},
			nil,
		},
		{
			"values, before the intent is said", rapport.Values, func(*store.Delivery) {},
			[]string{p.T("intent.support")},
			[]string{p.T("card.ask"), p.T("button.another")},
		},
		{
			"values, after", rapport.Values, func(d *store.Delivery) { d.Pair.IntentOn = rapport.DateOf(now()) },
			[]string{p.T("card.ask")},
			[]string{p.T("intent.support")},
		},
		{
			"a reminder", rapport.Factual, func(d *store.Delivery) {
				d.Message.Kind, d.Plan.At = rapport.KindReminder, now().Add(45*time.Minute)
			},
			[]string{p.T("near.neutral"), clock("10:45"), p.T("card.ask")},
			[]string{p.T("button.another")},
		},
		{
			"a reminder after the talk", rapport.Factual, func(d *store.Delivery) {
				d.Message.Kind, d.Plan.At, d.Offer.State = rapport.KindReminder, now(), rapport.OfferUsed
			},
			[]string{clock("10:00"), `"p:pair-7"`},
			[]string{p.T("card.ask"), "offer-1"},
		},
		{
			"a reminder whose starter has left the bank", rapport.Factual, func(d *store.Delivery) {
				d.Message.Kind, d.Plan.At, d.Offer.Starter = rapport.KindReminder, now(), "F-999"
			},
			[]string{clock("10:00"), `"p:pair-7"`},
			[]string{p.T("card.ask")},
		},
		{
			"a reminder of a moment alone", rapport.Factual, func(d *store.Delivery) {
				d.Message.Kind, d.Plan.At, d.Offer = rapport.KindReminder, now(), rapport.Offer{}
			},
			[]string{`"p:pair-7"`},
			[]string{p.T("card.ask")},
		},
		{
			"a follow-up", rapport.Factual, func(d *store.Delivery) { d.Message.Kind, d.Plan.ID = rapport.KindFollowUp, "plan-1" },
			[]string{p.T("followup.neutral"), `"c:plan-1"`, `"outcome.opened"`},
			[]string{p.T("card.ask"), "offer-1"},
		},
		{
			"a follow-up of one that was passed", rapport.Factual, func(d *store.Delivery) {
				d.Message.Kind, d.Offer.State, d.Offer.Starter = rapport.KindFollowUp, rapport.OfferPassed, "F-999"
				d.Plan.ID = "plan-1"
			},
			[]string{`"c:plan-1"`},
			[]string{"offer-1"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := delivery(t, tt.level)
			tt.change(&d)
			m, err := b.Render(d)
			if err != nil {
				t.Fatal(err)
			}
			got := drawn(t, m)
			for _, part := range tt.has {
				if !strings.Contains(got, part) {
					t.Errorf("lacks %q: %s", part, got)
				}
			}
			for _, part := range tt.hasNot {
				if strings.Contains(got, part) {
					t.Errorf("has %q: %s", part, got)
				}
			}
		})
	}
}

// TestANudgeNeedsItsStarter: what cannot be drawn is not sent half.
func TestANudgeNeedsItsStarter(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{})
	gone := delivery(t, rapport.Factual)
	gone.Offer.Starter = "F-999"
	_, err := b.Render(gone)
	refused(t, err, refusal{Kind: rapport.Conflict, Key: "error.starter_gone"})

	none := delivery(t, rapport.Factual)
	none.Offer = rapport.Offer{}
	if m, err := b.Render(none); err == nil {
		t.Errorf("a nudge without a starter is drawn: %+v", m)
	}
}

func slackSays(code string) error { return slack.SlackErrorResponse{Err: code} }

// TestWhatIsKnownOfAPost tells what Slack certainly refused from what may stand in
// the DM: only the first may ever be tried again.
func TestWhatIsKnownOfAPost(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{})
	unsure := rapport.Receipt{State: rapport.StateUnsure}
	failed := func(code string, stop bool) rapport.Receipt {
		return rapport.Receipt{State: rapport.StateFailed, Reason: code, Stop: stop}
	}
	later := func(d time.Duration) rapport.Receipt {
		return rapport.Receipt{State: rapport.StatePending, RetryAt: now().Add(d)}
	}
	tests := []struct {
		name   string
		err    error
		posted rapport.Receipt
		opened rapport.Receipt
	}{
		{"a limit with a time", &slack.RateLimitedError{RetryAfter: 30 * time.Second}, later(30 * time.Second), later(30 * time.Second)},
		{"a limit without one", slackSays("ratelimited"), later(time.Minute), later(time.Minute)},
		{"no such channel", slackSays("channel_not_found"), failed("channel_not_found", false), failed("channel_not_found", false)},
		{"a code nobody knows yet", slackSays("brand_new"), failed("brand_new", false), failed("brand_new", false)},
		{"a dead token", slackSays("token_revoked"), failed("token_revoked", true), failed("token_revoked", true)},
		{"a wrong token", slackSays("invalid_auth"), failed("invalid_auth", true), failed("invalid_auth", true)},
		// Slack says of these that something may have been done.
		{"an error of Slack's own", slackSays("internal_error"), unsure, later(time.Minute)},
		{"a fatal one", slackSays("fatal_error"), unsure, later(time.Minute)},
		{"a status of 502", slack.StatusCodeError{Code: http.StatusBadGateway}, unsure, later(time.Minute)},
		{"no answer", errors.New("EOF"), unsure, later(time.Minute)},
		{"an answer that is no JSON", &json.SyntaxError{}, unsure, later(time.Minute)},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.posted, b.NotPosted(tt.err)); diff != "" {
			t.Errorf("%s, of a post (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.opened, b.NotOpened(tt.err)); diff != "" {
			t.Errorf("%s, of opening a DM (-want +got):\n%s", tt.name, diff)
		}
	}
}
