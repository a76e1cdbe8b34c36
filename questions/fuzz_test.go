package questions_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/questions"
)

// FuzzLoad feeds packs to the loader: whatever it is given, it either names
// faults at lines the file has, or returns starters that lack nothing.
func FuzzLoad(f *testing.F) {
	f.Add(plain)
	f.Add(spec("T-001") + spec("C-001 needs=learnt.interest"))
	f.Add("- id: F-001\n  retired: true\n")
	f.Add("- {id: [F-001], text: {en: 1}}\n- *x\n---\n&a [*a]\n")
	f.Add("- id: \"F-001\n- id: 'F-002\n\t- x\n")
	f.Add("\xff\xfe\x00")
	f.Add(strings.Repeat("[", 200))
	f.Fuzz(func(t *testing.T, src string) {
		fsys := folder(map[string]string{"pack.yaml": src, "z.yaml": spec("H-999")})
		lines := 1 + strings.Count(src, "\n")
		found := questions.Lint(fsys)
		for _, finding := range found {
			if finding.Line < 0 || finding.File == "pack.yaml" && finding.Line > lines {
				t.Errorf("%v: the file has %d lines", finding, lines)
			}
			if finding.Text == "" || finding.Rule == "" {
				t.Errorf("%+v lacks text or rule", finding)
			}
		}
		if diff := cmp.Diff(found, questions.Lint(fsys)); diff != "" {
			t.Errorf("read again (-first +again):\n%s", diff)
		}
		b, err := questions.Load(fsys)
		if err != nil {
			var e *questions.LoadError
			if !errors.As(err, &e) || len(e.Findings) == 0 {
				t.Errorf("Load = %v, want a LoadError with findings", err)
			}
			return
		}
		for _, s := range b.All() {
			checkWhole(t, s)
		}
		b.Choose(request(3))
	})
}

func checkWhole(t *testing.T, s questions.Starter) {
	t.Helper()
	for _, w := range []questions.Words{s.Text, s.Share, s.Listen, s.Avoid} {
		if w.EN == "" || w.JA == "" {
			t.Errorf("%s lacks words: %+v", s.ID, s)
		}
	}
	if s.Level > 0 && (len(s.Follow.EN) == 0 || len(s.Follow.JA) == 0) {
		t.Errorf("%s lacks follow-ups", s.ID)
	}
	if s.Topic == "" || len(s.Settings) == 0 || s.Occasion == "" || s.Sensitivity == "" || s.Kind == "" {
		t.Errorf("%s lacks a field: %+v", s.ID, s)
	}
}
