package store

import (
	"context"
	"errors"
	"time"

	"innerview/rapport"
)

// Operation is something an operator did to the database that is worth knowing
// later. Whom it was about is not kept.
type Operation string

// The operations that are kept.
const (
	KeyExport     Operation = "key_export"   // a recovery copy of the key was written
	KeyRotation   Operation = "key_rotation" // the key was exchanged
	RestoreDone   Operation = "restore"      // the database was put back from a copy
	SubjectExport Operation = "subject_export"
	SubjectErase  Operation = "subject_erase"
)

// Record notes that an operation was done just now.
func (s *Store) Record(ctx context.Context, op Operation) error {
	err := s.inTx(ctx, func(a access) error { return record(ctx, a, op, s.now()) })
	return wrap("record operation", err)
}

func record(ctx context.Context, a access, op Operation, at time.Time) error {
	_, err := a.exec(ctx, `
		INSERT INTO operations (id, kind, at)
		VALUES ($1, $2, $3)`,
		newID(), op, timestamp(at))
	return err
}

// lastTime returns when an operation was done the last time, the zero time if it
// never was.
func lastTime(ctx context.Context, a access, op Operation) (time.Time, error) {
	at, err := one(ctx, a, scanTime, `
		SELECT at
		FROM operations
		WHERE kind = $1
		ORDER BY at DESC
		LIMIT 1`,
		op)
	if errors.Is(err, rapport.ErrNotFound) {
		return time.Time{}, nil
	}
	return at, err
}

func scanTime(row scanner) (at time.Time, err error) {
	err = row.Scan((*timestamp)(&at))
	return at, err
}
