package bot_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"innerview/bot"
	"innerview/rapport"
)

// TestErrorsStandWhereTheyBelong: a sentence under the input it is about keeps a modal
// open; everything else is said.
func TestErrorsStandWhereTheyBelong(t *testing.T) {
	t.Parallel()
	b, j := newBot(t, bot.Options{})
	p := printers(t)[1]
	form := &slack.ViewState{Values: map[string]map[string]slack.BlockAction{"in_note": nil, "in_kind": nil}}
	long := &rapport.Error{
		Kind: rapport.Invalid, Key: "error.note_long", Field: "note", Args: map[string]any{"Length": 300, "Max": 280},
	}
	text := p.T("error.note_long", long.Args)
	tests := []struct {
		name, kind string
		state      *slack.ViewState
		err        error
		say        string
		errors     map[string]string
	}{
		{"a field of a modal", "modal", form, long, "", map[string]string{"in_note": text}},
		{"the same, wrapped", "modal", form, fmt.Errorf("read: %w", long), "", map[string]string{"in_note": text}},
		{"the same behind a command", "command", nil, long, text, nil},
		{"a modal as a whole", "modal", form, rapport.ErrNotFound, "", map[string]string{"in_kind": p.T("error.not_found")}},
		{"a modal with no inputs", "modal", &slack.ViewState{}, rapport.ErrNotFound, p.T("error.not_found"), nil},
		{"a modal with no state", "modal", nil, rapport.ErrNotFound, p.T("error.not_found"), nil},
	}
	for _, tt := range tests {
		m, errs := b.Explain(p, tt.kind, tt.state, tt.err)
		said := ""
		if m != nil {
			said = m.Text
		}
		if said != tt.say {
			t.Errorf("%s: says %q, want %q", tt.name, said, tt.say)
		}
		if diff := cmp.Diff(tt.errors, errs); diff != "" {
			t.Errorf("%s: errors (-want +got):\n%s", tt.name, diff)
		}
	}
	if log := j.String(); log != "" {
		t.Errorf("trouble that a person can mend is logged: %s", log)
	}
}

// TestInnerErrorsShowAReference: an error of ours shows in words that say nothing of
// it, with a reference that finds it in the log.
func TestInnerErrorsShowAReference(t *testing.T) {
	t.Parallel()
	b, j := newBot(t, bot.Options{})
	for _, p := range printers(t) {
		m, _ := b.Explain(p, "command", nil, errors.New("disk on fire"))
		before, after, _ := strings.Cut(p.T("error.internal", "Reference", "@"), "@")
		if m == nil || !strings.HasPrefix(m.Text, before) || !strings.HasSuffix(m.Text, after) || strings.Contains(m.Text, "fire") {
			t.Fatalf("%s: says %+v", p.Language(), m)
		}
		reference := strings.TrimSuffix(strings.TrimPrefix(m.Text, before), after)
		if len(reference) != 8 || !strings.Contains(j.String(), "reference="+reference) || !strings.Contains(j.String(), "disk on fire") {
			t.Errorf("%s: the reference %q does not lead to the error in %s", p.Language(), reference, j)
		}
	}
}

func TestWhoIsSpokenToHow(t *testing.T) {
	t.Parallel()
	const en, ja = rapport.English, rapport.Japanese
	tests := []struct {
		name                      string
		chosen, operator, profile rapport.Language
		want                      rapport.Language
	}{
		{"what they chose", ja, en, en, ja},
		{"what the operator set", "", ja, en, ja},
		{"what their Slack is in", "", "", ja, ja},
		{"English where nothing is known", "", "", "", en},
	}
	for _, tt := range tests {
		b, _ := newBot(t, bot.Options{Language: tt.operator})
		if got := b.PrinterFor(tt.chosen, rapport.Profile{Language: tt.profile}).Language(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestZoneOfAPerson(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{Zone: time.FixedZone("house", 60)})
	tests := map[string]string{"Asia/Tokyo": "Asia/Tokyo", "": "house", "Mars/Olympus": "house", "../etc/passwd": "house"}
	for zone, want := range tests {
		if got := b.ZoneOf(rapport.Profile{Zone: zone}).String(); got != want {
			t.Errorf("the zone of a profile with %q is %s, want %s", zone, got, want)
		}
	}
	unset, _ := newBot(t, bot.Options{})
	if got := unset.ZoneOf(rapport.Profile{}); got != time.UTC {
		t.Errorf("the zone where none is set is %s, want UTC", got)
	}
}

func TestProfileIsWhatIsNeeded(t *testing.T) {
	t.Parallel()
	b, _ := newBot(t, bot.Options{})
	at := rapport.Profile{At: now()}
	with := func(change func(*rapport.Profile)) rapport.Profile {
		p := at
		change(&p)
		return p
	}
	left := with(func(p *rapport.Profile) { p.Gone, p.Left = true, true })
	robot := with(func(p *rapport.Profile) { p.Bot = true })
	guest := with(func(p *rapport.Profile) { p.Guest = true })
	tests := []struct {
		name string
		user slack.User
		want rapport.Profile
	}{
		{"nothing known", slack.User{ID: "U1"}, at},
		{"a member", slack.User{ID: "U1", TZ: "Asia/Tokyo", Locale: "ja-JP"}, with(func(p *rapport.Profile) {
			p.Zone, p.Language = "Asia/Tokyo", rapport.Japanese
		})},
		{"one in English", slack.User{ID: "U1", Locale: "EN-gb"}, with(func(p *rapport.Profile) { p.Language = rapport.English })},
		{"one in German", slack.User{ID: "U1", Locale: "de-DE"}, at},
		{"one who has left", slack.User{ID: "U1", Deleted: true}, left},
		{"an app", slack.User{ID: "U1", IsBot: true}, robot},
		{"Slackbot, which says it is none", slack.User{ID: "USLACKBOT"}, robot},
		{"Slack's notices", slack.User{ID: "USLACK"}, robot},
		{"a guest", slack.User{ID: "U1", IsRestricted: true}, guest},
		{"a guest of one channel", slack.User{ID: "U1", IsUltraRestricted: true}, guest},
		{"somebody from elsewhere", slack.User{ID: "U1", IsStranger: true}, guest},
		{"somebody from elsewhere in a shared channel", slack.User{ID: "U1", TeamID: "T9999"}, guest},
		{"somebody of this workspace", slack.User{ID: "U1", TeamID: "T0001"}, at},
		{"somebody of this organisation", slack.User{
			ID: "U1", TeamID: "T9999", Enterprise: slack.EnterpriseUser{Teams: []string{"T7777", "T0001"}},
		}, at},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, b.ProfileOf(&tt.user)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestAnAcknowledgementIsSentOnce: whichever of the handler and the deadline comes
// first, and however many answer at once.
func TestAnAcknowledgementIsSentOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var acks []bot.Answer
		ack := func(a bot.Answer) {
			mu.Lock()
			defer mu.Unlock()
			acks = append(acks, a)
		}
		sent := func() []bot.Answer {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(acks)
		}
		quick := bot.NewEnvelope(ack)
		stop := quick.Within(2 * time.Second)
		if !quick.Answer("in time") || quick.Answer("again") {
			t.Error("the first answer is not the one that counts")
		}
		stop()

		slow := bot.NewEnvelope(ack)
		slow.Within(2 * time.Second)
		<-time.After(2*time.Second - time.Nanosecond)
		synctest.Wait()
		if got := sent(); len(got) != 1 {
			t.Errorf("acknowledged before its time: %v", got)
		}
		<-time.After(time.Second)
		if slow.Answer("too late") {
			t.Error("an answer after the deadline counts")
		}

		crowd := bot.NewEnvelope(ack)
		for i := range 8 {
			go crowd.Answer(i)
		}
		synctest.Wait()
		if got := sent(); len(got) != 3 || got[0] != "in time" || got[1] != nil {
			t.Errorf("acknowledged %v, want one answer in time, one empty and one of eight", got)
		}
	})
}
