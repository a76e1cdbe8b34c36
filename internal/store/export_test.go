package store

import (
	"database/sql"
	"database/sql/driver"
)

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

// Keeping has the connections of a database keep what they prepare.
func Keeping(c driver.Connector) driver.Connector { return keeping{c} }

// KeptStatements is how many statements a connection keeps at most.
const KeptStatements = keptStatements
