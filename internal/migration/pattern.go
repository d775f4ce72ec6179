package migration

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// listings is what one pattern names: a file or a directory by its name, else what a glob matches.
func (r *reader) listings(pattern string) []*listing {
	abs := r.absolute(pattern)
	info, err := os.Stat(abs)
	switch {
	case err == nil && info.IsDir():
		l := r.listing(abs)
		walk(l, &r.errs)
		return []*listing{l}
	case err == nil:
		return []*listing{r.singleFile(abs)}
	case strings.ContainsAny(pattern, `*?[{`):
		return r.glob(pattern)
	}
	r.fail(CodeNoMatch, "paths are relative to the directory of the configuration", "%s does not exist", pattern)
	return nil
}

func (r *reader) absolute(p string) string {
	if p = filepath.FromSlash(p); filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(r.root, p)
}

func (r *reader) listing(abs string) *listing {
	return &listing{path: relative(r.root, abs), abs: abs, root: r.root}
}

// singleFile is the listing of a file that was named: it is read whatever its name is.
func (r *reader) singleFile(abs string) *listing {
	l := r.listing(filepath.Dir(abs))
	l.path, l.single = relative(r.root, abs), true
	l.sql = entries{{&disk{path: l.path, abs: abs}, filepath.Base(abs)}}
	return l
}

// glob matches against what lies below the pattern's fixed part. The files that match are read as a directory that
// holds no others; a directory that matches, and no file below it does, is read whole.
func (r *reader) glob(pattern string) []*listing {
	base, rest := doublestar.SplitPattern(filepath.ToSlash(pattern))
	if !doublestar.ValidatePattern(rest) {
		r.fail(CodeNoMatch, "", "%s is not a valid pattern", pattern)
		return nil
	}
	abs := r.absolute(base)
	if info, err := os.Stat(abs); err != nil || !info.IsDir() {
		r.fail(CodeNoMatch, "", "%s matches nothing: there is no directory %s", pattern, base)
		return nil
	}
	all := r.listing(abs)
	dirs := walk(all, &r.errs)
	found := globbed(all, dirs, rest)
	if len(found) == 0 {
		r.fail(CodeNoMatch, "", "%s matches no .sql file and no directory of them", pattern)
	}
	return found
}

func globbed(all *listing, dirs []string, pattern string) (found []*listing) {
	files := *all
	files.sql = slices.DeleteFunc(slices.Clone(all.sql), func(e entry) bool {
		return !doublestar.MatchUnvalidated(pattern, e.rel)
	})
	if len(files.sql) > 0 {
		found = append(found, &files)
	}
	var whole []string
	for _, dir := range dirs {
		above := func(d string) bool { return strings.HasPrefix(dir, d+"/") }
		below := func(e entry) bool { return strings.HasPrefix(e.rel, dir+"/") }
		if doublestar.MatchUnvalidated(pattern, dir) && !slices.ContainsFunc(whole, above) &&
			!slices.ContainsFunc(files.sql, below) && slices.ContainsFunc(all.sql, below) {
			whole = append(whole, dir)
			found = append(found, all.sub(dir))
		}
	}
	return found
}
