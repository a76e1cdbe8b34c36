package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"
)

// DefaultFile is read where no other file is named, if there is one.
const DefaultFile = "innerview.yaml"

// Load returns the defaults, overlaid by the YAML file and then by the
// environment, given as by [os.Environ]. Without a file's name it reads
// [DefaultFile] in the working directory if there is one. An environment
// variable that is set to nothing counts as not set.
//
// Everything unknown or unusable is named in one error, which never repeats a
// value: it might be a secret in the wrong place.
func Load(file string, env []string) (Config, error) {
	v := viper.New()
	if err := readFile(v, file); err != nil {
		return Config{}, err
	}
	var found problems
	warnings := readEnv(v, env, &found)
	findUnknown(v, &found)
	c := Default()
	decode(v, &c, &found)
	if !strings.HasSuffix(c.Slack.APIURL, "/") {
		c.Slack.APIURL += "/"
	}
	c.Warnings = warnings
	c.validate(&found)
	if err := found.err(); err != nil {
		return Config{}, err
	}
	return c, nil
}

func readFile(v *viper.Viper, file string) error {
	name := file
	if name == "" {
		name = DefaultFile
	}
	text, err := os.ReadFile(name)
	if file == "" && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	v.SetConfigType("yaml")
	if err := v.ReadConfig(bytes.NewReader(text)); err != nil {
		return fmt.Errorf("read settings %s: %s", name, quoted.ReplaceAllString(yamlText(err), "…"))
	}
	return nil
}

// quoted is a piece of the file in an error of the YAML reader.
var quoted = regexp.MustCompile("`[^`]*`")

// yamlText returns what the YAML reader said, without what viper adds.
func yamlText(err error) string {
	var parse viper.ConfigParseError
	if errors.As(err, &parse) {
		err = parse.Unwrap()
	}
	return err.Error()
}

// findUnknown names the keys of the file that are no settings.
func findUnknown(v *viper.Viper, found *problems) {
	known := knownKeys()
	for _, key := range v.AllKeys() {
		// A group whose lines are all commented out is there, and empty.
		if slices.Contains(known, key) || v.Get(key) == nil {
			continue
		}
		found.add(key, unknown(key, known))
	}
}

func unknown(key string, known []string) string {
	below := func(k string) bool { return strings.HasPrefix(k, key+".") }
	if slices.ContainsFunc(known, below) {
		return "a group of settings: want them indented below it"
	}
	return "no such setting" + suggestion(key, known)
}

func knownKeys() []string {
	var keys []string
	for _, s := range settings() {
		keys = append(keys, s.key)
	}
	return keys
}

// decode fills in c. What cannot be converted stays as it was and is named with
// what is wanted.
func decode(v *viper.Viper, c *Config, found *problems) {
	err := v.UnmarshalExact(c, viper.DecodeHook(mapstructure.DecodeHookFuncValue(strictly)))
	wants := map[string]string{}
	for _, s := range settings() {
		wants[s.key] = s.want
	}
	for _, name := range decodeErrors(err) {
		// Everything else is an unknown key, which is named already.
		if want, ok := wants[name]; ok {
			found.add(name, "want "+want)
		}
	}
}

// decodeErrors returns the keys that the errors below err are about.
func decodeErrors(err error) []string {
	switch e := err.(type) {
	case *mapstructure.DecodeError:
		return append([]string{e.Name()}, decodeErrors(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		var names []string
		for _, below := range e.Unwrap() {
			names = append(names, decodeErrors(below)...)
		}
		return names
	case interface{ Unwrap() error }:
		return decodeErrors(e.Unwrap())
	}
	return nil
}

var errNotConvertible = errors.New("not convertible")

// strictly lets texts be texts and whole numbers be whole numbers. Left to
// itself the decoder takes "true" for 1 and 2.7 for 2.
func strictly(from, to reflect.Value) (any, error) {
	value := from.Interface()
	switch to.Kind() {
	case reflect.String:
		if from.Kind() != reflect.String {
			return nil, errNotConvertible
		}
	case reflect.Int:
		if text, ok := value.(string); ok {
			return strconv.Atoi(text)
		}
		if from.Kind() != reflect.Int {
			return nil, errNotConvertible
		}
	}
	return value, nil
}
