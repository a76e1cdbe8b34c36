package store_test

import (
	"testing"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
)

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) *store.Store { return newStore(t) })
}
