package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"innerview/internal/store"
)

// Template is a database and its key file, made when somebody first wants a copy.
// To make one takes many times as long as to copy it. It is safe for concurrent
// use.
type Template struct {
	files func() (map[string][]byte, error)
}

// The names of a template's files.
const (
	databaseFile = "innerview.db"
	keyFile      = "innerview.key"
)

// NewTemplate returns the template of what fill writes into a new store, opened
// with the options; fill may be nil.
func NewTemplate(o store.Options, fill func(context.Context, *store.Store) error) *Template {
	return &Template{files: sync.OnceValues(func() (map[string][]byte, error) { return write(o, fill) })}
}

func write(o store.Options, fill func(context.Context, *store.Store) error) (files map[string][]byte, err error) {
	dir, err := inMemory()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx := context.Background()
	s, err := store.Open(ctx, nil, filepath.Join(dir, databaseFile), filepath.Join(dir, keyFile), o)
	if err != nil {
		return nil, err
	}
	if fill != nil {
		err = fill(ctx, s)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	for _, name := range []string{databaseFile, keyFile} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Copy puts a copy into the folder and returns the paths of its two files. All
// copies have the same key.
func (t *Template) Copy(tb testing.TB, dir string) (url, key string) {
	tb.Helper()
	files, err := t.files()
	if err != nil {
		tb.Fatalf("make a database to copy: %v", err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(dir, databaseFile), filepath.Join(dir, keyFile)
}

// MemoryDir returns a folder of the test's own, in memory where there is such a
// place: the store waits for the disk after every deed. It outlives the test where
// the test's process is killed, as [testing.TB.TempDir] does.
func MemoryDir(tb testing.TB) string {
	tb.Helper()
	dir, err := inMemory()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			tb.Error(err)
		}
	})
	return dir
}

func inMemory() (string, error) {
	if dir, err := os.MkdirTemp("/dev/shm", "innerview-test-"); err == nil {
		return dir, nil
	}
	return os.MkdirTemp("", "innerview-test-")
}
