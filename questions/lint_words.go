package questions

import (
	"regexp"
	"strings"
)

// wordRule is a rule about words that must not be said in a language.
type wordRule struct {
	rule, lang string
	pattern    *regexp.Regexp
	mend       string
}

// patterns are the words the rules look for.
type patterns struct {
	closedEN, punctEN                  *regexp.Regexp
	openJA, asksJA, quotedJA, politeJA *regexp.Regexp
	words                              []wordRule
	allow                              map[string][]*regexp.Regexp // by rule
}

func newPatterns() patterns {
	return patterns{
		closedEN: regexp.MustCompile(`(?i)^(do|did|does|is|are|was|were|have|has|can|could|will|would|should)(n['’]t|['’]t)?\b|^won['’]t\b`),
		punctEN:  regexp.MustCompile(`[!！—–]|--| - `),
		openJA:   regexp.MustCompile(`何|なに|どんな|どの|どう|どこ|いつ|どれ|きっかけ|聞かせて|って.*ありま(すか|したか)`),
		asksJA:   regexp.MustCompile(`か[。？]?$|聞かせてください[。？]?$|(何|なに|どん|どの|どう|どこ|いつ|どれ).*でしょう[。？]?$`),
		quotedJA: regexp.MustCompile(`「[^」]*」`),
		politeJA: regexp.MustCompile(`(です|ます|でした|ました|ません|でしょう|ください|なさい)(か|ね|よ|よね|が|けど|から|ので)?。`),
		words:    wordRules(),
		allow:    allowPatterns(),
	}
}

func wordRules() []wordRule {
	topic := "a prohibited topic; ask about something else"
	register := "the wrong register; write plain です・ます"
	return []wordRule{
		{"L-02", "en", anyWord("why"), "from a boss that sounds like a charge; ask what drew them, or where it came from"},
		{"L-02", "ja", anyOf("なぜ", "どうして", "なんで"), "from a boss that sounds like a charge; ask about the きっかけ"},
		{"L-03", "en", anyWord(pressureEN()...), "that presses; leave it out"},
		{"L-03", "ja", anyOf(pressureJA()...), "that presses; leave it out"},
		{"L-04", "en", anyWord(prohibitedEN()...), topic},
		{"L-04", "ja", anyOf(prohibitedJA()...), topic},
		{"L-06", "ja", anyOf(registerJA()...), register},
		{"L-07", "en", anyWord("he", "she", "his", "her", "hers", "him", "himself", "herself"), "use the name or they"},
		{"L-07", "en", anyWord(jargonEN()...), "jargon; say it as over coffee"},
	}
}

// anyOf matches one of the expressions wherever it stands.
func anyOf(exprs ...string) *regexp.Regexp { return regexp.MustCompile(strings.Join(exprs, "|")) }

// anyWord matches one of the expressions as whole words in any case. A straight
// apostrophe stands for a curly one too.
func anyWord(exprs ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(` + strings.ReplaceAll(strings.Join(exprs, "|"), "'", "['’]") + `)\b`)
}

func pressureEN() []string {
	return []string{
		"be honest", "honestly", "really feel", "admit", "real reason", "you should",
		"why (didn't|don't|haven't|not)",
	}
}

func pressureJA() []string {
	return []string{"正直に", "正直なところ", "本音を", "本当の理由", "認めて(ください|もらえ)", "隠さず"}
}

func jargonEN() []string {
	return []string{
		"leverag(e|es|ed|ing)", "retention", "outputs?", "engagement", "extract(s|ed|ing)?",
		"opportunit(y|ies) for improvement",
	}
}

// registerJA are forms of address and of the first person that a leader does not
// use here, and polite forms doubled.
func registerJA() []string {
	return []string{
		"させていただ", "させて頂", "お聞かせ願", "いかがでございま", "ございますでしょうか", "伺わせて", "くださいませ",
		"になられ", "おっしゃられ", "いらっしゃられ", "ご覧になられ", "お伺いし", "拝見させ",
		"貴殿", "あなた", "君[はがのをにもと、]", "お前", "部下", "僕", "俺", "小生", "わたくし",
		"である。", "だった。", "[^ま]だ。", "だ[よね]+。",
	}
}

// prohibitedEN are the words of L-04. What is listed is what must not be asked
// of an employee in Japan, and special categories of data elsewhere.
func prohibitedEN() []string {
	return []string{
		"home ?towns?", "birthplace", "birthdays?", "born", "grew up", "upbringing", "ancestry",
		"famil(y|ies)", "parents?", "father", "mother", "mum", "mom", "dad", "wife", "husband", "spouse", "partners?",
		"kids?", "child(ren)?", "sons?", "daughters?", "brothers?", "sisters?", "siblings?", "grand(ma|pa|mother|father|parents?)",
		"relatives", "married", "marriage", "marry", "wedding", "divorced?", "single", "dating", "boyfriend", "girlfriend",
		"pregnan(t|cy)", "maternity", "paternity", "caregiv(er|ing)", "floor plan", "rent", "mortgage",
		"relig(ion|ions|ious)", "church", "temple", "faith", "pray(er|ing)?", "politic(s|al)", "vot(e|ed|ing)", "elections?",
		"part(y|ies)", "ideology", "creed", "role models?", "admired?", "hero(es)?", "unions?", "books?", "newspapers?",
		"health", "healthy", "ill(ness)?", "sick(ness)?", "disease", "hospital", "diagnos(is|ed)", "disab(led|ility)", "therapy",
		"age", "old are", "years old", "salary", "income", "wages?", "debts?",
		"nationality", "visa", "citizenship", "ethnic(ity)?", "race", "racial", "caste",
		"gender", "sexual(ity)?", "gay", "lesbian", "transgender", "criminal", "crime", "arrested",
	}
}

// prohibitedJA are the words of L-04 in Japanese.
func prohibitedJA() []string {
	return []string{
		"出身", "生まれ", "本籍", "実家", "帰省", "故郷", "ふるさと", "家族", "両親", "父親", "母親", "兄弟", "姉妹", "祖父", "祖母",
		"奥さん", "旦那", "配偶者", "結婚", "離婚", "恋人", "彼氏", "彼女", "子ども", "子供", "お子さん", "息子", "妊娠", "出産",
		"産休", "育休", "育児", "介護", "間取り", "持ち家", "賃貸", "家賃", "宗教", "信仰", "政党", "政治", "選挙", "投票", "思想", "信条",
		"人生観", "組合", "尊敬する", "愛読書", "新聞", "病気", "病歴", "持病", "通院", "入院", "障害", "体調", "健康", "年齢", "何歳",
		"おいくつ", "年収", "給料", "給与", "借金", "国籍", "在留", "人種", "民族", "性別", "性的", "前科", "犯罪",
	}
}
