package config

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/viper"
)

// readEnv lays the environment over the file. It returns a warning for each
// variable that begins like one of ours and is none: container platforms invent
// such names, so they are no error.
func readEnv(v *viper.Viper, env []string, found *problems) (warnings []string) {
	vars := ours(env)
	for _, s := range settings() {
		name := envName(s.key)
		value, given := take(vars, name)
		if s.secret() {
			file, named := take(vars, name+fileSuffix)
			if given && named {
				found.add(s.key, "given twice, as a text and as a file: want one of them")
				continue
			}
			if named {
				value, given = readSecret(s.key, file, found)
			}
		}
		if given {
			v.Set(s.key, value)
		}
	}
	for name := range vars {
		warnings = append(warnings, name+": no such setting, ignored")
	}
	slices.Sort(warnings)
	return warnings
}

// ours returns the variables of the environment that begin as settings do.
func ours(env []string) map[string]string {
	vars := map[string]string{}
	for _, entry := range env {
		if name, value, ok := strings.Cut(entry, "="); ok && strings.HasPrefix(name, envPrefix) {
			vars[name] = value
		}
	}
	return vars
}

// take removes a variable and returns its value, and false if it was not set or
// set to nothing.
func take(vars map[string]string, name string) (string, bool) {
	value := vars[name]
	delete(vars, name)
	return value, value != ""
}

// readSecret reads a secret from the file a variable names. The path is not
// repeated in a problem: it might be the secret itself.
func readSecret(key, file string, found *problems) (string, bool) {
	text, err := os.ReadFile(file)
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if err != nil {
		found.addAs(key, envName(key)+fileSuffix, "cannot read the file: "+err.Error())
		return "", false
	}
	value := strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r")
	if value == "" {
		found.addAs(key, envName(key)+fileSuffix, "the file is empty")
		return "", false
	}
	return value, true
}
