// Package output holds generated files as data and is the only writer of the project's tree.
package output

import (
	"maps"
	"slices"
)

// Tree maps slash-separated relative paths to the bytes of each file.
type Tree map[string][]byte

// Paths lists the tree's paths in order.
func (t Tree) Paths() []string { return slices.Sorted(maps.Keys(t)) }

func (t Tree) has(path string) bool {
	_, ok := t[path]
	return ok
}
