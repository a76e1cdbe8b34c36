// Package slacksimtest lets a test speak of what people do and see in a simulated Slack workspace.
//
//	w := slacksimtest.Start(t, slacksim.Options{}, slacksim.User{ID: "U1", Name: "ana"})
//	// … connect the bot to w.APIURL() …
//	w.User("U1").Runs("/innerview next")
//	w.User("U1").DM().Expect("coffee").Click("We talked")
//
// Every verb returns when the app has acknowledged and the workspace is quiet. An expectation waits for
// what the app does by itself afterwards, without polling, and then fails with what was there instead.
// It is for tests only and is never linked into the program.
package slacksimtest

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"innerview/internal/slacksim"
)

// Workspace is a simulated workspace on loopback that ends with its test.
type Workspace struct {
	*slacksim.Sim
	// URL is where it is served, without a slash at the end.
	URL string
	// Patience bounds every wait; a test that passes never uses it up.
	Patience time.Duration

	t       testing.TB
	lenient bool
}

// Start serves a workspace with these members until the test ends. The test fails at its end if the
// client broke a rule of Slack's, unless [Workspace.AllowBreaches] was called.
func Start(t testing.TB, opt slacksim.Options, users ...slacksim.User) *Workspace {
	t.Helper()
	sim := slacksim.New(opt)
	for _, u := range users {
		sim.AddUser(u)
	}
	server := httptest.NewServer(sim.Handler())
	sim.SetBaseURL(server.URL)
	w := &Workspace{Sim: sim, URL: server.URL, Patience: 5 * time.Second, t: t}
	t.Cleanup(func() {
		sim.Close()
		server.CloseClientConnections()
		server.Close()
		w.reportBreaches()
	})
	return w
}

// AllowBreaches keeps broken rules from failing the test; it may look at them itself.
func (w *Workspace) AllowBreaches() { w.lenient = true }

func (w *Workspace) reportBreaches() {
	if w.lenient {
		return
	}
	for _, b := range w.Breaches() {
		w.t.Errorf("Slack would not have it: %s", b)
	}
}

// WaitConnected waits until the app has a socket.
func (w *Workspace) WaitConnected() {
	w.t.Helper()
	ctx, cancel := w.wait()
	defer cancel()
	if err := w.Connected(ctx); err != nil {
		w.t.Fatalf("The app has not connected: %v.", err)
	}
}

// Settle waits until every payload is acknowledged and no call is being served.
func (w *Workspace) Settle() {
	w.t.Helper()
	ctx, cancel := w.wait()
	defer cancel()
	if err := w.Idle(ctx); err != nil {
		w.t.Fatalf("The app does not come to rest: %v.", err)
	}
}

// User is a member of the workspace, who must exist.
func (w *Workspace) User(id string) *Person {
	w.t.Helper()
	for _, u := range w.Users() {
		if u.ID == id {
			return &Person{w: w, t: w.t, ID: id, name: orID(u.DisplayName, u.Name, id)}
		}
	}
	w.t.Fatalf("Nobody in the workspace has the id %s.", id)
	return nil
}

func (w *Workspace) wait() (context.Context, context.CancelFunc) {
	return context.WithTimeout(w.t.Context(), w.Patience)
}

// until reports whether cond came to hold.
func (w *Workspace) until(cond func() bool) bool {
	ctx, cancel := w.wait()
	defer cancel()
	return w.Await(ctx, cond) == nil
}

func orID(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}
