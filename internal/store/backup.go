package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// KeepBackups is how many days a copy in the folder for copies is kept. A copy
// opens what it held, also what has been erased since, so it must not live for
// ever.
const KeepBackups = 35

// What the names of copies in the folder for copies are made of. The time is in
// UTC, so that they sort by age and no clock change gives one name twice.
const (
	backupPrefix = "innerview-"
	backupStamp  = "20060102-150405"
	backupSuffix = ".db"
)

// partSuffix is behind the name of a copy that is not whole yet.
const partSuffix = ".partial"

// Backup writes a consistent copy of the database at the url into a new file,
// readable by its owner alone, beside whoever uses the database. The file has
// its name only once it is whole, checked and safely on disk. A file that is
// already there is never overwritten. The key is not in the copy.
func Backup(ctx context.Context, url, file string) error {
	path, err := existing(url)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return taken(file, err)
	}
	part := file + partSuffix
	if err := reserve(part); err != nil {
		return err
	}
	err = copyDatabase(ctx, path, "rw", part)
	if err == nil {
		err = sound(ctx, part, path)
	}
	if err == nil {
		err = syncFile(part)
	}
	if err == nil {
		err = name(part, file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("copy database: %w", err), removeIfThere(part))
	}
	return nil
}

// BackupReport is what [BackupInto] did, in paths.
type BackupReport struct {
	Written string
	Removed []string // oldest first
}

// BackupInto writes a copy into the folder for copies, under a name made of the
// time, and removes from it those of its own copies that are [KeepBackups] days
// old by their names. Nothing else in the folder is touched, and neither is the
// database itself where that is one of them.
func BackupInto(ctx context.Context, url, folder string, o Options) (BackupReport, error) {
	clock := o.Now
	if clock == nil {
		clock = time.Now
	}
	now := clock().UTC()
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return BackupReport{}, fmt.Errorf("%s is not a folder: create it, or choose another (backup.dir)", folder)
	}
	file := filepath.Join(folder, backupPrefix+now.Format(backupStamp)+backupSuffix)
	if err := Backup(ctx, url, file); err != nil {
		return BackupReport{}, err
	}
	r := BackupReport{Written: file}
	live, err := liveFile(url)
	if err != nil {
		return r, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return r, fmt.Errorf("look for old copies: %w", err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !outdated(e.Name(), now) {
			continue
		}
		old := filepath.Join(folder, e.Name())
		if info, err := os.Lstat(old); err == nil && os.SameFile(info, live) {
			continue
		}
		if err := os.Remove(old); err != nil {
			return r, fmt.Errorf("remove an old copy: %w", err)
		}
		r.Removed = append(r.Removed, old)
	}
	return r, nil
}

// liveFile is the database that is in use. Somebody may have put a copy to use
// where it stood.
func liveFile(url string) (fs.FileInfo, error) {
	path, err := databasePath(url)
	if err != nil {
		return nil, err
	}
	return os.Stat(path)
}

// outdated reports whether a file is a copy of our own, whole or not, whose time
// is over. The days are those of the calendar: at one copy a day, none is kept
// an hour longer because it was made an hour later.
func outdated(file string, now time.Time) bool {
	stamp, ours := strings.CutPrefix(strings.TrimSuffix(file, partSuffix), backupPrefix)
	if !ours {
		return false
	}
	stamp, ours = strings.CutSuffix(stamp, backupSuffix)
	made, err := time.Parse(backupStamp, stamp)
	// What parses and looks different was not named by us.
	if !ours || err != nil || made.Format(backupStamp) != stamp {
		return false
	}
	return !made.Truncate(24*time.Hour).AddDate(0, 0, KeepBackups).After(now)
}

// existing returns the path of a database that must be there already.
func existing(url string) (string, error) {
	path, err := databasePath(url)
	if err != nil {
		return "", err
	}
	if err := prepareFile(path, true); err != nil {
		return "", fmt.Errorf("open database %s: %w", path, err)
	}
	return path, nil
}

func taken(file string, err error) error {
	if err != nil {
		return fmt.Errorf("look at %s: %w", file, err)
	}
	return fmt.Errorf("%s is there already, and a copy never overwrites anything: choose another name", file)
}

// reserve makes an empty file that only its owner may read: left to itself,
// SQLite makes one that others may read too.
func reserve(part string) error {
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already: another copy is being written, or one was interrupted; "+
			"remove it if nobody is writing it", part)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder of %s does not exist: create it, or choose another", part)
	case err != nil:
		return fmt.Errorf("copy database: %w", err)
	}
	return f.Close()
}

// copyDatabase writes what was committed in one database into another file,
// which is empty. Free pages, and whatever stood in them, stay behind.
func copyDatabase(ctx context.Context, from, mode, to string) error {
	return withDatabase(from, mode, func(db *sql.DB) error {
		_, err := db.ExecContext(ctx, "VACUUM INTO $1", to)
		return err
	})
}

// withDatabase opens a database on a connection of its own, for whatever must
// not meet the settings of the store's connections.
func withDatabase(path, mode string, fn func(*sql.DB) error) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", fileURI(path, mode)+
		"&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(fn(db), db.Close())
}

// sound makes sure that a copy is whole: one of a damaged database would take
// the place of a better one.
func sound(ctx context.Context, part, original string) error {
	return withDatabase(part, "ro", func(db *sql.DB) error { return findDamage(ctx, db, original, "integrity_check") })
}

// name gives a whole file its name, unless that was taken meanwhile.
func name(part, file string) error {
	if err := os.Link(part, file); err == nil {
		return errors.Join(os.Remove(part), syncFolder(filepath.Dir(file)))
	} else if errors.Is(err, fs.ErrExist) {
		return taken(file, nil)
	}
	// Some file systems have no links. A rename would overwrite, but for the look
	// just before.
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return taken(file, err)
	}
	if err := os.Rename(part, file); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

// syncFile makes what was written into a file survive a power cut.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder makes the names in a folder survive a power cut.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func removeIfThere(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
