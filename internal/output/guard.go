package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Guard refuses targets that must not be written, before anything is: folders that lead out of the project, that are no
// folders, that are one folder under two names, or that hold what is generated from. sources are the files and folders
// that the project is read from, relative to the root or absolute. What can be seen from the paths alone is the config's
// to refuse; this looks at the file system. The error is a source.List.
func Guard(root string, targets []Target, sources []string) error {
	g := guard{root: root}
	for _, s := range sources {
		if !filepath.IsAbs(s) {
			s = filepath.Join(root, filepath.FromSlash(s))
		}
		if real, err := filepath.EvalSymlinks(s); err == nil {
			g.sources = append(g.sources, place{name: s, real: real})
		}
	}
	for _, t := range targets {
		if g.reach(t) {
			g.overlap(t)
		}
	}
	return g.list.Err()
}

type guard struct {
	root    string
	sources []place
	seen    []place
	list    source.List
}

// place is a path and what it is without symbolic links.
type place struct {
	name, real string
	target     Target
}

func (g *guard) report(t Target, code, hint, format string, args ...any) {
	d := source.Errorf(t.Span, code, format, args...)
	d.Hint = hint
	g.list = append(g.list, d)
}

// reach tells that the target's folder is one within the project, or can become one.
func (g *guard) reach(t Target) bool {
	project, err := os.OpenRoot(g.root)
	if err != nil {
		g.report(t, CodeRead, "", "cannot read the project: %s", err)
		return false
	}
	defer project.Close()
	for _, dir := range above(t.Dir) {
		info, err := project.Lstat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return true
		}
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			if !g.follow(project, t, dir) {
				return false
			}
			info, err = project.Stat(dir)
		}
		switch {
		case err != nil:
			g.report(t, CodeRead, "", "cannot read %s: %s", dir, reason(err))
			return false
		case !info.IsDir():
			g.report(t, CodeNotFolder, "move it away, or give the target another out folder",
				"out %s cannot be a folder: %s is a file", t.Dir, dir)
			return false
		}
	}
	return true
}

// follow tells that a symbolic link on the way to a target's folder stays within the project.
func (g *guard) follow(project *os.Root, t Target, link string) bool {
	_, err := project.Stat(link)
	if err == nil {
		return true
	}
	to, _ := project.Readlink(link)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		g.report(t, CodeNotFolder, "remove the link, or make what it leads to",
			"out %s cannot be a folder: %s is a symbolic link to %s, which does not exist", t.Dir, link, to)
	default:
		g.report(t, CodeOutside, "write to a folder of the project; a link within it has to be relative",
			"out %s leads out of the project: %s is a symbolic link to %s", t.Dir, link, to)
	}
	return false
}

// above are the folders on the way to a folder, and the folder.
func above(dir string) []string {
	var list []string
	for ; dir != "." && dir != "/"; dir = path.Dir(dir) {
		list = append([]string{dir}, list...)
	}
	return list
}

// overlap holds a target's folder against the sources and the other targets' folders.
func (g *guard) overlap(t Target) {
	own := place{name: t.Dir, real: realPath(g.root, t.Dir), target: t}
	for _, s := range g.sources {
		if inside(s.real, own.real) {
			name := s.name
			if rel, err := filepath.Rel(g.root, s.name); err == nil {
				name = filepath.ToSlash(rel)
			}
			g.report(t, CodeOverSources, "give the target a folder of its own", "out %s holds %s, which is generated from", t.Dir, name)
			break
		}
	}
	for _, o := range g.seen {
		apart := t.Foreign || o.target.Foreign // may lie in each other
		if own.real == o.real || !apart && (inside(own.real, o.real) || inside(o.real, own.real)) {
			d := source.Errorf(t.Span, CodeSameFolder, "out %s is, through a symbolic link, in the folder of another target", t.Dir)
			d.Hint = "give every target a folder of its own, beside the others"
			d.Notes = []source.Note{{Span: o.target.Span, Message: "the other target is here"}}
			g.list = append(g.list, d)
			break
		}
	}
	g.seen = append(g.seen, own)
}

// realPath is a folder without symbolic links; what of it does not exist yet stays as it is.
func realPath(root, dir string) string {
	full := filepath.Join(root, filepath.FromSlash(dir))
	if real, err := filepath.EvalSymlinks(full); err == nil {
		return real
	}
	if dir == "." {
		return full
	}
	return filepath.Join(realPath(root, path.Dir(dir)), path.Base(dir))
}

// inside tells whether a path is the folder or lies in it.
func inside(p, folder string) bool {
	return p == folder || strings.HasPrefix(p, folder+string(filepath.Separator))
}
