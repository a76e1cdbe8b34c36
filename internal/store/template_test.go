package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"innerview/internal/store"
	"innerview/rapport"
)

// template is a database with one note in it, and its key file. To make one
// takes many times as long as to copy it.
type template struct {
	database, key []byte
	scope         rapport.Scope
}

var makeTemplate = sync.OnceValues(func() (made template, err error) {
	dir, err := os.MkdirTemp("", "innerview-template-")
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	url, keyFile := filepath.Join(dir, "innerview.db"), filepath.Join(dir, "innerview.key")
	if made.scope, err = writeTemplate(context.Background(), url, keyFile); err != nil {
		return made, err
	}
	if made.database, err = os.ReadFile(url); err != nil {
		return made, err
	}
	made.key, err = os.ReadFile(keyFile)
	return made, err
})

func writeTemplate(ctx context.Context, url, keyFile string) (sc rapport.Scope, err error) {
	s, err := store.Open(ctx, nil, url, keyFile, store.Options{})
	if err != nil {
		return sc, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if sc.Workspace, _, err = s.Workspace(ctx); err != nil {
		return sc, err
	}
	sc.Actor = "U0ANA"
	p, _, err := s.AddPair(ctx, sc, "U0MEI", store.NewPair{}, someday, "")
	if err != nil {
		return sc, err
	}
	return sc, s.AddNote(ctx, sc, p.ID, rapport.Note{Text: "likes ferries", ExpiresOn: someday.AddDays(180)}, "")
}

// begun returns a database with one note in it, as create makes it, in a folder
// of its own. Each has the same key.
func begun(t *testing.T) (url, keyFile string, sc rapport.Scope) {
	t.Helper()
	made, err := makeTemplate()
	if err != nil {
		t.Fatal(err)
	}
	url, keyFile = paths(t)
	if err := errors.Join(os.WriteFile(url, made.database, 0o600), os.WriteFile(keyFile, made.key, 0o600)); err != nil {
		t.Fatal(err)
	}
	return url, keyFile, made.scope
}
