package discretion_test

import (
	"strings"
	"testing"

	"innerview/internal/discretion"
	"innerview/questions"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	red := func(topic discretion.Topic) discretion.Finding {
		return discretion.Finding{Class: discretion.Red, Topic: topic}
	}
	listen := func(topic discretion.Topic) discretion.Finding {
		return discretion.Finding{Class: discretion.Red, Topic: topic, Disclosure: true}
	}
	amber := func(topic discretion.Topic) discretion.Finding {
		return discretion.Finding{Class: discretion.Amber, Topic: topic}
	}
	label := discretion.Finding{Class: discretion.Label, Topic: discretion.Judgement}
	tests := []struct {
		name, text string
		want       discretion.Finding
	}{
		{"nothing", "", discretion.Finding{}},
		{"blanks", " \t\n", discretion.Finding{}},
		{"neither language", "… 😀 привет", discretion.Finding{}},

		{"red goes before the others", "Her lazy brother has cancer", listen(discretion.Health)},
		{"label goes before amber", "Lazy like his brother", label},
		{"red goes before the others, ja", "怠け者の弟が糖尿病", listen(discretion.Health)},
		{"label goes before amber, ja", "弟に似て怠け者", label},
		{"a judgement of the mind is no illness", "メンタルが弱い", label},
		{"an illness of the mind is no judgement", "メンタル不調で休んでいる", listen(discretion.MentalHealth)},

		{"one thing in English, one in Japanese", "弟さんは lazy らしい", label},
		{"an English word in Japanese", "ADHDと聞いた", red(discretion.Disability)},
		{"the graver of the two", "Nice lunch 糖尿病とのこと", listen(discretion.Health)},

		{"wide letters", "Ｃａｎｃｅｒ　ｓｕｒｇｅｒｙ", listen(discretion.Health)},
		{"half-width kana", "ﾊﾟﾜﾊﾗを受けている", listen(discretion.Harassment)},
		{"capitals", "PREGNANT", red(discretion.Pregnancy)},
		{"blanks inside Japanese", "糖尿 病", listen(discretion.Health)},
		{"a curly apostrophe", "Doesn’t listen", label},
		{"a hyphen for a blank", "self-harm", listen(discretion.MentalHealth)},

		{"listening: what was suffered", "痴漢に遭った", listen(discretion.Crime)},
		{"no listening: what was done", "万引きで捕まった", red(discretion.Crime)},
		{"listening: a second topic", "Joined the union after being bullied", listen(discretion.Harassment)},
		{"no listening: a creed", "キリスト教徒", red(discretion.Religion)},

		{"my number without a word", "123456789018", red(discretion.IDNumber)},
		{"in groups", "1234-5678-9018", red(discretion.IDNumber)},
		{"wide digits", "１２３４ ５６７８ ９０１８", red(discretion.IDNumber)},
		{"a wrong check digit", "123456789017", discretion.Finding{}},
		{"a card", "4111 1111 1111 1111", red(discretion.IDNumber)},
		{"no card", "4111 1111 1111 1112", discretion.Finding{}},

		{"a tumour", "ガンが見つかった", listen(discretion.Health)},
		{"to do one's best", "がんばる", discretion.Finding{}},
		{"Cancer the sign", "Her Cancer sign mug", discretion.Finding{}},
		{"sick leave", "Sick leave until May", listen(discretion.Health)},
		{"a sick riff", "Plays a sick guitar riff", discretion.Finding{}},
		{"a race", "Runs a relay race", discretion.Finding{}},
		{"descent", "Of mixed race", red(discretion.Origin)},
		{"sets", "The union of sets", discretion.Finding{}},
		{"a station", "Union Station at dawn", discretion.Finding{}},
		{"with zeal", "Tests religiously", discretion.Finding{}},
		{"like a creed", "宗教じみたこだわり", discretion.Finding{}},
		{"a party", "辛党で甘党", discretion.Finding{}},
		{"a political party", "共産党の集会", red(discretion.Politics)},
		{"the hollow in a road", "A depression in the road", discretion.Finding{}},
		{"a false friend beside a true one", "コーヒー中毒、それと糖尿病", listen(discretion.Health)},
		{"a false friend beside a true one, en", "Addicted to coffee and to gambling", red(discretion.Debt)},
		{"hometown", "Hometown is Nara", amber(discretion.Hometown)},

		{"two families close to each other", "Hears nothing, says the left ear is the bad one", red(discretion.Disability)},
		{"in the other order", "三か月前から家賃が遅れている", red(discretion.Debt)},
		{"too far from each other", "The rent of the hall is fair and the speakers came late", amber(discretion.Housing)},
		{"not across the end of a sentence", "Likes Labour Day. Votes with her feet", discretion.Finding{}},
		{"a number behind its word", "Passport no. 530917284", red(discretion.IDNumber)},
		{"a number behind another word", "Order no. 530917284", discretion.Finding{}},
		{"short forms", "Diag w diabetes last yr", listen(discretion.Health)},
		{"said of a thing", "The deck needs surgery", discretion.Finding{}},
		{"said of a person beside a thing", "The deck is fine, needs surgery", listen(discretion.Health)},
		{"said of a thing, ja", "金型の手術は土曜", discretion.Finding{}},
		{"said of a person beside a thing, ja", "会議は手術で欠席", listen(discretion.Health)},
		{"something that is built", "Owns the fraud detection module", discretion.Finding{}},
		{"a novel", "Reads a novel about a cult", discretion.Finding{}},
		{"a game", "Board game night: her goblins won the election", discretion.Finding{}},
		{"a game and an illness", "Board game night is off, cancer is back", listen(discretion.Health)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := discretion.Check(tt.text); got != tt.want {
				t.Errorf("Check(%q) = %+v, want %+v", tt.text, got, tt.want)
			}
		})
	}
}

// TestCheckLeavesTheBankAlone reads the starters: harmless sentences about work
// and spare time that were not written with these lists in mind.
func TestCheckLeavesTheBankAlone(t *testing.T) {
	t.Parallel()
	bank, err := questions.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	read, flagged := 0, 0
	for _, text := range spoken(bank) {
		read++
		if got := discretion.Check(text); got.Class != discretion.None {
			flagged++
			t.Logf("%+v: %s", got, text)
		}
	}
	t.Logf("%d of %d sentences flagged", flagged, read)
	if read < 300 || flagged*100 > read {
		t.Errorf("%d of %d sentences flagged, want at most one in a hundred of 300 and more", flagged, read)
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"", "Lazy", "がん", "1234 5678 9018", "café n’t ’ n't", "\x00\xff", "ﾊﾟﾜﾊﾗ", "[red]", " - - -", "a\u0301",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := discretion.Check(text)
		if again := discretion.Check(text); again != got {
			t.Errorf("Check(%q) = %+v, then %+v", text, got, again)
		}
		if (got.Class == discretion.None) != (got.Topic == "") {
			t.Errorf("Check(%q) = %+v: a class without a topic, or the other way round", text, got)
		}
		if got.Disclosure && got.Class != discretion.Red {
			t.Errorf("Check(%q) = %+v: disclosure without red", text, got)
		}
	})
}

// notes are as long as a note may be, and hold nothing that would end the
// search early.
func notes() map[string]string {
	return map[string]string{
		"en":   strings.Repeat("Wants to try the new build before the demo. ", 7)[:280],
		"ja":   string([]rune(strings.Repeat("来週の発表に向けて資料を直したいそうです。", 15))[:280]),
		"both": string([]rune(strings.Repeat("来週のdemoに向けてbuildを直したい。", 15))[:280]),
	}
}

func BenchmarkCheck(b *testing.B) {
	for name, note := range notes() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				discretion.Check(note)
			}
		})
	}
}

// spoken returns what the starters have a leader say, in both languages.
func spoken(bank *questions.Bank) []string {
	var all []string
	for _, s := range bank.All() {
		for _, w := range []questions.Words{s.Text, s.Share, s.Listen} {
			all = append(all, w.EN, w.JA)
		}
		all = append(all, s.Follow.EN...)
		all = append(all, s.Follow.JA...)
	}
	return all
}
