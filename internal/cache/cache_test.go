package cache

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func key(n int) Key { return Key{byte(n), byte(n >> 8)} }

func TestWhatIsPutIsThere(t *testing.T) {
	s := New(filepath.Join(t.TempDir(), "a", "b"))
	_, ok := s.Get(key(1))
	assert.False(t, ok)
	for _, record := range []string{"", "text", "other"} {
		s.Put(key(1), []byte(record))
		got, ok := s.Get(key(1))
		require.True(t, ok)
		assert.Equal(t, record, string(got))
	}
	_, ok = s.Get(key(2))
	assert.False(t, ok)
}

// TestDamageIsNoRecord: a file of which any byte is changed, missing or too many is not there, and neither is another
// key's file.
func TestDamageIsNoRecord(t *testing.T) {
	s := New(t.TempDir())
	s.Put(key(1), []byte("the record"))
	whole, err := os.ReadFile(s.path(key(1)))
	require.NoError(t, err)
	damaged := [][]byte{nil, append(bytes.Clone(whole), 0), make([]byte, len(whole))}
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1
		damaged = append(damaged, flipped, whole[:i])
	}
	for _, text := range damaged {
		require.NoError(t, os.WriteFile(s.path(key(1)), text, 0o600))
		_, ok := s.Get(key(1))
		assert.False(t, ok, "%x", text)
	}
	require.NoError(t, os.WriteFile(s.path(key(2)), whole, 0o600))
	_, ok := s.Get(key(2))
	assert.False(t, ok)
}

// TestItStaysWithinItsBounds, and keeps what was used last and the files of others.
func TestItStaysWithinItsBounds(t *testing.T) {
	s := &Store{Dir: t.TempDir(), MaxRecords: 3, MaxBytes: 1000}
	require.NoError(t, os.WriteFile(filepath.Join(s.Dir, "mine"), nil, 0o600))
	old := time.Now().Add(-time.Hour)
	for i := range 6 {
		s.Put(key(i), []byte("x"))
		at := old.Add(time.Duration(i) * time.Minute)
		require.NoError(t, os.Chtimes(s.path(key(i)), at, at))
		if i > 0 {
			_, ok := s.Get(key(0)) // in use all the time
			assert.True(t, ok)
		}
	}
	assert.Equal(t, []bool{true, false, false, false, true, true}, have(s, 6))
	require.NoError(t, os.Chtimes(s.path(key(0)), old, old))
	s.Put(key(7), make([]byte, 2000))
	_, ok := s.Get(key(7))
	assert.True(t, ok, "the newest stays, however large")
	assert.Equal(t, make([]bool, 6), have(s, 6))
	assert.FileExists(t, filepath.Join(s.Dir, "mine"))
}

func have(s *Store, n int) []bool {
	all := make([]bool, n)
	for i := range all {
		_, err := os.Stat(s.path(key(i)))
		all[i] = err == nil
	}
	return all
}

// TestManyAtOnce: whoever reads while others write and clear away gets a whole record or none.
func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			s := &Store{Dir: dir, MaxRecords: 2, MaxBytes: 1 << 20}
			for i := range 50 {
				k := key(i % 4)
				s.Put(k, bytes.Repeat([]byte(fmt.Sprint(i%4)), 1000+w))
				if got, ok := s.Get(k); ok {
					assert.Equal(t, len(got), bytes.Count(got, []byte(fmt.Sprint(i%4))))
				}
			}
		})
	}
	group.Wait()
}

func TestNoPlaceIsNoError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	s := New(filepath.Join(file, "below"))
	s.Put(key(1), []byte("x"))
	_, ok := s.Get(key(1))
	assert.False(t, ok)
}

func TestDir(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/xdg")
	t.Setenv("TREFOIL_CACHE_DIR", "")
	if dir, err := os.UserCacheDir(); err == nil {
		assert.Equal(t, filepath.Join(dir, "trefoil"), Dir())
	}
	t.Setenv("TREFOIL_CACHE_DIR", "/own")
	assert.Equal(t, "/own", Dir())
}
