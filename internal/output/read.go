package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// sideBySide does something for each of n things, some at once. A reader is used for one after the other. The error is the
// first of any.
func sideBySide(n int, do func(i int, r *reader) error) error {
	workers := runtime.GOMAXPROCS(0)
	var group errgroup.Group
	for first := range min(workers, n) {
		group.Go(func() error {
			r := &reader{hash: sha256.New(), buffer: make([]byte, 64<<10)}
			for i := first; i < n; i += workers {
				if err := do(i, r); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// reader reads many files with one buffer.
type reader struct {
	hash   hash.Hash
	buffer []byte
}

// equals tells that a file holds a text. What cannot be read does not.
func (r *reader) equals(folder *os.Root, p string, want []byte) bool {
	err := r.read(folder, p, func(part []byte) (more bool) {
		if more = bytes.HasPrefix(want, part); more {
			want = want[len(part):]
		}
		return more
	})
	return err == nil && len(want) == 0
}

// sum is a file's.
func (r *reader) sum(folder *os.Root, p string) (string, error) {
	r.hash.Reset()
	err := r.read(folder, p, func(part []byte) bool {
		_, _ = r.hash.Write(part) // never fails
		return true
	})
	return hex.EncodeToString(r.hash.Sum(nil)), err
}

// errDiffers ends the reading of files that are not what they should be.
var errDiffers = errors.New("a file differs")

// read gives the parts of an ordinary file, until one is not wanted.
func (r *reader) read(folder *os.Root, p string, use func(part []byte) bool) error {
	f, err := folder.OpenFile(p, os.O_RDONLY|openFast, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		n, err := f.Read(r.buffer)
		switch {
		case !use(r.buffer[:n]):
			return errDiffers
		case errors.Is(err, io.EOF):
			return nil
		case err != nil || n < len(r.buffer): // a part is less than the buffer only at the end
			return err
		}
	}
}

// openFast opens a file without the four system calls that find out whether it blocks; ordinary files do not.
const openFast = syscall.O_NONBLOCK
