package output

import (
	"bytes"
	"slices"
)

// Manifest is the text of the manifest that the folder has after Write, when nothing stale is kept.
func (t Target) Manifest() []byte { return manifest{}.text(t.sumsOfTree(), nil) }

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
	c := &Comparison{Target: t, path: pathOf(root, t.Dir), folder: folder, recorded: parseManifest(text)}
	c.Tree = Tree{}
	for p := range c.recorded {
		c.Tree[p] = nil
	}
	return c.walk() == nil && c.sumsHold() && c.stale() == nil && len(c.drifts) == 0
}

// sumsHold reads files side by side, and tells whether each is an ordinary one that is as it was recorded.
func (c *Comparison) sumsHold() bool {
	paths := c.Tree.Paths()
	return nil == sideBySide(len(paths), func(i int, r *reader) error {
		p := paths[i]
		if !c.present[p] {
			if info, err := c.folder.Lstat(p); err != nil || !info.Mode().IsRegular() {
				return errDiffers
			}
		}
		if sum, err := r.sum(c.folder, p); err != nil || !slices.Contains(c.recorded[p], sum) {
			return errDiffers
		}
		return nil
	})
}
