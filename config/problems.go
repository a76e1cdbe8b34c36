package config

import (
	"errors"
	"slices"
	"strings"
)

// problems collects what is wrong, so that everything is said at once. The zero
// value is empty.
type problems struct {
	lines []string
}

func (p *problems) add(key, what string) { p.addAs(key, envName(key), what) }

// addAs names another variable than the key's own.
func (p *problems) addAs(key, env, what string) {
	p.lines = append(p.lines, key+" ("+env+"): "+what)
}

// err returns nil where there is nothing to say.
func (p *problems) err() error {
	lines := slices.Clone(p.lines)
	slices.Sort(lines)
	lines = slices.Compact(lines)
	switch len(lines) {
	case 0:
		return nil
	case 1:
		return errors.New("settings: " + lines[0])
	}
	return errors.New("settings:\n  " + strings.Join(lines, "\n  "))
}
