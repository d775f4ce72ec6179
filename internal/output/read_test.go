package output

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReader: files of any size, about that of the buffer and several times as long, are what they are.
func TestReader(t *testing.T) {
	root := t.TempDir()
	folder, err := os.OpenRoot(root)
	require.NoError(t, err)
	defer folder.Close()
	const size = 64 << 10
	for _, n := range []int{0, 1, size - 1, size, size + 1, 3*size - 1, 3 * size, 3*size + 1} {
		text := bytes.Repeat([]byte("abc"), n/3+1)[:n]
		write(t, root, "f", string(text))
		require.NoError(t, sideBySide(5, func(_ int, r *reader) error {
			assert.True(t, r.equals(folder, "f", text), n)
			assert.False(t, r.equals(folder, "f", append(text[:n:n], 'x')), "%d: the file is shorter", n)
			if n > 0 {
				assert.False(t, r.equals(folder, "f", text[:n-1]), "%d: the file is longer", n)
				assert.False(t, r.equals(folder, "f", append(text[:n-1:n-1], 'x')), n)
			}
			got, err := r.sum(folder, "f")
			assert.Equal(t, sum(text), got, n)
			return err
		}))
	}
	assert.ErrorIs(t, sideBySide(3, func(_ int, r *reader) error {
		_, err := r.sum(folder, "none")
		return err
	}), os.ErrNotExist)
	require.NoError(t, sideBySide(0, nil))
}
