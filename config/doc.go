// Package config reads what an operator decides: from a YAML file, then from
// the environment, and secrets also from files of their own.
//
// [Default] is complete, so nothing has to be set for the program to start;
// [Load] lays the rest over it and names everything that is wrong at once. The
// table in settings.go is the one place that says which settings there are:
// validation, error texts and docs/config.md all come from it. Only cmd imports
// this package; every other package states its own Options.
package config
