package config_test

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"innerview/config"
)

var update = flag.Bool("update", false, "write docs/config.md anew")

const page = "../docs/config.md"

func TestDocsPageIsCurrent(t *testing.T) {
	t.Parallel()
	want := markdown(config.Docs())
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/config.md is not what the settings say; go test ./config -update writes it anew (-settings +page):\n%s", diff)
	}
}

// TestDocsNameEveryField holds the table of settings against the fields that the
// file and the environment fill in.
func TestDocsNameEveryField(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, s := range config.Docs() {
		listed = append(listed, s.Key)
		if s.Meaning == "" || s.Wanted == "" {
			t.Errorf("%s has no meaning or does not say what is wanted", s.Key)
		}
	}
	fields := fieldKeys(reflect.TypeFor[config.Config](), "")
	slices.Sort(listed)
	slices.Sort(fields)
	if diff := cmp.Diff(fields, listed); diff != "" {
		t.Errorf("fields of Config (-) and settings (+) differ:\n%s", diff)
	}
}

func fieldKeys(typ reflect.Type, prefix string) []string {
	var keys []string
	for f := range typ.Fields() {
		name := f.Tag.Get("mapstructure")
		switch {
		case name == "-":
		case f.Type.Kind() == reflect.Struct:
			keys = append(keys, fieldKeys(f.Type, prefix+name+".")...)
		default:
			keys = append(keys, prefix+name)
		}
	}
	return keys
}

const preface = `# Settings

<!-- Written by "go test ./config -update" from config/settings.go. Do not edit. -->

Innerview reads a YAML file (` + "`--config FILE`" + `, or ` + "`innerview.yaml`" + ` in the working directory if there is
one), and then the environment, which wins over the file. A variable that is set to nothing counts
as not set. Nothing has to be set but the two Slack tokens, and those only for the commands
that talk to Slack.

A token may also come from a file: set its variable with ` + "`_FILE`" + ` behind the name to the file's path.

Everything unknown or wrong in the file, and every wrong value in the environment, is named at
once, and nothing starts. A variable that begins with ` + "`INNERVIEW_`" + ` and is no setting is
ignored with a warning.

` + "```yaml" + `
zone: Europe/Berlin
nudges:
  per_week: 3
  holidays: de
` + "```" + `

| key | environment | default | meaning |
|---|---|---|---|
`

func markdown(rows []config.Setting) string {
	var b strings.Builder
	b.WriteString(preface)
	for _, s := range rows {
		env, def, wanted := "`"+s.Env+"`", "none", " Accepts "+s.Wanted+"."
		if s.EnvFile != "" {
			env += " or `" + s.EnvFile + "`"
			wanted = ""
		}
		if s.Default != "" {
			def = "`" + s.Default + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s%s |\n", s.Key, env, def, s.Meaning, wanted)
	}
	return b.String()
}
