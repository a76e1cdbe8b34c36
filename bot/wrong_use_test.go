package bot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/bot"
	"innerview/internal/slacksim"
	"innerview/rapport"
)

// misuses are what people type who do not know better, in English and in Japanese.
// Mei and Tanaka are on the list, and Yui is not. @self stands for whoever types.
func misuses() [][2]string {
	all := [][2]string{
		{"lgo @mei", "記緑 @mei"},
		{"ｌｇｏ　@mei", "ｌｇｏ　@mei"},
		{"setings", "せってい"},
		{"cofee @mei fri 15:00", "コーヒ @mei 金曜 15時"},
		{"lunch with mei", "ランチ"},
		{"@mei", "@mei"},
		{"how is mei doing", "明の評価"},
		{"help lunch", "ヘルプ　ランチ"},
		{"help nxet", "ヘルプ　コーヒ"},
		{"next mei", "次 明さん"},
		{"next @mei @tanaka", "次 @mei @tanaka"},
		{"note likes tea @mei", "メモ お茶が好き @mei"},
		{"log opened @mei", "記録 広がった @mei"},
		{"coffee fri 15:00 @mei", "コーヒー 金曜 15時 @mei"},
		{"note ＠mei likes tea", "メモ ＠mei お茶が好き"},
		{"note #general likes tea", "メモ #general お茶が好き"},

		{"log @mei opend", "記録 @mei 広がたった"},
		{"log @mei yesterday missd", "記録 @mei 昨日 見送"},
		{"log @mei great", "記録 @mei よかった"},
		{"log @mei tomorrow", "記録 @mei 明日"},
		{"log @mei opened 2026-09-01 early trains", "記録 @mei 広がった 2026年9月1日 早い電車"},
		{"log @mei light " + strings.Repeat("x", 281), "記録 @mei 少し " + strings.Repeat("凧", 281)},
		{"note @mei " + strings.Repeat("x", 281), "メモ @mei " + strings.Repeat("凧", 281)},
		{"note @mei is on antidepressants", "メモ @mei うつ病で通院している"},
		{"promise @mei " + strings.Repeat("x", 81), "約束 @mei " + strings.Repeat("凧", 81)},

		{"coffee @mei fri", "コーヒー @mei 金曜"},
		{"coffee @mei 15:00 or so", "コーヒー @mei 15時かな"},
		{"coffee @mei 9:00", "コーヒー @mei 9時"},
		{"coffee @mei fri 3", "コーヒー @mei 金曜 3時"},
		{"coffee @mei ｆｒｉ　３", "コーヒー @mei 金曜　３時"},
		{"coffee @mei yesterday 15:00", "コーヒー @mei 昨日 15時"},
		{"coffee @mei 2026-02-31 15:00", "コーヒー @mei 2月31日 15時"},
		{"coffee @mei 2027-09-01 15:00", "コーヒー @mei 2027年9月1日 15時"},
		{"coffee @mei whenever", "コーヒー @mei いつでも"},

		{"snooze @mei soon", "あとで @mei そのうち"},
		{"snooze @mei 0", "あとで @mei ０"},
		{"snooze @mei -3", "あとで @mei -3"},
		{"snooze @mei 400", "あとで @mei 400日"},
		{"snooze @mei yesterday", "あとで @mei 昨日"},
		{"pause @mei", "休止 @mei"},
		{"resume @mei", "再開 @mei"},
		{"pause a while", "休止 しばらく"},
		{"pause 2025-01-01", "休止 2025年1月1日"},
		{"resume", "再開"},
		{"add @mei", "追加 @mei"},
		{"end @yui", "終了 @yui"},
		{"end @self", "終了 @self"},
	}
	for _, word := range [][2]string{
		{"log", "記録"},
		{"brief", "準備"},
		{"note", "メモ"},
		{"promise", "約束"},
		{"coffee", "コーヒー"},
		{"add", "追加"},
		{"end", "終了"},
		{"snooze", "あとで"},
	} {
		for _, more := range []string{"", " mei", " @mei @tanaka"} {
			all = append(all, [2]string{word[0] + more, word[1] + more})
		}
	}
	for _, person := range unfit {
		all = append(all, [2]string{"add " + person, "追加 " + person}, [2]string{"coffee " + person + " fri 15:00", "コーヒー " + person + " 金曜 15時"})
	}
	return all
}

// unfit are those whom a command can be about only by mistake.
var unfit = []string{"@self", "@gone", "@app", "@slackbot", "@guest", "@far", "@stranger"}

const yui = "U13YUI" // a member on no list

// misused is an office in which much can be got wrong.
func misused(t *testing.T, w words) *office {
	t.Helper()
	f := openOffice(t, bot.Options{}, append(unsuitable(), member(yui, "yui", "ja-JP"))...)
	f.leads(w.leader, mei, tanaka)
	return f
}

// typedBy is a command as a leader types it.
func typedBy(leader, text string) string {
	self := map[string]string{sarah: "@sarah", kimura: "@kimura"}[leader]
	return "/innerview " + strings.ReplaceAll(text, "@self", self)
}

// answerTo returns what a leader reads after a command: the message, and the first lines
// of a form that opens, which is closed again.
func (f *office) answerTo(leader, text string) (said []string, form bool) {
	f.t.Helper()
	answers := func() []slacksim.Message {
		return slices.DeleteFunc(f.Feed(leader), func(m slacksim.Message) bool { return m.Own })
	}
	before := len(answers())
	f.User(leader).Runs(typedBy(leader, text))
	f.Settle()
	for _, m := range answers()[before:] {
		said = append(said, m.Texts()...)
	}
	if form = len(f.Modals(leader)) > 0; form {
		s := f.User(leader).Modal()
		said = append(said, "[ "+strings.Join(s.Texts()[:4], " | ")+" ]")
		s.Close()
	}
	return said, form
}

// TestEveryWrongUseIsAnswered: with a sentence, or with a form that holds what could be
// read; and nothing is done. The answers stand in a file, to be read aloud.
func TestEveryWrongUseIsAnswered(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := misused(t, w)
		nth := map[rapport.Language]int{rapport.English: 0, rapport.Japanese: 1}[w.lang]
		var page strings.Builder
		for _, m := range misuses() {
			said, _ := f.answerTo(w.leader, m[nth])
			if len(said) == 0 {
				t.Errorf("%q is answered with nothing", m[nth])
			}
			shown := m[nth]
			if r := []rune(shown); len(r) > 60 {
				shown = string(r[:40]) + "…"
			}
			fmt.Fprintf(&page, "/innerview %s\n    %s\n", shown, strings.ReplaceAll(strings.Join(said, "\n"), "\n", "\n    "))
		}
		f.isAsItWas(w.leader)
		matchesPage(t, filepath.Join("testdata", "wrong_use."+string(w.lang)+".txt"), page.String())
	})
}

// isAsItWas checks that nothing has been done.
func (f *office) isAsItWas(leader string) {
	f.t.Helper()
	scope := rapport.Scope{Workspace: f.id, Actor: leader}
	pairs := must(f.store.Pairs(f.t.Context(), scope))(f.t)
	if len(pairs) != 2 || len(f.plansOf(leader)) != 0 {
		f.t.Errorf("pairs = %+v and plans = %+v, want two pairs and no plan", pairs, f.plansOf(leader))
	}
	for _, p := range pairs {
		notes := must(f.store.Notes(f.t.Context(), scope, p.ID, rapport.DateOf(f.Now())))(f.t)
		if n := len(f.talks(leader, p.Person)) + len(f.promises(leader, p.Person)) + len(notes); n != 0 {
			f.t.Errorf("%d things are kept about %s, want none", n, p.Person)
		}
	}
	if l := must(f.store.Leader(f.t.Context(), scope))(f.t); !l.PausedOn.IsZero() {
		f.t.Errorf("the leader is paused from %s", l.PausedOn)
	}
}

// matchesPage compares a text with a page of testdata.
func matchesPage(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// TestEveryCommandKnowsWhoIsUnfit: whatever was to be done with them.
func TestEveryCommandKnowsWhoIsUnfit(t *testing.T) {
	inBoth(t, func(t *testing.T, w words) {
		f := misused(t, w)
		p := catalog(t).Printer(w.lang)
		keys := map[string]string{
			"@self": "error.person_self", "@gone": "error.person_gone", "@app": "error.person_bot", "@slackbot": "error.person_bot",
			"@guest": "error.person_guest", "@far": "error.person_guest", "@stranger": "error.person_guest", "@yui": "error.not_on_list",
		}
		for _, word := range []string{"next", "log", "brief", "note", "promise", "coffee", "snooze"} {
			for person, key := range keys {
				said, form := f.answerTo(w.leader, word+" "+person)
				if form || !slices.Contains(said, p.T(key)) {
					t.Errorf("%s %s is answered with %q, want %q", word, person, said, p.T(key))
				}
			}
		}
	})
}
