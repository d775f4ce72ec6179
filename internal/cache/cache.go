// Package cache keeps small records in files, by keys that stand for all that a record depends on. It may be deleted at
// any time: what cannot be read is not there, and what cannot be written is not kept.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Dir is where records are by default: TREFOIL_CACHE_DIR, else trefoil's folder in the user's cache directory; "" if
// there is none.
func Dir() string {
	if dir := os.Getenv("TREFOIL_CACHE_DIR"); dir != "" {
		return dir
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "trefoil")
}

// Key is a hash of all that a record depends on.
type Key [sha256.Size]byte

// Store is a folder of records. Several processes may use it at once.
type Store struct {
	Dir string
	// MaxRecords and MaxBytes bound the folder; what was used last is kept.
	MaxRecords int
	MaxBytes   int64
}

// New is a store with the usual bounds.
func New(dir string) *Store { return &Store{Dir: dir, MaxRecords: 200, MaxBytes: 100 << 20} }

// suffix is that of a record's file. No other file is touched.
const suffix = ".record"

func (s *Store) path(k Key) string {
	return filepath.Join(s.Dir, hex.EncodeToString(k[:])+suffix)
}

// Get is the record of a key. One that is damaged is not there.
func (s *Store) Get(k Key) ([]byte, bool) {
	text, err := os.ReadFile(s.path(k))
	if err != nil || len(text) < sha256.Size {
		return nil, false
	}
	sum, record := text[:sha256.Size], text[sha256.Size:]
	if want := checksum(k, record); !bytes.Equal(sum, want[:]) {
		return nil, false
	}
	now := time.Now()
	_ = os.Chtimes(s.path(k), now, now)
	return record, true
}

// Put keeps a record, if it can: it is there whole or not at all.
func (s *Store) Put(k Key, record []byte) {
	if os.MkdirAll(s.Dir, 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(s.Dir, "new-*"+suffix)
	if err != nil {
		return
	}
	defer os.Remove(f.Name())
	sum := checksum(k, record)
	_, err = f.Write(append(sum[:], record...))
	if f.Close() != nil || err != nil || os.Rename(f.Name(), s.path(k)) != nil {
		return
	}
	s.shrink()
}

// checksum is of the key too, so that a file under another's name is damaged.
func checksum(k Key, record []byte) [sha256.Size]byte {
	return sha256.Sum256(append(k[:], record...))
}

// shrink removes what was used longest ago until the rest is within the bounds.
func (s *Store) shrink() {
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		return
	}
	var files []os.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && filepath.Ext(e.Name()) == suffix {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var bytes int64
	for i, f := range files {
		if bytes += f.Size(); i >= s.MaxRecords || i > 0 && bytes > s.MaxBytes {
			_ = os.Remove(filepath.Join(s.Dir, f.Name()))
		}
	}
}
