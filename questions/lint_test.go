package questions_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/questions"
)

// wording is an item with one text changed: field.lang = words.
type wording struct{ field, words string }

// The texts of plain, by field.
var plainTexts = map[string]string{
	"text.en":   "Which tea do you like?",
	"text.ja":   "どんなお茶が好きですか。",
	"share.en":  "I like green tea.",
	"share.ja":  "私は緑茶が好きです。",
	"follow.en": "What do you like about it?",
	"follow.ja": "どんなところが好きですか。",
	"listen.en": "what they like",
	"listen.ja": "好きなもの",
	"avoid.en":  "Alcohol.",
	"avoid.ja":  "お酒の話はしない。",
}

// lintText returns the rules broken by plain with one text changed.
func lintText(t *testing.T, w wording) []string {
	t.Helper()
	old, ok := plainTexts[w.field]
	if !ok || !strings.Contains(plain, `"`+old+`"`) {
		t.Fatalf("plain has no %s", w.field)
	}
	return lintSource(strings.Replace(plain, `"`+old+`"`, `"`+w.words+`"`, 1))
}

func lintSource(src string) []string {
	var rules []string
	for _, f := range questions.Lint(folder(map[string]string{"pack.yaml": src})) {
		if !slices.Contains(rules, f.Rule) {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

// ruleTest holds texts that a rule accepts, and texts that it alone refuses.
type ruleTest struct {
	rule              string
	accepted, refused []wording
}

func (rt ruleTest) run(t *testing.T) {
	t.Helper()
	for _, w := range rt.accepted {
		if got := lintText(t, w); len(got) > 0 {
			t.Errorf("%s %q breaks %v, want nothing", w.field, w.words, got)
		}
	}
	for _, w := range rt.refused {
		if diff := cmp.Diff([]string{rt.rule}, lintText(t, w)); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", w.field, w.words, diff)
		}
	}
}

func TestL01OpenQuestion(t *testing.T) {
	t.Parallel()
	ruleTest{
		rule: "L-01",
		accepted: []wording{
			{"text.en", "What did you do on your last free afternoon?"},
			{"text.en", "You mentioned tea. How did it start?"},
			{"text.en", "Willing colleagues: where do you find them?"},
			{"text.ja", "休憩には何を飲みますか。"},
			{"text.ja", "最近、当たりだったお茶ってありましたか。"},
			{"text.ja", "お茶を始めたきっかけを聞かせてください。"},
			{"follow.ja", "それは、いつ頃のことですか。"},
			{"share.en", "Did I tell you that I like tea."}, // no question is asked
		},
		refused: []wording{
			{"text.en", "Do you like tea?"},
			{"text.en", "Would you recommend one?"},
			{"text.en", "Don't you like tea?"},
			{"text.en", "It rains. Is that good for tea?"},
			{"follow.en", "Was it good?"},
			{"follow.en", "Can’t you tell?"},
			{"text.ja", "お茶は好きですか。"},
			{"follow.ja", "おいしかったですか。"},
		},
	}.run(t)
}

func TestL02NoBareWhy(t *testing.T) {
	t.Parallel()
	ruleTest{
		rule: "L-02",
		accepted: []wording{
			{"text.en", "What drew you to tea?"},
			{"text.ja", "どんなお茶が好きなんですか。"},
			{"text.ja", "どうしても飲みたいお茶って何ですか。"},
			{"avoid.en", "Asking why."},
			{"avoid.ja", "なぜ、とは聞かない。"},
		},
		refused: []wording{
			{"text.en", "Why tea, and which?"},
			{"follow.en", "And why is that?"},
			{"text.ja", "なぜ、どのお茶が好きですか。"},
			{"text.ja", "どうして、何を飲みますか。"},
			{"follow.ja", "なんで、どこで飲みますか。"},
		},
	}.run(t)
}

func TestL03NoPressure(t *testing.T) {
	t.Parallel()
	ruleTest{
		rule: "L-03",
		accepted: []wording{
			{"share.en", "I should drink less coffee."},
			{"avoid.en", "Be honest that it is only tea."},
		},
		refused: []wording{
			{"text.en", "To be honest, which tea do you like?"},
			{"text.en", "How do you really feel about tea?"},
			{"text.en", "What would you admit about tea?"},
			{"text.en", "What's the real reason you drink tea?"},
			{"share.en", "You should try green tea."},
			{"text.ja", "正直に言って、どのお茶が好きですか。"},
			{"follow.ja", "本当の理由は何ですか。"},
		},
	}.run(t)
}

func TestL03PressureOfWhy(t *testing.T) {
	t.Parallel()
	got := lintText(t, wording{"follow.en", "Why didn't you like it?"})
	if diff := cmp.Diff([]string{"L-02", "L-03"}, got); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

func TestL04ProhibitedTopics(t *testing.T) {
	t.Parallel()
	ruleTest{
		rule: "L-04",
		accepted: []wording{
			{"avoid.en", "Family, health, age, religion."},
			{"avoid.ja", "家族・健康・年齢・宗教の話はしない。"},
			{"share.en", "My first running race was a mess."},
			{"share.en", "I manage a page of notes and every single one is short."},
			{"share.ja", "私はお昼に健康的なランチを選びます。"},
			{"share.ja", "昨日は国籍不明料理の店でした。"},
		},
		refused: []wording{
			{"text.en", "What is your hometown like?"},
			{"text.en", "Where were you born?"},
			{"text.en", "What does your family do on Sundays?"},
			{"text.en", "What do your parents do?"},
			{"text.en", "How did you and your partner meet?"},
			{"text.en", "Which church do you like?"},
			{"text.en", "Which party will win the election?"},
			{"text.en", "Which role model shaped you?"},
			{"text.en", "Whom do you admire?"},
			{"text.en", "What does the union say?"},
			{"text.en", "Which book do you like best?"},
			{"text.en", "Which newspaper do you read?"},
			{"text.en", "How is your health these days?"},
			{"text.en", "What AGE suits this work?"},
			{"text.en", "What salary would be right?"},
			{"text.en", "Which visa do you have?"},
			{"text.en", "Which race are you?"},
			{"text.en", "How does gender matter here?"},
			{"share.en", "My father liked tea."},
			{"follow.en", "Who in the family likes it?"},
			{"text.ja", "ご出身はどこですか。"},
			{"text.ja", "実家はどのあたりですか。"},
			{"text.ja", "ご家族は何人ですか。"},
			{"text.ja", "結婚はいつでしたか。"},
			{"text.ja", "間取りはどんな感じですか。"},
			{"text.ja", "支持政党はどこですか。"},
			{"text.ja", "尊敬する人はどんな方ですか。"},
			{"text.ja", "愛読書は何ですか。"},
			{"text.ja", "体調はどうですか。"},
			{"text.ja", "年収はどのくらいですか。"},
			{"text.ja", "国籍はどこですか。"},
			{"share.ja", "私の父親はお茶が好きでした。"},
			{"follow.ja", "信仰は何ですか。"},
		},
	}.run(t)
}

func TestL05Length(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field      string
		limit      int
		head, tail string
		filler     string
	}{
		{"text.en", 120, "What", "?", "o"},
		{"text.ja", 45, "何", "ですか。", "茶"},
		{"share.en", 120, "I", ".", "o"},
		{"share.ja", 45, "私", "です。", "茶"},
		{"follow.en", 60, "What", "?", "o"},
		{"follow.ja", 30, "何", "ですか。", "茶"},
		{"listen.en", 60, "", "", "o"},
		{"listen.ja", 30, "", "", "茶"},
		{"avoid.en", 120, "", "", "o"},
		{"avoid.ja", 50, "", "", "茶"},
	}
	for _, tt := range tests {
		fill := tt.limit - len([]rune(tt.head+tt.tail))
		longest := tt.head + strings.Repeat(tt.filler, fill) + tt.tail
		longer := tt.head + strings.Repeat(tt.filler, fill+1) + tt.tail
		ruleTest{
			rule:     "L-05",
			accepted: []wording{{tt.field, longest}},
			refused:  []wording{{tt.field, longer}},
		}.run(t)
	}
}

func TestL05OneQuestion(t *testing.T) {
	t.Parallel()
	ruleTest{
		rule: "L-05",
		accepted: []wording{
			{"text.ja", "「どうですか。」と聞かれたら、何を飲みますか。"},
			{"text.ja", "休憩には何を飲みますか。お茶でも、それ以外でも。"},
			{"text.ja", "いちばん好きなお茶は何でしょう。"},
			{"follow.en", "Tell me how it began."},
		},
		refused: []wording{
			{"text.en", "Which tea do you like? Where do you buy it?"},
			{"text.en", "What a nice tea."},
			{"text.ja", "何を飲みますか。どこで買いますか。"},
			{"text.ja", "どんなお茶もおいしいですよね。"},
		},
	}.run(t)
}

func TestL06JapaneseRegister(t *testing.T) {
	t.Parallel()
	ruleTest{
		rule: "L-06",
		accepted: []wording{
			{"share.ja", "私は小さな港町が好きです。うどんが目当てで。"},
			{"share.ja", "私なら「まだ知らなくて当たり前だよ」と言います。"},
			{"listen.ja", "君らしさ"}, // a hint, not said to anybody
		},
		refused: []wording{
			{"text.ja", "どんなお茶が好きですか"},
			{"text.ja", "どんなお茶が好きですか？"},
			{"share.ja", "私は緑茶が好きです！"},
			{"avoid.ja", "お酒の話はしない！"},
			{"share.ja", "私は緑茶が好きだ。"},
			{"share.ja", "私は緑茶。"},
			{"share.ja", "僕は緑茶が好きです。"},
			{"share.ja", "緑茶を用意させていただきます。"},
			{"text.ja", "あなたはどんなお茶が好きですか。"},
			{"text.ja", "君はどんなお茶が好きですか。"},
			{"text.ja", "部下にはどんなお茶を出しますか。"},
			{"text.ja", "どんなお茶をお飲みになられますか。"},
			{"share.ja", "緑茶が好きでございますでしょうか。好きです。"},
		},
	}.run(t)
}

func TestL07EnglishWording(t *testing.T) {
	t.Parallel()
	ruleTest{
		rule: "L-07",
		accepted: []wording{
			{"share.en", "I'm fond of well-made tea, and they're out of it."},
			{"share.en", "The others like tea."}, // "he" inside a word
			{"avoid.en", "Talk of output."},
		},
		refused: []wording{
			{"text.en", "Which tea does he like?"},
			{"text.en", "Which tea is hers?"},
			{"share.en", "I learned it from a colleague and her notes."},
			{"share.en", "I like tea!"},
			{"share.en", "I like tea — a lot."},
			{"share.en", "I like tea - a lot."},
			{"listen.en", "what they like – always"},
			{"text.en", "What raises your output?"},
			{"text.en", "How could we leverage tea?"},
			{"text.en", "Where is an opportunity for improvement?"},
			{"text.en", "What lifts engagement here?"},
		},
	}.run(t)
}

func TestL09Places(t *testing.T) {
	t.Parallel()
	accepted := []string{
		"V-001 at=coffee,lunch,walk,remote", "V-001 at=walk,lunch feel=careful", "F-001 at=corridor,travel", "C-001 at=corridor",
	}
	refused := []string{
		"V-001 at=corridor,walk", "V-001 at=travel", "V-001 at=coffee feel=careful", "C-001 at=walk,remote feel=careful",
	}
	for _, s := range accepted {
		if got := lintSource(spec(s)); len(got) > 0 {
			t.Errorf("%s breaks %v, want nothing", s, got)
		}
	}
	for _, s := range refused {
		if diff := cmp.Diff([]string{"L-09"}, lintSource(spec(s))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s, diff)
		}
	}
}

func TestL10Slots(t *testing.T) {
	t.Parallel()
	change := func(item, old, to string) string { return strings.Replace(spec(item), old, to, 1) }
	tests := []struct {
		name, src string
		want      []string
	}{
		{"interest", spec("C-001 needs=learnt.interest"), nil},
		{"strength on a card", spec("T-001 needs=observed.strength"), nil},
		{"slot in what a card says", change("T-001 needs=observed.strength", "Thank you.", "Thank you for {strength}."), nil},
		{"requires without slot", spec("F-001") + "  requires: learnt.interest\n", []string{"L-10"}},
		{"slot without requires", change("F-001", "to this ?", "to {interest}?"), []string{"L-10"}},
		{"slot of another requirement", change("F-001 needs=learnt.interest", "{interest}", "{strength}"), []string{"L-10"}},
		{"slot in one language only", change("F-001 needs=learnt.interest", "{interest}", "this"), []string{"L-10"}},
		{"unknown slot", change("F-001", "I like tea.", "I like {tea}."), []string{"L-10"}},
		{"slot not closed", change("F-001", "I like tea.", "I like {interest."), []string{"L-10"}},
		{"slot in a hint", change("F-001", "what they like", "{interest}"), []string{"L-10"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, lintSource(tt.src)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestCardsNeedNotAsk(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"T-001", "H-001"} {
		if found := questions.Lint(pack(s)); len(found) > 0 {
			t.Errorf("Lint(%s) = %v, want nothing", s, found)
		}
	}
	prohibited := strings.Replace(spec("H-001"), "Thank you.", "How is the family.", 1)
	if diff := cmp.Diff([]string{"L-04"}, lintSource(prohibited)); diff != "" {
		t.Errorf("a card about family (-want +got):\n%s", diff)
	}
}
