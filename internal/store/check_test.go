package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"innerview/internal/store"
)

func TestCheckOfAWholeDatabase(t *testing.T) {
	t.Parallel()
	url, keyFile := empty.Copy(t, t.TempDir())
	s := openStore(t, url, keyFile, false)
	addNote(t, s, "likes ferries")
	if _, err := s.BindTeam(t.Context(), "T01"); err != nil {
		t.Fatal(err)
	}
	if err := s.Record(t.Context(), store.KeyExport); err != nil {
		t.Fatal(err)
	}
	for _, quick := range []bool{false, true} {
		r, err := store.Check(t.Context(), url, keyFile, quick)
		if err != nil || r.Err() != nil {
			t.Errorf("Check = %v, %v, want nothing wrong", err, r.Err())
		}
		if r.Path != url || r.Team != "T01" || r.Schema == 0 || r.Schema != r.Known || r.MasterKeys != 1 || r.DataKeys != 1 {
			t.Errorf("report = %+v", r)
		}
		if r.ExportedAt.IsZero() || !r.RotatedAt.IsZero() {
			t.Errorf("exported at %v, rotated at %v, want the first alone", r.ExportedAt, r.RotatedAt)
		}
	}
}

func TestCheckFinds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(t *testing.T, url, keyFile string)
		want  string
	}{
		{"another key", otherKey, "does not open this database"},
		{"no key", noKey, "put your copy of the key file back"},
		{"a key others may read", openKey, "may be read by others"},
		{"a newer schema", newerSchema, "newer than this program"},
		{"a database of somebody else", noSchema, "is no database of Innerview"},
		{"not a database", notADatabase, "is not a database"},
		{"a damaged page", damagedPage, "is damaged"},
		{"a file cut short", cutShort, "put back a copy with innerview restore"},
		{"an index without its rows", staleIndex, "is damaged"},
		{"a row that refers to nothing", orphan, "1 rows refer to what is not there, the first in notes"},
		{"a data key of another", foreignDataKey, "opens 0 of 1 data keys"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			url, keyFile, _ := begun(t)
			tt.spoil(t, url, keyFile)
			r, err := store.Check(t.Context(), url, keyFile, false)
			if err != nil {
				t.Fatalf("Check: %v", err)
			}
			if got := r.Err(); got == nil || !strings.Contains(got.Error(), tt.want) || strings.Contains(got.Error(), "\n") {
				t.Errorf("Check finds %v, want one sentence with %q", got, tt.want)
			}
			if got := files(t, filepath.Dir(url)); strings.Contains(strings.Join(got, " "), "partial") {
				t.Errorf("files = %v", got)
			}
		})
	}
	_, keyFile := paths(t)
	if _, err := store.Check(t.Context(), filepath.Join(t.TempDir(), "none.db"), keyFile, false); err == nil ||
		!strings.Contains(err.Error(), "no such file") {
		t.Errorf("Check of no database = %v", err)
	}
}

func damagedPage(t *testing.T, url, _ string) {
	text, err := os.ReadFile(url)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < 8192; i++ {
		text[i] ^= 0x5a
	}
	if err := os.WriteFile(url, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func cutShort(t *testing.T, url, _ string) {
	info, err := os.Stat(url)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(url, info.Size()/2); err != nil {
		t.Fatal(err)
	}
}

// staleIndex has an index in which one row is not.
func staleIndex(t *testing.T, url, _ string) {
	raw(t, url,
		"CREATE INDEX stale ON members (id) WHERE id = 'U0ANA'",
		"PRAGMA writable_schema = 1",
		"UPDATE sqlite_master SET sql = 'CREATE INDEX stale ON members (id)' WHERE name = 'stale'")
}

func orphan(t *testing.T, url, _ string) {
	raw(t, url, "PRAGMA foreign_keys = 0", "UPDATE notes SET pair = 'nobody'")
}

func foreignDataKey(t *testing.T, url, _ string) {
	raw(t, url, "UPDATE keys SET wrapped = x'00'")
}

// TestCheckOfFlippedBytes spoils a database at many places: whatever is found,
// nothing panics, and what is called whole reads as a whole.
func TestCheckOfFlippedBytes(t *testing.T) {
	t.Parallel()
	url, keyFile, sc := begun(t)
	whole, err := os.ReadFile(url)
	if err != nil {
		t.Fatal(err)
	}
	places := 30
	found := 0
	for i := range places {
		spoilt := append([]byte(nil), whole...)
		at := len(spoilt) * i / places
		for j := at; j < min(at+16, len(spoilt)); j++ {
			spoilt[j] ^= 0xff
		}
		file := filepath.Join(t.TempDir(), "spoilt.db")
		if err := os.WriteFile(file, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := store.Check(t.Context(), file, keyFile, false)
		if err != nil || r.Err() != nil {
			found++
			continue
		}
		s := openStore(t, file, keyFile, true)
		if notes, err := readNotes(t, s, sc); err == nil && (len(notes) != 1 || notes[0].Text.Reveal() != "likes ferries") {
			t.Errorf("bytes from %d on: called whole, and the notes are %v", at, notes)
		}
	}
	if found == 0 {
		t.Error("nothing was found at all")
	}
	t.Logf("found %d of %d", found, places)
}

func TestHolder(t *testing.T) {
	t.Parallel()
	url, _ := paths(t)
	if got := store.Holder(url); got != "" {
		t.Errorf("Holder of nothing = %q", got)
	}
	release, err := store.Lock(url, "innerview serve")
	if err != nil {
		t.Fatal(err)
	}
	if got := store.Holder(url); !strings.HasPrefix(got, "innerview serve, pid ") {
		t.Errorf("Holder = %q, want the name in it", got)
	}
	release()
	if got := store.Holder(url); got != "" {
		t.Errorf("Holder after release = %q", got)
	}
	// Somebody who was killed leaves the name behind, and no lock.
	if err := os.WriteFile(strings.TrimSuffix(url, ".db")+".lock", []byte("innerview serve, pid 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := store.Holder(url); got != "" {
		t.Errorf("Holder after a kill = %q", got)
	}
	if release, err = store.Lock(url, "innerview sweep"); err != nil {
		t.Fatalf("Lock after a look: %v", err)
	}
	release()
}
