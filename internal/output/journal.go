package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
)

// A writing is two phases. Staging fills the work folder; until it is complete nothing else is touched. Then the journal
// is put into the work folder, the renames are done, and the journal is removed. So a journal that is there says that
// its renames are to be undone, and a work folder without one is litter: the folder is either as it was or all new.
const (
	workDir     = ".trefoil-write"
	journalFile = workDir + "/journal.json"
)

// journal is what undo needs to know.
type journal struct {
	Ops []op `json:"ops"`
	// Dirs are the folders within the target's that the writing makes, outermost first.
	Dirs []string `json:"dirs"`
}

func newFile(i int) string { return fmt.Sprintf("%s/%d.new", workDir, i) }
func oldFile(i int) string { return fmt.Sprintf("%s/%d.old", workDir, i) }

// stage writes the new contents, and keeps the old ones, under other names.
func (w *writing) stage() error {
	step("mkdir " + workDir)
	if err := w.folder.Mkdir(workDir, 0o755); err != nil {
		return err
	}
	work, err := w.folder.OpenRoot(workDir)
	if err != nil {
		return err
	}
	defer work.Close()
	for i, o := range w.ops {
		if o.Remove {
			continue
		}
		step("stage " + o.Path)
		if err := work.WriteFile(path.Base(newFile(i)), o.want, 0o644); err != nil {
			return staging(o, err)
		}
		if o.Existed {
			step("keep " + o.Path)
			if err := keep(w.folder, o.Path, oldFile(i)); err != nil {
				return staging(o, err)
			}
		}
	}
	return w.writeJournal()
}

// staging names the file that a failure is about, not the one in the work folder.
func staging(o op, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &fs.PathError{Op: "write", Path: o.Path, Err: err}
}

// keep gives a file a second name, or copies it with its time where the file system has one name for each.
func keep(r *os.Root, name, as string) error {
	if r.Link(name, as) == nil {
		return nil
	}
	from, err := r.Open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	info, err := from.Stat()
	if err != nil {
		return err
	}
	to, err := r.OpenFile(as, os.O_CREATE|os.O_EXCL|os.O_WRONLY, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close(), r.Chtimes(as, info.ModTime(), info.ModTime()))
}

// writeJournal ends the staging. It comes into its place whole, by a rename.
func (w *writing) writeJournal() error {
	j := journal{Ops: w.ops}
	for _, dir := range w.dirs() {
		j.addDirs(w.folder, dir)
	}
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	const draft = journalFile + ".draft"
	step("draft the journal")
	if err := w.folder.WriteFile(draft, text, 0o644); err != nil {
		return err
	}
	step("begin the journal")
	return w.folder.Rename(draft, journalFile)
}

// addDirs adds a folder that is not there, after those above it.
func (j *journal) addDirs(r *os.Root, dir string) {
	if dir == "." || slices.Contains(j.Dirs, dir) || there(r, dir) {
		return
	}
	j.addDirs(r, path.Dir(dir))
	j.Dirs = append(j.Dirs, dir)
}

// dirs are the folders within the target's that files are put into, in order.
func (w *writing) dirs() []string {
	var dirs []string
	for _, o := range w.ops {
		if !o.Remove {
			dirs = append(dirs, path.Dir(o.Path))
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// commit puts all in place. Removing the journal is the moment from which the new folder holds.
func (w *writing) commit() error {
	for _, dir := range w.dirs() {
		if _, err := mkdirs(w.folder, dir); err != nil {
			return err
		}
	}
	for i, o := range w.ops {
		if o.Remove {
			step("remove " + o.Path)
			if err := w.folder.Rename(o.Path, oldFile(i)); err != nil {
				return err
			}
			continue
		}
		step("put " + o.Path)
		if err := w.folder.Rename(newFile(i), o.Path); err != nil {
			return err
		}
	}
	step("end the journal")
	return w.folder.Remove(journalFile)
}

// undo makes the folder what it was before the writing that the journal is of, and removes the work folder. It may be
// done again when it was itself cut off. What the user has changed since is left.
func undo(r *os.Root) error {
	j, err := readJournal(r)
	if errors.Is(err, fs.ErrNotExist) {
		return r.RemoveAll(workDir)
	}
	if err != nil {
		return err
	}
	for i := len(j.Ops) - 1; i >= 0; i-- {
		if err := j.Ops[i].undo(r, i); err != nil {
			return err
		}
	}
	for i := len(j.Dirs) - 1; i >= 0; i-- {
		step("unmake " + j.Dirs[i])
		_ = r.Remove(j.Dirs[i]) // the user may have put something into it
	}
	step("end the journal")
	if err := r.Remove(journalFile); err != nil {
		return err
	}
	step("clean")
	return r.RemoveAll(workDir)
}

func readJournal(r *os.Root) (j journal, err error) {
	text, err := r.ReadFile(journalFile)
	if err != nil {
		return j, err
	}
	if err := json.Unmarshal(text, &j); err != nil {
		return j, fmt.Errorf("%s: %w", journalFile, err)
	}
	return j, nil
}

func (o op) undo(r *os.Root, i int) error {
	if !o.Remove && there(r, newFile(i)) {
		return nil // not yet put in place
	}
	have, err := r.ReadFile(o.Path)
	isOurs := err == nil && !o.Remove && sum(have) == o.Sum
	switch {
	case ignoreMissing(err) != nil:
		return err
	case o.Existed && there(r, oldFile(i)) && (isOurs || errors.Is(err, fs.ErrNotExist)):
		step("restore " + o.Path)
		return r.Rename(oldFile(i), o.Path)
	case !o.Existed && isOurs:
		step("take back " + o.Path)
		return r.Remove(o.Path)
	}
	return nil
}

func there(r *os.Root, name string) bool {
	_, err := r.Lstat(name)
	return err == nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Recover puts right what runs that were ended while writing have left in the targets' folders, and returns the folders
// that had been half written. The error is a source.List. The caller holds the project's lock.
func Recover(root string, targets ...Target) ([]string, error) {
	var half []string
	for _, t := range targets {
		folder, err := openFolder(root, t.Dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return half, t.failure(CodeRead, "read", err, "")
		}
		was := there(folder, journalFile)
		if there(folder, workDir) {
			err = errors.Join(undo(folder), removeEmptyDirs(root, t.Dir))
		}
		if err := errors.Join(err, folder.Close()); err != nil {
			return half, t.failure(CodeWrite, "restore", err, "a run was ended while it wrote the folder; its old files are in "+workDir)
		}
		if was {
			half = append(half, t.Dir)
		}
	}
	return half, nil
}

// removeEmptyDirs removes a folder and those above it as long as they are empty, as they were made for what was undone.
func removeEmptyDirs(root, dir string) error {
	project, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	for ; dir != "."; dir = path.Dir(dir) {
		// A symbolic link to an empty folder is the user's.
		if info, err := project.Lstat(dir); err != nil || !info.IsDir() || project.Remove(dir) != nil {
			break
		}
	}
	return project.Close()
}

// HalfWritten tells whether a run was ended while it wrote the target's folder.
func (t Target) HalfWritten(root string) bool {
	folder, err := openFolder(root, t.Dir)
	if err != nil {
		return false
	}
	defer folder.Close()
	return there(folder, journalFile)
}
