package migration

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// disk is a file of the project.
type disk struct {
	// path is how messages name it: below the project's directory, with forward slashes.
	path string
	abs  string

	loaded  bool
	content string
}

// load reads the file, once. A file that cannot be read is reported and counts as empty.
func (d *disk) load(errs *source.List) string {
	if d.loaded {
		return d.content
	}
	d.loaded = true
	content, err := os.ReadFile(d.abs)
	if err != nil {
		*errs = append(*errs, unreadable(d.path, err))
	}
	d.content = string(content)
	return d.content
}

func unreadable(path string, err error) source.Diagnostic {
	// Go puts the absolute path before what the system says.
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return source.Errorf(source.Span{}, CodeUnreadable, "cannot read %s: %s", path, err)
}

// entry is a file as one directory above it sees it.
type entry struct {
	*disk
	// rel is the file's path below the listing's directory, with forward slashes.
	rel string
}

func (e entry) name() string { return path.Base(e.rel) }

// dir is the directory of the entry below the listing's, "" for the listing's own.
func (e entry) dir() string {
	if d := path.Dir(e.rel); d != "." {
		return d
	}
	return ""
}

func (list entries) count(is func(entry) bool) int {
	n := 0
	for _, e := range list {
		if is(e) {
			n++
		}
	}
	return n
}

func (list entries) paths() []string {
	paths := make([]string, len(list))
	for i, e := range list {
		paths[i] = e.path
	}
	return paths
}

// listing is what a directory holds, at any depth, in natural order and without hidden files.
type listing struct {
	// path is how messages name the directory.
	path string
	abs  string
	// root is the project's directory.
	root string
	// single is set for a file that was named by itself.
	single bool
	// forced is set if the user said what its layout is.
	forced bool

	sql entries
	// other is all other files: the marks of tools, and migrations written in a programming language.
	other entries
	// ignored is the files of sql that the layout has no use for.
	ignored entries
}

type entries []entry

// find is the file of that path below the listing's directory.
func (list entries) find(rel string) (entry, bool) {
	at := slices.IndexFunc(list, func(e entry) bool { return e.rel == rel })
	if at < 0 {
		return entry{}, false
	}
	return list[at], true
}

// sub is the listing of a directory below.
func (l *listing) sub(dir string) *listing {
	below := func(all entries) (out entries) {
		for _, e := range all {
			if rest, ok := strings.CutPrefix(e.rel, dir+"/"); ok {
				out = append(out, entry{e.disk, rest})
			}
		}
		return out
	}
	return &listing{
		path:  path.Join(l.path, dir),
		abs:   filepath.Join(l.abs, filepath.FromSlash(dir)),
		root:  l.root,
		sql:   below(l.sql),
		other: below(l.other),
	}
}

// top is the .sql files that stand in the directory itself.
func (l *listing) top() entries {
	return slices.DeleteFunc(slices.Clone(l.sql), func(e entry) bool { return e.dir() != "" })
}

// most tells whether more than half of the directory's own files are such or, if it holds directories alone, whether
// all files below are.
func (l *listing) most(is func(entry) bool) bool {
	if l.single || len(l.sql) == 0 {
		return false
	}
	if top := l.top(); len(top) > 0 {
		return 2*top.count(is) > len(top)
	}
	return l.sql.count(is) == len(l.sql)
}

// take is the files of SQL that a layout has a use for. The others are remembered, save those that the tool knows and
// does not apply.
func (l *listing) take(use, known func(entry) bool) (used entries) {
	for _, e := range l.sql {
		switch {
		case use(e):
			used = append(used, e)
		case known == nil || !known(e):
			l.ignored = append(l.ignored, e)
		}
	}
	return used
}

// walker collects the files below a directory. It follows symbolic links and enters each directory once, by its own
// name if it can.
type walker struct {
	list *listing
	errs *source.List
	// dirs is the directories that were entered, relative as an entry is.
	dirs []string
	seen map[string]bool
	// links is the linked directories that are still to be entered.
	links []string
}

// walk fills the listing from the disk, and returns the directories below it.
func walk(l *listing, errs *source.List) (dirs []string) {
	w := &walker{list: l, errs: errs, seen: map[string]bool{}}
	w.enter("")
	for len(w.links) > 0 {
		next := w.links[0]
		w.links = w.links[1:]
		w.enter(next)
	}
	byPath := func(a, b entry) int { return naturalPath(a.rel, b.rel) }
	slices.SortFunc(l.sql, byPath)
	slices.SortFunc(l.other, byPath)
	slices.SortFunc(w.dirs, naturalPath)
	return w.dirs
}

func (w *walker) enter(rel string) {
	abs := w.abs(rel)
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		*w.errs = append(*w.errs, unreadable(w.path(rel), err))
		return
	}
	if w.seen[real] {
		return
	}
	w.seen[real] = true
	w.dirs = append(w.dirs, rel)
	items, err := os.ReadDir(abs)
	if err != nil {
		*w.errs = append(*w.errs, unreadable(w.path(rel), err))
	}
	for _, item := range items {
		if !strings.HasPrefix(item.Name(), ".") {
			w.item(path.Join(rel, item.Name()), item.Type())
		}
	}
}

func (w *walker) item(rel string, mode fs.FileMode) {
	linked := mode&fs.ModeSymlink != 0
	if linked {
		info, err := os.Stat(w.abs(rel))
		if err != nil {
			if isSQL(rel) {
				*w.errs = append(*w.errs, unreadable(w.path(rel), err))
			}
			return
		}
		mode = info.Mode()
	}
	e := entry{&disk{path: w.path(rel), abs: w.abs(rel)}, rel}
	switch {
	case mode.IsDir() && linked:
		w.links = append(w.links, rel)
	case mode.IsDir():
		w.enter(rel)
	case !isSQL(rel):
		w.list.other = append(w.list.other, e)
	case mode.IsRegular():
		w.list.sql = append(w.list.sql, e)
	default:
		*w.errs = append(*w.errs, source.Errorf(source.Span{}, CodeUnreadable, "%s is not a regular file", e.path))
	}
}

func (w *walker) abs(rel string) string { return filepath.Join(w.list.abs, filepath.FromSlash(rel)) }

func (w *walker) path(rel string) string { return relative(w.list.root, w.abs(rel)) }

// relative is how messages name an absolute path: below root, with forward slashes.
func relative(root, abs string) string {
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		rel = abs
	}
	return filepath.ToSlash(rel)
}
