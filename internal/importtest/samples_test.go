package importtest_test

import "strings"

// ruleSample is a module that breaks a rule at one place, or keeps it.
type ruleSample struct {
	rule  string
	files sample
	want  string // how the finding begins, "" for none
}

func ruleSamples() []ruleSample {
	one := func(rule, want, path, body string) ruleSample {
		return ruleSample{rule, sample{path: "// Package a is a sample.\npackage a\n" + body}, want}
	}
	return []ruleSample{
		one("no dot imports", "a/a.go:3: dot import of time", "a/a.go", `import . "time"`),
		one("no dot imports", "", "a/a.go", `import t "time"`),

		one("no sleeping", "a/a.go:4: time.Sleep", "a/a.go", "import \"time\"\nfunc f() { time.Sleep(1) }"),
		one("no sleeping", "a/a_test.go:4: time.Sleep", "a/a_test.go", "import \"time\"\nfunc f() { time.Sleep(1) }"),
		one("no sleeping", "a/a.go:4: time.Sleep", "a/a.go", "import x \"time\"\nvar f = x.Sleep"),
		one("no sleeping", "", "a/a.go", "type bed struct{}\nfunc (bed) Sleep() {}\nfunc f(time bed) { time.Sleep() }"),

		one("nothing printed outside cmd", "a/a.go:4: fmt.Println", "a/a.go", "import \"fmt\"\nfunc f() { fmt.Println() }"),
		one("nothing printed outside cmd", "a/a_test.go:4: fmt.Printf", "a/a_test.go", "import \"fmt\"\nfunc f() { fmt.Printf(\"\") }"),
		one("nothing printed outside cmd", "a/a.go:3: println", "a/a.go", "func f() { println() }"),
		one("nothing printed outside cmd", "", "a/a.go", "import \"fmt\"\nvar s = fmt.Sprint()"),
		one("nothing printed outside cmd", "", "a/a_test.go", "import \"fmt\"\nfunc ExampleF() { fmt.Println() }"),
		one("nothing printed outside cmd", "", "cmd/a/a.go", "import \"fmt\"\nfunc f() { fmt.Println() }"),

		one("the clock is an option", "a/a.go:4: time.Now", "a/a.go", "import \"time\"\nvar t = time.Now()"),
		one("the clock is an option", "a/a.go:4: time.Now", "a/a.go", "import \"time\"\nfunc f(o struct{ Now time.Time }) { o.Now = time.Now() }"),
		one("the clock is an option", "a/a.go:4: time.Now", "a/a.go", "import \"time\"\nvar clock = time.Now"),
		one("the clock is an option", "a/a.go:4: time.Since", "a/a.go", "import \"time\"\nfunc f(t time.Time) { _ = time.Since(t) }"),
		one("the clock is an option", "", "a/a.go", "import \"time\"\nfunc f(o struct{ Now func() time.Time }) { if o.Now == nil { o.Now = time.Now } }"),
		one("the clock is an option", "", "a/a.go", "import \"time\"\ntype o struct{ Now func() time.Time }\nvar x = o{Now: time.Now}"),
		one("the clock is an option", "", "a/a.go", "import \"time\"\nfunc f() any { start := time.Now(); return time.Since(start) }"),
		one("the clock is an option", "a/a.go:4: time.Now", "a/a.go", "import \"time\"\nfunc f() any { start := time.Now(); return start }"),
		one("the clock is an option", "", "a/a_test.go", "import \"time\"\nvar t = time.Now()"),

		one("no init work", "a/a.go:3: func init", "a/a.go", "func init() {}"),
		one("no init work", "", "a/a.go", "type t struct{}\nfunc (t) init() {}"),

		one("no package variable changes", "a/a.go:4: package variable n", "a/a.go", "var n int\nfunc f() { n++ }"),
		one("no package variable changes", "a/a.go:4: package variable m", "a/a.go", "var m = map[string]int{}\nfunc f() { m[\"\"] = 1 }"),
		{
			"no package variable changes",
			sample{"a/a.go": "package a\n\nvar p = &struct{ f int }{}\n", "a/b.go": "package a\n\nfunc f() { (*p).f = 1 }\n"},
			"a/b.go:3: package variable p",
		},
		one("no package variable changes", "", "a/a.go", "var n int\nfunc f() int { n := n; n++; return n }"),

		one("views hold no client", "bot/view/a.go:4: slack.New", "bot/view/a.go", "import \"github.com/slack-go/slack\"\nvar c = slack.New(\"\")"),
		one("views hold no client", "", "bot/view/a.go", "import \"github.com/slack-go/slack\"\nvar b slack.Block"),
		one("views hold no client", "", "bot/a.go", "import \"github.com/slack-go/slack\"\nvar c = slack.New(\"\")"),

		{"packages say what they are for", sample{"a/a.go": "package a\n"}, "a/a.go:1: package a has no comment"},
		{"packages say what they are for", sample{"a/a.go": "package a\n", "a/doc.go": "// Package a is a sample.\npackage a\n"}, ""},

		one("exported identifiers are documented", "a/a.go:3: func F", "a/a.go", "func F() {}"),
		one("exported identifiers are documented", "a/a.go:5: func M", "a/a.go", "// T is a type.\ntype T[V any] struct{}\nfunc (*T[V]) M() {}"),
		one("exported identifiers are documented", "a/a.go:3: type T", "a/a.go", "type T struct{}"),
		one("exported identifiers are documented", "a/a.go:3: constant C", "a/a.go", "const C = 1"),
		one("exported identifiers are documented", "a/a.go:3: variable V", "a/a.go", "var V int"),
		one("exported identifiers are documented", "", "a/a.go", "// Sizes.\nconst (\n\tA = 1\n\tB = 2\n)\nvar V int // said behind\ntype t struct{}\nfunc (t) M() {}"),

		one("functions stay short", "a/a.go:3: func f has 82 lines", "a/a.go", "func f() {"+strings.Repeat("\n", 81)+"}"),
		one("functions stay short", "a/a_test.go:3: func f has 82 lines", "a/a_test.go", "func f() {"+strings.Repeat("\n", 81)+"}"),
		one("functions stay short", "", "a/a.go", "func f() {"+strings.Repeat("\n", 79)+"}"),
		one("functions stay short", "", "a/a_test.go", "func f() {\n_ = []int{"+strings.Repeat("\n", 100)+"}\n}"),

		one("files stay short", "a/a.go:2: file has 502 lines", "a/a.go", strings.Repeat("\n", 500)),
		one("files stay short", "", "a/a.go", strings.Repeat("\n", 490)),
		one("files stay short", "", "a/a_test.go", strings.Repeat("\n", 900)),
	}
}
