package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"innerview/internal/seal"
	"innerview/rapport"
)

// oldCanaryOwner stands in keys while a rotation is not finished: the canary as
// the old master key wrapped it. That it is there makes opening the database
// take both keys, whichever of them a data key is wrapped with just then.
const oldCanaryOwner = "canary-before"

// rotateBatch is how many data keys one transaction wraps again, unless
// [RotateOptions] says otherwise.
const rotateBatch = 500

// RotateOptions are what may be chosen about a rotation; the zero value serves.
type RotateOptions struct {
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// Batch is how many data keys one transaction wraps again; 0 means 500.
	Batch int
	// Step, when not nil, hears of each thing that has been done for good. Its
	// error ends the rotation there and then, as a power cut would.
	Step func(step string) error
}

// Rotated is what a rotation did.
type Rotated struct {
	DataKeys int  // all of them, each wrapped with the new master key now
	Resumed  bool // an earlier rotation was not finished, and now is
}

// Rotate exchanges the master key in the key file of the database at the url.
// Every data key is wrapped again, so what the old key opened, alone or stolen,
// it opens in older copies only; those copies need it from now on. An earlier
// rotation that was interrupted is finished instead. Nobody else may use the
// database meanwhile: the caller holds [Lock].
//
// Whenever it is interrupted, the database opens with the key file as it is.
func Rotate(ctx context.Context, logger *slog.Logger, url, keyFile string, o RotateOptions) (Rotated, error) {
	s, err := Open(ctx, logger, url, keyFile, Options{Now: o.Now, Existing: true})
	if err != nil {
		return Rotated{}, err
	}
	r := rotation{Store: s, keyFile: keyFile, batch: o.Batch, step: o.Step}
	if r.batch <= 0 {
		r.batch = rotateBatch
	}
	if r.step == nil {
		r.step = func(string) error { return nil }
	}
	done, err := r.run(ctx)
	return done, errors.Join(err, s.Close())
}

type rotation struct {
	*Store
	keyFile string
	batch   int
	step    func(string) error
	alone   *seal.Keyring // with nothing but the new key
}

func (r *rotation) run(ctx context.Context) (done Rotated, err error) {
	if done.Resumed = r.keyring.Keys() > 1; !done.Resumed {
		if err := r.addKey(); err != nil {
			return done, fmt.Errorf("add a key: %w", err)
		}
	}
	if r.alone, err = r.keyring.Newest(); err != nil {
		return done, err
	}
	if err := r.mark(ctx); err != nil {
		return done, fmt.Errorf("begin to wrap data keys: %w", err)
	}
	if err := r.rewrapAll(ctx); err != nil {
		return done, fmt.Errorf("wrap data keys: %w", err)
	}
	if done.DataKeys, err = r.conclude(ctx); err != nil {
		return done, err
	}
	if err := r.wipe(ctx); err != nil {
		return done, fmt.Errorf("wipe log: %w", err)
	}
	if err := r.alone.Save(r.keyFile); err != nil {
		return done, err
	}
	return done, r.step("old key dropped")
}

// addKey puts a new key into the file, in front of the old one.
func (r *rotation) addKey() error {
	both, err := r.keyring.WithNewKey()
	if err != nil {
		return err
	}
	if err := both.Save(r.keyFile); err != nil {
		return err
	}
	r.keyring = both
	return r.step("key added")
}

// mark has the database ask for both keys from here on.
func (r *rotation) mark(ctx context.Context) error {
	marked := false
	err := r.inTx(ctx, func(a access) error {
		w, err := readWorkspace(ctx, a)
		if err != nil {
			return err
		}
		if _, err := r.alone.Open(w.id, canaryOwner, w.canary); err == nil {
			return nil // by the run that was interrupted
		}
		canary, err := r.keyring.Rewrap(w.id, canaryOwner, w.canary)
		if err != nil {
			return err
		}
		marked = true
		return r.exchangeCanary(ctx, a, w, canary)
	})
	if err != nil || !marked {
		return err
	}
	return r.step("marked")
}

func (r *rotation) exchangeCanary(ctx context.Context, a access, w workspace, canary []byte) error {
	_, err := a.exec(ctx, `
		INSERT INTO keys (workspace, owner, wrapped, created_at)
		VALUES ($1, $2, $3, $4)`,
		w.id, oldCanaryOwner, w.canary, timestamp(r.now()))
	if err != nil {
		return err
	}
	return a.must(ctx, "UPDATE workspaces SET canary = $2 WHERE id = $1", w.id, canary)
}

// oldCanary returns the canary as it was before the rotation under way, nil when
// there is none under way.
func oldCanary(ctx context.Context, a access, workspace string) ([]byte, error) {
	before, err := one(ctx, a, scanBytes, `
		SELECT wrapped
		FROM keys
		WHERE workspace = $1 AND owner = $2`,
		workspace, oldCanaryOwner)
	if errors.Is(err, rapport.ErrNotFound) {
		return nil, nil
	}
	return before, err
}

// wrappedKey is a data key as it is stored.
type wrappedKey struct {
	workspace, owner string
	wrapped          []byte
}

func scanWrappedKey(row scanner) (k wrappedKey, err error) {
	err = row.Scan(&k.workspace, &k.owner, &k.wrapped)
	return k, err
}

// dataKeysAfter returns the data keys behind one in order, at most limit of
// them.
func dataKeysAfter(ctx context.Context, a access, last wrappedKey, limit int) ([]wrappedKey, error) {
	return all(ctx, a, scanWrappedKey, `
		SELECT
			workspace,
			owner,
			wrapped
		FROM keys
		WHERE (workspace, owner) > ($1, $2) AND owner <> $3
		ORDER BY workspace, owner
		LIMIT $4`,
		last.workspace, last.owner, oldCanaryOwner, limit)
}

// rewrapAll wraps every data key with the new key that is not yet.
func (r *rotation) rewrapAll(ctx context.Context) error {
	for last := (wrappedKey{}); ; {
		var batch []wrappedKey
		err := r.inTx(ctx, func(a access) (err error) {
			if batch, err = dataKeysAfter(ctx, a, last, r.batch); err != nil {
				return err
			}
			for _, k := range batch {
				if err := r.rewrap(ctx, a, k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(batch) == 0 {
			return err
		}
		last = batch[len(batch)-1]
		if err := r.step("batch wrapped"); err != nil {
			return err
		}
	}
}

func (r *rotation) rewrap(ctx context.Context, a access, k wrappedKey) error {
	if _, err := r.alone.Open(k.workspace, k.owner, k.wrapped); err == nil {
		return nil
	}
	wrapped, err := r.keyring.Rewrap(k.workspace, k.owner, k.wrapped)
	if errors.Is(err, seal.ErrSealed) {
		return errors.New("one does not open, and no key was dropped: run innerview db check")
	}
	if err != nil {
		return err
	}
	return a.must(ctx, `
		UPDATE keys
		SET wrapped = $3
		WHERE workspace = $1 AND owner = $2`,
		k.workspace, k.owner, wrapped)
}

// conclude makes sure that the new key alone opens everything, and has the
// database ask for no other. It returns how many data keys there are.
func (r *rotation) conclude(ctx context.Context) (keys int, err error) {
	err = r.inTx(ctx, func(a access) error {
		w, err := readWorkspace(ctx, a)
		if err != nil {
			return err
		}
		if _, err := r.alone.Open(w.id, canaryOwner, w.canary); err != nil {
			return errors.New("the new key does not open the canary")
		}
		shut := 0
		if keys, shut, err = tryDataKeys(ctx, a, r.alone); err != nil {
			return err
		}
		if shut > 0 {
			return fmt.Errorf("the new key does not open %d data keys", shut)
		}
		if _, err := a.exec(ctx, "DELETE FROM keys WHERE owner = $1", oldCanaryOwner); err != nil {
			return err
		}
		return record(ctx, a, KeyRotation, r.now())
	})
	if err != nil {
		return 0, fmt.Errorf("nothing was dropped: %w", err)
	}
	return keys, r.step("concluded")
}

// tryDataKeys counts the data keys that the keyring opens, and those it does
// not.
func tryDataKeys(ctx context.Context, a access, keyring *seal.Keyring) (open, shut int, err error) {
	for last := (wrappedKey{}); ; {
		batch, err := dataKeysAfter(ctx, a, last, rotateBatch)
		if err != nil || len(batch) == 0 {
			return open, shut, err
		}
		for _, k := range batch {
			if _, err := keyring.Open(k.workspace, k.owner, k.wrapped); err != nil {
				shut++
			} else {
				open++
			}
		}
		last = batch[len(batch)-1]
	}
}

// MasterKeys returns how many master keys are in the key file: two where a
// rotation was interrupted, 0 where nothing needed the file yet.
func (s *Store) MasterKeys() int {
	if s.keyring == nil {
		return 0
	}
	return s.keyring.Keys()
}

// ExportKey writes the key to a recipient, as a key file that only they can
// read, and notes that it did.
func (s *Store) ExportKey(ctx context.Context, w io.Writer, to seal.Recipient) error {
	if s.keyring == nil {
		return s.keyErr
	}
	if err := s.keyring.Export(w, to); err != nil {
		return fmt.Errorf("export key: %w", err)
	}
	return s.Record(ctx, KeyExport)
}
