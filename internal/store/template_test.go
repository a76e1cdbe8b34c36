package store_test

import (
	"context"
	"testing"

	"innerview/internal/store"
	"innerview/internal/store/storetest"
	"innerview/rapport"
)

// Databases to copy: a new one, and one with a note in it, as create makes it.
var (
	empty    = storetest.NewTemplate(store.Options{Now: storetest.Now}, nil)
	withNote = newNotebook()
)

type notebook struct {
	*storetest.Template
	scope rapport.Scope // of the note's leader, once there is a copy
}

func newNotebook() *notebook {
	n := &notebook{scope: rapport.Scope{Actor: "U0ANA"}}
	n.Template = storetest.NewTemplate(store.Options{}, func(ctx context.Context, s *store.Store) (err error) {
		if n.scope.Workspace, _, err = s.Workspace(ctx); err != nil {
			return err
		}
		p, _, err := s.AddPair(ctx, n.scope, "U0MEI", store.NewPair{}, someday, "")
		if err != nil {
			return err
		}
		return s.AddNote(ctx, n.scope, p.ID, rapport.Note{Text: "likes ferries", ExpiresOn: someday.AddDays(180)}, "")
	})
	return n
}

// begun returns a database with one note in it in a folder of its own. Each has
// the same key.
func begun(t *testing.T) (url, keyFile string, sc rapport.Scope) {
	t.Helper()
	url, keyFile = withNote.Copy(t, t.TempDir())
	return url, keyFile, withNote.scope
}
