package store_test

import (
	"testing"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
)

// newStore opens a new store, a copy, in a folder of its own.
func newStore(tb testing.TB) *store.Store {
	tb.Helper()
	url, keyFile := empty.Copy(tb, storetest.MemoryDir(tb))
	return openStore(tb, url, keyFile, false)
}

func openStore(tb testing.TB, url, keyFile string, readOnly bool) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), nil, url, keyFile, store.Options{Now: storetest.Now, ReadOnly: readOnly})
	if err != nil {
		tb.Fatalf("Open(%q, %q): %v", url, keyFile, err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("Close: %v", err)
		}
	})
	return s
}
