package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/internal/slacksim"
)

// canaries are secrets by name, each in every form in which it would be one.
type canaries map[string][]string

// trace is a secret where it must not be.
type trace struct{ secret, place string }

// in looks for the secrets in a text, but for those that may stand there.
func (c canaries) in(place string, text []byte, may ...string) (found []trace) {
	for name, forms := range c {
		if slices.Contains(may, name) {
			continue
		}
		if slices.ContainsFunc(forms, func(form string) bool { return bytes.Contains(text, []byte(form)) }) {
			found = append(found, trace{name, place})
		}
	}
	slices.SortFunc(found, func(a, b trace) int { return strings.Compare(a.secret, b.secret) })
	return found
}

// inFolder looks into every file below a folder, but for those named.
func (c canaries) inFolder(t *testing.T, dir string, mayIn map[string][]string, but ...string) (found []trace, files int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || slices.Contains(but, d.Name()) {
			return err
		}
		raw, err := os.ReadFile(path)
		files++
		found = append(found, c.in(d.Name(), raw, mayIn[filepath.Ext(d.Name())]...)...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, files
}

// inCall looks into a call that Slack got. What a modal or Home shows is for the
// eyes of whoever opened it; what travels with it unseen is not. A message may
// show those secrets that its reader may read, but not in its text, which
// notifications repeat. An address is looked up by itself.
func (c canaries) inCall(t *testing.T, r slacksim.Request, mayRead map[string][]string) (found []trace) {
	t.Helper()
	for name, arg := range r.Args {
		place := r.Method + " " + name
		switch {
		case name == "view":
			found = append(found, c.in(place, unseen(t, []byte(arg)))...)
		case r.Method == "response_url" && name == "payload":
			found = append(found, c.inAnswer(t, place, []byte(arg), mayRead[r.Args["user"]])...)
		case name == "blocks":
			found = append(found, c.in(place, []byte(arg), mayRead[r.Args["channel"]]...)...)
		case r.Method == "users.lookupByEmail" && name == "email":
			found = append(found, c.in(place, []byte(arg), "e-mail")...)
		default:
			found = append(found, c.in(place, []byte(arg))...)
		}
	}
	return found
}

// inAnswer looks into what one person gets in answer to what they did: a modal, or
// a message for their eyes alone.
func (c canaries) inAnswer(t *testing.T, place string, answer []byte, may []string) []trace {
	t.Helper()
	var doc map[string]json.RawMessage
	if err := json.Unmarshal(answer, &doc); err != nil {
		t.Fatal(err)
	}
	var found []trace
	for key, value := range doc {
		switch key {
		case "view":
			found = append(found, c.in(place+" view", unseen(t, value))...)
		case "blocks":
			found = append(found, c.in(place+" blocks", value, may...)...)
		default:
			found = append(found, c.in(place, value)...)
		}
	}
	return found
}

// unseen returns a view without what it shows.
func unseen(t *testing.T, view []byte) []byte {
	t.Helper()
	var doc any
	if err := json.Unmarshal(view, &doc); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(withoutShown(doc))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func withoutShown(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = withoutShown(v[i])
		}
	case map[string]any:
		delete(v, "initial_value")
		kind, _ := v["type"].(string)
		if text, ok := v["text"].(string); ok && (kind == "plain_text" || kind == "mrkdwn") {
			v["text"] = len(text)
		}
		if _, option := v["value"]; option && kind == "" {
			delete(v, "value") // of an option: a topic of the form where one chooses them
		}
		for key := range v {
			v[key] = withoutShown(v[key])
		}
	}
	return v
}

// TestTheSearcherFinds: each place that is searched can be the one that leaks.
func TestTheSearcherFinds(t *testing.T) {
	t.Parallel()
	c := canaries{"note": {"kestrel"}, "intent": {"heron", "6865726f6e"}, "e-mail": {"owl@example.com"}}
	view := `{"type":"modal","private_metadata":%q,"callback_id":"x","blocks":[
		{"type":"section","text":{"type":"plain_text","text":%q}},
		{"type":"input","element":{"type":"plain_text_input","initial_value":%q}},
		{"type":"actions","elements":[{"type":"button","value":%q,"text":{"type":"plain_text","text":"x"}}]}]}`
	call := func(method, name, arg string) []trace {
		r := slacksim.Request{Method: method, Args: map[string]string{"channel": "D1", name: arg}}
		return c.inCall(t, r, map[string][]string{"D1": {"intent"}})
	}
	answer := func(text string, may ...string) []trace { return c.inAnswer(t, "ack", []byte(text), may) }
	tests := []struct {
		name string
		got  []trace
		want []trace
	}{
		{"plain", c.in("log", []byte("level=INFO kestrel")), []trace{{"note", "log"}}},
		{"in another form", c.in("log", []byte("x6865726f6ex")), []trace{{"intent", "log"}}},
		{"several", c.in("log", []byte("heron kestrel")), []trace{{"intent", "log"}, {"note", "log"}}},
		{"nothing", c.in("log", []byte("kestre l hero n")), nil},
		{"shown in a modal", call("views.open", "view", fmt.Sprintf(view, "", "kestrel", "kestrel", "")), nil},
		{"hidden in a modal", call("views.open", "view", fmt.Sprintf(view, "kestrel", "", "", "")), []trace{{"note", "views.open view"}}},
		{"in a button", call("views.publish", "view", fmt.Sprintf(view, "", "", "", "kestrel")), []trace{{"note", "views.publish view"}}},
		{"in a message", call("chat.postMessage", "blocks", "[kestrel]"), []trace{{"note", "chat.postMessage blocks"}}},
		{"for its reader", call("chat.update", "blocks", "[heron]"), nil},
		{"in a notification", call("chat.update", "text", "heron"), []trace{{"intent", "chat.update text"}}},
		{"an address looked up", call("users.lookupByEmail", "email", "owl@example.com"), nil},
		{"an address elsewhere", call("chat.postMessage", "text", "owl@example.com"), []trace{{"e-mail", "chat.postMessage text"}}},
		{"an answer", answer(`{"text":"kestrel"}`), []trace{{"note", "ack"}}},
		{"an answer for its reader", answer(`{"text":"x","blocks":["heron"]}`, "intent"), nil},
		{"an answer in a notification", answer(`{"text":"heron","blocks":[]}`, "intent"), []trace{{"intent", "ack"}}},
		{"an answer for another", answer(`{"text":"x","blocks":["heron"]}`), []trace{{"intent", "ack blocks"}}},
		{"an answer with a modal", answer(fmt.Sprintf(`{"view":`+view+`}`, "", "kestrel", "", "")), nil},
		{"hidden in that", answer(fmt.Sprintf(`{"view":`+view+`}`, "kestrel", "", "", "")), []trace{{"note", "ack view"}}},
		{"a later answer", call("response_url", "payload", `{"text":"kestrel"}`), []trace{{"note", "response_url payload"}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.got, cmp.AllowUnexported(trace{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"a.db-wal": "..kestrel..", "a.key": "heron", "b.txt": "fine"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, files := c.inFolder(t, dir, nil, "a.key")
	if diff := cmp.Diff([]trace{{"note", "a.db-wal"}}, found, cmp.AllowUnexported(trace{})); diff != "" || files != 2 {
		t.Errorf("in %d files (-want +got):\n%s", files, diff)
	}
	if found, _ := c.inFolder(t, dir, map[string][]string{".db-wal": {"note"}}, "a.key"); len(found) > 0 {
		t.Errorf("found %v where it may be", found)
	}
}
