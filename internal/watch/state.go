package watch

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
)

// Kind says what happened to a file.
type Kind string

const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Removed Kind = "removed"
)

// Change is one file whose content is another, or that came or went.
type Change struct {
	Path string // absolute
	Kind Kind
}

// state is the content of each file that is there.
type state map[string]content

type content struct {
	info fs.FileInfo
	sum  [sha256.Size]byte
}

// read takes the state of files. One that the system holds for the same as in an earlier state is not read again.
func read(files []string, before state) state {
	now := state{}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		c := content{info: info}
		if old, ok := before[f]; ok && same(old.info, info) {
			c.sum = old.sum
		} else {
			text, err := os.ReadFile(f)
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				// Whoever reads it for good will report it. Its times tell when that is worth another try.
				text = fmt.Append(nil, err, info.ModTime(), info.Mode())
			}
			c.sum = sha256.Sum256(text)
		}
		now[f] = c
	}
	return now
}

func same(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && a.Mode() == b.Mode()
}

// changes lists what is different in a later state, by path.
func (s state) changes(later state) []Change {
	var all []Change
	for p, c := range later {
		if old, ok := s[p]; !ok {
			all = append(all, Change{p, Added})
		} else if old.sum != c.sum {
			all = append(all, Change{p, Changed})
		}
	}
	for p := range maps.Keys(s) {
		if _, ok := later[p]; !ok {
			all = append(all, Change{p, Removed})
		}
	}
	slices.SortFunc(all, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	return all
}
