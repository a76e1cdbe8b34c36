package store

import "database/sql"

// What the tests of package store_test look at from the inside.
const (
	DuePairsQuery    = duePairs
	CalledPairsQuery = calledPairs
	DueMessagesQuery = dueMessages
	AbandonedQuery   = abandonMessages
	EndedPausesQuery = pausesWithEnd
)

// Writer returns the connection that writes.
func Writer(s *Store) *sql.DB { return s.writer }

// Reader returns the connections that read.
func Reader(s *Store) *sql.DB { return s.reader }

// VersionLess compares dotted numbers.
var VersionLess = versionLess
