package i18n_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// exceptions are texts that were read and found right although a rule objects.
// One that no longer objects has to go.
var exceptions = []struct {
	lang, key, word, reason string
}{}

// banned are the words docs/method.md, "Voice", keeps out of each language, and
// those that would count what somebody has not done.
var banned = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(?:must(?:n['’]t)?|should(?:n['’]t)?|overdue|failed|still haven['’]t|reminders?|` +
		`compliance|leverage|engagement score|complete\w*|missing)\b|[!%！]`),
	"ja": regexp.MustCompile(`必ず|未実施|未入力|達成率|催促|督促|ましょう|させていただ|お願いいたし|なぜ|部下|` +
		`[！？!?%％]`),
}

// emoji are the only ones in the voice, one a message at most.
const emoji = "☕🍵🍱🚶🌿"

// solemn are the keys whose texts carry no emoji at all.
var solemn = regexp.MustCompile(`privacy|promise|declin`)

func TestTheVoice(t *testing.T) {
	t.Parallel()
	used := make([]bool, len(exceptions))
	for _, lang := range []string{"en", "ja"} {
		w := readWords(t, lang)
		for _, key := range sortedKeys(w) {
			for _, form := range sortedKeys(w[key]) {
				for _, word := range voice(lang, key, w[key][form]) {
					if i := excepted(lang, key, word); i >= 0 {
						used[i] = true
						continue
					}
					t.Errorf("%s.yaml: %s: %q is not in Innerview's voice", lang, key, word)
				}
			}
		}
	}
	for i, e := range exceptions {
		if !used[i] {
			t.Errorf("the exception for %s %s %q is no longer needed (%s)", e.lang, e.key, e.word, e.reason)
		}
	}
}

func excepted(lang, key, word string) int {
	for i, e := range exceptions {
		if e.lang == lang && e.key == key && e.word == word {
			return i
		}
	}
	return -1
}

func TestVoiceFindsWhatItIsFor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		lang, key, text string
		want            []string
	}{
		{"en", "a.b", "You might say hello, if it suits. ☕", nil},
		{"en", "a.b", "You Must do it!", []string{"must", "!"}},
		{"en", "a.b", "You shouldn't, and it's overdue", []string{"shouldn't", "overdue"}},
		{"en", "a.b", "You still haven’t. A reminder: 40% completed", []string{"still haven’t", "reminder", "%", "completed"}},
		{"en", "a.b", "failed leverage, missing compliance", []string{"failed", "leverage", "missing", "compliance"}},
		{"en", "a.b", "mustard on an unfailed day", nil},
		{"en", "a.b", "☕ or 🍵", []string{"2 emoji"}},
		{"en", "a.b", "well done 🎉", []string{"🎉"}},
		{"en", "a.b", "well done :tada:", []string{":tada:"}},
		{"en", "privacy.what", "we keep little 🌿", []string{"1 emoji"}},
		{"en", "a.b", "at 10:30, <@U1>", nil},
		{"ja", "a.b", "よければ、話してみませんか。🍵", nil},
		{"ja", "a.b", "部下に必ず聞きましょう！", []string{"部下", "必ず", "ましょう", "！"}},
		{"ja", "a.b", "なぜ未実施ですか？", []string{"なぜ", "未実施", "？"}},
		{"ja", "a.b", "ご確認をお願いいたします", []string{"お願いいたし"}},
		{"ja", "a.b", "達成率100％", []string{"達成率", "％"}},
	}
	for _, tt := range tests {
		if got := voice(tt.lang, tt.key, tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("voice(%s, %s, %q) = %q, want %q", tt.lang, tt.key, tt.text, got, tt.want)
		}
	}
}

// voice returns what in a text is not in Innerview's voice.
func voice(lang, key, text string) []string {
	text = placeholder.ReplaceAllString(text, "")
	var found []string
	for _, word := range banned[lang].FindAllString(text, -1) {
		found = append(found, strings.ToLower(word))
	}
	found = append(found, shortcode.FindAllString(text, -1)...)
	allowed, n := 1, 0
	if solemn.MatchString(key) {
		allowed = 0
	}
	for _, r := range text {
		switch {
		case strings.ContainsRune(emoji, r):
			n++
		case isPicture(r):
			found = append(found, string(r))
		}
	}
	if n > allowed {
		found = append(found, fmt.Sprintf("%d emoji", n))
	}
	return found
}

// shortcode is how Slack spells an emoji.
var shortcode = regexp.MustCompile(`:[a-z][a-z0-9_+-]*:`)

// isPicture reports a symbol that is drawn in colour rather than set as type.
func isPicture(r rune) bool {
	return r >= 0x1F000 && unicode.IsSymbol(r) || r >= 0x2600 && r <= 0x27BF
}
