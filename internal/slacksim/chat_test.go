package slacksim_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

func TestPostMessage(t *testing.T) {
	t.Parallel()
	const blocks = `[{"type":"divider"}]`
	tests := []struct {
		name   string
		args   []string
		want   string
		breach string // the rule, if any
	}{
		{"text", []string{"text", "hi"}, "", ""},
		{"text and blocks", []string{"text", "hi", "blocks", blocks}, "", ""},
		{"person as the channel", []string{"channel", "W0MEI", "text", "hi"}, "", ""},
		{"blocks without text", []string{"blocks", blocks}, "", "accepted"},
		{"text to everybody", []string{"text", "<!channel>"}, "", "accepted"},
		{"nothing", nil, "no_text", "no_text"},
		{"long text", []string{"text", x(4001)}, "msg_too_long", "msg_too_long"},
		{"bad blocks", []string{"text", "hi", "blocks", `[{"type":"header","text":{"type":"plain_text","text":""}}]`}, "invalid_blocks", "invalid_blocks"},
		{"blocks that are no list", []string{"text", "hi", "blocks", `{}`}, "invalid_blocks_format", "invalid_blocks_format"},
		{"blocks that are no JSON", []string{"text", "hi", "blocks", `[`}, "invalid_blocks_format", "invalid_blocks_format"},
		{"attachments", []string{"text", "hi", "attachments", "[]"}, "invalid_attachments", "invalid_attachments"},
		{"markdown_text", []string{"markdown_text", "hi"}, "invalid_arguments", "invalid_arguments"},
		{"metadata", []string{"text", "hi", "metadata", `{"event_type":"e","event_payload":{"k":"v"}}`}, "", ""},
		{"metadata without a type", []string{"text", "hi", "metadata", `{"event_payload":{}}`}, "invalid_metadata_schema", "invalid_metadata_schema"},
		{"metadata that is no object", []string{"text", "hi", "metadata", `[]`}, "invalid_metadata_format", "invalid_metadata_format"},
		{"no such thread", []string{"text", "hi", "thread_ts", "1.0"}, "thread_not_found", "thread_not_found"},
		{"no such channel", []string{"channel", "D9", "text", "hi"}, "channel_not_found", ""},
		{"deactivated", []string{"channel", "U0OLD", "text", "hi"}, "channel_not_found", ""},
		{"stranger", []string{"channel", "U0FAR", "text", "hi"}, "channel_not_found", ""},
		{"bot", []string{"channel", "U0BOT", "text", "hi"}, "channel_not_found", ""},
		{"public channel", []string{"channel", slacksim.CommandChannel, "text", "hi"}, "not_in_channel", "not_in_channel"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, slacksim.Options{})
			got := w.form("chat.postMessage", append([]string{"channel", w.dm("U0ANA")}, tt.args...)...)
			if got.Errored != tt.want {
				t.Errorf("answer = %v, want error %q", got.Body, tt.want)
			}
			var want []string
			if tt.breach != "" {
				want = []string{tt.breach}
			}
			w.wantRules(want...)
		})
	}
}

func TestInvalidBlocksAreExplained(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	got := w.form("chat.postMessage", "channel", "U0ANA", "text", "t", "blocks", `[{"type":"header","text":{"type":"mrkdwn","text":"t"}}]`)
	want := m{"messages": l{"[ERROR] must be plain_text [json-pointer:/blocks/0/text/type]"}}
	if diff := cmp.Diff(want, got.Body["response_metadata"]); diff != "" {
		t.Errorf("response_metadata (-want +got):\n%s", diff)
	}
}

func TestMessagesHaveTheirOwnTimes(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	ch := w.dm("U0ANA")
	first := w.form("chat.postMessage", "channel", ch, "text", "one").Body["ts"]
	second := w.form("chat.postMessage", "channel", ch, "text", "two").Body["ts"]
	if first != "1795599000.000000" || second != "1795599000.000001" {
		t.Errorf("ts = %v, %v", first, second)
	}
	got := w.Messages(ch)
	if len(got) != 2 || got[1].Text != "two" || !got[1].Time.Equal(w.clock.Now()) || got[0].BotID != slacksim.BotID {
		t.Errorf("messages = %+v", got)
	}
	if w.Messages("D9") != nil {
		t.Error("an unknown channel has messages")
	}
}

func TestThread(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	ch := w.dm("U0ANA")
	ts := w.form("chat.postMessage", "channel", ch, "text", "one").Body["ts"].(string)
	w.form("chat.postMessage", "channel", ch, "text", "two", "thread_ts", ts)
	if got := w.Messages(ch); len(got) != 2 || got[1].ThreadTS != ts {
		t.Errorf("messages = %+v", got)
	}
}

func TestUpdateMessage(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	ch := w.dm("U0ANA")
	ts := w.form("chat.postMessage", "channel", ch, "text", "one", "blocks", `[{"type":"divider"}]`).Body["ts"].(string)
	update := func(pairs ...string) reply {
		t.Helper()
		return w.form("chat.update", append([]string{"channel", ch, "ts", ts}, pairs...)...)
	}

	if got := update("text", "two", "blocks", `[{"type":"header","text":{"type":"plain_text","text":"Two"}}]`); got.Errored != "" {
		t.Fatalf("update = %v", got.Body)
	}
	after := w.Messages(ch)[0]
	if after.Text != "two" || !after.Edited || after.Texts()[0] != "Two" || after.TS != ts {
		t.Errorf("updated = %+v", after)
	}
	w.wantRules()

	update("text", "three")
	if got := w.Messages(ch)[0]; got.Text != "three" || got.Texts()[0] != "Two" {
		t.Errorf("text alone changed what people see: %v", got.Texts())
	}
	w.wantRules("accepted")

	update("text", "four", "blocks", "[]")
	if got := w.Messages(ch)[0]; got.Texts()[0] != "four" || got.Blocks != nil {
		t.Errorf("an empty list leaves the blocks: %v", got.Texts())
	}
	update("metadata", `{"event_type":"e","event_payload":{}}`)
	if got := w.Messages(ch)[0]; got.Text != "four" || string(got.Metadata) != `{"event_payload":{},"event_type":"e"}` {
		t.Errorf("metadata alone: %+v", got)
	}
	w.wantRules("accepted")
}

func TestMessagesThatCannotBeChanged(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	ch := w.dm("U0ANA")
	own := w.form("chat.postMessage", "channel", ch, "text", "mine").Body["ts"].(string)
	hidden := w.form("chat.postEphemeral", "channel", ch, "user", "U0ANA", "text", "psst").Body["message_ts"].(string)
	tests := []struct {
		name, channel, ts string
		update, remove    string
	}{
		{"no such message", ch, "1.000000", "message_not_found", "message_not_found"},
		{"no such channel", "D9", own, "channel_not_found", "channel_not_found"},
		{"ephemeral", ch, hidden, "cant_update_message", "cant_delete_message"},
		{"person for the channel", "U0ANA", own, "channel_not_found", "channel_not_found"},
	}
	for _, tt := range tests {
		if got := w.form("chat.update", "channel", tt.channel, "ts", tt.ts, "text", "new"); got.Errored != tt.update {
			t.Errorf("%s: update = %v, want %q", tt.name, got.Body, tt.update)
		}
		if got := w.form("chat.delete", "channel", tt.channel, "ts", tt.ts); got.Errored != tt.remove {
			t.Errorf("%s: delete = %v, want %q", tt.name, got.Body, tt.remove)
		}
	}
	w.wantRules("cant_update_message", "cant_delete_message", "channel_not_found", "channel_not_found")

	if got := w.form("chat.update", "channel", ch, "ts", own); got.Errored != "no_text" {
		t.Errorf("update with nothing = %v", got.Body)
	}
	if got := w.form("chat.update", "channel", ch, "ts", own, "text", x(4001)); got.Errored != "msg_too_long" {
		t.Errorf("update with a long text = %v", got.Body)
	}
	if got := w.form("chat.delete", "channel", ch, "ts", own); got.Errored != "" || len(w.Messages(ch)) != 0 {
		t.Errorf("delete = %v, left %d", got.Body, len(w.Messages(ch)))
	}
}

func TestPostEphemeral(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{})
	ch := w.dm("U0ANA")
	if got := w.form("chat.postEphemeral", "channel", ch, "user", "W0MEI", "text", "psst"); got.Errored != "user_not_in_channel" {
		t.Errorf("to somebody else = %v", got.Body)
	}
	w.form("chat.postEphemeral", "channel", ch, "user", "U0ANA", "text", "psst")
	feed := w.Feed("U0ANA")
	if len(feed) != 1 || !feed[0].Ephemeral || len(w.Messages(ch)) != 0 {
		t.Errorf("feed = %+v", feed)
	}
	if len(w.Feed("W0MEI")) != 0 {
		t.Error("somebody else sees it")
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	w := serve(t, slacksim.Options{RateLimits: true})
	ch := w.dm("U0ANA")
	post := func() reply { return w.form("chat.postMessage", "channel", ch, "text", "hi") }
	for i := range 10 {
		if got := post(); got.Code != 200 {
			t.Fatalf("message %d of a burst = %d", i, got.Code)
		}
	}
	got := post()
	if got.Code != 429 || got.Header.Get("Retry-After") != "1" || got.Errored != "ratelimited" {
		t.Errorf("after the burst = %d %v", got.Code, got.Body)
	}
	if other := w.form("chat.postMessage", "channel", "W0MEI", "text", "hi"); other.Code != 200 {
		t.Errorf("another channel = %d", other.Code)
	}
	w.clock.pass(time.Second)
	if got := post(); got.Code != 200 {
		t.Errorf("a second later = %d", got.Code)
	}
	w.wantRules()
}
