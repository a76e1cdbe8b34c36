package questions_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"innerview/questions"
	"innerview/rapport"
)

// voiceExceptions are words that were read and found right although a rule
// objects. One that no longer objects has to go.
var voiceExceptions = []struct{ id, field, word, reason string }{
	{"C-020", "share", `"points"`, "decimal ones"},
}

// TestVoiceOfTheBank reads every starter and card of the built-in bank against
// docs/method.md, "Voice", beyond what the lint rules hold everywhere: those
// already see to exclamation and question marks, to the length of each text, and
// to the wording of what is said aloud.
func TestVoiceOfTheBank(t *testing.T) {
	t.Parallel()
	bank, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	used := make([]bool, len(voiceExceptions))
	for _, s := range bank.All() {
		for _, v := range voiced(s) {
			for _, word := range v.offVoice() {
				if i := voiceExcepted(v, word); i >= 0 {
					used[i] = true
					continue
				}
				t.Errorf("%s %s.%s: %s is not in Innerview's voice: %q", v.id, v.field, v.lang, word, v.words)
			}
		}
	}
	for i, e := range voiceExceptions {
		if !used[i] {
			t.Errorf("the exception for %s %s %s is no longer needed (%s)", e.id, e.field, e.word, e.reason)
		}
	}
}

func voiceExcepted(v voicedText, word string) int {
	for i, e := range voiceExceptions {
		if e.id == v.id && e.field == v.field && e.word == word {
			return i
		}
	}
	return -1
}

// TestBankSpeaksBriefly holds what a nudge shows as its body, the share and the
// question, to the length of a whole message. Each alone is a matter of lint.
func TestBankSpeaksBriefly(t *testing.T) {
	t.Parallel()
	const words, characters = 45, 120
	bank, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range bank.All() {
		if n := len(strings.Fields(s.Share.EN + " " + s.Text.EN)); n > words {
			t.Errorf("%s: %d English words to read, want up to %d", s.ID, n, words)
		}
		if n := utf8.RuneCountInString(s.Share.JA + s.Text.JA); n > characters {
			t.Errorf("%s: %d Japanese characters to read, want up to %d", s.ID, n, characters)
		}
	}
}

// voicedText is one text of a starter in one language.
type voicedText struct{ id, field, lang, words string }

// aloud reports whether somebody says the text, or it asks the leader to. The
// rest are hints about it.
func (v voicedText) aloud() bool { return v.field != "listen" && v.field != "avoid" }

func voiced(s questions.Starter) []voicedText {
	var out []voicedText
	for _, lang := range []rapport.Language{rapport.English, rapport.Japanese} {
		add := func(field, words string) { out = append(out, voicedText{s.ID, field, string(lang), words}) }
		add("text", s.Text.In(lang))
		add("share", s.Share.In(lang))
		for _, f := range s.Follow.In(lang) {
			add("follow", f)
		}
		add("listen", s.Listen.In(lang))
		add("avoid", s.Avoid.In(lang))
	}
	return out
}

// never are the words the voice keeps out of every text, hints included: they
// press, they count what is not done, or they speak of people from above.
var never = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(?:must(?:n['’]t)?|should(?:n['’]t)?|overdue|fail(?:s|ed|ing|ure)?|still haven['’]t|reminders?|` +
		`complian(?:ce|t)|leverag\w+|engagement|subordinates?|direct reports?|per ?cent(?:ages?)?|` +
		`he|she|his|hers?|him(?:self)?|herself)\b|%`),
	"ja": regexp.MustCompile(`必ず|未実施|未入力|達成率|催促|督促|ましょう|させていただ|お願いいたし|なぜ|部下|あなた|` +
		`彼[はがのをにも女氏]|パーセント|[0-9０-９〇一二三四五六七八九十]割|[%％]`),
}

// contests are the words of games and comparisons. A hint may name one as
// something to leave alone.
var contests = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(?:streaks?|badges?|leaderboards?|rank(?:s|ed|ings?)?|scor(?:es?|ed|ing)|points|compar\w+|` +
		`than (?:the )?(?:others?|rest|anyone|everyone|your (?:colleagues|peers|team)))\b`),
	"ja": regexp.MustCompile(`連続記録|バッジ|順位|ランキング|スコア|点数|得点|比較|(?:ほかの人|他の人|みんな|同期|同僚)(?:より|に比べ)`),
}

var (
	// slackMarkup is what Slack would turn into a mention, a link, a picture or
	// letters in bold.
	slackMarkup = regexp.MustCompile("[<>&*_~`@#|]|:[a-z][a-z0-9_+-]*:|https?:")

	quotation = regexp.MustCompile(`「[^」]*」`)

	// politeEnd is です・ます at the end of a sentence.
	politeEnd = regexp.MustCompile(`(?:です|ます|でした|ました|ません|ませんでした|でしょう|ください|なさい)(?:か|ね|よ|よね)?$`)
	// trailingEnd is how a polite sentence trails off, or a greeting ends: a
	// particle, and no predicate in the plain form.
	trailingEnd = regexp.MustCompile(`(?:ので|ませんが|ですが|でも|に|くて|まして|ひとこと|だけ|どうぞ|では、また)$`)
)

// offVoice returns what in the text is not in Innerview's voice.
func (v voicedText) offVoice() []string {
	var found []string
	quote := func(words []string) {
		for _, w := range words {
			found = append(found, fmt.Sprintf("%q", strings.ToLower(w)))
		}
	}
	quote(never[v.lang].FindAllString(v.words, -1))
	if v.field != "avoid" {
		quote(contests[v.lang].FindAllString(v.words, -1))
	}
	quote(slackMarkup.FindAllString(v.words, -1))
	for _, r := range v.words {
		if isSymbol(r) {
			quote([]string{string(r)})
		}
	}
	return append(found, v.offBeat()...)
}

// offBeat returns what is wrong with the sentences: their number, their length
// and, where they are said aloud, a plain ending in Japanese.
func (v voicedText) offBeat() []string {
	const most, longest = 3, 45 // sentences; Japanese characters without what is quoted
	var found []string
	all := v.sentences()
	if len(all) > most {
		found = append(found, fmt.Sprintf("%d sentences", len(all)))
	}
	if v.lang != "ja" {
		return found
	}
	for _, s := range all {
		if n := utf8.RuneCountInString(quotation.ReplaceAllString(s, "")); n > longest {
			found = append(found, fmt.Sprintf("a sentence of %d characters", n))
		}
		if v.aloud() && !politeEnd.MatchString(s) && !trailingEnd.MatchString(s) {
			found = append(found, fmt.Sprintf("the plain ending of %q", s))
		}
	}
	return found
}

// sentences cuts the text at its full stops and question marks, outside of
// Japanese quotation marks.
func (v voicedText) sentences() []string {
	quoted := false
	cut := func(r rune) bool {
		switch r {
		case '「', '」':
			quoted = r == '「'
		case '。', '.', '?':
			return !quoted
		}
		return false
	}
	return slices.DeleteFunc(strings.FieldsFunc(v.words, cut), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// isSymbol reports emoji, arrows, stars and notes, and what joins emoji.
func isSymbol(r rune) bool {
	return r > unicode.MaxASCII && unicode.IsSymbol(r) || r == '\u200d' || r == '\ufe0f' || r == '※'
}

func TestOffVoiceFindsWhatItIsFor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field, lang, words string
		want               []string
	}{
		{"text", "en", "What drew you to tea, if it suits you to say?", nil},
		{"text", "en", "You Must try. You shouldn’t wait", []string{`"must"`, `"shouldn’t"`}},
		{"listen", "en", "what is overdue, failed or still haven't done", []string{`"overdue"`, `"failed"`, `"still haven't"`}},
		{"avoid", "en", "A reminder of compliance, or leverage.", []string{`"reminder"`, `"compliance"`, `"leverage"`}},
		{"avoid", "en", "Engagement of subordinates at 40% or 40 percent.", []string{`"engagement"`, `"subordinates"`, `"%"`, `"percent"`}},
		{"listen", "en", "what she likes, and her pace", []string{`"she"`, `"her"`}},
		{"listen", "en", "mustard, the other theme, failsafe", nil},
		{"share", "en", "A streak, a badge, better than others", []string{`"streak"`, `"badge"`, `"than others"`}},
		{"listen", "en", "how they compare, their rank", []string{`"compare"`, `"rank"`}},
		{"avoid", "en", "Comparing with others, or a rank.", nil},
		{"text", "en", "Ask <@U1> about *tea* :tea: & http://t", []string{`"<"`, `"@"`, `">"`, `"*"`, `"*"`, `":tea:"`, `"&"`, `"http:"`}},
		{"text", "en", "Tea ☕ and \U0001f375 ♪ ※", []string{`"☕"`, `"🍵"`, `"♪"`, `"※"`}},
		{"share", "en", "One. Two. Three. Four.", []string{"4 sentences"}},
		{"share", "en", "At 10:30 we had tea, e-mail and more.", nil},

		{"text", "ja", "どんなお茶が好きですか。", nil},
		{"text", "ja", "部下に必ず聞きましょう。", []string{`"部下"`, `"必ず"`, `"ましょう"`, `the plain ending of "部下に必ず聞きましょう"`}},
		{"avoid", "ja", "なぜ未実施か、催促・督促・達成率。", []string{`"なぜ"`, `"未実施"`, `"催促"`, `"督促"`, `"達成率"`}},
		{"listen", "ja", "彼女の三割、50％、10パーセント", []string{`"彼女"`, `"三割"`, `"％"`, `"パーセント"`}},
		{"listen", "ja", "彼方の役割", nil},
		{"share", "ja", "させていただきます。お願いいたします。", []string{`"させていただ"`, `"お願いいたし"`}},
		{"listen", "ja", "同期より上の順位", []string{`"順位"`, `"同期より"`}},
		{"avoid", "ja", "順位の話をしない。", nil},
		{"share", "ja", "私はお茶が好きだ。", []string{`the plain ending of "私はお茶が好きだ"`}},
		{"share", "ja", "昨日お茶を飲んだ。おいしかったです。", []string{`the plain ending of "昨日お茶を飲んだ"`}},
		{"share", "ja", "お茶をいれます。よければご一緒に。「また飲む。」とよく言われるので。", nil},
		{"share", "ja", "一です。二です。三です。四です。", []string{"4 sentences"}},
		{"avoid", "ja", strings.Repeat("茶", 46) + "。", []string{"a sentence of 46 characters"}},
		{"avoid", "ja", "「" + strings.Repeat("茶", 46) + "」と言わない。", nil},
	}
	for _, tt := range tests {
		v := voicedText{"F-001", tt.field, tt.lang, tt.words}
		got, want := v.offVoice(), slices.Clone(tt.want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s.%s %q: found %s, want %s", tt.field, tt.lang, tt.words, got, want)
		}
	}
}
