// Package store keeps what Innerview knows in one database: one concrete type,
// [Store], over database/sql.
//
// A guided tour. store.go opens it; sqlite.go holds all that is particular to
// SQLite, so that every other statement is text PostgreSQL takes as well; tx.go
// owns transactions and turns the driver's errors into the domain's; values.go
// says how days, times and histories look in a column. Then there is a file for
// each thing kept: leaders, pairs, talks, notes, offers, plans, messages.
//
// Three rules hold everywhere.
//
// Who asks decides what is there: a method that takes a [rapport.Scope] sees the
// actor's own pairs in that workspace and nothing else, and what is foreign and
// what is missing both give [rapport.ErrNotFound]. Methods that take a workspace
// are the heartbeat's and the operator's.
//
// A payload acts once: methods that answer one take its key, write the key in
// the same transaction as the effect, and give [ErrSeen] when the key is there
// already. An empty key asks for no such care.
//
// What a person wrote is sealed, at the column, with the pair's own key
// (package seal); ids, days and states are not.
package store
