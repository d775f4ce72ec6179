// Package watch tells when files change. Notifications only wake it: what has changed it finds by comparing contents, so
// that an editor that writes by rename, a file that is only touched and a lost notification all come out right.
package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Set says which files matter. All paths are absolute.
type Set struct {
	// Files matter whether they exist or not.
	Files []string
	// Trees are directories; what Matters of all below them does.
	Trees []string
	// Skip are directories below trees to leave alone. Hidden ones and node_modules are left alone always.
	Skip []string
	// Matters tells whether a file of that base name does; nil is every file.
	Matters func(name string) bool
}

// Add puts another set's files and trees in as well.
func (s Set) Add(o Set) Set {
	s.Files = append(slices.Clone(s.Files), o.Files...)
	s.Trees = append(slices.Clone(s.Trees), o.Trees...)
	s.Skip = append(slices.Clone(s.Skip), o.Skip...)
	if s.Matters == nil {
		s.Matters = o.Matters
	}
	return s
}

// scan is what a set names on the disk.
type scan struct {
	set   Set
	files []string
	dirs  []string // below which something may appear
	seen  map[string]bool
}

// scan lists the set's files that may be there, and the directories that have to be watched for them.
func (s Set) scan() *scan {
	w := &scan{set: s, files: slices.Clone(s.Files), seen: map[string]bool{}}
	for _, f := range s.Files {
		w.dirs = append(w.dirs, existing(filepath.Dir(f)))
	}
	for _, dir := range s.Trees {
		w.dirs = append(w.dirs, existing(filepath.Dir(dir)))
		w.enter(dir)
	}
	slices.Sort(w.files)
	slices.Sort(w.dirs)
	w.files, w.dirs = slices.Compact(w.files), slices.Compact(w.dirs)
	return w
}

// existing is the directory, or the nearest above it that is there.
func existing(dir string) string {
	for dir != filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

// enter takes up a directory and all below it, each once, also through symbolic links. What cannot be read is as good as
// absent: the run that reads it says so.
func (w *scan) enter(dir string) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil || w.seen[real] || slices.Contains(w.set.Skip, dir) || slices.Contains(w.set.Skip, real) {
		return
	}
	w.seen[real] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	w.dirs = append(w.dirs, dir)
	for _, e := range entries {
		w.entry(filepath.Join(dir, e.Name()), e)
	}
}

func (w *scan) entry(p string, e fs.DirEntry) {
	if strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules" {
		return
	}
	isDir := e.IsDir()
	if e.Type()&fs.ModeSymlink != 0 {
		info, err := os.Stat(p)
		isDir = err == nil && info.IsDir()
	}
	switch {
	case isDir:
		w.enter(p)
	case w.set.Matters == nil || w.set.Matters(e.Name()):
		w.files = append(w.files, p)
	}
}
