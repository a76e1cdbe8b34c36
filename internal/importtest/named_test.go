package importtest_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var (
	ruleRow  = regexp.MustCompile(`(?m)^\| ([MP]-\d\d) \|.*\| ([^|]*) \|$`)
	testName = regexp.MustCompile(`(?m)^func (Test\w+)\(`)
)

// TestRulesHaveTheirTests holds docs/method.md, "Rules", and docs/privacy.md,
// "Rules": every rule names tests, and each of them is there.
func TestRulesHaveTheirTests(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS("../..")
	there := map[string]bool{}
	page := ""
	for _, f := range texts(t, fsys) {
		if strings.HasSuffix(f.path, "_test.go") {
			for _, m := range testName.FindAllStringSubmatch(string(f.body), -1) {
				there[m[1]] = true
			}
		}
		if f.path == "docs/method.md" || f.path == "docs/privacy.md" {
			page += string(f.body)
		}
	}
	rows := ruleRow.FindAllStringSubmatch(page, -1)
	if len(rows) < 42 {
		t.Errorf("%d rules, want at least 42", len(rows))
	}
	for _, row := range rows {
		for name := range strings.SplitSeq(row[2], ", ") {
			if !there[name] {
				t.Errorf("%s: there is no %s", row[1], name)
			}
		}
	}
}
