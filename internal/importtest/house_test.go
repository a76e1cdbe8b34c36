package importtest_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// rule is one thing that every file of the module keeps to.
type rule struct {
	name  string
	check func(tree) []finding
}

func rules() []rule {
	return []rule{
		{"no dot imports", dotImports},
		{"no sleeping", sleeps},
		{"nothing printed outside cmd", prints},
		{"the clock is an option", clockReads},
		{"no init work", initWork},
		{"no package variable changes", changedGlobals},
		{"views hold no client", viewClients},
		{"packages say what they are for", packageComments},
		{"exported identifiers are documented", docComments},
		{"functions stay short", longFunctions},
		{"files stay short", longFiles},
	}
}

// allowance excepts a file from a rule. The reason is for the reader.
type allowance struct {
	rule, path, reason string
}

func allowances() []allowance {
	const once = "a command that runs once does so at the moment it is run, unless told another"
	return []allowance{
		{"the clock is an option", "cmd/innerview/roster.go", once},
		{"the clock is an option", "cmd/innerview/subject.go", once},
		{"the clock is an option", "cmd/innerview/sweep.go", once},
		{
			"the clock is an option", "internal/slacksim/socket.go",
			"a deadline of the network is real time, whatever day the simulator shows",
		},
		{
			"the clock is an option", "internal/store/lock.go",
			"the lock file tells a person since when it is held; nothing is decided by it",
		},
	}
}

func TestHouse(t *testing.T) {
	t.Parallel()
	tr := wholeModule(t)
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			for _, text := range judge(r, tr, allowances()) {
				t.Error(text)
			}
		})
	}
}

// judge returns what breaks the rule, the allowed apart, and the allowances
// that nothing needs.
func judge(r rule, t tree, allowed []allowance) []string {
	needed := map[string]bool{}
	for _, a := range allowed {
		if a.rule == r.name {
			needed[a.path] = false
		}
	}
	var faults []string
	for _, f := range sorted(r.check(t)) {
		if _, excepted := needed[f.path]; excepted {
			needed[f.path] = true
			continue
		}
		faults = append(faults, f.String())
	}
	for p, used := range needed {
		if !used {
			faults = append(faults, p+": the allowance is not needed any longer")
		}
	}
	return faults
}

// sample is a small module in memory, a file each entry.
type sample map[string]string

func (s sample) tree(t *testing.T) tree {
	t.Helper()
	fsys := fstest.MapFS{}
	for p, text := range s {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return load(t, fsys)
}

// TestEachRuleCanFail shows each rule a source it must refuse and one it must
// let pass.
func TestEachRuleCanFail(t *testing.T) {
	t.Parallel()
	shown := map[string][2]bool{}
	for _, tt := range ruleSamples() {
		r := ruleNamed(t, tt.rule)
		got := judge(r, tt.files.tree(t), nil)
		seen := shown[tt.rule]
		if tt.want == "" {
			seen[1] = true
			if len(got) > 0 {
				t.Errorf("%s: refused %q: %v", tt.rule, tt.files, got)
			}
		} else {
			seen[0] = true
			if len(got) != 1 || !strings.HasPrefix(got[0], tt.want) {
				t.Errorf("%s: found %q in %q, want one that begins with %q", tt.rule, got, tt.files, tt.want)
			}
		}
		shown[tt.rule] = seen
	}
	for _, r := range rules() {
		if shown[r.name] != [2]bool{true, true} {
			t.Errorf("%s: wants a sample that is refused and one that passes", r.name)
		}
	}
}

func ruleNamed(t *testing.T, name string) rule {
	t.Helper()
	for _, r := range rules() {
		if r.name == name {
			return r
		}
	}
	t.Fatalf("no rule is called %q", name)
	return rule{}
}

func TestAllowances(t *testing.T) {
	t.Parallel()
	tr := sample{"a/a.go": "package a\n\nfunc init() {}\n"}.tree(t)
	r := ruleNamed(t, "no init work")
	if got := judge(r, tr, []allowance{{r.name, "a/a.go", "a sample"}}); len(got) != 0 {
		t.Errorf("the allowed file is refused: %v", got)
	}
	got := judge(r, tr, []allowance{{r.name, "a/a.go", "a sample"}, {r.name, "a/gone.go", "stale"}})
	if len(got) != 1 || !strings.Contains(got[0], "a/gone.go") {
		t.Errorf("found %v, want the stale allowance", got)
	}
	if got := judge(r, tr, []allowance{{"another rule", "a/a.go", "a sample"}}); len(got) != 1 {
		t.Errorf("found %v, want the finding that another rule's allowance does not cover", got)
	}
	for _, a := range allowances() {
		if a.reason == "" {
			t.Errorf("%s in %s: an allowance needs a reason", a.rule, a.path)
		}
		ruleNamed(t, a.rule)
	}
}
