package importtest_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// room says what the product files of one package may import, the standard
// library aside. The table is docs/architecture.md, "Who may import whom".
type room struct {
	dir   string
	ours  []string // folders of this module
	third []string // modules, or packages where only those are meant
	// forTests marks a package that only tests import: it never reaches the binary.
	forTests bool
}

func rooms() []room {
	domain := []string{"rapport"}
	return []room{
		{dir: "rapport"},
		{dir: "config", ours: domain, third: []string{"github.com/spf13/viper", "github.com/go-viper/mapstructure/v2"}},
		{dir: "questions", ours: domain, third: []string{"go.yaml.in/yaml/v3"}},
		{dir: "internal/calendar", ours: domain, third: []string{"github.com/rickar/cal/v2"}},
		{dir: "internal/i18n", ours: domain, third: []string{
			"github.com/nicksnyder/go-i18n/v2", "golang.org/x/text", "go.yaml.in/yaml/v3",
		}},
		{dir: "internal/discretion", third: []string{"golang.org/x/text/unicode/norm"}},
		{dir: "internal/seal", ours: domain, third: []string{"github.com/tink-crypto/tink-go/v2", "filippo.io/age"}},
		{dir: "internal/telemetry", ours: domain, third: []string{"github.com/prometheus/client_golang"}},
		{dir: "internal/store", ours: []string{"rapport", "internal/seal"}, third: []string{
			"modernc.org/sqlite", "github.com/pressly/goose/v3", "github.com/gofrs/flock", "github.com/google/uuid",
		}},
		{
			dir: "internal/store/storetest", ours: []string{"rapport", "internal/store"},
			third: []string{"github.com/google/go-cmp", "pgregory.net/rapid"}, forTests: true,
		},
		{
			dir: "bot/view", ours: []string{"rapport", "questions", "internal/i18n"},
			third: []string{slackModule},
		},
		{
			dir: "bot",
			ours: []string{
				"rapport", "bot/view", "questions", "internal/store", "internal/i18n", "internal/calendar",
				"internal/discretion",
			},
			third: []string{
				slackModule, "golang.org/x/time/rate",
				"github.com/agnivade/levenshtein", "github.com/google/uuid",
			},
		},
		{
			dir: "scheduler", ours: []string{"rapport", "questions", "internal/store", "internal/calendar"},
			third: []string{"github.com/robfig/cron/v3", "golang.org/x/sync/errgroup"}, // a year is lived on all cores
		},
		// The simulator never sees the client it is there to test: see fault.
		{dir: "internal/slacksim", third: []string{"github.com/gorilla/websocket", "github.com/google/uuid"}},
		{dir: "internal/slacksim/page"},
		{
			dir: "internal/slacksim/slacksimtest", ours: []string{"internal/slacksim"},
			third: []string{"github.com/google/go-cmp"}, forTests: true,
		},
		{dir: "internal/importtest"},
		{
			dir: "cmd/innerview",
			ours: []string{
				"rapport", "config", "questions", "bot", "bot/view", "scheduler",
				"internal/calendar", "internal/i18n", "internal/seal", "internal/slacksim",
				"internal/slacksim/page", "internal/store", "internal/telemetry",
			},
			third: []string{
				"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/crypto/x509roots/fallback",
				slackModule, "golang.org/x/sync/errgroup", // the client it makes, and what runs side by side
			},
		},
	}
}

const slackModule = "github.com/slack-go/slack"

// checkRooms compares the imports of the tree with the table.
func checkRooms(t tree, table []room) []finding {
	var found []finding
	byDir := make(map[string]room, len(table))
	for _, r := range table {
		byDir[r.dir] = r
	}
	for _, s := range t.sources {
		r, known := byDir[s.dir]
		if !known {
			found = append(found, s.at(s.syntax.Name,
				"package %s is not in the table: say in rooms_test.go and docs/architecture.md what it may import", s.dir))
			continue
		}
		for _, spec := range s.syntax.Imports {
			if fault := r.fault(s, unquote(spec), byDir); fault != "" {
				found = append(found, s.at(spec, "%s imports %s: %s", s.dir, unquote(spec), fault))
			}
		}
	}
	return found
}

// fault says what is wrong with an import, or "" when it is allowed. Tests may
// import anything, but for the simulator's own, which must not meet slack-go.
func (r room) fault(s source, imported string, byDir map[string]room) string {
	if r.dir == "internal/slacksim" && isOrBelow(imported, slackModule) {
		return "the simulator must not share the bugs of the client it tests"
	}
	if s.test || standard(imported) {
		return ""
	}
	if dir, ours := strings.CutPrefix(imported, module+"/"); ours {
		switch {
		case byDir[dir].forTests:
			return "it is for tests and must not reach the binary"
		case !slices.Contains(r.ours, dir):
			return "not in its row of the table"
		}
		return ""
	}
	if !slices.ContainsFunc(r.third, func(home string) bool { return isOrBelow(imported, home) }) {
		return "this module is not at home here"
	}
	return ""
}

func isOrBelow(imported, home string) bool {
	return imported == home || strings.HasPrefix(imported, home+"/")
}

// standard reports whether the path is of the standard library: its first
// element has no dot, and it is not ours.
func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".") && first != module
}

func TestRoomsHold(t *testing.T) {
	t.Parallel()
	tr := wholeModule(t)
	if len(tr.sources) < 20 {
		t.Fatalf("read %d files, want the whole module", len(tr.sources))
	}
	for _, f := range sorted(checkRooms(tr, rooms())) {
		t.Error(f)
	}
}

func TestRoomsTableIsWhole(t *testing.T) {
	t.Parallel()
	for _, f := range tableFaults(rooms()) {
		t.Error(f)
	}
	got := tableFaults([]room{{dir: "a", ours: []string{"b"}}, {dir: "a", ours: []string{"a"}}})
	want := []string{"a stands twice", "a may import b, which is not in the table"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults of a bad table (-want +got):\n%s", diff)
	}
}

// tableFaults names rows that stand twice or speak of packages without a row.
func tableFaults(table []room) []string {
	var faults []string
	known := map[string]bool{}
	for _, r := range table {
		if known[r.dir] {
			faults = append(faults, r.dir+" stands twice")
		}
		known[r.dir] = true
	}
	for _, r := range table {
		for _, dir := range r.ours {
			if !known[dir] {
				faults = append(faults, r.dir+" may import "+dir+", which is not in the table")
			}
		}
	}
	return faults
}

func TestRoomsCanFail(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		path    string
		imports string
		want    string
	}{
		{"the domain knows nobody", "rapport/a.go", "innerview/config", "not in its row"},
		{"nor a third party", "rapport/a.go", "github.com/google/uuid", "not at home here"},
		{"bot does not know the scheduler", "bot/a.go", "innerview/scheduler", "not in its row"},
		{"nor the scheduler the bot", "scheduler/a.go", "innerview/bot", "not in its row"},
		{"only the store seals", "bot/a.go", "innerview/internal/seal", "not in its row"},
		{"only cmd reads the configuration", "internal/store/a.go", "innerview/config", "not in its row"},
		{"viper stays at home", "cmd/innerview/a.go", "github.com/spf13/viper", "not at home here"},
		{"a name that only begins alike", "config/a.go", "github.com/spf13/vipers", "not at home here"},
		{"views open no socket and no store", "bot/view/a.go", "innerview/internal/store", "not in its row"},
		{"the simulator is not built on slack-go", "internal/slacksim/a.go", slackModule, "share the bugs"},
		{"not even in its tests", "internal/slacksim/a_test.go", slackModule + "/socketmode", "share the bugs"},
		{"test verbs stay out of the binary", "cmd/innerview/a.go", "innerview/internal/slacksim/slacksimtest", "for tests"},
		{"a new package needs a row", "internal/util/a.go", "fmt", "not in the table"},

		{"the standard library is for all", "rapport/a.go", "log/slog", ""},
		{"a row's packages", "scheduler/a.go", "innerview/internal/calendar", ""},
		{"a row's modules, below too", "bot/a.go", slackModule + "/socketmode", ""},
		{"tests may look around", "scheduler/a_test.go", "innerview/internal/slacksim", ""},
		{"the verbs' tests meet the real client", "internal/slacksim/slacksimtest/a_test.go", slackModule, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := "package a\n\nimport _ \"" + tt.imports + "\"\n"
			got := checkRooms(load(t, fstest.MapFS{tt.path: {Data: []byte(text)}}), rooms())
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("refused: %v", got)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0].text, tt.want)):
				t.Errorf("found %v, want one with %q", got, tt.want)
			}
		})
	}
}
