package store

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Lock claims the database at the url for one program that must be alone, such
// as the one that sends messages. It answers at once; the error says who has it
// and what to do. It locks a file beside the database and never touches the
// database itself, so that whoever only reads is not hindered. The lock ends
// with release or with the process.
func Lock(url, holder string) (release func(), err error) {
	path, err := lockPath(url)
	if err != nil {
		return nil, err
	}
	lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock database: %w", err)
	}
	if !held {
		return nil, fmt.Errorf("the database is in use by %s: end that one first", lockHolder(path))
	}
	line := fmt.Sprintf("%s, pid %d, since %s\n", holder, os.Getpid(), time.Now().UTC().Format(time.RFC3339))
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		_ = lock.Unlock()
		return nil, fmt.Errorf("write lock file: %w", err)
	}
	return func() {
		_ = os.Truncate(path, 0) // a name left behind would only puzzle; the lock is what counts
		_ = lock.Unlock()
	}, nil
}

func lockPath(url string) (string, error) {
	path, err := databasePath(url)
	if err != nil {
		return "", err
	}
	return strings.TrimSuffix(path, ".db") + ".lock", nil
}

// lockHolder says who wrote themselves into the lock file.
func lockHolder(path string) string {
	text, err := os.ReadFile(path)
	if name := strings.TrimSpace(string(text)); err == nil && name != "" {
		return name
	}
	return "another program"
}
