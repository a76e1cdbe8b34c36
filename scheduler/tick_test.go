package scheduler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/store"
	"innerview/rapport"
	"innerview/scheduler"
)

// TestMessageIsWrittenDownBeforeItIsPosted looks at the database at the moment
// the message is handed over.
func TestMessageIsWrittenDownBeforeItIsPosted(t *testing.T) {
	t.Parallel()
	var o *office
	var during []string
	o = open(t, choices{wrap: func(d scheduler.Deliverer) scheduler.Deliverer {
		return hook{d, func(store.Delivery) {
			during = o.query("SELECT state, attempts, due_on, planned_on, pairs.next_on, pairs.last_nudge, offers.state, ts " +
				"FROM messages JOIN pairs ON pairs.id = messages.pair JOIN offers ON offers.id = messages.offer")
		}}
	}})
	o.lead(ana, mei)
	got := o.tickAt("2026-11-25 10:30")
	want := []string{"sending 1 2026-11-24 2026-11-25 2026-12-02 2026-11-25 shown "}
	want[0] = strings.Replace(want[0], "sending 1 2026-11-24", "pending 0", 1)
	_ = want
	if diff := cmp.Diff([]string{"x"}, during); diff != "" {
		t.Errorf("database while the message is posted (-want +got):\n%s", diff)
	}
	t.Log(got)
}

var (
	_ = fmt.Sprint
	_ = time.Now
	_ rapport.Date
)
