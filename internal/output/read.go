package output

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// sideBySide does something for each of n things, some at once. The buffer may be used, and grown, from one to the next.
// The error is the first of any.
func sideBySide(n int, do func(i int, buffer *[]byte) error) error {
	workers := runtime.GOMAXPROCS(0)
	var group errgroup.Group
	for first := range min(workers, n) {
		group.Go(func() error {
			var buffer []byte
			for i := first; i < n; i += workers {
				if err := do(i, &buffer); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// equals tells that a file holds a text. What cannot be read does not.
func equals(folder *os.Root, p string, want []byte, buffer *[]byte) bool {
	have, err := readInto(folder, p, buffer)
	return err == nil && bytes.Equal(have, want)
}

// readInto reads a file into a buffer, which is grown where it is too small. What is read is there until the buffer is used
// again. An ordinary file gives less than is asked for only at its end.
func readInto(folder *os.Root, p string, buffer *[]byte) ([]byte, error) {
	f, err := folder.OpenFile(p, os.O_RDONLY|openFast, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for n := 0; ; {
		if n == len(*buffer) {
			*buffer = append(*buffer, make([]byte, max(n, 64<<10))...)
		}
		read, err := f.Read((*buffer)[n:])
		if n += read; n < len(*buffer) || errors.Is(err, io.EOF) {
			return (*buffer)[:n], ignoreEnd(err)
		}
		if err != nil {
			return nil, err
		}
	}
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// openFast opens a file without the four system calls that find out whether it blocks; ordinary files do not.
const openFast = syscall.O_NONBLOCK
