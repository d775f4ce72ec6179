package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
)

// Change is what Write did.
type Change struct {
	Written, Removed, Unchanged int
	// Kept are stale files that were left, and Edited are files whose changes by hand were overwritten or removed, by
	// path relative to the project's root.
	Kept, Edited []string
}

// Step, where a test sets it, is called before each change to the project's tree with a name for it. Tests end the
// process there.
var Step func(name string)

func step(name string) {
	if Step != nil {
		Step(name)
	}
}

// Write makes the target's folder hold the tree and its manifest: files whose bytes are equal keep their time, stale
// files are removed. The folder is changed whole or not at all: after a failure it is as it was, and after the end of
// the process in between, Recover makes it so. The error is a source.List. The caller holds the project's lock.
func (t Target) Write(root string) (Change, error) {
	if _, err := Recover(root, t); err != nil {
		return Change{}, err
	}
	c, err := t.Compare(root)
	if err != nil {
		return Change{}, err
	}
	return c.Write(root)
}

// Write is the target's, where the tree is still what it was held against.
func (c *Comparison) Write(root string) (Change, error) {
	if w := c.changes(); len(w.ops) > 0 {
		if err := w.write(root); err != nil {
			return Change{}, c.failure(CodeWrite, "write", err, "the folder is as it was")
		}
	}
	return c.change(), nil
}

// change counts what is reported.
func (c *Comparison) change() Change {
	ch := Change{Unchanged: len(c.Tree)}
	for _, d := range c.Drifts() {
		switch {
		case d.Kind == Stale && c.KeepStale:
			ch.Kept = append(ch.Kept, d.Path)
		case d.Kind == Stale:
			ch.Removed++
		default:
			ch.Written++
		}
		if d.Kind == Edited {
			ch.Edited = append(ch.Edited, d.Path)
		}
	}
	for _, d := range c.drifts {
		if d.Kind != Stale {
			ch.Unchanged--
		}
	}
	return ch
}

// changes are what has to be done to the folder, in order of path, with the manifest last.
func (c *Comparison) changes() *writing {
	w := &writing{dir: c.Dir}
	add := func(d Drift) {
		o := op{Path: c.within(d), Existed: d.Have != nil, want: d.Want}
		if d.Kind == Stale {
			o.Remove = true
		} else {
			o.Sum = c.sumOf(o.Path, d.Want)
		}
		w.ops = append(w.ops, o)
	}
	for _, d := range c.drifts {
		if d.Kind != Stale || !c.KeepStale {
			add(d)
		}
	}
	if c.manifestDrift != nil {
		add(*c.manifestDrift)
	}
	return w
}

// sumOf is a generated file's.
func (c *Comparison) sumOf(p string, content []byte) string {
	if known, ok := c.Sums[p]; ok {
		return known
	}
	return sum(content) // the manifest
}

// writing is one change of a folder. New contents and what they replace are first put into a folder of their own within
// the target's, so that all that is left to do is renaming, which needs no space and can be undone.
type writing struct {
	dir    string // the target's, relative to the project
	ops    []op
	folder *os.Root
	// made are the folders above and including the target's that were made for this, outermost first.
	made []string
}

// op puts one file in place or removes one. Its number names its files in the work folder.
type op struct {
	Path    string `json:"path"`             // relative to the target's folder
	Existed bool   `json:"existed"`          // there was a file before
	Remove  bool   `json:"remove,omitempty"` // the file goes
	Sum     string `json:"sum,omitempty"`    // of the new content
	want    []byte
}

func (w *writing) write(root string) (err error) {
	project, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer project.Close()
	defer func() {
		if err != nil {
			w.unmake(project)
		}
	}()
	if w.made, err = mkdirs(project, w.dir); err != nil {
		return err
	}
	if w.folder, err = project.OpenRoot(w.dir); err != nil {
		return err
	}
	defer w.folder.Close()
	if err := w.stage(); err != nil {
		return errors.Join(err, w.folder.RemoveAll(workDir))
	}
	if err := w.commit(); err != nil {
		return errors.Join(err, undo(w.folder))
	}
	step("clean")
	_ = w.folder.RemoveAll(workDir) // what stays is removed by the next run
	w.removeEmpty()
	return nil
}

// mkdirs makes a folder and those above it, and returns the ones that were not there, outermost first.
func mkdirs(r *os.Root, dir string) ([]string, error) {
	var made []string
	if dir == "." {
		return nil, nil
	}
	if info, err := r.Stat(dir); err == nil && info.IsDir() {
		return nil, nil
	}
	made, err := mkdirs(r, path.Dir(dir))
	if err != nil {
		return made, err
	}
	step("mkdir " + dir)
	if err := r.Mkdir(dir, 0o755); err != nil {
		return made, err
	}
	return append(made, dir), nil
}

// unmake removes the folders that were made for a writing that failed.
func (w *writing) unmake(project *os.Root) {
	for i := len(w.made) - 1; i >= 0; i-- {
		_ = project.Remove(w.made[i])
	}
}

// removeEmpty removes the folders that removed files have left empty.
func (w *writing) removeEmpty() {
	for _, o := range w.ops {
		for dir := path.Dir(o.Path); o.Remove && dir != "."; dir = path.Dir(dir) {
			entries, err := fs.ReadDir(w.folder.FS(), dir)
			if err != nil || len(entries) > 0 {
				break
			}
			_ = w.folder.Remove(dir)
		}
	}
}
