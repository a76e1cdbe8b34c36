package storetest

import (
	"time"

	"innerview/internal/store"
)

func operations(f *fixture) {
	ctx := f.Context()
	never, err := f.s.LastTime(ctx, store.KeyExport)
	f.ok(err)
	equal(f, "before", never, time.Time{})
	f.ok(f.s.Record(ctx, store.KeyExport))
	f.ok(f.s.Record(ctx, store.KeyExport))
	last, err := f.s.LastTime(ctx, store.KeyExport)
	f.ok(err)
	equal(f, "after", last, Now())
	other, err := f.s.LastTime(ctx, store.SubjectErase)
	f.ok(err)
	equal(f, "of another kind", other, time.Time{})
}
