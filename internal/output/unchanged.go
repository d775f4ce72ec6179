package output

import (
	"bytes"
	"errors"
	"os"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// Manifest is the text of the manifest that the folder has after Write, when nothing stale is kept.
func (t Target) Manifest() []byte { return manifest{}.text(t.Tree, nil) }

// errDiffers ends the comparison of files.
var errDiffers = errors.New("a file differs")

// Unchanged tells that Write would have nothing to do for a tree with this manifest: each file holds what its sum says,
// no other file is stale, and no run was ended while it wrote. The target's Tree is not looked at. Whatever cannot be
// told is a difference.
func (t Target) Unchanged(root string, text []byte) bool {
	folder, err := openFolder(root, t.Dir)
	if err != nil {
		return false
	}
	defer folder.Close()
	have, err := folder.ReadFile(ManifestName)
	if err != nil || !bytes.Equal(have, text) || there(folder, journalFile) {
		return false
	}
	c := &comparison{Target: t, folder: folder, recorded: parseManifest(text)}
	c.Tree = Tree{}
	for p := range c.recorded {
		c.Tree[p] = nil
	}
	return sumsHold(folder, c.recorded, c.Tree.Paths()) && c.stale() == nil && len(c.drifts) == 0
}

// sumsHold reads files side by side, and tells whether each is an ordinary one that is as it was recorded.
func sumsHold(folder *os.Root, m manifest, paths []string) bool {
	var group errgroup.Group
	workers := runtime.GOMAXPROCS(0)
	if len(paths) == 0 {
		return true
	}
	for chunk := range slices.Chunk(paths, (len(paths)+workers-1)/workers) {
		group.Go(func() error {
			for _, p := range chunk {
				info, err := folder.Lstat(p)
				if err != nil || !info.Mode().IsRegular() {
					return errDiffers
				}
				if content, err := folder.ReadFile(p); err != nil || !m.holds(p, content) {
					return errDiffers
				}
			}
			return nil
		})
	}
	return group.Wait() == nil
}
