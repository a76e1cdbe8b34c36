package view_test

import (
	"bytes"
	"encoding/json"
	"sync"
	"testing"

	"innerview/bot/view"
	"innerview/internal/i18n"
	"innerview/questions"
	"innerview/rapport"
)

// hostile is what a person may type to reach a whole channel.
const hostile = "<!channel> & <b>"

// today is a Wednesday, two days after a holiday.
func today() rapport.Date { return rapport.NewDate(2026, 11, 25) }

// catalog is loaded once for all tests.
var catalog = sync.OnceValues(i18n.Load)

// printers are the words of both languages.
func printers(t *testing.T) []*i18n.Printer {
	t.Helper()
	return []*i18n.Printer{printer(t, rapport.English), printer(t, rapport.Japanese)}
}

func printer(t *testing.T, lang rapport.Language) *i18n.Printer {
	t.Helper()
	c, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

// subject is what a message is about.
type subject struct {
	person, pair, offer string
	about               string // what its starters talk of, "" for what they do anyway
	on                  rapport.Date
}

func mei() subject { return subject{"U0MEI", "pair-7", "offer-1", "", today().AddDays(2)} }

func ken() subject { return subject{"U0KEN", "pair-8", "offer-2", "ferries", today().AddDays(5)} }

// when is a moment with the subject.
func (s subject) when(p *i18n.Printer) string {
	return p.T("coffee.when", "Day", p.Date(s.on), "Clock", "15:00")
}

// card is a card about the subject, spoken in the language of the frame.
func (s subject) card(p *i18n.Printer, starter questions.Starter) view.Card {
	if s.about != "" {
		starter.Text = questions.Words{EN: s.about, JA: s.about}
		starter.Share, starter.Listen, starter.Avoid = starter.Text, starter.Text, starter.Text
	}
	return view.Card{Person: s.person, Offer: s.offer, Starter: starter, Spoken: p}
}

// The starters are fixtures of their own: the bank may change its words without a
// golden changing.

func factual() questions.Starter {
	return questions.Starter{
		ID: "F-901", Kind: rapport.KindNudge, Level: rapport.Factual, Topic: "pancakes",
		Text: questions.Words{
			EN: "What have you cooked lately that turned out well?",
			JA: "最近作ったもので、うまくできたのは何ですか。",
		},
		Share: questions.Words{
			EN: "My pancakes finally came out round.",
			JA: "私は先日、やっと丸いパンケーキが焼けました。",
		},
		Follow: questions.Lines{
			EN: []string{"What was the trick?", "Where did you learn it?"},
			JA: []string{"どんなコツがあったんですか。"},
		},
		Listen: questions.Words{EN: "what they enjoy making", JA: "作ることの楽しみ"},
		Avoid:  questions.Words{EN: "Diet, or whom they cook for.", JA: "食事制限や、誰のために作るかは聞かない。"},
	}
}

func causative() questions.Starter {
	return questions.Starter{
		ID: "C-901", Kind: rapport.KindNudge, Level: rapport.Causative, Topic: "first_maps",
		Text: questions.Words{
			EN: "What first drew you to drawing maps?",
			JA: "地図を描くようになったきっかけは何でしたか。",
		},
		Share: questions.Words{
			EN: "I came to this work by way of a summer in an archive.",
			JA: "私は、夏に資料室で働いたのがこの仕事の入口でした。",
		},
		Follow: questions.Lines{EN: []string{"What kept you at it?"}, JA: []string{"続けてこられたのは、どんなところですか。"}},
		Listen: questions.Words{EN: "what catches their interest", JA: "興味の向かう先"},
		Avoid:  questions.Words{EN: "Reasons for leaving a job.", JA: "退職の理由は聞かない。"},
	}
}

func values() questions.Starter {
	return questions.Starter{
		ID: "V-901", Kind: rapport.KindNudge, Level: rapport.Values, Topic: "proud_of",
		Text: questions.Words{
			EN: "Which piece of work are you still glad you did?",
			JA: "やって良かったと今も思う仕事は、どれですか。",
		},
		Share: questions.Words{
			EN: "I am still glad I stayed on for the harbour project.",
			JA: "私は、港の仕事を最後まで続けて良かったと思っています。",
		},
		Follow: questions.Lines{EN: []string{"What made it matter?"}, JA: []string{"どんなところが大事でしたか。"}},
		Listen: questions.Words{EN: "what matters to them in work", JA: "仕事で大事にしていること"},
	}
}

func thanks() questions.Starter {
	return questions.Starter{
		ID: "T-901", Kind: rapport.KindThanks, Topic: "thanks",
		Text: questions.Words{
			EN: "Thank them for one small thing you saw this week.",
			JA: "今週目にした小さなことに、ひとこと「ありがとう」を伝えてみませんか。",
		},
		Share: questions.Words{EN: "That note you left me saved my morning.", JA: "あのメモのおかげで、朝がとても助かりました。"},
	}
}

func hello() questions.Starter {
	return questions.Starter{
		ID: "H-901", Kind: rapport.KindHello, Topic: "hello",
		Text:  questions.Words{EN: "Just say hello.", JA: "あいさつだけで十分です。"},
		Share: questions.Words{EN: "Good to see you today.", JA: "今日も会えてうれしいです。"},
	}
}

// personal is a starter with a slot for what the leader has learnt.
func personal() questions.Starter {
	s := factual()
	s.Requires = questions.RequiresInterest
	s.Text = questions.Words{EN: "What is new with {interest}?", JA: "{interest}のほうは、その後どんな感じですか。"}
	s.Listen = questions.Words{EN: "news of {interest}", JA: "{interest}の近況"}
	return s
}

// operators is a starter as an operator's pack might hold it.
func operators() questions.Starter {
	s := factual()
	words := questions.Words{EN: hostile, JA: hostile}
	s.Text, s.Share, s.Listen, s.Avoid = words, words, words, words
	s.Follow = questions.Lines{EN: []string{hostile}, JA: []string{hostile}}
	return s
}

// encode returns what is sent to Slack.
func encode(t *testing.T, v any) json.RawMessage {
	t.Helper()
	if m, ok := v.(view.Message); ok {
		v = map[string]any{"text": m.Text, "blocks": m.Blocks}
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// parse returns the parsed value of JSON.
func parse(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// indented writes JSON for people: & and < stand as they are.
func indented(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// textsIn returns every text below a parsed value.
func textsIn(v any) []string {
	var found []string
	walk(v, func(name string, value any) {
		if s, ok := value.(string); ok && name == "text" {
			found = append(found, s)
		}
	})
	return found
}

// walk visits every field and every element below a parsed value; an element has
// no name.
func walk(v any, visit func(name string, value any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			visit(name, value)
			walk(value, visit)
		}
	case []any:
		for _, value := range v {
			visit("", value)
			walk(value, visit)
		}
	}
}
