package view

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"innerview/rapport"
)

// The goldens themselves, so that who looks at the gallery reads what the tests
// compare with, and a new view stands in it without being listed anywhere.
//
//go:embed testdata/golden/*.json
var goldens embed.FS

// Shot is one view in one state: what Slack is sent, as JSON, by language. A
// message has "blocks" and "text", a modal and a Home say their "type".
type Shot struct {
	View, State string
	In          map[rapport.Language]json.RawMessage
}

// Gallery returns every view in every state that has a golden, by view and
// state, each in both languages.
func Gallery() ([]Shot, error) {
	files, err := fs.Glob(goldens, "testdata/golden/*.json")
	if err != nil {
		return nil, fmt.Errorf("list the gallery: %w", err)
	}
	shots := make(map[[2]string]Shot)
	for _, file := range files {
		if err := addShots(shots, file); err != nil {
			return nil, fmt.Errorf("read %s of the gallery: %w", path.Base(file), err)
		}
	}
	ordered := slices.SortedFunc(maps.Keys(shots), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	out := make([]Shot, 0, len(ordered))
	for _, key := range ordered {
		out = append(out, shots[key])
	}
	return out, nil
}

// addShots adds the states in a golden, whose name is that of the view and the
// language.
func addShots(shots map[[2]string]Shot, file string) error {
	raw, err := goldens.ReadFile(file)
	if err != nil {
		return err
	}
	var states map[string]json.RawMessage
	if err := json.Unmarshal(raw, &states); err != nil {
		return err
	}
	view, lang, _ := strings.Cut(strings.TrimSuffix(path.Base(file), ".json"), ".")
	for state, doc := range states {
		key := [2]string{view, state}
		if _, there := shots[key]; !there {
			shots[key] = Shot{View: view, State: state, In: make(map[rapport.Language]json.RawMessage)}
		}
		shots[key].In[rapport.Language(lang)] = doc
	}
	return nil
}
