package bot_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"innerview/bot"
	"innerview/internal/slacksim"
)

// turnstile lets calls of Slack through, save one of a method that it is told to
// hold.
type turnstile struct {
	held chan string        // methods, each of which is held once
	came chan chan struct{} // a call that is held, until what it brings is closed
}

func newTurnstile() *turnstile {
	return &turnstile{held: make(chan string, 1), came: make(chan chan struct{}, 1)}
}

func (s *turnstile) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case method := <-s.held:
		if !strings.HasSuffix(r.URL.Path, method) {
			s.held <- method
			break
		}
		free := make(chan struct{})
		s.came <- free
		<-free
	default:
	}
	return http.DefaultTransport.RoundTrip(r)
}

// published returns how Slack answered every views.publish.
func (f *office) published() (codes []string) {
	for _, r := range f.Requests() {
		if r.Method == "views.publish" {
			codes = append(codes, r.Code)
		}
	}
	return codes
}

// TestAnOlderHomeDoesNotHideANewerOne: of two that are drawn side by side, the one
// that was drawn first comes last.
func TestAnOlderHomeDoesNotHideANewerOne(t *testing.T) {
	t.Parallel()
	door := newTurnstile()
	f := openOfficeThrough(t, door, bot.Options{})
	f.leads(sarah, mei)
	leader := f.User(sarah)
	home := leader.OpensHome().Expect("<@" + mei + ">")

	door.held <- "views.publish"
	leader.Runs("/innerview add @tanaka")
	var older chan struct{}
	select {
	case older = <-door.came: // knows of Tanaka, and not of Kimura
	case <-time.After(f.Patience):
		t.Fatal("Home is not drawn anew")
	}
	leader.Runs("/innerview add @kimura")
	home.Expect("<@" + kimura + ">")
	close(older)

	ctx, stop := context.WithTimeout(t.Context(), f.Patience)
	defer stop()
	if err := f.Await(ctx, func() bool { return len(f.published()) == 4 }); err != nil {
		t.Errorf("Slack answered %q, want a refusal and a fourth Home", f.published())
	}
	f.Settle()
	if got := strings.Join(f.published(), " "); got != "ok ok hash_conflict ok" {
		t.Errorf("Slack answered %q, want the older one refused, and drawn anew", got)
	}
	home.Expect("<@" + kimura + ">").Expect("<@" + tanaka + ">")
}

// TestHomeGoesOnAfterALostAnswer: the hash that the bot knows is stale then.
func TestHomeGoesOnAfterALostAnswer(t *testing.T) {
	t.Parallel()
	f := openOffice(t, bot.Options{})
	f.leads(sarah, mei)
	leader := f.User(sarah)
	home := leader.OpensHome().Expect("<@" + mei + ">")
	f.Fault(slacksim.Fault{Method: "views.publish", Kind: slacksim.LoseAnswer})
	leader.Runs("/innerview add @tanaka")
	home.Expect("<@" + tanaka + ">")
	f.Settle()
	leader.Runs("/innerview add @kimura")
	home.Expect("<@" + kimura + ">")
}
