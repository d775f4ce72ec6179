package output

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// retryLock is how often a lock that another run holds is asked for.
const retryLock = 25 * time.Millisecond

// Lock keeps other runs out of the project until unlock is called or the process ends, however it ends. Runs that only
// read share it. busy is called once if another run has it. Nothing is written into the project: the lock is on its
// folder, or where a folder cannot be locked, on a file for it among the system's temporary ones.
func Lock(ctx context.Context, root string, shared bool, busy func()) (unlock func(), err error) {
	lock := flock.New(root, flock.SetFlag(os.O_RDONLY))
	ok, err := try(lock, shared)
	if err != nil {
		if lock, err = lockFile(root); err != nil {
			return nil, err
		}
		ok, err = try(lock, shared)
	}
	if err == nil && !ok {
		busy()
		wait := lock.TryLockContext
		if shared {
			wait = lock.TryRLockContext
		}
		_, err = wait(ctx, retryLock)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot keep other runs out of the project: %w", err)
	}
	return func() { _ = lock.Unlock() }, nil
}

func try(lock *flock.Flock, shared bool) (bool, error) {
	if shared {
		return lock.TryRLock()
	}
	return lock.TryLock()
}

// lockFile is the lock of a project whose folder cannot be locked: the same for each of the user's runs on it.
func lockFile(root string) (*flock.Flock, error) {
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("trefoil-%d-%x.lock", os.Getuid(), sha256.Sum256([]byte(real)))
	return flock.New(filepath.Join(os.TempDir(), name)), nil
}
