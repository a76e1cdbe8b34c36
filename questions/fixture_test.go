package questions_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"innerview/questions"
	"innerview/rapport"
)

// spec writes one item of a pack. It begins with an id and goes on with changes
// to a plain item: topic=lunch, at=walk,lunch, when=friday, needs=learnt.interest,
// feel=careful.
func spec(line string) string {
	words := strings.Fields(line)
	id := words[0]
	v := map[string]string{"topic": strings.ToLower(id[:1]) + id[2:], "at": "coffee,lunch,walk,remote", "when": "any", "feel": "none"}
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		v[key] = value
	}
	slot := map[string]string{"learnt.interest": "{interest}", "observed.strength": "{strength}"}[v["needs"]]
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("- id: %s", id)
	say("  topic: %s", v["topic"])
	say("  setting: [%s]", v["at"])
	say("  occasion: %s", v["when"])
	if v["needs"] != "" {
		say("  requires: %s", v["needs"])
	}
	level, question := map[byte]int{'F': 1, 'C': 2, 'V': 3}[id[0]]
	if question {
		say("  level: %d", level)
		say("  text: {en: \"What drew you to this %s?\", ja: \"これは%sどんなものですか。\"}", slot, slot)
		say("  share: {en: \"I like tea.\", ja: \"私はお茶が好きです。\"}")
		say("  follow: {en: [\"What do you like about it?\"], ja: [\"どんなところが好きですか。\"]}")
	} else {
		say("  text: {en: \"Say a word about %s.\", ja: \"%sひとこと伝えてみませんか。\"}", slot, slot)
		say("  say: {en: \"Thank you.\", ja: \"ありがとうございます。\"}")
	}
	say("  listen: {en: \"what they like\", ja: \"好きなもの\"}")
	say("  sensitivity: %s", v["feel"])
	say("  avoid: {en: \"Anything else.\", ja: \"ほかの話はしない。\"}")
	return b.String()
}

// pack returns a folder of one file with the items.
func pack(specs ...string) fstest.MapFS {
	var b strings.Builder
	for _, s := range specs {
		b.WriteString(spec(s))
	}
	return folder(map[string]string{"pack.yaml": b.String()})
}

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// bankOf returns a bank of the items and one hello card, H-001.
func bankOf(t testing.TB, specs ...string) *questions.Bank {
	t.Helper()
	b, err := questions.Load(pack(append(slices.Clone(specs), "H-001 topic=hello at=coffee,lunch,walk,corridor,remote,travel")...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// wednesday is the day most tests choose on; no season has come.
var wednesday = rapport.NewDate(2026, time.September, 16)

// request returns the request for two people who know one another well, on
// wednesday at half past ten.
func request(depth rapport.Depth) questions.Request {
	return questions.Request{
		Pair:       "pair",
		Now:        wednesday.At(10*60+30, time.UTC),
		Today:      wednesday,
		Pace:       rapport.Pace{Depth: depth, First: wednesday.AddDays(-400), Last: wednesday.AddDays(-14)},
		Rhythm:     14,
		FirstKnown: wednesday.AddDays(-400),
	}
}

// shown returns an offer of the starter so many days before wednesday.
func shown(id string, daysAgo int) rapport.Offer {
	level := map[byte]rapport.Depth{'F': rapport.Factual, 'C': rapport.Causative, 'V': rapport.Values}[id[0]]
	return rapport.Offer{
		ID: fmt.Sprintf("%s-%d", id, daysAgo), Starter: id, Level: level, Topic: strings.ToLower(id[:1]) + id[2:],
		State: rapport.OfferShown, ShownOn: wednesday.AddDays(-daysAgo),
	}
}

// chosen returns the ids chosen for many pairs, in the order of the first pair
// that got each.
func chosen(b *questions.Bank, r questions.Request) []string {
	var ids []string
	for i := range 100 {
		r.Pair = fmt.Sprintf("pair %d", i)
		if id := b.Choose(r).Starter.ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// shares returns how many of 10,000 pairs get each starter.
func shares(b *questions.Bank, r questions.Request) map[string]int {
	out := map[string]int{}
	for i := range 10_000 {
		r.Pair = fmt.Sprintf("pair %d", i)
		out[b.Choose(r).Starter.ID]++
	}
	return out
}

// about fails the test when a count of 10,000 is further than 3 in 100 from the
// percentage.
func about(t *testing.T, what string, got, percent int) {
	t.Helper()
	if want := percent * 100; got < want-300 || got > want+300 {
		t.Errorf("%s: %d of 10000, want about %d", what, got, want)
	}
}
